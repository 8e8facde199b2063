"""Stories: B-cubed and ARI on public event sets, ours beside its peers, in one run.

Run: `python bench/stories.py [--model NAME] [--split] [--no-peers]`; one configuration for all
sets. HDBSCAN, the offline reference, needs the extra `bench`.

With `--split` the numbers that decide are scaled, all together, by one factor, which is chosen on
one half of the events of all sets together and tested on the other half, both ways.

Articles are placed in order, stories that turn out to be two, or one, are looked for every 200
placings and at the end, as in the pipeline; what counts is where an article stands in the end.
Rates are by second of processor time. "Memory" is what the index holds at the end beyond an empty
one's tables.
"""

import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dateline.model import Lead
from dateline.stories.placing import Placer, Rules
from events import SETS, EventSet, Score, halve_events, load_set, pick, score
from looking import Standing
from meaning import give_vectors, open_model
from peers import group_by_minhash, group_offline, group_plainly

MERGE_EVERY = 200  # placings, as in dateline.pipeline
FACTORS = tuple(round(0.7 + 0.05 * step, 2) for step in range(13))
PLAIN = tuple(round(0.14 + 0.04 * step, 2) for step in range(7))
MINHASH = tuple(round(0.06 + 0.04 * step, 2) for step in range(8))
SAMPLES = (2, 3, 4, 5, 6)  # min_samples of HDBSCAN
Grouping = Callable[[Sequence[Lead], float], list[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """One system, its number, and what of the leads it looks at."""

    name: str
    group: Grouping
    number: float
    meaning: bool = False  # it is given vectors, whose making counts in its second rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one system did with one set."""

    score: Score
    rate: float  # articles a core-second, vectors given
    memory: float  # MiB


def scale_rules(factor: float) -> Rules:
    """Return the rules with what is asked of articles and of stories scaled, at most 1."""
    rules = Rules()
    return replace(
        rules,
        threshold=min(1.0, rules.threshold * factor),
        merging=min(1.0, rules.merging * factor),
    )


def group_ours(leads: Sequence[Lead], factor: float) -> list[int]:
    standing = Standing(Placer(scale_rules(factor)))
    for number, lead in enumerate(leads, start=1):
        standing.place(lead)
        if number % MERGE_EVERY == 0 or number == len(leads):
            standing.look()
    return [standing.find(lead.article_id) for lead in leads]


def measure(system: System, events: EventSet) -> Measured:
    start = time.process_time()
    found = system.group(events.leads, system.number)
    seconds = time.process_time() - start
    return Measured(
        score=score(events.events, found),
        rate=len(found) / seconds,
        memory=measure_memory(system, events),
    )


def measure_memory(system: System, events: EventSet) -> float:
    """Return the most that the system held at once, in MiB, beyond what it needs for nothing."""
    peaks = []
    for leads in (events.leads[:2], events.leads):
        tracemalloc.start()
        system.group(leads, system.number)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    return max(0.0, (peaks[1] - peaks[0]) / 2**20)


def choose(group: Grouping, numbers: Sequence[float], sets: Sequence[EventSet]) -> float:
    """Return the number with the best sum of F1 over all sets."""
    return max(numbers, key=lambda n: sum(score(e.events, group(e.leads, n)).f1 for e in sets))


def print_table(system: System, sets: Sequence[EventSet], encoding: Sequence[float]) -> None:
    for events, seconds in zip(sets, encoding, strict=True):
        got = measure(system, events)
        whole = f"{1 / (1 / got.rate + seconds):,.0f}" if system.meaning else ""
        print(
            f"| {system.name} | {events.name} | {system.number:.2f} | {got.score.precision:.3f}"
            f" | {got.score.recall:.3f} | **{got.score.f1:.3f}** | {got.score.ari:.3f}"
            f" | {got.score.clusters} | {len(set(events.events))} | {got.rate:,.0f} | {whole}"
            f" | {got.memory:,.1f} |",
            flush=True,
        )


def print_split(sets: Sequence[EventSet]) -> None:
    """Choose one factor for all sets on half of the events, test on the other half."""
    halves = [halve_events(events.events) for events in sets]
    print("\n| chosen on | factor | set | F1 on the other half | with the shipped numbers |")
    print("|---|---|---|---|---|")
    for side in (0, 1):
        chosen_on = [pick(e, half[side]) for e, half in zip(sets, halves, strict=True)]
        tested_on = [pick(e, half[1 - side]) for e, half in zip(sets, halves, strict=True)]
        best = choose(group_ours, FACTORS, chosen_on)
        for events in tested_on:
            f1, shipped = (
                score(events.events, group_ours(events.leads, factor)).f1 for factor in (best, 1.0)
            )
            print(
                f"| half {side + 1} | {best:.2f} | {events.name} | {f1:.3f} | {shipped:.3f} |",
                flush=True,
            )


def print_peers(sets: Sequence[EventSet], encoding: Sequence[float]) -> None:
    """Print the peers, each with the one number that is best for all sets together."""
    peers = (
        ("plain TF-IDF, one pass", group_plainly, PLAIN),
        ("MinHash alone (rensa)", group_by_minhash, MINHASH),
        ("HDBSCAN on vectors, offline", group_offline, SAMPLES),
    )
    for name, group, numbers in peers[: 3 if sets[0].leads[0].vector else 2]:
        best = choose(group, numbers, sets)
        offline = group is group_offline
        system = System(name=f"{name}, best number", group=group, number=best, meaning=offline)
        print_table(system, sets, encoding)


def main() -> None:
    plain = [load_set(name) for name in SETS]
    encoder = open_model()
    given = [give_vectors(encoder, events.leads) for events in plain]
    sets = [replace(events, leads=tuple(g[0])) for events, g in zip(plain, given, strict=True)]
    encoding = [seconds for _, seconds in given]
    group_ours(sets[0].leads, 1.0)  # warm: words are hashed once a process
    print("# Stories\n")
    if encoder:
        print(f"Model {encoder.name}; encoding alone, articles a core-second: ", end="")
        rates = [f"{e.name} {1 / s:,.0f}" for e, s in zip(sets, encoding, strict=True)]
        print(", ".join(rates) + "\n")
    print("| system | set | number | P | R | F1 | ARI | clusters | events | rate |", end="")
    print(" with encoding | MiB |\n|---|---|---|---|---|---|---|---|---|---|---|---|")
    words = System(name="dateline, words alone", group=group_ours, number=1.0)
    print_table(words, plain, encoding)
    print_table(System(name="dateline", group=group_ours, number=1.0, meaning=True), sets, encoding)
    if "--no-peers" not in sys.argv:
        print_peers(sets, encoding)
    if "--split" in sys.argv:
        print_split(sets)


if __name__ == "__main__":
    main()
