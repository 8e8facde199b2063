"""A month of real arrivals: 34,663 addresses of 11 outlets, placed as they were first seen.

Run: `python bench/replay.py [--model NAME] [--rows N]`. There is no text: a headline is made from
the words of an address, so stories are judged by headlines alone and origins not at all. What is
known of the truth: pairs of addresses of two outlets that carry one agency's report (silver, by the
likeness of their slugs), and addresses of several outlets with the same words.

The lag is what a queue would show that places one article at a time, at the cost measured here,
when the articles came at their real times, and so many times faster: from first seen to placed.
"""

import argparse
import csv
import lzma
import re
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

import numpy as np

from dateline.model import ArticleId, Lead, SourceId
from dateline.stories.placing import Placer
from looking import Standing
from meaning import give_vectors, open_model

SHARED = Path(__file__).parents[2] / "shared" / "bench"
ARRIVALS = SHARED / "top_news_us_2022-11.tsv.xz"
SILVER = SHARED / "wire_silver_abc_wapo_2022-11.tsv"
WINDOW = timedelta(days=14)
FORGET_EVERY, MERGE_EVERY = 500, 200  # placings, as in dateline.pipeline
FASTER = (1, 1_000, 10_000, 30_000, 60_000)
_WORD = re.compile(r"[^\W\d_]{2,}")
_HEX = re.compile(r"\b[0-9a-f]{2,}\b")  # pieces of ids
FEWEST = 3  # words of an address that has a headline in it
_FILLERS = frozenset("a an and as at by for from in is of on or the to with".split())  # noqa: SIM905


@dataclass(slots=True, kw_only=True)
class Replay:
    """Where everything was placed in the end, and what each placing cost in seconds."""

    stories: dict[str, int]  # by address
    seconds: list[float]
    merges: int
    splits: int
    parts: int


def read_leads(rows: int) -> list[Lead]:
    """Return the articles in the order in which they were first seen, each address once."""
    with lzma.open(ARRIVALS, "rt", encoding="utf-8") as file:
        seen = [tuple(row) for row in csv.reader(file, delimiter="\t")][:rows]
    outlets = {outlet: n for n, outlet in enumerate(dict.fromkeys(row[1] for row in seen), 1)}
    first = {row[2]: row for row in reversed(seen)}
    told = [row for row in first.values() if len(list_slug(row[2])) >= FEWEST]
    ordered = sorted(told, key=lambda row: datetime.fromisoformat(row[0]))
    return [
        Lead(
            article_id=ArticleId(number),
            source_id=SourceId(outlets[outlet]),
            url=url,
            language="en",
            headline=" ".join(list_slug(url)).capitalize(),
            text="",
            at=datetime.fromisoformat(at),
        )
        for number, (at, outlet, url) in enumerate(ordered, start=1)
    ]


def list_slug(url: str) -> list[str]:
    """Return the words of that part of an address which has most of them; numbers are no words."""
    parts = unquote(urlsplit(url).path).removesuffix(".html").split("/")
    best = max(parts, key=lambda part: len(set(_WORD.findall(_HEX.sub(" ", part)))))
    return _WORD.findall(best)


def place_all(leads: Sequence[Lead]) -> Replay:
    placer = Placer()
    standing = Standing(placer)
    done = Replay(stories={}, seconds=[], merges=0, splits=0, parts=0)
    for number, lead in enumerate(leads, start=1):
        began = time.process_time()
        place = standing.place(lead)
        if number % MERGE_EVERY == 0 or number == len(leads):
            standing.look()
        if number % FORGET_EVERY == 0:
            placer.forget_before(lead.at - WINDOW)
        done.seconds.append(time.process_time() - began)
        done.parts += len(place.parts)
    done.merges, done.splits = len(standing.became), standing.splits
    done.stories = {lead.url: standing.find(lead.article_id) for lead in leads}
    return done


