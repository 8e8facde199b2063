"""Addresses are read as browsers read them, and lose only what says nothing of the article."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.urls import canonicalise, encode_web_url, parse_web_url, read_host, read_origin

SUITE = Path(__file__).parents[2] / "shared" / "suites" / "whatwg_url.tar.xz"


def load_cases(name: str) -> list[dict[str, Any]]:
    if not SUITE.is_file():
        pytest.skip(f"{SUITE} is not present")
    with tarfile.open(SUITE) as archive:
        member = archive.extractfile(f"tests/wpt/{name}")
        assert member is not None
        return [case for case in json.load(member) if isinstance(case, dict)]


def is_ours(case: dict[str, Any]) -> bool:
    """Bases that are not of the web never reach us, nor does text that is not Unicode."""
    base = case.get("base") or ""
    text = case["input"] + base
    is_text = text == text.encode("utf-8", "replace").decode()
    return is_text and (not base or parse_web_url(base) is not None)


@pytest.mark.suite
@pytest.mark.parametrize("name", ["urltestdata.json", "ada_extra_urltestdata.json"])
def test_published_cases_agree(name: str) -> None:
    cases = [case for case in load_cases(name) if is_ours(case)]
    wrong = []
    for case in cases:
        is_web = case.get("protocol") in ("http:", "https:")
        expected = case["href"] if is_web and not case.get("failure") else None
        if parse_web_url(case["input"], case.get("base") or "") != expected:
            wrong.append((case["input"], case.get("base"), expected))
    assert len(cases) > 2
    assert not wrong


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Example.ORG:80/a/../b#top", "http://example.org/b"),
        ("https://me:pw@example.org/", "https://example.org/"),
        ("https://example.org/?utm_source=x&id=7&fbclid=y", "https://example.org/?id=7"),
        ("https://example.org/a?UTM_Medium=x", "https://example.org/a"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org/a?at_campaign=rss&WT.mc_id=9", "https://example.org/a"),
        ("https://bücher.example/ü?q=ß", "https://xn--bcher-kva.example/%C3%BC?q=%C3%9F"),
        ("mailto:someone@example.org", "mailto:someone@example.org"),
        ("not an address", "not an address"),
        ("", ""),
    ],
)
def test_canonicalise(url: str, expected: str) -> None:
    assert canonicalise(url) == expected


@pytest.mark.parametrize(
    "query",
    [
        *("id=1", "p=22", "story=x", "article=5", "page=2", "a=b&a=c", "v=abc", "newsid=4"),
        *("mod=view&tid=3", "q=%26", "ref=10", "source=wire", "lang=en", "cid=8", "format=html"),
    ],
)
def test_what_may_identify_an_article_is_kept(query: str) -> None:
    assert canonicalise(f"https://example.org/x?{query}") == f"https://example.org/x?{query}"


ADDRESSES = st.one_of(
    st.text(max_size=60),
    st.from_regex(r"https?://[a-z]{1,5}\.(org|com|test)(:\d{1,3})?/[ -~]{0,40}", fullmatch=True),
    st.text(alphabet="?&=#/%utm_sourceid.:@", max_size=40).map("https://example.org/".__add__),
)


@examples(80)
@given(ADDRESSES)
def test_canonicalise_is_idempotent_and_never_raises(url: str) -> None:
    once = canonicalise(url)
    assert canonicalise(once) == once


@examples(60)
@given(ADDRESSES, ADDRESSES)
def test_parsing_is_idempotent_and_never_raises(url: str, base: str) -> None:
    parsed = parse_web_url(url, base)
    if parsed is not None:
        assert parse_web_url(parsed) == parsed
        assert read_host(parsed)
        assert parsed.startswith(read_origin(parsed).partition(":")[0])


def test_parts() -> None:
    assert read_host("https://User@Example.ORG:8443/x") == "example.org"
    assert read_origin("https://User@Example.ORG:8443/x") == "https://example.org:8443"
    assert read_host("nonsense") == read_origin("mailto:x@example.org") == ""
    assert parse_web_url("https://example.org/" + "a" * 20_000) is None
    assert parse_web_url("https://example.org/\ud800") in (None, "https://example.org/%EF%BF%BD")


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("HTTPS://Post.Example", "https://post.example/"),
        ("https://post.example/a|b[1]?q=a|b[]{}^`'\"", "https://post.example/a%7Cb%5B1%5D?q=a%7Cb%5B%5D%7B%7D%5E%60%27%22"),
        ("https://post.example/100%/a%2fb", "https://post.example/100%25/a%2fb"),
        ("https://post.example/#a#[b]", "https://post.example/#a%23%5Bb%5D"),
        ("https://[::1]:8/[", "https://[::1]:8/%5B"),
        ("https://zürich.example/ä", "https://xn--zrich-kva.example/%C3%A4"),
        ("javascript:alert(1)", None),
        ("/relative", None),
    ],
)  # fmt: skip
def test_an_address_is_written_as_the_standard_has_it(given: str, written: str | None) -> None:
    assert encode_web_url(given) == written


def test_a_query_that_begins_with_its_own_mark_keeps_it() -> None:
    assert canonicalise("http://post.example/??") == "http://post.example/??"
    assert canonicalise("http://post.example/?") == "http://post.example/"


@given(st.text(max_size=40))
@examples()
def test_an_encoded_address_stays_and_names_the_same_place(words: str) -> None:
    url = encode_web_url(f"https://post.example/{words}")
    assert url is not None and url.isascii()
    assert encode_web_url(url) == url
    assert not set(url) & set(' "<>[]\\^`{|}')
