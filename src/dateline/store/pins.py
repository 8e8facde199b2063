"""What the editor holds high on a page: each pin is kept for ever, also when it has ended."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, insert, or_, select, update

from dateline.model import Pin, PinPlace, StoryId
from dateline.store.engine import Tx
from dateline.store.rows import Row
from dateline.store.successors import follow_merges
from dateline.store.tables import pins


def save_pin(tx: Tx, pin: Pin) -> None:
    """Record a pin; the one that the story had on that page ends."""
    end_pins(tx, pin.story_id, pin.section, why="pinned anew")
    row: dict[str, Any] = {
        "story_id": pin.story_id,
        "section": pin.section,
        "place": pin.place.value,
        "at": tx.now,
        "until": pin.until,
        "by": pin.by,
        "why": pin.why,
    }
    tx.conn.execute(insert(pins).values(row))


def end_pins(tx: Tx, story_id: StoryId, section: str | None, *, why: str = "") -> int:
    """End the standing pins of a story on one page, or on all (None); return how many."""
    standing = _load_standing(tx, tx.now)
    mine = [pin_id for pin_id, pin in standing.items() if pin.story_id == story_id]
    query = update(pins).where(pins.c.id.in_(mine), pins.c.ended_at.is_(None))
    if section is not None:
        query = query.where(pins.c.section == section)
    return tx.conn.execute(query.values(ended_at=tx.now, ended_why=why)).rowcount


def list_standing(tx: Tx, now: datetime) -> list[Pin]:
    """Return the pins that hold now, the newest first; merged stories hand theirs on."""
    found = _load_standing(tx, now).values()
    return sorted(found, key=lambda pin: (pin.at, pin.story_id), reverse=True)


def list_pins(tx: Tx, limit: int) -> list[Pin]:
    """Return all pins there have been, the newest first."""
    query = select(pins).order_by(pins.c.id.desc()).limit(limit)
    return [_to_pin(row, {}) for row in tx.conn.execute(query)]


def _load_standing(tx: Tx, now: datetime) -> dict[int, Pin]:
    holds = and_(pins.c.ended_at.is_(None), or_(pins.c.until.is_(None), pins.c.until > now))
    rows = tx.conn.execute(select(pins).where(holds).order_by(pins.c.id)).all()
    end_of = follow_merges(tx, {StoryId(row.story_id) for row in rows}) if rows else {}
    return {row.id: _to_pin(row, end_of) for row in rows}


def _to_pin(row: Row, end_of: Mapping[StoryId, StoryId]) -> Pin:
    story_id = StoryId(row.story_id)
    return Pin(
        story_id=end_of.get(story_id, story_id),
        place=PinPlace(row.place),
        at=row.at,
        section=row.section,
        until=row.until,
        by=row.by,
        why=row.why,
        ended_at=row.ended_at,
    )
