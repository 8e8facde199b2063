"""What is said in quotation marks: the quotations of a sentence that belong to one of its cues."""

from dateline.claims.foreign.clauses import Sentence
from dateline.claims.foreign.drafts import Range
from dateline.claims.foreign.lexicon import Lexicon
from dateline.claims.foreign.marked import word_shapes
from dateline.claims.foreign.saying import Saying
from dateline.claims.foreign.subjects import Subjects


class QuotedContents:
    """Finds the quotations that stand before, behind or around a cue."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon, phrases: Subjects) -> None:
        self.sentence, self.lexicon, self.phrases = sentence, lexicon, phrases
        self.words, self.clauses, self.small = sentence.words, sentence.clauses, lexicon.small

    def frame_end(self, saying: Saying) -> int:
        """Return the word behind the cue, its verb and its speaker."""
        source = saying.source
        behind = source.last if source and source.first >= saying.verb else 0
        return max(saying.cue, saying.verb, behind - 1) + 1

    def _called(self, saying: Saying, pieces: list[Range], later: list[Saying]) -> list[Range]:
        """Return what something is called, to the last words in marks: „…“ and „…“."""
        first = pieces[0][0] if pieces else self._behind_adverbs(self.frame_end(saying))
        limit = min([len(self.words), *(one.verb for one in later if one.verb >= first)])
        last = pieces[-1][1] if pieces else 0
        for at in range(max(first, last), limit):
            if self._is_words(at, saying):
                last = at + 1
        return [(first, last)] if last > first else []

    def _quoted(self, saying: Saying) -> list[Range]:
        """Return quotations that stand right before or behind a cue."""
        end, words = self.frame_end(saying), self.words
        if "quote" not in saying.takes:
            return []
        clause = self.clauses[saying.clause]
        before = self._quote_before(saying)
        after = self._quotes_behind(end, is_final=saying.final and not saying.like)
        if before:
            follows = after if after and self.words[after[0]].quote else None
            return [before, follows] if follows else [before]
        if after:
            return [after]
        inside = [at for at in range(clause.first, clause.last) if self._is_words(at, saying)]
        if not inside or "apart" in saying.takes:
            return []
        is_called = "call" in saying.takes
        if not is_called and all((q := words[at].quote) and not q.is_scare for at in inside):
            return [(at, at + 1) for at in inside]
        first = min(self._behind_adverbs(end), inside[0])
        return [(first, inside[-1] + 1)]

    def _behind_adverbs(self, at: int) -> int:
        """Return where what is said begins behind "también", "además"."""
        while at < len(self.words) - 1 and self.words[at].low in self.small["adverbs"]:
            at += 1
        return at

    def _quote_before(self, saying: Saying) -> Range | None:
        """Return the words in marks that end where an inverted cue begins: „…“, sagte X."""
        if not self._is_inverted(saying):
            return None
        at = self._before_verb(saying)
        quote = self.words[at].quote if at >= 0 else None
        if quote is None or (quote.is_scare and not self._begins_sentence(at)):
            return None
        source = saying.source
        if source and source.first <= at < source.last:
            return None  # „BBC News“ berichtet
        is_apart = self.sentence.of_word[at] != saying.clause
        if not is_apart and word_shapes(self.sentence.text, quote, self.phrases).all_proper:
            return None
        first = at
        while first > 0 and self.words[first - 1].quote:
            first -= 1
        return first, at + 1

    def _begins_sentence(self, at: int) -> bool:
        return at == 0 or self.sentence.clauses[self.sentence.of_word[at]].mark == ":"

    def _is_inverted(self, saying: Saying) -> bool:
        place = self._before_verb(saying)
        return place >= 0 and self.words[place].quote is not None

    def _before_verb(self, saying: Saying) -> int:
        """Return the word before an inverted cue: before "s'est exclamé", "so sagte"."""
        names = ("inverting", "self", "negators", "no_speaker")
        place = saying.verb - 1
        while place >= 0 and any(self.words[place].low in self.small[name] for name in names):
            place -= 1
        return place

    def _quotes_behind(self, end: int, *, is_final: bool = False) -> Range | None:
        """Return quotations behind a cue: X sagte: „…“, „…“."""
        number = self.sentence.of_word[end - 1] + 1
        if number >= len(self.clauses):
            return None
        clause = self.clauses[number]
        quote = self.words[clause.first].quote
        if quote is None or (clause.mark != ":" and (quote.is_scare or is_final)):
            return None
        last = clause.first + 1
        while last < len(self.words) and (self.words[last].quote or self._joins_quotes(last)):
            last += 1
        return clause.first, last

    def _joins_quotes(self, at: int) -> bool:
        return (
            self.words[at].low in self.small["coordinate"]
            and at + 1 < len(self.words)
            and self.words[at + 1].quote is not None
        )

    def _is_words(self, at: int, saying: Saying) -> bool:
        """Say whether a quotation gives words and is not a name in the speaker's phrase."""
        quote = self.words[at].quote
        if quote is None:
            return False
        source, told = saying.source, saying.told
        held = [part for part in (source, told) if part and part.first <= at < part.last]
        return not held and not self.is_name(at, is_called=saying.takes == {"quote", "call"})

    def is_name(self, at: int, *, is_called: bool = False) -> bool:
        """Say whether a quotation is what something is called: „Der Spiegel“, die Band „X“."""
        word = self.words[at]
        if word.quote is None or at == 0 or self._is_behind_words(at):
            return False
        inner = word_shapes(self.sentence.text, word.quote, self.phrases)
        if self.sentence.of_word[at - 1] != self.sentence.of_word[at] or not inner.begins_high:
            return False
        before = self.words[at - 1]
        if self.lexicon.has("nouns_are_high"):
            follows = before.is_high or before.low in self.small["definite"]
            is_alone = inner.count == 1 and before.low not in self.small["indefinite"]
            is_proper = inner.all_proper or is_alone or before.low in self.small["called"]
            return (follows or is_proper) and not inner.has_verb and not is_called
        return (before.low in self.small["called"] or inner.all_high) and not inner.has_verb

    def _is_behind_words(self, at: int) -> bool:
        """Say whether "words", "motto" or the like stand right before."""
        return any(
            word.low in self.lexicon.word_nouns or word.low in self.lexicon.say_nouns
            for word in self.words[max(0, at - 4) : at]
        )
