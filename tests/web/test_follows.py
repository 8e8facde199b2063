"""Steps from article to article: who counts, what is kept, and that nobody alone moves anything."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dateline.store import Store
from dateline.store.follows import add_follows, list_followed
from dateline.web.agents import is_bot
from dateline.web.follows import FEWEST, OF_NETWORK, Follows, read_step

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
HERE = "https://site.example/article/1-ferry"


def scope(path: str = "/article/2-firm", referer: str = HERE, **more: str) -> dict:
    named = {"user-agent": AGENT, "referer": referer} | {
        name.replace("_", "-"): value for name, value in more.items()
    }
    headers = [(name.encode(), value.encode("latin-1")) for name, value in named.items()]
    return {"type": "http", "method": "GET", "path": path, "headers": headers}


def test_a_link_followed_from_article_to_article_is_a_step() -> None:
    assert read_step(scope(), "site.example") == (1, 2)
    assert read_step(scope("/de/article/2-firm"), "site.example") == (1, 2)
    assert read_step(scope(sec_fetch_mode="navigate"), "site.example") == (1, 2)


@pytest.mark.parametrize(
    "asked",
    [
        scope("/story/2-firm"),
        scope("/article/2-firm/versions"),
        scope("/article/1-ferry"),
        scope(referer=""),
        scope(referer="https://evil.example/article/1-ferry"),
        scope(referer="https://site.example/"),
        scope(referer="https://[site.example/article/1"),
        scope(referer=HERE + "x" * 3000),
        scope(sec_purpose="prefetch;prerender"),
        scope(purpose="prefetch"),
        scope(sec_fetch_mode="cors"),
        scope(user_agent="Googlebot/2.1"),
        scope("/article/" + "9" * 40),
    ],
)
def test_what_is_no_step_of_a_reader_is_not_counted(asked) -> None:
    assert not is_bot(AGENT)
    assert read_step(asked, "site.example") is None


def written(store: Store, article_id: int = 1) -> dict[int, int]:
    with store.read() as tx:
        return list_followed(tx, article_id)


def test_nothing_is_written_before_enough_networks_took_a_step(sqlite_site, clock) -> None:
    follows = Follows()
    for number in range(FEWEST - 1):
        assert follows.count((1, 2), f"10.0.{number}.1", clock.now)
    assert not follows.count((1, 2), "10.0.0.200", clock.now)
    assert follows.flush(sqlite_site, clock.now) == 0
    assert written(sqlite_site) == {}
    follows.count((1, 2), "2001:db8::1", clock.now)
    assert follows.flush(sqlite_site, clock.now) == 1
    assert follows.flush(sqlite_site, clock.now) == 0
    assert written(sqlite_site) == {2: FEWEST}
    follows.count((1, 2), "2001:db9::1", clock.now)
    follows.flush(sqlite_site, clock.now)
    assert written(sqlite_site) == {2: FEWEST + 1}


def test_a_new_day_begins_anew_and_days_add_up(sqlite_site, clock) -> None:
    follows = Follows()
    for day in range(2):
        now = clock.now + timedelta(days=day)
        for number in range(FEWEST):
            follows.count((1, 3), f"10.0.{number}.1", now)
        follows.flush(sqlite_site, now)
    assert written(sqlite_site) == {3: 2 * FEWEST}
    follows.count((1, 3), "10.1.1.1", now + timedelta(days=1))
    assert follows.flush(sqlite_site, now) == 0


def test_one_network_counts_so_much_and_no_more(clock) -> None:
    follows = Follows()
    taken = [follows.count((1, other), "10.0.0.1", clock.now) for other in range(2, 500)]
    assert sum(taken) == OF_NETWORK


def test_requests_are_counted_also_where_the_cache_answers(sqlite_site, open_site, clock) -> None:
    reader = open_site(sqlite_site)
    here = reader.get("/article/1").headers["location"]
    there = reader.get("/article/3").headers["location"]
    for number in range(FEWEST + 2):
        each = replace(reader, address=f"10.0.{number}.1")
        assert each.get(there, referer=f"https://site.example{here}").status == 200
    assert reader.app._follows.flush(sqlite_site, clock.now) == 1
    assert written(sqlite_site) == {3: FEWEST + 2}


def test_steps_of_unknown_articles_are_dropped(store: Store, clock) -> None:
    with store.write(clock.now) as tx:
        add_follows(tx, clock.now, {(1, 2): 30})
        assert list_followed(tx, 1) == {}
