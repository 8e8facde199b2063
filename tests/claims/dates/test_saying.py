"""When something was said: statements are made by hand, as their reader would give them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.claims.dates import date_statements, find_dates
from dateline.claims.page import Page
from dateline.model import ClaimClues, Span, Statement, StatementKind


def page_of(text: str, language: str = "en") -> Page:
    at = datetime(2022, 11, 11, 12, tzinfo=UTC)
    return Page(text, ClaimClues(language=language, published=at))


def said(text: str, content: str, source: str, cue: str, told: str = "") -> Statement:
    """Return a statement by its words: the content's first place, source and cue nearest to it."""
    start = text.index(content)
    span = (start, start + len(content))
    cue_span = nearest(text, cue, span)
    source_span = nearest(text, source, cue_span or span)
    return Statement(
        spans=(span,),
        content=content,
        kind=StatementKind.INDIRECT,
        speaker=source,
        source_span=source_span,
        cue=cue,
        cue_span=cue_span,
        speaker_resolved=source,
        told_to=told,
        told_to_span=nearest(text, told, span),
    )


def nearest(text: str, words: str, span: Span) -> Span | None:
    places = [at for at in range(len(text)) if words and text.startswith(words, at)]
    outside = [at for at in places if not span[0] <= at < span[1]]
    if not outside:
        return None
    at = min(outside, key=lambda at: min(abs(at - span[1]), abs(at + len(words) - span[0])))
    return at, at + len(words)


def days(text: str, statements: Sequence[Statement], language: str = "en") -> list[str]:
    page = page_of(text, language)
    dated = date_statements(page, find_dates(page), statements)
    return [str(statement.said_on or "") for statement in dated]


OWN = [
    ("Ms Ek said on Thursday that the dam held.", "the dam held", "Ms Ek", "said", "2022-11-10"),
    ("On Thursday, Ms Ek said the dam held.", "the dam held", "Ms Ek", "said", "2022-11-10"),
    ("The ministry on Monday denied the dam had burst on Sunday.",
     "the dam had burst on Sunday", "The ministry", "denied", "2022-11-07"),
    ("“The dam held on Sunday,” Ms Ek told reporters in Oslo on Monday.",
     "The dam held on Sunday", "Ms Ek", "told", "2022-11-07"),
    ("The dam burst on Sunday, Ms Ek said.", "The dam burst on Sunday", "Ms Ek", "said", ""),
    ("In an interview with a paper on Monday, Ms Ek said the dam held.",
     "the dam held", "Ms Ek", "said", "2022-11-07"),
    ("At a Wednesday briefing in Oslo, Ms Ek said the dam held.",
     "the dam held", "Ms Ek", "said", "2022-11-09"),
    ("After the flood on Monday, Ms Ek said the dam held.",
     "the dam held", "Ms Ek", "said", ""),
    ("Ms Ek, who was elected in 2019, said the dam held.", "the dam held", "Ms Ek", "said", ""),
    ("Ms Ek said after the flood on Monday: the dam held.", "the dam held", "Ms Ek", "said", ""),
    ("Ms Ek answered on Monday, saying the dam held.",
     "the dam held", "Ms Ek", "saying", "2022-11-07"),
    ("Ms Ek estimated in June that 20 dams leaked.",
     "20 dams leaked", "Ms Ek", "estimated", "2022-06"),
    ("Ms Ek now says the dam held.", "the dam held", "Ms Ek", "says", ""),
    ("Ms Ek said the dam would be opened on Monday.",
     "the dam would be opened on Monday", "Ms Ek", "said", ""),
    ("The dam leaked in March, Ms Ek told the paper at the time.",
     "The dam leaked in March", "Ms Ek", "told", "2022-03"),
    ("Last week, authorities in Bergen announced that the dam held.",
     "the dam held", "authorities in Bergen", "announced", "2022-10-31/2022-11-06"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "content", "source", "cue", "expected"), OWN)
def test_the_date_of_a_saying(
    text: str, content: str, source: str, cue: str, expected: str
) -> None:
    assert days(text, [said(text, content, source, cue)]) == [expected]


@pytest.mark.parametrize(
    ("language", "text", "content", "source", "cue", "expected"),
    [
        ("de", "Der Damm halte, sagte Frau Ek am Montag.", "Der Damm halte", "Frau Ek", "sagte",
         "2022-11-07"),
        ("fr", "« Le barrage tient », a déclaré Mme Ek lundi.", "Le barrage tient", "Mme Ek",
         "déclaré", "2022-11-07"),
        ("es", "La presa resiste, dijo Ek el lunes.", "La presa resiste", "Ek", "dijo",
         "2022-11-07"),
        ("ru", "В понедельник Эк заявила, что плотина устояла.", "плотина устояла", "Эк", "заявила",
         "2022-11-07"),
        ("uk", "У понеділок Ек заявила, що гребля встояла.", "гребля встояла", "Ек", "заявила",
         "2022-11-07"),
        ("el", "Το φράγμα άντεξε, δήλωσε η Εκ τη Δευτέρα.", "Το φράγμα άντεξε", "η Εκ", "δήλωσε",
         "2022-11-07"),
    ],
)  # fmt: skip
def test_other_languages(
    language: str, text: str, content: str, source: str, cue: str, expected: str
) -> None:
    assert days(text, [said(text, content, source, cue)], language) == [expected]


