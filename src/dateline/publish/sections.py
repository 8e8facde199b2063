"""Sections of many outlets under one name: "Ausland", "Mundo" and "World" are one section here.

Where an article is filed, the first that is known:

    1. the section that the operator gave its source
    2. the section that the operator's table gives for the outlet's own name
    3. the outlet's own name, where our table (`sections.toml`) knows it
    4. the folders of its address, where our table knows one
    5. the outlet's own name as it is

Our sections are the 17 top-level topics of IPTC Media Topics (IPTC, CC BY 4.0) and four sections of
newspapers: world, nation, regional, opinion. A country's name is the nation for outlets of that
country and the world for others. A name that means one thing in one language and another in the
next ("magazin") is first looked up in the outlet's own.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

from dateline.model import Filing, Source
from dateline.text import base_language, make_slug, squeeze

WORLD, NATION = "world", "nation"
LONGEST = 100  # characters of a name
MOST_FOLDERS = 5
MOST_WORDS = 4  # of a name of which the first or the last words may be looked up
_SHORT = 6  # letters
_TABLES = ("places", "words")
_MARKS = re.compile(r"[&/,;|>+·•:–—・、，／｜]")
# How addresses write letters that Unicode does not take apart: one letter each, then as Danes,
# Germans and others spell them out.
_PLAIN = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th"}
)
_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The table of names, each as an address writes it."""

    sections: tuple[str, ...]  # the keys, in their order
    topics: Mapping[str, str]  # key -> number of the IPTC Media Topic
    names: Mapping[str, str]  # name -> key
    spoken: Mapping[tuple[str, str], str]  # language, name -> key, where that is another one
    folders: Mapping[str, str]  # word of an address -> key
    places: Mapping[str, str]  # name of a country -> its code
    inside: frozenset[str]  # names that count inside longer names
    empty: frozenset[str]  # words that say nothing
    joining: frozenset[str]  # "and"
    made_by: str


@cache
def read_names() -> Names:
    """Return the table that comes with the program."""
    text = files("dateline.publish").joinpath("sections.toml").read_text("utf-8")
    table: dict[str, dict[str, Any]] = tomllib.loads(text)
    blocks = {key: block for key, block in table.items() if key not in _TABLES}
    joining = frozenset(make_slug(word) for word in table["words"]["and"])
    names = {make_slug(key): key for key in blocks}
    folders: dict[str, str] = {}
    spoken: dict[tuple[str, str], str] = {}
    for key, field, name in _list_said(blocks):
        slug = make_slug(name)
        (folders if field == "paths" else names).setdefault(slug, key)
        if field != "paths":
            spoken.setdefault((field, slug), key)
    for key, _field, name in _list_said(blocks):
        for other in _list_spellings(name, joining):
            names.setdefault(other, key)
    return Names(
        sections=tuple(blocks),
        topics={key: block["medtop"] for key, block in blocks.items() if "medtop" in block},
        names=names,
        spoken={pair: key for pair, key in spoken.items() if names.get(pair[1], key) != key},
        folders=folders,
        places={make_slug(name): code for code, said in table["places"].items() for name in said},
        inside=frozenset(_list_inside(blocks, names)),
        empty=frozenset(make_slug(word) for word in table["words"]["news"]),
        joining=joining,
        made_by=f"sections/3 {hashlib.blake2b(text.encode(), digest_size=4).hexdigest()}",
    )


def _list_inside(
    blocks: Mapping[str, Mapping[str, Any]], names: Mapping[str, str]
) -> Iterator[str]:
    """Yield the names that also count as the first or the last words of longer ones."""
    for key, field, name in _list_said(blocks):
        slug = make_slug(name, longest=LONGEST)
        # Without its accents a short word is too often another language's: Estonian "sõda".
        is_other = len(slug) < _SHORT and slug.isascii() and not name.isascii()
        is_said = field != "paths" and len(slug) > 2 and not is_other
        if is_said and blocks[key].get("inside") and names[slug] == key:
            yield slug


def _list_spellings(name: str, joining: frozenset[str]) -> Iterator[str]:
    """Yield how else a name is written, where nothing else is: "Oesterreich", "Eat & Drink"."""
    slug = make_slug(name, longest=LONGEST)
    yield slug.translate(_PLAIN)
    yield make_slug(name.casefold().translate(_SPELT), longest=LONGEST)
    if words := [word for word in slug.split("-") if word not in joining]:
        yield "-".join(words)


