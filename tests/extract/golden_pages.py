"""Reading the golden pages: what the tests and the command that rewrites expectations share."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dateline.model import Dated, Document, Reading
from dateline.reading import read

PAGES = Path(__file__).parents[1] / "data" / "pages"
SEEN = datetime(2031, 12, 31, tzinfo=UTC)


def read_page(folder: Path) -> Reading:
    url = f"https://{folder.name}.example/world/{folder.name}"
    if folder.name == "agency-copy":
        url = "https://harbourpost.example/world/dam-holds?utm_source=feed"
    return read(Document(url=url, html=(folder / "source.html").read_bytes(), seen_at=SEEN))


def describe(reading: Reading) -> dict[str, Any]:
    return {
        "canonical": reading.canonical,
        "headline": reading.headline,
        "kicker": reading.kicker,
        "byline": list(reading.byline),
        "language": reading.language,
        "published": describe_date(reading.published),
        "modified": describe_date(reading.modified) if reading.modified else None,
        "source": reading.source,
        "section": reading.section,
        "lede": reading.lede,
        "text": reading.text.split("\n\n"),
        "html": reading.html.split("\n"),
        "credits": [f"{credit.name} ({credit.how})" for credit in reading.credits],
        "pictures": [[p.url, p.alt, p.caption, p.credit] for p in reading.pictures],
        "keywords": list(reading.keywords),
        "free": reading.free,
        "taken_from": reading.taken_from,
        "notes": list(reading.notes),
    }


def describe_date(dated: Dated) -> list[str]:
    at = dated.at.isoformat() if dated.at else ""
    return [at, dated.evidence, dated.precision, dated.claimed]
