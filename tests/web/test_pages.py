import json
import re

import pytest
from lxml import html

STORY = "/story/1-ferry-all-ashore-finally"
ARTICLE = "/article/1-ferry-all-ashore-finally"
PAGES = (
    "/",
    "/latest",
    "/section/world",
    ARTICLE,
    "/article/2-alle-an-land",
    STORY,
    f"{STORY}?lang=de",
    "/outlets",
    "/outlet/full",
    "/popular",
    "/search",
    "/search?q=ferry",
    "/search?q=ferry&source=full&lang=en&from=2026-05-01&to=2026-05-14&sort=match",
    "/about",
    "/subscribe",
    "/confirm/abc",
    "/leave/abc",
)


def test_every_page_can_be_drawn_on_both_databases(store, fill_store, open_site) -> None:
    fill_store(store)
    reader = open_site(store)
    for path in PAGES:
        answer = reader.get(path)
        assert answer.status == 200, path
        assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_an_empty_site_has_every_page_too(sqlite_store, open_site) -> None:
    reader = open_site(sqlite_store)
    for path in ("/", "/latest", "/outlets", "/popular", "/search?q=x", "/about", "/opml.xml"):
        assert reader.get(path).status == 200, path
    assert "dateline add" in reader.get("/").text


@pytest.mark.parametrize("path", PAGES)
def test_headings_are_in_order_and_there_is_one_h1(reader, path) -> None:
    tree = html.fromstring(reader.get(path).text)
    levels = [int(element.tag[1]) for element in tree.iter("h1", "h2", "h3", "h4", "h5")]
    assert levels.count(1) == 1
    main = [int(e.tag[1]) for e in tree.find(".//main").iter("h1", "h2", "h3", "h4", "h5")]
    assert all(after - before <= 1 for before, after in zip([1, *main], main, strict=False))


