"""People: whom gold sources mean, and what an article of 400 words costs.

Run: `python bench/named_sources.py`; its lines go into bench/RESULTS.md.

There is no public set of people in news with every mention joined. What can be measured on the
gold sources of PolNeAR (train and dev) and of the German quotations (train and dev):
1. named sources: of English those whose first part ends in a capitalised word, no sentence's
   first ("spokesman Ann Vale", "the Justice Department"); of German, where nouns are high, those
   that hold two capitalised words of which the first is in our list of given names: the share for
   which we have an entity, and of which kind;
2. pronouns: the share of "he" and "she" that we resolve to a person (not whether it is the right
   one, which the sets do not say);
3. common nouns ("officials", "a spokesman"): the share for which we wrongly have an entity.
"""

import json
import lzma
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.claims.names import find_names
from dateline.claims.naming.folding import fold_word
from dateline.claims.naming.lexicon import read_given_names
from dateline.claims.page import Page
from dateline.claims.speakers import resolve_speakers
from dateline.model import ClaimClues, Span, Statement, StatementKind

_SHARED = Path(__file__).parents[2] / "shared" / "bench"
_NAMED = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*\Z")
_PAIR = re.compile(r"\b([A-ZÄÖÜ][\w-]+)(?= (?:von |van |de )?[A-ZÄÖÜ])")
_PRONOUNS = {"en": ("he", "she"), "de": ("er", "sie")}
# Capitalised in English, yet no one's name: peoples, parties' members, titles.
_NO_NAMES = re.compile(
    r"(?:ans|ats|ese|ists|ians|ims|ers|ors|Republican|Democrat|Democratic|Dr|Mr|CEOs?)\Z"
)


@dataclass(frozen=True, slots=True)
class Source:
    span: Span
    words: str


def read_rows(name: str) -> list[dict[str, Any]]:
    with lzma.open(_SHARED / f"{name}.jsonl.xz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def list_sources(row: dict[str, Any]) -> Iterator[Source]:
    for told in row["attributions"]:
        for piece in told.get("source") or told.get("speaker") or ():
            numbers = re.findall(r"\d+", piece) if isinstance(piece, str) else piece
            start, end = int(numbers[0]), int(numbers[-1])
            yield Source((start, end), row["text"][start:end])
            break


def sort_source(source: Source, language: str) -> str:
    words = source.words.strip(" ,.;:“”\"'")
    if words.casefold() in _PRONOUNS[language]:
        return "pronoun"
    first = re.split(r"[,;(]|\b(?:of|for|at|in|from|who|with|on|to|von|des|der)\b", words)[0]
    last = _NAMED.search(re.sub(r"[’']s?\Z", "", first.strip()))
    if language == "de":
        pairs = _PAIR.findall(words)
        return "named" if any(fold_word(one) in read_given_names() for one in pairs) else "other"
    if last is None:
        return "other"
    word, is_first = last.group(), last.start() == 0
    is_high = word[0].isupper() and not _NO_NAMES.search(word)
    if is_high and (not is_first or len(words.split()) == 1):
        return "named"
    return "common" if word[0].islower() else "other"


def bench(name: str, language: str) -> None:
    total: Counter[str] = Counter()
    found: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    spent, size = 0.0, 0
    for row in read_rows(name):
        page = Page(row["text"], ClaimClues(language=language))
        assert page.sentences is not None and page.tokens is not None  # cut before the clock runs
        start = time.process_time()
        names = find_names(page)
        spent, size = spent + time.process_time() - start, size + len(row["text"].split())
        sources = list(list_sources(row))
        told = resolve_speakers(page, names, [_make_statement(one) for one in sources])
        for source, statement in zip(sources, told, strict=True):
            sort = sort_source(source, language)
            total[sort] += 1
            found[sort] += statement.speaker_kind is not None
            kinds[str(statement.speaker_kind)] += sort == "named"
    shares = ", ".join(f"{s} {found[s] / n:.3f} of {n}" for s, n in total.most_common())
    print(f"{name}: {shares}; {spent / max(size, 1) * 400_000:.1f} ms of 400 words")
    if kinds:
        print("  named, by kind:", dict(kinds.most_common()))


def _make_statement(source: Source) -> Statement:
    return Statement(
        spans=(),
        content="",
        kind=StatementKind.INDIRECT,
        speaker=source.words,
        source_span=source.span,
        cue="",
        cue_span=None,
    )


def main() -> None:
    if not _SHARED.exists():
        print("../shared/bench is not here: nothing measured")
        return
    find_names(Page("Ann Vale left Paris.", ClaimClues(language="en")))  # lists are read once
    for name in ("polnear_train", "polnear_dev"):
        bench(name, "en")
    for name in ("german_quotes_train", "german_quotes_dev"):
        bench(name, "de")


if __name__ == "__main__":
    main()
