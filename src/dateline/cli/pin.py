"""`dateline pin`, `unpin`, `pins`: the editor holds a story high for a while, with a reason."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from dateline.cli.home import HomeOption, House, JsonOption, open_house
from dateline.cli.story import StoryArgument, WhyOption, read_story
from dateline.cli.terminal import now, tell
from dateline.errors import InputError
from dateline.model import Pin, PinPlace, Site
from dateline.pipeline import records
from dateline.pipeline.pinning import Wish, pin_story, unpin_story
from dateline.sources.fields import WrongValueError, read_interval
from dateline.store import pins as pin_rows

MOST = 200  # pins that are listed
SECTION_HELP = "Section on whose page it is held; without it, the front page."
SectionOption = Annotated[str, typer.Option("--section", help=SECTION_HELP)]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("pin")(pin_command)
    app.command("unpin")(unpin_command)
    app.command("pins")(pins_command)


def pin_command(
    story: StoryArgument,
    home: HomeOption = Path(),
    place: Annotated[
        PinPlace, typer.Option(help="lead: above all others; top: among the first four.")
    ] = PinPlace.TOP,
    until: Annotated[
        str, typer.Option(help="When it ends: 6h, 2d, 2026-05-14T18:00, or never.")
    ] = "24h",
    section: SectionOption = "",
    why: WhyOption = "",
) -> None:
    """Hold STORY high on the front page or a section, until an end; readers are told so."""
    with open_house(home) as house:
        wish = Wish(
            story_id=read_story(house, story),
            place=place,
            section=section,
            until=read_end(until, house.settings.make_site(), now()),
            why=why,
        )
        with house.store.write(now()) as tx:
            pin = pin_story(tx, wish)
    tell(f"Story {pin.story_id} is pinned: {describe_pin(pin)}.")


def unpin_command(
    story: StoryArgument,
    home: HomeOption = Path(),
    section: SectionOption = "",
    all: Annotated[bool, typer.Option("--all", help="On every page.")] = False,
    why: WhyOption = "",
) -> None:
    """Let STORY go: it stands where the ranking puts it from now on."""
    with open_house(home) as house, house.store.write(now()) as tx:
        unpin_story(tx, read_story(house, story), None if all else section, why)
    tell("It is no longer pinned.")


def pins_command(
    home: HomeOption = Path(),
    all: Annotated[bool, typer.Option("--all", help="Also those that have ended.")] = False,
    json: JsonOption = False,
) -> None:
    """List what is pinned, with who decided, when and why."""
    with open_house(home) as house:
        found = list_pins(house, everything=all)
    if json:
        for pin in found:
            sys.stdout.buffer.write(records.write_line(write_pin(pin)))
        return
    for pin in found:
        sys.stdout.write(f"{pin.story_id}  {describe_pin(pin)}\n")
    if not found:
        tell("Nothing is pinned.")


def list_pins(house: House, *, everything: bool) -> list[Pin]:
    """Return the pins that hold now, or all that there have been, the newest first."""
    with house.store.read() as tx:
        return pin_rows.list_pins(tx, MOST) if everything else pin_rows.list_standing(tx, now())


def read_end(text: str, site: Site, at: datetime) -> datetime | None:
    """Return when a pin ends, from a stretch ("6h"), a moment or "never"; InputError else."""
    if text.strip().lower() == "never":
        return None
    try:
        return at + read_interval(text)
    except WrongValueError:
        pass
    try:
        end = datetime.fromisoformat(text.strip())
    except ValueError:
        hint = "write 6h, 2d, 2026-05-14T18:00 or never"
        raise InputError(f"{text!r} is no end of a pin: {hint}.") from None
    return end if end.tzinfo else end.replace(tzinfo=ZoneInfo(site.time_zone))


def describe_pin(pin: Pin) -> str:
    """Return a pin in one line."""
    page = f"section {pin.section}" if pin.section else "front page"
    end = f"until {records.write_moment(pin.until)}" if pin.until else "without an end"
    ended = f", ended {records.write_moment(pin.ended_at)}" if pin.ended_at else ""
    why = f": {pin.why}" if pin.why else ""
    return (
        f"{pin.place} of the {page}, {end}, by {pin.by} {records.write_moment(pin.at)}{ended}{why}"
    )


def write_pin(pin: Pin) -> dict[str, object]:
    """Return a pin as a record."""
    return {
        "story": pin.story_id,
        "place": pin.place.value,
        "section": pin.section,
        "at": records.write_moment(pin.at),
        "until": records.write_moment(pin.until),
        "ended": records.write_moment(pin.ended_at),
        "by": pin.by,
        "why": pin.why,
    }
