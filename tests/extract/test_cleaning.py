"""Nothing that could run gets through, and cleaning twice changes nothing."""

import json
import lzma
import re
import shutil
import subprocess
import tarfile
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.extract.cleaning import ATTRIBUTES, TAGS, clean_html
from dateline.model import Document, SafeHtml
from dateline.reading import read

SUITES = Path(__file__).resolve().parents[3] / "shared" / "suites"
BASE = "https://example.org/news/"
PIECES = [
    *("<p>", "</p>", "<div>", "</div>", "<a href='/x'>", "<a href=javascript:alert(1)>", "</a>"),
    *(
        "<b>",
        "</b>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<li>",
        "<ul>",
        "</ul>",
        "<svg>",
        "</svg>",
    ),
    *("<math>", "<script>", "</script>", "<style>", "</style>", "<!--", "-->", "<![CDATA[", "]]>"),
    *(
        "<",
        ">",
        "&",
        "&lt;",
        "&amp;lt;",
        "&nbsp;",
        "\x00",
        "<h1>",
        "<h5>",
        "<pre>\n",
        "</pre>",
        "'",
    ),
    *("<img src=x onerror=y>", "<q cite=x>", "<time datetime=2031-01-01>", "<td colspan=3>", '"'),
    *(
        "<template>",
        "<caption>",
        "\xa0",
        "ß",
        "<noscript>",
        "<a href='https://ex.org/?a=1&amp;b=2'>",
    ),
    *("<textarea>", "<title>", "<mi>", "<br/>"),
]


def clean(html: str) -> str:
    return clean_html(html, base=BASE)


