"""Is one article a translation of the other? Precision first: two own reports are none.

Own reports of one event share facts; a translation says the same sentences in the same order. So
the evidence is an alignment in order: of what a translation leaves as it is, numbers and names
(`anchors`), which are believed only where one credits the other or both credit the same; or of
sentences, where an encoder gives vectors whose nearness means likeness across languages.

What all sentences of an article have in common, its language and its subject, is taken off their
vectors, so that the numbers below do not depend on the encoder. And a sentence counts by what it
says and by whether the text goes on as the other does, before it and after it: own reports share
single facts, a translation whole passages. Measured in bench/translated.py.
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
from dateline.text import base_language, list_tokens

MADE_BY = "translations/2"
Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]
F32 = npt.NDArray[np.float32]

LONGEST_TEXT = 12_000  # code points of each text that are looked at
_MOST_SENTENCES = 40
_SHORTEST = 15  # code points: a shorter piece belongs to the next sentence
_REPEATED = 0.8  # share of a sentence's words that stand in one before: it says the same again
_SAME = 0.2  # nearness, 1 for equal, from which a sentence and what stands around it say the same
_FIRST = 5  # sentences of each that are looked at before all are
_ALIKE = 0.22  # nearness that two pairs of these must have: four of five own reports end here
_SENTENCE = re.compile(
    r"(?<=[。！？])|(?<=[.!?…؟।])[\"”»“’')\]]*\s+(?=[^\w]*(?:[^\W_a-zа-яёіїєґα-ω]))|\n+"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The numbers that decide; a share is of the words or anchors of the shorter article."""

    sentences: int = 4  # that say the same, at least
    said: float = 0.3  # nearness of such sentences, summed over the shorter article
    other: float = 0.2  # share of the longer one in such sentences
    names: int = 5
    names_share: float = 0.6
    numbers: int = 2
    numbers_share: float = 0.75


@dataclass(frozen=True, slots=True)
class _Found:
    """How much of the shorter and of the longer text the other says as well, in order."""

    nearness: float = 0.0  # of the shorter's sentences, 0 for those that the other does not say
    shorter: float = 0.0
    longer: float = 0.0
    count: int = 0


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
    ours, theirs = _split(a.text), _split(b.text)
    anchored = _compare_anchors(ours, theirs, rules) if credit else 0.0
    if anchored:
        why = "names and numbers are the same in the same order"
        return _link(later, earlier, anchored, [why, credit])
    said = _compare_sentences(ours, theirs, encode) if encode else _Found()
    enough = said.count >= rules.sentences and said.longer >= rules.other
    if enough and said.nearness >= rules.said:
        why = f"{said.shorter:.0%} of the shorter text says the same in the same order"
        return _link(later, earlier, said.shorter, [why, credit])
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
    one, other = (base_language(lead.language) for lead in (a, b))
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


def _compare_anchors(ours: Sequence[str], theirs: Sequence[str], rules: Rules) -> float:
    """Return the share of names and numbers that stand in both in one order; 0 for too few."""
    return _agree(find_anchors("\n".join(ours)), find_anchors("\n".join(theirs)), rules)


def _agree(one: Anchors, other: Anchors, rules: Rules) -> float:
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


def _compare_sentences(ours: Sequence[str], theirs: Sequence[str], encode: Encode) -> _Found:
    if min(len(ours), len(theirs)) < 2:
        return _Found()
    first = _measure(ours[:_FIRST], theirs[:_FIRST], encode)
    if float(np.partition(first, -2, axis=None)[-2]) < _ALIKE:
        return _Found()
    said = _hear_neighbours(_measure(ours, theirs, encode))
    pairs = _align_sentences(said)
    lengths = [np.array([len(text) for text in texts]) for texts in (ours, theirs)]
    places = [np.array([pair[side] for pair in pairs], dtype=int) for side in (0, 1)]
    near = np.array([said[pair] for pair in pairs])
    shares = [own[at].sum() / own.sum() for own, at in zip(lengths, places, strict=True)]
    nearness = [own[at] @ near / own.sum() for own, at in zip(lengths, places, strict=True)]
    return _Found(
        nearness=float(max(nearness)),
        shorter=float(max(shares)),
        longer=float(min(shares)),
        count=len(pairs),
    )


def _measure(ours: Sequence[str], theirs: Sequence[str], encode: Encode) -> F32:
    """Return the nearness of each sentence to each, 1 for equal, 0 for unlike ones at most."""
    vectors = encode([*ours, *theirs])
    nearness: F32 = _centre(vectors[: len(ours)]) @ _centre(vectors[len(ours) :]).T
    return np.maximum(nearness, np.float32(0), out=nearness)


def _centre(vectors: F32) -> F32:
    """Return vectors of length one without what they have in common."""
    rest = vectors - vectors.mean(axis=0)
    scaled: F32 = rest / np.maximum(np.linalg.norm(rest, axis=1, keepdims=True), 1e-6)
    return scaled


def _hear_neighbours(nearness: F32) -> F32:
    """Return how near each two sentences are together with what stands before and after them.

    The neighbour may be one sentence in one text and two in the other. At an end, where nothing
    stands before or after, the sentence speaks for itself.
    """
    height, width = nearness.shape
    framed = np.zeros((height + 2, width + 2), dtype=np.float32)
    framed[1:-1, 1:-1] = nearness
    before = np.maximum(framed[:-2, :-2], np.maximum(framed[:-2, 1:-1], framed[1:-1, :-2]))
    after = np.maximum(framed[2:, 2:], np.maximum(framed[2:, 1:-1], framed[1:-1, 2:]))
    before[0], before[:, 0] = nearness[0], nearness[:, 0]
    after[-1], after[:, -1] = nearness[-1], nearness[:, -1]
    heard: F32 = np.sqrt(nearness * (before + after) / 2)
    return heard


def _align_sentences(said: F32) -> list[tuple[int, int]]:
    """Return pairs of sentences that say the same, in the best alignment that keeps the order."""
    height, width = said.shape
    best = np.zeros((height + 1, width + 1), dtype=np.float32)
    for i, row in enumerate(said - np.float32(_SAME)):
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
    return pairs


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
