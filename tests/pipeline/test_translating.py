"""Translations: which articles are compared, what a hit does, that nothing is compared for ever."""

from datetime import timedelta

import pytest
from tests.pipeline.test_grouping import NOW, group_all
from tests.pipeline.world import TOPICS, Words, add_articles, article, make_edges

from dateline.model import (
    ArticleId,
    DecisionId,
    DecisionKind,
    Lead,
    Link,
    LinkKind,
    OriginId,
    OriginPlace,
    Role,
    StoryId,
)
from dateline.pipeline import deciding, translating
from dateline.pipeline.edges import Edges
from dateline.pipeline.grouping import Grouping
from dateline.pipeline.translating import claim_look, join_translations
from dateline.store import Store
from dateline.store import cards as card_rows
from dateline.store import decisions as decision_rows
from dateline.store import origins as origin_rows

ROUND = len(TOPICS)


class Comparer:
    """Takes the later of the first pair that it is asked about for a translation of the earlier."""

    def __init__(self, *, hits: int = 0) -> None:
        self.hits = hits
        self.asked: list[tuple[ArticleId, ArticleId]] = []

    def __call__(self, a: Lead, b: Lead, encode: object) -> Link | None:
        del encode
        self.asked.append((a.article_id, b.article_id))
        if len(self.asked) > self.hits:
            return None
        return Link(
            article_id=b.article_id,
            other_id=a.article_id,
            kind=LinkKind.TRANSLATION,
            likeness=0.8,
            why="sentence by sentence",
        )


def look_through(edges: Edges, comparer: Comparer, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(translating, "compare", comparer)
    joined = 0
    while looks := claim_look(edges, NOW):
        joined += join_translations(edges, looks)
    return joined


def add_two_languages(store: Store) -> None:
    """Keep two reports a topic in English (0-11), then one in German in the same words (12-17)."""
    add_articles(store, 2 * ROUND)
    add_articles(store, ROUND, first=2 * ROUND, language="de")


def list_origins(store: Store) -> dict[ArticleId, int | None]:
    with store.read() as tx:
        cards = card_rows.load_cards(tx, [article(number) for number in range(3 * ROUND)])
    return {card.article_id: card.origin_id for card in cards}


def test_a_translation_joins_the_origin_of_its_original(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_two_languages(store)
    edges = make_edges(store, encoder=Words())
    groups = group_all(edges)
    comparer = Comparer(hits=1)
    assert look_through(edges, comparer, monkeypatch) == 1
    original, translation = comparer.asked[0]
    origins = list_origins(store)
    assert origins[original] == origins[translation]
    with store.read() as tx:
        (decision,) = decision_rows.decisions_after(tx, DecisionId(0), (DecisionKind.JOIN,), 9)
        (german,) = card_rows.load_cards(tx, [translation])
        origin = origin_rows.load_origin(tx, german.origin_id)  # type: ignore[arg-type]
    assert (decision.after, decision.why) == (article(17), "sentence by sentence")
    assert german.taken_from == original
    assert origin and len(origin.members) == 2
    # Placed anew or not, the index has learned it before the next article.
    add_articles(store, 1, first=18)
    group_all(edges, groups)
    assert groups.origins.decided == decision.id


def test_only_other_languages_of_one_story_are_compared_and_each_pair_once(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_two_languages(sqlite_store)
    edges = make_edges(sqlite_store, encoder=Words())
    group_all(edges)
    comparer = Comparer()
    assert look_through(edges, comparer, monkeypatch) == 0
    assert comparer.asked and len(comparer.asked) == len(set(comparer.asked))
    assert all(one <= article(11) < other for one, other in comparer.asked)
    again = Comparer()
    look_through(edges, again, monkeypatch)
    assert not again.asked, "what was looked at is not looked at again"


def test_after_a_merge_its_articles_are_compared_once_more(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_two_languages(sqlite_store)
    edges = make_edges(sqlite_store, encoder=Words())
    group_all(edges)
    look_through(edges, Comparer(), monkeypatch)
    with sqlite_store.write(NOW) as tx:
        deciding.merge_by_hand(tx, deciding.Person(holder="x"), StoryId(2), StoryId(1))
    comparer = Comparer()
    look_through(edges, comparer, monkeypatch)
    assert comparer.asked


def test_far_apart_in_time_is_not_compared(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_articles(sqlite_store, 2 * ROUND)
    add_articles(sqlite_store, ROUND, first=24 * 6, language="de")
    edges = make_edges(sqlite_store, encoder=Words())
    group_all(edges)
    comparer = Comparer()
    look_through(edges, comparer, monkeypatch)
    assert not comparer.asked


def test_a_look_that_was_cut_off_is_taken_again(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_two_languages(sqlite_store)
    edges = make_edges(sqlite_store, encoder=Words())
    group_all(edges, Grouping())

    def fail(*_: object) -> None:
        raise RuntimeError("killed")

    before = list_origins(sqlite_store)
    with monkeypatch.context() as patch:
        patch.setattr(translating, "compare", Comparer(hits=1))
        patch.setattr(decision_rows, "save_decision", fail)
        with pytest.raises(RuntimeError):
            join_translations(edges, claim_look(edges, NOW))
    assert list_origins(sqlite_store) == before
    assert look_through(edges, Comparer(hits=1), monkeypatch) == 1
    assert look_through(edges, Comparer(hits=1), monkeypatch) == 0


def test_another_worker_looks_where_the_first_does_not(
    sqlite_store: Store,
) -> None:
    add_two_languages(sqlite_store)
    one, two = (make_edges(sqlite_store, encoder=Words(), holder=name) for name in ("one", "two"))
    group_all(one)
    assert claim_look(one, NOW)
    assert not claim_look(two, NOW)
    assert claim_look(two, NOW + one.lease + timedelta(seconds=1))


def test_a_copy_that_looks_like_a_translation_does_not_turn_its_report_around(
    store: Store,
) -> None:
    """The agency wrote at 0, a German outlet at 1; at 2 an outlet carried the agency's words."""
    add_articles(store, 3)
    agency, german, copy = (article(number) for number in range(3))
    places = [
        OriginPlace(article_id=agency, origin_id=OriginId(1), role=Role.FIRST, opened=True),
        OriginPlace(article_id=german, origin_id=OriginId(2), role=Role.FIRST, opened=True),
        OriginPlace(article_id=copy, origin_id=OriginId(1), role=Role.CARRIES, taken_from=agency),
    ]
    found = Link(
        article_id=copy,
        other_id=german,
        kind=LinkKind.TRANSLATION,
        likeness=0.8,
        why="sentence by sentence; it credits the other",
    )
    with store.write(NOW) as tx:
        origin_rows.save_origin_places(tx, places)
        translating.join_link(tx, found)
    with store.read() as tx:
        cards = {card.article_id: card for card in card_rows.load_cards(tx, [agency, german])}
    assert cards[agency].role is Role.FIRST
    assert cards[german].role is Role.CARRIES
    assert (cards[german].taken_from, cards[german].origin_id) == (copy, OriginId(1))
    assert "credits" not in cards[german].why
