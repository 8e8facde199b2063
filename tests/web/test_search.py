"""The search page: what was understood, results by story, facets, suggestions, long results."""

import asyncio
import json
import threading
from urllib.parse import parse_qs, quote, urlparse

import pytest
from lxml import html

from dateline.model import ArticleId, Claims, Entity, EntityKind, Statement, StatementKind
from dateline.store import MOST_TERMS, Hits, Store
from dateline.store.claims import ReadVersion, save_claims
from dateline.store.editions import bump_generation
from dateline.web import finding, instead, search_words, suggesting
from dateline.web.desk import SEARCHES

from .conftest import NOW, Reader


@pytest.fixture(autouse=True)
def patient(monkeypatch) -> None:
    """What is only offered may take its time: the machine may be busy."""
    monkeypatch.setattr(suggesting, "SUGGEST_SECONDS", 60.0)
    monkeypatch.setattr(instead, "SECONDS", 60.0)


def look(reader: Reader, query: str, **more: str) -> html.HtmlElement:
    extra = "".join(f"&{name.rstrip('_')}={quote(value)}" for name, value in more.items())
    answer = reader.get(f"/search?q={quote(query)}{extra}")
    assert answer.status == 200
    return html.fromstring(answer.text)


def list_ids(tree: html.HtmlElement) -> list[int]:
    links = tree.xpath("//div[@class='stream']//article//*[@class='headline']/a/@href")
    return [int(link.split("/")[2].split("-")[0]) for link in links]


def read_form(tree: html.HtmlElement) -> dict[str, str]:
    fields = {
        each.get("name"): each.get("value") for each in tree.xpath("//form[@class='ask']//input")
    }
    chosen = tree.xpath("//form[@class='ask']//select")
    return fields | {each.get("name"): each.value or "" for each in chosen}


@pytest.fixture
def named_site(sqlite_site: Store) -> Store:
    """The small site with people and a place in its articles."""
    ann = Entity(kind=EntityKind.PERSON, name="Ann Vale", key="ann-vale", mentions=((0, 5),))
    town = Entity(kind=EntityKind.PLACE, name="Vale", key="vale", mentions=((0, 5),))
    said = Statement(
        spans=((0, 5),),
        content="Coast",
        kind=StatementKind.INDIRECT,
        speaker="Ann Vale",
        source_span=None,
        cue="said",
        cue_span=None,
        speaker_resolved="Ann Vale",
        speaker_key="ann-vale",
    )
    one = Claims(entities=(ann, town), statements=(said,), made_by="claims/1")
    two = Claims(entities=(ann,), made_by="claims/1")
    with sqlite_site.write(NOW) as tx:
        save_claims(
            tx,
            [
                ReadVersion(article_id=ArticleId(1), version=2, claims=one),
                ReadVersion(article_id=ArticleId(3), version=1, claims=two),
            ],
        )
        bump_generation(tx)
    return sqlite_site


@pytest.fixture
def namer(named_site: Store, open_site) -> Reader:
    return open_site(named_site)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("coastguard", [1, 2, 3, 4, 5, 6]),
        ("coastguard outlet:full", [1, 4, 5]),
        ('coastguard outlet:"Full Post"', [1, 4, 5]),
        ("-outlet:full coastguard", [2, 3, 6]),
        ("lang:de", [2]),
        ("section:business", [3]),
        ("story:1", [1, 2, 3]),
        ("story:1-some-words outlet:part", [2]),
        ("coastguard -story:1", [4, 5, 6]),
        ('"ferry firm"', [3]),
        ("passen*", [1, 2, 3, 4, 5, 6]),
        ("person:Vale", [1, 3]),
        ("said-by:ann-vale", [1]),
        ('place:"vale"', [1]),
        ("person:Nobody", []),
        ("from:2026-05-14 to:2026-05", [1, 2, 3, 4, 5, 6]),
        ("to:2026-05-13", []),
        ("-coastguard", []),
        ("operator:unknown", []),
        ("coastguard NOT outlet:full", [2, 3, 6]),
        ("coastguard AND lang:de", [2]),
        ("nothing OR coastguard lang:de", [2]),
        ("lang:de OR section:business", []),
        ("outlet: full", [1, 4, 5]),
        ("outlet:post", [1, 2, 3, 4, 5, 6]),
        ("lang:german", [2]),
    ],
)
def test_what_is_found(namer: Reader, query: str, ids: list[int]) -> None:
    assert sorted(list_ids(look(namer, query))) == ids
    feed = json.loads(namer.get(f"/feeds/search.json?q={quote(query)}").text)
    assert len(feed["items"]) == len([one for one in ids if one != 4]), "4 is withdrawn"


