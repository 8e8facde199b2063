"""Addresses of people's pages, given to everybody who is there."""

import re
from collections.abc import Iterator
from itertools import groupby

from alembic import op
from sqlalchemy import Column, Connection, Text, UniqueConstraint, text

from dateline.text import make_slug

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_LATIN = re.compile(r"[0-9a-z\u00df-\u024f\u1e00-\u1eff-]+\Z")
_BATCH = 1000


def upgrade() -> None:
    """Make the table; an address is the most used name in Latin letters, if there is one."""
    op.create_table(
        "addresses",
        Column("address", Text, primary_key=True),
        Column("key", Text, nullable=False),
        UniqueConstraint("key", name="uq_addresses_key"),
        sqlite_with_rowid=False,
    )
    conn = op.get_bind()
    last = ""
    while keys := _list_keys(conn, last):
        for key, address in _choose(conn, keys):
            _give(conn, key, address)
        last = keys[-1]


def downgrade() -> None:
    """The addresses cannot be told to an older program."""
    raise NotImplementedError("A store is not taken back to an older schema: restore a backup.")


def _list_keys(conn: Connection, last: str) -> list[str]:
    found = conn.execute(
        text(
            "SELECT DISTINCT key FROM names WHERE kind = 'person' AND key > :last "
            "ORDER BY key LIMIT :limit"
        ),
        {"last": last, "limit": _BATCH},
    )
    return list(found.scalars())


def _choose(conn: Connection, keys: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the address that each person would have, by the name used most."""
    rows = conn.execute(
        text(
            "SELECT key, name, SUM(mentions) AS mentions FROM names WHERE key >= :first "
            "AND key <= :last GROUP BY key, name ORDER BY key, mentions DESC, name"
        ),
        {"first": keys[0], "last": keys[-1]},
    ).all()
    people = set(keys)
    for key, named in groupby(rows, key=lambda row: str(row.key)):
        slugs = (make_slug(row.name) for row in named)
        address = next((slug for slug in slugs if _LATIN.match(slug)), "")
        if key in people and address:
            yield key, address


def _give(conn: Connection, key: str, wanted: str) -> None:
    """Keep an address that is nobody else's, with a number behind it where the name is taken."""
    number, address = 1, wanted
    taken = text(
        "SELECT 1 FROM names WHERE key = :address AND key != :key "
        "UNION ALL SELECT 1 FROM addresses WHERE address = :address"
    )
    while conn.execute(taken, {"address": address, "key": key}).first() is not None:
        number += 1
        address = f"{wanted}-{number}"
    conn.execute(
        text("INSERT INTO addresses (address, key) VALUES (:address, :key)"),
        {"address": address, "key": key},
    )
