"""Pictures in pages: the copies a browser may choose from, their size, which one is not lazy."""

import io
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import html
from PIL import Image
from tests.web.conftest import NOW

from dateline.extract.pictures import recode_picture
from dateline.model import ArticleId, StoredPicture
from dateline.store.articles import NewVersion, load_article, save_version
from dateline.store.editions import bump_generation
from dateline.store.pictures import claim_pictures, load_small_picture, save_picture, want_pictures
from dateline.store.tables import pictures

NOW_URL = "https://full.example/p.jpg"
ARTICLE, STORY = "/article/1-ferry-all-ashore-finally", "/story/1-ferry-all-ashore-finally"


@pytest.fixture
def copy() -> StoredPicture:
    out = io.BytesIO()
    Image.effect_noise((1500, 1000), 60).convert("RGB").save(out, "JPEG")
    found = recode_picture(out.getvalue())
    assert isinstance(found, StoredPicture)
    return found


@pytest.fixture
def pictured(sqlite_site, open_site, clock, copy):
    """A reader of the small site, the outlet's picture of which is a real one; one size is kept."""
    with sqlite_site.write(clock.now) as tx:
        tx.conn.execute(pictures.delete().where(pictures.c.url == NOW_URL))
        want_pictures(tx, [NOW_URL])
        claim_pictures(tx, "test", clock.now + timedelta(hours=1), 10)
        bare = StoredPicture(
            body=copy.body,
            content_type=copy.content_type,
            width=copy.width,
            height=copy.height,
            hash=copy.hash,
        )
        save_picture(tx, NOW_URL, "test", bare)
        bump_generation(tx)
    return open_site(sqlite_site)


def images(page: str) -> list[str]:
    return re.findall(r"<img[^>]*>", page)


def test_every_picture_has_its_size_and_its_copies(pictured, copy) -> None:
    for path in ("/", "/latest", "/article/1-ferry-all-ashore-finally"):
        found = [each for each in images(pictured.get(path).text) if copy.hash in each]
        assert found, path
        for each in found:
            assert ' width="1200" height="800"' in each
            assert f"/picture/{copy.hash}-320.webp 320w, /picture/{copy.hash}-640.webp 640w" in each
            assert f"/picture/{copy.hash}.webp 1200w" in each
            assert ' sizes="' in each and ' alt="' in each and ' decoding="async"' in each


@pytest.mark.parametrize("path", ["/", "/article/1-ferry-all-ashore-finally"])
def test_the_first_picture_alone_is_not_lazy(pictured, path) -> None:
    found = images(pictured.get(path).text)
    assert sum('fetchpriority="high"' in each for each in found) == 1
    assert all('loading="lazy"' in each for each in found if "fetchpriority" not in each)


def test_a_narrower_copy_is_made_when_first_asked_for_and_kept(pictured, copy, sqlite_site) -> None:
    answer = pictured.get(f"/picture/{copy.hash}-320.webp")
    assert answer.status == 200
    assert "immutable" in answer.headers["cache-control"]
    assert Image.open(io.BytesIO(answer.body)).size == (320, 213)
    with sqlite_site.read() as tx:
        assert load_small_picture(tx, copy.hash, 320) == answer.body


@pytest.mark.parametrize("width", ["1199", "321", "12000", "0320", "x"])
def test_a_width_that_is_none_of_ours_is_not_found(pictured, copy, width) -> None:
    assert pictured.get(f"/picture/{copy.hash}-{width}.webp").status == 404


def test_what_cannot_be_shrunk_is_served_as_it_is(reader, sqlite_site, clock) -> None:
    odd = StoredPicture(
        body=b"RIFFodd", content_type="image/webp", width=1200, height=800, hash="cd" * 16
    )
    with sqlite_site.write(clock.now) as tx:
        want_pictures(tx, ["https://odd.example/p.jpg"])
        claim_pictures(tx, "test", clock.now + timedelta(hours=1), 10)
        save_picture(tx, "https://odd.example/p.jpg", "test", odd)
    answer = reader.get(f"/picture/{'cd' * 16}-320.webp")
    assert answer.body == b"RIFFodd"
    assert "immutable" not in answer.headers["cache-control"]


def test_a_picture_is_read_once_whatever_changes(
    pictured, copy, sqlite_site, clock, monkeypatch
) -> None:
    first = pictured.get(f"/picture/{copy.hash}.webp")
    with sqlite_site.write(clock.now) as tx:
        bump_generation(tx)
    monkeypatch.setattr("dateline.web.small.load_picture", lambda *_: pytest.fail("read again"))
    again = pictured.get(f"/picture/{copy.hash}.webp")
    assert again.body == first.body
    mark = first.headers["etag"]
    assert pictured.get(f"/picture/{copy.hash}.webp", if_none_match=mark).status == 304
    head = pictured.get(f"/picture/{copy.hash}.webp", method="HEAD")
    assert (head.body, head.headers["content-length"]) == (b"", str(len(first.body)))


SHOWING = ("/", "/section/world", "/latest", "/search?q=coastguard", STORY, ARTICLE)


@pytest.mark.parametrize("path", SHOWING)
def test_a_picture_never_stands_without_its_credit(reader, path) -> None:
    page = html.fromstring(reader.get(path).text)
    pictured = page.xpath(
        "//main//img/ancestor::*[self::article[contains(@class, 'item')] or self::figure][1]"
    )
    assert pictured
    for each in pictured:
        told = [said.text_content() for said in each.xpath(".//*[@class='credit']")]
        assert told == ["Picture: Bo Lens"]


def test_where_no_picture_is_shown_no_credit_is(reader) -> None:
    for path in SHOWING:
        page = html.fromstring(reader.get(path).text)
        bare = page.xpath("//article[contains(@class, 'item')][not(.//img)]")
        assert not any(each.xpath(".//*[@class='credit']") for each in bare), path


def list_shots(page: str) -> list[html.HtmlElement]:
    return html.fromstring(page).xpath("//a[contains(@class, 'shot')]")


@pytest.mark.parametrize("path", ["/", "/section/world", "/story/1-ferry-all-ashore-finally"])
def test_what_the_large_pictures_show_is_told_to_those_who_do_not_see_them(reader, path) -> None:
    first = list_shots(reader.get(path).text)[0]
    assert first.get("aria-hidden") is None
    assert first.get("tabindex") == "-1"  # the headline beside it is the stop for the keyboard
    (image,) = first.xpath("./img")
    assert image.get("alt") == "A ferry"


@pytest.mark.parametrize("alt", ["", " \u2028 "])
def test_a_linked_picture_of_which_nothing_is_told_has_no_empty_link(
    sqlite_site, open_site, alt
) -> None:
    with sqlite_site.write(NOW) as tx:
        article = load_article(tx, ArticleId(1))
        (picture,) = article.version.reading.pictures
        reading = replace(article.version.reading, pictures=(replace(picture, alt=alt),))
        save_version(tx, 1, NewVersion(seen_at=NOW, reading=reading, fingerprint="no words"))
        bump_generation(tx)
    page = open_site(sqlite_site).get("/story/1-ferry-all-ashore-finally").text
    shots = list_shots(page)
    assert shots
    assert all(each.get("aria-hidden") == "true" for each in shots)
    assert all(each.xpath("string(./img/@alt)") == "" for each in shots)
