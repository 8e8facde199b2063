"""What speaks for a piece being a person, an organisation or a place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.claims.naming.gazetteer import find_places, read_short_states
from dateline.claims.naming.lexicon import NOUNS_HIGH, read_small
from dateline.claims.naming.pieces import Piece, Sort
from dateline.claims.naming.sight import Sight
from dateline.claims.naming.towns import Place

_SURNAME = re.compile(
    r"(?:.{2,}(?:sky|skiy|skyy|ski|ska|skaya|enko|chuk|czyk|wicz|vich|vic|vić|ović|ević|yan|dze|shvili|opoulos|akis|idis|sson|sen|oglu|oğlu|escu)|(?:mc|mac|o['’]|al-|el-|bin).{3,})$"
)
_CYRILLIC_SURNAME = re.compile(
    r".{2,}(?:(?:ов|ев|ёв|ін|ин|їн)(?:а|у|ым|им|е|ой|ою|і|ой|о[мю])?|(?:ск|ськ|цьк|цк)(?:ий|ого|ому|им|ом|ая|ой|ую|а|ої|ій|у|ою)|(?:енк)(?:о|а|у|ом|ові)|(?:ук|юк|чук|ич|ян|дзе|швили|швілі)(?:а|у|ом|ем|ові)?)$"
)
_GREEK_SURNAME = re.compile(
    r".{2,}(?:όπουλος|οπούλου|όπουλο|άκης|άκη|ίδης|ίδη|άδης|άδη|έας|έα|άτος|άτου|άτο|ίου|ιάδης|ιάδη|ούλης|ούλη|ούλας|όγλου|άκος|άκου|ίτης|ίτη|ώτης|ώτη)$"
)
_THINGS = read_small("things")
_BEING = read_small("being")
_AGE = re.compile(r"\d{1,3}\Z")
ROMANCE = ("fr", "es", "it", "pt", "ca", "ro", "gl")  # adjectives stand behind nouns
_BRACKETED_PARTY = re.compile(r"[DRI]\Z")


@dataclass(slots=True)
class Evidence:
    """How much speaks for each kind."""

    person: float = 0.0
    organisation: float = 0.0
    place: float = 0.0

    def add(self, other: "Evidence") -> None:
        """Take another's evidence as well."""
        self.person += other.person
        self.organisation += other.organisation
        self.place += other.place


def weigh(sight: Sight, piece: Piece) -> Evidence:
    """Return what the words of a name and those beside it say."""
    found = Evidence()
    _weigh_form(sight, piece, found)
    _weigh_before(sight, piece, found)
    _weigh_after(sight, piece, found)
    return found


def has_given_name(sight: Sight, piece: Piece) -> bool:
    """Say whether a piece of two or more words begins with a given name, or an inflected one."""
    if len(piece.words) < 2:
        return False
    return is_given_name(sight, piece.words[0].text)


def is_given_name(sight: Sight, word: str) -> bool:
    """Say whether a word is a given name, in a form of its language's grammar too."""
    return sight.cutter.is_given(word)


def is_surname_shaped(word: str) -> bool:
    """Say whether a word ends or begins as surnames of some language do."""
    low = word.casefold()
    if low.isascii() or low[0] < "\u0370":
        return bool(_SURNAME.match(low))
    return bool(_CYRILLIC_SURNAME.match(low) or _GREEK_SURNAME.match(low))


def _weigh_form(sight: Sight, piece: Piece, found: Evidence) -> None:
    words = piece.words
    count = len(words)
    if words[-1].low in _THINGS and not is_given_name(sight, words[0].text):
        found.person -= 6
    if has_given_name(sight, piece):
        found.person += 4 if count <= 4 else 2
    if count >= 2 and any(len(word.text) == 1 and word.text.isupper() for word in words[:-1]):
        found.person += 2
    if is_surname_shaped(words[-1].text):
        # "Слова Лазарева" may begin a sentence.
        found.person += 1 + (count > 1 and (not piece.opens or words[0].text.isascii()))
    if count == 1 and _is_acronym(words[0].text) and not piece.shouted:
        found.organisation += 2
    if count in (2, 3):
        found.person += 0.5
    if any(word.text == "&" for word in words):
        found.organisation += 3
    if any(word.text.isupper() and len(word.text) > 2 for word in words) and count > 1:
        found.organisation += 1
    _weigh_places(sight, piece, found)


def _is_acronym(text: str) -> bool:
    letters = text.replace(".", "")
    return 2 <= len(letters) <= 6 and letters.isupper()


