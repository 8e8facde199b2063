"""Which hits of a search are best, among the newest thousand.

The score of a hit is a sum over the terms of the search, as in BM25, and two additions:

    rarity of the term * often * 2.2 / (often + 1.2 * length)     each term
    + 1 where all terms stand within a dozen words; less, the further apart they are
    + 1.5 / (1 + days behind the newest hit / 7)                  what is new weighs more

`often` counts a term in the headline four times, since a headline says what an article is about.
`length` is 1 for an article of usual length (that of the hits in the mean), more for a longer one:
a long text has every word more often. Rarity is BM25's logarithm of how few articles have a term,
taken of the newest ones, because counting in all of them would read the whole index.

Only what is ranked is read: the newest thousand hits by their headlines and their time, the best
eighty of them also by their texts.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime

from dateline.model import UNDATED_AT, ArticleId, Commonness, Hit, Standing

TITLE_WEIGHT = 4.0
_SATURATION = 1.2  # BM25's k1: how soon one more occurrence says little
_LENGTH_SHARE = 0.75  # BM25's b: how much a text's length counts
NEAR_WEIGHT, NEAR_WORDS = 1.0, 12
FRESH_WEIGHT, FRESH_DAYS = 1.5, 7.0
READ = 80  # hits whose texts are read

Titles = Mapping[ArticleId, Sequence[bool]]  # whether each term stands in the headline


def measure_rarity(common: Commonness) -> tuple[float, ...]:
    """Return BM25's weight of each term: about 0 for one that stands everywhere, above 0 always."""
    return tuple(
        math.log(1 + (max(common.articles, count) - count + 0.5) / (count + 0.5))
        for count in common.with_term
    )


def choose_candidates(
    hits: Sequence[Hit], titles: Titles, rarity: Sequence[float], limit: int = READ
) -> list[Hit]:
    """Return the hits worth reading, by what their headlines and their time say."""
    newest = _find_newest(hits)

    def score(hit: Hit) -> float:
        found = zip(titles.get(hit.article_id, ()), rarity, strict=False)
        told = sum([weight for stands, weight in found if stands])
        return told + _score_freshness(hit, newest)

    return sorted(hits, key=lambda hit: (-score(hit), -hit.search_id))[:limit]


def rank_hits(
    hits: Sequence[Hit], standings: Mapping[ArticleId, Standing], rarity: Sequence[float]
) -> list[Hit]:
    """Return the hits, the best first; what has no standing stands behind, the newest first."""
    newest = _find_newest(hits)
    lengths = [one.words for one in standings.values()]
    usual = max(sum(lengths) / len(lengths), 1.0) if lengths else 1.0

    def score(hit: Hit) -> tuple[float, int]:
        standing = standings[hit.article_id]
        told = score_terms(standing, rarity, usual) + _score_nearness(standing)
        return -told - _score_freshness(hit, newest), -hit.search_id

    read = [hit for hit in hits if hit.article_id in standings]
    rest = [hit for hit in hits if hit.article_id not in standings]
    return sorted(read, key=score) + sorted(rest, key=lambda hit: -hit.search_id)


def score_terms(standing: Standing, rarity: Sequence[float], usual: float) -> float:
    """Return BM25 of an article, headline and text taken together; `usual` is a length in words."""
    length = 1 - _LENGTH_SHARE + _LENGTH_SHARE * standing.words / usual
    total = 0.0
    for title, body, weight in zip(standing.in_title, standing.in_body, rarity, strict=True):
        often = TITLE_WEIGHT * title + body
        total += weight * often * (_SATURATION + 1) / (often + _SATURATION * length)
    return total


def _score_nearness(standing: Standing) -> float:
    if len(standing.in_title) < 2 or not standing.closest:
        return 0.0
    return NEAR_WEIGHT * min(1.0, NEAR_WORDS / standing.closest)


def _score_freshness(hit: Hit, newest: datetime) -> float:
    days = max((newest - hit.at).total_seconds() / 86_400, 0.0)
    return FRESH_WEIGHT / (1 + days / FRESH_DAYS)


def _find_newest(hits: Sequence[Hit]) -> datetime:
    return max((hit.at for hit in hits), default=UNDATED_AT)