@pytest.mark.parametrize("path", PAGES)
def test_landmarks_labels_and_ids(reader, path) -> None:
    tree = html.fromstring(reader.get(path).text)
    assert tree.get("lang") == "en"
    assert tree.find(".//main[@id='main']") is not None
    assert tree.find(".//a[@class='skip']").get("href") == "#main"
    ids = [element.get("id") for element in tree.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    labelled = {label.get("for") for label in tree.iter("label")}
    for field in tree.xpath("//input[not(@type='hidden') and not(@type='radio')]|//select"):
        assert field.get("id") in labelled
    assert all(image.get("alt") is not None for image in tree.iter("img"))
    assert not tree.xpath("//*[@style]|//*[@onclick]|//style|//script[not(@src) and not(@type)]")


def test_every_link_within_the_site_leads_somewhere(reader) -> None:
    waiting, seen = ["/"], set()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        answer = reader.get(path)
        assert answer.status in (200, 410), path
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        tree = html.fromstring(answer.text)
        links = [*tree.xpath("//a/@href"), *tree.xpath("//img/@src"), *tree.xpath("//link/@href")]
        own = {str(link).partition("#")[0] for link in links if str(link).startswith("/")}
        waiting += [link for link in own - seen if link not in waiting]
    assert {ARTICLE, STORY, "/outlet/head", "/about", f"{STORY}?lang=de"} <= seen


def test_the_article_page_says_where_it_comes_from(reader) -> None:
    text = re.sub(r"\s+", " ", html.fromstring(reader.get(ARTICLE).text).text_content())
    for said in (
        "Ferry all ashore, finally",
        "By Ann Reporter",
        "Published 14 May 2026, 11:50",
        "Changed after publication",
        "Source: Full Post",
        "Credits: AFP",
        "AFP (byline)",
        "json-ld datePublished",
        "2 versions",
        "3 outlets, 2 origins",
        "This report also in Part Post",
        "You may also like",
        "Most popular",
        "Follow this story",
        "Picture: Bo Lens",
    ):
        assert said in text, said
    page = reader.get(ARTICLE).text
    assert 'href="https://full.example/1"' in page
    assert '<time datetime="2026-05-14T11:50:00Z">' in page
    assert f'src="/picture/{"ab" * 16}.webp"' in page and 'alt="A ferry"' in page


def test_related_articles_do_not_carry_the_same_report(reader) -> None:
    also = html.fromstring(reader.get(ARTICLE).text).xpath("//section[@class='also']")[0]
    assert "Alle an Land" not in also.text_content()
    assert "Ferry firm falls" in also.text_content()


def test_what_has_no_date_is_first_seen_everywhere_and_published_nowhere(reader) -> None:
    """Article 6 has no date; its feed showed it at 11:00."""
    for page in ("/", "/latest", "/outlet/part", "/search?q=lang:ar", "/section/world"):
        text = " ".join(html.fromstring(reader.get(page).text).text_content().split())
        assert "first seen" in text, page
        assert not re.search(
            r"(?<!first seen )(?<!first seen 14 May 2026, )(?<!\d)11:00\b", text
        ), page
    for feed in ("/feeds/latest.json", "/feeds/front.json"):
        items = json.loads(reader.get(feed).text)["items"]
        (mine,) = [item for item in items if item["title"] == "لا تاريخ"]
        assert "date_published" not in mine, feed
    assert reader.get("/feeds/latest.rss").text.count("<pubDate>") == 4
    assert "لا تاريخ" not in reader.get("/sitemap-news.xml").text
    record = reader.get("/latest").text.partition("ld+json")[2].partition("</script>")[0]
    assert "/article/6-" in record
    assert "T11:00:00Z" not in record


def test_an_undated_article_says_so(reader) -> None:
    page = reader.get("/article/6").headers["location"]
    text = html.fromstring(reader.get(page).text).text_content()
    assert "Undated" in text
    assert "First seen" in text


def test_foreign_words_carry_their_language_and_direction(reader) -> None:
    page = reader.get("/latest").text
    assert re.search(r'<h3 class="headline" lang="ar" dir="rtl"><a [^>]*>لا تاريخ', page)
    assert re.search(r'<h3 class="headline" lang="de" dir="ltr"><a [^>]*>Alle an Land', page)


def test_the_story_page_groups_carriers_and_counts(reader) -> None:
    text = re.sub(r"\s+", " ", html.fromstring(reader.get(STORY).text).text_content())
    for said in (
        "3 articles",
        "3 outlets, 2 origins",
        "Who has it from whom",
        "2 languages",
        "Thursday, 14 May 2026",
        "Same report carried by Part Post",
    ):
        assert said in text, said


def test_a_story_can_be_read_in_one_language(reader) -> None:
    page = reader.get(f"{STORY}?lang=de").text
    stream = html.fromstring(page).xpath("//section[@class='day']")[0].text_content()
    assert "Alle an Land" in stream
    assert "Ferry firm falls" not in stream


def test_a_wrong_or_missing_slug_leads_to_the_right_one(reader) -> None:
    for path in ("/article/1", "/article/1-old-headline", "/article/1-old?x=1"):
        answer = reader.get(path)
        assert (answer.status, answer.headers["location"]) == (301, ARTICLE)
    assert reader.get("/story/1-x").headers["location"] == STORY


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/article/99",
        "/article/99999999999999999999",
        "/article/x",
        "/article/%00",
        "/story/99",
        "/section/none",
        "/outlet/none",
        "/outlet/%00",
        "/picture/../../etc/passwd.webp",
        "/picture/00000000.webp",
        "/static/words.py",
        "/static/..%2Fapp.py",
        "/confirm/%00",
        "/feeds/story/99.rss",
        "/feeds/story/99999999999999999999.atom",
        "/feeds/front.exe",
    ],
)
def test_what_is_not_there_is_a_friendly_404(reader, path) -> None:
    answer = reader.get(path)
    assert answer.status == 404
    assert "There is no such page" in answer.text
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/latest?before=nonsense",
        "/latest?before=0001-01-01T00:00:00%2B23:59_1",
        "/latest?before=2026-05-14T12:00:00%2B00:00_99999999999999999999",
        "/search?q=%00%22%27%28%29*:^-AND OR NEAR".replace(" ", "%20"),
        "/search?q=%ff%fe&source=%00&lang=%00",
        "/search?q=x&from=99999-01-01&to=0001-01-01",
        "/search?q=" + "a" * 5000,
        "/search?" + "q=a&" * 500,
        f"{STORY}?lang=%00",
    ],
)
def test_odd_queries_are_answered(reader, path) -> None:
    assert reader.get(path).status == 200


