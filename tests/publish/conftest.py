"""Cards, stories, readings with sensible values for what a test does not care about."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.model import (
    ArticleId,
    Card,
    Dated,
    Reading,
    Rights,
    SafeHtml,
    Source,
    StoryCard,
    StoryId,
)

NOW = datetime(2026, 5, 14, 12, 0, tzinfo=UTC)


class Maker:
    """Makes values with as few words as a test needs."""

    now = NOW

    def card(self, number: int = 1, **given: object) -> Card:
        values: dict[str, object] = {
            "article_id": ArticleId(number),
            "url": f"https://post.example/{number}",
            "headline": f"Headline {number}",
            "kicker": "",
            "lede": "one two three four five six",
            "language": "en",
            "section": "World",
            "source_key": "post",
            "source_name": "The Post",
            "rights": Rights.FULL,
            "at": NOW - timedelta(minutes=number),
            "first_seen": NOW,
        }
        return Card(**(values | given))  # type: ignore[arg-type]

    def story(
        self, number: int = 1, *, outlet: str = "", age: float = 0.0, **given: object
    ) -> StoryCard:
        """`age` in hours, of its newest and of its only report."""
        at = NOW - timedelta(hours=age)
        lead = self.card(number, source_key=outlet or f"outlet-{number}", at=at)
        values: dict[str, object] = {
            "story_id": StoryId(number),
            "slug": f"story-{number}",
            "headline": lead.headline,
            "lead": lead,
            "members": (lead,),
            "articles": 1,
            "outlets": 1,
            "origins": 1,
            "languages": ("en",),
            "first_at": at,
            "last_at": at,
        }
        return StoryCard(**(values | given))  # type: ignore[arg-type]

    def source(self, rights: Rights = Rights.FULL, **given: object) -> Source:
        values: dict[str, object] = {
            "key": "post",
            "name": "The Post",
            "home": "https://post.example/",
            "rights": rights,
        }
        return Source(**(values | given))  # type: ignore[arg-type]

    def reading(self, **given: object) -> Reading:
        values: dict[str, object] = {
            "url": "https://post.example/1",
            "canonical": "https://post.example/1",
            "headline": "Headline 1",
            "language": "en",
            "published": Dated(at=NOW, evidence="test"),
            "lede": "secret lede",
            "text": "one two three\n\nfour five six",
            "html": SafeHtml("<p>one two three</p><p>four five six</p>"),
        }
        return Reading(**(values | given))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def make() -> Maker:
    return Maker()
