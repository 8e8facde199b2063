"""Every word of the interface, in one place, in English; its catalogues say the same in others.

These are words about the site. Words about the news are the sources' own, always.

A constant is a message: templates get it translated as `w.SKIP`, handlers by `say.text(SKIP)`. A
function takes the speaker first, and templates call it without: `w.count_outlets(7)`. What is
said is always one whole pattern with places in it, never glued from pieces.
"""

from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from dateline.publish.coverage_words import SOURCE_LINE as SOURCE_LINE
from dateline.publish.coverage_words import count_origins as count_origins
from dateline.publish.coverage_words import count_outlets as count_outlets
from dateline.publish.coverage_words import say_coverage as say_coverage
from dateline.publish.speaking import Speaker
from dateline.web.why_words import say_why as say_why

SKIP = "Skip to the news"
FRONT = "Front page"
TOP = "Top stories"
LATEST = "Latest"
LATEST_IN = "Latest: {}"  # a language, in its own words
MORE_NEWS = "More news"
POPULAR = "Most popular"
MOST_READ = "Most read"
MOST_COVERED = "Most covered"
MOST_COVERED_HOW = (
    "Stories with the most independent origins: a report that ten outlets copy counts once."
)
NO_READS = "No article was read by five or more lately."
OUTLETS = "Outlets"
ABOUT = "How this site works"
SEARCH = "Search"
SECTIONS = "Sections"
ALL_LATEST = "All the latest"
SITE_PAGES = "This site"
ORIGINAL = "Read the original at {}"
MORE_AT_SOURCE = "The rest stands at the source."
HEADLINE_ONLY = "This source allows its headline to be shown here. The text stands at the source."
NO_TEXT = "No text was found on the page. It can be read at the source."
BY = "By {}"
PUBLISHED = "Published {}"
UPDATED = "Updated {}"
UNDATED = "Undated"
FIRST_SEEN = "Undated. First seen {}"
SEEN_AT = "first seen {}"
CHANGED = "Changed after publication"
CREDITS = "Credits:"
PICTURE = "Picture:"
WITHDRAWN = "Withdrawn"
WITHDRAWN_HOW = (
    "This article was withdrawn at its source on {}. Its text is no longer shown; its address and "
    "its place in the record stay."
)
TRACE = "Where this comes from"
TRACE_ORIGINAL = "Original"
TRACE_DATE = "Date from"
TRACE_CLAIMED = "Date as written"
TRACE_SEEN = "First seen here"
TRACE_VERSIONS = "Versions seen"
TRACE_TEXT = "Text from"
TRACE_LANGUAGE = "Language"
TRACE_AGENCIES = "Agencies named"
TRACE_SHOWN = "Shown of the text"
RIGHTS = {
    "headline": "headline only, as the source allows",
    "excerpt": "an excerpt, as the source allows",
    "full": "in full, as the source allows",
}
SHOWN_NOTHING = "nothing: it was withdrawn"
IN_STORY = "Part of a story"
WHOLE_STORY = "The whole story"
SAME_REPORT = "This report also in"
GET_LATEST = "Get the latest"
GET_LATEST_HOW = (
    "Stay informed: the day’s stories by email, with their sources. One click to leave."
)
FOLLOW_STORY = "Follow this story"
FOLLOW_STORY_HOW = "An email when another outlet reports something on it, and nothing else."
MAIL_ADDRESS = "Email address"
WHAT_TO_GET = "What to get"
DAILY_LETTER = "The daily letter"
THIS_STORY = "Updates on this story"
SUBSCRIBE = "Subscribe"
FEEDS = "Feeds"
LANGUAGES = "Languages"
ALL_LANGUAGES = "All"
ALIKE = "{} of the shorter text"
SURENESS = (
    (0.9, "Sure ({})"),
    (0.7, "Likely ({})"),
    (0.5, "Perhaps ({})"),
    (0.0, "Unsure ({})"),
)
LABELLED = "{label}: {value}"
PAGE_OF = "Page {page} of {pages}"
LATER = "Later"
LANGUAGE_CHOICE = "Language of this site"
EARLIER = "Earlier"
NEWEST = "Newest"
SEARCH_FOR = "Words"
ANY_OUTLET = "Any outlet"
ANY_LANGUAGE = "Any language"
OUTLET = "Outlet"
LANGUAGE = "Language"
FROM_DAY = "From"
TO_DAY = "To"
ORDER = "Order"
BY_TIME = "Newest first"
BY_MATCH = "Best match first"
SEARCH_HINT = "Search the headlines and texts of every outlet on this site."
BAD_DAY = "A day is written like 2022-11-30; “{}” was left out."
EMPTY_SITE = "No news yet"
EMPTY_SITE_HOW = (
    "This site has no articles. Add a source with “dateline add URL” and fetch with "
    "“dateline fetch --once”; the front page fills as articles come in."
)
EMPTY_LIST = "Nothing here yet."
CHECK_MAIL = "Check your email"
CHECK_MAIL_HOW = (
    "If {} is not subscribed yet, an email is on its way to it. Open the link in it to confirm; "
    "until then nothing else is sent."
)
CONFIRM = "Confirm your subscription"
CONFIRM_HOW = "Press the button to begin. You can leave at any time by the link in every letter."
CONFIRM_BUTTON = "Yes, send it to me"
CONFIRMED = "You are subscribed"
CONFIRMED_HOW = "The next letter comes when there is something new. Each carries a link to leave."
LEAVE = "Leave this letter"
LEAVE_HOW = "Press the button, and your address is deleted here."
LEAVE_BUTTON = "Unsubscribe"
LEFT = "You have left"
LEFT_HOW = "Your address was deleted. Nothing more will be sent to it."
OLD_LINK = "This link is no longer good"
OLD_LINK_HOW = "It was used before, or has run out. You can subscribe again at any time."
BAD_ADDRESS = "This is not an email address"
BAD_ADDRESS_HOW = "Please check “{}” and try again."
TOO_MANY = "Too many requests"
TOO_MANY_HOW = "Please try again in an hour."
NOT_FOUND = "There is no such page"
NOT_FOUND_HOW = (
    "The address may be mistyped. The front page and the search are good places to go on."
)
GONE = "This page is gone"
GONE_HOW = "What stood here was withdrawn."
BROKEN = "Something went wrong here"
BROKEN_HOW = "It is our mistake, and it has been recorded. Please try again in a moment."
REFUSED = "This request cannot be answered"
REFUSED_HOW = "Something in it is too long or is not allowed here."
NEVER_UPDATED = "no articles yet"
PAUSED = "paused"
AGENCY = "agency"
HOME_PAGE = "Home page"
WRITE_TO = "Write to {}."
TIMES_IN = "Time zone of all times here: {}."
TRACEABLE = "Every line here can be traced to who published it."

