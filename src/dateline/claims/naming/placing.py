"""Which of the places of one name a page means: by what stands beside it and the others there."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log10

from dateline.claims.naming.countries import read_countries
from dateline.claims.naming.evidence import is_county, read_state_behind
from dateline.claims.naming.gazetteer import find_places
from dateline.claims.naming.pieces import Piece, Sort
from dateline.claims.naming.sight import Sight
from dateline.claims.naming.towns import Place

_KNOWN = 1_000.0  # people added to every place, so that a small one is not hopeless
_COUNTRY = 12.0  # what being a country, and a state, is worth, in powers of ten of inhabitants
_STATE = 8.0
_SAME_STATE = 3.0  # for a state that the page names, behind a town or alone
_SAME_COUNTRY = 1.5  # for a country whose name or people the page has
_SHARED = 1.2  # for each other name that may lie in the same state, up to three
_HOME = 1.0  # for a large city that news names without its state
_HOME_POPULATION = 2_000_000
_MOST = 12  # places of one name that are weighed

State = tuple[str, str]


class Placing:
    """Decides for the places of one page."""

    def __init__(self, sight: Sight, pieces: Sequence[Piece]) -> None:
        self.sight = sight
        self.language = sight.page.language
        self._countries: Counter[str] = Counter()
        self._states: Counter[State] = Counter()
        self._shared: dict[State, set[str]] = defaultdict(set)
        self._known: dict[str, tuple[Place, ...]] = {}
        for piece in pieces:
            self._read_context(piece)
        for piece in sight.pieces:
            if piece.sort is Sort.PEOPLE:
                self._countries[piece.value] += 1
        self._count_shared()

    def _read_context(self, piece: Piece) -> None:
        name = self.sight.page.words(piece.span)
        found = self._known.setdefault(name, find_places(name, self.language)[:_MOST])
        if (state := read_state_behind(self.sight, piece)) is not None:
            self._states[state.country, state.state] += 1
        elif is_county(piece) and piece.words[-1].low in ("county", "parish"):
            self._countries["US"] += 1  # elsewhere few; oblasts and townships are elsewhere
        elif _is_both(found):
            return  # "Georgia" says nothing of where we are
        elif found and found[0].rank == 0:
            self._countries[found[0].country] += 1
        elif found and found[0].rank == 1 and not _is_also_town(found):
            self._states[found[0].country, found[0].state] += 1

    def _count_shared(self) -> None:
        pairs = [(name, one) for name, places in self._known.items() for one in places]
        for name, place in pairs:
            if place.rank == 2:
                self._shared[_state_of(place)].add(name)
        for country, _ in list(self._states):
            self._countries[country] += 1

    def find(self, piece: Piece) -> Place | None:
        """Return the place that a piece names, None where the gazetteer has none of the name."""
        name = self.sight.page.words(piece.span)
        places = self._known.get(name) or find_places(name, self.language)[:_MOST]
        if not places:
            return None
        behind = read_state_behind(self.sight, piece)
        if behind is not None:
            inside = [p for p in places if _state_of(p) == _state_of(behind) and p.rank == 2]
            return inside[0] if inside else max(places, key=lambda p: self._score(p, name))
        return max(places, key=lambda place: self._score(place, name))

    def _score(self, place: Place, name: str) -> float:
        if place.rank == 0:
            base = _STATE + 1 if _is_both(self._known.get(name, ())) else _COUNTRY
            return base + _SAME_COUNTRY * (self._countries[place.country] > 0)
        state = _state_of(place)
        score = _STATE if place.rank == 1 else log10(place.population + _KNOWN)
        score += _SAME_STATE * (self._states[state] > 0)
        score += _SAME_COUNTRY * (self._countries[place.country] > 0)
        if place.rank == 2:
            score += _SHARED * min(len(self._shared[state] - {name}), 3)
            score += _HOME * (place.population > _HOME_POPULATION) + 2 * _is_capital(place)
        elif self._countries[place.country] or self._shared[state]:
            score += _SHARED * min(len(self._shared[state] - {name}), 3)
        return score


def _state_of(place: Place) -> State:
    return place.country, place.state


def _is_both(places: Sequence[Place]) -> bool:
    """Say whether a name is a country's and a state's: "Georgia"."""
    return len(places) > 1 and places[0].rank == 0 and places[1].rank == 1


def _is_also_town(places: Sequence[Place]) -> bool:
    """Say whether a state's name is a great city's as well: "New York", "Washington"."""
    return any(p.rank == 2 and (p.population > _HOME_POPULATION or _is_capital(p)) for p in places)


def _is_capital(place: Place) -> bool:
    country = read_countries().get(place.country)
    return country is not None and place.name.partition(",")[0] in country.capitals
