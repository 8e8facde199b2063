"""How near one article is to another, for who looks for more to read.

Three witnesses: the likeness that was measured when the later of the two was placed, the telling
names that both are about, and the words that the page shares with one candidate and not with all:
what every candidate says does not tell which of them is the next to read. Pure; all numbers are
measured in bench/related.py.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from dateline.model import Entity, EntityKind, Kin, Neighbour, Telling
from dateline.text import base_language, list_tokens, list_words

BY_NAMES = 0.3  # what all the telling names of an article are worth, beside a score
BY_PERSON = 0.1  # what more it is worth that a person is among them
BY_READERS = 0.5  # what it is worth that `MANY` networks went on to an article, fewer by logarithm
MANY = 1000
FADING = timedelta(days=10)  # in which most of what nearness in time gives is gone
LASTING = 0.7  # what is left of a strength, however far two articles are apart

LOOKED = 400  # code points of a headline and lede that are compared
UNHELD = 0.3  # likeness of two of one story that were never held against each other …
WORDED = 1.7  # … and of two of different stories, for all the words of one in the other …
FEW_OTHERS = 4  # … of which half counts among so few candidates: any word seems rare among them
FOREIGN = 0.35  # share of words that two languages are taken to have in common, by likeness

TELLING = 3  # names by which others are looked for
SHORTEST = 3  # letters of one, where letters have capitals
COMMON = 0.05  # mentions an article of the store from which a name tells nothing …
FEW = 30  # … and mentions up to which it tells something on a site however small
TOGETHER = 2  # names of any kind that tell as much as a person's
WORDY = 0.25  # share of words that is a likeness where none was measured
TWICE = 2  # mentions from which on another article is about a name as well
HEADLINE = 1.5  # how much more a name weighs that stands in the headline


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near another article is."""

    sure: float  # by likeness, names and readers: whether it is related
    strength: float  # with the words it has in common among all candidates: which comes first
    about: str  # the name that says most of what both share, or ""
    told: bool = True  # there is something telling in common, not only time or a stray word


def measure_nearness(
    page: Neighbour, others: Sequence[Neighbour], names: Sequence[Telling]
) -> list[Nearness]:
    """Return how near each of these is to the page, in their order.

    `others` are all candidates: the fewer of them have a word, the more it counts.
    """
    guess = WORDED * len(others) / (len(others) + FEW_OTHERS)
    return [
        _measure(page, other, names, (words, guess * words))
        for other, words in zip(others, compare_words(page, others), strict=True)
    ]


def _measure(
    page: Neighbour, other: Neighbour, names: Sequence[Telling], words: tuple[float, float]
) -> Nearness:
    """Return how near one is; `words` are what both share, and what likeness that is a guess of."""
    shared = list_shared(other, names)
    named = bool(shared) and tells(page, other, shared)
    by_names, about = 0.0, ""
    if shared and (named or other.kin is not Kin.NONE):
        by_names = BY_NAMES * (1 - math.prod(1 - name.weight for name in shared))
        by_names += BY_PERSON * any(name.person for name in shared)
    if named:
        about = max(shared, key=lambda name: (name.weight, name.key)).name
    alike, common = other.score, words[0]
    foreign = base_language(other.language) != base_language(page.language)
    if not alike and other.kin is not Kin.NONE:
        alike = UNHELD
    elif not alike and not foreign and (named or common >= WORDY):
        alike = words[1]
    if foreign:
        common = FOREIGN * alike
    apart = abs(page.at - other.at) / FADING if page.dated and other.dated else 1.0
    lasting = LASTING + (1 - LASTING) * math.exp(-apart)
    read = BY_READERS * min(math.log1p(other.followed) / math.log1p(MANY), 1.0)
    sure = (alike + by_names) * lasting + read
    return Nearness(sure, sure + common * lasting, about, bool(alike or named or read))


