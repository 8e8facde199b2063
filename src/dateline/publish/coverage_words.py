"""Words for how widely a story is covered: on pages, in feeds and in letters alike."""

from dateline.publish.speaking import Speaker

COVERAGE = "{outlets}, {origins}"
SOURCE_LINE = "Source: {}"


def count_outlets(say: Speaker, number: int) -> str:
    """Return "1 outlet", "7 outlets"."""
    return say.count("{} outlet", "{} outlets", number)


def count_origins(say: Speaker, number: int) -> str:
    """Return "1 origin", "2 origins"."""
    return say.count("{} origin", "{} origins", number)


def say_coverage(say: Speaker, outlets: int, origins: int) -> str:
    """Return "7 outlets, 2 origins"."""
    counted = {"outlets": count_outlets(say, outlets), "origins": count_origins(say, origins)}
    return say.text(COVERAGE).format(**counted)
