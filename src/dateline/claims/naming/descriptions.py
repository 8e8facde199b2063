"""People meant without a name: "the head of NATO", "the Secretary General"."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from dateline.claims.naming.lexicon import BARE_GENITIVE, NOUNS_HIGH, read_small
from dateline.claims.naming.people import Person
from dateline.claims.naming.pieces import Sort
from dateline.claims.naming.roles import Role, make_role
from dateline.claims.naming.sight import Sight
from dateline.model import Span

_MOST_BEFORE = 7  # tokens between an article and the office
_MOST_PEOPLE = 60  # with a role, among whom a description's is sought
_OWNED = re.compile(r"(?<=[^\W\d_])[’'][sS]\Z")
_NEAR = 2  # sentences between a name and "the painter"
_MOST_BEHIND = 6  # tokens of "of …" behind it
_BARE_VERBS = tuple(read_small("bare_verbs"))
_BARE_ADJECTIVES = tuple(read_small("bare_adjectives"))
_PRIME = read_small("prime")
_OTHERS = read_small("others")
_BEHIND = read_small("behind")
_AGED = read_small("aged")
_VARIED = read_small("varied")
_FORMER = read_small("former")
# Words that are offices only inside a role, or of which a page has many.
_MANY = read_small("many")


@dataclass(frozen=True, slots=True)
class Description:
    """Words that mean one person by office."""

    span: Span
    role: Role
    at: int  # index of the office's token
    former: bool = False  # which is held no more


def find_descriptions(sight: Sight, known: Collection[str]) -> Iterator[Description]:
    """Yield definite descriptions by office or by one of the words known of people, in order."""
    done = -1
    for at in range(len(sight.tokens)):
        found = _describe(sight, at, known) if at > done else None
        if found is not None:
            done = found.at
            yield found


def _describe(sight: Sight, at: int, known: Collection[str]) -> Description | None:
    text = sight.tokens[at].text
    owned = _OWNED.search(text) if text[-1] in "sS" else None
    if owned is not None:  # "the ambassador’s offer"
        return _read_owned(sight, at, len(owned.group()))
    low = sight.bare(at)
    if low in _MANY and sight.low(at - 1) != "year-old":
        return None
    is_told = low in known or sight.is_office(at) or _is_aged(sight, at)
    return _read_description(sight, at) if is_told else None


def _read_owned(sight: Sight, at: int, cut: int) -> Description | None:
    """Read "the ambassador" of "the ambassador’s offer"."""
    low = sight.low(at)[:-cut]
    if low in _MANY or not sight.cutter.is_title_noun(low):
        return None
    if sight.token(at)[0].isupper() and sight.token(at + 1)[:1].isupper():  # "Producer’s Guild"
        return None
    first = _find_article(sight, at)
    if first is None or any(sight.low(n) in _OTHERS for n in range(first, at)):
        return None
    start = first + 1 if sight.piece_at(first) is None else first
    role = make_role(sight, start, at, frozenset((low,)))
    span = (sight.tokens[first].start, sight.tokens[at].end - cut)
    if role is None:
        return None
    return Description(span, replace(role, text=role.text[:-cut]), at)


def _read_description(sight: Sight, at: int) -> Description | None:
    last = at
    while sight.is_office(last + 1) or sight.low(last + 1) == "general":
        last += 1
    first = _find_article(sight, at)
    if first is None or _names_someone(sight, last):
        return None
    end = _find_end(sight, last)
    if end is None or (end != last and _names_someone(sight, end)):
        return None
    start = first + 1 if first < at and sight.piece_at(first) is None else first
    if _is_apposed(sight, end):
        return None
    role = make_role(sight, start, end, frozenset((sight.bare(at),)))
    others = {low for n in range(first, last + 1) if (low := sight.low(n)) in _OTHERS}
    if role is None or others - _FORMER:
        return None
    head = make_role(sight, start, last)
    span = (sight.tokens[first].start, sight.tokens[end].end)
    nouns = role.nouns | (head.nouns if head else frozenset())
    return Description(span, replace(role, nouns=nouns), last, bool(others))


def _is_aged(sight: Sight, at: int) -> bool:
    """Say whether a token ends "the 34-year-old" or „der 34-Jährige“, with no noun behind."""
    low = sight.low(at)
    if low not in _AGED or sight.low(at - 1) != "-" or not sight.low(at - 2).isdecimal():
        return False
    grammar, behind = sight.grammar, sight.low(at + 1)
    is_noun = sight.token(at)[0].isupper()
    return is_noun or not behind[:1].isalpha() or behind in grammar.says | grammar.openers


def _find_article(sight: Sight, at: int) -> int | None:
    """Return the token that makes an office a certain one: an article, or a possessor's name."""
    if sight.page.language in BARE_GENITIVE:
        return _find_bare(sight, at)
    if sight.low(at) != sight.bare(at):  # "l'ambassadrice"
        return at if sight.low(at)[0] == "l" else None
    for first in range(at - 1, max(at - 1 - _MOST_BEFORE, -1), -1):
        low = sight.low(first)
        if low.isdecimal() and sight.low(first + 1) == "-":  # "the 34-year-old"
            continue
        if "\n" in sight.page.text[sight.tokens[first].end : sight.tokens[first + 1].start]:
            return None
        if low in (
            "a",
            "an",
            "his",
            "her",
            "their",
            "our",
            "my",
            "un",
            "une",
            "una",
            "ein",
            "eine",
        ):
            return None
        if low in sight.grammar.the:
            return first
        piece = sight.piece_at(first)
        if piece is not None and piece.possessive:
            start = piece.first
            return start - 1 if start and sight.low(start - 1) == "the" else start
        is_inner = piece is not None and piece.sort not in (Sort.TIME, Sort.COURTESY)
        if not (is_inner or low in sight.titles.modifiers or "-" in low or sight.is_office(first)):
            return None
    return None


