"""The tree of one report: who had it first, who has it from whom.

The store says of each article whom it has its report from; here that becomes a tree that a page can
print. Whatever the rows say (a parent in another story, a loop), each article stands in it once.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dateline.model import ArticleId, Card, OriginId, Role
from dateline.text import base_language, make_slug

DEEPEST = 4  # levels that are printed; who stands deeper is printed on the last, with its parent
_SHORT_NAME = 5  # letters of an agency's key that is an abbreviation


@dataclass(frozen=True, slots=True, kw_only=True)
class Twig:
    """One carrier of a report, with those who have it from there, earliest first."""

    card: Card
    parent: Card | None = None  # whom it has the report from, where that is known
    twigs: tuple["Twig", ...] = ()

    @property
    def size(self) -> int:
        """How many carriers it stands for: itself and all that are printed under it."""
        return 1 + sum(twig.size for twig in self.twigs)

    @property
    def is_translation(self) -> bool:
        """Whether it has the report from an article in another language."""
        return self.parent is not None and _base(self.parent) != _base(self.card)


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginTree:
    """All carriers of one report; `agency` stands above them where they credit it."""

    cards: tuple[Card, ...]  # earliest first
    twigs: tuple[Twig, ...]  # who has it from none of the others
    agency: str = ""  # name; only of one that is not itself among the carriers
    credited: int = 0  # outlets that credit it

    @property
    def first(self) -> Card:
        """The earliest of those who have the report from none of the others."""
        return self.twigs[0].card

    @property
    def carriers(self) -> tuple[Card, ...]:
        """All but the first, earliest first."""
        return tuple(card for card in self.cards if card.article_id != self.first.article_id)

    @property
    def outlets(self) -> int:
        """How many outlets carry the report; those of one publisher are one."""
        return len({name_family(card) for card in self.cards})

    @property
    def languages(self) -> tuple[str, ...]:
        """Its languages, in the order in which it came out in them."""
        return tuple(dict.fromkeys(_base(card) for card in self.cards))


def name_family(card: Card) -> str:
    """Return what several feeds of one publisher share, else the source itself."""
    return card.family or card.source_key


def count_independent(outlets: int, origins: int) -> int:
    """Return how many origins may be independent: one outlet's many reports are one voice."""
    return max(min(origins, outlets), 0)


def order_cards(cards: Iterable[Card]) -> list[Card]:
    """Return cards, earliest first."""
    return sorted(cards, key=_arrival)


def grow_trees(cards: Iterable[Card]) -> tuple[OriginTree, ...]:
    """Return a tree for each origin, those with most outlets first, then the earliest.

    A card without origin is one of its own.
    """
    origins: dict[OriginId | int, list[Card]] = defaultdict(list)
    for card in cards:
        # Ids of origins are positive: a negative number cannot be taken for one.
        key = card.origin_id if card.origin_id is not None else -card.article_id
        origins[key].append(card)
    trees = [_grow(order_cards(members)) for members in origins.values()]
    return tuple(sorted(trees, key=lambda tree: (-tree.outlets, _arrival(tree.cards[0]))))


def _grow(cards: Sequence[Card]) -> OriginTree:
    parents = _find_parents(cards)
    known = {card.article_id: card for card in cards}
    places = _hang(cards, parents)
    twigs: dict[ArticleId, Twig] = {}
    for number in reversed(places.order):
        parent = parents[number]
        twigs[number] = Twig(
            card=known[number],
            parent=None if parent is None else known[parent],
            twigs=tuple(twigs[below] for below in places.below[number]),
        )
    roots = tuple(twigs[card.article_id] for card in cards if parents[card.article_id] is None)
    key, credited = _find_agency(cards)
    return OriginTree(
        cards=tuple(cards),
        twigs=roots,
        agency=_name_agency(key, cards) if key else "",
        credited=credited,
    )


def _find_parents(cards: Sequence[Card]) -> dict[ArticleId, ArticleId | None]:
    """Return whom each has the report from, as far as that one is here and it is no loop."""
    here = {card.article_id for card in cards}
    first = cards[0].article_id
    parents: dict[ArticleId, ArticleId | None] = {}
    for card in cards:
        parent = card.taken_from if card.taken_from in here else None
        if parent is None and card.role is Role.CARRIES and not card.agency:
            parent = first  # whom it is from was not kept, or stands in another story
        parents[card.article_id] = None if parent == card.article_id else parent
    _cut_loops(parents)
    return parents


def _cut_loops(parents: dict[ArticleId, ArticleId | None]) -> None:
    settled: set[ArticleId] = set()
    for start in list(parents):
        path: dict[ArticleId, None] = {}
        at: ArticleId | None = start
        while at is not None and at not in settled and at not in path:
            path[at] = None
            at = parents[at]
        if at is not None and at in path:
            parents[at] = None
        settled.update(path)


@dataclass(frozen=True, slots=True)
class _Places:
    order: list[ArticleId]  # each after the one that it is printed under
    below: Mapping[ArticleId, list[ArticleId]]  # who is printed under whom


def _hang(cards: Sequence[Card], parents: Mapping[ArticleId, ArticleId | None]) -> _Places:
    children: dict[ArticleId | None, list[ArticleId]] = defaultdict(list)
    for card in cards:
        children[parents[card.article_id]].append(card.article_id)
    order = list(children[None])
    hook = {number: (number, 1) for number in order}  # what its children hang on, and how deep
    below: dict[ArticleId, list[ArticleId]] = defaultdict(list)
    for number in order:  # grows while it is read: level after level
        holder, depth = hook[number]
        below[holder] += children[number]
        order += children[number]
        deeper = depth + 1 < DEEPEST
        hook.update((c, (c, depth + 1) if deeper else (holder, depth)) for c in children[number])
    return _Places(order, below)


def _find_agency(cards: Sequence[Card]) -> tuple[str, int]:
    """Return the agency that most of them credit, and how many outlets do; "" if it is one."""
    named = Counter(card.agency for card in cards if card.agency)
    if not named:
        return "", 0
    key = named.most_common(1)[0][0]
    is_here = any(key in (card.source_key, make_slug(card.source_name)) for card in cards)
    outlets = {name_family(card) for card in cards if card.agency == key}
    return ("", 0) if is_here else (key, len(outlets))


def _name_agency(key: str, cards: Sequence[Card]) -> str:
    names = (name for card in cards for name in card.credits if make_slug(name) == key)
    plain = key.upper() if len(key) <= _SHORT_NAME else key.replace("-", " ").title()
    return next(names, plain)


def _arrival(card: Card) -> tuple[datetime, int]:
    return card.at, card.article_id


def _base(card: Card) -> str:
    return base_language(card.language)
