"""The whole way: from the sample wire's feeds and pages to a site, on both databases."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from tests.flow.site import fetched_site, make_anchor, write_home

from dateline.cli.home import House
from dateline.cli.listing import list_health
from dateline.model import Article
from dateline.sample.serve import SampleWire
from dateline.sample.truth import Told
from dateline.store import articles as article_rows
from dateline.store import origins as origin_rows
from dateline.store import stories as story_rows

pytestmark = pytest.mark.flow


class Fetched:
    """A fetched site beside the truth about its sources."""

    def __init__(self, house: House, wire: SampleWire) -> None:
        self.house = house
        self.truth = wire.truth()
        with house.store.read() as tx:
            self.articles = {a.url: a for a in article_rows.iterate_articles(tx)}
            self.stories = list(story_rows.iterate_stories(tx))
            self.origins = list(origin_rows.iterate_origins(tx))
            self.health = list_health(tx, make_anchor())

    def pairs(self) -> Iterator[tuple[Told, Article]]:
        for url, told in self.truth.items():
            if url in self.articles:
                yield told, self.articles[url]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Fetched]:
    database = "" if request.param == "sqlite" else request.getfixturevalue("module_postgres")
    # One database a module: the whole way is walked once, and looked at by many tests.
    with SampleWire(anchor=make_anchor(), delays=False) as wire:
        home = write_home(tmp_path_factory.mktemp("site"), wire, database=database)
        with fetched_site(home, wire) as house:
            yield Fetched(house, wire)


def test_every_report_that_may_be_read_became_one_article(site: Fetched) -> None:
    missing = [url for url in site.truth if url not in site.articles]
    assert not missing
    extra = set(site.articles) - set(site.truth)
    assert not extra, "an article that no outlet wrote"


def test_articles_say_what_the_outlets_wrote(site: Fetched) -> None:
    for told, article in site.pairs():
        reading = article.version.reading
        assert reading.language.partition("-")[0] == told.language, told.url
        if not told.undated and not told.claimed_date:
            assert reading.published.at is not None, told.url
            assert abs((reading.published.at - told.published).total_seconds()) < 86_400, told.url


def test_an_edit_makes_a_version_and_a_withdrawal_a_tombstone(site: Fetched) -> None:
    edited = [(told, a) for told, a in site.pairs() if told.versions > 1]
    assert edited
    for told, article in edited:
        assert article.versions >= 2, f"{told.url} was edited and has one version"
    withdrawn = [a for told, a in site.pairs() if told.withdrawn]
    assert withdrawn
    assert all(article.gone_at for article in withdrawn)
    assert not [a.url for told, a in site.pairs() if a.gone_at and not told.withdrawn]


def test_a_date_of_the_future_is_not_believed(site: Fetched) -> None:
    wrong = [a for told, a in site.pairs() if told.claimed_date]
    assert wrong
    for article in wrong:
        at = article.version.reading.published.at
        assert at is None or at <= article.first_seen
    undated = [a for told, a in site.pairs() if told.undated]
    assert undated


def test_no_placeholder_names_a_picture(site: Fetched) -> None:
    alts = [p.alt for _, a in site.pairs() for p in a.version.reading.pictures]
    assert any(alts)
    for alt in alts:
        assert "untitled" not in alt.lower()
        assert not alt.lower().startswith("img_")
        assert not alt.lower().endswith((".jpg", ".png", ".webp"))


def test_verbatim_copies_share_an_origin(site: Fetched) -> None:
    groups: dict[str, set[int | None]] = defaultdict(set)
    for told, article in site.pairs():
        if told.how == "carries":
            groups[told.url] = {article.origin_id, site.articles[told.taken_from].origin_id}
    assert groups
    apart = [url for url, ids in groups.items() if len(ids) > 1]
    assert len(apart) <= len(groups) * 0.25, apart  # heavily merged copies are the weak class


def test_every_article_has_an_origin_and_a_story(site: Fetched) -> None:
    placed = [url for row in site.origins for url in (m.url for m in row.members)]
    assert sorted(placed) == sorted(site.articles)
    told = [url for row in site.stories for url in row.article_urls]
    assert sorted(told) == sorted(site.articles)


def test_robots_txt_is_obeyed(site: Fetched) -> None:
    closed = [a for told, a in site.pairs() if told.disallowed]
    assert closed
    for article in closed:
        assert article.version.reading.taken_from.startswith("feed")


def test_broken_feeds_are_named_and_stop_nobody(site: Fetched) -> None:
    failing = [row for row in site.health if row["level"] in ("failing", "gone")]
    assert failing
    for row in failing:
        assert row["problem"] and row["advice"]
