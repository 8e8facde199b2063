"""What a figure counts, as far as its words tell: things by name or stem, and what befell them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.claims.rivals.fates import find_deeds, find_frame
from dateline.claims.rivals.values import Counted
from dateline.claims.rivals.words import NAMED, load_words
from dateline.model import Figure
from dateline.text import list_tokens

PEOPLE = "person"
_OF_AGE = " of age"
_APART = frozenset(("before", "year", "part", "grave"))  # frames in which nothing is compared
_OF_OTHERS = (("of", "which"), ("of", "whom"), ("of", "those"), ("of", "the"))
_SHARES = frozenset(("percent", "share"))
_STEM = 5
_LETTERS_LEFT = 4
_ENDINGS = ("ers", "ings", "ing", "er", "ed", "ies", "es", "s", "y")
_MOST_COUNTED = 4  # words behind "the number of"
_AGAIN = 300  # code points between a number and the next that takes it up
_BESIDE = 4  # words between people and the crowd that they are
_SCALE_BEHIND = 5  # words between a number and the name of its scale
_ARMY = 100  # so many men are soldiers, or fight like them
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Read:
    """What a figure counts, as far as words tell."""

    counted: Counted
    unit: str
    deeds: frozenset[str]
    things: frozenset[str]  # stems and names of things; empty for people in general
    head: str  # the last of the things, before any "of"
    heads: frozenset[str]  # all the things before it
    frame: frozenset[str] = frozenset()  # of what it is told: "before", "part", "planned"
    is_general: bool = False  # people are counted, or what befell them: "deaths in Lamera"
    owners: frozenset[str] = frozenset()  # names beside the number in its clause
    is_again: bool = False  # it takes up the number before: "the mayor puts the number at 7,000"

    @property
    def befell(self) -> bool:
        """Say whether something befell the counted that tells them from all others of a story."""
        return bool(self.deeds) and not any(load_words().is_one(d, "loose") for d in self.deeds)


def read_all(ordered: Sequence[Counted]) -> list[Read]:
    """Return what figures count, in the order of articles and their texts, without the rest."""
    found = list[Read]()
    for one in ordered:
        if (read := read_counted(one)) is not None:
            found.append(read)
        elif found and _takes_up(one, found[-1].counted):
            found.append(replace(found[-1], counted=one, is_again=True))
    return found


def _takes_up(one: Counted, last: Counted) -> bool:
    """Say whether a number is another for what was counted last: "puts the number at 7,000"."""
    is_near = 0 <= one.figure.span[0] - last.figure.span[1] <= _AGAIN
    if one.article != last.article or not is_near or one.figure.unit or one.figure.change:
        return False
    words = list_tokens(one.figure.counts)
    return bool(words) and all(load_words().is_one(word, "numbers") for word in words)


def read_counted(one: Counted) -> Read | None:
    """Return what a figure counts; None for what has no rivals: ages, times, changes."""
    figure = one.figure
    if load_words().is_one(figure.unit, "apart") or figure.unit.endswith(_OF_AGE) or figure.change:
        return None
    if figure.value == 1 and not figure.unit:  # "one of the villages"
        return None
    words, is_bare = _find_words(figure)
    if is_bare and _is_unread(figure):
        return None
    unit = "" if figure.unit == PEOPLE else figure.unit
    things = _list_things(words, one)
    deeds = _find_tolls(figure) if is_bare else frozenset[str]()
    deeds = deeds or find_deeds(one, words, things, is_bare=is_bare)
    if figure.value == 1 and all(load_words().is_one(deed, "loose") for deed in deeds):
        return None  # "one person was arrested"
    frame = find_frame(one, words, deeds)
    if not frame.isdisjoint(_APART) or _is_part(figure):
        return None
    is_general = _is_general(words, one.language)
    if not things and not deeds and _is_gathered(figure):
        things = [NAMED + "crowd"]
    if _is_land(unit, deeds):
        things = [NAMED + "land"]
    things = [_rename(thing, deeds) for thing in things]
    if is_general:
        names = _list_names(figure.counts, one.language)
        things = [thing for thing in things if thing.startswith(NAMED) or thing in names]
    if not things and (unit or not deeds):
        return None
    end = _find_end(words)
    heads = [_rename(thing, deeds) for thing in _list_things(words[: end or None], one)]
    heads = [thing for thing in heads if thing in things]
    return Read(
        one,
        unit,
        deeds,
        frozenset(things),
        (heads or things or [""])[-1],
        frozenset(heads or things),
        frame,
        is_general,
        _list_names(figure.before, one.language) | _list_names(figure.behind, one.language),
    )


def _find_words(figure: Figure) -> tuple[list[str], bool]:
    """Return the words for what is counted, and whether there are none.

    Where a scale or "the number of" stands before the number, its words say it.
    """
    names = load_words()
    before, behind = list_tokens(figure.before), list_tokens(figure.behind)
    if before and (scale := names.find(before[-1], "things")) and names.is_one(scale, "scale"):
        return before[-1:], False
    scales = [word for word in behind[:_SCALE_BEHIND] if names.is_one(word, "scales")]
    if scales and not figure.unit:
        return scales[:1], False
    span = figure.counts_span
    if span is None or span[0] < figure.span[0]:
        numbered = _read_numbered(before)
        if numbered:
            return numbered, False
        if _find_tolls(figure):  # "the toll of the fire in Lamera rose to 58": no fire is counted
            return [], True
    return list_tokens(figure.counts), not figure.counts


def _read_numbered(before: Sequence[str]) -> list[str]:
    """Return the words behind "the number of": "Sudian troops along the border has grown to"."""
    names = load_words()
    places = [at for at, word in enumerate(before) if names.is_one(word, "numbers")]
    found: list[str] = []
    for word in before[places[-1] + 1 :] if places else ():
        is_dropped = names.is_one(word, "dropped")
        if names.is_one(word, "linking") or (is_dropped and found):
            break
        found += [] if is_dropped else [word]
        is_known = any(names.is_one(word, kind) for kind in ("deeds", "things", "people"))
        if len(found) == _MOST_COUNTED or (is_known and not is_dropped):
            break
    return found


def _find_tolls(figure: Figure) -> frozenset[str]:
    return load_words().name_all(list_tokens(figure.before), "tolls")


def _list_things(words: Sequence[str], one: Counted) -> list[str]:
    return [thing for word in words if (thing := _thing(word, one))]


def _thing(word: str, one: Counted) -> str:
    """Return the name of a thing, or a word's stem; "" for people in general and little words."""
    names = load_words()
    if names.is_one(word, "people") or names.is_one(word, "dropped"):
        return ""
    known = names.find(word, "things")
    if known == "man":  # "20,000 men"
        known = "soldier" if (one.figure.value or 0) >= _ARMY else known
    if known is not None:
        return NAMED + known
    is_other = names.is_one(word, "deeds") or names.is_one(word, "linking")
    return "" if is_other else _stem(word, one.language)


