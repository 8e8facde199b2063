"""Readings with all that they claim: articles of 400 words a second on two cores, and memory.

Run: `python bench/reading.py [--jobs 2]`. The texts of giveme5w1h, ECB+, PolNeAR dev and the German
quotations (dev), cut into articles of 400 words, go through `dateline read --jsonl`, as those of a
researcher would; the rate is by the clock, start and end of all processes in it. Then a quarter of
them is read here, part by part: what each part costs a core, and how much memory a process holds
that has read them in two languages.
"""

import argparse
import json
import lzma
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from dateline.claims.dates import date_statements, find_dates
from dateline.claims.figures import find_figures
from dateline.claims.languages import find_foreign
from dateline.claims.names import find_names
from dateline.claims.page import Page
from dateline.claims.speakers import resolve_speakers
from dateline.claims.statements import find_statements
from dateline.model import ClaimClues

BENCH = Path(__file__).parents[2] / "shared" / "bench"
SETS = {
    "events_giveme5w1h": "en",
    "events_ecbplus_train": "en",
    "polnear_dev": "en",
    "german_quotes_dev": "de",
}
WORDS = 400
PUBLISHED = "2022-11-11T12:00:00Z"


def read_articles() -> Iterator[tuple[str, str]]:
    """Yield articles of 400 words, each with its language; what is left of a text is joined."""
    for name, language in SETS.items():
        pieces: list[str] = []
        lines = lzma.decompress((BENCH / f"{name}.jsonl.xz").read_bytes()).decode().splitlines()
        for line in lines:
            for paragraph in json.loads(line)["text"].split("\n"):
                pieces.append(paragraph)
                if sum(len(piece.split()) for piece in pieces) >= WORDS:
                    yield "\n\n".join(piece for piece in pieces if piece.strip()), language
                    pieces = []


def measure_command(articles: list[tuple[str, str]], jobs: int) -> None:
    """Read all of them through the command line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        rows = (
            {"url": f"https://news.example/{n}", "text": text, "lang": tongue}
            | {"published": PUBLISHED, "title": "A report", "source": "News"}
            for n, (text, tongue) in enumerate(articles)
        )
        path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
        command = [sys.executable, "-m", "dateline", "read", "--jsonl", str(path)]
        began = time.perf_counter()
        done = subprocess.run(
            [*command, "--jobs", str(jobs)], capture_output=True, check=True
        ).stdout.count(b"\n")
        seconds = time.perf_counter() - began
    words = sum(len(text.split()) for text, _ in articles)
    print(
        f"dateline read --jsonl --jobs {jobs}: {done:,} articles, {words / done:,.0f} words each,"
        f" {done / seconds:,.0f} a second"
    )


def measure_parts(articles: list[tuple[str, str]]) -> None:
    """Print what each part costs, in milliseconds of 400 words."""
    spent, words = Counter[str](), 0
    at = datetime.fromisoformat(PUBLISHED).astimezone(UTC)

    def clock(name: str, began: float) -> float:
        now = time.process_time()
        spent[name] += now - began
        return now

    for text, language in articles[::4]:
        page = Page(text, ClaimClues(language=language, published=at))
        words += len(text.split())
        now = time.process_time()
        assert page.tokens and page.sentences
        now = clock("words and sentences", now)
        names = find_names(page)
        now = clock("names", now)
        said = find_statements(page, names) if language == "en" else find_foreign(page, names)
        now = clock("statements", now)
        said = resolve_speakers(page, names, said)
        now = clock("speakers", now)
        dates = find_dates(page)
        said = date_statements(page, dates, said)
        now = clock("dates", now)
        find_figures(page, said, dates)
        clock("figures", now)
    shares = (f"{name} {1000 * s * WORDS / words:.2f}" for name, s in spent.most_common())
    print(f"ms of {WORDS} words: {', '.join(shares)}")
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"in all {1000 * sum(spent.values()) * WORDS / words:.1f} ms; this process {held:,.0f} MiB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    if not BENCH.is_dir():
        raise SystemExit("../shared/bench is not present: nothing to read")
    articles = list(read_articles())
    measure_command(articles, options.jobs)
    measure_parts(articles)


if __name__ == "__main__":
    main()
