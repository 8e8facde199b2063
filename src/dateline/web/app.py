"""The application: every address of the site on one page, and the layers around them.

From the outside in: the count of steps between articles, page cache (`ready.py` asks both before
any task is made), security headers, language, routes. Handlers are plain functions; Starlette runs
them in its pool of threads.
"""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import partial
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dateline.model import Site
from dateline.store import Store
from dateline.web import (
    article_pages,
    cards,
    finding,
    lists,
    offline,
    popular_pages,
    reading_pages,
    said_pages,
    sitemaps,
    small,
    subscriptions,
    suggesting,
    syndication,
)
from dateline.web.cache import PageCache
from dateline.web.desk import Desk
from dateline.web.follows import FollowLayer, Follows
from dateline.web.generation import Generation
from dateline.web.guard import LONGEST_BODY, Guard
from dateline.web.options import WebOptions
from dateline.web.renewal import renew_while
from dateline.web.switch import LanguageSwitch
from dateline.web.templating import make_templates, read_static
from dateline.web.throttle import Throttle
from dateline.web.tongue import list_choices, make_tongue
from dateline.web.views import Views

Show = Callable[[Desk, Request], Response]
Take = Callable[[Desk, Request, dict[str, str]], Response]
Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]
_log = logging.getLogger("dateline.web")


def make_app(store: Store, site: Site, *, options: WebOptions | None = None) -> FollowLayer:
    """Return the ASGI application that serves `site` from `store`.

    The store stays the caller's: it is not closed when the application stops. Reads are counted in
    memory and written while the application's lifespan runs, and at its end.
    """
    options = options or WebOptions()
    zone = ZoneInfo(site.time_zone)
    first, *others = list_choices(site)
    desk = Desk(
        store=store,
        site=site,
        options=options,
        zone=zone,
        templates=make_templates(site, zone),
        views=Views(),
        follows=Follows(),
        letters=Throttle(options.letters_an_hour),
        assets={name: _write_asset_path(name) for name in _list_assets(options)},
        tongue=make_tongue(site, zone, first),
    )
    app = _make_language(desk, list_pages(desk) + list_documents(desk), _make_lifespan(desk))
    speaking = {each.prefix: desk.speak_in(make_tongue(site, zone, each)) for each in others}
    switch = LanguageSwitch(
        app,
        {name: _make_language(each, list_pages(each)) for name, each in speaking.items()},
        first.tag,
    )
    guarded = Guard(switch, secure=site.address.startswith("https:"))
    generation = Generation(store, options.generation_seconds, desk.find_generation)
    cached = PageCache(guarded, generation, limit=options.cache_bytes)
    return FollowLayer(cached, desk.follows, urlsplit(site.address).netloc, options)


def _make_language(
    desk: Desk, routes: Sequence[BaseRoute], lifespan: Lifespan | None = None
) -> Starlette:
    """Return the application of one language, whose failures are told in it as well."""
    app = Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers={
            HTTPException: lambda request, error: small.show_failure(desk, request, error),
            Exception: lambda request, error: small.show_broken(desk, request, error),
        },
    )
    app.router.redirect_slashes = False  # Starlette would build the address from the Host header
    return app


def _get(desk: Desk, path: str, show: Show) -> Route:
    def handle(request: Request) -> Response:
        return show(desk, request)

    return Route(path, handle, methods=["GET"])


def _get_in_turn(desk: Desk, path: str, show: Show) -> Route:
    """Return a route to what may take long: few of them run at a time, the others wait outside.

    So they leave threads and connections to the store to all other pages.
    """

    async def handle(request: Request) -> Response:
        async with desk.searches:
            return await run_in_threadpool(show, desk, request)

    return Route(path, handle, methods=["GET"])


