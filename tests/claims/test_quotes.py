"""Quotations are found in every typography, and never lose their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.claims.page import Page
from dateline.claims.quotes import Quote, find_quotes, trim_content
from dateline.model import ClaimClues

MARKS = "“”„\"«»‹›‘’‚'「」『』—–"


def quotes_of(text: str, language: str = "en") -> tuple[Quote, ...]:
    return find_quotes(Page(text, ClaimClues(language=language)))


def words_of(text: str, language: str = "en") -> list[str]:
    return [
        " / ".join(text[start:end] for start, end in quote.spans)
        for quote in quotes_of(text, language)
    ]


CASES = [
    ("en", "“We go,” she said. “We stay.”", ["We go,", "We stay."]),
    ("en", '"We go," she said. "We stay."', ["We go,", "We stay."]),
    ("en", "''We go,'' she said. ``We stay.''", ["We go,", "We stay."]),
    ("en", "‘We go,’ the players’ union said. ‘The bosses’ men.’", ["We go,", "The bosses’ men."]),
    ("en", "'We can't,' he said, 'and won't.'", ["We can't,", "and won't."]),
    ("en", "‘Twas the ’90s, rock ’n’ roll and the workers’ rights.", []),
    ("en", 'He is 6\'2" tall and it is 5" wide.', []),
    ("en", "“He told me ‘never’ and left,” she said.", ["He told me ‘never’ and left,", "never"]),
    ("en", "''They say 'no,''' he said.", ["They say 'no,'", "no,"]),
    ("en", '"I said "no" to him," she said.', ['I said "no" to him,', "no"]),
    ("en", '"We go, he said. "We stay," he said.', ["We go,", "We stay,"]),
    ("en", "“One.\n\n“Two.\n\n“Three.” He left.", ["One. / Two. / Three."]),
    ("en", '"One.\n"Two," he said.', ["One. / Two,"]),
    ("en", "“One.\n\nTwo, he said.\n\n“Three.”", ["One.", "Three."]),
    ("en", "“One (“two”)”", ["One (“two”)", "two"]),
    ("en", "„Wir", ["Wir"]),
    ("en", "“We go.“ He left.", ["We go."]),
    ("en", "“”", []),
    (
        "de",
        "„Wir gehen“, sagte er. „Ein ‚Nein‘ reicht.“",
        ["Wir gehen", "Ein ‚Nein‘ reicht.", "Nein"],
    ),
    ("de", "»Wir gehen«, sagte er, »und ›nie‹ zurück.«", ["Wir gehen", "und ›nie‹ zurück.", "nie"]),
    ("fr", "« Nous partons », a-t-il dit.", ["Nous partons"]),
    ("fr", "«\u00a0L’accord est “mort”\u00a0», dit-elle.", ["L’accord est “mort”", "mort"]),
    ("fr", "« Un.\n\n« Deux.\n\n» Trois », dit-elle.", ["Un. / Deux. / Trois"]),
    ("fr", "— Nous partons, dit-elle.", ["Nous partons, dit-elle."]),
    ("sv", "”Vi går”, sade hon om ”Kalle”.", ["Vi går", "Kalle"]),
    ("fi", "»Me menemme», hän sanoi.", ["Me menemme"]),
    ("pl", "„Idziemy” – powiedziała.", ["Idziemy"]),
    (
        "ru",
        "«Мы идём, — сказал он. — „Нет“ — не ответ».",
        ["Мы идём, — сказал он. — „Нет“ — не ответ", "Нет"],
    ),
    ("ru", "— Мы идём, — сказал он. — Это — победа.", ["Мы идём, / Это — победа."]),
    ("es", "—Nos vamos —dijo Juan—. Adiós.", ["Nos vamos / Adiós."]),
    ("el", "«Φεύγουμε», είπε.", ["Φεύγουμε"]),
    ("ja", "彼は「行く。『はい』と聞いた」と述べた。", ["行く。『はい』と聞いた", "はい"]),
    ("zh", "他说:“我们走。”", ["我们走。"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_quotations_of_every_typography(language: str, text: str, expected: list[str]) -> None:
    assert words_of(text, language) == expected


SCARE = [
    ("They call it a “special operation” there.", True),
    ("It was, he said, a “special operation that nobody asked for here”.", False),
    ("“No,” he said.", False),
    ("He said: “No.”", False),
    ("He asked, “Why?”", False),
]


@pytest.mark.parametrize(("text", "is_scare"), SCARE)
def test_few_words_inside_a_clause_may_be_no_speech(text: str, is_scare: bool) -> None:
    (quote,) = quotes_of(text)
    assert quote.is_scare is is_scare


def test_nested_and_unclosed_are_told() -> None:
    outer, inner = quotes_of("“He told me ‘never’ and left")
    assert (outer.inside, outer.is_closed) == (None, False)
    assert (inner.inside, inner.is_closed) == (0, True)


def test_the_comma_that_the_cue_asks_for_is_left_out() -> None:
    text = "“We go,” she said."
    (quote,) = quotes_of(text)
    assert trim_content(text, quote.spans) == ((1, 6),)
    assert text[slice(*quote.outer)] == "“We go,”"


@given(
    st.text(alphabet=st.one_of(st.sampled_from(MARKS + " \n.,a1s"), st.characters()), max_size=200),
    st.sampled_from(["en", "de", "fr", "ru", "es", "ja", ""]),
)
def test_quotations_lie_in_order_inside_their_marks(text: str, language: str) -> None:
    quotes = quotes_of(text, language)
    assert [quote.outer[0] for quote in quotes] == sorted({quote.outer[0] for quote in quotes})
    for quote in quotes:
        edges = [edge for span in quote.spans for edge in span]
        assert edges == sorted(edges)
        assert quote.outer[0] < edges[0] and edges[-1] <= quote.outer[1] <= len(text)
        assert all(text[start:end].strip() == text[start:end] != "" for start, end in quote.spans)
        trim_content(text, quote.spans)
        if quote.inside is not None:
            assert quotes[quote.inside].outer[0] < quote.outer[0]


@pytest.mark.heavy
@pytest.mark.parametrize(
    "piece", ['"', '"a ', "“a ", "'a ", "‘a ", "s’ a", "``", "“a\n\n", "«", "a"]
)
def test_marks_without_end_are_read(piece: str) -> None:
    quotes_of(piece * (100_000 // len(piece)))
