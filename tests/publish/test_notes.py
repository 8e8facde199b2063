"""What articles of a story share without carrying one report."""

import pytest

from dateline.model import Link, LinkKind
from dateline.publish.notes import MOST_NOTED, find_notes


def link(one: int, other: int, likeness: float, kind=LinkKind.PARTIAL) -> Link:
    return Link(article_id=one, other_id=other, kind=kind, likeness=likeness, why="")


def test_those_of_one_kind_stand_in_one_note_the_likest_first(make) -> None:
    cards = [make.card(number) for number in range(1, 5)]
    links = [link(2, 1, 0.2), link(3, 1, 0.4), link(4, 1, 0.1, LinkKind.QUOTES)]
    notes = find_notes(cards, links)
    assert [
        (note.kind, [(c.article_id, like) for c, like in note.others]) for note in notes[1]
    ] == [
        ("partial", [(3, 0.4), (2, 0.2)]),
        ("quotes", [(4, 0.1)]),
    ]
    assert [len(notes[number]) for number in (2, 3, 4)] == [1, 1, 1]


def test_two_that_point_at_each_other_are_named_once(make) -> None:
    cards = [make.card(1), make.card(2)]
    notes = find_notes(cards, [link(1, 2, 0.2), link(2, 1, 0.3)])
    assert [(c.article_id, like) for c, like in notes[1][0].others] == [(2, 0.3)]


@pytest.mark.parametrize("many", [MOST_NOTED, MOST_NOTED + 3])
def test_where_there_are_many_the_rest_is_counted(make, many: int) -> None:
    cards = [make.card(number) for number in range(many + 1)]
    (note,) = find_notes(cards, [link(number, 0, 0.1) for number in range(1, many + 1)])[0]
    assert len(note.others) + note.more == many
    assert len(note.others) == MOST_NOTED
