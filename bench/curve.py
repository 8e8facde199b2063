"""What placing an article costs, against how many are stored; and what the memory of it takes.

Run: `python bench/curve.py --room stories|origins|meaning [--scale 0.1] [--save FILE]`, one room a
process, so that the memory is that room's; `meaning` is stories with a vector for each article.
5 million made-up articles (`stream.py`) come at a pace at which the window of 14 days holds one
million; with `--scale` both numbers are smaller. As in the pipeline, old articles are forgotten
every 500 placings, and stories that turn out to be two, or one, are looked for every 200.

On a machine that others use as well, processor time itself varies (shared caches, two threads on
one core). So every 25 placings a fixed piece of work is timed, and "all" and the ratio are by its
time: what they would be if it always took as long as at its fastest stretch.

Then `python bench/curve.py --draw FILE...` makes the pictures in docs/pictures from what was saved.
"""

import argparse
import gc
import json
import math
import re
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from dateline.model import Lead, OriginId, StoryId
from stream import Wanted, serve

ARTICLES, IN_WINDOW, DAYS = 5_000_000, 1_000_000, 14
WINDOW = timedelta(days=DAYS)
FORGET_EVERY, MERGE_EVERY = 500, 200  # placings, as in dateline.pipeline
REFERENCE_EVERY = 25  # placings
MARKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)  # shares of all articles in the table
_WORD = re.compile(r"\w+")
_TEXT = " ".join(f"word{n * n % 211} and" for n in range(150))
PICTURES = Path(__file__).parents[1] / "docs" / "pictures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One stretch of the run; times in microseconds of processor time an article."""

    stored: int  # at the end of the stretch
    place: float
    forget: float
    merge: float
    reference: float  # of the fixed piece of work, at the same time
    memory: float  # MiB, of this process beyond what it held before the first article
    opened: int  # stories or origins so far


class Room:
    """One index under measurement, and the clocks of its three doors."""

    def __init__(self, name: str) -> None:
        self.index = _open_index(name)
        self.merges = name != "origins"
        self.opened = self.known = 0
        self.place = self.forget = self.merge = 0.0
        self.references: list[float] = []

    def take(self, leads: list[Lead]) -> None:
        """Place a batch."""
        place = self.index.place
        new = OriginId if not self.merges else StoryId
        for lead in leads:
            began = time.process_time()
            found = place(lead, new_id=new(self.opened + 1))
            self.place += time.process_time() - began
            self.opened += found.opened
            self.known += 1
            if self.known % REFERENCE_EVERY == 0:
                self.references.append(_clock(_work))
            if self.merges and self.known % MERGE_EVERY == 0:
                self.merge += _clock(self.index.find_splits) + _clock(self.index.find_merges)
            if self.known % FORGET_EVERY == 0:
                before = lead.at - WINDOW
                self.forget += _clock(lambda before=before: self.index.forget_before(before))

    def note(self, articles: int, base: float) -> Point:
        """Return what the newest stretch cost, and begin another."""
        point = Point(
            stored=self.known,
            place=round(self.place / articles * 1e6, 1),
            forget=round(self.forget / articles * 1e6, 1),
            merge=round(self.merge / articles * 1e6, 1),
            reference=round(statistics.median(self.references) * 1e6, 2),
            memory=round(_resident() - base, 1),
            opened=self.opened,
        )
        self.place = self.forget = self.merge = 0.0
        self.references.clear()
        return point


def _open_index(name: str) -> Any:
    """Return an empty index; only its room is loaded, so that memory is that room's alone."""
    if name == "origins":
        from dateline.origins.duplicates import Duplicates

        return Duplicates()
    from dateline.stories.placing import Placer

    return Placer()


def _clock(do: Callable[[], object]) -> float:
    began = time.process_time()
    do()
    return time.process_time() - began


def _work() -> int:
    """Do the fixed piece of work: words of a text, counted."""
    counts: dict[str, int] = {}
    for word in _WORD.findall(_TEXT):
        counts[word[:6]] = counts.get(word[:6], 0) + 1
    return len(counts)


