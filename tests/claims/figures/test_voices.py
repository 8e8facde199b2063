"""Who may be named beside a number: somebody who speaks, or nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.claims.figures.voices import may_own
from dateline.model import EntityKind, Statement, StatementKind


def said(speaker: str, **more: object) -> Statement:
    plain: dict[str, object] = {
        "spans": ((0, 1),),
        "content": "x",
        "kind": StatementKind.INDIRECT,
        "speaker": speaker,
        "source_span": (1, 1 + len(speaker)),
        "cue": "said",
        "cue_span": None,
        "speaker_resolved": speaker,
        "speaker_key": speaker.casefold().replace(" ", "-"),
        "confidence": 0.97,
    }
    return Statement(**(plain | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "speaker"),
    [
        ("en", "officials"),
        ("en", "two law enforcement sources"),
        ("en", "a spokeswoman for the ambulance service"),
        ("en", "South Korea’s military"),
        ("en", "the harbour master"),
        ("en", "CoinMarketCap"),
        ("de", "die Polizei in Bremen"),
        ("fr", "la préfecture de police"),
        ("es", "los bomberos"),
    ],
)
def test_who_speaks_may_own_a_number(language: str, speaker: str) -> None:
    assert may_own(said(speaker), f" {speaker} said", language)


@pytest.mark.parametrize(
    "speaker",
    [
        "the suburbs of New York City",
        "the statement",
        "a statement from the ministry",
        "the launch",
        "Story",
        "the world",
        "its website",
        "anything, Japan has been too passive",
    ],
)
def test_what_does_not_speak_owns_none(speaker: str) -> None:
    assert not may_own(said(speaker), f"\n{speaker} said", "en")


def test_only_a_statement_that_pages_show_gives_a_number_an_owner() -> None:
    assert may_own(said("Ann Vale", speaker_kind=EntityKind.PERSON), "", "en")
    assert not may_own(said("Ann Vale", speaker_kind=EntityKind.PERSON, confidence=0.5), "", "en")
    assert not may_own(said("it", speaker_key=""), "", "en")


@given(st.text(max_size=300), st.sampled_from(["en", "de", "fr", "es", "ru", ""]))
def test_any_source_is_judged(speaker: str, language: str) -> None:
    assert may_own(said(speaker), speaker, language) in (True, False)
