from datetime import date
from zoneinfo import ZoneInfo

import pytest

from dateline.publish.story_page import (
    group_card_days,
    group_days,
    group_reports,
    keep_independent,
    list_carriers,
    split_headline,
)


def test_members_are_grouped_by_origin_under_the_earliest(make) -> None:
    cards = [
        make.card(1, origin_id=5, credits=("AFP",)),
        make.card(2, origin_id=5, credits=("AFP", "Jiji")),
        make.card(3, origin_id=6),
        make.card(4),
        make.card(5),
    ]
    reports = group_reports(cards)
    found = [(r.first.article_id, [c.article_id for c in r.carriers]) for r in reports]
    assert found == [(2, [1]), (3, []), (4, []), (5, [])]
    assert reports[0].credits == ("AFP", "Jiji")


def test_days_are_those_of_the_sites_time_zone(make) -> None:
    late = make.card(60 * 14)  # 22:00 UTC on the day before
    zone = ZoneInfo("Asia/Tokyo")
    days = group_days(group_reports([make.card(1), late]), zone)
    assert [day.day for day in days] == [date(2026, 5, 14)]
    assert [day for day, _cards in group_card_days([make.card(1), late], ZoneInfo("UTC"))] == [
        date(2026, 5, 14),
        date(2026, 5, 13),
    ]


def test_the_carriers_of_a_report_are_all_but_the_article_itself(make) -> None:
    origin = [make.card(n, origin_id=1) for n in (1, 2, 3)] + [make.card(4, gone=True)]
    assert [c.article_id for c in list_carriers(origin[1], origin)] == [3, 1]


def test_related_articles_are_independent_of_the_article_and_of_each_other(make) -> None:
    card = make.card(1, origin_id=1)
    related = [
        (make.card(1, origin_id=1), 1.0),
        (make.card(2, origin_id=1), 0.9),
        (make.card(3, origin_id=2), 0.8),
        (make.card(4, origin_id=2), 0.7),
        (make.card(5), 0.6),
        (make.card(6, gone=True), 0.5),
    ]
    assert [c.article_id for c in keep_independent(card, related, limit=9)] == [3, 5]


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
