"""Towns, states and countries by name."""

import re
from collections.abc import Mapping
from functools import cache

from dateline.claims.naming.countries import (
    find_inflected,
    read_countries,
    read_territories,
)
from dateline.claims.naming.lexicon import read_list
from dateline.claims.naming.towns import Place, find_towns

_INFLECTED = re.compile("[\u0370-\u052f]")
_CYRILLIC_ENDS = ("а", "", "я", "ь", "о", "и", "і", "ий", "ів")
_GREEK_ENDS = ("α", "ας", "η", "ος", "ο", "ι", "")
_SHORT_STATE = re.compile(r"\.")


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
    found = (*found, *regions, *states, *find_towns(low))
    if found or low.isascii():
        return found
    towns = (find_towns(form) for form in _list_forms(low))
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
            for town in find_towns(capital.casefold())
            if town.country == code
        ),
        None,
    )
    where = (seat.latitude, seat.longitude) if seat else (None, None)
    return Place(one.geoname, one.name, code, "", one.population, *where, 0)
