"""No more of a text is shown as statements than its source allows."""

import pytest

from dateline.model import Claims, Rights, Source, Statement, StatementKind
from dateline.publish.said import list_said

TEXT = " ".join(f"word{number}" for number in range(200))


def statement(start: int, words: int, *, direct: bool = False, sure: float = 0.9) -> Statement:
    first = TEXT.index(f"word{start}")
    last = TEXT.index(f"word{start + words - 1}") + len(f"word{start + words - 1}")
    return Statement(
        spans=((first, last),),
        content=TEXT[first:last],
        kind=StatementKind.DIRECT if direct else StatementKind.INDIRECT,
        speaker="Ada Ek",
        source_span=None,
        cue="said",
        cue_span=None,
        confidence=sure,
    )


def source(rights: Rights) -> Source:
    return Source(key="a", name="A", home="", rights=rights, excerpt_words=20)


CLAIMS = Claims(
    statements=(
        statement(0, 10),
        statement(30, 12),
        statement(50, 15, direct=True),
        statement(80, 5, direct=True),
        statement(90, 5, sure=0.2),
    ),
)


@pytest.mark.parametrize(
    ("rights", "shown"),
    [(Rights.FULL, [1, 2, 3, 4]), (Rights.EXCERPT, [1, 3, 4]), (Rights.HEADLINE, [])],
)
def test_words_are_shown_as_far_as_rights_allow(rights: Rights, shown: list[int]) -> None:
    said = list_said(CLAIMS, source(rights), shown=TEXT.index("word20"))
    assert [each.number for each in said] == [1, 2, 3, 4]
    assert [each.number for each in said if each.content] == shown


def test_words_beyond_the_excerpt_are_as_many_as_its_own_at_most() -> None:
    said = list_said(CLAIMS, source(Rights.EXCERPT), shown=0)
    assert sum(len(each.content.split()) for each in said) <= 20


def test_a_withdrawn_article_says_nothing() -> None:
    assert list_said(CLAIMS, source(Rights.FULL), shown=9999, gone=True) == ()
