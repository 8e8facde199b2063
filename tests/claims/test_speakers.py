"""Whom statements are from, with statements made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.claims.work import count_calls
from tests.examples import examples

from dateline.claims.names import find_names
from dateline.claims.page import Page
from dateline.claims.places import place_statements
from dateline.claims.speakers import add_pronouns, name_hearers, resolve_speakers
from dateline.model import ClaimClues, EntityKind, Span, Statement, StatementKind


def make_statement(text: str, source: Span, content: Span | None = None) -> Statement:
    return Statement(
        spans=(content,) if content else (),
        content=text[slice(*content)] if content else "",
        kind=StatementKind.INDIRECT,
        speaker=text[slice(*source)],
        source_span=source,
        cue="said",
        cue_span=None,
    )


def mark(text: str) -> tuple[str, list[Span]]:
    """Return a text without its square brackets, and what stood in them."""
    plain, spans, start = "", [], 0
    for letter in text:
        if letter == "[":
            start = len(plain)
        elif letter == "]":
            spans.append((start, len(plain)))
        else:
            plain += letter
    return plain, spans


def resolve(text: str, language: str = "en") -> list[Statement]:
    plain, sources = mark(text)
    page = Page(plain, ClaimClues(language=language))
    names = find_names(page)
    statements = [make_statement(plain, source) for source in sources]
    return list(place_statements(page, names, resolve_speakers(page, names, statements)))


CASES = [
    ("[Ann Vale] said so. [She] added more.", ["Ann Vale", "Ann Vale"]),
    ("[Mr Marsh] said so. [He] added more.", ["Marsh", "Marsh"]),
    ("Peter Marsh met Ann Vale. [She] said no, [he] said yes.", ["Ann Vale", "Peter Marsh"]),
    ("Peter Marsh, [who] said no, left.", ["Peter Marsh"]),
    ("Peter Marsh, the mayor of Lyon, [who] said no, left.", ["Peter Marsh"]),
    ("Peter Marsh met officials [who] said no.", ["who"]),
    ("[Moscow] announced it. [Washington] agreed.", ["Moscow", "Washington"]),
    ("It rained, [the government in Tokyo] said.", ["the government in Tokyo"]),
    (
        "[A teacher at the school] said Ann Vale was ill. [She] added more.",
        ["a teacher at the school", "a teacher at the school"],
    ),
    ("[The spokesman] said Ann Vale was ill. [She] added more.", ["the spokesman", "Ann Vale"]),
    ("[Devon and Cornwall Police] said so.", ["Devon and Cornwall Police"]),
    (
        "[The Royal Society for the Care of Owls] said so.",
        ["the Royal Society for the Care of Owls"],
    ),
    ("[UN officials] said so.", ["UN officials"]),
    ("[The letter to Ann Vale] said so.", ["the letter to Ann Vale"]),
    ("[Authorities in Taipei] said so.", ["Authorities in Taipei"]),
    ("[A spokesman for the Foreign Ministry] said so.", ["a spokesman for the Foreign Ministry"]),
    ("[Two officials] said so. [They] would not say more.", ["Two officials", "Two officials"]),
    ("According to [a cable from the Jiji news agency], he died.", ["Jiji"]),
    ("[A statement by Ann Vale] said so.", ["Ann Vale"]),
    ("[A report by the World Food Programme] said so.", ["World Food Programme"]),
    ("[The mayor, Ann Vale,] said so. [The mayor] left.", ["Ann Vale", "Ann Vale"]),
    ("NATO Secretary General Jens Brandt came. [The head of NATO] spoke.", ["Jens Brandt"]),
    ("Peter Marsh’s lawyer left. [Marsh’s lawyer] said so.", ["Marsh’s lawyer"]),
    ("[Ann Vale and Peter Marsh] said so.", ["Ann Vale and Peter Marsh"]),
    ("[He] said so.", ["He"]),
    ("Ann Vale left. [He] said so.", ["He"]),
    ("[It] said so.", ["It"]),
    ("“No,” [she] said. Ann Vale left.", ["she"]),
]


def test_what_someone_says_at_length_brings_nobody_farther_away() -> None:
    said = "It hurt. It went on. It was long. It was cold. It was dark. It was late."
    text = f"Ann Vale saw Jane Marsh come in. Vale said: “{said}” She added more."
    page = Page(text, ClaimClues(language="en"))
    at, pronoun = text.index("Vale said"), text.index("She")
    spoken = make_statement(text, (at, at + 4), (text.index("It"), text.index("”")))
    first = replace(spoken, kind=StatementKind.DIRECT)
    second = make_statement(text, (pronoun, pronoun + 3))
    resolved = resolve_speakers(page, find_names(page), [first, second])
    assert [one.speaker_resolved for one in resolved] == ["Ann Vale", "Ann Vale"]


@pytest.mark.parametrize(("text", "speakers"), CASES, ids=[text for text, _ in CASES])
def test_speakers(text: str, speakers: list[str]) -> None:
    assert [one.speaker_resolved for one in resolve(text)] == speakers


FOREIGN = [
    ("de", "[Olaf Brandt] sagte ab. Nach [Angaben der UN] fehlt Geld.", ["Olaf Brandt", "UN"]),
    ("de", "Angela Brandis ging. [Sie] sagte nichts.", ["Angela Brandis"]),
    ("fr", "« Non », a dit [Claire Fontaine]. [Elle] est partie.", ["Claire Fontaine"] * 2),
    ("es", "[El presidente de Chile, Rodrigo Salas,] habló.", ["Rodrigo Salas"]),
    ("ru", "Сказал [президент Андрей Лазарев]. [Лазарев] ушёл.", ["Андрей Лазарев"] * 2),
    ("uk", "Заявила [Олена Гнатюк]. [Вона] пішла.", ["Олена Гнатюк"] * 2),
    ("el", "Είπε [ο πρωθυπουργός Νίκος Παπαδάκης].", ["Νίκος Παπαδάκης"]),
]


@pytest.mark.parametrize(("language", "text", "speakers"), FOREIGN)
def test_speakers_in_other_languages(language: str, text: str, speakers: list[str]) -> None:
    assert [one.speaker_resolved for one in resolve(text, language)] == speakers


def test_what_is_filled() -> None:
    one = resolve("Danish Foreign Minister Karen Holst left. [Holst] said so.")[0]
    assert one.speaker_key == "karen-holst"
    assert one.speaker_kind is EntityKind.PERSON
    assert one.role == "Danish Foreign Minister"


def test_an_unnamed_speaker_has_no_kind_and_a_slug() -> None:
    one = resolve("[The two officials] said so.")[0]
    assert (one.speaker_kind, one.speaker_key) == (None, "two-officials")
    assert one.speaker_resolved == "the two officials"


def test_i_is_who_speaks_around_it() -> None:
    text, (outer, inner) = mark("[Ann Vale] said [I] think so.")
    page = Page(text, ClaimClues(language="en"))
    statements = [make_statement(text, outer), make_statement(text, inner)]
    nested = [statements[0], replace(statements[1], inside=0)]
    found = resolve_speakers(page, find_names(page), nested)
    assert [one.speaker_resolved for one in found] == ["Ann Vale", "Ann Vale"]


def test_pronouns_become_mentions_of_their_person() -> None:
    text, sources = mark("[Ann Vale] said so. [She] left.")
    page = Page(text, ClaimClues(language="en"))
    names = find_names(page)
    told = resolve_speakers(page, names, [make_statement(text, one) for one in sources])
    more = add_pronouns(names, told)
    assert [text[slice(*span)] for span in more.entities[0].mentions] == ["Ann Vale", "She"]


PLACES = [
    ("[Ann Vale] told reporters in Geneva that it was over.", ["Geneva"]),
    ("During her visit to Rome, [Ann Vale] said no.", ["Rome"]),
    ("Speaking at a rally in Ohio, [Ann Vale] said no. [She] added yes.", ["Ohio", "Ohio"]),
    ("BERLIN (AP) — [Ann Vale] said no.", [""]),
    ("[Ann Vale] said troops had left Kherson.", [""]),
    ("Ann Vale was in Lyon. [She] said no.", [""]),
    ("Ann Vale arrived in Rome for a visit to Italy. [Vale] said no.", ["Rome"]),
    ("[Ann Vale] spoke of the war in Mali.", [""]),
]


@pytest.mark.parametrize(("text", "places"), PLACES, ids=[text for text, _ in PLACES])
def test_places_of_statements(text: str, places: list[str]) -> None:
    assert [one.place for one in resolve(text)] == places


@examples(150)
@given(
    st.text(max_size=120), st.lists(st.tuples(st.integers(0, 130), st.integers(0, 130)), max_size=4)
)
def test_any_statements_of_any_text_are_kept(text: str, spans: list[Span]) -> None:
    page = Page(text, ClaimClues(language="en"))
    names = find_names(page)
    given_ = [make_statement(text, span, span) for span in spans]
    found = place_statements(page, names, resolve_speakers(page, names, given_))
    assert [one.spans for one in found] == [one.spans for one in given_]
    assert len(found) == len(given_)


@pytest.mark.heavy
@pytest.mark.parametrize("piece", ["Ann Vale [he] in Paris, ", "[Ann Vale, who] ", "[she] said. "])
def test_hostile_statements_take_work_by_their_number(piece: str) -> None:
    def measure(count: int) -> int:
        plain, sources = mark(piece * count)
        page = Page(plain, ClaimClues(language="en"))
        names = find_names(page)
        statements = [make_statement(plain, source) for source in sources]
        return count_calls(
            lambda: place_statements(page, names, resolve_speakers(page, names, statements))
        )

    measure(10)
    small, large = measure(150), measure(1200)
    assert large < 16 * max(small, 500)  # eight times as many; a square would be sixty-four


HEARERS = [
    ("en", "Ann Vale told [the American television network CNN] so.", "CNN"),
    ("en", "Ann Vale told [Prime Minister Tom Marsh] so.", "Tom Marsh"),
    ("en", "Ann Vale told [CNN] so.", "CNN"),
    ("en", "Ann Vale told [the press] so.", "the press"),
    ("en", "Ann Vale told [a committee of the Senate] so.", "a committee of the Senate"),
    ("en", "Ann Vale told [reporters in Paris] so.", "reporters in Paris"),
    ("en", "Ann Vale told [the BBC and CNN] so.", "the BBC and CNN"),
    ("de", "Das sagte Anna Vahl [der Zeitung Spiegel].", "Spiegel"),
]


@pytest.mark.parametrize(("language", "marked", "told"), HEARERS)
def test_hearers_are_named(language: str, marked: str, told: str) -> None:
    text, spans = mark(marked)
    page = Page(text, ClaimClues(language=language))
    statement = replace(
        make_statement(text, (0, 8)), told_to=text[slice(*spans[0])], told_to_span=spans[0]
    )
    named = name_hearers(page, find_names(page), [statement])[0]
    assert named.told_to == told
    assert named.told_to_span == spans[0]


@examples(60)
@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_hearers_of_any_text(text: str, first: int, last: int) -> None:
    page = Page(text, ClaimClues(language="en"))
    span = (min(first, last, len(text)), min(max(first, last), len(text)))
    statement = replace(make_statement(text, (0, 0)), told_to=text[slice(*span)], told_to_span=span)
    named = name_hearers(page, find_names(page), [statement])[0]
    assert named.told_to in text[slice(*span)]


def test_a_pronoun_of_nobody_known_meets_no_others() -> None:
    (said,) = resolve("[It] said that rain would come.")
    assert (said.speaker_resolved, said.speaker_key, said.speaker_kind) == ("It", "", None)
