"""Find every date of a text, with the days it means."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from dateline.claims.dates import east
from dateline.claims.dates import meanings as mean
from dateline.claims.dates.items import Coded, code_page
from dateline.claims.dates.ranges import Days
from dateline.claims.dates.rules import Match, match_rules
from dateline.claims.dates.tense import is_behind, look_around
from dateline.claims.page import LONGEST_TEXT, Page
from dateline.model import DateMention, DateRange, Span

_TIME_BEFORE = re.compile(r"(?:[HD]h{1,3}|Hh{0,3})C?[IQO]{0,2}$")
_TIME_AFTER = re.compile(r"C?[IQ]{0,2}(?:Hh{0,3}|Dh{1,3})")
_WEEK_OF = re.compile("[Uk]OQ?$")
_JOINABLE = {"now", "day", "month", "weekday", "relative", "year", "week", "edge", "season", "unit"}
_WITH_ARTICLE = {"unit", "units", "edge", "season"}
_RANGES = {"days", "years"}
_AROUND = {"later", "around"}
_NO_ANCHOR = {"then", "vague", "same"}
_FARTHEST = 1000  # code points back to the date that "the next day" starts from
_SHORT = 12  # words between "a day after" and the date of the event


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A date of a text: its kind, where it stands, and the days it means."""

    kind: str
    span: Span
    days: Days | None


def find_dates(page: Page) -> tuple[DateMention, ...]:
    """Return every date that a text names, in order, each with the days it means.

    Days are those of the outlet's clock. A date that cannot be told has no range: "recently", a
    relative one without a date of publication, "the next day" with no date before it.
    """
    return tuple(
        DateMention(
            text=page.words(found.span),
            span=found.span,
            range=found.days and DateRange(first=found.days.first, last=found.days.last),
        )
        for found in find(page)
    )


def find(page: Page) -> list[Found]:
    """Return every date of a text, with its kind."""
    if page.language in east.LANGUAGES:
        return _find_east(page)
    coded = code_page(page)
    matches = _join(coded, match_rules(coded))
    reader = _Reader(page, coded, matches)
    found = [reader.read(number) for number in range(len(matches))]
    return [date for date in found if date.days is not None or not _is_duration(date, page)]


def _is_duration(found: Found, page: Page) -> bool:
    """Say whether it tells how long something took, or how long after what has no date here."""
    return found.kind == "now" or (found.kind in ("ahead", "around") and page.day is not None)


def _find_east(page: Page) -> list[Found]:
    setting = mean.Setting(day=page.day)
    return [
        Found(kind=kind, span=span, days=_ask(meaning, setting))
        for span, kind, meaning in east.find_east(page.text[:LONGEST_TEXT])
    ]


def _join(coded: Coded, matches: list[Match]) -> list[Match]:
    """Make one date of two with "to" between them, or of two behind "between"."""
    joined: list[Match] = []
    for match in matches:
        before = joined[-1] if joined else None
        if before is not None and _are_one(coded, before, match):
            start = before.start - (coded.codes[before.start - 1 : before.start] in ("F", "G"))
            last = match.meaning
            meaning = (
                mean.until(last) if before.kind == "now" else mean.between(before.meaning, last)
            )
            joined[-1] = Match("range", start, match.end, meaning)
        else:
            joined.append(_widen(coded, match, before.end if before else 0))
    return joined


def _widen(coded: Coded, match: Match, free: int) -> Match:
    """Make "the week of 19 February" of its day; `free`: the end of the date before."""
    lead = _WEEK_OF.search(coded.codes, max(match.start - 3, free), match.start)
    if lead is None or match.kind != "day":
        return match
    unit = coded.items[lead.start()].sense.name
    if unit not in ("week", "weekend"):
        return match
    return Match("unit", lead.start(), match.end, mean.unit_of(match.meaning, unit))


def _are_one(coded: Coded, before: Match, match: Match) -> bool:
    if not {before.kind, match.kind} <= _JOINABLE:
        return False
    gap = coded.codes[before.end : match.start].strip("QOI")
    lead = coded.codes[max(before.start - 2, 0) : before.start].strip("QO")[-1:]
    if gap == "T" and _is_apart(coded, before.end):
        return before.kind == match.kind != "relative"
    if gap == "T":
        return before.kind == match.kind or lead == "F" or "day" in (before.kind, match.kind)
    return gap == "K" and (lead == "G" or _follow(coded, before, match))


