"""The people of a page: every name that one person has there, joined."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from dateline.claims.naming.evidence import is_given_name
from dateline.claims.naming.folding import fold_name_word, fold_word, make_key
from dateline.claims.naming.forms import (
    INFLECTED,
    find_first_given,
    guess_nominative,
    is_nominative,
    is_same_word,
    list_nominatives,
)
from dateline.claims.naming.lexicon import read_given_names, read_meant_people, read_same_names
from dateline.claims.naming.pieces import Piece, Sort
from dateline.claims.naming.roles import Role, find_role
from dateline.claims.naming.sight import Sight
from dateline.model import Span

_ROLES_SOUGHT = 4  # mentions of a person at which a role is looked for
_PATRONYMIC = ("ovich", "evich", "ich", "ovna", "evna", "ichna", "iyovych", "ovych")
_MOST_NEAR = 40  # people of like names among whom one is sought
_NAMES_READ = 8  # of one person, in which the first of two surnames is sought
_GIVEN_FAMILY_FIRST = 3  # words of a name whose first may be the surname


@dataclass(eq=False, slots=True)
class Person:
    """One person of a page while it is put together."""

    names: list[tuple[str, ...]] = field(default_factory=list)  # each form of two or more words
    pieces: list[Piece] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)  # of the mentions
    sex: str = ""
    role: Role | None = None
    role_spans: list[Span] = field(default_factory=list)  # where its words stand
    nicknames: list[str] = field(default_factory=list)

    @property
    def first(self) -> str:
        """Return the given name."""
        return self.names[0][0] if self.names else ""

    @property
    def last(self) -> str:
        """Return the surname, or the one word that the person is called."""
        return self.names[0][-1] if self.names else self.pieces[0].words[-1].text


class Gathering:
    """Joins mentions to people, page by page."""

    def __init__(self, sight: Sight) -> None:
        self.sight = sight
        self.language = sight.page.language
        self.people: list[Person] = []
        self._by_stem: dict[str, list[Person]] = defaultdict(list)

    def add_full(self, piece: Piece) -> None:
        """Take a name of two words or more."""
        words = tuple(word.text for word in piece.words)
        if all(len(word) == 1 for word in words):
            if (known := self.find_initials(piece)) is not None:
                self._take(known, piece)
            return
        person = next((p for p in self._list_near(words[-1]) if self._is_same(p, words)), None)
        if person is None:
            person = Person()
            self.people.append(person)
            self._index(person, words[-1])
            for word in {words[0], *words[1:-1]} - {words[-1]}:
                self._index(person, word)
        person.names.append(words)
        nickname = self.sight.nicknames.get(piece.span)
        if nickname and nickname not in person.nicknames:
            person.nicknames.append(nickname)
            self._index(person, nickname)
        self._take(person, piece)

    def find_short(self, piece: Piece) -> Person | None:
        """Return whose surname or given name a single word is, None where it is nobody's."""
        word = piece.words[-1].text
        near = self._list_near(word)
        sex = self._courtesy_of(piece)
        named = [p for p in near if is_same_word(p.last, word, self.language)]
        fit = [p for p in named if not sex or not p.sex or p.sex == sex] or named
        if fit:
            return self._choose(fit, piece)
        given = [p for p in near if p.names and is_same_word(p.first, word, self.language)]
        if given:
            return self._choose(given, piece)
        inner = [p for p in near if word in p.nicknames or self._is_first_surname(p, word)]
        return self._choose(inner, piece) if inner else None

    def find_initials(self, piece: Piece) -> Person | None:
        """Return who is called by initials alone: "J. P." of J. P. Vale."""
        letters = tuple(word.text for word in piece.words)
        near = self._list_near(letters[0])
        return next((p for p in near if p.names and p.names[0][: len(letters)] == letters), None)

    def _is_first_surname(self, person: Person, word: str) -> bool:
        """Say whether a word is the first of two surnames: "Rivas" of Ana Rivas Soto."""
        return any(
            len(name) > 2 and name[-2] == word and (len(name) > 3 or not self._is_middle(word))
            for name in person.names[:_NAMES_READ]
        )

    def _is_middle(self, word: str) -> bool:
        return word in self.sight.grammar.joints or (
            self.language not in ("es", "pt") and is_given_name(self.sight, word)
        )

    def add_short(self, piece: Piece, person: Person | None) -> None:
        """Take a single word, of a known person or a new one."""
        if person is None:
            person = Person()
            self.people.append(person)
            self._index(person, piece.words[-1].text)
        self._take(person, piece)

    def _take(self, person: Person, piece: Piece) -> None:
        person.pieces.append(piece)
        courtesy = self.sight.before(piece)
        start, end = piece.span
        start = self._include_joints(person, piece, start)
        if courtesy and courtesy.sort is Sort.COURTESY and self.sight.is_adjacent(courtesy, piece):
            start = courtesy.span[0]
        elif (at := self.sight.low_courtesy(piece)) is not None:
            start = self.sight.tokens[at].start
        behind = self.sight.page.text[end : end + 1]
        is_initial = len(piece.words[-1].text) == 1 and behind == "."
        person.spans.append((start, end + is_initial))  # "Dieter S."
        person.sex = person.sex or self._courtesy_of(piece) or self._sex_of_given(piece)

    def _include_joints(self, person: Person, piece: Piece, start: int) -> int:
        """Return where a surname begins with its small words: "von der Leyen" alone."""
        if len(piece.words) > 1 or not person.names:
            return start
        words, at = person.names[0][1:-1], piece.first - 1
        for word in reversed(words):
            if word not in self.sight.grammar.joints or self.sight.token(at) != word:
                break
            start, at = self.sight.tokens[at].start, at - 1
        return start

    def _list_near(self, word: str) -> list[Person]:
        return self._by_stem.get(self._stem(word), [])

    def _index(self, person: Person, word: str) -> None:
        near = self._by_stem[self._stem(word)]
        if len(near) < _MOST_NEAR:
            near.append(person)

    def _stem(self, word: str) -> str:
        """Return what all forms of a word share: its beginning where grammar changes the end."""
        folded = fold_name_word(word)
        if self.language in INFLECTED:
            return folded[:3]
        return fold_name_word(word.rstrip("s")).rstrip("s")

    def _is_same(self, person: Person, words: Sequence[str]) -> bool:
        if not person.names or not is_same_word(person.last, words[-1], self.language):
            return False
        first, other = person.first, words[0]
        if is_same_word(first, other, self.language):
            return True
        short, long = sorted((first, other), key=len)
        if len(short) == 1 and long.startswith(short):
            return True
        return any(other in name or first in words for name in person.names)

    def _courtesy_of(self, piece: Piece) -> str:
        if (at := self.sight.low_courtesy(piece)) is not None:
            sex = self.sight.titles.courtesy[self.sight.low(at)]
            return sex if sex in ("m", "f") else ""
        before = self.sight.before(piece)
        if before is None or not self.sight.is_adjacent(before, piece):
            return ""
        if before.sort is Sort.COURTESY:
            return before.value if before.value in ("m", "f") else ""
        if before.sort is Sort.TITLE:
            return self.sight.titles.genders.get(before.words[-1].low, "")
        return ""

    def _sex_of_given(self, piece: Piece) -> str:
        if len(piece.words) < 2:
            return ""
        folded = fold_word(piece.words[0].text)
        given = self.sight.cutter.given
        sex = given.get(folded) or given.get(folded.partition("-")[0])
        if sex is None and self.language in INFLECTED:
            sex = next((given[f] for f in list_nominatives(folded) if f in given), "")
        return sex if sex in ("m", "f") else ""

    def _choose(self, people: Sequence[Person], piece: Piece) -> Person:
        """Return who is meant where several have the name: who is called it in full most often."""
        if len(people) == 1:
            return people[0]
        begun = [p for p in people if p.pieces[0].span[0] < piece.span[0]] or list(people)
        return max(begun, key=lambda p: (len(p.names), -p.pieces[0].span[0]))


