"""Who said what in German: quotes, speakers and cues of the German Wikinews set, ours beside marks.

Run: python bench/german_quotes.py [--half 0|1] [--sets train dev] [--errors N].

The set (850 articles, CC BY-NC-SA: measured with, never learnt from) gives every quotation a type,
and spans of its words, its speaker and its cue. How it is scored here:

- An item is a content with its spans, its speaker and its cue. Of the set: one annotation; two of
  one content that differ in the speaker count as one with two right speakers. Of ours: one
  statement, but every span of a direct one, and every quoted piece inside a mixed one, is an item
  of its own, since the set annotates each quoted piece, unless it is a name:
  its words are all capitalised, its long ones behind a noun or "der", "die", "das", or it is one
  capitalised word that has neither "ein", "eine", "einen" nor "als" before it.
- Types: `direct` is its Direct; `indirect` its Indirect, ours with a cue; `free` its FreeIndirect
  and IndirectFreeIndirect, ours without a cue or by hearsay ("soll … haben"); `reported` its two
  together, where ours is also right if the set has it as Reported (told, but not what in words).
  Precision counts the items of ours of a type, recall those of the set.
- `exact`: the same spans once quotation marks, commas, full stops and spaces are off both ends.
  `overlap`: some word is shared. `half`: the shared characters are half or more of all of both.
- `speaker` and `cue` are spans by themselves, each counted once an article and type.
- `right speaker`: of the set's items found (overlap, best match) that have a speaker, the share
  whose speaker shares a word with ours as written; `named`: or is the same name in other words.

The baseline takes every text in quotation marks of three words or more, and as its speaker the
nearest run of capitalised words outside the marks in the same sentence.
"""

import argparse
import json
import lzma
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.claims.languages import find_foreign
from dateline.claims.names import Names
from dateline.claims.page import Page
from dateline.model import ClaimClues, Hedge, Statement, StatementKind

DATA = Path(__file__).resolve().parents[2] / "shared" / "bench"
EDGE = " \t\n\u00a0.,;:!?…„“”\"'‚‘’»«›‹–-()"
MARKED = re.compile(r"„[^“”\"„]*[“”\"]|\"[^\"\n]*\"|»[^»«]*«|“[^“”]*”")
CAPITALS = re.compile(r"[A-ZÄÖÜ][\w.-]+(?: [A-ZÄÖÜ][\w.-]+)*")
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A content with who said it: of the set (every right speaker) or of a system (one)."""

    type: str
    content: Spans
    speakers: tuple[Spans, ...]
    cue: Spans


@dataclass
class Count:
    """Hits, found and wanted items of one role."""

    found: int = 0
    wanted: int = 0
    right: int = 0  # of the found
    met: int = 0  # of the wanted

    def line(self) -> str:
        precision, recall = self.right / max(1, self.found), self.met / max(1, self.wanted)
        score = 2 * precision * recall / max(1e-9, precision + recall)
        return f"P {precision:.3f} R {recall:.3f} F1 {score:.3f}"


def trim(text: str, spans: Iterable[Sequence[int]]) -> Spans:
    """Return spans without marks and spaces at their ends; empty ones are left out."""
    trimmed: list[tuple[int, int]] = []
    for start, end in sorted((s, e) for s, e in spans):
        while start < end and text[start] in EDGE:
            start += 1
        while start < end and text[end - 1] in EDGE:
            end -= 1
        if start < end:
            trimmed.append((start, end))
    return tuple(trimmed)


def shared(one: Spans, other: Spans) -> int:
    """Return how many characters two sets of spans share."""
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


def is_exact(one: Spans, other: Spans) -> bool:
    return one == other


def is_overlap(one: Spans, other: Spans) -> bool:
    return shared(one, other) > 0


def is_half(one: Spans, other: Spans) -> bool:
    both = shared(one, other)
    return 2 * both >= sum(e - s for s, e in one) + sum(e - s for s, e in other) - both > 0


MEASURES: dict[str, Callable[[Spans, Spans], bool]] = {
    "exact": is_exact,
    "half": is_half,
    "overlap": is_overlap,
}
TYPES = {
    "Direct": "direct",
    "Indirect": "indirect",
    "FreeIndirect": "free",
    "IndirectFreeIndirect": "free",
    "Reported": "told",
}


def read_gold(row: dict) -> list[Item]:
    """Return the set's items of one article; one content has one item with all its speakers."""
    text, seen = row["text"], {}
    for note in row["attributions"]:
        content = trim(text, note["quote"])
        if content:
            key = (TYPES[note["type"]], content)
            speaker, cue = trim(text, note["speaker"]), trim(text, note["cue"])
            before = seen.get(key)
            speakers = (*(before.speakers if before else ()), *([speaker] if speaker else ()))
            seen[key] = Item(*key, speakers, (before.cue if before else ()) or cue)
    return list(seen.values())


