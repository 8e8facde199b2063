"""The unit of a number: money before or behind it, symbols, words, rates ("per barrel")."""

from dateline.claims.figures.lexicon import Lexicon
from dateline.claims.figures.numbers import Number
from dateline.claims.figures.pieces import HYPHENS, UNSPACED, Found, Pieces

SHARE, TIMES, PERSON = "share", "times", "person"
AGE = "year of age"
_LINES = frozenset({240, 360, 480, 576, 720, 1080, 1440, 2160})  # of a picture: "1080p"


def find_money_before(pieces: Pieces, at: int, lexicon: Lexicon) -> Found[str] | None:
    """Return the money that is named just before a number: "US$", "EUR", where it begins."""
    units = lexicon.units
    found = units.money.match_back(pieces, at)
    if found is not None:
        return found if pieces.gap(at) in _NEAR and not _is_inside(pieces, found.at) else None
    weak = units.money_before.match_back(pieces, at) or units.ascii_money.match_back(pieces, at)
    if weak is None or _is_inside(pieces, weak.at):
        return None
    return weak if _is_amount(pieces, at) else None


def _is_inside(pieces: Pieces, at: int) -> bool:
    """Say whether letters that look like money end a longer name: "PLX-R18"."""
    if not (pieces.is_glued(at) and pieces.word(at)[:1].isalpha()):
        return False
    return pieces.word(at - 1)[-1:].isalnum() or pieces.word(at - 1) in HYPHENS


_NEAR = frozenset(("", " ", "\u00a0", "\u202f"))


def _is_amount(pieces: Pieces, at: int) -> bool:
    """Say whether digits behind letters are money ("PS6m", "R50"), not a name ("PS5", "R2")."""
    if not pieces.is_number(at) or pieces.gap(at) not in _NEAR:
        return False
    is_long = len(pieces.word(at)) > 2
    return is_long or (pieces.is_glued(at + 1) and pieces.word(at + 1)[:1].isalpha())


def read_unit(pieces: Pieces, number: Number, lexicon: Lexicon) -> Found[str]:
    """Return the unit that stands behind a number and where it ends; "" where none does."""
    if number.kind:
        return Found(number.end, number.kind)
    found = _unit_at(pieces, _start(pieces, number, lexicon), number, lexicon)
    if found is None:
        return Found(number.end, "")
    return _with_rate(pieces, _judge_pounds(pieces, number, found, lexicon), lexicon)


def _start(pieces: Pieces, number: Number, lexicon: Lexicon) -> int:
    end = number.end
    if number.is_vague and pieces.low(end) in lexicon.numbers.of:  # "hundreds of kilometres"
        return end + 1
    if pieces.low(end) in lexicon.grammar.more:  # "two more weeks"
        return end + (lexicon.units.words.match(pieces, end + 1) is not None)
    is_joined = pieces.word(end) in HYPHENS and pieces.is_glued(end)
    return end + 1 if is_joined else end


def _unit_at(pieces: Pieces, at: int, number: Number, lexicon: Lexicon) -> Found[str] | None:
    units = lexicon.units
    found = units.money.match(pieces, at) or units.money_after.match(pieces, at)
    if found is not None and _is_sign(pieces, at, found, number):
        return found
    word = units.words.match(pieces, at)
    if word is not None and _is_name(pieces, at, word, lexicon):
        word = None
    symbol = units.symbols.match(pieces, at)
    if symbol is not None and (word is None or symbol.at > word.at):
        return symbol if number.in_digits and _is_symbol(pieces, at, symbol, lexicon) else word
    return word


def _is_name(pieces: Pieces, at: int, found: Found[str], lexicon: Lexicon) -> bool:
    """Say whether a unit's word is a name here: "2016 Stone"; German writes all nouns high."""
    if found.at > at + 1 or lexicon.language == "de" or found.value in ("celsius", "fahrenheit"):
        return False
    word = pieces.word(at)
    return word[:1].isupper() and word[1:].islower()


def _is_sign(pieces: Pieces, at: int, found: Found[str], number: Number) -> bool:
    """Say whether a money sign belongs to the number before it, not to the one behind it."""
    if pieces.is_number(found.at) and pieces.is_glued(found.at):
        return False
    word = pieces.word(at)
    if word == "p" and (not pieces.is_glued(at) or number.value in _LINES):
        return False
    if word == "$" and not pieces.is_glued(at):
        return not pieces.is_number(found.at)
    return len(word) > 1 or not word.isalpha() or pieces.is_glued(at) or not word.isascii()


def _is_symbol(pieces: Pieces, at: int, found: Found[str], lexicon: Lexicon) -> bool:
    word = pieces.word(at)
    if pieces.is_glued(found.at) and _is_letter(pieces.word(found.at)):
        return False
    if word in ("C", "F") and pieces.is_glued(at) and pieces.is_high(at - 2):
        return False  # "Long March 4C"
    is_short = found.at == at + 1 and len(word) == 1 and word.isalpha()
    if not is_short or pieces.is_glued(at):
        return True
    return word in lexicon.units.spaced or pieces.word(at + 1) == "/"


def _is_letter(word: str) -> bool:
    return word[:1].isalnum() and word < UNSPACED


def _judge_pounds(
    pieces: Pieces, number: Number, found: Found[str], lexicon: Lexicon
) -> Found[str]:
    """Decide whether "pounds" weigh or pay: millions of them and prices are money."""
    if found.value != "pound-mass" or not pieces.low(found.at - 1).startswith("pound"):
        return found
    before = pieces.lows[max(0, number.first - 6) : number.first]
    if not lexicon.grammar.weighed.isdisjoint(pieces.lows[found.at : found.at + 3]):
        return found
    is_money = number.scale >= 1000 or not lexicon.grammar.money_words.isdisjoint(before)
    return Found(found.at, "pound sterling") if is_money else found


def _with_rate(pieces: Pieces, unit: Found[str], lexicon: Lexicon) -> Found[str]:
    if unit.value in (PERSON, AGE):
        return unit
    is_joined = pieces.word(unit.at) in HYPHENS and pieces.is_glued(unit.at)  # "$70-a-share"
    per = lexicon.units.per.match(pieces, unit.at + is_joined)
    of = lexicon.units.per_of.match(pieces, per.at) if per is not None else None
    if of is None:
        return unit
    return Found(of.at, f"{unit.value} per {of.value}")


def read_money_behind(pieces: Pieces, number: Number, money: str, lexicon: Lexicon) -> Found[str]:
    """Return the unit of a number with money before it: "$31.20 US", "€25 million a year"."""
    end = number.end
    if money == "dollar" and pieces.word(end) in ("US", "U.S.", "USD"):
        end += 1
    named = lexicon.units.words.match(pieces, end)
    if named is not None and named.value in lexicon.units.kinds:
        end = named.at
    return _with_rate(pieces, Found(end, money), lexicon)
