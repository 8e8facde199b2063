"""Short ways to the values that the store's tests save."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from dateline.model import (
    ArticleId,
    Dated,
    OriginPlace,
    Reading,
    Role,
    Source,
    SourceId,
    SourceKind,
    StoryPart,
    StoryPlace,
)
from dateline.store import NewArticle, Tx
from dateline.store.articles import save_articles
from dateline.store.origins import save_origin_places
from dateline.store.sources import save_sources
from dateline.store.stories import load_story, save_story_places

NOW = datetime(2026, 3, 4, 5, 6, 7, 890123, tzinfo=UTC)


class Maker:
    """Makes sources and articles with as few words as a test needs."""

    now = NOW
    later = NOW + timedelta(hours=1)

    def sources(self, tx: Tx, *keys: str) -> dict[str, SourceId]:
        wanted = [
            Source(
                key=key,
                name=key.title(),
                home=f"https://{key}.example/",
                feeds=(f"https://{key}.example/feed",),
                kind=SourceKind.AGENCY if key == "agency" else SourceKind.OUTLET,
            )
            for key in keys
        ]
        return save_sources(tx, wanted)

    def reading(self, name: str, *, minutes: int | None = None, **more: Any) -> Reading:
        at = None if minutes is None else NOW + timedelta(minutes=minutes)
        plain = Reading(
            url=f"https://example.org/{name}",
            canonical=f"https://example.org/{name}",
            headline=f"Headline {name}",
            text=f"The text of {name}.",
            language="en",
            section="World",
            published=Dated(at=at, evidence="feed pubDate"),
        )
        return replace(plain, **more)

    def article(
        self, source_id: SourceId, name: str, *, minutes: int | None = None, **more: Any
    ) -> NewArticle:
        return NewArticle(
            source_id=source_id,
            guid=f"guid {name}",
            url=f"https://example.org/{name}",
            first_seen=NOW,
            reading=self.reading(name, minutes=minutes, **more),
            fingerprint=f"print {name}",
        )

    def save(self, tx: Tx, source_id: SourceId, *names: str, **more: Any) -> list[ArticleId]:
        """Save one article a name, each a minute later than the one before."""
        new = [
            self.article(source_id, name, minutes=place, **more) for place, name in enumerate(names)
        ]
        return save_articles(tx, new)

    def place(self, tx: Tx, story_id: int, *ids: int, parts: Iterable[StoryPart] = ()) -> None:
        """Give articles an origin each, and one story; the last of them finds `parts`."""
        origins = [OriginPlace(article_id=one, origin_id=one, role=Role.FIRST) for one in ids]
        save_origin_places(tx, origins)
        places = [StoryPlace(article_id=one, story_id=story_id) for one in ids]
        places[-1] = replace(places[-1], parts=tuple(parts), made_by="stories/2")
        save_story_places(tx, places)

    def part(
        self, article_id: int, story_id: int, *spans: tuple[int, int], score: float = 0.5
    ) -> StoryPart:
        return StoryPart(article_id=article_id, story_id=story_id, spans=spans, score=score)

    def spans(self, tx: Tx, story_id: int) -> dict[int, tuple[tuple[int, int], ...]]:
        """The articles of a story, with the parts that belong to it; () is the whole."""
        story = load_story(tx, story_id)
        return {card.article_id: card.spans for card in story.members} if story else {}


@pytest.fixture
def make() -> Maker:
    return Maker()


@pytest.fixture
def plan() -> Callable[[Tx, Any], str]:
    """How SQLite would run a query, one line a table."""

    def explain(tx: Tx, query: Any) -> str:
        def ask(_c: Any, _u: Any, statement: str, parameters: Any, *_: Any) -> tuple[str, Any]:
            return f"EXPLAIN QUERY PLAN {statement}", parameters

        event.listen(tx.conn, "before_cursor_execute", ask, retval=True)
        try:
            rows = tx.conn.execute(query).cursor.fetchall()
        finally:
            event.remove(tx.conn, "before_cursor_execute", ask)
        return "\n".join(row[3] for row in rows)

    return explain
