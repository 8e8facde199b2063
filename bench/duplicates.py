"""Near-duplicates: ours beside MinHash alone, on mined pairs and on copies with known truth.

Run: `python bench/duplicates.py`; its lines go into bench/RESULTS.md.

1. Reuters-21578 with pairs mined by five-word shingles: silver, so recall by how much is shared.
2. Copies made here from Reuters items that resemble no other, each class with its truth (`copies`).
3. Translations: the sample wire's truth, and reports of one event in two languages (`translated`).
4. The cost of placing and the memory, by the size of the window (`windows`).
"""

import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from rensa import RMinHash, RMinHashLSH

from copies import KINDS, make_cases
from dateline.model import ArticleId, Lead, LinkKind, OriginId, OriginPlace, SourceId
from dateline.origins.duplicates import Duplicates
from events import SHARED, read_rows
from translated import bench_translations
from windows import bench_window

_NOW = datetime(1987, 3, 1, tzinfo=UTC)
_SEED = 7
_CASES = 300  # of each class
Grouping = Callable[[Sequence[str]], list[int]]


def group_ours(texts: Sequence[str]) -> list[int]:
    return [int(place.origin_id) for place in place_all(texts, houses=1)]


def place_all(texts: Sequence[str], *, houses: int = 1000) -> list[OriginPlace]:
    index, found, new_id = Duplicates(), [], 1
    for number, text in enumerate(texts, start=1):
        lead = Lead(
            article_id=ArticleId(number),
            source_id=SourceId(number % houses),
            url="",
            language="en",
            headline="",
            text=text,
            at=_NOW,
        )
        place = index.place(lead, new_id=OriginId(new_id))
        new_id += place.opened
        found.append(place)
    return found


def group_by_minhash(texts: Sequence[str]) -> list[int]:
    """The peer: rensa, 128 permutations, 32 bands, estimated Jaccard of .35 decides."""
    lsh = RMinHashLSH(threshold=0.35, num_perm=128, num_bands=32)
    sketches: list[RMinHash] = []
    found: list[int] = []
    for number, text in enumerate(texts):
        words = text.casefold().split()
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update([" ".join(words[i : i + 5]) for i in range(max(1, len(words) - 4))])
        near = [(sketch.jaccard(sketches[k]), -k) for k in lsh.query(sketch)]
        best = max(near, default=(0.0, 0))
        found.append(found[-best[1]] if best[0] >= 0.35 else number)
        lsh.insert(number, sketch)
        sketches.append(sketch)
    return found


SYSTEMS: tuple[tuple[str, Grouping], ...] = (
    ("dateline", group_ours),
    ("MinHash alone (rensa)", group_by_minhash),
)


def bench_reuters() -> None:
    rows = read_rows("reuters21578_docs")
    numbers = {row["id"]: number for number, row in enumerate(rows)}
    texts = [row["text"] or "" for row in rows]
    pairs = (SHARED / "reuters21578_mined_pairs_silver.tsv").read_text().splitlines()[1:]
    print("## Reuters-21578, mined pairs (silver)\n")
    print("| system | texts a core-second | origins | recall by containment of the pair |")
    print("|---|---|---|---|")
    for name, group in SYSTEMS:
        start = time.process_time()
        found = group(texts)
        rate = len(texts) / (time.process_time() - start)
        hits: dict[int, list[bool]] = defaultdict(list)
        for pair in pairs:
            _, containment, a, b = pair.split("\t")
            same = found[numbers[int(a)]] == found[numbers[int(b)]]
            hits[min(9, int(float(containment) * 10))].append(same)
        shown = ", ".join(f".{k}: {sum(v) / len(v):.2f}" for k, v in sorted(hits.items()))
        print(f"| {name} | {rate:,.0f} | {len(set(found)):,} | {shown} |", flush=True)


def group_of_houses(texts: Sequence[str]) -> list[int]:
    return [int(place.origin_id) for place in place_all(texts)]


def bench_copies() -> None:
    rng = random.Random(_SEED)
    rows = read_rows("reuters21578_docs")
    texts = [row["text"] for row in rows if row["text"] and len(row["text"].split()) >= 120]
    origins = Counter(found := group_ours(texts))
    alone = [t for t, o in zip(texts, found, strict=True) if origins[o] == 1]
    rng.shuffle(alone)
    cases = make_cases(alone * (1 + _CASES * 40 // len(alone)), rng, _CASES)
    print("\n## Copies made with known truth\n")
    print(f"{_CASES} cases of each class; right: joined where it is a copy, apart where not.\n")
    print("| class | " + " | ".join(name for name, _ in SYSTEMS) + " | of ours, linked as such |")
    print("|---" * (len(SYSTEMS) + 2) + "|")
    right: dict[tuple[str, str], list[bool]] = defaultdict(list)
    joined: dict[str, list[bool]] = defaultdict(list)
    linked: dict[str, list[bool]] = defaultdict(list)
    groups = ((SYSTEMS[0][0], group_of_houses), *SYSTEMS[1:])
    for case in cases:
        for name, group in groups:
            a, b = group([case.first, case.later])
            right[name, case.kind].append((a == b) == case.same)
            joined[name] += [case.same] * (a == b)
        links = place_all([case.first, case.later])[1].links
        linked[case.kind].append([link.kind for link in links] == [case.truth])
    for kind, (_, truth) in KINDS.items():
        shown = [share(right[name, kind]) for name, _ in SYSTEMS]
        mark = share(linked[kind]) if truth in {LinkKind.PARTIAL, LinkKind.QUOTES} else ""
        print(f"| {kind} | {' | '.join(shown)} | {mark} |")
    copies = [kind for kind, (_, truth) in KINDS.items() if truth is LinkKind.COPY]
    recall = [share([r for k in copies for r in right[name, k]]) for name, _ in SYSTEMS]
    print(f"| **recall of copies** | {' | '.join(recall)} | |")
    print(f"| **precision** | {' | '.join(share(joined[name]) for name, _ in SYSTEMS)} | |")


def share(hits: Sequence[bool]) -> str:
    return f"{sum(hits) / max(1, len(hits)):.3f}"


def main() -> None:
    print("# Near-duplicates\n")
    bench_reuters()
    bench_copies()
    bench_translations()
    bench_window()
    sys.stdout.flush()


if __name__ == "__main__":
    main()
