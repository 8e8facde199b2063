"""Passage by passage: what of a text stands in another outlet's text, and what is its own.

The alignment is made elsewhere; here spans become paragraphs to read, each passage with the article
in which it stands, and the shares that say how much is whose.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from dateline.model import Card, LinkKind, Span
from dateline.sentences import split_paragraphs

MOST_OTHERS = 6  # articles that one text is compared with
_OWN = 0
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What one text has of one other article."""

    card: Card  # of the other
    kind: LinkKind
    spans: tuple[Span, ...]  # of the text; they may overlap and stand in any order


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How much of a text stands in one other article; `number` marks its passages."""

    number: int  # from 1
    card: Card
    kind: LinkKind
    share: float  # 0..1 of the letters of the text

    @property
    def percent(self) -> int:
        """The share in percent, rounded; what is there at all is at least 1."""
        return max(round(100 * self.share), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of a paragraph; its words are the article's own where `share` is None."""

    text: str
    share: Share | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """A text with the origin of each passage."""

    paragraphs: tuple[tuple[Passage, ...], ...]  # as far as the text may be shown
    shares: tuple[Share, ...]  # of those of whom anything stands in the text, in the order given
    own: int  # percent of the letters that stand in none of them; with the shares about 100
    cut: bool  # more of the text is not shown

    @property
    def is_marked(self) -> bool:
        """Whether any passage that is shown stands in another article."""
        return any(piece.share for paragraph in self.paragraphs for piece in paragraph)


def trace_passages(text: str, carried: Sequence[Carried], *, shown: int) -> Traced:
    """Return which passages of a text stand in which other articles.

    Where passages of several cover one another, the one that is given first has them. Shares are
    of the whole text; its words are given up to the code point `shown`.
    """
    owners = _paint(text, carried[:MOST_OTHERS])
    letters = [0] * (MOST_OTHERS + 1)
    for match in _LETTER.finditer(text):
        letters[owners[match.start()]] += 1
    total = sum(letters)
    shares = {
        number: Share(number=number, card=each.card, kind=each.kind, share=letters[number] / total)
        for number, each in enumerate(carried[:MOST_OTHERS], start=1)
        if letters[number]
    }
    paragraphs = (
        tuple(_list_passages(text, (start, min(end, shown)), owners, shares))
        for start, end in split_paragraphs(text)
        if start < shown
    )
    return Traced(
        paragraphs=tuple(paragraphs),
        shares=tuple(shares.values()),
        own=max(0, 100 - sum(share.percent for share in shares.values())) if total else 100,
        cut=shown < len(text.rstrip()),
    )


def _paint(text: str, carried: Sequence[Carried]) -> bytearray:
    """Return for each code point the number of the article in which it stands, 0 for none."""
    owners = bytearray(len(text))
    for number, each in reversed(list(enumerate(carried, start=1))):
        for start, end in _join_spans(text, each.spans):
            owners[start:end] = bytes([number]) * (end - start)
    return owners


def _join_spans(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield spans in order, inside the text, joined where no letter lies between two of them."""
    inside = sorted((max(start, 0), min(end, len(text))) for start, end in spans)
    joined: list[Span] = []
    for start, end in inside:
        if start >= end:
            continue
        if joined and not _LETTER.search(text, joined[-1][1], start):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return iter(joined)


def _list_passages(
    text: str, span: Span, owners: bytearray, shares: dict[int, Share]
) -> Iterator[Passage]:
    # A number of whom no letter stands in the text is nobody's.
    whose = [owner if owner in shares else _OWN for owner in owners[span[0] : span[1]]]
    start = span[0]
    for owner, run in groupby(whose):
        end = start + sum(1 for _ in run)
        yield Passage(text=text[start:end], share=shares.get(owner))
        start = end
