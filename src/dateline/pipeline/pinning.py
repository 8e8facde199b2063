"""The editor's word on the page: a story is held high, or let go; recorded with who and why."""

from dataclasses import dataclass
from datetime import datetime

from dateline.errors import InputError
from dateline.model import Pin, PinPlace, StoryId
from dateline.pipeline.deciding import PERSON
from dateline.publish.sections import find_section, read_names
from dateline.store import Tx
from dateline.store import cards as card_rows
from dateline.store import editions as edition_rows
from dateline.store import pins as pin_rows
from dateline.store import sections as section_rows
from dateline.store import stories as story_rows
from dateline.text import make_slug

MOST_NAMED = 40  # sections that are named to who asked for one that there is not


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the editor wants of a story."""

    story_id: StoryId
    place: PinPlace = PinPlace.TOP
    section: str = ""  # as a person writes it; "" is the front page
    until: datetime | None = None
    why: str = ""


def pin_story(tx: Tx, wish: Wish) -> Pin:
    """Hold a story high; InputError where there is no such story or section, or the end has passed.

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
        section=_find_page(tx, wish.section) if wish.section else "",
        until=wish.until,
        by=PERSON,
        why=wish.why,
    )
    pin_rows.save_pin(tx, pin)
    edition_rows.bump_generation(tx)
    return pin


def unpin_story(tx: Tx, story_id: StoryId, section: str | None, why: str = "") -> int:
    """Let a story go on one page, or (None) on all; InputError where it was held on none."""
    # Also of a page that is no longer there.
    page = None if section is None else _name_page(tx, section) or section
    now = story_rows.find_successor(tx, story_id) or story_id
    ended = pin_rows.end_pins(tx, now, page, why=why)
    if not ended:
        raise InputError(f"Story {story_id} is not pinned there; `dateline pins` lists what is.")
    edition_rows.bump_generation(tx)
    return ended


def _find_page(tx: Tx, name: str) -> str:
    """Return the section that a person means; InputError where there is none."""
    if found := _name_page(tx, name):
        return found
    own = read_names().sections
    filled = [section for section, _count in card_rows.list_sections(tx) if section not in own]
    known = ", ".join([*own, *filled][:MOST_NAMED])
    raise InputError(f"There is no section {name!r}; nothing was pinned. There are: {known}.")


def _name_page(tx: Tx, name: str) -> str:
    """Return the section to whose page a name leads, "" where there is none."""
    # The largest of those that share an address has the page.
    filled = {make_slug(each): each for each, _count in reversed(card_rows.list_sections(tx))}
    slug = make_slug(name)
    if slug and slug in filled:
        return filled[slug]
    ours = section_rows.find_named(tx, slug) if slug else ""
    return ours or find_section(name)
