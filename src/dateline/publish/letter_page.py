"""How a letter looks: the same page as plain text and as simple HTML that every mail program shows.

HTML with inline styles only (mail programs drop the rest), no picture, nothing from afar, in the
order in which it is read aloud; each foreign headline names its language.
"""

from dataclasses import dataclass
from html import escape

from dateline.publish.coverage_words import SOURCE_LINE

_BODY = (
    "margin:0;padding:24px 16px;font:16px/1.5 Georgia,'Times New Roman',serif;"
    "color:#1a1a1a;background:#ffffff"
)
_COLUMN = "max-width:600px;margin:0 auto"
_TITLE = "font-size:24px;line-height:1.25;margin:0 0 4px"
_HEADLINE = "font-size:18px;line-height:1.35;margin:28px 0 2px"
_LINK = "color:#0b4f9c"
_SMALL = "font-size:14px;color:#4a4a4a;margin:0"
_FOOT = "font-size:14px;color:#4a4a4a;border-top:1px solid #c8c8c8;margin:36px 0 0;padding:12px 0 0"
_BUTTON = (
    "display:inline-block;margin:20px 0;padding:12px 20px;background:#0b4f9c;color:#ffffff;"
    "text-decoration:none;border-radius:4px"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One headline with whose it is."""

    headline: str
    language: str
    link: str  # to our page
    source_name: str
    source_link: str = ""  # to the original
    note: str = ""  # the interface's words: counts
    news: tuple["Item", ...] = ()  # what is new in a story that goes on


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a letter says, in order."""

    language: str  # of the interface's words
    direction: str = "ltr"
    source_line: str = SOURCE_LINE  # in that language, with a place for an outlet
    title: str
    title_language: str = ""  # where the title is a source's words
    intro: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    action: tuple[str, str] | None = None  # (words, link): the one thing to do
    foot: tuple[str, ...] = ()
    site: tuple[str, str] = ("", "")  # name and address
    leave: tuple[str, str] | None = None  # (words, link)


def write_text(page: Page) -> str:
    """Return the letter as plain text."""
    blocks = [page.title, *page.intro]
    if page.action:
        blocks.append("\n".join(page.action))
    blocks += [_item_text(page, item, "") for item in page.items]
    foot = [*page.foot, " · ".join(part for part in page.site if part)]
    if page.leave:
        foot += page.leave
    blocks.append("-- \n" + "\n".join(foot))
    return "\n\n".join(blocks) + "\n"


def _item_text(page: Page, item: Item, indent: str) -> str:
    lines = [item.headline, page.source_line.format(item.source_name)]
    lines += [line for line in (item.note, item.link) if line]
    text = "\n".join(indent + line for line in lines)
    return "\n\n".join([text, *(_item_text(page, new, indent + "    ") for new in item.news)])


def write_html(page: Page) -> str:
    """Return the letter as an HTML document; every word of it is escaped."""
    parts = [_tag("h1", page.title, _TITLE, page.title_language)]
    parts += [_tag("p", line, _SMALL) for line in page.intro]
    if page.action:
        parts.append(f"<p>{_link(page.action[1], page.action[0], _BUTTON)}</p>")
    parts += [_item_html(page, item, "h2") for item in page.items]
    foot = [escape(line) for line in page.foot]
    foot.append(_link(page.site[1], page.site[0]))
    if page.leave:
        foot.append(_link(page.leave[1], page.leave[0]))
    parts.append(f'<p style="{_FOOT}">{"<br>".join(foot)}</p>')
    return (
        f'<!DOCTYPE html><html lang="{escape(page.language)}" dir="{page.direction}">'
        '<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(page.title)}</title></head>"
        f'<body style="{_BODY}"><div style="{_COLUMN}">{"".join(parts)}</div></body></html>'
    )


def _item_html(page: Page, item: Item, heading: str) -> str:
    language = f' lang="{escape(item.language)}"' if item.language else ""
    source = escape(item.source_name)
    if item.source_link:
        source = _link(item.source_link, item.source_name)
    line = escape(page.source_line).format(source)
    note = f"{escape(item.note)} · " if item.note else ""
    news = "".join(f"<li>{_item_html(page, new, 'h3')}</li>" for new in item.news)
    return (
        f'<{heading} style="{_HEADLINE}"{language} dir="auto">'
        f"{_link(item.link, item.headline)}</{heading}>"
        f'<p style="{_SMALL}">{note}{line}</p>' + (f"<ul>{news}</ul>" if news else "")
    )


def _tag(name: str, text: str, style: str, language: str = "") -> str:
    mark = f' lang="{escape(language)}"' if language else ""
    return f'<{name} style="{style}"{mark} dir="auto">{escape(text)}</{name}>'


def _link(link: str, words: str, style: str = _LINK) -> str:
    return f'<a href="{escape(link)}" style="{style}">{escape(words)}</a>'
