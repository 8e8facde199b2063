"""Figures: every number with a meaning in a news text, what it counts, and whose it is.

The way, one module a step: `pieces` cuts compounds, `amounts` reads numbers (`digits`, `numbers`,
`compounds`) with their `units`, `skips` leaves out dates, times, names and scores, `quantities`
joins ranges and reads bounds and changes, `counted` finds what is counted, `find` puts a figure
together with its statement and its date. Words are data: `words/*.toml`, read by `lexicon`.
"""

from dateline.claims.figures.find import find_figures

__all__ = ["find_figures"]
