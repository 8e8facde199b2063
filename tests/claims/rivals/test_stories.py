"""Rival figures on small stories that were written before the rules were run on them.

Measured by pairs of different numbers that stand side by side. A wrong pair is worse than a
missing one.
"""

from tests.claims.rivals.story_cases import load_stories, show_pairs

LEAST_RIGHT = 0.95  # of the pairs that are shown
LEAST_FOUND = 0.8  # of the pairs that should be


def test_numbers_of_stories_stand_side_by_side_where_they_count_the_same() -> None:
    judged = [(story.about, *show_pairs(story)) for story in load_stories()]
    right = sum(len(shown & wanted) for _, shown, wanted in judged)
    wrong = [about for about, shown, wanted in judged if shown - wanted]
    assert right >= LEAST_RIGHT * sum(len(shown) for _, shown, _ in judged), wrong
    missed = [about for about, shown, wanted in judged if wanted - shown]
    assert right >= LEAST_FOUND * sum(len(wanted) for *_, wanted in judged), missed
