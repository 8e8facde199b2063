"""Letters that are to be sent: each key is queued at most once, and its text deleted once sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NewType

from sqlalchemy import func, select

from dateline.model import Letter
from dateline.store.columns import Moment, from_json, squash, to_json, unsquash
from dateline.store.engine import Tx
from dateline.store.rows import Claim, insert_into, save_held, take_rows
from dateline.store.tables import letters

LetterId = NewType("LetterId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedLetter:
    """A letter that is claimed; `attempts` is how often it was claimed before."""

    id: LetterId
    letter: Letter
    attempts: int


def queue_letter(tx: Tx, letter: Letter) -> bool:
    """Queue a letter; False where one with its key was queued before."""
    row = {
        "key": letter.key,
        "document": squash(to_json(letter)),
        "queued_at": tx.now,
        "state": "waiting",
        "due_at": tx.now,
    }
    insert = insert_into(tx, letters).values(row).on_conflict_do_nothing()
    return tx.conn.execute(insert.returning(letters.c.id)).first() is not None


def claim_letters(tx: Tx, holder: str, until: datetime, limit: int) -> list[QueuedLetter]:
    """Take letters to send, the longest due first."""
    columns = (letters.c.id, letters.c.document, letters.c.attempts)
    due = select(*columns).where(letters.c.due_at <= tx.now, letters.c.document.is_not(None))
    claim = Claim(holder=holder, until=until, limit=limit)
    rows = take_rows(tx, letters.c.id, due.order_by(letters.c.due_at, letters.c.id), claim)
    return [
        QueuedLetter(
            id=LetterId(row.id),
            letter=from_json(unsquash(row.document), Letter),
            attempts=row.attempts,
        )
        for row in rows
    ]


def finish_letter(
    tx: Tx, letter_id: LetterId, holder: str, problem: str, retry_at: datetime | None
) -> None:
    """Note that a letter was sent (no problem), is to be tried again, or is given up.

    Unless it is tried again, address and text are deleted; the key stays.
    LeaseLostError where the letter is no longer held.
    """
    values: dict[str, Any] = {"problem": problem, "due_at": retry_at}
    if retry_at is None:
        state = "failed" if problem else "sent"
        values |= {"state": state, "document": None, "ended_at": tx.now}
    save_held(tx, letters.c.id, letter_id, holder, values)


def count_letters(tx: Tx) -> dict[str, int]:
    """Return how many letters are waiting, sent and failed."""
    query = select(letters.c.state, func.count().label("rows")).group_by(letters.c.state)
    return {row.state: row.rows for row in tx.conn.execute(query)}


def next_letter_at(tx: Tx) -> datetime | None:
    """Return when the next letter is due (perhaps in the past), None where there is none."""
    found: datetime | None = tx.conn.execute(
        select(func.min(letters.c.due_at, type_=Moment))
    ).scalar()
    return found
