"""Words of the interface in letters; whose headlines they bring are the sources' own words."""

from dateline.publish.speaking import Speaker

ASKED_DAILY = "Somebody, we hope you, asked {site} to send the daily letter to this address."
ASKED_STORY = "Somebody, we hope you, asked {site} to send updates on this story to this address."
STORY_FROM = "{headline} (Source: {outlet})"
PLEASE_CONFIRM = "Please confirm that it was you. If it was not, do nothing: nothing will be sent."
CONFIRM_TITLE = "Confirm your subscription to {}"
CONFIRM_BUTTON = "Confirm the subscription"
WHY_DAILY = "You get this letter because you subscribed to it at {}."
WHY_STORY = "You get this letter because you follow this story at {}."
LEAVE_DAILY = "Unsubscribe"
LEAVE_STORY = "Stop following this story"
WHOLE_STORY = "The whole story"
IN_ALL = "{} in all."


def count_stories(say: Speaker, day: str, number: int) -> str:
    """Return the first line of the daily letter: "11 November 2022. 2 stories with something …"."""
    pattern = say.choose(
        "{day}. {number} story with something new.",
        "{day}. {number} stories with something new.",
        number,
    )
    return pattern.format(day=day, number=say.number(number))


def count_new(say: Speaker, number: int) -> str:
    """Return how many reports a followed story has got, as a sentence."""
    return say.count("{} new report.", "{} new reports.", number)
