"""The store: the only SQL of Dateline, one schema for SQLite and PostgreSQL.

Open it with `open_store`, then `with store.read() as tx` or `with store.write(now) as tx`; each
noun has a module of named functions that take `tx` first. No SQL stands anywhere else.
"""

from dateline.store.articles import NewArticle, NewVersion
from dateline.store.cards import CardFilter
from dateline.store.decisions import NewDecision
from dateline.store.editions import Edition
from dateline.store.engine import Store, Tx, open_store
from dateline.store.entries import EntryCounts, EntryEnd, EntryTask
from dateline.store.leads import Placed
from dateline.store.links import LinkRow
from dateline.store.matching import MOST_TERMS, Facts, SearchQuery
from dateline.store.origins import OriginMember, OriginRow
from dateline.store.outbox import LetterId, QueuedLetter
from dateline.store.raws import RawReply
from dateline.store.readers import Reader, Subscription
from dateline.store.search import Hits, Patience
from dateline.store.search_texts import Found
from dateline.store.snapshots import Snapshot
from dateline.store.sources import SourceCounts
from dateline.store.stories import StoryFilter, StoryMember, StoryRow
from dateline.store.terms import Term

__all__ = [
    "MOST_TERMS",
    "CardFilter",
    "Edition",
    "EntryCounts",
    "EntryEnd",
    "EntryTask",
    "Facts",
    "Found",
    "Hits",
    "LetterId",
    "LinkRow",
    "NewArticle",
    "NewDecision",
    "NewVersion",
    "OriginMember",
    "OriginRow",
    "Patience",
    "Placed",
    "QueuedLetter",
    "RawReply",
    "Reader",
    "SearchQuery",
    "Snapshot",
    "SourceCounts",
    "Store",
    "StoryFilter",
    "StoryMember",
    "StoryRow",
    "Subscription",
    "Term",
    "Tx",
    "open_store",
]
