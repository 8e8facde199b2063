"""Addresses: one WHATWG parser for all of Dateline, so that we read a URL as browsers do.

Layer 0, with `ada_url` as its one library (see docs/decisions.md): urllib differs from browsers
on one case in five, and two parsers in one program are a hole.
"""

import re

import ada_url

_WEB = ("http:", "https:")
# Parameters that say how a reader came, not what is read.
_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_cid|mc_eid|at_medium|"
    r"at_campaign|at_custom\d|cmpid|ocid|ns_\w+|ref_src|ref_url|xtor|wt_mc|mkt_tok|_hsenc|_hsmi|"
    r"spm|smid|partner|rss|feedname|feedtype)$",
    re.IGNORECASE,
)


def parse_web_url(url: str, base: str = "") -> str | None:
    """Return `url` (joined to `base`) as browsers would write it, or None if it is not http(s)."""
    try:
        parsed = ada_url.URL(url.strip(), base=base) if base else ada_url.URL(url.strip())
    except (ValueError, UnicodeError):
        return None
    if parsed.protocol not in _WEB or not parsed.hostname:
        return None
    return str(parsed.href)


def read_host(url: str) -> str:
    """Return the host name of a web address in lower case, or "" where there is none."""
    try:
        return str(ada_url.URL(url).hostname).lower()
    except (ValueError, UnicodeError):
        return ""


def read_origin(url: str) -> str:
    """Return scheme, host and port of a web address ("https://example.org"), or ""."""
    try:
        origin = str(ada_url.URL(url).origin)
    except (ValueError, UnicodeError):
        return ""
    return "" if origin == "null" else origin


def canonicalise(url: str) -> str:
    """Return the address without fragment, user, and tracking parameters; idempotent.

    What does not parse is returned unchanged, so that an odd address stays its own identity.
    """
    try:
        parsed = ada_url.URL(url.strip())
    except (ValueError, UnicodeError):
        return url
    if parsed.protocol not in _WEB:
        return url
    parsed.hash = ""
    parsed.username = ""
    parsed.password = ""
    if parsed.search:
        kept = [
            pair
            for pair in parsed.search[1:].split("&")
            if pair and not _TRACKING.match(pair.partition("=")[0])
        ]
        parsed.search = "&".join(kept)
    return str(parsed.href)
