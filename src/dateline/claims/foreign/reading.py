"""The statements of a page in a language whose words are known: cue by cue, then what continues."""

from dataclasses import replace

from dateline.claims.foreign.ascribed import Ascription, AscriptionFinder
from dateline.claims.foreign.ascribed import contents as ascribed_contents
from dateline.claims.foreign.clauses import cut_sentences
from dateline.claims.foreign.contents import Contents
from dateline.claims.foreign.course import Course
from dateline.claims.foreign.cues import CueFinder
from dateline.claims.foreign.drafts import Credit, Draft, Range, quoted_spans, quotes_in, span_of
from dateline.claims.foreign.free import FreeFinder
from dateline.claims.foreign.lexicon import Lexicon
from dateline.claims.foreign.loose import LooseQuotes
from dateline.claims.foreign.phrases import Phrase
from dateline.claims.foreign.saying import Saying
from dateline.claims.foreign.subjects import Subjects
from dateline.claims.foreign.trust import trust_ascription, trust_saying
from dateline.claims.page import Page
from dateline.model import Hedge, Span, StatementKind

_POINTED, _OPENED, _DROPPED = 0.6, 0.85, 0.6  # trust in "Das sagte X.", "X sagte:", "añadió"


def read_page(page: Page, lexicon: Lexicon) -> list[Draft]:
    """Return the statements of a page as drafts; linear in its text."""
    course = Course(page, lexicon, cut_sentences(page, lexicon))
    for number, sentence in enumerate(course.sentences):
        if sentence.words:
            reader = SentenceReader(course, number)
            course.note(number, reader.read(), reader.speaker())
    return course.drafts


