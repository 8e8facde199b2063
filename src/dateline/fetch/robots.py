"""What a site's robots.txt lets us read (RFC 9309).

RFC 9309 decides what no answer means: a 4xx says that there are no rules, a 5xx or an unreachable
server says that we must not read until it answers again.

The matching is our own: protego needs 74 ms for the largest real file and four minutes for one
that names 3,000 crawlers before 30,000 rules; `bench/robots.py` compares the two, and the tests
hold their answers equal on real files.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from dateline.model import NoReply, Reply

MOST_BYTES = 500 * 1024  # RFC 9309, 2.5: at least this much must be read; the rest is not
_LONGEST_PATH = 2048
_LONGEST_DELAY = 60.0  # seconds; what asks for more would be "never" by another name
_MOST_SITEMAPS = 1000
# One directive a line; common misspellings and a space in the place of the colon count as well.
_DIRECTIVE = re.compile(
    r"^[ \t]*(di(?:s+a|as)l+[oa]w|allow|user[- ]?agent|crawl[- ]delay|site-?maps?)"
    r"[ \t]*[: \t][ \t]*([^#\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
_PRODUCT = re.compile(r"[a-z_-]+")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_KEPT_ESCAPES = frozenset("/%*$?#")  # these mean something else when they are not escaped


@dataclass(frozen=True, slots=True)
class _Ready:
    """The rules for one crawler: its patterns, the one that decides first in front."""

    patterns: list[str]
    plain: tuple[str, ...]  # those that are only the beginning of a path
    special: list[str]  # those with "*" or "$"
    allowed: frozenset[str]  # those that allow
    delay: float | None


@dataclass(frozen=True, slots=True)
class _Group:
    """The rules for some crawlers: lower case product names, or "*" for everyone else."""

    agents: set[str]
    allowed: list[str]  # patterns as written
    denied: list[str]
    delays: list[str]


class Rules:
    """What one robots.txt says.

    `known` is False where the server gave no answer about its rules; then nothing may be read,
    `reason` says why, and it should be asked again soon. `sitemaps` are the addresses it names.
    """

    def __init__(self, text: str = "", *, reason: str = "") -> None:
        self.reason = reason
        self.known = not reason
        self._text = text.replace("\r", "\n")
        self._ready: dict[str, _Ready] = {}

    @cached_property
    def sitemaps(self) -> tuple[str, ...]:
        """The addresses of sitemaps, as written, without repetition."""
        named = (value for name, value in self._lines if name.startswith("site") and value)
        return tuple(dict.fromkeys(named))[:_MOST_SITEMAPS]

    def allows(self, url: str, agent: str) -> bool:
        """Tell whether `agent` (a product name such as "Dateline") may read `url`.

        The longest pattern that matches decides; of two as long, the one that allows.
        """
        if not self.known:
            return False
        path = _read_path(url)
        if path == "/robots.txt":
            return True
        ready = self._prepare(agent)
        # One call rules out all plain patterns at once; most addresses match none.
        patterns = ready.patterns if path.startswith(ready.plain) else ready.special
        found = next((text for text in patterns if _matches(text, path)), None)
        return found is None or found in ready.allowed

    def delay(self, agent: str) -> float | None:
        """Return the Crawl-delay for `agent` in seconds, at most a minute, or None."""
        return self._prepare(agent).delay

    def _prepare(self, agent: str) -> "_Ready":
        product = _read_product(agent)
        if product not in self._ready:
            groups = list(self._list_groups())
            ours = [group for group in groups if product in group.agents]
            self._ready[product] = _make_ready(
                ours or [group for group in groups if "*" in group.agents]
            )
        return self._ready[product]

    def _list_groups(self) -> Iterator[_Group]:
        group = _Group(set(), [], [], [])
        for name, value in self._lines:
            is_agent = name.startswith("user")
            if is_agent and (group.allowed or group.denied or group.delays):
                yield group
                group = _Group(set(), [], [], [])
            if is_agent:
                group.agents.add("*" if value == "*" else _read_product(value))
            elif name.startswith("crawl"):
                group.delays.append(value)
            elif not name.startswith("site"):
                (group.allowed if name[0] == "a" else group.denied).append(value)
        yield group

    @cached_property
    def _lines(self) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = _DIRECTIVE.findall(self._text)
        return [(name.lower(), value.strip()[:_LONGEST_PATH]) for name, value in found]


def read_rules(reply: Reply | NoReply) -> Rules:
    """Return what a site allows, from what it answered when asked for /robots.txt; never raises."""
    if isinstance(reply, NoReply):
        return Rules(reason=f"robots.txt did not answer, so no page is asked for: {reply.reason}")
    if reply.status >= 500 or reply.status == 429:
        return Rules(
            reason=f"robots.txt answered {reply.status} ({reply.url}), so no page is asked for now"
        )
    if not 200 <= reply.status < 300:
        return Rules()
    return Rules(reply.body[:MOST_BYTES].decode("utf-8-sig", "replace"))


def _make_ready(groups: list[_Group]) -> _Ready:
    allowed = {_normalise(text) for group in groups for text in group.allowed}
    denied = {_normalise(text) for group in groups for text in group.denied} - allowed
    delays = [_read_delay(text) for group in groups for text in group.delays]
    # The sort is stable: of patterns with one length, those that allow stay in front.
    patterns = sorted(filter(None, [*allowed, *denied]), key=len, reverse=True)
    special = [text for text in patterns if "*" in text or text[-1] == "$"]
    return _Ready(
        patterns=patterns,
        plain=tuple(set(patterns).difference(special)),
        special=special,
        allowed=frozenset(allowed),
        delay=next((delay for delay in reversed(delays) if delay is not None), None),
    )


def _read_product(agent: str) -> str:
    """Return the product token of a user agent: "dateline" of "Dateline/0.1 (+…)"."""
    match = _PRODUCT.match(agent[:100].strip().strip("*").lower())
    return match.group() if match else ""


def _read_delay(text: str) -> float | None:
    try:
        delay = float(text[:20])
    except ValueError:
        return None
    return min(delay, _LONGEST_DELAY) if delay >= 0 else None


def _read_path(url: str) -> str:
    """Return path and query of an address, in the form in which patterns are compared."""
    rest = url.partition("#")[0].partition("://")[2]
    path = rest[len(re.split(r"[/?]", rest, maxsplit=1)[0]) :]
    return _normalise(path if path.startswith("/") else "/" + path)[:_LONGEST_PATH]


def _normalise(text: str) -> str:
    """Return a path or pattern with one spelling for what may be escaped or not (RFC 9309)."""
    if not text.isascii():
        text = _NOT_ASCII.sub(lambda match: quote(match[0], errors="replace"), text)
    return _ESCAPE.sub(_spell_escape, text) if "%" in text else text


def _spell_escape(match: re.Match[str]) -> str:
    letter = chr(int(match[1], 16))
    is_plain = " " <= letter <= "~" and letter not in _KEPT_ESCAPES
    return letter if is_plain else match[0].upper()


def _matches(pattern: str, path: str) -> bool:
    """Tell whether `pattern`, with "*" for anything and "$" for the end, fits `path`; linear."""
    is_whole = pattern.endswith("$")
    if "*" not in pattern:
        return path == pattern[:-1] if is_whole else path.startswith(pattern)
    first, *middle, last = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    for part in middle:
        found = path.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    if is_whole:
        return len(path) - len(last) >= place and path.endswith(last)
    return path.find(last, place) >= 0
