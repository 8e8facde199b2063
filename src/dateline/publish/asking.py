"""The language of the search box: what a reader types, in parts, and back.

    flood -warning "state of emergency" evacuat*
    outlet:bbc lang:de from:2026-05-01 to:2026-05 said-by:"Ilse Marten" person:NATO place:Kherson
    story:12 section:World said-by:=ilse-marten flood OR storm NOT warning

Words and phrases must all stand in an article. `-` before a part leaves out what has it; `*` behind
a word takes every word that begins so; `=` before the key of a name means nobody else who is called
so. In capital letters, OR between words or phrases asks for either, NOT is `-`, and AND is what
stands there anyway. A word with a colon that is none of these operators is a word. No input raises,
and each is read in one pass.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from dateline.text import squeeze

LONGEST = 400  # characters that are read


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
    quoted: bool = False  # one word in quotation marks: as it is written, in no other form
    exact: bool = False  # the value is a key, and means no namesake
    either: tuple["Part", ...] = ()  # words that may stand in its place
    idle: bool = False  # OR or NOT, with nothing to join


_AND, _OR, _NOT = _JOINTS = ("AND", "OR", "NOT")
_QUOTES = '"“”„«»「」『』'
_NO_QUOTES = dict.fromkeys(map(ord, _QUOTES), " ")
_NAMES = "|".join(re.escape(each) for each in Operator if each)
_PART = re.compile(
    rf"(?:(?<!\S)(?P<without>-)(?=[^\s-]))?"
    rf"(?:(?P<operator>{_NAMES}):(?: (?!-?(?:{_NAMES}):))?(?P<exact>=)?(?=\S))?"
    rf"(?:[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)[{_QUOTES}](?P<star>\*)?|(?P<plain>[^\s{_QUOTES}]+))",
    re.IGNORECASE,
)


_UNKNOWN = re.compile(r"([A-Za-z][A-Za-z-]{1,19}):[^\s/:]", re.ASCII)


def parse_search(text: str) -> tuple[Part, ...]:
    """Return the parts of what a reader typed, in order, each once."""
    reading = _Reading()
    for match in _PART.finditer(squeeze(text[: 4 * LONGEST])[:LONGEST]):
        if match[0] in _JOINTS:
            reading.joints.append(match[0])
        elif (part := _read_part(match)).value:
            reading.take(part)
    return reading.end()


@dataclass(slots=True)
class _Reading:
    """What was read so far: parts, and the joints behind the last of them."""

    parts: list[Part] = field(default_factory=list)
    joints: list[str] = field(default_factory=list)
    idle: set[str] = field(default_factory=set)

    def take(self, part: Part) -> None:
        """Add a part, with what the joints before it make of it."""
        last = self.parts[-1] if self.parts else None
        if self.joints[-1:] == [_NOT]:
            part = replace(part, without=True)
            self.joints.pop()
        if last and _OR in self.joints and _may_join(last, part):
            self.joints = [one for one in self.joints if one != _OR]
            if not part.operator:
                part = replace(last, either=(*last.either, part))
                self.parts.pop()
        self._rest()
        self.parts.append(part)

    def end(self) -> tuple[Part, ...]:
        """Return the parts; joints that nothing else stands beside are words."""
        if not self.parts:
            return tuple(dict.fromkeys(map(Part, self.joints)))
        self._rest()
        # Where they join nothing when they are read again.
        first, last = ([Part(one, idle=True)] * (one in self.idle) for one in (_OR, _NOT))
        return tuple(dict.fromkeys([*first, *self.parts, *last]))

    def _rest(self) -> None:
        self.idle.update(self.joints)
        self.joints = []


def _may_join(one: Part, other: Part) -> bool:
    """Say whether OR means something between two parts: of one kind, and none a beginning."""
    alike = one.operator is other.operator and one.operator not in (Operator.SINCE, Operator.UNTIL)
    return alike and not (one.without or other.without or one.prefix or other.prefix)


def _read_part(match: re.Match[str]) -> Part:
    operator = Operator((match["operator"] or "").lower())
    without = bool(match["without"])
    if match["exact"]:
        value = squeeze(match["quoted"] or match["plain"] or "")
        is_key = operator in NAMED
        return Part(value if is_key else f"={value}", operator, without, exact=is_key)
    if match["quoted"] is not None:
        value = squeeze(match["quoted"])
        prefix = bool(match["star"]) and not operator
        quoted = not (operator or prefix) and _is_plain(Part(value), value)
        return Part(value, operator, without, prefix, quoted)
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
    if part.idle:
        return part.value
    if part.either:
        return f" {_OR} ".join(map(write_part, (replace(part, either=()), *part.either)))
    start = ("-" if part.without else "") + (f"{part.operator}:" if part.operator else "")
    start += "=" if part.exact else ""
    star = "*" if part.prefix else ""
    plain = f"{start}{part.value}{star}"
    if _is_plain(part, plain):
        return plain
    return f'{start}"{squeeze(part.value.translate(_NO_QUOTES))}"{star}'


def _is_plain(part: Part, plain: str) -> bool:
    """Say whether a part can be written without quotation marks."""
    # With something behind it: "person:" would take it for its name, and OR join it.
    return parse_search(f"{plain} .") in ((part, Part(".")), (part,))


def find_unknown(parts: Iterable[Part]) -> list[str]:
    """Return what stands before a colon as operators do, and is none: ["site"] of "site:a.example".

    Whatever it was meant for, it was read as a word. Times and addresses are not taken for it.
    """
    found = (_UNKNOWN.match(part.value) for part in parts if not part.operator)
    return list(dict.fromkeys(match[1] for match in found if match))
