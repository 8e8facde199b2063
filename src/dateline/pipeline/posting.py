"""Letters: write what readers asked for, send what was written.

Writing is one transaction a reader: the letter under its unique key, and the mark that it was
written. Sending marks each letter when the mail server has taken it; a run killed between the two
sends at most that one letter again, with the same Message-ID.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dateline.errors import LeaseLostError
from dateline.model import Card, Letter, Site, StoryCard, StoryId
from dateline.pipeline.edges import Edges
from dateline.publish.addresses import speak_site
from dateline.publish.front import freshen
from dateline.publish.letters import compose_daily, compose_story_update, due_daily
from dateline.publish.ranking import rank_stories
from dateline.store import QueuedLetter, Reader, Store, Tx
from dateline.store import members as member_rows
from dateline.store import outbox as outbox_rows
from dateline.store import readers as reader_rows
from dateline.store import stories as story_rows

MOST_TRIES = 8
MOST_STORIES = 200  # that are ranked for one daily letter
MOST_NEW = 2000  # articles that are looked at for it
LATEST = timedelta(days=1)  # before the last letter: what came out then and was seen since is news
DAY = timedelta(days=1)
STORY_REST = timedelta(hours=1)  # between two letters on one followed story


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One reader to whom a letter may be due, and what was asked for."""

    reader: Reader
    story_id: StoryId | None = None  # None: the daily letter


def find_readers(store: Store, site: Site, hour: int, now: datetime) -> list[Due]:
    """Return whom to write: the daily letter after its hour, story letters at most hourly."""
    with store.read() as tx:
        readers = reader_rows.list_readers(tx, "daily")
        daily = [Due(reader=reader) for reader in due_daily(readers, now, site=site, hour=hour)]
        lists = reader_rows.due_lists(tx, now - STORY_REST)
        return daily + [
            Due(reader=reader, story_id=story_id)
            for name in lists
            if (story_id := read_story_list(name)) is not None
            for reader in reader_rows.list_readers(tx, name)
            if (reader.last_sent_at or reader.confirmed_at or now) <= now - STORY_REST
        ]


def read_story_list(name: str) -> StoryId | None:
    """Return the story that a list follows, None for other lists."""
    kind, _, number = name.partition(":")
    return StoryId(int(number)) if kind == "story" and number.isdecimal() else None


def write_letters(edges: Edges, site: Site, due: Sequence[Due]) -> int:
    """Queue a letter to each reader for whom there is something new; return how many."""
    written = 0
    for item in due:
        now = edges.clock()
        with edges.store.write(now) as tx:
            letter = _compose(tx, site, item)
            if letter is not None:
                written += outbox_rows.queue_letter(tx, letter)
            reader_rows.mark_sent(tx, item.reader, now)
    return written


def _compose(tx: Tx, site: Site, item: Due) -> Letter | None:
    reader = item.reader
    site = speak_site(site, reader.language)
    leave_url = f"{site.address}/leave/{reader.token}"
    if item.story_id is None:
        since = reader.last_sent_at or tx.now - DAY
        stories = _list_news(tx, since)
        ranked = rank_stories(stories, tx.now, language=reader.language or site.language).stories
        return compose_daily(site, ranked, reader, leave_url=leave_url, now=tx.now)
    story = story_rows.load_story(tx, item.story_id)
    if story is None:
        return None
    since = reader.last_sent_at or reader.confirmed_at or tx.now
    new = [card for card in story.members if card.first_seen > since]
    return compose_story_update(site, freshen(story), new, reader, leave_url=leave_url)


def _list_news(tx: Tx, since: datetime) -> list[StoryCard]:
    """Return the stories of which something was first seen after `since`, headed as on the front
    page, with what is new among their cards.

    A page may be read a while after its article came out; what is older than a day by then is no
    news, as where a source was added.
    """
    new = member_rows.list_seen_members(tx, since, since - LATEST, MOST_NEW)
    found = story_rows.load_short_stories(tx, list(new)[:MOST_STORIES])
    return [
        replace(story, members=_join(new[story.story_id], story.members))
        for story in (freshen(each) for each in found if not each.lead.gone)
    ]


def _join(new: Sequence[Card], members: Sequence[Card]) -> tuple[Card, ...]:
    known = {card.article_id: card for card in (*members, *new)}
    return tuple(member_rows.sort_cards(known.values()))
