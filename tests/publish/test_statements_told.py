"""A statement as feeds and structured data tell it: quotation, report, and what was not said."""

from types import SimpleNamespace

import pytest
from tests.publish.feed_cases import SITE

from dateline.model import EntityKind, Hedge, Statement, StatementKind
from dateline.publish.channels import make_entry_item
from dateline.publish.jsonld_pages import describe_statement
from dateline.publish.manner_words import say_words
from dateline.publish.speaking import speak

DIRECT, INDIRECT, MIXED = StatementKind.DIRECT, StatementKind.INDIRECT, StatementKind.MIXED


def say(*pieces: str, kind: StatementKind = DIRECT, **given: object) -> Statement:
    spans, at = [], 0
    for piece in pieces:
        spans.append((at, at + len(piece)))
        at += len(piece) + 9
    values: dict[str, object] = {
        "spans": tuple(spans),
        "content": " ".join(pieces),
        "kind": kind,
        "speaker": "Vale",
        "source_span": None,
        "cue": "said",
        "cue_span": None,
    }
    return Statement(**(values | given))  # type: ignore[arg-type]


@pytest.fixture
def enter(make):
    def run(statement: Statement, language: str = "en", speaker: str = "Ann Vale"):
        card = make.card(1, language=language)
        told = SimpleNamespace(
            id=7,
            speaker=speaker,
            speaker_kind=EntityKind.PERSON,
            first=SimpleNamespace(card=card),
        )
        said = SimpleNamespace(statement=statement, language=language)
        wording = SimpleNamespace(
            content=statement.content, witness=SimpleNamespace(card=card, said=said)
        )
        return SimpleNamespace(entry=told, shown=wording)

    return run


@pytest.mark.parametrize(
    ("statement", "title", "note"),
    [
        (say("We won."), "Ann Vale: “We won.”", "said · in quotation marks"),
        (
            say("We won,", "and they lost."),
            "Ann Vale: “We won,” … “and they lost.”",
            "said · in quotation marks",
        ),
        (
            say("they had won", kind=INDIRECT),
            "Ann Vale: they had won",
            "said · in the words of the report",
        ),
        (
            say("they had “won”", kind=MIXED, cue=""),
            "Ann Vale: they had “won”",
            "partly in quotation marks",
        ),
        (
            say("they had won", kind=INDIRECT, cue="denied", hedge=Hedge.DENIED),
            "Ann Vale: Denied: they had won",
            "denied · in the words of the report",
        ),
        (
            say("they had won", kind=INDIRECT, cue="did not say", negated=True),
            "Ann Vale (did not say): they had won",
            "did not say · in the words of the report",
        ),
        (
            say("they had won", kind=INDIRECT, cue="", hedge=Hedge.REPORTEDLY),
            "Ann Vale: they had won",
            "reported without saying by whom · in the words of the report",
        ),
    ],
)
def test_an_item_says_whose_words_it_has(make, enter, statement, title, note) -> None:
    item = make_entry_item(SITE, enter(statement), make.source())
    assert item.title == title
    assert item.note == note
    assert item.html.endswith(f"<p>{note}</p>")
    assert f"<p>{item.summary}</p>" in item.html
    assert item.title.endswith(item.summary)


def test_without_a_speaker_the_words_stand_alone(make, enter) -> None:
    assert make_entry_item(SITE, enter(say("We won."), speaker=""), None).title == "“We won.”"


@pytest.mark.parametrize(
    ("language", "first", "last"), [("de", "„", "“"), ("fr-CA", "«", "»"), ("pl", "„", "”")]
)
def test_words_stand_in_the_marks_of_their_language(make, enter, language, first, last) -> None:
    summary = make_entry_item(SITE, enter(say("We won."), language), None).summary
    assert (summary[0], summary[-1]) == (first, last)
    assert "We won." in summary


@pytest.mark.parametrize("language", ["und", "", "sw", "xx-YY"])
def test_where_we_do_not_speak_it_the_marks_are_the_sites(make, enter, language) -> None:
    assert make_entry_item(SITE, enter(say("We won."), language), None).summary == "“We won.”"


def test_empty_words_have_no_marks() -> None:
    assert say_words(speak("en"), say("", " ")) == ""


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        (say("We won."), "Quotation"),
        (say("they had won", kind=INDIRECT), "Claim"),
        (say("they had “won”", kind=MIXED), "Claim"),
        (say("Nonsense!", hedge=Hedge.DENIED), "Quotation"),
    ],
)
def test_only_direct_speech_is_a_quotation(enter, statement, kind) -> None:
    words = describe_statement(SITE, enter(statement), ("Name", "/statement/7"))["mainEntity"]
    assert isinstance(words, dict)
    assert words["@type"] == kind
    assert words["text"] == statement.content
    assert words["spokenByCharacter" if kind == "Quotation" else "author"]["name"] == "Ann Vale"
    assert words["isPartOf" if kind == "Quotation" else "appearance"]["headline"] == "Headline 1"


@pytest.mark.parametrize(
    "statement",
    [
        say("they had won", kind=INDIRECT, hedge=Hedge.DENIED),
        say("they had won", kind=MIXED, hedge=Hedge.WITHDRAWN),
        say("they had won", kind=INDIRECT, negated=True),
        say("We won.", negated=True),
    ],
)
def test_what_someone_does_not_stand_by_is_not_told_as_theirs(enter, statement) -> None:
    record = describe_statement(SITE, enter(statement), ("Name", "/statement/7"))
    assert "mainEntity" not in record
