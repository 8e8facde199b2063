"""Near-duplicates: ours beside MinHash alone, on mined pairs and on copies with known truth.

Run: `python bench/duplicates.py`; its lines go into bench/RESULTS.md.

1. Reuters-21578 with pairs mined by five-word shingles: silver, so recall by how much is shared.
2. Copies made here from Reuters items that resemble no other, each class with its truth: verbatim,
   cut to its first half, house edits (one word in twelve replaced, one sentence dropped), merged
   (70 % of a report and 30 % of another text), and false friends that must stay apart: two reports
   that share their quotations, and a round-up that holds a paragraph of each of several reports.
"""

import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rensa import RMinHash, RMinHashLSH

from dateline.model import ArticleId, Lead, OriginId, SourceId
from dateline.origins.duplicates import Duplicates
from events import SHARED, read_rows

_NOW = datetime(1987, 3, 1, tzinfo=UTC)
_SEED = 7
_CASES = 300  # of each class
Grouping = Callable[[Sequence[str]], list[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A text that comes first, one that comes later, and whether they carry one report."""

    kind: str
    first: str
    later: str
    same: bool


def group_ours(texts: Sequence[str]) -> list[int]:
    index, found, new_id = Duplicates(), [], 1
    for number, text in enumerate(texts, start=1):
        lead = Lead(
            article_id=ArticleId(number),
            source_id=SourceId(1),
            url="",
            language="en",
            headline="",
            text=text,
            at=_NOW,
        )
        place = index.place(lead, new_id=OriginId(new_id))
        new_id += place.opened
        found.append(int(place.origin_id))
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


def make_cases(texts: Sequence[str], rng: random.Random) -> list[Case]:
    """Return cases of every class; each text is used once, so no case knows of another."""
    pool = iter(texts)
    cases = []
    for _ in range(_CASES):
        for kind, make, same in _KINDS:
            first, later = make(pool, rng)
            cases.append(Case(kind=kind, first=first, later=later, same=same))
    return cases


def _verbatim(pool, rng):
    text = next(pool)
    return text, text.replace("\n", "  ")


def _cut(pool, rng):
    sentences = _split(next(pool))
    return " ".join(sentences), " ".join(sentences[: max(3, len(sentences) // 2)])


def _house_edits(pool, rng):
    text = next(pool)
    sentences = _split(text)
    del sentences[rng.randrange(len(sentences))]
    words = " ".join(sentences).split()
    for place in range(0, len(words), 12):
        words[min(len(words) - 1, place + rng.randrange(12))] = rng.choice(("said", "the", "some"))
    return text, " ".join(words)


def _merged(pool, rng):
    sentences, foreign = _split(next(pool)), _split(next(pool))
    kept = sentences[: round(len(sentences) * 0.7)]
    return " ".join(sentences), " ".join(kept + foreign[: max(1, round(len(kept) * 3 / 7))])


def _shared_quotes(pool, rng):
    speech = _split(next(pool))[:5]
    quotes = [f'"{sentence}"' for sentence in speech]
    return tuple(_weave(_split(next(pool)), quotes) for _ in range(2))


def _weave(sentences, quotes):
    woven = []
    for place, sentence in enumerate(sentences):
        woven.append(sentence)
        woven.extend(quotes[place : place + 1])
    return "\n\n".join(woven)


def _round_up(pool, rng):
    first = next(pool)
    parts = [" ".join(_split(text)[:2]) for text in (first, *(next(pool) for _ in range(7)))]
    return first, "\n\n".join(parts)


_KINDS = (
    ("verbatim", _verbatim, True),
    ("cut to half", _cut, True),
    ("house edits", _house_edits, True),
    ("merged, 70 %", _merged, True),
    ("shared quotes", _shared_quotes, False),
    ("round-up", _round_up, False),
)


def _split(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", " ".join(text.split()))


def bench_copies() -> None:
    rng = random.Random(_SEED)
    rows = read_rows("reuters21578_docs")
    texts = [row["text"] for row in rows if row["text"] and len(row["text"].split()) >= 120]
    origins = group_ours(texts)
    alone = [t for t, o in zip(texts, origins, strict=True) if origins.count(o) == 1]
    rng.shuffle(alone)
    repeated = alone * (1 + _CASES * 15 // len(alone))
    cases = make_cases(repeated, rng)
    print("\n## Copies made with known truth\n")
    print(f"{_CASES} cases of each class; right: joined where it is a copy, apart where not.\n")
    kinds = [kind for kind, _, _ in _KINDS]
    print("| system | P | R | " + " | ".join(kinds) + " |\n" + "|---" * (len(kinds) + 3) + "|")
    for name, group in SYSTEMS:
        right: dict[str, list[bool]] = defaultdict(list)
        joined_rightly = joined = copies = 0
        for case in cases:
            a, b = group([case.first, case.later])
            right[case.kind].append((a == b) == case.same)
            joined += a == b
            joined_rightly += a == b and case.same
            copies += case.same
        shown = " | ".join(f"{sum(right[k]) / len(right[k]):.3f}" for k in kinds)
        print(
            f"| {name} | {joined_rightly / joined:.3f} | {joined_rightly / copies:.3f} | {shown} |"
        )


def main() -> None:
    print("# Near-duplicates\n")
    bench_reuters()
    bench_copies()
    sys.stdout.flush()


if __name__ == "__main__":
    main()
