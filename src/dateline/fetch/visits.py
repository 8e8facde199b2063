"""What to ask a feed's server, and what its answer means.

The validators that a server gave are echoed verbatim: a server compares them as bytes, so an
ETag that was tidied up never matches again. What the answer means for the next visit is decided
in `fetch.schedule`, whose `settle` is this room's door as well and is found here too.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from dateline.fetch.schedule import PATIENCE, Pace, Parse, settle
from dateline.model import Broken, Busy, Gone, NoReply, Outcome, Reply, Request, Unchanged, Visit
from dateline.urls import parse_web_url

__all__ = ["Pace", "Parse", "judge_reply", "plan_request", "settle"]

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9,"
    " application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1"
)
LONGEST_WAIT = timedelta(hours=24)
SHORTEST_WAIT = timedelta(minutes=1)
LONGEST_VALIDATOR = 1000
_PERMANENT_MOVES = frozenset({301, 308})
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NO_CACHE = re.compile(r"(?:^|[\s,])(?:no-cache|no-store)\b", re.IGNORECASE)
_REFUSALS = {
    401: "the server asks for a password (401): check that the feed is public",
    403: "the server refuses us (403): ask the outlet, or look for another feed of it",
    404: "there is no feed at this address (404): look for its new address",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wait:
    """How long a server asks us to stay away, and whether it said so itself."""

    time: timedelta
    asked: bool


def plan_request(visit: Visit) -> Request:
    """Return the request that asks this feed for what is new since the last success."""
    headers = {"Accept": ACCEPT}
    if visit.etag:
        headers["If-None-Match"] = visit.etag
    if visit.last_modified:
        headers["If-Modified-Since"] = visit.last_modified
    return Request(url=visit.url, headers=headers)


def judge_reply(visit: Visit, reply: Reply | NoReply, now: datetime) -> Outcome | Parse:
    """Return what a reply means; `Parse` where its body has to be read as a feed first."""
    if isinstance(reply, NoReply):
        return Broken(reason=reply.reason, permanent=reply.permanent)
    if reply.status == 304:
        return Unchanged()
    if reply.status == 200:
        return _judge_body(visit, reply)
    return _judge_failure(visit, reply, now)


def _judge_body(visit: Visit, reply: Reply) -> Unchanged | Parse:
    body_hash = hashlib.blake2b(reply.body, digest_size=16).hexdigest()
    moved_to = _find_move(visit, reply)
    if body_hash == visit.body_hash and not moved_to:
        return Unchanged()
    return Parse(
        body=reply.body,
        url=reply.url,
        content_type=reply.headers.get("content-type", ""),
        body_hash=body_hash,
        etag=_keep_validator(reply.headers.get("etag", "")),
        last_modified=_keep_validator(reply.headers.get("last-modified", "")),
        moved_to=moved_to,
        fresh_for=_read_max_age(reply.headers.get("cache-control", "")),
    )


def _keep_validator(value: str) -> str:
    # A header we could not send back verbatim is of no use: better none than a changed one.
    sendable = len(value) <= LONGEST_VALIDATOR and not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", value)
    return value if sendable else ""


def _find_move(visit: Visit, reply: Reply) -> str:
    """Return the feed's new address, where every hop says that it has moved for good."""
    if not reply.redirects or any(status not in _PERMANENT_MOVES for status, _ in reply.redirects):
        return ""
    new = parse_web_url(reply.url)
    return new if new and new != visit.url else ""


def _read_max_age(header: str) -> timedelta | None:
    if _NO_CACHE.search(header):
        return None
    match = _MAX_AGE.search(header)
    return timedelta(seconds=int(match.group(1))) if match else None


def _judge_failure(visit: Visit, reply: Reply, now: datetime) -> Gone | Busy | Broken:
    status = reply.status
    if status == 410:
        return Gone(reason="the server says that this feed is gone for good (410)")
    if status in (429, 503):
        return _judge_busy(reply, now)
    if status in _REFUSALS:
        return Broken(reason=_REFUSALS[status], permanent=visit.failures + 1 >= PATIENCE)
    if 500 <= status < 600:
        return Broken(reason=f"the server failed ({status}): it is asked again later")
    if 300 <= status < 400:
        return Broken(reason=f"the server redirects without saying where to ({status})")
    hint = "check the feed's address" if 400 <= status < 500 else "it is asked again later"
    return Broken(reason=f"the server answered with an unexpected status ({status}): {hint}")


def _judge_busy(reply: Reply, now: datetime) -> Busy:
    wait = _read_retry_after(reply.headers.get("retry-after", ""), now)
    what = "asks us to slow down" if reply.status == 429 else "is overloaded"
    until = "until the time it named" if wait.asked else "for a while"
    reason = f"the server {what} ({reply.status}): we leave it alone {until}"
    return Busy(reason=reason, retry_at=now + wait.time)


def _read_retry_after(value: str, now: datetime) -> _Wait:
    """Read seconds or an HTTP date (RFC 9110, 10.2.3); what cannot be read counts as unsaid."""
    value = value.strip()
    if re.fullmatch(r"[0-9]{1,9}", value):
        asked = timedelta(seconds=int(value))
    else:
        at = _read_http_date(value)
        if at is None:
            return _Wait(time=SHORTEST_WAIT, asked=False)
        asked = at - now
    return _Wait(time=min(max(asked, SHORTEST_WAIT), LONGEST_WAIT), asked=True)


def _read_http_date(value: str) -> datetime | None:
    if not value or len(value) > 64:
        return None
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    try:
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except OverflowError:
        return None
