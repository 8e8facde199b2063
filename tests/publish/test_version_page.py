"""Which notes of correction an article's page tells of."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dateline.model import Rights, Version
from dateline.publish.version_page import list_corrections

FIRST = "The dam broke at noon. Thirty-one were hurt.\n\nMore follows."
NOTE = "Correction: It broke at ten. The mayor had said noon."
UPDATE = "Update: Two more were found."


@pytest.fixture
def list_notes(make):
    def run(*told: tuple[str, str], rights: Rights = Rights.FULL, start: int = 1):
        versions = [
            Version(
                number=number,
                seen_at=make.now + timedelta(hours=number),
                reading=make.reading(headline=headline, text=text, html=None),
                fingerprint="",
            )
            for number, (headline, text) in enumerate(told, start=start)
        ]
        found = list_corrections(versions, replace(make.source(rights), excerpt_words=12))
        return [(each.number, each.note) for each in found]

    return run


def test_a_change_without_a_note_is_no_correction(list_notes) -> None:
    assert list_notes(("Dam", FIRST), ("Dam", FIRST.replace("noon", "ten"))) == []
    assert list_notes() == []


def test_a_note_belongs_to_the_version_in_which_it_first_stood(list_notes) -> None:
    noted = f"{FIRST}\n\n{NOTE}"
    told = [("Dam", FIRST), ("Dam", noted), ("Dam", f"{noted}\n\n{UPDATE}")]
    assert list_notes(*told) == [(2, NOTE)]


def test_every_note_counts_and_none_twice(list_notes) -> None:
    other = "Clarification: The dam is the upper one."
    both = f"{NOTE}\n\n{FIRST}\n\n{other}\n\n{NOTE}"
    told = [("Dam", FIRST), ("Dam", f"{NOTE}\n\n{FIRST}"), ("Dam", both)]
    assert list_notes(*told) == [(2, NOTE), (3, other)]


def test_a_note_that_was_there_from_the_first_came_with_no_later_version(list_notes) -> None:
    noted = f"{FIRST}\n\n{NOTE}"
    assert list_notes(("Dam", noted), ("Dam", f"{noted}\n\nMore.")) == []
    # Where older versions are not listed, the oldest that is stands for them.
    assert list_notes(("Dam", noted), ("Dam", f"{noted}\n\nMore."), start=4) == [(4, NOTE)]


def test_a_headline_may_be_the_note(list_notes) -> None:
    assert list_notes(("Dam", FIRST), ("CORRECTED: Dam", FIRST)) == [(2, "CORRECTED: Dam")]


def test_a_note_that_may_not_be_shown_is_not_told(list_notes) -> None:
    told = [("Dam", FIRST), ("Dam", f"{FIRST}\n\n{NOTE}")]
    for rights in (Rights.EXCERPT, Rights.HEADLINE):
        assert list_notes(*told, rights=rights) == []
