"""Announcing: new and edited pages told to search engines by IndexNow, where the operator wants it.

How far it came stands in two counters, moved on only after the addresses were taken: what was
announced is not announced again, and what failed is announced later.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from dateline.model import ArticleId, NoReply, Request, Site
from dateline.pipeline.edges import Edges
from dateline.publish.addresses import article_path, story_path
from dateline.store import Store, Tx
from dateline.store import leases as lease_rows
from dateline.store import sitemaps as rows
from dateline.store.standing import is_free
from dateline.store.stories import load_story

NAME = "announcing"
SERVICE = "https://api.indexnow.org/indexnow"
EVERY = timedelta(minutes=5)
PAUSE = timedelta(hours=1)  # after a failure
BATCH = 1_000  # articles; the service takes 10,000 addresses
TAKEN = (200, 202)
_LAST_ID, _LAST_EDIT = "announced_id", "announced_edit"
_KEY = re.compile(r"[0-9A-Za-z-]{8,128}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNIT = timedelta(microseconds=1)


def is_key(text: str) -> bool:
    """Whether a text is what IndexNow takes for a key."""
    return _KEY.fullmatch(text) is not None


def find_due(store: Store, now: datetime) -> list[str]:
    """Return the name of the work where it may be done and there is something to announce."""
    with store.read() as tx:
        if not is_free(tx, NAME, now):
            return []
        return [NAME] if _read_place(tx) is None or _find_news(tx).articles else []


def announce(edges: Edges, site: Site, key: str) -> int:
    """Announce one batch of addresses; return how many were taken.

    The first time nothing is announced: what was there before is left to the sitemaps.
    """
    now = edges.clock()
    with edges.store.write(now) as tx:
        if not lease_rows.take_lease(tx, NAME, edges.holder, now + EVERY):
            return 0
        if _read_place(tx) is None:
            _keep_place(tx, rows.last_article(tx), now)
            return 0
        news = _find_news(tx)
        paths = _list_paths(tx, news)
    if not paths:
        return 0
    problem = _send(edges, site, key, paths)
    with edges.store.write(edges.clock()) as tx:
        if problem:
            lease_rows.hold_lease(tx, NAME, edges.holder, tx.now + PAUSE)
        else:
            _keep_place(tx, news.last_id, news.last_edit)
    if problem:
        edges.report(f"{len(paths)} addresses could not be announced: {problem}")
        return 0
    return len(paths)


@dataclass(frozen=True, slots=True, kw_only=True)
class _News:
    """What is not announced yet, and where the next look begins."""

    articles: tuple[rows.ListedArticle, ...]
    last_id: ArticleId
    last_edit: datetime


def _find_news(tx: Tx) -> _News:
    place = _read_place(tx)
    if place is None:
        return _News(articles=(), last_id=ArticleId(0), last_edit=_EPOCH)
    last_id, last_edit = place
    new = rows.list_new_articles(tx, last_id, BATCH)
    edited = rows.list_edited_articles(tx, last_edit, BATCH)
    return _News(
        articles=(*new, *edited),
        last_id=new[-1].article_id if new else last_id,
        last_edit=edited[-1].changed_at if edited else last_edit,
    )


def _list_paths(tx: Tx, news: _News) -> list[str]:
    """Return the paths of articles and of the stories they stand in, each once."""
    articles = [article_path(each.article_id, each.headline) for each in news.articles]
    ids = dict.fromkeys(each.story_id for each in news.articles if each.story_id is not None)
    stories = [load_story(tx, story_id) for story_id in ids]
    shared = [story_path(story) for story in stories if story and story.articles > 1]
    return list(dict.fromkeys((*articles, *shared)))


def _send(edges: Edges, site: Site, key: str, paths: Iterable[str]) -> str:
    """Send the addresses; return why they were not taken, "" where they were."""
    told = {
        "host": urlsplit(site.address).netloc,
        "key": key,
        "keyLocation": f"{site.address}/{key}.txt",
        "urlList": [f"{site.address}{path}" for path in paths],
    }
    request = Request(
        url=SERVICE,
        headers={"Content-Type": "application/json; charset=utf-8"},
        max_bytes=100_000,
        send=json.dumps(told).encode(),
    )
    ((_, reply),) = edges.web.fetch([request])
    if isinstance(reply, NoReply):
        return reply.reason
    return "" if reply.status in TAKEN else f"the service answered {reply.status}"


def _read_place(tx: Tx) -> tuple[ArticleId, datetime] | None:
    last_id, last_edit = rows.read_counter(tx, _LAST_ID), rows.read_counter(tx, _LAST_EDIT)
    if last_id is None or last_edit is None:
        return None
    return ArticleId(last_id), _EPOCH + last_edit * _UNIT


def _keep_place(tx: Tx, last_id: ArticleId, last_edit: datetime) -> None:
    rows.set_counter(tx, _LAST_ID, last_id)
    rows.set_counter(tx, _LAST_EDIT, (last_edit - _EPOCH) // _UNIT)
