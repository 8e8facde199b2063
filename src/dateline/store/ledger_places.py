"""How statements come into the ledger: what is compared, where each belongs, which entries are one.

The ledger has no memory beside the store: what a statement is compared with is asked for here, by
its speaker, among the articles of its stories and among the entries of its days.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, delete, func, insert, literal, or_, select
from sqlalchemy import update as update_rows

from dateline.model import (
    UNDATED_AT,
    ArticleId,
    Denial,
    EntryMerge,
    LedgerId,
    LedgerLinkKind,
    LedgerPlace,
    Likeness,
    NewEntry,
    Placing,
    SavedStatement,
    StatementId,
    StoryId,
)
from dateline.store.claim_marks import VersionKey, is_version
from dateline.store.columns import Moment, from_json, shorten
from dateline.store.engine import Tx
from dateline.store.parts import list_parts
from dateline.store.rows import Row, in_batches, insert_into, take_turn
from dateline.store.statements import is_inside, query_statements, to_statement
from dateline.store.tables import articles, ledger, ledger_links, statements, story_parts

_LOCK = 0x6C6564676572
_MOST = 3_000  # statements of one look that are compared with, the newest
_MOST_ENTRIES = 1_000
_MOST_ARTICLES = 2_000  # of one story, the newest
_PLACE = (
    update_rows(statements)
    .where(statements.c.id == bindparam("placed_id"))
    .values(ledger_id=bindparam("to"), how=bindparam("by"), likeness=bindparam("score"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """A statement with what the ledger asks of its article."""

    said: SavedStatement
    terms: Mapping[str, int]
    at: datetime  # published, else first seen
    stories: frozenset[StoryId]  # to which its place in the article belongs


def next_ledger_id(tx: Tx) -> LedgerId:
    """Return the lowest id that no entry has had, and none will have before the commit."""
    take_turn(tx, _LOCK)
    query = select(func.coalesce(func.max(ledger.c.id), 0) + 1)
    return LedgerId(tx.conn.execute(query).scalar_one())


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
    stories = sorted({story_id for row in rows for story_id in row.stories})
    first, last = min(row.at for row in rows) - margin, max(row.at for row in rows) + margin
    here = _list_ids(tx, _list_articles(tx, stories), keys)
    near = _list_entries(tx, sorted(named), first, last)
    return _load_known(tx, here | _list_witnesses(tx, near))


def load_contents(
    tx: Tx, keys: Iterable[VersionKey]
) -> dict[VersionKey, list[tuple[StatementId, str]]]:
    """Return the contents of all statements of versions, in the order of their texts."""
    found: dict[VersionKey, list[tuple[StatementId, str]]] = {}
    columns = (statements.c.id, statements.c.document)
    for key in keys:
        mine = select(*columns).where(is_version(statements, key)).order_by(statements.c.number)
        found[key] = [
            (StatementId(row.id), from_json(row.document, _Content).content)
            for row in tx.conn.execute(mine)
        ]
    return found


def save_placing(tx: Tx, placing: Placing, *, made_by: str) -> None:
    """Keep where statements belong, and which entries have turned out to be one."""
    _open(tx, placing.opened, made_by)
    touched = {place.ledger_id for place in placing.places}
    touched |= {merge.into for merge in placing.merges}
    if placing.places:
        tx.conn.execute(_PLACE, [_to_place(place) for place in placing.places])
    for merge in placing.merges:
        _merge(tx, merge)
    _link(tx, placing.denials)
    recount_entries(tx, touched)


def recount_entries(tx: Tx, ids: Collection[LedgerId]) -> None:
    """Note when the first and the last witness of entries came out."""
    for batch in in_batches(sorted(ids)):
        for row in tx.conn.execute(query_times(batch)).all():
            times = {"first_at": row.first_at or UNDATED_AT, "last_at": row.last_at}
            mine = ledger.c.id == row.ledger_id
            tx.conn.execute(update_rows(ledger).where(mine).values(times))


def rename_speaker(tx: Tx, ledger_id: LedgerId, speaker_key: str) -> None:
    """Note that a later reading has found who the speaker of an entry is."""
    mine = update_rows(ledger).where(ledger.c.id == ledger_id)
    tx.conn.execute(mine.values(speaker_key=shorten(speaker_key)))


def count_witnesses(tx: Tx, ids: Collection[LedgerId]) -> dict[LedgerId, int]:
    """Return of how many articles each entry has statements."""
    found: dict[LedgerId, int] = {}
    for batch in in_batches(sorted(ids)):
        count = func.count(statements.c.article_id.distinct()).label("articles")
        query = select(statements.c.ledger_id, count).where(statements.c.ledger_id.in_(batch))
        for row in tx.conn.execute(query.group_by(statements.c.ledger_id)):
            found[LedgerId(row.ledger_id)] = row.articles
    return found


def query_times(ids: Sequence[LedgerId]) -> Select[Any]:
    """Return the query for when the witnesses of entries came out."""
    undated = literal(UNDATED_AT, Moment)
    dated = func.nullif(articles.c.at, undated)
    seen = case((articles.c.at == undated, articles.c.first_seen), else_=articles.c.at)
    joined = statements.join(articles, articles.c.id == statements.c.article_id)
    query = select(
        statements.c.ledger_id,
        func.min(dated, type_=Moment).label("first_at"),
        func.max(seen, type_=Moment).label("last_at"),
    ).select_from(joined)
    return query.where(statements.c.ledger_id.in_(ids)).group_by(statements.c.ledger_id)


@dataclass(frozen=True, slots=True)
class _Content:
    """What is decoded of a statement where only its words are asked for."""

    content: str


def _query() -> Select[Any]:
    own = (articles.c.at, articles.c.first_seen, articles.c.story_id)
    return query_statements().add_columns(*own)


def _is_named(row: LedgerRow) -> bool:
    return row.said.statement.speaker_kind is not None


def _list_articles(tx: Tx, stories: Sequence[StoryId]) -> list[ArticleId]:
    """Return the newest articles of stories, whole or in part."""
    found: set[ArticleId] = set()
    for story_id in stories:
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


def _open(tx: Tx, opened: Sequence[NewEntry], made_by: str) -> None:
    rows = [
        {
            "id": one.id,
            "speaker_key": shorten(one.speaker_key),
            "first_at": UNDATED_AT,
            "last_at": UNDATED_AT,
            "opened_at": tx.now,
            "made_by": made_by,
        }
        for one in opened
    ]
    if rows:
        tx.conn.execute(insert(ledger), rows)


def _to_place(place: LedgerPlace) -> dict[str, Any]:
    return {
        "placed_id": place.statement_id,
        "to": place.ledger_id,
        "by": place.how.value,
        "score": place.score,
    }


def _merge(tx: Tx, merge: EntryMerge) -> None:
    """Move all of an entry into another; what opened it is from now on like the other."""
    gone = statements.c.ledger_id == merge.ledger_id
    opened = and_(gone, statements.c.how == Likeness.OPENED.value)
    like = {"how": merge.how.value, "likeness": merge.score}
    tx.conn.execute(update_rows(statements).where(opened).values(like))
    tx.conn.execute(update_rows(statements).where(gone).values(ledger_id=merge.into))
    ended = {
        "merged_into": merge.into,
        "merged_at": tx.now,
        "score": merge.score,
        "why": merge.how.value,
    }
    tx.conn.execute(update_rows(ledger).where(ledger.c.id == merge.ledger_id).values(ended))
    sides = or_(
        ledger_links.c.entry_id == merge.ledger_id, ledger_links.c.other_id == merge.ledger_id
    )
    links = tx.conn.execute(select(ledger_links).where(sides)).all()
    tx.conn.execute(delete(ledger_links).where(sides))
    moved = [
        Denial(
            entry_id=merge.into if row.entry_id == merge.ledger_id else LedgerId(row.entry_id),
            other_id=merge.into if row.other_id == merge.ledger_id else LedgerId(row.other_id),
            score=row.score,
        )
        for row in links
    ]
    _link(tx, moved)


def _link(tx: Tx, denials: Iterable[Denial]) -> None:
    rows = [
        {
            "entry_id": denial.entry_id,
            "other_id": denial.other_id,
            "kind": LedgerLinkKind.DENIES.value,
            "score": denial.score,
        }
        for denial in denials
        if denial.entry_id != denial.other_id
    ]
    if not rows:
        return
    new = insert_into(tx, ledger_links)
    pair = ["entry_id", "other_id", "kind"]
    changed = {"score": new.excluded.score}
    tx.conn.execute(new.on_conflict_do_update(index_elements=pair, set_=changed), rows)
