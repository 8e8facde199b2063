"""Trees of origins: each article once, whatever the rows say."""

from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.model import Role
from dateline.publish.origin_tree import DEEPEST, OriginTree, Twig, grow_trees


def draw(twigs: tuple[Twig, ...], level: int = 0) -> str:
    """One line a twig: its number, in brackets its parent's."""
    lines = ""
    for twig in twigs:
        parent = f" ({twig.parent.article_id})" if twig.parent else ""
        lines += f"{'  ' * level}{twig.card.article_id}{parent}\n" + draw(twig.twigs, level + 1)
    return lines


def list_numbers(tree: OriginTree) -> list[int]:
    return [int(line.split()[0]) for line in draw(tree.twigs).splitlines()]


def test_a_tree_says_who_has_it_from_whom(make) -> None:
    cards = [
        make.card(9, origin_id=1, role=Role.FIRST),
        make.card(8, origin_id=1, taken_from=9),
        make.card(7, origin_id=1, taken_from=8),
        make.card(6, origin_id=1, taken_from=9),
        make.card(5, origin_id=2),
    ]
    first, second = grow_trees(cards)
    assert draw(first.twigs) == "9\n  8 (9)\n    7 (8)\n  6 (9)\n"
    assert draw(second.twigs) == "5\n"


def test_reports_with_more_outlets_come_first_and_a_family_is_one(make) -> None:
    family = [make.card(n, origin_id=1, family="acme", source_key=f"a{n}") for n in (1, 2, 3)]
    others = [make.card(n, origin_id=2, source_key=f"b{n}") for n in (4, 5)]
    trees = grow_trees(family + others)
    assert [(tree.first.article_id, tree.outlets) for tree in trees] == [(5, 2), (3, 1)]


def test_a_carrier_whose_parent_is_not_here_hangs_on_the_earliest(make) -> None:
    cards = [
        make.card(3, origin_id=1),
        make.card(2, origin_id=1, taken_from=77, role=Role.CARRIES),
        make.card(1, origin_id=1, taken_from=1, role=Role.CARRIES),
    ]
    assert draw(grow_trees(cards)[0].twigs) == "3\n  2 (3)\n1\n"


def test_the_one_who_had_it_first_leads_also_with_a_later_date(make) -> None:
    cards = [make.card(1, origin_id=1), make.card(5, origin_id=1, taken_from=1)]
    tree = grow_trees(cards)[0]
    assert tree.first.article_id == 1
    assert [card.article_id for card in tree.carriers] == [5]


def test_who_stands_too_deep_stands_on_the_last_level_with_its_parent(make) -> None:
    chain = [make.card(9, origin_id=1)]
    chain += [make.card(n, origin_id=1, taken_from=n + 1) for n in range(8, 2, -1)]
    lines = draw(grow_trees(chain)[0].twigs).splitlines()
    assert max(line.count("  ") for line in lines) == DEEPEST - 1
    assert lines[-1] == "      3 (4)"


def test_an_agency_that_is_not_among_the_carriers_is_the_root(make) -> None:
    cards = [
        make.card(1, origin_id=1, agency="ap", credits=("AFP", "AP")),
        make.card(2, origin_id=1, agency="ap", source_key="other"),
        make.card(5, origin_id=1, agency="ap", source_key="other"),
        make.card(3, origin_id=1, taken_from=1, agency="afp"),
    ]
    tree = grow_trees(cards)[0]
    assert (tree.agency, tree.credited) == ("AP", 2)  # outlets: one of them twice
    followed = grow_trees([*cards, make.card(4, origin_id=1, source_key="ap")])[0]
    assert (followed.agency, followed.credited) == ("", 0)


def test_an_agency_without_a_known_name_is_written_from_its_key(make) -> None:
    names = [
        grow_trees([make.card(1, origin_id=1, agency=key)])[0].agency
        for key in ("anx", "europa-press")
    ]
    assert names == ["ANX", "Europa Press"]


def test_a_translation_is_one_whose_parent_is_in_another_language(make) -> None:
    cards = [
        make.card(3, origin_id=1, language="en-GB"),
        make.card(2, origin_id=1, language="en", taken_from=3),
        make.card(1, origin_id=1, language="de", taken_from=3),
    ]
    tree = grow_trees(cards)[0]
    below = tree.twigs[0].twigs
    assert [(twig.card.article_id, twig.is_translation) for twig in below] == [
        (2, False),
        (1, True),
    ]
    assert tree.languages == ("en", "de")


LINKS = st.lists(
    st.tuples(st.integers(0, 12), st.booleans(), st.booleans()), min_size=1, max_size=12
)


@given(LINKS, st.randoms(use_true_random=False))
@examples(60)
def test_each_article_stands_once_whatever_the_rows_say(make, links, random) -> None:
    cards = [
        make.card(
            number,
            origin_id=1,
            taken_from=parent or None,
            role=Role.CARRIES if carries else None,
            agency="ap" if credited else "",
        )
        for number, (parent, carries, credited) in enumerate(links, start=1)
    ]
    (tree,) = grow_trees(cards)
    assert sorted(list_numbers(tree)) == list(range(1, len(cards) + 1))
    random.shuffle(cards)
    assert grow_trees(cards) == (tree,)
