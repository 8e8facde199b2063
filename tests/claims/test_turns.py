"""What is later denied or withdrawn, and above all what is neither."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.claims.turn_cases import Pair, find_turns, load_pairs

from dateline.claims.reader import read_claims
from dateline.claims.turns import make_saying
from dateline.model import ClaimClues, Hedge, Statement, StatementKind

PAIRS = load_pairs()
# Forms of a verb in quotations; "X, the head, on Friday retracted"; a name of which nobody can tell
# what it names.
MISSED = {"headlong quote", "apposition", "third: company it"}
# Greek reported speech is not sure enough to be shown, so nothing is drawn from it.
MISSED |= {"el: διέψευσε", "el: ανακάλεσε"}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_pairs_of_reports(pair: Pair) -> None:
    expected = {(pair.link, True)} if pair.link and pair.name not in MISSED else set()
    assert find_turns(pair) == expected


def test_there_are_enough_pairs_of_each_kind() -> None:
    kinds = [pair.link for pair in PAIRS]
    assert kinds.count("denies") >= 12 and kinds.count("withdraws") >= 12 and kinds.count("") >= 25


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "Anna Smith withdrew her claim that the dam was unsafe.",
            "Anna Smith",
            "the dam was unsafe",
        ),
        (
            "The ministry retracted an earlier statement that the army had fled, and said sorry.",
            "The ministry",
            "the army had fled",
        ),
        (
            "Smith walked back her much repeated remarks that nurses earn more.",
            "Smith",
            "nurses earn more",
        ),
        (
            "The singer has apologized for having said that the town was dull.",
            "The singer",
            "the town was dull",
        ),
    ],
)
def test_what_is_taken_back_is_read(text: str, speaker: str, content: str) -> None:
    statements = read_claims(text, ClaimClues(language="en")).statements
    (said,) = [one for one in statements if one.content == content]
    assert (said.hedge, said.speaker, said.negated) == (Hedge.WITHDRAWN, speaker, False)
    assert said.confidence >= 0.8


@pytest.mark.parametrize(
    "text",
    [
        "The general withdrew his troops from the town that they had taken.",
        "Smith will withdraw her claim that the dam was unsafe.",
        "Smith never withdrew her claim that the dam was unsafe.",
        "If Smith withdrew her claim that the dam was unsafe, all would be well.",
        "Smith threatened to retract her statement that the dam was unsafe.",
        "The company withdrew its offer that was made in May.",
        "The paper retracted Ann Roe's report that the dam was unsafe.",
        "They walked back to the house that they had sold.",
        "Smith apologised for the delay that the storm had caused.",
    ],
)
def test_what_is_not_taken_back_is_not_said_to_be(text: str) -> None:
    statements = read_claims(text, ClaimClues(language="en")).statements
    assert all(said.hedge is not Hedge.WITHDRAWN for said in statements)


@pytest.mark.parametrize(
    ("text", "hedges"),
    [
        ("Anna Smith rejected the idea that taxes kill jobs.", {Hedge.DENIED}),
        ("Anna Smith dismissed the reports that the plant would close.", {Hedge.DENIED}),
        ("Anna Smith rejected the offer of the rival firm.", {Hedge.SAID}),
        ("Anna Smith denied the government had dropped its plan.", {Hedge.DENIED}),
        ("China denied any of its ships were there.", {Hedge.DENIED}),
        ("The university rebutted Exxon's accusation that it had lied.", {Hedge.DENIED}),
        ("The minister dismissed the idea of a new tax.", {Hedge.SAID}),
        ("Anna Smith denied saying that the town was dull.", {Hedge.DENIED}),
        ("The government denied his party the victory.", set()),
        ("The board denied an application by the firm to export gas.", set()),
        ("The team denied it entry to the stadium that was sold out.", set()),
    ],
)
def test_what_is_denied_is_told_from_what_is_refused(text: str, hedges: set[Hedge]) -> None:
    statements = read_claims(text, ClaimClues(language="en")).statements
    assert {said.hedge for said in statements if said.confidence >= 0.6} == hedges


def say(content: str, hedge: Hedge = Hedge.SAID, **more: object) -> Statement:
    return Statement(
        spans=((0, len(content)),),
        content=content,
        kind=StatementKind.INDIRECT,
        speaker="Smith",
        source_span=None,
        cue="",
        cue_span=None,
        hedge=hedge,
        **more,  # type: ignore[arg-type]
    )


def test_what_was_denied_is_compared_without_its_noun() -> None:
    saying = make_saying(say("reports that the plant would close", Hedge.DENIED), "en", {})
    assert saying.denied and saying.content == "the plant would close"
    plain = make_saying(say("reports that the plant would close"), "en", {})
    assert not plain.denied and plain.content == "reports that the plant would close"


def test_knowledge_that_is_denied_leaves_open_what_is_known() -> None:
    saying = make_saying(say("knowing that the plant would close", Hedge.DENIED), "en", {})
    assert saying.withheld


@given(st.text(max_size=200), st.sampled_from(Hedge), st.sampled_from(["en", "de", "fr", "zh"]))
def test_any_words_make_a_saying(content: str, hedge: Hedge, language: str) -> None:
    saying = make_saying(say(content, hedge), language, {"word": 1})
    assert set(saying.terms) <= {"word"}
    assert all(part in content for part in saying.content.split())
