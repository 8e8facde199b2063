"""What speaks for a piece being a person, an organisation or a place."""

import re
from dataclasses import dataclass

from dateline.claims.naming.forms import INFLECTED
from dateline.claims.naming.gazetteer import find_places, read_short_states
from dateline.claims.naming.lexicon import BARE_GENITIVE, NOUNS_HIGH, is_first_case, read_small
from dateline.claims.naming.pieces import Piece, Sort
from dateline.claims.naming.sight import Sight
from dateline.claims.naming.things import read_things
from dateline.claims.naming.towns import Place

_OWNER_ENDINGS = {"ru": ("я", "ы"), "uk": ("я", "и")}  # of places in the genitive, of few surnames
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
_SURELY = read_small("surely_things")
_PARKS = read_small("parks")
_BEFORE_PARKS = read_small("before_parks")
_PLACE_OPENERS = read_small("place_openers")
_CONTRACTED = read_small("contracted")
_COUNTIES = read_small("counties")
_LARGE = 90_000  # inhabitants of a town that has a club
_SAINTS = read_small("saints")
_BEHIND = read_small("persons_behind")
_NAMING = read_small("naming")
_FEELING = read_small("feeling")
_AUXILIARIES = read_small("auxiliaries")
_BEING = read_small("being")
_AGE = re.compile(r"\d{1,3}\Z")
_OWNERS = read_small("determiners")
_MOST_INTRODUCING = 9  # tokens of an office before a comma and a name
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
    is_month = words[0].low in sight.grammar.times  # "May Day"
    if words[-1].low in _THINGS and (is_month or not is_given_name(sight, words[0].text)):
        found.person -= 6
    if count > 1 and _is_surely_thing(words[-2].low, words[-1].low):
        found.person -= 6
    if _is_cut(sight, piece) or (count > 1 and words[0].low in _PLACE_OPENERS):
        found.person -= 5
    if _is_club(sight, piece):
        found.organisation += 3
        found.person -= 5
    if has_given_name(sight, piece):
        found.person += 4 if count <= 4 else 2
    if count >= 2 and any(len(word.text) == 1 and word.text.isupper() for word in words[:-1]):
        found.person += 2
    if is_surname_shaped(words[-1].text):
        # "Слова Лазарева" may begin a sentence.
        found.person += 1 + (count > 1 and (not piece.opens or words[0].text.isascii()))
    if count == 1 and sight.cutter.is_head(words[0].text):
        found.person -= 5  # "Police Federation"
    if count == 1 and _is_acronym(words[0].text) and not piece.shouted:
        found.organisation += 2
    if count in (2, 3):
        found.person += 0.5
    if any(word.text == "&" for word in words):
        found.organisation += 3
        found.person -= 3
    if count > 1 and words[-1].low in read_things("makers"):
        found.organisation += 3
        found.person -= 4
    if count > 1 and _is_double(words[-1].text) and not words[0].text.isupper():
        found.person += 1
    if count > 1 and piece.opens and sight.cutter.is_seen_small(words[0].low):
        found.person -= is_given_name(sight, words[0].text) is False  # "Yesterday Vale"
    if count > 1 and sight.page.language in BARE_GENITIVE and words[0].low in sight.grammar.common:
        found.person -= 4  # "Власти Киева"
    if count > 1 and any(sight.cutter.is_head(word.text) for word in words):
        found.person -= 3
    if count > 1 and words[-1].low in _COUNTIES:
        found.person -= 6  # "Anderson County"
    if any(word.text.isupper() and len(word.text) > 2 for word in words) and count > 1:
        found.organisation += 1
    _weigh_places(sight, piece, found)


def _is_surely_thing(before: str, last: str) -> bool:
    """Say whether the last two words of a name are a thing's, whatever stands before them."""
    return last in _SURELY or (last in _PARKS and before in _BEFORE_PARKS)


def _is_cut(sight: Sight, piece: Piece) -> bool:
    """Say whether a name begins with the last letter of an acronym: "Japan-U.S. Status"."""
    start, text = piece.span[0], sight.page.text
    return len(piece.words[0].text) == 1 and text[max(0, start - 1) : start] == "."


