"""A small site in a store, and a reader without sockets: it calls the application as servers do.

The site has three sources, one for each class of rights; one story of three articles, two of which
carry one report; a withdrawn article, an edited one, an undated one, and one with hostile words.
"""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlencode

import pytest
from starlette.types import ASGIApp, Message

from dateline.model import (
    UNDATABLE,
    ArticleId,
    Credit,
    Dated,
    OriginId,
    OriginPlace,
    Picture,
    Reading,
    Related,
    Rights,
    Role,
    SafeHtml,
    Site,
    Source,
    StoredPicture,
    StoryId,
    StoryPlace,
)
from dateline.store import NewArticle, Store, open_store
from dateline.store.articles import NewVersion, mark_gone, save_articles, save_version
from dateline.store.editions import bump_generation
from dateline.store.origins import save_origin_places
from dateline.store.pictures import claim_pictures, save_picture, want_pictures
from dateline.store.sources import save_sources
from dateline.store.stories import save_story_places
from dateline.store.story_leads import set_story_lead
from dateline.web import WebOptions, make_app

NOW = datetime(2026, 5, 14, 12, 0, tzinfo=UTC)
SITE = Site(
    name="The Site", tagline="All of it", address="https://site.example", contact="a@b.example"
)
HASH = "ab" * 16
EVIL = """</title></script><script>alert(1)</script>"><img src=x onerror=alert(1)> ' & \u202e"""
SECRET = "unspeakable"  # stands in every text, after the words that an excerpt shows

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Reader:
    """Asks one application, from one address."""

    app: ASGIApp
    address: str = "203.0.113.7"
    agent: str = BROWSER

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        return self.ask(method, path, b"", headers)

    def post(self, path: str, form: dict[str, str] | None = None, **headers: str) -> Answer:
        return self.ask("POST", path, urlencode(form or {}).encode(), headers)

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        return asyncio.run(self._ask(method, path, body, headers))

    async def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        bare, _, query = path.partition("?")
        named = {"host": "evil.example", "user-agent": self.agent, **headers}
        if body:
            named["content-length"] = str(len(body))
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(bare),
            "raw_path": bare.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "client": (self.address, 5000),
            "server": ("127.0.0.1", 8000),
            "headers": [
                (name.replace("_", "-").lower().encode(), value.encode("latin-1"))
                for name, value in named.items()
            ],
        }
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        head = {name.decode(): value.decode("latin-1") for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], head, b"".join(m.get("body", b"") for m in sent[1:]))


def fill(store: Store, picture: bytes = b"RIFFwebp", size: tuple[int, int] = (3, 2)) -> None:
    """Put the small site into an empty store; `picture` is our copy of each of its pictures."""
    width, height = size
    with store.write(NOW) as tx:
        ids = save_sources(
            tx,
            [
                _source("full", Rights.FULL),
                _source("part", Rights.EXCERPT),
                _source("head", Rights.HEADLINE),
            ],
        )
        articles = [_article(ids, number, *told) for number, told in enumerate(_TOLD, start=1)]
        saved = save_articles(tx, articles)
        assert saved == list(range(1, len(_TOLD) + 1))
        _place(tx, saved)
        edited = replace(articles[0].reading, headline="Ferry: all ashore, finally")
        save_version(tx, saved[0], NewVersion(seen_at=NOW, reading=edited, fingerprint="other"))
        set_story_lead(tx, StoryId(1), saved[0])
        mark_gone(tx, saved[3])
        want_pictures(tx, [f"https://{key}.example/p.jpg" for key in ("full", "part", "head")])
        for url in claim_pictures(tx, "test", NOW + timedelta(hours=1), 10):
            name = HASH if "full" in url else HASH[:-4] + url[8:12]
            copy = StoredPicture(
                body=picture, content_type="image/webp", width=width, height=height, hash=name
            )
            save_picture(tx, url, "test", copy)
        bump_generation(tx)


def _source(key: str, rights: Rights) -> Source:
    return Source(
        key=key,
        name=f"{key.title()} Post",
        home=f"https://{key}.example/",
        feeds=(f"https://{key}.example/feed",),
        rights=rights,
        excerpt_words=6,
    )


