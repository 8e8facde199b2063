"""The script that says what is new, in a browser whose requests are answered without a socket."""

import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.web.conftest import NOW, SITE, Reader

from dateline.model import ArticleId, OriginId, OriginPlace, Role, StoryId, StoryPlace
from dateline.store import NewArticle, Store
from dateline.store.articles import load_article, save_articles
from dateline.store.editions import bump_generation
from dateline.store.origins import save_origin_places
from dateline.store.stories import save_story_places

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium")
HEADERS = ("content-type", "cache-control", "etag", "content-security-policy")


@pytest.fixture
def page(reader: Reader) -> Iterator["playwright.Page"]:
    """A page of a browser whose clock the test turns."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here")

    def answer(route: "playwright.Route") -> None:
        path = route.request.url.removeprefix(SITE.address)
        found = pool.submit(reader.get, path).result()  # this thread has a loop of its own
        asked.append(path)
        headers = {name: value for name, value in found.headers.items() if name in HEADERS}
        route.fulfill(status=found.status, headers=headers, body=found.body)

    asked: list[str] = []
    with ThreadPoolExecutor(1) as pool, playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        made = browser.new_page()
        made.clock.install(time=NOW)
        made.route("**/*", answer)
        made.asked = asked
        yield made
        browser.close()


def add_story(store: Store) -> None:
    with store.write(NOW) as tx:
        old = load_article(tx, ArticleId(1))
        assert old is not None
        fresh = NewArticle(
            source_id=old.source.id,
            guid="new",
            url="https://full.example/new",
            first_seen=NOW,
            reading=old.version.reading,
            fingerprint="new",
        )
        (article,) = save_articles(tx, [fresh])
        origin = OriginPlace(article_id=article, origin_id=OriginId(90), role=Role.FIRST)
        save_origin_places(tx, [origin])
        save_story_places(tx, [StoryPlace(article_id=article, story_id=StoryId(90))])
        bump_generation(tx)


def list_asked(page) -> list[str]:
    return [path for path in page.asked if path.startswith("/ids/")]


def wait_until(page, condition: Callable[[], object], minutes: int = 0) -> None:
    """Wait until something is so, in the time of the machine; `minutes` pass on the page's clock
    at each look."""
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until, "it did not come about"
        page.clock.run_for(minutes * 60_000)
        page.wait_for_timeout(20)


@pytest.mark.parametrize("path", ["/", "/section/world"])
def test_an_open_page_says_what_is_new_and_moves_nothing(page, sqlite_site, path) -> None:
    page.goto(f"{SITE.address}{path}")
    before = page.locator("main").inner_text()
    page.clock.run_for(61_000)
    wait_until(page, lambda: list_asked(page))
    assert list_asked(page) == ["/ids/front" if path == "/" else f"/ids{path}"]
    assert page.locator(".waiting a").count() == 0
    page.wait_for_timeout(200)  # the script plans its next question when the answer is there
    add_story(sqlite_site)
    link = page.locator("[role=status] a")
    wait_until(page, link.count, minutes=1)
    assert link.inner_text() == "1 new"
    assert page.locator("main").inner_text().replace("1 new", "").split() == before.split()
    link.click()
    page.wait_for_load_state()
    assert page.locator(".waiting a").count() == 0


def test_a_page_that_is_not_seen_asks_nothing(page) -> None:
    page.add_init_script(
        "Object.defineProperty(document, 'visibilityState', {get: () => window.seen || 'hidden'})"
    )
    page.goto(f"{SITE.address}/")
    page.clock.run_for(600_000)
    page.wait_for_timeout(100)
    assert not list_asked(page)
    page.evaluate("seen = 'visible'; document.dispatchEvent(new Event('visibilitychange'))")
    page.clock.run_for(10)
    wait_until(page, lambda: list_asked(page))
    assert len(list_asked(page)) == 1