PASSAGE = (
    "Ms Ek praised the crews during her visit to Oslo on Thursday. “The dam held,” Ms Ek said. "
    "“Nobody was hurt,” she added.\n\nMr Dahl said on Monday that the gates leaked. “We knew,” he "
    "said.\n\n“Repairs will cost millions,” he added.\n\nMs Ek rejected that."
)


def test_a_speakers_passage_keeps_its_date() -> None:
    ek, dahl = "Ms Ek", "Mr Dahl"
    statements = [
        said(PASSAGE, "The dam held", ek, "said"),
        said(PASSAGE, "Nobody was hurt", ek, "added"),
        said(PASSAGE, "the gates leaked", dahl, "said"),
        said(PASSAGE, "We knew", dahl, "said"),
        said(PASSAGE, "Repairs will cost millions", dahl, "added"),
        said(PASSAGE, "that", ek, "rejected"),
    ]
    thursday, monday = "2022-11-10", "2022-11-07"
    assert days(PASSAGE, statements) == [thursday, thursday, monday, monday, monday, ""]


def test_an_event_that_is_a_saying_is_as_far_away_as_is_said() -> None:
    text = "Ms Ek said on Tuesday that crews left, two days after Oslo announced that it would pay."
    statements = [
        said(text, "crews left", "Ms Ek", "said"),
        said(text, "it would pay", "Oslo", "announced"),
    ]
    assert days(text, statements) == ["2022-11-08", "2022-11-06"]


def test_the_order_of_the_statements_does_not_count() -> None:
    text = (
        "Oslo, which calls the dam “safe”, estimated in June that 20 dams leaked and claimed that "
        "3 burst."
    )
    statements = [
        said(text, "3 burst", "Oslo", "claimed"),
        said(text, "20 dams leaked", "Oslo", "estimated"),
        said(text, "safe", "Oslo", "calls"),
    ]
    assert days(text, statements) == ["2022-06", "2022-06", ""]


def test_the_sayings_of_the_seed(shared: Path) -> None:
    text = (shared / "seed" / "article.txt").read_text("utf-8")
    moscow = "Moscow"
    rows = [
        ("We have recorded the Russian announcement of withdrawal from Kherson",
         "Mr Stoltenberg", "said", "2022-11-10"),
        ("We will have to see how the situation develops on the ground in the coming days",
         "he", "added", "2022-11-10"),
        ("Russia continues to struggle in the war in Ukraine, which began on February 24",
         "The head of NATO", "emphasized", ""),
        ("Ukrainian troops had recaptured 40 locations around Kherson as Russia’s army withdrew",
         "Volodymyr Zelensky", "said", "2022-11-10"),
        ("its units deployed in Kherson would leave the key city", moscow, "announced",
         "2022-11-09"),
        ("The young man – around 20 years old – was killed on Wednesday during a battle",
         "Hirokazu Matsuno", "told", ""),
        ("About 20,000 foreign volunteers, mainly from European states, responded in March",
         "Dmytro Kuleba", "told", "2022-03"),
        ("the foreigners involved in the hostilities as “mercenaries”", moscow, "describes", ""),
        ("their number was around 7,000", moscow, "estimated", "2022-06"),
        ("2,000 of them had been killed since hostilities began", moscow, "claimed", "2022-06"),
        ("a 25-year-old Taiwanese national who fought in the war in Ukraine",
         "authorities in Taipei", "announced",
         "2022-10-31/2022-11-06"),
    ]  # fmt: skip
    named = {"Mr Stoltenberg", "he", "The head of NATO"}
    resolved = [
        replace(made, speaker_resolved="Jens Stoltenberg") if made.speaker in named else made
        for made in (said(text, content, source, cue) for content, source, cue, _ in rows)
    ]
    assert days(text, resolved) == [expected for *_, expected in rows]


@given(st.data())
@examples(80)
def test_no_statement_defeats_it(data: st.DataObject) -> None:
    words = st.sampled_from(
        ["said", "on", "Monday", ",", "“", "a day after", "Ek", "last week", ".", "\n\n"]
    )
    text = " ".join(data.draw(st.lists(words, max_size=30)))
    span = st.tuples(st.integers(0, 90), st.integers(0, 90)).map(
        lambda ends: (min(ends), max(ends))
    )
    statement = st.builds(
        Statement,
        spans=st.lists(span, max_size=3).map(tuple),
        content=st.just(""),
        kind=st.just(StatementKind.DIRECT),
        speaker=st.sampled_from(["", "Ek", "he"]),
        source_span=st.none() | span,
        cue=st.sampled_from(["", "said"]),
        cue_span=st.none() | span,
        told_to_span=st.none() | span,
        said_on=st.none(),
    )
    statements = data.draw(st.lists(statement, max_size=6))
    page = page_of(text)
    dated = date_statements(page, find_dates(page), statements)
    assert len(dated) == len(statements)
    assert all(
        a.spans == b.spans and a.speaker == b.speaker
        for a, b in zip(dated, statements, strict=True)
    )


@pytest.mark.heavy
def test_long_hostile_texts_are_dated_in_one_pass() -> None:
    text = "Ek said on Monday " * 4000
    statements = [
        said(text[:18], "on", "Ek", "said"),
    ] * 4000
    assert len(days(text, statements)) == 4000
