"""Copies with known truth, made of reports that resemble no other: what the trade does to a text.

Each maker takes fresh texts and returns what comes first, what comes later, and what the second is
of the first: a copy, a part (linked, two origins), quotations (linked, two origins), or nothing.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dateline.model import LinkKind

Maker = Callable[[Iterator[str], random.Random], tuple[str, str]]
_SWAPS = {
    "said": "stated", "says": "states", "will": "is to", "company": "firm",
    "government": "cabinet",
    "rose": "climbed", "fell": "dropped", "about": "around", "also": "too", "agreed": "consented",
    "million": "mln", "billion": "bln", "against": "versus", "expected": "likely",
    "plans": "intends",
    "announced": "made known", "bought": "acquired", "buy": "acquire", "more than": "over",
    "increase": "rise", "decrease": "fall", "yesterday": "a day ago", "today": "on the day",
    "its": "the", "their": "the", "officials": "authorities", "talks": "negotiations",
    "new": "fresh",
}  # fmt: skip
_CLAUSE = re.compile(r",\s+|\s+(?=(?:after|because|while|as|when|although|and|which|that)\s)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A text that comes first, one that comes later, and what the later one has of it."""

    kind: str
    first: str
    later: str
    truth: LinkKind | None

    @property
    def same(self) -> bool:
        """Whether both carry one report."""
        return self.truth is LinkKind.COPY


def make_cases(texts: Sequence[str], rng: random.Random, count: int) -> list[Case]:
    """Return cases of every class."""
    pool = iter(texts)
    cases = []
    for _ in range(count):
        for kind, (make, truth) in KINDS.items():
            first, later = make(pool, rng)
            cases.append(Case(kind=kind, first=first, later=later, truth=truth))
    return cases


def split(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", " ".join(text.split()))


def _verbatim(pool, rng):
    text = next(pool)
    return text, text.replace("\n", "  ")


def _cut(pool, rng):
    sentences = split(next(pool))
    return " ".join(sentences), " ".join(sentences[: max(3, len(sentences) // 2)])


def _house_edits(pool, rng):
    text = next(pool)
    return text, _edit(text, rng)


def _edit(text, rng):
    """One word in twelve is another, one sentence is gone."""
    sentences = split(text)
    del sentences[rng.randrange(len(sentences))]
    words = " ".join(sentences).split()
    for place in range(0, len(words), 12):
        words[min(len(words) - 1, place + rng.randrange(12))] = rng.choice(("said", "the", "some"))
    return " ".join(words)


def _reworded(pool, rng):
    """The lede is told in other words, its clauses in another order; the rest is kept."""
    sentences = split(next(pool))
    lede, rest = sentences[:2], sentences[2:]
    return " ".join(sentences), " ".join([*map(_reword, lede), *rest])


def _reword(sentence):
    clauses = [clause for clause in _CLAUSE.split(sentence.rstrip(".")) if clause]
    turned = ", ".join(reversed(clauses))
    for old, new in _SWAPS.items():
        turned = re.sub(rf"\b{old}\b", new, turned)
    return turned[:1].upper() + turned[1:] + "."


def _merged(share, weave, edited=False):
    def make(pool, rng):
        sentences, foreign = split(next(pool)), split(next(pool))
        kept = sentences[: max(2, round(len(sentences) * share))]
        words = sum(len(s.split()) for s in kept)
        more = _take(foreign, words * (1 - share) / share)
        text = " ".join(weave(kept, more))
        return " ".join(sentences), _edit(text, rng) if edited else text

    return make


def _behind(kept, more):
    return kept + more


def _before(kept, more):
    return more + kept


def _among(kept, more):
    woven, step = list(kept), max(1, len(kept) // max(1, len(more)))
    for number, sentence in enumerate(more):
        woven.insert(min(len(woven), (number + 1) * step + number), sentence)
    return woven


def _take(sentences, words):
    """Return sentences of about so many words."""
    taken, count = [], 0
    for sentence in sentences:
        if count >= words:
            break
        taken.append(sentence)
        count += len(sentence.split())
    return taken


def _partial(pool, rng):
    """A paragraph of 40 to 80 words of the wire inside a longer report of its own."""
    wire = split(next(pool))
    own = split(next(pool)) + split(next(pool))
    start = rng.randrange(max(1, len(wire) - 3))
    paragraph = _take(wire[start:], 40)[:4]
    if sum(len(s.split()) for s in paragraph) < 40:
        paragraph = list(reversed(_take(reversed(wire), 40)))
    place = rng.randrange(1, len(own))
    words = sum(len(s.split()) for s in paragraph)
    own = own + [s for s in split(next(pool)) if len(" ".join(own).split()) < 4 * words]
    return " ".join(wire), "\n\n".join(
        [" ".join(own[:place]), " ".join(paragraph), " ".join(own[place:])]
    )


def _shared_quotes(pool, rng):
    speech = [sentence.replace('"', "") for sentence in split(next(pool))[:5]]
    quotes = [f'"{sentence}"' for sentence in speech]
    return tuple(_weave(split(next(pool).replace('"', "")), quotes) for _ in range(2))


def _weave(sentences, quotes):
    woven = []
    for place, sentence in enumerate(sentences):
        woven.append(sentence)
        woven.extend(quotes[place : place + 1])
    return "\n\n".join(woven)


def _round_up(pool, rng):
    first = next(pool)
    parts = [" ".join(split(text)[:2]) for text in (first, *(next(pool) for _ in range(7)))]
    return first, "\n\n".join(parts)


KINDS: dict[str, tuple[Maker, LinkKind | None]] = {
    "verbatim": (_verbatim, LinkKind.COPY),
    "cut to half": (_cut, LinkKind.COPY),
    "house edits": (_house_edits, LinkKind.COPY),
    "lede reworded": (_reworded, LinkKind.COPY),
    "merged 70 %": (_merged(0.7, _behind), LinkKind.COPY),
    "merged, foreign text first": (_merged(0.7, _before), LinkKind.COPY),
    "merged, sentences among": (_merged(0.7, _among), LinkKind.COPY),
    "merged 60 %": (_merged(0.6, _behind), LinkKind.COPY),
    "merged 70 % and edited": (_merged(0.7, _behind, edited=True), LinkKind.COPY),
    "wire paragraph": (_partial, LinkKind.PARTIAL),
    "shared quotes": (_shared_quotes, LinkKind.QUOTES),
    "round-up": (_round_up, None),
}
