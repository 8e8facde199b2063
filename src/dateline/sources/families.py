"""Outlet families: several feeds of one publisher are one outlet, however many sources they are."""

import ipaddress

from tld import get_fld

from dateline.model import Source
from dateline.text import make_slug
from dateline.urls import read_host

# Hosts where many publishers live side by side; the Public Suffix List knows others of their kind.
_SHARED = frozenset(
    {
        "facebook.com", "feedburner.com", "feedly.com", "google.com", "medium.com", "reddit.com",
        "rss.app", "substack.com", "t.me", "tumblr.com", "twitter.com", "x.com", "youtube.com",
    }
)  # fmt: skip
_NO_NAMES = frozenset({"", "www", "feeds", "feeds2", "rss", "news", "m", "old"})


def find_family(source: Source) -> str:
    """Return what outlets of one publisher share: the publisher's slug, else the domain.

    The domain is that of the home page, else of the first feed; "" where there is none, or where
    it tells nothing (a host of many publishers): such a source is a family of its own.
    """
    if source.publisher:
        return make_slug(source.publisher)
    first = next(iter(source.feeds), "")
    return find_domain(source.home or first)


def find_named_family(name: str, url: str) -> str:
    """Return the family of an outlet of which its name and the address of one article are known.

    The name counts: articles of many outlets stand at the address of an aggregator or an archive.
    Where it is a domain's name ("bbc.co.uk", or "Reuters" at reuters.com), the outlet is one with
    the feeds of that domain.
    """
    slug = make_slug(name)
    domain = find_domain(url)
    last = name.rpartition(".")[2]
    if last != name and last.islower() and not any(map(str.isspace, name)):  # not "U.S.News"
        return find_domain(f"https://{name}/") or slug
    label = domain.partition(".")[0]
    return domain if label and slug.replace("-", "") == label.replace("-", "") else slug


def find_domain(url: str) -> str:
    """Return the domain that the owner of an address registered ("bbc.co.uk"), or ""."""
    host = read_host(url).rstrip(".")
    if not host or _is_number(host):
        return host
    found = get_fld(f"http://{host}/", search_private=True, fail_silently=True)
    domain = found if isinstance(found, str) else ".".join(host.split(".")[-2:])
    if domain in _SHARED:
        return "" if host.removesuffix(domain).rstrip(".") in _NO_NAMES else host
    return domain


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
