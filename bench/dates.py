"""Dates: our `find_dates` beside dateparser's own search, on folders of sentences with their dates.

    python -m bench.dates [folder …] [--errors] [--ours]

Every `*.toml` of a folder holds tables with `text`, `language`, `published` (a day, or none) and
`dates`, a list of `{text, from, to}` in the order of the sentence; a date without `from` is one
that cannot be told. `text` is the words of the date as they stand in the sentence; where they stand
there several times, the first place behind the date before is meant. Tables named `passage` (the
written set, `bench/data/written`) also have a row for each file, which is a kind of news.

Three scores, each as precision, recall and F1 over all dates of all sentences:
- span: a found and a true date share at least one character (each is matched once, best first);
- exact: both have the same first and last character;
- range: matched by span, and the same first and last day. A date that cannot be told is right when
  none is given, so is a day or more for it wrong.
Dates are matched within a sentence; speed is words a second of one core, with cutting the text up.
"""

import argparse
import time
import tomllib
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from dateline.claims.dates import find_dates
from dateline.claims.dates.ranges import unit_at
from dateline.claims.dates.words import LANGUAGES
from dateline.claims.page import Page
from dateline.model import ClaimClues, Span

HERE = Path(__file__).parents[1]
FOLDERS = (HERE / "tests" / "claims" / "data" / "dates",)
Range = tuple[date, date] | None


@dataclass(frozen=True, slots=True)
class Marked:
    """A date in a sentence: where it stands and the days it means."""

    span: Span
    days: Range


@dataclass(frozen=True, slots=True)
class Sentence:
    """One record of a set."""

    text: str
    language: str
    published: date | None
    dates: tuple[Marked, ...]
    file: str
    kind: str = ""  # of news, where the set has kinds


@dataclass(slots=True)
class Score:
    """Counts of what was found and what is true."""

    found: int = 0
    true: int = 0
    span: int = 0
    exact: int = 0
    range: int = 0

    def rates(self, name: str) -> tuple[float, float, float]:
        """Return precision, recall and F1 of "span", "exact" or "range"."""
        right = getattr(self, name)
        precision, recall = right / max(self.found, 1), right / max(self.true, 1)
        return precision, recall, 2 * right / max(self.found + self.true, 1)


@dataclass(slots=True)
class Result:
    """What one system reached on all sentences."""

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    seconds: float = 0.0
    words: int = 0
    errors: list[str] = field(default_factory=list)


def read_folder(folder: Path) -> Iterator[Sentence]:
    """Yield the sentences of all files of a folder; words that do not stand there raise."""
    for path in sorted(folder.glob("*.toml")):
        tables = tomllib.loads(path.read_text("utf-8"))
        for name, records in tables.items():
            kind = path.stem if name == "passage" else ""
            for record in records if isinstance(records, list) else ():
                yield replace(read_record(record, path.name), kind=kind)


def read_record(record: dict[str, Any], file: str) -> Sentence:
    """Return one record as a sentence with the places of its dates."""
    marked, at = [], 0
    for given in record["dates"]:
        start = record["text"].find(given["text"], at)
        if start < 0:
            raise ValueError(f"{file}: {given['text']!r} is not in {record['text']!r}")
        at = start + len(given["text"])
        days = (
            (as_day(given["from"]), as_day(given.get("to", given["from"])))
            if given.get("from")
            else None
        )
        marked.append(Marked((start, at), days))
    published = as_day(record["published"]) if record.get("published") else None
    return Sentence(record["text"], record["language"], published, tuple(marked), file)


