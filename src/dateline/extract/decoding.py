"""Bytes -> text: which charset a page is written in, as browsers decide it, with repairs.

Servers and pages lie about charsets. What decodes without an error is believed before what is
declared, because valid UTF-8 beyond ASCII is hardly ever anything else.
"""

import codecs
import re

from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

_HEAD = 4096  # browsers look for a declaration in the first 1024 bytes; news pages are wordier
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:\-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:\-]{2,40})")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode_page(body: bytes, content_type: str = "") -> tuple[str, str]:
    """Return the text of `body` and the name of the charset that was used; never raises."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace"), name
    for name in _list_charsets(body, content_type):
        text = _try_decode(body, name)
        if text is not None:
            return text, name
    declared = _declared(body, content_type)
    name = declared[0] if declared else "utf-8"
    return body.decode(name, "replace"), name


def _list_charsets(body: bytes, content_type: str) -> list[str]:
    wide = _guess_wide(body)
    names = [wide] if wide else []
    declared = _declared(body, content_type)
    if not body.isascii() or not declared:
        names.append("utf-8")
    names += declared
    if not body.isascii():
        names.append(_known(detect_encoding(body[:100_000]) or ""))
    return [name for name in dict.fromkeys(names) if name]


def _declared(body: bytes, content_type: str) -> list[str]:
    head = body[:_HEAD]
    found = [
        _CHARSET.search(content_type.encode("ascii", "replace")),
        _XML.match(head.lstrip()),
        _CHARSET.search(head),
    ]
    names = [_known(match.group(1).decode("ascii")) for match in found if match]
    # A page that can be read as bytes of ASCII is not UTF-16, whatever it says of itself.
    return [name for name in names if name and not name.startswith("utf-16")]


def _known(label: str) -> str:
    """Return the codec's name for a charset label ("latin1" is windows-1252 on the web), or ""."""
    try:
        mapped = map_encoding_to_html5(label, fallback_utf8=False) or label
        return codecs.lookup(mapped).name
    except (LookupError, ValueError, TypeError):
        return ""


def _guess_wide(body: bytes) -> str:
    """Return the UTF-16 flavour of bytes without a mark: every second byte is 0 in markup."""
    head = body[:200]
    if len(head) < 4 or b"\x00" not in head:
        return ""
    low, high = head[1::2].count(0), head[0::2].count(0)
    if low > len(head) // 3:
        return "utf-16-le"
    return "utf-16-be" if high > len(head) // 3 else ""


def _try_decode(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None
