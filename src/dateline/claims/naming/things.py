"""What bears a person's name and is none: ships, streets, firms, court cases, "the Vale plan"."""

from collections.abc import Collection
from dataclasses import replace
from functools import cache

from dateline.claims.naming.lexicon import read_list
from dateline.claims.naming.pieces import Piece, Sort
from dateline.claims.naming.runs import Word
from dateline.claims.naming.sight import Sight

_MARKS = frozenset("\"“”„«»'‘’")
_ANDS = frozenset(("&", "and", "und", "et", "y", "e", "и", "та", "і", "й", "και"))
_AGAINST = frozenset(("v", "vs"))


@cache
def read_things(name: str) -> frozenset[str]:
    """Return one of the lists of things."""
    return frozenset(str(read_list("things.toml")[name]).split())


def set_things_apart(sight: Sight) -> None:
    """Mark the pieces of a page that are called like people and are things or firms."""
    alone = {piece.words[0].text for piece in sight.pieces if len(piece.words) == 1}
    for number, piece in enumerate(sight.pieces):
        if piece.sort is not Sort.NAME:
            continue
        if (firm := _find_firm(sight, piece)) is not None:
            sight.pieces[number] = firm
        elif _is_thing(sight, piece, alone):
            sight.pieces[number] = replace(piece, sort=Sort.THING)


def is_inside(sight: Sight, piece: Piece) -> bool:
    """Say whether a name only tells of what kind a thing is: "the Vale plan"."""
    if sight.page.language != "en" or piece.possessive or sight.low(piece.first - 1) != "the":
        return False
    behind = sight.token(piece.last + 1)
    gap = sight.page.text[piece.span[1] : piece.span[1] + 1]
    if gap != " " or not (behind[:1].islower() and len(behind) > 2):
        return False
    grammar = sight.grammar
    return not any(
        behind.casefold() in words
        for words in (grammar.openers, grammar.says, grammar.of, grammar.he, grammar.she)
    )


def _find_firm(sight: Sight, piece: Piece) -> Piece | None:
    """Return a name as an organisation where the words beside it say so."""
    if sight.low(piece.last + 1) in _ANDS and not piece.possessive:
        behind = sight.token(piece.last + 2)
        is_quoted = _reads_quoted(sight, piece)
        if behind.casefold() in read_things("partners") and (behind[:1].isupper() or is_quoted):
            return _lengthen(sight, piece, piece.last + 2)
    first = piece.words[0].low
    if len(piece.words) > 1 and first in read_things("outlets_first"):
        return _make(piece)
    if _is_outlet(sight, piece):
        return _make(piece)
    before = _skip_marks(sight, piece.first - 1)
    return _make(piece) if sight.low(before) in read_things("firms") else None


def _reads_quoted(sight: Sight, piece: Piece) -> bool:
    return sight.token(piece.first - 1) in _MARKS


def _is_outlet(sight: Sight, piece: Piece) -> bool:
    if (
        sight.low(piece.last + 1) in read_things("waves")
        and sight.token(piece.last + 1)[0].isupper()
    ):
        return True
    words = piece.words
    if len(words) < 2 or words[-1].low not in read_things("outlets_last"):
        return False
    is_set = sight.low(piece.first - 1) == "the"
    return is_set or not sight.cutter.is_given(words[0].text) or words[-1].low in ("tv", "fm")


def _is_thing(sight: Sight, piece: Piece, alone: Collection[str]) -> bool:
    words = piece.words
    if len(words) > 1 and words[0].low in read_things("prefixes"):
        return True
    if len(words) > 1 and words[-1].low in read_things("streets"):
        # "Street said" elsewhere makes "Ann Street" a person.
        return not sight.cutter.is_given(words[0].text) or words[-1].text not in alone
    if _is_case(sight, piece):
        return True
    before = piece.first - 1
    title = sight.piece_at(before)
    if title is not None and title.sort is Sort.TITLE:  # "the frigate Admiral Vale"
        before = title.first - 1
    low = sight.low(_skip_marks(sight, before))
    is_high = sight.token(before)[:1].isupper()
    return low in read_things("vessels") or (
        low in read_things("roads") and (sight.page.language != "en" or is_high)
    )


def _is_case(sight: Sight, piece: Piece) -> bool:
    """Say whether a name is one side of "Vale v. Marsh"."""
    if sight.low(piece.last + 1) in _AGAINST:
        at = piece.last + 2 + (sight.token(piece.last + 2) == ".")
        return sight.token(at)[:1].isupper()
    at = piece.first - 1 - (sight.token(piece.first - 1) == ".")
    return sight.low(at) in _AGAINST and sight.token(at - 1)[:1].isupper()


def _skip_marks(sight: Sight, at: int) -> int:
    return at - 1 if sight.token(at) in _MARKS else at


def _make(piece: Piece) -> Piece:
    return replace(piece, sort=Sort.ORGANISATION, value=" ".join(word.text for word in piece.words))


def _lengthen(sight: Sight, piece: Piece, last: int) -> Piece:
    """Return "Vale & Sons" of "Vale"."""
    more = tuple(
        Word(token.text, token.low, token.start, token.end, at)
        for at in range(piece.last + 1, last + 1)
        for token in (sight.tokens[at],)
    )
    return _make(replace(piece, words=(*piece.words, *more), possessive=False))
