"""Is one article a translation of the other? Precision first: two own reports are none.

Own reports of one event share facts; a translation says the same sentences in the same order. So
the evidence is an alignment in order: of sentences, where an encoder gives vectors whose nearness
means likeness across languages, and of what a translation leaves as it is, numbers and names
(`anchors`), where there is none or it does not know a language. The second is believed only where
one credits the other or both credit the same.

A vector's nearness is measured against what is usual between these two articles, so the numbers
below do not depend on the encoder; measured in bench/duplicates.py.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from dateline.model import Lead, Link, LinkKind
from dateline.origins.anchors import Anchors, find_anchors, name_agrees, number_agrees
from dateline.origins.names import name_agency
from dateline.text import list_tokens

MADE_BY = "translations/1"
Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]
F32 = npt.NDArray[np.float32]

LONGEST_TEXT = 12_000  # code points of each text that are looked at
_MOST_SENTENCES = 60
_SHORTEST = 15  # code points: a shorter piece belongs to the next sentence
_REPEATED = 0.8  # share of a sentence's words that stand in one before: it says the same again
_USUAL = 0.4  # quantile of the nearness of all pairs of sentences: what is usual
_GAIN = 0.3  # nearness, 0 usual and 1 equal, from which a pair is better than none
_SAME = 0.45  # and from which two sentences say the same
_SENTENCE = re.compile(
    r"(?<=[。！？])|(?<=[.!?…؟।])[\"”»“’')\]]*\s+(?=[^\w]*(?:[^\W_a-zа-яёіїєґα-ω]))|\n+"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The numbers that decide; a share is of the words or anchors of the shorter article."""

    sentences: int = 4  # that say the same, at least
    carried: float = 0.68  # share of the shorter article in such sentences, in order
    with_credit: float = 0.55  # the same where the credits and the anchors speak for it
    other: float = 0.2  # and share of the longer one
    names: int = 5
    names_share: float = 0.6
    numbers: int = 2
    numbers_share: float = 0.75


@dataclass(frozen=True, slots=True)
class _Found:
    """How much of the shorter and of the longer text the other says as well."""

    shorter: float
    longer: float
    count: int


def compare(a: Lead, b: Lead, encode: Encode | None, rules: Rules | None = None) -> Link | None:
    """Return the link from the translation to its original, or None where neither is one.

    `encode` gives one vector of length one a sentence. Of a pair the one that credits the other is
    the translation, else the one published later.
    """
    rules = rules or Rules()
    if not _are_of_two_languages(a, b):
        return None
    later, earlier = _order(a, b)
    credit = _name_credit(later, earlier)
    anchored = _agree(find_anchors(a.text), find_anchors(b.text), rules)
    said = _compare_sentences(a.text, b.text, encode) if encode else _Found(0.0, 0.0, 0)
    needed = rules.with_credit if credit and anchored else rules.carried
    if said.count >= rules.sentences and said.shorter >= needed and said.longer >= rules.other:
        why = f"{said.shorter:.0%} of the shorter text says the same in the same order"
        return _link(later, earlier, said.shorter, [why, credit])
    if credit and anchored:
        why = "names and numbers are the same in the same order"
        return _link(later, earlier, anchored, [why, credit])
    return None


def _link(later: Lead, earlier: Lead, likeness: float, whys: Sequence[str]) -> Link:
    return Link(
        article_id=later.article_id,
        other_id=earlier.article_id,
        kind=LinkKind.TRANSLATION,
        likeness=round(min(1.0, likeness), 4),
        why="; ".join(filter(None, whys)).replace("%", " %"),
    )


def _are_of_two_languages(a: Lead, b: Lead) -> bool:
    one, other = (lead.language.partition("-")[0].casefold() for lead in (a, b))
    return one != other and not {one, other} & {"", "und"}


def _order(a: Lead, b: Lead) -> tuple[Lead, Lead]:
    """Return the one that can be the translation, then its original."""
    if _credits(a, b) != _credits(b, a):
        return (a, b) if _credits(a, b) else (b, a)
    later, earlier = sorted((a, b), key=lambda lead: (lead.at, lead.article_id), reverse=True)
    return later, earlier


