"""When an article was published and changed, and on what evidence.

Pages say it in up to six places, which disagree and lie. They are asked in order of how exact and
how honest they were on real pages; a date from the future or from before the web is not believed,
and the next one is asked. What was claimed and not believed is kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone

from dateline.extract import jsonld
from dateline.extract.moments import Moment, read_moment
from dateline.extract.tree import Page, text_inside
from dateline.model import UNDATABLE, Dated, Document, Precision

_SLACK = timedelta(days=1)  # clocks and time zones differ by less
_WEB_BEGAN = datetime(1990, 1, 1, tzinfo=UTC)
_PUBLISHED = (
    "article:published_time", "article:published", "datepublished", "og:published_time",
    "parsely-pub-date", "sailthru.date", "article.published", "publish-date", "publish_date",
    "publishdate", "pubdate", "dc.date.issued", "dcterms.created", "dc.date.created", "dc.date",
    "cxenseparse:recs:publishtime", "bt:pubdate", "article_date_original",
    "originalpublicationdate",    "ptime", "publication_date", "date", "dcterms.date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified",
    "dc.date.modified", "dcterms.modified", "article:modified", "revised",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """What a page says of its times, and what is odd about it."""

    published: Dated
    modified: Dated | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    evidence: str
    written: str
    moment: Moment


def read_dates(page: Page | None, document: Document) -> Dates:
    """Return when the article was published and last changed, each with its evidence."""
    claims = list(_published_claims(page, document))
    changed = list(_modified_claims(page, document))
    offset = _find_offset([*claims, *changed])
    notes: list[str] = []
    published = _believe(claims, offset, document.seen_at, notes)
    if published.at is None and page is not None:
        last = list(_guess(page, document.seen_at))
        published = _believe(last, offset, document.seen_at, notes, claimed=published.claimed)
    _compare(claims, offset, published, notes)
    modified = _believe(changed, offset, document.seen_at, [])
    later = modified.at and (published.at is None or modified.at > published.at)
    return Dates(
        published=published, modified=modified if later else None, notes=tuple(dict.fromkeys(notes))
    )


def _published_claims(page: Page | None, document: Document) -> Iterator[_Claim]:
    if page is not None:
        said = jsonld.text_of(page.article.get("datePublished"))
        said = said or jsonld.text_of(page.article.get("dateCreated"))
        yield from _claim("json-ld datePublished", said)
        yield from _from_metas(page, _PUBLISHED)
        yield from _from_microdata(page, "datePublished")
        yield from _from_time_elements(page)
    if document.published is not None:
        yield _given("feed pubDate" if document.entry else "given", document.published)
    elif document.entry is not None and document.entry.published is not None:
        yield _given("feed pubDate", document.entry.published)


def _modified_claims(page: Page | None, document: Document) -> Iterator[_Claim]:
    if page is not None:
        yield from _claim("json-ld dateModified", jsonld.text_of(page.article.get("dateModified")))
        yield from _from_metas(page, _MODIFIED)
        yield from _from_microdata(page, "dateModified")
    if document.entry is not None and document.entry.updated is not None:
        yield _given("feed updated", document.entry.updated)


def _claim(evidence: str, written: str) -> Iterator[_Claim]:
    moment = read_moment(written)
    if moment is not None:
        yield _Claim(evidence=evidence, written=written[:100], moment=moment)


def _given(evidence: str, at: datetime) -> _Claim:
    return _Claim(evidence=evidence, written=at.isoformat(), moment=Moment(at=at))


def _from_metas(page: Page, names: tuple[str, ...]) -> Iterator[_Claim]:
    for name in names:
        yield from _claim(f"meta {name}", page.meta(name))


def _from_microdata(page: Page, name: str) -> Iterator[_Claim]:
    marked = page.root.xpath(f"//*[@itemprop='{name}']")[:2] if name in page.html else ()
    for element in marked:
        written = element.get("content") or element.get("datetime") or text_inside(element)
        yield from _claim(f"itemprop {name}", written)


def _from_time_elements(page: Page) -> Iterator[_Claim]:
    """Read the time elements of the article's head: before them nothing else is dated."""
    for path in ("//time[@pubdate]", "//article//time[@datetime]", "//main//time[@datetime]",
                 "//time[@datetime]"):  # fmt: skip
        found = page.root.xpath(path)[:1]
        for element in found:
            yield from _claim("time element", element.get("datetime") or text_inside(element))
        if found:
            return


