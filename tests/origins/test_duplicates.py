"""One report or two: copies are found however they were cut, false friends stay apart."""

import random
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.model import (
    ArticleId,
    Decision,
    DecisionId,
    DecisionKind,
    Lead,
    LinkKind,
    OriginId,
    OriginPlace,
    Role,
    SourceId,
)
from dateline.origins import memory
from dateline.origins.duplicates import Duplicates

START = datetime(2026, 3, 2, tzinfo=UTC)
_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo")


def write(seed: int, sentences: int = 14) -> str:
    """Return a text of invented words that shares no passage with one of another seed."""
    rng = random.Random(seed)
    words = ["".join(rng.choices(_SYLLABLES, k=3)) for _ in range(300)]
    lines = [" ".join(rng.choices(words, k=12)).capitalize() + "." for _ in range(sentences)]
    return "\n\n".join(lines)


def lead(number: int, text: str, *, days: float = 0.0, **more: object) -> Lead:
    plain = Lead(
        article_id=ArticleId(number),
        source_id=SourceId(1),
        url=f"https://example.org/{number}",
        language="en",
        headline="",
        text=text,
        at=START + timedelta(days=days),
    )
    return replace(plain, **more)


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
    assert copy.why.startswith("100 % of the shorter text stands in both; another feed of the same")


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


def weave(seed: int, speech: list[str]) -> str:
    own = write(seed, len(speech)).split("\n\n")
    return "\n\n".join(f"{a}\n\n“{quote}”" for a, quote in zip(own, speech, strict=True))


def test_shared_quotations_are_a_link_between_two_origins() -> None:
    speech = write(9, 9).split("\n\n")
    leads = [lead(1, weave(1, speech)), lead(2, weave(2, speech))]
    first, second = place_all(Duplicates(), leads)
    assert (first.origin_id, second.origin_id) == (1, 2)
    (link,) = second.links
    assert (link.article_id, link.other_id, link.kind) == (2, 1, LinkKind.QUOTES)
    assert link.likeness > 0.9
    assert link.why.endswith("words of the same quotations stand in both")


def test_a_paragraph_inside_a_longer_report_is_a_link_between_two_origins() -> None:
    wire, own = write(1), write(2, 20).split("\n\n")
    carried = wire.split("\n\n")[3:6]
    text = "\n\n".join([*own[:9], *carried, *own[9:]])
    first, second = place_all(Duplicates(), [lead(1, wire), lead(2, text)])
    assert (first.origin_id, second.origin_id, second.role) == (1, 2, Role.FIRST)
    (link,) = second.links
    assert (link.other_id, link.kind) == (1, LinkKind.PARTIAL)
    assert link.likeness == pytest.approx(36 / 168, abs=0.02)


def test_a_form_filled_in_anew_is_a_report_of_its_own() -> None:
    def fill(seed: int) -> str:
        rng = random.Random(seed)
        lines = [f"{line} {rng.randrange(9999)}" for line in write(1).split("\n\n")]
        return "\n\n".join(lines)

    assert origins_of(fill(1), fill(2), fill(1)) == [1, 2, 1]


def test_a_house_that_goes_on_with_its_own_report_has_one_origin() -> None:
    flash, full = write(1, 4), write(1, 4) + "\n\n" + write(2, 22)
    own = [lead(1, flash), lead(2, full, days=1)]
    other = [lead(1, flash), lead(2, full, days=1, source_id=SourceId(2))]
    assert [place.origin_id for place in place_all(Duplicates(), own)] == [1, 1]
    *_, second = place_all(Duplicates(), other)
    assert (second.origin_id, [link.kind for link in second.links]) == (2, [LinkKind.PARTIAL])


def test_the_boilerplate_of_an_outlet_links_nothing() -> None:
    footer = write(99, 4)
    leads = [lead(number, f"{write(number, 20)}\n\n{footer}") for number in range(1, 7)]
    assert place_all(Duplicates(), leads)[-1].links == ()


def test_a_lost_quotation_mark_hides_no_copy() -> None:
    lines = write(1, 20).split("\n\n")
    said = " ".join(f'{a} "{b}"' for a, b in zip(lines[::2], lines[1::2], strict=True))
    assert origins_of(said, said.replace('"', "", 1)) == [1, 1]


def test_the_one_published_first_is_the_first_whenever_it_comes() -> None:
    first = lead(1, write(1), days=2, source_id=SourceId(1))
    copy = lead(2, write(1), days=3, source_id=SourceId(2))
    late = lead(3, write(1), days=1, source_id=SourceId(3))
    *_, place = place_all(Duplicates(), [first, copy, late])
    assert (place.role, place.origin_id, place.opened) == (Role.FIRST, 1, False)
    revised = {one.article_id: one for one in place.revised}
    assert revised[ArticleId(1)].taken_from == 3
    assert revised[ArticleId(1)].role is Role.CARRIES
    assert all(one.made_by and one.why for one in place.revised)


