"""OPML, the form in which feed readers hand over what they follow (versions 1 and 2).

Read with expat alone: a document that declares entities is refused, so none can expand, and
nothing is ever loaded. Many lists are not well-formed (a quote inside a title); those are mended
once and read again.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from dateline.errors import InputError
from dateline.model import Source
from dateline.sources.listed import describe_feed
from dateline.sources.mending import mend_attributes

_MOST_BYTES = 50_000_000
_MOST_DEPTH = 64
_MOST_SOURCES = 200_000
_MOST_MENDED = 10_000_000
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _RefusedError(Exception):
    """The document does what no list of feeds needs to do."""


@dataclass(slots=True)
class _Reader:
    """What has been read so far; its methods are expat's handlers."""

    sources: list[Source] = field(default_factory=list)
    is_opml: bool = False
    _titles: list[str] = field(default_factory=list)  # of the open elements, "" where none

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        self.is_opml = self.is_opml or tag.lower() == "opml"
        if len(self._titles) >= _MOST_DEPTH:
            raise _RefusedError(f"its outlines are nested more than {_MOST_DEPTH} deep")
        given = {name.lower(): value.strip() for name, value in attributes.items()}
        title = given.get("title") or given.get("text") or ""
        is_outline = self.is_opml and tag.lower() == "outline"
        if is_outline and given.get("xmlurl"):
            self._take_feed(given, title)
            title = ""
        self._titles.append(title if is_outline else "")

    def end(self, _tag: str) -> None:
        """Take the end of an element."""
        self._titles.pop()

    def refuse_entity(self, *_declared: object) -> None:
        """Refuse a document that declares entities."""
        raise _RefusedError("it declares entities, which a list of feeds does not need")

    def _take_feed(self, given: Mapping[str, str], title: str) -> None:
        if len(self.sources) >= _MOST_SOURCES:
            raise _RefusedError(f"it names more than {_MOST_SOURCES:,} feeds")
        section = next((name for name in reversed(self._titles) if name), "")
        found = describe_feed(
            given["xmlurl"],
            name=title,
            section=section or given.get("category", "").strip("/").rpartition("/")[2],
            home=given.get("htmlurl", ""),
            language=given.get("language", ""),
        )
        if found:
            self.sources.append(found)


def read_opml(data: bytes) -> tuple[Source, ...]:
    """Return the feeds of an OPML document, one source each, in its order.

    The title of the nearest outline around a feed is its section. A feed without a title takes
    its host's name. Keys may repeat; `lists.read_list` tells them apart. InputError says why a
    document cannot be read.
    """
    if len(data) > _MOST_BYTES:
        raise InputError(f"it is larger than {_MOST_BYTES:,} bytes; split it.")
    try:
        reader = _parse_mended(data)
    except expat.ExpatError as error:
        raise InputError(f"it is not well-formed XML ({error}).") from None
    except (_RefusedError, ValueError, LookupError) as error:
        raise InputError(f"it cannot be read: {error}.") from None
    if not reader.is_opml:
        raise InputError("it is XML, but not OPML.")
    return tuple(reader.sources)


def _parse_mended(data: bytes) -> _Reader:
    data = data.lstrip()
    try:
        return _parse(data)
    except expat.ExpatError:
        text = data[:_MOST_MENDED].decode("utf-8-sig", "replace")
        return _parse(_NOT_XML.sub(" ", mend_attributes(text)).encode(), encoding="utf-8")


def _parse(data: bytes, *, encoding: str | None = None) -> _Reader:
    reader = _Reader()
    parser = expat.ParserCreate(encoding)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.EntityDeclHandler = reader.refuse_entity
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.Parse(data, True)
    return reader


def write_opml(sources: Iterable[Source], *, title: str) -> bytes:
    """Return `sources` as OPML 2.0, grouped by section; what OPML has no word for is left out."""
    sections: dict[str, list[str]] = {}
    for source in sources:
        rows = [_write_feed(source, feed) for feed in source.feeds]
        sections.setdefault(source.section, []).extend(rows)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines += [f"<head><title>{_quote(title)[1:-1]}</title></head>", "<body>"]
    for section, rows in sections.items():
        name = _quote(section)
        lines += [f"<outline text={name} title={name}>", *rows, "</outline>"] if section else rows
    return "\n".join([*lines, "</body>", "</opml>", ""]).encode("utf-8", "replace")


def _write_feed(source: Source, feed: str) -> str:
    values = {
        "type": "rss",
        "text": source.name,
        "title": source.name,
        "xmlUrl": feed,
        "htmlUrl": source.home,
        "language": source.language,
    }
    written = " ".join(f"{key}={_quote(value)}" for key, value in values.items() if value)
    return f"<outline {written}/>"


def _quote(text: str) -> str:
    return quoteattr(_NOT_XML.sub(" ", text), {"\n": " ", "\r": " ", "\t": " "})
