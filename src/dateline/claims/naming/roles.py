"""What a person is, as the words beside the name say: "Ukrainian Foreign Minister"."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from dateline.claims.naming.countries import read_state_names
from dateline.claims.naming.evidence import ROMANCE, find_introduction
from dateline.claims.naming.gazetteer import read_short_states
from dateline.claims.naming.lexicon import read_small
from dateline.claims.naming.pieces import Piece, Sort
from dateline.claims.naming.sight import Sight
from dateline.model import Span

_MOST_BEFORE = 10  # tokens of a role before the name
_MOST_AFTER = 18  # tokens of one behind it
_MOST_BETWEEN = 5  # tokens between an office and the name whose it is
_GENITIVES = (*ROMANCE, "ru", "uk", "be", "bg", "el", "pl", "cs")  # what it is of stands behind it
_ENDS = frozenset('.;:()—–-”"»]!?…')
_AFFILIATING = (Sort.PLACE, Sort.PEOPLE, Sort.ORGANISATION, Sort.NAME)
# Modifiers that do not tell one office from another.
_NO_KIND = read_small("no_kind")
_SAME_OFFICES = dict(pair.split(":") for pair in read_small("same_offices"))
_BEING = read_small("being")
_OF = read_small("behind")
_ANDS = read_small("both")
_TRAILING = read_small("trailing")
_RELATIVES = read_small("relatives")
_DETERMINERS = read_small("determiners")


@dataclass(frozen=True, slots=True)
class Role:
    """An office or description."""

    text: str  # "president of Ukraine"
    nouns: frozenset[str]  # "president"
    of: frozenset[str]  # countries and organisations in it
    kinds: frozenset[str]  # "foreign" of a foreign minister
    span: Span  # where its words stand


def find_role(sight: Sight, piece: Piece) -> Role | None:
    """Return the role that stands beside one mention of a person, None without one."""
    role = _read_before(sight, piece) or _read_after(sight, piece) or _read_predicate(sight, piece)
    if role is None:
        return None
    state = _read_bracketed_state(sight, piece)
    return replace(role, of=role.of | ({state} if state else _read_of(sight, piece)))


def _read_of(sight: Sight, piece: Piece) -> frozenset[str]:
    """Return what stands behind "of" behind a name: "Captain Ann Vale of the Coast Guard"."""
    at = piece.last + 1
    if piece.possessive or sight.low(at) not in _OF:
        return frozenset()
    at += 1 + (sight.low(at + 1) in sight.grammar.the)
    return _list_affiliations(sight, (at,))


def _read_predicate(sight: Sight, piece: Piece) -> Role | None:
    """Read "Ann Vale is the mayor of Ely", as far as its office and what it is of."""
    at = piece.last + 1
    if piece.possessive or not piece.opens or sight.low(at) not in _BEING:
        return None
    at += 1
    if sight.low(at) not in sight.grammar.the and sight.low(at) not in _DETERMINERS:
        return None
    end = at + 1
    while end < at + _MOST_BETWEEN and not sight.is_office(end):
        is_inner = sight.piece_at(end) is not None or sight.low(end) in sight.titles.modifiers
        if not is_inner:
            return None
        end += 1
    if not sight.is_office(end):
        return None
    while sight.is_office(end + 1):
        end += 1
    last = end
    if sight.low(end + 1) in _OF:
        owner = sight.piece_at(end + 2 + (sight.low(end + 2) in sight.grammar.the))
        last = owner.last if owner is not None else end
    return make_role(sight, at + 1, last)


def _read_bracketed_state(sight: Sight, piece: Piece) -> str | None:
    """Return the state of "(D-Mass.)", case-folded."""
    words = sight.token(piece.last + 2) if sight.token(piece.last + 1) == "(" else ""
    party, _, short = words.partition("-")
    place = read_short_states().get(short) if len(party) == 1 else None
    return place.name.casefold() if place else None


def make_role(
    sight: Sight, first: int, last: int, nouns: frozenset[str] | None = None
) -> Role | None:
    """Return the role that tokens `first` to `last` give, None where they hold no office."""
    nouns = nouns or _list_nouns(sight, range(first, last + 1))
    if not nouns:
        return None
    affiliated = _list_affiliations(sight, range(first, last + 1))
    kinds = frozenset(
        low
        for at in range(first, last + 1)
        if (low := sight.low(at)) in sight.titles.modifiers
        and low not in _NO_KIND
        and not sight.is_office(at)
    )
    span = (sight.tokens[first].start, sight.tokens[last].end)
    return Role(_write(sight, first, last), nouns, affiliated, kinds, span)


def _list_nouns(sight: Sight, ats: Iterable[int]) -> frozenset[str]:
    places = list(ats)
    lows = [sight.bare(at) for at in places]
    found = {low for low, at in zip(lows, places, strict=True) if sight.is_office(at)}
    pairs = {f"{a}-{b}" for a, b in pairwise(lows)}
    found |= {pair for pair in pairs if pair in sight.titles.nouns}
    firsts = sight.titles.first_cases
    return frozenset(_SAME_OFFICES.get(noun, noun) for noun in map(firsts.get, found, found))


def _list_affiliations(sight: Sight, ats: Iterable[int]) -> frozenset[str]:
    found = set()
    for at in ats:
        piece = sight.piece_at(at)
        if piece is not None and piece.sort in _AFFILIATING:
            words = tuple(word.low for word in piece.words)
            is_own = piece.value and words not in read_state_names()
            found.add(piece.value if is_own else " ".join(words))
    return frozenset(found)


def _write(sight: Sight, first: int, last: int) -> str:
    text = sight.page.text
    cut = len(sight.low(first)) - len(sight.bare(first))
    whole = text[sight.tokens[first].start + cut : sight.tokens[last].end]
    owner = sight.piece_at(first)
    if owner is None or owner.sort is not Sort.ORGANISATION or owner.last >= last:
        return whole
    short = sight.cutter.listed.long.get(owner.value)
    if short and len(owner.words) > 1:  # written out here: said by its acronym
        office = text[sight.tokens[owner.last + 1].start : sight.tokens[last].end]
        return f"{office} of {owner.value}"
    return whole


def _read_before(sight: Sight, piece: Piece) -> Role | None:
    at = piece.first - 1
    before = sight.piece_at(at if sight.token(at) != "." else at - 1)
    if before is not None and before.sort is Sort.COURTESY:
        at = before.first - 1
    if (
        sight.token(at) == "."
        and not piece.opens
        and sight.titles.nouns
        and sight.cutter.is_title_noun(sight.low(at - 1))
    ):
        at -= 1  # "Sen. Bernie Sanders"
    if sight.token(at) in (",", "("):
        return _read_before_comma(sight, piece, at)
    if sight.low(at) in sight.grammar.of and sight.piece_at(at) is None:  # "an aide to Ann Vale"
        return None
    first = _walk_back(sight, at)
    return make_role(sight, first, at) if first <= at else None


def _read_before_comma(sight: Sight, piece: Piece, comma: int) -> Role | None:
    """Read "the head of NATO, Jens Stoltenberg, said"."""
    closing = sight.low(piece.last + 1)
    is_closed = closing in (",", ".", "") or closing in sight.grammar.says
    first = _walk_back(sight, comma - 1)
    if first >= comma and (begin := find_introduction(sight, piece)) is not None:
        return make_role(sight, begin, comma - 1)  # "the minister for veterans, Ann Vale,"
    if not is_closed or first >= comma:
        return None
    opening = sight.low(first - 1)
    if sight.low(first) != sight.bare(first):  # "L'entraîneuse, Ann Vale,"
        opening = next(iter(sight.grammar.the), "")
    owner = sight.piece_at(first)
    is_whole = opening in sight.grammar.the or opening in _DETERMINERS
    is_whole = is_whole or (owner is not None and owner.possessive)
    return make_role(sight, first, comma - 1) if is_whole else None


def _walk_back(sight: Sight, last: int) -> int:
    """Return where the words of an office that end at `last` begin; `last + 1` without any."""
    best = at = last + 1
    has_noun = False
    while at > 0 and last - at < _MOST_BEFORE and _may_belong(sight, at - 1, has_noun):
        at -= 1
        low = sight.low(at)
        has_noun = has_noun or sight.is_office(at)
        if has_noun and low not in sight.grammar.of and low not in sight.grammar.the:
            best = at
    return best


def _may_belong(sight: Sight, at: int, has_noun: bool) -> bool:
    token = sight.tokens[at]
    following = sight.tokens[at + 1] if at + 1 < len(sight.tokens) else token
    if "\n" in sight.page.text[token.end : following.start]:
        return False
    low = token.low
    if sight.is_office(at) or low in sight.titles.modifiers:
        return True
    piece = sight.piece_at(at)
    if piece is not None:
        return piece.sort not in (Sort.TIME, Sort.COURTESY)
    if low in sight.grammar.of or low in sight.grammar.the:
        return not has_noun
    if has_noun and low in ("and", "&"):  # "investor and adviser"
        return sight.is_office(at - 1)
    if has_noun and token.text[0].islower() and _is_set_off(sight, at):
        return True
    if sight.page.language in _GENITIVES and not has_noun and token.text[0].islower():
        return _follows_office(sight, at)
    return token.text[0].islower() and "-" in token.text


def _follows_office(sight: Sight, at: int) -> bool:
    """Say whether an office stands a few words before: "ministre des Affaires étrangères"."""
    for n in range(at, max(at - _MOST_BETWEEN, -1), -1):
        low = sight.low(n)
        if sight.is_office(n):
            return True
        is_plain = low[:1].isalpha() and low not in sight.grammar.says
        if not is_plain or (low in sight.grammar.openers and low not in sight.grammar.of):
            return False
    return False


def _is_set_off(sight: Sight, at: int) -> bool:
    """Say whether an adjective stands right behind an article or a possessor: "founding"."""
    low, before = sight.low(at), sight.piece_at(at - 1)
    if low in sight.grammar.openers or low in sight.grammar.says or low in sight.grammar.of:
        return False
    is_owned = before is not None and before.possessive
    return is_owned or sight.low(at - 1) in sight.grammar.the


def _read_after(sight: Sight, piece: Piece) -> Role | None:
    if piece.possessive or sight.token(piece.last + 1) != ",":
        return None
    at = piece.last + 2
    if sight.low(at).isdecimal():  # an age
        at += 2
    if sight.low(at) in sight.grammar.the or sight.low(at) in _DETERMINERS:
        at += 1
    elif sight.low(at) in sight.grammar.openers:  # "and the judge too"
        return None
    if not sight.token(at)[:1].isalpha():
        return None
    end = _find_close(sight, at)
    while end > at and sight.low(end - 1) in _TRAILING:
        end -= 1
    if end <= at:
        return None
    head = _find_head(sight, at, end)
    if head is None:
        return None
    # What stands in the phrase behind its head says where, not what.
    nouns = _list_nouns(sight, range(at, head + 1)) or frozenset((sight.bare(head),))
    behind = sight.low(head + 1)
    if behind in sight.grammar.openers and behind not in (*sight.grammar.of, *_ANDS):
        end = head + 1  # "mayor since 2010"
    return make_role(sight, at, end - 1, nouns)


def _find_close(sight: Sight, at: int) -> int:
    """Return the token that closes a phrase in apposition, `at` where none does."""
    for end in range(at, min(at + _MOST_AFTER, len(sight.tokens))):
        token = sight.tokens[end]
        if token.text == "," or token.text in _ENDS or token.low in _RELATIVES:
            return end
        if end > at and "\n" in sight.page.text[sight.tokens[end - 1].end : token.start]:
            return end
        if token.low in sight.grammar.says and sight.piece_at(end) is None:
            return at if token.low not in sight.titles.nouns else end
    return at


def _ends_noun(sight: Sight, at: int) -> bool:
    """Say whether a token joins something to the noun before it: "coach since May"."""
    low = sight.low(at)
    return low in sight.grammar.of or (low in sight.grammar.openers and sight.is_agent(at - 1))


def _find_head(sight: Sight, first: int, end: int) -> int | None:
    """Return the office at the head of a phrase: the last word before what joins it to another."""
    last = first
    while last < end and not (last > first and _ends_noun(sight, last)):
        last += 1
    is_romance = sight.page.language != "en"
    reach = range(last - 1, first - 1, -1) if is_romance else range(last - 1, last - 2, -1)
    for at in reach:
        if at >= first and sight.is_agent(at):
            return at
    return None