def _rename(thing: str, deeds: frozenset[str]) -> str:
    """Return workers as jobs where they lose them."""
    return "#job" if thing == "#worker" and "fired" in deeds else thing


def _is_land(unit: str, deeds: frozenset[str]) -> bool:
    """Say whether land is counted that was burnt, whatever grew there."""
    return "damaged" in deeds and load_words().is_one(unit.replace(" ", "_"), "areas")


def _is_gathered(figure: Figure) -> bool:
    """Say whether people are counted who came: "put the crowd at 25,000"."""
    beside = [*list_tokens(figure.before)[-_BESIDE:], *list_tokens(figure.behind)[:_BESIDE]]
    return load_words().has_one(beside, "gatherings")


def _find_end(words: Sequence[str]) -> int:
    names = load_words()
    return next((at for at, word in enumerate(words) if names.is_one(word, "dropped")), len(words))


def _is_general(words: Sequence[str], language: str) -> bool:
    """Say whether the counted are people, or called by what befell them: "cholera cases".

    "Workers dead" are workers.
    """
    heads, names = words[: _find_end(words)], load_words()
    if not heads:
        return False
    if names.is_one(heads[0], "people"):
        return True
    if language != "en":
        return names.is_one(heads[0], "deeds")
    is_adjective = len(heads) > 1 and names.is_one(heads[-1], "adjectives")
    return not is_adjective and names.is_one(heads[-1], "deeds")


def _is_unread(figure: Figure) -> bool:
    """Say whether a thing stands behind a number that was not found to count it."""
    names, behind = load_words(), list_tokens(figure.behind)[:1]
    kinds = ("people", "dropped", "linking", "deeds")
    return not all(any(names.is_one(word, kind) for kind in kinds) for word in behind)


def _is_part(figure: Figure) -> bool:
    """Say whether a number is of a part of others: "of which four", "20 of those injured"."""
    before, behind = list_tokens(figure.before)[-2:], list_tokens(figure.behind)[:2]
    names = load_words()
    if (
        len(before) > 1
        and names.is_one(before[0], "parents")
        and names.is_one(before[1], "dropped")
    ):
        return True
    if load_words().is_one("".join(behind[:1]), "of_them") and load_words().has_one(
        behind[1:], "deeds"
    ):
        return True  # "elf der Toten"
    if figure.unit in _SHARES:  # "34 percent of the vote"
        return tuple(before) in _OF_OTHERS[:3]
    return tuple(before) in _OF_OTHERS[:3] or tuple(behind) in _OF_OTHERS[1:]


def _list_names(text: str, language: str) -> frozenset[str]:
    """Return the words of a text that are names by their capitals, case-folded.

    German writes every noun so: there it is the nouns.
    """
    names = load_words()
    words = {
        word.casefold().removesuffix("'s").removesuffix("’s")
        for word in _WORD.findall(text)
        if word[0].isupper() and len(word) >= _SHORTEST_NAME
    }
    return frozenset(word for word in words if not _is_common(word, language)) - {
        word for word in words if names.is_one(word, "unnamed")
    }


def _is_common(word: str, language: str) -> bool:
    names = load_words()
    kinds = ("things", "deeds", "people", "dropped") if language == "de" else ("dropped",)
    return any(names.is_one(word, kind) for kind in kinds)


def _stem(word: str, language: str) -> str:
    if language != "en":
        return word[:_STEM]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LETTERS_LEFT:
            return word[: -len(ending)]
    return word
