"""Quotations of languages without a grammar here: the nearest cue, and who stands beside it."""

import re
from dataclasses import dataclass
from functools import cache

from dateline.claims.foreign.drafts import Credit, Draft, quoted_spans
from dateline.claims.foreign.lexicon import read_others
from dateline.claims.page import Page, Token
from dateline.claims.quotes import Quote, find_quotes
from dateline.model import Hedge, Span, StatementKind

_AFTER = 10  # words behind a quotation in which its cue is looked for
_BEFORE = 24  # words before it
_LONGEST = 8  # words of a speaker
_TITLE_WORDS = 3  # before the word that ends as a subject does
_REACH = 40  # characters around a quotation where words are not parted by spaces
_FEW = 6  # letters of a quotation that is read without spaces
_STOPS = "。！？!?\n"
_MARKS = r",،、:：;；؛—–.。।۔!?！？؟()（）\"“”„«»‘’"
_WORD = re.compile(rf"[^\s{_MARKS}]+|[{_MARKS}]")
_PUNCTUATION = frozenset(",،，、:：;；—–-.。!?！？()（）")


@dataclass(frozen=True, slots=True)
class Nearness:
    """A language's cues and what bounds a speaker."""

    cues: dict[str, Hedge]
    pairs: dict[str, frozenset[str]]  # what must stand behind a cue of two words
    stops: frozenset[str]
    markers: frozenset[str]  # what stands behind a subject: "ने"
    endings: tuple[str, ...]  # what ends the word of a subject: "는"
    cuts: tuple[str, ...]  # what cannot belong to a speaker without spaces
    order: tuple[str, ...]
    spaced: bool
    names: bool  # a speaker before a quotation begins and ends with a capital letter


@cache
def load_nearness(language: str) -> Nearness | None:
    """Return how quotations of a language are read by nearness, None where they are not."""
    table = read_others().get(language, {})
    spaced = "near" in table
    table = table.get("near") or table.get("unspaced")
    if table is None:
        return None
    words = {word.rstrip(":"): Hedge.SAID for word in table["cues"].split()}
    for pair in table.get("hedges", "").split():
        word, _, hedge = pair.partition(":")
        words[word] = Hedge(hedge)
    prefixed = {
        prefix + word: hedge
        for prefix in table.get("prefixes", "").split()
        for word, hedge in words.items()
    }
    pairs: dict[str, set[str]] = {}
    for pair in table.get("pairs", "").split():
        first, _, second = pair.partition(":")
        if second:
            pairs.setdefault(first, set()).add(second)
    return Nearness(
        cues=words | prefixed,
        pairs={first: frozenset(seconds) for first, seconds in pairs.items()},
        stops=frozenset(table.get("stops", "").split()),
        markers=frozenset(table.get("markers", "").split()),
        endings=tuple(table.get("endings", "").split()),
        cuts=tuple(table.get("cuts", "").split()),
        order=tuple(table["order"].split()),
        spaced=spaced,
        names=bool(table.get("names")),
    )


def find_near(page: Page, nearness: Nearness) -> list[Draft]:
    """Return the quotations that a cue beside them makes statements; linear in the text."""
    quotes = [quote for quote in find_quotes(page) if quote.inside is None]
    read = _Spaced(page, nearness) if nearness.spaced else _Unspaced(page, nearness)
    drafts: list[Draft] = []
    for number, quote in enumerate(quotes):
        left = quotes[number - 1].outer[1] if number else 0
        right = quotes[number + 1].outer[0] if number + 1 < len(quotes) else len(page.text)
        found = read.cue_of(quote, (left, right))
        if found is None:
            continue
        cue, source, hedge = found
        trust = (0.6 if source else 0.4) - 0.2 * quote.is_scare
        credit = Credit(source=source, cue=cue, hedge=hedge, confidence=trust)
        drafts.append(Draft(quoted_spans(page, [quote]), StatementKind.DIRECT, credit))
    return drafts


