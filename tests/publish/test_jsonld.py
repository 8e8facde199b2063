import json

from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.model import Article, ArticleId, Dated, Precision, Rights, Site, Version
from dateline.publish.jsonld import describe_article, escape_json
from dateline.publish.shown import show_text

SITE = Site(name="The Site", address="https://site.example")


def describe(make, rights=Rights.FULL, **given) -> dict:
    source = make.source(rights)
    version = Version(number=1, seen_at=make.now, reading=make.reading(**given), fingerprint="")
    article = Article(
        id=ArticleId(1),
        source=source,
        url="https://post.example/1",
        first_seen=make.now,
        version=version,
    )
    shown = show_text(version.reading, source)
    return describe_article(SITE, article, make.card(1), shown)


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
