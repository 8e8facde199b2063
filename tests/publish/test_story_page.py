from datetime import date
from zoneinfo import ZoneInfo

import pytest

from dateline.publish.story_page import (
    group_card_days,
    list_carriers,
    split_headline,
)


def test_cards_stand_under_the_day_of_the_sites_time_zone(make) -> None:
    late = make.card(60 * 14)  # 22:00 UTC on the day before
    asked = group_card_days([make.card(1), late], ZoneInfo("Asia/Tokyo"))
    assert [day for day, _cards in asked] == [date(2026, 5, 14)]
    assert [day for day, _cards in group_card_days([make.card(1), late], ZoneInfo("UTC"))] == [
        date(2026, 5, 14),
        date(2026, 5, 13),
    ]


def test_the_carriers_of_a_report_are_all_but_the_article_itself(make) -> None:
    origin = [make.card(n, origin_id=1) for n in (1, 2, 3)] + [make.card(4, gone=True)]
    assert [c.article_id for c in list_carriers(origin[1], origin)] == [3, 1]


@pytest.mark.parametrize(
    ("kicker", "headline", "expected"),
    [
        ("War", "War: NATO wary", ("War", "NATO wary")),
        ("WAR", "War – NATO wary", ("WAR", "NATO wary")),
        ("Live", "NATO wary", ("Live", "NATO wary")),
        ("War", "Warsaw votes", ("", "Warsaw votes")),
        ("War", "War:", ("", "War:")),
        ("", "NATO wary", ("", "NATO wary")),
    ],
)
def test_a_kicker_is_never_printed_twice(make, kicker, headline, expected) -> None:
    assert split_headline(make.card(kicker=kicker, headline=headline)) == expected
