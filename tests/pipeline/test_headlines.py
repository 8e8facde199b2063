"""Whose headline a story carries when articles are withdrawn and come back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.pipeline.world import START, article, make_edges

from dateline.model import (
    ArticleId,
    Dated,
    OriginPlace,
    Reading,
    Role,
    Source,
    StoryCard,
    StoryId,
    StoryPart,
    StoryPlace,
)
from dateline.pipeline.editing import list_front_stories, list_section_stories
from dateline.pipeline.headlines import (
    find_unlooked,
    mend_leads,
    refresh_headlines,
    renew_leads,
    save_edit,
)
from dateline.store import NewArticle, NewVersion, Store
from dateline.store.articles import mark_back, mark_gone, save_articles
from dateline.store.backup import check_store
from dateline.store.origins import save_origin_places
from dateline.store.sources import save_sources
from dateline.store.stories import load_story, save_story_places
from dateline.store.story_heads import load_heads
from dateline.store.story_leads import set_story_lead

NOW = START + timedelta(hours=9)
FIRST, OTHER, COPY, TICKER = (article(number) for number in range(4))
STORY, TOLD = StoryId(1), StoryId(2)
HEADLINES = (
    "The old bridge over the river is closed",
    "Harbour bridge shut after cracks were found",
    "The old bridge over the river is closed",
    "Morning briefing: all the news of the day",
)


def read(number: int, **more: object) -> Reading:
    plain = Reading(
        url=f"https://post-{number}.example/a",
        canonical=f"c{number}",
        headline=HEADLINES[number],
        section="world",
        language="en",
        published=Dated(at=START + timedelta(hours=number), evidence="test"),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


@pytest.fixture
def filled(store: Store) -> Iterator[Store]:
    """A story of three outlets (the third carries the first's report) and a part of a ticker."""
    with store.write(START) as tx:
        posts = [Source(key=f"post-{n}", name=f"Post {n}", home="") for n in range(4)]
        ids = save_sources(tx, posts)
        new = [
            NewArticle(
                source_id=ids[f"post-{number}"],
                guid=str(number),
                url=f"https://post-{number}.example/a",
                first_seen=START + timedelta(hours=number),
                reading=read(number),
                fingerprint=str(number),
            )
            for number in range(4)
        ]
        saved = save_articles(tx, new)
        origins = {COPY: FIRST}
        save_origin_places(
            tx,
            [
                OriginPlace(article_id=a, origin_id=origins.get(a, a), role=Role.FIRST)  # type: ignore[arg-type]
                for a in saved
            ],
        )
        part = StoryPart(article_id=TICKER, story_id=STORY, spans=((0, 9),), score=0.5)
        places = [StoryPlace(article_id=a, story_id=STORY) for a in (FIRST, OTHER, COPY)]
        places.append(StoryPlace(article_id=TICKER, story_id=TOLD, parts=(part,)))
        save_story_places(tx, places)
    yield store


def withdraw(store: Store, *ids: ArticleId) -> StoryCard:
    for one in ids:
        with store.write(NOW) as tx:
            mark_gone(tx, one)
            renew_leads(tx, one)
    return look(store)


def look(store: Store) -> StoryCard:
    """The story, with its headline as lists and links have it."""
    assert check_store(store) == []
    with store.read() as tx:
        story = load_story(tx, STORY)
        assert story is not None
        assert load_heads(tx, [STORY])[STORY].headline == story.lead.headline
    return story


def test_a_withdrawn_lead_gives_way_to_one_that_stands(filled: Store) -> None:
    story = withdraw(filled, FIRST)
    assert (story.lead.article_id, story.headline) == (OTHER, HEADLINES[1])
    assert story.slug == "harbour-bridge-shut-after-cracks-were-found"
    with filled.read() as tx:
        for found in (list_front_stories(tx, NOW), list_section_stories(tx, "world", NOW)):
            assert STORY in [one.story_id for one in found]


def test_however_poor_the_headline_is_that_stands(filled: Store) -> None:
    with filled.write(NOW) as tx:
        for number in (1, 2):
            edit = read(number, headline="LIVE", language="de")
            new = NewVersion(seen_at=NOW, reading=edit, fingerprint=f"live {number}")
            save_edit(tx, article(number), new)
    assert withdraw(filled, FIRST).lead.article_id == OTHER


def test_where_no_whole_one_stands_a_part_leads_and_where_none_stands_the_last(
    filled: Store,
) -> None:
    story = withdraw(filled, FIRST, OTHER, COPY)
    assert (story.lead.article_id, story.lead.spans) == (TICKER, ((0, 9),))
    with filled.write(NOW) as tx:
        corrected = read(3, headline="Evening briefing: all the news")
        save_edit(tx, TICKER, NewVersion(seen_at=NOW, reading=corrected, fingerprint="again"))
    assert look(filled).headline == corrected.headline
    story = withdraw(filled, TICKER)
    assert story.lead.gone
    with filled.read() as tx:
        assert list_front_stories(tx, NOW) == []
    with filled.write(NOW) as tx:
        assert mark_back(tx, COPY)
        assert not mark_back(tx, COPY)
        renew_leads(tx, COPY)
    assert look(filled).lead.article_id == COPY


def test_an_article_that_is_back_leads_where_nothing_else_stands(filled: Store) -> None:
    withdraw(filled, FIRST, COPY, TICKER, OTHER)
    with filled.write(NOW) as tx:
        edit = read(0, text="Corrected.")
        save_edit(tx, FIRST, NewVersion(seen_at=NOW, reading=edit, fingerprint="back"))
    story = look(filled)
    assert (story.lead.article_id, story.lead.gone) == (FIRST, False)
    assert (story.articles, story.outlets, story.origins) == (4, 1, 1)


def test_a_newcomer_takes_the_lead_from_a_withdrawn_one(filled: Store) -> None:
    withdraw(filled, FIRST, OTHER, COPY, TICKER)
    with filled.write(NOW) as tx:
        ids = save_sources(tx, [Source(key="late", name="Late", home="")])
        reading = read(1, headline="LIVE", language="de", url="u", canonical="late")
        late = NewArticle(
            source_id=ids["late"],
            guid="late",
            url="u",
            first_seen=NOW,
            reading=reading,
            fingerprint="l",
        )
        (saved,) = save_articles(tx, [late])
        save_origin_places(tx, [OriginPlace(article_id=saved, origin_id=saved, role=Role.FIRST)])  # type: ignore[arg-type]
        place = StoryPlace(article_id=saved, story_id=STORY)
        save_story_places(tx, [place])
        refresh_headlines(tx, [place])
    assert look(filled).lead.article_id == saved


def test_what_was_withdrawn_is_no_coverage_while_another_stands(filled: Store) -> None:
    before = look(filled)
    assert (before.articles, before.outlets, before.origins) == (4, 3, 2)  # one is there in part
    story = withdraw(filled, TICKER)
    assert (story.articles, story.outlets, story.origins) == (4, 3, 2)
    assert story.last_at == START + timedelta(hours=2)
    story = withdraw(filled, FIRST)
    # Who carries its report still stands, and so does the report.
    assert (story.outlets, story.origins) == (2, 2)
    assert story.first_at == START + timedelta(hours=1)
    story = withdraw(filled, OTHER, COPY)
    assert (story.outlets, story.origins) == (3, 2)
    assert (story.first_at, story.last_at) == (before.first_at, before.last_at)


def test_stories_of_before_are_mended_once(filled: Store) -> None:
    edges = make_edges(filled)
    assert withdraw(filled, FIRST).lead.article_id == OTHER
    with filled.write(NOW) as tx:
        set_story_lead(tx, STORY, FIRST)
    assert find_unlooked(filled)
    assert mend_leads(edges) == 1
    assert look(filled).lead.article_id == OTHER
    assert find_unlooked(filled) == []
    assert mend_leads(edges) == 0
