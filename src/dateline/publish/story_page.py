"""A story as its page shows it: reports by day, each with the outlets that carry the same one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from dateline.model import Card, OriginId

LONGEST = 300  # reports on one page


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report: its earliest known carrier, and whoever else carried it, earliest first."""

    first: Card
    carriers: tuple[Card, ...] = ()

    @property
    def credits(self) -> tuple[str, ...]:
        """The agencies that the report or one of its carriers names, each once."""
        named = (name for card in (self.first, *self.carriers) for name in card.credits)
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The reports of one day in the site's time zone, newest first."""

    day: date
    reports: tuple[Report, ...]


def group_reports(cards: Iterable[Card]) -> list[Report]:
    """Return one report for each origin, newest first; a card without origin stands alone."""
    origins: dict[OriginId | int, list[Card]] = {}
    for card in cards:
        # Ids of origins are positive: a negative number cannot be taken for one.
        key = card.origin_id if card.origin_id is not None else -card.article_id
        origins.setdefault(key, []).append(card)
    reports = []
    for members in origins.values():
        members.sort(key=_arrival)
        reports.append(Report(first=members[0], carriers=tuple(members[1:])))
    reports.sort(key=lambda report: _arrival(report.first), reverse=True)
    return reports


def group_days(reports: Sequence[Report], zone: tzinfo) -> tuple[Day, ...]:
    """Return the reports by the day of their first carrier, newest day first."""
    days: dict[date, list[Report]] = {}
    for report in reports[:LONGEST]:
        days.setdefault(report.first.at.astimezone(zone).date(), []).append(report)
    return tuple(Day(day=day, reports=tuple(found)) for day, found in days.items())


def group_card_days(cards: Iterable[Card], zone: tzinfo) -> tuple[tuple[date, list[Card]], ...]:
    """Return cards, newest first, by their day in the site's time zone."""
    days: dict[date, list[Card]] = {}
    for card in cards:
        days.setdefault(card.at.astimezone(zone).date(), []).append(card)
    return tuple(days.items())


def list_carriers(card: Card, origin: Iterable[Card]) -> tuple[Card, ...]:
    """Return the other carriers of an article's report, earliest first."""
    others = [other for other in origin if other.article_id != card.article_id and not other.gone]
    return tuple(sorted(others, key=_arrival))


def keep_independent(
    card: Card, related: Iterable[tuple[Card, float]], *, limit: int
) -> tuple[Card, ...]:
    """Return related articles without those that carry the same report, one for each report."""
    seen = {card.origin_id} - {None}
    kept: list[Card] = []
    for other, _score in related:
        if other.gone or other.article_id == card.article_id or other.origin_id in seen:
            continue
        if other.origin_id is not None:
            seen.add(other.origin_id)
        kept.append(other)
    return tuple(kept[:limit])


def _arrival(card: Card) -> tuple[object, int]:
    return card.at, card.article_id


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
