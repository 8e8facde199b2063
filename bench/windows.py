"""What placing costs and how much memory it takes, by the number of articles in the window.

Run: `python bench/windows.py 1000000`. The texts are made of words as frequent as in a language
(Zipf), of 360 words on average with long and short ones among them; three of ten are copies, cut.
"""

import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from dateline.model import ArticleId, Lead, OriginId, SourceId
from dateline.origins.duplicates import Duplicates

_START = datetime(2026, 1, 1, tzinfo=UTC)
_WORDS = 60_000
_MARKS = (20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000)
_SAMPLE = 10_000  # the last articles, whose cost is told


def make_texts(count: int) -> Iterator[str]:
    rng = np.random.default_rng(1)
    shares = 1 / np.arange(1, _WORDS + 1)
    sums = np.cumsum(shares / shares.sum())
    words = np.array([f"w{number}" for number in range(_WORDS)])
    recent: list[np.ndarray] = []
    for _ in range(count):
        if recent and rng.random() < 0.3:
            text = recent[rng.integers(len(recent))]
            text = text[: max(40, int(len(text) * rng.uniform(0.5, 1)))]
        else:
            length = int(np.clip(rng.lognormal(5.85, 0.5), 40, 2500))
            text = np.searchsorted(sums, rng.random(length))
            recent = [*recent[-499:], text]
        yield " ".join(words[text])


def bench_window(count: int = 100_000) -> None:
    print("\n## The window\n")
    print(
        "| articles | words each | ms to place one (last 10,000) | longest ms | bytes an article |"
    )
    print("|---|---|---|---|---|")
    index, new_id, words, costs = Duplicates(), 1, 0, []
    empty = _measure_memory()
    for number, text in enumerate(make_texts(count), start=1):
        lead = _make_lead(number, text)
        start = time.process_time()
        place = index.place(lead, new_id=OriginId(new_id))
        costs.append(time.process_time() - start)
        new_id += place.opened
        words += text.count(" ") + 1
        if number in _MARKS:
            mean = 1000 * sum(costs[-_SAMPLE:]) / _SAMPLE
            size = (_measure_memory() - empty) / number
            print(
                f"| {number:,} | {words / number:.0f} | {mean:.2f} | {1000 * max(costs):,.0f} "
                f"| {size:,.0f} |",
                flush=True,
            )
            costs = costs[-_SAMPLE:]
    _bench_state(index, count)


def _bench_state(index: Duplicates, count: int) -> None:
    start = time.process_time()
    state = index.to_bytes()
    written = time.process_time()
    Duplicates.from_bytes(state)
    read = time.process_time()
    index.forget_before(_START + timedelta(seconds=0.6 * count))
    forgotten = time.process_time()
    print(
        f"\nState of {count:,}: {len(state) / 1e6:,.0f} MB, written in {written - start:.2f} s, "
        f"read in {read - written:.2f} s; half forgotten in {1000 * (forgotten - read):.0f} ms."
    )


def _make_lead(number: int, text: str) -> Lead:
    return Lead(
        article_id=ArticleId(number),
        source_id=SourceId(number % 400),
        url="",
        language="en",
        headline="",
        text=text,
        at=_START + timedelta(seconds=1.2 * number),
        credits=("ap",) if number % 4 == 0 else (),
    )


def _measure_memory() -> int:
    return 4096 * int(Path("/proc/self/statm").read_text().split()[1])


if __name__ == "__main__":
    bench_window(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
