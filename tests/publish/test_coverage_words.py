from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Pulse, Site
from dateline.publish.channels import make_story_item
from dateline.publish.coverage_words import say_coverage
from dateline.publish.origin_tree import count_independent
from dateline.publish.popular import rank_covered
from dateline.publish.ranking import state_reasons
from dateline.publish.speaking import speak

SAY = speak("en")


def test_no_more_origins_are_said_than_outlets() -> None:
    assert say_coverage(SAY, 7, 2) == "7 outlets, 2 origins"
    assert say_coverage(SAY, 1, 2) == "1 outlet, 1 origin"
    assert say_coverage(SAY, 10, 14) == "10 outlets, 10 origins"


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=20))
def test_the_number_that_is_said_is_the_one_that_orders(make, counts) -> None:
    stories = [
        make.story(number, outlets=outlets, origins=origins)
        for number, (outlets, origins) in enumerate(counts, start=1)
    ]
    told = [count_independent(each.outlets, each.origins) for each in rank_covered(stories)]
    assert told == sorted(told, reverse=True)


def test_feeds_say_what_the_ranking_counts(make) -> None:
    story = make.story(1, outlets=2, origins=3)
    assert make_story_item(Site(), story, None).note == "2 outlets, 2 origins"
    assert state_reasons(story, 0.0, Pulse()).origins == 2
