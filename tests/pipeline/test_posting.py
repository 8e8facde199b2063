"""Letters: what was first seen since the last one is in the next, under the right headline."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.pipeline.world import START, make_edges

from dateline.model import (
    ArticleId,
    Dated,
    Letter,
    OriginPlace,
    Reading,
    Role,
    Site,
    Source,
    StoryId,
    StoryPart,
    StoryPlace,
)
from dateline.pipeline import posting
from dateline.pipeline.posting import Due
from dateline.store import NewArticle, Reader, Store, Subscription
from dateline.store import outbox as outbox_rows
from dateline.store import readers as reader_rows
from dateline.store.articles import mark_gone, save_articles
from dateline.store.origins import save_origin_places
from dateline.store.sources import save_sources
from dateline.store.stories import save_story_places

SITE = Site(name="Harbour News", address="https://news.example")
NOW = START + timedelta(days=29, hours=8)  # a day before the world's clock
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def report(
    store: Store,
    headline: str,
    story: int,
    *,
    at: datetime | None,
    seen: datetime,
    part_of: int = 0,
    live: bool = True,
) -> ArticleId:
    """Keep a report of a story, published and first seen at these moments."""
    with store.write(seen) as tx:
        key = f"post-{story}-{len(headline)}"
        ids = save_sources(tx, [Source(key=key, name=key.title(), home="")])
        new = NewArticle(
            source_id=ids[key],
            guid=headline,
            url=f"https://{key}.example/{len(headline)}",
            first_seen=seen,
            reading=Reading(
                url="u",
                canonical=headline,
                headline=headline,
                language="en",
                published=Dated(at=at, evidence="test"),
            ),
            fingerprint=headline,
            live=live,
        )
        (saved,) = save_articles(tx, [new])
        save_origin_places(tx, [OriginPlace(article_id=saved, origin_id=saved, role=Role.FIRST)])  # type: ignore[arg-type]
        part = StoryPart(article_id=saved, story_id=StoryId(part_of), spans=((0, 9),), score=0.5)
        place = StoryPlace(article_id=saved, story_id=StoryId(story))
        save_story_places(tx, [replace(place, parts=(part,) if part_of else ())])
    return saved


@pytest.fixture
def reader(store: Store) -> Iterator[Reader]:
    """One whose last letter was written at NOW."""
    with store.write(NOW - 2 * DAY) as tx:
        token = reader_rows.ask_subscription(tx, Subscription(email="e@a.example", list="daily"))
        assert token is not None
        reader_rows.confirm_subscription(tx, token)
        (found,) = reader_rows.list_readers(tx, "daily")
    yield replace(found, last_sent_at=NOW)


def write(store: Store, due: Due) -> Letter | None:
    """Return the letter that is written, None where there is none."""
    posting.write_letters(make_edges(store), SITE, [due])
    with store.write(START + timedelta(days=30)) as tx:
        queued = outbox_rows.claim_letters(tx, holder="t", until=tx.now, limit=9)
    return queued[0].letter if queued else None


def test_what_came_out_before_the_last_letter_and_was_read_after_it_is_in_the_next(
    store: Store, reader: Reader
) -> None:
    report(store, "The ferry is late again today", 1, at=NOW - HOUR, seen=NOW - MINUTE)
    report(store, "The bridge is closed to lorries", 2, at=NOW - 10 * MINUTE, seen=NOW + MINUTE)
    letter = write(store, Due(reader=reader))
    assert letter is not None
    assert "The bridge is closed" in letter.text and "ferry" not in letter.text


def test_what_is_new_is_told_however_many_newer_reports_the_story_has(
    store: Store, reader: Reader
) -> None:
    for number in range(9):
        at = NOW - number * MINUTE
        report(store, "The bridge is closed" + "!" * number, 1, at=at, seen=at)
    late = "Lorries turn back at the closed bridge"
    report(store, late, 1, at=NOW - 30 * MINUTE, seen=NOW + MINUTE)
    report(store, "A morning of news", 2, at=NOW - HOUR, seen=NOW + MINUTE, part_of=3)
    letter = write(store, Due(reader=reader))
    assert letter is not None and late in letter.text


def test_old_news_of_a_new_source_and_what_is_undated_is_no_news(
    store: Store, reader: Reader
) -> None:
    report(store, "A comet of last month", 1, at=NOW - 20 * DAY, seen=NOW + HOUR)
    report(store, "A page without a date", 2, at=None, seen=NOW + HOUR, live=False)
    assert write(store, Due(reader=reader)) is None


def test_withdrawn_stories_are_left_out_and_old_headlines_are_freshened(
    store: Store, reader: Reader
) -> None:
    gone = report(store, "The mayor has resigned, it is said", 1, at=NOW, seen=NOW + HOUR)
    with store.write(NOW + HOUR) as tx:
        mark_gone(tx, gone)
    assert write(store, Due(reader=reader)) is None
    report(store, "The bridge may be closed tomorrow", 2, at=NOW - 8 * HOUR, seen=NOW - 8 * HOUR)
    report(store, "The bridge is closed, lorries wait", 2, at=NOW, seen=NOW + HOUR)
    letter = write(store, Due(reader=reader))
    assert letter is not None
    assert "The bridge is closed, lorries wait" in letter.subject
    assert "may be closed" not in letter.text and "mayor" not in letter.text
    assert "Post-2-34" in letter.text, "under the name of the outlet whose words they are"
