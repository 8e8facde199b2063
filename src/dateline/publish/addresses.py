"""The addresses of our own pages: one function a kind of page, paths percent-encoded."""

import re
from functools import lru_cache
from urllib.parse import quote, urlencode

from dateline.model import ArticleId, Card, StoryCard
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
    return _numbered("story", story.story_id, story.slug)


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


def picture_path(picture_hash: str) -> str:
    """Return the path of our copy of a picture."""
    return f"/picture/{quote(picture_hash, safe='')}.webp"


def original_link(url: str) -> str:
    """Return the address of an original where a browser may follow it (http, https), else ""."""
    return parse_web_url(url) or ""


def with_query(path: str, **values: str) -> str:
    """Return `path` with the given values as its query, empty ones left out."""
    query = urlencode({name.rstrip("_"): value for name, value in values.items() if value})
    return f"{path}?{query}" if query else path


def read_reference(reference: str) -> tuple[int, str] | None:
    """Return number and words of "12-some-words", or None where it is no such thing."""
    match = _REFERENCE.fullmatch(reference)
    return (int(match[1]), match[2] or "") if match else None


# The same few hundred headlines stand on every page.
_slug = lru_cache(maxsize=20_000)(make_slug)


def _numbered(kind: str, number: int, slug: str) -> str:
    return f"/{kind}/{number}-{quote(slug)}" if slug else f"/{kind}/{number}"
