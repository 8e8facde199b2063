"""Short ways to the values that the store's tests save."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from dateline.model import ArticleId, Dated, Reading, Source, SourceId, SourceKind
from dateline.store import NewArticle, Tx
from dateline.store.articles import save_articles
from dateline.store.sources import save_sources

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
