"""What a page's reply means: read it, or why not."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from dateline.model import (
    Broken,
    Busy,
    Entry,
    Gone,
    NoReply,
    Outcome,
    Reply,
    Unchanged,
)

LONGEST_WAIT = timedelta(hours=24)
SHORTEST_WAIT = timedelta(minutes=1)
PAGES = ("text/html", "application/xhtml+xml", "text/plain")


def judge_page(reply: Reply | NoReply, now: datetime) -> Reply | Outcome:
    """Return the reply where it is a page to be read, else what its failure means."""
    if isinstance(reply, NoReply):
        return Broken(reason=reply.reason, permanent=reply.permanent)
    if reply.status == 200:
        return _judge_kind(reply)
    if reply.status == 304:
        return Unchanged()
    if reply.status == 410:
        return Gone(reason="the page was withdrawn (410)")
    if reply.status in (429, 503):
        return Busy(
            reason=f"the server asks for patience ({reply.status})", retry_at=_wait(reply, now)
        )
    if 400 <= reply.status < 500:
        return Broken(reason=f"the page answered {reply.status}", permanent=True)
    return Broken(reason=f"the page answered {reply.status}")


def _judge_kind(reply: Reply) -> Reply | Broken:
    kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind and kind not in PAGES:
        return Broken(reason=f"the page is {kind}, not HTML", permanent=True)
    if not reply.body.strip():
        return Broken(reason="the page is empty")
    return reply


def _wait(reply: Reply, now: datetime) -> datetime:
    """Return when to ask again (RFC 9110, 10.2.3), within bounds."""
    value = reply.headers.get("retry-after", "").strip()
    asked = timedelta(seconds=int(value)) if value.isdecimal() and len(value) < 10 else None
    if asked is None and value:
        asked = _until(value, now)
    return now + min(max(asked or timedelta(minutes=10), SHORTEST_WAIT), LONGEST_WAIT)


def _until(value: str, now: datetime) -> timedelta | None:
    try:
        at = parsedate_to_datetime(value[:64])
        return at - now if at.tzinfo else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def may_hold_text(entry: Entry) -> bool:
    """Say whether the feed itself gives something to show of an entry."""
    return bool(entry.title and (entry.content or entry.summary or entry.url))
