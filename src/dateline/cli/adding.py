"""`dateline add`: from an address or a list to entries in sources.toml."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dateline.errors import InputError
from dateline.fetch.feeds import read_feed
from dateline.model import Fetched, NoReply, Reply, Request, Rights, Source
from dateline.net import Web
from dateline.sources.catalog import read_catalog, write_source
from dateline.sources.discovery import (
    describe_source,
    find_feeds,
    find_sitemaps,
    guess_feeds,
    looks_like_feed,
)
from dateline.sources.fields import parse_rights
from dateline.sources.lists import read_list
from dateline.text import make_slug
from dateline.urls import parse_web_url, read_host, read_origin

MOST_FEEDS = 1  # of one site: its main feed; sections are added by their own addresses
MOST_TRIES = 15  # addresses that are asked before we give up


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one thing that was to be added."""

    what: str
    sentence: str
    source: Source | None = None
    failed: bool = False

    def describe(self) -> dict[str, Any]:
        """Return the outcome for programs."""
        source = self.source
        return {
            "what": self.what,
            "added": source is not None,
            "failed": self.failed,
            "message": self.sentence,
            "key": source.key if source else None,
            "name": source.name if source else None,
            "feeds": list(source.feeds) if source else [],
        }


def add_sources(
    what: Sequence[str], *, web: Web, path: Path, rights: str, section: str
) -> list[Outcome]:
    """Find each source and append it to the catalogue; one that is there already is left alone."""
    given = parse_rights(rights) if rights else None
    text = path.read_text("utf-8") if path.exists() else ""
    known = list(read_catalog(text).sources)
    outcomes: list[Outcome] = []
    blocks: list[str] = []
    for found in (found for item in what for found in find_sources(item, web)):
        outcome = _settle(found, known)
        outcomes.append(outcome)
        if outcome.source is not None:
            source = _apply(outcome.source, section, given)
            known.append(source)
            blocks.append(write_source(source))
    if blocks:
        joined = text.rstrip("\n") + "\n\n" + "\n".join(blocks)
        read_catalog(joined)  # nothing is written that could not be read again
        replace_file(path, joined.lstrip("\n"))
    return outcomes


def _apply(source: Source, section: str, rights: tuple[Rights, int] | None) -> Source:
    """Return the source with what the operator said of it on the command line."""
    source = replace(source, section=section or source.section)
    return replace(source, rights=rights[0], excerpt_words=rights[1]) if rights else source


def replace_file(path: Path, text: str) -> None:
    """Write a file so that a crash leaves the old one or the new one, never half of either."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text, "utf-8")
    fresh.replace(path)


def _settle(found: Outcome, known: Sequence[Source]) -> Outcome:
    """Refuse what is followed already, and give the source a key of its own."""
    source = found.source
    if source is None:
        return found
    followed = {feed: other.name for other in known for feed in other.feeds}
    for feed in source.feeds:
        if feed in followed:
            return Outcome(what=found.what, sentence=f"{feed} is followed by {followed[feed]}.")
    keys = {other.key for other in known}
    key, number = source.key, 2
    while key in keys:
        key, number = f"{source.key}-{number}", number + 1
    return replace(found, source=replace(source, key=key))


def find_sources(what: str, web: Web) -> Iterator[Outcome]:
    """Yield the sources behind one argument: a list on disk, a feed, or a site."""
    if Path(what).is_file():
        yield from _find_listed(Path(what))
        return
    url = parse_web_url(what if "://" in what else f"https://{what}")
    if url is None:
        yield Outcome(
            what=what, sentence=f"{what} is neither a file nor a web address.", failed=True
        )
        return
    reply = web.get(Request(url=url))
    if isinstance(reply, NoReply):
        yield Outcome(what=what, sentence=f"{what}: {reply.reason}", failed=True)
    elif reply.status != 200:
        yield Outcome(what=what, sentence=f"{what} answered {reply.status}.", failed=True)
    else:
        yield _find_at(what, reply, web)


def _find_listed(path: Path) -> Iterator[Outcome]:
    try:
        listed = read_list(path.read_bytes(), name=path.name)
    except InputError as error:
        yield Outcome(what=str(path), sentence=str(error), failed=True)
        return
    for source in listed:
        feed = source.feeds[0] if source.feeds else ""
        yield Outcome(what=feed or source.name, sentence=f"Added {source.name}.", source=source)


def _find_at(what: str, reply: Reply, web: Web) -> Outcome:
    """Return the source whose site or feed answered."""
    kind = reply.headers.get("content-type", "")
    if looks_like_feed(reply.body, kind):
        return _describe_feed(what, reply, web)
    source = describe_source(reply.body, reply.url)
    feeds = [feed.url for feed in find_feeds(reply.body, reply.url)]
    feeds = _pick(feeds, web) or _pick(guess_feeds(reply.url), web) or _find_in_robots(reply, web)
    if not feeds:
        hint = "Look for a feed on the site and add its address."
        return Outcome(what=what, sentence=f"{what} names no feed that works. {hint}", failed=True)
    source = replace(source, feeds=tuple(feeds))
    return Outcome(what=what, sentence=f"Added {source.name}: {', '.join(feeds)}", source=source)


def _pick(urls: Sequence[str], web: Web) -> list[str]:
    """Return the first addresses that answer with a feed that has entries."""
    good: list[str] = []
    for url in urls[:MOST_TRIES]:
        reply = web.get(Request(url=url))
        if isinstance(reply, Reply) and reply.status == 200 and _read(reply).entries:
            good.append(reply.url if reply.redirects else url)
        if len(good) == MOST_FEEDS:
            break
    return good


def _read(reply: Reply) -> Fetched:
    kind = reply.headers.get("content-type", "")
    fetched = read_feed(reply.body, url=reply.url, content_type=kind)
    return fetched if isinstance(fetched, Fetched) else Fetched(entries=())


def _find_in_robots(reply: Reply, web: Web) -> list[str]:
    robots = web.get(Request(url=read_origin(reply.url) + "/robots.txt", max_bytes=2_000_000))
    if isinstance(robots, NoReply) or robots.status != 200:
        return []
    maps = find_sitemaps(robots.body.decode("utf-8", "replace"))
    return [url for url in maps if "news" in url.lower()][:MOST_FEEDS]


def _describe_feed(what: str, reply: Reply, web: Web) -> Outcome:
    """Return the source of a feed that was given by its own address."""
    feed = _read(reply)
    home = read_origin(reply.url) + "/"
    page = web.get(Request(url=home))
    if isinstance(page, Reply) and page.status == 200:
        source = describe_source(page.body, page.url)
    else:
        name = feed.title or read_host(reply.url)
        source = Source(key=make_slug(name) or read_host(reply.url), name=name, home=home)
    source = replace(
        source,
        name=feed.title or source.name,
        key=make_slug(feed.title) or source.key,
        language=source.language or feed.language,
        feeds=(reply.url if reply.redirects else parse_web_url(what) or reply.url,),
    )
    return Outcome(what=what, sentence=f"Added {source.name}: {source.feeds[0]}", source=source)
