"""Where one article has its report from, as its page tells: its place in the tree, its passages."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dateline.model import Article, Card, Link, LinkKind, Span, StoryCard, StoryPart
from dateline.publish.passages import MOST_OTHERS, Carried, Traced, trace_passages
from dateline.publish.shown import Shown
from dateline.publish.version_page import measure_shown
from dateline.sentences import split_paragraphs
from dateline.store.articles import load_article
from dateline.store.cards import load_cards
from dateline.store.links import list_links
from dateline.store.parts import list_parts
from dateline.store.stories import load_story
from dateline.text import squeeze
from dateline.web.desk import Look

Align = Callable[[str, str], Sequence[tuple[Span, Span]]]  # passages of the first in the second

_WITHIN = frozenset((LinkKind.COPY, LinkKind.PARTIAL, LinkKind.QUOTES))
GIVEN = 12  # articles that have passages of this one


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What is known of an article's report; cards as they may be shown."""

    parent: Card | None = None  # whom it has the report from
    translated: bool = False  # the parent wrote in another language
    agency: str = ""  # name of the agency it credits, where that is not the parent
    passages: Traced | None = None  # None where nothing of the text stands in an earlier one
    given: tuple[Card, ...] = ()  # later articles of other origins that have passages of it


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOf:
    """A story to which a part of the article belongs; the story as in a list."""

    story: StoryCard
    passages: tuple[tuple[str, ...], ...]  # each by paragraphs, as far as it may be shown
    cut: bool  # more of the part may not be shown


def list_parts_of(look: Look, article: Article, shown: Shown) -> tuple[PartOf, ...]:
    """Return the other stories to which parts of an article belong, with these parts."""
    text = article.version.reading.text
    parts = list_parts(look.tx, [article.id]).get(article.id, ())
    stories = [(part, load_story(look.tx, part.story_id)) for part in parts]
    limit = measure_shown(shown, text)
    return tuple(
        PartOf(
            story=look.show_lead(story),
            passages=_cut_passages(part, text[:limit]),
            cut=any(end > limit for _, end in part.spans),
        )
        for part, story in stories
        if story is not None
    )


def _cut_passages(part: StoryPart, text: str) -> tuple[tuple[str, ...], ...]:
    pieces = (text[start:end] for start, end in part.spans)
    found = (
        tuple(squeeze(piece[start:end]) for start, end in split_paragraphs(piece))
        for piece in pieces
    )
    return tuple(passage for passage in found if passage)


def trace_article(look: Look, article: Article, card: Card, shown: Shown, align: Align) -> Trace:
    """Return where an article has its report from; `card` as it may be shown."""
    parents = load_cards(look.tx, [card.taken_from]) if card.taken_from else []
    links = [pair for pair in list_links(look.tx, article.id) if pair[0].kind in _WITHIN]
    parent = look.show(parents)[0] if parents else None
    translated = parent is not None and _base(parent) != _base(card)
    given = (other for link, other in links if _gives(article, card, link, other))
    return Trace(
        parent=parent,
        translated=translated,
        agency=_name_agency(article, card),
        passages=_trace_passages(look, article, _list_others(card, parent, links), shown, align),
        given=look.show(given)[:GIVEN],
    )


def _base(card: Card) -> str:
    return card.language.partition("-")[0]


def _name_agency(article: Article, card: Card) -> str:
    named = {credit.key: credit.name for credit in article.version.reading.credits}
    return named.get(card.agency, card.agency)


def _is_before(other: Card, card: Card) -> bool:
    return (other.at, other.article_id) < (card.at, card.article_id)


def _gives(article: Article, card: Card, link: Link, other: Card) -> bool:
    """Whether a later report of another origin has passages of this article."""
    is_other = other.origin_id is None or other.origin_id != card.origin_id
    return is_other and link.kind is LinkKind.PARTIAL and _is_before(card, other) and not other.gone


def _list_others(
    card: Card, parent: Card | None, links: Sequence[tuple[Link, Card]]
) -> list[tuple[LinkKind, Card]]:
    """Return the articles that passages may come from: the parent, then earlier ones, likest first.

    Of the same report the parent alone: what its other carriers have, they have from there too.
    """
    found = {parent.article_id: (LinkKind.COPY, parent)} if parent else {}
    for link, other in sorted(links, key=lambda pair: -pair[0].likeness):
        is_same = other.origin_id is not None and other.origin_id == card.origin_id
        if not is_same and _is_before(other, card):
            found.setdefault(other.article_id, (link.kind, other))
    return [pair for pair in found.values() if _base(pair[1]) == _base(card)][:MOST_OTHERS]


def _trace_passages(
    look: Look,
    article: Article,
    others: Sequence[tuple[LinkKind, Card]],
    shown: Shown,
    align: Align,
) -> Traced | None:
    if shown.withdrawn or not others:
        return None
    text = article.version.reading.text
    carried = list(_align_all(look, text, others, align))
    traced = trace_passages(text, carried, shown=measure_shown(shown, text))
    return traced if traced.shares else None


def _align_all(
    look: Look, text: str, others: Sequence[tuple[LinkKind, Card]], align: Align
) -> Iterator[Carried]:
    for (kind, _), card in zip(others, look.show(card for _, card in others), strict=True):
        other = load_article(look.tx, card.article_id)
        pairs = align(text, other.version.reading.text) if other else ()
        yield Carried(card=card, kind=kind, spans=tuple(mine for mine, _ in pairs))
