"""Who said what in English: ours beside peers, on PolNeAR. The scorer: `attribution_scoring`.

Run: `python bench/attributions.py [--peers [spaCy model]]`; its lines go into bench/RESULTS.md.
PolNeAR states no licence: it is measured with, nothing is trained on it. Rules were written looking
at the first half of its train part; the second half and dev were only measured.
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from attribution_peers import make_peers
from attribution_scoring import Attribution, Scorer, Scores
from dateline.claims.page import Page
from dateline.claims.quotes import find_quotes
from dateline.claims.statements import find_statements
from dateline.model import SHOWN_FROM, ClaimClues
from events import read_rows

System = Callable[[str], list[Attribution]]


def find_ours(text: str) -> list[Attribution]:
    page = Page(text, ClaimClues(language="en"))
    return [
        Attribution(
            content=statement.spans,
            source=(statement.source_span,) if statement.source_span else (),
            cue=(statement.cue_span,) if statement.cue_span else (),
            confidence=statement.confidence,
        )
        for statement in find_statements(page)
    ]


def read_known(row: dict[str, Any]) -> Iterator[Attribution]:
    """Yield the attributions of a PolNeAR article: "115 290" or "315 448;463 553" a span."""
    for one in row["attributions"]:
        content = tuple(_read_spans(one.get("content")))
        if content:
            yield Attribution(
                content, tuple(_read_spans(one.get("source"))), tuple(_read_spans(one.get("cue")))
            )


def _read_spans(written: list[str] | None) -> Iterator[tuple[int, int]]:
    for piece in ";".join(written or ()).split(";"):
        if piece:
            first, last = piece.split()
            yield int(first), int(last)


def score(system: System, rows: list[dict[str, Any]]) -> tuple[Scores, float]:
    """Return the counts of a system and its words a core-second."""
    scorer, seconds, words = Scorer(), 0.0, 0
    for row in rows:
        text = row["text"]
        begin = time.process_time()
        found = system(text)
        seconds += time.process_time() - begin
        words += len(text.split())
        quoted = [span for quote in find_quotes(Page(text)) for span in quote.spans]
        scorer.add(text, quoted, found, read_known(row))
    return scorer.scores, words / seconds


def print_scores(name: str, scores: Scores, speed: float) -> None:
    print(f"{name}: {speed:,.0f} words a core-second")
    for measure in ("overlap", "exact"):
        cells = [
            f"{role} {t.precision:.3f}/{t.recall:.3f}/{t.f1:.3f}"
            for role in ("content", "source", "cue", "whole")
            for t in [scores.roles[role, measure]]
        ]
        kinds = [
            f"{kind} {k.precision:.3f}/{k.recall:.3f}/{k.f1:.3f}"
            for kind in ("direct", "mixed", "indirect")
            for k in [scores.kinds[kind, measure]]
        ]
        print(f"  {measure:7} P/R/F1 " + ", ".join(cells) + " | content of " + ", ".join(kinds))
    right = scores.direct_right / max(scores.direct_known, 1)
    print(f"  right source of direct quotes {right:.3f}")
    for confidence in sorted({0.0, 0.5, 0.7, 0.8, 0.9, 0.95, SHOWN_FROM}):
        both, content, share = scores.shown_from(confidence)
        mark = " <- shown" if confidence == SHOWN_FROM else ""
        print(
            f"  from {confidence:.2f}: right {both:.3f} (content {content:.3f}),"
            f" {share:.3f} of all{mark}"
        )


def parts() -> Iterable[tuple[str, list[dict[str, Any]]]]:
    train = list(read_rows("polnear_train"))
    half = len(train) // 2
    yield "train, first half", train[:half]
    yield "train, second half", train[half:]
    yield "dev", list(read_rows("polnear_dev"))


def main() -> None:
    systems: dict[str, System] = {"Dateline": find_ours}
    if "--peers" in sys.argv:
        model = (*sys.argv[sys.argv.index("--peers") + 1 :], "en_core_web_sm")[0]
        systems |= make_peers(model)
    for part, rows in parts():
        for name, system in systems.items():
            print_scores(f"{part}, {name}", *score(system, rows))


if __name__ == "__main__":
    main()
