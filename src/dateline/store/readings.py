"""A reading as rows: the columns that lists need, and the rest as one document.

What comes back equals what was given, but for what no database keeps (see `columns.scrub`).
"""

import json
import math
from dataclasses import dataclass, fields
from typing import Any

import msgspec

from dateline.model import Credit, Dated, Filing, Picture, Reading, SafeHtml
from dateline.store.columns import digest, from_json, scrub, shorten, squash, to_json, unsquash

_IN_COLUMNS = ("headline", "language", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rest:
    """All of a Reading that has no column of its own in `versions`."""

    url: str
    canonical: str
    kicker: str
    byline: tuple[str, ...]
    published: Dated
    modified: Dated | None
    source: str
    section: str
    lede: str
    html: str
    credits: tuple[Credit, ...]
    pictures: tuple[Picture, ...]
    keywords: tuple[str, ...]
    free: bool | None
    score: float
    taken_from: str
    notes: tuple[str, ...]
    made_by: str


_REST = tuple(field.name for field in fields(_Rest))


def reading_to_row(reading: Reading) -> dict[str, Any]:
    """Return the columns of `versions` that hold a reading."""
    rest: dict[str, Any] = {name: getattr(reading, name) for name in _REST}
    rest["html"] = str(reading.html)
    if not math.isfinite(reading.score):  # JSON has no such number
        rest["score"] = 0.0
    row: dict[str, Any] = {name: getattr(reading, name) for name in _IN_COLUMNS}
    row["published_at"] = reading.published.at
    row["document"] = squash(to_json(rest))
    return row


def reading_from_row(row: Any) -> Reading:
    """Return the reading that `reading_to_row` made columns of."""
    rest = from_json(unsquash(row.document), _Rest)
    values = {name: getattr(rest, name) for name in _REST}
    values["html"] = SafeHtml(rest.html)
    values.update((name, getattr(row, name)) for name in _IN_COLUMNS)
    return Reading(**values)


def card_columns(reading: Reading, filed: Filing, called: str) -> dict[str, Any]:
    """Return the columns of `articles` that a card shows; `called` stands for a headline."""
    picture = reading.pictures[0] if reading.pictures else None
    return {
        "headline": called,
        "kicker": reading.kicker,
        "lede": reading.lede,
        "language": shorten(reading.language),
        "section": shorten(filed.section),
        "own_section": shorten(filed.own),
        "filed_by": filed.made_by,
        "credits": names_to_json(dict.fromkeys(credit.name for credit in reading.credits)),
        "picture": "" if picture is None else to_json(picture).decode(),
        "picture_key": None if picture is None else digest(picture.url),
    }


def names_to_json(names: Any) -> str:
    """Return names as a JSON list, "" where there are none."""
    return json.dumps([scrub(name) for name in names], ensure_ascii=False) if names else ""


def names_from_json(body: str) -> tuple[str, ...]:
    """Return the names that `names_to_json` wrote."""
    return tuple(msgspec.json.decode(body, type=list[str])) if body else ()
