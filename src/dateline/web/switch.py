"""Which language is asked for: the first part of the path, and nothing else.

No cookie and no Accept-Language: an address is the same page for everyone, so that it can be kept.
A language in capitals, and the site's own with its tag, lead to where their pages are.
"""

from collections.abc import Mapping
from urllib.parse import quote

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class LanguageSwitch:
    """An ASGI layer: "/de/latest" is "/latest" of the application that speaks German."""

    def __init__(self, default: ASGIApp, others: Mapping[str, ASGIApp], tag: str = "") -> None:
        """`others` by prefix: "/de"; `tag` is the language of the default."""
        self.default = default
        self.others = others
        self._written = {prefix.casefold(): prefix for prefix in others}
        self._written.setdefault(f"/{tag}".casefold(), "")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request to the application of its language."""
        if scope["type"] != "http":
            await self.default(scope, receive, send)
            return
        head, slash, rest = scope["path"][1:].partition("/")
        app = self.others.get(f"/{head}")
        prefix = self._written.get(f"/{head}".casefold()) if head else None
        if app is not None and slash:
            await app(dict(scope, path=f"/{rest}"), receive, send)
        elif prefix is not None:
            await _send_on(scope, f"{prefix}/{rest.lstrip('/')}")(scope, receive, send)
        else:
            await self.default(scope, receive, send)


def _send_on(scope: Scope, path: str) -> RedirectResponse:
    """Return the way to another path of this site, with the query that was asked."""
    query = scope["query_string"].decode("latin-1")
    return RedirectResponse(f"{quote(path)}?{query}" if query else quote(path), 301)
