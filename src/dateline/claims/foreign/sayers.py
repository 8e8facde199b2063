"""Who says it: the subject of a cue, before it, behind it, across commas, or of the cue before."""

from dateline.claims.foreign.clauses import Clause, Sentence
from dateline.claims.foreign.lexicon import Lexicon
from dateline.claims.foreign.phrases import Phrase
from dateline.claims.foreign.saying import Saying
from dateline.claims.foreign.subjects import Subjects


class Sayers:
    """Finds the speakers of one sentence's cues."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon, phrases: Subjects) -> None:
        self.sentence, self.lexicon, self.phrases = sentence, lexicon, phrases
        self.words, self.small = sentence.words, lexicon.small

    def find(self, verb: int, at: int, found: list[Saying]) -> Phrase | None:
        """Return the subject of a cue; `found`: the cues before it in its sentence."""
        number = self.sentence.of_word[verb]
        clause = self.sentence.clauses[number]
        final = self.is_final(clause, verb)
        if not final and (base := self.opened_at(number, verb)) is not None:
            return self._inside(base, number)
        if final and self.phrases.is_relative(clause) and number:
            return self._antecedent(number) or self.phrases.subject(clause, verb, final=True)
        is_apart = clause.mark == "," and number > 1
        if is_apart and self.leads(clause.first, verb) and (phrase := self._across(number)):
            return phrase
        if self._is_gerund(at):
            return found[-1].source if found else self.phrases.after(0, at)
        if not self.lexicon.has("verb_second") and self._follows_and(clause, verb):
            if found:
                return found[-1].source
            return self.phrases.after(clause.first, verb)
        phrase = self.phrases.subject(clause, verb, final=final)
        if phrase is None and self._is_impersonal(clause, verb):
            return self._place_said([*range(verb + 1, clause.last - 1), *range(verb), 0])
        places = not self.lexicon.has("verb_second") and not self.lexicon.has("drops_subject")
        if phrase is None and places:
            phrase = self._place_said([verb + 1, clause.first])
            if phrase:
                return phrase
        if phrase is None and self.leads(clause.first, verb) and number:
            phrase = self._across(number)
        if phrase is None and self._is_joined(clause, verb):  # "X sagte A und kündigte B an"
            if found:
                return found[-1].source
            phrase = self.phrases.subject(clause, clause.first, final=False)
        if phrase is None:
            return None
        leads = clause.first == 0 and self.words[0].low in self.small["like"]
        return self.phrases.with_apposition(phrase, leads=leads)

    def of_noun(self, clause: Clause, at: int) -> Phrase | None:
        """Return the subject of a clause that ends with a noun: "Einige vertreten die Ansicht"."""
        if not self.lexicon.has("verb_second"):
            return None
        end = self.phrases.read(clause.first, at)
        is_apart = clause.first < end < at and not self.words[clause.first].quote
        return Phrase(clause.first, end) if is_apart else None

    def of_passive(self, number: int) -> Phrase | None:
        """Return who did it in a passive clause: "von X"."""
        clause = self.sentence.clauses[number]
        for place in range(clause.first, clause.last - 1):
            if self.words[place].low in self.small["by"]:
                end = self.phrases.read(place + 1, clause.last, oblique=True)
                return Phrase(place + 1, end) if end > place + 1 else None
        return None

    def _is_impersonal(self, clause: Clause, verb: int) -> bool:
        near = self.words[max(clause.first, verb - 1) : min(verb + 2, clause.last)]
        return any(word.low in self.small["impersonal"] for word in near)

    def _place_said(self, places: list[int]) -> Phrase | None:
        """Return where it is said when nobody says it: "heißt es in einer Mitteilung"."""
        for place in places:
            if place >= len(self.words) or self.words[place].low not in self.small["places_said"]:
                continue
            limit = self.sentence.clauses[self.sentence.of_word[place]].last
            end = self.phrases.read(place + 1, limit, oblique=True)
            if end > place + 1:
                return Phrase(place + 1, end)
        return None

    def is_final(self, clause: Clause, verb: int) -> bool:
        """Say whether the clause is a subordinate one, whose verb stands at its end."""
        if not self.lexicon.has("verb_second"):
            return False
        low = self.words[clause.first].low
        if low in self.small["like"] or low in self.small["that"] or low in self.small["ask"]:
            return verb > clause.first
        is_open = low in self.small["subordinate"] or self.phrases.is_relative(clause)
        return is_open and self._is_last(verb, clause) and verb > clause.first + 1

    def _is_last(self, verb: int, clause: Clause) -> bool:
        helpers = self.small["auxiliaries"] | self.small["passives"]
        rest = self.words[verb + 1 : clause.last]
        return all(word.low in helpers for word in rest)

    def opened_at(self, number: int, verb: int) -> int | None:
        """Return the clause that a final verb belongs to behind an aside: "Wie X, Chef, sagte"."""
        clauses = self.sentence.clauses
        if not self.lexicon.has("verb_second") or not self._is_last(verb, clauses[number]):
            return None
        for base in range(number - 1, max(-1, number - 4), -1):
            low = self.words[clauses[base].first].low
            if self.phrases.has_verb(clauses[base]):
                return None
            if low in self.small["like"] or low in self.small["subordinate"]:
                return base
        return None

    def _inside(self, base: int, number: int) -> Phrase | None:
        clauses = self.sentence.clauses
        phrase = self.phrases.after(clauses[base].first + 1, clauses[base].last)
        if phrase and phrase.last == clauses[base].last and base + 1 < number:
            beside = clauses[base + 1]
            if self.phrases.is_apposition(beside):
                return Phrase(phrase.first, beside.last)
        return phrase

    def _antecedent(self, number: int) -> Phrase | None:
        """Return the phrase at the end of the clause before: "X, der sagte"."""
        before = self.sentence.clauses[number - 1]
        return self.phrases.nearest(before.first, before.last)

    def _across(self, number: int) -> Phrase | None:
        """Return the subject before what stands between commas: "X, Chef von Y, sagte"."""
        clauses = self.sentence.clauses
        place = number - 1
        while place > 0 and number - place < 3 and self._is_aside(clauses[place]):
            if self.phrases.has_verb(clauses[place - 1]) and not self._is_aside(clauses[place - 1]):
                break
            place -= 1
        while place < number - 1 and self._begins_aside(clauses[place]):
            place += 1
        clause = clauses[place]
        is_next = place == number - 1 and place > 0 and bool(clause.mark)
        if is_next and self.lexicon.has("verb_second"):
            return None
        if self.phrases.has_verb(clause):
            return None
        phrase = self.phrases.subject(clause, clause.last, final=False)
        if phrase is None or phrase.last < clause.last:
            return None
        beside = clauses[place + 1] if place + 1 < number else None
        if beside and self.phrases.is_apposition(beside):
            return Phrase(phrase.first, beside.last)
        return phrase

    def _begins_aside(self, clause: Clause) -> bool:
        low = self.words[clause.first].low
        return low in self.small["prepositions"] or low in self.small["subordinate"]

    def _is_aside(self, clause: Clause) -> bool:
        if clause.mark != ",":
            return False
        low = self.words[clause.first].low
        return low in self.small["relative"] or not self.phrases.has_verb(clause)

    def _is_gerund(self, at: int) -> bool:
        """Say whether a form shares the subject of its sentence: "affirmant", "asegurando"."""
        endings = self.small["gerunds"]
        return bool(endings) and self.words[at].low.endswith(tuple(endings))

    def _follows_and(self, clause: Clause, verb: int) -> bool:
        """Say whether "and" stands right before a verb, which then has the subject before it."""
        place = verb - 1
        while place > clause.first and self.words[place].low in self.small["self"] | (
            self.small["negators"] | self.small["no_speaker"]
        ):
            place -= 1
        return place >= clause.first and self.words[place].low in self.small["coordinate"]

    def _is_joined(self, clause: Clause, verb: int) -> bool:
        """Say whether the verb shares the subject of the cue before it."""
        return any(
            word.low in self.small["coordinate"] for word in self.words[max(0, verb - 4) : verb]
        )

    def leads(self, first: int, verb: int) -> bool:
        """Say whether only small words stand before a verb in its clause: "s'est", "lui a"."""
        names = ("self", "negators", "no_speaker", "inverting")
        return all(
            any(word.low in self.small[name] for name in names) for word in self.words[first:verb]
        )
