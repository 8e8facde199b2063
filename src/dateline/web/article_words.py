"""Words of the interface about one article: its versions, and whose passages it carries.

Beside `words.py`, which says how they are written and holds those of all other pages.
"""

from dateline.publish.changes import Summary
from dateline.publish.speaking import Speaker
from dateline.publish.steps import StepKind

VERSIONS = "Versions"
VERSIONS_OF = "Versions of “{}”"
VERSIONS_HOW = (
    "Each version as it was first seen here, the newest first, with what is different from the one "
    "before. A change between two visits to the source is seen at the second."
)
ONE_VERSION = "This article was seen in one version only; no change was found since."
VERSION = "Version {}"
AS_FIRST_SEEN = "As first seen"
SEEN = "Seen {}"
DATED_BY_PAGE = "Dated {} by the page"
TO_ARTICLE = "Back to the article"
WITHDRAWN_AT = "Withdrawn at its source {}"
HISTORY = "Its history"

SINCE_FIRST = "Different from what was first seen: {}."
SINCE_FIRST_SAME = (
    "The headline, the figures and the quotations are still those that were first seen."
)
DIFFERENT = "Different: {}."
THE_HEADLINE = "the headline"
NO_NOTE = "No note in the text says so."
HAS_NOTE = "A note in the text says so."
NOTE = "Its note:"
HEADLINE = "Headline"
FIGURE = "Figure"
QUOTE = "Quotation"
BEFORE = "Before"
NOW = "Now"
TAKEN_OUT = "taken out"
ONLY_FORM = "Only spacing, marks or the parts around the text are different."
UNSHOWN_GONE = "Its words are not shown: the article was withdrawn."
KINDS = {
    StepKind.REWORDED: "Reworded",
    StepKind.ADDED: "Added",
    StepKind.DROPPED: "Taken out",
}
MOVED = "Moved"

WHOSE = "Whose words these are"
PASSAGES = "Where each passage comes from"
PASSAGES_UNSHOWN = "None of these passages stands in the part that may be shown here."
STANDS_IN = "{share} of this text also stands in the earlier report of {outlet}."
AND_IN = "{share} also stands in that of {outlet}."
SHARED_QUOTES = "the same quotations"
SAME_QUOTES_OF = "{outlet} (the same quotations)"
REST_OWN = "The rest, {}, is its own."
NOTHING_OWN = "Nothing in it is its own."
FROM_TITLE = "Also in {}"
FROM_REF = "also in {}:"
STANDS = "Also in"
OWN_WORDS = "Unmarked: its own words"
REPORT = "Whose report"
CARRIES = "Carries the report of {outlet}: {report}."
TRANSLATES = "Tells in another language the report of {outlet}: {report}."
CREDITED_FOR = "By its own account the report of {}."
CREDITED = "Credited for it"
CARRIERS = "Carried also by"
OTHER_STORIES = "Parts of it belong to other stories"
PART_UNSHOWN = "More of this part stands at the source."
ALONE = "Its own; nobody else here carries it."
GIVEN = "Passages of it also in"


_SENTENCES = (
    ("{} sentence reworded", "{} sentences reworded"),
    ("{} sentence added", "{} sentences added"),
    ("{} sentence taken out", "{} sentences taken out"),
)
_EVIDENCE = {"given": "as it was given with the article"}


def say_evidence(say: Speaker, evidence: str) -> str:
    """Return what a date or a text rests on: a part of the page by its own name, or in words."""
    return say.text(_EVIDENCE[evidence]) if evidence in _EVIDENCE else evidence


def say_first(say: Speaker, carriers: int, most: int) -> str:
    """Return "The first of 7 here that …"; `carriers` counts at most `most` beside the first."""
    if carriers >= most:
        many = "The first of more than {} here that carry this report."
        return say.count(many, many, most)
    some = "The first of {} here that carry this report."
    return say.count(some, some, carriers + 1)


def count_figures(say: Speaker, number: int) -> str:
    """Return "1 figure", "7 figures"."""
    return say.count("{} figure", "{} figures", number)


def count_quotes(say: Speaker, number: int) -> str:
    """Return "1 quotation", "7 quotations"."""
    return say.count("{} quotation", "{} quotations", number)


def count_older(say: Speaker, number: int) -> str:
    """Return how many versions are not listed."""
    return say.count(
        "{} older version is kept, but not listed here.",
        "{} older versions are kept, but not listed here.",
        number,
    )


def count_unshown(say: Speaker, number: int) -> str:
    """Return how many changed sentences may not be shown."""
    return say.count(
        "{} changed sentence is not shown: the source allows less of its text.",
        "{} changed sentences are not shown: the source allows less of its text.",
        number,
    )


def count_kept(say: Speaker, number: int) -> str:
    """Return "1 sentence unchanged", "7 sentences unchanged"."""
    return say.count("{} sentence unchanged", "{} sentences unchanged", number)


def say_turned(say: Speaker, summary: Summary) -> str:
    """Return "the headline, 2 figures and 1 quotation", "" where none of them turned."""
    parts = (
        say.text(THE_HEADLINE) if summary.headline else "",
        count_figures(say, summary.figures) if summary.figures else "",
        count_quotes(say, summary.quotes) if summary.quotes else "",
    )
    return say.join([part for part in parts if part])


def say_since_first(say: Speaker, summary: Summary) -> str:
    """Return what is different from what was first seen, as a sentence."""
    turned = say_turned(say, summary)
    return say.text(SINCE_FIRST).format(turned) if turned else say.text(SINCE_FIRST_SAME)


def say_sentences(say: Speaker, reworded: int, added: int, dropped: int) -> str:
    """Return "2 sentences reworded and 1 sentence added", without what there is none of."""
    counted = zip((reworded, added, dropped), _SENTENCES, strict=True)
    return say.join([say.count(*forms, number) for number, forms in counted if number])
