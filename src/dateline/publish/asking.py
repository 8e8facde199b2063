"""The language of the search box: what a reader types, in parts, and back.

    flood -warning "state of emergency" evacuat*
    outlet:bbc lang:de from:2026-05-01 to:2026-05 said-by:"Ilse Marten" person:NATO place:Kherson
    story:12 section:World said-by:=ilse-marten

Words and phrases must all stand in an article. `-` before a part leaves out what has it; `*` behind
a word takes every word that begins so; `=` before the key of a name means nobody else who is called
so. A word with a colon that is none of these operators is a word. No input raises, and each is read
in one pass.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from dateline.text import squeeze

LONGEST = 400  # characters that are read
MOST = 40  # parts that are read


class Operator(StrEnum):
    """What a part of a search is about, as it is written before the colon."""

    WORDS = ""
    OUTLET = "outlet"
    LANGUAGE = "lang"
    SINCE = "from"
    UNTIL = "to"
    PERSON = "person"
    SAID_BY = "said-by"
    PLACE = "place"
    STORY = "story"
    SECTION = "section"


NAMED = (Operator.PERSON, Operator.SAID_BY, Operator.PLACE)  # whose value is a name, or a key


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a search: words that stand together, or an operator with its value."""

    value: str
    operator: Operator = Operator.WORDS
    without: bool = False  # what has it is left out
    prefix: bool = False  # the last word may go on
    exact: bool = False  # the value is a key, and means no namesake


_QUOTES = '"“”„«»「」『』'
_NO_QUOTES = dict.fromkeys(map(ord, _QUOTES), " ")
_NAMES = "|".join(re.escape(each) for each in Operator if each)
_PART = re.compile(
    rf"(?:(?<!\S)(?P<without>-)(?=[^\s-]))?(?:(?P<operator>{_NAMES}):(?P<exact>=)?(?=\S))?"
    rf"(?:[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)[{_QUOTES}](?P<star>\*)?|(?P<plain>[^\s{_QUOTES}]+))",
    re.IGNORECASE,
)


def parse_search(text: str) -> tuple[Part, ...]:
    """Return the parts of what a reader typed, in order, each once."""
    found: dict[Part, None] = {}
    for match in _PART.finditer(squeeze(text[: 4 * LONGEST])[:LONGEST]):
        part = _read_part(match)
        if part.value:
            found[part] = None
    return tuple(found)[:MOST]


def _read_part(match: re.Match[str]) -> Part:
    operator = Operator((match["operator"] or "").lower())
    without = bool(match["without"])
    if match["exact"]:
        value = squeeze(match["quoted"] or match["plain"] or "")
        is_key = operator in NAMED
        return Part(value if is_key else f"={value}", operator, without, exact=is_key)
    if match["quoted"] is not None:
        value = squeeze(match["quoted"])
        return Part(value, operator, without, bool(match["star"]) and not operator)
    value = match["plain"]
    prefix = not operator and len(value) > 1 and value.endswith("*")
    return Part(value[:-1] if prefix else value, operator, without, prefix)


def write_search(parts: tuple[Part, ...]) -> str:
    """Return parts as a reader would type them; `parse_search` reads the same out of it."""
    return " ".join(write_part(part) for part in parts)


def write_part(part: Part) -> str:
    """Return one part as a reader would type it, quoted only where it must be.

    Quotation marks inside it cannot be written; for what is looked for they are as good as spaces.
    """
    start = ("-" if part.without else "") + (f"{part.operator}:" if part.operator else "")
    start += "=" if part.exact else ""
    star = "*" if part.prefix else ""
    plain = f"{start}{part.value}{star}"
    if parse_search(plain) == (part,):
        return plain
    return f'{start}"{squeeze(part.value.translate(_NO_QUOTES))}"{star}'
