from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.model import UNDATED_AT, Pin, PinPlace, Pulse, StoryId
from dateline.publish.places import LIFT, SHARE, TOP_PLACES
from dateline.publish.ranking import Evidence, rank_stories, score_story

FEW = examples(60)
TOLD = st.lists(
    st.tuples(
        st.integers(0, 4),  # outlet
        st.integers(-5, 200),  # hours
        st.integers(1, 9),  # origins
        st.integers(0, 9),  # outlets beyond them
    ),
    max_size=40,
)


def ids(stories) -> list[int]:
    return [story.story_id for story in stories]


def rank(make, stories, **evidence) -> list[int]:
    return ids(rank_stories(stories, make.now, evidence=Evidence(**evidence)).stories)


def tell(make, told):
    return [
        make.story(n, outlet=f"o{outlet}", age=age, origins=origins, outlets=origins + more)
        for n, (outlet, age, origins, more) in enumerate(told, start=1)
    ]


def ago(make, *hours: float):
    return tuple(make.now - timedelta(hours=each) for each in sorted(hours))


def test_more_independent_origins_lead(make) -> None:
    copied = make.story(1, origins=1, outlets=6)
    reported = make.story(2, origins=5, outlets=6)
    assert rank(make, [copied, reported]) == [2, 1]


def test_many_reports_of_one_outlet_are_one_voice(make) -> None:
    talkative = make.story(1, origins=28, outlets=1)
    covered = make.story(2, origins=2, outlets=2)
    assert rank(make, [talkative, covered]) == [2, 1]


def test_what_moves_now_stands_above_what_moved_before(make) -> None:
    alike = {"origins": 4, "outlets": 4, "first_at": make.now - timedelta(hours=30)}
    before, now = make.story(1, age=1, **alike), make.story(2, age=1, **alike)
    pulses = {
        StoryId(1): Pulse(voices=ago(make, 1, 20, 25, 30)),
        StoryId(2): Pulse(voices=ago(make, 1, 1.5, 2, 2.5)),
    }
    assert rank(make, [before, now], pulses=pulses) == [2, 1]


def test_yesterdays_war_does_not_come_back_in_a_quiet_hour(make) -> None:
    day = make.now - timedelta(hours=26)
    war = make.story(1, age=26, origins=60, outlets=60, first_at=day - timedelta(hours=40))
    quiet = [make.story(n, age=n / 2, outlet=f"o{n}") for n in range(2, 8)]
    pulses = {StoryId(1): Pulse(voices=ago(make, *(26 + n / 2 for n in range(60))))}
    for known in ({}, pulses):
        assert rank(make, [war, *quiet], pulses=known)[-1] == 1


def test_a_war_that_goes_on_stays_on_top(make) -> None:
    begun = make.now - timedelta(hours=60)
    war = make.story(1, age=0.2, origins=60, outlets=60, first_at=begun)
    quiet = [make.story(n, age=n / 2) for n in range(2, 8)]
    pulses = {StoryId(1): Pulse(voices=ago(make, *(n / 4 for n in range(60))))}
    assert rank(make, [war, *quiet], pulses=pulses)[0] == 1


def test_the_order_is_the_same_a_year_later(make) -> None:
    stories = [make.story(n, age=n * 3 % 17, origins=1 + n % 4, outlets=4) for n in range(1, 30)]
    later = rank_stories(stories, make.now + timedelta(days=365))
    assert ids(later.stories) == rank(make, stories)


def test_a_date_in_the_future_is_no_advantage(make) -> None:
    assert score_story(make.story(1, age=-500), make.now) == score_story(make.story(2), make.now)


def test_the_sites_own_language_is_an_advantage(make) -> None:
    german = make.card(1, language="de-AT", at=make.now - timedelta(hours=1))
    foreign, own = make.story(1, lead=german, age=1), make.story(2, age=2)
    assert ids(rank_stories([foreign, own], make.now).stories) == [1, 2]
    assert ids(rank_stories([foreign, own], make.now, language="en").stories) == [2, 1]
    assert ids(rank_stories([foreign, own], make.now, language="de").stories) == [1, 2]


