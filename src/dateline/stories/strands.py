"""The strands of an article: one page may tell of several stories, some paragraphs of each.

Paragraphs are held against the stories that are near: each goes to the one whose words it shares
most. What a story gains must say clearly more of it than of the article's own story, and of what
the rest of the article says: two stories of one kind share so many words that a paragraph prefers
the wrong one by chance. The rest must be clearly further from that story than the strand is, and
strand and story must share several telling words: an article on a comet and one on a dam may both
have been inside a control room. A page that tells a part of many stories, or calls itself a live
blog or a round-up, must not make one story of them.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dateline.model import Lead, Span
from dateline.stories.asking import TIMES
from dateline.stories.centres import Bag, Centre
from dateline.stories.features import LONGEST_TEXT, Terms, count_terms
from dateline.stories.frequency import Frequency
from dateline.stories.hashing import U32
from dateline.stories.marks import SUMS_UP
from dateline.stories.window import F32

FEWEST_WORDS = 18  # of a strand, in scripts with spaces
MOST_PARAGRAPHS = 60
MOST = 0.8  # of all words; what tells nearly nothing else is no strand of something else
LEAST = 0.16  # cosine of a strand to its story
CLEARLY = 1.5  # times the strand's cosine to the article's own story
RATHER = 0.9  # times its cosine to the rest of the article
MORE = 0.1  # than the cosine of the rest of the article to that story
TELLING = 4  # words that strand and story share of which few articles have any …
FEW = 0.5  # … so few that they are at least this rare, where the one article that has a word is 1
BESIDE = 0.5  # how much the paragraph before and after say of where one belongs
FAINT = 0.06  # cosine below which a paragraph says nothing, and goes with the one before
MANY = 3  # other stories that a page tells of, from which on it tells of everything
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_MARKS = (
    *SUMS_UP, "live ticker", "liveticker", "in brief", "what you need to know", "kurz gefasst",
    "in diretta", "resumen del día", "главное за", "головне за", "مباشر", "canlı",
)  # fmt: skip
_TELLS_OF_MUCH = re.compile(rf"(?:^|\W)(?:{'|'.join(_MARKS)})(?:\W|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """What an article tells of another story: where, and how near it is."""

    story_id: int
    spans: tuple[Span, ...]
    cosine: float


def tells_of_much(lead: Lead) -> bool:
    """Say whether the headline calls the page a live blog, a round-up or a letter."""
    headline = lead.headline[:200]
    folded = _fold(headline)  # a quick look first: nearly no headline has any of them
    return any(mark in folded for mark in _FOLDED) and bool(_TELLS_OF_MUCH.search(headline))


def _fold(text: str) -> str:
    """Return a text such that those that differ in case alone are equal, whatever i they have."""
    return text.casefold().replace("i̇", "i").replace("ı", "i")


_FOLDED = tuple(_fold(mark) for mark in _MARKS)


def find_strands(
    lead: Lead, own: Centre | None, others: Sequence[tuple[int, Centre]], frequency: Frequency
) -> tuple[Strand, ...]:
    """Return what an article tells of other stories than its own, the longest strand first."""
    told = [(story_id, bag) for story_id, each in others if (bag := each.bags.get(lead.language))]
    if not told:
        return ()
    text = lead.text[:LONGEST_TEXT]
    spans = [match.span() for match in _PARAGRAPH.finditer(text)][:MOST_PARAGRAPHS]
    if len(spans) < 2:
        return ()
    terms = [count_terms(text[start:end], lead.language) for start, end in spans]
    home = own.bags.get(lead.language) if own else None
    bags = [home or _read_headline(lead), *(bag for _, bag in told)]
    table = _Table(terms, bags, frequency, lead.language)
    nearest = _assign(table.compare_each())
    words = np.array([len(text[start:end].split()) for start, end in spans])
    found = []
    for place, (story_id, _) in enumerate(told, start=1):
        mine = np.flatnonzero(nearest == place)
        told_words = int(words[mine].sum())
        if told_words < FEWEST_WORDS or told_words > MOST * int(words.sum()):
            continue
        cosine = table.judge(mine, place)
        if cosine is not None:
            joined = _join(spans, mine.tolist())
            found.append(Strand(story_id=story_id, spans=joined, cosine=cosine))
    return tuple(sorted(found, key=lambda strand: -sum(end - start for start, end in strand.spans)))


def _read_headline(lead: Lead) -> Bag:
    """Return what an article says of itself, where no other tells its story yet."""
    terms = count_terms(lead.headline[:500], lead.language)
    return Bag(terms.ids, TIMES[terms.counts])


class _Table:
    """Paragraphs and stories over one row of terms."""

    def __init__(
        self, terms: list[Terms], bags: list[Bag], frequency: Frequency, language: str
    ) -> None:
        ids, where = np.unique(np.concatenate([each.ids for each in terms]), return_inverse=True)
        rarity = frequency.rarity(ids, language)
        self._telling = rarity >= FEW * math.log1p(frequency.articles.get(language, 0))
        rows = np.repeat(np.arange(len(terms)), [len(each.ids) for each in terms])
        self._paragraphs: F32 = np.zeros((len(terms), len(ids)), dtype=np.float32)
        self._paragraphs[rows, where] = TIMES[np.concatenate([each.counts for each in terms])]
        self._paragraphs *= rarity
        self._stories: F32 = np.zeros((len(bags), len(ids)), dtype=np.float32)
        for row, bag in enumerate(bags):
            self._stories[row] = _lay_out(bag, ids, frequency, language)

    def compare_each(self) -> F32:
        """Return the cosine of each paragraph to each story; its neighbours have a say."""
        told = self._paragraphs / np.maximum(
            np.linalg.norm(self._paragraphs, axis=1, keepdims=True), 1e-9
        )
        cosines = told @ self._stories.T
        heard = cosines.copy()
        heard[1:] += BESIDE * cosines[:-1]
        heard[:-1] += BESIDE * cosines[1:]
        return np.asarray(heard, dtype=np.float32)

    def judge(self, paragraphs: "np.typing.NDArray[np.int64]", place: int) -> float | None:
        """Return the cosine of some paragraphs together to a story, None where it is by chance."""
        rest = np.ones(len(self._paragraphs), dtype=bool)
        rest[paragraphs] = False
        strand, others = _sum(self._paragraphs[~rest]), _sum(self._paragraphs[rest])
        story = self._stories[place]
        cosine = float(story @ strand)
        least = max(
            LEAST,
            CLEARLY * float(self._stories[0] @ strand),
            RATHER * float(others @ strand),
            MORE + float(story @ others),
        )
        shared = np.count_nonzero(self._telling & (strand > 0) & (story > 0))
        return cosine if cosine >= least and shared >= TELLING else None


def _sum(rows: F32) -> F32:
    """Return the sum of some rows, of length one."""
    together = rows.sum(axis=0)
    return np.asarray(together / max(float(np.linalg.norm(together)), 1e-9), dtype=np.float32)


def _lay_out(bag: Bag, ids: U32, frequency: Frequency, language: str) -> F32:
    """Return the weights that a story has for these terms, where all of its own make one."""
    weights = bag.weights * frequency.rarity(bag.ids, language)
    length = max(float(np.linalg.norm(weights)), 1e-9)
    row = np.zeros(len(ids), dtype=np.float32)
    _, mine, its = np.intersect1d(ids, bag.ids, assume_unique=True, return_indices=True)
    row[mine] = weights[its] / length
    return row


def _assign(cosines: F32) -> "np.typing.NDArray[np.int64]":
    """Return the story of each paragraph; one that says nothing goes with the one before it."""
    nearest = cosines.argmax(axis=1)
    clear = cosines.max(axis=1) >= FAINT
    last = np.maximum.accumulate(np.where(clear, np.arange(len(nearest)), 0))
    return np.asarray(nearest[last])


def _join(spans: Sequence[Span], places: Sequence[int]) -> tuple[Span, ...]:
    """Return the spans of paragraphs, neighbours as one."""
    joined: list[Span] = []
    for before, place in zip([-2, *places[:-1]], places, strict=True):
        start, end = spans[place]
        if before == place - 1:
            start, _ = joined.pop()
        joined.append((start, end))
    return tuple(joined)
