"""Scores of found people against the true ones of a passage; described in `people.py`."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.model import Span
from written import Passage, Person, is_name


@dataclass(frozen=True, slots=True)
class Found:
    """A person that a system found: where it is spoken of, and as what."""

    name: str
    spans: tuple[Span, ...]
    role: str = ""


# An index of a person or entity, and a place where it is spoken of.
Mention = tuple[int, Span]


@dataclass(slots=True)
class Counts:
    """How often something was found, is true, is both, and is both to the character."""

    found: int = 0
    true: int = 0
    right: int = 0
    exact: int = 0

    def add(self, pairs: Sequence[tuple[Mention, Mention]], found: int, true: int) -> None:
        """Count the matches of one passage."""
        self.found += found
        self.true += true
        self.right += len(pairs)
        self.exact += sum(a[1] == b[1] for a, b in pairs)

    def rates(self) -> tuple[float, float, float]:
        """Return precision, recall and F1."""
        return rate(self.right, self.found), rate(self.right, self.true), self.f1(self.right)

    def f1(self, right: int) -> float:
        """Return the F1 of so many right ones."""
        return rate(2 * right, self.found + self.true)


@dataclass(slots=True)
class Score:
    """What one system reached on one row of the table."""

    names: Counts = field(default_factory=Counts)
    titled: Counts = field(default_factory=Counts)
    titles: int = 0
    titles_found: int = 0
    precisions: list[float] = field(default_factory=list)  # of B-cubed, by mention
    recalls: list[float] = field(default_factory=list)
    people: int = 0
    whole: int = 0
    roles: list[float] = field(default_factory=list)
    pronouns: Counts = field(default_factory=Counts)


@dataclass(slots=True)
class Result:
    """What one system reached on the set."""

    rows: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    seconds: float = 0.0
    words: int = 0
    errors: list[str] = field(default_factory=list)


def rate(part: float, whole: float) -> float:
    """Return a share, 0 of nothing."""
    return part / whole if whole else 0.0


def match(found: Sequence[Mention], true: Sequence[Mention]) -> list[tuple[Mention, Mention]]:
    """Return pairs that share characters, those that share most first, each mention once."""
    shared = [
        (min(a[1][1], b[1][1]) - max(a[1][0], b[1][0]), i, j)
        for i, a in enumerate(found)
        for j, b in enumerate(true)
    ]
    pairs, used, taken = [], set(), set()
    for overlap, i, j in sorted(shared, key=lambda one: (-one[0], *one[1:])):
        if overlap > 0 and i not in used and j not in taken:
            used.add(i)
            taken.add(j)
            pairs.append((found[i], true[j]))
    return pairs


@dataclass(frozen=True, slots=True)
class Sorted:
    """The mentions of a passage by what they are."""

    names: tuple[Mention, ...]
    titles: tuple[Mention, ...]
    pronouns: tuple[Mention, ...]


def sort_true(people: Sequence[Person]) -> Sorted:
    """Return the true mentions of a passage."""
    return Sorted(
        tuple((i, span) for i, one in enumerate(people) for span in one.names),
        tuple((i, span) for i, one in enumerate(people) for span in one.titles),
        tuple((i, span) for i, one in enumerate(people) for span in one.pronouns),
    )


def sort_found(passage: Passage, found: Sequence[Found], pronouns: frozenset[str]) -> Sorted:
    """Return the found mentions of a passage, told apart by their words."""
    kinds: dict[str, list[Mention]] = {"name": [], "title": [], "pronoun": []}
    for i, one in enumerate(found):
        for span in one.spans:
            words = passage.text[span[0] : span[1]]
            if words.casefold() in pronouns:
                kinds["pronoun"].append((i, span))
            else:
                kinds["name" if is_name(words, one.name) else "title"].append((i, span))
    return Sorted(*(tuple(mentions) for mentions in kinds.values()))


def score_clusters(
    score: Score, pairs: Sequence[tuple[Mention, Mention]], true: Sequence[Mention]
) -> None:
    """Add the B-cubed of one passage; mentions not found are alone."""
    entity = {b: a[0] for a, b in pairs}
    labels = [(person, entity.get((person, span), -1 - i)) for i, (person, span) in enumerate(true)]
    for person, label in labels:
        both = labels.count((person, label))
        score.precisions.append(rate(both, sum(other == label for _, other in labels)))
        score.recalls.append(rate(both, sum(other == person for other, _ in labels)))


def find_whole(
    pairs: Sequence[tuple[Mention, Mention]], found: Sorted, true: Sorted
) -> dict[int, int]:
    """Return persons whose names are exactly those of one entity, with that entity."""
    links = [(a[0], b[0]) for a, b in pairs]
    return {
        person: entity
        for entity, person in set(links)
        if links.count((entity, person))
        == sum(one == person for one, _ in true.names)
        == sum(one == entity for one, _ in found.names)
    }


def score_role(role: str, true: str) -> float:
    """Return the F1 of the words of two roles, each word by its first five letters."""
    ours, theirs = (
        {word[:5] for word in re.findall(r"\w{3,}", words.casefold())} for words in (role, true)
    )
    return rate(2 * len(ours & theirs), len(ours) + len(theirs))


def score_passage(passage: Passage, found: Sequence[Found], ours: Sorted, result: Result) -> None:
    """Add one passage, with what was found in it, to all its rows."""
    theirs = sort_true(passage.people)
    names = match(ours.names, theirs.names)
    titled = match(ours.names + ours.titles, theirs.names + theirs.titles)
    whole = find_whole(names, ours, theirs)
    entity = {b[0]: a[0] for a, b in reversed(names)}
    mates = {(entity.get(person), span) for person, span in theirs.pronouns}
    for name in ("all", passage.kind, passage.language):
        score = result.rows[name]
        score.names.add(names, len(ours.names), len(theirs.names))
        score.titled.add(titled, len(ours.names + ours.titles), len(theirs.names + theirs.titles))
        score.titles += len(theirs.titles)
        score.titles_found += sum(
            b in theirs.titles and entity.get(b[0]) == a[0] for a, b in titled
        )
        score_clusters(score, titled, theirs.names + theirs.titles)
        score.people += len(passage.people)
        score.whole += len(whole)
        score.pronouns.found += len(ours.pronouns)
        score.pronouns.true += len(theirs.pronouns)
        score.pronouns.right += sum(one in mates for one in ours.pronouns)
        for i, person in enumerate(passage.people):
            if person.role:
                role = found[entity[i]].role if i in entity else ""
                score.roles.append(score_role(role, person.role))
    result.errors += describe(passage, names, (ours, theirs))
    result.errors += [
        f"{passage.language} not one: {person.name}: {name_entities(i, names, found)}"
        for i, person in enumerate(passage.people)
        if i not in whole
    ]


def name_entities(
    person: int, pairs: Sequence[tuple[Mention, Mention]], found: Sequence[Found]
) -> str:
    """Return the names of the entities that hold a person's names."""
    names = sorted({found[a[0]].name for a, b in pairs if b[0] == person})
    return ", ".join(names) or "nobody"


def describe(
    passage: Passage, pairs: Sequence[tuple[Mention, Mention]], sides: tuple[Sorted, Sorted]
) -> list[str]:
    """Return a line for each name that was found wrongly or not found."""
    ours, theirs = sides
    matched = {a for a, _ in pairs} | {b for _, b in pairs}
    return [
        f"{passage.language} {what}: {passage.text[span[0] : span[1]]} in "
        + repr(passage.text[max(span[0] - 40, 0) : span[1] + 30])
        for what, mentions in (("no name", ours.names), ("missed", theirs.names))
        for at, span in mentions
        if (at, span) not in matched
    ]