class Strict(HTMLParser):
    """Reads tags as a second, different parser does, and keeps what is not allowed."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.wrong += list(find_wrong(tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"declaration {decl}")

    unknown_decl = handle_pi = handle_decl


def find_wrong(tag: str, attributes: dict[str, Any]) -> Iterator[str]:
    if tag not in TAGS:
        yield f"tag {tag}"
    for name, value in attributes.items():
        if name == "href" and re.match(r"https?://[^/]", value or ""):
            continue
        if name == "rel" and value == "nofollow noopener ugc":
            continue
        if name == "href" or name not in ATTRIBUTES.get(tag, set()):
            yield f"attribute {name}={value}"


def assert_harmless(cleaned: str) -> None:
    strict = Strict()
    strict.feed(cleaned)
    strict.close()
    assert not strict.wrong, cleaned
    root = lxml.html.fragment_fromstring(cleaned, create_parent="div")
    for element in root.iterdescendants():
        assert isinstance(element.tag, str), cleaned
        assert not list(find_wrong(element.tag, dict(element.attrib))), cleaned


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=25).map("".join))
@examples(150)
def test_any_markup_is_harmless_and_cleaning_twice_changes_nothing(html: str) -> None:
    once = clean(html)
    assert_harmless(once)
    assert clean(once) == once


def read_vectors() -> list[str]:
    path = SUITES / "xss_vectors.jsonl.xz"
    if not path.is_file():
        pytest.skip("../shared/suites/xss_vectors.jsonl.xz is not present")
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["payload"] for line in lines]


@pytest.mark.suite
def test_known_attacks_leave_nothing_but_allowed_tags() -> None:
    vectors = read_vectors()
    assert len(vectors) > 2_900
    for payload in vectors:
        once = clean(payload)
        assert_harmless(once)
        assert clean(once) == once


@pytest.mark.suite
@pytest.mark.flow
def test_no_known_attack_runs_in_a_browser(tmp_path: Path) -> None:
    browser = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if browser is None:
        pytest.skip("no chromium: whether attacks run is not looked at in a browser")
    page = tmp_path / "attacks.html"
    hooks = "<script>window.ran=0;alert=confirm=prompt=()=>{document.title='RAN'}</script>"
    blocks = "\n".join(f"<div>{clean(payload)}</div>" for payload in read_vectors())
    page.write_text(
        f"<!doctype html><meta charset=utf-8><title>calm</title>{hooks}{blocks}", "utf-8"
    )
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", page.as_uri()]
    seen = subprocess.run(command, capture_output=True, timeout=120, check=True).stdout.decode()
    assert "<title>calm</title>" in seen


def read_html5lib() -> Iterator[str]:
    path = SUITES / "html5lib_tests.tar.xz"
    if not path.is_file():
        pytest.skip("../shared/suites/html5lib_tests.tar.xz is not present")
    with lzma.open(path) as raw, tarfile.open(fileobj=raw) as archive:
        for member in archive:
            body = archive.extractfile(member)
            if member.name.endswith(".dat") and body:
                text = body.read().decode("utf-8", "surrogateescape")
                yield from re.findall(r"#data\n(.*?)\n#errors", text, re.DOTALL)


@pytest.mark.suite
def test_odd_trees_are_read_and_cleaned() -> None:
    cases = list(read_html5lib())
    assert len(cases) > 1_000
    for html in cases:
        assert_harmless(clean(html))
    for html in cases[::8]:
        reading = read(Document(url=BASE, html=html))
        assert not any("could not be read" in note for note in reading.notes), reading.notes


def test_words_links_lists_and_quotes_are_kept() -> None:
    cleaned = clean(
        "<h1>Head</h1><p class=x onclick=y>One <a href='../two?a=1&b=2' target=_blank>two</a> "
        "<em>three</em></p><ul><li>four</ul><blockquote>five</blockquote><img src=x>"
    )
    assert cleaned == (
        '<h2>Head</h2><p>One <a href="https://example.org/two?a=1&amp;b=2" '
        'rel="nofollow noopener ugc">two</a> <em>three</em></p><ul><li>four</li></ul>'
        "<blockquote>five</blockquote>"
    )
    assert isinstance(clean_html("", base=BASE), SafeHtml)


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        " java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//[",
        "mailto:a@b.c",
    ],
)
def test_only_web_links_stay_links(href: str) -> None:
    assert "href" not in clean(f'<p><a href="{href}">x</a></p>')


def test_what_hides_inside_words_is_dropped() -> None:
    """Soft hyphens, places where a line may break or may not; the joiners of letters stay."""
    words = "Bundes&shy;kanz&#8203;ler\u2060amt می\u200cخواهد क्\u200dष"
    assert (
        clean_html(f"<p>{words}</p>", base=BASE) == "<p>Bundeskanzleramt می\u200cخواهد क्\u200dष</p>"
    )
    html = f"<h1>Das {words}</h1>" + f"<p>Das {words} ist ein Amt in Berlin.</p>" * 9
    reading = read(Document(url=BASE, html=f"<article>{html}</article>"))
    for said in (reading.headline, reading.lede, reading.text, reading.html):
        assert "Das Bundeskanzleramt می\u200cخواهد क्\u200dष" in said


def test_words_of_dropped_blocks_do_not_run_together() -> None:
    assert clean("<div>one</div><div>two</div>").split() == ["one", "two"]


@pytest.mark.heavy
@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "x",
        "<b>" * 100_000 + "x",
        "<table><tr><td>" * 50_000,
        "<p " + " ".join(f"a{i}=1" for i in range(100_000)) + ">x",
        "<!--" * 100_000,
        '<a "' * 100_000,
        "<a" * 100_000,
        "&" * 150_000,
    ],
    ids=["div", "b", "table", "attributes", "comments", "quotes", "names", "ampersands"],
)
def test_attacks_on_time_are_cleaned_in_linear_time(html: str) -> None:
    started = time.process_time()
    cleaned = clean(html)
    assert time.process_time() - started < 10
    assert_harmless(cleaned)


@pytest.mark.heavy
def test_what_is_too_long_is_cut_and_stays_so() -> None:
    once = clean("<p>" + "a & b <i>c</i> " * 80_000)
    assert 900_000 < len(once) <= 1_000_000
    assert clean(once) == once