def tells(page: Neighbour, other: Neighbour, shared: Sequence[Telling]) -> bool:
    """Say whether names in common are enough to tell that another article is related.

    A person's is, and so are two; one place or organisation is in many articles that have nothing
    else in common (a capital, a social network), unless the headlines of both have it. Where the
    two were found alike as well, any will do.
    """
    if shared and other.score:
        return True
    if len(shared) >= TOGETHER or any(name.person for name in shared):
        return True
    titles = set(list_words(page.headline)) & set(list_words(other.headline))
    words = [list_words(name.name) for name in shared]
    return any(name and titles.issuperset(name) for name in words)


def compare_words(page: Neighbour, others: Sequence[Neighbour]) -> list[float]:
    """Return what share of their telling words the page and each other have in common, 0..1.

    Words of headline and lede; each counts by how few of the page and the others have it.
    """
    own, *theirs = [_read_words(each) for each in (page, *others)]
    counts = Counter(own)
    for words in theirs:
        counts.update(words)
    texts = len(theirs) + 1
    rarities = [0.0, *(math.log(texts / n) for n in range(1, texts + 1))]
    rarity = dict(zip(counts, map(rarities.__getitem__, counts.values()), strict=True))
    mine = sum(map(rarity.__getitem__, own))
    return [
        sum(map(rarity.__getitem__, own & words))
        / (math.sqrt(mine * sum(map(rarity.__getitem__, words))) or 1.0)
        for words in theirs
    ]


def _read_words(one: Neighbour) -> frozenset[str]:
    return frozenset(list_tokens(f"{one.headline} {one.lede}"[:LOOKED]))


def list_shared(other: Neighbour, names: Iterable[Telling]) -> list[Telling]:
    """Return those of these names that another article is about as well.

    It says each at least twice, or in its headline: who is named in passing is not what it tells.
    """
    if not other.shared:
        return []
    often = dict(other.shared)
    title = set(list_words(other.headline))
    return [
        name
        for name in names
        if often.get(name.key, 0) >= TWICE
        or (name.key in often and not title.isdisjoint(list_words(name.name)[-1:]))
    ]


def find_telling(
    entities: Iterable[Entity],
    headline: str,
    mentions: Mapping[str, int],
    articles: int,
    reporters: Iterable[str] = (),
) -> tuple[Telling, ...]:
    """Return the names of an article by which others that tell of the same can be found.

    `mentions` says how often each key is mentioned in all `articles` of the store. A name that
    every twentieth article has says nothing; of the others those weigh most that are rare and that
    the article is about: named in its headline, or often. `reporters` are whom it has its report
    from, its outlet and the agencies it credits, and who else reports: an article names them to
    say where it has it from.
    """
    silent = _list_silent(reporters)
    title = set(list_words(headline))
    most = max(FEW, COMMON * articles)
    elsewhere = {
        entity.key: mentions.get(entity.key, 0) - len(entity.mentions) for entity in entities
    }
    found = [
        Telling(
            key=entity.key,
            name=entity.name,
            weight=round(_weigh(entity, title, elsewhere[entity.key] / most), 4),
            person=entity.kind is EntityKind.PERSON,
        )
        for entity in entities
        if 0 < elsewhere[entity.key] < most and entity.key and _is_told(entity.name)
        if tuple(list_words(entity.name)) not in silent
    ]
    return tuple(sorted(found, key=lambda each: (-each.weight, each.key))[:TELLING])


def _list_silent(reporters: Iterable[str]) -> set[tuple[str, ...]]:
    """Return the words of each name, without its first ("The") as well where two are left."""
    silent = {tuple(list_words(name)) for name in reporters}
    return silent | {words[1:] for words in silent if len(words) > TOGETHER}


def _is_told(name: str) -> bool:
    """Say whether a name tells a reader who is meant: two letters (ET, AR) seldom do.

    Two signs of a script without capitals may be a whole name.
    """
    return len(name) >= SHORTEST or name.lower() == name.upper()


def _weigh(entity: Entity, title: set[str], commonness: float) -> float:
    words = list_words(entity.name)
    named = entity.kind is not EntityKind.PERSON  # a person is often called by the last word alone
    in_title = all(word in title for word in words) if named else bool(title & set(words[-1:]))
    often = 1 - 1 / (1 + len(entity.mentions))
    centre = min(often * (HEADLINE if in_title and words else 1.0), 1.0)
    return centre * (1 - math.sqrt(min(commonness, 1.0)))
