"""Whom does an article name as where it has its report from?

A name alone is no credit ("Reuters shares fell"): it must stand in a byline, a dateline, a source
line, a closing mark, or beside a word that makes it a source ("told AFP", "сообщает ТАСС").
The names are `agencies.toml`, the words `cues.toml`; both are data that anyone can extend.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.model import Credit, Span
from dateline.origins.cues import judge_named
from dateline.origins.marks import find_closing, find_datelines, read_source_line
from dateline.origins.names import load_names
from dateline.origins.unlisted import find_unlisted
from dateline.text import make_slug, squeeze
from dateline.urls import read_host

_LONGEST_CLUE = 300  # a byline longer than this is not one
_LONGEST_TEXT = 200_000  # an article longer than this is credited by its beginning
_MOST_JUDGED = 16  # mentions of one agency that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditClues:
    """What is known about an article beside its text."""

    bylines: tuple[str, ...] = ()
    source_line: str = ""  # the page's line "Source: …", without or with that word
    language: str = ""  # not used yet: words of all languages are looked for
    entry_credit: str = ""  # RSS <source>, Atom <source><title>: whom the feed credits
    based_on: tuple[str, ...] = ()  # schema.org isBasedOn and the like: addresses or names
    outlet: str = ""  # the outlet's own name, which is no credit to itself


def find_credits(text: str, clues: CreditClues) -> tuple[Credit, ...]:
    """Return each agency or outlet that the article credits, once, with the strongest evidence.

    The span is where the name first stands as a credit in `text`, None where it is only a clue.
    Those of the clues come first, then the others in the order of the text.
    """
    found: dict[str, Credit] = {}
    for credit in (*_read_clues(clues), *_read_text(text[:_LONGEST_TEXT])):
        if not _is_itself(credit, clues.outlet):
            _add(found, credit)
    return tuple(found.values())


_STRENGTH = ("byline", "dateline", "source line", "feed source", "json-ld", "in text")


def _add(found: dict[str, Credit], credit: Credit) -> None:
    known = found.get(credit.key)
    if known is None:
        found[credit.key] = credit
        return
    how = min(known.how, credit.how, key=_STRENGTH.index)
    found[credit.key] = replace(known, how=how, span=known.span or credit.span)


def _is_itself(credit: Credit, outlet: str) -> bool:
    """An outlet does not credit itself; an agency's own dateline stays, it says what this is."""
    if not outlet or credit.how in {"byline", "dateline"}:
        return False
    return make_slug(outlet) in {make_slug(credit.name), credit.key}


def _read_text(text: str) -> list[Credit]:
    known: list[Credit] = []
    taken: list[tuple[int, int]] = []
    judged: Counter[str] = Counter()
    for named in load_names().find(text):
        span = (named.start, named.end)
        taken.append(span)
        judged[named.agency.key] += 1
        how = judge_named(text, named) if judged[named.agency.key] <= _MOST_JUDGED else ""
        if how:
            known.append(Credit(name=named.agency.name, key=named.agency.key, how=how, span=span))
    known.extend(find_unlisted(text, taken))
    marked = (*find_datelines(text), *find_closing(text))
    known.extend(credit for credit in marked if not _overlaps(credit, taken))
    return sorted(known, key=lambda credit: credit.span or (0, 0))


def _overlaps(credit: Credit, taken: Sequence[Span]) -> bool:
    start, end = credit.span or (0, 0)
    return any(first < end and start < last for first, last in taken)


def _read_clues(clues: CreditClues) -> Iterator[Credit]:
    for byline in clues.bylines:
        yield from _read_clue(byline, "byline")
    yield from _read_clue(clues.source_line, "source line")
    for credit in read_source_line(squeeze(clues.source_line[:_LONGEST_CLUE])):
        if not any(load_names().find(credit.name)):
            yield credit
    yield from _read_whole(clues.entry_credit, "feed source")
    for basis in clues.based_on:
        yield from _read_basis(basis)


def _read_clue(clue: str, how: str) -> Iterator[Credit]:
    """Every listed name counts here: the place itself is the cue."""
    clue = squeeze(clue[:_LONGEST_CLUE])
    for named in load_names().find(clue):
        yield Credit(name=named.agency.name, key=named.agency.key, how=how)
    for credit in find_unlisted(clue, [(n.start, n.end) for n in load_names().find(clue)]):
        yield replace(credit, how=how, span=None)


def _read_whole(clue: str, how: str) -> Iterator[Credit]:
    """The clue is a name as a whole, listed or not."""
    clue = squeeze(clue[:_LONGEST_CLUE])
    listed = list(_read_clue(clue, how))
    if listed or not make_slug(clue):
        yield from listed
    else:
        yield Credit(name=clue, key=make_slug(clue), how=how)


def _read_basis(basis: str) -> Iterator[Credit]:
    host = read_host(basis)
    if not host:
        yield from _read_whole(basis, "json-ld")
        return
    parts = host.split(".")
    for start in range(len(parts) - 1):
        agency = load_names().by_host.get(".".join(parts[start:]))
        if agency:
            yield Credit(name=agency.name, key=agency.key, how="json-ld")
            return
