"""The ledger in the store: one entry a statement, whatever was merged, cut off or read again."""

import random
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from tests.pipeline.sayings import edit, hear, keep, make_pooled, settle
from tests.pipeline.world import START

from dateline.model import LedgerEntry, LedgerId, Likeness, StoryId
from dateline.pipeline import deciding, ledgering
from dateline.pipeline.claiming import claim_versions, read_versions
from dateline.pipeline.edges import Edges
from dateline.pipeline.ledgering import claim_look, place_statements
from dateline.store import Store, open_store
from dateline.store import ledger as ledger_rows
from dateline.store.ledger import LedgerPage

QUOTE = "Ilse Marten said: “We will rebuild the bridge before the first snow falls”\n"
RISEN = "Ilse Marten said: the river had risen by two metres\n"
RISEN_TOO = "Ilse Marten said: by two metres the river has risen\n"
NOW = START + timedelta(days=30)


def list_entries(store: Store, story: int = 1, order: str = "newest") -> Sequence[LedgerEntry]:
    with store.read() as tx:
        page = LedgerPage(order=order)  # type: ignore[arg-type]
        return ledger_rows.list_story_entries(tx, StoryId(story), page).entries


def group(store: Store, *stories: int) -> set[frozenset[tuple[str, str]]]:
    """Return what each entry has, so that ids need not be equal."""
    return {
        frozenset((one.card.url, one.said.statement.content) for one in entry.witnesses)
        for story in stories
        for entry in list_entries(store, story)
    }


def test_one_statement_has_all_its_carriers(store: Store) -> None:
    outlets = [f"outlet{number}" for number in range(14)]
    keep(store, *[(outlet, 1, QUOTE) for outlet in outlets])
    settle(make_pooled(store))
    (entry,) = list_entries(store)
    assert (entry.outlets, entry.origins, len(entry.wordings)) == (14, 14, 1)
    assert entry.first.card.source_key == "outlet0" and entry.speaker == "Ilse Marten"
    assert entry.first_at == START


def test_wordings_and_order(store: Store) -> None:
    keep(store, ("a", 1, RISEN), ("b", 1, RISEN_TOO), ("c", 1, QUOTE))
    settle(make_pooled(store))
    newest, oldest = list_entries(store)
    assert [content for content, _ in oldest.wordings] == [
        "the river had risen by two metres",
        "by two metres the river has risen",
    ]
    assert oldest.witnesses[1].said.how is Likeness.NEAR
    assert [entry.id for entry in list_entries(store, order="carried")] == [oldest.id, newest.id]


def test_two_stories_that_become_one_are_looked_at_again(store: Store) -> None:
    keep(store, ("a", 1, RISEN + QUOTE), ("b", 2, RISEN_TOO + QUOTE))
    edges = make_pooled(store)
    settle(edges)
    assert len(list_entries(store, 1)) == 2
    (gone,) = {entry.id for entry in list_entries(store, 2)} - {
        entry.id for entry in list_entries(store, 1)
    }
    with store.write(NOW) as tx:
        deciding.merge_by_hand(tx, deciding.Person(holder="x"), StoryId(2), StoryId(1))
    settle(edges)
    merged = list_entries(store, 1)
    assert [entry.outlets for entry in merged] == [2, 2]
    with store.read() as tx:
        end = ledger_rows.find_entry_successor(tx, gone)
        assert end in {entry.id for entry in merged} and ledger_rows.load_entry(tx, gone) is None
        assert ledger_rows.find_entry_successor(tx, LedgerId(1)) is None
    assert not claim_look(edges, NOW), "what was looked at is not looked at again"


def test_a_story_that_is_split_takes_its_witnesses_along(store: Store) -> None:
    keep(store, ("a", 1, RISEN), ("b", 1, RISEN_TOO), ("c", 1, QUOTE))
    edges = make_pooled(store)
    settle(edges)
    with store.write(NOW) as tx:
        deciding.split_by_hand(tx, deciding.Person(holder="x"), StoryId(1), [2, 3])  # type: ignore[list-item]
    settle(edges)
    first, second = list_entries(store, 1), list_entries(store, 2)
    assert len(first) == 1 and len(second) == 2
    assert set(first[0].stories) == {1, 2}, "an entry knows all stories of its witnesses"


