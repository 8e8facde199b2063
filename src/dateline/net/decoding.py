"""Bodies as they stream in: decompressed piece by piece, so that a bomb stops at its budget.

Every decoder gives at most a bounded piece at a time; the sum is checked after each. Nothing here
waits or opens anything.
"""

import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

import brotli  # type: ignore[import-untyped]
import zstandard

ACCEPTED = "gzip, deflate, br, zstd"
_PIECE = 262_144  # decoded bytes at a time
_RATIO_FROM = 1_000_000  # a small body may be as repetitive as it likes
_ZSTD_SLICE = 256  # a block of four bytes can stand for 128 KiB: 256 bytes give at most 8 MiB
_ZSTD_WINDOW = 8 * 1024 * 1024  # RFC 9659


class BodyError(Exception):
    """The body passes a budget or is not what its headers say; the text is the reason."""


class Decoder(Protocol):
    """One content coding."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what `data` brings, in bounded pieces."""

    def is_complete(self) -> bool:
        """Tell whether the coded body has come to its end."""


class Body:
    """A body under construction, with its budgets: `add` pieces, then `finish`."""

    def __init__(self, coding: str, *, max_bytes: int, max_ratio: int) -> None:
        self._decoders = find_decoders(coding)
        self._max_bytes = max_bytes
        self._max_ratio = max_ratio
        self._encoded = 0
        self._decoded = 0
        self._pieces: list[bytes] = []

    def add(self, data: bytes) -> None:
        """Take one piece as it came; BodyError where a budget is passed or it does not decode."""
        self._encoded += len(data)
        if self._encoded > self._max_bytes:
            raise BodyError(f"the reply is larger than {self._max_bytes:,} bytes")
        try:
            for piece in _decode(self._decoders, data):
                self._keep(piece)
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise BodyError(f"the compressed body cannot be read ({error})") from None

    def _keep(self, piece: bytes) -> None:
        self._decoded += len(piece)
        if self._decoded > self._max_bytes:
            raise BodyError(f"the reply is larger than {self._max_bytes:,} bytes when unpacked")
        if self._decoded > max(_RATIO_FROM, self._encoded * self._max_ratio):
            raise BodyError(
                f"the reply unpacks to more than {self._max_ratio} times its size; it looks like a"
                " decompression bomb"
            )
        self._pieces.append(piece)

    def finish(self) -> bytes:
        """Return the whole body; BodyError where a compressed one ended too early."""
        if self._encoded and not all(decoder.is_complete() for decoder in self._decoders):
            raise BodyError("the compressed body ends too early")
        return b"".join(self._pieces)


def find_decoders(coding: str) -> list[Decoder]:
    """Return the decoders for a Content-Encoding header, the last applied first."""
    names = [name.strip().lower() for name in coding.split(",")]
    names = [name for name in names if name not in ("", "identity", "none")]
    if len(names) > 2:
        raise BodyError("the body is packed more than twice over")
    if unknown := [name for name in names if name not in _DECODERS]:
        raise BodyError(f"the body is packed as {unknown[0][:40]!r}, which we did not ask for")
    return [_DECODERS[name]() for name in reversed(names)]


def _decode(decoders: list[Decoder], data: bytes) -> Iterator[bytes]:
    if not decoders:
        yield data
        return
    for piece in decoders[0].feed(data):
        yield from _decode(decoders[1:], piece)


class _Zlib:
    """gzip (members one after the other) and deflate (with or without its zlib header)."""

    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._stream: zlib._Decompress | None = None
        self._ended = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data and not self._ended:
            self._stream = self._stream or zlib.decompressobj(self._choose_bits(data))
            yield self._stream.decompress(data, _PIECE)
            data = self._stream.unconsumed_tail
            if self._stream.eof:
                data = self._next_member(self._stream.unused_data)

    def _choose_bits(self, data: bytes) -> int:
        # RFC 9110 means zlib by "deflate", but many servers send it bare.
        is_bare = self._bits == zlib.MAX_WBITS and data[0] & 0x0F != 8
        return -zlib.MAX_WBITS if is_bare else self._bits

    def _next_member(self, rest: bytes) -> bytes:
        # A further gzip member goes on; what else follows the end is padding and is dropped.
        if self._bits > zlib.MAX_WBITS and rest[:1] == b"\x1f":
            self._stream = None
            return rest
        self._ended = True
        return b""

    def is_complete(self) -> bool:
        return self._ended or bool(self._stream and self._stream.eof)


class _Brotli:
    """br (RFC 7932)."""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._stream.is_finished():
            return
        yield self._stream.process(data, output_buffer_limit=_PIECE)
        while not self._stream.can_accept_more_data():
            yield self._stream.process(b"", output_buffer_limit=_PIECE)

    def is_complete(self) -> bool:
        return bool(self._stream.is_finished())


class _Zstd:
    """zstd (RFC 8878), in slices so small that no slice can unpack to more than a few MiB."""

    def __init__(self) -> None:
        unpack = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
        self._stream = unpack.decompressobj()

    def feed(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), _ZSTD_SLICE):
            if self._stream.eof:
                return
            yield self._stream.decompress(data[start : start + _ZSTD_SLICE])

    def is_complete(self) -> bool:
        return bool(self._stream.eof)


_DECODERS: dict[str, Callable[[], Decoder]] = {
    "gzip": lambda: _Zlib(zlib.MAX_WBITS | 16),
    "x-gzip": lambda: _Zlib(zlib.MAX_WBITS | 16),
    "deflate": lambda: _Zlib(zlib.MAX_WBITS),
    "br": _Brotli,
    "zstd": _Zstd,
}
