"""Runs cut into what they name: a title, a country, an organisation, a name still to be told."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from dateline.claims.naming.countries import (
    find_inflected,
    read_people,
    read_state_names,
    read_territories,
)
from dateline.claims.naming.folding import fold_word
from dateline.claims.naming.forms import INFLECTED, find_listed_given, list_nominatives
from dateline.claims.naming.gazetteer import find_places
from dateline.claims.naming.lexicon import (
    NOUNS_HIGH,
    Grammar,
    Organisations,
    Titles,
    is_office,
    read_given_names,
    read_grammar,
    read_organisations,
    read_small,
    read_titles,
)
from dateline.claims.naming.runs import Run, Word, trim_words
from dateline.model import Span


class Sort(Enum):
    """What a piece of a run is."""

    TITLE = auto()  # "Foreign Minister"
    COURTESY = auto()  # "Mr"
    PLACE = auto()  # a country, a state or a capital
    PEOPLE = auto()  # "Ukrainian"
    ORGANISATION = auto()
    TIME = auto()  # a day, a language: a capital that names nothing here
    THING = auto()  # a ship, a street, a court case, called like a person
    NAME = auto()  # still to be told


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a run that are one thing."""

    sort: Sort
    words: tuple[Word, ...]
    value: str = ""  # country of a place or people, acronym or name of an organisation, a gender
    opens: bool = False  # begins a sentence
    shouted: bool = False
    possessive: bool = False

    @property
    def span(self) -> Span:
        """Return where it stands."""
        return self.words[0].start, self.words[-1].end

    @property
    def first(self) -> int:
        """Return the index of its first token."""
        return self.words[0].at

    @property
    def last(self) -> int:
        """Return the index of its last token."""
        return self.words[-1].at


_FOREIGN = re.compile("[áàâãåæçéèêëíìîïñóòôõøúùûýāčšžłńśćęąőűğışţ]")  # letters not of German
_FOUNDERS = read_small("founders")
_GENERATIONS = read_small("generations")
_NEVER = read_small("never")


Phrases = Mapping[str, Sequence[tuple[tuple[str, ...], Sort, str]]]


@cache
def read_phrases(language: str) -> Phrases:
    """Return the known phrases by their first word, longest first: words, sort, value."""
    listed = read_organisations()
    phrases: dict[tuple[str, ...], tuple[Sort, str]] = {}
    for words, country in read_people(language).items():
        phrases[words] = (Sort.PEOPLE, country)
    for words, country in [*read_state_names().items(), *read_territories(language).items()]:
        phrases[words] = (Sort.PLACE, country)
    for words, name in listed.known.items():
        phrases[words] = (Sort.ORGANISATION, name)
    for written, short in listed.acronyms.items():
        phrases[tuple(word.casefold() for word in written)] = (Sort.ORGANISATION, short)
    by_first: dict[str, list[tuple[tuple[str, ...], Sort, str]]] = {}
    for key, (sort, value) in phrases.items():
        by_first.setdefault(key[0], []).append((key, sort, value))
    for known in by_first.values():
        known.sort(key=lambda phrase: -len(phrase[0]))
    return by_first


