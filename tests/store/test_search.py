"""The search: hostile words, several alphabets, filters, pages, only the newest version."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.model import ArticleId, Claims, Rights, Source, Statement, StatementKind
from dateline.store import NewVersion, SearchQuery, Store, Tx
from dateline.store.articles import save_articles, save_version
from dateline.store.claims import ReadVersion, save_claims
from dateline.store.search import search_cards
from dateline.store.sources import save_sources
from dateline.text import make_slug


def ids_of(tx: Tx, words: str, **more) -> list[int]:
    found = search_cards(tx, SearchQuery(words=words, **more))
    return [hit.card.article_id for hit in found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Café opened", "cafe"),
        ("der Straße nach", "STRASSE"),
        ("Президент приехал", "президент"),
        ("Η Αθήνα σήμερα", "αθηνα"),
        ("在北京大学的学生", "北京大学"),
        ("昨日、東京都は発表した", "東京都"),
        ("หนังสือพิมพ์ไทย", "พิมพ์"),
        ("한국어 뉴스 사이트", "뉴스"),
        ("भारत के समाचार", "समाचार"),
        ("أخبار مُحَمَّد اليوم", "محمد"),
        ("חדשות שָׁלוֹם", "שלום"),
        ("about 20,000 people", "20,000"),
        ("l’Europe des nations", "europe"),
        ("a phrase in a text", '"phrase in a"'),
    ],
)
def test_finds_in_any_alphabet(store: Store, make, text: str, words: str) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        (article_id,) = make.save(tx, ids["a"], "one", text=text)
        make.save(tx, ids["a"], "two", text="something else")
        assert ids_of(tx, words) == [article_id]
        assert ids_of(tx, words, newest=False) == [article_id]
        (found,) = search_cards(tx, SearchQuery(words=words))
    assert any(is_hit for _, is_hit in found.snippet)


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        '"',
        '"\'"',
        "NEAR(",
        "a AND",
        "OR OR OR",
        "title:x",
        "{title} : x",
        "-x",
        "x*",
        "^x",
        "(((",
        "\x00",
        "\ud800",
        "'; DROP TABLE search; --",
        "a <-> b & !c | d:*",
        "x" * 100_000,
        '"' * 5000,
        "😀",
        "%s :limit ?",
        "\\",
    ],
)
def test_hostile_words_never_raise(store: Store, make, words: str) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        make.save(tx, ids["a"], "one")
        for newest in (True, False):
            assert ids_of(tx, words, newest=newest) == []


@given(st.text(max_size=80), st.text(max_size=80))
@examples(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_found_by_its_own_words(sqlite_store, make, text: str, more: str) -> None:
    with sqlite_store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        (article_id,) = make.save(tx, ids["a"], "one", text=text, headline=more)
        ids_of(tx, more + text, newest=False)
        found = ids_of(tx, text[:30], limit=10_000)
        terms = search_cards.__globals__["parse_query"](text[:30])
        whole = search_cards.__globals__["parse_query"](text)
        assert article_id in found or not terms or terms[-1] not in whole


def test_newest_first_and_pages(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        saved = make.save(tx, ids["a"], *map(str, range(7)), text="same words")
        (old,) = save_articles(tx, [make.article(ids["a"], "old", minutes=-60, text="same words")])
        expected = [*saved[::-1], old]
        assert ids_of(tx, "same") == expected
        seen: list[int] = []
        before = None
        while page := search_cards(tx, SearchQuery(words="same", limit=3, before=before)):
            seen += [hit.card.article_id for hit in page]
            before = (page[-1].card.at, page[-1].card.article_id)
        assert seen == expected


def test_filters(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a", "b")
        one, two = make.save(tx, ids["a"], "one", "two", text="words")
        (three,) = make.save(tx, ids["b"], "three", text="words", language="pt-BR")
        assert ids_of(tx, "words", source_key="b") == [three]
        assert ids_of(tx, "words", source_key="none") == []
        assert ids_of(tx, "words", language="pt-BR") == [three]
        assert ids_of(tx, "words", language="en") == [two, one]
        late = make.now + timedelta(seconds=30)
        assert ids_of(tx, "words", since=late) == [two]
        assert ids_of(tx, "words", until=late) == [three, one]
        assert ids_of(tx, "words", until=make.now, since=make.now) == [three, one]


def test_tags_are_not_words(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        make.save(tx, ids["a"], "one")
        assert ids_of(tx, f"s{ids['a']}") == []
        assert ids_of(tx, "len") == []


def test_only_the_newest_version_is_found(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        (article_id,) = make.save(tx, ids["a"], "one", text="before")
        edit = make.reading("one", minutes=90, text="afterwards")
        new = NewVersion(seen_at=make.later, reading=edit, fingerprint="2")
        save_version(tx, article_id, new)
        assert ids_of(tx, "before") == []
        assert ids_of(tx, "afterwards") == [article_id]


def test_the_best_stands_first_where_asked(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        best, worse = make.save(tx, ids["a"], "one", "two", text="flood " + "other " * 50)
        edit = make.reading("one", minutes=0, headline="Flood", text="flood flood flood")
        save_version(tx, best, NewVersion(seen_at=make.now, reading=edit, fingerprint="2"))
        assert ids_of(tx, "flood") == [worse, best]
        assert ids_of(tx, "flood", newest=False) == [best, worse]


def test_snippet_shows_no_more_than_the_rights_allow(store: Store, make) -> None:
    text = "word " * 100 + "secret end"
    with store.write(make.now) as tx:
        wanted = [
            Source(key=rights, name=rights, home="", rights=rights, excerpt_words=10)
            for rights in Rights
        ]
        ids = save_sources(tx, wanted)
        for rights in Rights:
            make.save(tx, ids[rights], rights, text=text)
        found = search_cards(tx, SearchQuery(words="secret"))
    shown = {hit.card.rights: "".join(part for part, _ in hit.snippet) for hit in found}
    assert "secret" in shown[Rights.FULL]
    assert "secret" not in shown[Rights.EXCERPT]
    assert shown[Rights.HEADLINE] == "Headline headline"


def say(tx: Tx, article_id: int, who: str, *, version: int = 1) -> None:
    """Let an article say that somebody said something."""
    said = Statement(
        spans=((0, 1),),
        content="x",
        kind=StatementKind.INDIRECT,
        speaker=who,
        source_span=None,
        cue="said",
        cue_span=None,
        speaker_resolved=who,
        speaker_key=make_slug(who),
    )
    claims = Claims(statements=(said,), made_by="claims/1")
    save_claims(tx, [ReadVersion(article_id=ArticleId(article_id), version=version, claims=claims)])


def test_who_speaks_can_be_looked_for(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a", "b")
        one, two = make.save(tx, ids["a"], "one", "two", text="the bridge")
        (three,) = make.save(tx, ids["b"], "three", text="the river")
        for article_id, who in ((one, "Ilse Marten"), (two, "Anton Koch"), (three, "Ilse Marten")):
            say(tx, article_id, who)
        for asked in ("said-by:Marten", 'said-by:"ilse marten"', "said-by:ilse-marten"):
            assert sorted(ids_of(tx, asked)) == [one, three], asked
            assert ids_of(tx, f"{asked} bridge") == ids_of(tx, f"bridge {asked}") == [one]
            assert ids_of(tx, f"{asked} bridge", newest=False) == [one]
            assert ids_of(tx, asked, source_key="b") == [three]
            assert ids_of(tx, asked, language="de") == []
        assert sorted(ids_of(tx, "said-by:Marten said-by:Koch")) == [one, two, three]
        assert ids_of(tx, "said-by:nobody") == ids_of(tx, "said-by:nobody bridge") == []
        assert ids_of(tx, "said-by:") == ids_of(tx, 'said-by:""') == []
        newest = search_cards(tx, SearchQuery(words="said-by:Marten", limit=1))
        card = newest[0].card
        rest = ids_of(tx, "said-by:Marten", before=(card.at, card.article_id))
        assert {card.article_id, *rest} == {one, three} and len(rest) == 1
        save_version(
            tx, one, NewVersion(seen_at=make.later, reading=make.reading("one"), fingerprint="x")
        )
        say(tx, one, "Anton Koch", version=2)
        assert ids_of(tx, "said-by:Marten") == [three], "only the newest version counts"


@given(st.text(max_size=30))
@examples(30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_makes_it_raise(sqlite_store: Store, name: str) -> None:
    with sqlite_store.read() as tx:
        assert ids_of(tx, f"said-by:{name}") == ids_of(tx, f'a said-by:"{name}" b') == []
