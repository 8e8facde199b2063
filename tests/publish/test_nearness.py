"""How near two articles are: names, words, likeness, and what stands in where one is not known."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Entity, EntityKind, Kin, Neighbour, Telling
from dateline.publish.nearness import (
    UNHELD,
    compare_words,
    find_telling,
    list_shared,
    measure_nearness,
)

NOW = datetime(2026, 5, 14, 12, tzinfo=UTC)
KHERSON = Telling(key="kherson", name="Kherson", weight=0.8)


def near(number: int, headline: str = "", **given: object) -> Neighbour:
    values: dict[str, object] = {
        "article_id": number,
        "headline": headline,
        "language": "en",
        "outlet": "a",
        "at": NOW,
    }
    return Neighbour(**(values | given))  # type: ignore[arg-type]


texts = st.lists(st.text(max_size=60), min_size=1, max_size=8)


@given(texts)
def test_shares_are_shares_and_only_the_same_words_are_all_of_them(found) -> None:
    page, *others = [near(number, text) for number, text in enumerate(found)]
    shares = compare_words(page, others)
    assert len(shares) == len(others)
    assert all(0 <= share <= 1 + 1e-9 for share in shares)


def test_what_all_candidates_say_does_not_tell_which_is_nearest() -> None:
    page = near(1, "Quake kills nine in Aceh", lede="The sea rose in Bener Meriah.")
    shares = compare_words(
        page,
        [
            near(2, "Quake kills four in Qeshm"),
            near(3, "Quake kills nine in Aceh", lede="Bener Meriah was hit."),
            near(4, "Quake kills forty in Aceh"),
            near(5, "Grain prices rise"),
        ],
    )
    assert shares[1] > shares[2] > shares[0] > shares[3] == 0


def test_hostile_text_is_compared_in_no_time_worth_telling() -> None:
    odd = ["\ud800" * 900, "a" * 10**6, "\u0301 " * 900, "", "東京" * 900]
    page, *others = [near(number, text, lede=text) for number, text in enumerate(odd)]
    assert len(measure_nearness(page, others, ())) == len(others)
    assert measure_nearness(page, [], ()) == []


def test_what_was_never_held_against_the_page_is_judged_by_story_or_words() -> None:
    page = near(1, "Trains to Kherson run again")
    rest = [near(number, f"Something else {number}", score=0.3) for number in range(4, 9)]
    own, alike, odd, *_ = measure_nearness(
        page,
        [near(2, kin=Kin.WHOLE), near(3, "Trains to Kherson run"), near(9, "Tides"), *rest],
        (),
    )
    assert own.sure == pytest.approx(UNHELD)
    assert alike.sure > UNHELD
    assert odd.sure == 0


def test_another_language_is_judged_by_meaning_and_time_wears_away() -> None:
    page = near(1, "Trains again")
    others = [
        near(2, "Знову поїзди", language="uk", score=0.8),
        near(3, "Trains", score=0.8),
        near(4, "Знову поїзди", language="uk", score=0.8, at=NOW - timedelta(days=20)),
    ]
    same_day, english, old = measure_nearness(page, others, ())
    assert same_day.sure == english.sure > old.sure
    assert same_day.strength > same_day.sure


def test_a_shared_name_makes_nearer_and_is_told() -> None:
    with_name = near(2, score=0.3, shared=(("kherson", 2),))
    found, plain = measure_nearness(near(1), [with_name, near(3, score=0.3)], [KHERSON])
    assert found.sure > plain.sure
    assert (found.about, plain.about) == ("Kherson", "")


def told(page, other, *names) -> tuple[bool, str]:
    (found,) = measure_nearness(page, [other], names)
    return found.told, found.about


def test_one_place_alone_tells_nothing_and_a_person_or_two_names_do() -> None:
    page = near(1, "Boats", lede="Told at the quay.")
    once = near(2, "Tides", shared=(("kherson", 3),))
    person = Telling(key="kherson", name="Kherson", weight=0.8, person=True)
    second = Telling(key="dnipro", name="Dnipro", weight=0.3)
    both = near(2, "Tides", shared=(("kherson", 3), ("dnipro", 2)))
    alike = near(2, "Tides", score=0.2, shared=(("kherson", 3),))
    assert told(page, once, KHERSON) == (False, "")
    assert told(page, once, person) == (True, "Kherson")
    assert told(page, both, KHERSON, second) == (True, "Kherson")
    assert told(page, alike, KHERSON) == (True, "Kherson")
    assert told(near(1, "Kherson waits"), near(2, "To Kherson", shared=once.shared), KHERSON) == (
        True,
        "Kherson",
    )


def test_a_stray_word_in_common_tells_nothing() -> None:
    page = near(1, "Bridges are closed", lede="Boats wait at the quay for the morning tide.")
    stray = near(2, "Morning prayers", lede="A choir of twelve sang in a barn by the river.")
    alike = near(3, "Bridges are closed again", lede="Boats wait.")
    rest = [near(number, f"Something else {number}") for number in range(4, 9)]
    found = measure_nearness(page, [stray, alike, *rest], ())
    assert [each.told for each in found[:2]] == [False, True]


def test_who_reports_is_not_who_is_reported_of() -> None:
    entities = [
        Entity(kind=EntityKind.ORGANISATION, name=name, key=name, mentions=((0, 2), (4, 6)))
        for name in ("Sirel", "Quay Gazette", "Harbour Board")
    ]
    mentions = {entity.key: 9 for entity in entities}
    found = find_telling(entities, "", mentions, 1_000, ("SIREL", "The Quay Gazette", ""))
    assert [each.name for each in found] == ["Harbour Board"]


@pytest.mark.parametrize(
    ("headline", "often", "shared"),
    [
        ("Trains again", 1, False),
        ("Trains again", 2, True),
        ("Trains to Kherson", 1, True),
        ("Trains to Kherson", 0, False),
    ],
)
def test_who_is_named_in_passing_is_not_what_an_article_is_about(headline, often, shared) -> None:
    pairs = (("kherson", often),) if often else ()
    other = near(2, headline=headline, shared=pairs)
    assert bool(list_shared(other, [KHERSON])) is shared


def test_telling_names_are_rare_and_what_the_article_is_about() -> None:
    def entity(name: str, times: int, kind=EntityKind.PLACE) -> Entity:
        spans = tuple((n, n + 1) for n in range(times))
        return Entity(kind=kind, name=name, key=name.lower().replace(" ", "-"), mentions=spans)

    entities = [
        entity("Kherson", 3),
        entity("Ukraine", 6),
        entity("Anna Petrenko", 4, EntityKind.PERSON),
        entity("Mykolaiv", 1),
    ]
    mentions = {"kherson": 300, "ukraine": 9_000, "anna-petrenko": 8, "mykolaiv": 200}
    found = find_telling(entities, "Petrenko returns to Kherson", mentions, 20_000)
    assert [each.name for each in found] == ["Anna Petrenko", "Kherson", "Mykolaiv"]
    assert all(0 < each.weight <= 1 for each in found)
    assert find_telling([], "", {}, 0) == ()


def test_two_letters_tell_nobody_and_two_signs_may() -> None:
    entities = [
        Entity(kind=EntityKind.PLACE, name=name, key=name.lower(), mentions=((0, 2), (4, 6)))
        for name in ("ET", "UN", "東京", "Ufa")
    ]
    found = find_telling(entities, "", dict.fromkeys(("et", "un", "東京", "ufa"), 9), 1_000)
    assert sorted(each.name for each in found) == ["Ufa", "東京"]
