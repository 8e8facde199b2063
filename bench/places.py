"""Places: toponyms found and resolved, ours beside the most populous of each name.

Run: `python bench/places.py`; its lines go into bench/RESULTS.md.

LGL (588 articles of local news) and TR-News (118 of world news), both read from ../shared. A
toponym is found where a span of ours equals or overlaps a gold span (the two are given apart). It
is right where the GeoNames id is the gold one or the point lies within 161 km (100 miles) of the
gold point. Accuracy is over gold toponyms that have coordinates: "found" counts those we found,
"all" counts a toponym that we missed as wrong. Both sets count peoples ("Russian") and places
inside organisations' names as toponyms; we give neither, so recall has a ceiling. The plain peer
takes every capitalised word or run that the gazetteer knows, as its most populous place.
"""

import lzma
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from dateline.claims.names import find_names
from dateline.claims.naming.gazetteer import find_places
from dateline.claims.naming.towns import Place, find_towns
from dateline.claims.page import Page
from dateline.model import ClaimClues, EntityKind, Span

_SHARED = Path(__file__).parents[2] / "shared" / "bench"
_NEAR = 161.0  # km
_RADIUS = 6371.0
_RUN = re.compile(r"[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)*")


@dataclass(frozen=True, slots=True)
class Toponym:
    span: Span
    geoname: int
    at: tuple[float, float] | None


Found = Sequence[Toponym]


def read_set(name: str) -> list[tuple[str, list[Toponym]]]:
    with lzma.open(_SHARED / f"{name}.xml.xz") as file:
        root = etree.fromstring(file.read())
    return [(one.findtext("text") or "", list(map(_read, one.iter("toponym")))) for one in root]


def _read(node: etree._Element) -> Toponym:
    start, end = (int(node.findtext(edge) or 0) for edge in ("start", "end"))
    tag = node.find("gaztag")
    if tag is None:
        return Toponym((start, end), 0, None)
    lat, lon = tag.findtext("lat"), tag.findtext("lon")
    at = (float(lat), float(lon)) if lat and lon else None
    return Toponym((start, end), int(tag.get("geonameid") or 0), at)


def find_ours(text: str) -> Found:
    names = find_names(Page(text, ClaimClues(language="en")))
    return [
        Toponym(span, one.geoname, _point(one.latitude, one.longitude))
        for one in names.entities
        if one.kind is EntityKind.PLACE
        for span in one.mentions
    ]


def find_plain(text: str) -> Found:
    found = []
    for match in _RUN.finditer(text):
        if places := find_places(match.group(), "en"):
            best = max(places, key=_population)
            found.append(Toponym(match.span(), best.geoname, _point(best.latitude, best.longitude)))
    return found


def _population(place: Place) -> int:
    return place.population


def _point(lat: float | None, lon: float | None) -> tuple[float, float] | None:
    return None if lat is None or lon is None else (lat, lon)


def measure_distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Kilometres along the great circle."""
    lat, other = math.radians(a[0]), math.radians(b[0])
    half = math.sin((other - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(other) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * _RADIUS * math.asin(math.sqrt(min(1.0, half)))


def is_right(ours: Toponym, gold: Toponym) -> bool:
    if ours.geoname and ours.geoname == gold.geoname:
        return True
    return bool(ours.at and gold.at and measure_distance(ours.at, gold.at) <= _NEAR)


def bench(name: str, find: Callable[[str], Found], label: str) -> None:
    exact = overlap = ours_count = gold_count = matched = right = placed = 0
    for text, gold in read_set(name):
        ours = list(find(text))
        ours_count, gold_count = ours_count + len(ours), gold_count + len(gold)
        spans = {one.span: one for one in ours}
        exact += sum(one.span in spans for one in gold)
        for one in gold:
            over = [o for o in ours if o.span[0] < one.span[1] and one.span[0] < o.span[1]]
            overlap += bool(over)
            placed += one.at is not None
            best = spans.get(one.span) or (over[0] if over else None)
            if best is not None and one.at is not None:
                matched += 1
                right += is_right(best, one)
    shares = [_f1(hits, ours_count, gold_count) for hits in (exact, overlap)]
    print(
        f"{name} {label}: F1 exact {shares[0]}, overlap {shares[1]};"
        f" accuracy@161km found {right / max(matched, 1):.3f}, all {right / max(placed, 1):.3f}"
    )


def _f1(hits: int, ours: int, gold: int) -> str:
    precision, recall = hits / max(ours, 1), hits / max(gold, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"{f1:.3f} (P {precision:.3f}, R {recall:.3f})"


def main() -> None:
    if not _SHARED.exists():
        print("../shared/bench is not here: nothing measured")
        return
    find_towns("")
    for name in ("lgl", "TR-News"):
        bench(name, find_plain, "most populous")
        bench(name, find_ours, "ours")


if __name__ == "__main__":
    main()
