"""What articles of a story share without carrying one report: passages, or the same quotations."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.model import ArticleId, Card, Link, LinkKind

MOST_NOTED = 6  # others named in one note
_KINDS = (LinkKind.PARTIAL, LinkKind.QUOTES)  # in the order in which a page says them


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """With whom an article shares something of one kind, the likest first."""

    kind: LinkKind
    others: tuple[tuple[Card, float], ...]  # with the share (0..1) of the shorter text's passages
    more: int = 0  # others for whom there is no room


def find_notes(cards: Sequence[Card], links: Iterable[Link]) -> dict[ArticleId, tuple[Note, ...]]:
    """Return what each article shares with others of the story, whichever of them has it first."""
    known = {card.article_id: card for card in cards}
    found: dict[ArticleId, dict[LinkKind, dict[ArticleId, float]]] = defaultdict(dict)
    both = [(one, pair) for one in links for pair in _list_sides(one) if known.keys() >= {*pair}]
    for link, (mine, other) in both:
        likeness = found[mine].setdefault(link.kind, {})
        likeness[other] = max(likeness.get(other, 0.0), link.likeness)
    return {mine: tuple(_list_notes(kinds, known)) for mine, kinds in found.items()}


def _list_sides(link: Link) -> list[tuple[ArticleId, ArticleId]]:
    pair = (link.article_id, link.other_id)
    return [pair, pair[::-1]] if link.kind in _KINDS else []


def _list_notes(
    kinds: Mapping[LinkKind, Mapping[ArticleId, float]], known: Mapping[ArticleId, Card]
) -> Iterable[Note]:
    for kind in _KINDS:
        pairs = sorted(kinds.get(kind, {}).items(), key=lambda pair: (-pair[1], pair[0]))
        if pairs:
            others = tuple((known[other], likeness) for other, likeness in pairs[:MOST_NOTED])
            yield Note(kind=kind, others=others, more=len(pairs) - len(others))
