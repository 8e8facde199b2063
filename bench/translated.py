"""Translations: found where there is one, and two own reports of one event never taken for one.

1. The sample wire, whose truth is known: all pairs of one story in two languages.
2. Reports of three invented events in ten languages that the sample wire does not have or has less
   of: translations, and own reports that share facts, in part in the same order.
3. ITN blurbs: all that one language says of an event, put together as a report, against what
   another language says of it. Nobody translated them as a whole, so a hit is wrong.
4. True translations with their sentences turned around: own reports may say the same things, but
   not in one order. And true ones of which sentences were left out.

Each with both encoders, as the same numbers must do for both, and with names and numbers alone.
"""

import random
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from dateline.encoders import open_encoder
from dateline.model import ArticleId, Lead, SourceId
from dateline.origins.agencies import CreditClues, find_credits
from dateline.origins.translations import Encode, compare
from dateline.sample import Told, truth
from dateline.sample.compose import Week
from dateline.sample.reports import load_library
from events import read_rows

_ANCHOR = datetime(2026, 3, 2, tzinfo=UTC)
_WRITTEN = Path(__file__).parents[1] / "tests" / "origins" / "written.toml"
_SENTENCE = re.compile(r"(?<=[。！？])|(?<=[.!?…؟])\s+|\n+")
_FEWEST = 2  # blurbs of one event in one language that make a report
_LEFT_OUT = 0.3  # share of the sentences


def bench_translations() -> None:
    print("\n## Translations\n")
    print(
        "| | pairs that are | found | pairs that are not | taken for one |\n|---|---|---|---|---|"
    )
    wire, written, blurbs = list(_load_wire()), list(_load_written()), list(_load_blurbs())
    true = [pair for pair in (*wire, *written) if pair[2]]
    turned = [(replace(a, text=_turn(a.text)), b, False) for a, b, _ in true]
    thinned = [(replace(a, text=_thin(a.text)), b, True) for a, b, _ in true]
    sets = {
        "sample wire": wire,
        "written": written,
        "ITN": blurbs,
        "true ones, sentences turned around": turned,
        f"true ones, {_LEFT_OUT:.0%} of the sentences left out": thinned,
    }
    ways = {"e5": _remember("e5"), "USE": _remember("use"), "names and numbers": None}
    for name, pairs in sets.items():
        for way, encode in ways.items():
            _print(f"{name}, {way}", _judge(pairs, encode))


def _print(name: str, judged: Sequence[tuple[bool, bool]]) -> None:
    true, false = ([hit for same, hit in judged if same is kind] for kind in (True, False))
    print(f"| {name} | {len(true)} | {sum(true)} | {len(false)} | {sum(false)} |", flush=True)


def _judge(
    pairs: Sequence[tuple[Lead, Lead, bool]], encode: Encode | None
) -> list[tuple[bool, bool]]:
    return [(same, compare(a, b, encode) is not None) for a, b, same in pairs]


def _load_wire():
    library = load_library()
    week = Week(library=library, anchor=_ANCHOR, stage=1)
    told = [one for one in truth(_ANCHOR).values() if one.stage == 1]
    leads = {one.id: _make_lead(week, one, number) for number, one in enumerate(told, start=1)}
    for a, b in combinations(told, 2):
        if a.language != b.language and set(a.stories) & set(b.stories):
            yield leads[a.id], leads[b.id], a.origin == b.origin


def _make_lead(week: Week, told: Told, number: int) -> Lead:
    report = week.library.reports[told.id]
    outlet = week.library.outlets[told.outlet]
    text = week.page(report).text
    clues = CreditClues(
        bylines=report.byline, source_line=report.credit, entry_credit=report.feed_source
    )
    return Lead(
        article_id=ArticleId(number),
        source_id=SourceId(1),
        url=told.url,
        language=told.language,
        headline=told.headline,
        text=text,
        at=told.published,
        credits=tuple(credit.key for credit in find_credits(text, clues)),
        agency=outlet.key if outlet.kind == "agency" else "",
        family=outlet.key,
    )


def _load_written():
    rows = tomllib.loads(_WRITTEN.read_text("utf-8"))["report"]
    leads = [_join(row["language"], [row["text"]], n) for n, row in enumerate(rows, start=1)]
    for (a, one), (b, other) in combinations(zip(leads, rows, strict=True), 2):
        is_own = "own" in (one["kind"], other["kind"])
        yield a, b, one["event"] == other["event"] and not is_own


def _load_blurbs():
    by_event: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in read_rows("events_itn_2018_2022"):
        by_event[row["event"]][row["lang"]].append(row["text"])
    for reports in by_event.values():
        long = {k: v for k, v in reports.items() if len(set(v)) >= _FEWEST}
        for one, other in combinations(long, 2):
            yield _join(one, long[one], 1), _join(other, long[other], 2), False


def _join(language: str, blurbs: list[str], number: int) -> Lead:
    return Lead(
        article_id=ArticleId(number),
        source_id=SourceId(number),
        url="",
        language=language,
        headline="",
        text="\n\n".join(dict.fromkeys(blurbs)),
        at=_ANCHOR,
        credits=("reuters",),  # the hardest case: both name the same agency
    )


def _turn(text: str) -> str:
    return _change(text, lambda sentences: sentences[::-1])


def _thin(text: str) -> str:
    chance = random.Random(len(text))
    return _change(text, lambda said: [one for one in said if chance.random() >= _LEFT_OUT])


def _change(text: str, change: Callable[[list[str]], list[str]]) -> str:
    return "\n".join(change([one for one in _SENTENCE.split(text) if one.strip()]))


def _remember(name: str) -> Encode:
    encoder: Any = open_encoder(name)
    known: dict[str, np.ndarray] = {}

    def encode(texts: Sequence[str]) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known.update(zip(new, encoder.encode(new), strict=True))
        return np.array([known[text] for text in texts], dtype=np.float32)

    return encode


if __name__ == "__main__":
    bench_translations()
