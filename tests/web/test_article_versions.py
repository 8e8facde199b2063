"""The mark of a changed article, the page of its versions, and what rights allow of them."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import html
from tests.web.conftest import NOW

from dateline.model import Rights
from dateline.store.articles import NewVersion, load_article, mark_gone, save_version
from dateline.store.editions import bump_generation
from dateline.store.sources import list_sources, save_sources

ARTICLE = "/article/1-ferry-all-ashore-finally"
VERSIONS = f"{ARTICLE}/versions"
FIRST = (
    "The ferry took 31 people off the rock. “The sea was very calm,” said the mate.\n\n"
    "Far below the excerpt stand 58 hidden words. Nobody was hurt."
)
SECOND = FIRST.replace("31", "34").replace("58", "52").replace("very calm", "not calm at all")


def say(page: str) -> str:
    return re.sub(r"\s+", " ", html.fromstring(page).text_content())


def edit(store, text: str, *, minutes: int, headline: str = "Ferry: all ashore, finally") -> None:
    at = NOW + timedelta(minutes=minutes)
    with store.write(at) as tx:
        article = load_article(tx, 1)
        reading = replace(article.version.reading, text=text, headline=headline)
        new = NewVersion(seen_at=at, reading=reading, fingerprint=f"edit {minutes}")
        save_version(tx, 1, new)
        bump_generation(tx)


def allow(store, rights: Rights, words: int = 8) -> None:
    with store.write(NOW) as tx:
        sources = list_sources(tx)
        save_sources(tx, [replace(s, rights=rights, excerpt_words=words) for s in sources])
        bump_generation(tx)


@pytest.fixture
def edited(sqlite_site):
    """The site with two further edits of its first article, the last of them silent."""
    edit(sqlite_site, FIRST, minutes=10)
    edit(sqlite_site, SECOND, minutes=20)
    return sqlite_site


def test_the_article_says_what_turned_since_it_was_first_seen(reader) -> None:
    page = reader.get(ARTICLE).text
    assert f'<a class="mark" href="{VERSIONS}">Changed after publication</a>' in page
    assert "Changed after publication 14 May 2026, 12:00" in say(page)
    assert "Different from what was first seen: the headline." in say(page)


def test_an_article_of_one_version_has_no_such_mark(reader) -> None:
    assert 'class="changed"' not in reader.get("/article/2-alle-an-land").text
    answer = reader.get("/article/2-alle-an-land/versions")
    assert answer.status == 200
    assert "one version only" in say(answer.text)


def test_versions_stand_newest_first_with_their_times(edited, open_site) -> None:
    page = html.fromstring(open_site(edited).get(VERSIONS).text)
    heads = [" ".join(head.text_content().split()) for head in page.xpath("//main//h2")]
    assert heads == ["Version 4", "Version 3", "Version 2", "As first seen"]
    times = page.xpath("//ol[@class='versions']//time/@datetime")
    assert times == [
        "2026-05-14T12:20:00Z",
        "2026-05-14T12:10:00Z",
        "2026-05-14T12:00:00Z",
        "2026-05-14T11:50:00Z",
    ]


def test_figures_and_quotations_that_turned_in_silence_are_named(edited, open_site) -> None:
    page = html.fromstring(open_site(edited).get(VERSIONS).text)
    newest = page.xpath("//li[@id='v4']")[0]
    assert newest.xpath(".//dl//del/text()") == ["31", "58", "The sea was very calm,"]
    assert newest.xpath(".//dl//ins/text()") == ["34", "52", "The sea was not calm at all,"]
    assert "No note in the text says so." in newest.text_content()
    changed = newest.xpath(".//div[contains(@class, 'change')]//ins/text()")
    assert changed == ["34", "not", "at all", "52"]
    assert "1 sentence unchanged" in newest.text_content()


def test_a_note_is_quoted(edited, open_site) -> None:
    edit(edited, f"{FIRST}\n\nCorrection: They were 31.", minutes=30)
    page = html.fromstring(open_site(edited).get(VERSIONS).text)
    newest = page.xpath("//li[@id='v5']")[0]
    assert "Correction: They were 31." in newest.xpath(".//q/text()")
    assert "No note" not in newest.text_content()


def test_only_a_note_of_correction_is_told_as_a_correction(edited, open_site) -> None:
    assert "CorrectionComment" not in open_site(edited).get(ARTICLE).text
    noted = f"{FIRST}\n\nCorrection: They were 31."
    edit(edited, noted, minutes=30)
    edit(edited, f"{noted}\n\nUpdate: All are at home.", minutes=40)
    page = open_site(edited).get(ARTICLE).text
    assert page.count("CorrectionComment") == 1
    assert '"text": "Correction: They were 31."' in page
    assert '/versions#v5"' in page


def test_an_excerpt_bounds_what_is_shown_of_both_versions(edited, open_site) -> None:
    allow(edited, Rights.EXCERPT)
    text = say(open_site(edited).get(VERSIONS).text)
    assert "took 34 people" in text
    assert "took 31 people" in text
    for hidden in ("calm", "hidden words", "58", "52", "Nobody"):
        assert hidden not in text
    assert "2 changed sentences are not shown" in text
    assert "1 figure" in text
    assert "1 quotation" in text


def test_a_headline_source_shows_numbers_alone(edited, open_site) -> None:
    allow(edited, Rights.HEADLINE)
    edit(edited, SECOND, minutes=30, headline="Ferry: 31 ashore")
    page = open_site(edited).get("/article/1-ferry-31-ashore/versions")
    text = say(page.text)
    for hidden in ("took", "calm", "hidden", "58", "52", "Coastguard"):
        assert hidden not in text
    assert "3 sentences reworded" in text
    assert "2 figures" in text
    assert "Ferry: all ashore, finally" in text


def test_a_withdrawn_article_keeps_its_times_but_no_words(edited, open_site) -> None:
    at = NOW + timedelta(minutes=40)
    with edited.write(at) as tx:
        mark_gone(tx, 1)
        bump_generation(tx)
    reader = open_site(edited)
    tombstone = reader.get(ARTICLE)
    assert tombstone.status == 410
    assert f'href="{VERSIONS}"' in tombstone.text
    answer = reader.get(VERSIONS)
    assert answer.status == 410
    text = say(answer.text)
    assert "Withdrawn at its source 14 May 2026, 12:40" in text
    assert "Version 4" in text
    assert "2 figures" in text
    for hidden in ("took", "calm", "31", "34", "Coastguard", "all ashore Ferry"):
        assert hidden not in text


def test_the_page_of_versions_moves_with_the_headline(reader) -> None:
    answer = reader.get("/article/1-old-words/versions")
    assert answer.status == 301
    assert answer.headers["location"] == VERSIONS
    assert reader.get("/article/999/versions").status == 404
    assert reader.get("/article/no-number/versions").status == 404


def test_many_versions_are_listed_to_a_bound(edited, open_site) -> None:
    for number in range(30):
        edit(edited, f"{SECOND} Edit {number} came.", minutes=30 + number)
    text = say(open_site(edited).get(VERSIONS).text)
    assert "4 older versions are kept, but not listed here." in text
    assert "As first seen" not in text


def test_hostile_words_stay_words(edited, open_site) -> None:
    evil = '<script>alert(1)</script>" onload=x “<img src=x onerror=alert(1)> you”'
    edit(edited, f"{SECOND} {evil} 5.", minutes=30, headline=evil)
    edit(edited, f"{SECOND} {evil} 6 instead.", minutes=40, headline=f"{evil} x")
    reader = open_site(edited)
    page = reader.get(f"{reader.get('/article/1').headers['location']}/versions").text
    tree = html.fromstring(page)
    assert not tree.xpath("//main//script|//main//img|//*[@onload]|//*[@onerror]")
    assert "alert(1)" in tree.text_content()
