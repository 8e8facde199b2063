"""Versions of articles to who said what: read in the pool, saved a batch at a time.

A version is read once by each reader: a mark in the store says by which. A text that hangs or
kills its reader is marked with the reason, and not tried again until there is a better one. What a
later reader finds at the same place of the same text keeps its entry in the ledger.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dateline.claims.ledger import match_places
from dateline.claims.reader import MADE_BY, read_claims
from dateline.claims.terms import count_terms
from dateline.model import ArticleId, ClaimClues, Claims, Done, Failed
from dateline.pipeline.edges import Edges
from dateline.pipeline.taking import take_work
from dateline.reading import make_clues
from dateline.store import Tx, claim_marks, ledger_places
from dateline.store import claims as claim_rows
from dateline.store import editions as edition_rows
from dateline.store import leases as lease_rows
from dateline.store.claim_marks import UnreadVersion
from dateline.store.claims import Kept, ReadVersion
from dateline.store.columns import shorten

BATCH = 100
LEASE = "claims"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTask:
    """One version whose claims are to be read."""

    article_id: ArticleId
    version: int
    text: str
    clues: ClaimClues


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was read in one version, and by what words each statement is compared."""

    claims: Claims
    terms: tuple[Mapping[str, int], ...]


Read = Callable[[ClaimTask], Heard]


def claim_versions(edges: Edges, now: datetime, limit: int = BATCH) -> list[ClaimTask]:
    """Return versions that the present reader has not read, held by this worker."""

    def find(tx: Tx) -> list[ClaimTask]:
        return [_to_task(one) for one in claim_marks.list_unread(tx, MADE_BY, limit)]

    return take_work(
        edges, LEASE, now, find, waits=lambda tx: claim_marks.is_any_unread(tx, MADE_BY)
    )


def read_task(task: ClaimTask) -> Heard:
    """Read the claims of one version; runs in the pool."""
    claims = read_claims(task.text, task.clues)
    contents = [said.content for said in claims.statements]
    return Heard(claims=claims, terms=count_terms(task.text, contents, task.clues.language))


def read_versions(edges: Edges, tasks: Sequence[ClaimTask], read: Read = read_task) -> int:
    """Read and keep the claims of versions, in one transaction; return how many were read."""
    pool = edges.spare_pool or edges.pool
    results = pool.run(read, tasks, timeout_s=edges.page_timeout_s)
    found = [_judge(edges, task, result) for task, result in zip(tasks, results, strict=True)]
    with edges.store.write(edges.clock()) as tx:
        lease_rows.hold_lease(tx, LEASE, edges.holder, tx.now)  # over: the next one may take it
        claim_rows.save_claims(tx, [_keep(tx, one) for one in found])
        edition_rows.bump_generation(tx)
    return len(found)


def _to_task(unread: UnreadVersion) -> ClaimTask:
    clues = make_clues(unread.reading)
    return ClaimTask(
        article_id=unread.article_id,
        version=unread.version,
        text=unread.reading.text,
        clues=replace(clues, published=unread.came_out, outlet=unread.outlet or clues.outlet),
    )


def _judge(edges: Edges, task: ClaimTask, result: Done[Heard] | Failed) -> ReadVersion:
    if isinstance(result, Done):
        heard = result.value
        return ReadVersion(
            article_id=task.article_id,
            version=task.version,
            claims=replace(heard.claims, made_by=MADE_BY),
            terms=heard.terms,
        )
    edges.report(f"article {task.article_id}: who said what could not be read: {result.reason}")
    return ReadVersion(
        article_id=task.article_id,
        version=task.version,
        claims=Claims(made_by=MADE_BY),
        problem=result.reason,
    )


def _keep(tx: Tx, read: ReadVersion) -> ReadVersion:
    """Return what was read with the entries that an earlier reading of the text had in the ledger.

    Where the speaker is another now, the entry goes with the statement if nobody else carries it.
    """
    before = claim_rows.list_kept(tx, read.key)
    if not before:
        return read
    places = match_places(
        [old.spans for old in before], [said.spans for said in read.claims.statements]
    )
    witnesses = ledger_places.count_witnesses(tx, {old.kept.ledger_id for old in before})
    kept: dict[int, Kept] = {}
    for number, place in places.items():
        old, key = before[place], read.claims.statements[number].speaker_key
        is_other = shorten(key) != old.speaker_key
        if not key or (is_other and witnesses[old.kept.ledger_id] > 1):
            continue
        if is_other:
            ledger_places.rename_speaker(tx, old.kept.ledger_id, key)
        kept[number] = old.kept
    return replace(read, kept=kept)
