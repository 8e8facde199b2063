"""What all readers of feeds do at the end: bound every field, and give every entry an identity."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dateline.model import Entry, Fetched

MOST_ENTRIES = 2000
LONGEST_SUMMARY = 200_000
LONGEST_CONTENT = 1_000_000
LONGEST_GUID = 1000
MOST_NOTES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What a feed says of itself."""

    title: str = ""
    language: str = ""


def finish_feed(channel: Channel, entries: Iterable[Entry], notes: Iterable[str]) -> Fetched:
    """Return the feed with at most 2,000 entries, each with an id of its own."""
    kept: dict[str, Entry] = {}
    dropped = same = 0
    for entry in entries:
        if len(kept) >= MOST_ENTRIES:
            dropped += 1
            continue
        named = _give_identity(_bound_fields(entry), kept)
        same += named.guid in kept
        kept.setdefault(named.guid, named)
    said = list(dict.fromkeys(notes))
    if len(said) > MOST_NOTES:
        said[MOST_NOTES:] = [f"and {len(said) - MOST_NOTES} more remarks"]
    if same:
        said.append(f"{same} entries were left out: their id was there before")
    if dropped:
        said.append(f"{dropped} entries were left out: a feed may have {MOST_ENTRIES:,}")
    return Fetched(
        entries=tuple(kept.values()),
        title=channel.title,
        language=channel.language,
        notes=tuple(said),
    )


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
