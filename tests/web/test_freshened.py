"""A story whose headline has grown old has the same newer one wherever it is shown."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree, html

from dateline.model import ArticleId, Dated, OriginId, OriginPlace, Role, StoryId, StoryPlace
from dateline.store import NewArticle, Store
from dateline.store.articles import load_article, save_articles
from dateline.store.editions import bump_generation
from dateline.store.origins import save_origin_places
from dateline.store.outbox import claim_letters
from dateline.store.stories import save_story_places

from .conftest import NOW, Reader

STORY = "/story/1-ferry-all-ashore-finally"
OLD, NEW = "Ferry: all ashore, finally", "Ferry: harbour opens again"


def add_report(store: Store, headline: str, hours: float, role: Role = Role.FIRST) -> None:
    """Add a report of the third outlet to the story of the ferry, hours after all others."""
    at = NOW + timedelta(hours=hours)
    with store.write(at) as tx:
        told = load_article(tx, ArticleId(3))
        assert told is not None
        url = f"https://head.example/{headline.replace(' ', '-')}"
        reading = replace(
            told.version.reading,
            headline=headline,
            url=url,
            canonical=url,
            published=Dated(at=at, evidence="feed"),
        )
        new = NewArticle(
            source_id=told.source.id,
            guid=url,
            url=url,
            first_seen=at,
            reading=reading,
            fingerprint=url,
        )
        (article,) = save_articles(tx, [new])
        origin = OriginPlace(
            article_id=article,
            origin_id=OriginId(50 + article if role is Role.FIRST else 1),
            opened=role is Role.FIRST,
            role=role,
            taken_from=None if role is Role.FIRST else ArticleId(1),
        )
        save_origin_places(tx, [origin])
        save_story_places(tx, [StoryPlace(article_id=article, story_id=StoryId(1))])
        bump_generation(tx)


@pytest.fixture
def later(sqlite_site: Store, open_site, clock) -> Reader:
    add_report(sqlite_site, NEW, 5)
    clock.now = NOW + timedelta(hours=6)
    return open_site(sqlite_site)


def read(reader: Reader, path: str) -> html.HtmlElement:
    answer = reader.get(path)
    assert answer.status == 200, path
    return html.fromstring(answer.text)


def say(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def name_stories(page: html.HtmlElement) -> list[str]:
    """Return the headlines under which the story of the ferry stands on a page."""
    return [say(a) for a in page.xpath(f"//main//*[self::h2 or self::h3]/a[@href='{STORY}']")]


def test_a_storys_page_leads_with_the_headline_that_led_to_it(later: Reader) -> None:
    assert set(name_stories(read(later, "/"))) == {NEW}
    page = read(later, STORY)
    (h1,) = page.xpath("//h1")
    (line,) = page.xpath("//header[@class='page-head']/p[@class='by'][1]")
    assert (say(h1), say(line)) == (NEW, "Headline: Head Post 14 May 2026, 17:00 UTC")
    assert say(page.find(".//title")).startswith(NEW)
    assert page.xpath("//meta[@property='og:title']/@content") == [NEW]
    assert NEW in page.xpath("//meta[@property='og:image:alt']/@content")[0]
    record = json.loads(page.xpath("//script[@type='application/ld+json']")[0].text)
    assert record["@graph"][0]["name"] == NEW


def test_the_headline_that_it_had_stays_in_sight_with_its_source(later: Reader) -> None:
    (line,) = read(later, STORY).xpath("//p[@class='by'][starts-with(., 'Earlier headline')]")
    assert say(line) == f"Earlier headline: {OLD} Source: Full Post 11:50"
    assert line.xpath(".//a/@href")[0] == "/article/1-ferry-all-ashore-finally"


def test_a_headline_that_is_not_old_has_none_before_it(reader: Reader) -> None:
    page = read(reader, STORY)
    assert OLD.removeprefix("Ferry: ") in say(page.xpath("//h1")[0])
    assert "Earlier headline" not in say(page)


def test_the_front_page_tells_programs_what_it_shows(later: Reader) -> None:
    page = read(later, "/")
    record = json.loads(page.xpath("//script[@type='application/ld+json']")[0].text)
    parts = [each["item"] for each in record["mainEntity"]["itemListElement"]]
    shown = [row["story"] for row in json.loads(later.get("/front.json").body)]
    told = [int(each["url"].rpartition("/")[2].partition("-")[0]) for each in parts]
    assert told == shown
    assert NEW in {each["name"] for each in parts}


def test_feeds_and_other_pages_name_the_story_so(later: Reader) -> None:
    feed = etree.fromstring(later.get("/feeds/story/1.rss").body)
    assert feed.findtext("channel/title").startswith(NEW)
    (item,) = [
        one
        for one in json.loads(later.get("/feeds/front.json").body)["items"]
        if one["url"].endswith(STORY)
    ]
    assert (item["title"], item["authors"][0]["name"]) == (NEW, "Head Post")
    for path in (f"{STORY}/statements", f"{STORY}/figures"):
        assert NEW in say(read(later, path).xpath("//h1")[0])
    box = read(later, "/article/1-ferry-all-ashore-finally").xpath("//section[@id='story-1']")
    assert NEW in say(box[0])


def test_a_search_groups_and_suggests_the_story_so(later: Reader) -> None:
    page = read(later, "/search?q=coastguard")
    (group,) = page.xpath("//section[@aria-labelledby='story-1']")
    assert say(group.xpath("./h2")[0]) == NEW
    assert "Head Post" in say(group.xpath("./p[@class='by']")[0])
    rows = json.loads(later.get("/suggest?q=harbour").body)
    assert [row["name"] for row in rows if row["kind"] == "story"] == [NEW]


def test_a_story_that_left_the_front_page_is_named_so_in_a_search(
    later: Reader, monkeypatch
) -> None:
    monkeypatch.setattr("dateline.pipeline.editing.MOST_STORIES", 0)
    assert not name_stories(read(later, "/"))
    (group,) = read(later, "/search?q=coastguard").xpath("//section[@aria-labelledby='story-1']")
    assert say(group.xpath("./h2")[0]) == NEW
    rows = json.loads(later.get("/suggest?q=ferry").body)
    assert NEW in {row["name"] for row in rows}


def test_letters_name_the_story_so(later: Reader, sqlite_site: Store, clock) -> None:
    later.post("/subscribe", {"email": "a@b.example", "list": "story:1"})
    with sqlite_site.write(clock.now) as tx:
        (queued,) = claim_letters(tx, holder="x", until=clock.now + timedelta(hours=1), limit=9)
    assert NEW in queued.letter.text and OLD not in queued.letter.text


@pytest.mark.parametrize("carriers", [1, 4, 5, 6, 9])
def test_lists_and_the_page_agree_however_many_carry_the_report(
    sqlite_site: Store, open_site, clock, carriers: int
) -> None:
    # A list looks at a few of the newest reports; the page, which has all, must not find more.
    add_report(sqlite_site, NEW, 5)
    for number in range(carriers):
        add_report(sqlite_site, f"Carried for the {number + 1}. time", 6 + number, Role.CARRIES)
    clock.now = NOW + timedelta(hours=24)
    reader = open_site(sqlite_site)
    listed = set(name_stories(read(reader, "/")))
    assert listed == {say(read(reader, STORY).xpath("//h1")[0])}
    assert (NEW in listed) == (carriers <= 4)
