"""Figures of written cases in seven languages, of the seed, of statements and dates, of any text.

A case file has one text a line; under it, set in, the figures that must be found in it, in order:
value (or low..high; >= and <= where it is a bound; ~ where it is rough; up and down before it
where it is a change), unit, and the words of what is counted.
"""

import math
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.claims.figures import find_figures
from dateline.claims.page import Page
from dateline.model import (
    ClaimClues,
    DateMention,
    DateRange,
    EntityKind,
    Figure,
    Span,
    Statement,
    StatementKind,
)

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
LANGUAGES = ("en", "de", "fr", "es", "ru", "uk", "el", "pl", "zh", "")


def figures_of(text: str, language: str = "en") -> tuple[Figure, ...]:
    return find_figures(Page(text, ClaimClues(language=language)), (), ())


def show(figure: Figure) -> str:
    if figure.value is None:
        number = f"{figure.low:.10g}..{figure.high:.10g}"
    elif figure.low == figure.value:
        number = f">={figure.value:.10g}"
    elif figure.high == figure.value:
        number = f"<={figure.value:.10g}"
    else:
        number = f"{figure.value:.10g}"
    number = f"{figure.change} {'~' * figure.approximate}{number}".strip()
    return f"{number} | {figure.unit} | {figure.counts}".rstrip()


def read_cases() -> list[tuple[str, str, list[str]]]:
    cases: list[tuple[str, str, list[str]]] = []
    for path in CASES:
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("    "):
                cases[-1][2].append(line.strip())
            else:
                cases.append((path.stem, line, []))
    return cases


@pytest.mark.parametrize(("language", "text", "expected"), read_cases())
def test_written_cases(language: str, text: str, expected: list[str]) -> None:
    assert [show(figure) for figure in figures_of(text, language)] == expected


def test_there_are_cases_enough() -> None:
    cases = read_cases()
    assert len(cases) >= 200
    assert {language for language, _, _ in cases} >= {"en", "de", "fr", "es", "ru", "uk", "el"}


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("it", "Sono morte 1.250 persone", 1250, "person"),
        ("it", "Il 12,5% dei voti", 12.5, "percent"),
        ("it", "Costa 3 miliardi di dollari", 3e9, ""),
        ("pt", "São 3 milhões de euros", 3e6, ""),
        ("nl", "Er zijn 20 mensen gedood", 20, "person"),
        ("pl", "Zginęło 20 osób", 20, "person"),
        ("pl", "To kosztuje 1,2 mln złotych", 1.2e6, "Polish zloty"),
        ("tr", "2 milyon dolar", 2e6, "dollar"),
        ("ar", "قتل 20 شخصا", 20, "person"),
        ("zh", "3万人死亡", 30000, "person"),
        ("zh", "价值1.2亿美元的合同", 1.2e8, "dollar"),
        ("ja", "25%増えた", 25, "percent"),
        ("ko", "5만 명", 50000, "person"),
        ("hi", "2 करोड़ लोग", 2e7, "person"),
        ("", "€25", 25, "euro"),
    ],
)
def test_other_languages(language: str, text: str, value: float, unit: str) -> None:
    (figure,) = figures_of(text, language)
    assert (figure.value, figure.unit) == (value, unit)


# Texts and what holds of them


def check_laws(text: str, figures: tuple[Figure, ...]) -> None:
    for figure in figures:
        start, end = figure.span
        assert 0 <= start < end <= len(text)
        numbers = [n for n in (figure.value, figure.low, figure.high) if n is not None]
        assert numbers and all(map(math.isfinite, numbers))
        low, high = figure.low, figure.high
        for smaller, larger in ((low, figure.value), (figure.value, high), (low, high)):
            assert smaller is None or larger is None or smaller <= larger
        if figure.counts_span is None:
            assert not figure.counts
        else:
            assert figure.counts == text[slice(*figure.counts_span)] != ""
    starts = [figure.span[0] for figure in figures]
    assert starts == sorted(starts)


MADE_OF = (
    "about 20 1,250.50 3-4 to from between and one twenty hundred thousand million half a third of "
    "them their number percent % $ € kg km/h people killed (60 miles) rose fell 2019 June - – . , "
    "in five year-old doubled zwei hundert tausend und Prozent deux cent quatre - vingt dix sur de "
    "двадцать тысяч из три 25 - летний 万 ½ US$ 1.2bn m over up dozens or more"
)
WORDS = st.sampled_from(MADE_OF.split())


@given(st.lists(WORDS, max_size=25), st.sampled_from(LANGUAGES))
def test_laws_of_words_that_figures_are_made_of(words: list[str], language: str) -> None:
    text = " ".join(words)
    check_laws(text, figures_of(text, language))


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_laws_of_any_text(text: str, language: str) -> None:
    check_laws(text, figures_of(text, language))


