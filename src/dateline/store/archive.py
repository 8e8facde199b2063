"""The form of a backup: one compressed file that both databases write and read.

A zstd stream of messages, each four bytes of length and then MessagePack: first what the file is,
then rows a few at a time, table by table, at last the digest of all that went before.
"""

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Self

import msgspec
import zstandard

from dateline.errors import StoreError

_MAGIC = "dateline backup"
_FORM = 1
_LENGTH = struct.Struct(">I")
_LONGEST = 1 << 30  # bytes of one message
_LEVEL = 6


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup says of itself."""

    app: str  # version of Dateline that wrote it
    schema: str
    dialect: str
    counts: dict[str, int]  # rows a table
    magic: str = _MAGIC
    form: int = _FORM


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A few rows of one table, or the end."""

    table: str = ""
    columns: list[str] = msgspec.field(default_factory=list)
    rows: list[list[Any]] = msgspec.field(default_factory=list)
    digest: str = ""  # of all messages before: only in the last one


@dataclass(slots=True)
class ArchiveWriter:
    """Writes messages and, at `finish`, their digest."""

    sink: IO[bytes]
    _state: Any = field(default_factory=lambda: hashlib.blake2b(digest_size=32))
    _stream: Any = None

    def __post_init__(self) -> None:
        self._stream = zstandard.ZstdCompressor(level=_LEVEL).stream_writer(
            self.sink, closefd=False
        )

    def write(self, message: Manifest | Part) -> None:
        """Append one message."""
        body = msgspec.msgpack.encode(message)
        self._state.update(body)
        self._stream.write(_LENGTH.pack(len(body)) + body)

    def finish(self) -> None:
        """Append the digest and end the stream."""
        self.write(Part(digest=self._state.hexdigest()))
        self._stream.close()


@dataclass(slots=True)
class ArchiveReader:
    """Reads the messages of a file; StoreError where it is damaged or not a backup."""

    path: Path
    _state: Any = field(default_factory=lambda: hashlib.blake2b(digest_size=32))
    _source: IO[bytes] | None = None
    _stream: Any = None

    def __enter__(self) -> Self:
        try:
            self._source = self.path.open("rb")
        except OSError as error:
            raise StoreError(f"The backup {self.path} cannot be read: {error.strerror}.") from error
        self._stream = zstandard.ZstdDecompressor().stream_reader(self._source)
        return self

    def __exit__(self, *_: object) -> None:
        if self._source is not None:
            self._source.close()

    def read_manifest(self) -> Manifest:
        """Return the first message."""
        try:
            manifest = msgspec.msgpack.decode(self._take(), type=Manifest)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise StoreError(f"{self.path} is not a backup made by Dateline.") from None
        if manifest.magic != _MAGIC:
            raise StoreError(f"{self.path} is not a backup made by Dateline.")
        if manifest.form != _FORM:
            raise StoreError(
                f"{self.path} was written by a newer Dateline ({manifest.app}): restore it with "
                "that version or a later one."
            )
        return manifest

    def read_parts(self) -> Iterator[Part]:
        """Yield the rows; at the end, StoreError where the digest does not fit."""
        while True:
            before = self._state.hexdigest()
            try:
                part = msgspec.msgpack.decode(self._take(), type=Part)
            except (msgspec.DecodeError, UnicodeDecodeError):
                raise self.tell_damage() from None
            if part.digest:
                break
            yield part
        if part.digest != before:
            raise self.tell_damage()

    def _take(self) -> bytes:
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size))
        if length > _LONGEST:
            raise self.tell_damage()
        body = self._read(length)
        self._state.update(body)
        return body

    def _read(self, size: int) -> bytes:
        parts: list[bytes] = []
        while size > 0:
            try:
                part = self._stream.read(size)
            except zstandard.ZstdError:
                raise self.tell_damage() from None
            if not part:
                raise self.tell_damage()
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def tell_damage(self) -> StoreError:
        """Return the error that says what is wrong and what to do."""
        return StoreError(
            f"The backup {self.path} is damaged, cut short or not Dateline's; "
            "nothing was restored: use another copy."
        )


def verify_archive(path: Path) -> Manifest:
    """Read a whole backup and return what it says of itself; StoreError where it is not sound."""
    counts: dict[str, int] = {}
    with ArchiveReader(path) as reader:
        manifest = reader.read_manifest()
        for part in reader.read_parts():
            counts[part.table] = counts.get(part.table, 0) + len(part.rows)
    expected = {table: count for table, count in manifest.counts.items() if count}
    if counts != expected:
        raise reader.tell_damage()
    return manifest
