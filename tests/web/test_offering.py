"""What an article's page offers beside it: the reasons are seen, dates and languages are marked."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from lxml import html

from dateline.model import (
    Claims,
    Dated,
    Entity,
    EntityKind,
    OriginPlace,
    Reading,
    Related,
    Role,
    Source,
    StoryPlace,
)
from dateline.store import NewArticle, Store
from dateline.store.articles import save_articles
from dateline.store.cards import load_cards
from dateline.store.claims import ReadVersion, save_claims
from dateline.store.origins import save_origin_places
from dateline.store.sources import save_sources
from dateline.store.stories import save_story_places
from dateline.web import related_words as words
from dateline.web.offering import find_names

NOW = datetime(2026, 5, 14, 12, 0, tzinfo=UTC)
# Headline, language, hours before the page, story, origin, score, names Kherson.
TOLD = (
    ("Trains run to Kherson again", "en", 0, 1, 1, 0.0, 3),
    ("Trains run, says the wire", "en", 1, 1, 1, 0.9, 3),
    ("Die Bahn kehrt zurück", "de", 2, 1, 2, 0.5, 0),
    ("The line was cut in March", "en", 24 * 20, 1, 3, 0.2, 0),
    ("Winter supplies reach Kherson", "en", 5, 2, 4, 0.13, 3),
    ("Потяги повернулися", "uk", 6, 3, 5, 0.6, 0),
    ("Old tariffs on rail freight", "en", 24 * 30, 4, 6, 0.1, 0),
    ("Football tonight", "en", 3, 5, 7, 0.0, 0),
)
KHERSON = Entity(
    kind=EntityKind.PLACE, name="Kherson <b>", key="kherson", mentions=((0, 2), (3, 4), (5, 6))
)


@pytest.fixture
def also(sqlite_store: Store, open_site: Callable) -> Iterator[html.HtmlElement]:
    """The section of the first article's page."""
    with sqlite_store.write(NOW) as tx:
        wanted = [
            Source(key=f"s{n}", name=f"Outlet {n}", home=f"https://s{n}.example/")
            for n in range(len(TOLD))
        ]
        ids = list(save_sources(tx, wanted).values())
        saved = save_articles(tx, [_article(ids[n], n) for n in range(len(TOLD))])
        roles = [
            OriginPlace(article_id=one, origin_id=told[4], role=Role.FIRST)
            for one, told in zip(saved, TOLD, strict=True)
        ]
        save_origin_places(tx, roles)
        places = [
            StoryPlace(article_id=one, story_id=told[3])
            for one, told in zip(saved, TOLD, strict=True)
        ]
        near = [
            Related(article_id=one, score=told[5])
            for one, told in zip(saved[1:], TOLD[1:], strict=True)
            if told[5]
        ]
        places[0] = StoryPlace(article_id=saved[0], story_id=1, related=tuple(near))
        save_story_places(tx, places)
        for one, told in zip(saved, TOLD, strict=True):
            claims = Claims(entities=(KHERSON,) if told[6] else ())
            save_claims(tx, [ReadVersion(article_id=one, version=1, claims=claims)])
    reader = open_site(sqlite_store)
    path = reader.get("/article/1").headers["location"]
    (found,) = html.fromstring(reader.get(path).text).xpath("//section[@class='also']")
    yield found


def test_each_is_offered_with_its_reason(also) -> None:
    told = [
        (re.sub(r"\s+", " ", one.text_content()).strip(), _say(one))
        for one in also.xpath(".//h3[@class='headline']")
    ]
    assert told == [
        ("Winter supplies reach Kherson", words.ALSO_ABOUT.format("Kherson <b>")),
        ("The line was cut in March", words.BACKGROUND),
        ("Потяги повернулися", words.ON_SUBJECT),
        ("Die Bahn kehrt zurück", words.SAME_STORY),
    ]


def test_background_has_its_date_and_another_language_its_name(also) -> None:
    text = re.sub(r"\s+", " ", also.text_content())
    assert "24 April 2026" in text
    assert also.xpath(".//span[@lang='de']/text()") == ["Deutsch"]
    assert also.xpath(".//span[@lang='uk']/text()") == ["Українська"]
    assert also.xpath(".//span[@lang='en']") == []


def _say(headline: html.HtmlElement) -> str:
    (why,) = headline.xpath("ancestor::div[p[@class='small']][1]/p[@class='small']")
    return why.text_content()


def _article(source_id: int, number: int) -> NewArticle:
    headline, language, hours, *_ = TOLD[number]
    at = NOW - timedelta(hours=hours)
    reading = Reading(
        url=f"https://s{number}.example/{number}",
        canonical=f"https://s{number}.example/{number}",
        headline=headline,
        language=language,
        text=f"{headline}. More of it.",
        published=Dated(at=at, evidence="feed pubDate"),
    )
    return NewArticle(
        source_id=source_id,
        guid=str(number),
        url=reading.url,
        first_seen=NOW,
        reading=reading,
        fingerprint=str(number),
    )


def test_names_of_who_reports_lead_nowhere(sqlite_store: Store) -> None:
    def name(text: str) -> Entity:
        spans = ((0, 2), (3, 4))
        kind = EntityKind.ORGANISATION
        return Entity(kind=kind, name=text, key=text.lower(), mentions=spans)

    with sqlite_store.write(NOW) as tx:
        wanted = [
            Source(key=key, name=title, home=f"https://{key}.example/")
            for key, title in (("s0", "Bay Post"), ("sirel", "Sirel"))
        ]
        ids = list(save_sources(tx, wanted).values())
        for number in (0, 1):
            (one,) = save_articles(tx, [_article(ids[0], number)])
            entities = tuple(map(name, ("Sirel", "Bay Post", "Harbour Board")))
            claims = Claims(entities=entities)
            save_claims(tx, [ReadVersion(article_id=one, version=1, claims=claims)])
        (card,) = load_cards(tx, [one])
        assert [each.name for each in find_names(tx, card)] == ["Harbour Board"]
