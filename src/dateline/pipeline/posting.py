"""Letters: write what readers asked for, send what was written.

Writing is one transaction a reader: the letter under its unique key, and the mark that it was
written. Sending marks each letter when the mail server has taken it; a run killed between the two
sends at most that one letter again, with the same Message-ID.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dateline.errors import LeaseLostError
from dateline.model import Letter
from dateline.pipeline.edges import Edges
from dateline.store import outbox as outbox_rows
from dateline.store.outbox import QueuedLetter

MOST_TRIES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """How one letter ended, in the words of the mail server."""

    sent: bool
    problem: str = ""
    permanent: bool = False


def claim_letters(edges: Edges, now: datetime, limit: int) -> list[QueuedLetter]:
    """Return letters that are due to be sent, held by this worker."""
    with edges.store.write(now) as tx:
        return outbox_rows.claim_letters(
            tx, holder=edges.holder, until=now + edges.lease, limit=limit
        )


def send_letters(
    edges: Edges,
    queued: Sequence[QueuedLetter],
    send: Callable[[Iterable[Letter]], Iterator[Posted]],
) -> int:
    """Send each letter and note how it ended; return how many were settled."""
    for item, posted in zip(queued, send([item.letter for item in queued]), strict=True):
        now = edges.clock()
        problem = "" if posted.sent else posted.problem
        last = posted.sent or posted.permanent or item.attempts + 1 >= MOST_TRIES
        retry_at = None if last else now + timedelta(minutes=5) * 2**item.attempts
        try:
            with edges.store.write(now) as tx:
                outbox_rows.finish_letter(tx, item.id, edges.holder, problem, retry_at)
        except LeaseLostError:
            edges.report(f"letter {item.id}: another worker has taken over")
        if problem:
            edges.report(f"a letter could not be sent: {problem}")
    return len(queued)
