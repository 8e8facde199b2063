"""The layout of a plain text: headline, body, source line and the page's furniture, as spans.

The text itself is never changed: whoever gave it keeps his offsets.
"""

import re
from dataclasses import dataclass

from dateline import text as words
from dateline.extract.placeholders import is_placeholder
from dateline.model import Span

_LONGEST = 200  # characters of a headline
_SOURCE = re.compile(
    r"^\s*(?:Sources?|Quellen?|Fuentes?|Fontes?|Fonti|Bron(?:nen)?|K[aä]ll[aä]|Kilder?|Lähde|Źródło|"
    r"Zdroje?|Forrás|Kaynak|Sursa|Izvor|Vir|Източник|Источники?|Джерел[оа]|Крыніца|Πηγ[ήέ]ς?|المصدر|"
    r"מקור|स्रोत|出典|来源|來源|출처|Nguồn)\s*[:：]\s*(?P<name>\S.{0,80}?)\s*$",
    re.IGNORECASE,
)
# What ends a sentence, with the marks that may follow it.
_ENDS = re.compile(r"[.!?…。！？]['\"’”»›)\]]*\s*$")
_BYLINE = re.compile(r"^(?:By|Von|Par|Por|Di|Av|Af|Door|Автор:?|Текст:?)\s+\S", re.IGNORECASE)
_SHORT = 12  # words: a longer line is a paragraph, not furniture


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLayout:
    """Where the parts of a plain text stand; (0, 0) for a part that is not there."""

    headline: Span = (0, 0)
    body: Span = (0, 0)
    source: str = ""
    furniture: tuple[Span, ...] = ()
    first_lines: tuple[str, ...] = ()  # after the headline: where a byline would stand


def read_text_layout(text: str) -> TextLayout:
    """Return where headline, body, source line and furniture of `text` stand."""
    lines = _list_lines(text)
    if not lines:
        return TextLayout()
    opening = _skip_placeholders(text, lines)
    headline = lines[opening] if _is_headline(text, lines, opening) else (0, 0)
    start = opening + (headline != (0, 0))
    end, source = _find_end(text, lines, start)
    body = (lines[start][0], lines[end - 1][1]) if start < end else (0, 0)
    return TextLayout(
        headline=headline,
        body=body,
        source=source,
        furniture=tuple(lines[:opening] + lines[end:]),
        first_lines=tuple(text[a:b] for a, b in lines[start : start + 3]),
    )


def read_source_line(line: str) -> str:
    """Return the name that a line such as "Source: News Beast" gives, or ""."""
    match = _SOURCE.match(line)
    return words.squeeze(match["name"]).rstrip(".") if match else ""


def _list_lines(text: str) -> list[Span]:
    found = [match.span() for match in re.finditer(r"[^\r\n\u2028\u2029]+", text)]
    return [_strip(text, span) for span in found if text[slice(*span)].strip()]


def _strip(text: str, span: Span) -> Span:
    inside = text[slice(*span)]
    start = span[0] + len(inside) - len(inside.lstrip())
    return start, start + len(inside.strip())


def _skip_placeholders(text: str, lines: list[Span]) -> int:
    """Return the first line that a person wrote: a picture's name may stand above the headline."""
    for place, span in enumerate(lines[:4]):
        if not is_placeholder(text[slice(*span)]):
            return place
    return 0


def _is_headline(text: str, lines: list[Span], place: int) -> bool:
    line = text[slice(*lines[place])]
    if len(line) > _LONGEST or len(lines) <= place + 1:
        return False
    if _SOURCE.match(line) or _BYLINE.match(line):
        return False
    follower = text[slice(*lines[place + 1])]
    full_stop = line.endswith((".", "。")) and not line.endswith(("..", "…"))
    apart = "\n" in text[lines[place][1] : lines[place + 1][0]].strip(" \t\r")
    return not full_stop and apart and (len(follower) > len(line) or len(lines) > place + 2)


def _find_end(text: str, lines: list[Span], start: int) -> tuple[int, str]:
    """Return the line after the body's last, and the name that the source line gives.

    The body ends at the source line where only short lines follow it, else before the short lines
    without a full stop that close the page.
    """
    for place in range(len(lines) - 1, start, -1):
        name = read_source_line(text[slice(*lines[place])])
        if name and all(_is_short(text, span) for span in lines[place + 1 :]):
            return place, name
    end = len(lines)
    while end > start + 1 and _is_furniture(text, lines[end - 1]):
        end -= 1
    return end, ""


def _is_short(text: str, span: Span) -> bool:
    return len(text[slice(*span)].split()) <= _SHORT


def _is_furniture(text: str, span: Span) -> bool:
    line = text[slice(*span)]
    return _is_short(text, span) and not _ENDS.search(line) and len(line) < 80
