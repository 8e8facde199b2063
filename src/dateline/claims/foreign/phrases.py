"""Who says it: the noun phrase of a speaker as it stands, with its title and what follows it."""

from dataclasses import dataclass

from dateline.claims.foreign.clauses import Sentence, Word
from dateline.claims.foreign.lexicon import Lexicon
from dateline.claims.foreign.marked import word_shapes

_LONGEST = 24  # words of a speaker
_ADJECTIVES = 6  # words between an article and its noun
_LONGEST_NAME = 40  # characters in marks that may be a name
_SHORTEST_VERB = 4  # letters


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words `first` to `last` (exclusive) of a sentence."""

    first: int
    last: int


class Phrases:
    """Reads the noun phrases of one sentence."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon) -> None:
        self.sentence, self.words, self.lexicon = sentence, sentence.words, lexicon
        self.small = lexicon.small
        self.is_high = lexicon.has("nouns_are_high")
        self.stop_endings = tuple(lexicon.small["stop_endings"])
        self.verb_endings = tuple(lexicon.small["verb_endings"])
        self.oblique_endings = tuple(lexicon.small["oblique_endings"])  # of no subject

    def read(self, at: int, limit: int, *, oblique: bool = False) -> int:
        """Return the end of the noun phrase that begins at a word, or `at` where none does."""
        limit = min(limit, at + _LONGEST)
        end = self._core(at, limit, oblique=oblique)
        if end == at + 1 and self.words[at].low in self.small["subject_pronouns"]:
            return end  # "précise-t-elle de l’horaire"
        while end > at and end < limit:
            longer = self._complement(at, end, limit, oblique=oblique)
            if longer == end:
                break
            end = longer
        return end

    def _core(self, at: int, limit: int, *, oblique: bool) -> int:
        """Read an article, adjectives, and the noun or name that they belong to."""
        if at >= limit:
            return at
        small, word = self.small, self.words[at]
        if word.low in small["pronouns"] and not self._has_head(at + 1, limit):
            return at + 1
        if oblique and word.low in small["oblique_pronouns"]:
            return at + 1
        place = at
        if word.low in small["determiners"] or (oblique and word.low in small["oblique"]):
            place += 1
        elif self._begins_none(at, limit, oblique=oblique):
            return at
        head = self._skip_adjectives(place, limit)
        end = self._heads(head, limit, first=at)
        return end if end > head else at

    def _begins_none(self, at: int, limit: int, *, oblique: bool) -> bool:
        """Say whether no phrase can begin at a word that is no article."""
        low = self.words[at].low
        if low in self.small["no_speaker"] or low in self.small["oblique"]:
            return True
        return self.lexicon.has("articles") and not oblique and not self._may_begin(at, limit)

    def _may_begin(self, at: int, limit: int) -> bool:
        """Say whether a word begins a phrase without an article: a name, an office, a number."""
        word = self.words[at]
        if word.is_high or word.quote is not None or word.low[:1].isdigit():
            return True
        return at + 1 < limit and self.words[at + 1].is_high and word.low not in self.small["times"]

    def _has_head(self, at: int, limit: int) -> bool:
        """Say whether "beide", "einer" stand before a noun."""
        if at < limit and self.words[at].low in self.small["determiners"] | self.small["oblique"]:
            return False
        return self._is_noun(self._skip_adjectives(at, limit), limit)

    def _skip_adjectives(self, at: int, limit: int) -> int:
        place = at
        while place < limit and place < at + _ADJECTIVES:
            is_graded = place + 1 < limit and self._grades(place) and self._is_adjective(place + 1)
            if not is_graded and not self._is_adjective(place):
                break
            place += 1
        return place

    def _grades(self, at: int) -> bool:
        """Say whether a word may stand before an adjective: "ein nicht genannter Vertreter"."""
        low = self.words[at].low
        return (
            self.is_high
            and at > 0
            and (self.words[at - 1].low in self.small["determiners"] | self.small["oblique"])
            and (low in self.small["negators"] or low in self.small["adverbs"])
        )

    def _is_adjective(self, at: int) -> bool:
        if not self.is_high:
            return False
        word = self.words[at]
        return not (word.is_high or word.quote) and (
            word.low[:1].isdigit()
            or (word.low.endswith(("e", "en", "er", "es", "em")) and not self._is_small(word))
            or word.low in self.small["determiners"]
        )

    def _is_small(self, word: Word) -> bool:
        return self._is_small_low(word.low)

    def _is_small_low(self, low: str) -> bool:
        small = self.small
        return (
            low in small["prepositions"]
            or low in small["adverbs"]
            or low in small["auxiliaries"]
            or low in small["passives"]
            or low in small["modals"]
            or low in small["coordinate"]
            or low in small["that"]
            or low in small["ask"]
            or low in small["negators"]
            or low in small["subordinate"]
            or (bool(self.stop_endings) and low.endswith(self.stop_endings))
        )

    def is_small_word(self, low: str) -> bool:
        """Say whether it is an article, a preposition or a joining word."""
        names = ("determiners", "oblique", "prepositions", "coordinate", "name_joiners", "genitive")
        return any(low in self.small[name] for name in names)

    def is_verb_word(self, low: str) -> bool:
        """Say whether a word that is not written high is likely a finite verb."""
        names = ("auxiliaries", "passives", "modals")
        if any(low in self.small[name] for name in names) or low in self.lexicon.cues:
            return True
        if low in self.lexicon.free["strong"] or low in self.lexicon.free["weak"]:
            return True
        if self.verb_endings and low.endswith(self.verb_endings):
            return True
        return self.is_high and low.endswith("t") and not self._is_small_low(low)

    def is_loose_verb(self, word: Word, endings: tuple[str, ...]) -> bool:
        """Say whether a word that is not written high ends so and is no small word."""
        low = word.low
        is_small = self._is_small(word) or self.is_small_word(low) or low in self.small["pronouns"]
        return (
            len(low) > _SHORTEST_VERB
            and not word.is_high
            and low.endswith(endings)
            and not low.endswith("te")
            and not is_small
        )

    def _is_noun(self, at: int, limit: int) -> bool:
        """Say whether a word can be (a part of) the head of a phrase."""
        if at >= limit:
            return False
        word = self.words[at]
        if word.quote:
            return self._is_name_like(word)
        if word.low[0].isdigit():
            return True
        if word.low in self.small["times"]:  # but "la mujer de 35 años"
            is_aged = self.lexicon.has("articles") and at > 0 and self.words[at - 1].low.isdecimal()
            return is_aged and self.words[at].low in self.small["years"]
        if self.is_high:
            return word.is_high and not (at == 0 and self._is_small(word))
        return not self._stops(at)

    def _stops(self, at: int) -> bool:
        """Say whether a word cannot belong to a phrase where nouns are not written high."""
        word = self.words[at]
        if word.is_high and at:
            return False
        if word.low in self.small["like"]:
            return True
        if self.lexicon.has("articles") and (
            word.low in self.small["determiners"] or word.low in self.small["genitive"]
        ):
            return True
        return (
            self._is_small(word)
            or (word.low in self.lexicon.cues and not self.is_behind_article(at))
            or word.low in self.small["told_words"]
            or word.low in self.small["no_speaker"]
            or word.low in self.small["relative"]
        )

    def is_behind_article(self, at: int) -> bool:
        """Say whether a form of a verb is rather a noun: "le juge", "la denuncia"."""
        if not at or not self.lexicon.has("articles"):
            return False
        low = self.words[at - 1].low
        return low in self.small["determiners"] or low in self.small["joiners"]

    def _heads(self, at: int, limit: int, *, first: int) -> int:
        end = at
        while end < limit and self._continues(at, end, limit, first=first):
            end += 1
        return end

    def _continues(self, at: int, end: int, limit: int, *, first: int) -> bool:
        """Say whether a word goes on with the noun or name that began at `at`."""
        if self._is_noun(end, limit) and not self._begins_count(at, end, limit):
            return True
        return end > first and self._joins_names(end, limit)

    def _is_name_like(self, word: Word) -> bool:
        """Say whether a quotation can be a name or title inside a phrase: „Der Spiegel“."""
        quote = word.quote
        if quote is None or len(quote.spans) > 1:
            return False
        if quote.spans[0][1] - quote.spans[0][0] > _LONGEST_NAME:
            return False
        shapes = word_shapes(self.sentence.text, quote, self)
        return shapes.begins_high and not shapes.has_verb and (quote.is_scare or shapes.all_high)

    def _begins_count(self, at: int, end: int, limit: int) -> bool:
        """Say whether a number behind a noun counts what follows it."""
        is_number = end > at and self.words[end].low[:1].isdigit()
        return is_number and end + 1 < limit and self.words[end + 1].is_high

    def _joins_names(self, at: int, limit: int) -> bool:
        if self.words[at].low not in self.small["name_joiners"] or not self.words[at - 1].is_high:
            return False
        after = at + 1
        small = self.small["name_joiners"] | self.small["genitive"]  # "van der", "von den"
        while after < limit and self.words[after].low in small:
            after += 1
        return after < limit and self.words[after].is_high

    def _complement(self, at: int, end: int, limit: int, *, oblique: bool) -> int:
        """Return the end with one genitive, prepositional or joined phrase more."""
        small, low = self.small, self.words[end].low
        if (
            low in small["genitive"]
            and low not in small["joiners"]
            and (oblique or not self._is_receiver(at, end, limit))
        ):
            return max(end, self._core(end, limit, oblique=True))
        if low in small["joiners"]:
            inner = self._core(end + 1, limit, oblique=True)
            return inner if inner > end + 1 else end
        if low in small["place_joiners"] and self._is_bare_name(end + 1, limit):
            return self._heads(end + 1, limit, first=end + 1)
        if low in small["and"]:
            inner = self._core(end + 1, limit, oblique=False)
            return inner if inner > end + 1 else end
        return end

    def _is_receiver(self, at: int, end: int, limit: int) -> bool:
        """Say whether "der Zeitung" behind a name is who was told, not whose the name is."""
        head = self._skip_adjectives(end + 1, limit)
        if head < limit and (self.words[head].low in self.small["media"] or self.words[head].quote):
            return True
        first = self.words[at]
        return (
            first.low not in self.small["determiners"]
            and end - at <= 2
            and (self.words[end].low == "dem")
        )

    def _is_bare_name(self, at: int, limit: int) -> bool:
        return (
            at < limit
            and self.words[at].is_high
            and self.words[at].low not in self.small["times"]
            and not self.words[at].low[0].isdigit()
        )
