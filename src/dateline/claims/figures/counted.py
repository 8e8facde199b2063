"""What a number counts: the words behind it, else the words before it, always as they stand."""

from dateline.claims.figures.lexicon import Lexicon
from dateline.claims.figures.pieces import HYPHENS, UNSPACED, Pieces
from dateline.claims.figures.quantities import Quantity
from dateline.claims.figures.units import AGE, PERSON, SHARE

_LONGEST = 6  # words of a phrase
_FAR = 20  # pieces between a number and "the number of"
_REACH = 60  # pieces looked back for what "them" stands for
_QUOTES = frozenset('"“”„«»‘')
Range = tuple[int, int]  # pieces


class Counted:
    """Reads what is counted in one text of one language; quantities are given in order."""

    def __init__(self, pieces: Pieces, lexicon: Lexicon) -> None:
        self.pieces, self.lexicon = pieces, lexicon
        self._last: tuple[Quantity, Range | None] | None = None
        self._last_things: Range | None = None  # what a bare number counted last

    def find(self, quantity: Quantity) -> Range | None:
        """Return the pieces that say what a quantity counts, None where nothing near does."""
        if self._repeats(quantity):
            return self._last[1] if self._last is not None else None
        behind = quantity.thing or self._behind(quantity)
        is_weak = behind is not None and not self._is_sure(behind, quantity)
        found = self._before(quantity) if behind is None or is_weak else behind
        found = found or behind or self._again(quantity)
        self._last = (quantity, found)
        if found is not None and quantity.unit in ("", PERSON):
            self._last_things = found
        return found

    def _is_sure(self, phrase: Range, quantity: Quantity) -> bool:
        """Say whether the words behind a number are counted: "rose to 84 Reuters" counts none."""
        is_name = self.lexicon.language != "de" and all(map(self.pieces.is_high, range(*phrase)))
        return not is_name or self.lexicon.around.to.match_back(self.pieces, quantity.first) is None

    def _repeats(self, quantity: Quantity) -> bool:
        """Say whether this is the quantity before, in other units: "100 km (60 miles)"."""
        if self._last is None or self.pieces.word(quantity.first - 1) != "(":
            return False
        return bool(quantity.unit) and self._last[0].end == quantity.first - 1

    def _again(self, quantity: Quantity) -> Range | None:
        """Return what was counted last, where a bare number goes on: "dozens more", "51 were"."""
        things = self._last_things
        if quantity.unit or things is None:
            return None
        if self.pieces.low(quantity.end) not in self.lexicon.grammar.again:
            return None
        numbers = self.pieces.sentence_numbers
        is_near = numbers[quantity.first] - numbers[things[0]] <= 2
        return things if is_near else None

    def _behind(self, quantity: Quantity) -> Range | None:
        at, low = quantity.end, self.pieces.low
        at += low(at) in HYPHENS and self.pieces.is_glued(at)
        at += low(at) in self.lexicon.grammar.more and self._is_stop(at)
        is_part = low(at) in self.lexicon.numbers.of
        if is_part:
            at += 1
            if low(at) in self.lexicon.grammar.pronouns and self._ends(at + 1):
                return self._stands_for(quantity.first)
            inner = self.lexicon.numbers.half_of | self.lexicon.grammar.superlatives
            while low(at) in inner and at < quantity.end + 5:
                at += 1
            is_number = self.pieces.is_number(at) or low(at) in self.lexicon.numbers.small
            at += is_number  # "one of the 276 schoolgirls"
        phrase = self._phrase(at)
        is_measured = quantity.unit not in _COUNTS and not is_part
        if phrase is None or (is_measured and not self._is_measured(phrase)):
            return None
        return phrase[0], self._with_trail(phrase[1])

    def _is_measured(self, phrase: Range) -> bool:
        """Say whether words right behind a unit are what is measured, and no verb.

        English and German nouns stand there ("a 5% rise"), Slavic ones in the genitive.
        """
        low, language = self.pieces.low(phrase[1] - 1), self.lexicon.language
        if language in ("ru", "uk"):
            return low.endswith(_GENITIVES)
        return language in ("en", "de")

    def _ends(self, at: int) -> bool:
        return not self.pieces.low(at)[:1].isalpha() or self._is_stop(at)

    def _is_stop(self, at: int) -> bool:
        """Say whether a word ends a phrase; "US" is no "us"."""
        word = self.pieces.word(at)
        return word.casefold().replace("’", "'") in self.lexicon.grammar.stop and not (
            len(word) > 1 and word.isupper() and word.isalpha()
        )

    def _phrase(self, at: int) -> Range | None:
        """Return the noun phrase that begins at a piece, None where a verb or mark stands."""
        first = end = at
        while end - first < _LONGEST and self._goes_on(first, end):
            end += 1
            if self._is_head(first, end - 1):
                break
        while end > first and not self.pieces.word(end - 1)[-1:].isalnum():
            end -= 1
        if end > first and (self._is_clause(first, end) or not self._is_whole(end - 1)):
            return None
        is_noun = self.lexicon.language != "de" or any(map(self.pieces.is_high, range(first, end)))
        if not is_noun and self.pieces.low(first) not in self.lexicon.grammar.heads:
            return None
        return (first, end) if end > first else None

    def _is_whole(self, at: int) -> bool:
        """Say whether a word of a language without a list of words can be a thing counted.

        Short ones are prepositions; in Thai and its like no spaces tell where a word ends.
        """
        word = self.pieces.word(at)
        if self.lexicon.grammar.stop or word >= UNSPACED:
            return True
        follows = self.pieces.word(at + 1)[:1]
        is_cut = self.pieces.is_glued(at + 1) and not (follows.isascii() or follows in "،।、。，")
        return len(word) > 2 and not is_cut

    def _is_clause(self, first: int, end: int) -> bool:
        """Say whether a participle with no noun behind it stands here: "jolted awake"."""
        low = self.pieces.low(first)
        is_verb = self.lexicon.language == "en" and low.endswith("ed") and len(low) > 4
        if not is_verb or low in self.lexicon.grammar.heads:
            return False
        return not any(self._is_plural(at) for at in range(first, end))

    def _goes_on(self, first: int, at: int) -> bool:
        pieces, grammar = self.pieces, self.lexicon.grammar
        word, low = pieces.word(at), pieces.low(at)
        if not word or (at and pieces.sentence_numbers[at] != pieces.sentence_numbers[first]):
            return False
        if at > first and "\n" in pieces.gap(at):
            return False
        if word in HYPHENS or word in "&/":
            return at > first and pieces.is_glued(at) and pieces.is_glued(at + 1)
        if low in grammar.nouns_too and self._ends(at + 1):
            return True
        if (low in grammar.heads and at == first) or self._is_inner(first, at):
            return True
        if low in self.lexicon.around.and_ and at > first and pieces.is_high(at - 1):
            return pieces.is_high(at + 1)
        if not word[0].isalpha() or self._is_stop(at) or low in grammar.months:
            return False
        if low in self.lexicon.around.change and at > first:
            return False
        return not (at > first and self._is_verb(at))

    def _is_inner(self, first: int, at: int) -> bool:
        """Say whether a stop of a title or a superlative stands here: "Mr.", "China's most"."""
        before, grammar = self.pieces.low(at - 1), self.lexicon.grammar
        if at == first:
            return False
        if self.pieces.word(at) == ".":
            return before in grammar.titles and self.pieces.is_high(at + 1)
        return self.pieces.low(at) in grammar.superlatives and before.endswith(("'s", "’s"))

    def _is_verb(self, at: int) -> bool:
        """Say whether an English participle begins a clause: "a fine imposed by"."""
        low = self.pieces.low(at)
        if self.lexicon.language != "en" or not low.endswith(("ed", "ing", "ly")):
            return False
        if self.pieces.low(at - 1) in self.lexicon.grammar.superlatives:
            return False
        return self._ends(at + 1) or low.endswith("ly")

    def _is_head(self, first: int, at: int) -> bool:
        """Say whether a phrase is whole with this word: the plural noun behind its adjectives."""
        pieces, grammar, language = self.pieces, self.lexicon.grammar, self.lexicon.language
        low = pieces.low(at)
        if not grammar.stop:  # of whose words nothing is known
            return True
        if low in grammar.heads:
            if language != "en":
                return True
            is_noun = not low.endswith(("ed", "ing"))
            return not self._is_plural(at + 1) and (is_noun or self._ends(at + 1))
        if language == "en":
            return self._is_plural(at) and not self._is_plural(at + 1)
        if language == "de":
            return pieces.is_high(at) and not pieces.is_glued(at + 1)
        if language in ("fr", "es"):
            return not self._is_plural(at + 1)
        return bool(grammar.adjective_ends) and not low.endswith(grammar.adjective_ends)

    def _is_plural(self, at: int) -> bool:
        low = self.pieces.low(at)
        if low in self.lexicon.grammar.nouns_too:
            return True
        if self._is_stop(at):
            return False
        if low in self.lexicon.grammar.heads:
            return True
        return (
            len(low) > 3
            and low.endswith(("s", "x") if self.lexicon.language == "fr" else "s")
            and not low.endswith(("ss", "us", "is", "'s", "’s"))
        )

    def _with_trail(self, end: int) -> int:
        """Add "of NP", and a place: "locations around Kherson"."""
        low, pieces = self.pieces.low(end), self.pieces
        if low not in self.lexicon.grammar.trail:
            return end
        at = end + 1
        if low in self.lexicon.numbers.of:
            at += self.pieces.low(at) in self.lexicon.numbers.half_of
        elif not pieces.is_high(at):
            return end
        phrase = self._phrase(at)
        return phrase[1] if phrase is not None else end

    def _before(self, quantity: Quantity) -> Range | None:
        at, grammar, pieces = quantity.first, self.lexicon.grammar, self.pieces
        skip = self.lexicon.around.skip.match_back(pieces, at)
        toll = skip.at if skip is not None else at
        if pieces.low(toll - 1) in grammar.tolls and not quantity.unit:
            return toll - 1, toll
        if quantity.unit == AGE and pieces.word(at - 1) == ",":  # "Ann Lee, 34, said"
            return self._phrase_before(at - 1, quantity)
        is_linked = False
        for _ in range(_LONGEST):
            low = pieces.low(at - 1)
            is_verb = low in grammar.subjects or low in self.lexicon.around.change
            is_by = low in self.lexicon.numbers.of or low in _MARKS or low.endswith("ly")
            skip = self.lexicon.around.change_by.match_back(pieces, at)
            skip = skip or self.lexicon.around.skip.match_back(pieces, at)
            way = self.lexicon.around.from_.match_back(pieces, at)
            way = way or self.lexicon.around.to.match_back(pieces, at)
            skip = skip or way
            if not (is_verb or is_by or skip):
                break
            is_linked = is_linked or is_verb or is_by or way is not None
            at = skip.at if skip is not None and not is_verb else at - 1
        if not is_linked or at <= 0:
            return None
        if self._last is not None and self._last[0].end == at:  # "fell 5 percent to $65"
            return self._last[1]
        phrase = self._phrase_before(at, quantity)
        numbered = self.lexicon.grammar.numbered
        if phrase and any(pieces.low(place) in numbered for place in range(*phrase)):
            return phrase
        return self._of_number(at, quantity) or phrase

    def _of_number(self, end: int, quantity: Quantity) -> Range | None:
        """Return what is counted in "the number of troops still in the town rose to 7,000"."""
        pieces, grammar = self.pieces, self.lexicon.grammar
        free = self._last[0].end if self._last is not None else 0
        for at in range(end - 1, max(free, end - _FAR), -1):
            low = pieces.low(at)
            is_other = pieces.sentence_numbers[at] != pieces.sentence_numbers[quantity.first]
            if quantity.unit or is_other or low in _BREAKS:
                return None
            if low in grammar.numbered and low not in grammar.tolls:
                return self._phrase_of_number(at + 1, end)
        return None

    def _phrase_of_number(self, at: int, end: int) -> Range | None:
        low, numbers = self.pieces.low, self.lexicon.numbers
        if low(at) in numbers.of:
            at += 1
        elif self.lexicon.language in _WITH_OF:
            return None
        at += low(at) in numbers.half_of
        phrase = self._phrase(at)
        return phrase if phrase is not None and phrase[1] <= end else None

    def _phrase_before(self, end: int, quantity: Quantity) -> Range | None:
        first, pieces = end, self.pieces
        free = self._last[0].end if self._last is not None else 0
        while first > free and end - first < _LONGEST + 2:
            low, before = pieces.low(first - 1), pieces.low(first - 2)
            is_inner = low in self.lexicon.numbers.of or (
                low in self.lexicon.numbers.half_of and before in self.lexicon.numbers.of
            )
            is_word = low[:1].isalpha() and not self._is_stop(first - 1)
            is_word = is_word and low not in self.lexicon.starts
            is_word = is_word or (low.isdecimal() and pieces.is_high(first - 2))  # "CAC 40"
            is_joint = (low in HYPHENS or low == "&") and pieces.is_glued(first)
            if not (is_word or is_joint or (is_inner and first < end)):
                break
            if pieces.sentence_numbers[first - 1] != pieces.sentence_numbers[quantity.first]:
                break
            if first < end and "\n" in pieces.gap(first):
                break
            first -= 1
        while first < end and (
            pieces.low(first) in self.lexicon.numbers.of or pieces.low(first) in HYPHENS
        ):
            first += 1
        is_verb = first + 1 == end and self.lexicon.language == "en"
        is_verb = is_verb and pieces.low(first).endswith(("ed", "ing"))
        if first == end or is_verb or len(pieces.word(end - 1)) == 1:
            return None
        if self._is_their_number(first, end):
            return self._stands_for(first) or (first, end)
        return first, end

    def _is_their_number(self, first: int, end: int) -> bool:
        grammar = self.lexicon.grammar
        is_number = end - first == 1 and self.pieces.low(first) in grammar.numbered
        return is_number and self.pieces.low(first - 1) in grammar.possessives

    def _stands_for(self, at: int) -> Range | None:
        """Return what "them" or "their" stands for: the nearest plural before it that is no
        quoted word and hangs on no preposition, with what describes it.
        """
        lowest, is_quoted = max(0, at - _REACH), False
        weak: Range | None = None
        for head in range(at - 1, lowest, -1):
            if self.pieces.word(head) in _QUOTES:
                is_quoted = not is_quoted
            if is_quoted or not self._is_plural(head) or self._is_plural(head + 1):
                continue
            phrase = self._around_head(head)
            if phrase is None:
                continue
            if not self._hangs(phrase[0]):
                return phrase
            weak = weak or phrase
        return weak

    def _around_head(self, head: int) -> Range | None:
        pieces, grammar, first = self.pieces, self.lexicon.grammar, head
        while first > 0 and head - first < 3 and pieces.low(first - 1)[:1].isalpha():
            if (
                pieces.low(first - 1) in grammar.stop
                or pieces.low(first - 1) in self.lexicon.starts
            ):
                break
            first -= 1
        is_known = first > 0 and pieces.low(first - 1) in self.lexicon.numbers.half_of
        is_counted = pieces.is_number(first - 1) or pieces.low(first - 1) in self.lexicon.starts
        if not (is_known or is_counted or first < head):
            return None
        return first, self._with_description(head + 1)

    def _with_description(self, end: int) -> int:
        """Add a participle with its place: "foreigners involved in the hostilities"."""
        if not self.pieces.low(end).endswith(("ed", "ing")):
            return end
        at = end + 1
        if self.pieces.low(at) in self.lexicon.grammar.trail:
            at += 1
            at += self.pieces.low(at) in self.lexicon.numbers.half_of
            phrase = self._phrase(at)
            return phrase[1] if phrase is not None else end
        return end + 1

    def _hangs(self, first: int) -> bool:
        low = self.pieces.low
        before = first - 2 if low(first - 1) in self.lexicon.numbers.half_of else first - 1
        return (
            low(before) in self.lexicon.grammar.trail or low(before) in self.lexicon.grammar.hanging
        )


_COUNTS = frozenset(("", PERSON, SHARE, AGE))  # units of what is counted one by one
_GENITIVES = ("ов", "ев", "ей", "ий", "ів", "їв")
_BREAKS = frozenset(",;:")
_WITH_OF = frozenset(("en", "fr", "es"))  # where "of" stands behind "number"
_MARKS = frozenset("(:–")
