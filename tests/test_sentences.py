import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.sentences import split_paragraphs, split_sentences

MARKS = st.text(alphabet=' \n\n.!?…。！？؟;“”"«»()aBcΔδ9٣今ด\u00a0', max_size=120)


def split(text: str, language: str = "") -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("en", "It rained. It stopped! Why?", ["It rained.", "It stopped!", "Why?"]),
        (
            "en",
            "Mr. J. R. Smith of No. 5 left. He ran.",
            ["Mr. J. R. Smith of No. 5 left.", "He ran."],
        ),
        ("en", "“I heard it. I ran.” She did.", ["“I heard it.", "I ran.”", "She did."]),
        ("en", '"Why?" he asked. Nobody knew.', ['"Why?" he asked.', "Nobody knew."]),
        ("en", "The price is 4.8 billion. Up!", ["The price is 4.8 billion.", "Up!"]),
        (
            "de",
            "Er kam am 3. Mai. Dr. Kern, z.B., ging.",
            ["Er kam am 3. Mai.", "Dr. Kern, z.B., ging."],
        ),
        ("en", "He came 3. Then 4.", ["He came 3.", "Then 4."]),
        ("fr", "« Qui ? » a dit M. Roux. Rien.", ["« Qui ? » a dit M. Roux.", "Rien."]),
        ("es", "¿Quién? ¡Nadie! La Sra. Paz calló.", ["¿Quién?", "¡Nadie!", "La Sra. Paz calló."]),
        ("uk", "Ціна 5 млн. грн. Усе. Кінець.", ["Ціна 5 млн. грн. Усе.", "Кінець."]),
        ("el", "Τι έγινε; Ο κ. Λούρης έφυγε.", ["Τι έγινε;", "Ο κ. Λούρης έφυγε."]),
        ("ar", "ماذا حدث؟ لا أحد يعرف. قال ذلك.", ["ماذا حدث؟", "لا أحد يعرف.", "قال ذلك."]),
        ("zh", "他说：“下雨。明天呢？”他走了。", ["他说：“下雨。", "明天呢？”", "他走了。"]),
        ("ja", "雨だ。晴れた！", ["雨だ。", "晴れた！"]),
        ("hi", "यह हुआ। फिर गया।", ["यह हुआ।", "फिर गया।"]),
        ("en", "No mark here\n\nNor here", ["No mark here", "Nor here"]),
        ("en", "One line\ngoes on. Next.", ["One line\ngoes on.", "Next."]),
        ("", " \n\n ", []),
    ],
)
def test_sentences(language: str, text: str, sentences: list[str]) -> None:
    assert split(text, language) == sentences


@given(MARKS)
@examples(50)
def test_sentences_are_in_order_and_lose_only_white_space(text: str) -> None:
    spans = split_sentences(text, "de")
    ends = [place for span in spans for place in span]
    assert ends == sorted(ends)
    assert all(start < end for start, end in spans)
    said = "".join("".join(text[start:end].split()) for start, end in spans)
    assert said == "".join(text.split())


@given(MARKS)
@examples(40)
def test_every_sentence_lies_in_one_paragraph(text: str) -> None:
    paragraphs = split_paragraphs(text)
    for start, end in split_sentences(text):
        assert sum(left <= start and end <= right for left, right in paragraphs) == 1


@pytest.mark.heavy
@pytest.mark.parametrize("piece", ["!. ", "a.b.", "\n \n", "“. ", "; ", "Dr. ", "。"])
def test_time_grows_with_the_length_alone(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    began = time.process_time()
    split_sentences(text)
    assert time.process_time() - began < 3
