"""Statements to the ledger: those of one speaker that say the same become one entry.

The ledger has no index of its own: what a statement is compared with is asked of the store, so
there is nothing to replay and nothing to lose. Versions that were read are placed in order; after
a merge of stories their statements are compared once more, because what stands in one story may be
one in other words. One worker at a time, under a lease. Meanings are made outside of any
transaction; everything else is decided and saved in one.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dateline.claims.ledger import MADE_BY, NEAR, Ledger, Utterance
from dateline.claims.likeness import Meaning, part_meanings
from dateline.claims.turns import make_saying
from dateline.model import SHOWN_FROM, DecisionId, DecisionKind, StatementId, StoryId
from dateline.pipeline import sentences
from dateline.pipeline.edges import Edges, Encoder
from dateline.pipeline.taking import take_work
from dateline.store import Tx, claim_marks, ledger_places, ledger_rows, standing
from dateline.store import decisions as decision_rows
from dateline.store import editions as edition_rows
from dateline.store import leases as lease_rows
from dateline.store import merging as merging_rows
from dateline.store.claim_marks import VersionKey
from dateline.store.ledger_rows import LedgerRow
from dateline.text import base_language

LEASE, MERGED = "ledger", "ledger after merges"  # the second is the name of a mark
BATCH = 50  # versions, or merges of stories, that are looked at in one transaction
MOST_VERSIONS = 200  # whose statements are encoded for one look, the newest

Meanings = Mapping[StatementId, Meaning]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLook:
    """What is placed next: versions that were read, stories that took others in."""

    versions: tuple[VersionKey, ...]
    stories: tuple[StoryId, ...]
    decided: DecisionId


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """The statements of one look."""

    fresh: list[LedgerRow]
    known: list[LedgerRow]  # that fresh ones are compared with


def claim_look(edges: Edges, now: datetime) -> list[LedgerLook]:
    """Return what is to be placed, held by this worker; nothing where there is none."""
    return take_work(edges, LEASE, now, _find_looks)


def place_statements(edges: Edges, looks: Sequence[LedgerLook]) -> int:
    """Give the statements of each look their entries; return how many were placed."""
    placed = 0
    for look in looks:
        placed += _save(edges, look, _find_meanings(edges, look))
    return placed


def _find_meanings(edges: Edges, look: LedgerLook) -> Meanings:
    """Return what those statements mean that may say the same in two languages."""
    if edges.encoder is None:
        return {}
    with edges.store.read() as tx:
        fresh, merged = ledger_rows.load_rows(tx, look.versions), _list_merged(tx, look)
        stories = {story_id for row in fresh for story_id in row.stories}
        if not ledger_rows.list_multilingual(tx, {*stories, *merged}):
            return {}  # most looks
        rows = _load(tx, look)
        every = [*rows.fresh, *rows.known]
        for story_id in merged:
            every += ledger_rows.load_story_rows(tx, story_id)
        keys = {(row.said.article_id, row.said.version) for row in fresh}
        contents = ledger_rows.load_contents(tx, _list_foreign(every, keys))
    return _encode(edges.encoder, list(contents.values()))


def _find_looks(tx: Tx) -> list[LedgerLook]:
    versions = claim_marks.list_unplaced(tx, BATCH)
    decided = DecisionId(standing.read_mark(tx, MERGED))
    merges = decision_rows.decisions_after(tx, decided, (DecisionKind.MERGE,), BATCH)
    if not versions and not merges:
        return []
    look = LedgerLook(
        versions=tuple(versions),
        stories=tuple(dict.fromkeys(StoryId(merge.to_id) for merge in merges)),
        decided=merges[-1].id if merges else decided,
    )
    return [look]


def _load(tx: Tx, look: LedgerLook) -> _Rows:
    fresh = ledger_rows.load_rows(tx, look.versions)
    mine = {row.said.id for row in fresh}
    known = ledger_rows.load_candidates(tx, fresh, margin=NEAR)
    return _Rows(fresh=fresh, known=[row for row in known if row.said.id not in mine])


def _list_merged(tx: Tx, look: LedgerLook) -> list[StoryId]:
    merged = {merging_rows.find_successor(tx, story_id) or story_id for story_id in look.stories}
    return sorted(merged)


def _list_foreign(rows: Sequence[LedgerRow], fresh: set[VersionKey]) -> list[VersionKey]:
    """Return the versions that may say the same in two languages: one speaker, one story."""
    together: dict[tuple[str, StoryId], list[LedgerRow]] = defaultdict(list)
    for row in rows:
        for story_id in row.stories:
            together[row.said.statement.speaker_key, story_id].append(row)
    found: dict[VersionKey, None] = {}
    for several in together.values():
        if len({base_language(row.said.language) for row in several}) > 1:
            found |= {(row.said.article_id, row.said.version): None for row in several}
    ranked = sorted(found, key=lambda key: (key in fresh, key), reverse=True)
    return ranked[:MOST_VERSIONS]


def _encode(
    encoder: Encoder, versions: Sequence[Sequence[tuple[StatementId, str]]]
) -> dict[StatementId, Meaning]:
    """Return what statements mean, each beside the others of its version."""
    found: dict[StatementId, Meaning] = {}
    for said in versions:
        vectors = sentences.HERE.encode(encoder, [content for _, content in said])
        ids = [statement_id for statement_id, _ in said]
        found.update(zip(ids, part_meanings(vectors), strict=True))
    return found


def _save(edges: Edges, look: LedgerLook, meanings: Meanings) -> int:
    """Place the statements and move the marks, in one transaction."""
    with edges.store.write(edges.clock()) as tx:
        lease_rows.hold_lease(tx, LEASE, edges.holder, tx.now)
        rows = _load(tx, look)
        changed = _place(tx, rows.known, rows.fresh, meanings)
        claim_marks.mark_placed(tx, look.versions)
        for story_id in _list_merged(tx, look):
            several = ledger_rows.load_story_rows(tx, story_id)
            changed |= _place(tx, (), several, meanings)
        standing.save_mark(tx, MERGED, look.decided)
        if changed:
            edition_rows.bump_generation(tx)
    return len(look.versions)


def _place(
    tx: Tx, known: Sequence[LedgerRow], fresh: Sequence[LedgerRow], meanings: Meanings
) -> bool:
    """Place statements among those that are known; return whether anything has changed."""
    ledger = Ledger(next_id=ledger_places.next_ledger_id(tx))
    ledger.add(_to_utterance(row, meanings) for row in known)
    placing = ledger.place(_to_utterance(row, meanings) for row in fresh)
    ledger_places.save_placing(tx, placing, made_by=MADE_BY)
    return bool(placing.places or placing.merges or placing.links)


def _to_utterance(row: LedgerRow, meanings: Meanings) -> Utterance:
    said = row.said.statement
    return Utterance(
        id=row.said.id,
        article_id=row.said.article_id,
        speaker_key=said.speaker_key,
        named=said.speaker_kind is not None,
        sure=said.confidence >= SHOWN_FROM,
        at=row.at,
        stories=row.stories,
        saying=make_saying(said, row.said.language, row.terms, meanings.get(row.said.id)),
        ledger_id=row.said.ledger_id,
    )
