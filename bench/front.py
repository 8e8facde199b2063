"""The front page of November 2022, hour by hour: is what the BBC held high found high?

Run: `python bench/front.py`. Two real streams are replayed together: the items of the BBC's front
page as each first appears (title and summary; never its position, nor that it has gone), and 34,663
addresses of 11 US outlets, whose words are all that is known of their reports. Both go through our
own grouping; what is asked each hour is asked of the stories as they stood then.

At the end of each hour the stories with an item of the BBC's in the last 72 hours are ordered by
each system from the same counts, and the order is held against the BBC's own of that hour. The
relevance of a story is how high and how long its items stood: 1 for the first place, 0.9 for the
second … 0.1 for the tenth, the highest of its items in each look at the page, and the mean over
the looks of the hour. nDCG@10 is computed for each hour, and the mean is printed for the first
and the second half of the month. All that is tuned was tuned on the first half alone: our numbers
stand in `dateline.publish.ranking`, those of the peers are the best of a grid, chosen there.

What a site would count: an outlet's report of its own is one with other words than those before it
in the story (agency copy keeps its words in the address). The story's lead is the newest item of
the BBC's. There are no readers and no pins, and all outlets are of one language and country, so
that these parts of our ranking are not measured here.
"""

import argparse
import hashlib
import json
import lzma
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dateline.model import ArticleId, Card, Lead, Pulse, Rights, SourceId, StoryCard, StoryId
from dateline.publish.ranking import Evidence, rank_stories, score_story
from dateline.stories.placing import Placer
from looking import Standing
from replay import FORGET_EVERY, MERGE_EVERY, SHARED, WINDOW, list_slug, read_leads

