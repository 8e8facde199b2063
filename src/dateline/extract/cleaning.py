"""Foreign HTML -> `SafeHtml`: the one function whose result a template may print unescaped.

Two steps. First a linear pass that keeps only the tags and attributes we print, bounded in
characters, depth and attributes, since the sanitiser behind it is super-linear in both. Then nh3,
which reads as a browser does and has the last word. Pictures are not kept: the site places its
own copies.
"""

import html as entities
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import nh3

from dateline.extract.markup import VOID, Bounds, Tag, close_tag, tokenise
from dateline.model import SafeHtml
from dateline.urls import parse_web_url

BOUNDS = Bounds(characters=1_000_000, depth=100, attributes_a_tag=20, attributes=50_000)
_LINK = "nofollow noopener ugc"
TAGS = frozenset(
    [
        "p",
        "br",
        "a",
        "em",
        "strong",
        "b",
        "i",
        "blockquote",
        "q",
        "cite",
        "ul",
        "ol",
        "li",
        "h2",
        "h3",
        "h4",
        "figure",
        "figcaption",
        "sub",
        "sup",
        "code",
        "pre",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "time",
        "abbr",
    ]
)
ATTRIBUTES = {
    "a": {"href"},
    "time": {"datetime"},
    "abbr": {"title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_RENAMED = {"h1": "h2", "h5": "h4", "h6": "h4"}
# Elements that end a line: where one is dropped, its words must not run into the next.
_BLOCKS = frozenset(
    [
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "dl",
        "dt",
        "dd",
        "address",
        "option",
    ]
)
_SAFE_VALUE = {
    "datetime": re.compile(r"[0-9A-Za-z:+., \-]{1,40}"),
    "title": re.compile(r"[^<>]{1,200}"),
    "colspan": re.compile(r"[1-9][0-9]?"),
    "rowspan": re.compile(r"[1-9][0-9]?"),
}
_NO_CONTENT = frozenset(
    [
        "script",
        "style",
        "textarea",
        "title",
        "xmp",
        "iframe",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "applet",
        "svg",
        "math",
        "template",
        "select",
    ]
)
_HALF_ENTITY = re.compile(r"&[a-z#0-9]{0,8}$")
# Controls, and what hides inside words: soft hyphens, places where a line may break or may not.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u2060\ud800-\udfff\ufffe\uffff]"
)


def clean_html(html: str, *, base: str) -> SafeHtml:
    """Return `html` with nothing in it that could run, load or style; never raises.

    Relative links are joined to `base`; other schemes than http and https lose their link.
    Cleaning twice changes nothing. Past a million characters the rest is cut.
    """
    bounded = _rewrite(_UNSEEN.sub("", html), base)
    cleaned = _sanitise(bounded)
    # A parser may move what it mends (text inside a table): a second look settles it.
    for _ in range(3):
        again = _sanitise(_rewrite(cleaned, base))
        if again == cleaned:
            return SafeHtml(cleaned)
        cleaned = again
    return SafeHtml(f"<p>{entities.escape(nh3.clean(cleaned, tags=set()), quote=False)}</p>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Insertion:
    """A mark of our own inside cleaned HTML: an opening, its end, or the reference behind it."""

    at: int  # place in the HTML, between two characters of text or beside a tag
    kind: Literal["open", "close", "reference"]
    number: int  # which statement
    first: bool = False  # an opening: the first of its number, by which it can be linked to
    label: str = ""  # a reference: what a screen reader says


def insert_marks(html: SafeHtml, insertions: Sequence[Insertion]) -> SafeHtml:
    """Return cleaned HTML with marks around words and references behind them, and nothing else.

    `insertions` in the order of their places. Without the marks it is `html` again.
    """
    out: list[str] = []
    done = 0
    for each in insertions:
        out += [html[done : each.at], _write_mark(each)]
        done = each.at
    return SafeHtml("".join([*out, html[done:]]))


def _write_mark(each: Insertion) -> str:
    if each.kind == "close":
        return "</mark>"
    if each.kind == "open":
        named = f' id="words-{each.number}"' if each.first else ""
        return f'<mark class="said"{named}>'
    label = entities.escape(each.label)
    return f'<a class="said-by" href="#said-{each.number}" aria-label="{label}">{each.number}</a>'


def _sanitise(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=set(_NO_CONTENT),
        attributes=ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel=_LINK,
        strip_comments=True,
    )


def _rewrite(html: str, base: str) -> str:
    """Write again what is kept, as nh3 writes it, and at most as much as is read: so that the
    result of one cleaning is never cut by the next."""
    out: list[str] = []
    open_tags: list[str] = []
    hidden: list[str] = []  # dropped elements whose words are dropped too
    left = BOUNDS.characters - 20 * BOUNDS.depth  # room for the end tags
    for token in tokenise(html, BOUNDS):
        written = _write(token, open_tags, hidden, base)
        if len(written) > left:
            out.append(_HALF_ENTITY.sub("", written[:left]) if isinstance(token, str) else "")
            break
        left -= len(written)
        out.append(written)
    out += [f"</{name}>" for name in reversed(open_tags)]
    return "".join(out)


def _write(token: Tag | str, open_tags: list[str], hidden: list[str], base: str) -> str:
    if isinstance(token, str):
        return "" if hidden else _escape(token)
    return "" if _hides(token, hidden) else _keep(token, open_tags, base)


def _escape(text: str) -> str:
    plain = entities.unescape(text) if "&" in text else text
    return entities.escape(_UNSEEN.sub("", plain), quote=False).replace("\xa0", "&nbsp;")


def _hides(tag: Tag, hidden: list[str]) -> bool:
    """Follow the elements whose content is dropped; True while inside one or at its edge."""
    if tag.name not in _NO_CONTENT:
        return bool(hidden)
    if tag.closing and tag.name in hidden:
        while hidden.pop() != tag.name:
            pass
    elif not tag.closing and len(hidden) < BOUNDS.depth:
        hidden.append(tag.name)
    return True


def _keep(tag: Tag, open_tags: list[str], base: str) -> str:
    name = _RENAMED.get(tag.name, tag.name)
    if name not in TAGS:
        return " " if name in _BLOCKS else ""
    if name in VOID:
        return "" if tag.closing else f"<{name}>"
    if tag.closing:
        return close_tag(name, open_tags)
    if len(open_tags) >= BOUNDS.depth:
        return ""
    open_tags.append(name)
    return f"<{name}{_attributes(name, tag, base)}>"


def _attributes(name: str, tag: Tag, base: str) -> str:
    allowed = ATTRIBUTES.get(name, set())
    out = ""
    for key, raw in tag.attributes:
        value = entities.unescape(raw)
        kept = (
            (_link(value, base) if key == "href" else _plain(key, value)) if key in allowed else ""
        )
        if kept:
            out += f' {key}="{entities.escape(kept)}"'
    return out + (f' rel="{_LINK}"' if name == "a" else "")


def _link(value: str, base: str) -> str:
    return parse_web_url(value[:4_000], base) or parse_web_url(value[:4_000]) or ""


def _plain(key: str, value: str) -> str:
    return value if _SAFE_VALUE[key].fullmatch(value) else ""