def _find_bare(sight: Sight, at: int) -> int | None:
    """Return where an office begins that has no article, None behind what may change its sense.

    "бывший президент", "американский президент", "вице-президент": who is meant is not told by the
    office alone. What follows is its owner, by name, or no noun: "министр обороны" is one kind.
    """
    before, behind = sight.token(at - 1), sight.token(at + 1)
    is_other = sight.is_office(at - 1) or before in sight.titles.modifiers
    if is_other or before in ("-", "\u2011") or before.endswith(_BARE_ADJECTIVES):
        return None
    is_noun = behind[:1].isalpha() and behind.islower() and behind not in sight.grammar.openers
    return None if is_noun and not _is_bare_verb(sight, behind) else at


def _is_bare_verb(sight: Sight, low: str) -> bool:
    return low in sight.grammar.says or low.endswith(_BARE_VERBS)


def _names_someone(sight: Sight, last: int) -> bool:
    """Say whether a name or a further noun follows, so that the words are a title or a modifier."""
    at = last + 1
    if sight.token(at) == "." and sight.tokens[at].start == sight.tokens[last].end:
        following = sight.piece_at(at + 1)
        return following is not None and not following.opens
    following = sight.piece_at(at)
    return following is not None and following.sort in (Sort.NAME, Sort.COURTESY, Sort.TITLE)


def _is_apposed(sight: Sight, end: int) -> bool:
    """Say whether the person's name follows behind a comma: then the words are that one's role."""
    if sight.token(end + 1) != ",":
        return False
    following = sight.piece_at(end + 2)
    is_name = following is not None and following.sort in (Sort.NAME, Sort.COURTESY)
    return is_name and not (following and following.possessive)


def _find_end(sight: Sight, last: int) -> int | None:
    at = last + 1
    if sight.page.language in BARE_GENITIVE:
        while (owner := sight.piece_at(at)) and owner.sort in (Sort.PLACE, Sort.ORGANISATION):
            at = owner.last + 1
        return at - 1
    if sight.low(at) not in _BEHIND:
        return last
    for n in range(at + 1, min(at + _MOST_BEHIND, len(sight.tokens))):
        piece = sight.piece_at(n)
        is_name = sight.page.language == "en" and piece is not None and piece.sort is Sort.NAME
        if piece is not None and (is_name or piece.sort in (Sort.PLACE, Sort.ORGANISATION)):
            return None if piece.possessive else piece.last
        if sight.low(n) not in sight.grammar.the:
            return last
    return last


