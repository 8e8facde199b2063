"""A statement in the making: words of a sentence as content, made into spans and a kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.claims.foreign.clauses import Sentence
from dateline.claims.page import Page
from dateline.claims.quotes import Quote, trim_content
from dateline.model import Hedge, Span, Statement, StatementKind

Range = tuple[int, int]  # words of a sentence, the second exclusive


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Whose words they are, and by what cue."""

    source: Span | None = None
    cue: Span | None = None
    hedge: Hedge = Hedge.SAID
    negated: bool = False
    told: Span | None = None
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Draft:
    """What will be a statement."""

    spans: tuple[Span, ...]
    kind: StatementKind
    credit: Credit


def span_of(sentence: Sentence, words: Range) -> Span:
    """Return the span of some words of a sentence."""
    return sentence.words[words[0]].start, sentence.words[words[1] - 1].end


def quotes_in(sentence: Sentence, ranges: Iterable[Range]) -> list[Quote]:
    """Return the quotations among words."""
    return [
        quote
        for first, last in ranges
        for word in sentence.words[first:last]
        if (quote := word.quote) is not None
    ]


def quoted_spans(page: Page, quotes: Sequence[Quote]) -> tuple[Span, ...]:
    """Return the words inside quotations, in order, without the comma before the cue."""
    return tuple(span for quote in quotes for span in trim_content(page.text, quote.spans))


def settle(drafts: list[Draft], page: Page) -> tuple[Statement, ...]:
    """Return drafts as statements in the order of the text, each once, nested ones marked."""
    ordered = sorted(drafts, key=_order)
    kept: list[Draft] = []
    for draft in ordered:
        if not kept or kept[-1].spans != draft.spans:
            kept.append(draft)
    return tuple(
        _state(page, draft, holder) for draft, holder in zip(kept, _nest(kept), strict=True)
    )


def _order(draft: Draft) -> tuple[int, int, float]:
    return draft.spans[0][0], -draft.spans[-1][1], -draft.credit.confidence


def _nest(drafts: list[Draft]) -> list[int | None]:
    """Return for each draft the innermost one whose content holds it and its cue."""
    open_: list[int] = []
    found: list[int | None] = []
    for number, draft in enumerate(drafts):
        end = draft.spans[-1][1]
        while open_ and drafts[open_[-1]].spans[-1][1] < end:
            open_.pop()
        holder = open_[-1] if open_ else None
        is_held = holder is not None and _holds(drafts[holder], draft)
        found.append(holder if is_held else None)
        open_.append(number)
    return found


def _holds(outer: Draft, draft: Draft) -> bool:
    cue = draft.credit.cue
    return cue is None or any(start <= cue[0] and cue[1] <= end for start, end in outer.spans)


def _state(page: Page, draft: Draft, inside: int | None) -> Statement:
    credit = draft.credit
    return Statement(
        spans=draft.spans,
        content=page.join(draft.spans),
        kind=draft.kind,
        speaker=page.words(credit.source) if credit.source else "",
        source_span=credit.source,
        cue=page.words(credit.cue) if credit.cue else "",
        cue_span=credit.cue,
        hedge=credit.hedge,
        negated=credit.negated,
        told_to=page.words(credit.told) if credit.told else "",
        told_to_span=credit.told,
        inside=inside,
        confidence=round(credit.confidence, 2),
    )
