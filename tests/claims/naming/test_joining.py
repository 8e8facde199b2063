"""A speaker who is no person, in several cases."""

import pytest

from dateline.claims.reader import read_claims
from dateline.model import ClaimClues

CASES = [
    (
        "de",
        "Der Generalstab teilte mit, dass der Damm hält. Nach Worten des Generalstabs regnet es.",
        "der Generalstab",
    ),
    ("ru", "Полиция сообщила, что дорога закрыта. По данным полиции, водитель цел.", "Полиция"),
    (
        "uk",
        "За даними Генштабу флоту, шторм минув. Генштаб флоту повідомив, що кораблі цілі.",
        "Генштаб флоту",
    ),
]


@pytest.mark.parametrize(("language", "text", "name"), CASES)
def test_a_source_in_another_case_is_the_subject(language: str, text: str, name: str) -> None:
    said = read_claims(text, ClaimClues(language=language)).statements
    assert len(said) == 2 and {one.speaker_resolved for one in said} == {name}
    assert len({one.speaker_key for one in said}) == 1
    assert all(text[slice(*one.source_span)] == one.speaker for one in said if one.source_span)


def test_other_words_stay_apart() -> None:
    text = "Полиция города сообщила, что дорога закрыта. По данным полиции, водитель цел."
    keys = {one.speaker_key for one in read_claims(text, ClaimClues(language="ru")).statements}
    assert len(keys) == 2


def test_an_owner_in_the_genitive_is_not_who_speaks() -> None:
    text = "Глава МИД Украины заявил, что мост цел. Власти Киева сообщили, что свет есть."
    said = read_claims(text, ClaimClues(language="ru")).statements
    assert [one.speaker_resolved for one in said] == ["Глава МИД Украины", "Власти Киева"]
