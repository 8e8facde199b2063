"""Who said what in one article: all parts of this room, one after the other."""

from dateline.model import ClaimClues, Claims

MADE_BY = "claims/1"


def read_claims(text: str, clues: ClaimClues) -> Claims:
    """Return the statements, figures, dates and names of one article; spans are of `text`."""
    del text, clues
    return Claims(level="none", made_by=MADE_BY)
