"""Handlers of small things: pictures, style and script, health, the read beacon, failures."""

import logging
import re
from collections.abc import Mapping
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Match

from dateline.extract.pictures import shrink_picture
from dateline.model import StoredPicture, list_widths
from dateline.publish.addresses import with_query
from dateline.store.editions import read_generation
from dateline.store.pictures import load_picture, load_small_picture, save_small_pictures
from dateline.web import words
from dateline.web.desk import Desk
from dateline.web.drawing import FOR_EVER, NEVER, Head, draw_private, send_on
from dateline.web.persons import find_reader
from dateline.web.readers import Reader
from dateline.web.templating import read_static

_PICTURE = re.compile(r"([0-9A-Za-z]{8,128})(?:-([1-9][0-9]{1,3}))?", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,18}")
_ASSETS = {
    "style.css": "text/css; charset=utf-8",
    "seen.js": "text/javascript; charset=utf-8",
    "fresh.js": "text/javascript; charset=utf-8",
    "keep.js": "text/javascript; charset=utf-8",
    "suggest.js": "text/javascript; charset=utf-8",
    "favicon.svg": "image/svg+xml",
    "icon-192.png": "image/png",
    "icon-512.png": "image/png",
}
_FAILURES = {
    404: (words.NOT_FOUND, words.NOT_FOUND_HOW),
    410: (words.GONE, words.GONE_HOW),
}
_log = logging.getLogger("dateline.web")


def show_picture(desk: Desk, request: Request) -> Response:
    """Our own copy of a picture; its name is its hash, so it never changes."""
    name = _PICTURE.fullmatch(request.path_params["name"])
    if name is None:
        raise HTTPException(404)
    picture_hash, width = name[1], int(name[2] or 0)
    with desk.store.read() as tx:
        body = load_small_picture(tx, picture_hash, width) if width else None
        picture = load_picture(tx, picture_hash) if body is None else None
    headers = {"cache-control": FOR_EVER, "cross-origin-resource-policy": "cross-origin"}
    if body is not None:
        return Response(body, media_type="image/webp", headers=headers)
    if picture is None or (width and width not in list_widths(picture.width)):
        raise HTTPException(404)
    small = _shrink(desk, picture, width) if width else None
    if width and small is None:
        headers["cache-control"] = f"public, max-age={desk.options.page_seconds}"
    return Response(small or picture.body, media_type=picture.content_type, headers=headers)


def _shrink(desk: Desk, picture: StoredPicture, width: int) -> bytes | None:
    """Make and keep the narrower copy of a picture that was copied when there was one size only."""
    small = shrink_picture(picture.body, width)
    if small is None:
        return None
    with desk.store.write(desk.options.now()) as tx:
        save_small_pictures(tx, picture.hash, [small])
    return small.body


def show_asset(desk: Desk, request: Request) -> Response:
    """Style, script and icon; their addresses carry their version."""
    name = request.path_params.get("name", "favicon.svg")
    if name not in _ASSETS:
        raise HTTPException(404)
    headers = {"cache-control": FOR_EVER, "content-type": _ASSETS[name]}
    return Response(read_static(name), headers=headers)


def show_health(desk: Desk, request: Request) -> Response:
    """Whether the store can be read."""
    try:
        with desk.store.read() as tx:
            generation = read_generation(tx)
    except Exception:
        _log.exception("The store cannot be read; see the operating guide and run the doctor.")
        return PlainTextResponse("store cannot be read\n", 503, headers={"cache-control": NEVER})
    return PlainTextResponse(f"ok {generation}\n", headers={"cache-control": NEVER})


def take_open(desk: Desk, request: Request, form: Mapping[str, str]) -> Response:
    """A ticket for an article that was opened; nothing where no person opened it."""
    reader = _find_reader(desk, request, form)
    if reader is None:
        return Response(status_code=204, headers={"cache-control": NEVER})
    ticket = desk.views.open(int(form["article"]), reader, desk.options.now())
    return PlainTextResponse(ticket, headers={"cache-control": NEVER})


def take_seen(desk: Desk, request: Request, form: Mapping[str, str]) -> Response:
    """Count one read; the answer is the same whether it was counted or not."""
    reader = _find_reader(desk, request, form)
    if reader is not None:
        ticket = form.get("ticket", "")
        desk.views.count(int(form["article"]), reader, ticket, desk.options.now())
    return Response(status_code=204, headers={"cache-control": NEVER})


def _find_reader(desk: Desk, request: Request, form: Mapping[str, str]) -> Reader | None:
    if not desk.options.count_reads or not _NUMBER.fullmatch(form.get("article", "")):
        return None
    address = request.client.host if request.client else ""
    secure = desk.site.address.startswith("https:")
    return find_reader(request.headers, address, secure=secure)


def show_failure(desk: Desk, request: Request, error: Exception) -> Response:
    """A page for what is not there or not allowed; the way to it, where a slash is too much."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 404 and _is_page_with_slash(request):
        # From our own prefix and the path, so that it leads nowhere but to this site.
        bare = with_query(quote(f"/{request.scope['path'].strip('/')}"), **request.query_params)
        return send_on(desk, bare)
    title, text = _FAILURES.get(status, (words.REFUSED, words.REFUSED_HOW))
    with desk.look() as look:
        head = Head(title=desk.say.text(title), path="/", hidden=True)
        response = draw_private(desk, look, "note.html", head, text=desk.say.text(text))
    response.status_code = status
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)
    return response


def _is_page_with_slash(request: Request) -> bool:
    """Whether a page of ours was asked for with a slash behind it: "/latest/"."""
    path = request.scope["path"]
    bare = f"/{path.strip('/')}"
    if not path.endswith("/") or bare == "/" or request.method not in ("GET", "HEAD"):
        return False
    asked = {**request.scope, "path": bare}
    return any(route.matches(asked)[0] is Match.FULL for route in request.app.routes)


def show_broken(desk: Desk, request: Request, error: Exception) -> Response:
    """The page for our own mistakes: it asks nothing of the store, which may be what broke."""
    template = desk.templates.get_template("broken.html")
    html = template.render(desk.tongue.values, assets=desk.assets).encode("utf-8", "replace")
    headers = {"cache-control": NEVER}
    return Response(html, 500, headers=headers, media_type="text/html; charset=utf-8")
