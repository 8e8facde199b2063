"""Names that a script marks without capitals: Japanese writes foreign ones in Katakana.

Of names in Chinese characters and in other scripts without capitals nothing is said: where they
begin is not marked.

"""

import re
from collections.abc import Iterator

from dateline.claims.page import LONGEST_TEXT
from dateline.model import Entity, EntityKind, Span

_KATAKANA = "[\u30a1-\u30fa\u30fc]"
_DOTTED = re.compile(f"{_KATAKANA}{{2,}}(?:[・＝]{_KATAKANA}+)*[・＝]{_KATAKANA}{{2,}}")
# A surname alone is one where an office or a courtesy follows it.
_CALLED = re.compile(
    f"({_KATAKANA}{{2,}})(?=氏|さん|大統領|首相|外相|国防相|長官|議員|知事|市長|容疑者)"
)
_DOT = re.compile("[・＝]")


def find_marked_people(text: str, language: str) -> list[Entity]:
    """Return people whom the script itself marks, each with the mentions by surname."""
    if language != "ja":
        return []
    found: dict[str, list[Span]] = {}
    for match in _DOTTED.finditer(text, 0, LONGEST_TEXT):
        found.setdefault(match.group(), []).append(match.span())
    by_last = {_DOT.split(name)[-1]: name for name in reversed(found)}
    ends = {end for spans in found.values() for _, end in spans}
    for match in _CALLED.finditer(text, 0, LONGEST_TEXT):
        name = by_last.get(match.group(1))
        if name is not None and match.end() not in ends:
            found[name].append(match.span())
    return list(_make(found))


def _make(found: dict[str, list[Span]]) -> Iterator[Entity]:
    for name, spans in found.items():
        key = "-".join(_DOT.split(name))
        yield Entity(kind=EntityKind.PERSON, name=name, key=key, mentions=tuple(sorted(set(spans))))
