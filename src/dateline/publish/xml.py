"""XML that is well-formed whatever the words in it are."""

import re

from lxml import etree

# Everything that XML 1.0 cannot carry: controls, lone surrogates, two non-characters.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean_text(text: str) -> str:
    """Return `text` without the characters that XML cannot carry."""
    return _NOT_XML.sub("", text)


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


def set_language(element: etree._Element, language: str) -> None:
    """Say in which language an element's words are, where it is known."""
    if language and language != "und":
        element.set("{http://www.w3.org/XML/1998/namespace}lang", clean_text(language))


def write_xml(root: etree._Element) -> bytes:
    """Return a document as UTF-8 with its declaration."""
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))
