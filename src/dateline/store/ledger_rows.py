"""What statements are compared with in the ledger, asked of the store.

The ledger has no memory beside the store: by speaker, among the articles of a statement's stories
and among the entries of its days.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, select

from dateline.model import (
    UNDATED_AT,
    ArticleId,
    LedgerId,
    SavedStatement,
    StatementId,
    StoryId,
)
from dateline.store.claim_marks import VersionKey, is_version
from dateline.store.columns import from_json, shorten
from dateline.store.engine import Tx
from dateline.store.parts import list_parts
from dateline.store.readings import names_from_json
from dateline.store.rows import Row, in_batches
from dateline.store.statements import is_inside, query_statements, to_statement
from dateline.store.tables import articles, ledger, statements, stories, story_parts

_MOST = 3_000  # statements of one look that are compared with, the newest
_MOST_ENTRIES = 1_000
_MOST_CONTENTS = 200
_MOST_ARTICLES = 2_000  # of one story, the newest


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """A statement with what the ledger asks of its article."""

    said: SavedStatement
    terms: Mapping[str, int]
    at: datetime  # published, else first seen
    stories: frozenset[StoryId]  # to which its place in the article belongs


def load_rows(tx: Tx, keys: Sequence[VersionKey]) -> list[LedgerRow]:
    """Return the statements of versions that name a speaker, in order of their ids."""
    found: list[Row] = []
    for key in keys:
        mine = and_(is_version(statements, key), statements.c.speaker_key != "")
        found += tx.conn.execute(_query().where(mine))
    return _to_rows(tx, found)


def load_story_rows(tx: Tx, story_id: StoryId) -> list[LedgerRow]:
    """Return the statements of a story that are in the ledger, in order of their ids."""
    return _load_known(tx, _list_ids(tx, _list_articles(tx, [story_id]), None))


def load_candidates(tx: Tx, rows: Sequence[LedgerRow], *, margin: timedelta) -> list[LedgerRow]:
    """Return what statements are compared with: of the same speakers, and in the ledger.

    Those of their stories; and those whose entry has a witness at most `margin` from them.
    """
    if not rows:
        return []
    keys = {shorten(row.said.statement.speaker_key) for row in rows}
    named = {shorten(row.said.statement.speaker_key) for row in rows if _is_named(row)}
    mine = sorted({story_id for row in rows for story_id in row.stories})
    first, last = min(row.at for row in rows) - margin, max(row.at for row in rows) + margin
    here = _list_ids(tx, _list_articles(tx, mine), keys)
    near = _list_entries(tx, sorted(named), first, last)
    return _load_known(tx, here | _list_witnesses(tx, near))


def list_multilingual(tx: Tx, ids: Collection[StoryId]) -> set[StoryId]:
    """Return which of some stories have articles in several languages."""
    found: set[StoryId] = set()
    for batch in in_batches(sorted(ids)):
        query = select(stories.c.id, stories.c.languages).where(stories.c.id.in_(batch))
        rows = tx.conn.execute(query)
        found.update(StoryId(row.id) for row in rows if len(names_from_json(row.languages)) > 1)
    return found


def load_contents(
    tx: Tx, keys: Iterable[VersionKey]
) -> dict[VersionKey, list[tuple[StatementId, str]]]:
    """Return the contents of the statements of versions, the first few hundred of each."""
    found: dict[VersionKey, list[tuple[StatementId, str]]] = {}
    columns = (statements.c.id, statements.c.document)
    for key in keys:
        mine = (
            select(*columns)
            .where(is_version(statements, key))
            .order_by(statements.c.number)
            .limit(_MOST_CONTENTS)
        )
        found[key] = [
            (StatementId(row.id), from_json(row.document, _Content).content)
            for row in tx.conn.execute(mine)
        ]
    return found


@dataclass(frozen=True, slots=True)
class _Content:
    """What is decoded of a statement where only its words are asked for."""

    content: str


def _query() -> Select[Any]:
    own = (articles.c.at, articles.c.first_seen, articles.c.story_id)
    return query_statements().add_columns(*own)


def _is_named(row: LedgerRow) -> bool:
    return row.said.statement.speaker_kind is not None


def _list_articles(tx: Tx, ids: Sequence[StoryId]) -> list[ArticleId]:
    """Return the newest articles of stories, whole or in part."""
    found: set[ArticleId] = set()
    for story_id in ids:
        whole = select(articles.c.id).where(articles.c.story_id == story_id)
        newest = whole.order_by(articles.c.at.desc(), articles.c.id.desc()).limit(_MOST_ARTICLES)
        part = select(story_parts.c.article_id).where(story_parts.c.story_id == story_id)
        for query in (newest, part):
            found.update(ArticleId(one) for one in tx.conn.execute(query).scalars())
    return sorted(found)


def _list_ids(tx: Tx, ids: Sequence[ArticleId], keys: Collection[str] | None) -> set[int]:
    """Return the statements of articles, of some speakers or of all.

    The speakers are compared here: a database would look for each of them in each article, or
    read all that a well-known one has ever said.
    """
    found: set[int] = set()
    for batch in in_batches(ids):
        placed = and_(statements.c.article_id.in_(batch), statements.c.ledger_id.is_not(None))
        rows = tx.conn.execute(select(statements.c.id, statements.c.speaker_key).where(placed))
        found.update(row.id for row in rows if keys is None or row.speaker_key in keys)
    return found


def _list_witnesses(tx: Tx, entries: Sequence[LedgerId]) -> set[int]:
    found: set[int] = set()
    for batch in in_batches(entries):
        query = select(statements.c.id).where(statements.c.ledger_id.in_(batch))
        found.update(tx.conn.execute(query).scalars())
    return found


def _list_entries(tx: Tx, keys: Sequence[str], first: datetime, last: datetime) -> list[LedgerId]:
    found: list[LedgerId] = []
    for batch in in_batches(keys):
        near = and_(ledger.c.last_at >= first, ledger.c.first_at <= last)
        mine = and_(ledger.c.speaker_key.in_(batch), ledger.c.merged_into.is_(None), near)
        query = select(ledger.c.id).where(mine).order_by(ledger.c.last_at.desc(), ledger.c.id)
        found += [LedgerId(one) for one in tx.conn.execute(query.limit(_MOST_ENTRIES)).scalars()]
    return found


def _load_known(tx: Tx, ids: Collection[int]) -> list[LedgerRow]:
    """Return the newest of some statements that are in the ledger, in order of their ids."""
    found: list[Row] = []
    for batch in in_batches(sorted(ids)[-_MOST:]):
        found += tx.conn.execute(_query().where(statements.c.id.in_(batch)))
    return _to_rows(tx, found)


def _to_rows(tx: Tx, rows: Iterable[Row]) -> list[LedgerRow]:
    ordered = sorted(rows, key=lambda row: row.id)
    parts = list_parts(tx, sorted({ArticleId(row.article_id) for row in ordered}))
    found = []
    for row in ordered:
        said = to_statement(row)
        of_part = {
            part.story_id
            for part in parts.get(said.article_id, ())
            if any(is_inside(span, part.spans) for span in said.statement.spans)
        }
        whole = {StoryId(row.story_id)} if row.story_id is not None else set()
        one = LedgerRow(
            said=said,
            terms=from_json(row.terms, dict[str, int]),
            at=row.at if row.at > UNDATED_AT else row.first_seen,
            stories=frozenset(whole | of_part),
        )
        found.append(one)
    return found
