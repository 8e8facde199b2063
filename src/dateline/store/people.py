"""People, organisations and places: what each key is called, who is named in a story.

A key is what one name has in every article (`Entity.key`), or the slug of an unnamed speaker.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Column, Select, delete, exists, literal, select, tuple_, union_all

from dateline.model import ArticleId, Entity, EntityKind, Named, Person, Span, Statement, StoryId
from dateline.store.columns import from_json, scrub, shorten
from dateline.store.engine import Tx
from dateline.store.members import load_members
from dateline.store.name_starts import find_starts, find_whole, refresh_starts
from dateline.store.person_addresses import give_addresses
from dateline.store.rows import Row, in_batches, insert_into
from dateline.store.statements import is_inside, is_shown
from dateline.store.tables import articles, entities, names, statements
from dateline.text import make_slug

NameKey = tuple[str, str, str]  # key, name, kind


def load_person(tx: Tx, key: str) -> Person | None:
    """Return what a key is called, None where nobody has it."""
    return load_people(tx, [key]).get(shorten(key))


def load_people(tx: Tx, keys: Iterable[str]) -> dict[str, Person]:
    """Return what each key is called: the name that is used most is the one to show."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for batch in in_batches(sorted({shorten(key) for key in keys})):
        for row in tx.conn.execute(select(names).where(names.c.key.in_(batch))):
            rows[row.key].append(row)
    return {key: _to_person(key, found) for key, found in rows.items()}


def find_people(tx: Tx, words: str, limit: int = 20, *, near: bool = True) -> list[Person]:
    """Return who or what is called something that begins so, or (where `near`) nearly so.

    `words` may begin at any word of a name. The most mentioned come first, slips of the pen last.
    """
    keys = find_starts(tx, words, limit, near=near)
    found = load_people(tx, keys)
    return [found[key] for key in keys if key in found]


def find_namesakes(
    tx: Tx, name: str, kinds: Collection[EntityKind | None], limit: int
) -> tuple[list[str], list[Person]]:
    """Return the keys that a name may stand for, and who has them.

    They are the key that is written so, and those of these kinds whose names have these words. The
    words that are given must be whole: "Marten" is Ilse Marten, and not Martens.
    """
    key = shorten(make_slug(name)) or "-"
    keys = dict.fromkeys([key, *find_whole(tx, name, 2 * limit)])
    found = load_people(tx, keys)
    named = [one for one in keys if one in found and (one == key or found[one].kind in kinds)]
    meant = list(dict.fromkeys([key, *named]))[: limit + 1]
    return meant, [found[one] for one in meant if one in found]


def find_speaking(tx: Tx, keys: Collection[str]) -> frozenset[str]:
    """Return which of a few keys are reported to have said something, in articles that stand."""
    return _find_standing(tx, keys, statements.c.speaker_key)


def find_named(tx: Tx, keys: Collection[str]) -> frozenset[str]:
    """Return which of a few keys are named in articles that stand."""
    return _find_standing(tx, keys, entities.c.key)


def _find_standing(tx: Tx, keys: Collection[str], column: Column[str]) -> frozenset[str]:
    """Return which keys are in a column of the newest version of an article: a look each."""
    table, wanted = column.table, [shorten(key) for key in keys]
    looks = [
        select(literal(key)).where(
            exists().where(column == key, articles.c.id == table.c.article_id, is_shown(table))
        )
        for key in wanted
    ]
    return frozenset(tx.conn.execute(union_all(*looks)).scalars()) if looks else frozenset()


def iterate_people(tx: Tx) -> Iterator[Person]:
    """Yield everybody and everything that is named or speaks, in order of keys, streaming."""
    last = ""
    query = select(names.c.key).distinct().order_by(names.c.key).limit(_STREAM)
    while keys := tx.conn.execute(query.where(names.c.key > last)).scalars().all():
        found = load_people(tx, keys)
        yield from (found[key] for key in keys)
        last = keys[-1]


def list_story_people(tx: Tx, story_id: StoryId, limit: int = 50) -> list[Named]:
    """Return who and what is named in a story; who says most first, then who is named most."""
    found: dict[str, _Tally] = defaultdict(_Tally)
    spans = {card.article_id: card.spans for card in load_members(tx, story_id) if not card.gone}
    for batch in in_batches(sorted(spans)):
        for key, article_id, entity in _list_entities(tx, batch, spans):
            found[key].name(entity, article_id)
        for key, article_id, said in _list_said(tx, batch, spans):
            found[key].hear(said, article_id)
    ranked = sorted(found.items(), key=lambda pair: pair[1].rank(pair[0]))[:limit]
    people = load_people(tx, [key for key, _ in ranked])
    return [tally.to_named(key, people.get(key)) for key, tally in ranked]


