"""The page of what is popular, and the published counts of each day."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from dateline.model import Jump
from dateline.store.views import add_views, save_jumps

DAY = datetime(2026, 5, 13, tzinfo=UTC)  # the day before the site's


@pytest.fixture
def counted(sqlite_site, clock):
    """Reads of two days, an article withdrawn, one read rarely, and a place that is held."""
    hour = clock.now.replace(minute=0)
    jump = Jump(
        article_id=2,
        hour=hour,
        networks=300,
        explained=48,
        before=4.0,
        own=4,
        usual=8,
        origins=1,
    )
    with sqlite_site.write(clock.now) as tx:
        add_views(tx, DAY, {1: 20, 2: 3, 4: 7}, {1: 1800, 2: 300, 4: 100})
        add_views(tx, DAY + timedelta(hours=23), {1: 1_000, 5: 6})
        add_views(tx, hour, {2: 300, 1: 8})
        save_jumps(tx, hour, [jump])
    return sqlite_site


def test_both_lists_stand_with_how_they_are_counted(counted, open_site) -> None:
    page = open_site(counted).get("/popular").text
    for words in ("Most read", "Most covered", "How reads are counted", "Not stopped:"):
        assert words in page
    assert 'href="/popular/2026-05-13"' in page
    assert page.count('href="/popular/2026') == 1  # days without reads have no page


def test_a_place_that_is_held_says_so_and_why(counted, open_site) -> None:
    page = open_site(counted).get("/popular").text.partition("Most covered")[0]
    assert page.count("Place held") == 1
    assert "Networks in it: 300; explained: 48" in page
    assert page.index("ll ashore, finally") < page.index("Alle an Land") < page.index("Place held")


def test_the_counts_of_a_day_are_published(counted, open_site) -> None:
    reader = open_site(counted)
    page = reader.get("/popular/2026-05-13").text
    assert "Reads on 13 May 2026" in page
    assert "1,020" in page
    assert "1,036 reads in all." in page
    assert "1 article was read by fewer than five" in page
    assert "No longer shown" in page
    assert "Taken back" not in page
    assert "Alle an Land" not in page.partition("<aside")[0]


def test_the_counts_of_a_day_are_files_too(counted, open_site) -> None:
    reader = open_site(counted)
    record = json.loads(reader.get("/popular/2026-05-13.json").body)
    assert [(one["article"], one["reads"], one["networks"]) for one in record["articles"]] == [
        (1, 1020, 1018),
        (4, 7, None),
        (5, 6, 6),
    ]
    answer = reader.get("/popular/2026-05-13.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.text.splitlines()[1] == "1,https://site.example/article/1,1020,1018"


@pytest.mark.parametrize(
    "day",
    [
        *("2026-05-14", "2026-05-15", "2026-05-12", "0001-01-01", "9999-12-31", "2026-13-01"),
        *("yesterday", "20260513", "2026-W20-3", "٢٠٢٦-05-13"),
    ],
)
@pytest.mark.parametrize("form", ["", ".json", ".csv"])
def test_a_day_that_is_not_over_or_had_no_reads_has_no_page(counted, open_site, day, form) -> None:
    assert open_site(counted).get(f"/popular/{day}{form}").status == 404


def test_a_site_without_reads_says_so(reader) -> None:
    page = reader.get("/popular").text
    assert "No article was read by five or more lately." in page


def test_what_one_reader_read_is_told_nowhere(sqlite_site, clock, open_site) -> None:
    with sqlite_site.write(clock.now) as tx:
        add_views(tx, clock.now.replace(minute=0), {1: 5, 2: 1, 4: 4}, {1: 100, 2: 100, 4: 400})
    reader = open_site(sqlite_site)
    page = reader.get("/popular").text
    assert "No article was read by five or more lately." in page
    assert b"<item>" not in reader.get("/feeds/popular/read.rss").body
    for path in ("/", "/popular", "/story/1", "/article/1", "/latest"):
        side = reader.get(path).text.partition('id="popular"')[2]
        assert "Most read" not in side, path


def test_a_short_list_of_what_is_read_stands_on_its_own_page_alone(counted, open_site) -> None:
    reader = open_site(counted)
    page = reader.get("/popular").text
    assert "Alle an Land" in page.partition("Most covered")[0]
    assert b"Alle an Land" in reader.get("/feeds/popular/read.rss").body
    assert "Most covered" in reader.get("/").text.partition('id="popular"')[2]
