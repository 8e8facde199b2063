"""Terms in headlines: the fast way says what the slow one does."""

from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.store.matching import cut_terms
from dateline.store.terms import Term, Text
from dateline.store.title_terms import find_title_terms

WORDS = st.sampled_from(
    [
        "rocket",
        "Rockets",
        "wybory",
        "wyborów",
        "Müller",
        "mueller",
        "北京",
        "للرئيس",
        "رئيس",
        "ﷺ",
        "x-y",
        "",
    ]
)
TITLES = st.tuples(
    st.lists(WORDS, max_size=4).map(" ".join) | st.text(max_size=20),
    st.sampled_from(["en", "pl", "de", "ar", ""]),
)


@given(st.lists(TITLES, max_size=6), st.lists(st.builds(Term, WORDS, st.booleans()), max_size=3))
@examples(200)
def test_both_ways_say_the_same(titles: list[tuple[str, str]], terms: list[Term]) -> None:
    cut = cut_terms(terms)
    slow = [tuple(bool(Text(*title).find(term)) for term in cut) for title in titles]
    assert find_title_terms(titles, cut) == slow


def test_no_term_no_title() -> None:
    assert find_title_terms([("a", "en")], ()) == [()]
    assert find_title_terms([], cut_terms([Term("rocket")])) == []
