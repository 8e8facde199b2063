"""People: our `find_names` beside capitalised words alone, on the written set.

    python bench/people.py [folder] [--errors] [--claims]

The set is described in `bench/data/written/README.md`. A system gives, for a passage, the people it
found: for each the spans of their mentions and a role. A found mention counts as a name, a title
or a pronoun by its words, as the true ones do. Found and true mentions are matched once each, those
that share most characters first. Scores, over all passages of a row:

- names: found and true mentions by name; P, R and F1 where a match shares a character, and F1
  where it has the same first and last character;
- titled: the same with titles and offices that stand for a person ("the minister"), and the
  recall of these alone;
- B3: B-cubed P, R and F1 over the true mentions by name and title of a passage: for each, how much
  of its found entity is of its person, and how much of its person is in its entity; a
  mention not found is alone;
- whole: the share of persons whose mentions by name are exactly those of one found entity;
- role: of persons with a role, the share whose found role shares a word with it (words of three
  letters or more, compared by their first five letters), and the mean F1 of these words.

`--claims` reads all that an article claims, which links some pronouns: then the table tells how
many found pronouns stand at a true one of the same person. Speed is words a second of one core.
"""

import argparse
import re
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from dateline.claims.names import find_names
from dateline.claims.page import Page
from dateline.claims.reader import read_claims
from dateline.model import ClaimClues, Entity, EntityKind, Span
from people_scoring import Counts, Found, Result, Score, rate, score_passage, sort_found
from written import FOLDER, Passage, read_set

_WORD = re.compile(r"[^\W\d_][\w-]*")
Find = Callable[[Passage], list[Found]]


def make_clues(passage: Passage) -> ClaimClues:
    """Return what a reader is told of a passage."""
    published = datetime.fromisoformat(passage.published or "0001-01-01").replace(
        tzinfo=UTC, hour=12
    )
    return ClaimClues(language=passage.language, published=published if passage.published else None)


def take_people(entities: Iterable[Entity]) -> list[Found]:
    """Return the people among entities."""
    return [
        Found(one.name, one.mentions, one.role) for one in entities if one.kind is EntityKind.PERSON
    ]


def find_ours(passage: Passage) -> list[Found]:
    """Return the people that our reader of names finds."""
    return take_people(find_names(Page(passage.text, make_clues(passage))).entities)


def find_claims(passage: Passage) -> list[Found]:
    """Return the people of all that we read, with pronouns where they speak."""
    return take_people(read_claims(passage.text, make_clues(passage)).entities)


def find_capitals(passage: Passage) -> list[Found]:
    """Return runs of two or more capitalised words; the last word alone is the same person."""
    runs = list_runs(passage.text)
    spans: dict[str, list[Span]] = {}
    for start, end in runs:
        if " " in passage.text[start:end]:
            spans.setdefault(passage.text[start:end].split()[-1], []).append((start, end))
    for start, end in runs:
        if (word := passage.text[start:end]) in spans:
            spans[word].append((start, end))
    return [
        Found(passage.text[places[0][0] : places[0][1]], tuple(sorted(places)))
        for places in spans.values()
    ]


def list_runs(text: str) -> list[Span]:
    """Return where capitalised words stand with one space between them."""
    runs: list[Span] = []
    for word in _WORD.finditer(text):
        if not word[0][0].isupper():
            continue
        if runs and text[runs[-1][1] : word.start()] == " ":
            runs[-1] = (runs[-1][0], word.end())
        else:
            runs.append(word.span())
    return runs


def run(find: Find, passages: Sequence[Passage]) -> Result:
    """Return the scores of one system; the first passage of each language is read before."""
    result = Result()
    pronouns = {
        language: frozenset(
            passage.text[start:end].casefold()
            for passage in passages
            if passage.language == language
            for person in passage.people
            for start, end in person.pronouns
        )
        for language in {passage.language for passage in passages}
    }
    for passage in {one.language: one for one in passages}.values():
        find(passage)
    for passage in passages:
        began = time.process_time()
        found = find(passage)
        result.seconds += time.process_time() - began
        result.words += len(passage.text.split())
        ours = sort_found(passage, found, pronouns[passage.language])
        score_passage(passage, found, ours, result)
    return result


def show(name: str, result: Result) -> None:
    """Print the table of one system."""
    speed = result.words / max(result.seconds, 1e-9)
    print(f"\n{name}: {result.words} words, {speed:,.0f} words a core-second")
    print(
        f"{'':22} names  P    R    F1   exact | titled P   R    F1  alone R"
        " | B3 P   R    F1   | whole | role  words | pronouns"
    )
    for row, score in sorted(result.rows.items(), key=lambda item: -item[1].names.true):
        print(f"{row:22} {score.names.true:5} {show_row(score)}")


def show_row(score: Score) -> str:
    """Return the numbers of one row."""
    precision = rate(sum(score.precisions), len(score.precisions))
    recall = rate(sum(score.recalls), len(score.recalls))
    clusters = (precision, recall, rate(2 * precision * recall, precision + recall))
    roles = (
        rate(sum(role > 0 for role in score.roles), len(score.roles)),
        rate(sum(score.roles), len(score.roles)),
    )
    return (
        " | ".join(
            " ".join(f"{number:.3f}" for number in numbers)
            for numbers in (
                (*score.names.rates(), score.names.f1(score.names.exact)),
                (*score.titled.rates(), rate(score.titles_found, score.titles)),
                clusters,
                (rate(score.whole, score.people),),
                roles,
            )
        )
        + f" | {show_pronouns(score.pronouns)}"
    )


def show_pronouns(counts: Counts) -> str:
    """Return how many pronouns were found, and how many of them rightly."""
    return f"{counts.right}/{counts.found} of {counts.true}"


def main() -> None:
    """Read the set, run the systems, print their tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--errors", action="store_true", help="print what ours got wrong")
    parser.add_argument(
        "--claims", action="store_true", help="with pronouns, from all that is read"
    )
    given = parser.parse_args()
    passages = read_set(given.folder)
    print(f"{len(passages)} passages of {len({one.language for one in passages})} languages")
    ours = run(find_claims if given.claims else find_ours, passages)
    show("dateline", ours)
    show("capitals", run(find_capitals, passages))
    if given.errors:
        print("\n" + "\n".join(ours.errors))


if __name__ == "__main__":
    main()
