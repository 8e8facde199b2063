"""The page's largest group of paragraphs: what an extractor that stopped early has missed.

Paragraphs of one article stand under elements of the same names and classes, also where a page
parts them into several containers (between advertisements, in a live blog). The group with the
most words is nearly always the article; where a reading holds little of it, the group is read.
"""

import re
from dataclasses import dataclass
from typing import Any

from dateline.extract.blocks import Block, read_blocks
from dateline.extract.tree import Page, text_inside

_SHORT = 60  # characters; shorter paragraphs are captions and labels
_ENOUGH = 1_000  # characters of a group that may be an article
_MOST = 4_000  # paragraphs that are looked at
_OUTSIDE = frozenset({"nav", "aside", "footer", "figure", "form", "header", "li", "a", "button"})
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Group:
    """Paragraphs that stand alike, and their words."""

    elements: tuple[Any, ...]
    text: str


def find_group(page: Page) -> Group | None:
    """Return the group of paragraphs with the most words, None where it is too short."""
    found: dict[tuple[str, ...], list[Any]] = {}
    texts: dict[tuple[str, ...], list[str]] = {}
    for element in page.root.xpath("//p")[:_MOST]:
        text = text_inside(element)
        place = _place(element) if len(text) >= _SHORT and not _is_linked(element, text) else ()
        if place:
            found.setdefault(place, []).append(element)
            texts.setdefault(place, []).append(text)
    best = max(found, key=lambda place: sum(map(len, texts[place])), default=())
    text = "\n\n".join(texts.get(best, ()))
    return Group(tuple(found[best]), text) if len(text) >= _ENOUGH else None


def _place(element: Any) -> tuple[str, ...]:
    """Return the names and classes above an element, () where it is outside of the article."""
    above = []
    for ancestor in element.iterancestors():
        if ancestor.tag in _OUTSIDE:
            return ()
        above.append(f"{ancestor.tag}.{_NUMBER.sub('#', ancestor.get('class') or '')}")
    return tuple(above)


def _is_linked(element: Any, text: str) -> bool:
    return sum(len(text_inside(link)) for link in element.iter("a")) > len(text) / 2


def read_group(group: Group) -> list[Block]:
    """Return the paragraphs of the group with the headings, lists and quotes between them."""
    shared = _shared_ancestor(group.elements)
    if shared is None or shared.tag in ("body", "html"):
        return [block for element in group.elements for block in read_blocks(element)]
    return read_blocks(shared)


def _shared_ancestor(elements: tuple[Any, ...]) -> Any:
    """Return the deepest element that holds all of them."""
    shared = list(elements[0].iterancestors())
    for element in elements[1:]:
        above = set(element.iterancestors())
        shared = [ancestor for ancestor in shared if ancestor in above]
    return shared[0] if shared else None
