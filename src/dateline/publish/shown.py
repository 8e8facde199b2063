"""The one place where rights are applied: how much of a source's words a reader may be shown.

Every surface (page, list, feed, letter, search result, structured data, preview card) shows what
these functions return and nothing else of an article's text.

- `headline`: the headline and the link. No lede, no picture, no text.
- `excerpt`: the first N words of the text (N is the source's `excerpt_words`), and the picture.
- `full`: the text as it was cleaned.

A withdrawn article shows its headline and nothing more, whatever its rights.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.model import Card, Reading, Rights, SafeHtml, Source
from dateline.text import count_words, excerpt, squeeze

LEDE_WORDS = 45  # a lede in a list is never longer, whatever the rights: it is a list
_ENDS = ".!?…。！？؟।"  # of a headline that is a sentence
_PARTED = ".:|–—-"  # between a headline and what follows it
_ENOUGH = 4  # words of a headline that is no mere topic
SUMMARY_WORDS = 60  # of a text that may be shown in full, where only its beginning has room

Snippet = Sequence[tuple[str, bool]]  # pieces of plain text, and whether each is what was sought


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What may be shown of one article's text."""

    rights: Rights
    html: SafeHtml | None = None  # only where the whole text may be shown
    text: str = ""  # the same as plain text, paragraphs joined by "\n\n"
    cut: bool = False  # more of it stands at the source
    withdrawn: bool = False
    picture: bool = False  # whether the picture may be shown

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The plain text, paragraph by paragraph."""
        return tuple(part for part in self.text.split("\n\n") if part.strip())

    @property
    def summary(self) -> str:
        """The beginning of what may be shown, as one line; "" where nothing may be."""
        return excerpt(squeeze(self.text), SUMMARY_WORDS)


def show_text(reading: Reading, source: Source, *, gone: bool = False) -> Shown:
    """Return what of an article's text its source allows to be shown."""
    if gone:
        return Shown(rights=source.rights, withdrawn=True)
    if source.rights is Rights.FULL:
        html = reading.html or None
        return Shown(rights=source.rights, html=html, text=reading.text, picture=True)
    if source.rights is Rights.EXCERPT:
        text = excerpt(reading.text or reading.lede, max(source.excerpt_words, 0))
        return Shown(rights=source.rights, text=text, cut=text.endswith(" …"), picture=True)
    return Shown(rights=source.rights, cut=bool(reading.text))


def show_card(card: Card, source: Source | None) -> Card:
    """Return the card with everything taken away that its source does not allow to be shown.

    A source that is not known allows only the headline.
    """
    rights = source.rights if source else Rights.HEADLINE
    if card.gone or rights is Rights.HEADLINE:
        return replace(card, rights=rights, lede="", picture=None, picture_hash="")
    words = LEDE_WORDS
    if rights is Rights.EXCERPT and source:
        words = min(words, max(source.excerpt_words, 0))
    lede = _drop_repeated(squeeze(card.headline), excerpt(squeeze(card.lede), words))
    return replace(card, rights=rights, lede=lede)


def _drop_repeated(headline: str, lede: str) -> str:
    """Return a lede without the headline with which it begins, where that stands as a sentence.

    Where the headline is its beginning, cut, it goes on from there: "… and was gone".
    """
    begun = headline.removesuffix(" …")
    if begun and begun != headline and lede.startswith(begun):
        rest = lede[len(begun) :].lstrip()
        return f"… {rest}" if rest not in ("", "…") else ""
    if not headline or not lede.startswith(headline):
        return lede
    rest = lede[len(headline) :]
    if not rest or (headline[-1] in _ENDS and rest[0] == " "):
        return rest.lstrip()
    # "Orvenia – Teskar talks go on" does not repeat "Orvenia".
    is_parted = rest.lstrip()[:1] in _PARTED and count_words(headline) >= _ENOUGH
    return rest.lstrip().lstrip(_PARTED).lstrip() if is_parted else lede


def show_cards(cards: Iterable[Card], sources: Mapping[str, Source]) -> tuple[Card, ...]:
    """Return each card as `show_card` allows it; `sources` by key."""
    return tuple(show_card(card, sources.get(card.source_key)) for card in cards)


def show_snippet(card: Card, snippet: Snippet) -> list[tuple[str, bool]]:
    """Return what may be shown of a search result; `card` as `show_card` returned it.

    `snippet` is of what may be shown of the text, not of all of it: a passage from anywhere would
    let many searches give the whole.
    """
    if card.gone or card.rights is Rights.HEADLINE:
        return []
    return [(_tidy(text), hit) for text, hit in snippet]


def _tidy(text: str) -> str:
    # As `squeeze`, but a space at an end parts a piece from its neighbour and stays.
    inner = squeeze(text)
    before = " " if text[:1].isspace() and inner else ""
    return f"{before}{inner}{' ' if text[-1:].isspace() else ''}"
