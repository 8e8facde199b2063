"""Terms: the same story in other word forms and scripts gives terms that meet."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.model import ArticleId, Lead, SourceId
from dateline.stories.features import read_terms
from dateline.stories.hashing import BITS


def lead(text: str, headline: str = "", language: str = "en") -> Lead:
    return Lead(
        article_id=ArticleId(1),
        source_id=SourceId(1),
        url="",
        language=language,
        headline=headline,
        text=text,
        at=datetime(2026, 3, 2, tzinfo=UTC),
    )


def shared(a: Lead, b: Lead) -> int:
    return len(set(read_terms(a).ids.tolist()) & set(read_terms(b).ids.tolist()))


def test_forms_of_a_word_meet() -> None:
    assert shared(lead("Überschwemmungen"), lead("Überschwemmung")) == 1
    assert shared(lead("правительство"), lead("правительства")) == 1
    assert shared(lead("bridge"), lead("bread")) == 0


def test_the_headline_counts_more() -> None:
    assert read_terms(lead("", "bridge")).counts.tolist() == [3]
    assert read_terms(lead("bridge", "bridge")).counts.tolist() == [5]  # and the first words


def test_scripts_without_spaces_give_pairs() -> None:
    assert len(read_terms(lead("重新开放港口")).ids) == 5
    assert shared(lead("重新开放港口"), lead("港口周一重新开放")) == 4


def test_syllables_of_vietnamese_are_paired() -> None:
    assert shared(lead("bầu cử", language="vi"), lead("cử bầu", language="vi")) == 2
    assert shared(lead("bầu cử", language="vi"), lead("bầu cử", language="vi")) == 3


@examples(60)
@given(st.text(max_size=300), st.text(max_size=60))
def test_terms_are_ascending_bounded_and_repeatable(text: str, headline: str) -> None:
    terms = read_terms(lead(text, headline))
    ids = terms.ids.tolist()
    assert ids == sorted(set(ids))
    assert all(0 <= number < 1 << BITS for number in ids)
    assert all(terms.counts > 0)
    assert read_terms(lead(text, headline)).ids.tolist() == ids
