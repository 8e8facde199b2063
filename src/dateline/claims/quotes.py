"""Where a text quotes: quotation marks of every typography, in every language, and dialogue dashes.

One pass over the marks of a text with a short stack: a mark closes what is open where its shape
allows, else it opens where its shape allows, else it is an apostrophe, a prime or a slip. The marks
alone do not tell whether a quotation says what someone said: `Quote.is_scare` is typography.
"""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from dateline.claims.page import Page
from dateline.model import Span

_MARK = re.compile(r"(?<=\S)'(?=''(?!'))|''|``|‘‘|’’|[“”„‟\"＂«»‹›‘’‚‛'「」『』｢｣〝〞〟]")
_DOUBLED = {"''": '"', "``": '"', "‘‘": "“", "’’": "”", "＂": '"', "‟": "“", "‛": "‘"}
_PAIRS = "“:”\"“ „:“”\" ”:” \":\"” «:» »:«» ‹:› ›:‹› ‘:’' ‚:‘’' ':'’ 「:」 『:』 ｢:｣ 〝:〞〟"
_CLOSERS: dict[str, str] = dict(pair.split(":", 1) for pair in _PAIRS.split())
_SINGLE = frozenset("‘’‚'")
_OPEN_BEFORE = frozenset("([{<—–-‑/=:>¿¡“„«‹‘‚\"'「『｢")
_DEEPEST = 6
_SENTENCE_END = re.compile(r"[.!?…,][\s”’\"']")
_ELISION = re.compile(r"\d\d?s?\b|[^\W\d_]+")
_WORD = re.compile(r"[^\W_]+(?:[’'‑-][^\W_]+)*")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_LONGEST_SCARE = 4  # words
_COMMAS = ",،，、﹐"
_PAUSES = (".", ",", ";")
_DASHES = "—–―"
_SPACED_TURN = re.compile(rf"(?<=[,.!?…»”])\s*[{_DASHES}]\s")
_GLUED_TURN = re.compile(rf"\s[{_DASHES}](?=\w)|(?<=\w)[{_DASHES}](?=[\s.,;:]|$)")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: the words inside its marks, and where the marks stand."""

    spans: tuple[Span, ...]  # of the words inside the marks, one a paragraph or piece, in order
    outer: Span  # from the first mark to behind the last
    mark: str  # what opens it: "“", "«", "—"
    inside: int | None  # index of the quotation that it is nested in
    is_closed: bool
    is_scare: bool  # short and inside a clause: quoted only if a cue says so


@dataclass(slots=True)
class _Open:
    """A quotation that has been opened and not yet been closed."""

    mark: str
    start: int  # of the mark
    words: int  # where the words of the present paragraph begin
    number: int
    inside: int | None
    spans: list[Span] = field(default_factory=list)


def find_quotes(page: Page) -> tuple[Quote, ...]:
    """Return the quotations of a text in the order of their opening marks.

    A paragraph that ends inside a quotation continues it if the next paragraph begins with the same
    opening mark; otherwise what is not closed ends with its paragraph. Linear in the text.
    """
    style = _dialogue_style(page.language)
    reader = _Reader(page.text)
    for paragraph in page.paragraphs:
        if style and page.text[paragraph[0]] in _DASHES:
            reader.read_dialogue(paragraph, style)
        else:
            reader.read_paragraph(paragraph)
    reader.end()
    found = sorted(reader.found.items())
    places = {number: place for place, (number, _) in enumerate(found)}
    return tuple(_place(quote, places) for _, quote in found)


def trim_content(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the spans of a quotation's words without the commas that its cue asks for."""
    return tuple(_trim_comma(text, span) for span in spans)


def _trim_comma(text: str, span: Span) -> Span:
    start, end = span
    while end > start and (text[end - 1] in _COMMAS or text[end - 1].isspace()):
        end -= 1
    return (start, end) if end > start else span


def _place(quote: Quote, places: dict[int, int]) -> Quote:
    # What was opened and then taken for an apostrophe holds nothing.
    if quote.inside is None or quote.inside in places:
        inside = None if quote.inside is None else places[quote.inside]
    else:
        inside = None
    return Quote(quote.spans, quote.outer, quote.mark, inside, quote.is_closed, quote.is_scare)


