"""What is said: the words of a sentence that belong to a cue, before it, behind it or around it."""

from dateline.claims.foreign.clauses import Clause
from dateline.claims.foreign.drafts import Range
from dateline.claims.foreign.quoted import QuotedContents
from dateline.claims.foreign.saying import Saying
from dateline.claims.foreign.withdrawn import own_clause
from dateline.model import Hedge

_NEAR = 4  # clauses between a cue and the clause that it introduces


class Contents(QuotedContents):
    """Finds the contents of the cues of one sentence."""

    def find(self, saying: Saying, later: list[Saying]) -> list[Range]:
        """Return the words that a cue says, in pieces; nothing where none can be told."""
        if saying.hedge is Hedge.WITHDRAWN:
            begin = own_clause(self.sentence, self.lexicon, saying)
            taken = None if begin is None else self._until(begin, saying)
            return self._cut([taken], saying, later) if taken else []
        pieces = self._like(saying) if saying.like else self._pieces(saying)
        if saying.takes == {"quote", "call"} or ("call" in saying.takes and not pieces):
            pieces = self._called(saying, pieces, later)
        return self._cut(pieces, saying, later)

    def _pieces(self, saying: Saying) -> list[Range]:
        told = None if self._quote_before(saying) else self._introduced(saying)
        if told:
            return [told]
        quoted = self._quoted(saying)
        if quoted:
            return quoted
        if saying.first and saying.clause and self.words[0].low in self.small["that"]:
            return [(0, self.clauses[saying.clause].first)]  # "Dass …, bestritt sie."
        if saying.first and saying.clause and not self._is_led(saying):
            around = self._around(saying)
            if around:
                return around
        free = self._bare(saying)
        return [free] if free else []

    def _next_clauses(self, saying: Saying) -> list[Clause]:
        number = self.sentence.of_word[self.frame_end(saying) - 1] + 1
        return self.clauses[number : number + _NEAR]

    def _introduced(self, saying: Saying) -> Range | None:
        """Return the clause behind "that", "whether", "how"."""
        if not saying.takes & {"that", "inf"}:
            return None
        at = self.frame_end(saying)
        last = self.clauses[self.sentence.of_word[at - 1]].last
        if "inf" in saying.takes and (told := self._told_to_do(at, last)):
            return told
        for place in range(at, last):
            if place > at and self._joins_cue(place):
                return None
            if self.words[place].low in self.small["that"] and self._may_begin(place):
                return self._until(place, saying)
            is_wish = "inf" in saying.takes and self.words[place].low in self.small["to_do"]
            if is_wish or (self.words[place].low in self.small["ask"] and place == at):
                return self._from(place)
        for number, clause in enumerate(self._next_clauses(saying)):
            if not number and clause.mark == ":":
                return None  # "додав: Трамп усвідомив, що …"
            opener = self._opener(clause)
            if number and opener is not None and self.words[opener].low in self.small["ask"]:
                return None
            if opener is not None and self._is_of_object(opener, at, last):
                return None
            if opener is not None and not self._is_about_speaker(opener, saying):
                return self._until(opener, saying)
            is_particle = clause.last - clause.first == 1  # "gab X, der Chef, bekannt, dass"
            if (
                not is_particle
                and self.phrases.has_verb(clause)
                and not self.phrases.is_relative(clause)
            ):
                return None
        return None

    def _joins_cue(self, place: int) -> bool:
        """Say whether the next cue begins: "prometió … y pidió que"."""
        before = self.words[place - 1].low
        return before in self.small["coordinate"] and self.words[place].low in self.lexicon.cues

    def _told_to_do(self, at: int, last: int) -> Range | None:
        """Return an infinitive right behind a cue: "a promis de partir", "prometió bajar"."""
        endings = tuple(self.small["infinitives"])
        for place in range(at, min(at + 3, last) if endings else at):
            low = self.words[place].low
            if low.endswith(endings) and len(low) > 3 and not self.words[place].is_high:
                return self._from(place)
            names = ("to_inf", "negators", "adverbs", "times")
            if not any(low in self.small[name] for name in names):
                return None
        return None

    def _may_begin(self, place: int) -> bool:
        """Say whether "que" is a conjunction here: not in "lors que", "plus que"."""
        before = self.words[place - 1].low if place else ""
        return before not in self.small["not_before_that"]

    def _opener(self, clause: Clause) -> int | None:
        for place in range(clause.first, min(clause.first + 2, clause.last)):
            low = self.words[place].low
            if low in self.small["that"]:
                return place
            if place == clause.first and low in self.small["ask"] and clause.mark == ",":
                return place
            if low not in self.small["coordinate"] and low not in self.small["adverbs"]:
                return None
        return None

    def _is_of_object(self, opener: int, at: int, last: int) -> bool:
        """Say whether "que" goes with an object of the cue: "rechazó las ofertas, que llama"."""
        if at < last and self.small["about"] and self._is_about_thing(at, last):
            return True
        if not self.lexicon.has("that_is_near") or at >= last:
            return False
        small, low = self.small, self.words[at].low
        is_aside = low in small["prepositions"] or low in small["adverbs"] or low in small["times"]
        return self.words[opener].low in small["relative"] | small["that"] and not is_aside

    def _is_about_thing(self, at: int, last: int) -> bool:
        """Say whether what follows is about an object: "повідомив про вибухи, що сталися"."""
        is_about = any(word.low in self.small["about"] for word in self.words[at:last])
        return is_about and self.words[last - 1].low not in self.small["pointed"]

    def _is_about_speaker(self, opener: int, saying: Saying) -> bool:
        """Say whether "que" goes with a speaker behind the verb: "anunció X, que dirige"."""
        source = saying.source
        if source is None or source.last != opener or not saying.first:
            return False
        return source.first > saying.verb and self.words[opener].low in self.small["relative"]

    def _until(self, opener: int, saying: Saying) -> Range | None:
        """Return the words from "that" on, of a cue inside a clause to the end of that clause."""
        told = self._from(opener)
        clause = self.clauses[self.sentence.of_word[opener]]
        own = self.clauses[saying.clause]
        following = self.clauses[self.sentence.of_word[opener] + 1 :]
        is_inner = bool(own.mark) and self.phrases.is_relative(own)
        if saying.of_noun:
            is_inner = bool(following) and self._begins_with_verb(following[0])
        if told is None or not is_inner or clause.last <= told[0]:
            return told
        return told[0], clause.last

    def _begins_with_verb(self, clause: Clause) -> bool:
        low = self.words[clause.first].low
        return low in self.lexicon.free["stated"] or self.phrases.is_verb_word(low)

    def _from(self, place: int) -> Range | None:
        """Return the words from "that" on to the end of the sentence."""
        is_that = self.words[place].low in self.small["that"]
        first = place + (is_that and not self.lexicon.has("keep_that"))
        return (first, len(self.words)) if first < len(self.words) else None

    def _is_led(self, saying: Saying) -> bool:
        """Say whether what stands before is only the time or reason: "Nachdem …, sagte er"."""
        first = self.clauses[0]
        strong = self.lexicon.free["strong"]
        if any(word.low in strong for word in self.words[first.first : first.last]):
            return False  # "Als Grenze werde …, sagte er"
        return self.words[0].low in self.small["subordinate"]

    def _around(self, saying: Saying) -> list[Range]:
        """Return what a cue in the middle or at the end of its sentence says."""
        source = saying.source
        is_behind = source is not None and source.first > saying.verb
        if not saying.takes & {"bare", "that"} or not (is_behind or self._is_impersonal(saying)):
            return []
        clause = self.clauses[saying.clause]
        if self.lexicon.has("verb_second") and self._has_object(
            self.frame_end(saying), clause.last
        ):
            return []
        pieces = [(0, clause.first)] if clause.first else []
        number = self.sentence.of_word[self.frame_end(saying) - 1] + 1
        if number < len(self.clauses) and not self._tells_on(self.clauses[number]):
            pieces.append((self.clauses[number].first, len(self.words)))
        return pieces

    def _is_impersonal(self, saying: Saying) -> bool:
        """Say whether nobody says it: "…, heißt es"."""
        following = self.words[saying.verb + 1 : saying.verb + 2]
        return saying.source is None and any(
            word.low in self.small["impersonal"] for word in following
        )

    def _has_object(self, at: int, last: int) -> bool:
        """Say whether a cue has an object of its own: "kritisierte er den Plan"."""
        while at < last:
            if self.words[at].low in self.small["prepositions"]:
                at = max(at + 1, self.phrases.read(at + 1, last, oblique=True))
            elif self.phrases.is_told(at, last) or self.words[at].low in self.small["told"]:
                return False
            elif self.words[at].low in self.small["objects"]:
                return True
            else:
                at += 1
        return False

    def _tells_on(self, clause: Clause) -> bool:
        """Say whether a clause is about the speaker, or what the next cue says."""
        return self.phrases.is_relative(clause) or self.words[clause.first].low in self.lexicon.cues

    def _like(self, saying: Saying) -> list[Range]:
        """Return what "wie X mitteilte" says: the other clauses of its sentence."""
        clause = self.clauses[saying.base]
        number = self.sentence.of_word[self.frame_end(saying) - 1] + 1
        pieces = [(0, clause.first)] if clause.first else []
        if number < len(self.clauses) and (
            not pieces or not self.phrases.is_relative(self.clauses[number])
        ):
            pieces.append((self.clauses[number].first, len(self.words)))
        return pieces

    def _bare(self, saying: Saying) -> Range | None:
        """Return a clause without "that": in the verb forms of telling, with "zu", behind ":"."""
        following = self._next_clauses(saying)
        if not following:
            return None
        first = following[0]
        if self.words[first.first].low in self.small["subordinate"] | self.small["no_aim"]:
            return None
        is_open = saying.source is not None and not saying.of_noun
        if first.mark == ":" and saying.takes & {"bare", "that"} and is_open:
            return first.first, len(self.words)
        if first.mark != ",":
            return None
        for clause in following:
            if "bare" in saying.takes and self.is_told(clause):
                return first.first, len(self.words)
            if (
                {"bare", "quote"} <= saying.takes
                and clause is first
                and self._gives(clause, saying)
            ):
                return first.first, len(self.words)
            if "inf" in saying.takes and self._is_infinitive(clause):
                return first.first, len(self.words)
            if self.phrases.is_relative(clause):
                continue
        return None

    def _gives(self, clause: Clause, saying: Saying) -> bool:
        """Say whether a clause that follows at once has words in marks."""
        if saying.source is None or saying.final or self.phrases.is_relative(clause):
            return False
        return any(self._is_words(at, saying) for at in range(clause.first, clause.last))

    def is_told(self, clause: Clause) -> bool:
        """Say whether a verb stands in the form of reported speech."""
        forms = self.lexicon.free
        return any(
            word.low in forms["strong"] | forms["weak"] | forms["told"]
            for word in self.words[clause.first : clause.last]
            if not word.is_high
        ) or self._has_told_ending(clause)

    def _has_told_ending(self, clause: Clause) -> bool:
        """Say whether a word ends as verbs of telling do and goes with no noun: "sie bleibe"."""
        endings = tuple(self.lexicon.free["endings"])
        if not endings:
            return False
        last = clause.last - 1
        for place in range(clause.first + 1, clause.last):
            word, following = self.words[place], self.words[min(place + 1, last)]
            is_loose = place == last or not (following.is_high or following.low.endswith("e"))
            if is_loose and self.phrases.is_loose_verb(word, endings):
                return True
        return False

    def _is_infinitive(self, clause: Clause) -> bool:
        if not self.small["to"]:
            return False
        words = self.words[clause.first : clause.last]
        if words[0].low in self.small["no_aim"]:
            return False
        for place, word in enumerate(words):
            following = words[place + 1].low if place + 1 < len(words) else ""
            if word.low in self.small["to"] and following.endswith("n"):
                return True
        return any("zu" in word.low[2:-3] and word.low.endswith("n") for word in words)

    def _is_behind(self, other: Saying, saying: Saying) -> bool:
        """Say whether a later cue stands behind all that was said before: "…, a annoncé X"."""
        source = other.source
        return (
            other.first
            and source is not None
            and source.first > other.verb > saying.verb
            and self.clauses[other.clause].mark == ","
            and self.words[other.verb].low not in self.lexicon.free["strong"]
        )

    def _cut(self, pieces: list[Range], saying: Saying, later: list[Saying]) -> list[Range]:
        """End a content where the next cue of the same speaker begins: "… und kündigte an"."""
        if not pieces:
            return pieces
        first, last = pieces[-1]
        for other in later:
            begin = self.clauses[other.base if other.like else other.clause].first
            if first < begin < last and (other.like or self._is_behind(other, saying)):
                return [*pieces[:-1], (first, begin)]
            place = other.verb - 1
            if not first < place < last or other.verb <= self.frame_end(saying):
                continue
            is_next = self.words[place].low in self.small["coordinate"]
            if is_next and self.words[other.verb].low not in self.lexicon.free["strong"]:
                return [*pieces[:-1], (first, place)]
        return pieces
