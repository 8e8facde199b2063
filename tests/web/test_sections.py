"""Sections under one name, the reasons of each place, and what an open page asks for."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from lxml import html
from tests.pipeline.world import make_edges
from tests.web.conftest import NOW, SITE, Reader

from dateline.model import ArticleId, Pin, PinPlace, StoryId
from dateline.pipeline import section_orders
from dateline.pipeline.filing import file_sources, find_unfiled
from dateline.pipeline.section_orders import publish_orders
from dateline.store import Store
from dateline.store.editions import bump_generation
from dateline.store.pins import save_pin
from dateline.store.sources import load_source, save_sources
from dateline.store.story_leads import set_story_lead


def file_all(store: Store) -> None:
    file_sources(make_edges(store), find_unfiled(store, 10))


def test_a_section_has_one_address_and_its_old_ones_lead_there(reader, sqlite_site) -> None:
    assert reader.get("/section/business").status == 200
    file_all(sqlite_site)
    for path in ("/section/business", "/feeds/section/business.rss"):
        answer = reader.get(path)
        assert (answer.status, answer.headers["location"]) == (
            301,
            path.replace("business", "economy"),
        )
    asked = reader.get("/section/Ausland?sort=time")
    assert (asked.status, asked.headers["location"]) == (301, "/section/world?sort=time")
    assert reader.get("/section/sport").status == 404
    assert reader.get("/feeds/section/economy.json").status == 200


def test_a_name_that_a_source_once_had_leads_on(sqlite_site: Store, open_site) -> None:
    file_all(sqlite_site)
    with sqlite_site.write(NOW) as tx:
        source = load_source(tx, "head")
        assert source is not None
        save_sources(tx, [replace(source, sections=(("Business", "Harbour"),))])
    file_all(sqlite_site)
    reader = open_site(sqlite_site)
    assert reader.get("/section/harbour").status == 200
    assert reader.get("/section/business").headers["location"] == "/section/harbour"


def test_a_section_ranks_its_stories_and_lists_its_reports(reader, sqlite_site) -> None:
    file_all(sqlite_site)
    page = html.fromstring(reader.get("/section/world").text)
    assert page.xpath("//main//h1")[0].text_content() == "World"
    assert "all ashore, finally" in page.xpath("//main//h2")[0].text_content()
    (rest,) = page.xpath("//a[contains(@href, 'sort=time')]/@href")
    listed = reader.get(rest)
    assert "Alle an Land" in listed.text and "Withdrawn" in listed.text


def test_every_place_says_why(reader) -> None:
    page = html.fromstring(reader.get("/").text)
    lead = page.xpath("//section[@class='first']")[0].text_content()
    assert "3 outlets, 2 origins" in lead
    assert "2 languages" in lead
    assert "3 new reports in the last hour" in lead
    rows = json.loads(reader.get("/front.json").body)
    assert rows[0]["place"] == "lead"
    assert rows[0]["why"][:3] == ["3 outlets", "2 origins", "2 languages"]
    assert rows[0]["origins"] == 2
    assert [row["story"] for row in rows] == json.loads(reader.get("/ids/front").body)


def test_an_open_page_asks_for_little_and_gets_a_mark(reader, sqlite_site, clock) -> None:
    page = html.fromstring(reader.get("/").text)
    (box,) = page.xpath("//p[@role='status']")
    assert set(json.loads(reader.get(box.get("data-ids")).body)) <= set(
        map(int, box.get("data-known").split())
    )
    assert box.get("data-words").split("|")[2] == "3 new"
    first = reader.get("/ids/front")
    assert reader.get("/ids/front", if_none_match=first.headers["etag"]).status == 304
    assert json.loads(reader.get("/ids/section/world").body)
    assert reader.get("/ids/section/none").status == 404
    assert "fresh.js" in reader.get("/section/world").text


def test_a_section_stands_as_it_was_put_in_order_and_is_asked_for_cheaply(
    reader, sqlite_site, clock, monkeypatch
) -> None:
    file_all(sqlite_site)
    publish_orders(replace(make_edges(sqlite_site), clock=clock), SITE)
    with monkeypatch.context() as patch:
        patch.setattr(section_orders, "rank_section", None)  # nobody who asks has it ranked
        page = html.fromstring(reader.get("/section/world").text)
        first = reader.get("/ids/section/world")
    (box,) = page.xpath("//p[@role='status']")
    assert json.loads(first.body) == list(map(int, box.get("data-known").split())) == [1, 4]
    assert "2 origins" in page.xpath("//main")[0].text_content()
    mark = first.headers["etag"]
    assert reader.get("/ids/section/world", if_none_match=mark).status == 304
    with sqlite_site.write(NOW) as tx:
        bump_generation(tx)
    assert reader.get("/ids/section/world", if_none_match=mark).status == 304


def test_where_nobody_keeps_orders_a_section_is_ranked_once_a_generation(
    reader, sqlite_site, clock, monkeypatch
) -> None:
    file_all(sqlite_site)
    asked, rank = [], section_orders.rank_section
    monkeypatch.setattr(
        section_orders, "rank_section", lambda *given: asked.append(1) or rank(*given)
    )
    assert reader.get("/section/world").status == 200
    clock.now += timedelta(minutes=2)
    assert json.loads(reader.get("/ids/section/world?again").body) == [1, 4]
    assert len(asked) == 1
    pin = Pin(story_id=StoryId(4), place=PinPlace.LEAD, at=clock.now, section="world", by="person")
    with sqlite_site.write(clock.now) as tx:
        save_pin(tx, pin)
        bump_generation(tx)
    assert json.loads(reader.get("/ids/section/world").body) == [4, 1]
    assert len(asked) == 2
    page = html.fromstring(reader.get("/section/world").text)
    assert "pinned by the editor" in page.xpath("//main")[0].text_content()
    assert len(asked) == 2


def test_what_the_editor_holds_leads_and_is_marked(
    sqlite_site: Store, open_site: Callable[[Store], Reader], clock
) -> None:
    reader = open_site(sqlite_site)
    pin = Pin(
        story_id=StoryId(4),
        place=PinPlace.LEAD,
        at=NOW,
        until=NOW + timedelta(hours=2),
        by="person",
    )
    with sqlite_site.write(NOW) as tx:
        save_pin(tx, pin)
        bump_generation(tx)
    lead = html.fromstring(reader.get("/").text).xpath("//section[@class='first']")[0]
    assert "pinned by the editor" in lead.text_content()
    clock.now = NOW + timedelta(hours=3)
    assert "pinned by the editor" not in open_site(sqlite_site).get("/").text


def test_beside_a_source_stands_its_own_time_and_not_the_storys(
    sqlite_site: Store, open_site, clock
) -> None:
    with sqlite_site.write(NOW) as tx:
        set_story_lead(tx, StoryId(1), ArticleId(3))  # 11:30; the story's last report is of 11:50
        bump_generation(tx)

    def read_line() -> str:
        page = html.fromstring(open_site(sqlite_site).get("/").text)
        line, *_ = page.xpath(
            "//main//article[.//h3/a[starts-with(@href, '/story/1-')]]//p[@class='by']"
        )
        return " ".join(line.text_content().split())

    assert read_line().startswith("Source: Head Post 11:30 3 outlets, 2 origins 2 languages")
    assert "last report" not in read_line()  # so many minutes ago, it says
    clock.now += timedelta(hours=2)
    told = "Source: Head Post 11:30 3 outlets, 2 origins last report 11:50"
    assert read_line().startswith(told)
