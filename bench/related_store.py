"""A made-up site of any size for `bench/related.py`: only what an offer is chosen from.

Articles come four a minute from 300 outlets; a story is told by a dozen articles within hours, some
by hundreds; each article is related to twelve earlier ones and names six out of 200,000 by Zipf's
law. Ledes are of sixty words, of ten thousand that are used alike: hardly one is shared, which is
the dear case for a comparison. All rows are made inside the database, so that a million articles
take minutes.
"""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from dateline.model import Source
from dateline.store import open_store
from dateline.store.columns import to_ticks
from dateline.store.sources import save_sources

START = datetime(2025, 6, 1, tzinfo=UTC)
OUTLETS, NAMES = 300, 200_000
WORDS, OF_LEDE = 10_000, 60
_EACH = "WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last}) "
# A number between 0 and 1 that depends on an article and a place alone.
_DRAW = (
    "(((i * 2654435761 + {place} * 40503 + ((i + {place}) * 97) % 8191 * 7919) % 999983) "
    "/ 999983.0)"
)


def build(path: Path, count: int) -> None:
    """Write the site into a new SQLite file."""
    store = open_store(str(path), create=True)
    with store.write(START) as tx:
        wanted = [Source(key=f"s{n}", name=f"Outlet {n}", home="") for n in range(OUTLETS)]
        save_sources(tx, wanted)
    conn = sqlite3.connect(path)
    conn.executescript("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF;")
    conn.execute("DROP INDEX ix_entities_key")
    each = _EACH.format(first=1, last=count)
    _fill_articles(conn, each)
    _fill_related(conn, each)
    _fill_names(conn, each)
    conn.execute("CREATE INDEX ix_entities_key ON entities (key, article_id)")
    conn.execute("ANALYZE")
    conn.commit()
    conn.close()


def _fill_articles(conn: sqlite3.Connection, each: str) -> None:
    skew, copied = _DRAW.format(place=1), _DRAW.format(place=2)
    story = f"(i / 400 * 40 + 1 + CAST(40 * {skew} * {skew} * {skew} AS INTEGER))"
    origin = f"(CASE WHEN {copied} < 0.3 THEN i - i % 5 + 1 ELSE i + 1 END)"
    at = f"({to_ticks(START)} + i * 15000000)"
    words = (f"printf('%x', (i * {7919 + 2 * n} + {n * 104729}) % {WORDS})" for n in range(OF_LEDE))
    lede = " || ' ' || ".join(words)
    conn.execute(
        f"{each} INSERT INTO articles (id, source_id, url, first_seen, at, versions, fingerprint, "
        "headline, lede, language, section, credits, search_id, story_id, origin_id) SELECT i, "
        f"1 + i * 7 % {OUTLETS}, 'https://outlet.example/' || i, {at}, {at}, 1, i, "
        f"'The headline of report number ' || i || ' about something', {lede}, "
        f"CASE i % 4 WHEN 0 THEN 'de' ELSE 'en' END, 'World', '[]', i, {story}, {origin} FROM n"
    )
    conn.execute(
        "INSERT INTO stories (id, slug, headline, lead_id, articles, outlets, origins, first_at, "
        "last_at) SELECT story_id, 's', 'Story', min(id), count(*), 1, 1, min(at), max(at) "
        "FROM articles GROUP BY story_id"
    )


def _fill_related(conn: sqlite3.Connection, each: str) -> None:
    for place in range(12):
        draw, score = _DRAW.format(place=10 + place), _DRAW.format(place=30 + place)
        far = 30 if place < 6 else 4000
        conn.execute(
            f"{each} INSERT OR IGNORE INTO related SELECT i, max(1, i - 1 - "
            f"CAST({far} * {draw} AS INTEGER)), 0.12 + 0.6 * {score} FROM n WHERE i > 1"
        )
    conn.execute(
        "INSERT OR IGNORE INTO related SELECT other_id, article_id, score FROM related "
        "ORDER BY other_id, article_id"
    )


def _fill_names(conn: sqlite3.Connection, each: str) -> None:
    for place in range(6):
        draw = _DRAW.format(place=50 + place)
        key = f"'name-' || CAST(exp({draw} * ln({NAMES})) AS INTEGER)"
        conn.execute(
            f"{each} INSERT INTO entities SELECT i, 1, {place}, {key}, json_object('kind', "
            f"'person', 'name', {key}, 'key', {key}, 'mentions', "
            "json('[[10,25],[110,120],[310,325]]'), 'role', 'spokesman of the office') FROM n"
        )
    conn.execute(
        "INSERT INTO names SELECT key, key, 'person', 3 * count(*) FROM entities GROUP BY key"
    )
