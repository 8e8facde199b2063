"""Vectors: what a model makes of an article's meaning, kept until a better model comes."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from dateline.model import ArticleId
from dateline.store.engine import Tx
from dateline.store.leads import leads_without_vector
from dateline.store.rows import in_batches, insert_into
from dateline.store.tables import vectors

__all__ = ["leads_without_vector", "load_vectors", "save_vectors"]


def save_vectors(tx: Tx, model: str, found: Mapping[ArticleId, bytes]) -> None:
    """Keep the vectors of articles, in place of earlier ones of the same model."""
    rows = [
        {"article_id": article_id, "model": model, "vector": vector}
        for article_id, vector in found.items()
    ]
    if not rows:
        return
    insert = insert_into(tx, vectors)
    pair = ["article_id", "model"]
    changed = {"vector": insert.excluded.vector}
    tx.conn.execute(insert.on_conflict_do_update(index_elements=pair, set_=changed), rows)


def load_vectors(tx: Tx, model: str, ids: Sequence[ArticleId]) -> dict[ArticleId, bytes]:
    """Return the vectors that a model made of articles; those without one are left out."""
    found: dict[ArticleId, bytes] = {}
    for batch in in_batches(ids):
        mine = (vectors.c.model == model) & vectors.c.article_id.in_(batch)
        rows = tx.conn.execute(select(vectors.c.article_id, vectors.c.vector).where(mine))
        found.update((ArticleId(row.article_id), bytes(row.vector)) for row in rows)
    return found
