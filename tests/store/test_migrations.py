"""The steps of the schema lead to the tables that the code knows, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from dateline.store import Store
from dateline.store.tables import metadata


def _differences(store: Store) -> list[object]:
    def is_ours(name: str | None, kind: str, _parents: object) -> bool:
        return not (kind == "table" and (name or "").startswith("search"))

    with store.read() as tx:
        options = {"include_name": is_ours, "compare_type": True}
        context = MigrationContext.configure(tx.conn, opts=options)
        return list(compare_metadata(context, metadata))


@pytest.mark.filterwarnings("ignore:.*:sqlalchemy.exc.SAWarning")
def test_steps_lead_to_the_tables(store: Store) -> None:
    assert _differences(store) == []
