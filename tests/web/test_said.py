"""Who said what, on every page that tells it: in whose words, by whom, never more than allowed."""

import json
import re
from dataclasses import replace

import pytest
from lxml import html as page_reader
from tests.publish.feed_rules import find_atom_faults, find_rss_faults
from tests.web.conftest import EVIL, NOW, Reader

from dateline.model import (
    ArticleId,
    Claims,
    Entity,
    EntityKind,
    Figure,
    LedgerId,
    LedgerLinkKind,
    LedgerPlace,
    Likeness,
    NewEntry,
    NewLink,
    Placing,
    Rights,
    Statement,
    StatementKind,
)
from dateline.store import Store
from dateline.store.articles import load_article
from dateline.store.claims import ReadVersion, list_statements, save_claims
from dateline.store.editions import bump_generation
from dateline.store.ledger_places import save_placing
from dateline.store.people import count_names
from dateline.store.sources import list_sources, save_sources

STORY = "/story/1-ferry-all-ashore-finally"
FIRST = "/article/1-ferry-all-ashore-finally"


def say(text: str, words: str, speaker: str = "Ann Vale", **more: object) -> Statement:
    start = text.index(words)
    plain = Statement(
        spans=((start, start + len(words)),),
        content=words,
        kind=StatementKind.DIRECT,
        speaker=speaker,
        source_span=None,
        cue="said",
        cue_span=None,
        speaker_resolved=speaker,
        speaker_key=speaker.lower().replace(" ", "-"),
        speaker_kind=EntityKind.PERSON,
        role="harbour master",
        confidence=0.95,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def number(value: float, text: str, by: str) -> Figure:
    return Figure(
        span=(int(value), int(value) + 10),
        text=text,
        value=value,
        counts="passengers",
        by=by,
        by_key=by.lower(),
        behind=" were rescued",
    )


@pytest.fixture
def said_site(sqlite_site: Store) -> Store:
    """The small site, with statements and figures of its articles in the ledger."""
    fill_said(sqlite_site)
    return sqlite_site


def fill_said(store: Store) -> None:
    """Put statements and figures of its articles into a store that holds the small site."""
    with store.write(NOW) as tx:
        texts = {}
        for one in range(1, 7):
            article = load_article(tx, ArticleId(one))
            assert article is not None
            texts[one] = (article.version.number, article.version.reading.text)
        for one, (version, text) in texts.items():
            statements = [say(text, "passengers off the ferry")]
            if one in (1, 2, 3):
                statements.append(say(text, "unspeakable things", EVIL if one == 1 else "Bo Lind"))
            claims = Claims(
                statements=tuple(statements),
                figures=tuple(
                    number(
                        40.0 + one + more, f"{40 + one + more} passengers", f"Speaker{one + more}"
                    )
                    for more in (0, 6)
                ),
                entities=(
                    Entity(
                        kind=EntityKind.PERSON,
                        name="Ann Vale",
                        key="ann-vale",
                        mentions=((0, 4),),
                    ),
                ),
                level="full",
                made_by="claims/1",
            )
            save_claims(
                tx, [ReadVersion(article_id=ArticleId(one), version=version, claims=claims)]
            )
        save_placing(tx, _place(tx), made_by="ledger/1")
        bump_generation(tx)


def _place(tx) -> Placing:
    places = []
    for one in (1, 2, 3, 6):
        for saved in list_statements(tx, ArticleId(one)):
            entry = LedgerId(1 + saved.number)
            how = Likeness.OPENED if one == 1 else Likeness.SAME
            place = LedgerPlace(statement_id=saved.id, ledger_id=entry, how=how, score=1.0)
            places.append(place)
    return Placing(
        opened=(
            NewEntry(id=LedgerId(1), speaker_key="ann-vale"),
            NewEntry(id=LedgerId(2), speaker_key="bo-lind"),
        ),
        places=tuple(places),
        links=(
            NewLink(
                entry_id=LedgerId(2), other_id=LedgerId(1), kind=LedgerLinkKind.DENIES, score=0.9
            ),
        ),
    )


@pytest.fixture
def hearer(said_site: Store, open_site) -> Reader:
    return open_site(said_site)


def test_an_article_lists_its_statements_and_marks_them_in_its_text(hearer: Reader) -> None:
    page = page_reader.fromstring(hearer.get(FIRST).text)
    (first, second) = page.xpath('//ol[@class="statements"]/li')
    assert "Ann Vale" in first.text_content() and "harbour master" in first.text_content()
    assert second.xpath("string(.//blockquote)") == "“unspeakable things”"
    # Its HTML is shorter than its text: only what stands there is marked.
    assert page.xpath('string(//mark[@class="said"])') == "unspeakable things"
    (reference,) = page.xpath('//div[@class="prose"]//a[@class="said-by"]')
    assert reference.get("href") == "#said-2" and reference.get("aria-label").startswith("2: ")
    assert page.xpath('//input[@type="checkbox"]/..')[0].text_content().strip()


def test_every_link_inside_an_article_leads_somewhere(hearer: Reader) -> None:
    page = page_reader.fromstring(hearer.get(FIRST).text)
    ids = set(page.xpath("//@id"))
    inside = [href[1:] for href in page.xpath("//a/@href") if href.startswith("#")]
    assert {name for name in inside if name.startswith(("said-", "words-"))} <= ids
    assert {"words-1", "words-2"} <= ids, "where another page leads to"


def test_a_story_tells_who_said_what_with_all_who_carry_it(hearer: Reader) -> None:
    page = page_reader.fromstring(hearer.get(STORY).text)
    said = page.xpath('//section[@aria-labelledby="said"]')[0]
    assert "Ann Vale" in said.text_content()
    assert "3 outlets, 2 origins" in said.text_content()
    assert said.xpath('.//a[@href="/person/ann-vale"]')


def test_a_story_shows_rival_figures_as_a_table_and_a_chart(hearer: Reader) -> None:
    page = page_reader.fromstring(hearer.get(STORY).text)
    figures = page.xpath('//section[@aria-labelledby="figures"]')[0]
    rows = figures.xpath("(.//tbody)[1]/tr")
    # The third article's are not shown, since its source allows its headline alone.
    assert [row.xpath("string(th)") for row in rows] == [
        f"{number} passengers" for number in (42, 48, 41, 47)
    ]
    assert figures.xpath('.//svg[@role="img"]/@aria-label')
    assert "rescued" in figures.xpath("string(.//h3)")


def test_pages_of_statements_figures_people_and_entries(hearer: Reader) -> None:
    for path in (f"{STORY}/statements", f"{STORY}/statements?sort=newest", f"{STORY}/figures"):
        assert hearer.get(path).status == 200, path
    person = hearer.get("/person/ann-vale")
    assert person.status == 200 and "passengers off the ferry" in person.text
    entry = hearer.get("/statement/1")
    assert entry.status == 200 and "Later denied by the same speaker" in entry.text
    assert "Denies what was reported before" in hearer.get("/statement/2").text
    assert "/person/ann-vale" in hearer.get("/search?q=Ann+Vale").text


def test_a_person_stands_under_the_name_as_written_and_the_key_leads_there(
    said_site: Store, open_site
) -> None:
    with said_site.write(NOW) as tx:
        count_names(tx, {("rihana", "Rihanna", "person"): 2})
        bump_generation(tx)
    reader = open_site(said_site)
    assert reader.get("/person/rihanna").status == 200
    sent = reader.get("/person/rihana")
    assert (sent.status, sent.headers["location"]) == (301, "/person/rihanna")
    assert 'href="/person/rihanna"' in reader.get("/search?q=Rihanna").text


def test_an_entry_of_a_large_ledger_has_a_page(said_site: Store, open_site) -> None:
    with said_site.write(NOW) as tx:
        (first, *_) = list_statements(tx, ArticleId(5))
        entry = NewEntry(id=LedgerId(12_345_678), speaker_key="ann-vale")
        place = LedgerPlace(
            statement_id=first.id, ledger_id=entry.id, how=Likeness.OPENED, score=1.0
        )
        save_placing(tx, Placing(opened=(entry,), places=(place,)), made_by="ledger/1")
        bump_generation(tx)
    assert open_site(said_site).get("/statement/12345678").status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/person/nobody",
        "/statement/99",
        "/statement/x",
        "/statement/0",
        "/statement/9999999999999999999999",
        f"{STORY}/statements?page=7",
        "/story/99/statements",
        "/story/99/figures",
        "/article/99/statements.json",
    ],
)
def test_what_is_not_there_is_not_found(hearer: Reader, path: str) -> None:
    assert hearer.get(path).status == 404


