"""One feed as a list names it, made into a source."""

import re

from dateline.model import Source
from dateline.text import make_slug, squeeze
from dateline.urls import parse_web_url, read_host, read_origin

LONGEST_NAME = 200
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)


def describe_feed(
    feed: str, *, name: str = "", section: str = "", home: str = "", language: str = ""
) -> Source | None:
    """Return a source of one feed, named by its host where the list gives no name.

    None where `feed` is not a web address.
    """
    address = parse_web_url(feed)
    if address is None:
        return None
    host = read_host(address).removeprefix("www.")
    name = squeeze(name)[:LONGEST_NAME].strip() or host
    return Source(
        key=make_slug(name) or make_slug(host) or "source",
        name=name,
        home=parse_web_url(home) or read_origin(address) + "/",
        feeds=(address,),
        section=squeeze(section)[:LONGEST_NAME].strip(),
        language=language if _LANGUAGE.fullmatch(language) else "",
    )
