"""Ranking: headlines, rarity, nearness and freshness each count, and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dateline.model import ArticleId, Commonness, Hit, Standing
from dateline.publish.relevance import choose_candidates, measure_rarity, rank_hits, score_terms

NOW = datetime(2026, 5, 14, tzinfo=UTC)
PLAIN = Standing(in_title=(0, 0), in_body=(1, 1), words=300, closest=200)
EVEN = (1.0, 1.0)


def hit(number: int, *, days: float = 0) -> Hit:
    at = NOW - timedelta(days=days)
    return Hit(number, ArticleId(number), None, "a", "en", "", at)


def order(*standings: Standing, rarity: tuple[float, ...] = EVEN) -> list[int]:
    """The numbers of hits of the same minute with these standings, the best first."""
    hits = [hit(number) for number in range(len(standings))]
    told = {ArticleId(number): each for number, each in enumerate(standings)}
    return [each.article_id for each in rank_hits(hits, told, rarity)]


def test_a_headline_says_more_than_a_text() -> None:
    assert order(replace(PLAIN, in_body=(3, 3)), replace(PLAIN, in_title=(1, 1)))[0] == 1


def test_what_stands_together_is_better_than_what_stands_apart() -> None:
    assert order(PLAIN, replace(PLAIN, closest=2))[0] == 1


def test_a_rare_word_says_more_than_a_common_one() -> None:
    rarity = measure_rarity(Commonness(articles=2000, with_term=(1500, 3)))
    assert rarity[1] > 5 * rarity[0] > 0
    common, rare = replace(PLAIN, in_body=(9, 1)), replace(PLAIN, in_body=(1, 9))
    assert order(common, rare, rarity=rarity)[0] == 1


def test_a_long_text_has_every_word_more_often() -> None:
    assert score_terms(PLAIN, EVEN, 300.0) > score_terms(replace(PLAIN, words=3000), EVEN, 300.0)


def test_of_equals_the_newer_is_better_and_a_much_better_old_one_wins() -> None:
    hits = [hit(2), hit(1, days=30)]
    same = {ArticleId(1): PLAIN, ArticleId(2): PLAIN}
    assert [each.article_id for each in rank_hits(hits, same, EVEN)] == [2, 1]
    better = same | {ArticleId(1): replace(PLAIN, in_title=(1, 1), closest=2)}
    assert [each.article_id for each in rank_hits(hits, better, EVEN)] == [1, 2]


def test_candidates_are_those_with_the_words_in_their_headlines_then_the_newest() -> None:
    hits = [hit(number, days=100 - number) for number in range(100, 0, -1)]
    titles = {ArticleId(7): (1, 1), ArticleId(8): (1, 0)}
    chosen = [each.article_id for each in choose_candidates(hits, titles, EVEN, 4)]
    assert chosen == [7, 100, 99, 98] or chosen[:2] == [7, 8]


def test_what_was_not_read_stands_behind_newest_first() -> None:
    ranked = rank_hits([hit(3), hit(2), hit(1)], {ArticleId(1): PLAIN}, EVEN)
    assert [each.article_id for each in ranked] == [1, 3, 2]
    assert rank_hits([], {}, ()) == []


counts = st.integers(min_value=0, max_value=10**6)


@given(counts, counts, counts, st.integers(min_value=0, max_value=10**6), counts)
def test_a_score_is_a_finite_number_above_zero(title, body, words, articles, having) -> None:
    standing = Standing(in_title=(title,), in_body=(body,), words=words, closest=0)
    rarity = measure_rarity(Commonness(articles=articles, with_term=(having,)))
    assert 0 <= score_terms(standing, rarity, max(float(words), 1.0)) < 1000
