"""The store as JSON lines: articles, groups, who said what; streaming, in the order of their ids.

Of statements and figures those of the newest versions are written, but for withdrawn articles.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from dateline.model import Article, Decision, DecisionId
from dateline.pipeline import claim_records, group_records, records
from dateline.publish.addresses import person_path
from dateline.store import Store, Tx, claim_stream
from dateline.store import articles as article_rows
from dateline.store import decisions as decision_rows
from dateline.store import origins as origin_rows
from dateline.store import people as people_rows
from dateline.store import stories as story_rows
from dateline.store.person_addresses import load_addresses

BATCH = 500  # people whose addresses are looked up together
KINDS = ("articles", "stories", "origins", "statements", "figures", "people")


def export_rows(store: Store, kind: str, *, address: str) -> Iterator[dict[str, Any]]:
    """Yield every row of one kind (see `KINDS`); `address` is the site's own."""
    if kind == "articles":
        yield from _export_articles(store)
    elif kind == "stories":
        yield from _export_stories(store, address)
    elif kind == "origins":
        yield from _export_origins(store)
    elif kind == "statements":
        yield from _export_statements(store)
    elif kind == "figures":
        yield from _export_figures(store)
    else:
        yield from _export_people(store)


def _export_articles(store: Store) -> Iterator[dict[str, Any]]:
    with store.read() as tx:
        for article in article_rows.iterate_articles(tx):
            yield describe_article(article)


def describe_article(article: Article) -> dict[str, Any]:
    """Return an article: its reading as `dateline read` gives it, and its place in the store.

    Its claims are an export of their own.
    """
    return {
        "id": article.id,
        **records.describe_page(article.version.reading),
        "url": article.url,
        "source": article.source.name,
        "first_seen": records.write_moment(article.first_seen),
        "versions": article.versions,
        "withdrawn": records.write_moment(article.gone_at),
        "origin": article.origin_id,
        "story": article.story_id,
    }


def _export_stories(store: Store, address: str) -> Iterator[dict[str, Any]]:
    with store.read() as tx:
        decided = _gather_decisions(tx)
        for story in story_rows.iterate_stories(tx):
            mine = decided.get(story.id, ())
            yield group_records.describe_story(story, mine, address=address)


def _gather_decisions(tx: Tx) -> dict[int, list[Decision]]:
    """Return the decisions in which each story gave or took; there are few beside the stories."""
    found: dict[int, list[Decision]] = defaultdict(list)
    last = DecisionId(0)
    while batch := decision_rows.decisions_after(tx, last, decision_rows.STORY_KINDS, 1000):
        for decision in batch:
            found[decision.from_id].append(decision)
            found[decision.to_id].append(decision)
        last = batch[-1].id
    return found


def _export_origins(store: Store) -> Iterator[dict[str, Any]]:
    with store.read() as tx:
        for origin in origin_rows.iterate_origins(tx):
            yield group_records.describe_origin(origin)


def _export_statements(store: Store) -> Iterator[dict[str, Any]]:
    with store.read() as tx:
        for claimed in claim_stream.iterate_claims(tx):
            text = claimed.article.version.reading.text
            for saved in claimed.statements:
                yield {
                    **_describe_where(claimed.article),
                    "number": saved.number,
                    **claim_records.describe_place_in_ledger(saved),
                    **claim_records.describe_statement(saved.statement),
                    "selectors": claim_records.select_statement(saved.statement, text),
                }


def _export_figures(store: Store) -> Iterator[dict[str, Any]]:
    with store.read() as tx:
        for claimed in claim_stream.iterate_claims(tx):
            text = claimed.article.version.reading.text
            ledger = {saved.number: saved.ledger_id for saved in claimed.statements}
            for figure in claimed.figures:
                said = figure.statement
                yield {
                    **_describe_where(claimed.article),
                    "text": text[slice(*figure.span)],
                    **claim_records.describe_figure(figure),
                    "ledger": None if said is None else ledger.get(said),
                    "selectors": claim_records.select_figure(figure, text),
                }


def _export_people(store: Store) -> Iterator[dict[str, Any]]:
    with store.read() as tx:
        people = people_rows.iterate_people(tx)
        while batch := list(islice(people, BATCH)):
            addresses = load_addresses(tx, [person.key for person in batch])
            for person in batch:
                yield {
                    "key": person.key,
                    "address": person_path(addresses[person.key]),
                    "name": person.name,
                    "kind": person.kind.value if person.kind else None,
                    "names": list(person.names),
                    "mentions": person.mentions,
                }


def _describe_where(article: Article) -> dict[str, Any]:
    """Return the article in which something is said."""
    reading = article.version.reading
    return {
        "article": article.id,
        "url": article.url,
        "source": article.source.name,
        "published": records.write_moment(reading.published.at),
        "version": article.version.number,
        "language": reading.language,
        "story": article.story_id,
        "origin": article.origin_id,
    }
