"""Raw replies, kept so that a better reader can run over them again."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from dateline.store.columns import squash, unsquash
from dateline.store.engine import Tx
from dateline.store.rows import insert_into
from dateline.store.tables import articles, raws


@dataclass(frozen=True, slots=True, kw_only=True)
class RawReply:
    """What a server sent, as it came."""

    url: str
    content_type: str
    body: bytes
    kept_at: datetime


def keep_raw(tx: Tx, *, url: str, content_type: str, body: bytes) -> str:
    """Keep a reply and return its hash; one that is kept already is only marked as seen now."""
    state = hashlib.blake2b(digest_size=20)
    for part in (url, content_type):
        known = part.encode("utf-8", "surrogatepass")
        state.update(len(known).to_bytes(8, "big") + known)
    state.update(body)
    row = {"hash": state.hexdigest(), "url": url, "content_type": content_type}
    insert = insert_into(tx, raws).values(row | {"body": squash(body), "kept_at": tx.now})
    tx.conn.execute(insert.on_conflict_do_update(index_elements=["hash"], set_={"kept_at": tx.now}))
    return row["hash"]


def load_raw(tx: Tx, raw_hash: str) -> RawReply | None:
    """Return a kept reply; None where it was dropped."""
    row = tx.conn.execute(select(raws).where(raws.c.hash == raw_hash)).one_or_none()
    if row is None:
        return None
    body = unsquash(row.body)
    return RawReply(url=row.url, content_type=row.content_type, body=body, kept_at=row.kept_at)


def drop_raws(tx: Tx, before: datetime) -> int:
    """Drop the replies kept before a moment that no article's newest version was made from."""
    needed = select(articles.c.id).where(articles.c.raw_hash == raws.c.hash).exists()
    return tx.conn.execute(delete(raws).where(raws.c.kept_at < before, ~needed)).rowcount
