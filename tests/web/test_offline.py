"""What lets a browser keep pages: the worker, the manifest and its icons, the setting."""

import io
import json
import re

from lxml import html
from PIL import Image
from tests.web.conftest import SITE, Reader

from dateline.web import WebOptions, make_app


def read_site(worker: str) -> dict[str, object]:
    first = worker.partition("\n")[0]
    found: dict[str, object] = json.loads(first.removeprefix("const SITE = ").removesuffix(";"))
    return found


def test_the_worker_names_what_every_page_needs_and_its_version(reader) -> None:
    answer = reader.get("/sw.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-cache"
    site = read_site(answer.text)
    shell = site["shell"]
    assert shell[0] == "/offline"
    assert [re.sub(r"\?v=[0-9a-f]{12}$", "", path) for path in shell[1:]] == [
        "/static/style.css",
        "/static/seen.js",
        "/static/fresh.js",
        "/static/suggest.js",
        "/static/keep.js",
    ]
    assert all(reader.get(path).status == 200 for path in shell)
    assert site["version"]


def test_the_manifest_says_what_the_site_is_and_its_icons_are_there(reader) -> None:
    answer = reader.get("/manifest.webmanifest")
    assert answer.headers["content-type"] == "application/manifest+json"
    manifest = json.loads(answer.text)
    assert (manifest["name"], manifest["start_url"], manifest["lang"]) == ("The Site", "/", "en")
    for icon in manifest["icons"]:
        picture = reader.get(icon["src"])
        assert (picture.status, picture.headers["content-type"]) == (200, icon["type"])
        if icon["sizes"] != "any":
            size = Image.open(io.BytesIO(picture.body)).size
            assert icon["sizes"] == "{}x{}".format(*size)


def test_pages_name_manifest_and_worker_and_the_policy_allows_them(reader) -> None:
    answer = reader.get("/about")
    assert '<link rel="manifest" href="/manifest.webmanifest">' in answer.text
    assert 'data-worker="/sw.js"' in answer.text
    assert "manifest-src 'self'" in answer.headers["content-security-policy"]


def test_readers_are_told_what_is_kept_and_where_it_can_be_forgotten(reader, sqlite_site) -> None:
    told = "kept in your browser"
    for path in ("/", "/about", "/latest", "/nothing"):
        page = html.fromstring(reader.get(path).text)
        assert page.xpath("//footer//a[@href='/offline']/text()") == ["Kept on this device"], path
    privacy = html.fromstring(reader.get("/about").text).xpath("//h2[.='Your privacy']")[0]
    following = [each.text_content() for each in privacy.xpath("following-sibling::*")[:2]]
    assert told in following[1] and "Kept on this device" in following[1]
    keeps_none = Reader(make_app(sqlite_site, SITE, options=WebOptions(offline_pages=False)))
    for path in ("/", "/about"):
        page_text = keeps_none.get(path).text
        assert "/offline" not in page_text and told not in page_text


def test_the_offline_page_is_not_for_search_engines(reader) -> None:
    answer = reader.get("/offline")
    assert answer.status == 200
    assert 'name="robots" content="noindex"' in answer.text


def test_a_site_may_keep_nothing(sqlite_site, clock) -> None:
    options = WebOptions(now=clock, generation_seconds=0.0, offline_pages=False)
    reader = Reader(make_app(sqlite_site, SITE, options=options))
    assert "unregister" in reader.get("/sw.js").text
    assert "keep.js" not in reader.get("/").text
    assert reader.get("/offline").status == 404
