"""A browser before the small site: Debian's Chromium, driven by Playwright.

Without a browser these tests are skipped, unless DATELINE_TEST_BROWSER=required (as in CI), which
makes that a failure.
"""

import io
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
import uvicorn
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright
from tests.web.conftest import NOW, SITE, fill
from tests.web.test_said import fill_said

from dateline.cli.running import listen
from dateline.model import ArticleId
from dateline.store import open_store
from dateline.store.views import add_views
from dateline.web import WebOptions, make_app

STORY = "/story/1-ferry-all-ashore-finally"
ARTICLE = "/article/1-ferry-all-ashore-finally"
SIZE = (640, 400)  # pixels of each picture
# One page for each template that pages are made from; `test_access` sees that none is forgotten.
PAGES = {
    "about.html": "/about",
    "article.html": ARTICLE,
    "button.html": "/leave/abc",
    "figures_page.html": f"{STORY}/figures",
    "front.html": "/",
    "list.html": "/latest",
    "note.html": "/nothing",
    "offline.html": "/offline",
    "outlets.html": "/outlets",
    "person.html": "/person/ann-vale",
    "popular.html": "/popular",
    "popular_day.html": f"/popular/{NOW.date() - timedelta(days=1)}",
    "search.html": "/search?q=ferry",
    "section.html": "/section/world",
    "statement.html": "/statement/1",
    "statements.html": f"{STORY}/statements",
    "story.html": STORY,
    "subscribe.html": "/subscribe",
    "versions.html": f"{ARTICLE}/versions",
}
_QUIET = (
    *("--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--renderer-process-limit=1"),
)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass
class Visit:
    """A page that was opened, what it complained of, and whom it asked."""

    page: Page
    origin: str
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Write down what goes wrong from now on."""
        self.page.on("console", lambda said: self._hear(said.type, said.text, said.location))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._note)

    def open(self, path: str) -> None:
        """Go to a page of the site."""
        self.page.goto(f"{self.origin}{path}")

    def find_strangers(self) -> list[str]:
        """Return the addresses beside our own that were asked for."""
        return [url for url in self.requests if not url.startswith((f"{self.origin}/", "data:"))]

    def _note(self, request: Request) -> None:
        self.requests.append(request.url)

    def _hear(self, kind: str, text: str, place: dict[str, object]) -> None:
        # That the page itself is a 404 is what was asked for; that it keeps no pages is our doing.
        expected = place.get("url") == self.page.url or text.endswith("blocked by Playwright")
        if kind in ("error", "warning") and not expected:
            self.complaints.append(text)


Opener = Callable[..., Visit]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        message = "Chromium is not installed: the tests in a browser do not run"
        if os.environ.get("DATELINE_TEST_BROWSER") == "required":
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="session")
def origin(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the small site, served in a thread."""
    with serve_site(tmp_path_factory.mktemp("browser")) as address:
        yield address


@contextmanager
def serve_site(folder: Path, **options: bool) -> Iterator[str]:
    """Serve the small site, in English, German and Arabic, and give its address."""
    with open_store(str(folder / "site.db"), create=True) as store:
        fill(store, draw_picture(), SIZE)
        with store.write(NOW) as tx:
            add_views(tx, NOW - timedelta(days=1), {ArticleId(1): 12})
        fill_said(store)
        with closing(listen("127.0.0.1", 0)) as door:
            address = f"http://127.0.0.1:{door.getsockname()[1]}"
            site = replace(SITE, address=address, languages=("de", "ar"))
            # Nothing may come from a browser's own cache, which also answers without a connection.
            shown = WebOptions(now=lambda: NOW, page_seconds=0, **options)
            app = make_app(store, site, options=shown)
            config = uvicorn.Config(app, log_level="warning", access_log=False, ws="none")
            server = uvicorn.Server(config)
            thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
            thread.start()
            try:
                while not server.started and thread.is_alive():
                    time.sleep(0.01)
                yield address
            finally:
                server.should_exit = True
                thread.join(timeout=20)


def draw_picture() -> bytes:
    """Return a real picture, so that what depends on its size can be seen."""
    body = io.BytesIO()
    Image.new("RGB", SIZE, "#36648b").save(body, "WEBP")
    return body.getvalue()


# One a module, not one a process: while Playwright runs, its event loop is the thread's, and tests
# of other folders want one of their own.
@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium, chromium_sandbox=False, args=list(_QUIET)
        )
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture(scope="module")
def plain_context(browser: Browser) -> Iterator[BrowserContext]:
    """What pages share that want nothing of their own: a new process for each takes long."""
    with closing(browser.new_context(service_workers="block")) as context:
        yield context


@pytest.fixture
def visit(browser: Browser, plain_context: BrowserContext, origin: str) -> Iterator[Opener]:
    """Open a page of the site; what it complained of, and whom else it asked, fails the test."""
    visits: list[Visit] = []
    own: list[BrowserContext] = []

    def open_page(path: str, width: int = 1280, script: str = "", **more: object) -> Visit:
        context = plain_context
        if script or more:
            context = browser.new_context(service_workers="block", **more)
            own.append(context)
        if script:
            context.add_init_script(script)
        opened = Visit(context.new_page(), origin)
        visits.append(opened)
        opened.page.set_viewport_size({"width": width, "height": 900})
        opened.watch()
        opened.open(path)
        return opened

    yield open_page
    for each in visits:
        each.page.close()
    for context in own:
        context.close()
    assert [said for each in visits for said in each.complaints] == []
    assert [url for each in visits for url in each.find_strangers()] == []