def test_the_form_shows_what_was_understood(reader: Reader) -> None:
    tree = look(reader, "ferry outlet:full lang:EN from:2026-05 to:2026-05-14 person:x")
    assert read_form(tree) == {
        "q": "ferry person:x",
        "source": "full",
        "lang": "en",
        "from": "2026-05-01",
        "to": "2026-05-14",
        "sort": "",
    }
    said = tree.xpath("//section[@aria-labelledby='chosen']//bdi/text()")
    assert said[:2] == ["Outlet: Full Post", "Language: English"] and "Named: x" in said


def test_the_form_and_the_operators_say_the_same(reader: Reader) -> None:
    typed = look(reader, "coastguard outlet:full")
    picked = look(reader, "coastguard", source="full")
    assert list_ids(typed) == list_ids(picked)
    assert read_form(typed) == read_form(picked)
    both = look(reader, "coastguard outlet:part", source="full")
    assert sorted(list_ids(both)) == [1, 2, 4, 5, 6], "two outlets: either"
    assert read_form(both)["source"] == "" and "outlet:full" in read_form(both)["q"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("ferry lang:xx", "“xx” is no language here; left out."),
        ("ferry outlet:nobody", "“nobody” is no outlet here; left out."),
        ("ferry section:nothing", "“nothing” is no section here; left out."),
        ("ferry from:soon", "“soon” was left out."),
        ("ferry to:2026-13-01", "“2026-13-01” was left out."),
        ("ferry story:x", "“x” was left out."),
        ("-ferry", search_words.NOTHING_TO_FIND),
        ("OR ferry", "“OR” joins nothing here"),
        ("ferry -fe*", "“fe*” was looked for as a whole word"),
        ("ferry -size:x", "“size:” is no operator here"),
    ],
)
def test_what_is_not_understood_is_said(reader: Reader, query: str, said: str) -> None:
    tree = look(reader, query)
    assert any(said in note for note in tree.xpath("//p[@class='note']/text()"))
    assert bool(list_ids(tree)) == (not query.startswith("-"))


@pytest.mark.parametrize("query", ["fer*", "北*", "北京*", '"a ferry"*'])
def test_what_is_long_enough_to_begin_words_needs_no_word(reader: Reader, query: str) -> None:
    assert not look(reader, query).xpath("//p[@class='note']")


def test_fields_are_folded_once_something_was_asked_for(reader: Reader) -> None:
    blank, asked = look(reader, ""), look(reader, "coastguard", source="full")
    assert blank.xpath("//form[@class='ask']/details[@open]") and blank.xpath(
        "//header[@class='page-head']/h1"
    )
    assert asked.xpath("//form[@class='ask']/details[not(@open)]")
    assert read_form(asked)["source"] == "full", "they are sent as they stand, folded or not"
    (link,) = look(reader, "coastguard").xpath("//p[@role='status']/a/@href")
    assert look(reader, "coastguard").xpath(f"//*[@id='{link[1:]}']")
    assert "From 1 May 2026" in asked_since(reader) and "2026-05" not in asked_since(reader)


def asked_since(reader: Reader) -> str:
    tree = look(reader, "coastguard", from_="2026-05-01")
    return tree.xpath("string(//section[@aria-labelledby='chosen'])")


