"""The ledger: entries are the same whatever came first and wherever a batch ended."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.claims.ledger_cases import load_stories
from tests.examples import examples

from dateline.claims.ledger import NEAR, Ledger, Utterance, match_places
from dateline.claims.likeness import Saying
from dateline.claims.terms import count_terms
from dateline.model import LedgerLinkKind, Likeness, Placing, StatementKind

START = datetime(2026, 3, 1, tzinfo=UTC)
QUOTE = "We will rebuild the bridge before the first snow falls on this valley"


def make(number: int, content: str, *, story: int = 1, hours: int = 0, **more: object) -> Utterance:
    (terms,) = count_terms("", [content], "en")
    kind = more.pop("kind", StatementKind.DIRECT)
    turns = {name: bool(more.pop(name, False)) for name in ("denied", "withdrawn")}
    saying = Saying(content=content, kind=kind, language="en", terms=terms, **turns)  # type: ignore[arg-type]
    plain = Utterance(
        id=number,  # type: ignore[arg-type]
        article_id=number,  # type: ignore[arg-type]
        speaker_key="ilse-marten",
        named=True,
        at=START + timedelta(hours=hours),
        stories=frozenset({story}),  # type: ignore[arg-type]
        saying=saying,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


class Book:
    """A ledger that is kept outside, as the store keeps it."""

    def __init__(self) -> None:
        self.home: dict[int, int] = {}
        self.into: dict[int, int] = {}
        self.known: dict[int, Utterance] = {}
        self.opened: set[int] = set()

    def place(self, fresh: Sequence[Utterance]) -> Placing:
        ledger = Ledger(next_id=max(self.opened, default=0) + 1)
        ledger.add(self._now(self.known.values()))
        placing = ledger.place(self._now(fresh))
        self.opened |= {entry.id for entry in placing.opened}
        self.home |= {place.statement_id: place.ledger_id for place in placing.places}
        for merge in placing.merges:
            self.into[merge.ledger_id] = merge.into
            moved = {one: merge.into for one, at in self.home.items() if at == merge.ledger_id}
            self.home |= moved
        self.known |= {one.id: one for one in fresh}
        return placing

    def _now(self, several: Iterable[Utterance]) -> list[Utterance]:
        return [replace(one, ledger_id=self.home.get(one.id)) for one in several]  # type: ignore[arg-type]

    def groups(self) -> set[frozenset[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        for statement, entry in self.home.items():
            found[entry].add(statement)
        return {frozenset(group) for group in found.values()}


def place_all(several: Sequence[Utterance], size: int = 99) -> Book:
    book = Book()
    for start in range(0, len(several), size):
        book.place(several[start : start + size])
    return book


def test_one_statement_is_one_entry_with_its_carriers() -> None:
    book = place_all([make(number, QUOTE) for number in range(1, 15)])
    assert book.groups() == {frozenset(range(1, 15))} and book.opened == {1}


def test_how_each_was_found_is_told() -> None:
    several = [
        make(1, QUOTE),
        make(2, "rebuild the bridge before the first snow"),
        make(3, "the river had risen by two metres", kind=StatementKind.INDIRECT),
        make(4, "by two metres the river has risen", kind=StatementKind.INDIRECT),
    ]
    placing = Book().place(several)
    assert [(place.ledger_id, place.how) for place in placing.places] == [
        (1, Likeness.OPENED),
        (1, Likeness.PART),
        (2, Likeness.OPENED),
        (2, Likeness.NEAR),
    ]


def test_two_speakers_never_share_an_entry() -> None:
    other = replace(make(2, QUOTE), speaker_key="somebody-else")
    assert len(place_all([make(1, QUOTE), other]).groups()) == 2


def test_across_stories_the_same_words_of_the_same_days_are_one() -> None:
    days = int(NEAR / timedelta(hours=1))
    assert len(place_all([make(1, QUOTE), make(2, QUOTE, story=2)]).groups()) == 1
    assert len(place_all([make(1, QUOTE), make(2, QUOTE, story=2, hours=days + 1)]).groups()) == 2
    assert len(place_all([make(1, QUOTE), make(2, QUOTE, hours=days + 1)]).groups()) == 1


def test_somebody_unnamed_speaks_in_one_story_only() -> None:
    one, other = make(1, QUOTE, named=False), make(2, QUOTE, story=2, named=False)
    assert len(place_all([one, other]).groups()) == 2
    assert len(place_all([one, replace(other, stories=one.stories)]).groups()) == 1


def test_what_shows_two_entries_to_be_one_merges_them_into_the_lower() -> None:
    book = Book()
    book.place([make(1, "We will rebuild the bridge"), make(2, "the first snow falls here")])
    assert len(book.groups()) == 2
    placing = book.place([make(3, "We will rebuild the bridge before the first snow falls here")])
    assert [(merge.ledger_id, merge.into) for merge in placing.merges] == [(2, 1)]
    assert book.groups() == {frozenset({1, 2, 3})}


def test_when_two_stories_become_one_their_statements_are_compared_again() -> None:
    one = make(1, "the river had risen by two metres", kind=StatementKind.INDIRECT)
    other = make(2, "by two metres the river has risen", kind=StatementKind.INDIRECT, story=2)
    book = Book()
    book.place([one, other])
    assert len(book.groups()) == 2
    placing = book.place([one, replace(other, stories=one.stories)])
    assert not placing.places and [merge.into for merge in placing.merges] == [1]


def test_a_denial_is_linked_to_what_it_denies() -> None:
    said = make(1, "the police fired on the crowd in the square", kind=StatementKind.INDIRECT)
    denied = make(2, said.saying.content, kind=StatementKind.INDIRECT, denied=True, hours=5)
    for several in ([said, denied], [denied, said]):
        book = Book()
        (link,) = book.place(several).links
        assert (link.entry_id, link.other_id) == (book.home[2], book.home[1])
        assert link.score == 1.0


def test_a_withdrawal_is_linked_to_what_is_taken_back() -> None:
    said = make(1, "the police fired on the crowd in the square", kind=StatementKind.INDIRECT)
    back = make(2, said.saying.content, kind=StatementKind.INDIRECT, withdrawn=True, hours=5)
    for several in ([said, back], [back, said]):
        book = Book()
        (link,) = book.place(several).links
        assert (link.entry_id, link.other_id) == (book.home[2], book.home[1])
        assert link.kind is LedgerLinkKind.WITHDRAWS


def test_only_named_speakers_of_shown_statements_in_two_articles_turn() -> None:
    said = make(1, "the police fired on the crowd in the square", kind=StatementKind.INDIRECT)
    denied = make(2, said.saying.content, kind=StatementKind.INDIRECT, denied=True)
    assert Book().place([said, denied]).links
    for changed in (
        replace(denied, article_id=said.article_id),
        replace(denied, sure=False),
        replace(denied, stories=frozenset({2})),  # type: ignore[arg-type]
        replace(denied, speaker_key="somebody-else"),
    ):
        assert not Book().place([said, changed]).links
    unnamed = [replace(one, named=False) for one in (said, denied)]
    assert not Book().place(unnamed).links


def tell() -> list[Utterance]:
    """Return the statements of the stories that we wrote as utterances, two stories at a time."""
    several: list[Utterance] = []
    for number, story in enumerate(load_stories()):
        for article in story:
            for case in article:
                one = Utterance(
                    id=len(several) + 1,  # type: ignore[arg-type]
                    article_id=100 * number + case.article,  # type: ignore[arg-type]
                    speaker_key=case.speaker,
                    named=case.speaker != "ministry",
                    at=START + timedelta(hours=7 * case.article),
                    stories=frozenset({number // 2}),  # type: ignore[arg-type]
                    saying=case.saying,
                )
                several.append(one)
    return several


@examples(20)
@given(st.integers(0, 10_000), st.integers(1, 60))
def test_neither_order_nor_batches_matter(seed: int, size: int) -> None:
    several = tell()
    calm = place_all(several)
    random.Random(seed).shuffle(several)
    assert place_all(several, size).groups() == calm.groups()


def test_a_batch_that_is_placed_again_changes_nothing() -> None:
    several = tell()
    book = place_all(several)
    before = dict(book.home)
    placing = book.place(several)
    assert not placing.places and not placing.merges and book.home == before


def test_a_later_reading_keeps_the_entries_of_what_stands_at_the_same_place() -> None:
    before = [((0, 10),), ((20, 30), (35, 40)), ((50, 60),)]
    after = [((0, 12),), ((22, 30), (35, 40)), ((70, 80),), ((52, 60),)]
    assert match_places(before, after) == {0: 0, 1: 1, 3: 2}
    assert match_places([((0, 10),)], [((0, 5),), ((0, 10),)]) == {0: 0}
    assert match_places([()], [()]) == {}