_TOLD = (
    ("full", "Ferry: all ashore", "en", "World", 10),
    ("part", "Alle an Land", "de", "World", 20),
    ("head", "Ferry firm falls", "en", "Business", 30),
    ("full", "Taken back", "en", "World", 40),
    ("full", EVIL, "en", EVIL, 50),
    ("part", "لا تاريخ", "ar", "World", 60),
)
_ORIGINS = (1, 1, 2, 3, 4, 5)
_STORIES = (1, 1, 1, 2, 3, 4)


def _article(ids, number: int, key: str, headline: str, language: str, section: str, minutes: int):
    at = NOW - timedelta(minutes=minutes)
    evil = EVIL if headline == EVIL else ""
    text = f"Coastguard crews brought passengers off the ferry {evil}.\n\nThen {SECRET} things."
    reading = Reading(
        url=f"https://{key}.example/{number}",
        canonical=f"https://{key}.example/{number}",
        headline=headline,
        kicker="Ferry" if number == 1 else "",
        byline=(evil or "Ann Reporter",),
        language=language,
        published=UNDATABLE if number == 6 else Dated(at=at, evidence="json-ld datePublished"),
        source=key,
        section=section,
        lede=f"{SECRET} lede {evil}",
        text=text,
        html=SafeHtml("<p>Coastguard crews.</p><p>Then unspeakable things.</p>"),
        credits=(Credit(name="AFP", key="afp", how="byline"),) if number == 1 else (),
        pictures=(
            Picture(url=f"https://{key}.example/p.jpg", alt=evil or "A ferry", credit="Bo Lens"),
        ),
        taken_from="given",
    )
    url = "javascript:alert(1)" if evil else reading.url
    return NewArticle(
        source_id=ids[key],
        guid=str(number),
        url=url,
        first_seen=at,
        reading=reading,
        fingerprint=str(number),
    )


def _place(tx, saved: list[ArticleId]) -> None:
    first: dict[int, ArticleId] = {}
    origins = []
    for article_id, number in zip(saved, _ORIGINS, strict=True):
        opener = first.setdefault(number, article_id)
        role = Role.FIRST if opener == article_id else Role.CARRIES
        taken = None if opener == article_id else opener
        origins.append(
            OriginPlace(
                article_id=article_id,
                origin_id=OriginId(number),
                role=role,
                opened=taken is None,
                taken_from=taken,
            )
        )
    save_origin_places(tx, origins)
    seen: set[int] = set()
    stories = []
    for article_id, number in zip(saved, _STORIES, strict=True):
        near = (Related(article_id=ArticleId(1), score=0.5),) if article_id > 1 else ()
        stories.append(
            StoryPlace(
                article_id=article_id,
                story_id=StoryId(number),
                opened=number not in seen,
                related=near,
            )
        )
        seen.add(number)
    save_story_places(tx, stories)


@dataclass
class Clock:
    """A clock that a test can turn."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def open_site(clock: Clock) -> Callable[[Store], Reader]:
    """Give a reader of the site in a store; every request asks the store for its generation."""

    def make(store: Store) -> Reader:
        options = WebOptions(now=clock, generation_seconds=0.0)
        return Reader(make_app(store, SITE, options=options))

    return make


@pytest.fixture(scope="session")
def _site_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("site") / "site.db"
    with open_store(str(path), create=True) as store:
        fill(store)
    return path


@pytest.fixture
def sqlite_site(_site_file: Path, tmp_path: Path) -> Iterator[Store]:
    """The small site on SQLite."""
    path = tmp_path / "site.db"
    shutil.copy(_site_file, path)
    with open_store(str(path)) as store:
        yield store


@pytest.fixture
def reader(sqlite_site: Store, open_site: Callable[[Store], Reader]) -> Reader:
    """A reader of the small site."""
    return open_site(sqlite_site)


@pytest.fixture
def fill_store() -> Callable[[Store], None]:
    return fill
