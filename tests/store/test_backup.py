"""Backups go from either database into either, whole or not at all."""

from pathlib import Path

import pytest
from sqlalchemy import text

from dateline.errors import StoreError
from dateline.model import (
    ArticleId,
    Claims,
    DecisionKind,
    Entity,
    EntityKind,
    Entry,
    Figure,
    LedgerId,
    LedgerPlace,
    Likeness,
    Link,
    LinkKind,
    NewEntry,
    OriginPlace,
    Placing,
    Role,
    Statement,
    StatementId,
    StatementKind,
    StoryId,
    StoryPart,
    StoryPlace,
)
from dateline.store import (
    NewDecision,
    SearchQuery,
    Snapshot,
    Store,
    StoryFilter,
    Subscription,
    Term,
    Tx,
    open_store,
)
from dateline.store.articles import count_articles, iterate_articles
from dateline.store.backup import backup_store, check_store, restore_store, verify_archive
from dateline.store.claims import ReadVersion, load_claims, save_claims
from dateline.store.decisions import list_story_decisions, save_decision
from dateline.store.entries import save_entries
from dateline.store.ledger import load_entry
from dateline.store.ledger_places import save_placing
from dateline.store.links import list_links, save_links
from dateline.store.merging import merge_stories
from dateline.store.origins import iterate_origins, save_origin_places
from dateline.store.readers import ask_subscription
from dateline.store.search_texts import search_cards
from dateline.store.snapshots import save_snapshot
from dateline.store.stories import iterate_stories, list_stories, save_story_places
from dateline.store.vectors import load_vectors, save_vectors
from dateline.store.visits import list_visits


def fill(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a", "b")
        saved = make.save(tx, ids["a"], *map(str, range(120)), text="some words")
        places = [OriginPlace(article_id=one, origin_id=one, role=Role.FIRST) for one in saved]
        save_origin_places(tx, places)
        save_story_places(tx, [StoryPlace(article_id=one, story_id=1) for one in saved])
        decide(tx, saved)
        say(tx, saved[:2])
        feed = list_visits(tx)[0].feed_id
        save_entries(tx, source_id=ids["a"], feed_id=feed, entries=[Entry(guid="1")])
        body = bytes(range(256)) * 20_000
        save_snapshot(tx, Snapshot(kind="x", made_by="y", upto=1, body=body))


def say(tx: Tx, saved: list[ArticleId]) -> None:
    """Let two articles carry one statement, with a figure and a name."""
    said = Statement(
        spans=((0, 4),),
        content="some",
        kind=StatementKind.DIRECT,
        speaker="Ilse",
        source_span=None,
        cue="",
        cue_span=None,
        speaker_key="ilse",
    )
    claims = Claims(
        statements=(said,),
        figures=(Figure(span=(0, 1), value=1.5),),
        entities=(Entity(kind=EntityKind.PERSON, name="Ilse", key="ilse", mentions=((0, 4),)),),
        made_by="claims/1",
    )
    save_claims(tx, [ReadVersion(article_id=one, version=1, claims=claims) for one in saved])
    places = [
        LedgerPlace(
            statement_id=StatementId(one), ledger_id=LedgerId(1), how=Likeness.SAME, score=1.0
        )
        for one in (1, 2)
    ]
    opened = NewEntry(id=LedgerId(1), speaker_key="ilse")
    save_placing(tx, Placing(opened=(opened,), places=tuple(places)), made_by="ledger/1")


def decide(tx: Tx, saved: list[ArticleId]) -> None:
    """Save what says something of groups: links, parts, decisions, vectors, moved readers."""
    part = StoryPart(article_id=saved[3], story_id=2, spans=((0, 2),), score=0.5)
    place = StoryPlace(article_id=saved[0], story_id=2, parts=(part,))
    save_story_places(tx, [place, StoryPlace(article_id=saved[1], story_id=3)])
    save_links(
        tx,
        [Link(article_id=3, other_id=2, kind=LinkKind.QUOTES, likeness=0.5, why="what was said")],
    )
    for number in (2, 3):
        ask_subscription(tx, Subscription(email="e@a.example", list=f"story:{number}"))
    merge_stories(tx, StoryId(3), StoryId(2))
    save_decision(tx, NewDecision(kind=DecisionKind.MERGE, after=saved[-1], from_id=3, to_id=2))
    save_vectors(tx, "use", dict.fromkeys(saved[:9], bytes(range(256))))


@pytest.mark.flow
@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_backup_of_either_goes_into_either(store, make, tmp_path, request, into) -> None:
    fill(store, make)
    told: list[tuple[str, int, int]] = []
    first = backup_store(store, tmp_path / "one", lambda *step: told.append(step))
    assert ("articles", 120, 120) in told
    assert first.counts["articles"] == 120
    assert not list(tmp_path.glob("*.part"))
    address = str(tmp_path / "new.db")
    if into == "postgresql":
        address = request.getfixturevalue("empty_postgres")
    assert restore_store(tmp_path / "one", address) == first
    with open_store(address) as again:
        assert check_store(again) == []
        second = backup_store(again, tmp_path / "two")
        assert second.counts == first.counts
        with store.read() as old, again.read() as new:
            assert list(iterate_articles(old)) == list(iterate_articles(new))
            assert list_stories(old, StoryFilter()) == list_stories(new, StoryFilter())
            assert list(iterate_stories(old)) == list(iterate_stories(new))
            assert list(iterate_origins(old)) == list(iterate_origins(new))
            assert list_story_decisions(old, 2) == list_story_decisions(new, 2) != []
            assert list_links(old, 3) == list_links(new, 3) != []
            assert load_vectors(old, "use", range(9)) == load_vectors(new, "use", range(9)) != {}
            assert load_claims(old, 1, 1) == load_claims(new, 1, 1) is not None
            assert load_entry(old, LedgerId(1)) == load_entry(new, LedgerId(1)) is not None
            assert len(search_cards(new, SearchQuery(terms=(Term("words"),), limit=500))) == 120
        with again.write(make.later) as tx:  # new rows get numbers of their own
            make.save(tx, make.sources(tx, "c")["c"], "new")
            assert count_articles(tx) == 121
            join = NewDecision(kind=DecisionKind.JOIN, after=0, from_id=1, to_id=2)
            assert save_decision(tx, join).id == 2
            save_claims(tx, [ReadVersion(article_id=3, version=1, claims=load_claims(tx, 1, 1))])


def test_restore_refuses_a_store_with_content(store: Store, make, tmp_path: Path) -> None:
    fill(store, make)
    backup_store(store, tmp_path / "one")
    with pytest.raises(StoreError, match="not empty"):
        restore_store(tmp_path / "one", store.address)


def test_restore_fills_an_empty_store(sqlite_store: Store, make, tmp_path: Path) -> None:
    fill(sqlite_store, make)
    backup_store(sqlite_store, tmp_path / "one")
    address = str(tmp_path / "other.db")
    open_store(address, create=True).close()
    restore_store(tmp_path / "one", address)
    with open_store(address) as again, again.read() as tx:
        assert count_articles(tx) == 120


@pytest.mark.parametrize("harm", ["cut", "flip", "other", "missing", "empty"])
def test_damaged_backup_restores_nothing(sqlite_store, make, tmp_path: Path, harm: str) -> None:
    fill(sqlite_store, make)
    path = tmp_path / "one"
    backup_store(sqlite_store, path)
    body = bytearray(path.read_bytes())
    if harm == "flip":
        body[len(body) // 2] ^= 0xFF
    made = {"cut": body[:-40], "other": b"PK\x03\x04 a zip" * 50, "empty": b""}
    path.write_bytes(made.get(harm, body))
    if harm == "missing":
        path.unlink()
    with pytest.raises(StoreError):
        restore_store(path, str(tmp_path / "new.db"))
    assert not (tmp_path / "new.db").exists()


def test_damage_anywhere_is_told(sqlite_store: Store, make, tmp_path: Path) -> None:
    fill(sqlite_store, make)
    path = tmp_path / "one"
    backup_store(sqlite_store, path)
    whole = path.read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 150)):
        body = bytearray(whole)
        body[place] ^= 0xFF
        path.write_bytes(body)
        with pytest.raises(StoreError):
            restore_store(path, str(tmp_path / "new.db"))
        assert not (tmp_path / "new.db").exists()