def _resident() -> float:
    """Return the memory of this process in MiB."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return math.nan


def measure(name: str, scale: float, save: Path | None) -> list[Point]:
    """Run one room through the stream, and note each stretch of a two-hundredth of it."""
    articles = int(ARTICLES * scale)
    a_day = int(IN_WINDOW * scale / DAYS)
    wanted = Wanted(articles=articles, a_day=a_day, vectors=name == "meaning")
    stretch = max(articles // 200, 500)
    batches = serve(wanted)
    waiting = next(batches)  # the words are made before anything is measured
    room, points = Room(name), list[Point]()
    _warm(name, waiting[:100])
    gc.collect()
    base = _resident()
    since = 0
    while waiting:
        room.take(waiting)
        since += len(waiting)
        waiting = next(batches, [])
        if since >= stretch or not waiting:
            points.append(room.note(since, base))
            since = 0
            if save:
                save.write_text(_encode(name, scale, points), "utf-8")
            print(f"{room.known:,} placed", end="\r", file=sys.stderr, flush=True)
    print_table(name, points)
    print_state(room)
    return points


def _warm(name: str, leads: list[Lead]) -> None:
    """Place a few articles in an index of their own: code is loaded, tables are made."""
    Room(name).take(leads)


def _encode(name: str, scale: float, points: list[Point]) -> str:
    return json.dumps({"room": name, "scale": scale, "points": [asdict(p) for p in points]})


def print_state(room: Room) -> None:
    """Print what a snapshot of the state costs at the end."""
    began = time.process_time()
    state = room.index.to_bytes()
    between = time.process_time()
    type(room.index).from_bytes(state)
    print(
        f"its state: {len(state) / 2**20:,.0f} MiB, written in {between - began:.1f} s,"
        f" read in {time.process_time() - between:.1f} s"
    )


def print_table(name: str, points: list[Point]) -> None:
    """Print the stretches that end at each mark."""
    calm = min(point.reference for point in points)
    print("| room | stored | placing µs | forgetting | merging | reference | all | MiB | groups |")
    print("|---|---|---|---|---|---|---|---|---|")
    for mark in MARKS:
        point = next(p for p in points if p.stored >= mark * points[-1].stored)
        print(
            f"| {name} | {point.stored:,} | {point.place:.0f} | {point.forget:.0f}"
            f" | {point.merge:.0f} | {point.reference:.0f} | **{_cost(asdict(point), calm):.0f}**"
            f" | {point.memory:,.0f} | {point.opened:,} |"
        )
    print()


def draw(files: list[Path]) -> None:
    """Draw the cost and the memory of each saved run into one picture each."""
    try:
        import matplotlib as mpl
    except ImportError:
        raise SystemExit("Pictures need matplotlib: pip install dateline[bench]") from None
    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "dateline", "font.size": 11, "axes.grid": True})
    runs = [json.loads(file.read_text("utf-8")) for file in files]
    _draw_one(runs, "curve-cost.svg", "processor time an article, µs", _cost)
    _draw_one(runs, "curve-memory.svg", "memory of the index, GiB", _memory)


def _cost(point: dict[str, float], calm: float) -> float:
    """Return what an article costs in all, at the pace of the calmest stretch."""
    return (point["place"] + point["forget"] + point["merge"]) * calm / point["reference"]


def _memory(point: dict[str, float], calm: float) -> float:
    del calm
    return point["memory"] / 1024


def _draw_one(
    runs: list[dict[str, Any]],
    name: str,
    label: str,
    value: Callable[[dict[str, float], float], float],
) -> None:
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(8, 4.2), layout="constrained")
    for run in runs:
        points = run["points"]
        stored = [point["stored"] / 1e6 for point in points]
        calm = min(point["reference"] for point in points)
        height = [value(point, calm) for point in points]
        near = [statistics.median(height[max(0, n - 3) : n + 4]) for n in range(len(height))]
        (line,) = axes.plot(stored, near, label=run["room"], linewidth=1.8)
        axes.plot(stored, height, color=line.get_color(), alpha=0.25, linewidth=0.8)
    full = IN_WINDOW * runs[0]["scale"] / 1e6
    axes.axvline(full, color="0.5", linestyle=":", label=f"window full: {full:g} million")
    axes.set(xlabel="articles stored, millions", ylabel=label, ylim=(0, None), xlim=(0, None))
    axes.grid(color="0.9")
    axes.legend(frameon=False, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=4)
    figure.savefig(PICTURES / name, metadata={"Date": None})
    plt.close(figure)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--room", choices=("stories", "origins", "meaning"))
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--save", type=Path, help="where the points go, as JSON")
    parser.add_argument("--draw", type=Path, nargs="+", metavar="FILE")
    options = parser.parse_args()
    if options.draw:
        draw(options.draw)
        return
    if not options.room:
        parser.error("which --room?")
    points = measure(options.room, options.scale, options.save)
    print_ratio(points)


def print_ratio(points: list[Point]) -> None:
    """Print what an article costs at the end, by what it costs at a hundredth of the way."""
    calm = min(point.reference for point in points)
    first = next(n for n, point in enumerate(points) if point.stored >= 0.01 * points[-1].stored)
    early, late = points[max(first - 1, 0) : first + 2], points[-3:]
    ends = [statistics.mean(_cost(asdict(p), calm) for p in stretch) for stretch in (early, late)]
    print(
        f"{ends[1]:.0f} µs at {late[-1].stored:,} by {ends[0]:.0f} µs at {early[-1].stored:,}:"
        f" **{ends[1] / ends[0]:.2f}**"
    )


if __name__ == "__main__":
    main()
