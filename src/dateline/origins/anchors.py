"""What a translation leaves as it is: numbers and names, also from one alphabet into another.

A name is known by its consonants, each as one of a few sounds, so that Ulvik, Ульвік and أولفيك are
one. Nothing is looked up and no language is known; what is no name seldom agrees by accident.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby, islice

LONGEST_TEXT = 12_000  # code points that are looked at
_MOST = 400  # anchors of one text
_NUMBER = re.compile(r"\d+(?:[.,٬'’\u00a0\u202f\u2009 ]\d{3}(?!\d))*(?:[.,٫]\d{1,2}(?!\d))?")
_NOT_DIGIT = re.compile(r"\D")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_CASELESS = re.compile(r"[\u0590-\u06ff]")
_STARTS = re.compile(r"(?:^|[.!?…:;؟]|\n)[\s\"“”„«»‘’'(\[–—-]*$")
_LEAST, _MOST_SOUNDS = 3, 5

# The sounds of letters of names; vowels have none, nor has h, which comes and goes. Letters that
# two sounds share ("c") are given the more frequent one.
_SOUNDS = {
    "B": "bpбпβπبپפ",
    "F": "fvwfфвφفב",
    "T": "tdтдτδθتطدضטתד",
    "K": "kgqcкгґхκγχكقغخגכק",
    "S": "szxjсзцшщчжσςζξسصزشثذظجزסצש",
    "L": "lлλلל",
    "M": "mмμمמם",
    "N": "nнνنנן",
    "R": "rрρرר",
}
_SOUND = {letter: sound for sound, letters in _SOUNDS.items() for letter in letters}
_SPELLED = (("tsch", "s"), ("sch", "s"), ("tch", "s"), ("ch", "s"), ("sh", "s"), ("ph", "f"))


@dataclass(frozen=True, slots=True)
class Anchors:
    """The numbers and names of a text, each in the order in which they stand."""

    numbers: tuple[str, ...]
    names: tuple[str, ...]
    is_cased: bool  # False where every word may be a name: Arabic, Hebrew


def find_anchors(text: str) -> Anchors:
    """Return the numbers of two digits and more, and the names, of a text."""
    text = text[:LONGEST_TEXT]
    cased = not _CASELESS.search(text)
    names = (key for match in _WORD.finditer(text) if (key := _read_name(text, match, cased)))
    numbers = (key for match in _NUMBER.finditer(text) if (key := _read_number(match.group())))
    return Anchors(tuple(islice(numbers, _MOST)), tuple(islice(names, _MOST)), cased)


def name_agrees(one: str, other: str) -> bool:
    """Tell whether two names may be one, in two spellings or two grammatical cases."""
    return one.startswith(other) or other.startswith(one)


def number_agrees(one: str, other: str) -> bool:
    """Tell whether two numbers are the same."""
    return one == other


def _read_number(written: str) -> str:
    """Return a number without its thousands' marks; "" where it has one digit."""
    whole, mark, rest = written.partition("٫")
    if not mark and len(written) > 3 and written[-3:][0] in ".,":
        whole, rest = written[:-3], written[-2:]
    elif not mark and len(written) > 2 and written[-2] in ".,":
        whole, rest = written[:-2], written[-1]
    digits = "".join(str(unicodedata.decimal(d)) for d in _NOT_DIGIT.sub("", whole))
    decimals = "".join(str(unicodedata.decimal(d)) for d in _NOT_DIGIT.sub("", rest))
    if decimals:
        return f"{digits}.{decimals}"
    return digits if len(digits) > 1 else ""


def _read_name(text: str, match: re.Match[str], cased: bool) -> str:
    word = match.group()
    if cased and not (word[0].isupper() and _is_inside(text, match.start())):
        return ""
    lowered = unicodedata.normalize("NFD", word.casefold())
    for written, sound in _SPELLED:
        lowered = lowered.replace(written, sound)
    sounds = [_SOUND[letter] for letter in lowered if letter in _SOUND]
    kept = [key for key, _ in groupby(sounds)][:_MOST_SOUNDS]
    return "".join(kept) if len(kept) >= _LEAST else ""


def _is_inside(text: str, start: int) -> bool:
    """Tell whether a word does not begin its sentence, where every word has a capital."""
    return not _STARTS.search(text[max(0, start - 6) : start])
