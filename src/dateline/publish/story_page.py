"""A story as its page shows it: what happened by day, who has it from whom, what is new.

Everything is decided here from the story's cards, the links between them and the decisions about
the story; `web/` prints it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from dateline.model import ArticleId, Card, Decision, DecisionKind, Link
from dateline.publish.names import Told, find_names
from dateline.publish.newness import News, find_news
from dateline.publish.notes import Note, find_notes
from dateline.publish.origin_tree import OriginTree, grow_trees, order_cards
from dateline.publish.timeline import (
    Day,
    Happening,
    HappeningKind,
    count_happenings,
    group_days,
    list_happenings,
    list_news,
)

LINES = 100  # of the timeline on one page
MOST_TREES = 40
MOST_CHANGED = 12
MOST_TOLD = 400  # articles in which names are sought
MOST_ALONE = 12  # reports named that one language alone has
_UNKNOWN = ("", "und")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How a reader wants to see a story."""

    zone: tzinfo  # the site's: its days are the days of the timeline
    language: str = ""  # "" is all
    since: datetime | None = None  # only what is new since then
    page: int = 1  # of the timeline; those behind the first show nothing else


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What is known about a story beside its articles."""

    links: Sequence[Link] = ()  # between them
    decisions: Sequence[Decision] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlyIn:
    """The reports of a story that are known in one language alone, newest first."""

    language: str
    reports: tuple[Card, ...]  # the first of each; at most a dozen
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """What a story's page shows."""

    days: tuple[Day, ...]
    page: int  # which of the pages of the timeline these are, from 1
    pages: int
    happenings: int  # on all pages
    counts: Mapping[HappeningKind, int]  # of each kind that happened, carriers of reports as well
    trees: tuple[OriginTree, ...]  # reports with carriers, an agency or notes
    more_trees: int  # of these, those for which the page has no room
    alone: int  # reports that one article has, and no other a part of it
    only: tuple[OnlyIn, ...]
    changed: tuple[Card, ...]  # edited or withdrawn, the latest first; at most a dozen
    more_changed: int
    notes: Mapping[ArticleId, Sequence[Note]]
    names: tuple[tuple[str, int], ...] = ()  # in several reports, with in how many
    news: News | None = None
    is_all_new: bool = False  # nothing of the story is older than `News.since`


def build_story_page(cards: Sequence[Card], trace: Trace, view: View) -> StoryPage:
    """Return the page of a story with these cards, in the language and since when asked for."""
    news = find_news(cards, view.since) if view.since else None
    chosen = frozenset(c.article_id for c in cards if view.language in ("", c.language))
    trees = [tree for tree in grow_trees(cards) if _is_among(tree, chosen)]
    notes = find_notes(cards, trace.links)
    happenings = _list_happenings(trees, trace, chosen, news)
    shown = [tree for tree in trees if news is None or _is_among(tree, news)]
    told = [tree for tree in shown if _has_a_tale(tree, notes)]
    changed = list_changed(card for card in cards if card.article_id in chosen)
    pages = max(-(-len(happenings) // LINES), 1)
    page = min(max(view.page, 1), pages)
    return StoryPage(
        days=group_days(happenings[(page - 1) * LINES : page * LINES], view.zone),
        page=page,
        pages=pages,
        happenings=len(happenings),
        counts=count_happenings(happenings),
        trees=tuple(told[:MOST_TREES]),
        more_trees=max(len(told) - MOST_TREES, 0),
        alone=len(shown) - len(told),
        only=() if view.language else find_lone_languages(shown, trees),
        changed=changed[:MOST_CHANGED],
        more_changed=max(len(changed) - MOST_CHANGED, 0),
        notes=notes,
        names=find_names(_list_told(trees)),
        news=news,
        is_all_new=news is not None and len(news.arrived) == len(cards),
    )


def find_lone_languages(
    trees: Iterable[OriginTree], among: Iterable[OriginTree]
) -> tuple[OnlyIn, ...]:
    """Return, of a story in several languages, what each one reports alone, the fewest first.

    `among` are all reports of the story. Where none of them was found in two languages, nothing is
    known of what they have in common, and nothing is said.
    """
    if all(len(set(tree.languages) - set(_UNKNOWN)) < 2 for tree in among):
        return ()
    found: dict[str, list[Card]] = defaultdict(list)
    for tree in trees:
        if len(tree.languages) == 1 and tree.languages[0] not in _UNKNOWN:
            found[tree.languages[0]].append(tree.first)
    lists = [
        OnlyIn(
            language=name, reports=tuple(order_cards(own)[: -MOST_ALONE - 1 : -1]), count=len(own)
        )
        for name, own in found.items()
    ]
    return tuple(sorted(lists, key=lambda each: (each.count, each.language)))


def list_changed(cards: Iterable[Card]) -> tuple[Card, ...]:
    """Return the articles that were edited or withdrawn at their source, the latest first."""
    moments = [(card.gone_at or card.edited_at, card) for card in cards]
    found = [(at, card.article_id, card) for at, card in moments if at is not None]
    return tuple(card for _at, _id, card in sorted(found, key=lambda row: row[:2], reverse=True))


def _list_happenings(
    trees: Sequence[OriginTree],
    trace: Trace,
    chosen: frozenset[ArticleId],
    news: News | None,
) -> list[Happening]:
    kinds = (DecisionKind.MERGE, DecisionKind.SPLIT)
    decisions = [decision for decision in trace.decisions if decision.kind in kinds]
    if news is None:
        return list_happenings(trees, chosen, decisions)
    late = [decision for decision in decisions if decision.at > news.since]
    return list_news(trees, chosen, late, news)


def _list_told(trees: Iterable[OriginTree]) -> list[Told]:
    found = [
        Told(origin=number, language=card.language, text=f"{card.headline}\n{card.lede}")
        for number, tree in enumerate(trees)
        for card in tree.cards
        if not card.gone and not card.spans
    ]
    return found[:MOST_TOLD]


def _has_a_tale(tree: OriginTree, notes: Mapping[ArticleId, Sequence[Note]]) -> bool:
    return (
        len(tree.cards) > 1
        or bool(tree.agency)
        or any(card.article_id in notes for card in tree.cards)
    )


def _is_among(tree: OriginTree, chosen: frozenset[ArticleId] | News) -> bool:
    return any(card.article_id in chosen for card in tree.cards)


def group_card_days(
    cards: Iterable[Card], zone: tzinfo
) -> tuple[tuple[date | None, list[Card]], ...]:
    """Return cards, newest first, by their day in the site's time zone; None is no date."""
    days: dict[date | None, list[Card]] = {}
    for card in cards:
        day = card.at.astimezone(zone).date() if card.dated else None
        days.setdefault(day, []).append(card)
    return tuple(days.items())


def list_carriers(card: Card, origin: Iterable[Card]) -> tuple[Card, ...]:
    """Return the other carriers of an article's report, earliest first."""
    others = (other for other in origin if other.article_id != card.article_id and not other.gone)
    return tuple(order_cards(others))


def split_headline(card: Card) -> tuple[str, str]:
    """Return the kicker and the rest of a headline, so that neither is printed twice.

    A headline often begins with its kicker ("War in Ukraine: NATO wary"); where it does not, the
    kicker is printed above it.
    """
    kicker, headline = card.kicker.strip(), card.headline.strip()
    if not kicker or not headline.casefold().startswith(kicker.casefold()):
        return kicker, headline
    rest = headline[len(kicker) :].lstrip()
    if rest[:1] in (":", "|", "–", "—", "-", "："):
        rest = rest[1:].strip()
        return (kicker, rest) if rest else ("", headline)
    return "", headline
