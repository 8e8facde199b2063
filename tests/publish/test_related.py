"""What is offered beside an article: the laws of the choice, the order, the reasons."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Kin, Neighbour, Telling
from dateline.publish.related import (
    ENOUGH,
    FOREIGN,
    FREE,
    MOST,
    OUTLETS,
    STALE,
    Offer,
    Reason,
    choose_related,
)

NOW = datetime(2026, 5, 14, 12, tzinfo=UTC)
KHERSON = Telling(key="kherson", name="Kherson", weight=0.8)


def near(number: int, **given: object) -> Neighbour:
    values: dict[str, object] = {
        "article_id": number,
        "headline": f"Headline {number}",
        "language": "en",
        "outlet": f"outlet-{number}",
        "at": NOW - timedelta(hours=number),
        "story_id": 100 + number,
        "origin_id": number,
        "score": 0.5,
    }
    return Neighbour(**(values | given))  # type: ignore[arg-type]


PAGE = near(1, at=NOW, kin=Kin.WHOLE, lede=" ".join(f"told{number}" for number in range(13)))


def choose(*others: Neighbour, names=(), languages=("en",), limit=MOST) -> list[Offer]:
    return list(choose_related(PAGE, others, names, languages, limit))


def ids(offers) -> list[int]:
    return [offer.article_id for offer in offers]


neighbours = st.lists(
    st.builds(
        near,
        st.integers(1, 60),
        headline=st.sampled_from(["One", "one!", "Two", "Three", "Four", "Five", "", "Six"]),
        language=st.sampled_from(["en", "de", "uk", "en-GB", "und"]),
        outlet=st.sampled_from("abcd"),
        at=st.integers(-300, 300).map(lambda hours: NOW + timedelta(hours=hours)),
        dated=st.booleans(),
        story_id=st.none() | st.integers(100, 106),
        origin_id=st.none() | st.integers(1, 12),
        kin=st.sampled_from(Kin),
        score=st.floats(0, 1),
        followed=st.sampled_from([0, 0, 12, 5000]),
        shared=st.sampled_from([(), (("kherson", 1),), (("kherson", 3),)]),
    ),
    max_size=40,
    unique_by=lambda each: each.article_id,
)


@given(neighbours)
def test_nothing_is_offered_twice_and_never_the_report_itself(others) -> None:
    found = {each.article_id: each for each in others}
    chosen = [found[number] for number in ids(choose(*others, names=(KHERSON,)))]
    seen = [PAGE, *chosen]
    origins = [each.origin_id for each in seen if each.origin_id is not None]
    titles = [each.headline.strip("!").lower() for each in seen if each.headline]
    assert len({each.article_id for each in seen}) == len(seen) <= MOST + 1
    assert len(set(origins)) == len(origins)
    assert len(set(titles)) == len(titles)


@given(neighbours)
def test_an_outlet_has_more_than_its_share_only_where_no_other_fills_the_list(others) -> None:
    found = {each.article_id: each for each in others}
    chosen = [found[number] for number in ids(choose(*others))]
    rest = [one for one in others if one not in chosen and one.article_id != PAGE.article_id]
    crowding = [o for o in "abcd" if sum(each.outlet == o for each in chosen) > OUTLETS]
    assert len(chosen) <= ENOUGH or not crowding
    for outlet in crowding:
        left = [each for each in rest if each.outlet != outlet and each.kin is not Kin.NONE]
        seen = {(each.origin_id, each.headline.strip("!").lower()) for each in (PAGE, *chosen)}
        free = [each for each in left if _is_new(each, seen) and each.language[:2] == "en"]
        counts = [sum(each.outlet == other.outlet for each in chosen) for other in free]
        assert all(count >= OUTLETS for count in counts)


def _is_new(each: Neighbour, seen: set[tuple[object, str]]) -> bool:
    origins, titles = {origin for origin, _ in seen}, {title for _, title in seen if title}
    is_again = each.origin_id is not None and each.origin_id in origins
    return not is_again and each.headline.strip("!").lower() not in titles


@given(neighbours)
def test_languages_that_are_not_read_have_their_share_and_come_last(others) -> None:
    found = {each.article_id: each for each in others}
    foreign = [found[n].language in ("de", "uk", "und") for n in ids(choose(*others))]
    assert sum(foreign) <= FOREIGN
    assert foreign == sorted(foreign)


@given(neighbours)
def test_what_is_stale_is_background(others) -> None:
    found = {each.article_id: each for each in others}
    for offer in choose(*others, names=(KHERSON,)):
        other = found[offer.article_id]
        old = not other.dated or PAGE.at - other.at > STALE
        assert (offer.reason is Reason.BACKGROUND) == old


@given(neighbours, st.randoms(use_true_random=False))
def test_the_order_of_neighbours_says_nothing(others, chance: Random) -> None:
    shuffled = list(others)
    chance.shuffle(shuffled)
    assert choose(*others, names=(KHERSON,)) == choose(*shuffled, names=(KHERSON,))


@given(neighbours, st.integers(0, 8))
def test_a_name_is_given_with_its_reason_and_no_more_than_are_asked_for(others, limit) -> None:
    offers = choose(*others, names=(KHERSON,), limit=limit)
    assert len(offers) <= limit
    assert all((offer.about == "Kherson") == (offer.reason is Reason.ABOUT) for offer in offers)


def test_the_nearest_comes_first_and_the_story_counts_as_nearer() -> None:
    offers = choose(
        near(2, score=0.45),
        near(3, kin=Kin.WHOLE, score=0.4),
        near(4, kin=Kin.PART, score=0.5),
        near(5, kin=Kin.WHOLE, at=NOW - timedelta(days=9), score=0.4),
        near(6, score=0.1, shared=(("kherson", 2),)),
        near(7, score=0.9, at=NOW - timedelta(days=9)),
        near(8, score=0.05),
        names=(KHERSON,),
    )
    assert [(offer.article_id, offer.reason) for offer in offers] == [
        (7, Reason.BACKGROUND),
        (4, Reason.PART),
        (3, Reason.STORY),
        (2, Reason.NEAR),
        (5, Reason.BACKGROUND),
        (6, Reason.ABOUT),
    ]


def test_a_large_story_leaves_room_for_others_that_are_as_near() -> None:
    own = [near(number, kin=Kin.WHOLE, score=0.6) for number in range(2, 12)]
    others = [near(number, score=0.65) for number in range(20, 30)]
    assert sum(each.reason is Reason.STORY for each in choose(*own, *others)) == FREE + 1
    assert all(each.reason is Reason.STORY for each in choose(*own, near(20, score=0.3)))
    assert len(choose(*own)) == MOST


def test_one_of_the_story_that_nobody_held_against_the_article_is_not_the_last() -> None:
    unknown = near(2, kin=Kin.WHOLE, score=0.0)
    assert ids(choose(near(3, score=0.35), unknown, near(4, score=0.45))) == [4, 2, 3]


def test_what_is_only_somewhat_near_fills_a_short_list_and_no_more() -> None:
    weak = [near(number, score=0.17, lede=f"told{number}") for number in range(2, 12)]
    assert len(choose(*weak)) == ENOUGH
    strong = [near(number, score=0.6) for number in range(20, 25)]
    assert ids(choose(*weak, *strong)) == [20, 21, 22, 23, 24]
    assert ids(choose(*weak, *strong[:4]))[:4] == [20, 21, 22, 23]
    assert choose(near(2, score=0.1), near(3, score=0.15), near(4, score=0.17)) == []


def test_of_another_story_a_second_article_must_be_nearer() -> None:
    twins = [near(number, story_id=7, score=0.82) for number in (2, 3, 4)]
    others = [near(number, score=0.8) for number in range(10, 15)]
    assert ids(choose(*twins, *others)) == [2, 10, 11, 12, 13, 14]
    assert ids(choose(*twins, *others[:2])) == [2, 3, 4, 10, 11]


def test_what_the_reader_reads_comes_first_and_the_page_tells_its_own_language() -> None:
    others = [
        near(2, language="uk", score=0.9),
        near(3, language="de", score=0.5),
        near(4, language="en-US", score=0.4),
    ]
    assert ids(choose(*others)) == [4, 2, 3]
    assert ids(choose(*others, languages=("de",))) == [3, 4, 2]


def test_another_outlet_comes_before_a_second_article_of_one() -> None:
    others = [near(2, outlet="a", score=0.68), near(3, outlet="a", score=0.68)]
    strong = [near(number, outlet=f"b{number}", score=0.65) for number in range(4, 9)]
    assert 3 not in ids(choose(*others, *strong))
    assert 3 in ids(choose(*others, *strong[:3]))


def test_one_outlet_alone_fills_a_list_where_there_is_no_other() -> None:
    lone = [near(number, outlet="a", score=0.6) for number in range(2, 12)]
    assert len(choose(*lone)) == ENOUGH
    assert 12 in ids(choose(*lone, near(12, score=0.17, lede="told12")))


def test_what_readers_went_on_to_joins_when_there_is_enough_of_it() -> None:
    few, many = near(2, score=0.0, followed=10), near(3, score=0.0, followed=60)
    assert [(each.article_id, each.reason) for each in choose(few, many)] == [(3, Reason.FOLLOWED)]
    plain, read = near(4, score=0.4), near(5, score=0.39, followed=10)
    assert ids(choose(plain, read)) == [5, 4]


def test_nothing_telling_in_common_is_no_offer_and_age_is_no_background() -> None:
    place = (("kherson", 3),)
    others = [
        near(2, score=0.0),
        near(3, score=0.13),
        near(4, score=0.0, shared=place),
        near(5, score=0.0, at=NOW - timedelta(days=9)),
        near(6, score=0.0, shared=place, at=NOW - timedelta(days=9)),
        near(7, score=0.0, followed=9),
    ]
    assert choose(*others, names=(KHERSON,)) == []


@given(neighbours)
def test_of_another_story_only_what_has_something_telling_in_common_is_offered(others) -> None:
    found = {each.article_id: each for each in others}
    title = set(PAGE.headline.lower().split())
    for offer in choose(*others, names=(KHERSON,)):
        other = found[offer.article_id]
        alike = title & set(other.headline.lower().split())
        assert other.kin is not Kin.NONE or other.score or other.followed or alike


def test_an_agency_is_no_reason_and_a_person_is() -> None:
    sirel = Telling(key="sirel", name="Sirel", weight=0.7)
    person = Telling(key="ada", name="Ada Vell", weight=0.7, person=True)
    others = [near(2, score=0.0, shared=(("sirel", 3),)), near(3, score=0.0, shared=(("ada", 2),))]
    offers = choose(*others, names=(sirel, person))
    assert [(each.article_id, each.about) for each in offers] == [(3, "Ada Vell")]
