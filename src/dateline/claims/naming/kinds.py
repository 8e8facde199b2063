"""Which of a page's names are people, which organisations, which places."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from dateline.claims.naming.evidence import (
    Evidence,
    is_given_name,
    is_subject,
    weigh,
)
from dateline.claims.naming.forms import INFLECTED, is_nominative
from dateline.claims.naming.gazetteer import read_short_states
from dateline.claims.naming.lexicon import NOUNS_HIGH, read_known_surnames
from dateline.claims.naming.people import Gathering
from dateline.claims.naming.pieces import Piece, Sort
from dateline.claims.naming.sight import Sight
from dateline.claims.naming.things import is_inside, set_things_apart

_ENOUGH = 2.0  # evidence from which a name is of a kind
_ENOUGH_NOUNS = 2.5  # where all nouns are capitalised
_STRONG = 3.0


@dataclass(slots=True)
class Sorted:
    """The page's names by kind."""

    gathering: Gathering
    organisations: list[Piece] = field(default_factory=list)
    places: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    """One name, with all that the page shows of it."""

    pieces: list[Piece] = field(default_factory=list)
    evidence: Evidence = field(default_factory=Evidence)
    best: float = 0.0  # the most that one place says for a person
    inside: bool = False  # seen inside a sentence, where a capital means something


def sort_names(sight: Sight) -> Sorted:
    """Return the people, organisations and places of a page, each with its pieces."""
    set_things_apart(sight)
    found = Sorted(Gathering(sight))
    groups = _group(sight)
    people = {
        key
        for key, group in groups.items()
        if not _is_short(sight, key) and _is_person(sight, group, key)
    }
    people |= set(_list_called(groups, people))
    people |= set(_list_taken_up(sight, groups, people))
    full = _list_full(sight, groups, people)
    for piece in sorted(full, key=_is_initials):  # "J. P." is who is named with them elsewhere
        found.gathering.add_full(piece)
    for piece in sight.pieces:
        if piece.sort is Sort.PLACE:
            found.places.append(piece)
        elif piece.sort is Sort.ORGANISATION and not _is_shouted_word(sight, piece):
            found.organisations.append(piece)
    states = [piece for piece in sight.pieces if _is_state_behind(sight, piece)]
    behind = {piece.span for piece in states}
    for key, group in groups.items():
        group.pieces = [piece for piece in group.pieces if piece.span not in behind]
        if key not in people and group.pieces:
            _sort_group(sight, group, key, found)
    found.places += states
    return found


def _is_shouted_word(sight: Sight, piece: Piece) -> bool:
    """Say whether an acronym may be the word itself: "WHO" in a line of capitals."""
    return piece.shouted and sight.grammar.function.issuperset(word.low for word in piece.words)


def _is_state_behind(sight: Sight, piece: Piece) -> bool:
    """Say whether a name shortens the state of the town before it: "Springfield, Ill."."""
    if piece.sort is not Sort.NAME or sight.token(piece.first - 1) != ",":
        return False
    town = sight.piece_at(piece.first - 2)
    if town is None or town.sort not in (Sort.NAME, Sort.PLACE):
        return False
    return sight.page.words(piece.span) in read_short_states()


def _group(sight: Sight) -> dict[tuple[str, ...], _Group]:
    groups: dict[tuple[str, ...], _Group] = defaultdict(_Group)
    for piece in sight.pieces:
        if piece.sort is not Sort.NAME:
            continue
        group = groups[tuple(word.low for word in piece.words)]
        evidence = weigh(sight, piece)
        group.pieces.append(piece)
        group.evidence.add(evidence)
        group.best = max(group.best, evidence.person)
        group.inside |= not (piece.opens or piece.shouted)
    return dict(groups)


def _is_person(sight: Sight, group: _Group, key: tuple[str, ...]) -> bool:
    found = group.evidence
    enough = _ENOUGH_NOUNS if sight.page.language in NOUNS_HIGH else _ENOUGH
    others = max(found.organisation, found.place)
    is_name = group.best >= enough and found.person > others and len(key) <= 6
    return is_name and not sight.grammar.function.issuperset(key)


def _list_called(
    groups: dict[tuple[str, ...], _Group], people: set[tuple[str, ...]]
) -> Iterator[tuple[str, ...]]:
    """Yield names of two words whose last one is called like a person elsewhere."""
    called = {key[0] for key, g in groups.items() if len(key) == 1 and _is_called(g)}
    for key, group in groups.items():
        is_open = key not in people and 2 <= len(key) <= 4
        if is_open and key[-1] in called and group.evidence.organisation < _ENOUGH:
            yield key


def _list_taken_up(
    sight: Sight, groups: dict[tuple[str, ...], _Group], people: set[tuple[str, ...]]
) -> Iterator[tuple[str, ...]]:
    """Yield names of two words whose last one, alone, is a subject elsewhere."""
    if sight.page.language in NOUNS_HIGH or not sight.grammar.openers:
        return
    known = {key[-1] for key in people}
    lasts = {key[0] for key, g in groups.items() if len(key) == 1 and _acts(sight, g)} - known
    for key, group in groups.items():
        if key in people or len(key) != 2 or key[-1] not in lasts:
            continue
        if _may_be_full(sight, group, key):
            yield key