def list_pages(desk: Desk) -> list[BaseRoute]:
    """Return the addresses of the pages that are spoken in each language."""
    get = partial(_get, desk)

    def post(path: str, take: Take) -> Route:
        async def handle(request: Request) -> Response:
            return await run_in_threadpool(take, desk, request, await read_form(request))

        return Route(path, handle, methods=["POST"])

    return [
        get("/", lists.show_front),
        get("/latest", lists.show_latest),
        get("/section/{slug}", lists.show_section),
        get("/front.json", lists.show_front_reasons),
        get("/ids/front", lists.show_front_ids),
        get("/ids/section/{slug}", lists.show_section_ids),
        get("/article/{reference}", article_pages.show_article),
        get("/article/{reference}/versions", article_pages.show_versions),
        get("/article/{reference}/statements.json", article_pages.show_annotations),
        get("/story/{reference}", reading_pages.show_story),
        get("/story/{reference}/statements", said_pages.show_story_said),
        get("/story/{reference}/figures", said_pages.show_story_figures),
        get("/statement/{number}", said_pages.show_entry),
        get("/person/{key}", said_pages.show_person),
        get("/outlets", lists.show_outlets),
        get("/outlet/{key}", lists.show_outlet),
        get("/popular", popular_pages.show_popular),
        get("/popular/{day}.json", popular_pages.show_day_json),
        get("/popular/{day}.csv", popular_pages.show_day_csv),
        get("/popular/{day}", popular_pages.show_day),
        _get_in_turn(desk, "/search", finding.show_search),
        get("/suggest", suggesting.show_suggestions),
        get("/about", lists.show_about),
        get("/offline", offline.show_offline),
        get("/subscribe", subscriptions.show_subscribe),
        post("/subscribe", subscriptions.take_subscribe),
        get("/confirm/{token}", subscriptions.show_confirm),
        post("/confirm/{token}", subscriptions.take_confirm),
        get("/leave/{token}", subscriptions.show_leave),
        post("/leave/{token}", subscriptions.take_leave),
        post("/seen", small.take_seen),
        post("/seen/open", small.take_open),
    ]


def list_documents(desk: Desk) -> list[BaseRoute]:
    """Return the addresses of what is the same in every language: feeds, pictures, files."""
    get = partial(_get, desk)

    def feed(
        path: str, describe: syndication.List, route: Callable[[str, Show], Route] = get
    ) -> list[BaseRoute]:
        return [
            route(f"/feeds/{path}.{form}", syndication.make_feed_handler(describe, form))
            for form in syndication.WRITERS
        ]

    return [
        *feed("front", syndication.list_front),
        *feed("latest", syndication.list_latest),
        *feed("search", syndication.list_found, partial(_get_in_turn, desk)),
        *feed("section/{slug}", syndication.list_section),
        *feed("outlet/{key}", syndication.list_outlet),
        *feed("story/{number}", syndication.list_story),
        *feed("story/{number}/statements", syndication.list_story_said),
        *feed("person/{key}", syndication.list_person),
        *feed("popular/read", syndication.list_read),
        *feed("popular/covered", syndication.list_covered),
        get("/opml.xml", syndication.show_opml),
        get("/sitemap.xml", sitemaps.show_sitemap_index),
        get("/sitemap-news.xml", sitemaps.show_news_sitemap),
        get("/sitemap/{name}.xml", sitemaps.show_sitemap),
        get("/robots.txt", sitemaps.show_robots),
        get("/{key}.txt", sitemaps.show_key),
        get("/picture/{name}.webp", small.show_picture),
        get("/card/site.png", cards.show_site_card),
        get("/card/story/{number}.png", cards.show_story_card),
        get("/card/article/{number}.png", cards.show_article_card),
        get("/static/{name}", small.show_asset),
        get("/sw.js", offline.show_worker),  # its path is what it is responsible for
        get("/manifest.webmanifest", offline.show_manifest),
        get("/favicon.svg", small.show_asset),
        get("/favicon.ico", small.show_asset),
        get("/healthz", small.show_health),
    ]


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a posted form; 413 where it is too long, nothing where it is no form."""
    body = b""
    with suppress(ClientDisconnect):
        async for chunk in request.stream():
            body += chunk
            if len(body) > LONGEST_BODY:
                raise HTTPException(413)
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), max_num_fields=20))
    except ValueError:
        return {}


def _make_lifespan(desk: Desk) -> Lifespan:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(_flush_for_ever(desk))
        try:
            async with renew_while(desk):
                yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await run_in_threadpool(_flush, desk)

    return lifespan


async def _flush_for_ever(desk: Desk) -> None:
    while True:
        await asyncio.sleep(desk.options.flush_seconds)
        await run_in_threadpool(_flush, desk)


def _flush(desk: Desk) -> None:
    try:
        desk.views.flush(desk.store, desk.options.now())
        desk.follows.flush(desk.store, desk.options.now())
    except Exception:
        _log.exception("Reads could not be written to the store; they are kept and tried again.")


def _list_assets(options: WebOptions) -> tuple[str, ...]:
    return (
        "style.css",
        "seen.js",
        "fresh.js",
        "suggest.js",
        *(("keep.js",) if options.offline_pages else ()),
    )


def _write_asset_path(name: str) -> str:
    version = hashlib.blake2b(read_static(name), digest_size=6).hexdigest()
    return f"/static/{name}?v={version}"
