"""What a search that found nothing could be instead: which words and filters stand in the way."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.publish.asking import Part, write_search
from dateline.store import Hits, Patience
from dateline.store.search import find_hits
from dateline.web import search_words
from dateline.web.asked import Sought, make_query
from dateline.web.desk import Desk, Look
from dateline.web.meant import Meant
from dateline.web.narrowing import Chosen

MOST = 8  # words, and other searches, that are looked at
COUNTED = 100  # reports of each that are counted
SECONDS = 0.1  # for all of it


@dataclass(frozen=True, slots=True)
class Offer:
    """Another search that finds something."""

    said: str  # what it does without
    found: str  # how many reports
    path: str


@dataclass(frozen=True, slots=True)
class Instead:
    """Why nothing was found, and what would be."""

    missing: str = ""  # words that no report has, as they were typed
    offers: tuple[Offer, ...] = ()


def find_instead(
    desk: Desk, look: Look, sought: Sought, meant: Mapping[Part, Meant], chosen: Sequence[Chosen]
) -> Instead:
    """Return which of several parts of a search stand in the way; a few cheap counts."""
    words = _list_words(sought)
    if len(words) + len(chosen) < 2:
        return Instead()
    until = time.monotonic() + SECONDS

    def count(other: Sought, limit: int) -> Hits:
        query = make_query(other, meant, look.frame, desk.zone, limit=limit)
        return find_hits(look.tx, query, Patience(clock=time.monotonic, until=until))

    alone = ((part, count(Sought(parts=(part,)), 1)) for part in words[:MOST])
    missing = tuple(part for part, found in alone if not (found.hits or found.stopped))
    offers = []
    for said, other in list(_list_others(desk, sought, missing, chosen))[:MOST]:
        found = count(other, COUNTED) if other.asks else Hits()
        if found.hits:
            more = found.more or found.stopped
            number = search_words.count_found(desk.say, len(found.hits), more=more)
            offers.append(Offer(said, number, other.write_path()))
    return Instead(write_search(missing), tuple(offers))


def _list_others(
    desk: Desk, sought: Sought, missing: tuple[Part, ...], chosen: Sequence[Chosen]
) -> Iterator[tuple[str, Sought]]:
    """Yield searches that ask for less, each with what it does without."""
    first = replace(sought, before="", page=1)
    words = _list_words(sought)
    without = desk.say.text(search_words.WITHOUT)
    for gone in [missing] if missing else [(part,) for part in words]:
        kept = tuple(part for part in first.parts if part not in gone)
        yield without.format(write_search(gone)), replace(first, parts=kept)
    if not missing:
        for each in chosen:
            yield desk.say.text(search_words.TAKE_AWAY).format(each.said), each.other
    if chosen and (len(chosen) > 1 or missing):
        left = tuple(part for part in words if part not in missing)
        yield desk.say.text(search_words.NO_FILTERS), Sought(parts=left, by_match=sought.by_match)


def _list_words(sought: Sought) -> list[Part]:
    return [part for part in sought.parts if not (part.operator or part.without)]
