"""Sitemaps keep the rules of their schemas, whatever is in them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.examples import examples
from tests.publish import sitemap_rules
from tests.publish.feed_cases import HOSTILE, SITE
from tests.publish.sitemap_rules import find_sitemap_faults

from dateline.publish.sitemap import (
    LONGEST,
    write_news_sitemap,
    write_sitemap,
    write_sitemap_index,
)


def read_places(body: bytes) -> list[str]:
    return [each.text or "" for each in etree.fromstring(body).iter("{*}loc")]


def test_the_news_sitemap_has_the_last_two_days(make) -> None:
    cards = [make.card(1), make.card(2, headline=HOSTILE), make.card(60 * 49)]
    body = write_news_sitemap(SITE, cards, make.now)
    assert find_sitemap_faults(body) == []
    assert len(read_places(body)) == 2
    assert read_places(body)[0] == "https://site.example/article/1-headline-1"


def test_what_has_no_words_no_language_or_no_date_is_no_news(make) -> None:
    cards = [
        make.card(1, headline="\ufffe"),
        make.card(2, language="und"),
        make.card(3, gone=True),
        make.card(4, language="?"),
        make.card(5, sighted=True),
    ]
    body = write_news_sitemap(SITE, cards, make.now)
    assert find_sitemap_faults(body) == []
    assert read_places(body) == ["https://site.example/"]


@pytest.mark.parametrize(
    ("tag", "named"),
    [
        *(("en-GB", "en"), ("pt_BR", "pt"), ("DE", "de"), ("zh", "zh-cn"), ("zh-Hans-SG", "zh-cn")),
        *(("zh-Hant", "zh-tw"), ("zh_TW", "zh-tw"), ("zh-HK", "zh-tw"), ("yue", "yue")),
    ],
)
def test_chinese_is_named_by_its_writing(make, tag, named) -> None:
    body = write_news_sitemap(SITE, [make.card(1, language=tag)], make.now)
    assert find_sitemap_faults(body) == []
    assert etree.fromstring(body).findtext(".//{*}language") == named


def test_no_more_than_a_thousand_are_news(make) -> None:
    cards = [make.card(1, article_id=number) for number in range(LONGEST + 5)]
    body = write_news_sitemap(SITE, cards, make.now)
    assert len(read_places(body)) == LONGEST
    assert find_sitemap_faults(body) == []


@given(st.text(max_size=300), st.datetimes(), st.text(max_size=8))
@examples(60)
def test_whatever_comes_keeps_the_rules(make, headline, at, language) -> None:
    card = make.card(1, headline=headline, language=language, at=at.replace(tzinfo=UTC))
    assert find_sitemap_faults(write_news_sitemap(SITE, [card], make.now)) == []
    lines = [(f"https://site.example/{number}", at.replace(tzinfo=UTC)) for number in (1, 2)]
    assert find_sitemap_faults(write_sitemap(lines)) == []


def test_an_index_names_sitemaps() -> None:
    body = write_sitemap_index(["https://site.example/sitemap/pages.xml"])
    assert find_sitemap_faults(body) == []


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("schema", b"<url>", b"<url><priority>5</priority>"),
        ("schema", b"<news:title>Headline 1<", b"<news:title> <"),
        ("schema", b"<news:language>en<", b"<news:language>en-GB<"),
        ("schema", b"2026-05-14T", b"14.5.2026 "),
        ("schema", b"urlset", b"set"),
        ("unique", b"/article/2-headline-2", b"/article/1-headline-1"),
        ("address", b"/article/1-headline-1", b"/article/[1]"),
        ("date", b"11:59:00Z", b"11:59:00"),
        ("characters", b"Headline 1", "Headline \x92".encode()),
    ],
)
def test_every_rule_bites(make, rule, old, new) -> None:
    body = write_news_sitemap(SITE, [make.card(1), make.card(2)], make.now)
    assert old in body
    found = find_sitemap_faults(body.replace(old, new))
    assert rule in {each.partition(":")[0] for each in found}


def test_a_sitemap_of_nothing_or_of_too_much_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_sitemap_faults(write_sitemap([]))
    monkeypatch.setattr(sitemap_rules, "MOST", 10)
    many = [(f"https://site.example/{number}", None) for number in range(11)]
    assert find_sitemap_faults(write_sitemap(many[:10])) == []
    assert "form" in {each.partition(":")[0] for each in find_sitemap_faults(write_sitemap(many))}


def test_a_moment_is_written_in_utc() -> None:
    at = datetime(826, 1, 1, tzinfo=UTC) + timedelta(hours=1)
    assert b"<lastmod>0826-01-01T01:00:00Z<" in write_sitemap([("https://site.example/", at)])