def _acts(sight: Sight, group: _Group) -> bool:
    """Say whether a single word is a subject somewhere and never has an article."""
    found = group.evidence
    others = max(found.organisation, found.place)
    is_bare = all(sight.low(p.first - 1) not in sight.grammar.the for p in group.pieces)
    is_acting = found.person >= _ENOUGH or any(is_subject(sight, p) for p in group.pieces)
    return is_acting and others < _ENOUGH and (is_bare or sight.page.language == "el")


def _may_be_full(sight: Sight, group: _Group, key: tuple[str, ...]) -> bool:
    found, piece = group.evidence, group.pieces[0]
    if found.organisation >= 1 or found.place >= 1 or found.person < 0 or piece.shouted:
        return False
    words = piece.words
    is_plain = all(len(word.text) > 1 and word.text[1:].islower() for word in words)
    is_plain = is_plain or ("-" in words[-1].text or words[-1].text[:2] in ("Mc", "O'", "O’"))
    cutter, grammar = sight.cutter, sight.grammar
    is_free = not any(
        low in grammar.common
        or low in grammar.openers
        or cutter.is_seen_small(low)
        or cutter.is_title_noun(low)
        for low in key
    )
    return is_plain and is_free and all(sight.low(p.first - 1) != "the" for p in group.pieces)


def _is_called(group: _Group) -> bool:
    """Say whether a single word is spoken of as people are."""
    found = group.evidence
    others = max(found.organisation, found.place)
    return (
        group.best >= _ENOUGH and found.person > others and (group.inside or len(group.pieces) > 1)
    )


def _list_full(
    sight: Sight, groups: dict[tuple[str, ...], _Group], people: set[tuple[str, ...]]
) -> list[Piece]:
    full = (piece for key in people for piece in groups[key].pieces)
    cut = (_drop_verb(piece, people) for piece in full if not is_inside(sight, piece))
    return sorted(cut, key=lambda piece: piece.span)


def _is_initials(piece: Piece) -> bool:
    return all(len(word.text) == 1 for word in piece.words)


def _drop_verb(piece: Piece, people: set[tuple[str, ...]]) -> Piece:
    """Return "Ann Vale" of a headline's "Ann Vale Speaks", where the page has that name."""
    first = piece.words[:2]
    is_known = len(first[-1].text) > 1 and len(piece.words) > 2
    is_known = is_known and tuple(word.low for word in first) in people
    return replace(piece, words=first) if piece.opens and is_known else piece


def _sort_group(sight: Sight, group: _Group, key: tuple[str, ...], found: Sorted) -> None:
    evidence = group.evidence
    if len(key) == 2 and _take_last(group, found):
        return
    if _is_short(sight, key) and _take_short(sight, group, found):
        return
    if sight.grammar.function.issuperset(key):
        return
    is_speaking = (
        sight.page.language not in NOUNS_HIGH
        and len(key) == 1
        and _is_called(group)
        and len(group.pieces) > 1
    )
    if is_speaking and key[0] not in sight.grammar.common:
        # Who speaks by one word and is never introduced is an organisation more often than not.
        found.organisations += group.pieces
    elif len(key) == 1 and key[0] in sight.grammar.common:
        return
    elif evidence.organisation >= _ENOUGH and evidence.organisation >= evidence.place:
        found.organisations += group.pieces
    elif evidence.place >= _ENOUGH and (group.inside or evidence.place > 3):
        found.places += group.pieces


def _is_short(sight: Sight, key: tuple[str, ...]) -> bool:
    """Say whether a name is a surname alone, with its small words or without."""
    return all(word in sight.grammar.joints for word in key[:-1])


def _take_last(group: _Group, found: Sorted) -> bool:
    """Take "Yesterday Vale" as Vale's where a sentence begins so."""
    lasts = [replace(p, words=p.words[1:], opens=False) for p in group.pieces if p.opens]
    people = [(piece, found.gathering.find_short(piece)) for piece in lasts]
    for piece, person in people:
        if person is not None:
            found.gathering.add_short(piece, person)
    return any(person is not None for _, person in people)


def _take_short(sight: Sight, group: _Group, found: Sorted) -> bool:
    """Take a single word as people's where it is; each place may mean another of them."""
    gathering, taken = found.gathering, False
    for piece in [one for one in group.pieces if not is_inside(sight, one)]:
        if person := gathering.find_short(piece):
            gathering.add_short(piece, person)
            taken = True
    if taken:
        return True
    if group.pieces[0].words[-1].low in sight.grammar.function or not _is_called_so(sight, group):
        return False
    person = None
    for piece in group.pieces:
        gathering.add_short(piece, person)
        person = person or gathering.people[-1]
    return True


def _is_called_so(sight: Sight, group: _Group) -> bool:
    word = group.pieces[0].words[-1]
    found = group.evidence
    if word.low.removeprefix("al-") in read_known_surnames():
        return True
    if group.best < _STRONG or found.person <= max(found.organisation, found.place):
        return False
    if sight.page.language in INFLECTED and not is_nominative(word.text, is_female=False):
        return any(sight.low_courtesy(piece) is not None for piece in group.pieces)
    is_titled = group.best >= 3.5
    return is_titled or (group.inside and is_given_name(sight, word.text))
