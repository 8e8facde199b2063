"""How values become columns: the same raw integers, words and bytes in SQLite and PostgreSQL.

Nothing that differs between the two databases is used (no dates, booleans or JSON types), so that
a backup of one is read by the other, and so that a moment means the same microsecond in both.
"""

import hashlib
import re
import threading
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import msgspec
import zstandard
from sqlalchemy import BigInteger, Dialect, Integer, LargeBinary, SmallInteger, Text
from sqlalchemy.types import TypeDecorator

T = TypeVar("T")

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
# What PostgreSQL cannot keep in a text; replaced one for one, so that spans stay right.
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_LEVEL = 3
_LONGEST_INDEXED = 200  # PostgreSQL refuses index rows above 2,700 bytes


def to_ticks(moment: datetime) -> int:
    """Return `moment` as microseconds since 1970; a naive one is a bug and raises."""
    if moment.tzinfo is None:
        raise ValueError(f"A moment without a time zone cannot be stored: {moment!r}")
    return (moment - EPOCH) // _TICK


def from_ticks(ticks: int) -> datetime:
    """Return the moment that `to_ticks` made, in UTC."""
    return EPOCH + timedelta(microseconds=ticks)


def scrub(text: str) -> str:
    """Return `text` with NUL and lone surrogates replaced by U+FFFD, length unchanged."""
    return _UNKEEPABLE.sub("\ufffd", text)


def shorten(text: str) -> str:
    """Return the part of a name that lists are filtered by: bounded, so that it fits an index."""
    return scrub(text)[:_LONGEST_INDEXED]


def digest(text: str) -> bytes:
    """Return 16 bytes that stand for `text` in an index, however long it is."""
    return hashlib.blake2b(scrub(text).encode(), digest_size=16).digest()


class Moment(TypeDecorator[datetime]):
    """An aware moment in UTC, kept as microseconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Write a moment."""
        return None if value is None else to_ticks(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Read a moment."""
        return None if value is None else from_ticks(value)


class Stretch(TypeDecorator[timedelta]):
    """A length of time, kept as microseconds."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:
        """Write a length of time."""
        return None if value is None else value // _TICK

    def process_result_value(self, value: int | None, dialect: Dialect) -> timedelta | None:
        """Read a length of time."""
        return None if value is None else timedelta(microseconds=value)


class Words(TypeDecorator[str]):
    """Text from anywhere; what a database cannot keep is replaced one for one."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Write a text."""
        return None if value is None else scrub(value)


class Flag(TypeDecorator[bool]):
    """Yes or no, kept as 1 or 0."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        """Write a yes or no."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        """Read a yes or no."""
        return None if value is None else bool(value)


# SQLite counts rows by itself only where the column is exactly INTEGER.
RowId = BigInteger().with_variant(Integer(), "sqlite")
Key = LargeBinary(16)

_own = threading.local()  # zstd contexts must not be shared between threads


def squash(body: bytes) -> bytes:
    """Return `body` compressed."""
    compressor = getattr(_own, "compressor", None)
    if compressor is None:
        compressor = _own.compressor = zstandard.ZstdCompressor(level=_LEVEL)
    squashed: bytes = compressor.compress(body)
    return squashed


def unsquash(body: bytes) -> bytes:
    """Return what `squash` was given."""
    decompressor = getattr(_own, "decompressor", None)
    if decompressor is None:
        decompressor = _own.decompressor = zstandard.ZstdDecompressor()
    whole: bytes = decompressor.decompress(body)
    return whole


def to_json(value: object) -> bytes:
    """Return `value` as JSON; lone surrogates become U+FFFD."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(_scrub_all(msgspec.to_builtins(value)))


def from_json(body: bytes | str, kind: type[T]) -> T:
    """Return the value that `to_json` wrote, checked against its type."""
    return msgspec.json.decode(body, type=kind)


def _scrub_all(value: Any) -> Any:
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, list | tuple):
        return [_scrub_all(part) for part in value]
    if isinstance(value, dict):
        return {scrub(key): _scrub_all(part) for key, part in value.items()}
    return value
