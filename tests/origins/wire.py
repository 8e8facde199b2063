"""The sample wire as leads, read from its pages and feeds as the pipeline does, without a store."""

from datetime import UTC, datetime
from functools import cache
from urllib.parse import unquote, urlsplit

from dateline.fetch.feeds import read_feed
from dateline.model import ArticleId, Document, Entry, Fetched, Lead, SourceId
from dateline.reading import read
from dateline.sample import Told, truth
from dateline.sample.reports import Outlet, load_library
from dateline.sample.site import Sites

ANCHOR = datetime(2026, 3, 2, tzinfo=UTC)


@cache
def read_wire() -> dict[str, Lead]:
    """Return the leads of the sample wire by the ids of its reports, in the order of arrival."""
    sites = Sites(anchor=ANCHOR, stage=1, port=80)
    outlets = {outlet.key: outlet for outlet in load_library().outlets.values()}
    entries = {key: _read_entries(sites, outlet) for key, outlet in outlets.items()}
    told = [t for t in truth(ANCHOR).values() if t.stage == 1 and not t.disallowed]
    told.sort(key=lambda t: (t.published, t.id))
    leads = {}
    for number, one in enumerate(told, start=1):
        entry = entries[one.outlet].get(urlsplit(one.url).path)
        leads[one.id] = _read_lead(sites, outlets[one.outlet], one, (number, entry))
    return leads


@cache
def read_truth() -> dict[str, Told]:
    """Return the truth by the ids of the reports."""
    return {one.id: one for one in truth(ANCHOR).values()}


def _read_entries(sites: Sites, outlet: Outlet) -> dict[str, Entry]:
    host = f"{outlet.slug}.localhost"
    answer = sites.answer(host, outlet.feed_path)
    found = read_feed(answer.body, url=f"http://{host}/", content_type=answer.content_type)
    entries = found.entries if isinstance(found, Fetched) else ()
    return {urlsplit(entry.url).path: entry for entry in entries}


def _read_lead(sites: Sites, outlet: Outlet, told: Told, came: tuple[int, Entry | None]) -> Lead:
    number, entry = came
    answer = sites.answer(f"{outlet.slug}.localhost", urlsplit(told.url).path)
    if answer.status != 200:
        answer = sites.answer(f"{outlet.slug}.localhost", unquote(urlsplit(told.url).path))
    reading = read(
        Document(
            url=told.url,
            html=answer.body,
            content_type=answer.content_type,
            source=outlet.name,
            language=outlet.language,
            entry=entry,
            seen_at=ANCHOR,
        )
    )
    return Lead(
        article_id=ArticleId(number),
        source_id=SourceId(list(load_library().outlets).index(outlet.key) + 1),
        url=told.url,
        language=reading.language,
        headline=reading.headline,
        text=reading.text,
        at=reading.published.at or ANCHOR,
        credits=tuple(dict.fromkeys(credit.key for credit in reading.credits)),
        agency=outlet.key if outlet.kind == "agency" else "",
        family=outlet.family or outlet.key,
        dated=reading.published.at is not None and not told.undated,
    )
