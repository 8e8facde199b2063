"""Dates of sentences in many languages, as data beside the tests, and what holds of all."""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.claims.dates import find_dates
from dateline.claims.dates.words import LANGUAGES, load_words
from dateline.claims.page import Page
from dateline.model import ClaimClues, DateMention, DateRange

FOLDER = Path(__file__).parents[1] / "data" / "dates"
RECORDS = [
    record
    for path in sorted(FOLDER.glob("*.toml"))
    for record in tomllib.loads(path.read_text("utf-8"))["sentence"]
]


def find(text: str, language: str = "en", published: str | None = "2022-11-11") -> list[Any]:
    at = datetime.fromisoformat(f"{published}T12:00:00+00:00") if published else None
    return list(find_dates(Page(text, ClaimClues(language=language, published=at))))


def told(mentions: list[DateMention]) -> list[tuple[str, str]]:
    return [(mention.text, str(mention.range or "?")) for mention in mentions]


@pytest.mark.parametrize("record", RECORDS, ids=[record["text"][:60] for record in RECORDS])
def test_the_dates_of_a_sentence(record: dict[str, Any]) -> None:
    found = find(record["text"], record["language"], record.get("published"))
    expected = [
        DateRange(first=date.fromisoformat(true["from"]), last=date.fromisoformat(true["to"]))
        if "from" in true
        else None
        for true in record["dates"]
    ]
    assert [mention.range for mention in found] == expected, told(found)
    for mention, true in zip(found, record["dates"], strict=True):
        assert mention.text in true["text"] or true["text"] in mention.text


def test_there_are_enough_of_them() -> None:
    dates = [true for record in RECORDS for true in record["dates"]]
    assert len(RECORDS) >= 200 and len(dates) >= 250
    assert {record["language"] for record in RECORDS} >= set(LANGUAGES)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "2022-03-04"),
        ("en-US", "2022-03-04"),
        ("en-GB", "2022-04-03"),
        ("fr", "2022-04-03"),
        ("xx", "2022-04-03"),
    ],
)
def test_slashes_are_read_as_the_region_writes_them(language: str, written: str) -> None:
    assert told(find("Signed 3/4/2022.", language)) == [("3/4/2022", written)]


def test_the_day_is_that_of_the_outlets_clock() -> None:
    at = datetime(2022, 11, 10, 20, tzinfo=UTC)
    clues = ClaimClues(language="en", published=at, offset_minutes=540)
    (mention,) = find_dates(Page("It rained yesterday.", clues))
    assert str(mention.range) == "2022-11-10"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A narrative day is counted from the date before it, as long as that is near and one day.
        ("He fled on 3 May. The following week he was caught.", "2022-05-10"),
        ("He fled in May. The next day he was caught.", "?"),
        ("He fled on 3 May." + " It rained and rained." * 60 + " The next day he left.", "?"),
        ("In 2019 the firm failed. That year 300 others did.", "2019"),
        ("She won on 9 November 1989, and the following Monday she spoke.", "1989-11-13"),
    ],
)
def test_dates_that_start_from_another(text: str, expected: str) -> None:
    assert told(find(text))[-1][1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They will sign on Friday.", "2022-11-11"),
        ("They signed on Friday.", "2022-11-11"),
        ("They will sign on Thursday.", "2022-11-17"),
        ("He said they would sign on Thursday.", "2022-11-17"),
        ("They planned a strike for Monday.", "2022-11-14"),
        ("The aid will be delivered on Monday.", "2022-11-14"),
        ("They told us that it failed on Monday.", "2022-11-07"),
        ("They must decide by June.", "2023-06"),
        ("By June, prices had doubled.", "2022-06"),
        ("The fair, which will open in May, was delayed.", "2023-05"),
        ("The fair takes place on 20 November.", "2022-11-20"),
        ("The fair took place on 20 November.", "2021-11-20"),
        ("The fair opens on Thursday.", "2022-11-17"),
        ("The fair, which has stalls, opened on Thursday.", "2022-11-10"),
        ("A guide who works at the fair and plays the flute was robbed on Thursday.", "2022-11-10"),
        ("The race in the old town began on Thursday.", "2022-11-10"),
        ("The trial is on Thursday.", "2022-11-17"),
        ("He is suspected of arson on Thursday.", "2022-11-10"),
        ("The vote will not be held on Thursday.", "2022-11-17"),
        ("They moved in before the parade on 20 November.", "2022-11-20"),
        ("He wants to know who phoned on Thursday.", "2022-11-10"),
        ("The choir told her on 10 November that it sings.", "2022-11-10"),
        ("The clerk must file the papers due by 10 November.", "2022-11-10"),
    ],
)
def test_words_around_a_date_tell_past_from_future(text: str, expected: str) -> None:
    assert told(find(text))[-1][1] == expected


def test_the_dates_of_the_seed(shared: Path) -> None:
    found = dict(told(find((shared / "seed" / "article.txt").read_text("utf-8"))))
    assert found["yesterday Thursday"] == found["last night"] == "2022-11-10"
    assert found["February 24"] == "2022-02-24"
    assert found["this week"] == "2022-11-07/2022-11-13"
    assert (found["Wednesday"], found["February"]) == ("2022-11-09", "2022-02")
    assert (found["March"], found["at the time"], found["June"]) == (
        "2022-03",
        "2022-03",
        "2022-06",
    )
    assert found["Last week"] == "2022-10-31/2022-11-06"
    assert len(found) == 11


def pieces(language: str) -> st.SearchStrategy[str]:
    words = sorted(load_words(language).entries or load_words("en").entries)
    numbers = st.integers(0, 40) | st.integers(1890, 2210) | st.integers(0, 10**9)
    marks = st.sampled_from(
        [*" .,;:-–/()'’\n\"“”", "\n\n", " 24.02.", "1-2", "30/2/2021", "29 February"]
    )
    return st.sampled_from(words) | numbers.map(str) | marks | st.text(max_size=4)


@given(st.data(), st.sampled_from((*LANGUAGES, "pl", "zh", "", "x y", "../en")))
@examples(150)
def test_no_text_and_no_day_defeats_it(data: st.DataObject, language: str) -> None:
    parts = data.draw(st.lists(pieces(language), max_size=30))
    glue = data.draw(st.sampled_from([" ", ""]))
    published = data.draw(
        st.none() | st.datetimes() | st.sampled_from([datetime.min, datetime.max])  # noqa: DTZ901
    )
    at = published and published.replace(tzinfo=UTC)
    offset = data.draw(st.sampled_from([None, -720, 840]))
    clues = ClaimClues(language=language, published=at, offset_minutes=offset)
    text = glue.join(parts)
    end = 0
    for mention in find_dates(Page(text, clues)):
        start, stop = mention.span
        assert end <= start < stop
        assert mention.text == text[start:stop]
        assert mention.range is None or mention.range.first <= mention.range.last
        end = stop


@pytest.mark.heavy
@pytest.mark.parametrize(
    "piece",
    ["last ", "a day after ", "1 ", "May ", "from Monday to ", "the ", "1-", "Monday,", "2019–",
     "“", "of the ", "early ", "Easter ", "in two days ",
     "the week of ", "the 27th ", "summer "],
)  # fmt: skip
def test_long_hostile_texts_are_read_in_one_pass(piece: str) -> None:
    assert isinstance(find(piece * (60_000 // len(piece))), list)