def ours(text: str) -> list[Item]:
    page = Page(text, ClaimClues(language="de"))
    statements = find_foreign(page, Names(entities=()))
    # A quoted piece is that of the innermost statement that holds it.
    inner = sorted(statements, key=lambda one: sum(end - start for start, end in one.spans))
    items = [item for one in inner for item in take_items(text, one)]
    whole = {item.content for one, item in zip_kinds(text, statements) if one}
    kept: dict[tuple[str, Spans], Item] = {}
    for item in items:
        kept.setdefault((item.type, item.content), item)
    for one, item in zip_kinds(text, statements):
        if one and item.content in whole:  # a quote of its own goes before a piece of another
            kept[item.type, item.content] = item
    return list(kept.values())


def zip_kinds(text: str, statements: Iterable[Statement]) -> Iterable[tuple[bool, Item]]:
    for one in statements:
        for item in take_items(text, one):
            yield one.kind is StatementKind.DIRECT, item


def take_items(text: str, one: Statement) -> list[Item]:
    speaker = (trim(text, [one.source_span]),) if one.source_span else ()
    cue = trim(text, [one.cue_span]) if one.cue_span else ()
    if one.kind is StatementKind.DIRECT:
        pieces = [trim(text, [span]) for span in one.spans]
        return [Item("direct", piece, speaker, cue) for piece in pieces if piece]
    is_free = not one.cue or one.hedge is Hedge.REPORTEDLY
    items = [Item("free" if is_free else "indirect", trim(text, one.spans), speaker, cue)]
    for start, end in one.spans:
        for mark in MARKED.finditer(text, start, end):
            piece = trim(text, [mark.span()])
            if piece and not is_named(text, *piece[0]):
                items.append(Item("direct", piece, speaker, cue))
    return items


def is_named(text: str, start: int, end: int) -> bool:
    """Say whether a quoted piece is a name by how it is written."""
    before = re.search(
        r"\b(?:[A-ZÄÖÜ][\w-]*|d(?:er|ie|as|en|em|es)) .$", text[max(0, start - 30) : start]
    )
    words = re.findall(r"[^\W\d_]+", text[start:end])
    if len(words) > 1 and all(word[0].isupper() for word in words):
        return True
    lone = len(words) == 1 and words[0][0].isupper()
    if lone and not re.search(r"\b(?:ein|eine|einen|als) .$", text[max(0, start - 9) : start]):
        return True
    return bool(before) and all(word[0].isupper() for word in words if len(word) > 3)


def marks_alone(text: str) -> list[Item]:
    """Return the baseline's items."""
    items = []
    for mark in MARKED.finditer(text):
        if len(mark.group().split()) < 3:
            continue
        left = text.rfind(".", 0, mark.start()) + 1
        right = text.find(".", mark.end())
        after = CAPITALS.search(text, mark.end(), right if right > 0 else len(text))
        before = list(CAPITALS.finditer(text, left, mark.start()))
        near = after or (before[-1] if before else None)
        speaker = (trim(text, [near.span()]),) if near else ()
        items.append(Item("direct", trim(text, [mark.span()]), speaker, ()))
    return items


