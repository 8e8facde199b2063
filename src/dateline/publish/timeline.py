"""What happened in a story, by day: first reports, later edits, withdrawals, decisions."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from enum import StrEnum

from dateline.model import UNDATED_AT, ArticleId, Card, Decision
from dateline.publish.newness import News
from dateline.publish.origin_tree import OriginTree, name_family


class HappeningKind(StrEnum):
    """What kind of thing happened."""

    REPORT = "report"  # a report that nobody had before
    CARRIED = "carried"  # another outlet has an earlier report
    AGAIN = "again"  # the outlet of an earlier report has it again, at another address
    CHANGED = "changed"  # an article was edited after it was first seen
    WITHDRAWN = "withdrawn"
    DECIDED = "decided"  # stories were found to be one, or to be several


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line of the timeline."""

    kind: HappeningKind
    at: datetime
    card: Card | None = None  # None where something was decided
    carriers: tuple[Card, ...] = ()  # other outlets' articles with this report, earliest first
    again: tuple[Card, ...] = ()  # further articles of its own outlet with it, earliest first
    decisions: tuple[Decision, ...] = ()  # of one kind, and all by a person or none


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What happened on one day in the site's time zone, newest first."""

    day: date | None  # None: of these reports nobody knows the date
    happenings: tuple[Happening, ...]


def list_happenings(
    trees: Iterable[OriginTree], chosen: frozenset[ArticleId], decisions: Iterable[Decision]
) -> list[Happening]:
    """Return all that happened to the chosen articles, newest first.

    Who carries a report stands with it and is no line of its own.
    """
    found = [_tell_decision(decision) for decision in decisions]
    for tree in trees:
        cards = _order_carriers(tree, chosen)
        found += _tell_reports(cards[:1], tuple(cards[1:]))
        found += [line for card in cards for line in _tell_fate(card)]
    return _order(found)


def list_news(
    trees: Iterable[OriginTree],
    chosen: frozenset[ArticleId],
    decisions: Iterable[Decision],
    news: News,
) -> list[Happening]:
    """Return what is new of the chosen articles, newest first; `decisions` are new ones."""
    found = [_tell_decision(decision) for decision in decisions]
    for tree in trees:
        cards = _order_carriers(tree, chosen)
        arrived = [card for card in cards if card.article_id in news.arrived]
        if len(arrived) == len(tree.cards):
            found += _tell_reports(arrived[:1], tuple(arrived[1:]))
        else:
            found += [_tell(_name_carrying(tree, card), card, card.listed_at) for card in arrived]
        found += _tell_new_fates(cards, news)
    return _order(found)


def group_days(happenings: Sequence[Happening], zone: tzinfo) -> tuple[Day, ...]:
    """Return what happened by its day, newest first as it came, what is undated at the end.

    Decisions of one kind that follow one another on a day are one line.
    """
    days: dict[date | None, list[Happening]] = {}
    for line in happenings:
        day = line.at.astimezone(zone).date() if line.at > UNDATED_AT else None
        lines = days.setdefault(day, [])
        if lines and _is_same_decision(lines[-1], line):
            lines[-1] = replace(lines[-1], decisions=lines[-1].decisions + line.decisions)
        else:
            lines.append(line)
    return tuple(Day(day=day, happenings=tuple(lines)) for day, lines in days.items())


def _is_same_decision(line: Happening, other: Happening) -> bool:
    both = (line.decisions[:1], other.decisions[:1])
    return all(both) and len({(one.kind, one.by_person) for (one,) in both}) == 1


def count_happenings(happenings: Iterable[Happening]) -> Counter[HappeningKind]:
    """Return how much of each kind happened, those that stand with a report among them."""
    counts: Counter[HappeningKind] = Counter()
    for line in happenings:
        counts[line.kind] += 1
        counts[HappeningKind.CARRIED] += len(line.carriers)
        counts[HappeningKind.AGAIN] += len(line.again)
    return counts


def _order_carriers(tree: OriginTree, chosen: frozenset[ArticleId]) -> list[Card]:
    # Who had it first leads, also where its carriers bear an earlier date.
    first = tree.first.article_id
    mine = [card for card in tree.cards if card.article_id in chosen]
    return sorted(mine, key=lambda card: card.article_id != first)


def _tell_reports(first: Sequence[Card], carriers: tuple[Card, ...]) -> list[Happening]:
    return [
        Happening(
            kind=HappeningKind.REPORT,
            at=card.listed_at,
            card=card,
            carriers=tuple(other for other in carriers if not _is_one_outlet(other, card)),
            again=tuple(other for other in carriers if _is_one_outlet(other, card)),
        )
        for card in first
    ]


def _name_carrying(tree: OriginTree, card: Card) -> HappeningKind:
    own = _is_one_outlet(tree.first, card)
    return HappeningKind.AGAIN if own else HappeningKind.CARRIED


def _is_one_outlet(card: Card, other: Card) -> bool:
    return name_family(card) == name_family(other)


def _tell_fate(card: Card) -> Iterator[Happening]:
    if card.edited_at is not None:
        yield _tell(HappeningKind.CHANGED, card, card.edited_at)
    if card.gone_at is not None:
        yield _tell(HappeningKind.WITHDRAWN, card, card.gone_at)


def _tell_new_fates(cards: Iterable[Card], news: News) -> list[Happening]:
    wanted = {HappeningKind.CHANGED: news.changed, HappeningKind.WITHDRAWN: news.withdrawn}
    return [
        line for card in cards for line in _tell_fate(card) if card.article_id in wanted[line.kind]
    ]


def _tell(kind: HappeningKind, card: Card, at: datetime) -> Happening:
    return Happening(kind=kind, at=at, card=card)


def _tell_decision(decision: Decision) -> Happening:
    return Happening(kind=HappeningKind.DECIDED, at=decision.at, decisions=(decision,))


def _order(happenings: Iterable[Happening]) -> list[Happening]:
    return sorted(happenings, key=_arrival, reverse=True)


def _arrival(line: Happening) -> tuple[datetime, int]:
    return line.at, line.card.article_id if line.card else 0
