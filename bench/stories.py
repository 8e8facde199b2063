"""Stories: B-cubed on public event sets, ours beside a plain TF-IDF single pass.

Run: `python bench/stories.py [--split]`. One configuration for all sets.
With `--split` the threshold is chosen on one half of the events of all sets together and tested on
the other half, both ways.
"""

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from math import log, sqrt

from dateline.model import Lead, StoryId
from dateline.stories.placing import Placer, Rules
from events import SETS, EventSet, Score, halve_events, load_set, pick, score

THRESHOLDS = tuple(round(0.11 + 0.01 * step, 2) for step in range(16))
PEER_THRESHOLDS = tuple(round(0.10 + 0.04 * step, 2) for step in range(11))
_WORD = re.compile(r"\w+")
Grouping = Callable[[Sequence[Lead], float], list[int]]


def group_ours(leads: Sequence[Lead], threshold: float) -> list[int]:
    placer, found = Placer(Rules(threshold=threshold)), []
    new_id = 1
    for lead in leads:
        place = placer.place(lead, new_id=StoryId(new_id))
        new_id += place.opened
        found.append(int(place.story_id))
    return found


def group_plainly(leads: Sequence[Lead], threshold: float) -> list[int]:
    """The peer: whole words, TF-IDF with online document frequency, nearest centroid."""
    seen: Counter[str] = Counter()
    centroids: list[dict[str, float]] = []
    found = []
    for number, lead in enumerate(leads, start=1):
        counts = Counter(_WORD.findall(f"{lead.headline} {lead.text}".lower()))
        seen.update(counts.keys())
        vector = {w: (1 + log(c)) * log((1 + number) / seen[w]) for w, c in counts.items()}
        length = sqrt(sum(v * v for v in vector.values())) or 1.0
        vector = {w: v / length for w, v in vector.items()}
        cosines = [_cosine(vector, centroid) for centroid in centroids]
        best = max(range(len(cosines)), key=cosines.__getitem__, default=-1)
        if best < 0 or cosines[best] < threshold:
            best = len(centroids)
            centroids.append({})
        for word, value in vector.items():
            centroids[best][word] = centroids[best].get(word, 0.0) + value
        found.append(best)
    return found


def _cosine(vector: dict[str, float], centroid: dict[str, float]) -> float:
    length = sqrt(sum(v * v for v in centroid.values())) or 1.0
    return sum(v * centroid.get(w, 0.0) for w, v in vector.items()) / length


def measure(group: Grouping, events: EventSet, threshold: float) -> tuple[Score, float]:
    start = time.process_time()
    found = group(events.leads, threshold)
    seconds = time.process_time() - start
    return score(events.events, found), len(found) / seconds


def print_table(system: str, group: Grouping, threshold: float, sets: Sequence[EventSet]) -> None:
    for events in sets:
        got, rate = measure(group, events, threshold)
        print(
            f"| {system} | {events.name} | {threshold:.3f} | {got.precision:.3f} | {got.recall:.3f}"
            f" | **{got.f1:.3f}** | {got.clusters} | {len(set(events.events))} | {rate:,.0f} |",
            flush=True,
        )


def print_split(sets: Sequence[EventSet]) -> None:
    """Choose one threshold for all sets on half of the events, test on the other half."""
    halves = [halve_events(events.events) for events in sets]
    print("\n| threshold chosen on | threshold | set | F1 on the other half |\n|---|---|---|---|")
    for side in (0, 1):
        chosen_on = [pick(e, half[side]) for e, half in zip(sets, halves, strict=True)]
        tested_on = [pick(e, half[1 - side]) for e, half in zip(sets, halves, strict=True)]
        best = max(
            THRESHOLDS, key=lambda t: sum(measure(group_ours, e, t)[0].f1 for e in chosen_on)
        )
        for events in tested_on:
            f1 = measure(group_ours, events, best)[0].f1
            print(f"| half {side + 1} | {best:.2f} | {events.name} | {f1:.3f} |", flush=True)


def main() -> None:
    sets = [load_set(name) for name in SETS]
    group_ours(sets[0].leads, 0.2)  # warm: words are hashed once a process
    print("# Stories\n\nB-cubed; one configuration for all sets; rate in articles a core-second.\n")
    print("| system | set | threshold | P | R | F1 | clusters | events | rate |")
    print("|---|---|---|---|---|---|---|---|---|")
    print_table("dateline", group_ours, Rules().threshold, sets)
    small = [events for events in sets if len(events.leads) < 1000]  # the peer compares with all
    best = max(
        PEER_THRESHOLDS,
        key=lambda t: sum(measure(group_plainly, e, t)[0].f1 for e in small),
    )
    print_table("plain TF-IDF, best one threshold", group_plainly, best, small)
    if "--split" in sys.argv:
        print_split(sets)


if __name__ == "__main__":
    main()
