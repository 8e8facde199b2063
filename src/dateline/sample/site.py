"""What each outlet answers at one stage: home, feed, articles, pictures, robots.txt."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from dateline.sample.compose import Page, Week
from dateline.sample.feeds import Channel, Item, say_moment, write_broken, write_feed
from dateline.sample.pages import Frame, draw_home, draw_page
from dateline.sample.pictures import draw_picture
from dateline.sample.reports import Outlet, load_library
from dateline.sample.truth import host_address

_FEED_LENGTH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A reply before it is put into HTTP."""

    status: int = 200
    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    location: str = ""
    changed: datetime | None = None
    gzip: bool = False
    slow: bool = False
    no_validators: bool = False


@dataclass(slots=True, kw_only=True)
class Sites:
    """All hosts at one anchor, stage and port."""

    anchor: datetime
    stage: int
    port: int
    _week: Week = field(init=False)
    _pages: dict[tuple[str, str], Page] = field(init=False)
    _urls: dict[str, str] = field(init=False)
    _shots: dict[tuple[str, str], Page] = field(init=False)

    def __post_init__(self) -> None:
        """Compose every page of this stage once."""
        self._week = Week(library=load_library(), anchor=self.anchor, stage=self.stage)
        pages = self._week.pages()
        self._pages = {(page.outlet.slug, page.path): page for page in pages}
        self._urls = {page.report.id: self._home(page.outlet) + page.path for page in pages}
        self._shots = {(p.outlet.slug, _shot_path(p)): p for p in pages if p.report.shot}

    def answer(self, host: str, target: str) -> Answer:
        """Return the reply of `host` for a path with its query."""
        slug = host.removesuffix(".localhost")
        outlets = {outlet.slug: outlet for outlet in self._week.library.outlets.values()}
        outlet = outlets.get(slug)
        path = urlsplit(target).path
        if outlet is None:
            return _plain(404, f"No outlet is served at {host}.")
        if path == "/robots.txt":
            rules = "User-agent: *\nDisallow: /members/\nDisallow: /search\n"
            return Answer(body=rules.encode(), content_type="text/plain")
        if path == outlet.feed_path or ("moved" in outlet.quirks and path == "/feed.atom"):
            return self._feed(outlet, path)
        if path == "/":
            return self._front(outlet)
        return self._article(outlet, path) or self._picture(outlet, path) or _missing()

    def _home(self, outlet: Outlet) -> str:
        return host_address(outlet.slug, self.port)

    def _own(self, outlet: Outlet) -> list[Page]:
        return [page for page in self._pages.values() if page.outlet.key == outlet.key]

    def _feed(self, outlet: Outlet, path: str) -> Answer:
        if outlet.trouble == 500:
            body = write_broken(outlet)
            return Answer(body=body, content_type="application/rss+xml", no_validators=True)
        if outlet.trouble:
            return _plain(outlet.trouble, "There is no feed here any more.")
        if path != outlet.feed_path:
            return Answer(status=301, location=self._home(outlet) + outlet.feed_path)
        pages = [page for page in self._own(outlet) if not page.withdrawn][:_FEED_LENGTH]
        items = [self._item(page) for page in pages]
        if "twice" in outlet.quirks:
            items[3:3] = items[:1]
        channel = Channel(
            outlet=outlet,
            home=self._home(outlet),
            library=self._week.library,
            now=self._changed(pages),
            items=items,
        )
        body, content_type = write_feed(channel)
        return Answer(
            body=body,
            content_type=content_type,
            changed=self._changed(pages),
            gzip="gzip" in outlet.quirks,
            slow="slow" in outlet.quirks,
            no_validators="no-validators" in outlet.quirks,
        )

    def _changed(self, pages: list[Page]) -> datetime:
        moments = [page.modified or page.published for page in pages]
        return max(moments, default=self.anchor).replace(microsecond=0).astimezone(UTC)

    def _item(self, page: Page) -> Item:
        report = page.report
        guid = f"{page.outlet.slug}-{report.id}"
        if "new-guids" in page.outlet.quirks:
            guid = f"{guid}-v{self.stage}"
        source = ("", "")
        if report.feed_source:
            agency = self._week.library.outlets[report.feed_source]
            source = (agency.name, self._home(agency) + agency.feed_path)
        return Item(
            page=page,
            url=self._urls[report.id],
            guid=guid,
            picture=self._picture_url(page),
            source=source,
            dated=_claimed(page),
        )

    def _front(self, outlet: Outlet) -> Answer:
        rows = [
            (self._urls[page.report.id], page.title, page.lede)
            for page in self._own(outlet)
            if not page.withdrawn
        ]
        return Answer(body=draw_home(outlet, rows).encode(), gzip="gzip" in outlet.quirks)

    def _article(self, outlet: Outlet, path: str) -> Answer | None:
        page = self._pages.get((outlet.slug, path))
        if page is None:
            return None
        if page.withdrawn:
            return _plain(410, "This article has been withdrawn.")
        others = [p for p in self._own(outlet) if p.report.id != page.report.id]
        listed = [(self._urls[p.report.id], p.title) for p in others if not p.withdrawn]
        same = [
            (self._urls[p.report.id], p.title)
            for p in others
            if set(p.report.stories) & set(self._week.stories(page.report))
        ]
        parent = page.report.parent
        based = page.outlet.based_on or page.report.based_on
        agency = self._week.library.reports[parent].outlet if parent else ""
        frame = Frame(
            home=self._home(outlet),
            url=self._urls[page.report.id],
            picture=self._picture_url(page),
            dated=_claimed(page),
            links=self._urls,
            related=(same + listed)[:4],
            popular=_pick(listed),
            parent=(self._week.library.outlets[agency].name, self._urls[parent])
            if based and agency
            else ("", ""),
        )
        body = draw_page(page, frame).encode()
        changed = (page.modified or page.published).replace(microsecond=0)
        return Answer(body=body, changed=changed, gzip="gzip" in outlet.quirks)

    def _picture(self, outlet: Outlet, path: str) -> Answer | None:
        page = self._shots.get((outlet.slug, path))
        if page is None or page.report.shot is None:
            return None
        body = draw_picture(page.report.shot.scene, page.report.id)
        return Answer(body=body, content_type="image/jpeg", changed=page.published)

    def _picture_url(self, page: Page) -> str:
        return self._home(page.outlet) + _shot_path(page) if page.report.shot else ""


def _pick(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    # Templates name the first two; an outlet with one article still needs them.
    picked = rows[1::3][:5] or rows[:5]
    return (picked + rows + [("/", "…"), ("/", "…")])[: max(2, len(picked))]


def _shot_path(page: Page) -> str:
    shot = page.report.shot
    name = shot.name if shot and shot.name else f"{page.report.id}.jpg"
    return f"/media/{page.report.id[:3]}{page.published:%d%H}/{quote(name)}"


def _claimed(page: Page) -> str:
    if page.report.undated:
        return ""
    if page.report.claimed_date:
        return say_moment(datetime.fromisoformat(page.report.claimed_date))
    return say_moment(page.published)


def _plain(status: int, text: str) -> Answer:
    return Answer(status=status, body=f"<h1>{status}</h1><p>{text}</p>".encode())


def _missing() -> Answer:
    return _plain(404, "There is nothing at this address.")
