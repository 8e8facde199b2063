"""Translations: found where there is one, and two own reports of one event never taken for one.

1. The sample wire, whose truth is known: all pairs of one story in two languages.
2. ITN blurbs: all that one language says of an event, put together as a report, against what
   another language says of it. Nobody translated them as a whole, so a hit is wrong.
3. The same with the order of sentences of true translations turned around: own reports may say the
   same things, but not in one order.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations, islice
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
_FEWEST = 4  # blurbs of one event in one language that make a report
_MOST = 400  # pairs


def bench_translations() -> None:
    print("\n## Translations\n")
    print(
        "| | pairs that are | found | pairs that are not | taken for one |\n|---|---|---|---|---|"
    )
    wire = list(_load_wire())
    blurbs = list(islice(_load_blurbs(), _MOST))
    for name, encode in (("with the encoder", _remember("use")), ("names and numbers", None)):
        _print(f"sample wire, {name}", _judge_wire(wire, encode))
        _print(f"ITN, {name}", [(False, compare(a, b, encode) is not None) for a, b in blurbs])
    turned = [(replace(a, text=_turn(a.text)), b) for a, b, same in wire if same]
    encode = _remember("use")
    hits = [(False, compare(a, b, encode) is not None) for a, b in turned]
    _print("true ones, sentences turned around", hits)


def _print(name: str, judged: Sequence[tuple[bool, bool]]) -> None:
    true, false = ([hit for same, hit in judged if same is kind] for kind in (True, False))
    print(f"| {name} | {len(true)} | {sum(true)} | {len(false)} | {sum(false)} |", flush=True)


def _judge_wire(wire, encode: Encode | None) -> list[tuple[bool, bool]]:
    return [(same, compare(a, b, encode) is not None) for a, b, same in wire]


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


def _load_blurbs():
    by_event: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in read_rows("events_itn_2018_2022"):
        by_event[row["event"]][row["lang"]].append(row["text"])
    for reports in by_event.values():
        long = {k: v for k, v in reports.items() if len(set(v)) >= _FEWEST}
        for one, other in combinations(long, 2):
            yield _join(one, long[one], 1), _join(other, long[other], 2)


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
    return "\n\n".join(reversed(text.split("\n\n")))


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
