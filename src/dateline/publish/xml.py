"""XML that is well-formed whatever the words in it are."""

import re

from lxml import etree

from dateline.text import squeeze

# What XML 1.0 cannot carry (controls, lone surrogates, two non-characters), and what it advises
# against, since HTML calls it an error: the other controls, the other non-characters.
_PLANES = "".join(f"{chr(plane << 16)}-{chr(plane << 16 | 0xFFFD)}" for plane in range(1, 17))
_NOT_XML = re.compile(f"[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd{_PLANES}]")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def clean_text(text: str) -> str:
    """Return `text` without the characters that XML, or HTML inside it, should not carry."""
    return _NOT_XML.sub("", text)


def clean_line(text: str) -> str:
    """Return `text` as one line that XML can carry."""
    return clean_text(squeeze(text)).strip()


def add_element(
    parent: etree._Element, tag: str, text: str = "", **attributes: str
) -> etree._Element:
    """Add one element with its text; attributes that are empty are left out."""
    element = etree.SubElement(parent, tag)
    if text:
        element.text = clean_text(text)
    for name, value in attributes.items():
        if value:
            element.set(name, clean_text(value))
    return element


def read_tag(language: str) -> str:
    """Return a language as BCP 47 writes it, or "" where it is none ("und", "en_GB?")."""
    tag = language.strip().replace("_", "-")
    return tag if _TAG.fullmatch(tag) and tag.casefold() != "und" else ""


def set_language(element: etree._Element, language: str) -> None:
    """Say in which language an element's words are, where it is known."""
    if tag := read_tag(language):
        element.set("{http://www.w3.org/XML/1998/namespace}lang", tag)


def write_xml(root: etree._Element) -> bytes:
    """Return a document as UTF-8 with its declaration."""
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))
