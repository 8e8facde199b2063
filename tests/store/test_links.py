"""Trees of origins and links between articles: saved with the places, told in both directions."""

from dataclasses import replace

from dateline.model import Link, LinkKind, OriginPlace, Role
from dateline.store import LinkRow, Store
from dateline.store.cards import load_cards
from dateline.store.leads import leads_between
from dateline.store.links import list_links, query_links, query_links_back, save_links
from dateline.store.origins import iterate_origins, load_origin, save_origin_places


def first(article_id: int, origin_id: int, **more) -> OriginPlace:
    return OriginPlace(article_id=article_id, origin_id=origin_id, role=Role.FIRST, **more)


def test_place_in_a_tree_comes_back(store: Store, make) -> None:
    with store.write(make.now) as tx:
        one, two, three = make.save(tx, make.sources(tx, "a")["a"], "1", "2", "3")
        copy = Link(article_id=three, other_id=one, kind=LinkKind.COPY, likeness=0.9, why="91 %")
        cites = Link(article_id=three, other_id=two, kind=LinkKind.QUOTES, likeness=0.2, why="q")
        place = OriginPlace(
            article_id=three,
            origin_id=1,
            role=Role.CARRIES,
            taken_from=one,
            likeness=0.9,
            sureness=0.7,
            why="both name AFP",
            links=(copy, cites),
            made_by="origins/2",
        )
        agency = OriginPlace(
            article_id=two, origin_id=2, role=Role.CARRIES, agency="afp", sureness=0.6
        )
        places = [first(one, 1), agency, place]
        save_origin_places(tx, places)
        save_origin_places(tx, places)
        found = [row.origin for row in leads_between(tx, 0, three, 9)]
        assert found == places
        cards = load_cards(tx, [three, two, one])
        origins = {origin.id: origin for origin in iterate_origins(tx)}
        assert load_origin(tx, 1) == origins[1]
        assert list_links(tx, three) == [(copy, cards[2]), (cites, cards[1])]
        assert list_links(tx, one) == [(copy, cards[0])]
        assert list_links(tx, two) == [(cites, cards[0])]
    shown = [(card.taken_from, card.likeness, card.sureness, card.agency) for card in cards]
    assert shown == [(one, 0.9, 0.7, ""), (None, 1.0, 0.6, "afp"), (None, 1.0, 1.0, "")]
    assert cards[0].why == "both name AFP"
    assert origins[2].members[0].agency == "afp"
    (member,) = [member for member in origins[1].members if member.article_id == three]
    assert (member.sureness, member.likeness) == (0.7, 0.9)
    assert member.links[0] == LinkRow(
        other_id=one,
        other_url="https://example.org/1",
        kind=LinkKind.COPY,
        likeness=0.9,
        why="91 %",
    )


def test_later_article_revises_earlier_ones(store: Store, make) -> None:
    with store.write(make.now) as tx:
        one, two = make.save(tx, make.sources(tx, "a")["a"], "1", "2")
        turned = OriginPlace(
            article_id=one,
            origin_id=1,
            role=Role.CARRIES,
            taken_from=two,
            likeness=0.8,
            why="later",
        )
        link = Link(article_id=one, other_id=two, kind=LinkKind.COPY, likeness=0.8, why="later")
        revised = replace(turned, links=(link,))
        save_origin_places(tx, [first(one, 1), first(two, 1, revised=(revised,))])
        (early, late) = leads_between(tx, 0, two, 9)
    assert early.origin == revised
    assert late.origin == first(two, 1)


def test_link_of_the_same_kind_takes_the_place_of_the_earlier(store: Store, make) -> None:
    with store.write(make.now) as tx:
        one, two = make.save(tx, make.sources(tx, "a")["a"], "1", "2")
        link = Link(article_id=two, other_id=one, kind=LinkKind.PARTIAL, likeness=0.3, why="")
        better = replace(link, likeness=0.4, why="two passages")
        other = replace(link, kind=LinkKind.QUOTES, likeness=0.1)
        oneself = replace(link, other_id=two)
        save_links(tx, [link, other, oneself])
        save_links(tx, [better])
        save_links(tx, [])
        assert [found for found, _ in list_links(tx, one)] == [better, other]


def test_links_are_found_by_indexes(sqlite_store: Store, plan) -> None:
    with sqlite_store.read() as tx:
        own, back = plan(tx, query_links(1)), plan(tx, query_links_back(1))
    assert "PRIMARY KEY (article_id=?)" in own
    assert "ix_origin_links_other (other_id=?)" in back
