"""What outlets and languages are called by those who look for them: names, hosts, tags."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from babel import Locale

from dateline.model import Source
from dateline.publish.speaking import list_languages
from dateline.text import base_language, make_slug
from dateline.urls import read_host
from dateline.web.languages import language_name

_KEPT = 20_000


def find_outlets(asked: str, sources: Mapping[str, Source]) -> list[str]:
    """Return the keys of the outlets that are called so.

    They are the first of these that there are: the one with that key; those with that key, name or
    host ("www." aside) in full; those with these words, whole, in their name, or as a part of
    their host ("cnn" and "cnn.com" of edition.cnn.com).
    """
    if asked in sources:
        return [asked]
    if not make_slug(asked):
        return []
    tests = (_is_called, _has_words)
    found = ((key for key, one in sources.items() if test(one, asked)) for test in tests)
    return next((keys for each in found if (keys := sorted(each))), [])


def find_languages(asked: str, languages: Iterable[str]) -> list[str]:
    """Return the tags that are written so, or whose language is, or is called so.

    A language is called what it calls itself, and what any language of the interface calls it.
    """
    wanted, name = asked.casefold(), make_slug(asked)
    tests: tuple[Callable[[str], bool], ...] = (
        lambda tag: tag.casefold() == wanted,
        lambda tag: base_language(tag) == wanted,
        lambda tag: bool(name) and name in _list_names(base_language(tag)),
    )
    known = list(languages)
    found = (list(filter(test, known)) for test in tests)
    return next(filter(None, found), [])


def _is_called(source: Source, asked: str) -> bool:
    called = (_slug(source.key), _slug(source.name))
    return _slug(asked) in called or _cut_host(asked) == _read_host(source.home)


def _has_words(source: Source, asked: str) -> bool:
    host, end = _read_host(source.home), _cut_host(asked)
    if "." in end:
        return host.endswith(f".{end}")
    slug = _slug(asked)
    labels = host.split(".")[:-1]
    # An outlet that nobody gave a name is called by its host.
    is_named = _cut_host(source.name) != host
    within = is_named and f"-{slug}-" in f"-{_slug(source.name)}-"
    return within or slug in labels or slug.replace("-", "") in labels


def _cut_host(text: str) -> str:
    return text.casefold().removeprefix("www.")


_slug = lru_cache(_KEPT)(make_slug)


@lru_cache(_KEPT)
def _read_host(home: str) -> str:
    return read_host(home).removeprefix("www.")


@lru_cache(_KEPT)
def _list_names(tag: str) -> frozenset[str]:
    """Return the slugs of what a language is called."""
    names = (Locale.parse(each).languages.get(tag, "") for each in list_languages())
    return frozenset(filter(None, map(make_slug, (language_name(tag), *names))))
