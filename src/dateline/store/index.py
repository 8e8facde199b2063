"""The index of words: written in the transaction that writes the article.

Its rows are numbered by time (the minute, then the id), so that both databases find the newest
hits first, page through them and keep to a span of time without sorting. Beside the words of an
article it has their forms (`forms.py`), by which single words are looked for, each in its language;
and tags, which no word equals: source, language, section, who and what is named, who
speaks. So "words, by this speaker" is one walk through two lists, however long either is.

It does not know where in an article a word stands, but has each two neighbouring words as a token
of their own: two words together are one list, however common each is; three are the articles
that have both pairs, whose texts are looked at (`phrases.py`). In PostgreSQL, where a list that is
short costs most, all pairs share 65,536 lists: there two words together are those that have both
and are in the list of the pair.

PostgreSQL's lists know no order: there each article also has tags of the spans of time it lies
in, and a search goes from the newest span to ever longer ones until it has enough.
"""

import hashlib
import itertools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zlib import crc32

from sqlalchemy import and_, select, text

from dateline.model import ArticleId, SourceId
from dateline.store.columns import shorten, to_ticks
from dateline.store.engine import Tx
from dateline.store.forms import list_forms
from dateline.store.histories import is_newest
from dateline.store.rows import in_batches
from dateline.store.tables import articles, entities, statements, versions
from dateline.store.tokens import list_pairs, list_tokens
from dateline.text import base_language, make_slug

_MINUTE = 60_000_000
ID_BITS = 24  # ids that differ by 2**24 and share a minute would share a number
SPAN_BITS = (9, 12, 15, 18)  # spans of 2**n minutes: 8 hours, 3 days, 3 weeks, half a year
_NOT_PLAIN = re.compile("[^a-z0-9]")
_MOST_BYTES = 1_000_000  # of an article's tokens: PostgreSQL takes 1,048,575
_LISTS = 0xFFFF  # of pairs, as a mask
_MOST_TAGS = 500  # names of one article
_AT_ONCE = 200

_INSERT_SQLITE = text("INSERT OR REPLACE INTO search (rowid, words) VALUES (:search_id, :words)")
_INSERT_POSTGRES = text(
    "INSERT INTO search (search_id, article_id, words) "
    "VALUES (:search_id, :id, CAST(:words AS tsvector)) "
    "ON CONFLICT (article_id) DO UPDATE "
    "SET search_id = excluded.search_id, words = excluded.words"
)
# A language may stand twice: were it unique, one writer would wait for another.
_INSERT_LANGUAGE = text(
    "INSERT INTO search_languages (language) SELECT CAST(:language AS text) "
    "WHERE NOT EXISTS (SELECT 1 FROM search_languages WHERE language = :language)"
)
_LANGUAGES = text("SELECT DISTINCT language FROM search_languages ORDER BY language")
# Only these, by name: the step of the schema that makes the index anew runs before later ones.
_INDEXED = (
    *("id", "search_id", "source_id", "headline", "kicker", "lede", "language", "section"),
    "versions",
)


@dataclass(slots=True)
class Named:
    """Who is named in an article, and who speaks in it: keys of names."""

    entities: dict[str, None] = field(default_factory=dict)
    speakers: dict[str, None] = field(default_factory=dict)

    def list_tags(self) -> list[str]:
        """Return the tags of all of them."""
        tags = [entity_tag(key) for key in self.entities]
        return [*tags, *(speaker_tag(key) for key in self.speakers)][:_MOST_TAGS]


_NOBODY = Named()


def make_search_id(at: datetime, article_id: ArticleId) -> int:
    """Return the number of an article in the index: newer ones are higher."""
    minute = to_ticks(at) // _MINUTE
    return (minute << ID_BITS) | (article_id & ((1 << ID_BITS) - 1))


def read_ticks(search_id: int) -> int:
    """Return the minute of a number in the index, as microseconds since 1970."""
    return (search_id >> ID_BITS) * _MINUTE


def source_tag(source_id: SourceId) -> str:
    """Return the token by which a source's articles are found."""
    return f"_s{source_id}"


def language_tag(language: str) -> str:
    """Return the token by which a language's articles are found."""
    return "_l" + _NOT_PLAIN.sub("", language[:40].lower())


def section_tag(section: str) -> str:
    """Return the token by which a section's articles are found; case does not matter."""
    return "_c" + _hash(make_slug(section))


def entity_tag(key: str) -> str:
    """Return the token by which the articles are found in which somebody or something is named."""
    return "_e" + _hash(shorten(key))


def speaker_tag(key: str) -> str:
    """Return the token by which the articles are found in which somebody speaks."""
    return "_q" + _hash(shorten(key))


def span_tag(bits: int, search_id: int) -> str:
    """Return the token of the span of 2**bits minutes in which a number lies (PostgreSQL)."""
    return f"_t{bits}x{search_id >> ID_BITS + bits & 0xFFFFFFFF:x}"


