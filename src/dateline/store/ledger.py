"""The ledger as readers see it: entries of a story, of a speaker, one entry with its witnesses.

What the pages ask for, here and in the modules beside::

    ledger.list_story_entries(tx, story_id, LedgerPage(...)) -> EntryPage   # entries, total
    ledger.list_speaker_entries(tx, key, LedgerPage(...)) -> EntryPage      # by date, newest first
    ledger.load_entry(tx, ledger_id) -> LedgerEntry | None
    ledger.find_entry_successor(tx, ledger_id) -> LedgerId | None           # of a merged entry
    ledger.load_entries(tx, ids) -> list[LedgerEntry]                       # also for links
    claims.list_statements(tx, article_id) -> list[SavedStatement]          # newest version
    claims.load_claims(tx, article_id, version) -> Claims | None
    claims.list_story_figures(tx, story_id) -> list[SavedFigure]
    people.load_person(tx, key) -> Person | None
    people.load_people(tx, keys) -> dict[str, Person]
    people.list_story_people(tx, story_id, limit) -> list[Named]
    people.find_people(tx, words, limit) -> list[Person]

A withdrawn article is no witness. Contents are whole: how much of them may be shown is for
`publish/shown.py` to say.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, and_, or_, select

from dateline.model import (
    UNDATED_AT,
    ArticleId,
    Card,
    LedgerEntry,
    LedgerId,
    LedgerLink,
    LedgerLinkKind,
    Likeness,
    Person,
    SavedStatement,
    Span,
    StoryId,
    Witness,
)
from dateline.store.cards import load_cards
from dateline.store.columns import from_json, shorten
from dateline.store.engine import Tx
from dateline.store.members import load_members
from dateline.store.people import load_people
from dateline.store.rows import Row, in_batches
from dateline.store.statements import is_inside, query_statements, to_statement
from dateline.store.tables import articles, ledger, ledger_links, sources, statements
from dateline.text import base_language

_SPANS = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPage:
    """Which entries to list.

    "newest" puts the entry first whose first witness is the newest, "carried" the one that the most
    outlets carry. `confidence` leaves out statements that the reader is less sure of.
    """

    order: Literal["newest", "carried"] = "newest"
    offset: int = 0
    limit: int = 20
    confidence: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """Some entries, and how many there are in all."""

    entries: tuple[LedgerEntry, ...]
    total: int


def list_story_entries(tx: Tx, story_id: StoryId, page: LedgerPage) -> EntryPage:
    """Return what is said in a story; each entry with all its witnesses, in any story.

    Of an article of which a part belongs to the story, only what it says in that part counts.
    """
    spans = {card.article_id: card.spans for card in load_members(tx, story_id) if not card.gone}
    light = query_light(page.confidence)
    rows = (
        row
        for batch in in_batches(sorted(spans))
        for row in tx.conn.execute(light.where(articles.c.id.in_(batch)))
        if _is_in_part(row, spans[ArticleId(row.article_id)])
    )
    return _cut_page(tx, rows, page)


def list_speaker_entries(tx: Tx, key: str, page: LedgerPage) -> EntryPage:
    """Return what a speaker is reported to have said, by the date of the first witness.

    The newest first, undated ones at the end; `order` "carried" puts the most carried first.
    """
    mine = query_light(page.confidence).where(statements.c.speaker_key == shorten(key))
    return _cut_page(tx, tx.conn.execute(mine), page)


def load_entry(tx: Tx, ledger_id: LedgerId) -> LedgerEntry | None:
    """Return one entry; None where it has no witness, see `find_entry_successor`."""
    found = load_entries(tx, [ledger_id])
    return found[0] if found else None


def find_entry_successor(tx: Tx, ledger_id: LedgerId) -> LedgerId | None:
    """Return the entry that a merged one's address leads to, None where it was not merged."""
    end, seen = ledger_id, {ledger_id}
    while (step := _find_step(tx, end)) is not None and step not in seen:
        seen.add(step)
        end = step
    return None if end == ledger_id else end


def load_entries(tx: Tx, ids: Sequence[LedgerId], *, confidence: float = 0.0) -> list[LedgerEntry]:
    """Return entries in the order of `ids`; those without a witness are left out."""
    said: dict[LedgerId, list[SavedStatement]] = defaultdict(list)
    for batch in in_batches(ids):
        sure = and_(statements.c.ledger_id.in_(batch), statements.c.confidence >= confidence)
        for row in tx.conn.execute(query_statements().where(sure)):
            said[LedgerId(row.ledger_id)].append(to_statement(row))
    carriers = sorted({one.article_id for several in said.values() for one in several})
    cards = {card.article_id: card for card in load_cards(tx, carriers) if not card.gone}
    keys = {several[0].statement.speaker_key for several in said.values()}
    people, links = load_people(tx, keys), _load_links(tx, ids)
    entries = []
    for ledger_id in ids:
        witnesses = _to_witnesses(said.get(ledger_id, ()), cards)
        if witnesses:
            entries.append(_to_entry(ledger_id, witnesses, people, links.get(ledger_id, ())))
    return entries


def query_light(confidence: float = 0.0) -> Select[Any]:
    """Return the query for what entries are ordered by: one row a statement that stands."""
    joined = statements.join(articles, articles.c.id == statements.c.article_id).join(
        sources, sources.c.id == articles.c.source_id
    )
    own = (statements.c.ledger_id, statements.c.article_id, statements.c.document)
    query = select(*own, articles.c.at, sources.c.key, sources.c.family).select_from(joined)
    query = query.where(statements.c.ledger_id.is_not(None), articles.c.gone_at.is_(None))
    return query.where(statements.c.confidence >= confidence)