Found = tuple[Span, Span | None, Hedge]


class _Spaced:
    """Looks for cues among words."""

    def __init__(self, page: Page, nearness: Nearness) -> None:
        self.page, self.near = page, nearness

    def cue_of(self, quote: Quote, limits: Span) -> Found | None:
        start = max(limits[0], self._paragraph_start(quote.outer[0]))
        before = self._clip(self._words((start, quote.outer[0])), from_end=True)
        end = min(limits[1], quote.outer[1] + 200, len(self.page.text))
        after = self._clip(self._words((quote.outer[1], end)), from_end=False)
        return self._after(after, before) or self._before(before)

    def _words(self, span: Span) -> list[Token]:
        """Return words and marks; unlike the page's, a word keeps its combining marks."""
        found = _WORD.finditer(self.page.text, *span)
        return [Token(match.group(), match.start(), match.end()) for match in found]

    def _paragraph_start(self, at: int) -> int:
        return max(self.page.text.rfind("\n", max(0, at - 400), at) + 1, at - 400)

    def _clip(self, tokens: list[Token], *, from_end: bool) -> list[Token]:
        """Return the words of the same sentence, those next to the quotation."""
        if from_end:
            tokens = tokens[-_BEFORE:]
            ends = [
                n for n, token in enumerate(tokens) if token.text in _STOPS or token.text == "."
            ]
            return tokens[ends[-1] + 1 :] if ends else tokens
        tokens = tokens[:_AFTER]
        ends = [n for n, token in enumerate(tokens) if token.text in _STOPS or token.text in ".۔।"]
        return tokens[: ends[0]] if ends else tokens

    def _cue(self, tokens: list[Token], at: int) -> Hedge | None:
        hedge = self.near.cues.get(tokens[at].low)
        second = self.near.pairs.get(tokens[at].low)
        if hedge is not None and second:
            following = tokens[at + 1].low if at + 1 < len(tokens) else ""
            return hedge if following in second else None
        return hedge

    def _after(self, after: list[Token], before: list[Token]) -> Found | None:
        cues = ((at, self._cue(after, at)) for at in range(len(after)))
        at, hedge = next(((at, hedge) for at, hedge in cues if hedge), (0, None))
        if hedge is None:
            return None
        token = after[at]
        behind = at + 1 + (token.low in self.near.pairs)
        runs = {
            "between": self._subject(after[:at]),
            "after": self._run(after[behind:]),
            "before": self._subject(before),
        }
        source = next((runs[name] for name in self.near.order if runs[name]), None)
        return (token.start, token.end), source, hedge

    def _before(self, before: list[Token]) -> Found | None:
        for at in range(len(before) - 1, -1, -1):
            hedge = self._cue(before, at)
            if hedge is None:
                continue
            subject, behind = self._subject(before[:at]), self._run(before[at + 1 :])
            is_first = self.near.order[0] == "after"
            source = (behind or subject) if is_first else (subject or behind)
            return (before[at].start, before[at].end), source, hedge
        return None

    def _run(self, tokens: list[Token]) -> Span | None:
        """Return the words that begin a run, up to a mark or a word that cannot be of a speaker."""
        taken: list[Token] = []
        for token in tokens[: _LONGEST + 2]:
            if not taken and token.text in _PUNCTUATION:
                continue
            if token.text in _PUNCTUATION or token.low in self.near.stops or len(taken) >= _LONGEST:
                break
            if token.low in self.near.cues:
                break
            taken.append(token)
        return (taken[0].start, taken[-1].end) if taken else None

    def _last_run(self, tokens: list[Token]) -> Span | None:
        start = next(
            (n + 1 for n in range(len(tokens) - 1, -1, -1) if tokens[n].text in _PUNCTUATION), 0
        )
        return self._run(tokens[start:])

    def _subject(self, tokens: list[Token]) -> Span | None:
        """Return the speaker among the words before a cue or quotation."""
        while tokens and tokens[-1].text in _PUNCTUATION:
            tokens = tokens[:-1]
        if self.near.markers:
            marks = [n for n, token in enumerate(tokens) if token.low in self.near.markers]
            return self._last_run(tokens[: marks[-1]]) if marks else None
        if self.near.endings:
            return self._ended(tokens)
        run = self._last_run(tokens)
        return run if run and self._is_named(run) else None

    def _is_named(self, run: Span) -> bool:
        words = self.page.text[run[0] : run[1]].split()
        return not self.near.names or (words[0][0].isupper() and words[-1][0].isupper())

    def _ended(self, tokens: list[Token]) -> Span | None:
        """Return the words up to the one that a subject's ending closes: "교수는"."""
        for place in range(len(tokens) - 1, -1, -1):
            text = tokens[place].text
            ending = next((e for e in self.near.endings if text.endswith(e)), "")
            if ending and len(text) > len(ending) + 1:
                first = max(0, place - _TITLE_WORDS)
                marks = [n for n in range(first, place) if not tokens[n].is_word]
                first = marks[-1] + 1 if marks else first
                return tokens[first].start, tokens[place].end - len(ending)
        return None


