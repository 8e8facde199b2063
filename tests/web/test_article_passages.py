"""Whose report an article carries, and whose each of its passages is."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import html
from tests.web.conftest import NOW

from dateline.model import Link, LinkKind, OriginPlace, Rights, Role
from dateline.store.articles import NewVersion, load_article, mark_gone, save_version
from dateline.store.editions import bump_generation
from dateline.store.links import save_links
from dateline.store.origins import save_origin_places
from dateline.store.sources import list_sources, save_sources

ARTICLE = "/article/1-ferry-all-ashore-finally"  # the latest of them, of a source shown in full
CARRIED = "Coastguard crews brought passengers off the ferry. Then unspeakable things."
OWN = "Only this outlet had a reporter on the pier, and she wrote this."


def say(page: str) -> str:
    return re.sub(r"\s+", " ", html.fromstring(page).text_content())


def link(store, kind: LinkKind, *, text: str = f"{OWN}\n\n{CARRIED}") -> None:
    """Let article 1 have something of article 3, which is earlier and of another origin."""
    at = NOW + timedelta(minutes=5)
    with store.write(at) as tx:
        reading = replace(load_article(tx, 1).version.reading, text=text)
        save_version(tx, 1, NewVersion(seen_at=at, reading=reading, fingerprint="linked"))
        save_links(tx, [Link(article_id=1, other_id=3, kind=kind, likeness=0.4, why="some of it")])
        bump_generation(tx)


@pytest.fixture
def linked(sqlite_site):
    link(sqlite_site, LinkKind.PARTIAL)
    return sqlite_site


def test_passages_are_marked_with_whose_they_are(linked, open_site) -> None:
    page = html.fromstring(open_site(linked).get(ARTICLE).text)
    (part,) = page.xpath("//section[@class='passages']")
    (mark,) = part.xpath(".//mark")
    said = " ".join(mark.text_content().split())
    assert said == f"1 also in Head Post: {CARRIED}"
    assert mark.get("title") == "Also in Head Post"
    own = part.xpath(".//div[starts-with(@class, 'prose')]/p")[0]
    assert own.text_content() == OWN
    assert not own.xpath(".//mark")


def test_the_share_is_said(linked, open_site) -> None:
    text = say(open_site(linked).get(ARTICLE).text)
    found = re.search(r"(\d+)% of this text also stands in the earlier report of Head Post", text)
    rest = re.search(r"The rest, (\d+)%, is its own", text)
    assert found
    assert rest
    assert int(found[1]) + int(rest[1]) == 100
    assert 50 < int(found[1]) < 60


def test_shared_quotations_are_called_so(sqlite_site, open_site) -> None:
    link(sqlite_site, LinkKind.QUOTES)
    assert "Head Post (the same quotations)" in say(open_site(sqlite_site).get(ARTICLE).text)


def test_the_earlier_article_names_who_has_its_passages(linked, open_site) -> None:
    page = html.fromstring(open_site(linked).get("/article/3-ferry-firm-falls").text)
    assert not page.xpath("//section[@class='passages']")
    terms = {
        term.text_content(): " ".join(term.getnext().text_content().split())
        for term in page.xpath("//details[@class='trace']//dt")
    }
    assert terms["Passages of it also in"] == "Full Post"
    assert terms["Whose report"] == "Its own; nobody else here carries it."


def test_whoever_has_nothing_of_another_has_no_such_part(reader) -> None:
    assert "passages" not in reader.get(ARTICLE).text


def test_rights_bound_the_words_but_not_the_share(linked, open_site) -> None:
    with linked.write(NOW) as tx:
        sources = [replace(s, rights=Rights.EXCERPT, excerpt_words=5) for s in list_sources(tx)]
        save_sources(tx, sources)
        bump_generation(tx)
    page = open_site(linked).get(ARTICLE).text
    assert "Coastguard" not in page
    assert "reporter on" not in page
    assert "% of this text also stands in" in say(page)
    with linked.write(NOW) as tx:
        save_sources(tx, [replace(source, rights=Rights.HEADLINE) for source in sources])
        bump_generation(tx)
    page = open_site(linked).get(ARTICLE).text
    assert "Only this outlet" not in page
    assert "Where each passage comes from" not in page
    assert "% of this text also stands in" in say(page)


def test_a_withdrawn_article_shows_no_passages(linked, open_site) -> None:
    with linked.write(NOW) as tx:
        mark_gone(tx, 1)
        bump_generation(tx)
    page = open_site(linked).get(ARTICLE).text
    assert "passages" not in page
    assert "Coastguard" not in page


def test_a_translation_names_its_parent_without_passages(sqlite_site, open_site) -> None:
    with sqlite_site.write(NOW) as tx:  # 1 carries the report of 2, in another language
        save_links(tx, [Link(article_id=1, other_id=2, kind=LinkKind.COPY, likeness=1.0, why="")])
        bump_generation(tx)
    text = say(open_site(sqlite_site).get("/article/2-alle-an-land").text)
    assert "Tells in another language the report of Full Post: Ferry: all ashore, finally" in text
    assert "of this text also stands" not in text


def test_the_first_says_so(reader) -> None:
    assert "The first of 2 here that carry this report." in say(reader.get(ARTICLE).text)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ({}, "Whose report Its own; nobody else here carries it."),
        (
            {"agency": "afp", "sureness": 0.8, "why": "it names AFP"},
            "Whose report By its own account the report of afp. Likely (80%): it names AFP",
        ),
        (
            {
                "taken_from": 3,
                "likeness": 0.91,
                "sureness": 0.9,
                "why": "nearly all",
                "agency": "x",
            },
            (
                "Whose report Carries the report of Head Post: Ferry firm falls. "
                "Sure (90%): nearly all Credited for it x"
            ),
        ),
    ],
)
def test_the_place_in_the_tree_is_said(sqlite_site, open_site, place, said: str) -> None:
    with sqlite_site.write(NOW) as tx:
        role = Role.CARRIES if "taken_from" in place else Role.FIRST
        row = OriginPlace(article_id=5, origin_id=9, role=role, opened=True, **place)
        save_origin_places(tx, [row])
        bump_generation(tx)
    reader = open_site(sqlite_site)
    page = reader.get(reader.get("/article/5").headers["location"]).text
    (trace,) = html.fromstring(page).xpath("//details[@class='trace']")
    text = re.sub(r"(</d[td]>)", r"\1 ", html.tostring(trace, encoding="unicode"))
    assert said in say(text)


def test_where_no_marked_passage_may_be_shown_the_text_is_not_printed_again(
    linked, open_site
) -> None:
    with linked.write(NOW) as tx:
        sources = [replace(s, rights=Rights.EXCERPT, excerpt_words=5) for s in list_sources(tx)]
        save_sources(tx, sources)
        bump_generation(tx)
    (part,) = html.fromstring(open_site(linked).get(ARTICLE).text).xpath(
        "//section[@class='passages']"
    )
    assert not part.xpath(".//div[starts-with(@class, 'prose')]")
    assert "None of these passages stands in the part that may be shown here." in say(
        html.tostring(part, encoding="unicode")
    )
    assert part.xpath(".//ol[@class='legend']/li/a")


def test_what_was_given_with_an_article_is_said_in_words(reader) -> None:
    (trace,) = html.fromstring(reader.get(ARTICLE).text).xpath("//details[@class='trace']")
    (term,) = trace.xpath(".//dt[.='Text from']")
    assert term.getnext().text_content() == "as it was given with the article"