def as_day(value: Any) -> date:
    """Return a day of TOML or of ISO 8601, with or without a time."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def find_ours(sentence: Sentence) -> list[Marked]:
    """Return what our reader finds."""
    day = sentence.published
    published = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) if day else None
    page = Page(sentence.text, ClaimClues(language=sentence.language, published=published))
    return [
        Marked(found.span, (found.range.first, found.range.last) if found.range else None)
        for found in find_dates(page)
    ]


def find_dateparser(sentence: Sentence) -> list[Marked]:
    """Return what dateparser's search finds; a month or year that it names so is all of it."""
    from dateparser.date import DateDataParser
    from dateparser.search import search_dates

    day = sentence.published
    settings: dict[str, Any] = {"PREFER_DATES_FROM": "past"}
    if day:
        settings["RELATIVE_BASE"] = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001
    language = sentence.language.partition("-")[0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            hits = search_dates(sentence.text, languages=[language], settings=settings) or []
        except ValueError:  # a language it does not know: it may guess
            hits = search_dates(sentence.text, settings=settings) or []
    marked, at = [], 0
    for words, moment in hits:
        start = sentence.text.find(words, at)
        if start >= 0:
            at = start + len(words)
            period = "day"
            if language in LANGUAGES:
                data = DateDataParser(languages=[language], settings=settings).get_date_data(words)
                period = str(data.period)
            marked.append(Marked((start, at), as_range(moment.date(), period)))
    return marked


def as_range(day: date, period: str) -> Range:
    """Return the week, month or year that dateparser says a date names, else the day."""
    if period not in ("week", "month", "year"):
        return day, day
    days = unit_at(day, period)
    return days.first, days.last


def match(found: Sequence[Marked], true: Sequence[Marked]) -> list[tuple[Marked, Marked]]:
    """Return pairs that share characters, those that share most first, each date once."""
    shared = [
        (min(a.span[1], b.span[1]) - max(a.span[0], b.span[0]), i, j)
        for i, a in enumerate(found)
        for j, b in enumerate(true)
    ]
    pairs, used, taken = [], set(), set()
    for overlap, i, j in sorted(shared, key=lambda pair: (-pair[0], pair[1:])):
        if overlap > 0 and i not in used and j not in taken:
            used.add(i)
            taken.add(j)
            pairs.append((found[i], true[j]))
    return pairs


def score_sentence(sentence: Sentence, found: Sequence[Marked], result: Result) -> None:
    """Add one sentence to the scores of its language and of all."""
    pairs = match(found, sentence.dates)
    rows = ("all", sentence.language.partition("-")[0], sentence.kind)
    for name in filter(None, rows):
        score = result.scores[name]
        score.found += len(found)
        score.true += len(sentence.dates)
        score.span += len(pairs)
        score.exact += sum(a.span == b.span for a, b in pairs)
        score.range += sum(a.days == b.days for a, b in pairs)
    if len(pairs) < max(len(found), len(sentence.dates)) or any(a.days != b.days for a, b in pairs):
        result.errors.append(describe(sentence, found))


def describe(sentence: Sentence, found: Sequence[Marked]) -> str:
    """Return a sentence with what was found and what is true."""

    def show(marked: Sequence[Marked]) -> str:
        return "; ".join(
            f"{sentence.text[m.span[0] : m.span[1]]} = "
            + (f"{m.days[0]}..{m.days[1]}" if m.days else "?")
            for m in marked
        )

    lines = (f"found {show(found)}", f"true  {show(sentence.dates)}")
    return "\n    ".join((f"{sentence.file}: {sentence.text}", *lines))


def run(find: Callable[[Sentence], list[Marked]], sentences: Sequence[Sentence]) -> Result:
    """Return the scores of one system; the first sentence of each language is read before."""
    result = Result()
    for sentence in {s.language: s for s in sentences}.values():
        find(sentence)
    for sentence in sentences:
        began = time.process_time()
        found = find(sentence)
        result.seconds += time.process_time() - began
        result.words += len(sentence.text.split())
        score_sentence(sentence, found, result)
    return result


def show(name: str, result: Result) -> None:
    """Print the table of one system."""
    rate = result.words / max(result.seconds, 1e-9)
    print(f"\n{name}: {result.words} words, {rate:,.0f} words a core-second")
    print("row                    dates   span P/R/F1        exact F1   range P/R/F1")
    for language, score in sorted(result.scores.items(), key=lambda item: -item[1].true):
        span, days = score.rates("span"), score.rates("range")
        print(
            f"{language:21} {score.true:6}   {span[0]:.3f} {span[1]:.3f} {span[2]:.3f}   "
            f"{score.rates('exact')[2]:.3f}      {days[0]:.3f} {days[1]:.3f} {days[2]:.3f}"
        )


def main() -> None:
    """Read the sets, run the systems, print their tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="*", type=Path, default=list(FOLDERS))
    parser.add_argument("--errors", action="store_true", help="print what ours got wrong")
    parser.add_argument("--ours", action="store_true", help="leave dateparser out, which is slow")
    given = parser.parse_args()
    sentences = [sentence for folder in given.folders for sentence in read_folder(folder)]
    print(f"{len(sentences)} sentences of {len({s.language for s in sentences})} languages")
    ours = run(find_ours, sentences)
    show("dateline", ours)
    if not given.ours:
        show("dateparser.search", run(find_dateparser, sentences))
    if given.errors:
        print("\n" + "\n".join(ours.errors))


if __name__ == "__main__":
    main()
