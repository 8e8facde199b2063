"""Lists of sources from elsewhere: OPML, Kagi's kite_feeds.json, plain lines of addresses."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from dateline.errors import InputError
from dateline.model import Source
from dateline.sources.listed import describe_feed
from dateline.sources.opml import read_opml

_MOST_BYTES = 50_000_000


def read_list(data: bytes, *, name: str) -> tuple[Source, ...]:
    """Return the sources of a list in any form that we know; InputError says what is wrong with it.

    `name` is the file's name, for the message. Feeds that come twice are taken once; every source
    has a key of its own.
    """
    if len(data) > _MOST_BYTES:
        raise InputError(f"{name} is larger than {_MOST_BYTES:,} bytes; split it.")
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    try:
        if start == b"<" or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            found: Iterable[Source] = read_opml(data)
        elif start in (b"{", b"["):
            found = _read_kite(data)
        else:
            found = _read_lines(data)
        return keep_first(found)
    except InputError as error:
        raise InputError(f"{name}: {error}") from None


def keep_first(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Return `sources` without feeds that came before, each with a key of its own."""
    feeds: set[str] = set()
    keys: dict[str, int] = {}
    kept: list[Source] = []
    for source in sources:
        fresh = tuple(feed for feed in dict.fromkeys(source.feeds) if feed not in feeds)
        if fresh:
            feeds.update(fresh)
            kept.append(replace(source, feeds=fresh, key=_make_key(source.key, keys)))
    return tuple(kept)


def _make_key(wish: str, taken: dict[str, int]) -> str:
    key = wish
    while key in taken:
        taken[wish] += 1
        key = f"{wish[:54].rstrip('-')}-{taken[wish]}"
    taken[key] = 1
    return key


def _read_kite(data: bytes) -> Iterator[Source]:
    """Read Kagi's form: a name of a section to its feeds, with the language of the section."""
    try:
        table = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError(f"it is not valid JSON ({str(error)[:100]}).") from None
    if not isinstance(table, dict):
        raise InputError("it is JSON, but not a table of sections with feeds.")
    blocks = [(str(k), v) for k, v in table.items() if isinstance(v, dict) and "feeds" in v]
    if not blocks:
        raise InputError("it is JSON, but no section in it has feeds.")
    for section, block in blocks:
        yield from _read_section(section, block)


def _read_section(section: str, block: dict[str, Any]) -> Iterator[Source]:
    feeds = block["feeds"] if isinstance(block["feeds"], list) else []
    language = str(block.get("source_language", ""))
    for feed in feeds:
        if isinstance(feed, str) and (
            found := describe_feed(feed, section=section, language=language)
        ):
            yield found


def _read_lines(data: bytes) -> Iterator[Source]:
    """Read one address a line; what follows a "#" is a comment."""
    lines = [line.strip() for line in data.decode("utf-8-sig", "replace").splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    if not lines:
        raise InputError("it is empty.")
    for line in lines:
        found = describe_feed(line.split()[0])
        if found is None:
            raise InputError(f"{line[:100]!r} is no web address, and it is no OPML.")
        yield found