class SentenceReader:
    """Reads one sentence."""

    def __init__(self, course: Course, number: int) -> None:
        self.course, self.page, self.lexicon = course, course.page, course.lexicon
        self.number, self.sentence = number, course.sentences[number]
        self.words = self.sentence.words
        self.phrases = Subjects(self.sentence, self.lexicon)
        self.contents = Contents(self.sentence, self.lexicon, self.phrases)
        self.sayings = CueFinder(self.sentence, self.lexicon, self.phrases).find()
        self.drafts: list[Draft] = []

    def read(self) -> list[Draft]:
        """Return what the sentence says that someone says."""
        for place, saying in enumerate(self.sayings):
            if self._only_points(saying):
                continue
            self._add_saying(saying, self.sayings[place + 1 :])
        if not any(self._points(saying) for saying in self.sayings[:1]):
            for one in AscriptionFinder(self.sentence, self.lexicon, self.phrases).find():
                self._add_ascription(one)
        if not self.drafts:
            self._add_free()
        self.drafts += LooseQuotes(self.course, self.number, self.phrases, self.contents).find(
            self.drafts
        )
        if not self.drafts:
            self._add_pointed()
            self._open()
        return self.drafts

    def speaker(self) -> Span | None:
        """Return who speaks here without being told what, else the subject of the sentence."""
        source = next((one.source for one in self.sayings if one.source), None)
        if source is None and self.lexicon.has("verb_second"):
            source = self.phrases.first_named(0, self.sentence.clauses[0].last)
        return self._span(source)

    def _span(self, phrase: Phrase | None) -> Span | None:
        return span_of(self.sentence, (phrase.first, phrase.last)) if phrase else None

    def _credit(self, saying: Saying, confidence: float) -> Credit:
        return Credit(
            source=self._span(saying.source),
            cue=span_of(self.sentence, saying.cue_words),
            hedge=saying.hedge,
            negated=saying.negated,
            told=self._span(saying.told),
            confidence=confidence,
        )

    def _add_saying(self, saying: Saying, later: list[Saying]) -> None:
        pieces = self.contents.find(saying, later)
        if not pieces:
            return
        kind, _ = self._content(pieces)
        credit = self._credit(saying, trust_saying(saying, kind, pieces, self.lexicon.code))
        drops = self.lexicon.has("drops_subject")
        if saying.first and not self.lexicon.has("verb_second"):
            drops = True  # "«…», añadió."
        if credit.source is None and drops:
            source = self.course.goes_on(self.number)
            credit = replace(credit, source=source, confidence=_DROPPED) if source else credit
        self._add(pieces, credit)

    def _add_ascription(self, one: Ascription) -> None:
        source = self._span(one.source) or self.course.goes_on(self.number)
        if source is None or self._is_second(one.frame):
            return
        credit = Credit(
            source=source,
            cue=span_of(self.sentence, one.cue),
            hedge=Hedge.ACCORDING,
            confidence=trust_ascription(one, self.lexicon.code),
        )
        self._add(list(ascribed_contents(self.sentence, one, self.lexicon)), credit)

    def _is_second(self, frame: Range) -> bool:
        """Say whether a phrase tells only where a cue's words stood: "a dit X, selon Y"."""
        if self.lexicon.has("verb_second") or not frame[0] or not self.drafts:
            return False
        start, end = span_of(self.sentence, frame)
        return not any(s <= start and end <= e for one in self.drafts for s, e in one.spans)

    def _add_free(self) -> None:
        finder = FreeFinder(self.sentence, self.lexicon, self.contents)
        told = finder.find(is_near=self.course.is_near(self.number))
        if told is None:
            return
        source = self.course.teller(self.number) if told.continues else None
        credit = Credit(
            source=self._for_whom() or source,
            cue=span_of(self.sentence, (told.cue, told.cue + 1)) if told.cue is not None else None,
            hedge=told.hedge,
            confidence=told.confidence,
        )
        self._add([told.words], credit)

    def _for_whom(self) -> Span | None:
        """Return who it is for: "Für X sei das …"."""
        if self.words[0].low not in self.lexicon.small["for_whom"]:
            return None
        end = self.phrases.read(1, self.sentence.clauses[0].last, oblique=True)
        is_next = end < len(self.words) and self.words[end].low in self.lexicon.free["strong"]
        return span_of(self.sentence, (1, end)) if end > 1 and is_next else None

    def _add(self, pieces: list[Range], credit: Credit) -> None:
        if not pieces:
            return
        kind, spans = self._content(pieces)
        if spans:
            self.drafts.append(Draft(spans, kind, credit))

    def _content(self, pieces: list[Range]) -> tuple[StatementKind, tuple[Span, ...]]:
        """Return the kind and spans of words: quotations alone lose their marks."""
        quotes = quotes_in(self.sentence, pieces)
        joining = self.lexicon.small["coordinate"] | self.lexicon.small["that"]
        places = [at for first, last in pieces for at in range(first, last)]
        plain = [self.words[at].low for at in places if self.words[at].quote is None]
        if quotes and all(low in joining for low in plain):
            return StatementKind.DIRECT, quoted_spans(self.page, quotes)
        spans = tuple(span_of(self.sentence, piece) for piece in pieces)
        said = any(self.words[at].quote and not self.contents.is_name(at) for at in places)
        return (StatementKind.MIXED if said else StatementKind.INDIRECT), spans

    def _add_pointed(self) -> None:
        """Take the sentence before as what is said: "Das bestätigte X."."""
        saying = next((one for one in self.sayings if one.source), None)
        before = self.course.sentences[self.number - 1] if self.number else None
        if saying is None or before is None or not before.words or not self._points(saying):
            return
        last = self.course.last
        is_said = last is not None and last.sentence == self.number - 1
        if not is_said and self.sentence.paragraph - before.paragraph <= 1:
            spans = (span_of(before, (0, len(before.words))),)
            self.drafts.append(Draft(spans, StatementKind.INDIRECT, self._credit(saying, _POINTED)))

    def _points(self, saying: Saying) -> bool:
        """Say whether the sentence begins with "that", "об этом" right before its cue.

        A phrase of two words points wherever the cue stands that has its speaker behind it.
        """
        is_behind = saying.source is not None and saying.source.first > saying.verb
        return any(
            tuple(word.low for word in self.words[: len(phrase)]) == phrase
            for phrase in self.lexicon.pointing
            if saying.verb <= len(phrase) + 1 or (is_behind and len(phrase) > 1)
        )

    def _only_points(self, saying: Saying) -> bool:
        """Say whether what stands before an inverted cue is "Об этом", with a time and a place."""
        return saying.first and saying.verb > 1 and self._points(saying)

    def _open(self) -> None:
        """Keep a cue with a colon behind it: what it says stands in the next paragraph."""
        if self.sayings and self.page.text[self.sentence.end - 1] in ":：":
            self.course.opened = self.number, self._credit(self.sayings[-1], _OPENED)
