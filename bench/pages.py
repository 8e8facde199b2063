"""Texts and metadata of real news pages: ours beside the extractors that it could have used.

Run: python bench/pages.py [--sample N]. One line a system and set. Scores are the sets' own:
ROUGE-Lsum (fundus_evaluation), F1 of 4-word shingles (scrapinghub_aeb), F1 of words and exact
metadata (fundus_testdata_multilingual). Rates are pages a second of processor time in this run;
"x" is the rate beside trafilatura's fast mode.
"""

import argparse
import gzip
import json
import lzma
import re
import resource
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import trafilatura
from resiliparse.extract.html2text import extract_plain_text

from dateline.extract.cleaning import clean_html
from dateline.extract.decoding import decode_page
from dateline.extract.page import Extract, extract_page
from dateline.model import Document

DATA = Path(__file__).resolve().parents[2] / "shared" / "bench"
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a set and what a person says stands on it."""

    url: str
    html: bytes
    text: str
    truth: dict[str, Any]


def read_members(name: str) -> dict[str, bytes]:
    with lzma.open(DATA / f"{name}.tar.xz") as raw, tarfile.open(fileobj=raw) as archive:
        return {
            member.name.removeprefix("./"): archive.extractfile(member).read()  # type: ignore[union-attr]
            for member in archive
            if member.isfile()
        }


def find(members: dict[str, bytes], ending: str) -> bytes:
    return next(body for name, body in members.items() if name.endswith(ending))


def load_fundus() -> Iterator[Page]:
    members = read_members("fundus_evaluation")
    for name, truth in json.loads(find(members, "ground_truth.json")).items():
        yield Page("", gzip.decompress(find(members, name)), "\n".join(truth["body"]), truth)


def load_aeb() -> Iterator[Page]:
    members = read_members("scrapinghub_aeb")
    for name, truth in json.loads(find(members, "ground-truth.json")).items():
        html = gzip.decompress(find(members, f"{name}.html.gz"))
        yield Page(truth["url"], html, truth["articleBody"], truth)


def load_multilingual() -> Iterator[Page]:
    members = read_members("fundus_testdata_multilingual")
    for name in sorted(members):
        if name.endswith(".json"):
            yield from load_outlet(members, name.removesuffix(".json"))


def load_outlet(members: dict[str, bytes], stem: str) -> Iterator[Page]:
    """Pair an outlet's pages, by date, with its versions V1, V2, …"""
    meta = json.loads(members[f"{stem.rpartition('/')[0]}/meta.info"])
    pattern = re.compile(re.escape(stem) + r"_\d{4}_\d\d_\d\d\.html\.gz")
    files = sorted(name for name in members if pattern.fullmatch(name))
    truths = sorted(json.loads(members[f"{stem}.json"]).items(), key=number_of_version)
    for name, (_, truth) in zip(files, truths, strict=False):
        about = meta[name.rpartition("/")[2]]
        truth = truth | {"seen": about["crawl_date"]}
        yield Page(about["url"], gzip.decompress(members[name]), full_text(truth["body"]), truth)


def number_of_version(item: tuple[str, Any]) -> list[int]:
    """Return "V1_2" as [1, 2]."""
    return [int(digits) for digits in re.findall(r"\d+", item[0])]


def full_text(body: dict[str, Any] | None) -> str:
    lines = list(body["summary"]) if body else []
    for section in body["sections"] if body else []:
        lines += section["headline"] + section["paragraphs"]
    return "\n".join(lines)


def ours(page: Page) -> str:
    return read_ours(page).text


def read_ours(page: Page) -> Extract:
    seen = page.truth.get("seen")
    at = datetime.fromisoformat(seen).replace(tzinfo=UTC) if seen else None
    return extract_page(Document(url=page.url, html=page.html, seen_at=at))


SYSTEMS: dict[str, Callable[[Page], str]] = {
    "trafilatura fast": lambda page: (
        trafilatura.extract(page.html, url=page.url, fast=True, include_comments=False) or ""
    ),
    "trafilatura": lambda page: (
        trafilatura.extract(page.html, url=page.url, include_comments=False) or ""
    ),
    "resiliparse": lambda page: extract_plain_text(
        decode_page(page.html)[0], main_content=True, alt_texts=False, comments=False
    ),
    "dateline (all)": ours,
}


def lcs_places(reference: list[str], candidate: list[str]) -> set[int]:
    """Return which words of `reference` stand in a longest common subsequence (bit-parallel)."""
    where: dict[str, int] = {}
    for place, word in enumerate(candidate):
        where[word] = where.get(word, 0) | 1 << place
    full = (1 << len(candidate)) - 1
    rows = [full]
    for word in reference:
        row = rows[-1]
        both = row & where.get(word, 0)
        rows.append(((row + both) | (row - both)) & full)
    found, at, end = set(), len(reference), len(candidate)
    while at and end:
        mask = (1 << end) - 1
        if rows[at] >> (end - 1) & 1:
            end -= 1
        elif (~rows[at] & mask).bit_count() == (~rows[at - 1] & mask).bit_count():
            at -= 1
        else:
            found.add(at - 1)
            at, end = at - 1, end - 1
    return found


