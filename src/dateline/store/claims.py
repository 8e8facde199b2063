"""Claims: what each version of an article says that someone said, counted, dated and named.

The rows of a version are saved together and replaced together. What a withdrawn article said is
kept and not shown: functions that list for readers leave it out. How much of a content may be
shown is not the store's business (`publish/shown.py`).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Select, Table, delete, insert, select, update

from dateline.model import (
    ArticleId,
    Claims,
    DateMention,
    Entity,
    Figure,
    LedgerId,
    Likeness,
    SavedFigure,
    SavedStatement,
    Span,
    Statement,
    StoryId,
)
from dateline.store.claim_marks import VersionKey, is_version
from dateline.store.columns import from_json, shorten, to_json
from dateline.store.engine import Tx
from dateline.store.index import index_again
from dateline.store.members import load_members
from dateline.store.people import NameKey, count_names
from dateline.store.rows import in_batches
from dateline.store.statements import is_inside, is_shown, query_statements, to_statement
from dateline.store.tables import articles, claim_marks, entities, figures, statements

Noun = TypeVar("Noun", Statement, Figure, Entity)
_NOUNS: tuple[tuple[Table, type[Any]], ...] = (
    (statements, Statement),
    (figures, Figure),
    (entities, Entity),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The ledger's word on a statement, which a later reading of the same place keeps."""

    ledger_id: LedgerId
    how: Likeness
    likeness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptStatement:
    """A statement that is about to be replaced, as far as the ledger knows it."""

    speaker_key: str
    spans: tuple[Span, ...]
    kept: Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadVersion:
    """What was read in one version, or why it could not be read."""

    article_id: ArticleId
    version: int
    claims: Claims
    terms: tuple[Mapping[str, int], ...] = ()  # of each statement: what it is compared by
    kept: Mapping[int, Kept] = field(default_factory=dict)  # by number of the statement
    problem: str = ""

    @property
    def key(self) -> VersionKey:
        """The article and the number of the version."""
        return self.article_id, self.version


def save_claims(tx: Tx, read: Sequence[ReadVersion]) -> None:
    """Keep what was read in place of what an earlier reader has read; saving twice is once."""
    changes = Counter[NameKey]()
    for one in read:
        changes.subtract(_count_names(_load_names(tx, one.key)))
        changes.update(_count_names(one.claims))
        for table, _ in _NOUNS:
            tx.conn.execute(delete(table).where(is_version(table, one.key)))
        tx.conn.execute(
            update(claim_marks).where(is_version(claim_marks, one.key)).values(_to_mark(one))
        )
    _insert(tx, statements, [row for one in read for row in _list_statements(one)])
    _insert(tx, figures, [row for one in read for row in _list_figures(one)])
    _insert(tx, entities, [row for one in read for row in _list_entities(one)])
    count_names(tx, changes)
    index_again(tx, sorted({one.article_id for one in read}))


def load_claims(tx: Tx, article_id: ArticleId, version: int) -> Claims | None:
    """Return what one version says; None where it was not read, or defeated the reader."""
    key = (article_id, version)
    mark = tx.conn.execute(select(claim_marks).where(is_version(claim_marks, key))).one_or_none()
    if mark is None or not mark.made_by or mark.problem:
        return None
    return Claims(
        statements=tuple(_load(tx, statements, key, Statement)),
        figures=tuple(_load(tx, figures, key, Figure)),
        dates=from_json(mark.dates, tuple[DateMention, ...]),
        entities=tuple(_load(tx, entities, key, Entity)),
        level=mark.level,
        made_by=mark.made_by,
    )


def list_statements(tx: Tx, article_id: ArticleId) -> list[SavedStatement]:
    """Return the statements of an article's newest version, in the order of its text.

    None where the article was withdrawn.
    """
    query = query_statements().where(is_shown(statements), articles.c.id == article_id)
    return [to_statement(row) for row in tx.conn.execute(query.order_by(statements.c.number))]


def list_kept(tx: Tx, key: VersionKey) -> list[KeptStatement]:
    """Return the statements of a version that are in the ledger, before they are replaced."""
    mine = query_statements().where(
        is_version(statements, key), statements.c.ledger_id.is_not(None)
    )
    found = []
    for row in tx.conn.execute(mine.order_by(statements.c.number)):
        kept = Kept(ledger_id=LedgerId(row.ledger_id), how=Likeness(row.how), likeness=row.likeness)
        said = to_statement(row).statement
        found.append(KeptStatement(speaker_key=row.speaker_key, spans=said.spans, kept=kept))
    return found


