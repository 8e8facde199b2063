"""Words: the few things every room does with plain text.

Layer 0. Nothing here knows a language's grammar; offsets are Unicode code points.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

CUT = " …"  # what an excerpt ends with, where there is more
_SPACE = re.compile(r"\s+")
_NO_BREAK = ("\u00a0", "\u202f")
_FIRST_VOWEL_SIGN = "\u0900"  # marks before it (Latin, Cyrillic, Hebrew, Arabic) may be left out
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
# Inside words: a soft hyphen, a place where a line may break, one where it may not.
_INSIDE_WORDS = re.compile("[\xad\u200b\u2060]")
# C0 and C1 controls, and the marks that turn the reading direction of what follows.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)

# A word with its marks (Hindi vowels, Arabic points), or one letter of an unspaced script. Of ASCII
# only letters and digits belong to words; beyond it, all but these.
_LETTERS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # and Japan's syllables
_UNSPACED = _LETTERS + _IDEOGRAPHS
_MARKS = "\x80-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb-\xbf\u1680\u2000-\u206f\u3000-\u303f\uff00-\uff0f"
_TOKEN = re.compile(f"[{_UNSPACED}]|[^\x00-/:-@\\[-`{{-\x7f{_MARKS}{_UNSPACED}]+")
# What counts as a word where words are rationed. A script without spaces says nothing of its words:
# they have about two ideographs, four letters; a run that no word has is as many as would fit.
_RATIONED = (
    rf"[^\w\s]{{,3}}(?:[{_IDEOGRAPHS}]{{1,2}}|[{_LETTERS}]{{1,4}})[^\w\s]*|[^\s{_UNSPACED}]{{1,30}}"
)
_RATION = re.compile(_RATIONED)
# An address as it stands in a text, with the bracket before it; without "https://", it has a path.
_ADDRESSED = (
    r"(?<![a-z0-9@/.-])[(\[<]?(?:https?://|www\.|(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}/)"
    rf"[^\s{_UNSPACED}]*"
)
_ADDRESS = re.compile(_ADDRESSED, re.IGNORECASE)
_ADDRESS_TAG_OR_WORD = re.compile(rf"{_ADDRESSED}|[#＃@＠]\w+|({_RATIONED})", re.IGNORECASE)
_APART = re.compile(f"[{_MARKS}{_UNSPACED}]")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_BLANKS = {code: " " for code in range(128) if not chr(code).isalnum()}
_BLANK_BYTES = bytes(ord(_BLANKS.get(code, chr(code))) for code in range(256))


def squeeze(text: str) -> str:
    """Return `text` as one line: controls and unseen marks dropped, white space made one space.

    A no-break space that stands alone stays: French sets one inside its quotation marks.
    """
    return _SPACE.sub(_join_space, _UNSEEN.sub(" ", _INSIDE_WORDS.sub("", text))).strip()


def _join_space(run: re.Match[str]) -> str:
    return run.group() if run.group() in _NO_BREAK else " "


def find_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word of `text`, case-folded, with its start and end offset."""
    for match in _WORD.finditer(text):
        yield match.group().casefold(), match.start(), match.end()


def list_words(text: str) -> list[str]:
    """Return the words of `text`, case-folded, in order."""
    return [match.group() for match in _WORD.finditer(text.casefold())]


def list_tokens(text: str) -> list[str]:
    """Return the words of a text in any script, case-folded, in order, for counting and comparing.

    Unlike `list_words`, a letter of a script without spaces (Chinese, Japanese, Thai, Khmer, Lao,
    Burmese) is a token of its own, and a word keeps its combining marks.
    """
    if not text.isascii():
        marks = "".join(set(_APART.findall(text)))
        if _IS_UNSPACED.search(marks):
            return _TOKEN.findall(text.casefold())
        for mark in marks:
            text = text.replace(mark, " ")  # before the case: no letter folds to a mark
    folded = text.casefold()
    if folded.isascii():  # by now: "it’s" was the only thing in it that was not
        return folded.translate(_BLANKS).split()
    # Bytes are translated many times faster than letters, and those of UTF-8 below 128 are ASCII.
    blank = folded.encode("utf-8", "surrogatepass").translate(_BLANK_BYTES)
    return blank.decode("utf-8", "surrogatepass").split()


def find_tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words that `list_tokens` lists, each with its start and end offset in `text`."""
    for match in _TOKEN.finditer(text):
        yield match.group().casefold(), match.start(), match.end()


def make_slug(text: str, *, longest: int = 60) -> str:
    """Return `text` as a readable part of an address; letters of any alphabet are kept.

    Latin letters lose their accents, Arabic and Hebrew ones their points. The result is at most
    `longest` characters, cut at a word, and "" where nothing is left.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    slug = "-".join("".join(map(_fold_letter, folded)).split())
    if len(slug) > longest:
        cut = slug[: longest + 1].rfind("-")
        slug = slug[: cut if cut > longest // 2 else longest].strip("-")
    return slug


def _fold_letter(letter: str) -> str:
    """Return what stands for a letter in a slug, a space for what is none."""
    if not letter.isalnum():
        is_mark = unicodedata.category(letter) in ("Mn", "Mc")
        if not is_mark:
            return " "
        # In most scripts of India and beyond a mark is a vowel: without it there is no word left.
        return "" if letter < _FIRST_VOWEL_SIGN else letter
    # Only for Latin and Greek: in other scripts the mark makes another letter (Cyrillic й).
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() or "\u0370" <= base <= "\u03ff" else letter


def base_language(tag: str) -> str:
    """Return a language without its region: "de" of "de-AT" (BCP 47)."""
    return tag.partition("-")[0].casefold()


def fingerprint(text: str) -> str:
    """Return a hash that is equal for texts that differ only in case, spacing and marks."""
    words = "\n".join(list_words(unicodedata.normalize("NFKC", text)))
    return hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=16).hexdigest()


def count_words(text: str) -> int:
    """Return how many words a text is where words are rationed, in any script."""
    return sum(1 for _ in _RATION.finditer(text))


def has_words(text: str, least: int) -> bool:
    """Say whether a text has so many words of letters, counted as `count_words` does.

    Addresses, hashtags, names of accounts, numbers and pictures (emoji) are none.
    """
    found = (match.group(1) for match in _ADDRESS_TAG_OR_WORD.finditer(text))
    words = (word for word in found if word and any(map(str.isalpha, word)))
    return sum(1 for _ in islice(words, least)) == least


def drop_addresses(text: str) -> str:
    """Return a text as one line without the web addresses in it."""
    return squeeze(_ADDRESS.sub(" ", text))


def excerpt(text: str, words: int) -> str:
    """Return the first `words` words of `text` as it stands, with "…" where it was cut.

    A script without spaces is cut where as many words end, about (`count_words`). No words are "".
    """
    if words <= 0:
        return ""
    for count, match in enumerate(_RATION.finditer(text), start=1):
        if count > words:
            return text[: match.start()].rstrip() + CUT
    return text.strip()
