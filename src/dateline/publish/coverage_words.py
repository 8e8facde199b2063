"""Words of pages, feeds and letters alike: how widely a story is covered, what has no headline."""

from dateline.publish.origin_tree import count_independent
from dateline.publish.speaking import Speaker
from dateline.text import squeeze

COVERAGE = "{outlets}, {origins}"
SOURCE_LINE = "Source: {}"
NO_HEADLINE = "Without a headline"


def count_outlets(say: Speaker, number: int) -> str:
    """Return "1 outlet", "7 outlets"."""
    return say.count("{} outlet", "{} outlets", number)


def count_origins(say: Speaker, number: int) -> str:
    """Return "1 origin", "2 origins"."""
    return say.count("{} origin", "{} origins", number)


def say_coverage(say: Speaker, outlets: int, origins: int) -> str:
    """Return "7 outlets, 2 origins": of the origins as many as may be independent."""
    independent = count_independent(outlets, origins)
    counted = {"outlets": count_outlets(say, outlets), "origins": count_origins(say, independent)}
    return say.text(COVERAGE).format(**counted)


def say_headline(say: Speaker, headline: str) -> str:
    """Return a headline as one line; where there is none, words that say so."""
    return squeeze(headline) or say.text(NO_HEADLINE)
