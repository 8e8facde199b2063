"""Are two statements of one speaker one? By their words, or across languages by their meaning.

Precision first: two statements that are held to be two cost the reader a line, two that are held
to be one put words into a mouth. So numbers must agree, a statement is never one with its
contrary, and what is near must be near in the words that are rare in its articles.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

import numpy as np
import numpy.typing as npt

from dateline.claims.terms import (
    count_negations,
    is_negated,
    is_one_clause,
    knows_negation,
    list_content,
    list_numbers,
)
from dateline.model import Likeness, StatementKind
from dateline.text import base_language

Vector = npt.NDArray[np.float32]
_SHINGLE = 3  # words
_FORM_ENDINGS = frozenset(("d", "ed", "n", "en", "ing", "s", "es"))
_QUOTED = (StatementKind.DIRECT, StatementKind.MIXED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The numbers that decide; measured in tests/claims/test_likeness.py."""

    piece: int = 2  # words of a quoted piece that belongs to a longer quotation of one story
    long_piece: int = 5  # the same where they stand in two stories
    shingles: float = 0.8  # share of the shorter quotation's runs of words in the longer one
    near: float = 0.6  # weight of the words in common, of the weightier statement's
    near_terms: int = 3  # words in common
    denied: float = 0.75  # the same of a statement and its denial
    contrary: float = 0.9  # the same where only a word like "not" tells
    withdrawn: float = 0.75  # the same of a statement and its withdrawal
    meaning: float = 0.57  # nearness across languages, beside what the article's others mean
    lead: float = 0.1  # by which it is nearer than anything else in either article
    short_meaning: float = 0.5  # the same of two statements of one clause without numbers
    short_lead: float = 0.25
    said: int = 4  # statements of an article by which that can be told
    plain_meaning: float = 0.93  # nearness where there are fewer


RULES = Rules()


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a statement means, by an encoder: vectors of length one."""

    plain: Vector
    apart: Vector | None  # without what all statements of its article have in common
    beside: Vector | None = None  # the same of all statements of its article, a row each
    row: int = 0  # its own among them


@dataclass(frozen=True)
class Saying:
    """A statement as it is compared."""

    content: str
    kind: StatementKind
    language: str
    terms: Mapping[str, int]  # its words that say something, see `terms.count_terms`
    denied: bool = False  # by the cue: "denied"
    withheld: bool = False  # by the cue: "did not say", "declined to comment on"
    withdrawn: bool = False  # "took back her remark that"
    meaning: Meaning | None = None

    @cached_property
    def tongue(self) -> str:
        """Its language without the region."""
        return base_language(self.language)

    @cached_property
    def words(self) -> list[str]:
        """Its words in order."""
        return list_content(self.content)

    @cached_property
    def line(self) -> str:
        """Its words in order, each between two blanks."""
        return f" {' '.join(self.words)} "

    @cached_property
    def shingles(self) -> frozenset[tuple[str, ...]]:
        """Its runs of three words."""
        return frozenset(zip(*(self.words[at:] for at in range(_SHINGLE)), strict=False))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers in it."""
        return list_numbers(self.terms)

    @cached_property
    def weight(self) -> float:
        """The weight of all its terms."""
        return sum(1 / count for count in self.terms.values())

    @cached_property
    def is_short(self) -> bool:
        """Whether it is one clause without a number.

        Where two statements share a number or one clause of two, they are near and still two.
        """
        return not self.numbers and is_one_clause(self.content, self.words, self.language)

    @cached_property
    def is_negative(self) -> bool:
        """Whether it says that something is not so: by its cue or its words, not by both."""
        return self.denied != is_negated(self.words, self.language)


@dataclass(frozen=True, slots=True)
class Match:
    """How two statements were found to be one."""

    how: Likeness
    score: float


def part_meanings(vectors: Vector, rules: Rules = RULES) -> list[Meaning]:
    """Return what each statement of one article means; `vectors` has one row a statement.

    Language and topic are common to them all, and taken off: so the numbers of `Rules` depend
    little on the encoder. Where there are few statements nobody can tell what is common.
    """
    if len(vectors) < rules.said:
        return [Meaning(row, None) for row in vectors]
    rest = vectors - vectors.mean(axis=0)
    apart = rest / np.maximum(np.linalg.norm(rest, axis=1, keepdims=True), 1e-6)
    return [Meaning(plain, apart[row], apart, row) for row, plain in enumerate(vectors)]


def compare(one: Saying, other: Saying, *, one_story: bool, rules: Rules = RULES) -> Match | None:
    """Return how two statements of one speaker are one, None where they are two.

    Where they do not stand in `one_story` only the same quoted words make them one.
    """
    if one.withheld != other.withheld or one.withdrawn != other.withdrawn:
        return None
    if one.tongue != other.tongue:
        return _compare_meaning(one, other, rules) if one_story else None
    if one.line != other.line and one.terms.keys().isdisjoint(other.terms):
        return None  # most pairs end here
    same = _compare_words(one, other, one_story=one_story, rules=rules)
    if same and one.denied == other.denied:
        return same
    if not one_story or one.is_negative != other.is_negative:
        return None
    score = _overlap(one, other, rules)
    return Match(Likeness.NEAR, score) if score >= rules.near else None


