"""Claims and the ledger in the store: what was said comes back, lists are right and bounded."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlalchemy import text
from tests.examples import examples

from dateline.model import (
    ArticleId,
    Claims,
    DateMention,
    DateRange,
    Entity,
    EntityKind,
    EntryMerge,
    Figure,
    Hedge,
    LedgerId,
    LedgerLinkKind,
    LedgerPlace,
    Likeness,
    NewEntry,
    NewLink,
    Placing,
    Statement,
    StatementKind,
    StoryId,
)
from dateline.store import Store, Tx, claim_marks, claim_stream, ledger_places
from dateline.store import claims as claim_rows
from dateline.store import ledger as ledger_rows
from dateline.store import ledger_rows as candidate_rows
from dateline.store import people as people_rows
from dateline.store.articles import mark_gone
from dateline.store.claims import ReadVersion
from dateline.store.ledger import LedgerPage

DAY = DateRange(first=date(2022, 11, 10), last=date(2022, 11, 10))


def say(content: str, *, key: str = "ilse-marten", at: int = 0, **more: object) -> Statement:
    plain = Statement(
        spans=((at, at + len(content)),),
        content=content,
        kind=StatementKind.MIXED,
        speaker="the governor",
        source_span=(0, 5),
        cue="said",
        cue_span=None,
        speaker_resolved=key.title().replace("-", " "),
        speaker_key=key,
        speaker_kind=EntityKind.PERSON,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


FULL = Claims(
    statements=(
        say("it will hold\ud800", said_on=DAY, hedge=Hedge.DENIED, told_to_span=(1, 2)),
        say("nobody knows", key="", inside=0, confidence=0.25),
    ),
    figures=(Figure(span=(3, 5), value=None, low=10.5, approximate=True, as_of=DAY, statement=0),),
    dates=(
        DateMention(text="recently", span=(1, 3), range=None),
        DateMention(text="today", span=(4, 9), range=DAY),
    ),
    entities=(
        Entity(
            kind=EntityKind.PLACE,
            name="Orlach",
            key="orlach",
            mentions=((1, 3), (7, 9)),
            latitude=1.5,
        ),
    ),
    level="full",
    made_by="claims/1",
)


def read(article_id: int, *said: Statement, version: int = 1, **more: object) -> ReadVersion:
    claims = Claims(statements=said, level="full", made_by="claims/1")
    plain = ReadVersion(article_id=ArticleId(article_id), version=version, claims=claims)
    return replace(plain, **more)  # type: ignore[arg-type]


def fill(tx: Tx, make, *keys: str) -> list[ArticleId]:
    """Save one article a source, all in story 1."""
    ids = make.sources(tx, *keys)
    saved = [one for key in keys for one in make.save(tx, ids[key], f"of {key}")]
    make.place(tx, 1, *saved)
    return saved


def place(tx: Tx, *where: tuple[int, int]) -> None:
    """Place statements (id, entry)."""
    entries = sorted({entry for _, entry in where})
    opened = [NewEntry(id=LedgerId(one), speaker_key="ilse-marten") for one in entries]
    places = [
        LedgerPlace(statement_id=one, ledger_id=entry, how=Likeness.SAME, score=1.0)  # type: ignore[arg-type]
        for one, entry in where
    ]
    placing = Placing(opened=tuple(opened), places=tuple(places))
    ledger_places.save_placing(tx, placing, made_by="ledger/1")


def test_what_was_read_comes_back(store: Store, make) -> None:
    with store.write(make.now) as tx:
        fill(tx, make, "a")
        assert claim_rows.load_claims(tx, ArticleId(1), 1) is None
        claim_rows.save_claims(tx, [read(1, claims=FULL)])
    with store.read() as tx:
        found = claim_rows.load_claims(tx, ArticleId(1), 1)
    scrubbed = replace(FULL.statements[0], content="it will hold\ufffd")
    assert found == replace(FULL, statements=(scrubbed, FULL.statements[1]))


def test_saving_twice_is_once(store: Store, make) -> None:
    with store.write(make.now) as tx:
        fill(tx, make, "a")
        claim_rows.save_claims(tx, [read(1, claims=FULL)])
        claim_rows.save_claims(tx, [read(1, claims=FULL)])
        assert len(claim_rows.list_statements(tx, ArticleId(1))) == 2
        place_ = people_rows.load_person(tx, "orlach")
        marten = people_rows.load_person(tx, "ilse-marten")
        claim_rows.save_claims(tx, [read(1)])
        assert claim_rows.list_statements(tx, ArticleId(1)) == []
        assert people_rows.load_person(tx, "orlach") is None
    assert place_ and (place_.name, place_.kind, place_.mentions) == ("Orlach", EntityKind.PLACE, 2)
    assert marten and marten.mentions == 1


def test_a_version_waits_until_it_is_read(store: Store, make) -> None:
    with store.write(make.now) as tx:
        one, two = fill(tx, make, "a", "b")
        waiting = claim_marks.list_unread(tx, "claims/1", 9)
        assert [(each.article_id, each.version) for each in waiting] == [(one, 1), (two, 1)]
        claim_rows.save_claims(tx, [read(one, problem="it hung")])
        assert [each.article_id for each in claim_marks.list_unread(tx, "claims/1", 9)] == [two]
        assert len(claim_marks.list_unread(tx, "claims/2", 9)) == 2
        assert len(claim_marks.list_unread(tx, "claims/0", 1)) == 1
        assert claim_rows.load_claims(tx, one, 1) is None
        assert claim_marks.list_unplaced(tx, 9) == [(one, 1)]
        claim_marks.mark_placed(tx, [(one, 1)])
        assert claim_marks.list_unplaced(tx, 9) == []


def test_what_waits_is_found_by_an_index(sqlite_store: Store, plan) -> None:
    with sqlite_store.read() as tx:
        before = claim_marks.claim_marks.c.made_by < "claims/2"
        assert "ix_claim_marks_made_by" in plan(tx, claim_marks.query_unread(before).limit(5))
        assert "ix_claim_marks_unplaced" in plan(tx, claim_marks.query_unplaced().limit(5))
        assert "SCAN" not in plan(tx, claim_rows.query_figures([ArticleId(1)]))
        assert "SCAN" not in plan(tx, ledger_places.query_times([LedgerId(1)]))


def test_pages_of_a_story(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = fill(tx, make, "a", "b", "c")
        claim_rows.save_claims(tx, [read(one, say("it will hold"), say("x")) for one in ids])
        place(tx, (1, 1), (3, 1), (5, 1), (2, 2), (4, 3), (6, 4))
        carried = ledger_rows.list_story_entries(tx, StoryId(1), LedgerPage(order="carried"))
        assert carried.total == 4
        assert (carried.entries[0].id, carried.entries[0].outlets) == (1, 3)
        pages = [
            ledger_rows.list_story_entries(tx, StoryId(1), LedgerPage(offset=at, limit=3)).entries
            for at in (0, 3, 6)
        ]
        assert [len(page) for page in pages] == [3, 1, 0]
        assert sorted(entry.id for page in pages for entry in page) == [1, 2, 3, 4]


def test_only_what_the_reader_is_sure_of_where_that_is_asked(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = fill(tx, make, "a", "b")
        unsure = say("it will hold", confidence=0.3)
        claim_rows.save_claims(tx, [read(ids[0], unsure), read(ids[1], say("it will hold"))])
        place(tx, (1, 1), (2, 1))
        page = LedgerPage(confidence=0.5)
        (entry,) = ledger_rows.list_story_entries(tx, StoryId(1), page).entries
        assert [witness.card.article_id for witness in entry.witnesses] == [ids[1]]
        assert ledger_rows.list_speaker_entries(tx, "ilse-marten", page).total == 1


def test_what_a_person_said_by_date(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a", "b")
        dated = make.save(tx, ids["a"], "one", "two")
        undated = make.save(tx, ids["b"], "three")
        make.place(tx, 1, *dated, *undated)
        said = [read(one, say(f"said {one}")) for one in [*dated, *undated]]
        other = say("other", key="somebody")
        said[0] = replace(
            said[0], claims=replace(said[0].claims, statements=(other, *said[0].claims.statements))
        )
        claim_rows.save_claims(tx, said)
        saved = [one for each in [*dated, *undated] for one in claim_rows.list_statements(tx, each)]
        place(tx, *[(one.id, number) for number, one in enumerate(saved, 1)])
        page = ledger_rows.list_speaker_entries(tx, "ilse-marten", LedgerPage())
        assert page.total == 3
        firsts = [entry.first_at for entry in page.entries]
        assert firsts == sorted(firsts, reverse=True)
        assert ledger_rows.list_speaker_entries(tx, "nobody", LedgerPage()).total == 0


def test_entries_that_became_one_lead_there_with_their_links(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = fill(tx, make, "a", "b", "c", "d")
        claim_rows.save_claims(tx, [read(one, say(f"said {one}")) for one in ids])
        place(tx, (1, 1), (2, 2), (3, 3), (4, 4))
        merges = [
            EntryMerge(ledger_id=LedgerId(3), into=LedgerId(2), how=Likeness.NEAR, score=0.7),
            EntryMerge(ledger_id=LedgerId(2), into=LedgerId(1), how=Likeness.PART, score=1.0),
        ]
        links = [
            NewLink(entry_id=LedgerId(3), other_id=LedgerId(4), kind=kind, score=0.9)
            for kind in LedgerLinkKind
        ]
        ledger_places.save_placing(tx, Placing(links=tuple(links)), made_by="ledger/1")
        ledger_places.save_placing(tx, Placing(merges=tuple(merges)), made_by="ledger/1")
        entry = ledger_rows.load_entry(tx, LedgerId(1))
        assert entry and entry.outlets == 3
        assert [(link.entry_id, link.other_id, link.kind) for link in entry.links] == [
            (1, 4, kind) for kind in LedgerLinkKind
        ]
        assert ledger_rows.find_entry_successor(tx, LedgerId(3)) == 1
        assert ledger_rows.load_entry(tx, LedgerId(3)) is None
        assert ledger_places.next_ledger_id(tx) == 5, "an id is for ever"


def test_people_of_a_story(store: Store, make) -> None:
    with store.write(make.now) as tx:
        one, two = fill(tx, make, "a", "b")
        short = replace(FULL.entities[0], kind=EntityKind.PERSON, name="Marten", key="ilse-marten")
        full = replace(short, name="Ilse Marten", mentions=((1, 2), (3, 4), (5, 6)))
        town = FULL.entities[0]
        first = Claims(statements=(say("x"), say("y")), entities=(full, town), made_by="c")
        second = Claims(entities=(short, town), made_by="c")
        claim_rows.save_claims(tx, [read(one, claims=first), read(two, claims=second)])
        named = people_rows.list_story_people(tx, StoryId(1))
        assert [(who.name, who.statements, who.articles) for who in named] == [
            ("Ilse Marten", 2, 2),
            ("Orlach", 0, 2),
        ]
        (found,) = people_rows.find_people(tx, "marTEN")
        assert found.names == ("Ilse Marten", "Marten")
        assert not people_rows.find_people(tx, "%") and not people_rows.find_people(tx, " ")


def test_a_part_of_an_article_gives_only_what_it_says_there(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a", "b")
        (one,) = make.save(tx, ids["a"], "whole")
        (other,) = make.save(tx, ids["b"], "glued")
        make.place(tx, 1, one)
        make.place(tx, 2, other, parts=[make.part(other, 1, (0, 20))])
        said = [say("in the part", at=0), say("behind it", at=50)]
        claims = Claims(
            statements=tuple(said),
            figures=(Figure(span=(1, 2), value=1), Figure(span=(60, 61), value=2)),
            entities=(replace(FULL.entities[0], mentions=((60, 66),)),),
            made_by="c",
        )
        claim_rows.save_claims(tx, [read(other, claims=claims)])
        place(tx, (1, 1), (2, 2))
        story = StoryId(1)
        (entry,) = ledger_rows.list_story_entries(tx, story, LedgerPage()).entries
        assert entry.first.said.statement.content == "in the part"
        assert [one.figure.value for one in claim_rows.list_story_figures(tx, story)] == [1]
        assert [who.key for who in people_rows.list_story_people(tx, story)] == ["ilse-marten"]
        rows = candidate_rows.load_rows(tx, [(other, 1)])
        assert [sorted(row.stories) for row in rows] == [[1, 2], [2]]


def test_the_stream_leaves_out_what_was_withdrawn(store: Store, make) -> None:
    with store.write(make.now) as tx:
        one, two, three = fill(tx, make, "a", "b", "c")
        claim_rows.save_claims(tx, [read(one, say("x")), read(two, claims=FULL), read(three)])
        assert [each.article.id for each in claim_stream.iterate_claims(tx)] == [one, two]
        mark_gone(tx, one)
        (found,) = claim_stream.iterate_claims(tx)
    assert (found.article.id, len(found.statements), len(found.figures)) == (two, 2, 1)


def test_said_again_on_a_later_day(store: Store, make) -> None:
    def on(day: int) -> DateRange:
        return DateRange(first=date(2022, 11, day), last=date(2022, 11, day))

    with store.write(make.now) as tx:
        ids = fill(tx, make, "a", "b", "c", "d")
        days = [on(10), None, on(11), on(14)]
        claim_rows.save_claims(
            tx, [read(one, say("x", said_on=day)) for one, day in zip(ids, days, strict=True)]
        )
        place(tx, (1, 1), (2, 1), (3, 1), (4, 1))
        entry = ledger_rows.load_entry(tx, LedgerId(1))
    assert entry and entry.said_on == (on(10), on(11), on(14))
    assert entry.repeated_on == (on(14),), "the 10th and the 11th may be one evening"
    assert entry.first_at + timedelta(minutes=3) >= entry.witnesses[-1].card.at


anything = st.text(st.characters(), max_size=300)


@examples(25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(anything, anything, anything, st.floats())
def test_whatever_a_text_says_can_be_kept(
    store: Store, make, content: str, key: str, name: str, value: float
) -> None:
    said = say(content, key=key, speaker=name, speaker_resolved=name)
    town = replace(FULL.entities[0], key=key, name=name)
    figure = Figure(span=(0, 1), value=value, unit=name)
    claims = Claims(statements=(said,), figures=(figure,), entities=(town,), made_by="claims/1")
    with store.write(make.now) as tx:
        known = claim_rows.load_claims(tx, ArticleId(1), 1)
        if known is None:
            fill(tx, make, "a")
        claim_rows.save_claims(tx, [read(1, claims=claims)])
        found = claim_rows.load_claims(tx, ArticleId(1), 1)
        assert found and len(found.statements[0].content) == len(content)
        (saved,) = claim_rows.list_statements(tx, ArticleId(1))
        entry = 1 + (tx.conn.execute(text("SELECT max(id) FROM ledger")).scalar() or 0)
        place(tx, (saved.id, entry))
        assert ledger_rows.list_story_entries(tx, StoryId(1), LedgerPage()).total == 1
        people_rows.list_story_people(tx, StoryId(1))
        assert people_rows.load_person(tx, key) is not None
        people_rows.find_people(tx, name)
