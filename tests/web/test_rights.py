"""No surface shows more of a text than its source allows."""

import pytest

SURFACES = (
    "/",
    "/latest",
    "/section/world",
    "/section/business",
    "/story/1-ferry-all-ashore-finally",
    "/popular",
    "/search?q=ferry",
    "/search?q=unspeakable",
    "/search?q=passengers&sort=match",
    "/sitemap-news.xml",
    *(f"/feeds/{name}.{form}" for form in ("rss", "atom", "json") for name in ("front", "latest")),
    *(f"/feeds/story/1.{form}" for form in ("rss", "atom", "json")),
    *(f"/feeds/search.{form}?q=unspeakable" for form in ("rss", "atom", "json")),
)


def open_only(rights_key: str, sqlite_site, open_site):
    """A site on which every source has the rights of one."""
    from dataclasses import replace
    from datetime import UTC, datetime

    from dateline.store.sources import list_sources, save_sources

    with sqlite_site.write(datetime(2026, 5, 14, 12, tzinfo=UTC)) as tx:
        sources = list_sources(tx)
        rights = next(source.rights for source in sources if source.key == rights_key)
        save_sources(tx, [replace(source, rights=rights) for source in sources])
    return open_site(sqlite_site)


@pytest.mark.parametrize("key", ["head", "part"])
def test_no_surface_shows_what_stands_after_the_excerpt(key, sqlite_site, open_site) -> None:
    reader = open_only(key, sqlite_site, open_site)
    articles = [reader.get(f"/article/{n}").headers["location"] for n in range(1, 7)]
    for path in (*SURFACES, *articles):
        body = reader.get(path).text.replace('value="unspeakable"', "").replace("q=unspeakable", "")
        body = body.replace("<title>unspeakable", "").replace('"unspeakable"', "")
        body = body.replace("Search: unspeakable", "")
        assert "unspeakable things" not in body, path
        assert key != "head" or "Coastguard" not in body, path
        assert key != "head" or "unspeakable lede" not in body, path
        assert key != "head" or "/picture/" not in body, path


def test_an_excerpt_is_the_first_words(reader) -> None:
    page = reader.get("/article/2-alle-an-land").text
    assert "<p>Coastguard crews brought passengers off the …</p>" in page
    assert 'content="Coastguard crews brought passengers off the …"' in page


def test_a_headline_source_is_shown_by_headline_and_link(reader) -> None:
    page = reader.get("/article/3-ferry-firm-falls").text
    assert "This source allows its headline" in page
    assert 'href="https://head.example/3"' in page
    assert "og:description" not in page
    assert 'og:image" content="https://site.example/picture/' not in page


def test_a_full_source_is_shown_in_full(reader) -> None:
    assert (
        "<p>Then unspeakable things.</p>" in reader.get("/article/1-ferry-all-ashore-finally").text
    )


def test_wherever_words_are_shown_their_source_is_named(reader) -> None:
    from lxml import html

    for path in (
        "/",
        "/latest",
        "/story/1-ferry-all-ashore-finally",
        "/search?q=ferry",
        "/popular",
    ):
        for item in html.fromstring(reader.get(path).text).xpath("//article"):
            assert "Source:" in item.text_content(), path
