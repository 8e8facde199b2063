"""Tickets: what a page that was opened shows when it was read, each good once.

A page may be served from a cache, so nothing of the reader stands in it: its script asks for a
ticket when the page opens and hands it in after five visible seconds. A ticket is the moment, the
article and a random number, signed with a key over these and over who asked (network, browser
family, language); who asked does not stand in it.

The key is made anew each day and never leaves this process: a restart, or another process, makes
the tickets that are out void, so that a read is rather lost than counted twice.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
import struct
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from threading import Lock

from dateline.web.filter import Filter

LEAST_AGE = timedelta(seconds=5)
LONGEST_AGE = timedelta(hours=2)
_LEAST, _LONGEST = (int(age.total_seconds() * 1000) for age in (LEAST_AGE, LONGEST_AGE))
_BODY = struct.Struct(">QQ8s")  # milliseconds since 1970, article, random number
_SIGN = 16  # bytes of the signature
_LENGTH = 4 * (_BODY.size + _SIGN + 2) // 3  # characters at most
_USED_BITS = 24


@dataclass(slots=True)
class _Day:
    """The key of one day, and which of its tickets were used."""

    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    used: Filter = field(default_factory=lambda: Filter(_USED_BITS))


@dataclass(slots=True)
class Tickets:
    """The tickets of this process."""

    _days: dict[date, _Day] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def mint(self, article_id: int, reader: str, now: datetime) -> str:
        """Return a ticket for an article that this reader opens now.

        `reader` is whatever tells readers apart; the ticket is good for the same one only.
        """
        body = _BODY.pack(_count_milliseconds(now), article_id, secrets.token_bytes(8))
        with self._lock:
            key = self._open(now.astimezone(UTC).date()).key
        return base64.urlsafe_b64encode(body + _sign(key, body, reader)).decode().rstrip("=")

    def check(self, ticket: str, article_id: int, reader: str, now: datetime) -> bool:
        """Say whether a ticket is ours, for this article and reader, old enough, and not used."""
        raw = _read(ticket)
        if raw is None:
            return False
        body, sign = raw[: _BODY.size], raw[_BODY.size :]
        with self._lock:
            day = self._find(body, now)
            if day is None or not hmac.compare_digest(_sign(day.key, body, reader), sign):
                return False
            return _BODY.unpack(body)[1] == article_id and not day.used.knows(sign)

    def use(self, ticket: str, now: datetime) -> None:
        """Make a ticket that `check` found good, good no more."""
        raw = _read(ticket)
        if raw is None:
            return
        with self._lock:
            day = self._find(raw[: _BODY.size], now)
            if day is not None:
                day.used.add(raw[_BODY.size :])

    def _find(self, body: bytes, now: datetime) -> _Day | None:
        # Whole numbers until the age is known to be small: a forged moment may be any.
        age = _count_milliseconds(now) - _BODY.unpack(body)[0]
        if not _LEAST <= age <= _LONGEST:
            return None
        return self._days.get((now - timedelta(milliseconds=age)).astimezone(UTC).date())

    def _open(self, day: date) -> _Day:
        if day not in self._days:
            # Tickets of yesterday are good until they are too old; of earlier days none is.
            kept = {each: self._days[each] for each in sorted(self._days)[-1:]}
            self._days = {**kept, day: _Day()}
        return self._days[day]


def _count_milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _sign(key: bytes, body: bytes, reader: str) -> bytes:
    words = reader.encode("utf-8", "replace")
    return hashlib.blake2b(body + words, key=key, digest_size=_SIGN).digest()


def _read(ticket: str) -> bytes | None:
    if len(ticket) > _LENGTH or not ticket.isascii():
        return None
    try:
        raw = base64.b64decode(ticket + "=" * (-len(ticket) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    return raw if len(raw) == _BODY.size + _SIGN else None