def test_one_limit_holds_for_all_and_what_is_beyond_it_is_said(reader: Reader) -> None:
    nothing = " ".join(f"-w{number}" for number in range(MOST_TERMS - 1))
    assert list_ids(look(reader, f"coastguard {nothing}"))
    tree = look(reader, f"coastguard {nothing} -ferry -outlet:full")
    (note,) = tree.xpath("//p[@class='note']/text()")
    assert note == search_words.TOO_MUCH.format("-ferry -outlet:full")
    chips = tree.xpath("//section[@aria-labelledby='chosen']//bdi/text()")
    assert len(chips) == MOST_TERMS - 1 and "without ferry" not in chips
    either = "coastguard " + " OR ".join(f"w{number}" for number in range(MOST_TERMS))
    assert sorted(list_ids(look(reader, either))) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("coastguard outlet:nobody", "“nobody” is no outlet here; left out."),
        ("OR coastguard", "“OR” joins nothing here"),
        (
            "coastguard" + "".join(f" -w{n}" for n in range(MOST_TERMS)),
            f"left out was: -w{MOST_TERMS - 1}",
        ),
    ],
)
def test_a_feed_never_has_more_than_was_asked_for(reader: Reader, query: str, why: str) -> None:
    feed = json.loads(reader.get(f"/feeds/search.json?q={quote(query)}").text)
    assert feed["items"] == [] and why in feed["description"]
    page = html.fromstring(
        reader.get(feed["home_page_url"].removeprefix("https://site.example")).text
    )
    assert list_ids(page), "the page has what is found without the part"
    if "nobody" in query:
        assert any(why in note for note in page.xpath("//p[@class='note']/text()"))
    (own,) = page.xpath("//link[@type='application/feed+json']/@href")
    assert json.loads(reader.get(own).text)["items"], "its own feed is of what it shows"
    for form in ("rss", "atom"):
        assert reader.get(f"/feeds/search.{form}?q={quote(query)}").status == 200


def test_titles_say_what_a_search_is_narrowed_down_to(reader: Reader) -> None:
    query = "coastguard -ferry outlet:full from:2026-05-01"
    said = "coastguard · Outlet: Full Post · From 1 May 2026 · without ferry"
    assert look(reader, query).xpath("string(//title)") == f"{said} · The Site"
    feed = json.loads(reader.get(f"/feeds/search.json?q={quote(query)}").text)
    assert feed["title"] == f"Search: {said} · The Site"


def list_instead(reader: Reader, query: str) -> dict[str, list[int]]:
    """What is offered where nothing was found, each with what it finds."""
    links = look(reader, query).xpath("//section[@aria-labelledby='instead']//a")
    return {
        " ".join(each.getparent().text_content().split()): sorted(
            list_ids(html.fromstring(reader.get(each.get("href")).text))
        )
        for each in links
    }


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ("coastguard missle", {"without missle 6 reports": [1, 2, 3, 4, 5, 6]}),
        (
            "coastguard lang:de outlet:full",
            {
                "Take away: Outlet: Full Post 1 report": [2],
                "Take away: Language: Deutsch 3 reports": [1, 4, 5],
                "without any filter 6 reports": [1, 2, 3, 4, 5, 6],
            },
        ),
        (
            "coastguard missle lang:de",
            {
                "without missle 1 report": [2],
                "without any filter 6 reports": [1, 2, 3, 4, 5, 6],
            },
        ),
        (
            "coastguard -coastguard",
            {"Take away: without coastguard 6 reports": [1, 2, 3, 4, 5, 6]},
        ),
        ("missle", {}),
        ("missle lang:de", {"without missle 1 report": [2]}),
        ("missle rokcet", {}),
        ("coastguard", {}),
        ("-coastguard -ferry", {}),
    ],
)
def test_where_nothing_is_found_it_says_what_would_be(reader: Reader, query, offered) -> None:
    assert list_instead(reader, query) == offered


def test_words_that_no_report_has_are_named(reader: Reader) -> None:
    said = search_words.IN_NO_REPORT.format('missle "no such"')
    assert said in look(reader, 'coastguard missle "no such"').text_content()


