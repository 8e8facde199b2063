"""A researcher's file in the store: whose it is, when it was, in which language it leads."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.pipeline.world import make_edges

from dateline.model import (
    UNDATED_AT,
    ArticleId,
    DecisionKind,
    Source,
    StoryCard,
    StoryId,
    StoryPlace,
)
from dateline.pipeline.deciding import merge
from dateline.pipeline.editing import list_front_stories
from dateline.pipeline.exporting import export_rows
from dateline.pipeline.grouping import Grouping
from dateline.pipeline.headlines import refresh_headlines
from dateline.pipeline.importing import Imported, OrderedLines, import_lines
from dateline.store import Store, open_store, standing
from dateline.store import articles as article_rows
from dateline.store import sources as source_rows
from dateline.store import stories as story_rows
from dateline.store.decisions import NewDecision
from dateline.work.pool import Pool

NOW = datetime(2026, 6, 1, tzinfo=UTC)
TEXT = (
    "The old bridge over the harbour was closed on Monday after engineers found cracks in two of "
    "its piers, the city council said, and repairs are to take until spring."
)
OTHER = "A new comet was seen with the naked eye before sunrise by observers in the mountains."
GERMAN = (
    "Die alte Brücke am Hafen ist seit Montag gesperrt, nachdem Ingenieure Risse in zwei Pfeilern "
    "gefunden hatten; die Reparatur dauert nach Angaben der Stadt bis zum Frühjahr."
)
pytestmark = pytest.mark.store


@pytest.fixture
def english(tmp_path: Path) -> Iterator[Store]:
    """An empty store of a site in English."""
    with open_store(str(tmp_path / "site.db"), create=True, language="en") as store:
        yield store


def take(store: Store, *records: dict[str, object]) -> list[Imported]:
    """Import records; return what was told on the way."""
    told: list[Imported] = []
    lines = OrderedLines.gather(json.dumps(record).encode() for record in records)
    with Pool(0) as pool:
        import_lines(replace(make_edges(store), pool=pool), lines, Grouping(), told.append)
    lines.close()
    return told


def unite(store: Store, *ids: int) -> None:
    """Make one story of those of these articles, or of all, whatever the texts say."""
    wanted = [card for story in list_stories(store) for card in story.members]
    stories = {card.story_id for card in wanted if not ids or card.article_id in ids}
    into, *others = sorted(story_id for story_id in stories if story_id is not None)
    with store.write(NOW) as tx:
        for gone in others:
            new = NewDecision(
                kind=DecisionKind.MERGE,
                after=standing.last_placed_id(tx, "stories"),
                from_id=gone,
                to_id=into,
                by="test",
            )
            merge(tx, new)


def make_record(number: int, **given: object) -> dict[str, object]:
    plain = {
        "url": f"https://archive.example/{number}",
        "title": f"Harbour bridge closed after cracks are found, report {number}",
        "text": TEXT,
        "published": f"2022-05-0{number}T08:00:00Z",
        "source": f"Paper {number}",
        "lang": "en",
    }
    return plain | given


def list_stories(store: Store) -> list[StoryCard]:
    with store.read() as tx:
        return list_front_stories(tx, NOW)


def test_named_outlets_are_several_though_they_stand_at_one_site(english: Store) -> None:
    take(english, *(make_record(number) for number in (1, 2, 3)))
    unite(english)
    (story,) = list_stories(english)
    assert (story.articles, story.outlets) == (3, 3)
    take(english, make_record(4, source=None), make_record(5, source=None))
    unite(english)
    (story,) = list_stories(english)
    assert (story.articles, story.outlets) == (5, 4)


def test_an_outlet_without_a_name_is_called_by_its_host(english: Store) -> None:
    for number, host in enumerate(("www.post.example", "post.example", "www.old.example")):
        with english.write(NOW) as tx:
            old = Source(key="www-old-example", name="www.old.example", home="", language="")
            source_rows.ensure_source(tx, old)
        take(english, {"url": f"https://{host}/{number}", "text": TEXT})
    with english.read() as tx:
        found = {each.key: each.name for each in source_rows.list_sources(tx)}
    assert found == {"post-example": "post.example", "www-old-example": "www.old.example"}


def test_a_headline_in_the_sites_language_leads_a_story(english: Store) -> None:
    foreign = make_record(1, lang="de", text=GERMAN, title="Hafenbrücke nach Rissen gesperrt")
    take(english, foreign, make_record(2, text=OTHER))
    unite(english)
    (story,) = list_stories(english)
    assert (story.articles, story.lead.language) == (2, "en")


def test_a_newcomer_in_the_sites_language_takes_the_lead(english: Store) -> None:
    foreign = make_record(1, lang="de", text=GERMAN, title="Hafenbrücke nach Rissen gesperrt")
    take(english, foreign, make_record(2, text=OTHER))
    with english.write(NOW) as tx:
        newcomer = StoryPlace(article_id=ArticleId(2), story_id=StoryId(1))
        story_rows.save_story_places(tx, [newcomer])
        refresh_headlines(tx, [newcomer])
    (story,) = list_stories(english)
    assert (story.articles, story.lead.language, story.slug[:7]) == (2, "en", "harbour")


def test_a_record_without_a_date_is_undated_and_stands_behind_the_dated(english: Store) -> None:
    take(
        english,
        make_record(1),
        make_record(2, published=None),
        make_record(3, published=None, text=OTHER, title="Comet seen with the naked eye"),
    )
    unite(english, 1, 2)
    bridge, comet = list_stories(english)
    assert bridge.first_at == bridge.last_at == datetime(2022, 5, 1, 8, tzinfo=UTC)
    assert {card.article_id: card.dated for card in bridge.members} == {1: True, 2: False}
    assert (comet.last_at, comet.dated, comet.lead.dated) == (UNDATED_AT, False, False)
    rows = {row["id"]: row for row in export_rows(english, "stories", address="")}
    told = rows[comet.story_id]
    assert (told["first"], told["last"], told["articles"][0]["at"]) == (None, None, None)
    assert rows[bridge.story_id]["last"] == "2022-05-01T08:00:00Z"


def test_a_version_keeps_the_first_date_of_publication(english: Store) -> None:
    first = make_record(1)
    take(english, first, first | {"text": OTHER, "published": "2022-05-03T10:00:00Z"})
    with english.read() as tx:
        article = article_rows.load_article(tx, ArticleId(1))
    assert article is not None and article.versions == 2
    assert article.version.reading.text == OTHER
    assert article.version.reading.published.at == datetime(2022, 5, 1, 8, tzinfo=UTC)
    assert article.version.seen_at == datetime(2022, 5, 3, 10, tzinfo=UTC)
    (story,) = list_stories(english)
    assert story.last_at == datetime(2022, 5, 1, 8, tzinfo=UTC)
    assert story.lead.edited_at == datetime(2022, 5, 3, 10, tzinfo=UTC)


def test_an_earlier_date_of_a_version_is_believed(english: Store) -> None:
    take(english, make_record(3))
    take(english, make_record(3, text=OTHER, published="2022-05-01T08:00:00Z"))
    with english.read() as tx:
        article = article_rows.load_article(tx, ArticleId(1))
    assert article is not None
    assert article.version.reading.published.at == datetime(2022, 5, 1, 8, tzinfo=UTC)


def test_it_is_told_how_far_the_import_is_before_the_first_record(english: Store) -> None:
    told = take(english, make_record(1), make_record(2))
    assert [(state.done, state.total) for state in told] == [(0, 2), (2, 2)]
    again = take(english, make_record(1), make_record(2))
    assert [state.done for state in again] == [2]
