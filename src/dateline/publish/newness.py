"""What is new in a story since a moment that the reader names: no cookie, no account."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from dateline.model import ArticleId, Card

_AGE = re.compile(r"([0-9]{1,4})([hd])", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What came after `since`: articles that arrived, were edited, or were withdrawn."""

    since: datetime
    arrived: frozenset[ArticleId]
    changed: frozenset[ArticleId]  # an article that has just arrived is not changed as well
    withdrawn: frozenset[ArticleId]

    def __contains__(self, article_id: object) -> bool:
        return any(article_id in found for found in (self.arrived, self.changed, self.withdrawn))


def read_since(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """Return the moment that "6h", "3d", "2022-11-30" or "2022-11-30T14:00" names, else None.

    A day begins at midnight of the site's time zone; so does a time without a zone belong to it.
    """
    wanted = text.strip()
    try:
        if age := _AGE.fullmatch(wanted):
            return now - timedelta(**{"hours" if age[2] == "h" else "days": int(age[1])})
        if _DAY.fullmatch(wanted):
            return datetime.combine(date.fromisoformat(wanted), time(), zone).astimezone(now.tzinfo)
        # In a query a plus sign is read as a space.
        found = datetime.fromisoformat(wanted.replace(" ", "+") if "T" in wanted else wanted)
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(now.tzinfo)
    except (ValueError, OverflowError):
        return None


def find_news(cards: Sequence[Card], since: datetime) -> News:
    """Return what a reader who last looked at `since` has not seen of these articles.

    What counts is when an article stood here first, not the date it bears: one that is found late
    is new. Only where none of them stood here at that time (a site that is filled from an archive)
    the dates they bear decide.
    """
    was_here = any(card.first_seen <= since for card in cards)
    arrived = {c.article_id for c in cards if (c.first_seen if was_here else c.at) > since}
    seen = [card for card in cards if card.article_id not in arrived]
    return News(
        since=since,
        arrived=frozenset(arrived),
        changed=_list_after(((c, c.edited_at) for c in seen if not c.gone), since),
        withdrawn=_list_after(((c, c.gone_at) for c in cards), since),
    )


def _list_after(
    moments: Iterable[tuple[Card, datetime | None]], since: datetime
) -> frozenset[ArticleId]:
    return frozenset(card.article_id for card, at in moments if at is not None and at > since)
