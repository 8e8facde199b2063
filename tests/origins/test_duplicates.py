"""One report or two: copies are found however they were cut, false friends stay apart."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import ArticleId, Lead, OriginId, OriginPlace, Role, SourceId
from dateline.origins.duplicates import Duplicates

START = datetime(2026, 3, 2, tzinfo=UTC)
_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo")


def write(seed: int, sentences: int = 14) -> str:
    """Return a text of invented words that shares no passage with one of another seed."""
    rng = random.Random(seed)
    words = ["".join(rng.choices(_SYLLABLES, k=3)) for _ in range(300)]
    lines = [" ".join(rng.choices(words, k=12)).capitalize() + "." for _ in range(sentences)]
    return "\n\n".join(lines)


def lead(number: int, text: str, *, days: float = 0.0) -> Lead:
    return Lead(
        article_id=ArticleId(number),
        source_id=SourceId(1),
        url=f"https://example.org/{number}",
        language="en",
        headline="",
        text=text,
        at=START + timedelta(days=days),
    )


def place_all(index: Duplicates, leads: list[Lead], *, new_id: int = 1) -> list[OriginPlace]:
    places = []
    for item in leads:
        place = index.place(item, new_id=OriginId(new_id))
        new_id += place.opened
        places.append(place)
    return places


def origins_of(*texts: str) -> list[int]:
    leads = [lead(number, text) for number, text in enumerate(texts, start=1)]
    return [place.origin_id for place in place_all(Duplicates(), leads)]


def test_the_first_opens_and_the_copy_carries() -> None:
    first, other, copy = place_all(
        Duplicates(), [lead(1, write(1)), lead(2, write(2)), lead(3, write(1).upper())]
    )
    assert (first.role, first.opened, first.taken_from) == (Role.FIRST, True, None)
    assert (other.origin_id, other.role) == (2, Role.FIRST)
    assert (copy.origin_id, copy.role, copy.opened) == (1, Role.CARRIES, False)
    assert (copy.taken_from, copy.likeness) == (1, 1.0)
    assert copy.why == "100 % of the shorter text's passages stand in both"


def test_taken_from_is_the_member_that_is_most_alike() -> None:
    text = write(1)
    shortened = text[: len(text) * 2 // 3]
    edited = shortened.replace("ba", "bo")
    places = place_all(Duplicates(), [lead(1, text), lead(2, edited + text), lead(3, edited)])
    assert places[2].taken_from == 2


@pytest.mark.parametrize("share", [0.4, 0.7])
def test_a_cut_copy_is_found(share: float) -> None:
    text = write(1)
    assert origins_of(text, text[: int(len(text) * share)]) == [1, 1]
    assert origins_of(text[: int(len(text) * share)], text) == [1, 1]


def test_a_merged_copy_is_found() -> None:
    assert origins_of(write(1), write(1, 10) + "\n\n" + write(2, 4)) == [1, 1]


def test_shared_quotations_do_not_join_two_reports() -> None:
    speech = write(9, 9).split("\n\n")
    first, second = write(1, 9).split("\n\n"), write(2, 9).split("\n\n")
    weave = [
        "\n\n".join(f"{a}\n\n“{quote}”" for a, quote in zip(own, speech, strict=True))
        for own in (first, second)
    ]
    assert origins_of(*weave) == [1, 2]


def test_a_round_up_does_not_join_what_it_sums_up() -> None:
    reports = [write(seed, 6) for seed in range(1, 7)]
    round_up = "\n\n".join(report[: len(report) // 2] for report in reports)
    assert origins_of(round_up, *reports) == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("text", ["", "Too short to tell.", "!!!", "\x00\ud800 a"])
def test_what_is_too_short_stays_alone(text: str) -> None:
    assert origins_of(text, text) == [1, 2]


def test_scripts_without_spaces_are_compared() -> None:
    text = "市政府周一表示将在春季重新开放旧港口并为渔民提供新的泊位以及更长的码头"
    assert origins_of(text, text[:-4], text[::-1]) == [1, 1, 2]


def test_what_is_forgotten_is_not_found() -> None:
    index = Duplicates()
    place_all(index, [lead(1, write(1)), lead(2, write(2), days=3)])
    index.forget_before(START + timedelta(days=1))
    places = place_all(index, [lead(3, write(1), days=3), lead(4, write(2), days=3)], new_id=3)
    assert [place.origin_id for place in places] == [3, 2]


def test_a_state_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="not of version"):
        Duplicates.from_bytes(b"\x80")


_LEADS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(2, 9), st.floats(0, 9)), min_size=1, max_size=25
).map(
    lambda rows: [
        lead(number, write(seed, size), days=days)
        for number, (seed, size, days) in enumerate(rows, start=1)
    ]
)


@settings(deadline=None, max_examples=25)
@given(_LEADS, st.data())
def test_a_round_trip_through_bytes_changes_nothing(leads: list[Lead], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(leads)))
    whole, before = Duplicates(), Duplicates()
    expected = place_all(whole, leads[:cut])
    assert place_all(before, leads[:cut]) == expected
    for index in (whole, before):
        index.forget_before(START + timedelta(days=2))
    after = Duplicates.from_bytes(before.to_bytes())
    assert place_all(after, leads[cut:], new_id=99) == place_all(whole, leads[cut:], new_id=99)
    assert after.to_bytes() == whole.to_bytes()


@settings(deadline=None, max_examples=25)
@given(_LEADS)
def test_replay_leaves_the_same_memory(leads: list[Lead]) -> None:
    placed, replayed = Duplicates(), Duplicates()
    for item, place in zip(leads, place_all(placed, leads), strict=True):
        replayed.replay(item, place.origin_id)
    assert replayed.to_bytes() == placed.to_bytes()
