"""Addresses: one WHATWG parser for all of Dateline, so that we read a URL as browsers do.

Layer 0, with `ada_url` as its one library (see docs/decisions.md): urllib differs from browsers
on one case in five, and two parsers in one program are a hole.
"""

import re

import ada_url

_WEB = ("http:", "https:")
_BEYOND = re.compile(r"%(?![0-9A-Fa-f]{2})|[^0-9A-Za-z._~:/?@!$&'()*+,;=%-]")  # RFC 3986
_LONGEST = 16_384  # characters; what is longer is no address that anybody links to
# Parameters that say how a reader came, not what is read. A name that some site uses to say which
# article is meant (id, p, story, ref, mod, cid, source) must not stand here.
_TRACKING = re.compile(
    r"^(utm_\w+|mtm_\w+|pk_\w+|at_\w+|ns_\w+|hsa_\w+|wt[._]\w+|_hs\w+|oly_\w+_id|guce_\w+|"
    r"fbclid|fb_action_\w+|fb_source|fb_ref|igsh|igshid|mibextid|sfnsn|gclid|gclsrc|dclid|gbraid|"
    r"wbraid|gad_source|srsltid|_ga|_gl|msclkid|yclid|ymclid|_openstat|ttclid|twclid|li_fat_id|"
    r"s_kwcid|ef_id|__twitter_impression|guccounter|dicbo|vero_id|vero_conv|mkt_tok|mc_cid|mc_eid|"
    r"ml_subscriber\w*|cmp|cmpid|icid|ncid|ito|intcmp|int_cmp|ocid|xtor|trk|trkcampaign|tpcc|"
    r"soc_src|soc_trk|ref_src|ref_url|spm|smid|smtyp|smprod|partner|rss|feedname|feedtype)$",
    re.IGNORECASE,
)


def parse_web_url(url: str, base: str = "") -> str | None:
    """Return `url` (joined to `base`) as browsers would write it, or None if it is not http(s)."""
    if len(url) > _LONGEST:
        return None
    try:
        parsed = ada_url.URL(url, base=base) if base else ada_url.URL(url)
    except (ValueError, UnicodeError):
        return None
    if parsed.protocol not in _WEB or not parsed.hostname:
        return None
    return str(parsed.href)


def encode_web_url(url: str) -> str | None:
    """Return a web address as RFC 3986 writes it, or None if it is not http(s); idempotent.

    Browsers let "|" or "[" stand where the standard, and so every validator, wants "%7C" or "%5B".
    """
    parsed = parse_web_url(url)
    if parsed is None:
        return None
    end = parsed.index("/", parsed.index("//") + 2)  # the brackets of a host stay
    path, mark, fragment = parsed[end:].partition("#")
    return f"{parsed[:end]}{_encode(path)}{mark}{_encode(fragment)}"


def _encode(part: str) -> str:
    return _BEYOND.sub(lambda found: f"%{ord(found.group()):02X}", part)


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
        parsed = ada_url.URL(url)
    except (ValueError, UnicodeError):
        return url
    if parsed.protocol not in _WEB or not parsed.hostname:
        return url
    parsed.hash = ""
    parsed.username = ""
    parsed.password = ""
    kept = [
        pair
        for pair in parsed.search[1:].split("&")
        if pair and not _TRACKING.match(pair.partition("=")[0])
    ]
    parsed.search = f"?{'&'.join(kept)}" if kept else ""  # what is kept may begin with "?"
    return str(parsed.href)
