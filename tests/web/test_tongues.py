"""The same pages in several languages: by the address alone, each link in the page's own."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import html
from tests.web.test_structured_data import read_record

from dateline.model import Site
from dateline.publish.addresses import (
    LanguageLinks,
    language_prefix,
    section_path,
    speak_site,
)
from dateline.publish.speaking import speak
from dateline.store.outbox import claim_letters
from dateline.web import WebOptions, make_app
from dateline.web.drawing import name_section

from .conftest import SITE, Clock, Reader

TONGUES = replace(SITE, languages=("de", "ar"))
ARTICLE = "/article/1-ferry-all-ashore-finally"
STORY = "/story/1-ferry-all-ashore-finally"
PAGES = (
    *("/", "/latest", "/section/world", "/outlets", "/outlet/full", "/popular", "/about"),
    *("/search", "/search?q=ferry", "/subscribe", ARTICLE, f"{ARTICLE}/versions", STORY),
    *(f"{STORY}/statements", f"{STORY}/figures", f"{STORY}?since=24h"),
)
# What is the same in every language.
SHARED = (
    *("/static/", "/picture/", "/feeds/", "/opml.xml", "/favicon.svg"),
    "/manifest.webmanifest",
)


@pytest.fixture
def polyglot(sqlite_site, clock: Clock) -> Reader:
    options = WebOptions(now=clock, generation_seconds=0.0)
    return Reader(make_app(sqlite_site, TONGUES, options=options))


def list_own_links(page: html.HtmlElement) -> set[str]:
    choices = set(page.xpath("//nav[@class='tongues']//a/@href"))
    found = page.xpath("//@href | //@src | //@action")
    ours = {each for each in found if each.startswith("/")}
    return {each for each in ours if not each.startswith(SHARED)} - choices


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("tag", ["de", "ar"])
def test_every_link_of_a_page_leads_to_pages_in_its_language(polyglot, tag, path) -> None:
    answer = polyglot.get(f"/{tag}{path}")
    assert answer.status == 200
    links = list_own_links(html.fromstring(answer.text))
    assert links
    assert all(each.startswith(f"/{tag}/") for each in links), links


def test_every_link_of_a_page_leads_somewhere(polyglot) -> None:
    wanted, seen = ["/de/"], set()
    while wanted:
        path = wanted.pop().partition("#")[0]
        if path in seen or not path:
            continue
        seen.add(path)
        answer = polyglot.get(path)
        assert answer.status in (200, 410), path
        if path.startswith("/de/") and answer.headers["content-type"].startswith("text/html"):
            page = html.fromstring(answer.text)
            wanted += [e for e in page.xpath("//@href | //@src") if e.startswith("/")]
    assert {f"/de{ARTICLE}", f"/de{STORY}", "/de/about", "/ar/about", "/about"} <= seen


@pytest.mark.parametrize(
    ("prefix", "tag", "direction"), [("", "en", "ltr"), ("/de", "de", "ltr"), ("/ar", "ar", "rtl")]
)
def test_a_page_says_its_language_and_where_it_stands_in_others(
    polyglot, prefix: str, tag: str, direction: str
) -> None:
    page = html.fromstring(polyglot.get(f"{prefix}{ARTICLE}").text)
    assert (page.get("lang"), page.get("dir")) == (tag, direction)
    (canonical,) = page.xpath("//link[@rel='canonical']/@href")
    assert canonical == f"https://site.example{prefix}{ARTICLE}"
    others = {e.get("hreflang"): e.get("href") for e in page.xpath("//link[@hreflang]")}
    assert others == {
        "en": f"https://site.example{ARTICLE}",
        "de": f"https://site.example/de{ARTICLE}",
        "ar": f"https://site.example/ar{ARTICLE}",
        "x-default": f"https://site.example{ARTICLE}",
    }
    choice = page.xpath("//nav[@class='tongues']//a")
    assert [(e.get("lang"), e.get("href"), e.text) for e in choice] == [
        ("en", ARTICLE, "English"),
        ("de", f"/de{ARTICLE}", "Deutsch"),
        ("ar", f"/ar{ARTICLE}", "العربية"),
    ]
    assert [e.get("lang") for e in choice if e.get("aria-current")] == [tag]


def test_a_text_of_a_source_is_marked_where_it_is_in_another_language(polyglot) -> None:
    english = html.fromstring(polyglot.get(f"/de{ARTICLE}").text)
    assert english.find(".//h1").get("lang") == "en"
    german = html.fromstring(polyglot.get("/de/article/2-alle-an-land").text)
    assert german.find(".//h1").get("lang") is None


def test_a_site_in_one_language_offers_no_choice(reader) -> None:
    page = html.fromstring(reader.get("/").text)
    assert not page.xpath("//nav[@class='tongues'] | //link[@hreflang]")


def test_what_a_browser_prefers_changes_nothing(polyglot) -> None:
    plain = polyglot.get("/")
    asked = polyglot.get("/", accept_language="de")
    assert asked.body == plain.body
    assert "accept-language" not in asked.headers.get("vary", "")


@pytest.mark.parametrize("path", ["/fr/", "/fr", "/de/none", "/de/feeds/front.rss"])
def test_an_unknown_language_or_page_is_not_there(polyglot, path: str) -> None:
    assert polyglot.get(path).status == 404


def test_redirects_stay_in_the_language(polyglot) -> None:
    assert polyglot.get("/de/article/1-old-words").headers["location"] == f"/de{ARTICLE}"
    assert polyglot.get("/de/story/1").headers["location"] == f"/de{STORY}"
    assert polyglot.get("/de").headers["location"] == "/de/"


def test_failures_are_told_in_the_language(polyglot) -> None:
    page = html.fromstring(polyglot.get("/de/none").text)
    assert page.get("lang") == "de"
    assert page.xpath("//p[@class='all']/a/@href") == ["/de/"]


def test_crawlers_are_told_of_searches_in_every_language(polyglot) -> None:
    lines = polyglot.get("/robots.txt").text.splitlines()
    assert {"Disallow: /search", "Disallow: /de/search", "Disallow: /ar/leave/"} <= set(lines)


def test_who_subscribes_in_a_language_is_written_in_it(polyglot, sqlite_site, clock) -> None:
    polyglot.post("/de/subscribe", {"email": "a@b.example", "list": "daily"})
    with sqlite_site.write(clock.now) as tx:
        (queued,) = claim_letters(tx, holder="test", until=clock.now, limit=9)
    assert '<html lang="de"' in queued.letter.html
    (link,) = [line for line in queued.letter.text.splitlines() if "/confirm/" in line]
    assert link.startswith("https://site.example/de/confirm/")
    page = polyglot.get(link.removeprefix("https://site.example"))
    assert html.fromstring(page.text).get("lang") == "de"


def test_the_default_language_has_no_prefix() -> None:
    assert [language_prefix(TONGUES, tag) for tag in ("en", "de", "fr", "")] == ["", "/de", "", ""]
    assert speak_site(TONGUES, "de").address == "https://site.example/de"
    assert speak_site(TONGUES, "fr") == TONGUES
    assert language_prefix(Site(language="de", languages=("de", "en")), "de") == ""


@pytest.mark.parametrize(
    ("call", "path"),
    [
        (lambda links: links.person_path("a b"), "/de/person/a%20b"),
        (lambda links: links.to("/latest?x=1"), "/de/latest?x=1"),
        (lambda links: links.to("/de/latest"), "/de/latest"),
        (lambda links: links.to(""), ""),
        (lambda links: links.with_query("/search", q="x"), "/de/search?q=x"),
        (lambda links: links.with_query("/de/search", q="x"), "/de/search?q=x"),
        (lambda links: links.search_path(q="x"), "/de/search?q=x"),
        (lambda links: links.picture_path("ab"), "/picture/ab.webp"),
        (lambda links: links.original_link("https://a.example/"), "https://a.example/"),
    ],
)
def test_links_of_a_language(call: Callable[[LanguageLinks], str], path: str) -> None:
    assert call(LanguageLinks("/de")) == path


def list_values(value: object) -> list[object]:
    if isinstance(value, dict):
        return [one for each in value.values() for one in list_values(each)]
    if isinstance(value, list):
        return [one for each in value for one in list_values(each)]
    return [value]


@pytest.mark.parametrize("path", [each for each in PAGES if each != "/subscribe"])
def test_a_page_says_of_itself_where_it_is_in_its_language(polyglot, path) -> None:
    page = polyglot.get(f"/de{path}").text
    if "/versions" in path or "/figures" in path:
        return  # told to no search engine
    record = read_record(page)
    ours = {
        each
        for each in list_values(record)
        if isinstance(each, str) and each.startswith("https://site.example")
    }
    pictures = {each for each in ours if each.endswith(".webp")}
    assert all(each.startswith("https://site.example/de/") for each in ours - pictures), ours
    assert all(each.startswith("https://site.example/picture/") for each in pictures)
    own = record.get("@graph", [record])[0]
    if "?" not in path:
        assert own["url"] == f"https://site.example/de{path}"


@pytest.mark.parametrize(
    ("tag", "section", "said"),
    [
        ("en", "politics", "Politics"),
        ("de", "health", "Gesundheit"),
        ("de", "Leute & Orte", "Leute & Orte"),
    ],
)
def test_the_way_to_a_page_names_its_section_in_words(tag, section, said) -> None:
    (above,) = name_section(speak(tag), section)
    assert above == (said, section_path(section))
    assert name_section(speak(tag), "!") == ()


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/latest/", "/latest"),
        ("/latest/?lang=de&path=a", "/latest?lang=de"),
        ("/section/world/", "/section/world"),
        ("/section/K%C3%BCche%20&%20Co/", "/section/K%C3%BCche%20%26%20Co"),
        ("/de/latest/", "/de/latest"),
        ("/feeds/front.rss/", "/feeds/front.rss"),
        ("/de", "/de/"),
        ("/DE/", "/de/"),
        ("/De/latest?lang=de", "/de/latest?lang=de"),
        ("/en/", "/"),
        ("/EN", "/"),
        ("/en/latest", "/latest"),
        ("//latest//", "/latest"),
        ("/en//evil.example/", "/evil.example/"),
        ("/DE//evil.example", "/de/evil.example"),
    ],
)
def test_an_address_written_otherwise_leads_to_ours(polyglot, path, leads_to) -> None:
    answer = polyglot.get(path)
    assert (answer.status, answer.headers.get("location")) == (301, leads_to)
    assert polyglot.get(path, method="HEAD").status == 301


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/",
        "/\\evil.example/",
        "/nothing/",
        "/de/nothing/",
        "/fr/",
        "/latest//x/",
        "///",
    ],
)
def test_what_is_not_ours_leads_nowhere(polyglot, path) -> None:
    answer = polyglot.get(path)
    assert answer.status == 404
    assert "location" not in answer.headers


def test_what_is_posted_is_not_sent_on(polyglot) -> None:
    assert polyglot.post("/latest/", {"a": "b"}).status == 404