def seek_roles(sight: Sight, people: Iterable[Person]) -> None:
    """Fill the role of each person from the first of the mentions that says one."""
    for person in people:
        sought = (find_role(sight, piece) for piece in person.pieces[:_ROLES_SOUGHT])
        roles = [role for role in sought if role is not None]
        person.role = _join_roles(roles)
        person.role_spans = [role.span for role in roles]
        if not person.sex and person.role is not None:
            sexes = {sight.titles.genders.get(noun, "") for noun in person.role.nouns} - {""}
            person.sex = sexes.pop() if len(sexes) == 1 else ""


def _join_roles(roles: Sequence[Role]) -> Role | None:
    """Return the first role that says of what, else the first, with the offices of all."""
    if not roles:
        return None
    best = next((role for role in roles if role.of), roles[0])
    return replace(
        best,
        nouns=frozenset().union(*(role.nouns for role in roles)),
        of=frozenset().union(*(role.of for role in roles)),
        kinds=frozenset().union(*(role.kinds for role in roles)),
    )


def name_person(person: Person, language: str) -> tuple[str, str]:
    """Return the fullest form of a person's name on the page, and the key."""
    if not person.names:
        forms = [piece.words[-1].text for piece in person.pieces]
        best = _choose_form([(form,) for form in forms], person.sex, language)
    else:
        longest = max(len(words) for words in person.names)
        full = [words for words in person.names if len(words) == longest]
        best = _choose_form(full, person.sex, language)
        if language in INFLECTED:
            best = _straighten(best, person, language)
    plain = [guess_nominative(word, person.sex, language) for word in best]
    if len(plain) > 1 and language in INFLECTED:
        plain[0] = _plain_given(best[0], language)
    if len(plain) == 1:
        plain = list(read_meant_people().get(fold_name_word(plain[0]), plain))
    return " ".join(_space(best)), make_key(_key_words(plain))


