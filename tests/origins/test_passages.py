"""Words, quotations, passages and likeness are what plain code, written for reading, says."""

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.origins.likeness import Likeness, measure, prepare
from dateline.origins.passages import WORDS, Words, hash_passages, read_words
from dateline.text import find_tokens, list_tokens

# Letters of words, marks, spaces, unspaced scripts, what folds to more letters, half a pair.
LETTERS = st.sampled_from(
    "aZ9é߀İñяशि、“”’«»—-_'\"()\x00\x1c\x7f\x85\xa0\u1680\u2028\u3000中か\ud83d 　\n"
)


@given(st.text(LETTERS, max_size=40))
@examples(400)
def test_listed_tokens_are_those_that_are_found(text: str) -> None:
    folded = text.casefold()
    assert list_tokens(text) == [folded[start:end] for _, start, end in find_tokens(folded)]


@pytest.mark.parametrize("around", ["a{}b", "é{}b", "中{}b", "’{}b"])
def test_every_letter_parts_words_alike(around: str) -> None:
    for code in range(0x3100):
        text = around.format(chr(code)).casefold()
        assert list_tokens(text) == [word for word, _, _ in find_tokens(text)]


LONG = "forty letters of words that somebody says"


@pytest.mark.parametrize(
    ("text", "own", "quoted"),
    [
        (f"He said: “{LONG}.” Then he left.", "he said then he left", LONG),
        (f"He said: „{LONG}“ and left.", "he said and left", LONG),
        (f"He said: „{LONG}” and left.", "he said and left", LONG),
        (f"Il dit : « {LONG} » et sort.", "il dit et sort", LONG),
        (f"彼「{LONG}」", "彼", LONG),
        (f'He said: "{LONG}" and left.', "he said and left", LONG),
        (f'He said ("{LONG}").', "he said", LONG),
        # a quotation ends with its paragraph, not with its line
        (f"He: “{LONG}\n\nThen more.", "he then more", LONG),
        (f"He: “{LONG}\n \t\nThen more.", "he then more", LONG),
        (f"He: “{LONG}\n{LONG}” more.", "he more", f"{LONG} {LONG}"),
        (f"He: “{LONG}", "he", LONG),
        # a mark behind a space does not close: the quotation ends with the line before
        (f'He: "{LONG}\nso "it went', "he so it went", LONG),
        # names and irony are no quotations; nor does a mark inside of a word open one
        ("The “Great” War, the «so» called.", "the great war the so called", ""),
        (f'5"{LONG} "', f"5 {LONG}", ""),
        (f"One “two“ {LONG}”", "one", f"two {LONG}"),
    ],
)
def test_quotations_are_kept_apart(text: str, own: str, quoted: str) -> None:
    padding = " ".join(f"word{n}" for n in range(30))  # short texts are compared as a whole
    found = read_words(f"{text}\n\n{padding}")
    assert found.own.tolist() == read_words(f"{own} {padding}").own.tolist()
    assert found.quoted.tolist() == read_words(quoted).own.tolist()


def hash_plainly(words: list[int]) -> int:
    """One passage, with the numbers of any size that Python has."""
    whole = 1 << 64
    mixed = sum(word << 16 * place for place, word in enumerate(words[:4])) + 0x2545F4914F6CDD1D
    mixed = mixed % whole * 0x9E3779B97F4A7C15 % whole
    mixed = (mixed ^ mixed >> 31) + words[4]
    return mixed % whole * 0xBF58476D1CE4E5B9 % whole >> 32


@given(st.lists(st.integers(0, (1 << 16) - 1), max_size=20), st.booleans())
def test_passages_are_numbers_of_five_words(words: list[int], strided: bool) -> None:
    array = np.array(words, dtype=np.uint16)
    if strided:
        array = np.repeat(array, 2)[::2]
    expected = [hash_plainly(words[at : at + WORDS]) for at in range(len(words) - WORDS + 1)]
    assert hash_passages(array).tolist() == expected


def cut_plainly(words: np.ndarray) -> list[tuple[int, ...]]:
    return [tuple(words[at : at + WORDS].tolist()) for at in range(len(words) - WORDS + 1)]


def cover_plainly(passages: list[tuple[int, ...]], known: set[tuple[int, ...]]) -> list[bool]:
    hits = [at for at, passage in enumerate(passages) if passage in known]
    length = len(passages) + WORDS - 1 if passages else 0
    return [any(hit <= at < hit + WORDS for hit in hits) for at in range(length)]


def bridge_plainly(mask: list[bool]) -> list[bool]:
    """Take up to three words between two that are shared as shared."""
    shared = [at for at, yes in enumerate(mask) if yes]
    for one, other in pairwise(shared):
        if other - one <= 4:
            mask[one:other] = [True] * (other - one)
    return mask


