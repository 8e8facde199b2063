"""The ladder of identity: feed id, address, text."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.extract.identity import NewArticle, NewVersion, Same, decide_identity
from dateline.model import ArticleId, ArticleKeys, KnownArticle, KnownBy
from dateline.text import fingerprint

NOON = datetime(2031, 5, 1, 12, tzinfo=UTC)
TEXT, OTHER = fingerprint("the dam holds"), fingerprint("the dam breaks")
KEYS = ArticleKeys(
    guid="g1", url="https://a.example/1", canonical="https://a.example/1", fingerprint=TEXT, at=NOON
)


def known(by: KnownBy, **changes: object) -> KnownArticle:
    values = {
        "article_id": ArticleId(7),
        "known_by": by,
        "fingerprint": TEXT,
        "headline": "Dam holds",
        "at": NOON,
        "url": "https://a.example/1",
    }
    return KnownArticle(**(values | changes))  # type: ignore[arg-type]


def test_nothing_known_is_a_new_article() -> None:
    assert decide_identity(KEYS, [], headline="Dam holds") == NewArticle()


@pytest.mark.parametrize("by", [KnownBy.GUID, KnownBy.URL])
def test_the_same_text_and_headline_is_the_same(by: KnownBy) -> None:
    assert decide_identity(KEYS, [known(by)], headline="Dam holds") == Same(ArticleId(7))


@pytest.mark.parametrize("by", [KnownBy.GUID, KnownBy.URL])
def test_a_changed_headline_or_text_is_a_version(by: KnownBy) -> None:
    assert decide_identity(KEYS, [known(by)], headline="Dam breaks") == NewVersion(ArticleId(7))
    edited = known(by, fingerprint=OTHER)
    assert decide_identity(KEYS, [edited], headline="Dam holds") == NewVersion(ArticleId(7))


def test_a_changed_guid_and_address_is_known_by_its_text() -> None:
    moved = known(KnownBy.TEXT, url="https://a.example/new")
    assert decide_identity(KEYS, [moved], headline="Dam holds") == Same(ArticleId(7))
    assert decide_identity(KEYS, [moved], headline="Else", words=200) == NewVersion(ArticleId(7))


def test_a_short_text_alone_is_not_enough() -> None:
    assert decide_identity(KEYS, [known(KnownBy.TEXT)], headline="Else", words=5) == NewArticle()


def test_a_text_that_comes_again_after_three_days_is_new() -> None:
    old = known(KnownBy.TEXT, at=NOON - timedelta(hours=73))
    assert decide_identity(KEYS, [old], headline="Dam holds", words=500) == NewArticle()


def test_empty_texts_are_not_alike() -> None:
    keys = ArticleKeys(guid="", url="u", canonical="u", fingerprint=fingerprint(""), at=NOON)
    empty = known(KnownBy.TEXT, fingerprint=fingerprint(""))
    assert decide_identity(keys, [empty], headline="Dam holds", words=500) == NewArticle()


def test_a_reused_guid_is_a_new_article() -> None:
    reused = known(
        KnownBy.GUID,
        url="https://a.example/0",
        headline="Mayor resigns after vote",
        fingerprint=OTHER,
        at=NOON - timedelta(days=2),
    )
    assert decide_identity(KEYS, [reused], headline="Dam holds") == NewArticle()


@pytest.mark.parametrize(
    "kept",
    [
        {"url": KEYS.url},
        {"headline": "Dam holds still"},
        {"fingerprint": TEXT},
        {"at": NOON},
        {"url": ""},
    ],
)
def test_an_edit_that_keeps_one_of_the_four_is_no_reuse(kept: dict[str, object]) -> None:
    strange = {
        "url": "https://a.example/0",
        "headline": "Mayor resigns after vote",
        "fingerprint": OTHER,
        "at": NOON - timedelta(days=2),
    }
    edited = known(KnownBy.GUID, **(strange | kept))
    assert decide_identity(KEYS, [edited], headline="Dam holds") == NewVersion(ArticleId(7))


def test_a_higher_rung_wins() -> None:
    both = [known(KnownBy.TEXT, article_id=ArticleId(1)), known(KnownBy.GUID)]
    assert decide_identity(KEYS, both, headline="Dam holds") == Same(ArticleId(7))


def test_below_a_reused_guid_the_address_still_counts() -> None:
    reused = known(
        KnownBy.GUID,
        article_id=ArticleId(1),
        url="https://a.example/0",
        headline="Mayor resigns after vote",
        fingerprint=OTHER,
        at=NOON - timedelta(days=2),
    )
    found = decide_identity(KEYS, [reused, known(KnownBy.URL)], headline="Dam holds")
    assert found == Same(ArticleId(7))