def _guess(page: Page, seen_at: datetime | None) -> Iterator[_Claim]:
    """Ask htmldate, which looks everywhere: last, as it is slow and takes any date for the one."""
    from htmldate import find_date

    try:
        written = find_date(
            page.root,
            url=page.url or None,
            original_date=True,
            max_date=(seen_at + _SLACK).date().isoformat() if seen_at else None,
            deferred_url_extractor=True,
        )
    except (ValueError, TypeError, AttributeError, IndexError, OverflowError, RecursionError):
        return
    if written:
        yield from _claim("page (htmldate)", written)


def _find_offset(claims: list[_Claim]) -> timezone | None:
    """Return the offset from UTC that the page's own dates carry, where one does."""
    offsets = [
        offset
        for claim in claims
        if not claim.evidence.startswith(("feed", "given"))
        and (offset := claim.moment.at.utcoffset())
    ]
    return timezone(offsets[0]) if offsets else None


def _resolve(claim: _Claim, offset: timezone | None, notes: list[str]) -> datetime:
    at = claim.moment.at
    if at.tzinfo is None:
        if offset is None and not claim.moment.day_only:
            notes.append(f"{claim.evidence} names no time zone; taken as UTC")
        at = at.replace(tzinfo=UTC if claim.moment.day_only else offset or UTC)
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return at.replace(tzinfo=UTC)


def _believe(
    claims: list[_Claim],
    offset: timezone | None,
    seen_at: datetime | None,
    notes: list[str],
    claimed: str = "",
) -> Dated:
    for claim in claims:
        at = _resolve(claim, offset, notes)
        why = _doubt(at, claim, seen_at)
        if why:
            notes.append(f"{claim.evidence} says {claim.written}, which {why}; not believed")
            claimed = claimed or claim.written
            continue
        precision = Precision.DAY if claim.moment.day_only else Precision.SECOND
        found = Dated(
            at=at,
            evidence=claim.evidence,
            precision=precision,
            claimed=claimed,
            offset_minutes=_clock_of(claim, offset),
        )
        return _clamp(found, claim, seen_at)
    return replace(UNDATABLE, claimed=claimed)


def _clock_of(claim: _Claim, offset: timezone | None) -> int | None:
    """Return how far the outlet's clock is from UTC, in minutes, where the page says.

    A day without a time is a day on any clock. Zero is often only how a system stores its times,
    so another date of the page with an offset says more; a feed's dates have been turned into UTC.
    """
    if claim.moment.day_only:
        return None
    own = claim.moment.at.utcoffset()
    apart = own or (offset.utcoffset(None) if offset else own)
    if apart is None or (not apart and claim.evidence.startswith(("feed", "given"))):
        return None
    return round(apart.total_seconds() / 60)


def _doubt(at: datetime, claim: _Claim, seen_at: datetime | None) -> str:
    if seen_at is not None and at > seen_at + _SLACK:
        return "lies in the future"
    if at.year >= 2200:
        return "lies in the future"
    if at < _WEB_BEGAN and claim.evidence != "given":
        return "lies before the web"
    return ""


def _clamp(found: Dated, claim: _Claim, seen_at: datetime | None) -> Dated:
    if seen_at is not None and found.at is not None and found.at > seen_at:
        return replace(found, at=seen_at.astimezone(UTC), claimed=claim.written)
    return found


def _compare(
    claims: list[_Claim], offset: timezone | None, published: Dated, notes: list[str]
) -> None:
    if published.at is None:
        return
    for claim in claims:
        apart = abs(_resolve(claim, offset, []) - published.at)
        if claim.evidence != published.evidence and timedelta(days=2) < apart < timedelta(
            days=9000
        ):
            notes.append(
                f"{claim.evidence} says {claim.written}, {published.evidence} says "
                f"{published.at:%Y-%m-%d}; the latter was kept"
            )
            return
