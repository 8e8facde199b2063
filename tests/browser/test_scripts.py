"""The scripts of a page: reads are counted when it is seen, pages are kept for reading offline."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.browser.conftest import ARTICLE, STORY, Opener, serve_site

# What tells a driven browser from a reader's; the count leaves out each.
_READER = "Object.defineProperty(navigator, 'webdriver', { get: () => false });"
_AGENT = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 "
    "Safari/537.36"
)
_BRANDS = {"sec-ch-ua": '"Chromium";v="138"'}
_HIDDEN = "Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });"


@pytest.mark.parametrize(("hidden", "counted"), [(True, False), (False, True)])
def test_a_read_is_told_after_five_visible_seconds(
    visit: Opener, hidden: bool, counted: bool
) -> None:
    script = _READER + (_HIDDEN if hidden else "")
    visited = visit("/about", script=script, user_agent=_AGENT, extra_http_headers=_BRANDS)
    visited.page.clock.install()
    visited.open(ARTICLE)
    until = time.monotonic() + (20 if counted else 0.5)
    while not (told := f"{visited.origin}/seen" in visited.requests) and time.monotonic() < until:
        visited.page.wait_for_timeout(50)  # the ticket comes in, in the time of the machine
        visited.page.clock.run_for(6_000)
    assert told is counted


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that may keep pages."""
    context = browser.new_context()
    context.set_default_timeout(15_000)
    yield context
    context.close()


def open_kept(reader: BrowserContext, origin: str) -> Page:
    """Open the front page, and wait until its worker answers for the site."""
    page = reader.new_page()
    page.goto(f"{origin}/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    wait_until(page, "navigator.serviceWorker.controller !== null")
    return page


def list_kept(page: Page) -> list[str]:
    kept: list[str] = page.evaluate(
        """async () => {
            const keys = await (await caches.open('dateline-pages')).keys();
            return keys.map((each) => new URL(each.url).pathname + new URL(each.url).search);
        }"""
    )
    return kept


def wait_until(page: Page, script: str, given: object = None) -> None:
    """Wait until what a script promises is so.

    Playwright's own way of waiting evaluates text in the page, which its policy forbids.
    """
    until = time.monotonic() + 20
    while not page.evaluate(script, given):
        assert time.monotonic() < until, script
        page.wait_for_timeout(50)


def wait_for_kept(page: Page, path: str) -> None:
    script = "async (path) => Boolean(await (await caches.open('dateline-pages')).match(path))"
    wait_until(page, script, path)


def test_pages_that_were_read_can_be_read_without_a_connection(
    reader: BrowserContext, origin: str
) -> None:
    page = open_kept(reader, origin)
    wait_for_kept(page, "/")
    page.goto(f"{origin}{ARTICLE}")
    wait_for_kept(page, ARTICLE)
    reader.set_offline(True)
    page.goto(f"{origin}{ARTICLE}")
    assert "Ferry" in page.locator("h1").inner_text()
    assert page.locator("main > .note").inner_text().startswith("There is no connection.")
    assert page.locator("header.masthead").evaluate("e => getComputedStyle(e).display") == "block"
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 50
    page.goto(f"{origin}{STORY}")
    assert page.locator("h1").inner_text() == "Without a connection"
    page.wait_for_selector("#kept li")
    links = page.locator("#kept a").evaluate_all("all => all.map((e) => e.getAttribute('href'))")
    assert [link.removeprefix(origin) for link in links] == [ARTICLE, "/"]
    page.locator("#forget").click()
    page.wait_for_selector("#kept-none:visible")
    assert list_kept(page) == []


# A worker claims the page before the page hears that the worker is ready.
_LATE = """
    const ready = navigator.serviceWorker.ready;
    const claimed = new Promise((done) => {
        navigator.serviceWorker.addEventListener('controllerchange', done);
    });
    const late = { get: () => claimed.then(() => ready) };
    Object.defineProperty(navigator.serviceWorker, 'ready', late);
"""


def test_the_first_page_is_kept_when_it_is_claimed_before_it_hears_of_its_worker(
    reader: BrowserContext, origin: str
) -> None:
    reader.add_init_script(_LATE)
    page = reader.new_page()
    page.goto(f"{origin}/")
    wait_until(page, "navigator.serviceWorker.controller !== null")
    wait_for_kept(page, "/")


def test_the_offline_page_speaks_the_language_of_the_address(
    reader: BrowserContext, origin: str
) -> None:
    page = open_kept(reader, origin)
    page.goto(f"{origin}/ar/")
    wait_until(page, "async () => Boolean(await caches.match('/ar/offline'))")
    reader.set_offline(True)
    page.goto(f"{origin}/ar/latest")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    page.goto(f"{origin}/de/latest")
    assert page.evaluate("document.documentElement.lang") == "en"


def test_searches_letters_and_what_is_gone_are_not_kept(
    reader: BrowserContext, origin: str
) -> None:
    page = open_kept(reader, origin)
    for path in ("/search?q=ferry", "/confirm/abc", "/subscribe", "/article/4", "/nothing"):
        page.goto(f"{origin}{path}")
    page.goto(f"{origin}/latest")
    wait_for_kept(page, "/latest")
    assert set(list_kept(page)) <= {"/", "/latest"}


def test_no_more_than_thirty_pages_are_kept(reader: BrowserContext, origin: str) -> None:
    page = open_kept(reader, origin)
    # What a page names is kept as what is read is, without being drawn.
    named = [f"{origin}{STORY}?page={number}" for number in range(1, 34)]
    page.evaluate(
        "(all) => all.map((page) => navigator.serviceWorker.controller.postMessage({ page }))",
        named,
    )
    wait_for_kept(page, f"{STORY}?page=33")
    page.goto(f"{origin}/about")
    wait_for_kept(page, "/about")
    kept = list_kept(page)
    assert len(kept) <= 30 and "/about" in kept


def test_a_site_that_keeps_no_pages_takes_its_worker_back(
    reader: BrowserContext, browser: Browser, chromium: str, tmp_path: Path
) -> None:
    with serve_site(tmp_path, offline_pages=False) as origin:
        page = reader.new_page()
        page.goto(f"{origin}/")
        assert page.locator("script[data-worker]").count() == 0
        # A browser that was here before has a worker, and asks for it anew.
        page.evaluate("caches.open('dateline-pages').then((all) => all.put('/', new Response('')))")
        page.evaluate("navigator.serviceWorker.register('/sw.js').then(() => true)")
        wait_until(
            page,
            """async () => !(await navigator.serviceWorker.getRegistrations()).length
                && !(await caches.keys()).length""",
        )
        page.close()
