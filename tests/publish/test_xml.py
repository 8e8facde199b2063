"""XML stays well-formed and says only what is so, whatever comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.examples import examples

from dateline.publish.xml import add_element, clean_text, read_tag, set_language, write_xml


@given(st.text(max_size=60))
@examples()
def test_any_words_stand_in_xml_as_they_are_but_for_controls(words: str) -> None:
    root = etree.Element("x")
    add_element(root, "y", words, z=words)
    read = etree.fromstring(write_xml(root))
    kept = clean_text(words)
    assert (read[0].text or "") == kept and (read[0].get("z") or "") == kept
    assert clean_text(kept) == kept


@pytest.mark.parametrize(
    "odd", ["\x00", "\x0b", "\x7f", "\x85", "\x9f", "\ud800", "\ufdd0", "\ufffe"]
)
def test_what_is_no_letter_is_dropped(odd: str) -> None:
    assert clean_text(f"a{odd}b") == "ab"


@pytest.mark.parametrize("word", ["\t\n\r", "é", "\ufffd", "\U0001f469\u200d\U0001f467", "\u202e"])
def test_what_is_written_stays(word: str) -> None:
    assert clean_text(word) == word


@pytest.mark.parametrize(
    ("given_tag", "tag"),
    [
        *(("en", "en"), ("en_GB", "en-GB"), (" zh-Hant-TW ", "zh-Hant-TW"), ("sco", "sco")),
        *(("und", ""), ("", ""), ("english", ""), ("x-klingon", ""), ("de\n!", ""), ("e", "")),
    ],
)
def test_a_language_is_told_only_where_it_is_one(given_tag: str, tag: str) -> None:
    root = etree.Element("x")
    set_language(root, given_tag)
    assert read_tag(given_tag) == tag
    assert (root.get("{http://www.w3.org/XML/1998/namespace}lang") or "") == tag