def list_story_figures(tx: Tx, story_id: StoryId) -> list[SavedFigure]:
    """Return the figures of a story's articles, the earliest article first.

    Of an article of which a part belongs to the story those in that part; of a withdrawn one none.
    """
    cards = {card.article_id: card for card in load_members(tx, story_id) if not card.gone}
    found = [
        SavedFigure(
            card=cards[ArticleId(row.article_id)],
            version=row.version,
            number=row.number,
            figure=from_json(row.document, Figure),
        )
        for batch in in_batches(sorted(cards))
        for row in tx.conn.execute(query_figures(batch))
    ]
    found = [one for one in found if is_inside(one.figure.span, one.card.spans)]
    return sorted(found, key=lambda one: (one.card.listed_at, one.card.article_id, one.number))


def query_figures(ids: Sequence[ArticleId]) -> Select[Any]:
    """Return the query for the figures of the newest versions of articles that still stand."""
    query = select(figures).join(articles, articles.c.id == figures.c.article_id)
    return query.where(is_shown(figures), articles.c.id.in_(ids)).order_by(figures.c.number)


def _load(tx: Tx, table: Table, key: VersionKey, kind: type[Noun]) -> Iterator[Noun]:
    query = select(table.c.document).where(is_version(table, key)).order_by(table.c.number)
    for document in tx.conn.execute(query).scalars():
        yield from_json(document, kind)


def _load_names(tx: Tx, key: VersionKey) -> Claims:
    """Return what of a version's claims counts for names."""
    return Claims(
        statements=tuple(_load(tx, statements, key, Statement)),
        entities=tuple(_load(tx, entities, key, Entity)),
    )


def _count_names(claims: Claims) -> Counter[NameKey]:
    """Return how often each name is used: by its mentions, and as a speaker who is no entity."""
    counts = Counter[NameKey]()
    for entity in claims.entities:
        counts[_key(entity.key), entity.name, entity.kind.value] += max(1, len(entity.mentions))
    known = {_key(entity.key) for entity in claims.entities}
    for said in claims.statements:
        key = _key(said.speaker_key)
        if key and key not in known:
            kind = said.speaker_kind.value if said.speaker_kind else ""
            counts[key, said.speaker_resolved or said.speaker, kind] += 1
    return counts


def _key(text: str) -> str:
    return shorten(text)


def _to_mark(one: ReadVersion) -> dict[str, Any]:
    return {
        "made_by": one.claims.made_by,
        "level": one.claims.level,
        "problem": one.problem,
        "dates": to_json(one.claims.dates).decode(),
        "placed": 0,
    }


def _list_statements(one: ReadVersion) -> Iterator[dict[str, Any]]:
    for number, said in enumerate(one.claims.statements):
        kept = one.kept.get(number)
        yield {
            "article_id": one.article_id,
            "version": one.version,
            "number": number,
            "speaker_key": _key(said.speaker_key),
            "confidence": said.confidence,
            "ledger_id": kept.ledger_id if kept else None,
            "how": kept.how.value if kept else "",
            "likeness": kept.likeness if kept else 0.0,
            "terms": to_json(dict(one.terms[number]) if number < len(one.terms) else {}).decode(),
            "document": to_json(said).decode(),
        }


def _list_figures(one: ReadVersion) -> Iterator[dict[str, Any]]:
    for number, figure in enumerate(one.claims.figures):
        yield _plain_row(one, number) | {"document": to_json(figure).decode()}


def _list_entities(one: ReadVersion) -> Iterator[dict[str, Any]]:
    for number, entity in enumerate(one.claims.entities):
        document = to_json(entity).decode()
        yield _plain_row(one, number) | {"key": _key(entity.key), "document": document}


def _plain_row(one: ReadVersion, number: int) -> dict[str, Any]:
    return {"article_id": one.article_id, "version": one.version, "number": number}


def _insert(tx: Tx, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        tx.conn.execute(insert(table), [dict(row) for row in rows])