def _is_club(sight: Sight, piece: Piece) -> bool:
    """Say whether a large town and a word of many make the name: "the Miami Dolphins"."""
    words = piece.words
    last = words[-1].low
    if (
        len(words) < 2
        or not last.endswith("s")
        or last.endswith("ss")
        or sight.page.language != "en"
    ):
        return False
    if is_given_name(sight, words[0].text):
        return False
    town = find_places(sight.page.text[words[0].start : words[-2].end], "en")
    return any(place.population > _LARGE for place in town)


def _is_double(text: str) -> bool:
    """Say whether a word is of two names: "Nkosi-Hart"."""
    parts = text.split("-")
    is_high = all(part[:1].isupper() and part[1:].islower() for part in parts)
    return len(parts) == 2 and is_high and parts[0] not in ("Saint", "Sainte", "San", "St")


def _is_acronym(text: str) -> bool:
    letters = text.replace(".", "")
    return 2 <= len(letters) <= 6 and letters.isupper()


def _weigh_places(sight: Sight, piece: Piece, found: Evidence) -> None:
    places = find_places(sight.page.words(piece.span), sight.page.language)
    if not places:
        if is_county(piece):
            is_open = piece.words[-1].low == "parish" and has_given_name(sight, piece)
            found.place += 0 if is_open else 4
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
    words = piece.words
    is_high = words[-1].text[0].isupper() and len(words) > 1
    return is_high and (words[-1].low in _COUNTIES or words[-1].low == "parish")


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
    low = sight.low(piece.first - 1)
    is_dotted = low == "." and sight.low(piece.first - 2) in ("st", "ste")
    if is_dotted or (low in _SAINTS and sight.token(piece.first - 1)[0].isupper()):
        found.person -= 6  # "St. Lawrence Island"
        found.place += 1
    if sight.page.language in NOUNS_HIGH and low in _CONTRACTED:
        found.person -= 3  # "am Rand von Elmshorn"
    before = sight.before(piece)
    if _is_owner(sight, piece):
        found.place += 1
        return
    if before is not None and sight.is_adjacent(before, piece):
        found.person += {Sort.COURTESY: 5, Sort.TITLE: 4}.get(before.sort, 0)
        return
    if sight.low_courtesy(piece) is not None:
        found.person += 5
        return
    if sight.page.language in ROMANCE and low not in sight.grammar.of:
        # "le président français Émile Garnier"
        found.person += 3 * sight.is_office(piece.first - 2)
    is_owned = low in sight.grammar.of and sight.low(piece.first - 2) in sight.titles.heads
    if is_owned and len(piece.words) > 1 and not has_given_name(sight, piece):
        found.organisation += 2  # "president of Vale Steel"
    initial = piece.words[0].text.partition(".")[0]
    is_given = has_given_name(sight, piece) or len(initial) == 1
    is_closed = not is_given or sight.low(piece.last + 1) in (",", ".", ")", "")
    if low in read_things("companies") and is_closed:  # "the newspaper Chosun Ilbo reported"
        found.organisation += 2
        found.person -= 2
    if sight.is_office(piece.first - 1):
        found.person += 3
    elif low == "," and len(piece.words) > 1:
        found.person += 3 * (find_introduction(sight, piece) is not None)
    elif low == "the" and not _is_modifier(sight, piece):
        found.organisation += 1.5
        found.person -= 2.5
    elif low in sight.grammar.into:
        found.person -= 1
        found.place += 0.5
    elif low in sight.grammar.says and not piece.possessive:
        found.person += 1.5 * (low not in _NAMING)  # "a chip called Vale Core"


