"""Pages kept by the reader's browser: the worker that keeps them, the page that lists them.

Nothing here is told to the site: what was kept is known to the reader's device alone.
"""

import hashlib
import json

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dateline.publish.addresses import offline_path
from dateline.web import page_words
from dateline.web.desk import Desk
from dateline.web.drawing import Head, draw_data, draw_page
from dateline.web.templating import read_static

ICONS = {"icon-192.png": "192x192", "icon-512.png": "512x512"}
_PAPER, _RED = "#fffefc", "#8c1d18"


def show_offline(desk: Desk, request: Request) -> Response:
    """The page that stands where there is no connection; a script lists what was kept."""
    if not desk.options.offline_pages:
        raise HTTPException(404)
    title = desk.tongue.say.text(page_words.OFFLINE)
    with desk.look() as look:
        head = Head(title=title, path=offline_path(), hidden=True)
        return draw_page(desk, look, "offline.html", head)


def show_worker(desk: Desk, request: Request) -> Response:
    """The service worker; where pages are not to be kept, one that removes itself and them."""
    headers = {"cache-control": "no-cache", "content-type": "text/javascript; charset=utf-8"}
    if not desk.options.offline_pages:
        return Response(read_static("worker-off.js"), headers=headers)
    shell = [offline_path(), *desk.assets.values()]
    version = hashlib.blake2b("\n".join(shell).encode(), digest_size=6).hexdigest()
    site = json.dumps({"version": version, "shell": shell})
    return Response(f"const SITE = {site};\n".encode() + read_static("worker.js"), headers=headers)


def show_manifest(desk: Desk, request: Request) -> Response:
    """What a browser needs to put the site among a device's applications."""
    say = desk.tongue.say
    icon = {"src": "/favicon.svg", "sizes": "any", "type": "image/svg+xml"}
    drawn = [
        {"src": f"/static/{name}", "sizes": size, "type": "image/png", "purpose": "any maskable"}
        for name, size in ICONS.items()
    ]
    manifest = {
        "id": "/",
        "name": desk.site.name,
        "short_name": desk.site.name,
        "description": desk.site.tagline or None,
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "lang": say.tag,
        "dir": say.direction,
        "background_color": _PAPER,
        "theme_color": _RED,
        "icons": [icon, *drawn],
    }
    told = {name: value for name, value in manifest.items() if value is not None}
    body = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
    return draw_data(desk, body, "application/manifest+json")
