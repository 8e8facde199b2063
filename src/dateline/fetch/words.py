"""The short texts of a feed made plain: titles, names of authors, labels, languages.

Feeds escape titles never, once or twice and put markup into them; an author may be a mail
address with a name in brackets. Only what is surely markup is taken out, so that "a < b" stays.
"""

import html
import re

from dateline.text import squeeze

LONGEST_TITLE = 1000
LONGEST_NAME = 300
LONGEST_LABEL = 100
_MARKUP = (
    "a|abbr|acronym|address|applet|area|article|aside|audio|b|base|bdi|bdo|big|blink|blockquote|"
    "body|br|button|center|cite|code|dd|del|dfn|div|dl|dt|em|embed|figcaption|figure|font|footer|"
    "form|frame|frameset|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|li|link|main|"
    "map|mark|marquee|meta|nav|nobr|noscript|object|ol|option|p|param|picture|pre|q|s|samp|script|"
    "section|select|small|source|span|strike|strong|style|sub|sup|svg|table|tbody|td|textarea|th|"
    "thead|time|tr|tt|u|ul|var|video|wbr"
)
_TAG = re.compile(rf"</?(?:{_MARKUP})(?:\s[^<>]*)?/?>|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
# Two words on either side of one of these are two words.
_BREAK = re.compile(r"<(?:br|hr|p|/p|div|/div|li|/li|/h[1-6])\b[^<>]*>", re.IGNORECASE)
_HIDDEN = re.compile(r"<(script|style)\b[^<>]*>.{0,2000}?</\1\s*>", re.IGNORECASE | re.DOTALL)
_PAIR = re.compile(rf"<({_MARKUP})(?:\s[^<>]*)?>[^<]*</\1\s*>", re.IGNORECASE)
_SINGLE = re.compile(r"<(?:br|p|img)\b[^<>]*>", re.IGNORECASE)
_LOOKED_AT = 20_000  # characters that tell HTML from text
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MAIL = r"[^\s@<>()\"',;]+@[^\s@<>()\"',;]+"
_MAIL_THEN_NAME = re.compile(rf"(?:mailto:)?{_MAIL}\s*\(([^()]*)\)")
_NAME_THEN_MAIL = re.compile(rf"\"?([^\"<>()]*?)\"?\s*[<(]\s*(?:mailto:)?{_MAIL}\s*[>)]")
_BARE_MAIL = re.compile(rf"(?:mailto:)?{_MAIL}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")


def plain_title(text: str, *, is_html: bool = True) -> str:
    """Return a title as plain text on one line.

    `is_html` False: the feed says that it is text, so what looks like markup is only stripped
    where it is a pair of tags ("<b>…</b>"), the mark of a feed that says so wrongly.
    """
    text = text[: LONGEST_TITLE * 4]
    if "<" in text and (is_html or _PAIR.search(text)):
        text = strip_tags(text)
    for _ in range(2):  # a second time for what was escaped twice
        if "&" not in text or not _REFERENCE.search(text):
            break
        text = html.unescape(text)
        if "<" in text and _PAIR.search(text):
            text = strip_tags(text)
    return squeeze(text)[:LONGEST_TITLE]


def strip_tags(text: str) -> str:
    """Return `text` without HTML tags, scripts and styles; other angle brackets stay."""
    text = _HIDDEN.sub(" ", text)
    return _TAG.sub("", _BREAK.sub(" ", text))


def looks_like_html(text: str) -> bool:
    """Tell whether a text that is said to be plain is HTML after all."""
    return bool(_PAIR.search(text, 0, _LOOKED_AT) or _SINGLE.search(text, 0, _LOOKED_AT))


def plain_name(text: str) -> str:
    """Return the name in an author field: "a@b.org (Name)", "Name <a@b.org>", "Name".

    A mail address alone gives "": it is nobody's name.
    """
    text = plain_title(text[: LONGEST_NAME * 4], is_html=bool(_PAIR.search(text[:2000])))
    for form in (_MAIL_THEN_NAME, _NAME_THEN_MAIL):
        match = form.fullmatch(text)
        if match:
            return match.group(1).strip()[:LONGEST_NAME]
    if _BARE_MAIL.fullmatch(text):
        return ""
    return text[:LONGEST_NAME].strip()


def join_names(names: list[str]) -> str:
    """Return the names as one author field, each once, in order."""
    return ", ".join(dict.fromkeys(name for name in names if name))[:LONGEST_NAME]


def plain_label(text: str) -> str:
    """Return the label of a category."""
    return plain_title(text)[:LONGEST_LABEL]


def tidy_language(text: str) -> str:
    """Return a language tag in its usual form ("en_us" gives "en-US"), or "" if it is none."""
    tag = text.strip().replace("_", "-")
    if not _LANGUAGE.fullmatch(tag):
        return ""
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *(p.upper() if len(p) == 2 else p for p in rest)])
