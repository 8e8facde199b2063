"""Statements of other languages: spans give their words, whatever the text, in linear time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.claims.languages import find_foreign, level_of
from dateline.claims.names import Names
from dateline.claims.page import Page
from dateline.model import (
    ClaimClues,
    Entity,
    EntityKind,
    Hedge,
    Statement,
    StatementKind,
)

NOBODY = Names(entities=())
LANGUAGES = ("de", "fr", "es", "ru", "uk", "el", "it", "pl", "ar", "hi", "tr", "zh", "ja", "ko")
PIECES = (
    *("„", "“", "«", "»", '"', "—", "– ", "(", ")", ": ", ", ", ". ", "\n\n", " ", "’", "-t-il "),
    *("sagte ", "er ", "Anna Beck", "laut ", "zufolge ", "dass ", "sei ", "soll ", "haben", "wie "),
    *("a déclaré ", "que ", "selon ", "dijo ", "según ", "сказал ", "что ", "по словам ", "είπε "),
    *(
        "ότι ",
        "сказав ",
        "قال ",
        "说",
        "「",
        "」",
        "と述べた",
        "말했다",
        "ने कहा ",
        "dedi ",
        "é",
        "𝔄",
    ),
)
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
)


def read(text: str, language: str) -> tuple[Statement, ...]:
    return find_foreign(Page(text, ClaimClues(language=language)), NOBODY)


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=TEXTS)
def test_spans_give_their_words(language: str, text: str) -> None:
    found = read(text, language)
    for number, one in enumerate(found):
        assert one.content == " ".join(text[start:end] for start, end in one.spans)
        assert all(0 <= start < end <= len(text) for start, end in one.spans)
        for words, span in (
            (one.speaker, one.source_span),
            (one.cue, one.cue_span),
            (one.told_to, one.told_to_span),
        ):
            assert words == (text[span[0] : span[1]] if span else "")
        assert one.inside is None or one.inside < number
        assert 0 < one.confidence <= 1
    assert [one.spans[0] for one in found] == sorted(one.spans[0] for one in found)


@pytest.mark.parametrize(
    ("language", "level"),
    [
        *((code, "full") for code in ("en", "de", "de-AT", "fr", "es", "ru", "uk", "el", "EL-gr")),
        *((code, "quotes") for code in ("it", "pt-BR", "nl", "pl", "tr", "vi", "ar", "he", "zh")),
        *((code, "none") for code in ("", "sw", "xx", "small")),
    ],
)
def test_the_level_of_a_language(language: str, level: str) -> None:
    assert level_of(language) == level


def test_a_language_that_is_not_read_gives_nothing() -> None:
    assert read("“Hatutaondoka,” alisema Juma.", "sw") == ()


def test_a_language_of_level_quotes_gives_only_words_in_marks() -> None:
    text = "Il ministro ha detto che il ponte apre. «È vero», ha detto la sindaca Laura Neri."
    assert [one.kind for one in read(text, "it")] == [StatementKind.DIRECT]


def test_a_quotation_of_several_paragraphs_is_one_statement() -> None:
    text = "Der Bürgermeister sagte: „Erst kam das Wasser.\n\n„Dann kam der Schlamm.“"
    (one,) = read(text, "de")
    assert one.content == "Erst kam das Wasser. Dann kam der Schlamm."
    assert (len(one.spans), one.speaker, one.kind) == (2, "Der Bürgermeister", StatementKind.DIRECT)


def test_a_cue_that_ends_its_paragraph_has_the_next_quotation() -> None:
    one = read("Der Bürgermeister sagte dazu:\n\n„Es reicht uns jetzt wirklich.“", "de")[-1]
    assert (one.content, one.speaker) == ("Es reicht uns jetzt wirklich.", "Der Bürgermeister")


def test_a_free_sentence_goes_on_with_the_speaker_before() -> None:
    text = "Minister Beck wies die Kritik zurück. Das Geld sei vorhanden."
    (one,) = read(text, "de")
    assert (one.content, one.speaker, one.cue) == ("Das Geld sei vorhanden", "Minister Beck", "")


def test_a_statement_inside_another_says_so() -> None:
    text = "Beck sagte, der Konzern habe mitgeteilt, das Werk werde geschlossen."
    outer, inner = read(text, "de")
    assert (outer.inside, inner.inside) == (None, 0)
    assert inner.content == "das Werk werde geschlossen"


def test_a_known_name_is_trusted_more() -> None:
    text = "„Der Damm hält“, sagte Clara Nowak."
    start = text.index("Clara")
    known = Entity(
        kind=EntityKind.PERSON,
        name="Clara Nowak",
        key="clara-nowak",
        mentions=((start, start + len("Clara Nowak")),),
    )
    page = Page(text, ClaimClues(language="de"))
    (plain,) = find_foreign(page, NOBODY)
    (named,) = find_foreign(page, Names(entities=(known,), text=text, language="de"))
    assert named.confidence > plain.confidence


def test_hearsay_has_no_speaker() -> None:
    (one,) = read("Le suspect aurait quitté le pays.", "fr")
    assert (one.hedge, one.speaker, one.source_span) == (Hedge.REPORTEDLY, "", None)


@pytest.mark.heavy
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "piece",
    [
        *(
            "„",
            "„a b c d e“ ",
            "sagte er, ",
            "und sagte ",
            "( ",
            ", ",
            "a b zufolge ",
            "— Да, — он ",
        ),
        *(
            "wie X, Chef, ",
            "Behauptung, dass ",
            "X sagte:\n\n",
            "“你好吗我很好”他说",
            "a-t-il ",
            "\ud800",
        ),
    ],
)
def test_hostile_text_is_read_to_its_end(language: str, piece: str) -> None:
    text = piece * (20_000 // len(piece))
    assert all(one.spans[-1][1] <= len(text) for one in read(text, language))
