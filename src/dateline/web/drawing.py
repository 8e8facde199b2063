"""Answers: a page drawn from a template, a feed, a redirect; each says how long it may be kept."""

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from starlette.responses import RedirectResponse, Response

from dateline.publish.addresses import section_path
from dateline.publish.jsonld_pages import describe_page, describe_trail, join_records
from dateline.publish.speaking import Speaker
from dateline.web import words
from dateline.web.desk import Desk, Look
from dateline.web.front_words import say_section
from dateline.web.shots import Shot, choose_site_shot

FOR_EVER = "public, max-age=31536000, immutable"
NEVER = "no-store"
_PLACES = frozenset(("sort", "before", "page"))  # in the query of a list's page


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the head of a page says about it."""

    title: str
    path: str  # of the page itself, without its language, with the query that belongs to it
    description: str = ""
    feeds: str = ""  # "/feeds/front": the address of its feeds without the ending
    more_feeds: tuple[tuple[str, str], ...] = ()  # title and address, as `feeds`
    shot: Shot | None = None
    kind: str = "website"
    language: str = ""  # of title and description, where they are a source's words
    record: dict[str, object] | None = None  # schema.org; where there is none, a plain page's
    trail: tuple[tuple[str, str], ...] = ()  # name and path of the pages above this one
    hidden: bool = False  # not for search engines

    @property
    def query(self) -> str:
        """What of the page's query its feeds have too: all but the order and the place in it."""
        pairs = parse_qsl(self.path.partition("?")[2])
        kept = [(name, value) for name, value in pairs if name not in _PLACES]
        return f"?{urlencode(kept)}" if kept else ""


def name_section(say: Speaker, section: str) -> tuple[tuple[str, str], ...]:
    """Return the section of a page as the page above it, () where it has none with an address."""
    path = section_path(section)
    return ((say_section(say, section), path),) if path != section_path("") else ()


def draw_page(desk: Desk, look: Look, template: str, head: Head, **values: object) -> Response:
    """Return a public page; the site's own picture stands for it where it has none."""
    record = _complete_record(desk, head)
    if head.shot is None and not head.hidden:
        head = replace(head, shot=choose_site_shot(desk.site))
    response = _draw(desk, look, template, head, {**values, "record": record})
    response.headers["cache-control"] = f"public, max-age={desk.options.page_seconds}"
    return response


def draw_private(desk: Desk, look: Look, template: str, head: Head, **values: object) -> Response:
    """Return a page that is for one reader alone: kept nowhere, its address told to no one."""
    response = _draw(desk, look, template, head, {**values, "record": None})
    response.headers["cache-control"] = NEVER
    response.headers["referrer-policy"] = "no-referrer"
    response.headers["x-robots-tag"] = "noindex"
    return response


def _complete_record(desk: Desk, head: Head) -> dict[str, object] | None:
    """Return a page's structured data with the way that leads to it from the front page."""
    if head.hidden and not head.record:
        return None  # withdrawn, say: nothing is told to search engines
    site = desk.pages
    record = head.record or describe_page(site, head.title or site.name, head.path)
    if head.path == "/":
        return record
    trail = ((desk.say.text(words.FRONT), "/"), *head.trail, (head.title, head.path))
    return join_records(record, [describe_trail(site, trail)])


def _draw(desk: Desk, look: Look, template: str, head: Head, values: dict[str, object]) -> Response:
    today = look.now.astimezone(desk.zone).date()
    html = desk.templates.get_template(template).render(
        desk.tongue.values,
        head=head,
        frame=look.frame,
        now=look.now,
        today=today,
        assets=desk.assets,
        person_path=look.person_path,
        **values,
    )
    # Words of the web may hold lone surrogates, which have no UTF-8.
    return Response(html.encode("utf-8", "replace"), media_type="text/html; charset=utf-8")


def draw_data(desk: Desk, body: bytes, media_type: str) -> Response:
    """Return a public document that is not a page; other sites may read it."""
    headers = {
        "cache-control": f"public, max-age={desk.options.page_seconds}",
        "content-type": media_type,
        "access-control-allow-origin": "*",
        "cross-origin-resource-policy": "cross-origin",
    }
    return Response(body, headers=headers)


def send_on(desk: Desk, path: str) -> Response:
    """Return a permanent redirect to another page in the same language, whatever host was asked."""
    headers = {"cache-control": f"public, max-age={desk.options.page_seconds}"}
    return RedirectResponse(f"{desk.tongue.prefix}{path}", status_code=301, headers=headers)
