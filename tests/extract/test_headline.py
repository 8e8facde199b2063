"""Headlines, kickers and names."""

import pytest

from dateline.extract.byline import clean_names, read_byline, read_text_byline
from dateline.extract.headline import cut_site, read_headline, read_kicker, split_kicker
from dateline.extract.tree import Page, parse_page


def page(head: str = "", body: str = "", url: str = "https://www.newsbeast.example/a/b") -> Page:
    return parse_page(f"<html><head>{head}</head><body>{body}</body></html>", url)


@pytest.mark.parametrize(
    ("headline", "kicker"),
    [
        ("War in Ukraine: NATO wary of Russian withdrawal", "War in Ukraine"),
        ("Hochwasser | Der Damm von Ostrava hält stand", "Hochwasser"),
        ("Crise no porto – Sindicato suspende a greve geral", "Crise no porto"),
        ("BUDGET 3.0 | Revenue service gets four billion", "BUDGET 3.0"),
        ("Война в Украине: НАТО ждёт отвода войск", "Война в Украине"),
        ("Biden: we will win this together", ""),
        ("Biden: “We will win this together”", ""),
        ("Biden: We will win this together", ""),
        ("Merkel: Wir schaffen das noch einmal", ""),
        ("'Ends recession debate': economists weigh in", ""),
        ("New 'Harbour: The Return' trailer shows the whole cast", ""),
        ("Minister says: Dam is safe for the winter", ""),
        ("NATO wary of Russian withdrawal from Kherson", ""),
        ("Live: the dam breaks at noon", ""),
        ("A long clause with many words in it: then more words", ""),
        ("Score 3:2 after extra time in the final", ""),
        ("", ""),
    ],
)
def test_a_kicker_names_a_story_not_a_speaker(headline: str, kicker: str) -> None:
    assert split_kicker(headline) == kicker


def test_a_kicker_stands_above_the_headline_too() -> None:
    found = page(
        body='<div><p class="kicker">War in Ukraine:</p><h1>NATO wary of Russia</h1></div>'
    )
    assert read_kicker(found, "NATO wary of Russia") == "War in Ukraine"


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("NATO wary | News Beast", "NATO wary"),
        ("NATO wary - World - newsbeast.example", "NATO wary - World"),
        ("News Beast: NATO wary of withdrawal", "News Beast: NATO wary of withdrawal"),
        ("NATO wary - again", "NATO wary - again"),
        ("| News Beast", "| News Beast"),
    ],
)
def test_the_outlet_is_cut_from_a_title(title: str, bare: str) -> None:
    assert cut_site(title, ("News Beast",), "www.newsbeast.example") == bare


def test_what_several_places_agree_on_is_the_headline() -> None:
    head = (
        "<title>NATO wary of withdrawal - National | News Beast</title>"
        '<meta property="og:title" content="NATO wary of withdrawal - National">'
    )
    assert read_headline(page(head, "<h1>NATO wary of withdrawal</h1>"), "") == (
        "NATO wary of withdrawal"
    )
    odd = page(head, "<h1>Our newsletters</h1>")
    assert read_headline(odd, "NATO wary of withdrawal") == "NATO wary of withdrawal"


def test_the_wording_that_marks_the_kicker_is_taken() -> None:
    head = '<meta property="og:title" content="Flood: Dam holds in the north">'
    body = "<h1><span>Flood</span> <span>Dam holds in the north</span></h1>"
    assert read_headline(page(head, body), "") == "Flood: Dam holds in the north"


def test_a_title_that_a_quotation_mark_broke_off_is_not_taken() -> None:
    head = '<meta property="og:title" content="Winner and"><title>Winner and "royal" visit</title>'
    assert read_headline(page(head), "") == 'Winner and "royal" visit'


def test_placeholders_are_never_the_headline() -> None:
    assert read_headline(page("<title>untitled design</title>", "<h1>Dam holds</h1>"), "") == (
        "Dam holds"
    )
    assert read_headline(page(), "") == ""


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ada Lindqvist and Bo Ek", ("Ada Lindqvist", "Bo Ek")),
        ("Von Jürgen Maß, Ina Öz", ("Jürgen Maß", "Ina Öz")),
        ("ADA LINDQVIST", ("Ada Lindqvist",)),
        ("Ada Lindqvist, Political Editor", ("Ada Lindqvist",)),
        ("By Ada Lindqvist in Ostrava", ("Ada Lindqvist",)),
        ("Ada Lindqvist (ada@example.org)", ("Ada Lindqvist",)),
        ("Ada Lindqvist | 4 May 2031", ("Ada Lindqvist",)),
        ("Автор: Олена Пчілка", ("Олена Пчілка",)),
        ("신현주 기자", ("신현주",)),
        ("Staff", ()),
        ("News Beast", ()),
        ("Redaktion", ()),
        ("https://example.org/ada", ()),
        ("newsbeast.com, Berlin", ()),
        ("updated 3 hours ago", ()),
        ("", ()),
    ],
)
def test_names_are_told_from_what_stands_around_them(line: str, names: tuple[str, ...]) -> None:
    assert clean_names([line], "News Beast") == names


def test_a_byline_is_found_where_the_page_has_it() -> None:
    authors = '{"@type":"NewsArticle","author":[{"name":"Ada Ek"},"dpa"]}'
    ld = f'<script type="application/ld+json">{authors}</script>'
    found = read_byline(page(ld, '<a rel="author">Bo Lund</a>'), "")
    assert found.names == ("Ada Ek",)
    assert "dpa" in found.lines
    several = '<div class="byline"><a>Ada Ek</a><a>Bo Lund</a></div>'
    assert read_byline(page(body=several), "").names == ("Ada Ek", "Bo Lund")
    photo = '<figure class="byline">Cy Roe</figure><p class="byline">Foto: Di Poe</p>'
    assert read_byline(page(body=photo), "").names == ()


def test_a_line_of_text_can_be_a_byline() -> None:
    assert read_text_byline(["By Ada Ek and Bo Lund"], "").names == ("Ada Ek", "Bo Lund")
    assert read_text_byline(["By noon the dam had broken."], "").names == ()
