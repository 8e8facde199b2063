"""Quotations that no cue of their sentence has: with a cue inside their marks, or going on."""

from collections.abc import Iterator

from dateline.claims.foreign.clauses import Sentence, cut_inside
from dateline.claims.foreign.contents import Contents
from dateline.claims.foreign.course import Course
from dateline.claims.foreign.cues import CueFinder
from dateline.claims.foreign.drafts import Credit, Draft, quoted_spans, span_of
from dateline.claims.foreign.marked import word_shapes
from dateline.claims.foreign.phrases import Phrase
from dateline.claims.foreign.saying import Saying
from dateline.claims.foreign.subjects import Subjects
from dateline.claims.quotes import Quote
from dateline.model import Span, StatementKind

_DASHES = "—–―"
_PARTING = f"{_DASHES}-"  # between a quotation and the cue inside its marks
_FEW_WORDS = 5  # of a quotation without a cue that is taken for what someone said
# How often content and speaker were right, of each way.
_INSIDE, _BEHIND, _GOES_ON, _AFTER_TALK, _COLON, _SUBJECT = 0.85, 0.75, 0.75, 0.55, 0.65, 0.3


class LooseQuotes:
    """Finds who says the quotations that are left in one sentence."""

    def __init__(self, course: Course, number: int, phrases: Subjects, contents: Contents) -> None:
        self.course, self.page, self.lexicon = course, course.page, course.lexicon
        self.number, self.sentence = number, course.sentences[number]
        self.words, self.phrases, self.contents = self.sentence.words, phrases, contents

    def find(self, taken: list[Draft]) -> list[Draft]:
        """Return drafts of the quotations that are in none of those that are there."""
        spans = [span for draft in taken for span in draft.spans]
        found = []
        for at, word in enumerate(self.words):
            if word.quote and not any(s < word.end and word.start < e for s, e in spans):
                found.append(self._take(at, word.quote))
        return [draft for draft in found if draft]

    def _take(self, at: int, quote: Quote) -> Draft | None:
        return self._aside(quote) or self._opened(at, quote) or self._named(at, quote)

    def _draft(self, quote: Quote, credit: Credit) -> Draft:
        return Draft(quoted_spans(self.page, [quote]), StatementKind.DIRECT, credit)

    def _aside(self, quote: Quote) -> Draft | None:
        """Take a quotation whose cue stands inside its marks: « Oui, dit-il, je viens. »."""
        if quote.is_scare:
            return None
        if quote.mark in _DASHES and (dialogue := self._dialogue(quote)):
            return dialogue
        if quote.mark not in _DASHES and not self.lexicon.has("asides"):
            return None
        for number, span in enumerate(quote.spans):
            inner = cut_inside(self.page, self.lexicon, span)
            for saying in self._asides(inner):
                around = (*quote.spans[:number], *self._parts(inner, saying, span))
                spans = (*around, *quote.spans[number + 1 :])
                return Draft(spans, StatementKind.DIRECT, self._credit(inner, saying, _INSIDE))
        return None

    def _asides(self, inner: Sentence) -> Iterator[Saying]:
        """Yield the cues that stand between commas or dashes with their speaker behind them."""
        phrases = Subjects(inner, self.lexicon)
        for saying in CueFinder(inner, self.lexicon, phrases).find():
            mark, source = inner.clauses[saying.clause].mark, saying.source
            is_marked = mark == "," or (bool(mark) and mark in _PARTING)
            if saying.first and is_marked and source and source.first > saying.verb:
                yield saying

    def _parts(self, inner: Sentence, saying: Saying, span: Span) -> list[Span]:
        """Return what stands before and behind a cue inside a quotation."""
        clause = inner.clauses[saying.clause]
        end = Contents(inner, self.lexicon, Subjects(inner, self.lexicon)).frame_end(saying)
        number = inner.of_word[end - 1]
        if clause.mark != ",":  # "— сказал он, который …, — Но": up to the dash that closes it
            later = range(number + 1, len(inner.clauses))
            closing = next((n for n in later if inner.clauses[n].mark in _PARTING), number + 1)
            number = closing - 1
        edge = inner.clauses[number].last
        before = span[0], inner.words[clause.first - 1].end
        if edge >= len(inner.words):
            return [before]
        return [before, (inner.words[edge].start, span[1])]

    @staticmethod
    def _credit(inner: Sentence, saying: Saying, confidence: float) -> Credit:
        source = saying.source
        return Credit(
            source=span_of(inner, (source.first, source.last)) if source else None,
            cue=span_of(inner, saying.cue_words),
            hedge=saying.hedge,
            negated=saying.negated,
            confidence=confidence if source else confidence - 0.3,
        )

    def _dialogue(self, quote: Quote) -> Draft | None:
        """Take speech behind a dash whose cue stands between its pieces: — Yes, — she said."""
        ends = [*(span[0] for span in quote.spans[1:]), quote.outer[1]]
        for (_, start), end in zip(quote.spans, ends, strict=True):
            inner = cut_inside(self.page, self.lexicon, (start, end))
            sayings = CueFinder(inner, self.lexicon, Subjects(inner, self.lexicon)).find()
            if sayings:
                return self._draft(quote, self._credit(inner, sayings[0], _INSIDE))
        return None

    def _opened(self, at: int, quote: Quote) -> Draft | None:
        """Take a quotation that the sentence before announces: "X sagte:"."""
        opened = self.course.opened
        if opened is None or opened[0] != self.number - 1 or at:
            return None
        return self._draft(quote, opened[1])

    def _named(self, at: int, quote: Quote) -> Draft | None:
        """Take a quotation without any cue: behind a colon, alone, or long."""
        if self.contents.is_name(at):
            return None
        shapes = word_shapes(self.page.text, quote, self.phrases)
        is_title = shapes.begins_high and not shapes.has_verb
        if self._is_behind_colon(at) and not is_title:
            clause = self.sentence.clauses[self.sentence.of_word[at] - 1]
            source = self._span(self.phrases.first_named(0, clause.last))
            return self._draft(quote, Credit(source=source, confidence=_COLON))
        if self._is_alone():
            return self._alone(quote)
        if not self._is_long(at) or not shapes.has_verb:
            return None
        first = self.sentence.clauses[self.sentence.of_word[at]].first
        source = self._span(self.phrases.first_named(first, at))
        source = source or self.course.goes_on(self.number)
        return self._draft(quote, Credit(source=source, confidence=_SUBJECT))

    def _span(self, phrase: Phrase | None) -> Span | None:
        return span_of(self.sentence, (phrase.first, phrase.last)) if phrase else None

    def _is_behind_colon(self, at: int) -> bool:
        number = self.sentence.of_word[at]
        clause = self.sentence.clauses[number]
        return clause.mark == ":" and clause.first == at and number > 0

    def _is_alone(self) -> bool:
        """Say whether the sentence has nothing but quotations."""
        joining = self.lexicon.small["coordinate"]
        return all(word.quote or word.low in joining for word in self.words)

    def _is_long(self, at: int) -> bool:
        word = self.words[at]
        text = self.page.text[word.start : min(word.end, word.start + 200)]
        return len(text.split()) >= _FEW_WORDS

    def _alone(self, quote: Quote) -> Draft | None:
        """Take a quotation that is a sentence: the next one says whose, or the speaker goes on."""
        if source := self._named_behind():
            return self._draft(quote, Credit(source=source, confidence=_BEHIND))
        last = self.course.last
        if last is None or not self.course.is_near(self.number):
            if source := self._named_after():
                return self._draft(quote, Credit(source=source, confidence=_SUBJECT * 2))
            return self._draft(quote, Credit(confidence=_SUBJECT)) if quote.is_closed else None
        trust = _GOES_ON if last.quoted else _AFTER_TALK
        return self._draft(quote, Credit(source=last.source, confidence=trust))

    def _named_after(self) -> Span | None:
        """Return who says the quotation that begins the next sentence: "„…“ ¶ „…“, sagte X."."""
        number = self.number + 1
        sentences = self.course.sentences
        if number >= len(sentences) or sentences[number].paragraph > self.sentence.paragraph + 1:
            return None
        after = sentences[number]
        if not after.words or not after.words[0].quote:
            return None
        sayings = CueFinder(after, self.lexicon, Subjects(after, self.lexicon)).find()
        source = next((one.source for one in sayings if one.first and one.source), None)
        return span_of(after, (source.first, source.last)) if source else None

    def _named_behind(self) -> Span | None:
        """Return who is named after a quotation: "„….“ Das sagte X."."""
        number = self.number + 1
        sentences = self.course.sentences
        if number >= len(sentences) or sentences[number].paragraph != self.sentence.paragraph:
            return None
        after = sentences[number]
        low = [word.low for word in after.words[:5]]
        sizes = (len(one) for one in self.lexicon.pointing if tuple(low[: len(one)]) == one)
        size = next(sizes, len(low))
        if size >= len(low) or low[size] not in self.lexicon.cues:
            return None
        source = Subjects(after, self.lexicon).after(size + 1, len(after.words))
        return span_of(after, (source.first, source.last)) if source else None
