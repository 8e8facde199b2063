"""An element's words as paragraphs: plain text and simple HTML made side by side, so they agree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

from dateline import text as words

_SPACE = re.compile(r"\s+")
_INLINE = {
    "a": "a", "b": "strong", "strong": "strong", "i": "em", "em": "em", "q": "q", "cite": "cite",
    "sub": "sub", "sup": "sup", "code": "code", "time": "", "abbr": "", "span": "", "font": "",
    "u": "", "small": "", "mark": "", "bdi": "", "bdo": "", "label": "", "s": "", "ins": "",
    "big": "", "tt": "", "kbd": "code", "samp": "code", "var": "em", "dfn": "em", "wbr": "",
}  # fmt: skip
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "svg",
        "math",
        "form",
        "button",
        "select",
        "textarea",
        "nav",
        "aside",
        "figure",
        "figcaption",
        "picture",
        "video",
        "audio",
        "canvas",
        "head",
        "title",
        "input",
        "dialog",
        "footer",
    ]
)
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_LISTS = frozenset({"ul", "ol"})


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: its tag, its words as one line, and the same as HTML (without the tag)."""

    tag: str  # "p", "h2", "li", "blockquote", "pre", "tr"
    text: str
    html: str
    group: str = ""  # "ul" or "ol" around an item
    linked: int = 0  # characters of the words that are links


@dataclass(slots=True)
class _Run:
    """Words that stand in one line, as they come."""

    text: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    linked: int = 0

    def add(self, words_: str | None) -> None:
        if words_:
            self.text.append(words_)
            self.html.append(escape(_SPACE.sub(" ", words_), quote=False))


def read_blocks(root: Any) -> list[Block]:
    """Return the paragraphs of an HTML element in order, without figures, forms and navigation.

    The tree's depth must be bounded (`tree.parse_page` does it), as this function recurses.
    """
    run = _Run()
    blocks = list(_flow(root, run, "p", ""))
    return blocks + list(_flush(run, "p", ""))


def _flow(element: Any, run: _Run, tag: str, group: str) -> Iterator[Block]:
    run.add(element.text)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _child(child, run, tag, group)
        run.add(child.tail)


def _child(child: Any, run: _Run, tag: str, group: str) -> Iterator[Block]:
    name = child.tag
    if name == "br":
        yield from _break(child, run, tag, group)
    elif name in ("td", "th") and not _holds_blocks(child):
        run.add(" | " if any(map(str.strip, run.text)) else "")
        yield from _flow(child, run, tag, group)
    elif name in _INLINE and not _holds_blocks(child):
        _inline(child, run)
    elif name in _INLINE:
        yield from _flow(child, run, tag, group)
    else:
        yield from _flush(run, tag, group)
        inner_tag, inner_group = _kind(name, tag, group)
        yield from _flow(child, run, inner_tag, inner_group)
        yield from _flush(run, inner_tag, inner_group)


def _kind(name: str, tag: str, group: str) -> tuple[str, str]:
    """Return which paragraph the words of a block element make."""
    if name in _HEADINGS:
        return _HEADINGS[name], ""
    if name in _LISTS:
        return "li", name
    if name in ("blockquote", "pre"):
        return name, ""
    if name == "tr":
        return "p", ""
    return tag, group


def _holds_blocks(element: Any) -> bool:
    return any(
        isinstance(inner.tag, str) and inner.tag not in _INLINE and inner.tag not in ("br", "img")
        for inner in element.iterdescendants()
    )


def _break(child: Any, run: _Run, tag: str, group: str) -> Iterator[Block]:
    """Two line breaks in a row end a paragraph, one is a space."""
    follower = child.getnext()
    double = follower is not None and follower.tag == "br" and not (child.tail or "").strip()
    if double:
        yield from _flush(run, tag, group)
    else:
        run.text.append(" ")
        run.html.append("<br>")


def _inline(element: Any, run: _Run) -> None:
    name = _INLINE[element.tag]
    href = element.get("href", "") if name == "a" else ""
    name = name if name != "a" or href else ""
    before = sum(map(len, run.text))
    if name:
        run.html.append(f'<a href="{escape(href)}">' if href else f"<{name}>")
    run.add(element.text)
    for child in element:
        if isinstance(child.tag, str) and child.tag in _INLINE:
            _inline(child, run)
        elif child.tag == "br":
            run.add(" ")
        run.add(child.tail)
    if name:
        run.html.append(f"</{name}>")
    if href:
        run.linked += sum(map(len, run.text)) - before


def _flush(run: _Run, tag: str, group: str) -> Iterator[Block]:
    text = words.squeeze("".join(run.text))
    if text:
        yield Block(tag, text, "".join(run.html).strip(), group, min(run.linked, len(text)))
    run.text, run.html, run.linked = [], [], 0


def plain_blocks(text: str) -> list[Block]:
    """Return the paragraphs of a plain text, which blank lines part."""
    lines = [words.squeeze(part) for part in text.split("\n\n")]
    return [Block("p", line, escape(line, quote=False)) for line in lines if line]


def join_text(blocks: list[Block]) -> str:
    """Return the words of the blocks, paragraphs parted by a blank line."""
    return "\n\n".join(block.text for block in blocks)


def join_html(blocks: list[Block]) -> str:
    """Return the blocks as HTML; items that follow each other share one list."""
    out: list[str] = []
    group = ""
    for block in blocks:
        if block.group != group:
            out += [f"</{group}>"] if group else []
            out += [f"<{block.group}>"] if block.group else []
            group = block.group
        out.append(_write(block))
    return "\n".join(out + ([f"</{group}>"] if group else []))


def _write(block: Block) -> str:
    if block.tag == "blockquote":
        return f"<blockquote><p>{block.html}</p></blockquote>"
    return f"<{block.tag}>{block.html}</{block.tag}>"