def _credits(lead: Lead, other: Lead) -> bool:
    names = {other.agency, other.family, other.family.partition(".")[0]} - {""}
    return not names.isdisjoint(lead.credits)


def _name_credit(later: Lead, earlier: Lead) -> str:
    if _credits(later, earlier):
        return "it credits the other"
    both = [key for key in later.credits if key in earlier.credits]
    return f"both credit {name_agency(both[0])}" if both else ""


def _agree(one: Anchors, other: Anchors, rules: Rules) -> float:
    """Return the share of names and numbers that stand in both in one order; 0 for too few."""
    names = _align_anchors(one.names, other.names, name_agrees)
    numbers = _align_anchors(one.numbers, other.numbers, number_agrees)
    names_share = names / max(1, min(len(one.names), len(other.names)))
    numbers_share = numbers / max(1, min(len(one.numbers), len(other.numbers)))
    enough = names >= rules.names and numbers >= rules.numbers
    if enough and names_share >= rules.names_share and numbers_share >= rules.numbers_share:
        return (names_share + numbers_share) / 2
    return 0.0


def _align_anchors(
    one: Sequence[str], other: Sequence[str], agrees: Callable[[str, str], bool]
) -> int:
    """Return how many agree in order: the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for mine in one:
        before = row
        row = [0]
        for place, its in enumerate(other):
            best = before[place] + 1 if agrees(mine, its) else max(before[place + 1], row[place])
            row.append(best)
    return row[-1]


def _compare_sentences(a: str, b: str, encode: Encode) -> _Found:
    ours, theirs = _split(a), _split(b)
    if not ours or not theirs:
        return _Found(0.0, 0.0, 0)
    vectors = encode([*ours, *theirs])
    pairs = _align_sentences(_scale(vectors[: len(ours)] @ vectors[len(ours) :].T))
    shares = sorted(
        (
            sum(len(ours[i]) for i, _ in pairs) / sum(map(len, ours)),
            sum(len(theirs[j]) for _, j in pairs) / sum(map(len, theirs)),
        ),
        reverse=True,
    )
    return _Found(shares[0], shares[1], len(pairs))


def _scale(nearness: F32) -> F32:
    """Return nearness as 0 for what is usual between these sentences and 1 for equal."""
    usual = float(np.quantile(nearness, _USUAL))
    scaled: F32 = (nearness - usual) / max(1e-6, 1.0 - usual)
    return scaled


def _align_sentences(scaled: F32) -> list[tuple[int, int]]:
    """Return pairs of sentences that say the same, in the best alignment that keeps the order."""
    height, width = scaled.shape
    best = np.zeros((height + 1, width + 1), dtype=np.float32)
    for i, row in enumerate(scaled - np.float32(_GAIN)):
        taken = np.maximum(best[i, 1:], best[i, :-1] + row)
        best[i + 1, 1:] = np.maximum.accumulate(taken)
    pairs = []
    i, j = height, width
    while i and j:
        if best[i, j] == best[i, j - 1]:
            j -= 1
        elif best[i, j] == best[i - 1, j]:
            i -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return [pair for pair in pairs if scaled[pair] >= _SAME]


def _split(text: str) -> list[str]:
    sentences: list[str] = []
    for piece in filter(None, map(str.strip, _SENTENCE.split(text[:LONGEST_TEXT]))):
        if sentences and len(sentences[-1]) < _SHORTEST:
            sentences[-1] += " " + piece
        else:
            sentences.append(piece)
    return list(islice(_drop_repeated(sentences), _MOST_SENTENCES))


def _drop_repeated(sentences: Sequence[str]) -> Iterator[str]:
    """Yield the sentences that do not say what one before said: repetition is no order."""
    known: list[set[str]] = []
    for sentence in sentences[: 2 * _MOST_SENTENCES]:
        words = set(list_tokens(sentence))
        if not any(len(words & one) >= _REPEATED * min(len(words), len(one)) for one in known):
            known.append(words)
            yield sentence
