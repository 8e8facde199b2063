"""Which of an article's statements a page may show, and of which words.

Rights stand above: of a source whose headline alone may be shown, nothing is; of one whose excerpt
may be, as many words of statements as the excerpt may have, direct speech first, and on the
article's own page what stands inside the excerpt. The choice is the same on every page, so that
many pages together give no more of a text than one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.model import SHOWN_FROM, Claims, Rights, Source, Statement, StatementKind
from dateline.text import count_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One statement as it may be shown; `statement.content` is only for where `words` is true."""

    number: int  # of the statement in its article, from 1: its mark in the text
    statement: Statement
    words: bool  # its content may be shown

    @property
    def content(self) -> str:
        """The words of the statement, "" where they may not be shown."""
        return self.statement.content if self.words else ""


def list_said(
    claims: Claims, source: Source, *, shown: int, gone: bool = False
) -> tuple[Said, ...]:
    """Return the statements sure enough to be shown, in the order of the text.

    `shown` code points of the text may be shown, from its beginning (`measure_shown`).
    """
    if gone:
        return ()
    chosen = choose_said(claims.statements, source)
    inside = shown if source.rights is Rights.EXCERPT else 0
    return tuple(
        Said(
            number=number,
            statement=each,
            words=number in chosen or max(end for _, end in each.spans) <= inside,
        )
        for number, each in enumerate(claims.statements, start=1)
        if is_sure(each)
    )


def is_sure(statement: Statement) -> bool:
    """Say whether a statement is sure enough to be shown."""
    return statement.confidence >= SHOWN_FROM and bool(statement.spans)


def choose_said(statements: Sequence[Statement], source: Source) -> frozenset[int]:
    """Return the numbers, from 1, of the statements of an article that any page may show."""
    sure = [(number, each) for number, each in enumerate(statements, start=1) if is_sure(each)]
    if source.rights is Rights.FULL:
        return frozenset(number for number, _ in sure)
    if source.rights is Rights.HEADLINE:
        return frozenset()
    return frozenset(_spend(sure, source.excerpt_words))


def _spend(sure: Sequence[tuple[int, Statement]], words: int) -> Iterator[int]:
    """Yield those for whose words there is room: direct speech first, then in order."""
    order = sorted(sure, key=lambda pair: (pair[1].kind is not StatementKind.DIRECT, pair[0]))
    for number, each in order:
        words -= count_words(each.content)
        if words < 0:
            return
        yield number
