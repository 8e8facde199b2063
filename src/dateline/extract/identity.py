"""Is this the article that we have, a new version of it, or another one?

Decide only: the ladder is feed id, address, text. The higher rung wins, since a GUID is what the
outlet itself says. But some feeds reuse their GUIDs (a ticker's "item 1"): a known GUID with
another address, another headline, another text *and* another date of publication is a new article.
An edit keeps at least one of the four.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from dateline.model import ArticleId, ArticleKeys, KnownArticle, KnownBy
from dateline.text import fingerprint, list_words
from dateline.urls import canonicalise

WINDOW = timedelta(hours=72)  # a text that comes again later is another article (weather, rates)
_ALIKE = 0.34  # share of headline words that make two headlines one
_EDIT = timedelta(hours=1)  # an edit keeps its date of publication, give or take
_ENOUGH = 40  # words; shorter texts are notices that come again
_RUNGS = (KnownBy.GUID, KnownBy.URL, KnownBy.TEXT)
_EMPTY = fingerprint("")


@dataclass(frozen=True, slots=True)
class NewArticle:
    """Nothing known is this article."""


@dataclass(frozen=True, slots=True)
class NewVersion:
    """The article is known; what it says has changed."""

    article_id: ArticleId


@dataclass(frozen=True, slots=True)
class Same:
    """The article is known and says what it said."""

    article_id: ArticleId


Identity = NewArticle | NewVersion | Same


def decide_identity(
    keys: ArticleKeys,
    known: Sequence[KnownArticle],
    *,
    headline: str = "",
    words: int | None = None,
) -> Identity:
    """Return what an incoming article is to those known of the same source that share a key.

    The rungs, from the top: feed id (unless it was reused), address, text. The text alone counts
    within 72 hours, and where it is short (fewer than 40 `words`, or nobody says how many) only
    under the same headline. What is known and has the same text and headline is `Same`.
    """
    for article in sorted(known, key=lambda article: _RUNGS.index(article.known_by)):
        if _holds(article, keys, headline, words):
            return _compare(article, keys, headline)
    return NewArticle()


def _holds(article: KnownArticle, keys: ArticleKeys, headline: str, words: int | None) -> bool:
    if article.known_by is KnownBy.GUID:
        return not _is_reused(article, keys, headline)
    if article.known_by is KnownBy.URL:
        return True
    if keys.fingerprint == _EMPTY or abs(keys.at - article.at) > WINDOW:
        return False
    return (words or 0) >= _ENOUGH or _alike(article.headline, headline) == 1.0


def _is_reused(article: KnownArticle, keys: ArticleKeys, headline: str) -> bool:
    addresses = {canonicalise(keys.url), canonicalise(keys.canonical)}
    return (
        bool(article.url)
        and canonicalise(article.url) not in addresses
        and article.fingerprint != keys.fingerprint
        and _alike(article.headline, headline) < _ALIKE
        and abs(keys.at - article.at) > _EDIT
    )


def _alike(one: str, other: str) -> float:
    """Return which share of the words of two headlines both have, 0..1."""
    a, b = set(list_words(one)), set(list_words(other))
    return len(a & b) / len(a | b) if a | b else 1.0


def _compare(article: KnownArticle, keys: ArticleKeys, headline: str) -> Identity:
    if article.fingerprint == keys.fingerprint and article.headline == headline:
        return Same(article.article_id)
    return NewVersion(article.article_id)