def test_results_stand_by_story_with_their_hits_marked(reader: Reader) -> None:
    tree = look(reader, "coastguard")
    (story,) = tree.xpath("//section[@aria-labelledby='story-1']")
    assert len(story.xpath(".//article")) == 3
    assert story.xpath(".//h2/a/@href")[0].startswith("/story/1-")
    assert (
        len(tree.xpath("//div[@class='stream']/section[starts-with(@aria-labelledby, 'story-')]"))
        == 1
    )
    assert tree.xpath("//mark/text()")
    title = look(reader, "ferry").xpath("//h3[@class='headline']//mark/text()")
    assert "Ferry:" in title or "Ferry" in title


def test_what_stands_in_a_hit_of_either_word_is_marked(reader: Reader) -> None:
    for order in ("", "match"):
        tree = look(reader, "nothing OR ferry", sort=order)
        assert {each.lower().strip(":") for each in tree.xpath("//mark/text()")} == {"ferry"}


def test_more_reports_of_a_story_lead_to_all_of_them(reader: Reader, monkeypatch) -> None:
    monkeypatch.setattr(finding, "OF_STORY", 2)
    (more,) = look(reader, "coastguard").xpath("//p[@class='all']/a")
    assert more.text == "1 more report"
    assert sorted(list_ids(html.fromstring(reader.get(more.get("href")).text))) == [1, 2]


def test_facets_are_links_that_narrow_down(reader: Reader) -> None:
    tree = look(reader, "coastguard")
    counts = {
        each.xpath("string(a)"): each.xpath("string(span)")
        for each in tree.xpath("//section[@class='facets']//li")
    }
    assert counts["Full Post"] == "3" and counts["English"] == "4" and counts["Business"] == "1"
    for link in tree.xpath("//section[@class='facets']//a"):
        narrowed = html.fromstring(reader.get(link.get("href")).text)
        count = int(link.getparent().xpath("string(span)"))
        if link.get("class") == "without":
            count = len(list_ids(tree)) - count
        assert len(list_ids(narrowed)) == count, link.text_content()


def test_pages_of_results_show_each_story_once(reader: Reader, monkeypatch) -> None:
    monkeypatch.setattr(finding, "PAGE", 1)
    monkeypatch.setattr(finding, "WINDOW", 4)
    path, seen = "/search?q=coastguard", []
    while path:
        tree = html.fromstring(reader.get(path).text)
        seen += list_ids(tree)
        path = "".join(tree.xpath("//a[@rel='next']/@href"))
    assert sorted(seen) == [1, 2, 3, 4, 5, 6]


def test_best_first(reader: Reader) -> None:
    tree = look(reader, "ferry coastguard", sort="match")
    assert list_ids(tree)[0] in (1, 3), "it stands in the headline"
    assert "Ranked" not in tree.text_content()
    assert list_ids(look(reader, "lang:de", sort="match")) == [2]


@pytest.fixture
def namesakes(named_site: Store, open_site) -> Reader:
    """The same with a firm whose key is a word of Ann Vale's name, and a namesake who speaks."""
    firm = Entity(kind=EntityKind.ORGANISATION, name="Vale Shipping", key="ann", mentions=((0, 5),))
    tom = Entity(kind=EntityKind.PERSON, name="Tom Vale", key="tom-vale", mentions=((0, 5),))
    said = Statement(
        spans=((0, 5),),
        content="Coast",
        kind=StatementKind.INDIRECT,
        speaker="Tom Vale",
        source_span=None,
        cue="said",
        cue_span=None,
        speaker_resolved="Tom Vale",
        speaker_key="tom-vale",
    )
    claims = Claims(entities=(firm, tom), statements=(said,), made_by="claims/1")
    with named_site.write(NOW) as tx:
        save_claims(tx, [ReadVersion(article_id=ArticleId(5), version=1, claims=claims)])
        bump_generation(tx)
    return open_site(named_site)