class Referring:
    """Decides whom descriptions mean, by roles and by who was named last."""

    def __init__(self, sight: Sight, people: Sequence[Person]) -> None:
        self.sight = sight
        self.people = [person for person in people if person.role is not None][:_MOST_PEOPLE]
        self._starts = [sorted(span[0] for span in person.spans) for person in self.people]
        named = ((span, person) for person in people for span in person.spans)
        self._named = sorted(named, key=lambda pair: pair[0])

    def find(self, description: Description) -> Person | None:
        """Return the person whom a description means, None where it is not clear."""
        start = description.span[0]
        fits = [
            (score, self._last_before(n, start), n)
            for n, person in enumerate(self.people)
            if (score := self._fit(person, description.role)) > 0
        ]
        if not fits:
            return self._find_varied(description)
        if description.former and len(fits) > 1:
            return None
        best = max(score for score, _, _ in fits)
        _, near, number = max(fit for fit in fits if fit[0] == best)
        # Named later alone: "the president" of a lead is who its third sentence names, if but one.
        if near < 0 and (sum(fit[0] == best for fit in fits) > 1 or best < 2):
            return None
        return self.people[number]

    def _find_varied(self, description: Description) -> Person | None:
        """Return who is called "the painter" or "the 34-year-old" right behind a sentence on them.

        That sentence, the last one that names anybody and at most two back, names but one person.
        """
        role, start = description.role, description.span[0]
        is_aged = bool(role.nouns & _AGED) or "year-old" in role.text
        if (role.of and not is_aged) or not (is_aged or role.nouns & _VARIED):
            return None
        last = bisect_left(self._named, start, key=lambda pair: pair[0][0])
        if not last:
            return None
        sentence = self.sight.page.sentence_at(self._named[last - 1][0][0])
        between = bisect_left(self._starts_of_sentences, start) - bisect_left(
            self._starts_of_sentences, sentence[0]
        )
        first = bisect_left(self._named, sentence[0], key=lambda pair: pair[0][0])
        people = {id(person) for _, person in self._named[max(first, last - _MOST_PEOPLE) : last]}
        person = self._named[last - 1][1]
        if len(people) > 1 or not 0 < between <= _NEAR or sentence[1] > start:
            return None
        genders = self.sight.titles.genders
        sexes = {genders[noun] for noun in role.nouns if noun in genders}
        if "jährige" in role.nouns:  # „der 34-Jährige“, „die 34-Jährige“
            is_her = self.sight.page.text[start : start + 3].casefold() == "die"
            sexes = {"f" if is_her else "m"}
        if (person.role is not None and not is_aged) or (sexes and person.sex not in ("", *sexes)):
            return None
        if person.role is None and not role.nouns & _AGED:
            person.role = role
            self._add(person)
        return person

    @cached_property
    def _starts_of_sentences(self) -> list[int]:
        return [start for start, _ in self.sight.page.sentences]

    def _add(self, person: Person) -> None:
        if len(self.people) >= _MOST_PEOPLE:
            return
        self.people.append(person)
        self._starts.append(sorted(span[0] for span in person.spans))

    def _last_before(self, number: int, at: int) -> int:
        starts = self._starts[number]
        found = bisect_right(starts, at)
        return starts[found - 1] if found else -1

    def _fit(self, person: Person, wanted: Role) -> int:
        """Return 0 where a description is not the person's, 1 by office alone, 2 with its place."""
        role = person.role
        if role is None:
            return 0
        of = wanted.of
        shared = of & role.of
        if of and role.of and not shared:
            return 0
        if wanted.kinds != role.kinds and not self._may_be_same(wanted.kinds, role.kinds):
            return 0
        heads = self.sight.titles.heads
        same = wanted.nouns & role.nouns or self._is_compound(wanted, role)
        leads = bool(wanted.nouns & heads) and bool(role.nouns & heads) and bool(shared)
        if same:
            return 2 if shared else 1
        return 2 if leads else 0

    def _is_compound(self, wanted: Role, role: Role) -> bool:
        """Say whether "Ministerin" is the last part of "Verteidigungsministerin"."""
        if self.sight.page.language not in NOUNS_HIGH or wanted.of - role.of:
            return False
        return any(
            own.endswith(noun) for noun in wanted.nouns if len(noun) > 3 for own in role.nouns
        )

    def _may_be_same(self, wanted: frozenset[str], kinds: frozenset[str]) -> bool:
        """Say whether two offices may be one: "the minister" is no prime minister."""
        if wanted & _PRIME != kinds & _PRIME:
            return False
        return not wanted or not kinds or bool(wanted & kinds)
