"""Towns by name, from a file of our own that `bench/make_towns.py` makes of GeoNames.

Names, places and populations are GeoNames' (https://www.geonames.org, CC BY 4.0). Names are looked
for in a sorted list, and what is known of a town is read when it is asked for: it loads in a tenth
of a second and takes some 50 MB.
"""

import gzip
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

_FILE = "towns.txt.gz"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer."""

    geoname: int
    name: str
    country: str  # ISO 3166 alpha-2
    state: str  # GeoNames code of the first division; "" of a country
    population: int
    latitude: float | None
    longitude: float | None
    rank: int  # 0 a country, 1 a state, 2 a town


@lru_cache(maxsize=4096)
def find_towns(name: str) -> tuple[Place, ...]:
    """Return towns by a case-folded name, the most populous first; "'" for any apostrophe."""
    towns, names, rows = _read()
    at = bisect_left(names, name)
    if at == len(names) or names[at] != name:
        return ()
    return tuple(_read_town(towns[int(number)]) for number in rows[at].split(","))


def _read_town(line: str) -> Place:
    geoname, name, latitude, longitude, country, state, population = line.split("\t")
    where = (float(latitude), float(longitude))
    return Place(int(geoname), name, country, state, int(population), *where, 2)


@cache
def _read() -> tuple[list[str], list[str], list[str]]:
    """Return a line a town, the most populous first; names in order; the towns of each name."""
    data = resources.files("dateline.claims.naming").joinpath(_FILE).read_bytes()
    towns, names, rows = gzip.decompress(data).decode("utf-8").split("\n\n")
    return towns.split("\n"), names.split("\n"), rows.split("\n")
