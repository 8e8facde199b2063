"""Two versions of one article: which sentences stayed, came, went or were reworded, what turned.

What a reader must be told is kept apart: the headline's words, a figure, a quotation; and whether
the new version carries a note that says so.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dateline.model import Reading, Span
from dateline.publish.alignment import compare_words
from dateline.publish.steps import ALIKE, Step, StepKind, compare_texts, join_marks, make_step
from dateline.publish.wordings import (
    Figure,
    Quote,
    find_figures,
    find_quotes,
    is_note,
    pair_figures,
)
from dateline.text import list_tokens, squeeze

LONGEST_TEXT = 100_000  # code points; what stands further down is not compared
MOST_QUOTES = 200  # of one version; what is quoted further down is not compared


class TurnKind(StrEnum):
    """What of an article turned, that readers should be told of."""

    HEADLINE = "headline"
    FIGURE = "figure"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A headline, a figure or a quotation that is not what it was."""

    kind: TurnKind
    old: str
    new: str  # "" where it was taken out
    old_span: Span | None = None  # in the old text; None where it stands in the headline
    new_span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All that is different between two versions."""

    steps: tuple[Step, ...]  # in order of the new text, dropped ones where they stood
    headline: Step | None = None  # None where it is the same to the letter
    turns: tuple[Turn, ...] = ()
    note: str = ""  # the new version's own words on its correction or update
    note_span: Span | None = None  # in the new text; None where it stands in the headline

    def count(self, kind: StepKind) -> int:
        """Return how many sentences were reworded, added, …; moved ones are left out."""
        return sum(step.kind is kind and not step.moved for step in self.steps)

    @property
    def summary(self) -> "Summary":
        """What turned, in numbers."""
        kinds = Counter(turn.kind for turn in self.turns)
        return Summary(
            headline=bool(kinds[TurnKind.HEADLINE]),
            figures=kinds[TurnKind.FIGURE],
            quotes=kinds[TurnKind.QUOTE],
            noted=bool(self.note),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What turned between two versions, small enough for a mark in a list."""

    headline: bool = False
    figures: int = 0
    quotes: int = 0
    noted: bool = False  # a note of correction or update came with it

    @property
    def silent(self) -> bool:
        """Whether a figure or a quotation changed, and no note says so."""
        return bool(self.figures or self.quotes) and not self.noted


def compare_versions(old: Reading, new: Reading) -> Changes:
    """Return what changed from one version of an article to another."""
    language = new.language or old.language
    old_text, new_text = old.text[:LONGEST_TEXT], new.text[:LONGEST_TEXT]
    steps = compare_texts(old_text, new_text, language)
    headline = _compare_headlines(squeeze(old.headline), squeeze(new.headline))
    note, note_span = _find_note(steps, headline, new_text)
    turns = [
        *_find_headline_turn(headline),
        *_find_figure_turns(steps, headline, language),
        *_find_quote_turns(old_text, new_text),
    ]
    if note_span:  # what the note itself says of old and new is no second change
        turns = [turn for turn in turns if not _lies_in(turn.new_span, note_span)]
    return Changes(
        steps=tuple(steps), headline=headline, turns=tuple(turns), note=note, note_span=note_span
    )


def _compare_headlines(old: str, new: str) -> Step | None:
    return None if old == new else make_step(old, new)


def _find_headline_turn(headline: Step | None) -> list[Turn]:
    if headline is None:
        return []
    old, new = join_marks(headline.old_marks), join_marks(headline.new_marks)
    if list_tokens(old) == list_tokens(new):  # only its marks or capitals
        return []
    return [Turn(kind=TurnKind.HEADLINE, old=old, new=new)]


def _find_note(steps: Sequence[Step], headline: Step | None, new: str) -> tuple[str, Span | None]:
    for step in steps:
        if step.new and step.kind is not StepKind.KEPT and is_note(join_marks(step.new_marks)):
            # A note runs to the end of its paragraph.
            end = new.find("\n\n", step.new[0])
            span = (step.new[0], end if end >= 0 else len(new))
            return squeeze(new[span[0] : span[1]]), span
    words = join_marks(headline.new_marks) if headline else ""
    return (words, None) if is_note(words) else ("", None)


def _find_figure_turns(steps: Sequence[Step], headline: Step | None, language: str) -> list[Turn]:
    standing = {
        figure.value
        for step in steps
        for figure in find_figures(join_marks(step.new_marks), language)
    }
    reworded = [step for step in steps if step.kind is StepKind.REWORDED]
    places = [*_list_alike(headline), *reworded]
    turns = [turn for step in places for turn in _compare_figures(step, language, standing)]
    # "31" for "34" in the headline and twice in the text is one turn: the first is kept.
    return list({(turn.old, turn.new): turn for turn in reversed(turns)}.values())[::-1]


def _list_alike(headline: Step | None) -> list[Step]:
    """Return the headline if it was reworded; in a wholly new one no figure stands for another."""
    if headline is None:
        return []
    sides = (headline.old_marks, headline.new_marks)
    old, new = (frozenset(list_tokens(join_marks(marks))) for marks in sides)
    return [headline] if compare_words(old, new) >= ALIKE else []


def _compare_figures(step: Step, language: str, standing: set[str]) -> Iterator[Turn]:
    old, new = join_marks(step.old_marks), join_marks(step.new_marks)
    old_figures, new_figures = find_figures(old, language), find_figures(new, language)
    lost, won = _subtract(old_figures, new_figures), _subtract(new_figures, old_figures)
    for figure, instead in pair_figures((old, lost), (new, won)):
        if instead or (figure.value not in standing and step.old):
            yield Turn(
                kind=TurnKind.FIGURE,
                old=figure.words,
                new=instead.words if instead else "",
                old_span=step.old,
                new_span=step.new,
            )


def _subtract(figures: Sequence[Figure], others: Sequence[Figure]) -> list[Figure]:
    left = Counter(figure.value for figure in others)
    rest = []
    for figure in figures:
        if left[figure.value]:
            left[figure.value] -= 1
        else:
            rest.append(figure)
    return rest


def _find_quote_turns(old: str, new: str) -> Iterator[Turn]:
    old_quotes, new_quotes = find_quotes(old)[:MOST_QUOTES], find_quotes(new)[:MOST_QUOTES]
    known = {quote.tokens for quote in old_quotes}
    won = [quote for quote in new_quotes if quote.tokens not in known]
    words = f" {' '.join(list_tokens(new))} "
    # What still stands in the new text word by word, quoted or not, has not changed.
    for quote in (each for each in old_quotes if f" {' '.join(each.tokens)} " not in words):
        best = max(won, key=lambda other: _compare_quotes(quote, other), default=None)
        instead = best if best and _compare_quotes(quote, best) >= ALIKE else None
        yield Turn(
            kind=TurnKind.QUOTE,
            old=quote.words,
            new=instead.words if instead else "",
            old_span=quote.span,
            new_span=instead.span if instead else None,
        )


def _compare_quotes(quote: Quote, other: Quote) -> float:
    return compare_words(frozenset(quote.tokens), frozenset(other.tokens))


def _lies_in(span: Span | None, outer: Span) -> bool:
    return span is not None and outer[0] <= span[0] and span[1] <= outer[1]
