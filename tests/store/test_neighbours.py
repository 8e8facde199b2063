"""The articles that may be offered beside one: all ways lead to them, and each reads an index."""

from dataclasses import replace
from datetime import timedelta

from dateline.model import UNDATABLE, Claims, Entity, EntityKind, Kin, Related, StoryPlace, Telling
from dateline.store import NewVersion, Store, Tx
from dateline.store import neighbours as rows
from dateline.store.articles import mark_gone, save_articles, save_version
from dateline.store.cards import load_cards
from dateline.store.claims import ReadVersion, save_claims
from dateline.store.follows import add_follows, list_followed
from dateline.store.stories import save_story_places

KHERSON = Telling(key="kherson", name="Kherson", weight=0.5)


def name(key: str, times: int) -> Entity:
    spans = tuple((n, n + 1) for n in range(times))
    return Entity(kind=EntityKind.PLACE, name=key.title(), key=key, mentions=spans)


def claim(tx: Tx, article_id: int, *entities: Entity, version: int = 1) -> None:
    read = ReadVersion(article_id=article_id, version=version, claims=Claims(entities=entities))
    save_claims(tx, [read])


def look(tx: Tx, article_id: int, *telling: Telling) -> dict[int, rows.Neighbour]:
    (card,) = load_cards(tx, [article_id])
    found = rows.list_neighbours(tx, rows.to_neighbour(card), telling)
    assert [each.article_id for each in found] == sorted({each.article_id for each in found})
    return {each.article_id: each for each in found}


def test_four_ways_lead_to_an_article(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a", "b")
        saved = make.save(tx, ids["a"], *"1234567")
        make.place(tx, 1, 1, 2)
        make.place(tx, 2, 3)
        make.place(tx, 3, 4, parts=[make.part(4, 1, (0, 3)), make.part(1, 2, (0, 3))])
        make.place(tx, 4, 5)
        make.place(tx, 5, 6, 7)
        near = (Related(article_id=1, score=0.5), Related(article_id=2, score=0.75))
        save_story_places(tx, [StoryPlace(article_id=5, story_id=4, related=near)])
        claim(tx, 6, name("kherson", 3), name("other", 9))
        found = look(tx, 1, KHERSON)
        assert saved == [1, 2, 3, 4, 5, 6, 7]
        assert {number: each.kin for number, each in found.items()} == {
            2: Kin.WHOLE,
            3: Kin.PART,
            4: Kin.PART,
            5: Kin.NONE,
            6: Kin.NONE,
        }
        assert (found[5].score, found[6].score) == (0.5, 0.0)
        assert (found[6].shared, found[5].shared) == ((("kherson", 3),), ())
        assert (found[2].outlet, found[2].language, found[2].headline) == ("a", "en", "Headline 2")
        assert (found[2].story_id, found[2].origin_id, found[2].dated) == (1, 2, True)
        mark_gone(tx, 2)
        assert 2 not in look(tx, 1, KHERSON)
        assert look(tx, 7).keys() == {6}


def test_names_are_of_the_newest_version(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        make.save(tx, ids["a"], *"123")
        claim(tx, 1, name("kherson", 2))
        claim(tx, 2, name("kherson", 2))
        assert [each.key for each in rows.list_entities(tx, 1)] == ["kherson"]
        assert rows.count_mentions(tx, ["kherson", "none"]) == {"kherson": 4}
        assert rows.count_articles(tx) == 3
        reading = make.reading("2", text="Something else.")
        save_version(tx, 2, NewVersion(seen_at=make.later, reading=reading, fingerprint="new"))
        claim(tx, 2, version=2)
        assert look(tx, 1, KHERSON)[2].shared == ()
        mark_gone(tx, 1)
        assert rows.list_entities(tx, 1) == []


def test_an_article_alone_has_no_neighbours(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        make.save(tx, ids["a"], "1")
        assert rows.count_articles(tx) == 1
        assert look(tx, 1, KHERSON) == {}


def test_of_a_large_story_the_nearest_in_time_are_read(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        saved = make.save(tx, ids["a"], *map(str, range(60)))
        make.place(tx, 1, *saved)
        found = look(tx, 30)
    assert set(found) == {*range(31 - rows.MEMBERS, 30), *range(31, 31 + rows.MEMBERS)}


def test_every_read_is_cut_off_by_an_index(sqlite_store: Store, make, plan) -> None:
    with sqlite_store.read() as tx:
        near = plan(tx, rows.query_nearest().params(article_id=1))
        kin = plan(tx, rows.query_kin().params(story_id=1, at=make.now, article_id=1))
        keys = {"key_0": "a", "key_1": "b", "article_id": 5}
        named = plan(tx, rows.query_named(2).params(keys))
        told = plan(tx, rows.query_rows().params(ids=[1, 2], keys=["a"]))
    assert "PRIMARY KEY (article_id=?)" in near
    assert "ix_articles_story_at (story_id=? AND at<?)" in kin
    assert "ix_articles_story_at (story_id=? AND at>?)" in kin
    assert "ix_story_parts_at (story_id=?)" in kin
    assert "ix_entities_key (key=? AND article_id<?)" in named
    assert "ix_entities_key (key=? AND article_id>?)" in named
    assert "SCAN" not in told.replace("SCAN anon", "")
    assert "article_id=?" in told
    assert "TEMP B-TREE" not in named


def test_undated_articles_stand_where_they_were_first_seen(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        undated = make.article(ids["a"], "x", published=UNDATABLE)
        new = [replace(undated, live=False), make.article(ids["a"], "y", minutes=5)]
        save_articles(tx, new)
        make.place(tx, 1, 1, 2)
        (undated,) = look(tx, 2).values()
        assert (undated.dated, undated.at) == (False, make.now)
        assert look(tx, 1)[2].at == make.now + timedelta(minutes=5)


def test_what_readers_went_on_to_is_a_neighbour(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        make.save(tx, ids["a"], *"123")
        add_follows(tx, make.now, {(1, 2): 12, (1, 3): 11, (1, 9): 40})
        add_follows(tx, make.now + timedelta(days=1), {(1, 3): 10})
        add_follows(tx, make.now, {(1, 2): 3})
        assert {number: each.followed for number, each in look(tx, 1).items()} == {2: 15, 3: 21}
        assert list(list_followed(tx, 1).items()) == [(3, 21), (2, 15)]
        assert look(tx, 2) == {}


def test_who_is_followed_is_known_by_name(store: Store, make) -> None:
    with store.write(make.now) as tx:
        make.sources(tx, "quay-gazette", "sirel")
        found = rows.list_sources_named(tx, ["Sirel", "Quay Gazette", "Kherson", "", "\ud800"])
        assert sorted(found) == ["Quay Gazette", "Sirel"]
        assert rows.list_sources_named(tx, []) == []
