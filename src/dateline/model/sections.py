"""Where an article is filed: the site's section, and what the outlet itself calls it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """In which section of the site an article stands."""

    section: str  # key of one of our sections ("politics"); else a name as it was given; "" unknown
    own: str = ""  # the outlet's own name for it
    made_by: str = ""
