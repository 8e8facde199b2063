"""Organisations and places of a page as entities: one for each, whatever it is called."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.claims.naming.folding import make_slug
from dateline.claims.naming.forms import INFLECTED, is_same_word
from dateline.claims.naming.gazetteer import read_short_states
from dateline.claims.naming.lexicon import read_small
from dateline.claims.naming.pieces import Piece
from dateline.claims.naming.placing import Placing
from dateline.claims.naming.sight import Sight
from dateline.model import Entity, EntityKind, Span

_ARTICLE = ("the", "The")
_FORM = read_small("forms")
_SMALL = read_small("unspelled")
_STEM = 4  # letters of its key that forms of one name share
_MOST_NEAR = 40  # names of one beginning among which one is sought
_BRACKETED = re.compile(r"\s?\(([A-Z][A-Za-z.&]{1,9})\)")


@dataclass(slots=True)
class _Named:
    name: str
    spans: list[Span] = field(default_factory=list)
    country: str = ""


def make_organisations(sight: Sight, pieces: Sequence[Piece]) -> list[Entity]:
    """Return the organisations, each with its mentions; acronyms go with what they stand for."""
    short = _find_acronyms(sight, pieces)
    found: dict[str, _Named] = {}
    listed = sight.cutter.listed
    for piece in sorted(pieces, key=lambda piece: piece.span):
        name = sight.page.words(piece.span)
        acronym = piece.value if piece.value in listed.long else short.get(name)
        key = acronym.casefold() if acronym else make_slug(_core(name))
        if not key:
            continue
        named = found.setdefault(key, _Named(name, country=listed.countries.get(acronym or "", "")))
        named.name = max(named.name, name, key=len)
        named.spans.append(piece.span)
    _join_shorter(found)
    if sight.page.language in INFLECTED:
        _join_forms(found, sight.page.language)
    return [
        Entity(
            kind=EntityKind.ORGANISATION,
            name=named.name,
            key=key,
            mentions=tuple(sorted(named.spans)),
            country=named.country,
        )
        for key, named in found.items()
    ]


def _core(name: str) -> list[str]:
    words = [word for word in name.split() if word not in _ARTICLE]
    while len(words) > 1 and words[-1].casefold().strip(".") in _FORM:
        words.pop()
    return words


def _find_acronyms(sight: Sight, pieces: Sequence[Piece]) -> dict[str, str]:
    """Return the acronyms that the text itself gives: "World Food Programme (WFP)"."""
    written = {sight.page.words(piece.span) for piece in pieces}
    found: dict[str, str] = {}
    for piece in pieces:
        name = sight.page.words(piece.span)
        behind = _BRACKETED.match(sight.page.text, piece.span[1])
        short = behind.group(1) if behind else ""
        if not short and len(piece.words) > 1:
            initials = _initials(name)
            short = initials if len(initials) > 1 and initials in written else ""
        if short and _fits(short, name):
            found[name] = found[short] = short
    return found


def _initials(name: str) -> str:
    words = [word for word in name.replace("-", " ").split() if word.casefold() not in _SMALL]
    return "".join(word[0] for word in words).upper()


def _fits(short: str, name: str) -> bool:
    letters = iter(name.casefold())
    return name[0].casefold() == short[0].casefold() and all(
        letter in letters for letter in short.casefold() if letter.isalpha()
    )


def _join_shorter(found: dict[str, _Named]) -> None:
    """Give "Fidelity" to "Fidelity National Financial" where but one organisation begins so."""
    by_first: dict[str, list[str]] = defaultdict(list)
    for key in found:
        by_first[key.partition("-")[0]].append(key)
    for key in list(found):
        longer = [other for other in by_first.get(key, ()) if other != key]
        if "-" not in key and len(longer) == 1:
            found[longer[0]].spans += found.pop(key).spans


def _join_forms(found: dict[str, _Named], language: str) -> None:
    """Give "Минздрава" to "Минздрав" where the page has both."""
    by_stem: dict[str, list[str]] = defaultdict(list)
    for key in sorted(found, key=lambda key: (len(key), key)):
        shorter = by_stem[key[:_STEM]]
        same = (
            other for other in shorter if _is_form(found[other].name, found[key].name, language)
        )
        first = next(same, None)
        if first is not None:
            found[first].spans += found.pop(key).spans
        elif len(shorter) < _MOST_NEAR:
            shorter.append(key)


def _is_form(shorter: str, longer: str, language: str) -> bool:
    """Say whether a name is another with endings of grammar, none of them changed in its stem."""
    pairs = list(zip(shorter.split(), longer.split(), strict=False))
    is_long = len(shorter.split()) == len(longer.split()) == len(pairs)
    return is_long and all(
        long.startswith(short) and is_same_word(short, long, language) for short, long in pairs
    )


def make_places(sight: Sight, pieces: Sequence[Piece]) -> list[Entity]:
    """Return the places, each with its mentions and its GeoNames id where it can be told."""
    placing = Placing(sight, pieces)
    found: dict[tuple[str, int], Entity] = {}
    for piece in sorted(pieces, key=lambda piece: piece.span):
        name = sight.page.words(piece.span)
        place = placing.find(piece) or read_short_states().get(name)
        key = make_slug((place.name if place else name).split())
        if not key:
            continue
        id = (key, place.geoname if place else 0)
        known = found.get(id)
        found[id] = Entity(
            kind=EntityKind.PLACE,
            name=known.name if known else name,
            key=key,
            mentions=(*(known.mentions if known else ()), piece.span),
            country=place.country if place else piece.value,
            geoname=place.geoname if place else 0,
            latitude=place.latitude if place else None,
            longitude=place.longitude if place else None,
        )
    return list(found.values())
