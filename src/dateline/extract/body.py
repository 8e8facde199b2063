"""The words of an article: several readings of the page, scored; the best is kept.

Candidates come from trafilatura, from the page's own JSON-LD text, from resiliparse and from the
feed. Each is scored by what it can be checked against: the text that the page declares, the feed's
text, its own length, its links.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from dateline import text as words
from dateline.extract import jsonld
from dateline.extract.blocks import Block, join_text, plain_blocks, read_blocks
from dateline.extract.paragraphs import Group, find_group, read_group
from dateline.extract.shingles import cut_shingles, share_of
from dateline.extract.tree import Page, parse_bounded
from dateline.extract.trimming import Surroundings, trim_blocks
from dateline.model import Entry

_ENOUGH = 120  # words that a whole article has at least
LONGEST = 400_000  # characters of an article; the rest is dropped
_LUMP = 400  # characters of one paragraph
_MUCH = 1.3  # how much longer a group must be to make a shorter reading doubtful
_MUCH_MORE = 2.0
_PLAIN = ("json-ld", "resiliparse")
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_SURE = 0.75  # a score that makes further readings unnecessary
_FEED_MARK = re.compile(r"\[(?:…|\.{3})\]|(?:…|\.{3})\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One reading of the article's words."""

    taken_from: str
    blocks: tuple[Block, ...]
    score: float = 0.0

    @property
    def text(self) -> str:
        """The words, paragraphs parted by a blank line."""
        return join_text(list(self.blocks))


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """What is known of the article's words from elsewhere: shingles, () where it is silent."""

    declared: frozenset[int]  # JSON-LD articleBody
    feed: frozenset[int]  # the entry's content or summary
    group: str = ""  # the words of the page's largest group of paragraphs


def choose_body(page: Page | None, entry: Entry | None, around: Surroundings) -> Candidate:
    """Return the best reading of the article's words, without words where there are none."""
    declared = _declared_text(page)
    feed = list(_feed_candidates(entry))
    group = find_group(page) if page else None
    witness = Witness(
        declared=cut_shingles(declared),
        feed=cut_shingles(max((c.text for c in feed), key=len, default="")),
        group=group.text if group else "",
    )
    best = Candidate(taken_from="", blocks=())
    for candidate in _candidates(page, declared, group):
        scored = _score(_tidy(candidate, around, witness), witness)
        if scored.blocks and scored.score > best.score:
            best = scored
        if best.score >= _SURE and best.taken_from == "trafilatura":
            return best
    return max(
        [best, *[_score(_tidy(c, around, witness), witness) for c in feed]], key=lambda c: c.score
    )


def _candidates(page: Page | None, declared: str, group: Group | None) -> Iterator[Candidate]:
    if page is None:
        return
    yield _by_trafilatura(page)
    if group is not None:
        yield Candidate(taken_from="paragraphs", blocks=tuple(read_group(group)))
    if declared:
        yield Candidate(taken_from="json-ld", blocks=tuple(plain_blocks(declared)))
    yield _by_resiliparse(page)


def _declared_text(page: Page | None) -> str:
    body = page.article.get("articleBody") if page else None
    if not isinstance(body, str):
        return ""
    paragraphs = re.split(r"\n\s*\n|</p>|\r\n\r\n", body)
    return "\n\n".join(line for part in paragraphs if (line := jsonld.plain(part)))


def _feed_candidates(entry: Entry | None) -> Iterator[Candidate]:
    if entry is None:
        return
    for name, html in (("feed content", entry.content), ("feed summary", entry.summary)):
        if html.strip():
            _, root, _ = parse_bounded(html)
            yield Candidate(taken_from=name, blocks=tuple(read_blocks(root)))


def _by_trafilatura(page: Page) -> Candidate:
    from dateline.extract.trafilatura_body import read_body

    return Candidate(taken_from="trafilatura", blocks=tuple(read_body(page)))


def _by_resiliparse(page: Page) -> Candidate:
    from resiliparse.extract.html2text import extract_plain_text

    text: Any = extract_plain_text(
        page.html,
        main_content=True,
        preserve_formatting=True,
        list_bullets=False,
        alt_texts=False,
        links=False,
        comments=False,
    )
    return Candidate(taken_from="resiliparse", blocks=tuple(plain_blocks(text)))


def _tidy(candidate: Candidate, around: Surroundings, witness: Witness) -> Candidate:
    known = replace(
        around, declared=witness.declared if len(witness.declared) > _ENOUGH else frozenset()
    )
    blocks = trim_blocks(_cut(candidate.blocks), known)
    return replace(candidate, blocks=tuple(blocks))


def _cut(blocks: tuple[Block, ...]) -> list[Block]:
    """Return the first blocks, as many as a long article may have."""
    lengths = accumulate(len(block.text) for block in blocks)
    return [block for block, length in zip(blocks, lengths, strict=True) if length <= LONGEST]


def _score(candidate: Candidate, witness: Witness) -> Candidate:
    text = candidate.text
    count = count_words(text)
    if not count:
        return candidate
    shingles = cut_shingles(text)
    score = min(1.0, count / _ENOUGH) ** 0.5
    linked = sum(block.linked for block in candidate.blocks) / max(1, len(text))
    score *= 1.0 - max(0.0, linked - 0.2)
    score *= _fullness(text, shingles, witness)
    if witness.feed:
        # A summary may be written anew: half of the weight is not its to take.
        score *= 0.5 + 0.5 * share_of(witness.feed, shingles)
    if len(witness.declared) >= _ENOUGH:
        score *= _agreement(witness.declared, shingles)
    if len(candidate.blocks) == 1 and len(text) > _LUMP:
        score *= 0.7  # everything in one paragraph: the page's own paragraphs were lost
    if candidate.taken_from in _PLAIN:
        score *= 0.97  # of two equal readings, the one that kept the paragraphs
    if candidate.taken_from == "feed summary" or _FEED_MARK.search(text[-20:]):
        score *= 0.6
    return replace(candidate, score=round(score, 3))


def count_words(text: str) -> float:
    """Return how many words a text has; in scripts without spaces two letters count as one."""
    dense = len(_DENSE.findall(text))
    return dense / 2 + len(words.list_words(_DENSE.sub(" ", text) if dense else text))


def _fullness(text: str, shingles: frozenset[int], witness: Witness) -> float:
    """Return 1, or less where the page's largest group of paragraphs is much longer and missed."""
    if len(witness.group) < _MUCH * len(text):
        return 1.0
    share = share_of(cut_shingles(witness.group), shingles)
    # A group of which the reading has nothing may be teasers: it must be longer still.
    if share <= 0.1 and len(witness.group) < _MUCH_MORE * len(text):
        return 1.0
    return 1.0 if share >= 0.6 else 0.3 + 0.5 * share


def _agreement(declared: frozenset[int], shingles: frozenset[int]) -> float:
    """Return how well a reading agrees with the text that the page declares (F1)."""
    recall, precision = share_of(declared, shingles), share_of(shingles, declared)
    if recall + precision == 0:
        return 0.3
    return 0.3 + 0.7 * 2 * recall * precision / (recall + precision)
