"""Words for the search: the same tokens in SQLite and PostgreSQL, in any alphabet.

Case, accents and vowel points are dropped, and what no reader sees: soft hyphens, places where a
line may break or may not. Letters that are no letter with an accent, but are typed as another where
a keyboard lacks them, become that one ("Łódź" is "lodz"). Scripts that are written without spaces
(Chinese, Japanese, Thai, …) become one token a letter, so that a word in them is found as a phrase.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

UNSEEN = "\u00ad\u200b\u2060"  # inside words; the joiners of Persian and Indic scripts are none
# Accents; Hebrew and Arabic vowel points, and the line that only draws an Arabic word out.
_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670"
    f"{UNSEEN}]"
)
_HIDDEN = re.compile(f"[{UNSEEN}]")
# Letters that Unicode does not take apart; the last four are those of Arabic and Persian.
_LETTERS = {
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ħ": "h",
    "ŧ": "t",
    "\u0629": "\u0647",
    "\u0649": "\u064a",
    "\u06cc": "\u064a",
    "\u06a9": "\u0643",
}
_LETTER = re.compile("[{}]".format("".join(_LETTERS)))
# How German and the languages of the North write a letter that a keyboard lacks.
_SPELLED = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
_IS_SPELLED = re.compile("[{}]".format("".join(_SPELLED)))
_UNSPACED = (
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17d3\u3041-\u3096\u309d-\u30fa\u30fc-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
# Indic vowel signs are marks, which `\\w` leaves out: the blocks as a whole, but for the danda.
_INSIDE = f"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff{UNSEEN}"
_TOKEN = re.compile(f"[{_UNSPACED}]|(?:[^\\W_{_UNSPACED}]+|[{_INSIDE}]+)+")
_SPACED = re.compile(r"[^\W_]+")  # the same for what has none of those, three times as fast
_NOT_SPACED = re.compile(f"[{_UNSPACED}{_INSIDE}]")
_PLAIN = re.compile("[a-z0-9]{1,60}")  # the same for folded ASCII
_LINES = re.compile(r"[^\W_]+|\n")
_BLANKS = bytes(code if chr(code).isalnum() and code < 128 else 32 for code in range(256))
LONGEST = 60  # letters of a token
MOST = 100_000  # letters of a text that are searched
_LINE = 1000  # letters of a short line that are


def fold(text: str) -> str:
    """Return `text` without case, accents, vowel points and what is unseen."""
    if text.isascii():
        return text.lower()
    # Once more at the end: "𝕊" is a capital only once it is taken apart.
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold())).casefold()
    if bare.isascii():
        return bare
    return unicodedata.normalize("NFC", _LETTER.sub(_replace_letter, bare))


def _replace_letter(match: re.Match[str]) -> str:
    return _LETTERS[match.group()]


def spell_out(text: str) -> str:
    """Return `text` with "ue" for "ü" and the like, "" where it has no such letter."""
    folded = "" if text.isascii() else unicodedata.normalize("NFC", text.casefold())
    spelled = _IS_SPELLED.sub(lambda match: _SPELLED[match.group()], folded)
    return spelled if spelled != folded else ""


def list_tokens(text: str) -> list[str]:
    """Return the tokens of the first 100,000 letters of `text`, in order, each bounded."""
    return cut_folded(fold(text[:MOST]))


def write_lines(lines: Sequence[str]) -> list[str]:
    """Return the tokens of each of many short lines between spaces: " like this ".

    So that a phrase is found by looking for its own tokens between spaces.
    """
    folded = fold("\n".join(line[:_LINE].replace("\n", " ") for line in lines)).split("\n")
    written = [""] * len(folded)
    special = [at for at, line in enumerate(folded) if not is_spaced(line)]
    for at in special:
        written[at], folded[at] = f" {' '.join(_TOKEN.findall(folded[at]))} ", ""
    found = " ".join(_LINES.findall("\n".join(folded)))  # in one go: faster
    simple = f" {found} ".split("\n")
    return [one or other for one, other in zip(written, simple, strict=True)][: len(lines)]


def is_spaced(folded: str) -> bool:
    """Say whether there is neither a script without spaces nor a mark inside words."""
    return folded.isascii() or not _NOT_SPACED.search(folded)


def cut_folded(folded: str) -> list[str]:
    """Return the tokens of a text that `fold` has folded."""
    if folded.isascii():
        # Bytes are translated and split three times as fast as an expression finds words.
        tokens = folded.encode().translate(_BLANKS).decode().split()
        is_short = max(map(len, tokens), default=0) <= LONGEST
        return tokens if is_short else _PLAIN.findall(folded)
    found = (_SPACED if is_spaced(folded) else _TOKEN).findall(folded)
    return [token[:LONGEST] for token in found]


def list_bare(text: str) -> list[str]:
    """Return the words of the first 100,000 letters of `text`, in small letters, accents kept."""
    if text.isascii():
        return cut_folded(text[:MOST].lower())
    # No letter of Turkish falls apart: "İ" is one in small letters too.
    seen = _HIDDEN.sub("", text[:MOST].replace("İ", "i"))
    return cut_folded(unicodedata.normalize("NFC", seen.casefold()))


def find_words(text: str, most: int) -> list[re.Match[str]]:
    """Return the first `most` words as they stand in the first 100,000 letters of `text`."""
    return list(islice(_find_words(text[:MOST]), most))


def _find_words(text: str) -> Iterator[re.Match[str]]:
    return (_SPACED if is_spaced(text) else _TOKEN).finditer(text)


def list_words(text: str) -> list[str]:
    """Return the words of the first 100,000 letters of `text` as they stand."""
    text = text[:MOST]
    return (_SPACED if is_spaced(text) else _TOKEN).findall(text)


def list_pairs(tokens: Sequence[str]) -> list[str]:
    """Return a token for each two that are neighbours, which no word equals or begins."""
    return [f"_{one}_{other}" for one, other in pairwise(tokens)]
