"""Credits: whom an article names as its source, and what is only a name."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.origins.agencies import CreditClues, find_credits

NO_CLUES = CreditClues()
SEED = Path(__file__).parents[2].parent / "shared" / "seed" / "article.txt"

CREDITED = [
    ("PARIS (Reuters) - The president said on Monday.", "reuters", "dateline"),
    ("WASHINGTON, Nov 11 (Reuters) - The president spoke.", "reuters", "dateline"),
    ("(AP) — A man was found.", "ap", "dateline"),
    ("AFP - Le président a parlé.", "afp", "dateline"),
    ("Berlin (dpa) - Der Kanzler sprach.", "dpa", "dateline"),
    ("МОСКВА, 11 ноября. /ТАСС/. Президент выступил.", "tass", "dateline"),
    ("КИЇВ. 11 листопада. УНН. Президент заявив.", "unn", "dateline"),
    ("The fire was put out, a spokesman told AFP.", "afp", "in text"),
    ("The minister told the American television network CNN at the time.", "cnn", "in text"),
    ("He spoke, according to the BBC.", "bbc", "in text"),
    ("The ship sank, Reuters reported on Friday.", "reuters", "in text"),
    ("According to a cable from the Jiji news agency, he had left.", "jiji", "in text"),
    ("Der Minister trat zurück, laut dpa.", "dpa", "in text"),
    ("Er sagte der Deutschen Presse-Agentur, er gehe.", "dpa", "in text"),
    ("Il a démissionné, selon l'AFP.", "afp", "in text"),
    ("El ministro dimitió, según EFE.", "efe", "in text"),
    ("Про це повідомляє Укрінформ.", "ukrinform", "in text"),
    ("За даними «Інтерфаксу», він пішов.", "interfax", "in text"),
    ("Об этом сообщает ТАСС.", "tass", "in text"),
    ("όπως μεταδίδει το ΑΠΕ-ΜΠΕ.", "ana-mpa", "in text"),
    ("据新华社报道，会议结束。", "xinhua", "in text"),
    ("時事通信によると、会議は終わった。", "jiji", "in text"),
    ("It ended.\n\nThe Associated Press contributed to this report.", "ap", "in text"),
    ("The end of it.\n\nSource: AFP", "afp", "source line"),
    ("Das Ende vom Text. \n\n/dpa", "dpa", "in text"),
    ("A long story that ends here. (AP)", "ap", "in text"),
    ("It was seen by the Foobar news agency.", "foobar", "in text"),
    ("Laut der Nachrichtenagentur Quux ist er fort.", "quux", "in text"),
    ("Selon l'agence Tchou, il est parti.", "tchou", "in text"),
    ("По сообщению агентства «Пример», он ушёл.", "пример", "in text"),
    ("It is over, the agency Foobar reported.", "foobar", "in text"),
    ("He left, according to a cable from the Foobar agency.", "foobar", "in text"),
    ("بحسب ما نقلت وكالة QUX.", "qux", "in text"),
    ("PORT ELLERY (QUX) — Polls closed on Wednesday.", "qux", "dateline"),
    ("SAN TELVO, March 1 (QUX) - The dam gave way.", "qux", "dateline"),
    ("The end of it.\n\nSource: Foobar", "foobar", "source line"),
    ("The end of it.\n\nKim Hartlow with QUX", "qux", "source line"),
    ("The end of it.\n\nBased on a report by the QUX agency", "qux", "source line"),
    ("The end of it.\n\nQUX contributed to this article.", "qux", "source line"),
    ("The end of it.\n\n(QUX, aus dem Englischen)", "qux", "source line"),
    ("The end of it.\n\nQuelle: Agentur Foobar", "foobar", "source line"),
    ("Кінець.\n\nЗа матеріалами QUX", "qux", "source line"),
    ("انتهى.\n\nالمصدر: وكالة QUX", "qux", "source line"),
    ("Τέλος.\n\nΠηγή: QUX", "qux", "source line"),
]

NOT_CREDITED = [
    "Associated British Ports said that it would APPLE a new rule.",
    "Reuters shares rose by three per cent.",
    "Thomson Reuters reported a profit.",
    "She moved to CNN in 2002.",
    "The AP course was hard.",
    "Photo: Reuters",
    "(AP Photo/John Doe)",
    "The bridge seen from the river. (Jane Doe/AP)",
    "The bridge at night (Ministry of Works via AP)",
    "It was shut by the news agency\nMilitary sources said so.",
    "The Russian news agency said so.",
    "Die Agentur für Arbeit meldet weniger Arbeitslose.",
    "The mayor of Philadelphia, PA, told his voters to stay.",
    "TESLA (TSLA) — The maker of cars said so.",
    "Angela Merkel (CDU) – die Kanzlerin – kam.",
    "It flew well, according to the US space agency NASA.",
    "The rating agency Fitch reported a loss.",
    "It ended.\n\nHe met with the chancellor and NATO.",
    "It ended.\n\nAdditional reporting by Jane Doe",
    "It ended.\n\nWith love from home",
]


@pytest.mark.parametrize(("text", "key", "how"), CREDITED)
def test_a_credit_is_found_with_its_kind(text: str, key: str, how: str) -> None:
    assert [(c.key, c.how) for c in find_credits(text, NO_CLUES)] == [(key, how)]


@pytest.mark.parametrize("text", NOT_CREDITED)
def test_a_name_alone_is_no_credit(text: str) -> None:
    assert find_credits(text, NO_CLUES) == ()


def test_the_seed_page_names_three() -> None:
    if not SEED.exists():
        pytest.skip("../shared/seed/article.txt not present")
    text = SEED.read_text()
    found = find_credits(text, CreditClues(outlet="News Beast"))
    assert [text[slice(*(c.span or (0, 0)))] for c in found] == ["AFP", "Jiji", "CNN"]


def test_clues_come_first_and_are_stronger() -> None:
    clues = CreditClues(
        bylines=("Jane Doe", "The Associated Press"),
        entry_credit="Some Gazette",
        based_on=("https://www.reuters.com/world/x",),
    )
    found = find_credits("He was at home, he told the AP.", clues)
    assert [(c.key, c.how, c.span is None) for c in found] == [
        ("ap", "byline", False),
        ("some-gazette", "feed source", True),
        ("reuters", "json-ld", True),
    ]


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ("Politics desk and QUX", ["qux"]),
        ("By Gazette staff with QUX", ["qux"]),
        ("QUX (traduction de la rédaction)", ["qux"]),
        ("Source: a cable from the Foobar agency", ["foobar"]),
        ("За матеріалами Hohenauer Zeitung та QUX", ["hohenauer-zeitung", "qux"]),
        ("This article first appeared in The Ellery Courier", ["ellery-courier"]),
        ("With reporting by AFP and Kim Doe", ["afp"]),
        ("Kim Doe", []),
    ],
)
def test_a_line_of_sources_names_also_those_on_no_list(line: str, keys: list[str]) -> None:
    found = find_credits("", CreditClues(source_line=line))
    assert [(credit.key, credit.how) for credit in found] == [(k, "source line") for k in keys]


def test_an_outlet_is_no_credit_to_itself() -> None:
    assert find_credits("He told CNN.", CreditClues(outlet="CNN")) == ()
    assert find_credits("", CreditClues(entry_credit="My Paper", outlet="My paper")) == ()


_PIECES = st.sampled_from(
    ["told ", "AFP", "Reuters", " (", ") ", "/", "- ", "\n", "сообщает ", "ТАСС", "news agency",
     " the ", "Foo", "据", "新华社", "laut ", "agence ", "a", "́", "\x00", "😀", ". "]
)  # fmt: skip


@examples(150)
@given(st.lists(_PIECES | st.text(max_size=5), max_size=30))
def test_spans_are_places_in_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    for credit in find_credits(text, NO_CLUES):
        assert credit.span is not None
        start, end = credit.span
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end] != ""


@pytest.mark.heavy
@pytest.mark.parametrize("piece", ["(AFP ", "AFP/", "told ", "news agency ", "told the AFP\n", "İ"])
def test_a_hostile_text_costs_no_more_than_a_long_one(piece: str) -> None:
    found = find_credits(piece * (120_000 // len(piece)), NO_CLUES)
    assert len(found) <= 1
