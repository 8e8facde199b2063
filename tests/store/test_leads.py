"""Leads and vectors: what waits for what, in order; nothing is placed before its vector is made."""

from datetime import timedelta

from dateline.model import Dated, OriginPlace, Role, Source, StoryPart, StoryPlace
from dateline.store import NewVersion, Store, Tx, standing
from dateline.store.articles import save_version
from dateline.store.cards import load_cards
from dateline.store.leads import (
    leads_between,
    leads_without_story,
    query_without_story,
    query_without_vector,
)
from dateline.store.origins import save_origin_places
from dateline.store.sources import save_sources
from dateline.store.stories import save_story_places
from dateline.store.vectors import leads_without_vector, load_vectors, save_vectors


def give_origins(tx: Tx, *ids: int) -> None:
    save_origin_places(
        tx, [OriginPlace(article_id=one, origin_id=one, role=Role.FIRST) for one in ids]
    )


def give_story(tx: Tx, *ids: int) -> None:
    save_story_places(tx, [StoryPlace(article_id=one, story_id=one) for one in ids])


def test_stories_wait_for_vectors_in_order(store: Store, make) -> None:
    def waiting(tx: Tx, model: str) -> list[tuple[int, bytes]]:
        leads = leads_without_story(tx, 9, model=model)
        return [(lead.article_id, lead.vector) for lead in leads]

    def without(tx: Tx, model: str) -> list[int]:
        return [lead.article_id for lead in leads_without_vector(tx, model, 9)]

    with store.write(make.now) as tx:
        one, two, three, four = make.save(tx, make.sources(tx, "a")["a"], *"1234")
        assert without(tx, "use") == []  # they wait for an origin first
        give_origins(tx, one, two, three)
        assert without(tx, "use") == [one, two, three]
        assert leads_without_vector(tx, "use", 1)[0].text == "The text of 1."
        assert waiting(tx, "use") == []
        save_vectors(tx, "use", {one: b"\x01", three: b"\x03"})
        save_vectors(tx, "use", {})
        assert without(tx, "use") == [two]
        assert waiting(tx, "use") == [(one, b"\x01")]  # the third must not pass the second
        assert waiting(tx, "other") == []
        assert waiting(tx, "") == [(one, b""), (two, b""), (three, b"")]
        assert standing.last_placed_id(tx, "stories") == 0
        give_story(tx, one)
        assert standing.last_placed_id(tx, "stories") == one
        assert waiting(tx, "use") == []
        save_vectors(tx, "use", {two: b""})  # a text that says nothing has an empty one
        assert waiting(tx, "use") == [(two, b""), (three, b"\x03")]
        give_story(tx, two, three)
        assert standing.last_placed_id(tx, "stories") == three
        assert without(tx, "use") == without(tx, "other") == []  # old articles are left alone
        save_vectors(tx, "use", {three: b"\x04"})
        assert load_vectors(tx, "use", [one, three, four]) == {one: b"\x01", three: b"\x04"}
        placed = leads_between(tx, 0, four, 9, model="use")
        assert [row.lead.vector for row in placed] == [b"\x01", b"", b"\x04", b""]
        assert [row.lead.vector for row in leads_between(tx, 0, four, 9)] == [b""] * 4


def test_lead_says_whose_it_is_and_whether_it_is_dated(store: Store, make) -> None:
    with store.write(make.now) as tx:
        source = Source(key="a", name="A", home="", publisher="P", family="p")
        source_id = save_sources(tx, [source])["a"]
        (dated,) = make.save(tx, source_id, "dated")
        undated = Dated(at=None, evidence="undatable")
        make.save(tx, source_id, "undated", published=undated)
        leads = [row.lead for row in leads_between(tx, 0, 9, 9)]
    assert [(lead.family, lead.dated) for lead in leads] == [("p", True), ("p", False)]
    assert leads[0].article_id == dated


def test_replay_is_told_the_parts(store: Store, make) -> None:
    with store.write(make.now) as tx:
        one, two = make.save(tx, make.sources(tx, "a")["a"], "1", "2")
        give_origins(tx, one, two)
        part = StoryPart(article_id=one, story_id=two, spans=((0, 3),), score=0.5)
        give_story(tx, one)
        save_story_places(tx, [StoryPlace(article_id=two, story_id=two, parts=(part,))])
        assert [(row.story_id, row.parts) for row in leads_between(tx, 0, two, 9)] == [
            (one, (part,)),
            (two, ()),
        ]


def test_what_waits_is_found_by_indexes(sqlite_store: Store, plan) -> None:
    with sqlite_store.read() as tx:
        for query in (query_without_story("use"), query_without_vector("use")):
            told = plan(tx, query.limit(9))
            assert "ix_articles_no_story" in told
            assert "vectors USING" in told
            assert "TEMP B-TREE" not in told


def test_edited_article_says_when(store: Store, make) -> None:
    with store.write(make.now) as tx:
        (one,) = make.save(tx, make.sources(tx, "a")["a"], "1")
        for hours in (1, 2):
            seen_at = make.now + timedelta(hours=hours)
            reading = make.reading("1", text=f"Text {hours}.")
            new = NewVersion(seen_at=seen_at, reading=reading, fingerprint=str(hours))
            save_version(tx, one, new)
        (card,) = load_cards(tx, [one])
    assert card.edited_at == make.now + timedelta(hours=2)
    assert card.versions == 3
