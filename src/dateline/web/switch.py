"""Which language is asked for: the first part of the path, and nothing else.

No cookie and no Accept-Language: an address is the same page for everyone, so that it can be kept.
"""

from collections.abc import Mapping

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class LanguageSwitch:
    """An ASGI layer: "/de/latest" is "/latest" of the application that speaks German."""

    def __init__(self, default: ASGIApp, others: Mapping[str, ASGIApp]) -> None:
        """`others` by prefix: "/de"."""
        self.default = default
        self.others = others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request to the application of its language."""
        if scope["type"] != "http":
            await self.default(scope, receive, send)
            return
        head, slash, rest = scope["path"][1:].partition("/")
        app = self.others.get(f"/{head}")
        if app is None:
            await self.default(scope, receive, send)
        elif slash:
            await app(dict(scope, path=f"/{rest}"), receive, send)
        else:
            await RedirectResponse(f"/{head}/", 301)(scope, receive, send)
