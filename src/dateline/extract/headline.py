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
_APPENDED = re.compile(r"^\s*(?:\s[|–—·•»:\-]{1,2}\s|[|｜：ㅣ]|-{1,2}(?=\S))\s*\S")
_KICKER = re.compile(
    r"^(?P<kicker>(?:[^:|?!.„“”\"«»]|\.(?=\d)){2,60}?)\s?(?::|\s\||\s[–—]|\s//)\s+(?P<rest>\S.*)$"
)
_QUOTE = re.compile(r"^[\"'“„«‘‚»]")
_OPEN_QUOTE = re.compile(r"(?:^|\s)[\"'‘]")  # a title within the headline, or speech
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
_SAYS = re.compile(
    r"\b(?:says|said|warns|claims|told|tells|sagt|warnt|warnen|fordert|meint|dit|affirme|dice|afirma|"
    r"avverte|zegt|säger|siger|sier|mówi|řekl|заявил\w*|сказал\w*|заявив|dedi)$",
    re.IGNORECASE,
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
    claims = _settle_endings(list(_claims(page, known)))
    if not claims:
        return ""
    counted = [
        (sum(weight * _agree(words_, other) for weight, other in claims), -place, words_)
        for place, (_, words_) in enumerate(claims)
    ]
    return _best_wording(max(counted)[2], [claim for _, claim in claims])


def list_titles(page: Page, known: str) -> tuple[str, ...]:
    """Return every wording of the headline that the page has, without the outlet's name."""
    return tuple(dict.fromkeys(claim for _, claim in _claims(page, known)))


def _claims(page: Page, known: str) -> Iterator[tuple[float, str]]:
    """Yield the wordings with their weights: what is made for other sites (og, twitter) copies."""
    titles = [
        *[(1.3, heading) for heading in _first_headings(page)],
        (1.0, jsonld.text_of(page.article.get("headline"))),
        (0.8, page.meta("og:title")),
        (0.3, page.meta("twitter:title", "dc.title", "parsely-title", "sailthru.title")),
        *[(0.5, text_inside(title)) for title in page.root.xpath("//head/title")[:1]],
        (1.0, known),
    ]
    names = (page.meta("og:site_name"), jsonld.text_of(page.article.get("publisher")))
    for weight, title in titles:
        name = cut_site(words.squeeze(title), names, read_host(page.url))
        if name and len(name) <= _LONGEST and not is_placeholder(name):
            yield weight, name


def _settle_endings(claims: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """Cut what one place appends to another's words after a separator ("… - National")."""
    shorter = sorted({claim for _, claim in claims if len(claim) > 15}, key=len)
    return [
        (weight, next((s for s in shorter if _appends(claim, s)), claim))
        for weight, claim in claims
    ]


def _appends(claim: str, shorter: str) -> bool:
    rest = claim[len(shorter) :]
    return claim.startswith(shorter) and bool(_APPENDED.match(rest))


def _best_wording(chosen: str, claims: list[str]) -> str:
    """Return the wording of the same words that marks a kicker, and is not broken off."""
    same = [claim for claim in claims if words.list_words(claim) == words.list_words(chosen)]
    marked = [claim for claim in same if ": " in claim]
    chosen = marked[0] if marked and ": " not in chosen else chosen
    longer = [claim for claim in claims if claim.startswith(chosen + " ")]
    return longer[0] if longer else chosen


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


def cut_site(title: str, names: tuple[str, ...], host: str) -> str:
    """Return `title` without the outlet's name at its end or start ("… | News Beast")."""
    parts = [match.span() for match in _SEPARATOR.finditer(title)]
    if not parts:
        return title
    start, end = parts[-1]
    if _names_site(title[end:], names, host):
        return cut_site(title[:start].strip(), names, host) or title
    start, end = parts[0]
    if _names_site(title[:start], names, host):
        return title[end:].strip() or title
    return title


def _names_site(part: str, names: tuple[str, ...], host: str) -> bool:
    """Tell whether part of a title is the outlet: its name, or the letters of its host."""
    letters = _letters(part)
    if not letters:
        return True
    for name in filter(None, map(_letters, names)):
        if letters == name or (len(letters) > 3 and letters in name) or name in letters[:40]:
            return True
    bare = host.removeprefix("www.")
    labels = [_letters(bare), *[_letters(label) for label in bare.split(".")[:-1]]]
    return len(letters) > 2 and any(letters in label for label in labels)


def _letters(text: str) -> str:
    return "".join(words.list_words(text))


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
    if (
        _QUOTE.match(rest)
        or _OPEN_QUOTE.search(kicker)
        or _SPEECH.match(rest)
        or _SAYS.search(kicker)
    ):
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
        label = text_inside(element).strip(":| ")
        count = len(words.list_words(label))
        if (
            0 < count <= _KICKER_WORDS
            and not label.endswith("?")
            and label.casefold() not in headline.casefold()
        ):
            return label
    return ""
