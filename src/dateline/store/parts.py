"""Parts of articles that belong to another story than the article as a whole."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import delete, select, tuple_

from dateline.model import ArticleId, Span, StoryId, StoryPart
from dateline.store.engine import Tx
from dateline.store.rows import Row, in_batches, insert_into
from dateline.store.tables import articles, story_parts


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPart:
    """A part and the step that found it."""

    part: StoryPart
    made_by: str = ""


def list_parts(tx: Tx, ids: Sequence[ArticleId]) -> dict[ArticleId, tuple[StoryPart, ...]]:
    """Return the parts of articles that belong to other stories, in order of these."""
    found: dict[ArticleId, list[StoryPart]] = defaultdict(list)
    for batch in in_batches(ids):
        query = select(story_parts).where(story_parts.c.article_id.in_(batch))
        for row in tx.conn.execute(query.order_by(story_parts.c.story_id)):
            found[ArticleId(row.article_id)].append(to_part(row))
    return {article_id: tuple(parts) for article_id, parts in found.items()}


def list_parts_of_story(tx: Tx, story_id: StoryId) -> list[SavedPart]:
    """Return the parts that belong to a story."""
    query = select(story_parts).where(story_parts.c.story_id == story_id)
    return [SavedPart(part=to_part(row), made_by=row.made_by) for row in tx.conn.execute(query)]


def save_parts(tx: Tx, parts: Iterable[SavedPart]) -> None:
    """Note parts of articles; a part of the story that has the whole article is left out.

    Counts are the caller's business.
    """
    known = {(one.part.article_id, one.part.story_id): one for one in parts}
    rows = []
    for batch in in_batches(known):
        wanted = {article_id for article_id, _ in batch}
        columns = (articles.c.id, articles.c.at, articles.c.story_id)
        found = tx.conn.execute(select(*columns).where(articles.c.id.in_(wanted)))
        whole = {row.id: row for row in found}
        rows += [
            _to_row(known[key], whole[key[0]])
            for key in batch
            if key[0] in whole and whole[key[0]].story_id != key[1]
        ]
    if not rows:
        return
    insert = insert_into(tx, story_parts)
    kept = {name: insert.excluded[name] for name in ("spans", "score", "made_by", "at")}
    pair = ["article_id", "story_id"]
    tx.conn.execute(insert.on_conflict_do_update(index_elements=pair, set_=kept), rows)


def drop_parts(tx: Tx, pairs: Collection[tuple[ArticleId, StoryId]]) -> None:
    """Forget parts of articles in stories."""
    for batch in in_batches(pairs):
        named = tuple_(story_parts.c.article_id, story_parts.c.story_id).in_(batch)
        tx.conn.execute(delete(story_parts).where(named))


def drop_whole(tx: Tx, whole: Mapping[ArticleId, StoryId]) -> None:
    """Forget the parts of articles in the stories that have them as a whole."""
    found = list_parts(tx, list(whole))
    parts = [part for several in found.values() for part in several]
    doubled = [part for part in parts if whole[part.article_id] == part.story_id]
    drop_parts(tx, [(part.article_id, part.story_id) for part in doubled])


def read_spans(body: str) -> tuple[Span, ...]:
    """Return the spans that a row of parts carries."""
    return tuple(msgspec.json.decode(body, type=list[Span]))


def to_part(row: Row) -> StoryPart:
    """Return the part of a row of `story_parts`."""
    return StoryPart(
        article_id=ArticleId(row.article_id),
        story_id=StoryId(row.story_id),
        spans=read_spans(row.spans),
        score=row.score,
    )


def _to_row(saved: SavedPart, article: Row) -> dict[str, object]:
    part = saved.part
    return {
        "article_id": part.article_id,
        "story_id": part.story_id,
        "spans": msgspec.json.encode(part.spans).decode(),
        "score": part.score,
        "made_by": saved.made_by,
        "at": article.at,
    }
