"""JSON-LD and what publishers make of it: broken JSON, graphs, lists of lists, strings for objects.

Only plain readers: which object is the page's article, and what its fields say as text.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from dateline import text as words

JsonObject = Mapping[str, Any]
_NODES, _DEPTH = 5_000, 12  # how much of one block is walked
_BLOCK = 3_000_000  # characters of one script
_TAGS = re.compile(r"<[^<>]{1,500}>")
_WRAPPER = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*$")
_TRAILING = re.compile(r",(\s*[}\]])")
_ARTICLES = re.compile(r"(?:Article|BlogPosting|Report|NewsStory)$")
_OTHER_PAGES = frozenset({"WebPage", "VideoObject", "Product", "Recipe", "Review"})


def read_blocks(scripts: list[str]) -> tuple[JsonObject, ...]:
    """Return every object of the page's JSON-LD blocks, outer ones first."""
    found: list[JsonObject] = []
    for script in scripts:
        found += _walk(_load(script[:_BLOCK]))
    return tuple(found)


def _load(script: str) -> object:
    script = _WRAPPER.sub("", script.strip()).strip().rstrip(";")
    for attempt in (script, _TRAILING.sub(r"\1", script), html.unescape(script)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _walk(value: object) -> Iterator[JsonObject]:
    queue: list[tuple[object, int]] = [(value, 0)]
    for node, depth in queue:
        if len(queue) > _NODES or depth > _DEPTH:
            break
        if isinstance(node, dict):
            yield node
            queue += [(inner, depth + 1) for inner in node.values()]
        elif isinstance(node, list):
            queue += [(inner, depth + 1) for inner in node]


def types_of(item: JsonObject) -> tuple[str, ...]:
    """Return the @type names of an object, without their address."""
    found = item.get("@type", item.get("type", ()))
    names = found if isinstance(found, list) else [found]
    return tuple(str(name).rpartition("/")[2] for name in names if isinstance(name, str))


def find_article(objects: tuple[JsonObject, ...], url: str) -> JsonObject:
    """Return the object that describes the page's article, {} where there is none.

    Lists of other articles stand on news pages too: the one whose address is the page's wins,
    then one with a body and a date, then the first.
    """
    articles = [item for item in objects if any(_ARTICLES.search(t) for t in types_of(item))]
    if not articles:
        articles = [
            item
            for item in objects
            if "headline" in item and "datePublished" in item and _OTHER_PAGES & set(types_of(item))
        ]
    return max(articles, key=lambda item: _weigh(item, url), default={})


def _weigh(item: JsonObject, url: str) -> int:
    path = url.partition("://")[2].partition("?")[0].rstrip("/")
    own = [text_of(item.get(key)) for key in ("url", "@id", "mainEntityOfPage")]
    same = bool(path) and any(path in address.rstrip("/") + "/" for address in own if address)
    return 8 * same + 2 * ("articleBody" in item) + ("datePublished" in item) + ("author" in item)


def text_of(value: object) -> str:
    """Return a field as one line of plain text: strings, {"@value"}, {"name"}, {"@id"}, lists."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return next((text for inner in value[:5] if (text := text_of(inner))), "")
    if isinstance(value, dict):
        said = [value.get(key) for key in ("@value", "name", "url", "@id")]
        return next(
            (plain(inner) for inner in said if isinstance(inner, str) and inner.strip()), ""
        )
    return ""


def list_of(value: object) -> list[str]:
    """Return a field as texts: a list, one string, or nothing."""
    items = value if isinstance(value, list) else [value]
    return [text for item in items[:100] if (text := text_of(item))]


def plain(value: str) -> str:
    """Return a metadata string as one line: entities (also double ones) and tags resolved."""
    value = html.unescape(value)
    if "&" in value and ";" in value:
        value = html.unescape(value)
    return words.squeeze(_TAGS.sub(" ", value) if "<" in value else value)