class _Unspaced:
    """Looks for cues in a run of letters."""

    def __init__(self, page: Page, nearness: Nearness) -> None:
        self.page, self.text, self.near = page, page.text, nearness
        cues = sorted(nearness.cues, key=len, reverse=True)
        self.cue = re.compile("|".join(map(re.escape, cues)))

    def cue_of(self, quote: Quote, limits: Span) -> Found | None:
        if quote.is_scare and quote.spans[-1][1] - quote.spans[0][0] < _FEW:
            return None
        start = max(limits[0], quote.outer[0] - _REACH)
        end = min(limits[1], quote.outer[1] + _REACH // 2, len(self.text))
        start = max(start, *(self.text.rfind(s, start, quote.outer[0]) + 1 for s in _STOPS))
        stops = [p for s in _STOPS if (p := self.text.find(s, quote.outer[1], end)) >= 0]
        before, after = (start, quote.outer[0]), (quote.outer[1], min(stops, default=end))
        if "topic" in self.near.order:
            return self._topic(before, after)
        return self._before(before) or self._after(after)

    def _topic(self, before: Span, after: Span) -> Found | None:
        """Read "Xは「…」と述べた": the subject before, the cue behind."""
        cue = self.cue.search(self.text, *after)
        if cue is None:
            return None
        marks = [
            place
            for ending in self.near.endings
            if (place := self.text.rfind(ending, *before)) > before[0]
        ]
        source = self._trim((before[0], max(marks))) if marks else None
        return cue.span(), source, self.near.cues[cue.group()]

    def _before(self, before: Span) -> Found | None:
        """Read "X表示：“…”": the cue next to the quotation, the speaker before it."""
        cues = list(self.cue.finditer(self.text, *before))
        if not cues or cues[-1].end() < before[1] - 3:
            return None
        found = cues[-1]
        return found.span(), self._trim((before[0], found.start())), self.near.cues[found.group()]

    def _after(self, after: Span) -> Found | None:
        cue = self.cue.search(self.text, *after)
        if cue is None:
            return None
        return cue.span(), self._trim((after[0], cue.start())), self.near.cues[cue.group()]

    def _trim(self, span: Span) -> Span | None:
        """Return the speaker without marks at its ends and without time and place behind it."""
        start, end = span
        for place in range(end - 1, start - 1, -1):
            if self.text[place] in _PUNCTUATION or self.text[place].isspace():
                start = place + 1
                break
        cuts = [p for cut in self.near.cuts if (p := self.text.find(cut, start, end)) > start + 1]
        digits = [p for p in range(start, end) if self.text[p].isdigit()]
        end = min([end, *cuts, *digits])
        return (start, end) if end > start else None
