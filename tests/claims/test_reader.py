"""A whole reading: every span gives its words, whatever the text and its language."""

import json
import lzma
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.claims.reader import MADE_BY, read_claims
from dateline.model import ClaimClues, Claims, Span

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench"
PUBLISHED = datetime(2022, 11, 11, 12, tzinfo=UTC)
# Of each published set so many texts are read, evenly; all where this is set.
ALL = bool(os.environ.get("DATELINE_TEST_ALL"))
MOST = 60
SETS = {
    "events_giveme5w1h": "en",
    "events_ecbplus_train": "en",
    "events_itn_2018_2022": "",
    "events_vietnamese_a": "vi",
    "reuters21578_docs": "en",
    "polnear_train": "en",
    "polnear_dev": "en",
    "german_quotes_train": "de",
    "german_quotes_dev": "de",
    "newsquant_a": "en",
}


def read(text: str, language: str) -> Claims:
    return read_claims(text, ClaimClues(language=language, published=PUBLISHED))


def check_spans(text: str, claims: Claims) -> None:
    def words(span: Span) -> str:
        assert 0 <= span[0] < span[1] <= len(text)
        return text[span[0] : span[1]]

    for said in claims.statements:
        assert said.content == " ".join(words(span) for span in said.spans)
        assert sorted(said.spans) == list(said.spans)
        assert said.source_span is None or words(said.source_span) == said.speaker
        assert said.cue_span is None or words(said.cue_span)
        assert said.told_to_span is None or words(said.told_to_span)
        assert said.inside is None or 0 <= said.inside < len(claims.statements)
        assert 0 <= said.confidence <= 1
        assert said.speaker_resolved or not said.speaker
    for figure in claims.figures:
        assert figure.text == words(figure.span)
        assert figure.counts_span is None or words(figure.counts_span) == figure.counts
        assert figure.statement is None or 0 <= figure.statement < len(claims.statements)
    for date in claims.dates:
        assert words(date.span) == date.text
        assert date.range is None or date.range.first <= date.range.last
    for entity in claims.entities:
        assert entity.mentions and all(words(span) for span in entity.mentions)


@examples(60)
@given(
    st.text(max_size=400),
    st.sampled_from(["en", "de", "fr", "es", "ru", "uk", "el", "ar", "ja", ""]),
)
def test_spans_give_their_words_in_any_text(text: str, language: str) -> None:
    check_spans(text, read(text, language))


def test_a_reading_says_by_whom_and_how_much_is_read() -> None:
    text = "“The dam will hold,” Mayor Ann Vale told Reuters on Thursday. Some 200 people left."
    claims = read(text, "en")
    check_spans(text, claims)
    (said,) = claims.statements
    assert (said.content, said.speaker_resolved, said.told_to) == (
        "The dam will hold",
        "Ann Vale",
        "Reuters",
    )
    assert str(said.said_on) == "2022-11-10"
    (figure,) = claims.figures
    assert (figure.text, figure.value, figure.approximate) == ("Some 200 people", 200, True) or (
        figure.text,
        figure.value,
    ) == ("Some 200", 200)
    assert (claims.made_by, claims.level) == (MADE_BY, "full")
    assert read("", "en") == Claims(level="full", made_by=MADE_BY)
    assert read(text, "xx").level == "none"


@pytest.mark.suite
@pytest.mark.parametrize("name", SETS)
def test_spans_of_published_texts_give_their_words(name: str) -> None:
    path = BENCH / f"{name}.jsonl.xz"
    if not path.is_file():
        pytest.skip(f"../shared/bench/{path.name} is not present")
    texts = list(read_texts(path))
    step = 1 if ALL else max(1, len(texts) // MOST)
    for text, language in texts[::step]:
        check_spans(text, read(text, SETS[name] or language))


def read_texts(path: Path) -> Iterator[tuple[str, str]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield record.get("text") or record.get("body") or "", record.get("lang") or ""


def test_a_quotation_that_is_broken_off_has_two_pieces() -> None:
    text = "“We leave,” Ann Vale said, “when the water comes.”"
    (said,) = read(text, "en").statements
    assert said.pieces == tuple(text[slice(*span)] for span in said.spans)
    assert " ".join(said.pieces) == said.content and len(said.pieces) == 2
