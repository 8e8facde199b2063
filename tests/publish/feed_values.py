"""What a value in a feed must be like: an address, an id, a date, a language, words, HTML.

Each check yields what is wrong with one value, led by the name of its rule: "address: …".
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import unquote

from lxml import etree

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SIGN = "[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2}"
_ADDRESS = re.compile(
    rf"https?://(?:(?:{_SIGN})*@)?[A-Za-z0-9._~!$&'()*+,;=-]+(?::\d+)?(?:[/?#](?:{_SIGN}|[@/?#])*)?"
)
_PARTS = re.compile(r"(https?)://([^/?#]+)(/[^?#]*)((?:\?[^#]*)?)((?:#.*)?)", re.DOTALL)
_PORTS = {"http": ":80", "https": ":443"}
_FREE = re.compile(r"%(?:2D|2E|5F|7E|3[0-9]|4[1-9A-F]|5[0-9A]|6[1-9A-F]|7[0-9A])")
_MAIL_DATE = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_KIND = re.compile(r"[a-z]+/[a-z0-9.+-]+")
# Controls beyond ASCII, and the non-characters: XML advises against them, HTML forbids them.
_ODD = re.compile("[\x7f-\x9f\ufdd0-\ufdef]|[" + "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17)
) + "]")  # fmt: skip


def check_address(address: str) -> Iterator[str]:
    """Yield whether `address` is no whole http(s) address as RFC 3986 writes it."""
    if not _ADDRESS.fullmatch(address):
        yield f"address: {address!r}"


def check_canonical(address: str) -> Iterator[str]:
    """Yield whether an id is written otherwise than RFC 3986 would compare it."""
    found = _PARTS.fullmatch(address)
    if found is None:
        yield f"canonical: {address!r}"
        return
    scheme, host, path = found[1], found[2], found[3]
    is_plain = host == host.lower() and not host.endswith(_PORTS[scheme]) and "@" not in host
    rest = "".join(found.groups()[2:])
    escapes = re.findall("%..", rest)
    is_even = all(each == each.upper() and not _FREE.match(each) for each in escapes)
    words = unquote(rest)
    dots = {".", ".."} & set(path.split("/"))
    if not is_plain or not is_even or dots or unicodedata.normalize("NFC", words) != words:
        yield f"canonical: {address!r}"


def check_mail_date(text: str) -> Iterator[str]:
    """Yield whether `text` is no date of RFC 822 with four digits of the year, and its weekday."""
    try:
        at = datetime.strptime(text.replace("GMT", "+0000"), "%a, %d %b %Y %H:%M:%S %z")
    except ValueError:
        yield f"date: {text!r}"
        return
    if not _MAIL_DATE.fullmatch(text) or at.strftime("%a") != text[:3]:
        yield f"date: {text!r}"


def check_moment(text: str) -> Iterator[str]:
    """Yield whether `text` is no date of RFC 3339."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        yield f"date: {text!r}"
        return
    if not _MOMENT.fullmatch(text):
        yield f"date: {text!r}"


def check_language(tag: str) -> Iterator[str]:
    """Yield whether `tag` is no language as BCP 47 writes it."""
    if not _TAG.fullmatch(tag) or tag == "und":
        yield f"language: {tag!r}"


def check_kind(kind: str) -> Iterator[str]:
    """Yield whether `kind` is no media type."""
    if not _KIND.fullmatch(kind):
        yield f"type: {kind!r}"


def check_filled(name: str, text: str | None) -> Iterator[str]:
    """Yield whether an element has no words."""
    if not (text or "").strip():
        yield f"blank: {name}"


def check_html(text: str) -> Iterator[str]:
    """Yield what a strict reader of HTML, or one that drops dangerous parts, stumbles over.

    What we write is so plain that it must be well-formed XML too.
    """
    try:
        root = etree.fromstring(f"<div>{text}</div>")
    except etree.XMLSyntaxError as error:
        yield f"html: {error}"
        return
    for element in root.iter():
        allowed = {"href"} if element.tag == "a" else set()
        if element.tag not in ("div", "p", "a") or set(element.attrib) - allowed:
            yield f"html: {element.tag} {dict(element.attrib)}"
        if element.tag == "a":
            yield from check_address(str(element.get("href", "")))


def check_tree(root: etree._Element) -> Iterator[str]:
    """Yield what is wrong with the characters and the languages of a whole document."""
    for element in root.iter():
        words = "".join(
            (element.text or "", element.tail or "", *map(str, element.attrib.values()))
        )
        if _ODD.search(words):
            yield f"characters: {words!r}"
        if (tag := element.get(XML_LANG)) is not None:
            yield from check_language(str(tag))
