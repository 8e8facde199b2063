"""Words of the interface about one article: its versions, and whose passages it carries.

Beside `words.py`, which holds those of all other pages.
"""

from dateline.publish.changes import Summary
from dateline.publish.steps import StepKind
from dateline.web.words import count_words

VERSIONS = "Versions"
VERSIONS_OF = "Versions of “{}”"
VERSIONS_HOW = (
    "Each version as it was first seen here, the newest first, with what is different from the one "
    "before. A change between two visits to the source is seen at the second."
)
ONE_VERSION = "This article was seen in one version only; no change was found since."
VERSION = "Version {}"
AS_FIRST_SEEN = "As first seen"
SEEN = "Seen"
DATED_BY_PAGE = "Dated by the page"
OLDER_VERSIONS = "{} older versions are kept, but not listed here."
TO_ARTICLE = "Back to the article"
WITHDRAWN_AT = "Withdrawn at its source"
HISTORY = "Its history"

SINCE_FIRST = "Different from what was first seen:"
DIFFERENT = "Different: {}."
NOTHING_TURNED = "neither the headline nor a figure or a quotation"
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
UNSHOWN = "{} not shown: the source allows less of its text."
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
STANDS_IN = "{} % of this text also stands in the earlier report of"
AND_IN = "{} % in that of"
SHARED_QUOTES = "the same quotations"
REST_OWN = "The rest, {} %, is its own."
NOTHING_OWN = "Nothing in it is its own."
FROM_TITLE = "Also in {}"
STANDS = "Also in"
OWN_WORDS = "Unmarked: its own words"
REPORT = "Whose report"
CARRIES = "Carries the report of"
TRANSLATES = "Tells in another language the report of"
CREDITED_FOR = "By its own account the report of {}."
CREDITED = "Credited for it"
CARRIERS = "Carried also by"
FIRST_OF = "The first of {} here that carry this report."
FIRST_OF_MANY = "The first of more than {} here that carry this report."
OTHER_STORIES = "Parts of it belong to other stories"
PART_UNSHOWN = "More of this part stands at the source."
ALONE = "Its own; nobody else here carries it."
GIVEN = "Passages of it also in"


_EVIDENCE = {"given": "as it was given with the article"}


def say_evidence(evidence: str) -> str:
    """Return what a date or a text rests on: a part of the page by its own name, or in words."""
    return _EVIDENCE.get(evidence, evidence)


def say_first(carriers: int, most: int) -> str:
    """Return "The first of 7 here that …"; `carriers` counts at most `most` beside the first."""
    if carriers >= most:
        return FIRST_OF_MANY.format(most)
    return FIRST_OF.format(carriers + 1)


def say_more(number: int) -> str:
    """Return "and 7 more"."""
    return f"and {number:,} more"


def count_figures(number: int) -> str:
    """Return "1 figure", "7 figures"."""
    return count_words(number, "figure", "figures")


def count_quotes(number: int) -> str:
    """Return "1 quotation", "7 quotations"."""
    return count_words(number, "quotation", "quotations")


def count_changed(number: int) -> str:
    """Return "1 changed sentence is", "7 changed sentences are"."""
    return count_words(number, "changed sentence is", "changed sentences are")


def count_kept(number: int) -> str:
    """Return "1 sentence unchanged", "7 sentences unchanged"."""
    return count_words(number, "sentence unchanged", "sentences unchanged")


def say_turned(summary: Summary) -> str:
    """Return "the headline, 2 figures, 1 quotation", or that none of them turned."""
    parts = [
        "the headline" if summary.headline else "",
        count_figures(summary.figures) if summary.figures else "",
        count_quotes(summary.quotes) if summary.quotes else "",
    ]
    return ", ".join(part for part in parts if part) or NOTHING_TURNED


def say_sentences(reworded: int, added: int, dropped: int) -> str:
    """Return "2 sentences reworded, 1 added, 3 taken out", without what there is none of."""
    counts = [(reworded, "reworded"), (added, "added"), (dropped, "taken out")]
    found = [(number, done) for number, done in counts if number]
    if not found:
        return ""
    number, done = found[0]
    first = f"{count_words(number, 'sentence', 'sentences')} {done}"
    return ", ".join([first, *(f"{number:,} {done}" for number, done in found[1:])])
