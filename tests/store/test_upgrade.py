"""A store and a backup of the first schema become those of this program; nothing is lost."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, column, insert, inspect, select, table, update

from dateline.model import ArticleId, OriginPlace, Role, StoryPlace
from dateline.store import (
    CardFilter,
    NewVersion,
    SearchQuery,
    Snapshot,
    Store,
    StoryFilter,
    Subscription,
    Term,
    Tx,
    open_store,
)
from dateline.store.archive import ArchiveWriter, Manifest, Part
from dateline.store.articles import iterate_articles, save_version
from dateline.store.backup import check_store, rebuild_index, restore_store
from dateline.store.cards import list_cards
from dateline.store.claim_marks import list_unread
from dateline.store.engine import open_engine
from dateline.store.migrations import newest_revision, read_revision, upgrade
from dateline.store.origins import iterate_origins, save_origin_places
from dateline.store.readers import ask_subscription, confirm_subscription, list_readers
from dateline.store.search_texts import search_cards
from dateline.store.snapshots import load_snapshot, save_snapshot
from dateline.store.sources import list_sources
from dateline.store.stories import iterate_stories, list_related, list_stories, save_story_places
from dateline.store.tables import metadata

NAMELESS = 1  # article whose last edit has no headline


def fill(tx: Tx, make) -> None:
    """Save only what the first schema can hold."""
    ids = make.sources(tx, "a", "b", "agency")
    saved = [
        one for key in sorted(ids) for one in make.save(tx, ids[key], *[key + c for c in "xyz"])
    ]
    places = [
        OriginPlace(article_id=one, origin_id=1 + one % 4, role=Role.CARRIES, likeness=0.5, why="w")
        for one in saved
    ]
    save_origin_places(tx, places)
    save_story_places(tx, [StoryPlace(article_id=one, story_id=1 + one % 2) for one in saved])
    for hours in (1, 2):
        seen_at = make.now + timedelta(hours=hours)
        said = f"This is edit {hours}."
        reading = make.reading("first", headline="", text=said, minutes=hours)
        new = NewVersion(seen_at=seen_at, reading=reading, fingerprint=str(hours))
        save_version(tx, saved[0], new)
    token = ask_subscription(tx, Subscription(email="e@a.example", list="story:1"))
    assert token is not None
    confirm_subscription(tx, token)


# A snapshot in one piece, as the first two schemas had them: they are made anew, not read.
OLD_SNAPSHOT = Part(
    table="snapshots",
    columns=["kind", "made_by", "upto", "saved_at", "body"],
    rows=[["origins", "origins/2", 9, 0, b"in one piece"]],
)


def check_snapshots(store: Store, make) -> None:
    """None of before is taken for one of now, and new ones find their place."""
    with store.write(make.now) as tx:
        assert load_snapshot(tx, "origins", "origins/2") is None
        saved = Snapshot(kind="origins", made_by="origins/2", upto=ArticleId(9), body=b"new")
        save_snapshot(tx, saved)
    with store.read() as tx:
        assert load_snapshot(tx, "origins", "origins/2") == saved


def count_unread(store: Store) -> int:
    """How many versions wait to be read for what they say: of an old store all of them."""
    with store.read() as tx:
        return len(list_unread(tx, "claims/1", 99))


def read_all(store: Store) -> list[Any]:
    with store.read() as tx:
        return [
            list(iterate_articles(tx)),
            list_cards(tx, CardFilter(limit=99)),
            list_stories(tx, StoryFilter()),
            list(iterate_stories(tx)),
            list(iterate_origins(tx)),
            list_related(tx, 1, 9),
            list_readers(tx, "story:1"),
            list_sources(tx),
        ]


def copy_rows(tx: Tx, old: Connection) -> Iterator[Part]:
    """Yield the rows of a new store with the columns that the first schema has."""
    present = set(inspect(old).get_table_names())
    for known in metadata.sorted_tables:
        if known.name in present:
            had = [one["name"] for one in inspect(old).get_columns(known.name)]
            names = [name for name in had if name in known.columns]
            raw: Any = select(*map(column, names)).select_from(table(known.name))
            rows = [list(row) for row in tx.conn.execute(raw)]
            yield Part(table=str(known.name), columns=names, rows=rows)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.flow)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where there is no store yet."""
    if request.param == "postgresql":
        found: str = request.getfixturevalue("empty_postgres")
        return found
    return str(tmp_path / "old.db")


def test_store_of_the_first_schema_is_upgraded(sqlite_store: Store, make, address: str) -> None:
    with sqlite_store.write(make.now) as tx:
        fill(tx, make)
    engine = open_engine(address, create=True)
    with engine.connect() as conn, conn.begin(), sqlite_store.read() as tx:
        upgrade(conn, "0001")
        for part in [*copy_rows(tx, conn), OLD_SNAPSHOT]:
            target = table(part.table, *map(column, part.columns))
            rows = [dict(zip(part.columns, row, strict=True)) for row in part.rows]
            if rows:
                conn.execute(insert(target), rows)
        # As edits left it before.
        articles = table("articles", column("id"), column("headline"))
        conn.execute(update(articles).where(articles.c.id == NAMELESS).values(headline=""))
        stale = {"headline": "Before the edit", "slug": "before-the-edit"}
        conn.execute(update(table("stories", *map(column, ("id", *stale)))).values(stale))
    engine.dispose()
    with open_store(address) as upgraded:
        with upgraded.write(make.now) as tx:
            assert read_revision(tx.conn) == newest_revision() != "0001"
            asked = (Term("text", quoted=True), Term("texting"))
            exact, forms = (search_cards(tx, SearchQuery(terms=(one,))) for one in asked)
            assert forms == exact != []
            rebuild_index(tx)
        assert read_all(upgraded) == read_all(sqlite_store)
        assert check_store(upgraded) == []
        check_snapshots(upgraded, make)
        assert count_unread(upgraded) == 11
        edited = [card.edited_at for card in read_all(upgraded)[1] if card.versions > 1]
    assert edited == [make.now + timedelta(hours=2)]


def test_backup_of_the_first_schema_is_restored(
    sqlite_store: Store, make, address: str, tmp_path: Path
) -> None:
    with sqlite_store.write(make.now) as tx:
        fill(tx, make)
    engine = open_engine(str(tmp_path / "first.db"), create=True)
    file = tmp_path / "backup"
    with engine.connect() as conn, conn.begin(), sqlite_store.read() as tx, file.open("wb") as sink:
        upgrade(conn, "0001")
        writer = ArchiveWriter(sink)
        parts = [part for part in copy_rows(tx, conn) if part.table != OLD_SNAPSHOT.table]
        parts.append(OLD_SNAPSHOT)
        counts = {part.table: len(part.rows) for part in parts}
        writer.write(Manifest(app="0.1", schema="0001", dialect="sqlite", counts=counts))
        for part in parts:
            if part.rows:
                writer.write(part)
        writer.finish()
    engine.dispose()
    restore_store(file, address)
    with open_store(address) as restored:
        assert read_all(restored) == read_all(sqlite_store)
        assert check_store(restored) == []
        check_snapshots(restored, make)
        assert count_unread(restored) == 11
