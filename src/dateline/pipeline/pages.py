"""Entries to articles: fetch the page behind an entry, read it, keep it as article or version.

One transaction an entry. Pages are fetched as their hosts allow, and saved in the order in which
the entries were claimed, so that an interrupted run and an uninterrupted one store the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from dateline.errors import LeaseLostError
from dateline.extract.identity import NewVersion as ChangedArticle
from dateline.extract.identity import Same, decide_identity
from dateline.model import (
    ArticleId,
    ArticleKeys,
    Broken,
    Busy,
    Document,
    Done,
    Gone,
    Outcome,
    Reading,
    Reply,
    Request,
    Route,
    Unchanged,
)
from dateline.pipeline.edges import Edges
from dateline.pipeline.headlines import renew_leads, save_edit
from dateline.pipeline.manners import Manners
from dateline.pipeline.page_replies import judge_page, may_hold_text
from dateline.publish.sections import file_article
from dateline.reading import read_page
from dateline.store import Tx
from dateline.store import articles as article_rows
from dateline.store import editions as edition_rows
from dateline.store import entries as entry_rows
from dateline.store import pictures as picture_rows
from dateline.store import raws as raw_rows
from dateline.store.articles import NewArticle, NewVersion
from dateline.store.entries import EntryEnd, EntryState, EntryTask
from dateline.text import fingerprint, list_words
from dateline.urls import canonicalise

PATIENCE = 5  # tries at a page before the feed's own text has to do
# When a page that was read is looked at again for edits, after it was first seen.
LOOKS = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=24), timedelta(hours=72))


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was taken for one entry, before it is read: a page, or a reason why there is none."""

    task: EntryTask
    document: Document | None = None  # None: there is nothing to read
    reply: Reply | None = None
    end: Outcome | None = None  # why there is nothing to read
    note: str = ""


def claim_entries(edges: Edges, now: datetime, limit: int) -> list[EntryTask]:
    """Return the entries that wait for their page, or for another look, held by this worker."""
    with edges.store.write(now) as tx:
        return entry_rows.claim_entries(
            tx, holder=edges.holder, until=now + edges.lease, limit=limit
        )


def read_entries(edges: Edges, tasks: Sequence[EntryTask], manners: Manners) -> int:
    """Fetch, read and keep the page of each entry; return how many were settled."""
    position = {task.entry.id: index for index, task in enumerate(tasks)}
    done: dict[int, tuple[Taken, Reading | None]] = {}
    saved = 0
    for taken, reading in _read_taken(edges, _take_pages(edges, tasks, manners)):
        done[position[taken.task.entry.id]] = (taken, reading)
        while saved in done:
            _save(edges, *done.pop(saved))
            saved += 1
    return saved


def _take_pages(edges: Edges, tasks: Sequence[EntryTask], manners: Manners) -> Iterator[Taken]:
    """Yield what there is to read for each entry, as the replies come."""
    wanted: list[EntryTask] = []
    for task in tasks:
        if task.source.route is Route.FEED or not task.entry.url:
            yield _take_entry(task, "")
        else:
            wanted.append(task)
    refusals = manners.list_refusals(edges, [task.entry.url for task in wanted])
    for task in wanted:
        if task.entry.url in refusals:
            yield _take_entry(task, refusals[task.entry.url])
    asked: dict[int, tuple[Request, EntryTask]] = {}

    def plan() -> Iterator[Request]:
        for task in wanted:
            if task.entry.url in refusals:
                continue
            request = _plan_page(task)
            asked[id(request)] = (request, task)
            yield request

    for request, reply in edges.web.fetch(plan()):
        _, task = asked.pop(id(request))
        yield _judge(task, judge_page(reply, edges.clock()))


def _plan_page(task: EntryTask) -> Request:
    headers = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"}
    if task.article_id is not None and task.page_etag:
        headers["If-None-Match"] = task.page_etag
    if task.article_id is not None and task.page_last_modified:
        headers["If-Modified-Since"] = task.page_last_modified
    return Request(url=task.entry.url, headers=headers, max_bytes=5_000_000)


