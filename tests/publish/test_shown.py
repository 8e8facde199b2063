from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.model import Picture, Rights
from dateline.publish.shown import show_card, show_cards, show_snippet, show_text

PICTURE = Picture(url="https://post.example/p.jpg")


def test_full_rights_show_all_of_the_text_and_its_html(make) -> None:
    reading = make.reading()
    shown = show_text(reading, make.source(Rights.FULL))
    assert (shown.html, shown.text, shown.cut) == (reading.html, reading.text, False)
    assert shown.paragraphs == ("one two three", "four five six")


def test_an_excerpt_is_the_first_words_and_no_html(make) -> None:
    shown = show_text(make.reading(), make.source(Rights.EXCERPT, excerpt_words=4))
    assert (shown.text, shown.html, shown.cut) == ("one two three\n\nfour …", None, True)


def test_an_excerpt_longer_than_the_text_is_not_called_cut(make) -> None:
    shown = show_text(make.reading(), make.source(Rights.EXCERPT, excerpt_words=6))
    assert (shown.text, shown.cut) == ("one two three\n\nfour five six", False)


def test_headline_rights_show_no_word_and_no_picture(make) -> None:
    shown = show_text(make.reading(), make.source(Rights.HEADLINE))
    assert (shown.text, shown.html, shown.summary, shown.picture) == ("", None, "", False)
    assert shown.cut


def test_a_withdrawn_article_shows_no_text_whatever_its_rights(make) -> None:
    shown = show_text(make.reading(), make.source(Rights.FULL), gone=True)
    assert (shown.text, shown.html, shown.picture, shown.withdrawn) == ("", None, False, True)


def test_a_card_of_headline_rights_loses_lede_and_picture(make) -> None:
    card = show_card(
        make.card(picture=PICTURE, picture_hash="abcdef01"), make.source(Rights.HEADLINE)
    )
    assert (card.lede, card.picture, card.picture_hash) == ("", None, "")
    assert card.headline == make.card(picture=PICTURE, picture_hash="abcdef01").headline


def test_a_card_of_an_unknown_source_is_treated_as_headline_only(make) -> None:
    assert show_cards([make.card(picture=PICTURE, picture_hash="abcdef01")], {})[0].lede == ""


def test_a_card_follows_its_source_and_not_what_the_card_says(make) -> None:
    assert (
        show_card(
            replace(make.card(picture=PICTURE, picture_hash="abcdef01"), rights=Rights.FULL),
            make.source(Rights.HEADLINE),
        ).lede
        == ""
    )


def test_the_lede_of_an_excerpt_is_no_longer_than_the_excerpt(make) -> None:
    card = show_card(
        make.card(picture=PICTURE, picture_hash="abcdef01"),
        make.source(Rights.EXCERPT, excerpt_words=2),
    )
    assert card.lede == "one two …"
    assert card.picture_hash == "abcdef01"


def test_a_snippet_is_refused_where_only_the_headline_may_be_shown(make) -> None:
    card = show_card(
        make.card(picture=PICTURE, picture_hash="abcdef01"), make.source(Rights.HEADLINE)
    )
    assert show_snippet(card, [("text", True)]) == []


@given(st.text(max_size=300), st.integers(0, 12))
@examples(60)
def test_an_excerpt_never_has_more_words_than_allowed(make, text: str, words: int) -> None:
    reading = make.reading(text=text, lede=text)
    shown = show_text(reading, make.source(Rights.EXCERPT, excerpt_words=words))
    assert len(shown.text.removesuffix(" …").split()) <= words + text.endswith("…")


@pytest.mark.parametrize(
    ("headline", "lede", "shown"),
    [
        ("The bridge is closed.", "The bridge is closed. More soon.", "More soon."),
        ("The bridge is closed.", "The bridge is closed.", ""),
        ("Vale wins the cup again", "Vale wins the cup again | It was close.", "It was close."),
        ("Vale wins the cup again", "Vale wins the cup again", ""),
        ("Vale wins the cup", "Vale wins the cup he lost.", "Vale wins the cup he lost."),
        ("Orvenia", "Orvenia – Teskar talks go on.", "Orvenia – Teskar talks go on."),
        ("Is it over?", "Is it over?! No.", "Is it over?! No."),
        ("", "More soon.", "More soon."),
        ("He came and …", "He came and was gone. More soon.", "… was gone. More soon."),
        ("He came and …", "He came and …", ""),
        ("橋は月曜 …", "橋は月曜日に閉鎖された。", "… 日に閉鎖された。"),
        (" …", "He came.", "He came."),
    ],
)
def test_a_lede_does_not_say_the_headline_again(make, headline, lede, shown) -> None:
    card = replace(make.card(), headline=headline, lede=lede)
    assert show_card(card, make.source(Rights.FULL)).lede == shown
