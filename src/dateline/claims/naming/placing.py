"""Which of the places of one name a page means: by what stands beside it and the others there."""

from collections import Counter
from collections.abc import Sequence
from math import log10

from dateline.claims.naming.gazetteer import Place, find_places, read_short_states
from dateline.claims.naming.pieces import Piece, Sort
from dateline.claims.naming.sight import Sight

_SAME_COUNTRY = 1.0  # what a country named elsewhere on the page is worth, in powers of ten
_SAME_STATE = 2.5
_CAPITAL_OR_STATE = 9.0


class Placing:
    """Decides for the places of one page."""

    def __init__(self, sight: Sight, pieces: Sequence[Piece]) -> None:
        self.sight = sight
        self.language = sight.page.language
        self._countries: Counter[str] = Counter()
        self._states: Counter[tuple[str, str]] = Counter()
        self._read_context(pieces)

    def _read_context(self, pieces: Sequence[Piece]) -> None:
        for piece in self.sight.pieces:
            if piece.sort in (Sort.PEOPLE, Sort.PLACE):
                self._countries[piece.value] += 1
        for piece in pieces:
            found = self._find(piece)
            if found and found[0].rank == 1:
                self._states[found[0].country, found[0].state] += 2
            if (state := self._state_behind(piece)) is not None:
                self._states[state.country, state.state] += 2
                self._countries[state.country] += 1

    def _find(self, piece: Piece) -> tuple[Place, ...]:
        return find_places(self.sight.page.words(piece.span), self.language)

    def find(self, piece: Piece) -> Place | None:
        """Return the place that a piece names, None where the gazetteer has none of the name."""
        places = self._find(piece)
        if not places:
            return None
        state = self._state_behind(piece)
        if state is not None:
            inside = [p for p in places if (p.country, p.state) == (state.country, state.state) and p.rank == 2]
            return inside[0] if inside else places[0]
        return max(places, key=self._score)

    def _score(self, place: Place) -> float:
        score = log10(place.population + 1)
        if place.rank < 2:
            score += _CAPITAL_OR_STATE - 4 * place.rank
        if self._states[place.country, place.state]:
            score += _SAME_STATE
        if self._countries[place.country]:
            score += _SAME_COUNTRY
        return score

    def _state_behind(self, piece: Piece) -> Place | None:
        """Return the state in "Alexandria, Louisiana" or "Dallas, Tex."."""
        sight = self.sight
        if piece.possessive or sight.token(piece.last + 1) != ",":
            return None
        following = sight.piece_at(piece.last + 2)
        words = sight.page.words(following.span) if following else sight.token(piece.last + 2)
        return read_short_states().get(words)