def test_a_withdrawn_article_keeps_its_address_and_not_its_text(reader) -> None:
    answer = reader.get("/article/4-taken-back")
    assert answer.status == 410
    assert "Taken back" in answer.text
    assert "withdrawn at its source on 14 May 2026" in answer.text
    assert "<dt>Shown of the text</dt><dd>nothing: it was withdrawn</dd>" in answer.text
    assert "as the source allows" not in answer.text
    assert "Coastguard" not in answer.text
    assert "ld+json" not in answer.text


def test_older_pages_of_a_list_follow_without_gaps(sqlite_site, open_site) -> None:
    import dateline.web.lists as lists

    before, lists.PAGE = lists.PAGE, 2
    try:
        reader, path, found = open_site(sqlite_site), "/latest", []
        while path:
            tree = html.fromstring(reader.get(path).text)
            found += tree.xpath("//section[@class='day']//h3/a/@href")
            path = next(iter(tree.xpath("//a[@rel='next']/@href")), "")
    finally:
        lists.PAGE = before
    numbers = [int(re.search(r"/article/(\d+)", link)[1]) for link in found]
    assert numbers == [1, 2, 3, 4, 5, 6]


def test_search_finds_newest_first_and_marks_hits(reader) -> None:
    tree = html.fromstring(reader.get("/search?q=crews").text)
    links = tree.xpath("//article//*[@class='headline']/a/@href")
    assert links[0] == ARTICLE
    assert "crews" in tree.xpath("//mark/text()")
    assert tree.xpath("//input[@id='q']/@value") == ["crews"]


def test_a_day_that_is_none_is_said(reader) -> None:
    assert "“yesterday” was left out" in reader.get("/search?q=ferry&from=yesterday").text


def test_the_record_for_search_engines_can_be_read(reader) -> None:
    tree = html.fromstring(reader.get(ARTICLE).text)
    record = json.loads(tree.xpath("//script[@type='application/ld+json']/text()")[0])["@graph"][0]
    assert record["headline"] == "Ferry: all ashore, finally"
    assert record["isBasedOn"] == "https://full.example/1"


def test_the_style_sheet_is_kept_for_ever(reader) -> None:
    assert "immutable" in reader.get("/static/style.css").headers["cache-control"]


@pytest.mark.parametrize("path", ["/latest", "/latest?lang=en", "/section/world", "/outlet/full"])
def test_a_further_page_of_a_list_is_its_own(reader, path) -> None:
    join = "&" if "?" in path else "?"
    place = "2026-05-14T11%3A59%3A00%2B00%3A00_3"
    page = html.fromstring(reader.get(f"{path}{join}before={place}").text)
    (canonical,) = page.xpath("//link[@rel='canonical']/@href")
    assert canonical == f"https://site.example{path}{join}before={place}"
    feeds = page.xpath("//link[@rel='alternate'][@type='application/rss+xml']/@href")
    assert all("before" not in each for each in feeds)
    # A place that is none leads to the list's beginning.
    first = html.fromstring(reader.get(f"{path}{join}before=nonsense").text)
    assert "nonsense" not in first.xpath("string(//link[@rel='canonical']/@href)")
