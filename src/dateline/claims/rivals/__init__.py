"""Rival figures: which numbers of a story count the same thing, side by side by who gives them.

Two figures count the same where their units agree, what befell the counted agrees ("killed" is not
"injured", and neither is "fighting"), and the words for what is counted overlap: by stems, and by
names for one thing in several languages (`words.toml`); where the languages differ, an encoder may
say more. Nothing is averaged and nothing judged: a group lists who said what number as of when,
and a number that one speaker later changes is an update within the group.
"""

from dateline.claims.rivals.around import add_clauses
from dateline.claims.rivals.grouping import group_rivals
from dateline.claims.rivals.values import Counted, RivalGroup, RivalSpeaker, RivalValue

__all__ = [
    "Counted",
    "RivalGroup",
    "RivalSpeaker",
    "RivalValue",
    "add_clauses",
    "group_rivals",
]
