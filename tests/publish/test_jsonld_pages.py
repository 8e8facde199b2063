"""The structured data of lists, stories, people and the site."""

import json
from datetime import timedelta

from dateline.model import UNDATED_AT, EntityKind, Person, Site
from dateline.publish.addresses import person_path
from dateline.publish.jsonld_pages import (
    describe_list,
    describe_person,
    describe_site,
    describe_story,
    describe_trail,
    join_records,
    list_articles,
    list_outlets,
)

SITE = Site(name="The Site", address="https://site.example", language="en")


def test_the_front_page_says_how_the_site_is_searched(make) -> None:
    record = describe_site(SITE, [make.story(1), make.story(2)])
    assert record["@type"] == "WebSite"
    action = record["potentialAction"]
    assert action["target"]["urlTemplate"] == "https://site.example/search?q={search_term_string}"
    assert action["query-input"] == "required name=search_term_string"
    assert [step["position"] for step in record["mainEntity"]["itemListElement"]] == [1, 2]


def test_a_story_lists_its_reports(make) -> None:
    members = (make.card(1), make.card(2, gone=True), make.card(3, dated=False))
    story = make.story(
        4, members=members, languages=("en", "und", "uk"), first_at=make.now - timedelta(days=1)
    )
    record = describe_story(SITE, story, "/story/4-story-4")
    assert record["inLanguage"] == ["en", "uk"]
    assert record["datePublished"] == "2026-05-13T12:00:00Z"
    parts = [step["item"] for step in record["mainEntity"]["itemListElement"]]
    assert [part["url"] for part in parts] == [
        "https://site.example/article/1-headline-1",
        "https://site.example/article/3-headline-3",
    ]
    assert "datePublished" not in parts[1]


def test_a_story_without_dates_is_given_none(make) -> None:
    story = make.story(4, first_at=UNDATED_AT, last_at=UNDATED_AT)
    assert not {"datePublished", "dateModified"} & set(describe_story(SITE, story, "/story/4"))
    seen = make.story(4, first_sighted=True, members=(make.card(1, sighted=True),))
    assert "datePublished" not in str(describe_story(SITE, seen, "/story/4"))


def test_a_person_has_a_profile_and_a_place_has_none() -> None:
    ann = Person(key="ann", name="Ann Smith", kind=EntityKind.PERSON, names=("Ann Smith", "Smith"))
    record = describe_person(SITE, ann, person_path(ann.key))
    assert record["@type"] == "ProfilePage"
    assert record["mainEntity"] == {
        "@type": "Person",
        "name": "Ann Smith",
        "alternateName": ["Smith"],
        "url": "https://site.example/person/ann",
    }
    rome = Person(key="rome", name="Rome", kind=EntityKind.PLACE)
    assert describe_person(SITE, rome, "/person/rome")["@type"] == "CollectionPage"
    assert (
        describe_person(SITE, Person(key="x", name="X", kind=None), "/person/x")["@type"]
        == "CollectionPage"
    )


def test_a_list_names_what_stands_on_it(make) -> None:
    record = describe_list(SITE, "World", "/section/world", list_articles(SITE, [make.card(1)]))
    assert (record["@type"], record["mainEntity"]["numberOfItems"]) == ("CollectionPage", 1)
    outlets = list_outlets(SITE, [make.source()])
    assert outlets["itemListElement"][0]["item"]["url"] == "https://site.example/outlet/post"


def test_the_way_to_a_page_is_numbered(make) -> None:
    way = describe_trail(SITE, [("Front", "/"), ("", "/section/"), ("World", "/section/world")])
    assert [(step["position"], step["item"]) for step in way["itemListElement"]] == [
        (1, "https://site.example/"),
        (2, "https://site.example/section/world"),
    ]
    joined = join_records(describe_list(SITE, "World", "/section/world"), [way])
    assert [part["@type"] for part in joined["@graph"]] == ["CollectionPage", "BreadcrumbList"]
    assert json.loads(json.dumps(joined)) == joined
