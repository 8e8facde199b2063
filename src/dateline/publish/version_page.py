"""The versions of an article as its page lists them, within what its source allows to be shown.

A sentence that changed is shown only where it lies inside what may be shown of both versions;
everything else is said in numbers. Of a withdrawn article nothing is shown but the numbers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise

from dateline.model import Dated, Reading, Source, Span, Version
from dateline.publish.changes import (
    LONGEST_TEXT,
    Changes,
    Summary,
    Turn,
    TurnKind,
    compare_versions,
)
from dateline.publish.jsonld import Correction
from dateline.publish.shown import Shown, show_text
from dateline.publish.steps import Marks, Step, StepKind
from dateline.publish.wordings import is_correction
from dateline.sentences import split_paragraphs, split_sentences
from dateline.text import squeeze

MOST_LINES = 120  # of one version; a live page may have been written anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One changed sentence, or a stretch of sentences that stayed as they were."""

    kind: StepKind
    old: Marks = ()
    new: Marks = ()
    moved: bool = False
    kept: int = 0  # sentences of a stretch that stayed


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChanges:
    """What a reader may be shown of the changes from one version to the next."""

    summary: Summary
    reworded: int  # sentences in all, shown or not
    added: int
    dropped: int
    headline: Step | None = None
    turns: tuple[Turn, ...] = ()  # figures and quotations whose words may be shown
    note: str = ""
    lines: tuple[Line, ...] = ()
    unshown: int = 0  # changed sentences that are not among the lines

    @property
    def hidden_figures(self) -> int:
        """How many figures changed without being shown."""
        return self.summary.figures - sum(turn.kind is TurnKind.FIGURE for turn in self.turns)

    @property
    def hidden_quotes(self) -> int:
        """How many quotations changed without being shown."""
        return self.summary.quotes - sum(turn.kind is TurnKind.QUOTE for turn in self.turns)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """One version in the list; `changes` is None for the first and for the oldest listed."""

    number: int
    seen_at: datetime
    modified: Dated | None  # as the page itself says
    changes: ShownChanges | None = None


def view_versions(
    versions: Sequence[Version], source: Source, *, gone: bool = False
) -> tuple[VersionView, ...]:
    """Return an article's versions, the newest first; `versions` with the oldest first."""
    views = [_view(version, None) for version in versions[:1]]
    for old, new in pairwise(versions):
        changes = show_changes(old.reading, new.reading, source, gone=gone)
        views.append(_view(new, changes))
    return tuple(reversed(views))


def _view(version: Version, changes: ShownChanges | None) -> VersionView:
    reading = version.reading
    return VersionView(
        number=version.number,
        seen_at=version.seen_at,
        modified=reading.modified if reading.modified and reading.modified.at else None,
        changes=changes,
    )


def show_changes(old: Reading, new: Reading, source: Source, *, gone: bool = False) -> ShownChanges:
    """Return what changed between two versions, as far as the source allows it to be shown."""
    changes = compare_versions(old, new)
    limits = (
        measure_shown(show_text(old, source, gone=gone), old.text),
        measure_shown(show_text(new, source, gone=gone), new.text),
    )
    lines = tuple(_list_lines(changes, limits))[: MOST_LINES if any(limits) else 0]
    counts = {kind: changes.count(kind) for kind in StepKind}
    return ShownChanges(
        summary=changes.summary,
        reworded=counts[StepKind.REWORDED],
        added=counts[StepKind.ADDED],
        dropped=counts[StepKind.DROPPED],
        headline=None if gone else changes.headline,
        turns=() if gone else tuple(_list_turns(changes, limits)),
        note=changes.note if not gone and _fits(changes.note_span, limits[1]) else "",
        lines=lines if any(line.kind is not StepKind.KEPT for line in lines) else (),
        unshown=_count_changed(changes) - sum(line.kind is not StepKind.KEPT for line in lines),
    )


def list_corrections(versions: Sequence[Version], source: Source) -> tuple[Correction, ...]:
    """Return the notes of correction in the newest version that were not in the very first.

    `versions` with the oldest first; of many, the newest. A note that may not be shown is left out.
    """
    if not versions:
        return ()
    newest = versions[-1].reading
    limit = measure_shown(show_text(newest, source), newest.text)
    stood = [squeeze(f"{each.reading.headline}\n{each.reading.text}") for each in versions]
    found = []
    for note in dict.fromkeys(_list_notes(newest, limit)):
        first = next((at for at, words in enumerate(stood) if note in words), 0)
        if versions[first].number > 1:
            found.append(Correction(number=versions[first].number, note=note))
    return tuple(found)


def _list_notes(reading: Reading, limit: int) -> Iterator[str]:
    headline = squeeze(reading.headline)
    if is_correction(headline):
        yield headline
    for start, end in split_paragraphs(reading.text[:LONGEST_TEXT]):
        paragraph = reading.text[start:end]
        sentences = split_sentences(paragraph, reading.language) if end <= limit else []
        begins = next((span[0] for span in sentences if is_correction(paragraph[slice(*span)])), -1)
        if begins >= 0:
            yield squeeze(paragraph[begins:])  # a note runs to the end of its paragraph


def measure_shown(shown: Shown, text: str) -> int:
    """Return how many code points of a text may be shown, from its beginning."""
    words = shown.text.removesuffix(" …") if shown.cut else shown.text
    found = text.find(words) if words else -1
    return found + len(words) if found >= 0 else 0


def _list_lines(changes: Changes, limits: tuple[int, int]) -> Iterator[Line]:
    shown = (step for step in changes.steps if _may_show(step, limits))
    for kept, run in groupby(shown, lambda step: step.kind is StepKind.KEPT):
        if kept:
            yield Line(kind=StepKind.KEPT, kept=sum(1 for _ in run))
        else:
            yield from (_to_line(step) for step in run)


def _may_show(step: Step, limits: tuple[int, int]) -> bool:
    return _fits(step.old, limits[0]) and _fits(step.new, limits[1])


def _fits(span: Span | None, limit: int) -> bool:
    return span is None or span[1] <= limit


def _to_line(step: Step) -> Line:
    return Line(kind=step.kind, old=step.old_marks, new=step.new_marks, moved=step.moved)


def _list_turns(changes: Changes, limits: tuple[int, int]) -> Iterator[Turn]:
    for turn in changes.turns:
        is_shown = _fits(turn.old_span, limits[0]) and _fits(turn.new_span, limits[1])
        if is_shown and turn.kind is not TurnKind.HEADLINE:
            yield turn


def _count_changed(changes: Changes) -> int:
    return sum(step.kind is not StepKind.KEPT for step in changes.steps)
