"""What says that someone says: verbs with their parts, and who is their subject."""

from dateline.claims.foreign.clauses import Clause, Sentence
from dateline.claims.foreign.lexicon import CueForm, Form, Lexicon
from dateline.claims.foreign.phrases import Phrase
from dateline.claims.foreign.sayers import Sayers
from dateline.claims.foreign.saying import Saying
from dateline.claims.foreign.subjects import Subjects
from dateline.claims.foreign.withdrawn import own_clause
from dateline.model import Hedge

_OF_NOUNS = frozenset({"that", "bare", "inf"})
_CALLS = frozenset({"quote", "call"})  # "nannte den Plan „absurd“"
_CLOSE = 4  # the same, where they stand together
_NEAR = 14  # words between an auxiliary and its participle


class CueFinder:
    """Finds the cues of one sentence."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon, phrases: Subjects) -> None:
        self.sentence, self.lexicon, self.phrases = sentence, lexicon, phrases
        self.words, self.small = sentence.words, lexicon.small
        self.sayers = Sayers(sentence, lexicon, phrases)

    def find(self) -> list[Saying]:
        """Return the cues in order."""
        cues = self.lexicon.cues
        found: list[Saying] = []
        for at, word in enumerate(self.words):
            if word.low in self.lexicon.say_nouns and (noun := self._noun(at)):
                found.append(noun)
            elif (
                word.low in cues
                and not self._is_name(at)
                and (saying := self._read(at, cues[word.low], found))
                and self._is_told(saying)
            ):
                found.append(saying)
        return found

    def _is_told(self, saying: Saying) -> bool:
        """Say whether a cue of taking back has words of the speaker's own behind it."""
        if saying.hedge is not Hedge.WITHDRAWN:
            return True
        return own_clause(self.sentence, self.lexicon, saying) is not None

    def _noun(self, at: int) -> Saying | None:
        """Read a noun that is followed by what is said: "die Behauptung von X, dass"."""
        number = self.sentence.of_word[at]
        clause = self.sentence.clauses[number]
        first = at + 1
        if first < clause.last and self.words[first].low in self.small["joiners"]:
            first += 1
        end = self.phrases.read(first, clause.last, oblique=True) if first < clause.last else first
        source = Phrase(first, end) if end > first else None
        if (end if source else at + 1) != clause.last:
            return None
        source = source or self.sayers.of_noun(clause, at)
        return Saying(
            cue=at,
            verb=at,
            clause=number,
            hedge=self.lexicon.say_nouns[self.words[at].low],
            takes=_OF_NOUNS,
            source=source,
            first=False,
            base=number,
            of_noun=True,
        )

    def _is_name(self, at: int) -> bool:
        """Say whether it is rather a name or noun: written high inside, behind an article."""
        if at == 0 and self.lexicon.has("verb_second"):  # "Angaben darüber fehlen"
            names = ("pronouns", "impersonal", "no_speaker", "determiners")
            following = self.words[1].low if len(self.words) > 1 else ""
            return not any(following in self.small[name] for name in names)
        return self.phrases.is_behind_article(at) or (self.words[at].is_high and at > 0)

    def _read(self, at: int, forms: tuple[CueForm, ...], found: list[Saying]) -> Saying | None:
        number = self.sentence.of_word[at]
        for form in sorted(forms, key=self._is_finite):
            verb = self._verb(at, number, form)
            if verb is None:
                continue
            if form.takes == _CALLS and self._is_reflexive(verb):
                continue
            is_passive = self._is_passive(verb, at, number) and "cited" not in form.takes
            source = self.sayers.of_passive(number) if is_passive else None
            if is_passive and source is None and form.takes == _CALLS:
                continue
            if is_passive:
                return self._settle(at, verb, form, source)
            takes = frozenset().union(*(one.takes for one in forms if not one.particle), form.takes)
            form = CueForm(form.form, form.hedge, takes, form.particle)
            return self._settle(at, verb, form, self.sayers.find(verb, at, found))
        return None

    @staticmethod
    def _is_finite(form: CueForm) -> bool:
        """Put participles first: where an auxiliary stands, "verkündet" is one."""
        return form.form is Form.FINITE and not form.particle

    def _is_reflexive(self, verb: int) -> bool:
        """Say whether something is only called so: "nennt sich", "nennt man"."""
        clause = self.sentence.clauses[self.sentence.of_word[verb]]
        words = self.words[clause.first : clause.last]
        return any(word.low in self.small["reflexive"] for word in words)

    def _is_infinitive(self, at: int, number: int) -> bool:
        """Say whether a form that could be finite is not: "zu entscheiden", "will fordern"."""
        if not self.small["to"] or not self.words[at].low.endswith("n"):
            return False
        if at and self.words[at - 1].low in self.small["to"]:
            return True
        first = self.sentence.clauses[number].first
        return any(word.low in self.small["modals"] for word in self.words[first:at])

    def _verb(self, at: int, number: int, form: CueForm) -> int | None:
        """Return the finite verb of a form, None where it lacks its particle or auxiliary."""
        if form.form is Form.FINITE and self._is_infinitive(at, number):
            return None
        if form.form is Form.PARTICIPLE and form.particle:
            first = self.sentence.clauses[number].first
            if all(word.low != form.particle for word in self.words[first:at]):
                return None
        if form.form is Form.PARTICIPLE:
            return self._auxiliary(at, number)
        if form.particle and not self._has_particle(at, number, form.particle):
            return None
        helped = form.particle and at > self.sentence.clauses[number].first
        if helped and self.words[at - 1].low in self.small["auxiliaries"]:
            return at - 1  # "a fait valoir"
        return at

    def _has_particle(self, at: int, number: int, particle: str) -> bool:
        clauses = self.sentence.clauses
        if any(word.low == particle for word in self.words[at + 1 : clauses[number].last]):
            return True
        if at > clauses[number].first and self.words[at - 1].low == particle:
            return True  # "es hieß"
        # "gab der Sprecher, X, bekannt"
        later = clauses[number + 1 : number + 3]
        return any(self.words[clause.first].low == particle for clause in later)

    def _auxiliary(self, at: int, number: int) -> int | None:
        clauses = self.sentence.clauses
        helpers, passives = self.small["auxiliaries"], self.small["passives"]
        near = _NEAR if self.lexicon.has("verb_second") else _CLOSE
        first = max(clauses[number].first, at - near)
        modals = self.small["modals"] if self._has_next(at, helpers) else frozenset()
        verbs = helpers | passives | modals  # "soll gesagt haben"
        for place in range(at - 1, first - 1, -1):
            if self.words[place].low in verbs:
                return place
        after = at + 1
        if after < clauses[number].last and self.words[after].low in helpers | passives:
            return at
        if at > clauses[number].first:
            return None
        if number < 2 or self.phrases.has_verb(clauses[number - 1]):
            return None
        before = range(
            clauses[number - 2].first, clauses[number - 2].last
        )  # "hatte X, Chef, gesagt"
        return next((one for one in before if self.words[one].low in helpers | passives), None)

    def _has_next(self, at: int, words: frozenset[str]) -> bool:
        return at + 1 < len(self.words) and self.words[at + 1].low in words

    def _is_passive(self, verb: int, at: int, number: int) -> bool:
        passives = self.small["passives"]
        if verb != at:
            if any(word.low in self.small["been"] for word in self.words[verb:at]):
                return True
            selves = self.words[max(0, verb - 1) : verb]
            is_self = any(word.low in self.small["self"] for word in selves)
            return self.words[verb].low in passives and not is_self
        last = self.sentence.clauses[number].last
        return any(word.low in passives for word in self.words[at + 1 : min(at + 3, last)]) and (
            not any(word.low in self.small["auxiliaries"] for word in self.words[at + 1 : last])
        )

    def _settle(self, at: int, verb: int, form: CueForm, source: Phrase | None) -> Saying:
        number = self.sentence.of_word[verb]
        clause = self.sentence.clauses[number]
        base = self.sayers.opened_at(number, verb)
        opener = clause if base is None else self.sentence.clauses[base]
        like = self.words[opener.first].low in self.small["like"] and verb > opener.first
        like = like and self.words[opener.first + 1].low not in self.small["not_like"]
        return Saying(
            cue=at,
            verb=verb,
            clause=number,
            hedge=form.hedge,
            takes=form.takes,
            source=source,
            first=self.sayers.leads(clause.first, verb),
            base=number if base is None else base,
            like=like,
            final=self.sayers.is_final(clause, verb),
            negator=self._find_negator(clause, verb, at),
            told=self._told(clause, verb, source),
        )

    def _find_negator(self, clause: Clause, verb: int, at: int) -> int:
        negators = self.small["negators"]
        first = max(clause.first, verb - 3)
        last = clause.last if self.lexicon.has("verb_second") else max(at, verb) + 1
        for place in range(first, min(last, verb + _NEAR)):
            if self.words[place].low in self.small["that"] and place > verb:
                return -1
            following = self.words[place + 1].low if place + 1 < len(self.words) else ""
            if self.words[place].low in negators and following not in self.small["only"]:
                return place
        return -1

    def _told(self, clause: Clause, verb: int, source: Phrase | None) -> Phrase | None:
        for place in range(verb + 1, clause.last):
            if source and source.first <= place < source.last:
                continue
            low = self.words[place].low
            if low in self.small["told"]:
                end = self.phrases.read(place + 1, clause.last, oblique=True)
                return Phrase(place + 1, end) if end > place + 1 else None
            if self.phrases.is_told(place, clause.last):
                first = place + (low in self.small["prepositions"])
                end = self.phrases.read(first, clause.last, oblique=True)
                return Phrase(first, max(end, first + 1))
        return None
