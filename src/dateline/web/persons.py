"""Whether a request is a person's who reads, as far as its headers tell.

They tell what is honest: bots that name themselves, pages that a browser loads in advance, tools
without what every browser sends, requests from other sites. Whoever forges all of it passes here
and meets the other limits.
"""

import re
from collections.abc import Mapping

from dateline.web.agents import is_bot, name_family
from dateline.web.readers import Reader
from dateline.web.throttle import read_prefix

_ADVANCE = ("sec-purpose", "purpose", "x-purpose", "x-moz")
_FETCHED = {"sec-fetch-mode": ("cors", "no-cors", "same-origin"), "sec-fetch-dest": ("empty",)}
_TAG = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_;,\s]|$)")
# Families that have sent Sec-Fetch-Site to secure sites for years.
_TELLING = ("chrome", "edge", "firefox", "opera", "samsung", "yandex")


def find_reader(headers: Mapping[str, str], address: str, *, secure: bool) -> Reader | None:
    """Return who reads, or None where it is no person who has the page open.

    `headers` are those of a request that the page's script makes, `secure` whether the site is
    served by HTTPS (browsers say more there).
    """
    agent = headers.get("user-agent", "")
    language = read_language(headers.get("accept-language", ""))
    if is_bot(agent) or not language or is_in_advance(headers):
        return None
    if "headless" in headers.get("sec-ch-ua", "").lower():
        return None
    family = name_family(agent)
    if not _comes_from_page(headers, must_tell=secure and family.startswith(_TELLING)):
        return None
    return Reader(network=read_prefix(address), browser=family, language=language)


def is_in_advance(headers: Mapping[str, str]) -> bool:
    """Say whether a browser asks for something that nobody has opened yet."""
    said = " ".join(headers.get(name, "") for name in _ADVANCE).lower()
    return any(word in said for word in ("prefetch", "prerender", "preview"))


def read_language(accepted: str) -> str:
    """Return the language that is wished most, "" where none is named: every browser names one."""
    found = _TAG.match(accepted[:100])
    return found[1].lower() if found else ""


def _comes_from_page(headers: Mapping[str, str], *, must_tell: bool) -> bool:
    site = headers.get("sec-fetch-site", "")
    if not site:
        return not must_tell and not any(name in headers for name in _FETCHED)
    return site == "same-origin" and all(
        headers.get(name, allowed[0]) in allowed for name, allowed in _FETCHED.items()
    )
