"""The editor's word on the page: a story is held high, or let go; recorded with who and why."""

from dataclasses import dataclass
from datetime import datetime

from dateline.errors import InputError
from dateline.model import Pin, PinPlace, StoryId
from dateline.pipeline.deciding import PERSON
from dateline.publish.sections import find_section
from dateline.store import Tx
from dateline.store import editions as edition_rows
from dateline.store import pins as pin_rows
from dateline.store import stories as story_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the editor wants of a story."""

    story_id: StoryId
    place: PinPlace = PinPlace.TOP
    section: str = ""  # as a person writes it; "" is the front page
    until: datetime | None = None
    why: str = ""


def pin_story(tx: Tx, wish: Wish) -> Pin:
    """Hold a story high; InputError where there is none, or the end has passed.

    A story that was merged is pinned as the one that its address leads to.
    """
    story_id = story_rows.find_successor(tx, wish.story_id) or wish.story_id
    if story_rows.load_story(tx, story_id) is None:
        raise InputError(f"There is no story {wish.story_id}; nothing was pinned.")
    if wish.until is not None and wish.until <= tx.now:
        raise InputError("The pin would end before it begins; give a later end.")
    pin = Pin(
        story_id=story_id,
        place=wish.place,
        at=tx.now,
        section=find_section(wish.section) or wish.section,
        until=wish.until,
        by=PERSON,
        why=wish.why,
    )
    pin_rows.save_pin(tx, pin)
    edition_rows.bump_generation(tx)
    return pin


def unpin_story(tx: Tx, story_id: StoryId, section: str | None, why: str = "") -> int:
    """Let a story go on one page, or (None) on all; InputError where it was held on none."""
    page = None if section is None else find_section(section) or section
    now = story_rows.find_successor(tx, story_id) or story_id
    ended = pin_rows.end_pins(tx, now, page, why=why)
    if not ended:
        raise InputError(f"Story {story_id} is not pinned there; `dateline pins` lists what is.")
    edition_rows.bump_generation(tx)
    return ended