def rouge_lsum(text: str, truth: str) -> float:
    def lines(of: str) -> list[list[str]]:
        return [re.findall(r"[a-z0-9]+", line) for line in of.lower().split("\n") if line.strip()]

    candidate, reference = lines(text), lines(truth)
    counts = Counter(word for line in candidate for word in line)
    own = Counter(word for line in reference for word in line)
    total_candidate, total_reference, hits = counts.total(), own.total(), 0
    for line in reference:
        union = set().union(*(lcs_places(line, other) for other in candidate))
        for place in union:
            if counts[line[place]] > 0 and own[line[place]] > 0:
                hits += 1
                counts[line[place]] -= 1
                own[line[place]] -= 1
    return f1(hits, total_candidate, total_reference)


def f1(hits: int, found: int, wanted: int) -> float:
    return 2 * hits / (found + wanted) if found + wanted else 1.0


def word_f1(text: str, truth: str) -> float:
    a, b = Counter(WORD.findall(text.lower())), Counter(WORD.findall(truth.lower()))
    return f1((a & b).total(), a.total(), b.total())


def shingle_f1(texts: list[str], truths: list[str]) -> float:
    """Return F1 of the means of precision and recall over pages, as the set's authors count."""
    precision = recall = 0.0
    for text, truth in zip(texts, truths, strict=True):
        a, b = shingles(text), shingles(truth)
        both = (a & b).total()
        precision += both / a.total() if a else float(not b)
        recall += both / b.total() if b else float(not a)
    return 2 * precision * recall / (precision + recall) / len(texts)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    found = WORD.findall(text)
    return Counter(tuple(found[at : at + 4]) for at in range(max(1, len(found) - 3)) if found)


def mean(score: Callable[[str, str], float]) -> Callable[[list[str], list[str]], float]:
    return lambda texts, truths: sum(map(score, texts, truths)) / len(texts)


SETS: dict[str, tuple[Callable[[], Iterator[Page]], str, Callable[..., float]]] = {
    "fundus_evaluation": (load_fundus, "ROUGE-Lsum", mean(rouge_lsum)),
    "scrapinghub_aeb": (load_aeb, "4-gram F1", shingle_f1),
    "fundus_testdata_multilingual": (load_multilingual, "word F1", mean(word_f1)),
}


def measure_bodies(name: str, pages: list[Page], label: str, score: Callable[..., float]) -> None:
    truths = [page.text for page in pages]
    usual = 0.0
    for system, read in SYSTEMS.items():
        started = time.process_time()
        texts = [read(page) for page in pages]
        rate = len(pages) / (time.process_time() - started)
        usual = usual or rate
        print(
            f"{name}: {system:<17} {label} {score(texts, truths):.4f}  "
            f"{rate:6.1f} pages/s  x{rate / usual:.2f}",
            flush=True,
        )


def measure_metadata(pages: list[Page]) -> None:
    hits: Counter[str] = Counter()
    for page in pages:
        found = read_ours(page)
        hits["title"] += same(found.headline, page.truth["title"])
        names = set(map(bare, found.byline.names))
        truth = set(map(bare, page.truth.get("authors") or []))
        hits["authors"] += names == truth
        hits["an author in common"] += bool(names & truth) or names == truth
        wanted = datetime.fromisoformat(page.truth["publishing_date"])
        wanted = wanted if wanted.tzinfo else wanted.replace(tzinfo=UTC)
        at = found.dates.published.at
        hits["date to the second"] += at is not None and abs((at - wanted).total_seconds()) < 1
        hits["date to the day"] += at is not None and at.date() == wanted.astimezone(UTC).date()
    shares = ", ".join(f"{what} {count / len(pages):.3f}" for what, count in hits.items())
    print(f"metadata of {len(pages)} multilingual pages: {shares}")


def bare(words: str) -> str:
    return " ".join(WORD.findall(words.lower()))


def same(one: str, other: str) -> bool:
    return bare(one) == bare(other)


def measure_cleaning() -> None:
    """Show what the linear pass before nh3 is for: the time at twice the size."""
    attacks = {
        "nested <b>": lambda n: "<b>" * n + "x",
        "nested <div>": lambda n: "<div>" * n + "x",
        "attributes": lambda n: "<p " + " ".join(f"a{i}=1" for i in range(n)) + ">x",
    }
    import nh3

    for what, make in attacks.items():
        times = [f"{seconds(nh3.clean, make(n)):.2f}" for n in (5_000, 10_000, 20_000)]
        own = [f"{seconds(clean, make(n)):.2f}" for n in (5_000, 10_000, 20_000)]
        print(f"cleaning {what:<13} 5,000 10,000 20,000: nh3 {times} s, ours {own} s")


def clean(html: str) -> str:
    return clean_html(html, base="https://example.org/")


def seconds(function: Callable[[str], object], value: str) -> float:
    started = time.process_time()
    function(value)
    return time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=1, help="every Nth page only")
    step = parser.parse_args().sample
    if not DATA.is_dir():
        sys.exit(f"{DATA} is not present; there is nothing to measure")
    extract_page(Document(html="<p>warm</p>", url="https://example.org/"))
    for name, (load, label, score) in SETS.items():
        pages = list(load())[::step]
        measure_bodies(name, pages, label, score)
        if name == "fundus_testdata_multilingual":
            measure_metadata(pages)
    measure_cleaning()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process, the pages of one set among it: {peak:.0f} MB")


if __name__ == "__main__":
    main()