def deny(one: Saying, other: Saying, *, rules: Rules = RULES) -> float:
    """Return how well a statement matches one that says the contrary; 0 for not enough."""
    if one.tongue != other.tongue or one.terms.keys().isdisjoint(other.terms):
        return 0.0
    if one.is_negative == other.is_negative or one.withheld or other.withheld:
        return 0.0
    if one.withdrawn or other.withdrawn:
        return 0.0
    score = _overlap(one, other, rules)
    # A "not" may stand in a part of what is said alone, or be taken up by "but": the cue tells
    # surely what is denied, the word only where all the other words are the same.
    if one.denied != other.denied:
        denial, claim = (one, other) if one.denied else (other, one)
        return score if score >= rules.denied and _is_within(denial, claim) else 0.0
    return score if score >= rules.contrary and _is_plainly_contrary(one, other) else 0.0


def _is_plainly_contrary(one: Saying, other: Saying) -> bool:
    """Say whether two statements differ in one word that negates, and in no other that tells."""
    counts = [count_negations(saying.words, saying.language) for saying in (one, other)]
    return sorted(counts) == [0, 1] and one.terms.keys() == other.terms.keys()


def _is_within(turn: Saying, claim: Saying) -> bool:
    """Say whether all that is denied or taken back was claimed.

    Who denies that it was in Graz leaves open whether it was in Linz, and who denies a reason
    leaves open the rest. Forms of one verb are no other word: "took", "taking".
    """
    left, its = turn.terms.keys() - claim.terms.keys(), claim.terms.keys() - turn.terms.keys()
    first = turn.words[0] if turn.words else ""
    return all(
        any(_is_form(term, other, is_gerund=term == first) for other in its) for term in left
    )


def _is_form(one: str, other: str, *, is_gerund: bool) -> bool:
    if is_gerund and one.endswith("ing"):
        return one[0] == other[0]
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) and longer[len(shorter) :] in _FORM_ENDINGS


def withdraw(one: Saying, other: Saying, *, rules: Rules = RULES) -> float:
    """Return how well a statement matches one of which it is taken back; 0 for not enough."""
    if one.tongue != other.tongue or one.terms.keys().isdisjoint(other.terms):
        return 0.0
    if one.withdrawn == other.withdrawn or one.is_negative != other.is_negative:
        return 0.0
    if one.withheld or other.withheld:
        return 0.0
    score = _overlap(one, other, rules)
    mine, its = (one, other) if one.withdrawn else (other, one)
    return score if score >= rules.withdrawn and _is_within(mine, its) else 0.0


def _compare_words(one: Saying, other: Saying, *, one_story: bool, rules: Rules) -> Match | None:
    """Find the same words: all of them, or a quoted piece of a longer quotation."""
    if one.line == other.line and (one_story or len(one.words) >= rules.long_piece):
        return Match(Likeness.SAME, 1.0)
    if one.kind not in _QUOTED or other.kind not in _QUOTED:
        return None
    shorter, longer = sorted((one, other), key=lambda each: len(each.words))
    least = rules.piece if one_story else rules.long_piece
    if len(shorter.words) < least or not shorter.terms:
        return None
    if shorter.line in longer.line:
        return Match(Likeness.PART, 1.0)
    return _compare_shingles(shorter, longer, rules)


def _compare_shingles(shorter: Saying, longer: Saying, rules: Rules) -> Match | None:
    if len(shorter.words) < rules.long_piece or not shorter.numbers <= longer.numbers:
        return None
    share = len(shorter.shingles & longer.shingles) / max(1, len(shorter.shingles))
    if share < rules.shingles or shorter.is_negative != longer.is_negative:
        return None
    return Match(Likeness.PART, round(share, 4))


def _overlap(one: Saying, other: Saying, rules: Rules) -> float:
    """Return the weight of the terms in common, as a share of the weightier statement's."""
    common = one.terms.keys() & other.terms.keys()
    if len(common) < min(rules.near_terms, len(one.terms), len(other.terms)) or not common:
        return 0.0
    if not (one.numbers <= other.numbers or other.numbers <= one.numbers):
        return 0.0
    shared = sum(1 / sqrt(one.terms[term] * other.terms[term]) for term in common)
    return round(min(1.0, shared / max(one.weight, other.weight)), 4)


def _compare_meaning(one: Saying, other: Saying, rules: Rules) -> Match | None:
    mine, its = one.meaning, other.meaning
    if mine is None or its is None or one.is_negative != other.is_negative:
        return None
    if not (knows_negation(one.language) and knows_negation(other.language)):
        return None
    if not (one.numbers <= other.numbers or other.numbers <= one.numbers):
        return None
    if mine.apart is None or its.apart is None:
        score = float(np.dot(mine.plain, its.plain))
        is_one = score >= rules.plain_meaning
    else:
        score = float(np.dot(mine.apart, its.apart))
        lead = score - max(_nearest(mine.apart, its), _nearest(its.apart, mine))
        is_one = score >= rules.meaning and lead >= rules.lead
        is_near = score >= rules.short_meaning and lead >= rules.short_lead
        is_one |= is_near and one.is_short and other.is_short
    return Match(Likeness.TRANSLATION, round(min(score, 1.0), 4)) if is_one else None


def _nearest(one: Vector, own: Meaning) -> float:
    """Return how near the nearest of the other statements of an article is, -1 without any."""
    if own.beside is None:
        return -1.0
    scores = own.beside @ one
    scores[own.row] = -1.0
    return float(scores.max())