def test_languages_and_countries_count_once_each_voice(make) -> None:
    one = make.story(1, origins=3, outlets=3)
    wide = make.story(2, origins=3, outlets=3, languages=("en", "de", "el"))
    assert score_story(wide, make.now) > score_story(one, make.now)
    translated = make.story(3, origins=1, outlets=3, languages=("en", "de", "el"))
    copied = make.story(4, origins=1, outlets=3)
    known = Pulse(countries=3)
    assert score_story(translated, make.now, pulse=known) == score_story(copied, make.now)


@given(
    st.integers(1, 30),
    st.integers(0, 500),
    st.lists(st.floats(0, 70), min_size=30, max_size=30),
    st.integers(1, 8),
)
@FEW
def test_no_number_of_copies_is_worth_one_more_origin(
    make, origins, copies, hours, tongues
) -> None:
    ages = hours[:origins]
    first = make.now - timedelta(hours=max(hours))
    names = tuple(f"l{n}" for n in range(tongues))
    last = make.now - timedelta(hours=min(ages))
    copied = make.story(
        1, origins=origins, outlets=origins + copies, first_at=first, last_at=make.now
    )
    copied = replace(copied, languages=names, articles=origins + copies)
    fuller = make.story(1, origins=origins + 1, outlets=origins + 1, first_at=first, last_at=last)
    fuller = replace(fuller, languages=names)
    pulse = Pulse(voices=ago(make, *ages), countries=tongues, last_hour=copies)
    more = Pulse(voices=ago(make, *ages, min(ages)), countries=tongues)
    assert score_story(copied, make.now, pulse=pulse) <= score_story(fuller, make.now, pulse=more)


@given(st.integers(1, 9), st.integers(0, 9), st.floats(0, 300), st.floats(0, 300))
@FEW
def test_an_older_story_is_never_above_the_same_one_newer(make, origins, more, one, other) -> None:
    newer, older = sorted((one, other))
    alike = {"origins": origins, "outlets": origins + more}
    young, old = make.story(1, age=newer, **alike), make.story(1, age=older, **alike)
    assert score_story(young, make.now) >= score_story(old, make.now)
    times = [ago(make, *(age + n for n in range(origins))) for age in (newer, older)]
    heard = [Pulse(voices=voices) for voices in times]
    young, old = (replace(each, last_at=v[0]) for each, v in zip((young, old), times, strict=True))
    scores = [score_story(s, make.now, pulse=p) for s, p in zip((young, old), heard, strict=True)]
    assert scores[0] >= scores[1] - 1e-9


@given(TOLD, st.randoms())
@FEW
def test_the_order_does_not_depend_on_the_order_of_what_comes_in(make, told, random) -> None:
    stories = tell(make, told)
    mixed = random.sample(stories, len(stories))
    reads = {story.story_id: story.story_id * 7 % 40 for story in stories}
    before = [story.story_id for story in stories[::2]]
    one = rank(make, stories, reads=reads, before=before)
    assert one == rank(make, mixed, reads=reads, before=before)
    assert sorted(one) == sorted(ids(stories))