def test_a_denial_is_shown_where_it_came_later(store: Store) -> None:
    told = "the police fired on the crowd in the square"
    keep(store, ("a", 1, f"Ilse Marten said: {told}\n"), ("b", 1, f"Ilse Marten denied: {told}\n"))
    settle(make_pooled(store))
    denial, claim = list_entries(store)
    assert [link.entry_id for link in claim.denied_by] == [denial.id]
    assert not denial.denied_by and [link.other_id for link in denial.links] == [claim.id]


def test_what_was_cut_off_is_placed_again(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(sqlite_store, ("a", 1, RISEN), ("b", 1, RISEN_TOO))
    edges = make_pooled(sqlite_store)

    def fail(*_: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(ledgering.standing, "save_mark", fail)
        with pytest.raises(RuntimeError):
            settle(edges)
    assert not list_entries(sqlite_store)
    settle(edges)
    assert [entry.outlets for entry in list_entries(sqlite_store)] == [2]


def test_two_workers_do_not_place_at_a_time(sqlite_store: Store) -> None:
    keep(sqlite_store, ("a", 1, RISEN))
    settle_claims(make_pooled(sqlite_store))
    one, other = make_pooled(sqlite_store), make_pooled(sqlite_store, holder="other")
    looks = claim_look(one, NOW)
    assert looks and not claim_look(other, NOW)
    assert place_statements(one, looks) == 1


def settle_claims(edges: Edges) -> None:
    while tasks := claim_versions(edges, edges.clock()):
        read_versions(edges, tasks, hear)


@pytest.mark.parametrize("seed", range(4))
def test_batches_do_not_matter(
    sqlite_store: Store, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    lines = [QUOTE, RISEN, RISEN_TOO, "Ilse Marten said: “the first snow falls”\n"]
    told = [
        (f"o{number % 5}", 1 + number % 2, "".join(chance.sample(lines, 2))) for number in range(24)
    ]
    with open_store(str(tmp_path / "calm.db"), create=True) as calm:
        keep(calm, *told)
        edit(calm, 3, QUOTE + RISEN)
        settle(make_pooled(calm))
        expected = group(calm, 1, 2)
    monkeypatch.setattr(ledgering, "BATCH", chance.randint(1, 9))
    edges = make_pooled(sqlite_store)
    keep(sqlite_store, *told[:11])
    settle(edges)
    keep(sqlite_store, *told[11:], first=11)
    edit(sqlite_store, 3, QUOTE + RISEN)
    settle(edges)
    assert group(sqlite_store, 1, 2) == expected and 1 < len(expected) < 6


class Twin:
    """An encoder that knows which texts mean the same: what stands before the first comma."""

    name = "twin/1"

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        found = np.zeros((len(texts), 32), dtype=np.float32)
        for row, text in zip(found, texts, strict=True):
            row[sum(map(ord, text.partition(",")[0])) % 32] = 1
        return found


def tell(language: str, *words: str) -> str:
    return "".join(f"Ilse Marten said: {word}, {language}\n" for word in words)


def test_a_translation_is_of_the_same_entry_and_marked(store: Store) -> None:
    english = tell("in English", "aa", "bbb", "cccc", "d")
    german = tell("auf Deutsch", "aa", "bbb", "x", "yy")
    keep(store, ("a", 1, english))
    keep(store, ("b", 1, german), first=1, language="de")
    settle(make_pooled(store, encoder=Twin()))
    shared = [entry for entry in list_entries(store) if entry.outlets == 2]
    assert len(shared) == 2
    for entry in shared:
        assert entry.languages == ("en", "de")
        first, second = entry.witnesses
        assert first.translation == 0.0 and second.translation > 0.8
        assert second.said.how is Likeness.TRANSLATION


def test_without_an_encoder_languages_stay_apart(sqlite_store: Store) -> None:
    keep(sqlite_store, ("a", 1, "Ilse Marten said: aa, in English\n"))
    keep(sqlite_store, ("b", 1, "Ilse Marten said: aa, auf Deutsch\n"), first=1, language="de")
    settle(make_pooled(sqlite_store))
    assert [entry.outlets for entry in list_entries(sqlite_store)] == [1, 1]
