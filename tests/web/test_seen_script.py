"""The page's script in a real browser: it asks for a ticket, waits, hands it in once."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import uvicorn

from dateline.model import Site
from dateline.store import Store
from dateline.store.views import list_hours
from dateline.web import WebOptions, make_app

CHROMIUM = Path("/usr/bin/chromium")
AGENT = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 "
    "Safari/537.36"
)
BRANDS = {"sec-ch-ua": '"Chromium";v="138"'}  # a browser without a screen would name itself
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-blink-features=AutomationControlled")
SITE = Site(name="The Site", tagline="", address="http://127.0.0.1", contact="a@b.example")
pytestmark = pytest.mark.flow


@contextmanager
def serve(store: Store, clock) -> Iterator[str]:
    """Serve the site on a port of its own; reads are written when it stops."""
    app = make_app(store, SITE, options=WebOptions(now=clock, cache_bytes=0))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def browser():
    api = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        pytest.skip("there is no Chromium here")
    with api.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=str(CHROMIUM), args=[*FLAGS])
        yield found
        found.close()


def count_reads(store: Store, clock) -> dict[int, int]:
    with store.read() as tx:
        hours = list_hours(tx, clock.now - timedelta(days=1))
        return {each.article_id: each.reads for each in hours}


def test_a_page_that_stays_open_is_read_once(browser, sqlite_site, clock) -> None:
    with serve(sqlite_site, clock) as address:
        context = browser.new_context(user_agent=AGENT, extra_http_headers=BRANDS, locale="de-AT")
        page = context.new_page()
        page.clock.install()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
        with page.expect_response("**/seen/open") as opened:
            page.goto(f"{address}/article/1")
        assert opened.value.status == 200
        page.clock.run_for(4_000)
        assert "/seen" not in asked
        clock.now += timedelta(seconds=6)
        with page.expect_request("**/seen"):
            page.clock.run_for(2_000)
        page.clock.run_for(60_000)
        assert asked.count("/seen") == 1
        assert context.cookies() == []
        context.close()
    assert count_reads(sqlite_site, clock) == {1: 1}


def test_a_driven_browser_asks_nothing(browser, sqlite_site, clock) -> None:
    with serve(sqlite_site, clock) as address:
        context = browser.new_context(user_agent=AGENT, extra_http_headers=BRANDS)
        page = context.new_page()
        page.add_init_script("Object.defineProperty(navigator, 'webdriver', { get: () => true })")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
        page.goto(f"{address}/article/1", wait_until="networkidle")
        context.close()
    assert [path for path in asked if path.startswith("/seen")] == []


def test_a_browser_that_says_it_has_no_screen_gets_no_ticket(browser, sqlite_site, clock) -> None:
    with serve(sqlite_site, clock) as address:
        context = browser.new_context(locale="de-AT")
        page = context.new_page()
        with page.expect_response("**/seen/open") as opened:
            page.goto(f"{address}/article/1")
        assert opened.value.status == 204
        context.close()
    assert count_reads(sqlite_site, clock) == {}
