"""sources.toml: what is right is read; what is wrong is named, with what is allowed."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.errors import CatalogError
from dateline.model import Rights, Route, Source, SourceKind
from dateline.sources.catalog import parse_rights, read_catalog, write_source
from dateline.sources.families import find_family
from dateline.text import make_slug, squeeze

FULL = """
# What we follow.
[[source]]
name = "News Beast"
home = "https://newsbeast.example/"
feeds = ["https://newsbeast.example/rss.xml", "https://newsbeast.example/sport.xml"]
language = "pt-BR"
country = "br"
section = "World"
publisher = "Beast Media"
kind = "agency"
rights = "excerpt 25"
route = "feed"
interval = "90s"
paused = true

[[source]]
key = "other"
name = "Another"
"""


def test_every_field_is_read() -> None:
    catalog = read_catalog(FULL)
    assert catalog.sources[0] == Source(
        key="news-beast",
        name="News Beast",
        home="https://newsbeast.example/",
        feeds=("https://newsbeast.example/rss.xml", "https://newsbeast.example/sport.xml"),
        language="pt-BR",
        country="BR",
        section="World",
        kind=SourceKind.AGENCY,
        rights=Rights.EXCERPT,
        excerpt_words=25,
        route=Route.FEED,
        interval=timedelta(seconds=90),
        paused=True,
        publisher="Beast Media",
        family="beast-media",
    )
    assert catalog.sources[1] == Source(key="other", name="Another", home="")
    assert catalog.notes == ("Another has no feeds, so nothing of it is fetched.",)
    assert read_catalog("").sources == ()


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ('hoem = "https://x.org"', ["line 2, source 1 (A)", "'hoem'", "did you mean 'home'?"]),
        ("zzzz = 1", ["'zzzz'", "the keys are key, name"]),
        ('home = "example.org"', ["home", "'example.org'", "web address"]),
        ('feeds = "https://x.org/"', ["feeds", "a list"]),
        ('feeds = ["ftp://x.org/"]', ["feeds", "ftp://x.org/", "web address"]),
        ('rights = "some"', ["rights", "'some'", '"headline"', '"excerpt N"']),
        ('rights = "excerpt 0"', ["rights", "from 1 to 1000"]),
        ("rights = 60", ["rights", "60"]),
        ('interval = "30s"', ["interval", "'30s'", '"1m"']),
        ("interval = 5", ["interval", '"5m"']),
        ('interval = "8d"', ["interval", '"7d"']),
        ('route = "web"', ["route", '"auto", "page", "feed"']),
        ('kind = ["outlet"]', ["kind", '"outlet" or "agency"']),
        ('language = "english language"', ["language", '"en"']),
        ('country = "UK!"', ["country", '"GB"']),
        ('paused = "yes"', ["paused", "true or false"]),
        ('key = "Not A Slug"', ["key", "'not-a-slug'"]),
        ('section = "two\\nlines"', ["section", "one line"]),
    ],
)
def test_what_is_wrong_is_named(block: str, words: list[str]) -> None:
    with pytest.raises(CatalogError) as caught:
        read_catalog(f'\n[[source]]\nname = "A"\n{block}')
    for word in ["source 1 (A)", *words]:
        assert word in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[source]]\nname = ", ["not valid TOML", "end of document"]),
        ("[[sources]]\nname = 'A'", ["'sources'", "[[source]]"]),
        ("[source]\nname = 'A'", ["double brackets"]),
        ("[[source]]\nhome = ''", ["source 1", "no name"]),
        ("[[source]]\nname = '!!!'", ["no key"]),
        ("[[source]]\nname='A'\n[[source]]\nname='a'", ["key 'a'", "A and by a"]),
        (
            "source = [{name='A', feeds=['https://x.org/f']}, {name='B', feeds=['HTTPS://X.org/f']}]",
            ["HTTPS://X.org/f", "under A and under B"],
        ),
        ("a=" + "[" * 100_000, ["not valid TOML"]),
    ],
)
def test_what_cannot_be_followed_is_refused(text: str, words: list[str]) -> None:
    with pytest.raises(CatalogError) as caught:
        read_catalog(text)
    assert all(word in str(caught.value) for word in words), caught.value


def test_parse_rights() -> None:
    assert parse_rights("Excerpt 40") == (Rights.EXCERPT, 40)
    assert parse_rights("excerpt") == (Rights.EXCERPT, 60)
    assert parse_rights("full") == (Rights.FULL, 60)
    with pytest.raises(CatalogError, match="'everything'"):
        parse_rights("everything")


LINE = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(squeeze)
LETTERS = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=12)
ADDRESS = LETTERS.map(lambda part: f"https://{part}.example.org/ü?q='\"\\")


@st.composite
def sources(draw: st.DrawFn) -> Source:
    rights = draw(st.sampled_from(Rights))
    return Source(
        key=draw(LETTERS),
        name=draw(LINE.filter(bool)),
        home=draw(st.just("") | ADDRESS),
        feeds=tuple(draw(st.lists(ADDRESS, max_size=3, unique=True))),
        language=draw(st.sampled_from(["", "en", "pt-BR", "zh-Hans-TW"])),
        country=draw(st.sampled_from(["", "GB", "JP"])),
        section=draw(LINE),
        kind=draw(st.sampled_from(SourceKind)),
        rights=rights,
        excerpt_words=draw(st.integers(1, 1000)) if rights == Rights.EXCERPT else 60,
        route=draw(st.sampled_from(Route)),
        interval=timedelta(seconds=draw(st.integers(60, 7 * 86_400))),
        paused=draw(st.booleans()),
        publisher=draw(LINE),
    )


@examples(50)
@given(sources())
def test_what_is_written_is_read_again(source: Source) -> None:
    wanted = replace(source, family=find_family(source))
    assert read_catalog(write_source(source)).sources == (wanted,)


def test_a_block_says_no_more_than_it_needs() -> None:
    source = Source(key="news-beast", name="News Beast", home="https://newsbeast.example/")
    assert write_source(source) == (
        '[[source]]\nname = "News Beast"\nhome = "https://newsbeast.example/"\n'
        'rights = "excerpt 60"\n'
    )
    assert make_slug(source.name) == source.key


@examples(50)
@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_catalog(f"[[source]]\n{text}")
    except CatalogError as error:
        assert str(error)


def test_names_of_sections_are_given_for_all_and_for_one() -> None:
    text = """
    [sections]
    "Kyiv Diary" = "society"
    Film = "culture"

    [[source]]
    name = "Post"
    sections = { "Film" = "Screens", "Out and about" = "lifestyle" }

    [[source]]
    name = "Mail"
    """
    post, mail = read_catalog(text).sources
    assert post.sections == (
        ("Film", "Screens"),
        ("Out and about", "lifestyle"),
        ("Kyiv Diary", "society"),
    )
    assert mail.sections == (("Kyiv Diary", "society"), ("Film", "culture"))
    assert read_catalog(write_source(post)).sources == (post,)


@pytest.mark.parametrize(
    "text", ["sections = 3", "[sections]\na = 3", '[[source]]\nname = "P"\nsections = ["a"]']
)
def test_wrong_tables_of_sections_are_named(text: str) -> None:
    with pytest.raises(CatalogError, match="sections"):
        read_catalog(text)