@cache
def _words() -> dict[str, dict[str, str]]:
    text = resources.files("dateline.claims").joinpath("quotes.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _elided() -> frozenset[str]:
    return frozenset(_words()["elided"]["words"].split())


@cache
def _dialogue_style(language: str) -> str:
    styles = _words()["dialogue"]
    return next((style for style, codes in styles.items() if language in codes.split()), "")


class _Reader:
    """Reads paragraph after paragraph; keeps what is open."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.stack: list[_Open] = []
        self.found: dict[int, Quote] = {}
        self.number = 0
        self.closers_left: dict[str, int] = {}
        self.ahead: tuple[bool, ...] = ()

    def read_paragraph(self, paragraph: Span) -> None:
        start, end = paragraph
        marks = [m for m in _MARK.finditer(self.text, start, end) if not self._is_in_word(m)]
        self._count_closers(marks)
        if self.stack and not (marks and marks[0].start() == start and self._continues(marks[0])):
            self._drop_all()
        for place, mark in enumerate(marks):
            self.ahead = self._two_ahead(marks, place)
            self._take(mark, paragraph)
        self._pause(end)

    def read_dialogue(self, paragraph: Span, style: str) -> None:
        """Read a paragraph that begins with a dash: speech, reporter, speech, …."""
        self._drop_all()
        start, end = paragraph
        pattern = {"spaced": _SPACED_TURN, "glued": _GLUED_TURN}.get(style)
        turns = list(pattern.finditer(self.text, start + 1, end)) if pattern else []
        edges = [start + 1, *(place for m in turns for place in m.span()), end]
        pieces = [self._trim(piece) for piece in zip(edges[::4], edges[1::4], strict=False)]
        pieces = [(a + (self.text[a : a + 1] in _PAUSES), b) for a, b in pieces if a < b]
        spans = tuple(piece for piece in map(self._trim, pieces) if piece[0] < piece[1])
        if spans:
            self.found[self.number] = Quote(spans, paragraph, self.text[start], None, True, False)
            self.number += 1

    def end(self) -> None:
        self._drop_all()

    def _is_in_word(self, mark: re.Match[str]) -> bool:
        if mark.group() not in "'’‘":
            return False
        start, end = mark.span()
        return self.text[start - 1 : start].isalnum() and self.text[end : end + 1].isalnum()

    def _count_closers(self, marks: list[re.Match[str]]) -> None:
        self.closers_left = {}
        for mark in marks:
            if self._looks_closing(mark):
                name = "'" if mark.group() in _SINGLE else "2"
                self.closers_left[name] = self.closers_left.get(name, 0) + 1

    def _two_ahead(self, marks: list[re.Match[str]], place: int) -> tuple[bool, ...]:
        """Say of the next two marks that are no single ones whether they close."""
        found: list[bool] = []
        for mark in marks[place + 1 : place + 8]:
            if mark.group() not in _SINGLE:
                found.append(mark.group() != "“" and self._looks_closing(mark))
            if len(found) == 2:
                break
        return tuple(found)

    def _looks_opening(self, mark: re.Match[str]) -> bool:
        before = self.text[mark.start() - 1 : mark.start()]
        after = self.text[mark.end() : mark.end() + 1]
        is_begun = not before or before.isspace() or before in _OPEN_BEFORE
        return is_begun and bool(after) and not after.isspace()

    def _looks_closing(self, mark: re.Match[str]) -> bool:
        before = self.text[mark.start() - 1 : mark.start()]
        after = self.text[mark.end() : mark.end() + 1]
        return bool(before) and not before.isspace() and not after.isalnum()

    def _continues(self, mark: re.Match[str]) -> bool:
        sign = _DOUBLED.get(mark.group(), mark.group())
        last = self.stack[0].mark
        is_same = sign == last or (last == "«" and sign == "»")
        if is_same:
            del self.stack[1:]
        return is_same

    def _take(self, mark: re.Match[str], paragraph: Span) -> None:
        sign = _DOUBLED.get(mark.group(), mark.group())
        if self._looks_closing(mark):
            name = "'" if sign in _SINGLE else "2"
            self.closers_left[name] = self.closers_left.get(name, 1) - 1
        at_line = mark.start() == paragraph[0] or self.text[mark.start() - 1] == "\n"
        if at_line and self.stack and self._continues(mark):
            self._pause(mark.start())
            self.stack[0].words = mark.end()
        elif not self._close(mark, sign):
            self._open(mark, sign, is_first=at_line)

    def _close(self, mark: re.Match[str], sign: str) -> bool:
        depth = len(self.stack) - 1
        while depth >= 0 and not self._may_close(mark, sign, self.stack[depth]):
            depth -= 1
        if depth < 0:
            return False
        while len(self.stack) > depth + 1:
            self._drop(mark.start())
        self._finish(self.stack.pop(), mark.start(), mark.end())
        return True

    def _may_close(self, mark: re.Match[str], sign: str, opened: _Open) -> bool:
        if sign not in _CLOSERS[opened.mark]:
            return False
        if sign in _SINGLE:
            return self._looks_closing(mark) and not self._is_possessive(mark)
        if sign == opened.mark or (sign == "“" and opened.mark == "„"):  # it could open as well
            return self._looks_closing(mark) or not self._looks_opening(mark)
        return True

    def _is_possessive(self, mark: re.Match[str]) -> bool:
        """Say whether it is rather the end of a plural ("the workers’ rights")."""
        at = mark.start()
        is_plural = self.text[at - 1] in "sS" and self.text[at + 1 : at + 2] == " "
        return (
            is_plural and self.text[at + 2 : at + 3].islower() and self.closers_left.get("'", 0) > 0
        )

    def _open(self, mark: re.Match[str], sign: str, *, is_first: bool) -> None:
        if sign not in _CLOSERS or len(self.stack) >= _DEEPEST or not self._may_open(mark, sign):
            return
        if sign in _SINGLE and not is_first and not self.closers_left.get("'"):
            return
        if self.stack and self.stack[-1].mark == sign and self.ahead != (True, True):
            self._cut(self.stack.pop(), mark.start())
        inside = self.stack[-1].number if self.stack else None
        self.stack.append(_Open(sign, mark.start(), mark.end(), self.number, inside))
        self.number += 1

    def _may_open(self, mark: re.Match[str], sign: str) -> bool:
        after = self.text[mark.end() : mark.end() + 1]
        if sign in "「『｢〝":
            return True
        if sign == "«":
            return bool(after) and after not in ".,;:!?)"
        if sign in "”»›":
            is_new = all(opened.mark != sign for opened in self.stack)
            return is_new and self._looks_opening(mark) and after.isalnum()
        if sign in "‘'":
            return self._looks_opening(mark) and after not in ".,;:!?)" and not self._elides(mark)
        before = self.text[mark.start() - 1 : mark.start()]
        if sign == '"' and (before.isdigit() or before == "="):
            return False  # inches, or a value in markup
        return bool(after) and not after.isspace() and after not in ",;:)"

    def _elides(self, mark: re.Match[str]) -> bool:
        word = _ELISION.match(self.text, mark.end())
        if word is None:
            return False
        low = word.group().casefold()
        return low in _elided() or (low[0].isdigit() and len(low) == 3)

    def _pause(self, at: int) -> None:
        """End the present paragraph's words of everything that is open."""
        for opened in self.stack:
            piece = self._trim((opened.words, at))
            if piece[0] < piece[1]:
                opened.spans.append(piece)
            opened.words = at

    def _cut(self, opened: _Open, before: int) -> None:
        """End a quotation whose end was forgotten, with its first sentence or clause."""
        found = _SENTENCE_END.search(self.text, opened.words, before)
        self._finish(opened, found.start() + 1 if found else before, None)

    def _drop(self, at: int) -> None:
        """Take the innermost open quotation as ended here; a single mark was an apostrophe."""
        opened = self.stack.pop()
        if opened.mark not in _SINGLE:
            self._finish(opened, at, None)

    def _drop_all(self) -> None:
        while self.stack:
            opened = self.stack.pop()
            is_elision = (
                opened.mark in _SINGLE and self.text[opened.start - 1 : opened.start] == " "
            )
            if opened.spans and not is_elision:
                self._finish(opened, opened.words, None)

    def _finish(self, opened: _Open, at: int, end: int | None) -> None:
        piece = self._trim((opened.words, at))
        spans = tuple(opened.spans) + ((piece,) if piece[0] < piece[1] else ())
        if not spans:
            return
        outer = (opened.start, spans[-1][1] if end is None else end)
        is_scare = end is not None and len(spans) == 1 and self._is_scare(spans[0], outer)
        self.found[opened.number] = Quote(
            spans, outer, opened.mark, opened.inside, end is not None, is_scare
        )

    def _is_scare(self, words: Span, outer: Span) -> bool:
        """Say whether a quotation is a few words inside a clause."""
        text = self.text[words[0] : min(words[1], words[0] + 80)]
        count = len(_WORD.findall(text)) + len(_UNSPACED.findall(text)) // 3
        if words[1] - words[0] > 80 or count > _LONGEST_SCARE or text[-1] in "!?…—" + _COMMAS:
            return False
        before = self.text[max(0, outer[0] - 3) : outer[0]].rstrip(" \u00a0")
        return bool(before) and (before[-1].isalnum() or before[-1] in "’)")

    def _trim(self, span: Span) -> Span:
        start, end = span
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end
