"""Cards: what they show, and lists that are one indexed read."""

from datetime import timedelta

import pytest

from dateline.model import Card, Credit, Picture, Rights, StoredPicture
from dateline.store import CardFilter, Store
from dateline.store.articles import mark_gone
from dateline.store.cards import (
    list_cards,
    list_languages,
    list_sections,
    load_cards,
    query_cards,
)
from dateline.store.pictures import claim_pictures, save_picture, want_pictures


def test_card_shows_all_of_an_article(store: Store, make) -> None:
    picture = Picture(url="https://example.org/p.jpg", alt="A dog", credit="AP", width=3)
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        named = tuple(Credit(name=name, key=name, how="byline") for name in ("AFP", "AP", "AFP"))
        more = {"credits": named, "pictures": (picture,), "kicker": "War", "lede": "So."}
        (article_id,) = make.save(tx, ids["a"], "one", **more)
        mark_gone(tx, article_id)
        want_pictures(tx, [picture.url])
        claim_pictures(tx, "me", make.later, 1)
        copy = StoredPicture(body=b"x", content_type="image/webp", width=1, height=1, hash="h1")
        save_picture(tx, picture.url, "me", copy)
        (card,) = load_cards(tx, [article_id])
    assert card == Card(
        article_id=article_id,
        url="https://example.org/one",
        headline="Headline one",
        kicker="War",
        lede="So.",
        language="en",
        section="World",
        own_section="World",
        source_key="a",
        source_name="A",
        rights=Rights.EXCERPT,
        at=make.now,
        first_seen=make.now,
        gone=True,
        gone_at=make.now,
        picture=picture,
        picture_hash="h1",
        picture_width=1,
        picture_height=1,
        credits=("AFP", "AP"),
    )


def test_cards_come_in_the_order_asked(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        one, two, three = make.save(tx, ids["a"], "one", "two", "three")
        found = load_cards(tx, [three, one, 999, two])
    assert [card.article_id for card in found] == [three, one, two]


def test_lists_are_filtered_newest_first(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a", "b")
        one, two = make.save(tx, ids["a"], "one", "two")
        (three,) = make.save(tx, ids["b"], "three", section="Sport", language="de")

        def listed(**wanted) -> list[int]:
            return [card.article_id for card in list_cards(tx, CardFilter(**wanted))]

        assert listed() == [two, three, one]
        assert listed(source_key="a") == [two, one]
        assert listed(source_key="none") == []
        assert listed(section="Sport") == [three]
        assert listed(language="de") == [three]
        assert listed(story_id=1) == []
        assert list_sections(tx) == [("World", 2), ("Sport", 1)]
        assert list_languages(tx) == [("en", 2), ("de", 1)]


def test_pages_lose_and_repeat_nothing(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        # Five articles of one moment, twice: pages end among equals.
        for name in range(10):
            make.save(tx, ids["a"], f"n{name}", kicker="x") if name < 5 else make.save(
                tx, ids["a"], f"n{name}"
            )
        seen: list[int] = []
        before = None
        while page := list_cards(tx, CardFilter(limit=3, before=before)):
            seen += [card.article_id for card in page]
            before = (page[-1].at, page[-1].article_id)
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 10


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        ({}, "ix_articles_at"),
        ({"source_key": "a"}, "ix_articles_source_at (source_id=?"),
        ({"section": "World"}, "ix_articles_section_at (section=?"),
        ({"language": "en"}, "ix_articles_language_at (language=?"),
        ({"story_id": 1}, "ix_articles_story_at (story_id=?"),
        ({"origin_id": 1}, "ix_articles_origin_at (origin_id=?"),
    ],
)
@pytest.mark.parametrize("deep", [False, True])
def test_lists_read_an_index(sqlite_store: Store, make, plan, wanted, index, deep) -> None:
    before = (make.now - timedelta(days=1), 5) if deep else None
    with sqlite_store.read() as tx:
        told = plan(tx, query_cards(CardFilter(**wanted, before=before)))
    assert index in told
    assert "TEMP B-TREE" not in told
