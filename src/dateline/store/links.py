"""Links: what articles have of each other, within an origin and across origins."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from dateline.model import ArticleId, Card, Link, LinkKind
from dateline.store.cards import load_cards
from dateline.store.engine import Tx
from dateline.store.rows import Row, in_batches, insert_into
from dateline.store.tables import articles, origin_links


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """A link with the address of the article from which something was taken."""

    other_id: ArticleId
    other_url: str
    kind: LinkKind
    likeness: float
    why: str


def save_links(tx: Tx, links: Iterable[Link]) -> None:
    """Note links; one of the same two articles and kind takes the place of the earlier."""
    rows = [
        {
            "article_id": link.article_id,
            "other_id": link.other_id,
            "kind": link.kind.value,
            "likeness": link.likeness,
            "why": link.why,
        }
        for link in links
        if link.article_id != link.other_id
    ]
    if not rows:
        return
    insert = insert_into(tx, origin_links)
    kept = {name: insert.excluded[name] for name in ("likeness", "why")}
    key = ["article_id", "other_id", "kind"]
    tx.conn.execute(insert.on_conflict_do_update(index_elements=key, set_=kept), rows)


def list_links(tx: Tx, article_id: ArticleId) -> list[tuple[Link, Card]]:
    """Return what an article has of others and others of it, each with the other article.

    Its own come first, then those that point to it; the likest first.
    """
    links = [to_link(row) for row in tx.conn.execute(query_links(article_id))]
    links += [to_link(row) for row in tx.conn.execute(query_links_back(article_id))]
    others = [link.other_id if link.article_id == article_id else link.article_id for link in links]
    cards = {card.article_id: card for card in load_cards(tx, list(dict.fromkeys(others)))}
    return [(link, cards[other]) for link, other in zip(links, others, strict=True)]


def links_of(tx: Tx, ids: Sequence[ArticleId]) -> dict[ArticleId, tuple[Link, ...]]:
    """Return what each of some articles has of others."""
    found: dict[ArticleId, list[Link]] = defaultdict(list)
    for batch in in_batches(ids):
        query = select(origin_links).where(origin_links.c.article_id.in_(batch))
        for row in tx.conn.execute(query.order_by(*origin_links.primary_key)):
            found[ArticleId(row.article_id)].append(to_link(row))
    return {article_id: tuple(links) for article_id, links in found.items()}


def link_rows_of(tx: Tx, ids: Sequence[ArticleId]) -> dict[ArticleId, tuple[LinkRow, ...]]:
    """Return what each of some articles has of others, with the addresses of these."""
    found: dict[ArticleId, list[LinkRow]] = defaultdict(list)
    for batch in in_batches(ids):
        joined = origin_links.join(articles, articles.c.id == origin_links.c.other_id)
        query = select(origin_links, articles.c.url).select_from(joined)
        mine = query.where(origin_links.c.article_id.in_(batch))
        for row in tx.conn.execute(mine.order_by(*origin_links.primary_key)):
            found[ArticleId(row.article_id)].append(_to_link_row(row))
    return {article_id: tuple(links) for article_id, links in found.items()}


def query_links(article_id: ArticleId) -> Select[Any]:
    """Return the query for what an article has of others."""
    return _likest_first(select(origin_links).where(origin_links.c.article_id == article_id))


def query_links_back(article_id: ArticleId) -> Select[Any]:
    """Return the query for what others have of an article."""
    return _likest_first(select(origin_links).where(origin_links.c.other_id == article_id))


def to_link(row: Row) -> Link:
    """Return the link of a row of `origin_links`."""
    return Link(
        article_id=ArticleId(row.article_id),
        other_id=ArticleId(row.other_id),
        kind=LinkKind(row.kind),
        likeness=row.likeness,
        why=row.why,
    )


def _likest_first(query: Select[Any]) -> Select[Any]:
    return query.order_by(origin_links.c.likeness.desc(), *origin_links.primary_key)


def _to_link_row(row: Row) -> LinkRow:
    return LinkRow(
        other_id=ArticleId(row.other_id),
        other_url=row.url,
        kind=LinkKind(row.kind),
        likeness=row.likeness,
        why=row.why,
    )
