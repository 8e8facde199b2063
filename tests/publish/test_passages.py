import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.model import LinkKind
from dateline.publish.passages import MOST_OTHERS, Carried, Traced, trace_passages

TEXT = "The dam broke on Tuesday. People fled.\n\n“We ran,” said Ana. Our own words end it."
LETTERS = sum(letter.isalnum() for letter in TEXT)
SPANS = st.lists(st.tuples(st.integers(-3, 90), st.integers(-3, 90)), max_size=5)


def span_of(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def carried(make, *words: str, number: int = 1, kind: LinkKind = LinkKind.COPY) -> Carried:
    return Carried(
        card=make.card(article_id=number), kind=kind, spans=tuple(span_of(each) for each in words)
    )


def say(traced: Traced) -> list[list[tuple[str, int]]]:
    return [
        [(piece.text, piece.share.number if piece.share else 0) for piece in paragraph]
        for paragraph in traced.paragraphs
    ]


def test_passages_are_parted_and_numbered_by_paragraph(make) -> None:
    both = [carried(make, "broke on Tuesday"), carried(make, "“We ran,”", number=2)]
    assert say(trace_passages(TEXT, both, shown=len(TEXT))) == [
        [("The dam ", 0), ("broke on Tuesday", 1), (". People fled.", 0)],
        [("“We ran,”", 2), (" said Ana. Our own words end it.", 0)],
    ]


def test_shares_are_of_the_letters_and_the_rest_is_its_own(make) -> None:
    traced = trace_passages(TEXT, [carried(make, "The dam broke on Tuesday")], shown=len(TEXT))
    (share,) = traced.shares
    assert share.share == pytest.approx(20 / LETTERS)
    assert traced.own == 100 - share.percent


def test_the_first_given_has_what_several_cover(make) -> None:
    both = [carried(make, "on Tuesday"), carried(make, "broke on Tuesday. People", number=2)]
    first = say(trace_passages(TEXT, both, shown=len(TEXT)))[0]
    assert first == [
        ("The dam ", 0),
        ("broke ", 2),
        ("on Tuesday", 1),
        (". People", 2),
        (" fled.", 0),
    ]


def test_what_lies_between_without_a_letter_is_joined(make) -> None:
    both = [carried(make, "broke on Tuesday", "People fled.", "“We ran,”")]
    assert say(trace_passages(TEXT, both, shown=len(TEXT)))[0] == [
        ("The dam ", 0),
        ("broke on Tuesday. People fled.", 1),
    ]


def test_only_what_may_be_shown_is_given_but_shares_are_of_all(make) -> None:
    one = [carried(make, "Our own words end it.")]
    traced = trace_passages(TEXT, one, shown=span_of("broke")[0])
    assert say(traced) == [[("The dam ", 0)]]
    assert traced.cut
    assert traced.shares[0].percent > 20
    assert trace_passages(TEXT, one, shown=0).paragraphs == ()
    assert not trace_passages(TEXT, one, shown=len(TEXT)).cut


def test_whoever_has_nothing_in_it_is_not_named(make) -> None:
    empty = [carried(make), carried(make, "People", number=2)]
    traced = trace_passages(TEXT, empty, shown=len(TEXT))
    assert [(share.number, share.card.article_id) for share in traced.shares] == [(2, 2)]
    assert trace_passages("", empty, shown=0) == Traced(
        paragraphs=(), shares=(), own=100, cut=False
    )


def test_a_mark_alone_is_nobodys(make) -> None:
    alone = [Carried(card=make.card(), kind=LinkKind.COPY, spans=((37, 38),))]
    traced = trace_passages(TEXT, alone, shown=len(TEXT))
    assert not traced.shares
    assert [len(paragraph) for paragraph in traced.paragraphs] == [1, 1]


@given(st.lists(SPANS, max_size=9), st.integers(0, 100))
@examples(40)
def test_passages_give_the_text_whatever_the_spans(make, spans, shown: int) -> None:
    others = [
        Carried(card=make.card(article_id=number), kind=LinkKind.PARTIAL, spans=tuple(each))
        for number, each in enumerate(spans, start=1)
    ]
    traced = trace_passages(TEXT, others, shown=shown)
    said = "".join(piece.text for paragraph in traced.paragraphs for piece in paragraph)
    assert "".join(said.split()) == "".join(TEXT[:shown].split())
    assert len(traced.shares) <= MOST_OTHERS
    assert sum(share.share for share in traced.shares) <= 1.0001
    assert 0 <= traced.own <= 100
    for paragraph in traced.paragraphs:
        owners = [piece.share and piece.share.number for piece in paragraph]
        assert all(a != b for a, b in pairwise(owners))


def test_a_long_text_in_many_pieces_takes_little_time(make) -> None:
    text = "word " * 20_000
    spans = tuple((start, start + 4) for start in range(0, len(text), 10))
    other = Carried(card=make.card(), kind=LinkKind.COPY, spans=spans)
    began = time.process_time()
    assert trace_passages(text, [other] * MOST_OTHERS, shown=len(text)).own == 50
    assert time.process_time() - began < 3