def _cut_page(tx: Tx, rows: Iterable[Row], page: LedgerPage) -> EntryPage:
    tallies: dict[LedgerId, _Tally] = defaultdict(_Tally)
    for row in rows:
        tallies[LedgerId(row.ledger_id)].add(row)
    ranked = sorted(tallies, key=lambda entry_id: tallies[entry_id].rank(entry_id, page.order))
    shown = ranked[page.offset : page.offset + page.limit]
    entries = load_entries(tx, shown, confidence=page.confidence)
    return EntryPage(entries=tuple(entries), total=len(ranked))


class _Tally:
    """By what one entry is ordered."""

    def __init__(self) -> None:
        self.outlets: set[str] = set()
        self.first_at = UNDATED_AT

    def add(self, row: Row) -> None:
        self.outlets.add(row.family or f"source {row.key}")
        if row.at > UNDATED_AT and (self.first_at == UNDATED_AT or row.at < self.first_at):
            self.first_at = row.at

    def rank(self, ledger_id: LedgerId, order: str) -> tuple[float, float, int]:
        carried, newest = -len(self.outlets), -self.first_at.timestamp()
        first, second = (newest, carried) if order == "newest" else (carried, newest)
        return first, second, -ledger_id


@dataclass(frozen=True, slots=True)
class _Spans:
    """What is decoded of a statement where only its place is asked for."""

    spans: _SPANS


def _is_in_part(row: Row, parts: _SPANS) -> bool:
    if not parts:
        return True
    return any(is_inside(span, parts) for span in from_json(row.document, _Spans).spans)


def _find_step(tx: Tx, ledger_id: LedgerId) -> LedgerId | None:
    query = select(ledger.c.merged_into).where(ledger.c.id == ledger_id)
    found = tx.conn.execute(query).scalar()
    return None if found is None else LedgerId(found)


def _load_links(tx: Tx, ids: Collection[LedgerId]) -> dict[LedgerId, list[LedgerLink]]:
    found: dict[LedgerId, list[LedgerLink]] = defaultdict(list)
    one, other = ledger.alias("one"), ledger.alias("other")
    query = (
        select(ledger_links, one.c.first_at.label("at"), other.c.first_at.label("other_at"))
        .join(one, one.c.id == ledger_links.c.entry_id)
        .join(other, other.c.id == ledger_links.c.other_id)
        .order_by(ledger_links.c.entry_id, ledger_links.c.other_id, ledger_links.c.kind)
    )
    wanted, links = set(ids), dict[tuple[int, int, str], LedgerLink]()
    for batch in in_batches(ids):
        mine = or_(ledger_links.c.entry_id.in_(batch), ledger_links.c.other_id.in_(batch))
        for row in tx.conn.execute(query.where(mine)):
            links[row.entry_id, row.other_id, row.kind] = _to_link(row)
    for link in links.values():
        for side in wanted & {link.entry_id, link.other_id}:
            found[side].append(link)
    return found


def _to_link(row: Row) -> LedgerLink:
    return LedgerLink(
        entry_id=LedgerId(row.entry_id),
        other_id=LedgerId(row.other_id),
        kind=LedgerLinkKind(row.kind),
        score=row.score,
        later=row.at > row.other_at > UNDATED_AT,
        at=row.at if row.at > UNDATED_AT else None,
    )


def _to_witnesses(
    said: Iterable[SavedStatement], cards: Mapping[ArticleId, Card]
) -> tuple[Witness, ...]:
    """Return one witness an article, with what its newest version that has it says."""
    newest: dict[ArticleId, SavedStatement] = {}
    for one in sorted(said, key=lambda each: (each.version, -each.number)):
        newest[one.article_id] = one
    witnesses = [
        Witness(card=card, said=one, current=one.version == card.versions)
        for article_id, one in newest.items()
        if (card := cards.get(article_id))
    ]
    return tuple(sorted(witnesses, key=_by_time))


def _by_time(witness: Witness) -> tuple[bool, datetime, ArticleId]:
    card = witness.card
    return not card.dated, card.at, card.article_id


def _to_entry(
    ledger_id: LedgerId,
    witnesses: tuple[Witness, ...],
    people: Mapping[str, Person],
    links: Sequence[LedgerLink],
) -> LedgerEntry:
    witnesses = _mark_translations(witnesses)
    all_said = [witness.said.statement for witness in witnesses]
    first = all_said[0]
    person = people.get(shorten(first.speaker_key))
    return LedgerEntry(
        id=ledger_id,
        speaker_key=first.speaker_key,
        speaker=person.name if person else first.speaker_resolved or first.speaker,
        speaker_kind=first.speaker_kind,
        role=next((said.role for said in all_said if said.role), ""),
        witnesses=witnesses,
        links=tuple(links),
    )


def _mark_translations(witnesses: tuple[Witness, ...]) -> tuple[Witness, ...]:
    """Return witnesses with how surely those of other languages say the same as the first."""
    scores: dict[str, float] = defaultdict(float)
    for witness in witnesses:
        if witness.said.how is Likeness.TRANSLATION:
            language = _short(witness)
            scores[language] = max(scores[language], witness.said.likeness)
    first, best = _short(witnesses[0]), max(scores.values(), default=0.0)
    return tuple(
        witness
        if _short(witness) == first
        else replace(witness, translation=scores.get(_short(witness)) or best)
        for witness in witnesses
    )


def _short(witness: Witness) -> str:
    return base_language(witness.said.language)
