import gzip
import logging

import brotli
import pytest

from dateline.store.editions import bump_generation
from dateline.web import WebOptions, make_app

ARTICLE = "/article/1-ferry-all-ashore-finally"
PUBLIC = ("/", ARTICLE, "/feeds/front.rss", "/static/style.css", "/opml.xml", "/robots.txt")
ALL = (*PUBLIC, "/nothing", "/confirm/abc", "/healthz", "/article/1")


@pytest.mark.parametrize("path", ALL)
def test_security_headers_stand_on_every_answer_and_no_cookie(reader, path) -> None:
    headers = reader.get(path).headers
    policy = headers["content-security-policy"]
    for rule in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "referrer-policy" in headers
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert "set-cookie" not in headers


@pytest.mark.parametrize("path", PUBLIC)
def test_an_unchanged_page_is_a_304(reader, path) -> None:
    first = reader.get(path)
    assert first.headers["etag"].startswith('"')
    again = reader.get(path, if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert reader.get(path, if_none_match='"other"').status == 200
    assert reader.get(path, if_none_match=f'W/{first.headers["etag"]}, "x"').status == 304


def test_each_encoding_has_its_own_tag(reader) -> None:
    plain, br = reader.get("/"), reader.get("/", accept_encoding="gzip;q=0.5, br")
    zipped = reader.get("/", accept_encoding="gzip, br;q=0")
    assert brotli.decompress(br.body) == gzip.decompress(zipped.body) == plain.body
    tags = {answer.headers["etag"] for answer in (plain, br, zipped)}
    assert len(tags) == 3
    assert br.headers["content-encoding"] == "br"
    assert all(answer.headers["vary"] == "accept-encoding" for answer in (plain, br, zipped))


@pytest.mark.parametrize("path", ["/", "/nothing", "/article/1", ARTICLE, "/feeds/front.json"])
def test_head_is_get_without_a_body(reader, path) -> None:
    got, head = reader.get(path), reader.get(path, method="HEAD")
    assert (head.status, head.body) == (got.status, b"")
    assert head.headers["content-length"] == str(len(got.body))


def test_a_new_generation_is_a_new_page(reader, sqlite_site, clock) -> None:
    from dateline.model import ArticleId
    from dateline.store.articles import mark_gone

    assert "Alle an Land" in reader.get("/section/world?sort=time").text
    with sqlite_site.write(clock.now) as tx:
        mark_gone(tx, ArticleId(2))
    with sqlite_site.write(clock.now) as tx:
        bump_generation(tx)
    assert "Withdrawn" in reader.get("/article/2-alle-an-land").text


def test_a_kept_page_is_not_made_again(sqlite_site, clock, monkeypatch) -> None:
    import dateline.web.lists as lists

    made = []
    real = lists.lay_out_front
    monkeypatch.setattr(lists, "lay_out_front", lambda *a, **k: made.append(1) or real(*a, **k))
    import asyncio

    app = make_app(sqlite_site, _site(), options=WebOptions(now=clock, generation_seconds=0.0))

    async def ask_often() -> set[bytes]:
        paths = [b"", b"utm_source=x", b"fbclid=1&utm_medium=y"]
        return {await _body(app, query) for query in paths * 3} | set(
            await asyncio.gather(*(_body(app, b"") for _ in range(5)))
        )

    assert len(asyncio.run(ask_often())) == 1
    assert len(made) == 1


def _site():
    from dateline.model import Site

    return Site(address="https://site.example")


async def _body(app, query: bytes) -> bytes:
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "root_path": "",
        "query_string": query,
        "headers": [],
    }
    parts = []

    async def receive():
        return {"type": "http.request", "body": b""}

    async def send(message):
        parts.append(message.get("body", b""))

    await app(scope, receive, send)
    return b"".join(parts)


def test_the_cache_stays_within_its_bytes(sqlite_site, clock) -> None:
    import asyncio

    options = WebOptions(now=clock, generation_seconds=0.0, cache_bytes=300_000)
    app = make_app(sqlite_site, _site(), options=options)

    async def flood() -> None:
        for number in range(60):
            await _search(app, number)

    asyncio.run(flood())
    assert 0 < app.app.bytes <= 300_000


async def _search(app, number: int) -> None:
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/search",
        "root_path": "",
        "query_string": f"q=ferry{number}".encode(),
        "headers": [(b"accept-encoding", b"br")],
    }

    async def receive():
        return {"type": "http.request", "body": b""}

    async def send(message):
        pass

    await app(scope, receive, send)


def test_private_pages_are_kept_nowhere(reader) -> None:
    for path in ("/confirm/abc", "/leave/abc"):
        headers = reader.get(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-robots-tag"] == "noindex"


def test_the_host_header_is_never_believed(reader) -> None:
    for path in (
        "/",
        ARTICLE,
        "/feeds/front.rss",
        "/feeds/search.json?q=a",
        "/nothing",
        "/latest/",
    ):
        answer = reader.get(path, host="evil.example/x?y=")
        assert b"evil" not in answer.body
        assert "evil" not in str(answer.headers)
    assert 'href="https://site.example/"' in reader.get("/").text


def test_a_picture_is_ours_and_for_ever(reader) -> None:
    answer = reader.get(f"/picture/{'ab' * 16}.webp")
    assert (answer.status, answer.body) == (200, b"RIFFwebp")
    assert answer.headers["content-type"] == "image/webp"
    assert "immutable" in answer.headers["cache-control"]


def test_a_body_that_is_too_long_is_refused(reader) -> None:
    assert reader.post("/subscribe", {"email": "a" * 9000}).status == 413
    long = reader.get("/" + "a" * 16_000)
    assert long.status == 414 and "content-security-policy" in long.headers
    assert reader.post("/seen", {"x": "y"}, content_length="999999999999999999999").status == 413


def test_other_methods_are_refused(reader) -> None:
    for method in ("PUT", "DELETE", "TRACE"):
        assert reader.get("/", method=method).status == 405


def test_our_own_mistakes_show_no_trace(sqlite_site, open_site, monkeypatch) -> None:
    import dateline.web.lists as lists

    def fail(*_given: object, **_named: object) -> None:
        raise RuntimeError("password in a trace")

    monkeypatch.setattr(lists, "lay_out_front", fail)
    reader = open_site(sqlite_site)
    sent: list[int] = []
    real = reader.app

    async def keep(scope, receive, send) -> None:
        async def tell(message) -> None:
            sent.append(message)
            await send(message)

        await real(scope, receive, tell)

    reader.app = keep
    with pytest.raises(RuntimeError):
        reader.get("/")
    body = b"".join(message.get("body", b"") for message in sent).decode()
    assert sent[0]["status"] == 500
    assert "Something went wrong" in body
    assert "password" not in body


def test_health_says_whether_the_store_can_be_read(
    reader, sqlite_site, monkeypatch, caplog
) -> None:
    assert reader.get("/healthz").text.startswith("ok ")
    import dateline.web.small as small

    def fail(_tx: object) -> int:
        raise RuntimeError("gone")

    monkeypatch.setattr(small, "read_generation", fail)
    with caplog.at_level(logging.CRITICAL):
        assert reader.get("/healthz").status == 503


def test_robots_names_the_sitemap(reader) -> None:
    assert "Sitemap: https://site.example/sitemap-news.xml" in reader.get("/robots.txt").text