def test_an_agency_that_comes_late_is_the_parent_of_those_that_credit_it() -> None:
    houses = [
        lead(n, write(1), days=n, source_id=SourceId(n), credits=("anx",)) for n in range(1, 4)
    ]
    agency = lead(9, write(1), days=5, source_id=SourceId(9), agency="anx")
    *before, place = place_all(Duplicates(), [*houses, agency])
    assert [one.agency for one in before] == ["anx"] * 3
    assert (place.role, place.sureness) == (Role.FIRST, 0.95)
    assert {one.article_id: one.taken_from for one in place.revised} == {1: 9, 2: 9, 3: 9}
    assert {one.agency for one in place.revised} == {""}


@pytest.mark.heavy
def test_what_one_article_changes_is_bounded() -> None:
    index = Duplicates()
    place_all(index, [lead(n, write(1), days=n / 100) for n in range(2, 400)])
    place = index.place(lead(999, write(1), days=0), new_id=OriginId(99))
    assert place.role is Role.FIRST
    assert 0 < len(place.revised) < 60


def _join(from_id: int, to_id: int) -> Decision:
    return Decision(
        id=DecisionId(1),
        kind=DecisionKind.JOIN,
        at=START,
        after=ArticleId(9),
        from_id=from_id,
        to_id=to_id,
    )


def test_a_join_is_learned() -> None:
    index = Duplicates()
    place_all(index, [lead(1, write(1)), lead(2, write(2)), lead(3, write(2))])
    index.apply(_join(2, 1))
    index = Duplicates.from_bytes(index.to_bytes())
    copies = [lead(4, write(2), days=1), lead(5, write(2), days=-1)]
    places = place_all(index, copies, new_id=3)
    assert [place.origin_id for place in places] == [1, 1]
    # The first of the joined tree hangs in the other one: nothing comes before it there.
    assert [place.role for place in places] == [Role.CARRIES, Role.CARRIES]
    assert not any(one.role is Role.FIRST for place in places for one in place.revised)
    index.apply(_join(77, 1))
    assert index.place(lead(6, write(1), days=2), new_id=OriginId(9)).origin_id == 1


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
    for data in (b"\x80", b"\x81\xa7version\x01"):
        with pytest.raises(ValueError, match="not of version"):
            Duplicates.from_bytes(data)
    for data in (b"", b"\x93\x01\x02\x03", b"\x81\xa7version\x02"):
        with pytest.raises(ValueError):
            Duplicates.from_bytes(data)


def _make_leads(rows: list[tuple[int, int, float, tuple[str, ...], int]]) -> list[Lead]:
    return [
        lead(
            number,
            write(seed, size),
            days=days,
            credits=credits_,
            source_id=SourceId(source),
            agency="anx" if source == 1 else "",
            dated=source != 2,
        )
        for number, (seed, size, days, credits_, source) in enumerate(rows, start=1)
    ]


_CREDITS = st.sampled_from([(), ("anx",), ("ap", "anx")])
_LEADS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(2, 9), st.floats(0, 9), _CREDITS, st.integers(1, 4)),
    min_size=1,
    max_size=25,
).map(_make_leads)


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "ROWS", 8)


@examples(25)
@given(_LEADS, st.data())
def test_a_round_trip_through_bytes_changes_nothing(leads: list[Lead], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(leads)))
    whole, before = Duplicates(), Duplicates()
    expected = place_all(whole, leads[:cut])
    assert place_all(before, leads[:cut]) == expected
    for index in (whole, before):
        index.forget_before(START + timedelta(days=2))
        index.apply(_join(2, 1))
    after = Duplicates.from_bytes(before.to_bytes())
    assert place_all(after, leads[cut:], new_id=99) == place_all(whole, leads[cut:], new_id=99)
    assert after.to_bytes() == whole.to_bytes()


@examples(25)
@given(_LEADS)
def test_replay_leaves_the_same_memory(leads: list[Lead]) -> None:
    placed, replayed = Duplicates(), Duplicates()
    for item, place in zip(leads, place_all(placed, leads), strict=True):
        replayed.replay(item, place)
    assert replayed.to_bytes() == placed.to_bytes()


@examples(25)
@given(_LEADS)
def test_a_tree_has_no_circle(leads: list[Lead]) -> None:
    parents: dict[int, int | None] = {}
    for place in place_all(Duplicates(), leads):
        for one in (*place.revised, place):
            parents[one.article_id] = one.taken_from
    for start in parents:
        above, place_id = set(), parents[start]
        while place_id is not None:
            assert place_id not in above
            above.add(place_id)
            place_id = parents[place_id]


def test_whole_blocks_are_given_back() -> None:
    index = Duplicates()
    place_all(index, [lead(n, write(n, 4), days=n) for n in range(1, 41)])
    before = len(index.to_bytes())
    index.forget_before(START + timedelta(days=33))
    assert len(index.to_bytes()) < before
    again = lead(99, write(20, 4), days=40)
    assert index.place(again, new_id=OriginId(99)).opened
    assert index.place(lead(98, write(35, 4), days=40), new_id=OriginId(98)).origin_id == 35


def test_a_state_is_read_without_a_second_copy() -> None:
    before = Duplicates()
    place_all(before, [lead(n, write(n, 40)) for n in range(1, 400)])
    data = before.to_bytes()
    tracemalloc.start()
    try:
        after = Duplicates.from_bytes(data)
        stays, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak - stays < len(data) // 2
    del before, data
    assert not after.place(lead(999, write(7, 40)), new_id=OriginId(999)).opened
