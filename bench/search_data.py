"""A made-up site of a million articles, for `bench/search.py`: built once, measured often.

Words are drawn by Zipf's law from 60,000 made of syllables, 400 a text; names by the same law from
20,000 people and 5,000 places; four articles a minute. Rows are written in bulk, but in the form in
which the store's own functions write them.
"""

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, text

from dateline.model import ArticleId, Source
from dateline.store import Store, Tx, index, name_starts, sources, tables
from dateline.store.columns import to_ticks
from dateline.text import make_slug

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SOURCES = 200
BATCH = 2000
SECTIONS = ("World", "Sport", "Business", "Culture", "Science", "")
LANGUAGES = ("en",) * 6 + ("de", "fr", "es", "ja")


class Maker:
    """Draws words and names by Zipf's law; the same ones each time."""

    def __init__(self) -> None:
        self.random = random.Random(1)
        self.words = self._make_words(60_000)
        self.pool = self._draw(self.words, 4_000_000)
        names = [word.title() for word in self.words[2000:]]
        self.people = [f"{names[n % 3000]} {names[3000 + n]}" for n in range(20_000)]
        self.places = names[30_000:35_000]
        self.drawn_people = self._draw(self.people, 500_000)
        self.drawn_places = self._draw(self.places, 500_000)

    def _make_words(self, count: int) -> list[str]:
        syllables = [
            a + b for a in "bcdfghklmnprstvw" for b in ("a", "e", "i", "o", "u", "an", "er")
        ]
        made: dict[str, None] = {}
        while len(made) < count:
            long = 1 + (len(made) > 60) + self.random.choice((0, 0, 1, 1, 2))
            made["".join(self.random.choices(syllables, k=long))] = None
        return list(made)

    def _draw(self, values: list[str], count: int) -> list[str]:
        weights = itertools.accumulate(1 / rank for rank in range(1, len(values) + 1))
        return self.random.choices(values, cum_weights=list(weights), k=count)

    def take(self, pool: list[str], count: int) -> list[str]:
        start = self.random.randrange(len(pool) - count)
        return pool[start : start + count]


def make_rows(maker: Maker, first: int, source_ids: list[int]) -> Iterator[dict[str, Any]]:
    """Yield rows of `articles` with their text and who is named."""
    draw = maker.random
    for number in range(first, first + BATCH):
        at = NOW + timedelta(seconds=15 * number)
        words = maker.take(maker.pool, 400)
        people = maker.take(maker.drawn_people, 6)
        yield {
            "id": number,
            "source_id": source_ids[draw.randrange(SOURCES)],
            "url": f"https://outlet.example/{number}",
            "at": at,
            "search_id": index.make_search_id(at, ArticleId(number)),
            "headline": " ".join(maker.take(maker.pool, 9)).capitalize(),
            "kicker": "",
            "lede": " ".join(words[:30]),
            "text": "\n\n".join(" ".join(words[n : n + 50]) + "." for n in range(0, 400, 50)),
            "language": draw.choice(LANGUAGES),
            "section": draw.choice(SECTIONS),
            "story_id": max(1, int(number * 0.4) - int(draw.expovariate(1 / 30))),
            "named": people + maker.take(maker.drawn_places, 4),
            "speakers": people[:2],
        }


def fill(store: Store, maker: Maker, count: int, say: Any = print) -> None:
    """Write the site into an empty store."""
    with store.write(NOW) as tx:
        wanted = [Source(key=f"s{n}", name=f"Outlet {n}", home="") for n in range(SOURCES)]
        ids = list(sources.save_sources(tx, wanted).values())
        if tx.dialect == "postgresql":
            tx.conn.execute(text("DROP INDEX ix_search_words"))
    mentions = Counter[str]()
    stories: dict[int, dict[str, Any]] = {}
    for first in range(1, count, BATCH):
        rows = list(make_rows(maker, first, [int(one) for one in ids]))
        for row in rows:
            mentions.update(row["named"])
            stories.setdefault(row["story_id"], row)
        with store.write(NOW) as tx:
            _save(tx, rows)
        if first % 100_000 == 1:
            say(f"{first} articles", flush=True)
    with store.write(NOW) as tx:
        _save_stories(tx, stories)
        kinds = dict.fromkeys(maker.people, "person") | dict.fromkeys(maker.places, "place")
        known = [
            {"key": make_slug(name), "name": name, "kind": kinds[name], "mentions": number}
            for name, number in mentions.items()
        ]
        tx.conn.execute(insert(tables.names), known)
        name_starts.refresh_starts(tx, [row["key"] for row in known])
        if tx.dialect == "postgresql":
            tx.conn.execute(text("SET LOCAL maintenance_work_mem = '1GB'"))
            tx.conn.execute(text("CREATE INDEX ix_search_words ON search USING gin (words)"))
    if store.dialect == "postgresql":
        with store.write(NOW) as tx:
            tx.conn.execute(text("ANALYZE"))


def _save(tx: Tx, rows: list[dict[str, Any]]) -> None:
    columns = ("id", "source_id", "url", "at", "search_id", "headline", "kicker", "lede")
    own = [
        {name: row[name] for name in (*columns, "language", "section", "story_id")}
        | {"first_seen": row["at"], "versions": 1, "fingerprint": f"{row['id']:032x}"}
        | {"credits": "[]", "story_id": row["story_id"]}
        for row in rows
    ]
    # The foreign key to a story that comes later is checked at the commit, or not at all.
    if tx.dialect == "sqlite":
        tx.conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    _save_empty_stories(tx, {row["story_id"] for row in rows})
    tx.conn.execute(insert(tables.articles), own)
    tx.conn.execute(
        insert(tables.versions),
        [
            {
                "article_id": row["id"],
                "number": 1,
                "seen_at": row["at"],
                "fingerprint": "",
                "headline": row["headline"],
                "language": row["language"],
                "published_at": row["at"],
                "text": row["text"],
                "document": b"",
            }
            for row in rows
        ],
    )
    named = {
        row["id"]: index.Named(
            entities=dict.fromkeys(map(make_slug, row["named"])),
            speakers=dict.fromkeys(map(make_slug, row["speakers"])),
        )
        for row in rows
    }
    index.index_words(tx, rows, named)


def _save_empty_stories(tx: Tx, ids: set[int]) -> None:
    at = to_ticks(NOW)
    tx.conn.execute(
        text(
            "INSERT INTO stories (id, slug, headline, lead_id, articles, outlets, origins, "
            f"first_at, last_at) VALUES (:id, '', '', 1, 3, 2, 2, {at}, {at}) "
            "ON CONFLICT DO NOTHING"
        ),
        [{"id": one} for one in sorted(ids)],
    )


def _save_stories(tx: Tx, stories: dict[int, dict[str, Any]]) -> None:
    tx.conn.execute(
        text(
            "UPDATE stories SET slug = :slug, headline = :headline, lead_id = :lead, "
            "first_at = :at, last_at = :at WHERE id = :id"
        ),
        [
            {
                "id": story_id,
                "slug": make_slug(row["headline"]),
                "headline": row["headline"],
                "lead": row["id"],
                "at": to_ticks(row["at"]),
            }
            for story_id, row in stories.items()
        ],
    )
