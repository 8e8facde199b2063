"""The search: hostile words, several alphabets, filters, pages, only the newest version."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.model import (
    ArticleId,
    Claims,
    Entity,
    EntityKind,
    Filing,
    Rights,
    Source,
    Statement,
    StatementKind,
    StoryId,
)
from dateline.store import Facts, NewVersion, Patience, SearchQuery, Store, Term, Tx
from dateline.store.articles import mark_gone, save_articles, save_version
from dateline.store.backup import rebuild_index
from dateline.store.claims import ReadVersion, save_claims
from dateline.store.matching import make_matching, write_sqlite
from dateline.store.people import find_named, find_namesakes, find_speaking
from dateline.store.search import find_hits
from dateline.store.search_texts import (
    count_common,
    find_in_titles,
    load_standings,
    search_cards,
)
from dateline.store.sections import iterate_filed, save_filings
from dateline.store.sources import save_sources
from dateline.store.terms import Cut, find_places
from dateline.store.tokens import list_tokens
from dateline.text import make_slug


def ask(words: str, **more) -> SearchQuery:
    """A question for each word, or for words in quotation marks together."""
    found = re.findall(r'"[^"]*"|\S+', words)
    terms = tuple(Term(term.strip('"'), quoted=term.startswith('"')) for term in found)
    return SearchQuery(terms=terms, **more)


def ids_of(tx: Tx, words: str, **more) -> list[int]:
    return [hit.card.article_id for hit in search_cards(tx, ask(words, **more))]


NAMED = {
    "people": (EntityKind.PERSON, EntityKind.ORGANISATION, None),
    "places": (EntityKind.PLACE,),
    "speakers": (*EntityKind, None),
}


def mean(tx: Tx, **facts) -> Facts:
    """Facts in which names stand for whoever is called so."""
    for one in NAMED.keys() & facts.keys():
        meant = [find_namesakes(tx, name, NAMED[one], 20)[0] for name in facts[one]]
        facts[one] = tuple(key for keys in meant for key in keys)
    return Facts(**facts)


def about(tx: Tx, words: str = "", **facts) -> list[int]:
    return ids_of(tx, words, facts=mean(tx, **facts))


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
        (found,) = search_cards(tx, ask(words))
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
        assert ids_of(tx, words) == []
        assert search_cards(tx, SearchQuery(terms=(Term(words, prefix=True),))) == []
        everything = dict.fromkeys(("sources", "languages", "sections", "people"), (words,))
        names = mean(tx, places=(words,), speakers=(words,), **everything)
        assert search_cards(tx, SearchQuery(facts=Facts(places=(words,), speakers=(words,)))) == []
        assert search_cards(tx, SearchQuery(facts=names)) == []
        assert ids_of(tx, "one", without_terms=(Term(words),), without=names) == [1]


@given(st.text(max_size=80), st.text(max_size=80))
@examples(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_found_by_its_own_words(sqlite_store, make, text: str, more: str) -> None:
    with sqlite_store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        (article_id,) = make.save(tx, ids["a"], "one", text=text, headline=more)
        ids_of(tx, more + text)
        found = search_cards(tx, SearchQuery(terms=(Term(text),), limit=10_000))
        assert not list_tokens(text) or article_id in [hit.card.article_id for hit in found]


def test_newest_first_and_pages(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        saved = make.save(tx, ids["a"], *map(str, range(7)), text="same words")
        (old,) = save_articles(tx, [make.article(ids["a"], "old", minutes=-60, text="same words")])
        expected = [*saved[::-1], old]
        assert ids_of(tx, "same") == expected
        seen: list[int] = []
        before = None
        while page := search_cards(tx, ask("same", limit=3, before=before)):
            seen += [hit.card.article_id for hit in page]
            before = (page[-1].card.at, page[-1].card.article_id)
        assert seen == expected


def test_filters(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a", "b")
        one, two = make.save(tx, ids["a"], "one", "two", text="words")
        (three,) = make.save(tx, ids["b"], "three", text="words", language="pt-BR")
        assert about(tx, "words", sources=("b",)) == [three]
        assert about(tx, "words", sources=("none",)) == []
        assert about(tx, "words", languages=("pt-BR",)) == [three]
        assert about(tx, "words", languages=("en",)) == [two, one]
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


def test_how_terms_stand_in_articles(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        one, two = make.save(tx, ids["a"], "one", "two", text="flood " + "other " * 50 + "water")
        edit = make.reading("one", minutes=0, headline="Flood!", text="a flood of water, a flood")
        save_version(tx, one, NewVersion(seen_at=make.now, reading=edit, fingerprint="2"))
        wanted = SearchQuery(terms=(Term("flood"), Term("of wat", prefix=True), Term("water")))
        titles = find_in_titles(find_hits(tx, ask("flood")).hits, wanted)
        assert titles == {one: (True, False, False), two: (False, False, False)}
        standing = load_standings(tx, [one, two], wanted)
        assert standing[one].in_body == (2, 1, 1) and standing[one].in_title == (1, 0, 0)
        assert standing[one].closest == 3 and standing[one].words == 6
        assert standing[two].in_body == (1, 0, 1) and standing[two].closest == 0
        common = count_common(tx, SearchQuery(terms=(Term("flood"), Term("a flood"))))
        assert (common.articles, common.with_term) == (2, (2, 1)), "of a phrase its rarest word"
        begins = count_common(tx, SearchQuery(terms=(Term("flo", prefix=True),)))
        assert begins.with_term == (0,)


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
        found = search_cards(tx, ask("secret"))
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
        for asked in ("Marten", "ilse marten", "ilse-marten", "ILSE"):
            assert sorted(about(tx, speakers=(asked,))) == [one, three], asked
            assert about(tx, "bridge", speakers=(asked,)) == [one]
            assert about(tx, speakers=(asked,), sources=("b",)) == [three]
            assert about(tx, speakers=(asked,), languages=("de",)) == []
        assert sorted(about(tx, speakers=("Marten", "Koch"))) == [one, two, three]
        for nobody in ("nobody", "Mart", "", "-"):
            assert about(tx, speakers=(nobody,)) == about(tx, "bridge", speakers=(nobody,)) == []
        without = mean(tx, speakers=("Marten",))
        assert ids_of(tx, "the", without=without) == [two]
        wanted = SearchQuery(facts=mean(tx, speakers=("Marten",)), limit=1)
        (newest,) = search_cards(tx, wanted)
        before = (newest.card.at, newest.card.article_id)
        (rest,) = search_cards(tx, replace(wanted, before=before))
        assert {newest.card.article_id, rest.card.article_id} == {one, three}
        assert about(tx, speakers=("Marten",)) == ids_of(
            tx, "", facts=Facts(speakers=("ilse-marten",))
        )
        assert ids_of(tx, "", facts=Facts(speakers=("marten",))) == [], "a key is nobody else's"
        keys = ["ilse-marten", "anton-koch", "marten", "", "\ud800"]
        assert find_speaking(tx, keys) == {"ilse-marten", "anton-koch"}
        assert find_speaking(tx, []) == find_named(tx, keys) == frozenset()
        save_version(
            tx, one, NewVersion(seen_at=make.later, reading=make.reading("one"), fingerprint="x")
        )
        say(tx, one, "Anton Koch", version=2)
        assert about(tx, speakers=("Marten",)) == [three], "only the newest version counts"
        mark_gone(tx, three)
        assert about(tx, speakers=("Marten",)) == [], "what is withdrawn says nothing"
        assert find_speaking(tx, keys) == {"anton-koch"}


def test_either_of_several_words(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        texts = ("the old bridge", "a well-known river", "the bridge over a river", "在北京大学")
        one, two, three, four = [
            make.save(tx, ids["a"], key, text=text)[0]
            for key, text in zip("abcd", texts, strict=True)
        ]

        def either(*words: str, **more) -> list[int]:
            groups = (tuple(map(Term, words)),)
            return sorted(
                hit.article_id for hit in find_hits(tx, SearchQuery(either=groups, **more)).hits
            )

        assert either("bridge", "river") == [one, two, three]
        assert either("bridges", "rivers") == [one, two, three], "in all their forms"
        assert either("old bridge", "well-known", "北京") == [one, two, four]
        assert either("bridge", "nothing") == [one, three]
        assert either("old", "river", terms=(Term("bridge"),)) == [one, three]
        assert either("bridge", "river", without_terms=(Term("old"),)) == [two, three]
        assert either("bridge", "!") == [one, three]
        assert either("!", "?") == either("\x00", "'") == []
        both = SearchQuery(either=((Term("old"), Term("over")), (Term("river"), Term("x"))))
        assert [hit.article_id for hit in find_hits(tx, both).hits] == [three]


def name(tx: Tx, article_id: int, *told: tuple[str, EntityKind]) -> None:
    """Let an article name somebody or something."""
    entities = tuple(
        Entity(kind=kind, name=name, key=make_slug(name), mentions=((0, 1),)) for name, kind in told
    )
    claims = Claims(entities=entities, made_by="claims/1")
    save_claims(tx, [ReadVersion(article_id=ArticleId(article_id), version=1, claims=claims)])


def test_an_article_that_is_filed_elsewhere_is_found_there(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        (one,) = make.save(tx, ids["a"], "one", text="the bridge", section="Sport")
        (filed,) = iterate_filed(tx, ids["a"], ArticleId(0))
        filing = Filing(section="politics", own="Sport", made_by="sections/9")
        save_filings(tx, [(filed, filing)])
        assert about(tx, "bridge", sections=("politics",)) == [one]
        assert about(tx, "bridge", sections=("sport",)) == []
        (filed,) = iterate_filed(tx, ids["a"], ArticleId(0))
        save_filings(tx, [(filed, Filing(section="Politics", own="Sport", made_by="sections/9"))])
        assert about(tx, "bridge", sections=("politics",)) == [one]


def test_people_places_sections_and_stories(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        one, two = make.save(tx, ids["a"], "one", "two", text="the bridge")
        (three,) = make.save(tx, ids["a"], "three", text="the bridge", section="Sport")
        name(tx, one, ("Ilse Marten", EntityKind.PERSON), ("Kherson", EntityKind.PLACE))
        name(tx, two, ("Kherson", EntityKind.PLACE), ("Marten Bank", EntityKind.ORGANISATION))
        make.place(tx, 7, one, three)
        make.place(tx, 8, two)
        assert about(tx, people=("marten",)) == [two, one]
        assert about(tx, places=("Kherson",)) == about(tx, "bridge", places=("kherson",)) != []
        assert about(tx, places=("Marten",)) == [], "no place is called so"
        assert about(tx, people=("Marten",), places=("Kherson",)) == [two, one]
        assert about(tx, "bridge", sections=("sport",)) == [three]
        assert sorted(about(tx, stories=(StoryId(7),))) == [one, three]
        assert about(tx, "bridge", stories=(StoryId(8),)) == [two]
        assert (
            about(tx, stories=(StoryId(99),)) == about(tx, "bridge", stories=(StoryId(99),)) == []
        )
        assert ids_of(tx, "bridge", without=Facts(stories=(StoryId(7),))) == [two]
        hits = find_hits(tx, ask("bridge")).hits
        assert {hit.article_id: hit.story_id for hit in hits} == {one: 7, two: 8, three: 7}
        rebuild_index(tx)
        assert about(tx, "bridge", people=("marten",)) == [two, one]


def test_words_are_left_out_and_begin(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        (one,) = make.save(tx, ids["a"], "one", text="evacuation of the old town")
        (two,) = make.save(tx, ids["a"], "two", text="evacuated, the town hall")
        begins = SearchQuery(terms=(Term("evacuat", prefix=True),))
        assert {hit.card.article_id for hit in search_cards(tx, begins)} == {one, two}
        for found in search_cards(tx, begins):
            assert found.snippet[0][1], found.snippet
        assert ids_of(tx, "town", without_terms=(Term("town hall"),)) == [one]
        assert ids_of(tx, "town", without_terms=(Term("evacuat", prefix=True),)) == []
        assert search_cards(tx, SearchQuery(without_terms=(Term("town"),))) == []
        phrase = SearchQuery(terms=(Term("the old tow", prefix=True),))
        assert [hit.card.article_id for hit in search_cards(tx, phrase)] == [one]


def test_old_hits_of_a_rare_word_are_found(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        spread = [-60 * 24 * days for days in (0, 1, 9, 40, 400, 4000)]
        new = [
            make.article(ids["a"], str(at), minutes=at, text=f"rare common {at}") for at in spread
        ]
        saved = save_articles(tx, new)
        assert ids_of(tx, "rare common") == saved
        assert ids_of(tx, "rare", limit=4) == saved[:4]
        since = make.now - timedelta(days=50)
        assert ids_of(tx, "rare", since=since) == saved[:4]
        assert ids_of(tx, "rare", since=since, until=make.now - timedelta(days=2)) == saved[2:4]
        assert ids_of(tx, "", since=since) == saved[:4], "a span of time alone"


def test_a_search_that_takes_too_long_is_stopped(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        for number in range(30):
            make.save(tx, ids["a"], *(f"{number} {n}" for n in range(10)), text="ba be bo ba be be")
    with store.read() as tx:
        ticks = iter(range(10_000))
        hasty = Patience(clock=lambda: next(ticks), until=0)
        found = find_hits(tx, ask('"be be bo"'), hasty)
        assert found.stopped and not found.hits
        assert not find_hits(tx, ask('"ba be"'), Patience(clock=lambda: 0.0, until=60)).stopped
        assert len(find_hits(tx, ask('"ba be"', limit=9)).hits) == 9, "the transaction goes on"


@pytest.mark.parametrize(
    ("text", "phrase", "stands"),
    [
        ("the old bridge is closed", "the old bridge", True),
        ("the old bridge is closed", "bridge is closed", True),
        ("the old bridge is closed", "old bridge is open", False),
        ("the old man and an old bridge", "the old bridge", False),
        ("the old bri", "the old bridge", False),
        ("昨日、東京都は発表した", "東京都", True),
        ("京都は東京", "東京都", False),
    ],
)
def test_phrases_stand_as_they_are(
    store: Store, make, text: str, phrase: str, stands: bool
) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        (one,) = make.save(tx, ids["a"], "one", text=text)
        (two,) = make.save(tx, ids["a"], "two", text="x", headline=f"So {text}: is it?")
        (other,) = make.save(tx, ids["a"], "other", text="nothing", headline="Of this")
        whole = Term(phrase)
        found = [two, one] if stands else []
        assert ids_of(tx, f'"{phrase}"') == found
        without = ids_of(tx, "", without_terms=(whole,), facts=Facts(sources=("a",)))
        assert without == [one for one in (other, two, one) if one not in found]


def test_no_phrase_spans_headline_and_text(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        make.save(tx, ids["a"], "one", headline="a b", text="c d")
        assert ids_of(tx, '"b c"') == ids_of(tx, '"a b c"') == []


def test_the_longest_texts_are_indexed(store: Store, make) -> None:
    letters = [chr(0x20000 + n) for n in range(40_000)]
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        texts = {"one": "".join(letters), "two": " ".join(f"{n}" * 12 for n in range(9000))}
        for name, text in texts.items():
            make.save(tx, ids["a"], name, text=text, headline=text)
        assert len(ids_of(tx, f'"{"".join(letters[100:104])}"')) == 1


def test_where_enough_is_found_no_more_is_counted(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        spread = [(-60 * 24 * 30 * month, n) for month in range(9) for n in range(20)]
        save_articles(
            tx,
            [
                make.article(ids["a"], f"{at} {n}", minutes=at - n, text="ba be " * 300)
                for at, n in spread
            ],
        )
    with store.read() as tx:
        ticks = iter(range(10_000))
        content = Patience(clock=lambda: next(ticks), until=9999, content=0, enough=20)
        found = find_hits(tx, ask('"ba be"', limit=180), content)
        assert 20 <= len(found.hits) < 180 and found.more and not found.stopped
        whole = find_hits(tx, ask('"ba be"', limit=180)).hits
        assert whole[: len(found.hits)] == found.hits, "the newest"


@given(st.text(max_size=30))
@examples(30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_makes_it_raise(sqlite_store: Store, name: str) -> None:
    with sqlite_store.read() as tx:
        assert about(tx, speakers=(name,)) == about(tx, "a b", people=(name,)) == []


@pytest.mark.parametrize("words", [0, 3, 200])
def test_a_beginning_finds_the_same_however_it_is_looked_for(
    sqlite_store: Store, make, monkeypatch, words: int
) -> None:
    monkeypatch.setattr("dateline.store.search_sqlite._WORDS", words)
    texts = {
        "one": "floods took bridges",
        "two": "a flooding, two bridges",
        "three": "no flood",
        "four": "der Flüchtling, Überflutung 北京市",
        "five": "three floors of the bridge",
        "six": "nothing",
    }
    texts |= {f"more {n}": f"flo{n}r and more floods" for n in range(6)}
    with sqlite_store.write(make.now) as tx:
        ids = make.sources(tx, "a", "b")
        new = [
            make.article(ids["ab"[n % 2]], name, minutes=-n, text=text, headline=name)
            for n, (name, text) in enumerate(texts.items())
        ]
        save_articles(tx, new)

        def found(*terms: Term, **more) -> list[str]:
            query = SearchQuery(terms=terms, limit=50, **more)
            return [hit.card.headline for hit in search_cards(tx, query)]

        flo, bridge = Term("flo", prefix=True), Term("bridge", prefix=True)
        more = [f"more {n}" for n in range(6)]
        assert found(flo) == ["one", "two", "three", "five", *more]
        assert found(flo, bridge) == ["one", "two", "five"]
        assert found(Term("fluc", prefix=True)) == found(Term("北京")) == ["four"]
        assert found(Term("more flo", prefix=True)) == more
        assert found(Term("xyz", prefix=True)) == []
        assert found(flo, without_terms=(bridge, Term("mor", prefix=True))) == ["three"]
        assert found(flo, without=Facts(sources=("b",))) == ["one", "three", "five", *more[::2]]
        assert found(flo, facts=Facts(sources=("b",))) == ["two", *more[1::2]]
        nothing = found(facts=Facts(sources=("a", "b")), without_terms=(flo,))
        assert nothing == ["four", "six"]


FORMS = {
    "en": ("rocket", "rockets", "rock"),
    "de": ("Regierung", "Regierungen", "Regen"),
    "ru": ("ракета", "ракетами", "рак"),
    "uk": ("Київ", "Києві", "кий"),
    "el": ("κυβέρνηση", "κυβέρνησης", "κυβερνήτης"),
    "ar": ("الرئيس", "للرئيس", "راس"),
    "fr": ("élection", "élections", "élan"),
    "pl": ("wybory", "wyborów", "wybryk"),
    "tr": ("hükümet", "hükümetin", "hüküm"),
}


@pytest.mark.parametrize("language", FORMS)
def test_every_form_of_a_word_is_found(store: Store, make, language: str) -> None:
    one, other, stranger = FORMS[language]
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        for text in (one, other, stranger):
            make.save(tx, ids["a"], text, text=f"x {text} y", headline=text, language=language)
        make.save(tx, ids["a"], "more", text="nothing of this", language="ja")

        def found(*terms: Term, **more) -> list[str]:
            query = SearchQuery(terms=terms, **more)
            return sorted(hit.card.headline for hit in search_cards(tx, query))

        both = sorted([one, other])
        for typed in (one, other, one.upper()):
            assert found(Term(typed)) == found(Term(typed), Term("x")) == both, typed
            facts = Facts(sources=("a",))
            assert found(facts=facts, without_terms=(Term(typed),)) == ["Headline more", stranger]
            assert found(Term(typed), facts=Facts(languages=("ja",))) == []
            wanted = SearchQuery(terms=(Term(typed),))
            assert count_common(tx, wanted).with_term == (2,)
            hits = find_hits(tx, wanted).hits
            assert set(find_in_titles(hits, wanted).values()) == {(True,)}
            standings = load_standings(tx, [hit.article_id for hit in hits], wanted)
            assert {each.in_body for each in standings.values()} == {(1,)}
            assert {each.in_title for each in standings.values()} == {(1,)}
            marks = {words for hit in search_cards(tx, wanted) for words, on in hit.snippet if on}
            assert marks == set(both)
        for exact in (Term(other, quoted=True), Term(f"{other} !")):
            assert found(exact) == [other], "as it is written"
        without = (Term(other, quoted=True),)
        assert found(Term(one), without_terms=without) == [one]
        assert found(Term(f"x {other} y")) == found(Term(f"{other} y")) == [other]


def test_accents_and_other_ways_to_write_a_letter(store: Store, make) -> None:
    pairs = ["Łódź lodz", "Wałęsa walesa", "København kobenhavn", "Kılıçdaroğlu kilicdaroglu"]
    pairs += ["Müller mueller", "Müller muller", "Århus aarhus", "القاهرة القاهره"]
    pairs += ["Bundes\u00adkanzler bundeskanzler", "Bundes\u200bkanzler bundeskanzler"]
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        for number, pair in enumerate(pairs):
            stands, typed = pair.split()
            (one,) = make.save(tx, ids["a"], f"{number}", text=f"x {stands}", language="en")
            (other,) = make.save(tx, ids["a"], f"{number}-", text=f"x {typed}", language="en")
            for asked in (stands, typed):
                assert {one, other} <= set(ids_of(tx, asked)), (asked, pair)


def test_one_list_is_asked_where_there_is_one_language(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        make.save(tx, ids["a"], "one", text="rockets")
        matching = make_matching(tx, ask("rockets"))
        assert matching is not None and write_sqlite(matching) == '"_zrocket"'
        make.save(tx, ids["a"], "two", text="rockets", language="ja")
        matching = make_matching(tx, ask("rockets"))
        assert matching is not None and write_sqlite(matching) == '("_zrocket" OR "_zrockets")'
        assert len(ids_of(tx, "rockets")) == 2
        rebuild_index(tx)
        assert len(ids_of(tx, "rockets")) == 2


def test_a_word_in_no_form_beside_a_common_beginning(
    sqlite_store: Store, make, monkeypatch
) -> None:
    monkeypatch.setattr("dateline.store.search_sqlite._WORDS", 0)
    with sqlite_store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        names = ("flower", "flow", "floods rocket", "floor", "rockets, flown", "flora")
        for name in names * 2:
            make.save(tx, ids["a"], name, text=name, headline=name)
        terms = (Term("flo", prefix=True),)
        query = SearchQuery(terms=terms, without_terms=(Term("rocket"),), limit=50)
        found = {hit.card.headline for hit in search_cards(tx, query)}
        assert found == {"flower", "flow", "floor", "flora"}


@given(st.lists(st.sampled_from(["a", "ab", "abc", "b", "ba"])))
@examples(60)
def test_where_terms_stand(words: list[str]) -> None:
    for wanted in (("a",), ("ab",), ("a", "ab"), ("b", "a")):
        runs = [words[at : at + len(wanted)] for at in range(len(words))]
        whole = [at for at, run in enumerate(runs) if run == list(wanted)]
        assert find_places(words, Cut(wanted)) == whole
        begun = [
            at
            for at, run in enumerate(runs)
            if run[:-1] == list(wanted[:-1]) and len(run) == len(wanted)
            if run[-1].startswith(wanted[-1])
        ]
        assert find_places(words, Cut(wanted, prefix=True)) == begun