def test_a_link_about_someone_finds_nobody_else(namesakes: Reader) -> None:
    people = look(namesakes, "vale").xpath("//section[@aria-labelledby='people']")[0]
    assert {each.text_content() for each in people.xpath(".//bdi")} >= {"Ann Vale", "Vale Shipping"}
    speaking = people.xpath(".//a[@class='small']")
    assert {
        each.text: list_ids(html.fromstring(namesakes.get(each.get("href")).text))
        for each in speaking
    } == {
        "Reports in which Ann Vale speaks": [1],
        "Reports in which Tom Vale speaks": [5],
    }


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("ann", {"person:=ann": [5]}),
        ("tom-vale", {"said-by:=tom-vale": [5], "person:=tom-vale": [5]}),
    ],
)
def test_a_persons_page_leads_only_to_searches_that_find(namesakes: Reader, key, found) -> None:
    tree = html.fromstring(namesakes.get(f"/person/{key}").text)
    links = tree.xpath("//p[@class='all']/a[contains(@href, '/search')]/@href")
    answers = {parse_qs(urlparse(one).query)["q"][0]: namesakes.get(one).text for one in links}
    assert {query: list_ids(html.fromstring(text)) for query, text in answers.items()} == found
    chips = [
        html.fromstring(text).xpath("//section[@aria-labelledby='chosen']//bdi/text()")
        for text in answers.values()
    ]
    assert all("Vale" in chip for (chip,) in chips), "by name, not by key"


def test_a_typed_name_says_whom_it_was_taken_for(namesakes: Reader) -> None:
    tree = look(namesakes, "said-by:vale")
    assert sorted(list_ids(tree)) == [1, 5]
    (note,) = tree.xpath("//p[contains(., 'is taken for')]")
    assert note.text_content().startswith("“vale” is taken for: ")
    links = {each.text_content(): each.get("href") for each in note.xpath("./a")}
    assert {"Ann Vale", "Tom Vale"} <= links.keys()
    only = html.fromstring(namesakes.get(links["Tom Vale"]).text)
    assert list_ids(only) == [5] and not only.xpath("//p[contains(., 'is taken for')]")
    assert not look(namesakes, 'said-by:"Tom Vale"').xpath("//p[contains(., 'is taken for')]")
    outlets = look(namesakes, "coastguard outlet:post").xpath("//p[contains(., 'is taken for')]/a")
    assert {each.text_content() for each in outlets} == {"Full Post", "Part Post", "Head Post"}
    one = html.fromstring(namesakes.get(outlets[0].get("href")).text)
    assert read_form(one)["source"] == outlets[0].text_content().split()[0].lower()
    nobody = look(namesakes, "person:Nobody").text_content()
    assert search_words.NOBODY_CALLED.format("Nobody") in nobody


def test_people_and_places_stand_above_the_results(namer: Reader) -> None:
    tree = look(namer, "vale")
    assert tree.xpath("//section[@aria-labelledby='people']//a/@href")[0] == "/person/ann-vale"
    (place,) = tree.xpath("//section[@aria-labelledby='places']//a/@href")
    assert parse_qs(urlparse(place).query)["q"] == ["place:=vale"]
    assert list_ids(html.fromstring(namer.get(place).text)) == [1]
    assert "/person/ann-vale" in namer.get("/search?q=ann+vael").text, "a slip of the pen"


def test_suggestions_are_json(namer: Reader) -> None:
    answer = namer.get("/suggest?q=vale")
    rows = json.loads(answer.text)
    assert {(row["name"], row["kind"]) for row in rows} == {
        ("Ann Vale", "person"),
        ("Vale", "place"),
    }
    assert answer.headers["content-type"].startswith("application/json")
    for query in ("", "%00", "%ff", "a" * 5000, "'"):
        assert json.loads(namer.get(f"/suggest?q={query}").text) == []
    assert namer.get("/static/suggest.js").status == 200


