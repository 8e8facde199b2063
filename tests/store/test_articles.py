"""Articles: the ladder of identity, versions, leads, streams."""

from dataclasses import replace
from datetime import timedelta

from dateline.model import (
    ArticleKeys,
    Credit,
    Dated,
    KnownBy,
    OriginPlace,
    Picture,
    Role,
    SafeHtml,
    StoryPlace,
)
from dateline.store import NewVersion, Placed, Store, StoryFilter
from dateline.store.articles import (
    add_alias,
    count_articles,
    find_known,
    find_urls,
    iterate_articles,
    leads_between,
    leads_without_origin,
    leads_without_story,
    load_article,
    load_versions,
    mark_gone,
    save_articles,
    save_version,
)
from dateline.store.leads import query_without_origin, query_without_story
from dateline.store.origins import save_origin_places
from dateline.store.stories import list_stories, save_story_places
from dateline.store.story_heads import load_heads


def keys(**given) -> ArticleKeys:
    plain = {"guid": "", "url": "u", "canonical": "c", "fingerprint": "f", "at": None}
    return ArticleKeys(**(plain | given))


def test_article_comes_back_equal(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        new = make.article(
            ids["a"],
            "one",
            minutes=-3,
            html=SafeHtml("<p>x</p>"),
            credits=(Credit(name="AFP", key="afp", how="byline", span=(1, 4)),),
            pictures=(Picture(url="p" * 4000, alt="A dog", width=4),),
            modified=Dated(at=make.now, evidence="meta", offset_minutes=-210),
            text="Ünï 😀 текст 本文",
        )
        (article_id,) = save_articles(tx, [replace(new, raw_hash="abc")])
    with store.read() as tx:
        article = load_article(tx, article_id)
        assert article is not None
        assert load_article(tx, article_id + 1) is None
    assert article.version.reading == new.reading
    assert type(article.version.reading.html) is SafeHtml
    assert article.version.number == article.versions == 1
    assert article.version.raw_hash == "abc"
    assert (article.url, article.first_seen) == (new.url, make.now)
    assert article.source.key == "a"
    assert article.at == make.now - timedelta(minutes=3)
    assert (article.gone_at, article.origin_id, article.story_id) == (None, None, None)


def test_hostile_text_is_kept_with_its_length(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        (article_id,) = make.save(tx, ids["a"], "one", text="a\x00b\ud800c", headline="\x00'; --")
        article = load_article(tx, article_id)
    assert article is not None
    assert article.version.reading.text == "a\ufffdb\ufffdc"
    assert article.version.reading.headline == "\ufffd'; --"


def test_ids_come_in_the_order_given(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        first = make.save(tx, ids["a"], *(str(number) for number in range(20)))
        second = make.save(tx, ids["a"], "more")
        articles = list(iterate_articles(tx))
    assert first == sorted(first)
    assert second[0] > first[-1]
    assert [article.version.reading.headline for article in articles][:2] == [
        "Headline 0",
        "Headline 1",
    ]
    assert [article.id for article in articles] == first + second


def test_many_articles_are_streamed_in_parts(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        make.save(tx, ids["a"], *(str(number) for number in range(450)))
        assert count_articles(tx) == 450
        assert len({article.id for article in iterate_articles(tx)}) == 450


def test_ladder_finds_by_guid_then_address_then_text(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a", "b")
        by_guid, by_url, by_canonical, by_text = make.save(tx, ids["a"], "g", "u", "c", "t")
        make.save(tx, ids["b"], "g", "u", "c", "t")
        found = find_known(
            tx,
            ids["a"],
            keys(
                guid="guid g",
                url="https://example.org/u",
                canonical="https://example.org/c",
                fingerprint="print t",
            ),
        )
    assert [(known.article_id, known.known_by) for known in found] == [
        (by_guid, KnownBy.GUID),
        (by_canonical, KnownBy.URL),
        (by_url, KnownBy.URL),
        (by_text, KnownBy.TEXT),
    ]
    assert found[0].headline == "Headline g"
    assert found[0].fingerprint == "print g"
    assert found[0].url == "https://example.org/g"


def test_article_stands_once_under_its_strongest_key(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        make.save(tx, ids["a"], "one")
        url = "https://example.org/one"
        same = keys(guid="guid one", url=url, canonical=url, fingerprint="print one")
        found = find_known(tx, ids["a"], same)
        assert [known.known_by for known in found] == [KnownBy.GUID]
        assert find_known(tx, ids["a"], keys()) == []


def test_one_canonical_address_for_all_pages_is_bounded(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        make.save(tx, ids["a"], *map(str, range(50)), canonical="https://example.org/")
        found = find_known(tx, ids["a"], keys(canonical="https://example.org/"))
    assert len(found) == 20


def test_alias_is_known(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        (article_id,) = make.save(tx, ids["a"], "one")
        add_alias(tx, article_id, "other guid", "https://other.example/")
        add_alias(tx, article_id, "other guid", "")
        (by_guid,) = find_known(tx, ids["a"], keys(guid="other guid"))
        assert by_guid.article_id == article_id
        assert find_urls(tx, ["https://other.example/", "https://none.example/"]) == {
            "https://other.example/": article_id
        }


def test_version_replaces_what_is_shown_and_keeps_what_was(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        (article_id,) = make.save(tx, ids["a"], "one")
        save_origin_places(tx, [OriginPlace(article_id=article_id, origin_id=1, role=Role.FIRST)])
        save_story_places(tx, [StoryPlace(article_id=article_id, story_id=1)])
        mark_gone(tx, article_id)
        edit = make.reading("one", minutes=30, headline="Corrected", section="Sport")
        new = NewVersion(seen_at=make.later, reading=edit, fingerprint="new", raw_hash="r2")
        assert save_version(tx, article_id, new) == 2
        article = load_article(tx, article_id)
        versions = load_versions(tx, article_id)
        (story,) = list_stories(tx, StoryFilter(section="Sport"))
        assert list_stories(tx, StoryFilter(section="World")) == []
        (known,) = find_known(tx, ids["a"], keys(fingerprint="new"))
        heads = load_heads(tx, [1])
    assert article is not None
    assert article.version.reading.headline == "Corrected"
    assert (article.versions, article.origin_id, article.story_id) == (2, 1, 1)
    assert article.gone_at is None
    assert [version.number for version in versions] == [1, 2]
    assert versions[0].reading.headline == "Headline one"
    assert versions[1].seen_at == make.later
    assert story.last_at == article.at == make.now + timedelta(minutes=30)
    assert known.headline == "Corrected"
    assert (story.headline, story.slug) == ("Corrected", "corrected")
    assert heads[1].headline == "Corrected"


def test_withdrawn_article_stays_as_a_tombstone(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        (article_id,) = make.save(tx, ids["a"], "one")
        mark_gone(tx, article_id)
    with store.write(make.later) as tx:
        mark_gone(tx, article_id)
        article = load_article(tx, article_id)
    assert article is not None
    assert article.gone_at == make.now


def test_leads_wait_for_an_origin_and_then_for_a_story(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a", "agency")
        credit = Credit(name="Jiji", key="jiji", how="byline")
        (one,) = make.save(tx, ids["a"], "one", credits=(credit, credit))
        (two,) = make.save(tx, ids["agency"], "two")
        leads = leads_without_origin(tx, 10)
        assert [lead.article_id for lead in leads] == [one, two]
        assert [lead.credits for lead in leads] == [("jiji",), ()]
        assert [lead.agency for lead in leads] == ["", "agency"]
        assert leads[0].text == "The text of one."
        assert leads[0].at == make.now
        assert leads_without_story(tx, 10) == []
        save_origin_places(tx, [OriginPlace(article_id=one, origin_id=1, role=Role.FIRST)])
        assert [lead.article_id for lead in leads_without_origin(tx, 10)] == [two]
        ready = replace(leads[0], origin_id=1)
        assert leads_without_story(tx, 10) == [ready]
        save_story_places(tx, [StoryPlace(article_id=one, story_id=4)])
        assert leads_without_story(tx, 10) == []
        place = OriginPlace(article_id=one, origin_id=1, role=Role.FIRST)
        placed = [Placed(lead=ready, origin=place, story_id=4), Placed(lead=leads[1])]
        assert leads_between(tx, 0, two, 10) == placed
        assert leads_between(tx, one, two, 10) == placed[1:]
        assert leads_between(tx, 0, one, 10) == placed[:1]
        assert len(leads_between(tx, 0, two, 1)) == 1


def test_leads_are_found_without_reading_all_articles(sqlite_store: Store, plan) -> None:
    with sqlite_store.read() as tx:
        assert "ix_articles_no_origin" in plan(tx, query_without_origin().limit(9))
        assert "ix_articles_no_story" in plan(tx, query_without_story().limit(9))
