"""The door of this room: a document -> everything that its page says."""

from dataclasses import dataclass, replace

from dateline import text as words
from dateline.extract import labels
from dateline.extract.blocks import Block, join_html, plain_blocks
from dateline.extract.body import Candidate, choose_body
from dateline.extract.byline import NO_BYLINE, Byline, clean_names, read_byline, read_text_byline
from dateline.extract.cleaning import clean_html
from dateline.extract.dates import Dates, read_dates
from dateline.extract.decoding import decode_page
from dateline.extract.headline import list_titles, read_headline, read_kicker, split_kicker
from dateline.extract.language import tell_language
from dateline.extract.layout import read_source_line, read_text_layout
from dateline.extract.lead_picture import find_pictures, is_junk, tidy_picture
from dateline.extract.tree import Page, parse_page
from dateline.extract.trimming import Surroundings
from dateline.model import Document, Picture, SafeHtml
from dateline.urls import canonicalise


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What a page says; `byline` may still hold agencies, which `reading` sets apart."""

    headline: str
    dates: Dates
    text: str
    html: SafeHtml
    canonical: str
    language: str
    kicker: str = ""
    byline: Byline = NO_BYLINE
    source: str = ""
    source_line: str = ""
    section: str = ""
    lede: str = ""
    pictures: tuple[Picture, ...] = ()
    keywords: tuple[str, ...] = ()
    free: bool | None = None
    based_on: tuple[str, ...] = ()
    score: float = 1.0
    taken_from: str = "given"
    notes: tuple[str, ...] = ()


def extract_page(document: Document) -> Extract:
    """Return what the document says: its text where one is given, else its page, else its feed."""
    if document.text is not None:
        return extract_text(document, document.text)
    html, charset = _decode(document)
    page = parse_page(html, document.url) if html.strip() else None
    notes = [f"the page was read as {charset}"] if charset not in ("", "utf-8") else []
    if page is None:
        return _extract_entry(document)
    return _extract_html(document, page, notes)


def _decode(document: Document) -> tuple[str, str]:
    if isinstance(document.html, bytes):
        return decode_page(document.html, document.content_type)
    return document.html or "", ""


def _known_title(document: Document) -> str:
    return words.squeeze(document.title or (document.entry.title if document.entry else ""))


def _extract_html(document: Document, page: Page, notes: list[str]) -> Extract:
    headline = read_headline(page, _known_title(document))
    source = document.source or labels.read_source(page)
    dates = read_dates(page, document)
    byline = read_byline(page, source)
    byline = byline if byline.names else _add_entry_author(byline, document, source)
    kicker, section = read_kicker(page, headline), labels.read_section(page)
    around = Surroundings(
        headlines=(headline, *list_titles(page, headline)),
        labels=(kicker, section),
        names=byline.names,
    )
    body = choose_body(page, document.entry, around)
    body, byline, source_line = _take_lines(body, byline, source)
    declared = labels.read_html_language(page)
    return Extract(
        headline=headline,
        kicker=kicker,
        byline=byline,
        dates=dates,
        text=body.text,
        html=clean_html(join_html(list(body.blocks)), base=document.url),
        canonical=labels.read_canonical(page),
        language=tell_language(f"{headline}\n{body.text}", declared, _prior(document)),
        source=source,
        source_line=source_line,
        section=section,
        lede=labels.read_lede(page, body.text),
        pictures=find_pictures(page, document.entry, headline),
        keywords=labels.read_keywords(page),
        free=labels.read_free(page),
        based_on=labels.read_based_on(page),
        score=body.score,
        taken_from=body.taken_from,
        notes=(*notes, *page.notes, *dates.notes, *_body_notes(body)),
    )


def _take_lines(body: Candidate, byline: Byline, source: str) -> tuple[Candidate, Byline, str]:
    """Take the lines "By X" and "Source: Y" out of the text: they say whose it is, not what."""
    blocks = list(body.blocks)
    written = read_text_byline([block.text for block in blocks[:3]], source)
    blocks = [block for block in blocks if block.text not in written.lines]
    named = [name for block in blocks[-3:] if (name := read_source_line(block.text))]
    blocks = [block for block in blocks if not (named and read_source_line(block.text))]
    names = byline.names or written.names
    lines = (*byline.lines, *written.lines)
    return (
        replace(body, blocks=tuple(blocks)),
        Byline(names=names, lines=lines),
        next(iter(named), ""),
    )


def _body_notes(body: Candidate) -> list[str]:
    return [] if body.blocks else ["no text was found on the page"]


def _prior(document: Document) -> str:
    return document.language or (document.entry.language if document.entry else "")


def _add_entry_author(byline: Byline, document: Document, source: str) -> Byline:
    author = document.entry.author if document.entry else ""
    if not author.strip():
        return byline
    return Byline(names=clean_names([author], source), lines=(*byline.lines, author))


def _extract_entry(document: Document) -> Extract:
    """Read what the feed alone says, where there is no page."""
    headline = _known_title(document)
    body = choose_body(None, document.entry, Surroundings(headlines=(headline,)))
    dates = read_dates(None, document)
    pictures = document.entry.pictures if document.entry else ()
    return Extract(
        headline=headline,
        kicker=split_kicker(headline),
        byline=_add_entry_author(NO_BYLINE, document, document.source),
        dates=dates,
        text=body.text,
        html=clean_html(join_html(list(body.blocks)), base=document.url),
        canonical=canonicalise(document.url),
        language=tell_language(f"{headline}\n{body.text}", _prior(document)),
        source=document.source,
        section=next(iter(document.entry.categories), "") if document.entry else "",
        lede=labels.first_paragraph(body.text),
        pictures=tuple(tidy_picture(p, headline) for p in pictures if not is_junk(p)),
        keywords=document.entry.categories if document.entry else (),
        score=body.score,
        taken_from=body.taken_from,
        notes=(*dates.notes, *_body_notes(body)),
    )


def extract_text(document: Document, text: str) -> Extract:
    """Read a plain text as a page without markup; the text itself is kept unchanged."""
    layout = read_text_layout(text)
    headline = _known_title(document) or words.squeeze(text[slice(*layout.headline)])
    dates = read_dates(None, document)
    body = text[slice(*layout.body)]
    source = document.source or layout.source
    return Extract(
        headline=headline,
        kicker=split_kicker(headline),
        byline=read_text_byline([*layout.first_lines], source),
        dates=dates,
        text=text,
        html=clean_html(join_html(_paragraphs(body)), base=document.url),
        canonical=canonicalise(document.url) if document.url else "",
        language=tell_language(f"{headline}\n{body}", _prior(document)),
        source=source,
        source_line=layout.source,
        lede=labels.first_paragraph(body),
        notes=dates.notes,
    )


def _paragraphs(body: str) -> list[Block]:
    parted = body if "\n\n" in body else body.replace("\n", "\n\n")
    return plain_blocks(parted.replace("\r\n", "\n"))
