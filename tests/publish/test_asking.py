"""The language of the search box: every operator, hostile input, the way there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.publish.asking import (
    LONGEST,
    Operator,
    Part,
    find_unknown,
    parse_search,
    write_search,
)

OP = Operator


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("flood", [Part("flood")]),
        ("flood warning", [Part("flood"), Part("warning")]),
        ('"state of emergency"', [Part("state of emergency")]),
        (
            "„zwei Wörter“ «trois mots» 「四」",
            [Part("zwei Wörter"), Part("trois mots"), Part("四", quoted=True)],
        ),
        ('rockets "rockets"', [Part("rockets"), Part("rockets", quoted=True)]),
        (
            '-"rockets" "roc"*',
            [Part("rockets", without=True, quoted=True), Part("roc", prefix=True)],
        ),
        ("-warning", [Part("warning", without=True)]),
        ('-"old town"', [Part("old town", without=True)]),
        ("well-known", [Part("well-known")]),
        ("evacuat*", [Part("evacuat", prefix=True)]),
        ("*", [Part("*")]),
        ('"state of emerg"*', [Part("state of emerg", prefix=True)]),
        ("outlet:bbc", [Part("bbc", OP.OUTLET)]),
        ('OUTLET:"BBC News"', [Part("BBC News", OP.OUTLET)]),
        ("-outlet:bbc", [Part("bbc", OP.OUTLET, without=True)]),
        ('said-by:"Ilse Marten"', [Part("Ilse Marten", OP.SAID_BY)]),
        ("person:NATO place:Kherson", [Part("NATO", OP.PERSON), Part("Kherson", OP.PLACE)]),
        (
            "lang:de from:2026-05-01 to:2026",
            [
                Part("de", OP.LANGUAGE),
                Part("2026-05-01", OP.SINCE),
                Part("2026", OP.UNTIL),
            ],
        ),
        ("said-by:=ilse-marten", [Part("ilse-marten", OP.SAID_BY, exact=True)]),
        ('-person:="a b"', [Part("a b", OP.PERSON, without=True, exact=True)]),
        ('person:"=a" place:=', [Part("=a", OP.PERSON), Part("=", OP.PLACE)]),
        ("outlet:=bbc", [Part("=bbc", OP.OUTLET)]),
        ("story:12 section:World", [Part("12", OP.STORY), Part("World", OP.SECTION)]),
        ("title:x", [Part("title:x")]),
        ("outlet:", [Part("outlet:")]),
        ("outlet: bbc", [Part("bbc", OP.OUTLET)]),
        ('-person: "Ilse Marten"', [Part("Ilse Marten", OP.PERSON, without=True)]),
        ("person: place:Kherson", [Part("person:"), Part("Kherson", OP.PLACE)]),
        ("flood OR storm", [Part("flood", either=(Part("storm"),))]),
        (
            "river flood OR storm OR 'sea' rain",
            [
                Part("river"),
                Part("flood", either=(Part("storm"), Part("'sea'"))),
                Part("rain"),
            ],
        ),
        ('"old town" OR bridge', [Part("old town", either=(Part("bridge"),))]),
        ("lang:de OR lang:fr", [Part("de", OP.LANGUAGE), Part("fr", OP.LANGUAGE)]),
        ("flood AND storm", [Part("flood"), Part("storm")]),
        ("flood NOT storm", [Part("flood"), Part("storm", without=True)]),
        ("flood AND NOT outlet:bbc", [Part("flood"), Part("bbc", OP.OUTLET, without=True)]),
        ("NOT -storm", [Part("storm", without=True)]),
        ("flood or storm not rain", [Part(w) for w in ["flood", "or", "storm", "not", "rain"]]),
        ("OR", [Part("OR")]),
        ("AND OR OR", [Part("AND"), Part("OR")]),
        ('cats "AND" dogs', [Part("cats"), Part("AND"), Part("dogs")]),
        ("flood OR", [Part("OR", idle=True), Part("flood")]),
        ("flood OR person:x", [Part("OR", idle=True), Part("flood"), Part("x", OP.PERSON)]),
        (
            "flood OR -x NOT",
            [
                Part("OR", idle=True),
                Part("flood"),
                Part("x", without=True),
                Part("NOT", idle=True),
            ],
        ),
        ("floo* OR x", [Part("OR", idle=True), Part("floo", prefix=True), Part("x")]),
        ('outlet:"" x', [Part("x")]),
        ('open "quote', [Part("open"), Part("quote")]),
        ('-"open', [Part("-"), Part("open")]),
        ("twice twice", [Part("twice")]),
        ("a:b:c - --x", [Part("a:b:c"), Part("-"), Part("--x")]),
    ],
)
def test_parts(text: str, parts: list[Part]) -> None:
    assert list(parse_search(text)) == parts


PIECES = [
    '"',
    "“",
    "-",
    "*",
    ":",
    " ",
    "outlet:",
    "from:",
    "said-by:",
    "=",
    "a",
    "é",
    "\u00a0",
    "\x00",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=60).map("".join))
def test_what_is_read_is_written_and_read_again(text: str) -> None:
    parts = parse_search(text)
    again = parse_search(write_search(parts)[:LONGEST])
    assert again == parts or len(write_search(parts)) > LONGEST


def test_input_is_bounded_and_read_in_one_pass() -> None:
    for hostile in ('"' * 10**6, "-" * 10**6, "outlet:" * 10**5, "„a" * 10**5, "a " * 10**6):
        assert len(parse_search(hostile)) <= 3


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("site:cnn.com source:cnn SITE:x", ["site", "source", "SITE"]),
        ("outlet:x 10:30 https://a.example c::d re: x: é:x", []),
        ('title:x title:y "author:z w"', ["title", "author"]),
    ],
)
def test_what_looks_like_an_operator_and_is_none(text: str, unknown: list[str]) -> None:
    assert find_unknown(parse_search(text)) == unknown
