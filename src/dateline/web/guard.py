"""The layer that every answer passes: security headers, and a limit to what a request may send."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST_BODY = 8_000  # bytes; the longest form here is a mail address
LONGEST_ADDRESS = 16_000  # bytes; the longest here is a search in letters that take nine bytes each
REFUSALS = {
    400: b"This is no request that can be read.\n",
    413: b"This request is too long.\n",
    414: b"This address is too long.\n",
}
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), browsing-topics=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
REFUSED = (
    (b"content-type", b"text/plain; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"connection", b"close"),
)


class Guard:
    """An ASGI layer that adds the security headers that an answer does not bring itself."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self.headers = list(HEADERS)
        if secure:
            self.headers.append((b"strict-transport-security", b"max-age=31536000"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; refuse it where its address or the body it announces is too long."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                brought = list(message.get("headers", ()))
                names = {name.lower() for name, _value in brought}
                added = [pair for pair in self.headers if pair[0] not in names]
                message = {**message, "headers": brought + added}
            await send(message)

        status = _find_excess(scope)
        if status:
            await _refuse(send_guarded, status)
            return
        await self.app(scope, receive, send_guarded)


def _find_excess(scope: Scope) -> int:
    address = len(scope.get("raw_path") or b"") + len(scope["query_string"])
    if address > LONGEST_ADDRESS:
        return 414
    return 413 if _announces_too_much(scope) else 0


def _announces_too_much(scope: Scope) -> bool:
    length = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return not length.isdigit() or int(length[:12]) > LONGEST_BODY


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": list(REFUSED)})
    await send({"type": "http.response.body", "body": REFUSALS[status]})
