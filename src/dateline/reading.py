"""One article, read without a store, a clock or a socket: a document in, a reading out.

This is the middle between `extract` (what a page says) and `origins` (whom it credits), and what
`dateline read` and the pipeline share.
"""

from dataclasses import replace

from dateline.claims.reader import read_claims
from dateline.extract.headline import split_kicker
from dateline.extract.page import Extract, extract_page
from dateline.model import ClaimClues, Credit, Document, Reading
from dateline.origins.agencies import CreditClues, find_credits
from dateline.text import make_slug, squeeze

MADE_BY = "read/1"


def read(document: Document) -> Reading:
    """Return what a careful reader takes from one article, who said what among it; never raises.

    A document that defeats every reader gives a reading without text, with a note that says why.
    """
    reading = read_page(document)
    try:
        return replace(reading, claims=read_claims(reading.text, make_clues(reading)))
    except Exception as error:
        # The last wall, as below: what the page says besides is worth having without its claims.
        note = f"who said what could not be read ({_tell(error)})"
        return replace(reading, notes=(*reading.notes, note))


def make_clues(reading: Reading) -> ClaimClues:
    """Return what is known of an article beside its text, for who reads its claims."""
    return ClaimClues(
        language=reading.language,
        published=reading.published.at,
        offset_minutes=reading.published.offset_minutes,
        headline=reading.headline,
        outlet=reading.source,
        agencies=tuple(dict.fromkeys(credit.name for credit in reading.credits)),
    )


def read_page(document: Document) -> Reading:
    """Return what a careful reader takes from one article, but for its claims; never raises.

    A document that defeats every reader gives a reading without text, with a note that says why.
    """
    try:
        return _settle(document, extract_page(document))
    except Exception as error:
        # The last wall before the pipeline: one hostile page must not stop all others.
        return _unread(document, error)


def _settle(document: Document, extract: Extract) -> Reading:
    credits_ = find_credits(extract.text, _clues(document, extract))
    return Reading(
        url=document.url,
        canonical=extract.canonical,
        headline=extract.headline,
        kicker=extract.kicker,
        byline=_drop_agencies(extract.byline.names, credits_),
        language=extract.language,
        published=extract.dates.published,
        modified=extract.dates.modified,
        source=extract.source,
        section=extract.section,
        lede=extract.lede,
        text=extract.text,
        html=extract.html,
        credits=credits_,
        pictures=extract.pictures,
        keywords=extract.keywords,
        free=extract.free,
        score=extract.score,
        taken_from=extract.taken_from,
        notes=extract.notes,
        made_by=MADE_BY,
    )


def _clues(document: Document, extract: Extract) -> CreditClues:
    return CreditClues(
        bylines=extract.byline.lines or extract.byline.names,
        source_line=extract.source_line,
        language=extract.language,
        entry_credit=document.entry.credited if document.entry else "",
        based_on=extract.based_on,
        outlet=extract.source,
    )


def _drop_agencies(byline: tuple[str, ...], credits_: tuple[Credit, ...]) -> tuple[str, ...]:
    """Return the persons of a byline: what was credited as an agency is not one."""
    known = {key for credit in credits_ for key in (credit.key, make_slug(credit.name))}
    return tuple(name for name in byline if not _names_agency(name, known))


def _names_agency(name: str, known: set[str]) -> bool:
    if make_slug(name) in known:
        return True
    found = find_credits("", CreditClues(bylines=(name,)))
    # "Reuters Staff" credits an agency and names no one else.
    return any(make_slug(credit.name) in make_slug(name) for credit in found) and any(
        credit.key in known for credit in found
    )


def _unread(document: Document, error: Exception) -> Reading:
    title = squeeze(document.title or (document.entry.title if document.entry else ""))
    return Reading(
        url=document.url,
        canonical=document.url,
        headline=title,
        kicker=split_kicker(title),
        language="und",
        source=document.source,
        text=document.text or "",
        score=0.0,
        notes=(f"the page could not be read ({_tell(error)})",),
        made_by=MADE_BY,
    )


def _tell(error: Exception) -> str:
    return f"{type(error).__name__}: {squeeze(str(error))[:200]}"
