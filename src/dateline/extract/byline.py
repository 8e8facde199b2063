"""Who wrote it: names of persons, without agencies' desks, roles, dates and addresses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dateline import text as words
from dateline.extract import jsonld
from dateline.extract.tree import Page, text_inside

_MOST = 12  # names
_BY = re.compile(
    r"^(?:written\s+by|reported\s+by|story\s+by|by|von|par|por|di|da|av|af|door|od|autor(?:en|es|ka)?|"
    r"autore|auteur|author|texte?|text\s+von|автор|автори|текст|от|από|του|της|tekst|skrevet\s+av|"
    r"teksti|kirjoittaja|yazan)\s*[:：]?\s+",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:[,;|•·&/\n]|\s[–—-]\s|\s+(?:and|und|et|y|e|en|og|och|ja|oraz|i|и|та|і|και|with|mit|avec|con)\s+)\s*",
)
_NOT_A_NAME = re.compile(
    r"[@:©]|www\.|\d|\b(?:staff|redaktion|redaktionen|redacci[oó]n|redazione|r[eé]daction|redacc?[aã]o|"
    r"redactie|editorial|newsroom|desk|team|reporters?|writer|correspondent|korrespondentin?|editor|"
    r"editors|contributor|journalist|agenc\w+|agentur\w*|newswire|admin|webmaster|updated|published|"
    r"редакция|редакція|редакции|сегодня|news|media|photograph\w*|foto|video|subscribe|newsletter|"
    r"minutes?|ago|share|twitter|facebook)\b",
    re.IGNORECASE,
)
_ROLE_AFTER = re.compile(r"\s*(?:기자|특파원|記者|记者|編集委員)$")
_TEXT_LINE = re.compile(
    r"^(?:By|Von|Par|Por|Di|Av|Af|Door|Автор:|Текст:)\s+(?P<names>\S.{2,120})$", re.IGNORECASE
)
_MARKED = (
    "//*[@rel='author']",
    "//*[@itemprop='author']",
    (
        "//*[contains(@class, 'byline') or contains(@class, 'author-name') or "
        "contains(@class, 'author__name') or contains(@class, 'article-author') or "
        "contains(@class, 'article__author') or contains(@class, 'autor')]"
        "[not(ancestor-or-self::figure) and not(ancestor::aside)]"
    ),
)
_MARK = re.compile("author|byline|autor")  # what any of those paths would look for
_NAMES_INSIDE = ".//*[@itemprop='name'] | .//a[normalize-space()] | .//li[normalize-space()]"
_LONGEST_LINE = 150
_PICTURE = re.compile(r"^(?:foto|photo|bild|image|quelle|©|фото|imagen|cr[eé]dit)", re.IGNORECASE)
_DOMAIN = re.compile(
    r"\b[\w-]+\.(?:com|org|net|de|at|ch|fr|es|it|nl|be|uk|tv|info|is|no|se|dk|tr|pl|ru|ua)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """The names of persons, and the lines as they stand, in which agencies may be named."""

    names: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


NO_BYLINE = Byline()


def read_byline(page: Page, source: str) -> Byline:
    """Return who stands as the authors, from the first place that names a person."""
    outlet = source or page.meta("og:site_name")
    lines: list[str] = []
    for claim in _claims(page):
        lines += claim
        names = clean_names(claim, outlet)
        if names:
            return Byline(names=names, lines=tuple(dict.fromkeys(lines)))
    return Byline(lines=tuple(dict.fromkeys(lines)))


def _claims(page: Page) -> Iterator[list[str]]:
    yield list(_from_jsonld(page.article.get("author")))
    yield [*page.metas.get("article:author", ()), *page.metas.get("author", ())]
    yield list(page.metas.get("parsely-author", ()))
    said = page.meta("sailthru.author", "dc.creator", "dcterms.creator", "byl")
    yield [said] if said else []
    for path in _MARKED:
        found = page.root.xpath(path)[:4] if _MARK.search(page.html) else ()
        yield [line for element in found for line in _read_marked(element)]


def _read_marked(element: Any) -> list[str]:
    """Return the names inside a byline: one a link or item where it has several, else its words."""
    inner = [text for part in element.xpath(_NAMES_INSIDE)[:_MOST] if (text := text_inside(part))]
    lines = inner if len(inner) > 1 else [text_inside(element)]
    return [line for line in lines if 0 < len(line) <= _LONGEST_LINE and not _PICTURE.match(line)]


def _from_jsonld(value: Any) -> Iterator[str]:
    for item in (value if isinstance(value, list) else [value])[:_MOST]:
        if isinstance(item, list):
            yield from _from_jsonld(item)
        elif isinstance(item, dict) and isinstance(item.get("name"), list):
            yield from jsonld.list_of(item["name"])
        elif text := jsonld.text_of(item):
            yield text


def clean_names(lines: list[str], outlet: str) -> tuple[str, ...]:
    """Return the names of people in author lines, each once, in order."""
    names: dict[str, str] = {}
    for name in (name for line in lines for name in _split_line(line)):
        if _is_name(name, outlet):
            names.setdefault(name.casefold(), name)
    return tuple(names.values())[:_MOST]


def _split_line(line: str) -> Iterator[str]:
    line = re.sub(r"\([^()]{0,60}\)|\S+@\S+|https?://\S+", " ", words.squeeze(line))
    if _DOMAIN.search(line):
        return
    line = _BY.sub("", _BY.sub("", line.strip()))
    for part in _SPLIT.split(line):
        name = _BY.sub("", part.strip(" .,:;*_-–—"))
        # "Anna Ray in Berlin": the place is not part of the name.
        name = re.split(r"\s+(?:in|à|aus|at|for|für|pour|из|for)\s+", name)[0].strip()
        yield _recase(name)


def _recase(name: str) -> str:
    name = _ROLE_AFTER.sub("", name)
    if name.isupper() and len(name) > 5 and " " in name:
        return name.title()
    return name


def _is_name(name: str, outlet: str) -> bool:
    count = len(name.split())
    if not 0 < count <= 5 or not 1 < len(name) <= 60 or _NOT_A_NAME.search(name):
        return False
    if not any(map(str.isalpha, name)) or name[:1].islower():
        return False
    own = "".join(words.list_words(outlet))
    return not own or "".join(words.list_words(name)) != own


def read_text_byline(lines: list[str], outlet: str) -> Byline:
    """Return the names of a "By X and Y" line among the first lines of a plain text."""
    for line in lines:
        match = _TEXT_LINE.match(line.strip())
        if match and not line.rstrip().endswith("."):
            return Byline(names=clean_names([match["names"]], outlet), lines=(line.strip(),))
    return Byline()