ORIGINS_AT_MOST = (
    "No more origins are counted than outlets: several reports of one outlet’s own are still one "
    "voice."
)
ABOUT_PARTS = (  # each a title and its paragraphs
    (
        "What you read here",
        (
            "Every headline, sentence and picture is a source’s own, taken from its page or feed "
            "as it stood. This site writes nothing about the news. Only words such as “Source” or "
            "“Most popular” are ours."
        ),
    ),
    (
        "Sources",
        (
            "Wherever a source’s words are shown, a source line names it and links to the "
            "original. How much is shown is set for each source: its headline, an excerpt, or the "
            "whole text."
        ),
    ),
    (
        "Outlets and origins",
        (
            "“7 outlets, 2 origins” means that seven outlets reported, but that their reports go "
            "back to two texts: wire copy, rewrites and translations of it are one origin, and "
            "several feeds of one publisher are one outlet. A story’s page shows who has it from "
            "whom, how sure that is and why. It follows from the passages that texts share, the "
            "agencies they name and their dates."
        ),
        ORIGINS_AT_MOST,
    ),
    (
        "Stories",
        (
            "Reports on the same event are put together into a story by their words and their "
            "dates. A story’s headline is that of one of its reports. A machine does this, and it "
            "errs at times; each report shows where it came from, so that you can check. When two "
            "stories turn out to be one, both addresses go on leading to it, and the page says so."
        ),
    ),
    (
        "Who said what",
        (
            "Statements and figures are read from the texts by software: who is reported to "
            "have said what, in the words of the source that is named, with a link to where they "
            "stand. It errs in about one in ten. Figures that count the same thing stand side by "
            "side with whose they are; none is averaged, and nothing here says what is true. "
            "Places are named with data from GeoNames (geonames.org), licence CC BY 4.0; sections "
            "follow the IPTC Media Topics (iptc.org), licence CC BY 4.0."
        ),
    ),
    (
        "Dates and changes",
        (
            "Each article says what its date rests on. An article that was edited after we first "
            "saw it says so, and one that was withdrawn keeps its address but not its text."
        ),
    ),
    (
        "The front page",
        (
            "The order follows from how many outlets have a report of their own and how lately, "
            "from how old the headline is, and from how many languages and countries report. An "
            "outlet that already stands on the page has to wait. What many people read rises by "
            "three places at most, and what the editor holds high says so. Each place says what it "
            "rests on. No one is paid for a place, and what you read before does not change it."
        ),
    ),
    (
        "Your privacy",
        (
            "There are no cookies, no advertising and nothing from third parties: pictures are "
            "our own copies. Reads are counted as sums by the hour, without knowing who read. An "
            "email address is kept only while you are subscribed."
        ),
    ),
)


