"""Two wordings of one text, sentence by sentence: kept, reworded, added, dropped.

Sentences are aligned, not lines: a house that moves a paragraph's end changes nothing.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dateline.model import Span
from dateline.publish.alignment import Pair, match_alike, match_equal
from dateline.sentences import split_sentences
from dateline.text import list_tokens, squeeze

ALIKE = 0.45  # share of words that two sentences have in common, above which one is the other

Marks = tuple[tuple[str, bool], ...]  # pieces of a sentence, and whether each is not in the other

# One letter of a script without spaces, a number with its separators, a word, or what is between.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_BETWEEN = "\\s!-/:-@\\[-`{-~«»“”„‘‹›…–—。、，．！？；：「」『』（）،؛؟"
_PIECE = re.compile(f"\\d+(?:[.,:]\\d+)*|[{_UNSPACED}]|[^{_UNSPACED}{_BETWEEN}]+|\\s+|.", re.DOTALL)


class StepKind(StrEnum):
    """What became of a sentence."""

    KEPT = "kept"
    REWORDED = "reworded"
    ADDED = "added"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One sentence on the way from the old text to the new one."""

    kind: StepKind
    old: Span | None = None  # in the old text; None where the sentence was added
    new: Span | None = None  # in the new text; None where it was dropped
    old_marks: Marks = ()
    new_marks: Marks = ()
    moved: bool = False  # dropped here, but added with the same words elsewhere, or the reverse


def compare_texts(old: str, new: str, language: str = "") -> list[Step]:
    """Return the steps from one text to another; those with an old side give all of the old text.

    White space between and within sentences does not count.
    """
    old_spans, new_spans = split_sentences(old, language), split_sentences(new, language)
    old_words = [squeeze(old[start:end]) for start, end in old_spans]
    new_words = [squeeze(new[start:end]) for start, end in new_spans]
    kept = match_equal(old_words, new_words)
    reworded = [pair for gap in _list_gaps(kept, old_words, new_words) for pair in gap]
    steps = []
    for left, right in _walk(sorted({*kept, *reworded}), len(old_spans), len(new_spans)):
        step = make_step(
            None if left is None else old_words[left], None if right is None else new_words[right]
        )
        old_span = None if left is None else old_spans[left]
        new_span = None if right is None else new_spans[right]
        steps.append(replace(step, old=old_span, new=new_span))
    return _mark_moved(steps)


def _list_gaps(
    kept: Sequence[Pair], old: Sequence[str], new: Sequence[str]
) -> Iterator[list[Pair]]:
    """Yield for each stretch without equal sentences the pairs that are one sentence reworded."""
    before = (-1, -1)
    for pair in [*kept, (len(old), len(new))]:
        first_old, first_new = before[0] + 1, before[1] + 1
        left = [frozenset(list_tokens(words)) for words in old[first_old : pair[0]]]
        right = [frozenset(list_tokens(words)) for words in new[first_new : pair[1]]]
        pairs = match_alike(left, right, ALIKE)
        yield [(first_old + one, first_new + other) for one, other in pairs]
        before = pair


def _walk(pairs: Sequence[Pair], old: int, new: int) -> Iterator[tuple[int | None, int | None]]:
    """Yield every place of both rows once, paired where it has a partner, old before new."""
    before = (-1, -1)
    for left, right in [*pairs, (old, new)]:
        yield from ((place, None) for place in range(before[0] + 1, left))
        yield from ((None, place) for place in range(before[1] + 1, right))
        if left < old:
            yield left, right
        before = (left, right)


def make_step(old: str | None, new: str | None) -> Step:
    """Return the step from one sentence to another; None for none."""
    if new is None:
        return Step(kind=StepKind.DROPPED, old_marks=((old or "", False),))
    if old is None:
        return Step(kind=StepKind.ADDED, new_marks=((new, False),))
    if old == new:
        return Step(kind=StepKind.KEPT, old_marks=((old, False),), new_marks=((new, False),))
    old_marks, new_marks = mark_changes(old, new)
    return Step(kind=StepKind.REWORDED, old_marks=old_marks, new_marks=new_marks)


def _mark_moved(steps: list[Step]) -> list[Step]:
    dropped = Counter(step.old_marks for step in steps if step.kind is StepKind.DROPPED)
    added = Counter(step.new_marks for step in steps if step.kind is StepKind.ADDED)
    left = {StepKind.DROPPED: dropped & added, StepKind.ADDED: dropped & added}

    def mark(step: Step) -> Step:
        words = step.old_marks or step.new_marks
        if step.kind not in left or not left[step.kind][words]:
            return step
        left[step.kind][words] -= 1
        return replace(step, moved=True)

    return [mark(step) for step in steps]


def mark_changes(old: str, new: str) -> tuple[Marks, Marks]:
    """Return two wordings of a sentence in pieces, those marked that the other does not have."""
    left, right = _PIECE.findall(old), _PIECE.findall(new)
    pairs = match_equal(left, right)
    return (
        _mark(left, {place for place, _ in pairs}),
        _mark(right, {place for _, place in pairs}),
    )


def _mark(pieces: Sequence[str], kept: set[int]) -> Marks:
    marks: list[tuple[str, bool]] = []
    for place, piece in enumerate(pieces):
        changed = place not in kept
        if piece.isspace():  # part of a change only between two changed words
            follows = place + 1 < len(pieces) and place + 1 not in kept
            changed = bool(marks) and marks[-1][1] and follows
        if marks and marks[-1][1] == changed:
            marks[-1] = (marks[-1][0] + piece, changed)
        else:
            marks.append((piece, changed))
    return tuple(marks)


def join_marks(marks: Marks) -> str:
    """Return the words of a marked sentence."""
    return "".join(piece for piece, _ in marks)
