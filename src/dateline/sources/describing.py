"""From a site's page to a source: its name, language, country and home, as the page gives them."""

import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from dateline.model import Source
from dateline.sources.pages import Page
from dateline.text import make_slug, squeeze
from dateline.urls import read_host, read_origin

_MOST_SCRIPT = 300_000  # characters of one block of JSON-LD
_MOST_NODES = 5_000
_LONGEST_NAME = 80
_SEPARATOR = re.compile(r"\s+[|–—·:»«•-]\s+|\s*[|»]\s*|--+")
_NO_NAME = re.compile(
    r"(?:home ?page|home|start(?:seite)?|accueil|inicio|portada|index|news|welcome|wordpress|"
    r"untitled|default|website|my blog|latest news|главная|首页|ホーム)?",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}))?", re.IGNORECASE)
# Country domains that are sold to everyone.
_GENERIC = frozenset(
    {"ac", "ag", "ai", "am", "bz", "cc", "co", "cx", "fm", "gg", "gl", "im", "io", "la", "ly", "me"}
    | {"mn", "ms", "nu", "sc", "sh", "st", "su", "tk", "to", "tv", "vc", "ws", "eu"}
)
_PUBLISHERS = frozenset({"NewsMediaOrganization", "Organization", "WebSite", "Corporation"})


def describe_source(html: bytes, url: str) -> Source:
    """Return a source with what a page of it says: name, language, country, home; no feeds.

    What the page does not say is taken from the address: the name from the host, the country from
    its domain where that belongs to one. Never raises.
    """
    page = Page(html, url)
    host = read_host(url).removeprefix("www.")
    name = _find_name(page, host)
    language, region = _find_language(page)
    return Source(
        key=make_slug(name) or make_slug(host) or "source",
        name=name,
        home=f"{origin}/" if (origin := read_origin(url)) else "",
        language=language,
        country=_find_country(host) or region,
    )


def _find_name(page: Page, host: str) -> str:
    parts = [part for part in _SEPARATOR.split(page.text("title")) if not _NO_NAME.fullmatch(part)]
    given = [
        page.meta("og:site_name", "application-name", "apple-mobile-web-app-title"),
        next((part for part in reversed(parts) if _is_like(part, host)), ""),
        *_list_publishers(page),
        *parts[-1:],
    ]
    for name in (squeeze(name) for name in given):
        if len(name) <= _LONGEST_NAME and not _NO_NAME.fullmatch(name) and "://" not in name:
            return name
    return host or "source"


def _is_like(part: str, host: str) -> bool:
    """Tell whether a part of a title is the site's name, by the letters of its host."""
    letters = "".join(c for c in part.casefold() if c.isalnum())
    return len(letters) > 1 and letters in host.replace("-", "").replace(".", "")


def _list_publishers(page: Page) -> Iterator[str]:
    """Yield the names that JSON-LD gives to the publisher, and then to the site."""
    nodes = [node for script in _list_scripts(page) for node in _walk(script)]
    for node in nodes:
        publisher = node.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            yield publisher["name"]
    for node in nodes:
        if isinstance(node.get("name"), str) and _read_types(node) & _PUBLISHERS:
            yield node["name"]


def _read_types(node: dict[str, Any]) -> set[str]:
    kinds = node.get("@type")
    return {
        kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)
    }


def _list_scripts(page: Page) -> Iterator[Any]:
    for element in page.list("script"):
        text = element.text or ""
        if "ld+json" in (element.get("type") or "").lower() and len(text) <= _MOST_SCRIPT:
            try:
                yield json.loads(text)
            except (ValueError, RecursionError):
                continue


def _walk(root: Any) -> Iterator[dict[str, Any]]:
    """Yield the tables inside a JSON value, outermost first, within a bound."""
    waiting, count = deque([root]), 0
    while waiting and count < _MOST_NODES:
        node, count = waiting.popleft(), count + 1
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _find_language(page: Page) -> tuple[str, str]:
    """Return the language tag ("pt-BR") and its region ("BR"), "" where the page gives none."""
    given = [page.language(), page.meta("content-language", "og:locale", "language")]
    for text in given:
        if match := _LANGUAGE.fullmatch(text.partition(",")[0].strip()):
            language, script, region = match.groups(default="")
            parts = [language.lower(), script.title(), region.upper()]
            return "-".join(filter(None, parts)), region.upper()
    return "", ""


def _find_country(host: str) -> str:
    """Return the country whose domain a host is in, "" where the domain is anyone's."""
    domain = host.rpartition(".")[2] if "." in host else ""
    if len(domain) != 2 or not domain.isalpha() or domain in _GENERIC:
        return ""
    return "GB" if domain == "uk" else domain.upper()
