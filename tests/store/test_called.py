"""Articles without a headline: called by their first words wherever headlines are read."""

from dataclasses import replace

from tests.store.test_articles import keys

from dateline.model import ArticleId, Rights, StoryPlace
from dateline.store import CardFilter, NewVersion, Store
from dateline.store.articles import find_known, load_article, mark_gone, save_version
from dateline.store.cards import list_cards, load_cards
from dateline.store.matching import SearchQuery, Term
from dateline.store.search import find_hits
from dateline.store.sources import list_sources, save_sources
from dateline.store.standing import load_marks
from dateline.store.stories import load_story, save_story_places
from dateline.store.story_heads import load_heads

POST = "The bridge at Orven is closed. More soon."
CALLED = "The bridge at Orven is closed."


def set_rights(tx, rights: Rights, words: int = 60) -> None:
    save_sources(tx, [replace(s, rights=rights, excerpt_words=words) for s in list_sources(tx)])


def save_post(tx, make, rights: Rights = Rights.FULL) -> ArticleId:
    ids = make.sources(tx, "a")
    set_rights(tx, rights)
    (post,) = make.save(tx, ids["a"], "post", headline="", text=POST)
    save_story_places(tx, [StoryPlace(article_id=post, story_id=1)])
    return post


def read_names(tx, post: ArticleId) -> set[str]:
    """Return what the post is called by each of those that read headlines."""
    (card,) = load_cards(tx, [post])
    story = load_story(tx, 1)
    assert story is not None
    return {card.headline, story.headline, load_heads(tx, [1])[1].headline}


def test_a_post_is_called_by_its_first_sentence(store: Store, make) -> None:
    with store.write(make.now) as tx:
        post = save_post(tx, make)
        assert read_names(tx, post) == {CALLED}
        assert load_heads(tx, [1])[1].slug == "the-bridge-at-orven-is-closed"
        article = load_article(tx, post)
        assert article is not None and article.version.reading.headline == ""


def test_what_it_is_called_is_no_headline_to_know_it_by(store: Store, make) -> None:
    with store.write(make.now) as tx:
        post = save_post(tx, make)
        assert load_marks(tx, [post])[post].headline == ""
        article = load_article(tx, post)
        assert article is not None
        mark = article.version.fingerprint
        (known,) = find_known(tx, article.source.id, keys(fingerprint=mark))
        assert known.headline == ""


def test_an_edit_calls_it_anew_and_a_headline_goes_first(store: Store, make) -> None:
    with store.write(make.now) as tx:
        post = save_post(tx, make)
        for number, (headline, text, called) in enumerate(
            [("", "It is open again.", "It is open again."), ("Open", "It is open.", "Open")]
        ):
            edit = make.reading("post", headline=headline, text=text)
            new = NewVersion(seen_at=make.later, reading=edit, fingerprint=str(number))
            save_version(tx, post, new)
            assert read_names(tx, post) == {called}


def test_rights_that_change_change_what_it_is_called(store: Store, make) -> None:
    with store.write(make.now) as tx:
        post = save_post(tx, make, Rights.HEADLINE)
        assert read_names(tx, post) == {""}
        set_rights(tx, Rights.EXCERPT, 4)
        assert read_names(tx, post) == {"The bridge at Orven …"}
        set_rights(tx, Rights.FULL)
        assert read_names(tx, post) == {CALLED}
        set_rights(tx, Rights.HEADLINE)
        assert read_names(tx, post) == {""}
        assert load_heads(tx, [1])[1].slug == ""


def test_a_headline_stays_whatever_the_rights(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        make.save(tx, ids["a"], "one")
        set_rights(tx, Rights.EXCERPT, 4)
        set_rights(tx, Rights.HEADLINE)
        assert [card.headline for card in list_cards(tx, CardFilter())] == ["Headline one"]


def test_a_withdrawn_post_is_called_nothing_until_it_is_back(store: Store, make) -> None:
    with store.write(make.now) as tx:
        post = save_post(tx, make)
        mark_gone(tx, post)
        assert read_names(tx, post) == {""}
        set_rights(tx, Rights.EXCERPT, 4)
        assert read_names(tx, post) == {""}
        set_rights(tx, Rights.FULL)
        edit = make.reading("post", headline="", text=POST)
        save_version(tx, post, NewVersion(seen_at=make.later, reading=edit, fingerprint="2"))
        assert read_names(tx, post) == {CALLED}


def test_it_is_found_by_these_words(store: Store, make) -> None:
    with store.write(make.now) as tx:
        post = save_post(tx, make)
    with store.read() as tx:
        hits = find_hits(tx, SearchQuery(terms=(Term("orven"),), limit=9)).hits
    assert [hit.article_id for hit in hits] == [post]
