"""Words about pages: titles of feeds and lists in one language, the tally on a drawn card."""

from dateline.web.words import count_origins, count_outlets

LATEST_IN = "Latest: {}"  # a language, in its own words
TALLY = "{outlets}, {origins}"  # "7 outlets, 2 origins"


def say_tally(outlets: int, origins: int) -> str:
    """Return how many outlets report a story, with how many origins."""
    return TALLY.format(outlets=count_outlets(outlets), origins=count_origins(origins))