class Score:
    """All counts of one system."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str, str], Count] = {}
        self.speakers: dict[str, list[int]] = {}
        self.errors: list[str] = []

    def add(self, text: str, gold: list[Item], found: list[Item]) -> None:
        for name, of_gold, of_found, also in self.pick(gold, found):
            self.add_role(name, "content", contents(of_found), contents(of_gold), contents(also))
            extra = [s for i in also for s in i.speakers]
            speakers = [[s for i in part for s in i.speakers] for part in (of_found, of_gold)]
            self.add_role(name, "speaker", *speakers, extra)
            cues = [[i.cue for i in part if i.cue] for part in (of_found, of_gold)]
            self.add_role(name, "cue", *cues, [i.cue for i in also if i.cue])
            self.add_speakers(text, name, of_gold, of_found)

    @staticmethod
    def pick(
        gold: list[Item], found: list[Item]
    ) -> Iterable[tuple[str, list[Item], list[Item], list[Item]]]:
        for name in ("direct", "indirect", "free"):
            yield (
                name,
                [i for i in gold if i.type == name],
                [i for i in found if i.type == name],
                [],
            )
        both = {"indirect", "free"}
        told = [i for i in gold if i.type == "told"]
        of_gold = [i for i in gold if i.type in both]
        yield "reported", of_gold, [i for i in found if i.type in both], told

    def add_role(self, name: str, role: str, *parts: list[Spans]) -> None:
        found, gold, also = (list(dict.fromkeys(part)) for part in parts)
        for measure, is_same in MEASURES.items():
            count = self.counts.setdefault((name, role, measure), Count())
            count.found += len(found)
            count.wanted += len(gold)
            count.right += sum(any(is_same(f, g) for g in (*gold, *also)) for f in found)
            count.met += sum(any(is_same(f, g) for f in found) for g in gold)

    def add_speakers(self, text: str, name: str, gold: list[Item], found: list[Item]) -> None:
        tally = self.speakers.setdefault(name, [0, 0, 0])
        for item in gold:
            best = max(found, key=lambda f: shared(f.content, item.content), default=None)
            if not item.speakers or not best or not shared(best.content, item.content):
                if not best or not shared(best.content, item.content):
                    self.note(text, f"MISSED {name}", item, None)
                continue
            near = any(is_overlap(s, g) for s in best.speakers for g in item.speakers)
            same = near or bool(named(text, best.speakers) & named(text, item.speakers))
            tally[0] += 1
            tally[1] += near
            tally[2] += same
            if not near:
                self.note(text, f"SPEAKER {name}", item, best)
        for item in found:
            if not any(shared(item.content, g.content) for g in gold):
                self.note(text, f"EXTRA {name}", item, None)

    def note(self, text: str, what: str, item: Item, best: Item | None) -> None:
        start, end = item.content[0][0], item.content[-1][1]
        passage = f"{text[max(0, start - 130) : start]}[[{text[start:end]}]]{text[end : end + 90]}"
        said = [words(text, s) for s in item.speakers]
        other = [words(text, s) for s in best.speakers] if best else ""
        self.errors.append(f"{what}: {passage!r} gold/own {said} {words(text, item.cue)} {other}")


def contents(items: list[Item]) -> list[Spans]:
    return [item.content for item in items]


def words(text: str, spans: Spans) -> str:
    return " ".join(text[s:e] for s, e in spans)


def named(text: str, speakers: Iterable[Spans]) -> set[str]:
    """Return the capitalised words of speakers, by which two forms of one name are one."""
    return {w for s in speakers for w in re.findall(r"[A-ZÄÖÜ]\w{3,}", words(text, s))}


def run(rows: list[dict], system: Callable[[str], list[Item]]) -> tuple[Score, float]:
    score, spent = Score(), 0.0
    for row in rows:
        begin = time.process_time()
        found = system(row["text"])
        spent += time.process_time() - begin
        score.add(row["text"], read_gold(row), found)
    return score, spent


def show(name: str, score: Score) -> None:
    for (type_, role, measure), count in score.counts.items():
        if count.wanted and count.found:
            print(f"{name:10} {type_:9} {role:8} {measure:8} {count.line()} of {count.wanted}")
    for type_, (all_, near, same) in score.speakers.items():
        if all_:
            print(
                f"{name:10} {type_:9} right speaker {near / all_:.3f}, "
                f"named {same / all_:.3f} of {all_}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", nargs="+", default=["train", "dev"])
    parser.add_argument("--half", type=int, choices=(0, 1), help="every second article only")
    parser.add_argument("--errors", default="", help="print the errors whose line begins so")
    options = parser.parse_args()
    for name in options.sets:
        path = DATA / f"german_quotes_{name}.jsonl.xz"
        if not path.exists():
            print(f"{name}: {path.name} is not here, skipped")
            continue
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        rows = rows if options.half is None else rows[options.half :: 2]
        count = sum(len(row["text"].split()) for row in rows)
        for system in (marks_alone, ours):
            score, spent = run(rows, system)
            if options.errors and system is ours:
                print("\n".join(e for e in score.errors if e.startswith(options.errors)))
            print(f"\n{name}, {len(rows)} articles, {count} words, {spent:.1f} s")
            show("marks" if system is marks_alone else "dateline", score)


if __name__ == "__main__":
    main()
