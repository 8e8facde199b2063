"""Who said what is read once a version, kept, replaced by a better reader, and never lost."""

from dataclasses import replace

import pytest
from tests.pipeline.sayings import edit, hear, keep, make_pooled, read_sayings, settle
from tests.pipeline.world import START

from dateline.claims.reader import MADE_BY
from dateline.model import ArticleId, Claims
from dateline.pipeline import claiming
from dateline.pipeline.claiming import ClaimTask, Heard, claim_versions
from dateline.store import Store
from dateline.store import articles as article_rows
from dateline.store import claims as claim_rows
from dateline.store import ledger as ledger_rows
from dateline.store import people as people_rows
from dateline.store.ledger import LedgerPage
from dateline.work.pool import Pool

ONE = ArticleId(1)
TEXT = "Ilse Marten said: “We will rebuild the bridge”\nthe driver said: 20 people were on it\n"


def load(store: Store, article_id: int = 1, version: int = 1) -> Claims | None:
    with store.read() as tx:
        return claim_rows.load_claims(tx, ArticleId(article_id), version)


def test_every_version_is_read_once(store: Store) -> None:
    keep(store, ("kurier", 1, TEXT), ("visti", 1, "Nobody spoke.\n"))
    edges = make_pooled(store)
    assert load(store) is None
    settle(edges)
    found = load(store)
    assert found == replace(read_sayings(TEXT, claiming.ClaimClues()), made_by=MADE_BY)
    assert load(store, 2) == Claims(level="full", made_by=MADE_BY)
    assert not claim_versions(edges, edges.clock())
    edit(store, 1, TEXT + "Ilse Marten said: it will cost 7 million\n")
    (task,) = claim_versions(edges, edges.clock())
    assert (task.article_id, task.version) == (1, 2)


def test_clues_are_what_is_known_beside_the_text(sqlite_store: Store) -> None:
    keep(sqlite_store, ("kurier", 1, TEXT))
    (task,) = claim_versions(make_pooled(sqlite_store), START)
    clues = task.clues
    assert (clues.language, clues.published, clues.outlet) == ("en", START, "Kurier")


def test_two_workers_do_not_read_the_same(sqlite_store: Store) -> None:
    keep(sqlite_store, ("kurier", 1, TEXT))
    one, other = make_pooled(sqlite_store), make_pooled(sqlite_store, holder="other")
    assert claim_versions(one, START)
    assert not claim_versions(other, START)
    assert claim_versions(other, START + 2 * one.lease), "a lease ends with its holder"


def test_what_was_cut_off_is_read_again(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(sqlite_store, ("kurier", 1, TEXT))
    edges = make_pooled(sqlite_store)

    def fail(*_: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(claiming.edition_rows, "bump_generation", fail)
        with pytest.raises(RuntimeError):
            settle(edges)
    assert load(sqlite_store) is None
    settle(edges)
    assert load(sqlite_store) is not None


def hang(task: ClaimTask) -> Heard:
    while "hang" in task.text:
        pass
    return hear(task)


def test_a_text_that_defeats_the_reader_is_marked_and_left_alone(sqlite_store: Store) -> None:
    keep(sqlite_store, ("kurier", 1, TEXT), ("visti", 1, "hang"), ("beacon", 1, TEXT))
    told: list[str] = []
    with Pool(1) as pool:
        edges = make_pooled(sqlite_store)
        edges = replace(edges, pool=pool, page_timeout_s=3.0, report=told.append)
        settle(edges, hang)
    assert load(sqlite_store, 1) and load(sqlite_store, 3) and load(sqlite_store, 2) is None
    assert not claim_versions(edges, edges.clock())
    assert len(told) == 1 and told[0].startswith("article 2: who said what could not be read")


def test_a_better_reader_replaces_and_the_ledger_stays(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, ("kurier", 1, TEXT), ("visti", 1, TEXT), ("beacon", 1, "the cook said: it burns\n"))
    edges = make_pooled(store)
    settle(edges)
    with store.read() as tx:
        before = ledger_rows.list_story_entries(tx, 1, LedgerPage()).entries  # type: ignore[arg-type]

    def hear_better(task: ClaimTask) -> Heard:
        heard = hear(task)
        better = [
            replace(said, speaker_key="anton-koch", speaker_resolved="Anton Koch", confidence=0.5)
            if said.speaker == "the cook"
            else replace(said, role="governor")
            for said in heard.claims.statements
        ]
        return replace(heard, claims=replace(heard.claims, statements=tuple(better)))

    monkeypatch.setattr(claiming, "MADE_BY", "claims/999")
    settle(edges, hear_better)
    found = load(store)
    assert found and found.made_by == "claims/999" and found.statements[0].role == "governor"
    with store.read() as tx:
        after = ledger_rows.list_story_entries(tx, 1, LedgerPage()).entries  # type: ignore[arg-type]
        assert people_rows.load_person(tx, "the-cook") is None
        named = people_rows.load_person(tx, "ilse-marten")
    assert {entry.id for entry in before} == {entry.id for entry in after}
    keys = {entry.id: entry.speaker_key for entry in after}
    assert "anton-koch" in keys.values() and "the-cook" not in keys.values()
    assert named and named.mentions == 2, "names are not counted twice"


def test_a_withdrawn_article_is_kept_and_not_shown(store: Store) -> None:
    keep(store, ("kurier", 1, TEXT), ("visti", 1, TEXT))
    settle(make_pooled(store))
    with store.write(START) as tx:
        article_rows.mark_gone(tx, ONE)
    with store.read() as tx:
        assert claim_rows.load_claims(tx, ONE, 1) is not None
        assert claim_rows.list_statements(tx, ONE) == []
        (figure,) = claim_rows.list_story_figures(tx, 1)  # type: ignore[arg-type]
        assert figure.card.article_id == 2
        entries = ledger_rows.list_story_entries(tx, 1, LedgerPage()).entries  # type: ignore[arg-type]
        assert [entry.outlets for entry in entries] == [1, 1]


def test_a_later_version_says_its_own_and_the_earlier_is_remembered(store: Store) -> None:
    keep(store, ("kurier", 1, TEXT), ("visti", 1, TEXT))
    edges = make_pooled(store)
    settle(edges)
    edit(store, 1, "Ilse Marten said: “We will rebuild the bridge”\nNobody else spoke.\n")
    settle(edges)
    with store.read() as tx:
        entries = ledger_rows.list_story_entries(tx, 1, LedgerPage()).entries  # type: ignore[arg-type]
        kept = claim_rows.list_statements(tx, ONE)
    assert [said.version for said in kept] == [2]
    told = {entry.speaker_key: entry for entry in entries}
    marten, driver = told["ilse-marten"], told["the-driver"]
    assert [(one.said.version, one.current) for one in marten.witnesses] == [(2, True), (1, True)]
    assert [(one.said.version, one.current) for one in driver.witnesses] == [(1, False), (1, True)]
