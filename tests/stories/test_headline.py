"""Whose headline a story carries, and that it does not change for little."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dateline.model import ArticleId, Card, Rights, Role
from dateline.stories.headline import choose_lead

START = datetime(2026, 3, 2, tzinfo=UTC)


def card(number: int, headline: str = "Governor opens new bridge over the Ash") -> Card:
    return Card(
        article_id=ArticleId(number),
        url=f"https://example.org/{number}",
        headline=headline,
        kicker="",
        lede="The bridge links both banks for the first time in forty years, said the governor.",
        language="en",
        section="",
        source_key="one",
        source_name="One",
        rights=Rights.EXCERPT,
        at=START + timedelta(hours=number),
        first_seen=START,
    )


def test_among_equals_the_present_one_stays() -> None:
    cards = [card(2), card(1), card(3)]
    assert choose_lead(cards).article_id == 2
    assert choose_lead(cards, incumbent=3).article_id == 3


def test_a_slightly_better_one_does_not_replace_it() -> None:
    plain = replace(card(1), role=Role.CARRIES)
    assert choose_lead([plain, card(2)]).article_id == 1


@pytest.mark.parametrize(
    "headline",
    ["Live: bridge opens over the Ash", "Was wir wissen – Liveblog zur Brücke", "", "Bridge"],
)
def test_what_is_no_full_report_gives_way(headline: str) -> None:
    assert choose_lead([card(1, headline), card(2)]).article_id == 2


@pytest.mark.parametrize(
    "headline", ["Hm.", "🚨🚨🚨 #breaking", "https://post.example/picture-of-the-bridge.jpg", ""]
)
def test_no_words_lead_whatever_speaks_for_them(headline: str) -> None:
    mute = replace(card(1, headline), picture="https://post.example/a.jpg")
    other = replace(card(2, "Мост закрыт: полиция"), language="ru", lede="", role=Role.CARRIES)
    assert choose_lead([mute, other], language="en", incumbent=1).article_id == 2


def test_any_words_are_better_than_a_withdrawn_article() -> None:
    assert choose_lead([replace(card(1), gone=True), card(2, "Hm.")]).article_id == 2


def test_the_language_of_the_site_goes_first() -> None:
    german = replace(card(1, "Gouverneur eröffnet neue Brücke über die Asch"), language="de")
    assert choose_lead([german, card(2)], language="en-GB").article_id == 2
    assert choose_lead([german, card(2)], language="de").article_id == 1


def test_a_withdrawn_article_gives_way_to_the_earliest_of_the_others() -> None:
    assert choose_lead([replace(card(1), gone=True), card(3), card(2)]).article_id == 2


def test_an_article_of_which_only_a_part_belongs_to_the_story_does_not_lead_it() -> None:
    partly = replace(card(1), spans=((0, 200),))
    assert choose_lead([partly, replace(card(2), language="de")], "en").article_id == 2


def test_a_story_has_members() -> None:
    with pytest.raises(ValueError, match="without articles"):
        choose_lead([])