def suggest(reader: Reader, typed: str) -> dict[str, str]:
    """The names that are suggested, each with what its choice asks the search for, or its page."""
    rows = json.loads(reader.get(f"/suggest?q={quote(typed)}").text)
    asked = {row["name"]: parse_qs(urlparse(row["path"]).query).get("q", []) for row in rows}
    return {row["name"]: "".join(asked[row["name"]]) or row["path"] for row in rows}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("tom va", {"Tom Vale": "/person/tom-vale"}),
        ("person:tom", {"Tom Vale": "person:=tom-vale"}),
        ("ferry -PERSON:tom", {"Tom Vale": "ferry -person:=tom-vale"}),
        ('ferry said-by:"ann va', {"Ann Vale": "ferry said-by:=ann-vale"}),
        ("place:val", {"Vale": "place:=vale"}),
        ("said-by:vale s", {}),
        ("person: shipping", {"Vale Shipping": "person:=ann"}),
        ("ferry tom", {"Tom Vale": "ferry person:=tom-vale"}),
        ("ferry tom vale", {"Tom Vale": "ferry person:=tom-vale"}),
        ("lang:de tom", {"Tom Vale": "lang:de person:=tom-vale"}),
        ("outlet:tom", {}),
    ],
)
def test_names_are_suggested_where_they_are_typed(namesakes: Reader, typed, found) -> None:
    assert suggest(namesakes, typed) == found


def test_suggestions_say_what_they_are(namesakes: Reader) -> None:
    rows = json.loads(namesakes.get("/suggest?q=vale").text)
    kinds = {row["name"]: row["said"] for row in rows}
    assert kinds == {
        "Ann Vale": "Person",
        "Tom Vale": "Person",
        "Vale": "Place",
        "Vale Shipping": "Organisation",
    }
    page = html.fromstring(namesakes.get("/about").text)
    assert page.xpath("//input[@id='find']/@data-names") and page.xpath(
        "//script[contains(@src, 'suggest')]"
    )


def test_stories_are_suggested_by_their_headlines(namer: Reader) -> None:
    tree = html.fromstring(namer.get("/").text)
    heads = tree.xpath("//a[starts-with(@href, '/story/')]")
    headline = next(words for each in heads if len(words := each.text_content().split()) > 2)
    typed = quote(f"{headline[0]} {headline[1]}")
    rows = json.loads(namer.get(f"/suggest?q={typed}").text)
    assert [row["path"] for row in rows if row["kind"] == "story"], headline
    assert not json.loads(namer.get("/suggest?q=coastguard+zzz").text)


def test_a_stopped_search_says_so(reader: Reader, monkeypatch) -> None:
    monkeypatch.setattr(finding, "SECONDS", -1.0)
    monkeypatch.setattr("dateline.store.search_sqlite._STEPS", 1)
    assert search_words.STOPPED in look(reader, "coastguard").text_content()


def test_searches_that_take_long_leave_other_pages_alone(reader: Reader, monkeypatch) -> None:
    running, most, done = [], [], threading.Event()

    def wait(*_: object) -> Hits:
        running.append(1)
        most.append(len(running))
        done.wait(30)
        running.pop()
        return Hits()

    monkeypatch.setattr(finding, "find_hits", wait)

    async def ask(path: str) -> int:
        return (await reader._ask("GET", path, b"", {})).status

    async def flood() -> list[int]:
        paths = [f"/search?q=word{number}" for number in range(60)]
        searches = [asyncio.create_task(ask(path)) for path in paths]
        try:
            about = await asyncio.wait_for(ask("/about"), 20)
        finally:
            done.set()
        return [about, *await asyncio.gather(*searches)]

    assert set(asyncio.run(flood())) == {200}
    assert max(most) <= SEARCHES


def test_a_kicker_stands_once_before_a_headline(reader) -> None:
    page = html.fromstring(reader.get("/search?q=ferry").text)
    titles = [
        " ".join(each.text_content().split()) for each in page.xpath("//h3[@class='headline']")
    ]
    assert "Ferry: all ashore, finally" in titles, titles


def test_what_was_typed_runs_in_its_own_direction_and_an_empty_box_in_the_pages(reader) -> None:
    for path, directions in (("/search?q=mar*", ["auto"]), ("/search", [])):
        page = html.fromstring(reader.get(path).text)
        assert page.xpath("//input[@type='search']/@dir") == directions
