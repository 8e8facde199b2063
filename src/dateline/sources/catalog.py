"""The operator's catalogue, `sources.toml`: one [[source]] block for each outlet or agency.

A table [sections] says where names of sections belong, for all sources; one that a source has for
itself goes before it.

What is wrong is said with its place, its value and what would be allowed; nothing is guessed,
because a misspelt key that is passed over is a source that silently does what nobody asked for.
"""

import difflib
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dateline.errors import CatalogError
from dateline.model import Source
from dateline.sources.families import find_family
from dateline.sources.fields import (
    FIELDS,
    WrongValueError,
    parse_rights,
    read_sections,
    write_interval,
    write_rights,
)
from dateline.text import make_slug, squeeze
from dateline.urls import parse_web_url

__all__ = ["Catalog", "parse_rights", "read_catalog", "write_source"]

Sections = tuple[tuple[str, str], ...]
_BLOCK = re.compile(r"^\s*\[\[\s*source\s*\]\]")
_LONGEST = 20_000_000  # characters
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """The sources in the order in which they are written; `notes` says what is odd."""

    sources: tuple[Source, ...]
    notes: tuple[str, ...] = ()


def read_catalog(text: str) -> Catalog:
    """Return the sources of a catalogue.

    CatalogError names the place, the key, its value and what is allowed.
    """
    if len(text) > _LONGEST:
        raise CatalogError(f"The catalogue is longer than {_LONGEST:,} characters; split it.")
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CatalogError(f"The catalogue is not valid TOML: {error}.") from None
    shared = _take_sections(table)
    blocks = _take_blocks(table)
    lines = [n for n, line in enumerate(text.splitlines(), start=1) if _BLOCK.match(line)]
    places = lines if len(lines) == len(blocks) else [0] * len(blocks)
    sources = tuple(
        _share(_read_source(block, _name_place(block, number, line)), shared)
        for number, (block, line) in enumerate(zip(blocks, places, strict=True), start=1)
    )
    _refuse_doubles(sources)
    notes = [f"{s.name} has no feeds, so nothing of it is fetched." for s in sources if not s.feeds]
    return Catalog(sources=sources, notes=tuple(notes))


def write_source(source: Source) -> str:
    """Return a source as a [[source]] block; fields that have their default value are left out."""
    values: dict[str, Any] = {
        "key": source.key if source.key != make_slug(source.name) else "",
        "name": squeeze(source.name)[:_LONGEST_NAME],
        "home": source.home,
        "feeds": list(source.feeds),
        "language": source.language,
        "country": source.country,
        "section": squeeze(source.section)[:_LONGEST_NAME],
        "sections": dict(source.sections),
        "publisher": squeeze(source.publisher)[:_LONGEST_NAME],
        "kind": _unless_default(source, "kind", str(source.kind)),
        "rights": write_rights(source),
        "route": _unless_default(source, "route", str(source.route)),
        "interval": _unless_default(source, "interval", write_interval(source.interval)),
        "paused": source.paused,
    }
    rows = [f"{key} = {_write_value(value)}" for key, value in values.items() if value]
    return "\n".join(["[[source]]", *rows, ""])


def _unless_default(source: Source, name: str, written: str) -> str:
    return "" if getattr(source, name) == Source.__dataclass_fields__[name].default else written


def _write_value(value: object) -> str:
    if isinstance(value, dict):
        pairs = (f"{_write_value(name)} = {_write_value(said)}" for name, said in value.items())
        return f"{{ {', '.join(pairs)} }}"
    # JSON's strings, lists and truth values are TOML's too, but for the DEL character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _take_blocks(table: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    for key in table:
        if key not in ("source", "sections"):
            raise CatalogError(
                f"The catalogue has {key!r} at its top; allowed are only [[source]] blocks "
                "and one table [sections]."
            )
    blocks = table.get("source", [])
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise CatalogError("The catalogue has 'source' once; write [[source]], in double brackets.")
    return blocks


def _take_sections(table: Mapping[str, Any]) -> Sections:
    try:
        return read_sections(table.get("sections", {}))
    except WrongValueError as error:
        raise CatalogError(f"[sections]: allowed is {error}.") from None


def _share(source: Source, shared: Sections) -> Source:
    own = {name for name, _ in source.sections}
    rest = tuple(pair for pair in shared if pair[0] not in own)
    return replace(source, sections=source.sections + rest)


def _name_place(block: Mapping[str, Any], number: int, line: int) -> str:
    name = block.get("name") or block.get("key")
    place = f"line {line}, " if line else ""
    return f"{place}source {number}" + (f" ({str(name)[:80]})" if name else "")


def _read_source(block: Mapping[str, Any], place: str) -> Source:
    values: dict[str, Any] = {"home": ""}
    for key, value in block.items():
        if key not in FIELDS:
            raise CatalogError(f"{place}: there is no key {key!r}{_suggest(key)}")
        try:
            values[key] = FIELDS[key](value)
        except WrongValueError as error:
            raise CatalogError(f"{place}: {key} is {_show(value)}; allowed is {error}.") from None
    if "name" not in values:
        raise CatalogError(f"{place}: there is no name; give the outlet's name as readers know it.")
    values.setdefault("key", make_slug(values["name"]))
    if not values["key"]:
        raise CatalogError(f'{place}: no key can be made of the name; add key = "…".')
    if "rights" in values:
        values["rights"], values["excerpt_words"] = values["rights"]
    source = Source(**values)
    return replace(source, family=find_family(source))


def _suggest(key: str) -> str:
    near = difflib.get_close_matches(key.lower(), FIELDS, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; the keys are {', '.join(FIELDS)}."


def _show(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 200 else text[:200] + "…"


def _refuse_doubles(sources: Sequence[Source]) -> None:
    keys: dict[str, str] = {}
    for source in sources:
        if source.key in keys:
            raise CatalogError(
                f"The key {source.key!r} is used by {keys[source.key]} and by {source.name}; "
                "give one of them another key."
            )
        keys[source.key] = source.name
    feeds: dict[str, str] = {}
    for name, feed in ((source.name, feed) for source in sources for feed in source.feeds):
        address = parse_web_url(feed) or feed
        if address in feeds:
            raise CatalogError(
                f"The feed {feed} stands under {feeds[address]} and under {name}; "
                "remove one of them."
            )
        feeds[address] = name
