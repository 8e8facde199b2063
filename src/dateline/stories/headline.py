"""Whose headline does a story carry? A source's own words, always with credit."""

import re
from collections.abc import Sequence

from dateline.model import Card, Role
from dateline.stories.marks import SUMS_UP
from dateline.text import count_words, has_words

# What is not a report of its own: it lists, follows live, or repeats.
_MARKS = (
    *SUMS_UP, "recap", "podcast", "video", "watch", "photos", "in pictures", "opinion", "analysis",
    "what we know", "quiz", "ticker", "главное", "головне",
)  # fmt: skip
_NOT_A_REPORT = re.compile(rf"\b(?:{'|'.join(_MARKS)})\b", re.IGNORECASE)
LEAST = 2  # words of a headline that stands for a story: no bare address, emoji or exclamation
_FEWEST, _MOST = 4, 22  # words of a headline that says something
_FULL_LEDE = 12  # words of a lede that says something
_CLEARLY = 2.0  # how much better another must be than the one that readers have seen


def choose_lead(cards: Sequence[Card], language: str = "", incumbent: int = 0) -> Card:
    """Return the article whose headline the story carries.

    `language` is the site's: a headline in it is preferred. `incumbent` is the article that readers
    have seen so far; it stays unless another is clearly better (0: the first of `cards`).
    """
    if not cards:
        raise ValueError("a story without articles has no headline")
    present = next((card for card in cards if card.article_id == incumbent), cards[0])
    best = max(cards, key=lambda card: (_judge(card, language), -_moment(card), -card.article_id))
    return best if _judge(best, language) >= _judge(present, language) + _CLEARLY else present


def _judge(card: Card, language: str) -> float:
    """Return how well the headline would stand for the story; 1 is a slight reason, 4 a strong."""
    score = 0.0
    if card.gone:
        score -= 16
    if not has_words(card.headline, LEAST):  # worse than all that may speak for it
        score -= 12
    if card.spans:  # its headline is about something else, or about many things
        score -= 8
    if language and _primary(card.language) == _primary(language):
        score += 4
    if _NOT_A_REPORT.search(card.headline):
        score -= 3
    words = count_words(card.headline)
    is_short = words < _FEWEST or (len(card.headline) < 15 and " " in card.headline)
    if is_short or words > _MOST or card.headline.isupper():
        score -= 2
    if card.headline.rstrip().endswith(("?", "…", "...")):
        score -= 1
    score += 1 if len(card.lede.split()) >= _FULL_LEDE else 0
    score += 1 if card.role is not Role.CARRIES else 0
    score += 0.5 if card.picture else 0
    return score


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _moment(card: Card) -> float:
    return card.at.timestamp()
