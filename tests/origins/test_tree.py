"""The tree: times, credits and outlets say who has a report from whom; arrival says nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.model import Role
from dateline.origins.tree import NEVER, Branch, Kin, Member, find_branch


def member(number: int, at: float, family: str = "", **more: object) -> Member:
    return replace(Member(article_id=number, at=at, family=family or f"house {number}"), **more)


def kin(*members: Member, likeness: float = 1.0) -> list[Kin]:
    return [Kin(member=one, likeness=likeness) for one in members]


def parent_of(branch: Branch) -> int | None:
    return branch.parent.article_id if branch.parent else None


def test_the_earliest_is_the_first_and_others_have_it_from_there() -> None:
    early, late = member(2, 100.0), member(1, 500.0)
    first, second = find_branch(early, kin(late)), find_branch(late, kin(early))
    assert (first.role, parent_of(first), first.sureness) == (Role.FIRST, None, 0.7)
    assert (second.role, parent_of(second), second.sureness) == (Role.CARRIES, 2, 0.9)
    assert second.why == "100 % of the shorter text stands in both"


def test_whom_a_member_credits_is_its_parent_before_the_likest() -> None:
    agency = member(1, 100.0, agency="anx")
    copy = member(2, 200.0)
    late = member(3, 300.0, credits=("anx",))
    found = find_branch(late, [*kin(agency, likeness=0.7), *kin(copy)])
    assert (parent_of(found), found.agency, found.sureness) == (1, "", 0.97)
    assert "it credits the other" in found.why


def test_an_agency_was_there_before_the_first_that_credits_it() -> None:
    agency = member(1, 500.0, agency="anx", credited_at=200.0)
    house = member(2, 200.0, credits=("anx",))
    assert parent_of(find_branch(house, kin(agency))) == 1
    first = find_branch(agency, kin(house))
    assert (first.role, first.sureness) == (Role.FIRST, 0.95)


def test_an_outlet_that_is_credited_is_the_parent() -> None:
    courier = member(1, 100.0, "ellery-courier.example")
    late = member(2, 300.0, credits=("ellery-courier",))
    assert find_branch(late, kin(courier)).sureness == 0.97


def test_an_agency_that_is_not_here_is_named_and_makes_the_first_unsure() -> None:
    house, other = member(1, 100.0, credits=("ap",)), member(2, 300.0, credits=("ap",))
    first, second = find_branch(house, ()), find_branch(other, kin(house))
    assert (first.role, first.agency, first.sureness) == (Role.FIRST, "ap", 0.3)
    assert first.why.startswith("it credits AP, of whom no report in these words is here")
    assert (parent_of(second), second.agency, second.sureness) == (1, "ap", 0.54)
    assert "both credit AP" in second.why


def test_an_undated_article_is_never_surely_the_first() -> None:
    undated = member(1, 100.0, dated=False)
    late = member(2, 300.0)
    assert find_branch(undated, ()).sureness == find_branch(undated, kin(late)).sureness == 0.4
    assert find_branch(late, kin(undated)).sureness == pytest.approx(0.63)
    assert "has no date" in find_branch(late, kin(undated)).why


def test_a_parent_of_another_publisher_is_preferred() -> None:
    sister, stranger = member(1, 100.0, "ellery"), member(2, 150.0)
    late = member(3, 300.0, "ellery")
    assert parent_of(find_branch(late, [*kin(sister), *kin(stranger, likeness=0.93)])) == 2
    only = find_branch(late, kin(sister))
    assert parent_of(only) == 1
    assert "another feed of the same publisher" in only.why


def test_the_likest_is_the_parent_and_the_earliest_of_equals() -> None:
    first, cut, edited = member(1, 100.0), member(2, 200.0), member(3, 300.0)
    late = member(4, 400.0)
    pool = [*kin(first, likeness=0.6), *kin(cut, likeness=0.97), *kin(edited, likeness=0.99)]
    assert parent_of(find_branch(late, pool)) == 2


_MEMBERS = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.booleans(),
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(["", "anx"]),
        st.sampled_from([(), ("anx",), ("b",)]),
        st.sampled_from([NEVER, 1.0]),
    ),
    min_size=1,
    max_size=7,
)


@examples(100)
@given(_MEMBERS, st.randoms())
def test_a_tree_has_one_first_no_circle_and_no_order_of_arrival(rows: list, rng: object) -> None:
    members = [
        Member(
            article_id=number,
            at=float(at),
            dated=dated,
            family=family,
            agency=agency,
            credits=credits_,
            credited_at=credited,
        )
        for number, (at, dated, family, agency, credits_, credited) in enumerate(rows, start=1)
    ]
    parents = {}
    for one in members:
        others = kin(*(other for other in members if other is not one))
        branch = find_branch(one, others)
        rng.shuffle(others)  # type: ignore[attr-defined]
        assert find_branch(one, others) == branch
        assert 0 < branch.sureness <= 1
        parents[one.article_id] = parent_of(branch)
    assert list(parents.values()).count(None) == 1
    for start in parents:
        seen = set()
        place: int | None = start
        while place is not None:
            assert place not in seen
            seen.add(place)
            place = parents[place]