FRONT = SHARED / "bbc_homepage_2022-11.jsonl.xz"
PLACES = 10
CANDIDATE = timedelta(hours=72)
HALF = datetime(2022, 11, 16, tzinfo=UTC)
FIRST = datetime(2022, 11, 2, tzinfo=UTC)  # before, everything on the page has just appeared
HOUR = timedelta(hours=1)
BBC = SourceId(999)
Order = Callable[[Sequence["Seen"], datetime], list[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One story at one moment, as all systems see it."""

    story: StoryCard
    pulse: Pulse
    reports: int
    own: tuple[datetime, ...]  # first reports of each origin, the newest first
    item_at: datetime  # when its newest item of the BBC's appeared
    first_item_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """What there was to order at the end of an hour, and what the BBC held how high."""

    at: datetime
    seen: tuple[Seen, ...]
    relevance: Mapping[int, float]


def read_front() -> list[tuple[datetime, list[tuple[str, str, str]]]]:
    """Return each look at the page: its items' paths, titles and summaries, from the top."""
    looks = []
    with lzma.open(FRONT, "rt", encoding="utf-8") as file:
        for line in file:
            look = json.loads(line)
            items = [
                (urlsplit(url).path, title, summary)
                for title, url, _section, summary in look["items"]
                if url.startswith(("/", "http"))
            ]
            looks.append((datetime.fromisoformat(look["t"]), items))
    return looks


def list_items(looks: Sequence[tuple[datetime, list[tuple[str, str, str]]]]) -> list[Lead]:
    """Return each item of the page when it first appeared, as a report."""
    first: dict[str, Lead] = {}
    for at, items in looks:
        for path, title, summary in items:
            first.setdefault(
                path,
                Lead(
                    article_id=ArticleId(0),
                    source_id=BBC,
                    url=path,
                    language="en",
                    headline=title,
                    text=summary,
                    at=at,
                ),
            )
    return list(first.values())


def replay() -> list[Hour]:
    """Place both streams in order of time, and look at the stories at the end of each hour."""
    looks = read_front()
    stream = sorted([*list_items(looks), *read_leads(10**9)], key=_arrive)
    placer = Placer()
    standing = Standing(placer)
    placed: list[Lead] = []
    hours: list[Hour] = []
    end = FIRST
    for number, lead in enumerate(stream, start=1):
        while lead.at > end:
            hours += _look(placed, standing, looks, end)
            end += HOUR
        lead = _number(lead, number)
        standing.place(lead)
        placed.append(lead)
        if number % MERGE_EVERY == 0:
            standing.look()
        if number % FORGET_EVERY == 0:
            placer.forget_before(lead.at - WINDOW)
    return hours


def _arrive(lead: Lead) -> tuple[datetime, bytes]:
    # What appears in one look at the page would else come in the order of its places.
    return lead.at, hashlib.blake2b(lead.url.encode(), digest_size=8).digest()


def _number(lead: Lead, number: int) -> Lead:
    values = {name: getattr(lead, name) for name in ("source_id", "url", "language", "headline")}
    return Lead(article_id=ArticleId(number), text=lead.text, at=lead.at, **values)


def _look(
    placed: Sequence[Lead],
    standing: Standing,
    looks: Sequence[tuple[datetime, list[tuple[str, str, str]]]],
    end: datetime,
) -> Iterator[Hour]:
    mine = [items for at, items in looks if end - HOUR < at <= end]
    if not mine:
        return
    stories: dict[int, list[Lead]] = defaultdict(list)
    for lead in placed:
        if lead.at > end - WINDOW:
            stories[standing.find(lead.article_id)].append(lead)
    place_of = {
        lead.url: story for story, of in stories.items() for lead in of if lead.source_id == BBC
    }
    seen = [_describe(story, of, end) for story, of in stories.items() if _is_candidate(of, end)]
    relevance: dict[int, float] = defaultdict(float)
    for items in mine:
        for story, gain in _judge(items, place_of).items():
            relevance[story] += gain / len(mine)
    yield Hour(at=end, seen=tuple(seen), relevance=dict(relevance))


def _judge(items: Sequence[tuple[str, str, str]], place_of: Mapping[str, int]) -> dict[int, float]:
    found: dict[int, float] = {}
    for place, (path, _title, _summary) in enumerate(items[:PLACES]):
        if (story := place_of.get(path)) is not None:
            found.setdefault(story, 1 - place / PLACES)
    return found


def _is_candidate(reports: Sequence[Lead], end: datetime) -> bool:
    items = [lead.at for lead in reports if lead.source_id == BBC]
    return bool(items) and max(lead.at for lead in reports) > end - CANDIDATE


def _describe(story_id: int, reports: Sequence[Lead], end: datetime) -> Seen:
    items = [lead for lead in reports if lead.source_id == BBC]
    known: set[frozenset[str]] = set()
    newest: dict[int, datetime] = {}
    own: list[datetime] = []
    for lead in reports:
        words = frozenset(list_slug(lead.url.lower()) if lead.source_id != BBC else [lead.url])
        if words not in known:
            newest[int(lead.source_id)] = lead.at
            own.append(lead.at)
        known.add(words)
    voices = tuple(sorted(newest.values(), reverse=True))
    story = StoryCard(
        story_id=StoryId(story_id),
        slug="",
        headline=items[-1].headline,
        lead=_make_card(items[-1]),
        members=(),
        articles=len(reports),
        outlets=len({lead.source_id for lead in reports}),
        origins=len(own),
        languages=("en",),
        first_at=reports[0].at,
        last_at=reports[-1].at,
    )
    return Seen(
        story=story,
        pulse=Pulse(voices=tuple(at for at in voices if at > end - CANDIDATE)),
        reports=len(reports),
        own=tuple(reversed(own)),
        item_at=items[-1].at,
        first_item_at=items[0].at,
    )


def _make_card(lead: Lead) -> Card:
    return Card(
        article_id=lead.article_id,
        url=lead.url,
        headline=lead.headline,
        kicker="",
        lede="",
        language="en",
        section="",
        source_key=f"outlet-{lead.article_id}",  # so that the share of one outlet limits nothing
        source_name="",
        rights=Rights.FULL,
        at=lead.at,
        first_seen=lead.at,
    )


def measure(order: Sequence[int], relevance: Mapping[int, float]) -> float:
    """Return nDCG@10 of an order of stories."""
    best = sorted(relevance.values(), reverse=True)
    ideal = sum(gain / math.log2(place + 2) for place, gain in enumerate(best[:PLACES]))
    found = [relevance.get(story, 0.0) for story in order[:PLACES]]
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(found)) / ideal


def score_all(hours: Sequence[Hour], order: Order) -> tuple[float, float]:
    """Return the mean over the hours of the first half of the month, and of the second."""
    halves: tuple[list[float], list[float]] = ([], [])
    for hour in hours:
        if hour.relevance:
            halves[hour.at > HALF].append(measure(order(hour.seen, hour.at), hour.relevance))
    first, second = (sum(half) / len(half) for half in halves)
    return first, second


def order_by(weigh: Callable[[Seen, datetime], float]) -> Order:
    """Return an order by one number; what is equal stands newest first, then in any order."""

    def order(seen: Sequence[Seen], now: datetime) -> list[int]:
        def find_place(each: Seen) -> tuple[float, datetime, int]:
            return weigh(each, now), each.item_at, each.story.story_id

        return [each.story.story_id for each in sorted(seen, key=find_place, reverse=True)]

    return order


def age(now: datetime, at: datetime) -> float:
    """Return hours."""
    return max((now - at) / HOUR, 0.0)


def weigh_before(each: Seen, now: datetime) -> float:
    """The formula that this one replaced."""
    story = each.story
    independent = min(story.origins, story.outlets)
    score = math.log2(1 + independent) + math.log2(1 + story.outlets) / 2
    return score - age(now, story.last_at) / 8 - age(now, story.first_at) / 72


def order_ours(seen: Sequence[Seen], now: datetime) -> list[int]:
    """Our ranking as the site uses it, without what was seen before."""
    pulses = {each.story.story_id: each.pulse for each in seen}
    found = rank_stories([s.story for s in seen], now, evidence=Evidence(pulses=pulses))
    return [story.story_id for story in found.stories]


def make_steady() -> Order:
    """Return our ranking, each hour held to the order of the hour before."""
    before: list[StoryId] = []

    def order(seen: Sequence[Seen], now: datetime) -> list[int]:
        evidence = Evidence(
            pulses={each.story.story_id: each.pulse for each in seen}, before=before[:60]
        )
        found = rank_stories([each.story for each in seen], now, evidence=evidence)
        before[:] = [story.story_id for story in found.stories]
        return list(before)

    return order


def make_decay(gravity: float, hours: float, *, newest: bool) -> Order:
    """Return the order of Hacker News: coverage over a power of age."""

    def weigh(each: Seen, now: datetime) -> float:
        at = each.item_at if newest else each.first_item_at
        return float(each.story.outlets / (age(now, at) + hours) ** gravity)

    return order_by(weigh)


def choose(hours: Sequence[Hour], makers: Mapping[str, Order]) -> tuple[str, Order]:
    """Return the system of a grid that is best on the first half."""
    early = [hour for hour in hours if hour.at <= HALF]
    late = [hour for hour in hours if hour.at > HALF][:1]
    name = max(makers, key=lambda each: score_all([*early, *late], makers[each])[0])
    return name, makers[name]


def list_systems(hours: Sequence[Hour]) -> dict[str, Order]:
    """Return every system by its name."""
    gravities, starts = (0.8, 1.0, 1.2, 1.5, 1.8, 2.2, 3.0), (0.5, 1.0, 2.0, 4.0, 8.0)
    decays = {
        f"Hacker News decay, coverage / (age of {'newest' if n else 'first'} item + {h}) ** {g}": (
            make_decay(g, h, newest=n)
        )
        for g in gravities
        for h in starts
        for n in (True, False)
    }
    covered = {
        f"most covered within {window} hours": order_by(
            lambda each, now, window=window: (
                each.story.outlets if age(now, each.item_at) < window else -1.0
            )
        )
        for window in (3, 6, 12, 24, 72)
    }
    return {
        "newest item first": order_by(lambda each, _: each.item_at.timestamp()),
        "newest report first": order_by(lambda each, _: each.story.last_at.timestamp()),
        "most covered (outlets)": order_by(lambda each, _: each.story.outlets),
        **dict([choose(hours, covered)]),
        "Hacker News decay as published (+ 2, ** 1.8)": make_decay(1.8, 2.0, newest=True),
        **dict([choose(hours, decays)]),
        "the formula before this one": order_by(weigh_before),
        "ours, the number alone": order_by(
            lambda each, now: score_story(each.story, now, pulse=each.pulse)
        ),
        "ours": order_ours,
        "ours, held steady from hour to hour": make_steady(),
    }


def count_swaps(hours: Sequence[Hour], order: Order) -> float:
    """Return how many pairs of the first ten change places from one hour to the next, the mean."""
    swaps: list[int] = []
    last: list[int] = []
    for hour in hours:
        top = order(hour.seen, hour.at)[:PLACES]
        both = [last.index(story) for story in top if story in last]
        swaps.append(sum(a > b for n, a in enumerate(both) for b in both[n + 1 :]))
        last = top
    return sum(swaps) / len(swaps)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.parse_args()
    if not Path(FRONT).exists():
        raise SystemExit(f"{FRONT} is not there: the stream of the BBC's page is needed.")
    hours = replay()
    mean = sum(len(hour.seen) for hour in hours) / len(hours)
    print(f"{len(hours)} hours with a look at the page, {mean:.0f} stories to order in each\n")
    print(f"{'nDCG@10 by the hour':72} {'1-15':>6} {'16-30':>6} {'to ours':>8}")
    results: dict[str, Any] = {}
    systems = list_systems(hours)
    for name, order in systems.items():
        results[name] = score_all(hours, order)
    for name, (first, second) in results.items():
        print(f"{name:72} {first:6.3f} {second:6.3f} {second / results['ours'][1]:8.2f}")
    print()
    for name in ("ours", "ours, held steady from hour to hour"):
        order = make_steady() if "steady" in name else systems[name]
        print(f"{name}: {count_swaps(hours, order):.2f} swaps an hour among the first ten")


if __name__ == "__main__":
    main()
