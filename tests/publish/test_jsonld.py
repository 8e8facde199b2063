import json

from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.model import Article, ArticleId, Dated, Picture, Precision, Rights, Site, Version
from dateline.publish.jsonld import Correction, Ties, describe_article, escape_json
from dateline.publish.shown import show_text

SITE = Site(name="The Site", address="https://site.example")
CARD = {
    "picture_hash": "abcdef01",
    "picture_width": 1200,
    "picture_height": 800,
    "picture": Picture(url="https://post.example/p.jpg", credit="Bo Lens"),
}


def make_article(make, rights=Rights.FULL, url="https://post.example/1", **given) -> Article:
    version = Version(number=1, seen_at=make.now, reading=make.reading(**given), fingerprint="")
    return Article(
        id=ArticleId(1),
        source=make.source(rights),
        url=url,
        first_seen=make.now,
        version=version,
    )


def describe(make, rights=Rights.FULL, ties: Ties | None = None, **given) -> dict:
    article = make_article(make, rights, **given)
    shown = show_text(article.version.reading, article.source)
    return describe_article(SITE, article, make.card(1, **CARD), shown, ties)


def test_the_record_names_the_source_as_publisher_and_the_original(make) -> None:
    record = describe(make, byline=("Ann", "Bo"), free=False)
    assert record["@type"] == "NewsArticle"
    assert record["publisher"]["name"] == "The Post"
    assert record["isBasedOn"] == "https://post.example/1"
    assert record["mainEntityOfPage"] == "https://site.example/article/1-headline-1"
    assert [author["name"] for author in record["author"]] == ["Ann", "Bo"]
    assert record["datePublished"] == "2026-05-14T12:00:00Z"
    assert record["isAccessibleForFree"] is False
    assert record["description"] == "one two three four five six"


def test_a_date_known_to_the_day_is_not_given_an_hour(make) -> None:
    dated = Dated(at=make.now, evidence="url", precision=Precision.DAY)
    assert describe(make, published=dated)["datePublished"] == "2026-05-14"


def test_headline_rights_let_no_text_into_the_record(make) -> None:
    record = describe(make, Rights.HEADLINE)
    assert "description" not in record
    assert "image" not in record


@given(st.text())
@examples(100)
def test_nothing_can_end_the_script_element(text: str) -> None:
    escaped = escape_json({"headline": text + "</script><!--"})
    assert "<" not in escaped
    assert json.loads(escaped)["headline"] == text + "</script><!--"


def test_the_parent_and_what_passages_come_from_are_named(make) -> None:
    ties = Ties(parent=make.card(7), cited=[make.card(8)], story=make.story(3))
    record = describe(make, ties=ties)
    original, parent = record["isBasedOn"]
    assert original == "https://post.example/1"
    assert parent["url"] == "https://site.example/article/7-headline-7"
    assert parent["publisher"]["name"] == "The Post"
    assert [each["url"] for each in record["citation"]] == [
        "https://site.example/article/8-headline-8"
    ]
    assert record["isPartOf"]["url"] == "https://site.example/story/3-story-3"


def test_a_correction_has_its_own_words_and_no_date_of_ours(make) -> None:
    ties = Ties(corrections=[Correction(number=3, note="Correction: it was Tuesday.")])
    assert describe(make, ties=ties)["correction"] == [
        {
            "@type": "CorrectionComment",
            "url": "https://site.example/article/1-headline-1/versions#v3",
            "text": "Correction: it was Tuesday.",
        }
    ]


def test_a_picture_has_its_size_and_credit(make) -> None:
    assert describe(make)["image"] == {
        "@type": "ImageObject",
        "url": "https://site.example/picture/abcdef01.webp",
        "width": 1200,
        "height": 800,
        "creditText": "Bo Lens",
    }


def test_an_original_that_is_no_web_address_is_not_named(make) -> None:
    article = make_article(make, url="javascript:alert(1)")
    shown = show_text(article.version.reading, article.source)
    assert "isBasedOn" not in describe_article(SITE, article, make.card(1), shown)