def test_old_addresses_lead_to_the_present_one(hearer: Reader) -> None:
    for path in ("/story/1/statements", "/story/1/figures", "/article/1/statements.json"):
        answer = hearer.get(path)
        assert answer.status == 301 and hearer.get(answer.headers["location"]).status == 200


def test_statements_as_annotations_give_their_words(hearer: Reader) -> None:
    record = json.loads(hearer.get(f"{FIRST}/statements.json").body)
    assert record["type"] == "AnnotationPage"
    (_, second) = record["items"]
    quote, position = second["target"][0]["selector"]
    assert quote["exact"] == "unspeakable things" and quote["prefix"].endswith("Then ")
    assert position["end"] - position["start"] == len("unspeakable things")


def test_nothing_that_is_said_runs(hearer: Reader) -> None:
    for path in (FIRST, STORY, f"{STORY}/statements", "/statement/2", f"{FIRST}/statements.json"):
        text = hearer.get(path).text
        assert ("<script>alert" not in text and "<img src=x" not in text) or path.endswith("json")


SURFACES = (
    STORY,
    f"{STORY}/statements",
    f"{STORY}/figures",
    "/statement/1",
    "/statement/2",
    "/person/ann-vale",
    "/person/bo-lind",
    "/feeds/person/ann-vale.json",
    "/feeds/person/bo-lind.rss",
    "/feeds/story/1/statements.atom",
    "/search?q=Bo+Lind",
    *(f"/article/{one}" for one in range(1, 7)),
    *(f"/article/{one}/statements.json" for one in range(1, 7)),
)


