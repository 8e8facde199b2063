"""The words of the lists of what is popular, and of how reads are counted."""

from datetime import date, tzinfo

from dateline.model import Jump
from dateline.publish.speaking import Speaker
from dateline.web.words import say_clock, say_date

MOST_READ_HOW = (
    "By the number of networks in which a page stayed open and visible for five seconds, counted "
    "without cookies. Older reads fade by half every twelve hours. What fewer than five read is "
    "not listed."
)
HELD = "Place held"
HELD_WHY = (
    "The hour from {hour} counts as those before it. Networks in it: {networks}; explained: "
    "{explained} (most in an hour before: {own}; other articles: {usual}; independent origins of "
    "the story: {origins})."
)
COUNTED_HOW = "How reads are counted"
TICKET_HOW = (
    "When an article is opened, its page asks this site for a ticket, and hands it in after it was "
    "visible for five seconds. A ticket is good once, for that article and for who asked. There "
    "are no cookies, and no other site learns of it."
)
READER_HOW = (
    "A reader is a network (not an address), a family of browsers and a language, as a number that "
    "is made with a secret of the day. Neither the number nor the secret is ever written down; "
    "with the day they are gone. What is kept are sums by the hour."
)
ORDER_HOW = (
    "An article is read once a day by a reader, and by at most five of one network. The order "
    "counts each network once, and one that reads far more than others less and less, in the end "
    "not at all. Robots, pages that are loaded in advance and requests without a ticket count "
    "nothing."
)
HELD_HOW = (
    "Where an article is suddenly read in many more networks than its hours before, the other "
    "articles and the coverage of its story explain, its place is held, and this page says so."
)
NOT_STOPPED = (
    "Not stopped: someone who commands thousands of networks with real browsers, or some dozens "
    "that each read a few articles a day, moves an article as far as that many readers would, and "
    "a flood from very many networks may hold an article’s place for hours. Not seen: readers "
    "whose browser runs no scripts, and all but a few of those who share the network of a large "
    "company or mobile operator."
)
COUNTED_HOW_PARTS = (TICKET_HOW, READER_HOW, ORDER_HOW, HELD_HOW, NOT_STOPPED)
PUBLISHED_COUNTS = "Reads by day"
PUBLISHED_COUNTS_HOW = (
    "Every finished day is published: how many readers each article had, and in how many networks, "
    "crowded ones weighed down. Days are those of UTC."
)
READS_OF = "Reads on {}"
ARTICLE = "Article"
READS = "Reads"
NETWORKS = "Networks"
BELOW_LEAST = "Fewer than {least}"
NOT_SHOWN = "No longer shown"
MANY_ARTICLES = "The {most} most read; the files hold them all."
NONE_TOLD = "No article was read so often that its number is published."


def say_held(say: Speaker, jump: Jump, zone: tzinfo) -> str:
    """Say why the place of an article is held."""
    return say.text(HELD_WHY).format(
        hour=say_clock(say, jump.hour, zone),
        networks=say.number(jump.networks),
        explained=say.number(jump.explained),
        own=say.number(jump.own),
        usual=say.number(jump.usual),
        origins=say.number(jump.origins),
    )


def say_reads_of(say: Speaker, day: date) -> str:
    """Return "Reads on 11 November 2022"."""
    return say.text(READS_OF).format(say_date(say, day))


def say_below_least(say: Speaker, least: int) -> str:
    """Return "Fewer than 5"."""
    return say.text(BELOW_LEAST).format(least=say.number(least))


def count_all_reads(say: Speaker, number: int) -> str:
    """Return how many reads there were on a day."""
    return say.count("{} read in all.", "{} reads in all.", number)


def count_untold(say: Speaker, number: int) -> str:
    """Return how many articles are not told of because they were read too rarely."""
    return say.count(
        "{} article was read by fewer than five and is not listed, so that nobody learns who read "
        "it.",
        "{} articles were read by fewer than five each and are not listed, so that nobody learns "
        "who read them.",
        number,
    )
