"""RSS 0.9x to 2.0, RSS 1.0 and Atom 0.3 and 1.0, read from one tree."""

from collections.abc import Iterator

from dateline.fetch.bodies import title_of
from dateline.fetch.decoding import Prepared
from dateline.fetch.entries import Channel, finish_feed, take_first
from dateline.fetch.items import first_text, read_item
from dateline.fetch.tree import (
    MOST_ELEMENTS,
    Element,
    Place,
    list_kids,
    name_key,
    parse_tree,
    place_of,
)
from dateline.fetch.words import plain_title, tidy_language
from dateline.model import Broken, Entry, Fetched

_ITEMS = frozenset({"item", "entry", "atom:entry", "?:item", "?:entry", "rdf:item"})
_CHANNELS = frozenset({"channel", "?:channel", "rdf:channel", "rss"})
ROOTS = frozenset({"rss", "rdf:rdf", "feed", "atom:feed", "rdf"})


def read_xml_feed(prepared: Prepared, url: str) -> Fetched | Broken:
    """Return the entries of an XML feed; a root that is no feed's is `Broken`."""
    if prepared.text.count("<") > MOST_ELEMENTS:
        return Broken(reason=f"the feed has more than {MOST_ELEMENTS:,} elements: not read")
    tree = parse_tree(prepared.text)
    if tree is None:
        return Broken(reason="the feed is not XML that can be read")
    root = tree.root
    kind = name_key(root.tag)
    if kind not in ROOTS and kind not in _ITEMS:
        return Broken(reason=f"the XML begins with <{kind[:40]}>: that is no feed we know")
    notes = list(prepared.notes)
    place = place_of(root, Place(base=url, language=""))
    channel, place = _read_channel(root, place)
    entries: list[Entry] = []
    items, more = take_first(_find_items(root))
    notes += [more] if more else []
    for item in items:
        entry, odd = read_item(item, place)
        notes += odd[: 100 - min(len(notes), 100)]
        entries.append(entry)
    if tree.damage:
        notes.append(f"{tree.damage}: {len(entries)} entries could be read")
    return finish_feed(channel, entries, notes)


def _read_channel(root: Element, place: Place) -> tuple[Channel, Place]:
    """Return what the feed says of itself, and what its items inherit from it."""
    head = root
    for child in root:
        if _key_of(child) in _CHANNELS:
            head = child
            break
    if head is not root:
        place = place_of(head, place)
    kids = list_kids(head)
    titles = [title_of(el) for el in kids.get("atom:title", ())]
    titles += [plain_title(first_text(kids, "title", "dc:title"))]
    said = first_text(kids, "language", "dc:language", "dcterms:language")
    language = tidy_language(said) or tidy_language(place.language)
    channel = Channel(title=next(filter(None, titles), ""), language=language)
    return channel, Place(base=place.base, language=place.language or language)


def _find_items(root: Element) -> Iterator[Element]:
    """Yield the items: children of the root or of a channel, or anywhere if there are none."""
    if name_key(root.tag) in _ITEMS:
        yield root
        return
    holders = [root, *(child for child in root if _key_of(child) in _CHANNELS)]
    items = (child for holder in holders for child in holder if _key_of(child) in _ITEMS)
    first = next(items, None)
    if first is None:
        yield from root.iter("{*}item", "{*}entry")
    else:
        yield first
        yield from items


def _key_of(element: Element) -> str:
    return name_key(element.tag) if isinstance(element.tag, str) else "?"
