"""What a search asks of the index, written in the language of each database.

Words reach it as tokens of letters and digits, and tags as our own tokens: nothing that a reader
types has a meaning in a database's query language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from types import MappingProxyType

from dateline.model import ArticleId, StoryId
from dateline.store.engine import Tx
from dateline.store.forms import find_forms
from dateline.store.index import (
    entity_tag,
    language_tag,
    list_languages,
    section_tag,
    share_pair,
    source_tag,
    speaker_tag,
)
from dateline.store.sources import find_source_id
from dateline.store.terms import SHORTEST_PREFIX, TYPED, Cut, Term, cut_term
from dateline.store.tokens import fold, is_spaced, list_pairs, list_tokens
from dateline.text import base_language

MOST_TERMS = 32  # of each kind in a query
PAIRS_SQLITE, PAIRS_POSTGRES = 2, 1  # words of a phrase that need no look at the text
Begun = Mapping[str, Sequence[str]]  # by what they begin with: words, or pairs of words


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of articles beside their words; of several values of one kind any will do.

    `people`, `places` and `speakers` are keys; `people.find_namesakes` has those of a name.
    """

    sources: tuple[str, ...] = ()  # keys
    languages: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    people: tuple[str, ...] = ()  # who is named: also organisations
    places: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()  # who is reported to have said something
    stories: tuple[StoryId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """What a reader looks for: all terms, one of each group of `either`, every kind of fact;
    nothing of `without`.

    Of a phrase in `either` each two neighbours must stand together somewhere in the text, which is
    as good as always the phrase. `before` is the moment and id of the last card on the page above.
    """

    terms: tuple[Term, ...] = ()
    either: tuple[tuple[Term, ...], ...] = ()
    facts: Facts = field(default_factory=Facts)
    without_terms: tuple[Term, ...] = ()
    without: Facts = field(default_factory=Facts)
    since: datetime | None = None
    until: datetime | None = None
    before: tuple[datetime, ArticleId] | None = None
    limit: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """What to look for in the index."""

    terms: tuple[Cut, ...]
    tags: tuple[tuple[str, ...], ...] = ()  # of each group one
    without_terms: tuple[Cut, ...] = ()
    without_tags: tuple[str, ...] = ()
    either: tuple[tuple[Cut, ...], ...] = ()  # of each group one
    languages: tuple[str, ...] = ()  # in which words have forms

    @property
    def asks(self) -> bool:
        """Whether the index is asked at all."""
        return bool(self.terms or self.tags or self.either)


def make_matching(tx: Tx, wanted: SearchQuery) -> Matching | None:
    """Return what to look for in the index, None where nothing can be found."""
    terms, groups = cut_terms(wanted.terms), _list_groups(tx, wanted.facts)
    either = tuple(map(cut_terms, wanted.either))
    if not all(groups) or not all(either) or (wanted.terms and not terms):
        return None
    without, without_terms = _list_groups(tx, wanted.without), cut_terms(wanted.without_terms)
    return Matching(
        terms=terms,
        tags=tuple(groups),
        without_terms=without_terms,
        without_tags=tuple(tag for group in without for tag in group),
        either=either,
        languages=list_spoken(tx, wanted, (*terms, *without_terms, *chain(*either))),
    )


def list_spoken(tx: Tx, wanted: SearchQuery, terms: Sequence[Cut]) -> tuple[str, ...]:
    """Return the languages in which the forms of words are looked for: the store's, or `lang:`."""
    if not any(term.word for term in terms):
        return ()
    asked = wanted.facts.languages
    return tuple(dict.fromkeys(map(base_language, asked))) if asked else list_languages(tx)


def cut_terms(terms: Sequence[Term]) -> tuple[Cut, ...]:
    """Return the terms as they are looked for, each once."""
    found = dict.fromkeys(filter(None, map(cut_term, terms)))
    return tuple(found)[:MOST_TERMS]


def is_short(beginning: str) -> bool:
    """Say whether a beginning has too few letters and is taken for a whole word.

    In scripts without spaces every letter is a token: there words that begin so are found anyway.
    """
    last = list_tokens(beginning[:TYPED])[-1:]
    return any(len(token) < SHORTEST_PREFIX for token in last) and is_spaced(fold(beginning))


def write_sqlite(matching: Matching, begun: Begun = MappingProxyType({})) -> str:
    """Return the expression for FTS5; `begun` has the words for beginnings where they are known."""
    tongues = matching.languages
    parts = [" AND ".join(_quote_pairs(term, begun, tongues)) for term in matching.terms]
    parts += [_quote_any(group) for group in matching.tags]
    for group in matching.either:
        ways = (" AND ".join(_quote_pairs(term, begun, tongues)) for term in group)
        parts.append("({})".format(" OR ".join(f"({way})" for way in ways)))
    query = " AND ".join(parts)
    listed = list_without(matching, PAIRS_SQLITE)
    never = [quoted for term in listed for quoted in _quote_pairs(term, begun, tongues)]
    never += [f'"{tag}"' for tag in matching.without_tags]
    return f"({query}) NOT ({' OR '.join(never)})" if never else query


def find_beginning(term: Cut) -> str:
    """Return what the last word, or pair of words, of a term begins with (SQLite)."""
    return term.tokens[0] if len(term.tokens) == 1 else list_pairs(term.tokens)[-1]


def _quote_pairs(term: Cut, begun: Begun, languages: Sequence[str]) -> list[str]:
    if term.word:
        return [_quote_any(find_forms(term.word, languages))]
    tokens = term.tokens
    quoted = [f'"{one}"' for one in (tokens if len(tokens) == 1 else list_pairs(tokens))]
    if not term.prefix:
        return quoted
    words = begun.get(find_beginning(term), ())
    return [*quoted[:-1], _quote_any(words) if words else quoted[-1] + " *"]


def _quote_any(tokens: Sequence[str]) -> str:
    quoted = " OR ".join(f'"{token}"' for token in tokens)
    return quoted if len(tokens) == 1 else f"({quoted})"


def write_postgres(matching: Matching) -> list[str]:
    """Return expressions for a tsquery that must all match, what is likely rare first.

    GIN goes through the lists of several expressions in step, each skipping to where the others
    are; within one it goes through the whole of its shortest list. A shared list of pairs is
    shorter than those of most words, a long word is rarer than a short one.
    """
    tongues = matching.languages
    cut = [_quote_words(term, tongues) for term in matching.terms]
    pairs = [pair for _words, pairs in cut for pair in pairs]
    sized = [sized for words, _pairs in cut for sized in words]
    words = [quoted for _size, quoted in sorted(sized, key=lambda one: one[0], reverse=True)]
    groups = [_join_any(group) for group in matching.tags]
    groups += [_write_either(group, tongues) for group in matching.either]
    first, *rest = dict.fromkeys([*pairs, *words, *groups])
    unwanted = [_quote_words(term, tongues) for term in list_without(matching, PAIRS_POSTGRES)]
    never = [quoted for words, _pairs in unwanted for _size, quoted in words]
    never += [pair for _words, pairs in unwanted for pair in pairs]
    never += [f"'{tag}'" for tag in matching.without_tags]
    return [" & ".join([first, *(f"!{quoted}" for quoted in never)]), *rest]


def _quote_words(term: Cut, languages: Sequence[str]) -> tuple[list[tuple[int, str]], list[str]]:
    """Return the words of a term, each with how long it is, and the shared lists of its pairs."""
    tokens = term.tokens
    if term.word:
        return [(len(tokens[0]), _join_any(find_forms(term.word, languages)))], []
    words = [(len(one), f"'{one}'") for one in tokens]
    pairs = list_pairs(tokens[:-1] if term.prefix else tokens)
    if term.prefix:
        words[-1] = (words[-1][0], words[-1][1] + ":*")
    return words, [f"'{share_pair(pair)}'" for pair in pairs]


def _write_either(group: Sequence[Cut], languages: Sequence[str]) -> str:
    cut = (_quote_words(term, languages) for term in group)
    ways = (" & ".join([*(quoted for _size, quoted in words), *pairs]) for words, pairs in cut)
    return "({})".format(" | ".join(f"({way})" for way in ways))


def _join_any(tokens: Sequence[str]) -> str:
    return "({})".format(" | ".join(f"'{token}'" for token in tokens))


def list_without(matching: Matching, most: int) -> list[Cut]:
    """Return what is not wanted and stands in the index as it is: up to so many words together."""
    return [term for term in matching.without_terms if len(term.tokens) <= most]


def _list_groups(tx: Tx, facts: Facts) -> list[tuple[str, ...]]:
    """Return the tags of each kind of fact that is given; () where none exists."""
    known = (find_source_id(tx, key) for key in facts.sources)
    groups = [
        (facts.sources, [source_tag(one) for one in known if one is not None]),
        (facts.languages, [language_tag(one) for one in facts.languages]),
        (facts.sections, [section_tag(one) for one in facts.sections]),
        (facts.people, [entity_tag(key) for key in facts.people]),
        (facts.places, [entity_tag(key) for key in facts.places]),
        (facts.speakers, [speaker_tag(key) for key in facts.speakers]),
    ]
    return [tuple(dict.fromkeys(tags)) for given, tags in groups if given]
