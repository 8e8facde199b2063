"""In which section articles are filed, and where the names of outlets lead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select, update

from dateline.model import ArticleId, Filing, SourceId, StoryId
from dateline.store.columns import shorten
from dateline.store.engine import Tx
from dateline.store.index import index_again, section_tag
from dateline.store.rows import insert_into
from dateline.store.tables import articles, section_names, sources
from dateline.store.tallies import recount_stories
from dateline.text import make_slug

_BATCH = 500
_FILE = update(articles).where(articles.c.id == bindparam("filed_id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What decides where an article is filed, and where it is filed now."""

    article_id: ArticleId
    url: str
    story_id: StoryId | None
    filing: Filing


def note_names(tx: Tx, filings: Iterable[Filing]) -> None:
    """Remember where the outlets' own names led to."""
    named = {(make_slug(filing.own), filing.section): filing.own for filing in filings}
    rows = [
        {"slug": slug, "section": shorten(section), "name": shorten(own)}
        for (slug, section), own in named.items()
        if slug and section and slug != make_slug(section)
    ]
    if rows:
        tx.conn.execute(insert_into(tx, section_names).on_conflict_do_nothing(), rows)


def find_named(tx: Tx, slug: str) -> str:
    """Return the section to which the name of an outlet led, "" where there was none."""
    query = select(section_names.c.section).where(section_names.c.slug == slug)
    return str(tx.conn.execute(query.order_by(section_names.c.section).limit(1)).scalar() or "")


def list_unfiled(tx: Tx, made_by: str, limit: int) -> list[SourceId]:
    """Return sources whose articles are not all filed by `made_by`."""
    query = select(sources.c.id).where(sources.c.filed_by != made_by).order_by(sources.c.id)
    return [SourceId(found) for found in tx.conn.execute(query.limit(limit)).scalars()]


def iterate_filed(tx: Tx, source_id: SourceId, after: ArticleId) -> list[Filed]:
    """Return a few hundred articles of a source with higher ids than `after`, by id."""
    own = ("id", "url", "story_id", "section", "own_section", "filed_by")
    query = select(*(articles.c[name] for name in own)).where(articles.c.source_id == source_id)
    rows = tx.conn.execute(query.where(articles.c.id > after).order_by(articles.c.id).limit(_BATCH))
    return [_to_filed(row) for row in rows]


def save_filings(tx: Tx, filed: Sequence[tuple[Filed, Filing]]) -> None:
    """File articles elsewhere; the index and the sections of their stories are right afterwards."""
    if not filed:
        return
    rows = [
        {
            "filed_id": one.article_id,
            "section": shorten(filing.section),
            "own_section": shorten(filing.own),
            "filed_by": filing.made_by,
        }
        for one, filing in filed
    ]
    tx.conn.execute(_FILE, rows)
    index_again(tx, [one.article_id for one, filing in filed if _is_found_elsewhere(one, filing)])
    note_names(tx, [filing for _, filing in filed])
    recount_stories(tx, {one.story_id for one, _ in filed if one.story_id is not None})


def _is_found_elsewhere(one: Filed, filing: Filing) -> bool:
    # To index an article again takes longer than all the rest; "World" is found as "world" is.
    return section_tag(one.filing.section) != section_tag(filing.section)


def mark_filed(tx: Tx, source_id: SourceId, made_by: str) -> None:
    """Note that all articles of a source are filed."""
    tx.conn.execute(update(sources).where(sources.c.id == source_id).values(filed_by=made_by))


def _to_filed(row: Any) -> Filed:
    own = row.own_section if row.filed_by else row.section  # before, a section was its own name
    filing = Filing(section=row.section, own=own, made_by=row.filed_by)
    return Filed(
        article_id=ArticleId(row.id),
        url=row.url,
        story_id=None if row.story_id is None else StoryId(row.story_id),
        filing=filing,
    )