def _is_owner(sight: Sight, piece: Piece) -> bool:
    """Say whether an office's owner stands behind it, in its case: "губернатор Севастополя"."""
    at, words = piece.first - 1, piece.words
    endings = _OWNER_ENDINGS.get(sight.page.language)
    if endings is None or not sight.is_office(at):
        return False
    if any(word.text.isupper() and len(word.text) > 1 for word in words) and not piece.shouted:
        return True  # "начальник Генштабу ЗСУ"
    if len(words) > 1:
        return False
    return is_first_case(sight.low(at), sight.page.language) and words[0].low.endswith(endings)


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
    elif low in sight.grammar.kinds and not has_given_name(sight, piece):
        found.organisation += 2  # "Fianna Fáil party"
        found.person -= 3
    elif low in _BEHIND:
        found.person += 3
    elif low == ",":
        _weigh_behind_comma(sight, at + 1, found)
    elif low in _BEING and sight.low(at + 1) in sight.grammar.the and _is_office(sight, at + 2):
        found.person += 2.5
    elif len(piece.words) > 1 and is_subject(sight, piece):
        # "Слова Лазарева услышали" begins with no given name.
        is_firm = sight.page.language not in INFLECTED
        found.person += 1.5 if _is_feeling(sight, at) else 0.5 * is_firm
    elif low == "(" and _BRACKETED_PARTY.match(sight.token(at + 1)[:1]) and len(piece.words) > 1:
        found.person += 2


def is_subject(sight: Sight, piece: Piece) -> bool:
    """Say whether a name opens a sentence and a verb may follow it."""
    behind = sight.token(piece.last + 1)
    is_open = piece.opens and not piece.possessive and not piece.shouted
    if not is_open or not behind[:1].islower() or not sight.grammar.openers:
        return False
    if "\n" in sight.page.text[piece.span[1] : sight.tokens[piece.last + 1].start]:
        return False
    low, grammar = behind.casefold(), sight.grammar
    if sight.page.language == "en" and low in _AUXILIARIES:
        return True
    return not any(low in words for words in (grammar.openers, grammar.of, grammar.the))


def _is_feeling(sight: Sight, at: int) -> bool:
    """Say whether what follows a name is a verb of what people alone do: "has not slept"."""
    ahead = (sight.low(at + n) for n in range(3))
    return next((low for low in ahead if low not in _AUXILIARIES), "") in _FEELING


def _weigh_behind_comma(sight: Sight, at: int, found: Evidence) -> None:
    first = sight.low(at)
    if _AGE.match(first) and sight.token(at + 1) in (",", ".", "and"):
        found.person += 4
    elif first in _BEHIND:
        found.person += 3
    elif first in sight.grammar.the or first in ("a", "an", "the"):
        is_said = _is_office(sight, at + 1)
        found.person += 2.5 if is_said else 1.5 * _is_agent(sight, at + 1)
    elif sight.is_office(at):
        found.person += 1.5
    elif first in sight.titles.modifiers and sight.token(at)[0].islower():
        found.person += 2 * _is_office(sight, at)


def _is_office(sight: Sight, at: int) -> bool:
    """Say whether the head of the words from a token on is an office."""
    return any(map(sight.is_office, _until(sight, at)))


def _is_agent(sight: Sight, at: int) -> bool:
    """Say whether the head of the words from a token on says who does something."""
    reach = _until(sight, at)
    return bool(reach) and sight.is_agent(reach[-1])


def _until(sight: Sight, at: int) -> range:
    """Return the tokens of a phrase from one on, at most five, up to what joins another to it."""
    for end in range(at, at + 5):
        low = sight.low(end)
        if low in sight.grammar.of or low in (",", ".", "who", ""):
            return range(at, end)
    return range(at, at + 5)


def find_introduction(sight: Sight, piece: Piece) -> int | None:
    """Return where an office begins that commas set off from a name: "The coroner, Ann Vale,"."""
    closing = sight.low(piece.last + 1)
    is_thing = sight.low(piece.last + 2) in ("which", "based")  # "the owner, Vale Homes, which"
    if is_thing or any(len(word.text) > 2 and word.text.isupper() for word in piece.words):
        return None
    if closing not in (",", ".", "", ";", "–", "—") and closing not in sight.grammar.says:
        return None
    offices = 0
    for at in range(piece.first - 2, max(piece.first - 2 - _MOST_INTRODUCING, -1), -1):
        low, held = sight.low(at), sight.piece_at(at)
        offices += sight.is_office(at)
        if offices and low != sight.bare(at):  # "L'entraîneuse, Ann Vale,"
            return at
        if offices and (low in sight.grammar.the or low in _OWNERS):
            return at + 1
        if held is not None and held.possessive:
            return held.first if offices else None
        if low == "," or low in sight.grammar.says or not low[:1].isalnum():
            return None
    return None
