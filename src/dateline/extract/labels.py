"""What a page is filed under: section, keywords, canonical address, lede, free or behind a wall."""

import re
from urllib.parse import unquote

from dateline import text as words
from dateline.extract import jsonld
from dateline.extract.tree import Page
from dateline.urls import canonicalise, parse_web_url, read_host

_LEDE = 600  # characters
_NOT_SECTIONS = frozenset(
    [
        "news",
        "article",
        "articles",
        "story",
        "stories",
        "home",
        "homepage",
        "index",
        "a",
        "p",
        "en",
        "de",
        "fr",
        "es",
        "it",
        "content",
        "amp",
        "post",
        "posts",
        "blog",
        "archive",
        "archives",
        "artikel",
        "nachrichten",
        "noticias",
        "actualites",
        "www",
        "web",
    ]
)


def read_section(page: Page) -> str:
    """Return the section that the page names: meta, JSON-LD, breadcrumbs, then its address."""
    said = page.meta("article:section", "parsely-section", "cxenseparse:section", "section")
    said = said or jsonld.text_of(page.article.get("articleSection"))
    for found in (said, _from_breadcrumbs(page), _from_address(page.url)):
        label = _tidy_section(found)
        if label:
            return label
    return ""


def _tidy_section(found: str) -> str:
    """Return a section as readers know it: one name, not a list, no slug, not "news"."""
    label = words.squeeze(re.split(r"[,;|>]|\s/\s", found)[0].replace("_", " "))
    if not 0 < len(label) <= 60 or label.startswith("http"):
        return ""
    if {*words.list_words(label)} <= _NOT_SECTIONS:
        return ""
    return label[:1].upper() + label[1:] if label.islower() else label


def _from_breadcrumbs(page: Page) -> str:
    for item in page.objects:
        elements = item.get("itemListElement")
        if "BreadcrumbList" in jsonld.types_of(item) and isinstance(elements, list):
            names = [_crumb(element) for element in elements[:8]]
            inner = [name for name in names[1:-1] if name]
            return inner[0] if inner else ""
    return ""


def _crumb(element: object) -> str:
    if not isinstance(element, dict):
        return ""
    name = element.get("name") or element.get("item")
    said = jsonld.text_of(name)
    return "" if said.startswith("http") else said


def _from_address(url: str) -> str:
    """Return the first folder of the path, where it reads as a section ("/world/…")."""
    path = url.partition("://")[2].partition("?")[0].split("/")[1:-1]
    for part in path[:2]:
        name = unquote(part).replace("-", " ").replace("_", " ").strip()
        usable = 2 < len(name) <= 24 and len(name.split()) <= 2 and not any(map(str.isdigit, name))
        if usable and name.casefold() not in _NOT_SECTIONS:
            return name
    return ""


def read_keywords(page: Page) -> tuple[str, ...]:
    """Return the page's keywords, each once, at most 30."""
    said = jsonld.list_of(page.article.get("keywords"))
    said += list(page.metas.get("article:tag", ()))
    said = said or [page.meta("news_keywords", "keywords", "parsely-tags")]
    parts = [part for line in said for part in (line.split(",") if "," in line else [line])]
    found = {word.casefold(): word for part in parts if 1 < len(word := words.squeeze(part)) <= 60}
    return tuple(found.values())[:30]


def read_canonical(page: Page) -> str:
    """Return the page's own canonical address, or its address without tracking.

    A page may not speak for another site, and "canonical" home pages are a common fault of
    templates: both are ignored.
    """
    links = page.root.xpath("//link[translate(@rel, 'CANONIL', 'canonil')='canonical']/@href")[:1]
    own = canonicalise(page.url)
    for claim in (*links, page.meta("og:url")):
        address = parse_web_url(claim, page.url)
        if address and _speaks_for(address, page.url):
            return canonicalise(address)
    return own


def _speaks_for(address: str, url: str) -> bool:
    if not url:
        return True
    path, own = _path(address), _path(url)
    if _site(address) != _site(url):
        return False
    return bool(path.strip("/")) or not own.strip("/")


def _path(url: str) -> str:
    rest = url.partition("://")[2]
    return rest.partition("/")[2]


def _site(url: str) -> str:
    """Return the host without the labels that only say how it is shown."""
    host = read_host(url)
    for label in ("www.", "m.", "amp.", "mobile.", "edition."):
        host = host.removeprefix(label)
    return host


def read_free(page: Page) -> bool | None:
    """Return whether the page says that it can be read without paying, None where it is silent."""
    said = page.article.get("isAccessibleForFree")
    if isinstance(said, bool):
        return said
    name = jsonld.text_of(said).lower() or page.meta("article:content_tier").lower()
    if name in ("true", "yes", "free"):
        return True
    return False if name in ("false", "no", "locked", "metered", "paid") else None


def read_based_on(page: Page) -> tuple[str, ...]:
    """Return whom the page names as its model: isBasedOn, and a canonical address elsewhere."""
    said = jsonld.list_of(page.article.get("isBasedOn"))
    meta = [page.meta("original-source", "syndication-source")]
    links = page.root.xpath("//link[translate(@rel, 'CANONIL', 'canonil')='canonical']/@href")[:1]
    foreign = [
        address
        for link in links
        if (address := parse_web_url(link, page.url))
        and page.url
        and _site(address) != _site(page.url)
    ]
    return tuple(dict.fromkeys(text for text in [*said, *meta, *foreign] if text))


def read_lede(page: Page, text: str) -> str:
    """Return the page's description, else the first paragraph."""
    said = jsonld.text_of(page.article.get("description"))
    said = page.meta("og:description", "description", "twitter:description") or said
    return cut_lede(said) or first_paragraph(text)


def first_paragraph(text: str) -> str:
    """Return the first paragraph of some length, cut at a word."""
    parts = [words.squeeze(part) for part in text[:8_000].split("\n\n")[:12]]
    return cut_lede(next((part for part in parts if len(part) >= 60), next(iter(parts), "")))


def cut_lede(said: str) -> str:
    """Return a description as one line of at most 600 characters."""
    said = words.squeeze(said)
    if len(said) <= _LEDE:
        return said
    return said[: said.rfind(" ", 0, _LEDE)].rstrip() + " …"


def read_source(page: Page) -> str:
    """Return the outlet's name as the page gives it."""
    publisher = jsonld.text_of(page.article.get("publisher"))
    said = page.meta("og:site_name", "application-name") or publisher
    return said if not said.startswith("http") and len(said) <= 80 else ""


def read_html_language(page: Page) -> str:
    """Return the language that the page declares for itself, or ""."""
    return (
        jsonld.text_of(page.article.get("inLanguage"))
        or page.root.get("lang", "")
        or page.root.get("{http://www.w3.org/XML/1998/namespace}lang", "")
        or page.meta("content-language", "og:locale", "language", "dc.language")
    )
