"""Who wrote it: names of persons, without agencies' desks, roles, dates and addresses."""

import re
from collections.abc import Iterator
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
_COLON = re.compile(r"^[^:]{2,20}[:：]\s*")
_SPLIT = re.compile(
    r"\s*(?:[,;|•·&/\n]|\s[–—-]\s|\s+(?:and|und|et|y|e|en|og|och|ja|oraz|i|и|та|і|και|with|mit|avec|con)\s+)\s*",
)
_NOT_A_NAME = re.compile(
    r"@|https?:|www\.|\d|\b(?:staff|redaktion|redaktionen|redacci[oó]n|redazione|r[eé]daction|redacc?[aã]o|"
    r"redactie|editorial|newsroom|desk|team|reporters?|writer|correspondent|korrespondentin?|editor|"
    r"editors|contributor|journalist|agenc\w+|agentur\w*|newswire|admin|webmaster|updated|published|"
    r"редакция|редакція|редакции|сегодня|news|media|photograph\w*|foto|video|subscribe|newsletter|"
    r"minutes?|ago|share|twitter|facebook)\b",
    re.IGNORECASE,
)
_TEXT_LINE = re.compile(
    r"^(?:By|Von|Par|Por|Di|Av|Af|Door|Автор:|Текст:)\s+(?P<names>\S.{2,120})$", re.IGNORECASE
)
_MARKED = (
    "//*[@rel='author']",
    "//*[@itemprop='author']//*[@itemprop='name'] | //*[@itemprop='author'][not(.//*[@itemprop='name'])]",
    "//*[contains(@class, 'byline') or contains(@class, 'author-name') or "
    "contains(@class, 'author__name') or contains(@class, 'article-author') or "
    "contains(@class, 'article__author') or contains(@class, 'autor')]",
)


def read_byline(page: Page, source: str) -> tuple[str, ...]:
    """Return the names that stand as the authors, agencies among them; dates and roles are dropped."""
    outlet = source or page.meta("og:site_name")
    for claim in _claims(page):
        names = clean_names(claim, outlet)
        if names:
            return names
    return ()


def _claims(page: Page) -> Iterator[list[str]]:
    yield list(_from_jsonld(page.article.get("author")))
    yield list(page.metas.get("article:author", ())) + list(page.metas.get("author", ()))
    yield list(page.metas.get("parsely-author", ())) or [
        page.meta("sailthru.author", "dc.creator", "dcterms.creator", "byl", "cxenseparse:author")
    ]
    for path in _MARKED:
        yield [
            line
            for element in page.root.xpath(path)[:6]
            if (line := text_inside(element)) and len(line) <= 150
        ]


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
    for line in lines:
        for name in _split_line(line):
            if _is_name(name, outlet):
                names.setdefault(name.casefold(), name)
    return tuple(names.values())[:_MOST]


def _split_line(line: str) -> Iterator[str]:
    line = re.sub(r"\([^()]{0,60}\)|\S+@\S+|https?://\S+", " ", words.squeeze(line))
    line = _BY.sub("", _BY.sub("", line.strip()))
    for part in _SPLIT.split(line):
        name = _BY.sub("", part.strip(" .,:;*_-–—"))
        # "Anna Ray in Berlin": the place is not part of the name.
        name = re.split(r"\s+(?:in|à|aus|at|for|für|pour|из|for)\s+", name)[0].strip()
        yield _recase(name)


def _recase(name: str) -> str:
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


def read_text_byline(lines: list[str], outlet: str) -> tuple[str, ...]:
    """Return the names of a "By X and Y" line among the first lines of a plain text."""
    for line in lines:
        match = _TEXT_LINE.match(line.strip())
        if match and not line.rstrip().endswith("."):
            return clean_names([match["names"]], outlet)
    return ()