def test_backup_that_cannot_be_written_is_told(sqlite_store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        backup_store(sqlite_store, tmp_path / "none" / "file")


def test_backup_is_one_moment(store: Store, make, tmp_path: Path) -> None:
    fill(store, make)

    def write_meanwhile(table: str, _done: int, _total: int) -> None:
        if table == "sources":
            with store.write(make.later) as tx:
                make.save(tx, make.sources(tx, "b")["b"], "late")

    manifest = backup_store(store, tmp_path / "one", write_meanwhile)
    assert verify_archive(tmp_path / "one") == manifest
    assert manifest.counts["articles"] == 120


def test_backup_of_a_newer_program_is_refused(sqlite_store, make, tmp_path: Path) -> None:
    with sqlite_store.write(make.now) as tx:
        tx.conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    backup_store(sqlite_store, tmp_path / "one")
    with pytest.raises(StoreError, match="newer"):
        restore_store(tmp_path / "one", str(tmp_path / "new.db"))


def test_check_finds_what_is_wrong(store: Store, make) -> None:
    fill(store, make)
    assert check_store(store) == []
    with store.write(make.now) as tx:
        tx.conn.execute(text("UPDATE stories SET articles = 3"))
        tx.conn.execute(text("DELETE FROM claim_marks WHERE article_id IN (5, 6)"))
        tx.conn.execute(text("DELETE FROM versions WHERE article_id = 5"))
        tx.conn.execute(text("UPDATE ledger SET merged_into = 1"))
        tx.conn.execute(text("DELETE FROM search"))
        tx.conn.execute(text("UPDATE stories SET merged_into = 3 WHERE id = 2"))
        tx.conn.execute(text("UPDATE story_parts SET story_id = 1"))
        tx.conn.execute(text("UPDATE articles SET taken_from = 7 WHERE id = 8"))
    problems = " ".join(check_store(store))
    assert "count of articles" in problems
    assert "in a circle" in problems
    assert "still have articles" in problems
    assert "the very story" in problems
    assert "another origin" in problems
    assert "without the version" in problems
    assert "index of words" in problems
    assert "1 versions of articles without a mark" in problems
    assert "2 statements in a ledger entry that was merged" in problems
    assert "1 ledger entries that were merged into a later one" in problems