def share_pair(pair: str) -> str:
    """Return the token of the list in which a pair of words is, among others (PostgreSQL)."""
    return f"_{crc32(pair.encode('utf-8', 'replace')) & _LISTS:x}_"


def _hash(name: str) -> str:
    return hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=8).hexdigest()


def index_words(
    tx: Tx, rows: Sequence[Mapping[str, Any]], named: Mapping[int, Named] | None = None
) -> None:
    """Index articles: rows of `articles` with a `text`; only the newest version is searched.

    `named` is who is named in them, by id of the article; a new article was not yet read for that.
    """
    make = _sqlite_row if tx.dialect == "sqlite" else _postgres_row
    query = _INSERT_SQLITE if tx.dialect == "sqlite" else _INSERT_POSTGRES
    known = named or {}
    if rows:
        tx.conn.execute(query, [make(row, known.get(row["id"], _NOBODY)) for row in rows])
        tongues = {base_language(row["language"]) for row in rows}
        tx.conn.execute(_INSERT_LANGUAGE, [{"language": one} for one in sorted(tongues)])


def list_languages(tx: Tx) -> tuple[str, ...]:
    """Return the languages of what was indexed, without regions."""
    return tuple(tx.conn.execute(_LANGUAGES).scalars())


def index_again(tx: Tx, ids: Sequence[ArticleId]) -> None:
    """Index articles anew, with who is named in them as it stands in the store by now."""
    for batch in in_batches(ids, _AT_ONCE):
        rows = tx.conn.execute(_select_indexed().where(articles.c.id.in_(batch))).mappings().all()
        index_words(tx, [dict(row) for row in rows], load_named(tx, batch))


def rebuild_index(tx: Tx) -> None:
    """Make the index of words anew from the newest versions."""
    tx.conn.execute(text("DELETE FROM search"))
    tx.conn.execute(text("DELETE FROM search_languages"))
    last = 0
    query = _select_indexed().order_by(articles.c.id).limit(_AT_ONCE)
    while rows := tx.conn.execute(query.where(articles.c.id > last)).mappings().all():
        named = load_named(tx, [ArticleId(row["id"]) for row in rows])
        index_words(tx, [dict(row) for row in rows], named)
        last = rows[-1]["id"]


def drop_words(tx: Tx, search_id: int) -> None:
    """Take an article out of the index; PostgreSQL replaces the row by itself."""
    if tx.dialect == "sqlite":
        tx.conn.execute(text("DELETE FROM search WHERE rowid = :id"), {"id": search_id})


def load_named(tx: Tx, ids: Sequence[ArticleId]) -> dict[int, Named]:
    """Return who is named and who speaks in the newest versions of articles that stand."""
    found: dict[int, Named] = defaultdict(Named)
    for table, column in ((entities, entities.c.key), (statements, statements.c.speaker_key)):
        of_newest = and_(
            articles.c.id == table.c.article_id, articles.c.versions == table.c.version
        )
        query = select(table.c.article_id, column).join(articles, of_newest)
        mine = query.where(table.c.article_id.in_(ids), articles.c.gone_at.is_(None), column != "")
        for article_id, key in tx.conn.execute(mine.order_by(table.c.article_id, table.c.number)):
            one = found[article_id]
            (one.entities if table is entities else one.speakers)[key] = None
    return found


def _select_indexed() -> Any:
    return select(*(articles.c[name] for name in _INDEXED), versions.c.text).join(
        versions, is_newest()
    )


def _list_words(row: Mapping[str, Any], named: Named) -> tuple[list[str], list[str]]:
    """Return the tokens of an article, tags among them, and its pairs of words."""
    texts = (f"{row['kicker']} {row['headline']}", f"{row['lede']}\n{row['text']}")
    title, body = map(list_tokens, texts)
    forms = list_forms((*title, *body), texts, row["language"])
    tags = [source_tag(row["source_id"]), language_tag(row["language"])]
    tags += [section_tag(row["section"]), *named.list_tags()]
    pairs = list_pairs(title) + list_pairs(body)  # no phrase spans both
    return [*tags, *title, *body, *forms], pairs


def _sqlite_row(row: Mapping[str, Any], named: Named) -> dict[str, Any]:
    words, pairs = _list_words(row, named)
    return {"search_id": row["search_id"], "words": " ".join(dict.fromkeys(words + pairs))}


def _postgres_row(row: Mapping[str, Any], named: Named) -> dict[str, Any]:
    spans = [span_tag(bits, row["search_id"]) for bits in SPAN_BITS]
    own, pairs = _list_words(row, named)
    words = list(dict.fromkeys([*spans, *own, *map(share_pair, set(pairs))]))
    if sum(map(len, words)) > _MOST_BYTES // 4:
        lengths = itertools.accumulate(len(word.encode()) for word in words)
        words = [word for word, end in zip(words, lengths, strict=True) if end <= _MOST_BYTES]
    quoted = "' '".join(words)
    return {"search_id": row["search_id"], "id": row["id"], "words": f"'{quoted}'"}
