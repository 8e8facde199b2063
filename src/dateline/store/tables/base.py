"""What all tables share: the metadata, and the columns of a claim."""

from typing import Any

from sqlalchemy import Column, MetaData

from dateline.store.columns import Moment, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def claim_columns() -> list[Column[Any]]:
    """Return the columns by which a row is claimed.

    `due_at` is when the row may be claimed next: a claim moves it to the lease's end, so that
    one comparison finds both free rows and those whose holder died.
    """
    return [
        Column("lease_holder", Words, nullable=False, server_default=""),
        Column("lease_until", Moment),
        Column("due_at", Moment),
    ]


def words(name: str) -> Column[str]:
    """Return a column of text that is "" where nothing is known."""
    return Column(name, Words, nullable=False, server_default="")