@pytest.mark.parametrize(("rights", "words"), [(Rights.HEADLINE, 0), (Rights.EXCERPT, 3)])
def test_no_page_gives_more_words_of_statements_than_rights_allow(
    said_site: Store, open_site, rights: Rights, words: int
) -> None:
    with said_site.write(NOW) as tx:
        sources = list_sources(tx)
        changed = [replace(one, rights=rights, excerpt_words=words) for one in sources]
        save_sources(tx, changed)
        bump_generation(tx)
    reader = open_site(said_site)
    for path in SURFACES:
        answer = reader.get(path)
        if answer.status == 301:
            answer = reader.get(answer.headers["location"])
        # Two words of a statement of four fit; of three words allowed, the first has no room.
        assert "passengers off the ferry" not in answer.text, path
        assert rights is not Rights.HEADLINE or "unspeakable things" not in answer.text, path


def test_a_withdrawn_article_says_nothing(hearer: Reader) -> None:
    page = hearer.get("/article/4-taken-back")
    assert page.status == 410 and "Who said what" not in page.text


@pytest.mark.parametrize("name", ["person/ann-vale", "story/1/statements"])
def test_what_is_said_can_be_followed(hearer: Reader, name: str) -> None:
    rss, atom = hearer.get(f"/feeds/{name}.rss"), hearer.get(f"/feeds/{name}.atom")
    assert find_rss_faults(rss.body) == []
    assert find_atom_faults(atom.body) == []
    items = json.loads(hearer.get(f"/feeds/{name}.json").body)["items"]
    assert items
    assert all("/statement/" in item["url"] for item in items)
    assert all(item["content_html"].count("Source:") == 1 for item in items)


def test_a_person_and_a_statement_say_what_they_are(hearer: Reader) -> None:
    page = hearer.get("/person/ann-vale").text
    record = json.loads(re.findall(r'ld\+json">(.*?)</script>', page)[0])["@graph"][0]
    assert record["mainEntity"]["name"] == "Ann Vale"
    assert 'href="/feeds/person/ann-vale.rss"' in page
    address = json.loads(hearer.get("/feeds/person/ann-vale.json").body)["items"][0]["url"]
    page = hearer.get(address.removeprefix("https://site.example")).text
    record = json.loads(re.findall(r'ld\+json">(.*?)</script>', page)[0])["@graph"][0]
    assert record["mainEntity"]["@type"] == "Quotation"