def _straighten(form: tuple[str, ...], person: Person, language: str) -> tuple[str, ...]:
    """Return a full name in its first case where the page has the surname alone in it.

    "Энтони Блинкена" and "Блинкен" are "Энтони Блинкен"; a given name is put into its first case by
    the list of given names, and a name whose given name is not listed stays as it is written.
    """
    is_female = person.sex == "f"
    alone = [piece.words[-1].text for piece in person.pieces if len(piece.words) == 1]
    surnames = [*(name[-1] for name in person.names), *alone]
    firsts = (word for word in surnames if _is_first_case(word, form[-1], person.sex, language))
    last = next(firsts, None)
    cut = last is not None and last != form[-1] and not is_female
    if last is None and is_nominative(form[-1], is_female):
        last = form[-1]  # "Наталії Гуменюк": a surname that has one form
    first = find_first_given(form[0], language, cut=cut) if last is not None else ""
    return (first, *form[1:-1], last) if first and last is not None else form


def _is_first_case(word: str, written: str, sex: str, language: str) -> bool:
    """Say whether a surname is in the first case of one that is written with a given name."""
    if not is_nominative(word, sex == "f") or not is_same_word(word, written, language):
        return False
    if sex != "f" and word != written and written.startswith(word):
        return True  # "Блинкен" of "Блинкена"
    if word[-1:] in ("а", "я") and written in [
        word[:-1] + end for end in ("и", "ы", "і", "ой", "ою")
    ]:
        return True  # "Кулеба" of "Кулеби"
    return not is_nominative(written, sex == "f")


def _choose_form(forms: Sequence[tuple[str, ...]], sex: str, language: str) -> tuple[str, ...]:
    """Return the form in the first case where one is, else the one most written, then the first."""
    counts: dict[tuple[str, ...], int] = defaultdict(int)
    for form in forms:
        counts[form] += 1
    if language in ("de", "nl", "sv", "da", "no", "nb"):  # "Andreas Kochs" is of Andreas Koch
        counts = {
            f: n
            for f, n in counts.items()
            if (*f[:-1], f[-1].removesuffix("s")) not in counts or not f[-1].endswith("s")
        }
    if forms[0][-1].isascii() or forms[0][-1][0] < "\u0370":
        return max(counts, key=lambda form: counts[form])
    return max(
        counts,
        key=lambda form: (
            all(is_nominative(word, sex == "f") for word in (form[0], form[-1])),
            -len("".join(form)) if sex != "f" else 0,
            counts[form],
        ),
    )


def _plain_given(word: str, language: str) -> str:
    """Return a given name in its first case, folded, where the list has it."""
    given, folded = read_given_names(), fold_word(word)
    if language == "el" and folded + "s" in given:  # "Παύλο" is no Ukrainian Pavlo
        return folded + "s"
    forms = [] if folded in given else list_nominatives(folded)
    return next((form for form in forms if form in given), word)


def _space(words: Sequence[str]) -> list[str]:
    # "J" of "Donald J. Trump" keeps its dot.
    return [word + "." if len(word) == 1 and word.isupper() else word for word in words]


def _key_words(words: Sequence[str]) -> list[str]:
    kept = [word for word in words if len(word) > 1 or len(words) == 1] or list(words)
    folded = [fold_word(word) for word in kept]
    if len(kept) == _GIVEN_FAMILY_FIRST and folded[1].endswith(_PATRONYMIC):
        kept, folded = [kept[0], kept[2]], [folded[0], folded[2]]
    if len(kept) > 1:
        kept[0] = read_same_names().get(folded[0], kept[0])
    return kept