def count_reports(say: Speaker, number: int) -> str:
    """Return "1 report", "7 reports"."""
    return say.count("{} report", "{} reports", number)


def count_articles(say: Speaker, number: int) -> str:
    """Return "1 article", "7 articles"."""
    return say.count("{} article", "{} articles", number)


def count_languages(say: Speaker, number: int) -> str:
    """Return "1 language", "2 languages"."""
    return say.count("{} language", "{} languages", number)


def count_versions(say: Speaker, number: int) -> str:
    """Return "1 version", "2 versions"."""
    return say.count("{} version", "{} versions", number)


def count_more(say: Speaker, number: int) -> str:
    """Return "7 more", as the last part of a list."""
    return say.count("{} more", "{} more", number)


def say_more(say: Speaker, number: int) -> str:
    """Return "and 7 more", on a line of its own under a list."""
    return say.count("and {} more", "and {} more", number)


def say_labelled(say: Speaker, label: str, value: str) -> str:
    """Return "Shown of the text: an excerpt"."""
    return say.text(LABELLED).format(label=label, value=value)


def say_sureness(say: Speaker, sureness: float) -> str:
    """Return "Likely (82%)"."""
    word = next(word for least, word in SURENESS if sureness >= least or least == 0.0)
    return say.text(word).format(say.share(sureness))


def say_zone(say: Speaker, zone: ZoneInfo) -> str:
    """Return in which time zone times are shown."""
    return say.text(TIMES_IN).format(say.calendar.name_zone(zone))


def say_day(say: Speaker, day: date) -> str:
    """Return "Friday, 11 November 2022"."""
    return say.calendar.day(day)


def say_date(say: Speaker, day: date) -> str:
    """Return "11 November 2022"."""
    return say.calendar.date(day)


def say_clock(say: Speaker, at: datetime, zone: tzinfo) -> str:
    """Return "14:05" in the given zone."""
    return say.calendar.clock(at, zone)


def say_moment(say: Speaker, at: datetime, zone: tzinfo) -> str:
    """Return "11 November 2022, 14:05 CET" in the given zone."""
    return say.calendar.moment(at, zone)


def say_short(say: Speaker, at: datetime, zone: tzinfo, today: date) -> str:
    """Return "14:05" today, "11 Nov, 14:05" this year, "11 Nov 2022" before."""
    day = at.astimezone(zone).date()
    if day.year != today.year:
        return say.calendar.short(day)
    return say.calendar.minute(at, zone, today)


def say_minute(say: Speaker, at: datetime, zone: tzinfo, today: date) -> str:
    """Return "14:05" today, "11 Nov, 14:05" this year, "11 Nov 2022, 14:05" before."""
    return say.calendar.minute(at, zone, today)