def _is_apart(coded: Coded, at: int) -> bool:
    """Say whether a dash has spaces around it, as between two clauses."""
    link = coded.items[at]
    return not coded.is_word(link) and link.start > coded.items[at - 1].end


def _follow(coded: Coded, before: Match, match: Match) -> bool:
    """Say whether "Monday and Tuesday" are a day and its next, "May and June" months."""
    if before.kind != match.kind or before.end - before.start != 1 or match.kind == "relative":
        return False
    numbers = [coded.items[found.start].sense.number for found in (before, match)]
    if match.kind == "weekday" and match.end - match.start == 1:
        return (numbers[0] + 1) % 7 == numbers[1]
    return match.kind == "month" and match.end - match.start == 1 and numbers[0] + 1 == numbers[1]


class _Reader:
    """Resolves the dates of one text in their order, keeping the one before."""

    def __init__(self, page: Page, coded: Coded, matches: list[Match]) -> None:
        self.page, self.coded, self.matches = page, coded, matches
        self.anchor: Days | None = None
        self.over: Days | None = None
        self.anchor_at = 0

    def read(self, number: int) -> Found:
        """Return one date, which the next may start from."""
        match = self.matches[number]
        span = self._span(match)
        found = Found(kind=match.kind, span=span, days=self._resolve(number, span))
        if found.days is not None and match.kind not in _NO_ANCHOR:
            self.anchor, self.anchor_at = found.days, span[0]
            if self.page.day is not None and found.days.last <= self.page.day:
                self.over = found.days
        return found

    def _span(self, match: Match) -> Span:
        """Return where a date stands, with its article and the time of day beside it."""
        codes, items = self.coded.codes, self.coded.items
        start, end = match.start, match.end
        before = codes[start - 1 : start]
        leads = "Q" if match.kind in _WITH_ARTICLE else "FGO" if match.kind in _RANGES else ""
        if before and before in leads:
            start -= 1
        elif match.kind in ("day", "weekday", "relative"):
            low = max(start - 6, 0)
            time = _TIME_BEFORE.search(codes[low:start])
            start = start if time is None else low + time.start()
            time = _TIME_AFTER.match(codes, end)
            end = end if time is None else time.end()
        if codes[end - 1] == "C":
            end -= 1
        return items[start].start, items[end - 1].end

    def _resolve(self, number: int, span: Span) -> Days | None:
        match = self.matches[number]
        is_near = self.anchor is not None and span[0] - self.anchor_at <= _FARTHEST
        anchor = self.anchor if is_near else None
        same = anchor is not None and self.page.sentence_at(self.anchor_at)[1] > span[0]
        setting = mean.Setting(
            day=self.page.day,
            anchor=anchor,
            over=self.over if is_near else None,
            nearby=anchor if same else None,
            following=self._following(number) if match.kind in _AROUND else None,
            is_deadline=self._is_deadline(match),
            look=self._look(match),
        )
        return _ask(match.meaning, setting)

    def _is_deadline(self, match: Match) -> bool:
        if match.kind not in ("edge", "day"):
            return False
        tense, first = self.coded.words.tense, self.coded.items[match.start].token
        return is_behind(self.page.tokens, first, tense.deadlines, tense)

    def _look(self, match: Match) -> Callable[[], bool | None]:
        items = self.coded.items
        first = items[match.start].token
        last = items[match.end].token if match.end < len(items) else len(self.page.tokens)
        words, tokens = self.coded.words, self.page.tokens
        with_article = match.kind in _WITH_ARTICLE or not words.span_articles
        return lambda: look_around(tokens, first, last, words.tense, with_article=with_article)

    def _following(self, number: int) -> Days | None:
        """Return the date of the event behind "a day after", where it has one of its own."""
        if number + 1 >= len(self.matches):
            return None
        match, following = self.matches[number : number + 2]
        between = self.coded.codes[match.end : following.start]
        if (
            len(between) > _SHORT
            or "C" in between
            or following.kind in ("later", "around", *_NO_ANCHOR)
        ):
            return None
        items = self.coded.items
        ends = self.page.sentence_at(items[match.start].start)[1]
        if items[following.start].start >= ends:
            return None
        setting = mean.Setting(day=self.page.day, look=self._look(following))
        return _ask(following.meaning, setting)


def _ask(meaning: mean.Meaning, setting: mean.Setting) -> Days | None:
    try:
        found = meaning(setting)
    except (ValueError, OverflowError):
        return None
    return found if found is None or found.first <= found.last else None
