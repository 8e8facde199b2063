"""The page of a story: trees, what is new, merged stories."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import html
from tests.web.conftest import SITE

from dateline.model import (
    ArticleId,
    DecisionKind,
    Link,
    LinkKind,
    OriginId,
    OriginPlace,
    Rights,
    Role,
    StoryId,
    StoryPart,
    StoryPlace,
)
from dateline.pipeline.headlines import renew_leads
from dateline.publish.addresses import card_path, story_path
from dateline.store import NewArticle
from dateline.store.articles import load_article, mark_gone, save_articles
from dateline.store.cards import CardFilter, list_cards, load_cards
from dateline.store.decisions import NewDecision, save_decision
from dateline.store.editions import bump_generation
from dateline.store.merging import merge_stories
from dateline.store.origins import save_origin_places
from dateline.store.sitemaps import list_range_stories
from dateline.store.sources import list_sources, save_sources
from dateline.store.stories import load_story, save_story_places
from dateline.web.words import ORIGINS_AT_MOST

STORY = "/story/1-ferry-all-ashore-finally"


def read(page: str) -> str:
    return re.sub(r"\s+", " ", html.fromstring(page).find(".//main").text_content())


@pytest.fixture
def told(sqlite_site, clock, open_site):
    """The small site, in which the story of the ferry has all that a story may have."""
    with sqlite_site.write(clock.now) as tx:
        translation = OriginPlace(
            article_id=ArticleId(2),
            origin_id=OriginId(1),
            role=Role.CARRIES,
            taken_from=ArticleId(1),
            likeness=0.834,
            sureness=0.75,
            why="its sentences mean the same",
            agency="afp",
        )
        partial = Link(
            article_id=ArticleId(3),
            other_id=ArticleId(1),
            kind=LinkKind.PARTIAL,
            likeness=0.31,
            why="31 %",
        )
        own = OriginPlace(
            article_id=ArticleId(3), origin_id=OriginId(2), role=Role.FIRST, links=(partial,)
        )
        save_origin_places(tx, [translation, own])
        part = StoryPart(article_id=ArticleId(6), story_id=StoryId(1), spans=((0, 20),), score=0.5)
        save_story_places(
            tx, [StoryPlace(article_id=ArticleId(6), story_id=StoryId(4), parts=(part,))]
        )
        merge_stories(tx, StoryId(2), StoryId(1))
        save_decision(
            tx,
            NewDecision(
                kind=DecisionKind.MERGE,
                after=ArticleId(6),
                from_id=2,
                to_id=1,
                by="person",
                why="one ferry",
            ),
        )
        bump_generation(tx)
    return open_site(sqlite_site)


def test_the_page_shows_who_has_it_from_whom_how_sure_and_why(told) -> None:
    text = read(told.get(STORY).text)
    for said in (
        "AFP as credited by 1 outlet; its own report is not here.",
        "Earliest carrier here: Full Post",
        "Likely (75%): its sentences mean the same",
        "translation, Deutsch",
        "Some of its passages also stand in Head Post (31%)",
        "Some of its passages also stand in Full Post (31%)",
        "This and another story were found to be one. Decided by an editor. one ferry",
        "A part of it belongs to this story",
        "Only in العربية: 1 report",
        "Changed after publication: Ferry: all ashore, finally Source: Full Post",
    ):
        assert said in text, said


def test_the_tree_is_a_nested_list_under_its_heading(told) -> None:
    tree = html.fromstring(told.get(STORY).text)
    origin = tree.xpath("//section[@class='origin'][.//b]")[0]
    assert origin.xpath("./h3")
    assert origin.xpath("./ul/li/ul/li/ul/li/p[@class='twig']/a/bdi/text()") == ["Part Post"]


def test_since_a_moment_the_page_lists_only_what_is_new(told, clock) -> None:
    text = read(told.get(f"{STORY}?since=2026-05-14T11:45").text)
    assert (
        "Since 14 May 2026, 11:45 UTC: 1 report published again, 1 withdrawal and 1 decision on"
        in text
    )
    assert "Show everything" in text
    stream = html.fromstring(told.get(f"{STORY}?since=2026-05-14T11:45").text)
    headlines = stream.xpath("//section[@class='day']//h4//a/text()")
    assert "Ferry firm falls" not in " ".join(headlines)
    clock.now += timedelta(days=2)
    assert "Nothing is new since" in read(told.get(f"{STORY}?since=6h").text)
    assert "The whole story is new since" in read(told.get(f"{STORY}?since=3d").text)


def test_a_moment_that_is_none_is_said_and_everything_is_shown(told) -> None:
    page = told.get(f"{STORY}?since=%22%3E%3Cscript%3E").text
    assert "was left out" in page
    assert "<script>" not in page.replace("<script src", "")
    assert "Ferry firm falls" in page


def test_the_moment_is_no_part_of_the_address_that_search_engines_keep(told) -> None:
    page = html.fromstring(told.get(f"{STORY}?since=6h&lang=de").text)
    assert page.xpath("//link[@rel='canonical']/@href") == [f"https://site.example{STORY}?lang=de"]


def test_the_address_of_a_merged_story_leads_to_the_other(told) -> None:
    for path in ("/story/2", "/story/2-taken-back"):
        answer = told.get(path)
        assert (answer.status, answer.headers["location"]) == (301, STORY)
    answer = told.get("/story/2-taken-back?lang=de&since=6h&x=1")
    assert answer.headers["location"] == f"{STORY}?lang=de&since=6h"


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_the_feed_of_a_merged_story_leads_to_the_others(told, form) -> None:
    answer = told.get(f"/feeds/story/2.{form}")
    assert (answer.status, answer.headers["location"]) == (301, f"/feeds/story/1.{form}")
    assert told.get(answer.headers["location"]).status == 200


def test_who_subscribes_to_a_merged_story_follows_the_other(told, sqlite_site) -> None:
    assert told.post("/subscribe", {"email": "a@b.example", "list": "story:2"}).status == 200
    with sqlite_site.read() as tx:
        lists = tx.conn.exec_driver_sql("select list from readers").scalars().all()
    assert lists == ["story:1"]


def test_feeds_of_stories_say_outlets_and_origins(told) -> None:
    feed = told.get("/feeds/front.json").text
    # Neither the part of another article nor the withdrawn one is coverage.
    assert "3 outlets, 2 origins" in feed


def test_a_page_counts_no_more_origins_than_outlets_and_says_so_beside_its_trees(
    told, sqlite_site, open_site, clock
) -> None:
    with sqlite_site.write(clock.now) as tx:
        one = load_article(tx, ArticleId(1))
        for number in range(4):
            new = NewArticle(
                source_id=one.source.id,
                guid=f"own {number}",
                url=f"https://full.example/own/{number}",
                first_seen=clock.now,
                reading=one.version.reading,
                fingerprint=f"own {number}",
            )
            (saved,) = save_articles(tx, [new])
            own = OriginPlace(article_id=saved, origin_id=OriginId(70 + number), role=Role.FIRST)
            save_origin_places(tx, [own])
            save_story_places(tx, [StoryPlace(article_id=saved, story_id=StoryId(1))])
        bump_generation(tx)
        story = load_story(tx, StoryId(1))
    assert story.origins > story.outlets
    reader = open_site(sqlite_site)
    page = html.fromstring(reader.get(STORY).text)
    counted = f"{story.outlets} outlets, {story.outlets} origins"
    assert counted in page.xpath("//header//p[@class='tally']")[0].text_content()
    (trees,) = page.xpath("//section[@class='trees']/p[1]")
    assert ORIGINS_AT_MOST in trees.text_content()
    assert ORIGINS_AT_MOST in reader.get("/about").text


def test_a_link_to_a_part_leads_to_that_part_of_the_article(told) -> None:
    page = html.fromstring(told.get(STORY).text)
    (href,) = page.xpath("//div[@class='report']//a[starts-with(., 'A part of it')]/@href")
    path, _, anchor = href.partition("#")
    article = html.fromstring(told.get(path).text)
    (part,) = article.xpath("//*[@id=$anchor]", anchor=anchor)
    assert part.xpath("./h3/a/@href") == [STORY]
    assert part.xpath("./blockquote/p/text()") == ["Coastguard crews bro"]
    assert not part.xpath("./p[@class='rest']")


def test_of_a_part_no_more_is_shown_than_the_source_allows(told, sqlite_site, clock) -> None:
    with sqlite_site.write(clock.now) as tx:
        spans = ((0, 20), (40, 60))
        part = StoryPart(article_id=ArticleId(6), story_id=StoryId(1), spans=spans, score=0.5)
        place = StoryPlace(article_id=ArticleId(6), story_id=StoryId(4), parts=(part,))
        save_story_places(tx, [place])
        bump_generation(tx)
    path = told.get("/article/6").headers["location"]
    (part,) = html.fromstring(told.get(path).text).xpath("//*[@id='story-1']")
    assert part.xpath("./blockquote/p/text()") == ["Coastguard crews bro", "the"]
    assert part.xpath("./p[@class='rest']/text()") == ["More of this part stands at the source."]


def test_an_article_has_the_anchor_of_its_own_story(told) -> None:
    page = html.fromstring(told.get("/article/3-ferry-firm-falls").text)
    assert page.xpath("//*[@id='story-1']/h2/text()") == ["Part of a story"]


def test_the_reasons_of_the_software_are_no_words_for_readers(told, sqlite_site, clock) -> None:
    with sqlite_site.write(clock.now) as tx:
        why = "as alike as one (0.27; 0.25 is asked)"
        merge = NewDecision(
            kind=DecisionKind.MERGE, after=ArticleId(6), from_id=2, to_id=1, by="stories/2", why=why
        )
        save_decision(tx, merge)
        save_decision(tx, merge)
        bump_generation(tx)
    text = read(told.get(STORY).text)
    assert "This and 2 other stories were found to be one. Decided by the site’s software" in text
    assert "0.27" not in text


def test_a_split_is_told_on_both_sides(told, sqlite_site, clock) -> None:
    gave = "Some reports were found to be a story of their own. Decided by the site"
    took = "These reports stood in another story, and were found to be one of their own. Decided"
    # Where a story did both on one day, that it gave is told.
    for giver, taker, said, unsaid in ((4, 1, took, gave), (1, 4, gave, took)):
        with sqlite_site.write(clock.now) as tx:
            split = NewDecision(
                kind=DecisionKind.SPLIT,
                after=ArticleId(6),
                from_id=giver,
                to_id=taker,
                by="stories",
            )
            save_decision(tx, split)
            bump_generation(tx)
        text = read(told.get(STORY).text)
        assert said in text and unsaid not in text


@pytest.fixture
def copied(sqlite_site, clock, open_site):
    """The small site, in which article 3 is carried by a dozen articles more."""
    with sqlite_site.write(clock.now) as tx:
        first = load_article(tx, 3)
        sources = {source.key: source.id for source in list_sources(tx)}
        new = [
            NewArticle(
                source_id=sources["part"],
                guid=f"c{number}",
                url=f"https://part.example/c{number}",
                first_seen=clock.now - timedelta(minutes=number),
                reading=first.version.reading,
                fingerprint=f"c{number}",
            )
            for number in range(12)
        ]
        saved = save_articles(tx, new)
        save_origin_places(
            tx,
            [
                OriginPlace(
                    article_id=id, origin_id=OriginId(2), role=Role.CARRIES, taken_from=ArticleId(3)
                )
                for id in saved
            ],
        )
        save_story_places(tx, [StoryPlace(article_id=id, story_id=StoryId(1)) for id in saved])
        bump_generation(tx)
    return open_site(sqlite_site)


def test_of_many_carriers_some_are_named_and_all_stand_in_the_tree(copied) -> None:
    page = html.fromstring(copied.get(STORY).text)
    (named,) = page.xpath("//p[@class='carriers'][count(a) > 1]")
    assert len(named.xpath("./a")) == 8
    assert named.text_content().strip().endswith(" and 4 more")
    (tree,) = page.xpath("//section[@class='origin'][.//details]")
    assert tree.xpath(".//summary/text()") == ["4 more carriers"]
    assert len(tree.xpath(".//p[@class='twig']")) == 13


def test_an_articles_page_names_some_of_many_carriers_once(copied) -> None:
    page = html.fromstring(copied.get("/article/3-ferry-firm-falls").text)
    (aside,) = page.xpath("//section[@aria-labelledby='carriers']")
    assert len(aside.xpath(".//li/a")) == 12
    (term,) = page.xpath("//dt[.='Carried also by']")
    assert term.getnext().xpath("./a/@href") == ["#carriers"]
    assert term.getnext().text_content() == "12 articles"


def test_the_second_page_of_a_long_timeline_has_an_address_of_its_own(told, monkeypatch) -> None:
    monkeypatch.setattr("dateline.publish.story_page.LINES", 2)
    first = html.fromstring(told.get(STORY).text)
    (earlier,) = first.xpath("//nav[@class='pages']/a/@href")
    assert earlier == f"{STORY}?page=2#timeline"
    second = html.fromstring(told.get(f"{STORY}?page=2").text)
    assert second.xpath("//link[@rel='canonical']/@href") == [f"https://site.example{STORY}?page=2"]
    assert not second.xpath("//section[@class='trees']")
    assert second.xpath("//nav[@class='pages']/a[1]/@href") == [f"{STORY}#timeline"]
    assert told.get(f"{STORY}?page=x").status == 200


def test_a_story_in_several_languages_names_the_language_of_each_report(told) -> None:
    page = html.fromstring(told.get(STORY).text)
    names = page.xpath("//section[@class='day']//p[@class='by']/span[@lang]/text()")
    assert {"العربية", "English"} <= set(names)


LEDE = "Police closed the harbour after the storm had passed over the islands."


@pytest.fixture
def nameless(sqlite_site, clock, open_site):
    """The small site, in whose first story an article has neither headline nor language."""
    with sqlite_site.write(clock.now) as tx:
        reading = load_article(tx, 3).version.reading
        reading = replace(reading, headline="", language="und", lede=LEDE, text=LEDE)
        new = NewArticle(
            source_id=next(source.id for source in list_sources(tx) if source.key == "part"),
            guid="n",
            url="https://part.example/n",
            first_seen=clock.now - timedelta(minutes=5),
            reading=reading,
            fingerprint="n",
        )
        (saved,) = save_articles(tx, [new])
        save_story_places(tx, [StoryPlace(article_id=saved, story_id=StoryId(1))])
        bump_generation(tx)
    return open_site(sqlite_site)


@pytest.mark.parametrize(
    ("rights", "words", "called"),
    [
        (Rights.FULL, 60, LEDE),
        (Rights.EXCERPT, 60, LEDE),
        (Rights.EXCERPT, 3, "Police closed the …"),
        (Rights.EXCERPT, 0, "Without a headline"),
        (Rights.HEADLINE, 60, "Without a headline"),
    ],
)
def test_an_article_without_a_headline_is_called_by_its_first_words(
    nameless, sqlite_site, open_site, clock, rights, words, called
) -> None:
    with sqlite_site.write(clock.now) as tx:
        sources = [replace(s, rights=rights, excerpt_words=words) for s in list_sources(tx)]
        save_sources(tx, sources)
        bump_generation(tx)
    reader = open_site(sqlite_site)
    with sqlite_site.read() as tx:
        newest = max(card.article_id for card in list_cards(tx, CardFilter()))
        (card,) = load_cards(tx, [newest])
    own = card_path(card)
    title = html.fromstring(reader.get(own).text).xpath("string(//title)")
    assert title == f"{called} · {SITE.name}"
    for path in (STORY, "/latest", "/search?q=harbour", own, "/feeds/latest.rss"):
        text = reader.get(path).text
        if path != "/feeds/latest.rss":
            links = html.fromstring(text).xpath("//a[not(@aria-hidden)]")
            named = [
                link.text_content().strip() or link.xpath("string(img/@alt)") for link in links
            ]
            assert all(named), path
            assert called in read(text), path
        if words < 8 or rights is Rights.HEADLINE:
            assert "after the storm" not in text, path


def test_a_language_that_is_not_known_is_no_language(nameless) -> None:
    page = html.fromstring(nameless.get(STORY).text)
    assert "2 languages" in read(nameless.get(STORY).text)
    assert page.xpath("//nav[@aria-label='Languages']//a/text()") == ["All", "English", "Deutsch"]


def test_a_page_can_be_shared_by_plain_links(told) -> None:
    page = html.fromstring(told.get(STORY).text)
    mail, link = page.xpath("//p[contains(@class, 'share')]/a/@href")
    assert mail.startswith("mailto:?subject=Ferry%3A%20all%20ashore%2C%20finally&body=https%3A//")
    assert link == f"https://site.example{STORY}"


def test_coverage_over_time_is_a_chart_and_a_table(sqlite_site, clock, open_site) -> None:
    with sqlite_site.write(clock.now) as tx:
        source = list_sources(tx)[0]
        article = load_article(tx, ArticleId(1))
        assert article is not None
        new = [
            NewArticle(
                source_id=source.id,
                guid=f"late-{hours}",
                url=f"https://full.example/late-{hours}",
                first_seen=clock.now,
                reading=replace(
                    article.version.reading,
                    published=replace(
                        article.version.reading.published, at=clock.now - timedelta(hours=hours)
                    ),
                ),
                fingerprint=f"late-{hours}",
            )
            for hours in (30, 20)
        ]
        saved = save_articles(tx, new)
        save_story_places(tx, [StoryPlace(article_id=each, story_id=StoryId(1)) for each in saved])
        bump_generation(tx)
    page = html.fromstring(open_site(sqlite_site).get(STORY).text)
    section = page.xpath("//section[@aria-labelledby='coverage']")[0]
    assert section.xpath(".//svg[@role='img' and @aria-label]//rect")
    assert [int(cell) for cell in section.xpath(".//tbody/tr/td[1]/text()")] == [1, 1, 3]


def test_a_withdrawn_lead_gives_its_place_and_its_headline_away(sqlite_site, clock, open_site):
    with sqlite_site.write(clock.now) as tx:
        mark_gone(tx, ArticleId(1))
        renew_leads(tx, ArticleId(1))
        bump_generation(tx)
    reader = open_site(sqlite_site)
    answer = reader.get(reader.get(STORY).headers["location"])
    page = html.fromstring(answer.text)
    assert answer.status == 200
    assert "all ashore" not in page.findtext(".//title") + page.findtext(".//h1")
    assert "2 outlets" in read(answer.text) and "3 articles" in read(answer.text)
    assert "12:00 Withdrawn: Ferry: all ashore, finally" in read(answer.text), "the lists keep it"
    front = html.fromstring(reader.get("/").text).xpath("//main//a/@href")
    assert any(link.startswith("/story/1-") for link in front)


def test_a_story_of_which_nothing_stands_says_so(sqlite_site, clock, open_site):
    with sqlite_site.write(clock.now) as tx:
        for number in (1, 2, 3):
            mark_gone(tx, ArticleId(number))
            renew_leads(tx, ArticleId(number))
        story = load_story(tx, StoryId(1))
        listed = [each.story_id for each in list_range_stories(tx, 0)]
        bump_generation(tx)
    reader = open_site(sqlite_site)
    answer = reader.get(story_path(story))
    assert answer.status == 410
    assert "All articles of this story were withdrawn at their sources" in read(answer.text)
    assert "noindex" in answer.text and "ld+json" not in answer.text
    assert StoryId(1) not in listed
    assert reader.get("/card/story/1.png").status == 404
