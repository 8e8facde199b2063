"""Which noun phrase of a sentence is a verb's subject, and what stands in apposition to it."""

from itertools import pairwise

from dateline.claims.foreign.clauses import Clause, Word
from dateline.claims.foreign.phrases import Phrase, Phrases
from dateline.claims.naming.lexicon import is_first_case

_LONGEST = 24  # words of an apposition
_SHORT = 7  # words of an apposition that begins with no name
_SHORT_NAME = 6  # words
_SKIPS = 14  # words between a verb and its subject
_LEADING = ("ому", "ого", "ой", "ої", "ій", "ом", "ых", "их")  # of a place that is said
_AGREEING = ("ий", "ый", "ой", "ая", "ій", "ка", "ва", "на")  # adjectives of a subject


class Subjects(Phrases):
    """Finds the subjects of one sentence's verbs."""

    def subject(self, clause: Clause, verb: int, *, final: bool) -> Phrase | None:
        """Return the subject of a verb in its clause; `final`: a clause that ends with its verb."""
        behind = verb + 1
        if behind < clause.last and self.words[behind].low in self.small["subject_pronouns"]:
            return Phrase(behind, behind + 1)
        before = self._before(clause.first, verb, final=final)
        if final or (
            before and not self.words[before.first].quote and not self._follows(verb, before)
        ):
            return before
        return self._without_adverb(self.after(verb + 1, clause.last)) or before

    def _follows(self, verb: int, before: Phrase) -> bool:
        """Say whether an article of subjects stands behind a verb, none before: "δήλωσε ο X"."""
        articles = self.small["subject_articles"]
        behind = self.words[verb + 1].low if verb + 1 < len(self.words) else ""
        return behind in articles and self.words[before.first].low not in articles

    def _before(self, first: int, verb: int, *, final: bool) -> Phrase | None:
        at = first
        while at < verb and self._is_lead(at):
            at += 1
        if final:
            return self.after(at + 1, verb)
        if not self.lexicon.has("verb_second"):
            return self._nearby(at, verb)
        if at >= verb or self.words[at].low in self.small["prepositions"]:
            return None
        end = self.read(at, verb)
        if end == at:
            return None
        if end < verb and self._is_one(end, verb):
            end = verb
        return Phrase(at, end)

    def _nearby(self, at: int, verb: int) -> Phrase | None:
        """Return the first phrase before a verb and behind the verb before it."""
        for place in range(verb - 1, at - 1, -1):
            word = self.words[place]
            if word.low in self.small["relative"] and word.low not in self.small["that"]:
                return self._told_of(place)
            is_verb = not (word.is_high or word.quote) and self.is_verb_word(word.low)
            is_verb = is_verb and not self.is_behind_article(place)
            if is_verb or word.low in self.small["that"]:
                at = place + 1
                break
        return self._without_adverb(self.after(at, verb))

    def _without_adverb(self, phrase: Phrase | None) -> Phrase | None:
        """Return a phrase without the adverb before its verb: "глава МИД цинично"."""
        endings = tuple(self.small["adverb_endings"] | self.small["manner_endings"])
        if phrase is None or not endings:
            return phrase
        last = phrase.last
        while last > phrase.first + 1 and self._is_adverb(last - 1, endings):
            last -= 1
        return Phrase(phrase.first, last)

    def _is_adverb(self, at: int, endings: tuple[str, ...]) -> bool:
        return not self.words[at].is_high and self.words[at].low.endswith(endings)

    def _told_of(self, relative: int) -> Phrase | None:
        """Return who a relative pronoun stands for: "X, qui"."""
        number = self.sentence.of_word[relative]
        clause = self.sentence.clauses[number]
        if relative == clause.first and number:
            before = self.sentence.clauses[number - 1]
            return self.nearest(before.first, before.last)
        return self.nearest(clause.first, relative)

    def _is_lead(self, at: int) -> bool:
        """Say whether a word may stand before the subject and is not of it."""
        low = self.words[at].low
        if low in self.small["coordinate"] or low in self.small["adverbs"]:
            return True
        endings = self.small["adverb_endings"]
        if at or not endings or not low.endswith(tuple(endings)):
            return False
        return self.is_high or len(self.words) == 1 or self.words[1].low not in self.lexicon.cues

    def _is_one(self, at: int, verb: int) -> bool:
        """Say whether what is left before a second verb belongs to the first phrase."""
        rest = [word for word in self.words[at:verb] if not word.is_high]
        adverbs = self.small["adverbs"]
        return not any(word.low in adverbs or self.is_verb_word(word.low) for word in rest)

    def nearest(self, first: int, verb: int) -> Phrase | None:
        """Return the phrase that ends before a verb, behind what does not belong to it."""
        at = first
        best = None
        while at < verb:
            if self.words[at].low in self.small["prepositions"]:
                at = max(at + 1, self.read(at + 1, verb, oblique=True))
                continue
            end = self.read(at, verb)
            if end > at:
                best = Phrase(at, end)
            at = max(end, at + 1)
        return best

    def after(self, at: int, limit: int) -> Phrase | None:
        """Return the first phrase from a word on that is no object, time or place."""
        last = min(limit, at + _SKIPS)
        is_aside = False
        while at < last:
            word = self.words[at]
            if word.low in self.small["prepositions"]:
                at = max(at + 1, self._aside_end(at + 1, limit))
                is_aside = True
                continue
            if self.oblique_endings and self._is_object(at, limit):
                at += 1
                is_aside = True  # "эту новость Песков"
                continue
            if self.is_told(at, limit):
                at = max(at + 1, self.read(at, limit, oblique=True))
                continue
            if word.low in self.small["times"] and not self._is_noun(at, limit):
                at += 1
                continue
            end = self.read(at, limit)
            if end > at:
                return Phrase(self._behind_aside(at, end) if is_aside else at, end)
            at += 1
            if word.low in self.small["oblique"]:
                at = max(at, self.read(at - 1, limit, oblique=True))
            elif self._ends_search(word):
                return None
        return None

    def _is_object(self, at: int, limit: int) -> bool:
        """Say whether a word's ending or what it counts shows that it is no subject."""
        word = self.words[at]
        if word.low[:1].isdigit():
            return at + 1 < limit and self.words[at + 1].low in self.small["times"]
        is_cue = word.low in self.lexicon.cues or not word.low
        return not (word.is_high or is_cue) and word.low.endswith(self.oblique_endings)

    def _behind_aside(self, first: int, end: int) -> int:
        """Return where a subject begins that was read together with an aside before it.

        "После слов руководителя ведомства Ивана Лося президент": at the office behind a name;
        "в ході зустрічі Тіллерсон": at the name behind one word that is no adjective.
        """
        if not self.oblique_endings:
            return first
        for at in range(end - 1, first, -1):
            word = self.words[at]
            is_office = not word.is_high and is_first_case(word.low, self.lexicon.code)
            if is_office and self.words[at - 1].is_high:
                return at
        word = self.words[first]
        is_plain = not word.is_high and not word.quote and not word.low[:1].isdigit()
        is_named = first + 1 < end and self.words[first + 1].is_high
        is_titled = word.low.startswith(tuple(self.small["offices"])) or word.low.endswith(
            _AGREEING
        )
        return first + 1 if is_plain and is_named and not is_titled else first

    def _aside_end(self, at: int, limit: int) -> int:
        """Return the end of what belongs to a preposition."""
        if self.is_high or self.lexicon.has("articles"):
            return self.read(at, limit, oblique=True)
        end = at  # without articles: a word or a name, and the names behind it
        if end < limit and not self.words[end].is_high and not self._is_small(self.words[end]):
            end += 1
        while end < limit and (self.words[end].is_high or self.words[end].quote):
            end += 1
            # "в Генеральному штабі ЗСУ": an adjective of the place, then its noun
            is_led = self.oblique_endings and self.words[end - 1].low.endswith(_LEADING)
            if is_led and end < limit and self._may_follow(end):
                end += 1
        return end

    def _may_follow(self, at: int) -> bool:
        """Say whether a word may be the noun of an adjective with a capital before it."""
        word = self.words[at]
        is_free = not (word.is_high or word.quote or word.low in self.lexicon.cues)
        return is_free and not (self._is_small(word) or is_first_case(word.low, self.lexicon.code))

    def _ends_search(self, word: Word) -> bool:
        return word.low in self.small["that"] or bool(word.quote)

    def is_told(self, at: int, limit: int) -> bool:
        """Say whether a phrase is who was told: "der Zeitung", "журналистам"."""
        low = self.words[at].low
        if low in self.small["told_words"]:
            return True
        if low not in self.small["told_articles"]:
            return False
        head = self._skip_adjectives(at + 1, limit)
        return head < limit and self.words[head].low in self.small["media"]

    def with_apposition(self, phrase: Phrase, *, leads: bool = False) -> Phrase:
        """Return a phrase with what stands between commas behind it: "X, Präsident von Y,".

        `leads`: the phrase begins its sentence, and what is said may follow it at once.
        """
        clauses, of_word = self.sentence.clauses, self.sentence.of_word
        number = of_word[phrase.last - 1]
        if clauses[number].last != phrase.last or number + 1 >= len(clauses):
            return phrase
        beside = clauses[number + 1]
        is_last = number + 2 >= len(clauses)
        closes = is_last or clauses[number + 2].mark in ",:."
        if beside.mark != "," or not closes or not self.is_apposition(beside):
            return phrase
        if is_last and self.sentence.is_inside:
            return phrase
        if leads and (is_last or not self._is_surely_aside(beside)):
            return phrase
        return Phrase(phrase.first, self._before_time(beside))

    def _before_time(self, clause: Clause) -> int:
        """Return the end of an apposition without the time behind its name: "X a media mañana"."""
        end = self.read(clause.first, clause.last, oblique=True)
        if end == clause.first or not self.words[end - 1].is_high:
            return clause.last
        is_time = any(word.low in self.small["times"] for word in self.words[end : clause.last])
        is_name = self.words[clause.first].is_high and not self.is_high
        return end if is_time or is_name else clause.last

    def _is_surely_aside(self, clause: Clause) -> bool:
        """Say whether a clause is no sentence of its own: a name, an office without its article."""
        if self.is_high:
            return True
        begin = self.words[clause.first]
        if self.lexicon.has("articles"):
            return begin.low not in self.small["determiners"] or begin.is_high
        return begin.is_high or begin.low.startswith(tuple(self.small["offices"]) or "\0")

    def is_apposition(self, clause: Clause) -> bool:
        """Say whether a clause is a noun phrase and holds no verb."""
        if clause.last - clause.first > _LONGEST or self.has_verb(clause):
            return False
        if self._has_infinitive(clause):
            return False
        begin = self.words[clause.first]
        if not self.is_high and not begin.is_high and clause.last - clause.first > _SHORT:
            return False
        is_bare = self.lexicon.has("articles") and not begin.is_high
        end = self.read(clause.first, clause.last, oblique=is_bare)
        if end == clause.first:
            return False
        return end == clause.last or self.words[end].low in self.small["prepositions"]

    def is_relative(self, clause: Clause) -> bool:
        """Say whether a clause begins as a relative one, and its verb stands last: "in denen"."""
        low, relative = self.words[clause.first].low, self.small["relative"]
        if low in self.small["prepositions"] and clause.last > clause.first + 1:
            low = self.words[clause.first + 1].low
            relative = relative - self.small["determiners"] - self.small["oblique"]
        return clause.mark == "," and low in relative and not self._is_stated(clause)

    def _is_stated(self, clause: Clause) -> bool:
        """Say whether the verb stands second, not last: "das Schiff sei gesunken"."""
        if not self.lexicon.has("verb_second"):
            return False
        names = ("auxiliaries", "passives", "modals")
        inner = self.words[clause.first + 1 : clause.last - 1]
        return any(word.low in self.small[name] for word in inner for name in names) and (
            self.words[clause.last - 1].low not in self.small["passives"] | self.small["modals"]
        )

    def _has_infinitive(self, clause: Clause) -> bool:
        """Say whether a clause is one of "zu" and a verb: "Akten zu sammeln"."""
        words = self.words[clause.first : clause.last]
        return any(
            word.low in self.small["to"] and not following.is_high
            for word, following in pairwise(words)
        )

    def has_verb(self, clause: Clause) -> bool:
        """Say whether a clause seems to hold a finite verb."""
        words = self.words
        for at in range(clause.first, clause.last):
            is_plain = bool(words[at].low) and not words[at].is_high
            if is_plain and self.is_verb_word(words[at].low) and not self.is_behind_article(at):
                return True
        return False

    def first_named(self, first: int, last: int) -> Phrase | None:
        """Return the first phrase of some words that can be a subject, with its apposition."""
        at = first
        while at < last and self.words[at].low in self.small["coordinate"]:
            at += 1
        found = self.after(at, last)
        if found is None or self.words[found.first].quote:
            return None
        if not self.is_high and not self._is_surely_named(found):
            return None
        return self.with_apposition(found)

    def _is_surely_named(self, phrase: Phrase) -> bool:
        """Say whether a phrase without a known verb near it is a short one with a name."""
        words = self.words[phrase.first : phrase.last]
        return len(words) <= _SHORT_NAME and any(word.is_high for word in words[-2:])