def count_row(mask: list[bool]) -> int:
    runs = "".join("x" if yes else " " for yes in mask).split()
    return max(map(len, runs), default=0)


def measure_plainly(one: Words, other: Words) -> Likeness:
    own, quoted = cut_plainly(one.own), cut_plainly(one.quoted)
    passages, quotes = cut_plainly(other.own), cut_plainly(other.quoted)
    both = sum(cover_plainly(quotes, set(quoted)))
    share = both / max(1, min(len(one.quoted), len(other.quoted)))
    there = cover_plainly(passages, {*own, *quoted})
    if sum(there) < 10:
        return Likeness(quoted=both, quoted_share=share)
    here = bridge_plainly(cover_plainly(own, {*passages, *quotes}))
    bridge_plainly(there)
    shares = (sum(here) / max(1, len(here)), sum(there) / max(1, len(there)))
    return Likeness(
        one=shares[0],
        other=shares[1],
        shorter=shares[0] if len(here) <= len(there) else shares[1],
        words=min(sum(here), sum(there)),
        stretch=min(count_row(here), count_row(there)),
        quoted=both,
        quoted_share=share,
    )


def weave(rng: random.Random, pool: list[list[int]], *, least: int = 0) -> np.ndarray:
    """Stretches that others may have too, changed here and there, between words of its own."""
    words = rng.choices(range(5000, 9000), k=least)
    for _ in range(rng.randint(0, 5)):
        words += rng.choice(pool) if rng.random() < 0.6 else rng.choices(range(5000, 9000), k=9)
        if words and rng.random() < 0.5:
            at = rng.randrange(len(words))
            words[at : at + rng.randint(0, 5)] = rng.choices(range(5000, 9000), k=rng.randint(0, 5))
    return np.array(words, dtype=np.uint16)


@given(st.integers(0, 1 << 30))
@examples(300)
def test_likeness_is_what_plain_code_counts(seed: int) -> None:
    rng = random.Random(seed)
    pool = [rng.choices(range(5000, 9000), k=rng.randint(4, 40)) for _ in range(4)]
    pool[3] = pool[2][:7] * 3  # the same words again and again
    one, other = (Words(weave(rng, pool, least=24), weave(rng, pool)) for _ in range(2))
    assert measure(prepare(one), other) == measure_plainly(one, other)


NO_WORDS = np.array([], dtype=np.uint16)


def place_runs(rng: random.Random, runs: list[list[int]], *, words: int) -> np.ndarray:
    """Runs that another text may have, between words that hardly any other has."""
    found = rng.choices(range(5000, 1 << 16), k=words)
    for run in runs:
        at = rng.randrange(len(found) + 1)
        found[at:at] = run
    return np.array(found, dtype=np.uint16)


def test_a_text_that_is_nearly_all_quotation_is_measured() -> None:
    speech = np.arange(5000, 5040, dtype=np.uint16)
    for own in (0, 3):  # words of its own: fewer than a passage has
        quoting = Words(np.arange(9000, 9000 + own, dtype=np.uint16), speech)
        found = measure(prepare(quoting), Words(speech, NO_WORDS))
        assert (found.one, found.other) == (0.0, 1.0)


@given(st.integers(0, 1 << 30))
@examples(300)
def test_a_first_look_only_spares_pairs_that_share_too_little(seed: int) -> None:
    rng = random.Random(seed)
    runs = [rng.choices(range(5000, 1 << 16), k=rng.randint(3, 11)) for _ in range(3)]

    def write() -> Words:
        own, quoted = (rng.sample(runs, rng.randint(0, 2)) for _ in range(2))
        quotes = place_runs(rng, quoted, words=20) if rng.random() < 0.5 else NO_WORDS
        return Words(place_runs(rng, own, words=rng.randint(0, 60)), quotes)

    one, other = prepare(write()), write()
    if rng.random() < 0.3:  # the last words of the one, again and again in the other
        last = one.words.own[-rng.randint(4, 6) :]
        other = Words(np.concatenate([other.own, last, other.own, last]), other.quoted)
    plainly = measure_plainly(one.words, other)
    assert measure(one, other) == plainly
    if one.fours.share_little(other):
        assert plainly == Likeness()


@given(st.integers(0, 1 << 30), st.integers(4, 9))
@examples(50)
def test_pairs_with_one_figure_of_speech_in_common_are_spared(seed: int, length: int) -> None:
    rng = random.Random(seed)
    run = rng.sample(range(5000, 1 << 16), k=length)
    one, other = (Words(place_runs(rng, [run], words=200), NO_WORDS) for _ in range(2))
    assert prepare(one).fours.share_little(other)
    assert measure(prepare(one), other) == Likeness()
