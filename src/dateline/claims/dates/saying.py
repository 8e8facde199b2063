"""When something was said: the date of the act of saying, never one of what is said.

A date dates a saying where it stands in the clause of its cue ("said on Thursday", "on Thursday the
minister said", "told the press during a visit yesterday"), or where the speaker's passage was dated
before: by a statement of the same speaker in the paragraph, or by the occasion that opens it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.claims.dates import ranges
from dateline.claims.dates.items import code_page
from dateline.claims.dates.words import LATER, Words, fold, load_words
from dateline.claims.page import Page, Token
from dateline.model import ClaimClues, DateMention, DateRange, Span, Statement

_BEFORE, _BEHIND = 320, 200  # code points from a cue within which its date stands
_NEIGHBOURS = 12  # statements on either side whose cues and contents are looked at
_WORDS_BEHIND = 14  # between a cue and its date
_WORDS_TO_YEAR = 5  # to a year or a decade, which is more often of what is said
_LONGEST_OCCASION = 31  # days; a passage is not dated by "in 2011"
_WORDS_BEFORE = 6  # between the beginning of a clause and its date
_SHORT_CONTENT = 60  # code points: "announced his retirement on Monday"
_LONGEST_PARAGRAPH = 4000
_COMMAS = frozenset(",;:–—")


def date_statements(
    page: Page, dates: Sequence[DateMention], statements: Sequence[Statement]
) -> tuple[Statement, ...]:
    """Return the statements with `said_on` where the text dates the saying; the rest unchanged."""
    words = load_words(page.language or "en")
    starts = [mention.span[0] for mention in dates]
    order = sorted(range(len(statements)), key=lambda number: _cue_at(statements[number]))
    reader = _Reader(page, words, dates, starts, [statements[number] for number in order])
    days = dict(zip(order, _pass_on(reader), strict=True))
    return tuple(
        statement if days[number] is None else replace(statement, said_on=days[number])
        for number, statement in enumerate(statements)
    )


def _pass_on(reader: "_Reader") -> list[DateRange | None]:
    """Return the days of all statements, of their own clause or of the passage they stand in."""
    said: list[DateRange | None] = []
    for number in range(len(reader.statements)):
        said.append(reader.own_date(number) or reader.passed_date(number, said))
    return said


@dataclass(frozen=True, slots=True)
class _Reader:
    """Finds the dates of one article's statements."""

    page: Page
    words: Words
    dates: Sequence[DateMention]
    starts: list[int]
    statements: Sequence[Statement]  # in the order of their cues

    def own_date(self, number: int) -> DateRange | None:
        """Return the date in the clause of a statement's cue."""
        cue = self.statements[number].cue_span
        if cue is None:
            return None
        near: list[tuple[int, DateRange]] = []
        for mention in self._around(cue):
            if not self._is_free(number, mention.span):
                continue
            day = self._date_by(number, cue, mention)
            if day is not None and not self._is_to_come(day):
                near.append((_distance(cue, mention.span), day))
        return min(near, key=lambda pair: pair[0])[1] if near else None

    def _around(self, cue: Span) -> Iterator[DateMention]:
        """Yield the resolved dates of the cue's sentence that stand near it."""
        start, end = self.page.sentence_at(cue[0])
        low, high = max(start, cue[0] - _BEFORE), min(end, cue[1] + _BEHIND)
        for at in range(bisect_left(self.starts, low), bisect_left(self.starts, high)):
            now = self.words.has("now", fold(self.dates[at].text))
            if self.dates[at].range is not None and not now:
                yield self.dates[at]

    def _is_free(self, number: int, span: Span) -> bool:
        """Say whether a date stands in no content but one that holds the whole statement."""
        own = self.statements[number]
        cue = own.cue_span or span
        contents = (
            (start, end)
            for other in self._neighbours(number)
            for start, end in other.spans
            if other is own or not start <= cue[0] < end
        )
        return not any(start <= span[0] < end for start, end in contents)

    def _neighbours(self, number: int) -> Sequence[Statement]:
        return self.statements[max(number - _NEIGHBOURS, 0) : number + _NEIGHBOURS + 1]

    def _has_cue_between(self, number: int, start: int, end: int) -> bool:
        cues = (other.cue_span for other in self._neighbours(number))
        own = self.statements[number].cue_span
        return any(cue is not None and cue != own and start <= cue[0] < end for cue in cues)

    def _is_to_come(self, day: DateRange) -> bool:
        return self.page.day is not None and day.first > self.page.day

    def _date_by(self, number: int, cue: Span, mention: DateMention) -> DateRange | None:
        """Return the day of a saying by one date near its cue."""
        start, end = mention.span
        if cue[0] <= start < cue[1]:  # "called on Monday for"
            return mention.range
        if start >= cue[1]:
            if mention.range is None or self._has_cue_between(number, cue[1], start):
                return None
            gap = (cue[1], start)
            is_its = self._is_behind(number, gap, is_short=_is_short(mention.range))
            return mention.range if is_its else None
        if self._has_cue_between(number, end, cue[0]):
            return None
        shift = self._shift_to(number, mention)
        if shift is not None:
            return _move(mention.range, shift)
        return mention.range if self._is_before(number, mention.span, cue) else None

    def _shift_to(self, number: int, mention: DateMention) -> tuple[int, str] | None:
        """Return how far "a day after" is from the saying that follows it."""
        source = self.statements[number].source_span or self.statements[number].cue_span
        if source is None:
            return None
        between = self.page.tokens_in((mention.span[1], source[0]))
        if len(between) > 2 or any(token.text in _COMMAS for token in between):
            return None
        language = ClaimClues(language=self.page.clues.language)
        items = code_page(Page(mention.text, language)).items
        later = [item.sense for item in items if item.sense.code == LATER]
        if not later or later[-1].name not in ("after", "before"):
            return None
        counts = [item.sense.number for item in items if item.sense.code in "DNn"]
        units = [item.sense.name for item in items if item.sense.code in "Uu"]
        count = (counts or [1])[0] * later[-1].number
        return -count, (units or ["day"])[0]

    def _is_behind(self, number: int, gap: Span, *, is_short: bool) -> bool:
        """Say whether a date behind a cue is of its clause: "told them in Brussels on Monday"."""
        statement = self.statements[number]
        short = [span for span in statement.spans[:9] if span[1] - span[0] <= _SHORT_CONTENT]
        parts = [statement.told_to_span, statement.source_span, *short]
        known = [span for span in parts if span is not None]
        tokens = [
            token
            for token in self.page.tokens_in(gap)
            if not any(start <= token.start < end for start, end in known)
        ]
        if len(tokens) > (_WORDS_BEHIND if is_short else _WORDS_TO_YEAR) or _holds_mark(tokens):
            return False
        if self._has_occasion(tokens):
            return True
        has_comma = any(token.text in _COMMAS for token in tokens)
        return not has_comma and not any(self._blocks(token) for token in tokens)

    def _is_before(self, number: int, date: Span, cue: Span) -> bool:
        """Say whether a date before a cue opens its clause, or stands between speaker and cue."""
        source = self.statements[number].source_span or cue
        between = self.page.tokens_in((date[1], cue[0]))
        if source[0] < date[0] < source[1]:
            return False
        if not between or (len(between) <= 2 and self._is_participle(cue)):
            return True
        if source[1] <= date[0]:
            lead = self.page.tokens_in((source[1], date[0]))
            is_tight = len(between) <= 3 and len(lead) <= _WORDS_BEFORE
            inner = [token for token in lead if token.text not in _COMMAS]
            return is_tight and (self._has_occasion(lead) or all(map(self._is_small, inner)))
        lead = self._lead(date[0])
        gap = self.page.tokens_in((date[1], min(source[0], cue[0])))
        if any(self._blocks(token) for token in gap):
            return False
        is_opening = all(map(self._is_small, lead))
        return is_opening or self._has_occasion(lead) or self._has_occasion(gap[:1])

    def _is_participle(self, cue: Span) -> bool:
        """Say whether a cue goes on with what was dated: "answered on Monday, saying"."""
        endings = tuple(self.words.lists.get("participles", ()))
        return bool(endings) and fold(self.page.words(cue)).endswith(endings)

    def _lead(self, at: int) -> list[Token]:
        """Return the words between the beginning of a clause and a date in it."""
        low = max(self.page.sentence_at(at)[0], at - _BEFORE)
        low = max(low, self.page.text.rfind("\n", low, at) + 1)
        tokens = self.page.tokens_in((low, at))
        for place in range(len(tokens) - 1, -1, -1):
            if tokens[place].text in _COMMAS or _holds_mark(tokens[place : place + 1]):
                return tokens[place + 1 :]
        return tokens

    def _is_small(self, token: Token) -> bool:
        """Say whether a word may stand between a clause's beginning and its date: on, late, and."""
        sense = self.words.sense(fold(token.text))
        return sense is not None and sense.code in "IOTFGQEKLJn"

    def _has_occasion(self, tokens: Sequence[Token]) -> bool:
        return any(self.words.has("occasions", fold(token.text)) for token in tokens)

    def _blocks(self, token: Token) -> bool:
        word = fold(token.text)
        tense = self.words.tense
        return self.words.has("blocks", word) or (
            len(word) > 4 and bool(tense.past_endings) and word.endswith(tense.past_endings)
        )

    def passed_date(self, number: int, said: list[DateRange | None]) -> DateRange | None:
        """Return the date that a statement has from its speaker's passage."""
        statement = self.statements[number]
        at = _place(statement)
        if at is None:
            return None
        opening = self._paragraph(at)
        if self._has_own_occasion(statement):
            return None
        previous = number - 1
        if previous >= 0 and _speaker(self.statements[previous]) != _speaker(statement):
            before = _place(self.statements[previous])
            return self._occasion(statement, (max(opening, before or 0), at))
        if previous >= 0 and _speaker(statement):
            before = _place(self.statements[previous])
            is_near = before is not None and before >= opening
            day = said[previous]
            if day is not None and _is_short(day) and (is_near or self._continues(statement)):
                return day
        return self._occasion(statement, (opening, at))

    def _has_own_occasion(self, statement: Statement) -> bool:
        """Say whether a cue's clause names an occasion, which then has no date."""
        cue = statement.cue_span
        if cue is None:
            return False
        start = max(self.page.sentence_at(cue[0])[0], cue[0] - _BEFORE)
        tokens = [
            token
            for token in self.page.tokens_in((start, cue[0]))
            if not any(low <= token.start < high for low, high in statement.spans[:9])
        ]
        return self._has_occasion(tokens)

    def _paragraph(self, at: int) -> int:
        """Return where the paragraph of a place begins."""
        low = max(at - _LONGEST_PARAGRAPH, 0)
        gap = self.page.text.rfind("\n\n", low, at)
        return gap + 2 if gap >= 0 else low

    def _continues(self, statement: Statement) -> bool:
        return self.words.has("continuing", fold(statement.cue.partition(" ")[0]))

    def _occasion(self, statement: Statement, span: Span) -> DateRange | None:
        """Return the date of a visit or interview that opens a passage and names the speaker."""
        sentence = self.page.sentence_at(span[0])
        if sentence[1] > span[1] or sentence[0] < span[0]:
            return None
        names = {word for word in statement.speaker_resolved.split() if word[:1].isupper()}
        names = names or {word for word in statement.speaker.split() if word[:1].isupper()}
        if not any(token.text in names for token in self.page.tokens_in(sentence)[:80]):
            return None
        for at in range(*(bisect_left(self.starts, end) for end in sentence)):
            mention = self.dates[at]
            lead = self._lead(mention.span[0])
            if mention.range and not self._is_to_come(mention.range) and self._has_occasion(lead):
                return mention.range
        return None


def _holds_mark(tokens: Sequence[Token]) -> bool:
    return any(token.text[0] in '“”„«»"' for token in tokens)


def _is_short(day: DateRange) -> bool:
    return (day.last - day.first).days < _LONGEST_OCCASION


def _distance(cue: Span, date: Span) -> int:
    return max(date[0] - cue[1], cue[0] - date[1], 0)


def _speaker(statement: Statement) -> str:
    return fold(statement.speaker_key or statement.speaker_resolved or statement.speaker)


def _cue_at(statement: Statement) -> int:
    return statement.cue_span[0] if statement.cue_span else _place(statement) or 0


def _place(statement: Statement) -> int | None:
    spans = [span for span in (statement.cue_span, statement.source_span, *statement.spans) if span]
    return min(span[0] for span in spans) if spans else None


def _move(day: DateRange | None, shift: tuple[int, str]) -> DateRange | None:
    if day is None:
        return None
    try:
        found = ranges.move(ranges.Days(day.first, day.last), *shift)
    except (ValueError, OverflowError):
        return None
    return DateRange(first=found.first, last=found.last)
