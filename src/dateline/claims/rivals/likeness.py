"""Whether two figures of one unit and one fate count the same thing."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from dateline.claims.rivals.reading import Read
from dateline.claims.rivals.words import NAMED, load_words
from dateline.model import Figure

# Vectors of length one, a row for each text.
Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]

_OVERLAP = 0.5  # of the smaller set of words
_MEANING = 0.75  # cosine
_FURTHEST = 20.0  # times that one figure may be the other
_FURTHEST_UNNAMED = 4.0  # the same where one of them is nobody's who is named
_FURTHEST_OWNED = 2.0  # the same where only a name beside them says that they are of one thing
_MANY = 10  # so few things that share an owner's name alone may be any of his


class Likeness:
    """Says of two figures of one unit and one fate whether they count the same."""

    def __init__(self, reads: Sequence[Read], encode: Encode | None) -> None:
        self.reads = reads
        self.texts: dict[str, int] = {}
        self.meant: npt.NDArray[np.float32] | None = None
        if encode is not None and len({read.counted.language for read in reads}) > 1:
            counts = dict.fromkeys(read.counted.figure.counts for read in reads)
            self.texts = {text: at for at, text in enumerate(text for text in counts if text)}
        if encode is not None and self.texts:
            vectors = np.asarray(encode(list(self.texts)), dtype=np.float32)
            self.meant = vectors @ vectors.T

    def are_same(self, a: int, b: int) -> bool:
        """Compare what they count, and how far their numbers lie apart."""
        one, other = self.reads[a], self.reads[b]
        if not _are_near(one, other):
            return False
        is_told = one.befell or (bool(one.deeds) and _are_two_sides_near(one, other))
        if is_told and _is_of_all(one) and _is_of_all(other):
            return _are_of_one_place(one, other)
        if one.is_general and other.is_general:
            return not one.things.isdisjoint(other.things) and _are_told_alike(one, other)
        if not one.things or not other.things:
            return False
        shared = one.things & other.things
        is_named = any(thing.startswith(NAMED) for thing in one.heads & other.heads)
        is_one_thing = one.head == other.head or is_named or len(shared) > 1
        if (
            _are_told_alike(one, other)
            and is_one_thing
            and len(shared) >= _OVERLAP * min(len(one.things), len(other.things))
        ):
            return True
        is_foreign = one.counted.language != other.counted.language
        return is_foreign and _are_two_voices(one, other) and self._mean_same(a, b)

    def _mean_same(self, a: int, b: int) -> bool:
        one, other = (self.texts.get(self.reads[at].counted.figure.counts) for at in (a, b))
        if self.meant is None or one is None or other is None:
            return False
        return float(self.meant[one, other]) >= _MEANING


def _are_near(one: Read, other: Read) -> bool:
    """Say whether two numbers may count one thing: who are named may differ by more."""
    a, b = size_of(one.counted.figure), size_of(other.counted.figure)
    if a <= 0 or b <= 0:
        return (a <= 0) == (b <= 0)
    furthest = _FURTHEST if _are_two_voices(one, other) else _FURTHEST_UNNAMED
    return max(a, b) < furthest * min(a, b)


def _is_of_all(one: Read) -> bool:
    """Say whether a number may be of everybody: of people, of passengers or miners, of deaths.

    Children and soldiers are some of those whom something befell.
    """
    if not one.things:
        return True
    names = load_words()
    is_known = any(thing.startswith(NAMED) for thing in one.things)
    return all(names.is_one(thing, "whole") for thing in one.things) if is_known else one.is_general


def _are_of_one_place(one: Read, other: Read) -> bool:
    """Say whether two numbers of everybody whom something befell do not name two places."""
    is_placed = one.is_general and other.is_general and bool(one.things and other.things)
    return not is_placed or not one.things.isdisjoint(other.things)


def _are_told_alike(one: Read, other: Read) -> bool:
    """Say whether things that nothing befell are counted for one reason.

    "Ships" are everywhere in a story of the sea, and so are arrests and burnt houses: that two
    numbers count the same ones is told by a thing of which a story has one number alone.
    """
    names = load_words()
    known = [thing for thing in one.heads & other.heads if thing.startswith(NAMED)]
    is_single = any(names.is_one(thing, "single") for thing in known)
    is_voiced = any(names.is_one(thing, "voiced") for thing in known)
    is_rival = is_voiced and _are_two_voices(one, other)
    is_owned = one.head == other.head and _are_of_one_owner(one, other)
    return one.befell or is_single or is_rival or is_owned or bool(one.deeds and known)


def _are_of_one_owner(one: Read, other: Read) -> bool:
    """Say whether two differ on many things beside which one name stands: "Velda's profit"."""
    sizes = sorted((size_of(one.counted.figure), size_of(other.counted.figure)))
    is_near = sizes[0] > _MANY and sizes[1] < _FURTHEST_OWNED * sizes[0]
    return is_near and _are_two_sides(one, other) and not one.owners.isdisjoint(other.owners)


def _are_two_voices(one: Read, other: Read) -> bool:
    """Say whether two who are named give the numbers."""
    keys = {one.counted.figure.by_key, other.counted.figure.by_key}
    return len(keys) == 2 and "" not in keys


def _are_two_sides(one: Read, other: Read) -> bool:
    """Say whether two numbers are not of one speaker, and one of them of somebody named."""
    return one.counted.figure.by_key != other.counted.figure.by_key


def _are_two_sides_near(one: Read, other: Read) -> bool:
    """Say the same, where one of them is nobody's only of numbers near each other."""
    if _are_two_voices(one, other):
        return True
    a, b = sorted((size_of(one.counted.figure), size_of(other.counted.figure)))
    return _are_two_sides(one, other) and b < _FURTHEST_OWNED * a


def size_of(figure: Figure) -> float:
    """Return the number of a figure, of a range its first; 0.0 where none is known."""
    known = [n for n in (figure.value, figure.low, figure.high) if n is not None]
    return known[0] if known else 0.0