def _judge(task: EntryTask, judged: Reply | Outcome) -> Taken:
    """Return what to do with a page's reply: read it, or fall back to the feed's own text."""
    if isinstance(judged, Reply):
        document = Document(
            url=task.entry.url,
            html=judged.body,
            published=task.entry.published,
            source=task.source.name,
            language=task.entry.language or task.source.language,
            entry=task.entry,
            content_type=judged.headers.get("content-type", ""),
            seen_at=task.seen_at,
        )
        return Taken(task=task, document=document, reply=judged)
    if isinstance(judged, Broken) and task.article_id is None:
        last = judged.permanent or task.attempts + 1 >= PATIENCE
        if last and task.source.route is Route.AUTO and may_hold_text(task.entry):
            return _take_entry(task, judged.reason)
    return Taken(task=task, end=judged)


def _take_entry(task: EntryTask, note: str) -> Taken:
    """Take the feed's own text where the page is closed to us or not wanted."""
    if not may_hold_text(task.entry):
        reason = note or "the feed gives neither an address nor a text"
        return Taken(task=task, end=Broken(reason=reason, permanent=True))
    document = Document(
        url=task.entry.url,
        published=task.entry.published,
        source=task.source.name,
        language=task.entry.language or task.source.language,
        entry=task.entry,
        seen_at=task.seen_at,
    )
    return Taken(task=task, document=document, note=note)


def _read_taken(edges: Edges, pages: Iterator[Taken]) -> Iterator[tuple[Taken, Reading | None]]:
    """Yield each page with its reading; a page that kills its reader falls back to the feed."""
    order: list[Taken] = []
    spare: list[Taken] = []
    results = edges.pool.run(read_page, _documents(pages, order), timeout_s=edges.page_timeout_s)
    for result in results:
        while order[0].document is None:
            yield order.pop(0), None
        taken = order.pop(0)
        if isinstance(result, Done):
            yield taken, _note(taken, result.value)
        else:
            spare.append(_fall_back(edges, taken, result.reason))
    for taken in order:
        yield taken, None
    results = edges.pool.run(read_page, _documents(iter(spare), []), timeout_s=edges.page_timeout_s)
    for taken in spare:
        again = next(results) if taken.document is not None else None
        yield taken, again.value if isinstance(again, Done) else None


def _documents(pages: Iterator[Taken], order: list[Taken]) -> Iterator[Document]:
    for taken in pages:
        order.append(taken)
        if taken.document is not None:
            yield taken.document


def _note(taken: Taken, reading: Reading) -> Reading:
    return replace(reading, notes=(*reading.notes, taken.note)) if taken.note else reading


def _fall_back(edges: Edges, taken: Taken, reason: str) -> Taken:
    """Return what the feed itself gives, where reading the page failed."""
    problem = f"the page could not be read: {reason}"
    edges.report(f"{taken.task.entry.url}: {problem}")
    if taken.reply is None:  # it was the feed's own text that could not be read
        return replace(taken, document=None, end=Broken(reason=problem, permanent=True))
    return _take_entry(taken.task, problem)


def _save(edges: Edges, taken: Taken, reading: Reading | None) -> None:
    """Keep what was read, or why nothing was, in one transaction."""
    now = edges.clock()
    try:
        with edges.store.write(now) as tx:
            if reading is None or not (reading.headline or reading.text):
                _save_end(tx, edges, taken)
                return
            raw = taken.reply
            raw_hash = ""
            if raw is not None and edges.keep_raw:
                kind = raw.headers.get("content-type", "")
                raw_hash = raw_rows.keep_raw(tx, url=raw.url, content_type=kind, body=raw.body)
            article_id, changed = _keep_article(tx, taken.task, reading, raw_hash)
            if changed:
                edition_rows.bump_generation(tx)
                picture_rows.want_pictures(tx, [picture.url for picture in reading.pictures[:1]])
            entry_rows.finish_entry(
                tx, taken.task.entry.id, edges.holder, _end_well(taken, article_id, now)
            )
    except LeaseLostError:
        edges.report(f"{taken.task.entry.url}: another worker has taken over; its result counts")


