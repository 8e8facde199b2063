"""The words of an article: several readings of the page, scored; the best is kept.

Candidates come from trafilatura, from the page's own JSON-LD text, from resiliparse and from the
feed. Each is scored by what it can be checked against: the text that the page declares, the feed's
text, its own length, its links.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dateline import text as words
from dateline.extract import jsonld
from dateline.extract.blocks import Block, join_text, plain_blocks, read_blocks
from dateline.extract.shingles import cut_shingles, share_of
from dateline.extract.tree import Page, parse_tree
from dateline.model import Entry

_ENOUGH = 120  # words that a whole article has at least
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


def choose_body(page: Page | None, entry: Entry | None, headline: str) -> Candidate:
    """Return the best reading of the article's words, without words where there are none."""
    declared = _declared_text(page)
    feed = list(_feed_candidates(entry))
    witness = Witness(
        declared=cut_shingles(declared),
        feed=cut_shingles(max((c.text for c in feed), key=len, default="")),
    )
    best = Candidate(taken_from="", blocks=())
    for candidate in _candidates(page, declared, feed):
        scored = _score(_tidy(candidate, headline), witness)
        if scored.blocks and scored.score > best.score:
            best = scored
        if best.score >= _SURE and best.taken_from == "trafilatura":
            break
    return best


def _candidates(page: Page | None, declared: str, feed: list[Candidate]) -> Iterator[Candidate]:
    if page is not None:
        yield _by_trafilatura(page)
        if declared:
            yield Candidate(taken_from="json-ld", blocks=tuple(plain_blocks(declared)))
        yield _by_resiliparse(page)
    yield from feed


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
            root, _ = parse_tree(html[:1_000_000])
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


def _tidy(candidate: Candidate, headline: str) -> Candidate:
    """Drop the headline where it is the first paragraph: it is not part of the text."""
    blocks = candidate.blocks
    title = words.list_words(headline)
    while blocks and title and words.list_words(blocks[0].text) == title:
        blocks = blocks[1:]
    return Candidate(taken_from=candidate.taken_from, blocks=blocks)


def _score(candidate: Candidate, witness: Witness) -> Candidate:
    text = candidate.text
    count = len(words.list_words(text))
    if not count:
        return candidate
    shingles = cut_shingles(text)
    score = min(1.0, count / _ENOUGH) ** 0.5
    linked = sum(block.linked for block in candidate.blocks) / max(1, len(text))
    score *= 1.0 - max(0.0, linked - 0.2)
    if witness.feed:
        # A summary may be written anew: half of the weight is not its to take.
        score *= 0.5 + 0.5 * share_of(witness.feed, shingles)
    if len(witness.declared) >= _ENOUGH:
        score *= _agreement(witness.declared, shingles)
    if candidate.taken_from == "feed summary" or _FEED_MARK.search(text[-20:]):
        score *= 0.6
    return Candidate(
        taken_from=candidate.taken_from, blocks=candidate.blocks, score=round(score, 3)
    )


def _agreement(declared: frozenset[int], shingles: frozenset[int]) -> float:
    """Return how well a reading agrees with the text that the page declares (F1)."""
    recall, precision = share_of(declared, shingles), share_of(shingles, declared)
    if recall + precision == 0:
        return 0.3
    return 0.3 + 0.7 * 2 * recall * precision / (recall + precision)
