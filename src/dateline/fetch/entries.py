"""What all readers of feeds do at the end: bound every field, and give every entry an identity."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from dateline.model import Entry, Fetched

T = TypeVar("T")

MOST_ENTRIES = 2000
LONGEST_SUMMARY = 200_000
LONGEST_CONTENT = 1_000_000
LONGEST_GUID = 1000
MOST_NOTES = 20
_EMPTY = Entry(guid="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What a feed says of itself."""

    title: str = ""
    language: str = ""


def finish_feed(channel: Channel, entries: Sequence[Entry], notes: Iterable[str]) -> Fetched:
    """Return the feed with at most 2,000 entries, each with an id of its own."""
    kept: dict[str, Entry] = {}
    said = list(dict.fromkeys(notes))
    full = [entry for entry in entries[:MOST_ENTRIES] if _says_something(entry)]
    same = 0
    for entry in full:
        named = _give_identity(_bound_fields(entry), kept)
        same += named.guid in kept
        kept.setdefault(named.guid, named)
    if len(said) > MOST_NOTES:
        said[MOST_NOTES:] = [f"and {len(said) - MOST_NOTES} more remarks"]
    if len(full) < len(entries):
        said.append(f"{len(entries) - len(full)} entries were left out: they are empty")
    if same:
        said.append(f"{same} entries were left out: their id was there before")
    return Fetched(
        entries=tuple(kept.values()),
        title=channel.title,
        language=channel.language,
        notes=tuple(said),
    )


def take_first(items: Iterable[T]) -> tuple[list[T], str]:
    """Return as many items as a feed may have, and a note that says how many it had more."""
    rest = iter(items)
    first = list(islice(rest, MOST_ENTRIES))
    more = sum(1 for _ in rest)
    return (
        first,
        f"{more:,} entries were left out: a feed may have {MOST_ENTRIES:,}" if more else "",
    )


def _says_something(entry: Entry) -> bool:
    return replace(entry, language="") != _EMPTY


def _bound_fields(entry: Entry) -> Entry:
    if len(entry.summary) <= LONGEST_SUMMARY and len(entry.content) <= LONGEST_CONTENT:
        return entry
    return replace(
        entry,
        summary=entry.summary[:LONGEST_SUMMARY],
        content=entry.content[:LONGEST_CONTENT],
    )


def _give_identity(entry: Entry, kept: dict[str, Entry]) -> Entry:
    """Return the entry with its id, else its link, else a hash of what it says.

    Some feeds give one id to all their entries: there the address tells them apart.
    """
    guid = entry.guid.strip() or entry.url or hash_entry(entry)
    if len(guid) > LONGEST_GUID:
        guid = (
            "hash:" + hashlib.blake2b(guid.encode("utf-8", "replace"), digest_size=16).hexdigest()
        )
    before = kept.get(guid)
    if before is not None and entry.url and entry.url != before.url:
        guid = entry.url[:LONGEST_GUID]
    return entry if guid == entry.guid else replace(entry, guid=guid)


def hash_entry(entry: Entry) -> str:
    """Return an id made of what the entry says, for feeds that give neither id nor link."""
    said = "\0".join((entry.title, entry.summary, entry.content, str(entry.published or "")))
    return "hash:" + hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=16).hexdigest()
