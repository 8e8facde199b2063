"""Pictures: which are wanted, and our own copies in several widths."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from dateline.model import Broken, SmallPicture, StoredPicture
from dateline.store.columns import Moment, digest
from dateline.store.engine import Tx
from dateline.store.rows import Claim, in_batches, insert_into, save_held, take_rows
from dateline.store.tables import picture_sizes, pictures

_PATIENCE = 4  # tries of a picture that is broken for a passing reason
_PAUSE = timedelta(hours=1)  # after the first failure; twice as long after each other one


def want_pictures(tx: Tx, urls: Iterable[str]) -> None:
    """Note that copies of pictures are wanted; those that are known stay as they are."""
    rows = [{"url_key": digest(url), "url": url, "due_at": tx.now} for url in set(urls) if url]
    for batch in in_batches(rows):
        tx.conn.execute(insert_into(tx, pictures).on_conflict_do_nothing(), batch)


def claim_pictures(tx: Tx, holder: str, until: datetime, limit: int) -> list[str]:
    """Take addresses of pictures to copy, longest due first."""
    columns = (pictures.c.url_key, pictures.c.url)
    query = select(*columns).where(pictures.c.due_at <= tx.now).order_by(pictures.c.due_at)
    claim = Claim(holder=holder, until=until, limit=limit)
    return [row.url for row in take_rows(tx, pictures.c.url_key, query, claim)]


def save_picture(tx: Tx, url: str, holder: str, result: StoredPicture | Broken) -> None:
    """Keep the copies, or why there is none; a passing failure is due again after a pause.

    LeaseLostError where the picture is no longer held.
    """
    key = digest(url)
    values = _copy_row(result) if isinstance(result, StoredPicture) else _broken(tx, key, result)
    save_held(tx, pictures.c.url_key, key, holder, values)
    if isinstance(result, StoredPicture):
        save_small_pictures(tx, result.hash, result.smaller)


def save_small_pictures(tx: Tx, picture_hash: str, smaller: Iterable[SmallPicture]) -> None:
    """Keep narrower copies of the copy with this hash; those that are there stay."""
    rows = [{"hash": picture_hash, "width": each.width, "body": each.body} for each in smaller]
    if rows:
        tx.conn.execute(insert_into(tx, picture_sizes).on_conflict_do_nothing(), rows)


def load_small_picture(tx: Tx, picture_hash: str, width: int) -> bytes | None:
    """Return the body of a narrower copy, None where it has not been made."""
    query = select(picture_sizes.c.body).where(
        picture_sizes.c.hash == picture_hash, picture_sizes.c.width == width
    )
    found = tx.conn.execute(query).scalar()
    return None if found is None else bytes(found)


def load_picture(tx: Tx, picture_hash: str) -> StoredPicture | None:
    """Return our largest copy with this hash, without the narrower ones."""
    query = select(pictures).where(pictures.c.hash == picture_hash, pictures.c.body.is_not(None))
    row = tx.conn.execute(query.limit(1)).one_or_none()
    if row is None or not picture_hash:
        return None
    return StoredPicture(
        body=bytes(row.body),
        content_type=row.content_type,
        width=row.width,
        height=row.height,
        hash=row.hash,
    )


def next_picture_at(tx: Tx) -> datetime | None:
    """Return when the next picture is due (perhaps in the past), None where there is none."""
    found: datetime | None = tx.conn.execute(
        select(func.min(pictures.c.due_at, type_=Moment))
    ).scalar()
    return found


def _copy_row(copy: StoredPicture) -> dict[str, Any]:
    return {
        "hash": copy.hash,
        "content_type": copy.content_type,
        "width": copy.width,
        "height": copy.height,
        "body": copy.body,
        "problem": "",
        "due_at": None,
    }


def _broken(tx: Tx, key: bytes, result: Broken) -> dict[str, Any]:
    tried = select(pictures.c.attempts).where(pictures.c.url_key == key)
    attempts: int = tx.conn.execute(tried).scalar() or 1
    ended = result.permanent or attempts >= _PATIENCE
    due_at = None if ended else tx.now + _PAUSE * 2 ** (attempts - 1)
    return {"problem": result.reason, "due_at": due_at}
