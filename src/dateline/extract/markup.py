"""Tags, one after the other, in linear time: what bounds hostile markup before a parser sees it.

The parsers behind us are fast on pages and slow on attacks: libxml2 needs two minutes for one tag
with 100,000 attributes and stops reading at 256 levels; lexbor and html5ever are super-linear in
attributes too. This module reads tags as the WHATWG tokeniser does, each character once, and
writes them again with bounds on depth and attributes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "keygen",
        "frame",
    ]
)
# Content that is not markup: the parser looks for the end tag alone.
RAW = frozenset(
    ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"]
)

# What the tokeniser takes for markup; any other "<" is text.
_OPEN = re.compile(r"<(?=[a-zA-Z/!?])")
_CROWD = 100
_NAME = re.compile(r"[a-zA-Z][^\s/>]*+")
_GAP = re.compile(r"[\s/]*+")
_ATTRIBUTE = re.compile(r"=?[^\s/>=]*+")
_EQUALS = re.compile(r"\s*+=\s*+")
_BARE = re.compile(r"[^\s>]*+")
# What looks like a tag with at least 100 attributes; possessive: each try reads a character once.
_CROWDED = re.compile(
    r"<[a-zA-Z][^\s/<>]*+"
    r"(?:[\s/]++[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+))?+){100}"
)


@dataclass(frozen=True, slots=True)
class Tag:
    """One start or end tag; attribute names are lower case, the first of each name wins."""

    name: str
    closing: bool
    attributes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much markup is read."""

    characters: int = 1_000_000
    depth: int = 100
    attributes_a_tag: int = 50
    attributes: int = 100_000  # in the whole document


def is_crowded(html: str) -> bool:
    """Tell whether any tag carries a hundred attributes or more, which parsers cannot bear.

    The quick look is fooled by programs inside script elements; the tokeniser has the last word.
    """
    if _CROWDED.search(html) is None:
        return False
    bounds = Bounds(characters=len(html), attributes_a_tag=_CROWD, attributes=len(html))
    tags = (token for token in tokenise(html, bounds) if isinstance(token, Tag))
    return any(len(tag.attributes) >= _CROWD for tag in tags)


def tokenise(html: str, bounds: Bounds) -> Iterator[Tag | str]:
    """Yield text (still escaped) and tags; comments, declarations and raw text are dropped."""
    html = html[: bounds.characters]
    at, end, left = 0, len(html), bounds.attributes
    while at < end:
        found = _OPEN.search(html, at)
        opened = found.start() if found else end
        if opened > at:
            yield html[at:opened].replace("<", "&lt;")
        if found is None:
            return
        token, at = _read_token(html, opened, min(left, bounds.attributes_a_tag))
        if isinstance(token, Tag):
            left -= len(token.attributes)
            at = _skip_raw(html, at, token)
        yield token


def _read_token(html: str, at: int, attributes: int) -> tuple[Tag | str, int]:
    """Read what begins with "<" at `at`; return it and where it ends."""
    after = html[at + 1 : at + 2]
    if after.isascii() and after.isalpha():
        return _read_tag(html, at + 1, closing=False, attributes=attributes)
    if after == "/" and html[at + 2 : at + 3].isascii() and html[at + 2 : at + 3].isalpha():
        return _read_tag(html, at + 2, closing=True, attributes=0)
    if html.startswith("<!--", at):
        return "", _past(html, "-->", at + 2)
    if html.startswith("<![CDATA[", at):
        return "", _past(html, "]]>", at)
    if after in ("!", "?", "/"):
        return "", _past(html, ">", at)
    return "&lt;", at + 1


def _read_tag(html: str, at: int, *, closing: bool, attributes: int) -> tuple[Tag | str, int]:
    match = _NAME.match(html, at)
    if match is None:
        return "&lt;", at
    found: dict[str, str] = {}
    at, end = match.end(), len(html)
    while True:
        at = _GAP.match(html, at).end()  # type: ignore[union-attr]  # it matches nothing too
        if at >= end:
            return "", end  # the page ends inside a tag: browsers drop it
        if html[at] == ">":
            return Tag(match.group().lower(), closing, tuple(found.items())), at + 1
        name, value, at = _read_attribute(html, at)
        if len(found) < attributes:
            found.setdefault(name, value)


def _read_attribute(html: str, at: int) -> tuple[str, str, int]:
    name = _ATTRIBUTE.match(html, at)
    at = name.end() if name else at + 1
    equals = _EQUALS.match(html, at)
    written = name.group().lower() if name else ""
    if equals is None:
        return written, "", at
    at = equals.end()
    quote = html[at : at + 1]
    if quote and quote in "\"'":
        close = html.find(quote, at + 1)
        close = len(html) if close < 0 else close
        return written, html[at + 1 : close], close + 1
    bare = _BARE.match(html, at)
    return written, bare.group() if bare else "", bare.end() if bare else at


def _past(html: str, mark: str, at: int) -> int:
    found = html.find(mark, at)
    return len(html) if found < 0 else found + len(mark)


def _skip_raw(html: str, at: int, tag: Tag) -> int:
    """Return where reading goes on after a tag whose content is not markup."""
    if tag.closing or tag.name not in RAW:
        return len(html) if tag.name == "plaintext" and not tag.closing else at
    close = re.compile(rf"</{re.escape(tag.name)}(?=[\s/>])", re.IGNORECASE).search(html, at)
    return close.start() if close else len(html)


def bound_markup(html: str, bounds: Bounds) -> str:
    """Return `html` written again with at most the depth and attributes of `bounds`; linear.

    The words of what lies deeper are kept, without its tags.
    """
    out: list[str] = []
    open_tags: list[str] = []
    for token in tokenise(html, bounds):
        if isinstance(token, str):
            out.append(token)
        else:
            out.append(_bounded(token, open_tags, bounds.depth))
    return "".join(out)


def _bounded(tag: Tag, open_tags: list[str], depth: int) -> str:
    if tag.name in RAW:
        return ""
    if tag.closing:
        return close_tag(tag.name, open_tags)
    if tag.name in VOID:
        return write_tag(tag)
    if len(open_tags) >= depth:
        return ""
    open_tags.append(tag.name)
    return write_tag(tag)


def close_tag(name: str, open_tags: list[str]) -> str:
    """Close `name` and what is open inside it; nothing where it is not open."""
    if name not in open_tags:
        return ""
    out = ""
    while open_tags:
        last = open_tags.pop()
        out += f"</{last}>"
        if last == name:
            break
    return out


def write_tag(tag: Tag) -> str:
    """Write a start tag so that any parser reads back the same."""
    written = "".join(
        f' {name}="{value.replace(chr(34), "&quot;").replace("<", "&lt;")}"'
        for name, value in tag.attributes
        if re.fullmatch(r"[a-z][a-z0-9:_.\-]*", name)
    )
    name = re.sub(r"[^a-z0-9:\-]", "", tag.name)
    return f"<{name}{written}>"
