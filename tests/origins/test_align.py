"""Aligned passages: found where they stand, edits bridged, hostile texts in bounded time."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.origins.align import align
from dateline.text import list_tokens

WIRE = (
    "President Inés Valdoro, who visited Villarreda in rubber boots, promised 3,000 crowns to "
    "every displaced person within a week. “I will not ask for patience,” she said.\n\n"
    "Divers found eleven of the dead in the cellars of the covered market, where stallholders had "
    "tried to save their goods."
)
OWN = "At the town hall nobody slept that night; the clerk made tea for whoever came in wet."


def cut(text: str, other: str) -> list[tuple[str, str]]:
    return [(text[a:b], other[c:d]) for (a, b), (c, d) in align(text, other)]


def test_a_paragraph_inside_another_text_is_found_whole() -> None:
    first, second = WIRE.split("\n\n")
    text = f"{OWN}\n\n{second}\n\n{OWN.upper()} {first[:8]}"
    assert cut(text, WIRE) == [(second, second)]


def test_house_edits_are_bridged() -> None:
    edited = WIRE.replace("3,000 crowns", "3000 cr").replace("“", '"').replace("dead", "victims")
    assert align(edited, WIRE) == (((0, len(edited)), (0, len(WIRE))),)


def test_the_order_of_passages_may_differ() -> None:
    first, second = WIRE.split("\n\n")
    assert cut(f"{second}\n\n{OWN}\n\n{first}", WIRE) == [(second, second), (first, first)]


def test_scripts_without_spaces() -> None:
    text = "市政府周一表示将在春季重新开放旧港口并为渔民提供新的泊位以及更长的码头。"
    assert cut("天气很好。" + text, text + "完") == [(text, text)]
    assert align(text, text[::-1]) == ()


@pytest.mark.parametrize("pair", [("", ""), ("a b c", "a b c"), (OWN, WIRE), ("\x00\ud800", "é")])
def test_what_has_nothing_in_common_has_no_passages(pair: tuple[str, str]) -> None:
    assert align(*pair) == ()


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a " * 30_000, "a " * 29_999 + "b"),
        ("a b " * 15_000, "b a c " * 10_000),
        ("a b c d e " * 6_000, "a b c d f " * 6_000),
        ("的" * 60_000, "的" * 60_000),
    ],
)
def test_hostile_texts_take_no_longer_than_others(one: str, other: str) -> None:
    start = time.process_time()
    align(one, other)
    assert time.process_time() - start < 5


_WORDS = st.lists(st.sampled_from(["one", "two", "three.", "“four”", "five!", "six"]))


@examples(60)
@given(_WORDS, _WORDS, st.integers(0, 2**20))
def test_spans_ascend_and_hold_what_they_say(
    words: list[str], others: list[str], seed: int
) -> None:
    rng = random.Random(seed)
    shared = [f"w{rng.randrange(500)}" for _ in range(12)]
    text, other = " ".join(words + shared), " ".join(shared + others)
    done = 0
    for (start, end), (other_start, other_end) in align(text, other):
        assert done <= start < end <= len(text)
        assert 0 <= other_start < other_end <= len(other)
        done = end
        mine, its = list_tokens(text[start:end]), list_tokens(other[other_start:other_end])
        assert set(mine) & set(its)
        assert mine[0] == its[0]
        assert mine[-1] == its[-1]
    assert any(a <= text.index(shared[0]) and b >= len(text) for (a, b), _ in align(text, other))