def _keep_article(
    tx: Tx, task: EntryTask, reading: Reading, raw_hash: str
) -> tuple[ArticleId, bool]:
    """Save a reading as article or version; return the article and whether anything changed."""
    mark = fingerprint(reading.text)
    url = task.entry.url or reading.url
    keys = ArticleKeys(
        guid=task.entry.guid,
        url=canonicalise(url),
        canonical=reading.canonical,
        fingerprint=mark,
        at=reading.published.at or task.seen_at,
    )
    filed = file_article(task.source, reading.section, url)
    known = article_rows.find_known(tx, task.source.id, keys)
    words = len(list_words(reading.text))
    identity = decide_identity(keys, known, headline=reading.headline, words=words)
    if isinstance(identity, Same):
        article_rows.add_alias(tx, identity.article_id, keys.guid, keys.url)
        same = [one for one in known if one.article_id == identity.article_id]
        at_home = any(canonicalise(one.url) == keys.url for one in same)
        is_back = at_home and article_rows.mark_back(tx, identity.article_id)
        if is_back:
            renew_leads(tx, identity.article_id)
        return identity.article_id, is_back
    if isinstance(identity, ChangedArticle):
        version = NewVersion(
            seen_at=tx.now, reading=reading, fingerprint=mark, raw_hash=raw_hash, filed=filed
        )
        save_edit(tx, identity.article_id, version)
        article_rows.add_alias(tx, identity.article_id, keys.guid, keys.url)
        return identity.article_id, True
    fresh = NewArticle(
        source_id=task.source.id,
        guid=keys.guid,
        url=url,
        first_seen=task.seen_at,
        live=task.live,
        reading=reading,
        fingerprint=mark,
        raw_hash=raw_hash,
        filed=filed,
    )
    return article_rows.save_articles(tx, [fresh])[0], True


def _end_well(taken: Taken, article_id: ArticleId, now: datetime) -> EntryEnd:
    headers = taken.reply.headers if taken.reply else {}
    return EntryEnd(
        state="done",
        article_id=article_id,
        problem=taken.note,
        again_at=_plan_look(taken, now),
        page_etag=headers.get("etag", ""),
        page_last_modified=headers.get("last-modified", ""),
    )


def _plan_look(taken: Taken, now: datetime) -> datetime | None:
    """Return when the page is looked at again for edits; None: never."""
    if taken.reply is None and not isinstance(taken.end, Unchanged):
        return None
    looks = (taken.task.seen_at + after for after in LOOKS)
    return next((look for look in looks if look > now + timedelta(minutes=5)), None)


def _save_end(tx: Tx, edges: Edges, taken: Taken) -> None:
    """Say why an entry brought nothing to read, and when it is tried again."""
    task, end = taken.task, taken.end
    if isinstance(end, Busy):
        entry_rows.postpone_entry(tx, task.entry.id, edges.holder, end.retry_at, end.reason)
        return
    if isinstance(end, Gone) and task.article_id is not None:
        article_rows.mark_gone(tx, task.article_id)
        renew_leads(tx, task.article_id)
        edition_rows.bump_generation(tx)
    state, again_at, problem = _plan_end(taken, tx.now)
    if state == "waiting":
        entry_rows.postpone_entry(tx, task.entry.id, edges.holder, again_at or tx.now, problem)
        return
    last = EntryEnd(
        state=state,
        article_id=task.article_id,
        problem=problem,
        again_at=again_at,
        page_etag=task.page_etag,
        page_last_modified=task.page_last_modified,
    )
    entry_rows.finish_entry(tx, task.entry.id, edges.holder, last)


def _plan_end(
    taken: Taken, now: datetime
) -> tuple[EntryState | Literal["waiting"], datetime | None, str]:
    """Return the state an entry ends in, when to look again, and the problem in words."""
    task, end = taken.task, taken.end
    if isinstance(end, Unchanged):
        return "done", _plan_look(taken, now), ""
    if isinstance(end, Gone):
        return "gone", None, end.reason
    reason = end.reason if isinstance(end, Broken) else "the page holds no text"
    if task.article_id is not None:  # another look failed; the article stays as it is
        return "done", _plan_look(replace(taken, end=Unchanged()), now), reason
    if isinstance(end, Broken) and not end.permanent and task.attempts + 1 < PATIENCE:
        return "waiting", now + timedelta(minutes=2) * 4**task.attempts, reason
    return "failed", None, reason
