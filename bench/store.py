"""What the store's hottest functions cost, on made-up articles.

Run: python bench/store.py [--articles N] [--address postgresql://…]. Prints one line a function:
processor time of this process (on PostgreSQL the server's own time is not in it), median and 95th
percentile. Articles have 400 words drawn by Zipf's law; nothing of it is tuned to real ones.
"""

import argparse
import itertools
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dateline.model import (
    ArticleId,
    ArticleKeys,
    Dated,
    Link,
    LinkKind,
    OriginId,
    OriginPlace,
    Picture,
    Reading,
    Related,
    Role,
    SafeHtml,
    Source,
    SourceId,
    StoryId,
    StoryPart,
    StoryPlace,
)
from dateline.store import (
    CardFilter,
    NewArticle,
    SearchQuery,
    Store,
    StoryFilter,
    Term,
    Tx,
    articles,
    cards,
    decisions,
    editions,
    leads,
    links,
    merging,
    open_store,
    origins,
    search_texts,
    sources,
    stories,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = 500
SOURCES = 200
PARTED = 0.05  # articles of which a part belongs to another story


class Maker:
    """Makes articles of random words."""

    def __init__(self) -> None:
        self.random = random.Random(1)
        letters = "abcdefghijklmnopqrstuvwxyz"
        self.words = [
            "".join(self.random.choices(letters, k=self.random.randint(3, 9)))
            for _ in range(30_000)
        ]
        weights = itertools.accumulate(1 / rank for rank in range(1, len(self.words) + 1))
        self.pool = self.random.choices(self.words, cum_weights=list(weights), k=1_000_000)

    def take(self, count: int) -> str:
        start = self.random.randrange(len(self.pool) - count)
        return " ".join(self.pool[start : start + count])

    def make(self, number: int, ids: list[SourceId]) -> NewArticle:
        paragraphs = [self.take(50) + "." for _ in range(8)]
        url = f"https://outlet-{number % SOURCES}.example/{number}"
        reading = Reading(
            url=url,
            canonical=url,
            headline=self.take(9),
            lede=paragraphs[0][:200],
            text="\n\n".join(paragraphs),
            html=SafeHtml("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)),
            language=self.random.choice(["en"] * 6 + ["de", "fr", "es", "ja"]),
            section=self.random.choice(["World", "Sport", "Business", "Culture", ""]),
            published=Dated(at=NOW + timedelta(minutes=number / 4), evidence="feed"),
            pictures=(Picture(url=f"https://pictures.example/{number}.jpg", alt="alt"),),
            made_by="bench/1",
        )
        return NewArticle(
            source_id=ids[number % SOURCES],
            guid=f"g{number}",
            url=url,
            first_seen=NOW,
            reading=reading,
            fingerprint=f"{number:032x}",
        )

    def place(self, tx: Tx, ids: list[ArticleId]) -> None:
        """Give each article an origin and a story, as news do: mostly new or near ones."""
        draw = self.random
        origin = [i if draw.random() < 0.8 else max(1, i - draw.randrange(20)) for i in ids]
        origins.save_origin_places(
            tx, [self._origin(i, o) for i, o in zip(ids, origin, strict=True)]
        )
        stories.save_story_places(tx, [self._story(i) for i in ids])

    def _origin(self, article: ArticleId, origin: int) -> OriginPlace:
        """A fifth are copies; each of these links to another one, as does a tenth of the rest."""
        role = Role.FIRST if origin == article else Role.CARRIES
        other = ArticleId(max(1, article - self.random.randrange(1, 20)))
        linked = role is Role.CARRIES or self.random.random() < 0.1
        kind = LinkKind.COPY if role is Role.CARRIES else LinkKind.PARTIAL
        link = Link(article_id=article, other_id=other, kind=kind, likeness=0.5, why="50 % of it")
        return OriginPlace(
            article_id=article,
            origin_id=OriginId(origin),
            role=role,
            links=(link,) if linked else (),
        )

    def _story(self, article: ArticleId) -> StoryPlace:
        draw = self.random
        story = max(1, int(article * 0.4) - int(draw.expovariate(1 / 30)))
        near = [article - step for step in draw.sample(range(1, 40), 4)] if article > 40 else []
        related = tuple(Related(article_id=ArticleId(other), score=0.5) for other in near)
        place = StoryPlace(article_id=article, story_id=StoryId(story), related=related)
        if draw.random() > PARTED:
            return place
        second = StoryId(max(1, story - draw.randrange(1, 5)))
        part = StoryPart(article_id=article, story_id=second, spans=((0, 300),), score=0.4)
        return replace(place, parts=(part,))


def fill(store: Store, maker: Maker, count: int) -> list[SourceId]:
    with store.write(NOW) as tx:
        wanted = [Source(key=f"s{n}", name=f"S{n}", home="") for n in range(SOURCES)]
        ids = list(sources.save_sources(tx, wanted).values())
    saving = placing = 0.0
    for start in range(0, count, BATCH):
        batch = [maker.make(number, ids) for number in range(start, min(count, start + BATCH))]
        began = time.process_time()
        with store.write(NOW) as tx:
            saved = articles.save_articles(tx, batch)
        between = time.process_time()
        with store.write(NOW) as tx:
            maker.place(tx, saved)
        saving += between - began
        placing += time.process_time() - between
    print(f"save_articles             {count / saving:8.0f} articles a core-second")
    print(f"origin and story places   {count / placing:8.0f} articles a core-second")
    return ids


def measure(store: Store, name: str, ask: Callable[[Tx], object]) -> None:
    times = []
    for _ in range(60):
        with store.read() as tx:
            began = time.process_time()
            ask(tx)
            times.append(time.process_time() - began)
    times.sort()
    print(f"{name:26}{times[30] * 1e3:8.2f} ms median {times[57] * 1e3:8.2f} ms 95 %")


def find_words(tx: Tx, *words: str) -> object:
    """The newest hits of words; `search.py` beside this has every kind of question."""
    return search_texts.search_cards(tx, SearchQuery(terms=tuple(map(Term, words))))


def measure_all(store: Store, maker: Maker, ids: list[SourceId], count: int) -> None:
    middle = (NOW + timedelta(minutes=count / 8), ArticleId(count // 2))
    keys = ArticleKeys(guid="g3", url="q", canonical="r", fingerprint="x", at=NOW)
    common, second, rare = maker.words[0], maker.words[300], maker.words[29_000]
    draw = maker.random
    asked: dict[str, Callable[[Tx], object]] = {
        "read_generation": editions.read_generation,
        "list_cards, 30": lambda tx: cards.list_cards(tx, CardFilter()),
        "list_cards, deep page": lambda tx: cards.list_cards(tx, CardFilter(before=middle)),
        "list_cards, section": lambda tx: cards.list_cards(tx, CardFilter(section="Sport")),
        "list_cards, source": lambda tx: cards.list_cards(tx, CardFilter(source_key="s7")),
        "list_stories, 30": lambda tx: stories.list_stories(tx, StoryFilter()),
        "list_stories, section": lambda tx: stories.list_stories(tx, StoryFilter(section="Sport")),
        "load_story": lambda tx: stories.load_story(tx, StoryId(int(count * 0.2))),
        "list_links": lambda tx: links.list_links(tx, ArticleId(draw.randrange(1, count))),
        "list_story_decisions": lambda tx: decisions.list_story_decisions(tx, StoryId(7)),
        "find_successor": lambda tx: merging.find_successor(tx, StoryId(7)),
        "list_related": lambda tx: stories.list_related(tx, ArticleId(count // 2), 8),
        "load_article": lambda tx: articles.load_article(tx, ArticleId(draw.randrange(1, count))),
        "find_known": lambda tx: articles.find_known(tx, ids[3], keys),
        "search, common word": lambda tx: find_words(tx, common),
        "search, two words": lambda tx: find_words(tx, common, second),
        "search, rare word": lambda tx: find_words(tx, rare),
    }
    for name, ask in asked.items():
        measure(store, name, ask)
    measure_streams(store, count)


def measure_streams(store: Store, count: int) -> None:
    """Print how fast all of it is read, and how long one merge of two stories takes."""
    streams: dict[str, Callable[[Tx], Iterable[object]]] = {
        "iterate_articles": articles.iterate_articles,
        "iterate_stories": stories.iterate_stories,
        "iterate_origins": origins.iterate_origins,
        "leads_between": lambda tx: itertools.chain.from_iterable(
            leads.leads_between(tx, ArticleId(after), ArticleId(after + 1000), 1000)
            for after in range(0, count, 1000)
        ),
    }
    for name, ask in streams.items():
        began = time.process_time()
        with store.read() as tx:
            for _ in ask(tx):
                pass
        print(f"{name:26}{count / (time.process_time() - began):8.0f} articles a core-second")
    with store.read() as tx:
        newest = [story.story_id for story in stories.list_stories(tx, StoryFilter(limit=100))]
    began = time.process_time()
    for gone, into in zip(newest[::2], newest[1::2], strict=True):
        with store.write(NOW) as tx:
            merging.merge_stories(tx, gone, into)
    print(f"merge_stories             {(time.process_time() - began) * 1e3 / 50:8.2f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--address", default="")
    options = parser.parse_args()
    maker = Maker()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        with open_store(options.address or str(path), create=True) as store:
            ids = fill(store, maker, options.articles)
            measure_all(store, maker, ids, options.articles)
        if path.exists():
            print(f"size on disk              {path.stat().st_size / options.articles:8.0f} B each")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory               {peak:8.0f} MB, the words among it")


if __name__ == "__main__":
    main()
