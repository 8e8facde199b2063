"""Where in cleaned HTML do words of the text stand? Marks around statements, for their page.

An article's text and its HTML are two ways of writing the same page: they differ in white space, in
what was left out of either, and in tags. So words are looked for without their white space, with
what stands before them, in order; what is not found is not marked.
"""

import html as entities
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from dateline.extract.cleaning import Insertion, insert_marks
from dateline.model import SafeHtml, Span

MOST = 300  # statements that are marked on one page
LONGEST = 400_000  # code points of HTML
_BEFORE = 24  # letters before a statement by which its place is known
# As nh3 writes it: a tag with its attributes, an entity, or one character of text.
_TAG = re.compile(r'<[^>"]*(?:"[^"]*"[^>"]*)*>')
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_LINK = re.compile(r"<a[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """Words to be marked: spans of the text, a number, and who said them."""

    number: int
    spans: tuple[Span, ...]
    label: str


@dataclass(slots=True)
class _Letters:
    """The characters of HTML that are text and no white space, each with where it stands."""

    text: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    nodes: list[int] = field(default_factory=list)  # which run of text it is in
    links: dict[int, int] = field(default_factory=dict)  # run inside a link -> the link's end

    def add(self, char: str, start: int, end: int, node: int) -> None:
        if not char.isspace():
            self.text.append(char)
            self.starts.append(start)
            self.ends.append(end)
            self.nodes.append(node)


def mark_statements(html: SafeHtml, text: str, marked: Sequence[Marked]) -> SafeHtml:
    """Return the HTML with each statement's words in a mark, and a reference behind them.

    Where statements lie inside one another, words belong to the innermost. Linear in the HTML for
    each statement; at most `MOST` statements are marked.
    """
    if not marked or len(html) > LONGEST:
        return html
    letters = _read_letters(html)
    owners = _paint(letters, text, marked[:MOST])
    labels = {each.number: each.label for each in marked}
    insertions = sorted(_list_insertions(letters, owners, labels), key=lambda each: each.at)
    return insert_marks(html, insertions)


def _read_letters(html: str) -> _Letters:
    letters, node, at = _Letters(), 0, 0
    inside: list[int] = []  # runs of text of the link that is open
    for tag in _TAG.finditer(html):
        _read_run(letters, html, (at, tag.start()), node)
        inside += [node] if inside else []
        node, at = node + 1, tag.end()
        if _LINK.match(tag.group()):
            inside = [-1]
        elif tag.group() == "</a>":
            letters.links.update((run, tag.end()) for run in inside)
            inside = []
    _read_run(letters, html, (at, len(html)), node)
    return letters


def _read_run(letters: _Letters, html: str, span: Span, node: int) -> None:
    at, end = span
    for entity in _ENTITY.finditer(html, at, end):
        _read_plain(letters, html, (at, entity.start()), node)
        for char in entities.unescape(entity.group()):
            letters.add(char, entity.start(), entity.end(), node)
        at = entity.end()
    _read_plain(letters, html, (at, end), node)


def _read_plain(letters: _Letters, html: str, span: Span, node: int) -> None:
    for at in range(*span):
        letters.add(html[at], at, at + 1, node)


def _paint(letters: _Letters, text: str, marked: Sequence[Marked]) -> list[int]:
    """Return for each letter the number of the statement that it belongs to, 0 for none."""
    page = "".join(letters.text)
    owners = [0] * len(page)
    pieces = [(span, each.number) for each in marked for span in each.spans]
    # The longer first, so that what lies inside it is painted over it.
    found = [
        (place, number)
        for (span, number), place in zip(pieces, _find_places(page, text, pieces), strict=True)
        if place[0] < place[1]
    ]
    for (start, end), number in sorted(found, key=lambda pair: pair[0][0] - pair[0][1]):
        owners[start:end] = [number] * (end - start)
    return owners


def _find_places(page: str, text: str, pieces: Sequence[tuple[Span, int]]) -> list[Span]:
    """Return where each piece of the text stands among the letters of the page, (0, 0) if not."""
    places: dict[Span, Span] = {}
    at = 0
    for span in sorted({span for span, _ in pieces}):
        words = "".join(text[span[0] : span[1]].split())
        before = "".join(text[max(0, span[0] - 3 * _BEFORE) : span[0]].split())[-_BEFORE:]
        start = page.find(before + words, max(0, at - len(before))) if words else -1
        start = start + len(before) if start >= 0 else page.find(words, at) if words else -1
        places[span] = (start, start + len(words)) if start >= 0 else (0, 0)
        at = max(start, at)
    return [places[span] for span, _ in pieces]


def _list_insertions(
    letters: _Letters, owners: list[int], labels: dict[int, str]
) -> Iterator[Insertion]:
    runs = groupby(range(len(owners)), key=lambda at: (owners[at], letters.nodes[at]))
    pieces = [(*key, [*places]) for key, places in runs if key[0]]
    last = {number: at for at, (number, _, _) in enumerate(pieces)}
    seen: set[int] = set()
    for at, (number, node, places) in enumerate(pieces):
        end = letters.ends[places[-1]]
        yield Insertion(
            at=letters.starts[places[0]], kind="open", number=number, first=number not in seen
        )
        yield Insertion(at=end, kind="close", number=number)
        seen.add(number)
        if last[number] == at:
            # A link inside a link is none: the reference stands behind it.
            behind = letters.links.get(node, end)
            yield Insertion(at=behind, kind="reference", number=number, label=labels[number])