def _weigh_places(sight: Sight, piece: Piece, found: Evidence) -> None:
    places = find_places(sight.page.words(piece.span), sight.page.language)
    if not places:
        if is_county(piece):
            found.place += 4
        return
    if not places[0].population and places[0].rank == 1:  # a region
        found.place += 2
    best = max(place.population for place in places)
    is_into = sight.low(piece.first - 1) in sight.grammar.into
    if sight.page.language in NOUNS_HIGH and not is_into:
        return  # "Kita" is Quito to the gazetteer
    found.place += 1.5 + (best > 100_000) + (best > 500_000) + 1.5 * is_into
    if _is_followed_by_state(sight, piece):
        found.place += 2


def _is_followed_by_state(sight: Sight, piece: Piece) -> bool:
    if piece.possessive or sight.token(piece.last + 1) != ",":
        return False
    following = sight.piece_at(piece.last + 2)
    is_place = following is not None and following.sort is Sort.PLACE
    return is_place or read_state_behind(sight, piece) is not None


def is_county(piece: Piece) -> bool:
    """Say whether a name is a county's or a parish's: "Laurel County"."""
    return len(piece.words) > 1 and piece.words[-1].text in (
        "County",
        "Parish",
        "Borough",
        "Oblast",
    )


def read_state_behind(sight: Sight, piece: Piece) -> Place | None:
    """Return the state in "Alexandria, Louisiana" or "Dallas, Tex."."""
    at = piece.last + 2
    if piece.possessive or sight.token(at - 1) != ",":
        return None
    following = sight.piece_at(at)
    words = sight.page.words(following.span) if following else sight.token(at)
    found = read_short_states().get(words)
    if found is None and following is not None and len(following.words) > 1:
        found = read_short_states().get(sight.token(at))  # "Charleston, W.Va. Governor"
    return found


def _weigh_before(sight: Sight, piece: Piece, found: Evidence) -> None:
    before = sight.before(piece)
    if before is not None and sight.is_adjacent(before, piece):
        found.person += {Sort.COURTESY: 5, Sort.TITLE: 4}.get(before.sort, 0)
        return
    if sight.low_courtesy(piece) is not None:
        found.person += 5
        return
    low = sight.low(piece.first - 1)
    if sight.page.language in ROMANCE and low not in sight.grammar.of:
        # "le président français Émile Garnier"
        found.person += 3 * sight.cutter.is_title_noun(sight.low(piece.first - 2))
    if sight.cutter.is_title_noun(low):
        found.person += 3
    elif low == "the" and not _is_modifier(sight, piece):
        found.organisation += 1.5
        found.person -= 2.5
    elif low in sight.grammar.into:
        found.person -= 1
        found.place += 0.5
    elif low in sight.grammar.says and not piece.possessive:
        found.person += 1.5


def _is_modifier(sight: Sight, piece: Piece) -> bool:
    """Say whether a common noun follows: "the Sanders campaign" has no article of its own."""
    following = sight.token(piece.last + 1)
    if not following[:1].islower() or piece.possessive:
        return piece.possessive
    small = (sight.grammar.openers, sight.grammar.says, sight.grammar.of)
    return not any(following in words for words in small)


def _weigh_after(sight: Sight, piece: Piece, found: Evidence) -> None:
    at = piece.last + 1
    if piece.possessive:
        return
    low = sight.low(at)
    if low in sight.grammar.says:
        found.person += 2
    elif low in ("who", "whose", "qui", "quien", "который", "которая", "який", "яка"):
        found.person += 3
    elif low == ",":
        _weigh_behind_comma(sight, at + 1, found)
    elif low in _BEING and sight.low(at + 1) in sight.grammar.the:
        found.person += 2.5 * _is_office(sight, at + 2)
    elif low == "(" and _BRACKETED_PARTY.match(sight.token(at + 1)[:1]) and len(piece.words) > 1:
        found.person += 2


def _weigh_behind_comma(sight: Sight, at: int, found: Evidence) -> None:
    first = sight.low(at)
    if _AGE.match(first) and sight.token(at + 1) in (",", ".", "and"):
        found.person += 4
    elif first in ("who", "whose"):
        found.person += 3
    elif first in sight.grammar.the or first in ("a", "an", "the"):
        found.person += 2.5 * _is_office(sight, at + 1)
    elif sight.cutter.is_title_noun(first):
        found.person += 1.5
    elif first in sight.titles.modifiers and sight.token(at)[0].islower():
        found.person += 2 * _is_office(sight, at)


def _is_office(sight: Sight, at: int) -> bool:
    """Say whether the head of the words from a token on is an office."""
    ahead = [sight.low(at + n) for n in range(5)]
    return any(map(sight.cutter.is_title_noun, _until(ahead, sight.grammar.of)))


def _until(words: Sequence[str], ends: frozenset[str]) -> Sequence[str]:
    for number, word in enumerate(words):
        if word in ends or word in (",", ".", "who"):
            return words[:number]
    return words
