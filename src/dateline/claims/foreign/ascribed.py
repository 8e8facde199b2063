"""Whose words they are by a phrase: "laut X", "X zufolge", "nach Angaben von X", "…, so X"."""

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.claims.foreign.clauses import Clause, Sentence
from dateline.claims.foreign.drafts import Range
from dateline.claims.foreign.lexicon import Lexicon
from dateline.claims.foreign.phrases import Phrase
from dateline.claims.foreign.subjects import Subjects

_FARTHEST = 12  # words of a phrase that stands before "zufolge"


@dataclass(frozen=True, slots=True)
class Ascription:
    """A phrase that says whose words a sentence gives."""

    cue: Range
    source: Phrase | None  # None: who is meant stands in the sentence before ("demnach")
    frame: Range  # what is not content
    weak: bool = False  # it may tell by what something goes, not who says so: "según la zona"


class AscriptionFinder:
    """Finds the ascribing phrases of one sentence."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon, phrases: Subjects) -> None:
        self.sentence, self.lexicon, self.phrases = sentence, lexicon, phrases
        self.words, self.small, self.sets = sentence.words, lexicon.small, lexicon.ascribing
        self.ends = self.sets["noun_endings"] or ("\0",)
        self.first = {phrase[0] for phrase in lexicon.phrases}

    def find(self) -> list[Ascription]:
        """Return the ascriptions in order."""
        found = map(self._read, range(len(self.words)))
        return [one for one in found if one and not self._is_own(one)]

    def _is_own(self, one: Ascription) -> bool:
        """Say whether the words are those of whom the sentence is about: "nach eigenen Angaben"."""
        source = one.source
        return source is not None and self.words[source.first].low in self.sets["own"]

    def _read(self, at: int) -> Ascription | None:
        low = self.words[at].low
        clause = self.sentence.clauses[self.sentence.of_word[at]]
        if low in self.first and (found := self._by_phrases(at, clause)):
            return found
        if low in self.sets["before"]:
            return self._before(at, at + 1, clause)
        is_behind = low in self.sets["after"] or low in self.sets["after_noun"]
        if is_behind and (
            found := self._after(at, clause, needs_noun=low not in self.sets["after"])
        ):
            return found
        if low in self.sets["before_noun"]:
            return self._noun(at, clause, "nouns")
        if low in self.sets["before_sight"]:
            return self._noun(at, clause, "sights")
        if low in self.sets["so"] and at == clause.first and clause.mark:
            return self._so(at, clause)
        if low in self.sets["hence"]:
            return Ascription((at, at + 1), None, (at, at + 1))
        return None

    def _by_phrases(self, at: int, clause: Clause) -> Ascription | None:
        found = (self._by_phrase(at, phrase, clause) for phrase in self.lexicon.phrases)
        return next((one for one in found if one), None)

    def _by_phrase(self, at: int, phrase: tuple[str, ...], clause: Clause) -> Ascription | None:
        end = at + len(phrase)
        if end >= clause.last or any(
            self.words[at + place].low != word for place, word in enumerate(phrase)
        ):
            return None
        return self._before(at, end, clause)

    def _before(self, at: int, end: int, clause: Clause) -> Ascription | None:
        """Read the speaker behind "laut", "selon", "по словам"."""
        last = self.phrases.read(end, clause.last, oblique=True)
        if last == end:
            return None
        source = self.phrases.with_apposition(Phrase(end, last), leads=at == 0)
        inner = self._behind_noun(source)
        is_weak = self._is_weak(at, end, source)
        return Ascription((at, inner.first), inner, (at, source.last), weak=is_weak)

    def _is_weak(self, at: int, end: int, source: Phrase) -> bool:
        """Say whether it may say by what something goes: "según la zona", "по версии журнала".

        So where it neither begins nor is set off by a comma, and nothing in it is a name or who or
        what tells things.
        """
        if any(word.low in self.sets["weak"] for word in self.words[at:end]):
            return True
        clause = self.sentence.clauses[self.sentence.of_word[at]]
        tells = self.sets["telling"]
        if not tells or at == clause.first:
            return False
        words = self.words[source.first : source.last]
        return not any(word.is_high or word.quote or word.low in tells for word in words)

    def _behind_noun(self, source: Phrase) -> Phrase:
        """Return who it is behind a noun that says only that it was said: "laut Angaben X"."""
        nouns = range(source.first, min(source.last, source.first + 3))
        noun = next((place for place in nouns if self._is_noun(place)), None)
        if noun is None or noun + 1 >= source.last:
            return source
        first = noun + 1
        is_of = self.words[first].low in self.sets["of"]
        if not is_of and not self.lexicon.has("nouns_are_high"):
            return source
        if is_of and first + 1 < source.last:
            first += 1
        return Phrase(first, source.last)

    def _after(self, at: int, clause: Clause, *, needs_noun: bool) -> Ascription | None:
        """Read the speaker before "zufolge": the longest phrase that ends there."""
        for first in range(max(clause.first, at - _FARTHEST), at):
            if self.phrases.read(first, at, oblique=True) != at:
                continue
            if needs_noun and not any(map(self._is_noun, range(first, at))):
                continue
            return Ascription((at, at + 1), Phrase(first, at), (first, at + 1))
        if not needs_noun and (first := self._run_before(at, clause)) < at:
            return Ascription((at, at + 1), Phrase(first, at), (first, at + 1))
        return None

    def _run_before(self, at: int, clause: Clause) -> int:
        """Return where words without a verb begin that end before "zufolge"."""
        first = at
        while first > clause.first and at - first < _FARTHEST:
            low = self.words[first - 1].low
            if not low or self._is_verb(first - 1) or low in self.lexicon.free["stated"]:
                break
            first -= 1
        return first

    def _is_noun(self, at: int, kind: str = "nouns") -> bool:
        """Say whether a noun means what someone says: "Angaben", "Polizeiangaben"."""
        low, nouns = self.words[at].low, self.sets[kind]
        return low in nouns or low.rpartition("-")[2] in nouns or low.endswith(tuple(self.ends))

    def _noun(self, at: int, clause: Clause, nouns: str) -> Ascription | None:
        """Read "nach Angaben von X", "nach eigenen Angaben"."""
        limit = min(clause.last, at + 8)
        places = range(at + 1, limit)
        noun = next((place for place in places if self._is_noun(place, nouns)), None)
        if noun is None:
            return None
        end = self.phrases.read(at + 1, clause.last, oblique=True)
        if end <= noun:
            return None
        whole = self.phrases.with_apposition(Phrase(at + 1, end))
        if self._behind_noun(Phrase(noun, whole.last)).first == noun:
            return Ascription((at, at + 1), whole, (at, whole.last))
        inner = self._behind_noun(Phrase(noun, whole.last))
        return Ascription((at, noun + 1), inner, (at, whole.last))

    def _so(self, at: int, clause: Clause) -> Ascription | None:
        """Read "…, so der Sprecher"."""
        last = self.phrases.read(at + 1, clause.last)
        if last == at + 1:
            return None
        source = self.phrases.with_apposition(Phrase(at + 1, last))
        rest = range(last, clause.last)
        if any(self._is_verb(place) for place in rest):
            return None
        return Ascription((at, at + 1), source, (at, max(clause.last, source.last)))

    def _is_verb(self, at: int) -> bool:
        low = self.words[at].low
        small = self.small
        return low in self.lexicon.cues or any(
            low in small[name] for name in ("auxiliaries", "passives", "modals")
        )


def contents(sentence: Sentence, one: Ascription, lexicon: Lexicon) -> Iterator[Range]:
    """Yield the words of a sentence that are ascribed: all but the phrase itself."""
    first, last = one.frame
    begin, end = _bounds(sentence, first, last, lexicon)
    if first > begin:
        yield begin, first
    last = _behind_relative(sentence, first, last, lexicon)
    if last < end:
        yield last, end


def _behind_relative(sentence: Sentence, first: int, last: int, lexicon: Lexicon) -> int:
    """Return where the words go on behind a clause about the speaker: "laut X, der …,"."""
    if last >= len(sentence.words) or not lexicon.has("verb_second"):
        return last
    number = sentence.of_word[last]
    clause = sentence.clauses[number]
    is_relative = clause.mark == "," and sentence.words[last].low in lexicon.small["relative"]
    if not is_relative or clause.first != last:
        return last
    if first > 0:
        return len(sentence.words)
    return sentence.clauses[number + 1].first if number + 1 < len(sentence.clauses) else last


def _bounds(sentence: Sentence, first: int, last: int, lexicon: Lexicon) -> Range:
    """Return where an ascription reaches: a subordinate clause that holds it, else everything."""
    clause = sentence.clauses[sentence.of_word[first]]
    low = sentence.words[clause.first].low
    names = ("relative", "subordinate", "that", "ask")
    is_inner = clause.mark == "," and any(low in lexicon.small[name] for name in names)
    if is_inner and first > clause.first and last <= clause.last:
        return clause.first, clause.last
    return 0, len(sentence.words)
