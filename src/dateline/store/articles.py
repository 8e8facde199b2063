"""Articles and their versions: found by the ladder of identity, kept with every edit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, insert, select, text, update

from dateline.calling import call_article
from dateline.model import (
    UNDATED_AT,
    Article,
    ArticleId,
    ArticleKeys,
    Filing,
    KnownArticle,
    KnownBy,
    OriginId,
    Reading,
    Source,
    SourceId,
    StoryId,
)
from dateline.store.called import forget_name, name_again
from dateline.store.claim_marks import want_claims
from dateline.store.columns import digest
from dateline.store.engine import Tx
from dateline.store.histories import is_newest, load_versions, to_version
from dateline.store.index import drop_words, index_again, index_words, make_search_id
from dateline.store.leads import leads_between, leads_without_origin, leads_without_story
from dateline.store.origins import stories_of_articles
from dateline.store.readings import card_columns, reading_to_row
from dateline.store.rows import Row, in_batches, insert_into, take_turn
from dateline.store.sections import note_names
from dateline.store.sources import load_sources
from dateline.store.story_leads import renew_headline
from dateline.store.tables import article_keys, articles, story_parts, versions
from dateline.store.tallies import recount_stories

__all__ = [
    "NewArticle",
    "NewVersion",
    "add_alias",
    "count_articles",
    "find_known",
    "find_urls",
    "iterate_articles",
    "leads_between",
    "leads_without_origin",
    "leads_without_story",
    "load_article",
    "load_versions",
    "mark_back",
    "mark_gone",
    "save_articles",
    "save_version",
]

_GUID, _URL, _CANONICAL = 1, 2, 3  # kinds of names in article_keys
_RUNG = 20  # known articles a rung: a site may give one canonical address to all its pages
_STREAM = 200  # articles read at once, with their texts
_LOCK = 0x61727469636C6573


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """An article that is seen for the first time."""

    source_id: SourceId
    guid: str  # of its feed entry, "" where there is none
    url: str
    first_seen: datetime
    reading: Reading
    fingerprint: str
    raw_hash: str = ""
    live: bool = True  # seen when it came out; False: `first_seen` is no date for it
    filed: Filing | None = None  # None: under the section that the page names


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVersion:
    """An edit of an article that is stored already."""

    seen_at: datetime
    reading: Reading
    fingerprint: str
    raw_hash: str = ""
    filed: Filing | None = None  # see `NewArticle`


def find_known(tx: Tx, source_id: SourceId, keys: ArticleKeys) -> list[KnownArticle]:
    """Return the source's articles that share a key: by guid, then by address, then by text.

    Each stands once, under its strongest key; within one kind of key the newest come first.
    """
    addresses = [digest(keys.url), digest(keys.canonical)]
    by_key = articles.c.id == article_keys.c.article_id
    shown = [articles.c[name] for name in ("id", "url", "fingerprint", "at")]
    # What an article without a headline is called is no headline to know it by.
    known = select(*shown, versions.c.headline).join(versions, is_newest())
    named = known.join(article_keys, by_key)
    by_guid = and_(article_keys.c.kind == _GUID, article_keys.c.key == digest(keys.guid))
    by_url = and_(article_keys.c.kind.in_([_URL, _CANONICAL]), article_keys.c.key.in_(addresses))
    rungs: list[tuple[KnownBy, Select[Any]]] = [
        (KnownBy.GUID, named.where(by_guid)),
        (KnownBy.URL, named.where(by_url)),
        (KnownBy.TEXT, known.where(articles.c.fingerprint == keys.fingerprint)),
    ]
    if not keys.guid:
        del rungs[0]
    found: dict[int, KnownArticle] = {}
    for known_by, query in rungs:
        mine = query.where(articles.c.source_id == source_id).distinct()
        newest = mine.order_by(articles.c.at.desc(), articles.c.id.desc()).limit(_RUNG)
        for row in tx.conn.execute(newest):
            found.setdefault(row.id, _to_known(row, known_by))
    return list(found.values())


def find_urls(tx: Tx, urls: Sequence[str]) -> dict[str, ArticleId]:
    """Return those of the addresses, as they were given, that are stored, with their articles."""
    wanted = {digest(url): url for url in urls}
    found: dict[str, ArticleId] = {}
    for batch in in_batches(wanted):
        query = select(article_keys.c.key, article_keys.c.article_id).where(
            article_keys.c.kind == _URL, article_keys.c.key.in_(batch)
        )
        for row in tx.conn.execute(query.order_by(article_keys.c.article_id.desc())):
            found[wanted[bytes(row.key)]] = ArticleId(row.article_id)
    return found


def save_articles(tx: Tx, new: Sequence[NewArticle]) -> list[ArticleId]:
    """Store articles, each with its first version, and return their ids in the same order.

    Ids grow in the order in which transactions commit, on PostgreSQL too.
    """
    if not new:
        return []
    ids = _take_ids(tx, len(new))
    called = _call(tx, [(article.source_id, article.reading) for article in new])
    rows = [_new_row(*each) for each in zip(ids, new, called, strict=True)]
    tx.conn.execute(insert(articles), rows)
    note_names(tx, [article.filed for article in new if article.filed])
    named = list(zip(ids, new, strict=True))
    tx.conn.execute(insert(versions), [_first_version(*pair) for pair in named])
    want_claims(tx, [(article_id, 1) for article_id in ids])
    keys = [key for pair in named for key in _list_keys(*pair)]
    tx.conn.execute(insert_into(tx, article_keys).on_conflict_do_nothing(), keys)
    index_words(tx, [row | {"text": art.reading.text} for row, art in zip(rows, new, strict=True)])
    return ids


def save_version(tx: Tx, article_id: ArticleId, new: NewVersion) -> int:
    """Store an edit as the article's newest version and return its number.

    The article stays in its origin and its story; it is no longer held to be withdrawn.
    """
    query = select(articles).where(articles.c.id == article_id)
    old = tx.conn.execute(query.with_for_update()).one()
    number: int = old.versions + 1
    at = new.reading.published.at or (old.first_seen if old.at > UNDATED_AT else UNDATED_AT)
    row = {
        "at": at,
        "sighted": new.reading.published.at is None and at > UNDATED_AT,
        "gone_at": None,
        "edited_at": new.seen_at,
        "versions": number,
        "fingerprint": new.fingerprint,
        "raw_hash": new.raw_hash,
        "search_id": make_search_id(at, article_id),
        **card_columns(
            new.reading,
            new.filed or _file_plainly(new.reading),
            *_call(tx, [(SourceId(old.source_id), new.reading)]),
        ),
    }
    tx.conn.execute(insert(versions).values(_version_row(article_id, number, new)))
    want_claims(tx, [(article_id, number)])
    note_names(tx, [new.filed] if new.filed else [])
    tx.conn.execute(update(articles).where(articles.c.id == article_id).values(row))
    _add_keys(tx, article_id, [(_CANONICAL, new.reading.canonical)])
    drop_words(tx, old.search_id)
    same = {"id": article_id, "source_id": old.source_id, "text": new.reading.text}
    index_words(tx, [row | same])
    renew_headline(tx, article_id)
    recount_stories(tx, _move_parts(tx, article_id, at) | _list_own(old.story_id))
    return number


def add_alias(tx: Tx, article_id: ArticleId, guid: str, url: str) -> None:
    """Remember another guid and another address of an article; "" for none."""
    _add_keys(tx, article_id, [(_GUID, guid), (_URL, url)])


def mark_gone(tx: Tx, article_id: ArticleId) -> None:
    """Mark an article as withdrawn at its source; it stays as a tombstone.

    Whose headline its stories carry is the caller's business.
    """
    standing = and_(articles.c.id == article_id, articles.c.gone_at.is_(None))
    tx.conn.execute(update(articles).where(standing).values(gone_at=tx.now))
    forget_name(tx, article_id)
    index_again(tx, [article_id])
    recount_stories(tx, stories_of_articles(tx, [article_id]))


def mark_back(tx: Tx, article_id: ArticleId) -> bool:
    """Mark a withdrawn article as standing again, unchanged; False where it was not withdrawn."""
    gone = and_(articles.c.id == article_id, articles.c.gone_at.is_not(None))
    back = update(articles).where(gone).values(gone_at=None).returning(articles.c.source_id)
    source_id = tx.conn.execute(back).scalar()
    if source_id is None:
        return False
    name_again(tx, article_id, load_sources(tx, [SourceId(source_id)])[SourceId(source_id)])
    index_again(tx, [article_id])
    recount_stories(tx, stories_of_articles(tx, [article_id]))
    return True


def load_article(tx: Tx, article_id: ArticleId) -> Article | None:
    """Return an article with its newest version."""
    row = tx.conn.execute(_with_version().where(articles.c.id == article_id)).one_or_none()
    if row is None:
        return None
    source_id = SourceId(row.source_id)
    return _to_article(row, load_sources(tx, [source_id])[source_id])


def iterate_articles(tx: Tx) -> Iterator[Article]:
    """Yield all articles in order of their ids, a few hundred in memory at a time."""
    known = load_sources(tx, None)
    last = 0
    query = _with_version().order_by(articles.c.id).limit(_STREAM)
    while rows := tx.conn.execute(query.where(articles.c.id > last)).all():
        for row in rows:
            yield _to_article(row, known[SourceId(row.source_id)])
        last = rows[-1].id


def count_articles(tx: Tx) -> int:
    """Return how many articles there are."""
    return int(tx.conn.execute(select(func.count()).select_from(articles)).scalar_one())


def _move_parts(tx: Tx, article_id: ArticleId, at: datetime) -> set[StoryId]:
    mine = update(story_parts).where(story_parts.c.article_id == article_id).values(at=at)
    moved = tx.conn.execute(mine.returning(story_parts.c.story_id))
    return {StoryId(story_id) for story_id in moved.scalars()}


def _list_own(story_id: int | None) -> set[StoryId]:
    return set() if story_id is None else {StoryId(story_id)}


def _take_ids(tx: Tx, count: int) -> list[ArticleId]:
    if tx.dialect == "sqlite":  # the one writer is us
        last = tx.conn.execute(select(func.coalesce(func.max(articles.c.id), 0))).scalar_one()
        return [ArticleId(last + step) for step in range(1, count + 1)]
    take_turn(tx, _LOCK)  # nobody sees an id before all lower ones
    query = text(
        "SELECT nextval(pg_get_serial_sequence('articles', 'id')) FROM generate_series(1, :count)"
    )
    return [ArticleId(taken) for taken in tx.conn.execute(query, {"count": count}).scalars()]


def _file_plainly(reading: Reading) -> Filing:
    return Filing(section=reading.section, own=reading.section)


def _call(tx: Tx, read: Sequence[tuple[SourceId, Reading]]) -> list[str]:
    """Return what articles are called: their headlines, else what their sources allow."""
    wanted = {source_id for source_id, reading in read if not reading.headline}
    known = load_sources(tx, wanted) if wanted else {}
    return [
        reading.headline or call_article(reading, known[source_id]) for source_id, reading in read
    ]


def _new_row(article_id: ArticleId, new: NewArticle, called: str) -> dict[str, Any]:
    at = new.reading.published.at or (new.first_seen if new.live else UNDATED_AT)
    return {
        "id": article_id,
        "source_id": new.source_id,
        "url": new.url,
        "first_seen": new.first_seen,
        "at": at,
        "sighted": new.reading.published.at is None and at > UNDATED_AT,
        "versions": 1,
        "fingerprint": new.fingerprint,
        "raw_hash": new.raw_hash,
        "search_id": make_search_id(at, article_id),
        **card_columns(new.reading, new.filed or _file_plainly(new.reading), called),
    }


def _first_version(article_id: ArticleId, new: NewArticle) -> dict[str, Any]:
    version = NewVersion(
        seen_at=new.first_seen,
        reading=new.reading,
        fingerprint=new.fingerprint,
        raw_hash=new.raw_hash,
    )
    return _version_row(article_id, 1, version)


def _version_row(article_id: ArticleId, number: int, new: NewVersion) -> dict[str, Any]:
    return {
        "article_id": article_id,
        "number": number,
        "seen_at": new.seen_at,
        "fingerprint": new.fingerprint,
        "raw_hash": new.raw_hash,
        **reading_to_row(new.reading),
    }


def _list_keys(article_id: ArticleId, new: NewArticle) -> list[dict[str, Any]]:
    names = [(_GUID, new.guid), (_URL, new.url), (_CANONICAL, new.reading.canonical)]
    return [_key_row(article_id, kind, name) for kind, name in names if name]


def _key_row(article_id: ArticleId, kind: int, name: str) -> dict[str, Any]:
    return {"article_id": article_id, "kind": kind, "key": digest(name)}


def _add_keys(tx: Tx, article_id: ArticleId, names: list[tuple[int, str]]) -> None:
    rows = [_key_row(article_id, kind, name) for kind, name in names if name]
    if rows:
        tx.conn.execute(insert_into(tx, article_keys).on_conflict_do_nothing(), rows)


def _with_version() -> Select[Any]:
    names = ("id", "source_id", "url", "first_seen", "versions", "gone_at")
    groups = ("origin_id", "story_id")
    own = [articles.c[name] for name in names + groups]
    rest = [column for column in versions.c if column.name != "article_id"]
    return select(*own, *rest).join(versions, is_newest())


def _to_known(row: Row, known_by: KnownBy) -> KnownArticle:
    return KnownArticle(
        article_id=ArticleId(row.id),
        known_by=known_by,
        fingerprint=row.fingerprint,
        headline=row.headline,
        at=row.at,
        url=row.url,
    )


def _to_article(row: Row, source: Source) -> Article:
    return Article(
        id=ArticleId(row.id),
        source=source,
        url=row.url,
        first_seen=row.first_seen,
        version=to_version(row),
        versions=row.versions,
        gone_at=row.gone_at,
        origin_id=None if row.origin_id is None else OriginId(row.origin_id),
        story_id=None if row.story_id is None else StoryId(row.story_id),
    )