def _list_said(blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """Yield each name with its key, and with the language (or "paths") that it stands under."""
    for key, block in blocks.items():
        lists = ((field, said) for field, said in block.items() if isinstance(said, list))
        yield from ((key, field, name) for field, said in lists for name in said)


def list_topics() -> Mapping[str, str]:
    """Return our sections that are a topic of IPTC Media Topics, each with its number there."""
    return read_names().topics


def file_article(source: Source, own: str, url: str) -> Filing:
    """Return where an article is filed that its outlet files under `own`, see above."""
    own, spoken = squeeze(own[: 4 * LONGEST])[:LONGEST], base_language(source.language)
    given = squeeze(source.section) or _find_given(source.sections, own)
    section = (
        (find_section(given, source.country, spoken) or given)
        or find_section(own, source.country, spoken)
        or find_folder(url, source.country, spoken)
        or (own if _says_something(own) else "")
    )
    return Filing(section=section, own=own, made_by=read_names().made_by)


@lru_cache(maxsize=4096)
def find_section(name: str, country: str = "", language: str = "") -> str:
    """Return the key of our section with this name, "" where it is not known.

    Tried are the name, the name without words like "news", its parts ("Science & Environment"),
    and the words with which it ends or begins ("UK Politics"). Country and language are the
    outlet's.
    """
    if len(name) > LONGEST:
        return ""
    whole = make_slug(name, longest=LONGEST)
    parts = [make_slug(part, longest=LONGEST) for part in _MARKS.split(name)]
    tried = [whole, *parts] if len(parts) > 1 else [whole]
    pieces = [piece for slug in tried for piece in _split(slug)]
    for piece in (*tried, *pieces):
        if found := _look_up(piece, country, language):
            return found
    return next((found for slug in tried if (found := _look_inside(slug))), "")


@lru_cache(maxsize=4096)
def _find_in_folder(folder: str, country: str, language: str) -> str:
    table, slug = read_names(), make_slug(folder, longest=LONGEST)
    if found := table.folders.get(slug):
        return found
    # Two letters are more often a language (/it/) than a name.
    is_code = len(slug) == 2 and slug.isascii() and slug.isalpha() and slug not in table.places
    return "" if is_code else find_section(folder, country, language)


def find_folder(url: str, country: str = "", language: str = "") -> str:
    """Return the section that the folders of an address name; a topic before a place."""
    path = url[:2000].partition("://")[2].partition("?")[0].partition("#")[0]
    folders = [unquote(part) for part in path.split("/")[1:-1][:MOST_FOLDERS]]
    found = [_find_in_folder(part, country, language) for part in folders if len(part) <= LONGEST]
    known = [section for section in found if section]
    topics = read_names().topics
    return next((section for section in known if section in topics), next(iter(known), ""))


def _says_something(own: str) -> bool:
    return not set(make_slug(own, longest=LONGEST).split("-")) <= read_names().empty


def _find_given(sections: Sequence[tuple[str, str]], own: str) -> str:
    wanted = make_slug(own, longest=LONGEST)
    return next((to for name, to in sections if wanted and make_slug(name) == wanted), "")


def _look_up(slug: str, country: str, language: str) -> str:
    table = read_names()
    if found := table.spoken.get((language, slug)) or table.names.get(slug):
        return found
    code = table.places.get(slug)
    if code is None:
        return ""
    return NATION if code == country.upper() else WORLD


def _split(slug: str) -> Iterator[str]:
    """Yield a name without the words that say nothing, then what stands between its "and"s."""
    table = read_names()
    words = slug.split("-")
    while words and words[0] in table.empty:
        words = words[1:]
    while words and words[-1] in table.empty:
        words = words[:-1]
    yield "-".join(words)
    part: list[str] = []
    for word in [*words, ""]:
        if word and word not in table.joining:
            part.append(word)
        elif part:
            yield "-".join(part)
            part = []


def _look_inside(slug: str) -> str:
    table = read_names()
    words = slug.split("-")
    if len(words) > MOST_WORDS:
        return ""  # more likely a headline
    ends = [words[at:] for at in range(1, len(words))]
    begins = [words[:at] for at in range(len(words) - 1, 0, -1)]
    tried = ("-".join(some) for some in (*ends, *begins))
    return next((table.names[some] for some in tried if some in table.inside), "")
