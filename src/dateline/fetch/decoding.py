"""From the bytes of a feed to XML that is safe to parse.

Feeds lie about their charset, begin with white space, carry control characters and HTML's named
entities, and may carry bombs. Here the bytes become text, the document type goes (and with it
every entity that somebody could define: nothing is ever expanded or read from outside), and what
XML does not allow is mended, each in one linear pass.
"""

import codecs
import re
from dataclasses import dataclass
from html.entities import html5

MOST_MENDED = 500_000  # references and CDATA sections looked at; the parser drops the rest
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_BARE_WIDE = ((b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"))
_WIDE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
# What browsers read where these names are given (WHATWG Encoding).
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# Python also knows codecs that are no charsets (punycode, unicode_escape, …): those stay out.
_CHARSET = re.compile(
    r"(utf|iso|latin|windows|cp|ibm|koi8|gb|big5|euc|shift|sjis|mac|tis|ascii|us-ascii|ks_c|hz|x-)",
    re.IGNORECASE,
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
# Written in ASCII bytes, so that being valid UTF-8 proves nothing.
_SEVEN_BIT = ("iso2022", "hz", "utf-16", "utf-32")

_BAD_CHARS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r"))
_START = re.compile(r"<(?=[?!A-Za-z_])")
_PROLOG = re.compile(r"\s+|<\?.*?(?:\?>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_SUBSET = re.compile(r""""[^"]*"|'[^']*'|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|[\[\]>]""", re.DOTALL)
_KNOWN_REFERENCE = r"(?:lt|gt|amp|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});"
_ODD_REFERENCE = re.compile(f"&(?!{_KNOWN_REFERENCE})")
_REFERENCES = re.compile(
    r"<!\[CDATA\[[^\]]*+(?:\](?!\]>)[^\]]*+)*+(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)"
    rf"|&(?!{_KNOWN_REFERENCE})(?:([A-Za-z][A-Za-z0-9]{{1,31}});)?",
    re.DOTALL,
)
_FIRST_NAME = re.compile(r"<([A-Za-z_][\w.:-]{0,80})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """XML without its prolog, ready to be parsed; `root` is the first element's name."""

    text: str
    root: str  # lower case, with its prefix; "" where there is no element
    notes: tuple[str, ...] = ()


def decode_body(body: bytes, content_type: str) -> tuple[str, str]:
    """Return the body as text, and a note where characters had to be replaced."""
    for mark, charset in (*_BOMS, *_BARE_WIDE, *_WIDE):
        if body.startswith(mark):
            text = body.decode(charset, "replace")
            return text.removeprefix("\ufeff"), ""
    named = _list_charsets(body, content_type)
    if not any(name.startswith(_SEVEN_BIT) for name in named):
        named.insert(0, "utf-8")
    for charset in [*named, "utf-8"]:
        try:
            return body.decode(charset), ""
        except (UnicodeDecodeError, LookupError):
            continue
    charset = named[1] if len(named) > 1 else "utf-8"
    return body.decode(charset, "replace"), f"some characters are not valid {charset}"


def prepare_xml(text: str) -> Prepared:
    """Return the text as XML that can be parsed safely: no document type, no odd characters."""
    notes = []
    mended = _BAD_CHARS.sub("", text) if _has_bad_chars(text) else text
    if len(mended) != len(text):
        notes.append("control characters were dropped")
    start = _START.search(mended)
    if start is None:
        return Prepared(text="", root="")
    if mended[: start.start()].strip():
        notes.append("there is text before the feed begins")
    position, bare = _skip_prolog(mended, start.start())
    if not bare:
        notes.append("the document type was dropped, entities it defines are not expanded")
    mended = _mend_references(mended[position:])
    name = _FIRST_NAME.match(mended)
    root = name.group(1).lower() if name else ""
    return Prepared(text=mended, root=root, notes=tuple(notes))


def names_doctype_html(text: str) -> bool:
    """Tell whether the text begins as a web page does."""
    return bool(re.match(r"\s*(?:<\?xml[^>]*>\s*)?<!doctype\s+html\b", text[:2000], re.IGNORECASE))


def _list_charsets(body: bytes, content_type: str) -> list[str]:
    """Return the charsets that the reply's header and the XML declaration name, in that order."""
    declared = _DECLARED.search(body[:2000])
    header = _HEADER.search(content_type)
    given = [header.group(1)] if header else []
    given += [declared.group(1).decode("ascii")] if declared else []
    return [name for label in given if (name := _find_codec(label))]


def _find_codec(label: str) -> str:
    if not _CHARSET.match(label):
        return ""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    return "" if name.startswith("utf-7") else _READ_AS.get(name, name)


def _has_bad_chars(text: str) -> bool:
    """Tell whether there is something to mend; on bytes this is ten times faster than to mend."""
    try:
        body = text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return True
    return len(body.translate(None, _CONTROLS)) < len(body) or "\ufffe" in text or "\uffff" in text


def _skip_prolog(text: str, position: int) -> tuple[int, bool]:
    """Return where the first element begins, and whether there was no document type."""
    bare = True
    while position < len(text):
        skipped = _PROLOG.match(text, position)
        if skipped:
            position = skipped.end()
        elif text[position : position + 2] == "<!":
            bare = False
            position = _skip_doctype(text, position + 2)
        else:
            break
    return position, bare


def _skip_doctype(text: str, position: int) -> int:
    inside = False  # the internal subset, between [ and ]
    for token in _SUBSET.finditer(text, position):
        mark = token.group()
        if mark == ">" and not inside:
            return token.end()
        if mark in "[]":
            inside = mark == "["
    return len(text)


def _mend_references(text: str) -> str:
    if not _ODD_REFERENCE.search(text):
        return text
    return _REFERENCES.sub(_mend_reference, text, count=MOST_MENDED)


def _mend_reference(match: re.Match[str]) -> str:
    found = match.group()
    if not found.startswith("&"):
        return found  # inside CDATA and comments an ampersand is only a letter
    name = match.group(1)
    letters = html5.get(f"{name};", "") if name else ""
    if letters:
        return "".join(f"&#{ord(letter)};" for letter in letters)
    return f"&amp;{found[1:]}"