class Cutter:
    """Cuts runs of one page."""

    def __init__(self, language: str, seen_low: frozenset[str]) -> None:
        self.language = language
        self.grammar: Grammar = read_grammar(language)
        self.titles: Titles = read_titles(language)
        self.listed: Organisations = read_organisations()
        self.given = read_given_names()
        self.phrases = read_phrases(language)
        self.seen_low = seen_low
        self._given: dict[str, bool] = {}
        self.nouns_high = language in NOUNS_HIGH
        self.titled = False  # whether a title stands before the name at hand
        self.shouted = False  # whether the run at hand stands in a line of headline capitals

    def cut(self, run: Run) -> list[Piece]:
        """Return the pieces of a run, in order; words that are no name are left out."""
        words = self._drop_opener(run)
        self.shouted = run.shouted
        cuts = list(self._cut_words(words))
        merged = list(self._join_organisations(cuts))
        return [
            Piece(
                piece.sort,
                piece.words,
                piece.value,
                opens=run.opens and piece.words[0] is run.words[0],
                shouted=run.shouted,
                possessive=run.possessive and piece.words[-1] is run.words[-1],
            )
            for piece in merged
            if piece.words
        ]

    def _drop_opener(self, run: Run) -> tuple[Word, ...]:
        words = run.words
        while words and self._is_opener(words[0], run, words[0] is run.words[0]):
            words = words[1:]
        if run.dated and len(words) > 1 and words[0].low in self.grammar.times:
            words = words[1:]
        while words and words[0].low in self.grammar.joints and words[0].text.islower():
            words = words[1:]
        return words

    def _is_opener(self, word: Word, run: Run, is_first: bool) -> bool:
        if not is_first or self._match_phrase(run.words, 0) is not None:
            return False
        follows = run.words[1].at if len(run.words) > 1 else word.at + 2
        if len(word.text) == 1 and word.low in self.grammar.openers and follows == word.at + 1:
            return True  # "Y Malí" is no initial
        if word.low in self.grammar.openers and (run.opens or run.shouted or word.low in _NEVER):
            return True
        is_known = word.low in self.phrases or fold_word(word.text) in self.given
        is_free = word.low in self.seen_low and (run.opens or run.shouted)
        if is_free and not run.shouted and self._is_pair(run.words):
            return False  # "Summer Vale": what stands beside it decides
        return is_free and not is_known and word.low not in self.titles.nouns

    def is_seen_small(self, low: str) -> bool:
        """Say whether a word that is no given name stands in lower case on the page."""
        return low in self.seen_low and low not in self.given

    def _is_pair(self, words: Sequence[Word]) -> bool:
        """Say whether a run is two words, of which the second is still to be told."""
        if self.nouns_high or len(words) != 2:
            return False
        sort, _, _ = self._judge(words, 1)
        return sort is Sort.NAME and not self.is_given(words[1].text)

    def _cut_words(self, words: Sequence[Word]) -> Iterator[Piece]:
        at, sort = 0, Sort.NAME
        while at < len(words):
            if words[at].text[0].islower() and "-" not in words[at].text:  # "der Republik"
                at, sort = at + 1, Sort.NAME
                continue
            self.titled = sort in (Sort.TITLE, Sort.COURTESY)
            sort, count, value = self._judge(words, at)
            if sort is not Sort.NAME:
                yield Piece(sort, tuple(words[at : at + count]), value)
                at += count
                continue
            end = at + count
            while end < len(words) and self._goes_on(words, at, end):
                end += 1
            yield from self._split_at_given(words[at:end])
            at = end

    def _is_surname(self, words: Sequence[Word], start: int, at: int) -> bool:
        """Say whether a word goes on with a name where all nouns are capitalised."""
        before = words[at - 1]
        if self.titled and at == start + 1:
            return True
        if at == start + 2 and (self.titled or _FOREIGN.search(before.text)):
            return not before.low.endswith("s")  # "Minister Alfredo Pérez Rubalcaba"
        is_joint = before.low in self.grammar.joints or len(before.text) == 1
        return is_joint or (self.is_given(before.text) and self.is_given(words[start].text))

    def _split_at_given(self, words: Sequence[Word]) -> Iterator[Piece]:
        """Part "МИД Сергей Лавров": what stands before a given name is no part of the person."""
        texts = [word.text for word in words]
        is_open = len(words) > 2 and len(texts[0]) > 1 and not any(map(self.is_head, texts))
        split = find_listed_given(texts) if is_open and self.language == "el" else 0
        if is_open and not split and not self.is_given(words[0].text):
            inner = range(1, len(words) - 1)
            split = next((n for n in inner if self.is_given(words[n].text)), 0)
        for part in (words[:split], words[split:]):
            if part:
                yield Piece(Sort.NAME, trim_words(part, self.grammar))

    def is_given(self, word: str) -> bool:
        """Say whether a word is a given name, in a form of its language's grammar too."""
        if word not in self._given:
            self._given[word] = self._judge_given(word)
        return self._given[word]

    def _judge_given(self, word: str) -> bool:
        folded = fold_word(word)
        if word.casefold() in self.grammar.common:
            return False  # "Власти" is no form of Власта
        if folded in self.given or folded.partition("-")[0] in self.given:
            return True
        if self.language not in INFLECTED or word.isupper():
            return False
        return any(form in self.given for form in list_nominatives(folded))

    def _goes_on(self, words: Sequence[Word], start: int, at: int) -> bool:
        """Say whether the name that begins at `start` holds the word at `at` as well."""
        word = words[at]
        before = words[at - 1]  # given names and initials: what follows is the surname
        if word.low in self.grammar.joints and word.text[0].islower():
            # "Ursula von der Leyen", not "Ann Vale von der Partei"
            is_open = not self.nouns_high or before.low in self.grammar.joints
            # "Karl Theodor von Vahl", not "Karl Aubin von der Partei"
            is_plain = at == start + 1 or (word.low == "von" and words[at + 1 :] != ())
            is_plain = is_plain and (at == start + 1 or words[at + 1].text[0].isupper())
            is_open = is_open or (is_plain and self.is_given(before.text))
            inner = next((w for w in words[at:] if not w.text[0].islower()), None)
            is_named = inner is not None and not self.is_head(inner.text)
            return is_named and is_open and not (inner and self.is_title_noun(inner.low))
        is_second = at == start + 1 or len(before.text) == 1 or self.is_given(before.text)
        if self.shouted and not (is_second and self.is_given(words[start].text)):
            return False
        if self.nouns_high and not self._is_surname(words, start, at):
            return False
        is_after_given = is_second and fold_word(words[start].text) in self.given
        sort, count, _ = self._judge(words, at)
        if sort is Sort.NAME:
            return True
        # "Theresa May", "Larry King", "Michael Jordan": a surname, whatever else it means.
        is_last = self.shouted or at + count == len(words)
        is_last = is_last or words[at + count].low in _GENERATIONS  # "Luther King Jr."
        # "Michael Bloomberg" is no outlet.
        is_free = sort is not Sort.ORGANISATION or word.low in _FOUNDERS
        return is_after_given and is_last and count == 1 and is_free

    def _judge(self, words: Sequence[Word], at: int) -> tuple[Sort, int, str]:
        word = words[at]
        found = self._match_phrase(words, at)
        if found is not None:
            sort, count, _ = found
            if not (count == 1 and self._is_given(words, at) and sort is not Sort.ORGANISATION):
                return found
        sex = self.titles.courtesy.get(word.low)
        if sex and at + 1 < len(words) and words[at + 1].low not in _GENERATIONS:
            return Sort.COURTESY, 1, sex
        # "Mr King" is no king.
        is_called = at > 0 and words[at - 1].low in self.titles.courtesy
        count = 0 if is_called and at + 1 == len(words) else self._count_title(words, at)
        if count:
            return Sort.TITLE, count, ""
        if word.low in self.grammar.times:
            # "Jan Brandt", "April Jones": a given name before another word.
            is_given = at + 1 < len(words) and self.is_given(word.text)
            return (Sort.NAME if is_given else Sort.TIME), 1, ""
        return Sort.NAME, 1, ""

    def _match_phrase(self, words: Sequence[Word], at: int) -> tuple[Sort, int, str] | None:
        low = tuple(word.low for word in words[at : at + 6])
        for key, sort, value in self.phrases.get(low[0], ()):
            if low[: len(key)] != key:
                continue
            if len(key) == 1 and len(key[0]) < 5 and _has_other_case(words[at].text, value, sort):
                continue
            if sort is Sort.PLACE and (town := self._match_town(words, at, len(key))):
                return town
            return sort, len(key), value
        if country := find_inflected(low[0], self.language):
            return Sort.PLACE, 1, country
        return None

    def _match_town(
        self, words: Sequence[Word], at: int, known: int
    ) -> tuple[Sort, int, str] | None:
        """Return a town whose name is longer than the place it begins with: "Kansas City"."""
        for count in (known + 2, known + 1):
            name = " ".join(word.text for word in words[at : at + count])
            if at + count <= len(words) and (town := find_places(name, self.language)):
                return Sort.PLACE, count, town[0].country
        return None

    def _is_given(self, words: Sequence[Word], at: int) -> bool:
        """Say whether a country's name is a given name here: "Jordan Peele", "Georgia Meloni"."""
        if fold_word(words[at].text) not in self.given or at + 1 >= len(words):
            return False
        following = words[at + 1]
        if self._count_title(words, at + 1) or following.text in self.listed.heads:
            return False
        return self._match_phrase(words, at + 1) is None and at + 2 >= len(words)

    def _count_title(self, words: Sequence[Word], at: int) -> int:
        """Return how many words from here on are an office: modifiers, then a noun or more."""
        end, last = at, 0
        while end < len(words) and end - at < 6:
            low = words[end].low
            is_noun = self.is_title_noun(low)
            if not is_noun and low not in self.titles.modifiers and low not in ("of", "-"):
                break
            end += 1
            last = end - at if is_noun else last
        # "General" of "Secretary General" follows its noun.
        while last and at + last < len(words) and words[at + last].low in ("general", "général"):
            last += 1
        return last

    def is_title_noun(self, low: str) -> bool:
        """Say whether a case-folded word is an office, alone or as a compound's last part."""
        return is_office(low, self.language)

    def _join_organisations(self, pieces: Sequence[Piece]) -> Iterator[Piece]:
        """Make what stands before the head of an organisation part of it."""
        waiting: list[Piece] = []
        for piece, following in zip(pieces, (*pieces[1:], None), strict=False):
            if waiting and waiting[-1].last + 1 < piece.first:  # small words left out between
                yield from waiting
                waiting = []
            waiting.append(piece)
            head = self._find_head(piece)
            # "Los Angeles Police Department": the head is still to come.
            if head is None or (following and self._find_head(following) == 0):
                continue
            for _ in range(self._count_titled(waiting, head)):
                yield waiting.pop(0)
            words = [word for one in waiting for word in one.words]
            cut = len(words) - (len(piece.words) - head - 1)
            if cut < len(words) and words[cut].text[0].islower():  # "Ministère de la Santé"
                cut = len(words)
            yield from self._make_organisation(words[:cut])
            rest = words[cut:]
            waiting = [Piece(Sort.NAME, tuple(rest))] if rest else []
        yield from waiting

    def _count_titled(self, waiting: Sequence[Piece], head: int) -> int:
        """Return how many pieces before an organisation's head are someone's office and its place.

        "Глава МИД" is an office, "Police Department" is none.
        """
        titles = [n for n, piece in enumerate(waiting[:-1]) if piece.sort is Sort.TITLE]
        if not titles:
            return 0
        is_part = titles[-1] == len(waiting) - 2 and head == 0 and self.language == "en"
        is_part = is_part and not waiting[-1].words[0].text.isupper()
        return 0 if is_part else titles[-1] + 1

    def _find_head(self, piece: Piece) -> int | None:
        """Return the place of the last head of an organisation in a piece, None without."""
        if piece.sort not in (Sort.NAME, Sort.TITLE):
            return None
        heads = [n for n, word in enumerate(piece.words) if self.is_head(word.text)]
        if not heads or (piece.sort is Sort.TITLE and heads[-1] + 1 < len(piece.words)):
            return None
        return heads[-1]

    def is_head(self, word: str) -> bool:
        """Say whether a word is the head of an organisation: "Robert-Koch-Institut"."""
        return word in self.listed.heads or (
            self.nouns_high and word.rpartition("-")[2] in self.listed.heads
        )

    def _make_organisation(self, words: Sequence[Word]) -> Iterator[Piece]:
        # "President Assad Foundation" is rare; "Mr Smith Council" is none.
        start = 0
        if words[0].low in self.titles.courtesy:
            start = 1
        body = tuple(words[start:])
        if len(body) == 1 and body[0].text not in self.listed.joined:
            yield Piece(Sort.ORGANISATION, body, body[0].text)
            return
        yield Piece(Sort.ORGANISATION, body, " ".join(word.text for word in body))


def _has_other_case(text: str, value: str, sort: Sort) -> bool:
    # "US" is a country, "Us" is none; "Who" is no acronym.
    if sort is Sort.ORGANISATION and value.isupper():
        return not text.isupper() and text not in ("Nato", "Opec", "Nasa", "Unesco", "Unicef")
    return sort in (Sort.PLACE, Sort.PEOPLE) and len(text) < 4 and not text.isupper()
