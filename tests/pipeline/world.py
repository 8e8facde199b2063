"""A small world for the steps of grouping: a store with articles, a clock, an encoder of words."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt

from dateline.model import (
    ArticleId,
    Dated,
    OriginPlace,
    Reading,
    Role,
    Source,
    StoryId,
    StoryPlace,
)
from dateline.pipeline.edges import Edges
from dateline.store import NewArticle, Store
from dateline.store import articles as article_rows
from dateline.store import sources as source_rows
from dateline.store.editions import bump_generation
from dateline.store.origins import save_origin_places
from dateline.store.stories import save_story_places
from dateline.text import fingerprint

START = datetime(2026, 11, 2, 8, tzinfo=UTC)


@dataclass
class Words:
    """An encoder for tests: a text is the sum of its words, each a direction of its own."""

    name: str = "words/1"
    asked: list[str] = field(default_factory=list)

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.asked += texts
        found = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in zip(found, texts, strict=True):
            for word in text.split():
                row[zlib.crc32(word.encode()) % 64] += 1
            row /= max(float(np.linalg.norm(row)), 1e-9)
        return found


def make_edges(store: Store, *, encoder: Words | None = None, holder: str = "one") -> Edges:
    """Return edges without network or pool: grouping touches neither."""
    return Edges(
        store=store,
        web=None,  # type: ignore[arg-type]
        pool=None,  # type: ignore[arg-type]
        clock=lambda: START + timedelta(days=30),
        chance=lambda: 0.5,
        holder=holder,
        encoder=encoder,
    )


TOPICS = (
    "bridge piers cracks engineers harbour lorries repairs crowns closed traffic river",
    "budget parliament vote opposition minister taxes debate treasury pensions chamber",
    "comet horizon telescope sunrise orbit tail astronomers observers dust naked eye",
    "final striker goal penalty cup referee stadium supporters coach whistle extra",
    "quake mountains dawn houses shaking tremor fault seismologists rescue villages",
    "violin concert attic luthier strings orchestra restored melody audience gala",
)


def write_text(topic: int, number: int) -> str:
    """Return a report on a topic in words of its own, the same for the same numbers."""
    words = TOPICS[topic % len(TOPICS)].split()
    chance = np.random.default_rng(1000 * topic + number)
    own = [f"{words[i]}{'s' * int(chance.integers(2))}" for i in chance.permutation(len(words))]
    rest = [f"detail{chance.integers(10_000)}" for _ in range(25)]
    return " ".join([*words[: 4 + number % 5], *own, *rest])


def add_articles(store: Store, count: int, *, first: int = 0, language: str = "en") -> None:
    """Keep `count` articles of three sources, one an hour, on the topics in turn."""
    numbers = range(first, first + count)
    texts = {number: write_text(number % len(TOPICS), number) for number in numbers}
    _save(store, texts, first, language)


def add_copies(store: Store, *, of: int, count: int, first: int) -> None:
    """Keep `count` articles that carry the text of article `of`, one an hour."""
    text = write_text(of % len(TOPICS), of)
    _save(store, dict.fromkeys(range(first, first + count), text), first, "en")


def _save(store: Store, texts: dict[int, str], first: int, language: str) -> None:
    with store.write(START + timedelta(hours=first)) as tx:
        ids = [
            source_rows.ensure_source(
                tx, Source(key=f"s{n}", name=f"S{n}", home="", family=f"s{n}.example")
            )
            for n in range(3)
        ]
        rows = []
        for number, text in texts.items():
            at = START + timedelta(hours=number)
            url = f"https://s{number % 3}.example/{number}"
            reading = Reading(
                url=url,
                canonical=url,
                headline=f"{text[:40]} {number}",
                language=language,
                published=Dated(at=at, evidence="test"),
                text=text,
                lede=text[:60],
            )
            rows.append(
                NewArticle(
                    source_id=ids[number % 3],
                    guid=url,
                    url=url,
                    first_seen=at,
                    reading=reading,
                    fingerprint=fingerprint(text),
                    raw_hash="",
                )
            )
        article_rows.save_articles(tx, rows)


def article(number: int) -> ArticleId:
    """Return the id of the article that was kept as `number`, counted from 0."""
    return ArticleId(number + 1)


def add_story(store: Store, number: int, at: datetime, *, outlets: int = 1) -> None:
    """Keep a story of a section that so many outlets report, each of its own."""
    with store.write(at) as tx:
        posts = [
            Source(key=f"post-{n}", name=f"Post {n}", home=f"https://p{n}.example/")
            for n in range(number * 10, number * 10 + outlets)
        ]
        articles = [
            NewArticle(
                source_id=source_id,
                guid=f"{key} {number}",
                url=f"https://{key}.example/{number}",
                first_seen=at,
                reading=Reading(
                    url="u",
                    canonical=f"{key} {number}",
                    headline=f"What story {number} is about",
                    section="world",
                    published=Dated(at=at, evidence="test"),
                ),
                fingerprint=f"{key} {number}",
            )
            for key, source_id in source_rows.save_sources(tx, posts).items()
            if key in {post.key for post in posts}
        ]
        saved = article_rows.save_articles(tx, articles)
        save_origin_places(
            tx, [OriginPlace(article_id=a, origin_id=a, role=Role.FIRST) for a in saved]
        )
        places = [StoryPlace(article_id=a, story_id=StoryId(number)) for a in saved]
        save_story_places(tx, places)
        bump_generation(tx)
