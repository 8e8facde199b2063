"""Numbers of words: those of pairs are the numbers of the pairs as written, seen before or not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.stories import hashing
from dateline.stories.hashing import STEM, SYLLABLE, hash_one, hash_syllables, hash_words

SYLLABLES = st.text(st.sampled_from("abcđêơ"), min_size=1, max_size=7)


@given(st.lists(SYLLABLES, max_size=80))
def test_syllables_count_alone_and_in_pairs(words: list[str]) -> None:
    alone = [hash_one(word[:STEM]) for word in words]
    pairs = [hash_one(a[:SYLLABLE] + b[:SYLLABLE]) for a, b in pairwise(words)]
    assert hash_syllables(words).tolist() == alone + pairs
    assert hash_syllables(words).tolist() == alone + pairs  # from memory


@given(st.lists(st.text(st.sampled_from("a中文港口ไทย"), min_size=1, max_size=2), max_size=80))
def test_lone_letters_count_in_pairs(words: list[str]) -> None:
    lone = [len(word) == 1 and word != "a" for word in words]
    alone = [hash_one(word) for word, is_lone in zip(words, lone, strict=True) if not is_lone]
    neighbours = zip(pairwise(words), pairwise(lone), strict=True)
    pairs = [hash_one(a + b) for (a, b), both in neighbours if all(both)]
    assert hash_words(words).tolist() == alone + pairs


def test_a_full_memory_is_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [f"{number:03}xyz" for number in range(200)]
    expected = hash_syllables(words).tolist()
    monkeypatch.setattr(hashing, "_MEMO_SIZE", 10)
    monkeypatch.setattr(hashing, "_STARTS", 10)
    for start in range(0, 200, 20):
        part = words[start : start + 20]
        numbers = hash_syllables(part).tolist()
        assert numbers[:20] == expected[start : start + 20]
        assert numbers[20:] == expected[200 + start : 219 + start]


def test_many_pairs_push_each_other_out_and_stay_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "_PAIRS", 3)  # eight places
    words = [chr(0x4E00 + number % 37) for number in range(400)]
    pairs = hashing._Pairs(chr)
    monkeypatch.setattr(hashing, "_letters", pairs)
    expected = [hash_one(a + b) for a, b in pairwise(words)]
    for _ in range(3):
        assert hash_words(words).tolist() == expected