@given(TOLD, st.integers(1, 20))
@FEW
def test_one_outlet_has_its_share_and_no_more_while_others_have_stories(make, told, first) -> None:
    stories = tell(make, told)
    order = rank_stories(stories, make.now).stories
    for outlet in {story.lead.source_key for story in stories}:
        above = [story.lead.source_key == outlet for story in order[:first]]
        others = [story for story in order if story.lead.source_key != outlet]
        if sum(above) > 1 + first // SHARE:
            # Then nothing of any other was left that could have stood there: all stand above, or
            # belong to outlets that have their share as well.
            left = order[first:]
            taken = {s.lead.source_key for s in left} - {outlet}
            shares = [sum(s.lead.source_key == t for s in order[:first]) for t in taken]
            assert all(share >= 1 + (first - 1) // SHARE for share in shares) or not others


def test_one_outlet_cannot_fill_a_page_when_only_it_is_awake(make) -> None:
    flood = [make.story(n, outlet="loud", age=n / 60) for n in range(1, 200)]
    others = [make.story(300 + n, age=24) for n in range(9)]
    order = rank_stories([*flood, *others], make.now).stories
    for first in (3, 6, 10, 12):
        assert sum(s.lead.source_key == "loud" for s in order[:first]) <= 1 + first // SHARE


def test_readers_move_a_story_by_three_places_at_most(make) -> None:
    stories = [make.story(n, age=n) for n in range(1, 21)]
    calm = rank(make, stories)
    for reads in ({StoryId(15): 9}, {StoryId(15): 0}):
        assert rank(make, stories, reads=reads) == calm
    flooded = rank_stories(stories, make.now, evidence=Evidence(reads={StoryId(15): 10**9}))
    assert ids(flooded.stories).index(15) == calm.index(15) - LIFT
    assert [key for key, why in flooded.reasons.items() if why.lifted] == [15]


@given(st.dictionaries(st.integers(1, 20), st.integers(0, 10**6), max_size=20))
@FEW
def test_no_story_is_moved_far_by_readers(make, reads) -> None:
    stories = [make.story(n, age=n) for n in range(1, 21)]
    read = {StoryId(key): count for key, count in reads.items()}
    for at, key in enumerate(rank(make, stories, reads=read)):
        assert abs(at - (key - 1)) <= LIFT


def pin(make, number: int, place: PinPlace = PinPlace.TOP, hours: float = 1.0, **given) -> Pin:
    at = make.now - timedelta(hours=hours)
    return Pin(story_id=StoryId(number), place=place, at=at, **given)


def test_a_pin_holds_a_story_where_the_editor_wants_it(make) -> None:
    stories = [make.story(n, age=n) for n in range(1, 21)]
    order = rank(make, stories, pins=[pin(make, 15, PinPlace.LEAD), pin(make, 12), pin(make, 2)])
    assert order[0] == 15
    assert {12, 2} <= set(order[:TOP_PLACES])
    assert len(order) == 20
    second = pin(make, 9, PinPlace.LEAD, hours=0.5)
    both = rank(make, stories, pins=[pin(make, 15, PinPlace.LEAD), second])
    assert both[0] == 9
    assert 15 in both[:TOP_PLACES]


def test_a_pin_ends(make) -> None:
    stories = [make.story(n, age=n) for n in range(1, 21)]
    over = pin(make, 15, until=make.now)
    taken = pin(make, 15, ended_at=make.now)
    assert rank(make, stories, pins=[over, taken, pin(make, 99)]) == rank(make, stories)
    holds = pin(make, 15, until=make.now + timedelta(minutes=1))
    found = rank_stories(stories, make.now, evidence=Evidence(pins=[holds]))
    assert found.reasons[StoryId(15)].pinned is PinPlace.TOP
    assert ids(found.stories).index(15) < TOP_PLACES


def test_the_reasons_are_the_numbers_that_were_used(make) -> None:
    story = make.story(1, origins=5, outlets=7, articles=9, languages=("en", "de"), age=0.2)
    pulse = Pulse(voices=ago(make, 0.2, 3), last_hour=3, countries=2)
    found = rank_stories([story], make.now, evidence=Evidence(pulses={StoryId(1): pulse}))
    why = found.reasons[StoryId(1)]
    assert (why.origins, why.outlets, why.languages, why.countries) == (5, 7, 2, 2)
    assert why.last_hour == 3
    assert why.age(make.now) == timedelta(minutes=12)
    assert why.score == score_story(story, make.now, pulse=pulse)


def test_what_has_no_date_stands_behind_old_news(make) -> None:
    undated = make.story(1, origins=9, outlets=9, first_at=UNDATED_AT, last_at=UNDATED_AT)
    old = make.story(2, age=24 * 365)
    assert rank(make, [undated, old]) == [2, 1]
    why = rank_stories([undated], make.now).reasons[StoryId(1)]
    assert not why.dated


def test_what_was_only_seen_is_not_called_new(make) -> None:
    seen = make.story(1, last_sighted=True)
    assert not rank_stories([seen], make.now).reasons[StoryId(1)].dated
