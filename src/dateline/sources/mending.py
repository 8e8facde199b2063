"""OPML that is not well-formed, made so: many programs that write lists escape nothing."""

import html
import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

# What may follow the end of a value: the end of its tag and the next tag, or the next attribute,
# but not an attribute of HTML, because values hold links with their own quotes.
_GOES_ON = re.compile(
    r"\s*[/?]?>\s*(?:<|$)"
    r"|\s*(?!(?:href|src|srcset|class|target|rel|style|alt|id|width|height)\s*=)"
    r"[\w:.-]{1,40}\s*=\s*$"
)
_OPENS = re.compile(r"[\w:.-]\s*=\s*$")


def mend_attributes(text: str) -> str:
    """Return `text` with the values of its attributes escaped; linear in its length.

    A double quote inside a value is told from the one that ends it by what follows: the end of
    the tag, or the next attribute.
    """
    return "".join(_mend(text.split('"')))


def _mend(parts: list[str]) -> Iterator[str]:
    """Yield the pieces between double quotes, with the quotes, as they should have been written."""
    value: list[str] | None = None  # the pieces of the value that is open
    for number, part in enumerate(parts):
        if value is None:
            yield part
            value = [] if _OPENS.search(part[-60:]) else None
            yield '"' if number + 1 < len(parts) else ""
            continue
        value.append(part)
        is_last = number + 1 == len(parts)
        if is_last or _GOES_ON.match(parts[number + 1][:60]):
            yield escape(html.unescape('"'.join(value)), {'"': "&quot;"})
            yield "" if is_last else '"'
            value = None
