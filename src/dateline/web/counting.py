"""A story's figures for its pages: those that count the same thing side by side."""

from collections.abc import Iterable, Sequence

from dateline.claims.rivals import Counted, RivalGroup, group_rivals
from dateline.model import SavedFigure, StoryId
from dateline.publish.figure_table import FigureGroup, Rivals, view_groups
from dateline.store.claims import list_story_figures
from dateline.web.desk import Look

Place = tuple[int, tuple[int, int]]  # an article, and where in its text


def list_groups(look: Look, story_id: StoryId) -> list[FigureGroup]:
    """Return the figures of a story in groups, those with the most rival numbers first."""
    figures = list_story_figures(look.tx, story_id)
    saved = {_place(each): each for each in figures}
    groups = group_rivals(_count(each) for each in figures)
    return view_groups((_gather(group, saved) for group in groups), look.frame.sources)


def _count(saved: SavedFigure) -> Counted:
    card = saved.card
    return Counted(
        figure=saved.figure, article=card.article_id, at=card.listed_at, language=card.language
    )


def _place(saved: SavedFigure) -> Place:
    return saved.card.article_id, saved.figure.span


def _gather(group: RivalGroup, saved: dict[Place, SavedFigure]) -> Rivals:
    values = [value for speaker in group.speakers for value in speaker.values]
    return Rivals(
        rows=tuple(_find(value.figures, saved) for value in values),
        updates=frozenset(number for number, value in enumerate(values) if value.is_update),
        unit=group.unit,
        deeds=group.deeds,
        counts=group.counts,
    )


def _find(figures: Iterable[Counted], saved: dict[Place, SavedFigure]) -> Sequence[SavedFigure]:
    return [saved[one.article, one.figure.span] for one in figures]