@pytest.mark.heavy
@pytest.mark.parametrize(
    "text",
    [
        "9" * 20_000,
        "9," * 8_000,
        "hundred thousand million " * 2_000,
        "twenty-" * 8_000,
        "zweihundertfünfzigtausend" * 2_000,
        "1 " * 20_000,
        "1-" * 20_000,
        "from 5 to " * 2_000,
        "5 of them " * 2_000,
        "$" * 40_000,
        "about " * 8_000 + "5",
        "½" * 40_000,
        "3万" * 12_000,
        "A 5 " * 8_000,
        "(" * 50_000 + "5" + ")" * 20_000,
    ],
    ids=lambda text: text[:20],
)
@pytest.mark.parametrize("language", ["en", "de"])
def test_hostile_texts_end(text: str, language: str) -> None:
    check_laws(text, figures_of(text, language))


# Whose figures they are, and as of when


def state(text: str, content: str, speaker: str, said_on: DateRange | None = None) -> Statement:
    start = text.index(content)
    return Statement(
        spans=((start, start + len(content)),),
        content=content,
        kind=StatementKind.INDIRECT,
        speaker=speaker,
        source_span=None,
        cue="said",
        cue_span=None,
        speaker_resolved=speaker,
        speaker_key=speaker.casefold(),
        speaker_kind=EntityKind.PERSON,
        said_on=said_on,
    )


def month(year: int, number: int, last: int) -> DateRange:
    return DateRange(first=date(year, number, 1), last=date(year, number, last))


def mention(text: str, words: str, when: DateRange) -> DateMention:
    start = text.index(words)
    return DateMention(text=words, span=(start, start + len(words)), range=when)


def test_a_figure_is_of_its_innermost_statement() -> None:
    text = "Rivers said that Stone had told him that 40 boats sank. He saw 3 of them."
    statements = (
        state(text, "Stone had told him that 40 boats sank", "Rivers"),
        state(text, "40 boats sank", "Stone"),
    )
    boats, seen = find_figures(Page(text, ClaimClues(language="en")), statements, ())
    assert (boats.by, boats.by_key, boats.statement) == ("Stone", "stone", 1)
    assert (seen.by, seen.by_key, seen.statement) == ("", "", None)
    assert seen.counts == "boats"


def test_a_figure_holds_as_of_the_date_beside_it_else_as_it_was_said() -> None:
    june, may = month(2022, 6, 30), month(2022, 5, 31)
    text = "Moss said that 40 boats sank. As of May, 300 boats were left, he said."
    statements = (
        state(text, "40 boats sank", "Moss", june),
        state(text, "As of May, 300 boats were left", "Moss", june),
    )
    dates = (mention(text, "May", may),)
    sunk, left = find_figures(Page(text, ClaimClues(language="en")), statements, dates)
    assert (sunk.as_of, left.as_of) == (june, may)


def test_the_days_since_when_something_goes_on_are_no_as_of() -> None:
    text = "The club lost 40 members since May."
    dates = (mention(text, "May", month(2022, 5, 31)),)
    (figure,) = find_figures(Page(text, ClaimClues(language="en")), (), dates)
    assert figure.as_of is None


def test_known_dates_are_no_figures() -> None:
    text = "Three days ago, 12 ships left."
    dates = (mention(text, "Three days ago", month(2022, 5, 31)),)
    (figure,) = find_figures(Page(text, ClaimClues(language="en")), (), dates)
    assert (figure.value, figure.counts) == (12, "ships")


def read_day(text: str) -> DateRange | None:
    if len(text) != 7:
        return None
    year, number = map(int, text.split("-"))
    return month(year, number, 31 if number == 3 else 30)


def test_seed(shared: Path) -> None:
    text = (shared / "seed" / "article.txt").read_text("utf-8")
    reading = tomllib.loads((shared / "seed" / "reading.toml").read_text("utf-8"))
    plain = text.replace("’", "'")
    statements = []
    for row in reading["statement"]:
        content = row.get("content", row.get("quote")).replace("’", "'")
        if content in plain:
            start = plain.index(content)
            literal = text[start : start + len(content)]
            said_on = read_day(row.get("said_on", ""))
            statements.append(state(text, literal, row["speaker"], said_on))
    found = find_figures(Page(text, ClaimClues(language="en")), statements, ())
    check_laws(text, found)
    counted = [figure for figure in found if figure.unit != "year of age"]
    wanted = reading["figure"]
    assert [figure.value for figure in counted] == [row["value"] for row in wanted]
    assert [figure.by for figure in counted] == [row["by"] for row in wanted]
    assert [figure.approximate for figure in counted] == [
        row.get("approximate", False) for row in wanted
    ]
    assert [str(figure.as_of or "") for figure in counted] == [
        row.get("as_of", "") for row in wanted
    ]
    assert [figure.counts for figure in counted] == [
        "locations around Kherson",
        "foreign volunteers",
        "foreigners involved in the hostilities",
        "foreigners involved in the hostilities",
    ]
    ages = [figure.value for figure in found if figure.unit == "year of age"]
    assert ages == [20, 25]


def spans_of(figures: tuple[Figure, ...]) -> list[Span]:
    return [figure.span for figure in figures]


def test_a_figure_stands_with_the_words_that_bound_it() -> None:
    text = "It cost up to €25 million, or about $28m."
    assert [text[a:b] for a, b in spans_of(figures_of(text))] == ["up to €25 million", "about $28m"]
