"""Whether two words are one name in two forms: grammar's endings, initials, ways of writing."""

from collections.abc import Sequence

from dateline.claims.naming.folding import fold_name_word, fold_word, letters_of
from dateline.claims.naming.lexicon import read_given_names

INFLECTED = ("ru", "uk", "be", "bg", "sr", "mk", "el", "pl", "cs", "sk", "hr", "sl", "lt", "lv")
_STEM = 3  # letters that two forms of a word share at least
_ENDING = 3  # letters at its end that grammar may change
_VOWELS = frozenset("aeiouyаеєиіїоуыэюяёαεηιουωάέήίόύώϊ")


def is_same_word(first: str, second: str, language: str) -> bool:
    """Say whether two words are one name's forms."""
    if first == second:
        return True
    a, b = fold_name_word(first), fold_name_word(second)
    if a == b:
        return bool(a)
    if language in INFLECTED:
        return _is_inflected(first.casefold(), second.casefold())
    if language in ("de", "nl", "sv", "da", "no", "nb"):
        c, d = (fold_name_word(word.removesuffix("s")) for word in (first, second))
        return a + "s" == b or b + "s" == a or (c == b != "" or a == d != "")
    return False


def _is_inflected(a: str, b: str) -> bool:
    shared = 0
    for left, right in zip(a, b, strict=False):
        if left != right:
            break
        shared += 1
    longest = max(len(a), len(b))
    rests = (a[shared:], b[shared:])
    if shared < max(_STEM, longest - _ENDING - (longest > 9)):
        return False
    # An ending begins with a vowel or is none ("Путин", "Путиным"; "Мария", "Марии").
    return all(not rest or rest[0] in _VOWELS or len(rest) <= 2 for rest in rests)


def is_nominative(word: str, is_female: bool) -> bool:
    """Say whether a Cyrillic or Greek name looks like its first case."""
    low = word.lower()  # which keeps the last sigma of Greek
    if low[-1] in "ςν" or (low[0] > "\u036f" and low[0] < "\u0400"):
        return low.endswith(("ς", "η", "α", "ώ", "ω")) if is_female else low.endswith("ς")
    if is_female:
        return low.endswith(("а", "я", "ь", "о", "к", "н", "ч", "р"))
    return not low.endswith(
        (
            "ого",
            "ому",
            "им",
            "ым",
            "ом",
            "ем",
            "ову",
            "еву",
            "ові",
            "у",
            "ю",
            "ова",
            "ева",
            "ина",
            "іна",
            "ым",
        )
    )


def guess_nominative(word: str, sex: str, language: str) -> str:
    """Return the first case of a surname, by the endings that Slavic and Greek surnames have."""
    if language == "el":
        table = "greek_masculine" if sex != "f" else ""
    else:
        is_slavic = language in ("ru", "uk", "be")
        table = {"m": "masculine", "f": "feminine"}.get(sex, "") if is_slavic else ""
    for ending, first in letters_of(table).items() if table else ():
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + first
    return word


_GREEK_GENITIVES = ("ης", "ου", "ων", "ών", "ας")
_FIXED = "иоеэіє"  # vowels in which given names end that have one case
_GIVEN_ENDINGS = {
    "el": ("ς", "ος", "ης", "ας", "α", "η", ""),
    "": ("й", "", "ь", "а", "я", "о"),
}


def find_first_given(word: str, language: str, *, cut: bool) -> str:
    """Return a given name in its first case and its own letters, "" where that cannot be told.

    `cut`: it is known to stand in another case, as its surname does ("Ивана Петрова"), though it is
    some other name's first case as it stands.
    """
    given = read_given_names()
    is_first = word[-1] == "ς" or (not cut and fold_word(word) in given)
    if is_first or (cut and word[-1] in _FIXED):
        return word
    endings = _GIVEN_ENDINGS.get(language, _GIVEN_ENDINGS[""])
    stems = [*(word[:-size] for size in (1, 2) if len(word) > size + 2), word]
    forms = [
        stem + ending
        for stem in stems
        for ending in endings
        if stem + ending != word and _may_end(stem, ending)
    ]
    known = next((form for form in forms if fold_word(form) in given), "")
    return known or (word if fold_word(word) in given else "")


def find_listed_given(words: Sequence[str]) -> int:
    """Return where a Greek name begins behind a genitive, 0 for none: "Λύσης Κυριάκος Βαλλής"."""
    given, inner = read_given_names(), range(1, len(words) - 1)
    found = next((n for n in inner if fold_word(words[n]) in given), 0)
    return found if words[found - 1].endswith(_GREEK_GENITIVES) else 0


def _may_end(stem: str, ending: str) -> bool:
    """Say whether a Cyrillic or Greek stem may have an ending of the first case."""
    is_open = stem[-1] in _VOWELS
    return ending in ("й", "я", "ς") if is_open else ending not in ("й", "ς")


def list_nominatives(folded: str) -> list[str]:
    """Return what an inflected given name, folded, may be in its first case."""
    stems = [folded[:-n] for n in (1, 2, 3) if len(folded) - n > n]
    return [
        stem + end
        for stem in stems
        for end in ("", "a", "ya", "i", "iy", "o", "s", "os", "is", "as", "y")
    ]
