"""Readers of the letters. A mail address is personal data: leaving a list deletes it."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from dateline.model import StoryId
from dateline.store.engine import Tx
from dateline.store.rows import Row, insert_into
from dateline.store.tables import reader_tokens, readers


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What a reader asks for: `list` is "daily" or "story:<id>"."""

    email: str
    list: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A confirmed reader of one list; the token is what leaving it needs."""

    email: str
    token: str
    list: str
    language: str
    confirmed_at: datetime
    last_sent_at: datetime | None = None


def ask_subscription(tx: Tx, wanted: Subscription) -> str | None:
    """Note that somebody asked for a list; return the token to confirm with.

    None where the address has confirmed this list already. Asking again gives the same token.
    """
    row = {"email": _tidy(wanted.email), "list": wanted.list, "language": wanted.language}
    fresh = row | {"token": secrets.token_urlsafe(24), "asked_at": tx.now}
    fresh_row = insert_into(tx, readers).values(fresh)
    again = {"asked_at": tx.now, "language": wanted.language}
    query = fresh_row.on_conflict_do_update(
        index_elements=["list", "email"], set_=again, where=readers.c.confirmed_at.is_(None)
    )
    token: str | None = tx.conn.execute(query.returning(readers.c.token)).scalar()
    return token


def confirm_subscription(tx: Tx, token: str) -> Subscription | None:
    """Confirm by token; None where there is no such token. Confirming twice is no error."""
    row = _find(tx, token)
    if row is None:
        return None
    first = update(readers).where(readers.c.id == row.id, readers.c.confirmed_at.is_(None))
    tx.conn.execute(first.values(confirmed_at=tx.now))
    return Subscription(email=row.email, list=row.list, language=row.language)


def leave_subscription(tx: Tx, token: str) -> bool:
    """Delete the reader with this token; False where there is none."""
    row = _find(tx, token)
    if row is None:
        return False
    return tx.conn.execute(delete(readers).where(readers.c.id == row.id)).rowcount > 0


def load_subscription(tx: Tx, token: str) -> Subscription | None:
    """Return what a token stands for, confirmed or not."""
    row = _find(tx, token)
    if row is None:
        return None
    return Subscription(email=row.email, list=row.list, language=row.language)


def list_readers(tx: Tx, wanted: str) -> list[Reader]:
    """Return the confirmed readers of a list, the longest confirmed first."""
    query = select(readers).where(readers.c.list == wanted, readers.c.confirmed_at.is_not(None))
    return [_to_reader(row) for row in tx.conn.execute(query.order_by(readers.c.id))]


def due_lists(tx: Tx, before: datetime) -> list[str]:
    """Return the lists with a confirmed reader who was last written to before a moment."""
    due = readers.c.last_sent_at.is_(None) | (readers.c.last_sent_at < before)
    query = select(readers.c.list).where(readers.c.confirmed_at.is_not(None), due).distinct()
    return sorted(tx.conn.execute(query).scalars())


def mark_sent(tx: Tx, reader: Reader, at: datetime) -> None:
    """Note when a reader was last written to."""
    mine = update(readers).where(readers.c.token == reader.token)
    tx.conn.execute(mine.values(last_sent_at=at))


def drop_unconfirmed(tx: Tx, before: datetime) -> int:
    """Delete the addresses that were asked for before a moment and never confirmed."""
    stale = readers.c.confirmed_at.is_(None) & (readers.c.asked_at < before)
    return tx.conn.execute(delete(readers).where(stale)).rowcount


def drop_address(tx: Tx, email: str) -> int:
    """Delete an address from all lists (a hard bounce, a complaint); return from how many."""
    return tx.conn.execute(delete(readers).where(readers.c.email == _tidy(email))).rowcount


def count_readers(tx: Tx) -> dict[str, int]:
    """Return how many confirmed readers each list has."""
    query = select(readers.c.list, func.count().label("rows"))
    confirmed = query.where(readers.c.confirmed_at.is_not(None)).group_by(readers.c.list)
    return {row.list: row.rows for row in tx.conn.execute(confirmed)}


def name_story_list(story_id: StoryId) -> str:
    """Return the name of the list that a story's readers are on."""
    return f"story:{story_id}"


def move_readers(tx: Tx, from_list: str, to_list: str) -> None:
    """Move the readers of one list to another; who is on both stays on it once.

    The one that is confirmed stays, and the links of both lead to it.
    """
    both = select(readers).where(readers.c.list.in_([from_list, to_list])).order_by(readers.c.id)
    rows = tx.conn.execute(both).all()
    present = {row.email: row for row in rows if row.list == to_list}
    for row in rows:
        other = present.get(row.email)
        if row.list == from_list and other is not None:
            _make_one(tx, row, other)
    moved = update(readers).where(readers.c.list == from_list)
    tx.conn.execute(moved.values(list=to_list))


def _make_one(tx: Tx, moved: Row, present: Row) -> None:
    takes_over = present.confirmed_at is None and moved.confirmed_at is not None
    kept, dropped = (moved, present) if takes_over else (present, moved)
    older = update(reader_tokens).where(reader_tokens.c.reader_id == dropped.id)
    tx.conn.execute(older.values(reader_id=kept.id))
    tx.conn.execute(delete(readers).where(readers.c.id == dropped.id))
    tx.conn.execute(insert(reader_tokens).values(token=dropped.token, reader_id=kept.id))


def _tidy(email: str) -> str:
    # The part after the @ has no case; the one before it belongs to the receiving server.
    name, at, host = email.strip().rpartition("@")
    return f"{name}{at}{host.lower()}"


def _find(tx: Tx, token: str) -> Row | None:
    older = select(reader_tokens.c.reader_id).where(reader_tokens.c.token == token)
    for mine in (readers.c.token == token, readers.c.id == older.scalar_subquery()):
        found: Any = tx.conn.execute(select(readers).where(mine)).one_or_none()
        if found is not None:
            return found  # type: ignore[no-any-return]
    return None


def _to_reader(row: Row) -> Reader:
    names = ("email", "token", "list", "language", "confirmed_at", "last_sent_at")
    return Reader(**{name: getattr(row, name) for name in names})