def _list_entities(
    tx: Tx, ids: Sequence[ArticleId], spans: Mapping[ArticleId, tuple[Span, ...]]
) -> Iterator[tuple[str, ArticleId, Entity]]:
    """Yield who is named in the parts of articles that belong to a story."""
    for row in tx.conn.execute(query_entities(ids)):
        entity, article_id = from_json(row.document, Entity), ArticleId(row.article_id)
        if any(is_inside(span, spans[article_id]) for span in entity.mentions):
            yield row.key, article_id, entity


def _list_said(
    tx: Tx, ids: Sequence[ArticleId], spans: Mapping[ArticleId, tuple[Span, ...]]
) -> Iterator[tuple[str, ArticleId, Statement]]:
    """Yield what is said in the parts of articles that belong to a story."""
    for row in tx.conn.execute(query_speakers(ids)):
        said, article_id = from_json(row.document, Statement), ArticleId(row.article_id)
        if any(is_inside(span, spans[article_id]) for span in said.spans):
            yield row.speaker_key, article_id, said


def count_names(tx: Tx, changes: Mapping[NameKey, int]) -> None:
    """Add to how often each name is used; what is used no more is forgotten."""
    summed = Counter[NameKey]()
    for (key, name, kind), count in sorted(changes.items()):
        # Two names may be one once they are as a database keeps them.
        summed[scrub(key), scrub(name)[:_LONGEST_NAME], kind] += count
    changed = {name: count for name, count in summed.items() if count}
    if not changed:
        return
    insert = insert_into(tx, names)
    total = names.c.mentions + insert.excluded.mentions
    primary = ["key", "name", "kind"]
    added = [
        {"key": key, "name": name, "kind": kind, "mentions": count}
        for (key, name, kind), count in changed.items()
    ]
    tx.conn.execute(
        insert.on_conflict_do_update(index_elements=primary, set_={"mentions": total}), added
    )
    for batch in in_batches(changed):
        mine = tuple_(names.c.key, names.c.name, names.c.kind).in_(batch)
        tx.conn.execute(delete(names).where(mine, names.c.mentions <= 0))
    keys = {key for key, _name, _kind in changed}
    give_addresses(tx, load_people(tx, keys))
    refresh_starts(tx, keys)


def query_entities(ids: Sequence[ArticleId]) -> Select[tuple[int, str, str]]:
    """Return the query for the entities of the newest versions of articles."""
    query = select(entities.c.article_id, entities.c.key, entities.c.document)
    joined = query.join(articles, articles.c.id == entities.c.article_id)
    return joined.where(is_shown(entities), articles.c.id.in_(ids))


def query_speakers(ids: Sequence[ArticleId]) -> Select[tuple[int, str, str]]:
    """Return the query for the statements of the newest versions of articles."""
    query = select(statements.c.article_id, statements.c.speaker_key, statements.c.document)
    joined = query.join(articles, articles.c.id == statements.c.article_id)
    named = statements.c.speaker_key != ""
    return joined.where(is_shown(statements), articles.c.id.in_(ids), named)


_STREAM = 500  # keys at once
_LONGEST_NAME = 200  # code points; PostgreSQL refuses index rows above 2,700 bytes


@dataclass(slots=True)
class _Tally:
    """What a story has of one key."""

    kind: EntityKind | None = None
    role: str = ""
    said: int = 0
    articles: set[int] = field(default_factory=set)
    called: Counter[str] = field(default_factory=Counter)

    def name(self, entity: Entity, article_id: int) -> None:
        self.kind = self.kind or entity.kind
        self.role = self.role or entity.role
        self.articles.add(article_id)
        self.called[entity.name] += len(entity.mentions)

    def hear(self, said: Statement, article_id: int) -> None:
        self.kind = self.kind or said.speaker_kind
        self.role = self.role or said.role
        self.said += 1
        self.articles.add(article_id)
        self.called[said.speaker_resolved or said.speaker] += 1

    def rank(self, key: str) -> tuple[int, int, str]:
        return -self.said, -len(self.articles), key

    def to_named(self, key: str, person: Person | None) -> Named:
        here = min(self.called, key=lambda name: (-self.called[name], name))
        return Named(
            key=key,
            name=person.name if person else here,
            kind=self.kind,
            role=self.role,
            articles=len(self.articles),
            statements=self.said,
        )


def _to_person(key: str, rows: Sequence[Row]) -> Person:
    by_name, by_kind = Counter[str](), Counter[str]()
    for row in rows:
        by_name[row.name] += row.mentions
        by_kind[row.kind] += row.mentions
    ranked = sorted(by_name, key=lambda name: (-by_name[name], name))
    kinds = sorted(filter(None, by_kind), key=lambda kind: (-by_kind[kind], kind))
    return Person(
        key=key,
        name=ranked[0],
        kind=EntityKind(kinds[0]) if kinds else None,
        names=tuple(ranked),
        mentions=sum(by_name.values()),
    )
