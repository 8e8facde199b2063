"""Which words are the headline, and which of them name a running story first (the kicker).

Five places on a page claim to be the headline. What several agree on is believed; among those that
agree, the one that readers see (h1, then JSON-LD and og:title) gives the exact words.
"""

import re
from collections.abc import Iterator

from dateline import text as words
from dateline.extract import jsonld
from dateline.extract.placeholders import is_placeholder
from dateline.extract.tree import Page, text_inside
from dateline.urls import read_host

_LONGEST = 300  # characters
_SEPARATOR = re.compile(r"\s+[|–—·•»‹›:\-]{1,2}\s+|\s*[|]\s*")
_KICKER = re.compile(
    r"^(?P<kicker>[^:|?!.„“”\"«»]{2,60}?)\s?(?::|\s\||\s[–—]|\s//)\s+(?P<rest>\S.*)$"
)
_QUOTE = re.compile(r"^[\"'“„«‘‚»]")
_KICKER_WORDS = 5
# After "Name:", a sentence in the first person or a promise is speech, also without quote marks.
_SPEECH = re.compile(
    r"^(?:I|I'm|I’m|I'll|I’ll|We|We're|We’re|We'll|We’ll|My|Our|You|Let|Don't|Don’t|"
    r"Ich|Wir|Unser\w*|Mein\w*|Je|J'\w+|J’\w+|Nous|Notre|Yo|Nosotros|Nuestr\w+|Io|Noi|"
    r"Я|Мы|Ми|Наш\w*)\b"
)
_CAPITAL_NAME = re.compile(
    r"^(?:[A-ZÀ-ÞА-ЯЁЇІЄΑ-Ω][\w.’'\-]+)(?:\s[A-ZÀ-ÞА-ЯЁЇІЄΑ-Ω][\w.’'\-]+){0,2}$"
)
_LABELS = frozenset(
    [
        "live",
        "update",
        "updates",
        "analysis",
        "explainer",
        "opinion",
        "exclusive",
        "video",
        "watch",
        "breaking",
        "interview",
        "comment",
        "kommentar",
        "analyse",
        "liveblog",
        "ticker",
        "podcast",
    ]
)


def read_headline(page: Page, known: str) -> str:
    """Return the page's headline in its full words, `known` being what feed or record called it."""
    claims = list(_claims(page, known))
    if not claims:
        return ""
    counted = [
        (sum(_agree(claim, other) for other in claims), -place, claim)
        for place, claim in enumerate(claims)
    ]
    return max(counted)[2]


def list_titles(page: Page, known: str) -> tuple[str, ...]:
    """Return every wording of the headline that the page has, without the outlet's name."""
    return tuple(dict.fromkeys(_claims(page, known)))


def _claims(page: Page, known: str) -> Iterator[str]:
    site = page.meta("og:site_name")
    titles = [
        *_first_headings(page),
        jsonld.text_of(page.article.get("headline")),
        page.meta("og:title"),
        page.meta("twitter:title", "dc.title", "parsely-title", "sailthru.title"),
        *[text_inside(title) for title in page.root.xpath("//head/title")[:1]],
        known,
    ]
    for title in titles:
        name = cut_site(words.squeeze(title), site, read_host(page.url))
        if name and len(name) <= _LONGEST and not is_placeholder(name):
            yield name


def _first_headings(page: Page) -> list[str]:
    """Return the h1 elements worth asking: those marked as headline, else those of the article."""
    for path in (
        "//h1[contains(@itemprop, 'headline')]",
        "//article//h1 | //main//h1",
        "//h1",
    ):
        found = [text for h1 in page.root.xpath(path)[:5] if (text := text_inside(h1))]
        if found:
            return found[:2]
    return []


def cut_site(title: str, site: str, host: str) -> str:
    """Return `title` without the outlet's name at its end or start ("… | News Beast")."""
    parts = [match.span() for match in _SEPARATOR.finditer(title)]
    if not parts:
        return title
    start, end = parts[-1]
    if _names_site(title[end:], site, host):
        return cut_site(title[:start].strip(), site, host) or title
    start, end = parts[0]
    if _names_site(title[:start], site, host):
        return title[end:].strip() or title
    return title


def _names_site(part: str, site: str, host: str) -> bool:
    """Tell whether part of a title is the outlet: its name, or the letters of its host."""
    letters = "".join(words.list_words(part))
    name = "".join(words.list_words(site))
    if not letters:
        return True
    if name and (letters in name or name in letters):
        return True
    labels = [label.replace("-", "") for label in host.split(".") if len(label) > 3]
    return any(letters in label or (label in letters and len(letters) < 40) for label in labels)


def _agree(one: str, other: str) -> float:
    """Return 1 for equal titles, else the share of words that both have."""
    a, b = set(words.list_words(one)), set(words.list_words(other))
    return len(a & b) / len(a | b) if a | b else 0.0


def split_kicker(headline: str) -> str:
    """Return the label of a running story that `headline` begins with, or "".

    A label has at most five words and stands before a colon, a bar or a dash: "War in Ukraine:
    NATO wary of …". "Biden: we will win" names a speaker: a person's name before what reads as
    speech (quotation marks, first person, or words that begin in lower case) is no kicker.
    """
    match = _KICKER.match(headline)
    if not match:
        return ""
    kicker, rest = match["kicker"].strip(), match["rest"]
    count, after = len(words.list_words(kicker)), len(words.list_words(rest))
    if not 0 < count <= _KICKER_WORDS or after < 3 or after < count:
        return ""
    if _QUOTE.match(rest) or _SPEECH.match(rest):
        return ""
    if _CAPITAL_NAME.match(kicker) and rest[:1].islower():
        return ""
    if kicker.isdigit() or kicker.casefold() in _LABELS:
        return ""
    return kicker


def read_kicker(page: Page, headline: str) -> str:
    """Return the kicker: in the headline's own words, else the element just above it."""
    return split_kicker(headline) or _kicker_above(page, headline)


def _kicker_above(page: Page, headline: str) -> str:
    marked = page.root.xpath(
        "//h1/ancestor::*[position() <= 3]//*[contains(@class, 'kicker') or "
        "contains(@class, 'overline') or contains(@class, 'eyebrow') or "
        "contains(@class, 'dachzeile') or contains(@class, 'antetitulo') or "
        "contains(@class, 'occhiello') or contains(@class, 'topline')]"
    )
    for element in marked[:5]:
        label = text_inside(element).rstrip(":| ")
        count = len(words.list_words(label))
        if 0 < count <= _KICKER_WORDS and label.casefold() not in headline.casefold():
            return label
    return ""