def print_arrivals(leads: Sequence[Lead]) -> None:
    moments = np.array([lead.at.timestamp() for lead in leads])
    waits = np.diff(moments)
    hourly = Counter((moments // 3600).astype(int).tolist())
    outlets = len({lead.source_id for lead in leads})
    print(f"{len(leads):,} addresses with a headline in them, of {outlets} outlets", end="")
    print(f" in {(moments[-1] - moments[0]) / 86400:.1f} days;", end=" ")
    print(f"in the fullest hour {max(hourly.values()):,}, at one moment ", end="")
    print(f"{max(Counter(moments.tolist()).values()):,};", end=" ")
    print(f"gaps of over 3 hours: {int((waits > 3 * 3600).sum())}, the longest ", end="")
    print(f"{waits.max() / 3600:.1f} hours\n")


def print_stories(leads: Sequence[Lead], done: Replay) -> None:
    sizes = Counter(done.stories.values())
    outlets: dict[int, set[int]] = defaultdict(set)
    for lead in leads:
        outlets[done.stories[lead.url]].add(int(lead.source_id))
    days: dict[int, list[datetime]] = defaultdict(list)
    for lead in leads:
        days[done.stories[lead.url]].append(lead.at)
    long = sum(len(of) for of in days.values() if max(of) - min(of) > WINDOW)
    several = sum(len(of) > 1 for of in outlets.values())
    top = ", ".join(str(size) for _, size in sizes.most_common(8))
    print(f"stories {len(sizes):,}, of several outlets {several:,}; largest {top};", end=" ")
    print(f"in stories that span over 14 days {long / len(leads):.1%} of articles;", end=" ")
    print(f"merged later {done.merges:,}, split {done.splits:,}, parts {done.parts:,}")


def print_copies(leads: Sequence[Lead], stories: dict[str, int]) -> None:
    """Print how many of the known copies share a story."""
    with SILVER.open(encoding="utf-8") as file:
        pairs = [row for row in csv.DictReader(file, delimiter="\t") if row["url_abc"] in stories]
    hits: dict[str, list[bool]] = defaultdict(list)
    for row in pairs:
        if row["url_wapo"] in stories:
            same = stories[row["url_wapo"]] == stories[row["url_abc"]]
            hits[row["slug_jaccard"][:3]].append(same)
    shown = ", ".join(f"{k}: {sum(v) / len(v):.3f} of {len(v)}" for k, v in sorted(hits.items()))
    print(f"silver pairs of agency copy in one story, by likeness of their slugs: {shown}")
    groups: dict[frozenset[str], list[Lead]] = defaultdict(list)
    for lead in leads:
        words = frozenset(list_slug(lead.url.lower())) - _FILLERS
        if len(words) >= 4:
            groups[words].append(lead)
    shared = [g for g in groups.values() if len({lead.source_id for lead in g}) > 1]
    together = sum(len({stories[lead.url] for lead in group}) == 1 for group in shared)
    print(f"same words in several outlets: {together:,} of {len(shared):,} wholly in one story")


def print_lag(leads: Sequence[Lead], seconds: Sequence[float]) -> None:
    print(
        "\n| times as fast | articles/s | lag: median | 99 % | most | waiting: 99 % | most | busy |"
    )
    print("|---|---|---|---|---|---|---|---|")
    start = leads[0].at.timestamp()
    for faster in FASTER:
        come = np.array([(lead.at.timestamp() - start) / faster for lead in leads])
        ends = list[float]()
        free = 0.0
        for at, cost in zip(come.tolist(), seconds, strict=True):
            free = max(free, at) + cost
            ends.append(free)
        lag = np.array(ends) - come
        waiting = np.arange(len(come)) - np.searchsorted(ends, come, side="right")
        print(
            f"| {faster:,} | {len(come) / come[-1]:.2f} | {np.median(lag):.3f} s"
            f" | {np.percentile(lag, 99):.2f} s | {lag.max():.2f} s"
            f" | {np.percentile(waiting, 99):,.0f} | {waiting.max():,}"
            f" | {min(1.0, sum(seconds) / ends[-1]):.1%} |".replace("%", " %")
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="", help="e5, use or none; else the default one")
    parser.add_argument("--rows", type=int, default=1_000_000)
    options = parser.parse_args()
    if not ARRIVALS.is_file():
        raise SystemExit("../shared/bench is not present: there is nothing to replay")
    leads = read_leads(options.rows)
    print_arrivals(leads)
    encoder = open_model()
    leads, encoding = give_vectors(encoder, leads)
    if encoder:
        print(f"vectors of {encoder.name}: {1 / encoding:,.0f} a core-second")
    done = place_all(leads)
    print(f"placed: {len(leads) / sum(done.seconds):,.0f} a core-second, one placing", end=" ")
    print(
        f"{np.median(done.seconds) * 1e6:.0f} µs (median), {max(done.seconds) * 1e3:.0f} ms (most)"
    )
    print_stories(leads, done)
    print_copies(leads, done.stories)
    print_lag(leads, [seconds + encoding for seconds in done.seconds])


if __name__ == "__main__":
    main()
