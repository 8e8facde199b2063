"""Records: the JSON lines that `dateline read`, `import` and `export` speak.

A record in is one article::

    {"url", "html" or "text", "title"?, "published"? (ISO 8601), "source"?, "lang"?}

A reading out is what `read` took from it. Keep the names: researchers' programs read them.
"""

from datetime import UTC, datetime
from typing import Any

import msgspec

from dateline.errors import InputError
from dateline.model import Credit, Dated, Document, Picture, Reading
from dateline.pipeline import claim_records

LONGEST_RECORD = 50_000_000  # bytes of one line


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a researcher's file, checked for types and nothing else."""

    url: str
    html: str | None = None
    text: str | None = None
    title: str | None = None
    published: str | int | float | None = None
    source: str | None = None
    lang: str | None = None


_decoder = msgspec.json.Decoder(Record)
_encoder = msgspec.json.Encoder()


def parse_record(line: bytes) -> Record:
    """Return the record of one line; InputError says what is wrong with it."""
    if len(line) > LONGEST_RECORD:
        raise InputError(f"the record has {len(line)} bytes; at most {LONGEST_RECORD} are read")
    try:
        record = _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"not a record: {error}") from error
    if record.html is None and record.text is None:
        raise InputError(f"the record of {record.url!r} has neither html nor text")
    return record


def parse_moment(value: str | float | None) -> datetime | None:
    """Return a record's date as UTC, None where there is none or it cannot be read.

    ISO 8601 with or without a time and zone (UTC is taken where none is given), or seconds since
    1970.
    """
    if value is None or value == "":
        return None
    try:
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value, UTC)
        moment = datetime.fromisoformat(value.strip())
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None


def make_document(record: Record, *, seen_at: datetime | None = None) -> Document:
    """Return what `reading.read` takes; `seen_at` bounds dates that lie in the future."""
    return Document(
        url=record.url,
        html=record.html if record.text is None else None,
        text=record.text,
        title=record.title or "",
        published=parse_moment(record.published),
        source=record.source or "",
        language=record.lang or "",
        seen_at=seen_at,
    )


def write_moment(moment: datetime | None) -> str | None:
    """Return a moment as ISO 8601 in UTC with a Z, to the second where it has no fraction."""
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def describe_date(dated: Dated) -> dict[str, Any]:
    """Return a date with the evidence it rests on."""
    shown: dict[str, Any] = {
        "at": write_moment(dated.at),
        "precision": dated.precision.value,
        "evidence": dated.evidence,
    }
    return shown | ({"claimed": dated.claimed} if dated.claimed else {})


def describe_credit(credit: Credit) -> dict[str, Any]:
    """Return an agency that is named, with where in the text."""
    return {"name": credit.name, "key": credit.key, "how": credit.how, "span": credit.span}


def describe_picture(picture: Picture) -> dict[str, Any]:
    """Return a picture with its words; empty ones are left out."""
    parts = {
        "url": picture.url,
        "alt": picture.alt,
        "credit": picture.credit,
        "caption": picture.caption,
        "width": picture.width,
        "height": picture.height,
    }
    return {name: part for name, part in parts.items() if part or name in {"url", "alt"}}


def describe_reading(reading: Reading) -> dict[str, Any]:
    """Return a reading in the form that `dateline read --json` prints."""
    return describe_page(reading) | claim_records.describe_claims(reading.claims, reading.text)


def describe_page(reading: Reading) -> dict[str, Any]:
    """Return a reading without its claims, which a store keeps apart."""
    published = reading.published
    return {
        "url": reading.url,
        "canonical": reading.canonical,
        "headline": reading.headline,
        "kicker": reading.kicker,
        "byline": list(reading.byline),
        "language": reading.language,
        "published": write_moment(published.at),
        "published_evidence": describe_date(published),
        "modified": describe_date(reading.modified) if reading.modified else None,
        "source": reading.source,
        "section": reading.section,
        "lede": reading.lede,
        "text": reading.text,
        "agencies": list(dict.fromkeys(credit.name for credit in reading.credits)),
        "credits": [describe_credit(credit) for credit in reading.credits],
        "pictures": [describe_picture(picture) for picture in reading.pictures],
        "keywords": list(reading.keywords),
        "free": reading.free,
        "score": round(reading.score, 3),
        "taken_from": reading.taken_from,
        "notes": list(reading.notes),
        "made_by": reading.made_by,
    }


def write_line(value: object) -> bytes:
    """Return a value as one line of JSON."""
    return _encoder.encode(value) + b"\n"


def write_pretty(value: object) -> bytes:
    """Return a value as JSON for people: indented, one value a line."""
    return msgspec.json.format(_encoder.encode(value), indent=2) + b"\n"
