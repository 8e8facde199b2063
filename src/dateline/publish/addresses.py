"""The addresses of our own pages: one function a kind of page, paths percent-encoded."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from urllib.parse import quote, urlencode

from dateline.model import ArticleId, Card, Site, StoryCard, list_widths
from dateline.publish.asking import Operator, Part, write_part
from dateline.text import make_slug
from dateline.urls import parse_web_url

_REFERENCE = re.compile(r"([0-9]{1,18})(?:-(.*))?", re.DOTALL)


def article_path(article_id: ArticleId, headline: str) -> str:
    """Return the path of an article's page; the words in it may change, the number never does."""
    return _numbered("article", article_id, _slug(headline))


def card_path(card: Card) -> str:
    """Return the path of the page of a card's article."""
    return article_path(card.article_id, card.headline)


def versions_path(card: Card) -> str:
    """Return the path of the page of the versions of a card's article."""
    return f"{card_path(card)}/versions"


def story_path(story: StoryCard) -> str:
    """Return the path of a story's page."""
    return numbered_story_path(story.story_id, story.slug)


def numbered_story_path(story_id: int, slug: str) -> str:
    """Return the path of a story's page, by what it is made of."""
    return _numbered("story", story_id, slug)


def said_path(card: Card, number: int) -> str:
    """Return where a statement's words are marked in the text of its article."""
    return f"{card_path(card)}#words-{number}"


def story_said_path(story: StoryCard) -> str:
    """Return the path of the page of everything that is said in a story."""
    return f"{story_path(story)}/statements"


def story_figures_path(story: StoryCard) -> str:
    """Return the path of the page of a story's figures."""
    return f"{story_path(story)}/figures"


def person_path(address: str) -> str:
    """Return the path of the page of everything that someone is reported to have said."""
    return f"/person/{quote(address, safe='')}"


def entry_path(entry_id: int) -> str:
    """Return the path of the page of one statement of the ledger."""
    return f"/statement/{entry_id}"


def section_path(section: str) -> str:
    """Return the path of a section's page."""
    return f"/section/{quote(make_slug(section))}"


def outlet_path(key: str) -> str:
    """Return the path of an outlet's page."""
    return f"/outlet/{quote(key, safe='')}"


def popular_day_path(day: date, form: str = "") -> str:
    """Return the path of the published counts of a day: the page, or "json" or "csv"."""
    return f"/popular/{day.isoformat()}{'.' + form if form else ''}"


def picture_path(picture_hash: str, width: int = 0) -> str:
    """Return the path of our copy of a picture, or of one that is `width` pixels wide."""
    size = f"-{width}" if width else ""
    return f"/picture/{quote(picture_hash, safe='')}{size}.webp"


def picture_choices(card: Card) -> str:
    """Return the copies of a card's picture for a browser to choose from: "…-320.webp 320w, …"."""
    smaller = list_widths(card.picture_width)
    choices = [f"{picture_path(card.picture_hash, each)} {each}w" for each in smaller]
    return ", ".join((*choices, f"{picture_path(card.picture_hash)} {card.picture_width}w"))


def front_path() -> str:
    """Return the path of the front page."""
    return "/"


def offline_path() -> str:
    """Return the path of the page that stands where there is no connection."""
    return "/offline"


def latest_path() -> str:
    """Return the path of everything, newest first."""
    return "/latest"


def search_path(**values: str) -> str:
    """Return the path of the search, with what is looked for."""
    return with_query("/search", **values)


def popular_path() -> str:
    """Return the path of what is read and covered most."""
    return "/popular"


def outlets_path() -> str:
    """Return the path of the list of outlets."""
    return "/outlets"


def about_path() -> str:
    """Return the path of the page on how the site works."""
    return "/about"


def subscribe_path() -> str:
    """Return the path of the form for letters, and of where it is sent."""
    return "/subscribe"


def annotations_path(card: Card) -> str:
    """Return the path of who said what in an article, as data."""
    return f"{card_path(card)}/statements.json"


def site_card_path(mark: str = "") -> str:
    """Return the path of the site's own drawn card; another card has another mark."""
    return with_query("/card/site.png", v=mark)


def story_card_path(story_id: int, mark: str = "") -> str:
    """Return the path of a story's drawn card; another card has another mark."""
    return with_query(f"/card/story/{story_id}.png", v=mark)


def article_card_path(article_id: int, mark: str = "") -> str:
    """Return the path of an article's drawn card; another card has another mark."""
    return with_query(f"/card/article/{article_id}.png", v=mark)


def original_link(url: str) -> str:
    """Return the address of an original where a browser may follow it (http, https), else ""."""
    return parse_web_url(url) or ""


def with_query(path: str, /, **values: str) -> str:
    """Return `path` with the given values as its query, empty ones left out."""
    query = urlencode({name.rstrip("_"): value for name, value in values.items() if value})
    return f"{path}?{query}" if query else path


def operator_path(operator: str, key: str) -> str:
    """Return the path of the search for one key and nobody else: "said-by", "ann-vale"."""
    return with_query("/search", q=write_part(Part(key, Operator(operator), exact=True)))


def read_reference(reference: str) -> tuple[int, str] | None:
    """Return number and words of "12-some-words", or None where it is no such thing."""
    match = _REFERENCE.fullmatch(reference)
    return (int(match[1]), match[2] or "") if match else None


# The same few hundred headlines stand on every page.
_slug = lru_cache(maxsize=20_000)(make_slug)


def _numbered(kind: str, number: int, slug: str) -> str:
    return f"/{kind}/{number}-{quote(slug)}" if slug else f"/{kind}/{number}"


# The same in every language.
_SHARED = frozenset(("picture_path", "site_card_path", "story_card_path", "article_card_path"))


def language_prefix(site: Site, tag: str) -> str:
    """Return what stands before the paths of pages in a language: "" for the default, or "/de"."""
    return f"/{tag}" if tag in site.languages and tag != site.language else ""


def speak_site(site: Site, tag: str) -> Site:
    """Return the site as it is in a language: its own, with the address of its pages.

    The site as it is by default, where it cannot be read in that language.
    """
    prefix = language_prefix(site, tag)
    return put_under(site, tag, prefix)


def put_under(site: Site, tag: str, prefix: str) -> Site:
    """Return the site with the address of its pages in a language; "" is the site's own."""
    if not prefix:
        return site
    return replace(site, language=tag, address=site.address + prefix, root=site.address)


class LanguageLinks:
    """The addresses of the pages in one language, for templates: every `…_path` of this module.

    Functions that make no path (`original_link`) are as they are here; `with_query` and `to` take a
    path with or without the prefix.
    """

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        for name, function in _list_functions().items():
            is_page = prefix and name.endswith("_path") and name not in _SHARED
            setattr(self, name, partial(_write_prefixed, prefix, function) if is_page else function)

    def to(self, path: str) -> str:
        """Return the path of a page of the site in this language."""
        is_there = not path or (bool(self._prefix) and path.startswith(f"{self._prefix}/"))
        return path if is_there else f"{self._prefix}{path}"

    def with_query(self, path: str, **values: str) -> str:
        """Return the path of a page with the given values as its query, empty ones left out."""
        return with_query(self.to(path), **values)


def _list_functions() -> dict[str, Callable[..., str]]:
    ends = ("_path", "_link", "_choices")
    found = globals().items()
    return {n: f for n, f in found if n.endswith(ends) and not n.startswith("_")}


def _write_prefixed(prefix: str, function: Callable[..., str], *given: object, **more: str) -> str:
    return prefix + function(*given, **more)
