"""The maintained list of agencies, and what finds all their names in a text.

The list is data (`agencies.toml`). The patterns are tries of all names, so the cost does not grow
with the list.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain
from typing import Any

# Letters that form words with the letter beside them; Chinese, Japanese, Korean do not.
_CASED = "A-Za-z0-9\u00c0-\u024f\u0370-\u03ff\u0400-\u052f"
_ARABIC = "\u0590-\u06ff"
_IS_CASED = re.compile(f"[{_CASED}]")
_IS_ARABIC = re.compile(f"[{_ARABIC}]")
_JOINED_PREFIX = "لبوفكהבלומש"  # "to", "by", "and" … are written as part of the next word
_ENDS_LOWER_SLAVIC = re.compile(r"[а-яёіїєґ]$")
_END = "\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An agency, or an outlet that others often cite."""

    key: str
    name: str
    country: str
    is_outlet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One place where a text names an agency; whether it is a credit is not decided here."""

    agency: Agency
    start: int
    end: int
    weak: bool  # written in a way that means other things as well


@dataclass(frozen=True, slots=True)
class NameBook:
    """The list, ready for use."""

    agencies: dict[str, Agency]
    by_name: dict[str, tuple[Agency, bool] | None]  # None: a decoy
    by_host: dict[str, Agency]
    patterns: tuple[re.Pattern[str], ...]

    def find(self, text: str) -> Iterator[Named]:
        """Yield each name in `text` that stands as a word of its own."""
        for match in chain.from_iterable(pattern.finditer(text) for pattern in self.patterns):
            known = self._look_up(match.group())
            if known and not _is_joined(text, match.start()):
                agency, weak = known
                yield Named(agency=agency, start=match.start(), end=match.end(), weak=weak)

    def _look_up(self, written: str) -> tuple[Agency, bool] | None:
        # A Slavic name may carry up to three letters of an ending.
        for cut in range(4):
            found = self.by_name.get(written[: len(written) - cut], _MISSING)
            if not isinstance(found, str):
                return found
        return None


_MISSING = "missing"


@cache
def load_names() -> NameBook:
    """Read the list of agencies that is part of the package."""
    raw = tomllib.loads(_read("agencies.toml"))
    agencies: dict[str, Agency] = {}
    by_name: dict[str, tuple[Agency, bool] | None] = {}
    by_host: dict[str, Agency] = {}
    for kind in ("agency", "outlet"):
        for key, row in raw[kind].items():
            agency = Agency(
                key=key, name=row["name"], country=row["country"], is_outlet=kind == "outlet"
            )
            agencies[key] = agency
            by_host.update(dict.fromkeys(row["hosts"], agency))
            by_name.update(_list_names(agency, row))
    by_name.update(dict.fromkeys(raw["decoy"]["names"]))
    # Two patterns, because few letters of a text are capitals: together they are three times as
    # fast as one.
    small = [name for name in by_name if name[0].islower()]
    large = [name for name in by_name if not name[0].islower()]
    patterns = (re.compile(_write_trie(large)), re.compile(_write_trie(small)))
    return NameBook(agencies=agencies, by_name=by_name, by_host=by_host, patterns=patterns)


def name_agency(key: str) -> str:
    """Return how an agency or outlet is written, its key where it is on no list."""
    known = load_names().agencies.get(key)
    return known.name if known else key


@cache
def load_cues() -> dict[str, Any]:
    """Read the words that make a name a credit (`cues.toml`)."""
    return tomllib.loads(_read("cues.toml"))


def _read(name: str) -> str:
    return (resources.files("dateline.origins") / name).read_text(encoding="utf-8")


def _list_names(agency: Agency, row: dict[str, Any]) -> dict[str, tuple[Agency, bool]]:
    weak = row.get("weak", [])
    names = dict.fromkeys(row["names"], (agency, False))
    if agency.name not in weak:
        names.setdefault(agency.name, (agency, False))
    return names | dict.fromkeys(weak, (agency, True))


def _is_joined(text: str, start: int) -> bool:
    """Tell whether the name at `start` is only the tail of a longer word."""
    if start == 0:
        return False
    first, before = text[start], text[start - 1]
    if _IS_CASED.match(first):
        return bool(_IS_CASED.match(before))
    if _IS_ARABIC.match(first) and _IS_ARABIC.match(before):
        is_prefix = before in _JOINED_PREFIX
        return not is_prefix or (start > 1 and bool(_IS_ARABIC.match(text[start - 2])))
    return False


def _write_trie(names: Iterable[str]) -> str:
    root: dict[str, Any] = {}
    for name in names:
        node = root
        for letter in name:
            node = node.setdefault(letter, {})
        node[_END] = _write_end(name)
    return _write_node(root)


def _write_end(name: str) -> str:
    last = name[-1]
    ending = "[а-яёіїєґ]{0,3}" if len(name) > 4 and _ENDS_LOWER_SLAVIC.search(last) else ""
    if _IS_CASED.match(last):
        return f"{ending}(?![{_CASED}])"
    return f"(?![{_ARABIC}])" if _IS_ARABIC.match(last) else ""


def _write_node(node: dict[str, Any]) -> str:
    # Longer names first: "Interfax-Ukraine" before "Interfax".
    branches = [
        re.escape(letter) + _write_node(child) for letter, child in node.items() if letter != _END
    ]
    if _END in node:
        branches.append(node[_END])
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
