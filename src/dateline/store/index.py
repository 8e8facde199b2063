"""The index of words: written in the transaction that writes the article.

Its rows are numbered by time (the minute, then the id), so that both databases find the newest
hits first, page through them and keep to a span of time without sorting.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text

from dateline.model import ArticleId, SourceId
from dateline.store.columns import to_ticks
from dateline.store.engine import Tx
from dateline.store.tokens import list_tokens

_MINUTE = 60_000_000
_ID_BITS = 24  # ids that differ by 2**24 and share a minute would share a number
_NOT_PLAIN = re.compile("[^a-z0-9]")
_FURTHEST = 16_000  # PostgreSQL counts positions to 16,383

_INSERT_SQLITE = text(
    "INSERT OR REPLACE INTO search (rowid, title, body, tags) "
    "VALUES (:search_id, :title, :body, :tags)"
)
_INSERT_POSTGRES = text(
    "INSERT INTO search (search_id, article_id, words) "
    "VALUES (:search_id, :id, CAST(:words AS tsvector)) "
    "ON CONFLICT (article_id) DO UPDATE "
    "SET search_id = excluded.search_id, words = excluded.words"
)


def make_search_id(at: datetime, article_id: ArticleId) -> int:
    """Return the number of an article in the index: newer ones are higher."""
    minute = to_ticks(at) // _MINUTE
    return (minute << _ID_BITS) | (article_id & ((1 << _ID_BITS) - 1))


def source_tag(source_id: SourceId) -> str:
    """Return the token by which a source's articles are found."""
    return f"s{source_id}"


def language_tag(language: str) -> str:
    """Return the token by which a language's articles are found."""
    return "l" + _NOT_PLAIN.sub("", language.lower())


def index_words(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
    """Index articles: rows of `articles` with a `text`; only the newest version is searched."""
    make = _sqlite_row if tx.dialect == "sqlite" else _postgres_row
    query = _INSERT_SQLITE if tx.dialect == "sqlite" else _INSERT_POSTGRES
    if rows:
        tx.conn.execute(query, [make(row) for row in rows])


def drop_words(tx: Tx, search_id: int) -> None:
    """Take an article out of the index; PostgreSQL replaces the row by itself."""
    if tx.dialect == "sqlite":
        tx.conn.execute(text("DELETE FROM search WHERE rowid = :id"), {"id": search_id})


def _list_parts(row: Mapping[str, Any]) -> tuple[list[str], list[str], list[str]]:
    title = list_tokens(f"{row['kicker']} {row['headline']}")
    body = list_tokens(f"{row['lede']}\n{row['text']}")
    return title, body, [source_tag(row["source_id"]), language_tag(row["language"])]


def _sqlite_row(row: Mapping[str, Any]) -> dict[str, Any]:
    title, body, tags = (" ".join(tokens) for tokens in _list_parts(row))
    return {"search_id": row["search_id"], "title": title, "body": body, "tags": tags}


def _postgres_row(row: Mapping[str, Any]) -> dict[str, Any]:
    title, body, tags = _list_parts(row)
    places: dict[str, list[str]] = {}
    for place, token in enumerate(title[:_FURTHEST], start=1):
        places.setdefault(token, []).append(f"{place}A")
    for place, token in enumerate(body, start=len(title) + 2):  # no phrase spans both
        if place < _FURTHEST:
            places.setdefault(token, []).append(str(place))
    words = [f"'{token}':{','.join(found[:250])}" for token, found in places.items()]
    words += [f"'{tag}:'" for tag in tags]
    return {"search_id": row["search_id"], "id": row["id"], "words": " ".join(words)}
