"""Sources to entries: ask the feeds that are due, keep what they say.

One transaction a feed: its entries and what was learned about asking it are saved together, so a
feed that was interrupted is asked again and its entries are recognised.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from dateline.errors import LeaseLostError
from dateline.fetch.feeds import read_feed
from dateline.fetch.sitemap import SitemapIndex, read_news_sitemap
from dateline.fetch.visits import Pace, Parse, judge_reply, plan_request, settle
from dateline.model import (
    Broken,
    Done,
    Failed,
    Fetched,
    Outcome,
    Reply,
    Request,
    SourceId,
    Visit,
)
from dateline.pipeline.edges import Edges
from dateline.store import entries as entry_rows
from dateline.store import sources as source_rows
from dateline.store import visits as visit_rows

_Read = Fetched | Broken | SitemapIndex
PARTS_READ = 3  # parts of a sitemap index that are read at one visit: the newest ones


def claim_feeds(edges: Edges, now: datetime, limit: int) -> list[Visit]:
    """Return the feeds that are due, held by this worker."""
    with edges.store.write(now) as tx:
        return visit_rows.claim_visits(
            tx, holder=edges.holder, until=now + edges.lease, limit=limit
        )


def follow_feeds(edges: Edges, visits: Sequence[Visit]) -> int:
    """Ask each feed and keep its entries; return how many feeds were settled."""
    with edges.store.read() as tx:
        floors = {source.id: source.interval for source in source_rows.list_sources(tx)}
    waiting: deque[tuple[Visit, Parse]] = deque()
    indexes: list[tuple[Visit, SitemapIndex]] = []
    jobs = _parse_jobs(edges, visits, floors, waiting)
    for result in edges.pool.run(_read_body, jobs, timeout_s=edges.page_timeout_s):
        visit, seen = waiting.popleft()
        if isinstance(result, Failed):
            outcome: _Read = Broken(reason=f"the feed could not be read: {result.reason}")
        else:
            outcome = result.value
        if isinstance(outcome, SitemapIndex):
            indexes.append((visit, outcome))
        else:
            _settle(edges, visit, outcome, (floors, seen))
    for visit, index in indexes:
        # Without its validators: the parts may change while the index stays the same.
        _settle(edges, visit, _read_parts(edges, index), (floors, None))
    return len(visits)


def _parse_jobs(
    edges: Edges,
    visits: Sequence[Visit],
    floors: dict[SourceId, timedelta],
    waiting: deque[tuple[Visit, Parse]],
) -> Iterator[tuple[bytes, str, str]]:
    """Yield the bodies that must be parsed; what needs no parsing is settled on the way."""
    asked: dict[int, tuple[Request, Visit]] = {}

    def plan() -> Iterator[Request]:
        for visit in visits:
            request = plan_request(visit)
            asked[id(request)] = (request, visit)
            yield request

    for request, reply in edges.web.fetch(plan()):
        _, visit = asked.pop(id(request))
        judged = judge_reply(visit, reply, edges.clock())
        if isinstance(judged, Parse):
            waiting.append((visit, judged))
            yield judged.body, judged.url, judged.content_type
        else:
            _settle(edges, visit, judged, (floors, None))


def _read_body(job: tuple[bytes, str, str]) -> _Read:
    """Read one body as a feed, a news sitemap or an index of these; runs in the pool."""
    body, url, content_type = job
    feed = read_feed(body, url=url, content_type=content_type)
    if isinstance(feed, Fetched):
        return feed
    index = read_news_sitemap(body, url=url)
    return index if isinstance(index, SitemapIndex) else feed


def _read_parts(edges: Edges, index: SitemapIndex) -> Outcome:
    """Read the newest parts of a sitemap index as one feed."""
    replies = edges.web.fetch(Request(url=url) for url in index.urls[:PARTS_READ])
    bodies = [
        (reply.body, reply.url, reply.headers.get("content-type", ""))
        for _, reply in replies
        if isinstance(reply, Reply) and reply.status == 200
    ]
    results = edges.pool.run(_read_body, bodies, timeout_s=edges.page_timeout_s)
    parts = [result.value for result in results if isinstance(result, Done)]
    found = [part for part in parts if isinstance(part, Fetched)]
    if not found:
        return Broken(reason="none of the parts of the sitemap index could be read")
    return Fetched(
        entries=tuple(entry for part in found for entry in part.entries),
        notes=tuple(note for part in found for note in part.notes),
    )


def _settle(
    edges: Edges,
    visit: Visit,
    outcome: Outcome,
    known: tuple[dict[SourceId, timedelta], Parse | None],
) -> None:
    """Save one feed's entries and its next visit in one transaction."""
    floors, seen = known
    now = edges.clock()
    pace = Pace(
        now=now, floor=floors.get(visit.source_id, timedelta(minutes=5)), chance=edges.chance()
    )
    after = settle(visit, outcome, pace, seen)
    try:
        with edges.store.write(now) as tx:
            if isinstance(outcome, Fetched):
                # The first sight of a feed says nothing of when its entries came out.
                entry_rows.save_entries(
                    tx,
                    source_id=visit.source_id,
                    feed_id=visit.feed_id,
                    entries=outcome.entries,
                    live=visit.succeeded_at is not None,
                )
            visit_rows.save_visit(tx, after, edges.holder)
    except LeaseLostError:
        edges.report(f"{visit.url}: another worker has taken over; its result counts")
        return
    if after.problem:
        edges.report(f"{visit.url}: {after.problem}")
