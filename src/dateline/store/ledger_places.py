"""Where statements belong in the ledger, and which entries have turned out to be one: saved."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, delete, func, insert, literal, or_, select
from sqlalchemy import update as update_rows

from dateline.model import (
    UNDATED_AT,
    EntryMerge,
    LedgerId,
    LedgerLinkKind,
    LedgerPlace,
    Likeness,
    NewEntry,
    NewLink,
    Placing,
)
from dateline.store.columns import Moment, shorten
from dateline.store.engine import Tx
from dateline.store.rows import in_batches, insert_into, take_turn
from dateline.store.tables import articles, ledger, ledger_links, statements

_LOCK = 0x6C6564676572
_TIMES = (
    update_rows(ledger)
    .where(ledger.c.id == bindparam("of"))
    .values(first_at=bindparam("first"), last_at=bindparam("last"))
)
_PLACE = (
    update_rows(statements)
    .where(statements.c.id == bindparam("placed_id"))
    .values(ledger_id=bindparam("to"), how=bindparam("by"), likeness=bindparam("score"))
)


def next_ledger_id(tx: Tx) -> LedgerId:
    """Return the lowest id that no entry has had, and none will have before the commit."""
    take_turn(tx, _LOCK)
    query = select(func.coalesce(func.max(ledger.c.id), 0) + 1)
    return LedgerId(tx.conn.execute(query).scalar_one())


def save_placing(tx: Tx, placing: Placing, *, made_by: str) -> None:
    """Keep where statements belong, and which entries have turned out to be one."""
    _open(tx, placing.opened, made_by)
    touched = {place.ledger_id for place in placing.places}
    touched |= {merge.into for merge in placing.merges}
    if placing.places:
        tx.conn.execute(_PLACE, [_to_place(place) for place in placing.places])
    for merge in placing.merges:
        _merge(tx, merge)
    _link(tx, placing.links)
    recount_entries(tx, touched)


def recount_entries(tx: Tx, ids: Collection[LedgerId]) -> None:
    """Note when the first and the last witness of entries came out."""
    for batch in in_batches(sorted(ids)):
        times = [
            {"of": row.ledger_id, "first": row.first_at or UNDATED_AT, "last": row.last_at}
            for row in tx.conn.execute(query_times(batch))
        ]
        if times:
            tx.conn.execute(_TIMES, times)


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
        NewLink(
            entry_id=merge.into if row.entry_id == merge.ledger_id else LedgerId(row.entry_id),
            other_id=merge.into if row.other_id == merge.ledger_id else LedgerId(row.other_id),
            kind=LedgerLinkKind(row.kind),
            score=row.score,
        )
        for row in links
    ]
    _link(tx, moved)


def _link(tx: Tx, links: Iterable[NewLink]) -> None:
    rows = [
        {
            "entry_id": link.entry_id,
            "other_id": link.other_id,
            "kind": link.kind.value,
            "score": link.score,
        }
        for link in links
        if link.entry_id != link.other_id
    ]
    if not rows:
        return
    new = insert_into(tx, ledger_links)
    pair = ["entry_id", "other_id", "kind"]
    changed = {"score": new.excluded.score}
    tx.conn.execute(new.on_conflict_do_update(index_elements=pair, set_=changed), rows)
