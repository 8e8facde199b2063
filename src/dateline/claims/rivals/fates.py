"""What befell the counted, and of what a number is told: of another time, of a part, of more."""

import re
from collections.abc import Sequence
from datetime import timedelta

from dateline.claims.rivals.values import Counted
from dateline.claims.rivals.words import NAMED, load_words
from dateline.text import list_tokens

_YEAR = re.compile(r"(?:19|20)\d\d\Z", re.ASCII)
_REACH_BARE = 5  # words between a number that counts nothing and what befell the counted
_REACH = 30  # the same where people or known things are counted
_WEAK = "lost"  # a deed that any other near the number goes before
_PAST = timedelta(days=14)
_BEFALLEN = timedelta(days=60)
_LONG_PAST = timedelta(days=365)
_OF_MEN = frozenset(("#soldier", "#civilian", "#fighter", "#child", "#woman", "#man"))
_OF_WORK = frozenset(("#job", "#worker"))


def find_deeds(
    one: Counted, words: Sequence[str], things: Sequence[str], *, is_bare: bool
) -> frozenset[str]:
    """Return what befell the counted, by their own words, else by the nearest in the clause.

    `words` are those for the counted, `things` what they name; `is_bare` where there are none.
    """
    names = load_words()
    own = names.name_all(words, "deeds") - {_WEAK}
    if own:
        return own
    if is_bare:
        reach = _REACH_BARE
    else:
        is_known = not things or any(thing.startswith(NAMED) for thing in things)
        reach = _REACH if is_known else _REACH_BARE + len(words)
    found = _list_near(one, reach)
    strong = [entry for entry in found if entry[1] != _WEAK]
    if not strong and not is_bare:  # "lost 20" is a match
        strong = found
    if not strong:
        return frozenset()
    name = min(strong, key=lambda entry: entry[0])[1]
    return frozenset((_read_loss(things) if name == _WEAK else name,))


def _list_near(one: Counted, reach: int) -> list[tuple[int, str]]:
    """Return the deeds around a number, each with how many words lie between."""
    names = load_words()
    behind = list_tokens(one.figure.behind)
    if one.figure.behind.endswith(" ") and names.has_one(behind[:-1], "joining"):
        # "25 hostages and killed 2 guards": what stands right before the next number is its own.
        behind = behind[:-1]
    before = list_tokens(one.figure.before)
    places = [(at, at, behind) for at in range(min(len(behind), reach))]
    first = max(0, len(before) - reach)
    places += [(len(before) - 1 - at, at, before) for at in range(len(before) - 1, first - 1, -1)]
    found = ((far, names.find_at(words, at, "deeds")) for far, at, words in places)
    return [(far, name) for far, name in found if name is not None]


def _read_loss(things: Sequence[str]) -> str:
    """Return what "lost" says: soldiers die, jobs are cut, tanks are destroyed."""
    if not things or not _OF_MEN.isdisjoint(things):
        return "dead"
    return "damaged" if _OF_WORK.isdisjoint(things) else "fired"


def find_frame(one: Counted, words: Sequence[str], deeds: frozenset[str]) -> frozenset[str]:
    """Return of what a number is told, by the words of its clause: "before", "part", "year"."""
    names = load_words()
    before, behind = list_tokens(one.figure.before), list_tokens(one.figure.behind)
    around = [*before, *behind, *words]
    found = set(names.name_all(around, "frames"))
    if _tells_time(before) or _tells_time(behind):
        found.add("year")
    beside = {*before[-1:], *behind[:1], *words[:1]}
    if deeds <= {"dead"} and any(names.is_one(word, "adding") for word in beside):
        found.add("part")  # "five more bodies"; who are missing or hurt are others than the dead
    if any(names.is_one(word, "renewing") for word in beside):
        found.add("part")
    years = {word for word in around if _YEAR.match(word)} - {str(one.at.year)}
    if years:
        found.add("year")
    if deeds and all(names.is_one(deed, "to_come") for deed in deeds):
        found.discard("planned")
    return frozenset(found) | _find_time(one, deeds)


def _tells_time(words: Sequence[str]) -> bool:
    """Say whether another time than the story's is named: "last year", "each month"."""
    names = load_words()
    times = [at for at, word in enumerate(words) if names.is_one(word, "times")]
    return any(names.has_one([*words[max(0, at - 1) : at + 2]], "which") for at in times)


def _find_time(one: Counted, deeds: frozenset[str]) -> frozenset[str]:
    """Return the month of an old number: who is named beside one may hold it against a new one."""
    as_of = one.figure.as_of
    if as_of is None:
        return frozenset()
    age = one.at.date() - as_of.last
    is_past = age > _PAST and not one.figure.by_key
    if not is_past and age <= (_BEFALLEN if deeds else _LONG_PAST):
        return frozenset()
    return frozenset((f"{as_of.last:%Y-%m}",))
