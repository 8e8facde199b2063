"""What happened in a story, line by line."""

from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

from dateline.model import Decision, DecisionKind, Link, LinkKind
from dateline.publish.story_page import (
    LINES,
    MOST_CHANGED,
    Trace,
    View,
    build_story_page,
    group_card_days,
)

HOUR = timedelta(hours=1)


def write(page) -> list[str]:
    """Each line of the timeline in short."""
    found = []
    for day in page.days:
        for line in day.happenings:
            number = line.card.article_id if line.card else line.decisions[0].id
            carriers = "".join(f" +{card.article_id}" for card in line.carriers)
            found.append(f"{line.kind} {number}{carriers}")
    return found


def tell(make):
    """A report with a carrier, an edit, a withdrawal; one in German alone; a merge."""
    now = make.now
    seen = now - 40 * HOUR
    copy = {"origin_id": 1, "taken_from": 1}
    cards = [
        make.card(1, at=now - 30 * HOUR, first_seen=seen, origin_id=1, edited_at=now - HOUR),
        make.card(2, at=now - 29 * HOUR, first_seen=seen, source_key="a", **copy),
        make.card(3, at=now - 2 * HOUR, first_seen=now - 2 * HOUR, source_key="b", **copy),
        make.card(4, at=now - 4 * HOUR, first_seen=now - 4 * HOUR, origin_id=2, language="de"),
        make.card(5, at=now - 28 * HOUR, first_seen=seen, origin_id=3, gone=True, gone_at=now),
    ]
    merge = Decision(
        id=7, kind=DecisionKind.MERGE, at=now - 3 * HOUR, after=4, from_id=2, to_id=1, by="person"
    )
    join = Decision(id=8, kind=DecisionKind.JOIN, at=now, after=4, from_id=2, to_id=1)
    return cards, Trace(decisions=[merge, join])


def test_first_reports_edits_withdrawals_and_decisions_are_lines(make) -> None:
    page = build_story_page(*tell(make), View(zone=UTC))
    assert write(page) == [
        "withdrawn 5",
        "changed 1",
        "decided 7",
        "report 4",
        "report 5",
        "report 1 +2 +3",
    ]
    assert [day.day for day in page.days] == [date(2026, 5, 14), date(2026, 5, 13)]
    counted = {"withdrawn": 1, "changed": 1, "decided": 1, "report": 3, "carried": 2}
    assert {kind: count for kind, count in page.counts.items() if count} == counted
    assert [card.article_id for card in page.changed] == [5, 1]
    assert page.news is None


def test_since_a_moment_only_what_is_new_is_told(make) -> None:
    page = build_story_page(*tell(make), View(zone=UTC, since=make.now - 5 * HOUR))
    assert write(page) == ["withdrawn 5", "changed 1", "carried 3", "decided 7", "report 4"]
    assert [tree.first.article_id for tree in page.trees] == [1]
    assert not page.is_all_new


def test_since_a_moment_after_everything_nothing_is_told(make) -> None:
    page = build_story_page(*tell(make), View(zone=UTC, since=make.now + HOUR))
    assert (page.happenings, page.trees, page.alone) == (0, (), 0)


def test_since_a_moment_before_everything_all_is_new(make) -> None:
    page = build_story_page(*tell(make), View(zone=UTC, since=make.now - 90 * HOUR))
    assert page.is_all_new
    assert [line for line in write(page) if line.startswith("report")] == [
        "report 4",
        "report 5",
        "report 1 +2 +3",
    ]


def test_an_outlet_that_has_its_own_report_again_carries_nobodys(make) -> None:
    cards, _ = tell(make)
    mine = make.card(6, first_seen=make.now, origin_id=1, taken_from=1)
    feed = make.card(7, first_seen=make.now, origin_id=1, taken_from=1, source_key="a")
    page = build_story_page([*cards, mine, feed], Trace(), View(zone=UTC))
    report = page.days[-1].happenings[-1]
    assert [card.article_id for card in report.carriers] == [2, 3, 7]
    assert [card.article_id for card in report.again] == [6]
    assert (page.counts["carried"], page.counts["again"]) == (3, 1)
    fresh = build_story_page([*cards, mine, feed], Trace(), View(zone=UTC, since=make.now - HOUR))
    assert {"again 6", "carried 7"} <= set(write(fresh))


def test_what_has_no_date_stands_behind_all_days(make) -> None:
    cards = [make.card(1), make.card(2, dated=False, at=make.now, first_seen=make.now)]
    page = build_story_page(cards, Trace(), View(zone=UTC))
    assert [day.day for day in page.days] == [date(2026, 5, 14), None]
    assert [line.card.article_id for line in page.days[1].happenings] == [2]
    assert group_card_days(cards, UTC) == ((date(2026, 5, 14), cards[:1]), (None, cards[1:]))


def test_in_one_language_the_first_that_is_in_it_stands_for_the_report(make) -> None:
    cards = [
        make.card(9, origin_id=1),
        make.card(8, origin_id=1, taken_from=9, language="de"),
        make.card(7, origin_id=1, taken_from=9, language="de", source_key="a"),
        make.card(6, origin_id=2),
    ]
    page = build_story_page(cards, Trace(), View(zone=UTC, language="de"))
    assert write(page) == ["report 8 +7"]
    assert [len(tree.cards) for tree in page.trees] == [3]  # the tree is shown whole
    assert page.only == ()


def test_days_are_those_of_the_sites_time_zone(make) -> None:
    cards = [make.card(1), make.card(60 * 14)]  # 22:00 UTC on the day before
    page = build_story_page(cards, Trace(), View(zone=ZoneInfo("Asia/Tokyo")))
    assert [day.day for day in page.days] == [date(2026, 5, 14)]


def test_what_one_language_alone_reports_is_listed_the_fewest_first(make) -> None:
    cards = [
        make.card(1, origin_id=1),
        make.card(2, origin_id=2, language="en-US"),
        make.card(3, origin_id=3, language="de"),
        make.card(4, origin_id=4),
        make.card(5, origin_id=4, language="de"),
        make.card(6, origin_id=5, language="und"),
    ]
    page = build_story_page(cards, Trace(), View(zone=UTC))
    found = [(each.language, [card.article_id for card in each.reports]) for each in page.only]
    assert found == [("de", [3]), ("en", [1, 2])]
    alone = build_story_page(cards[:2], Trace(), View(zone=UTC))
    assert alone.only == ()  # a story in one language
    apart = build_story_page(cards[:3], Trace(), View(zone=UTC))
    assert apart.only == ()  # no report of it was recognised in another language


def test_partial_copies_and_shared_quotes_are_notes_on_both_sides(make) -> None:
    cards = [make.card(number, origin_id=number) for number in (1, 2, 3, 4)]
    links = [
        Link(article_id=1, other_id=2, kind=LinkKind.PARTIAL, likeness=0.4, why=""),
        Link(article_id=2, other_id=3, kind=LinkKind.QUOTES, likeness=0.1, why=""),
        Link(article_id=1, other_id=4, kind=LinkKind.COPY, likeness=1.0, why=""),
        Link(article_id=1, other_id=99, kind=LinkKind.PARTIAL, likeness=0.4, why=""),
    ]
    page = build_story_page(cards, Trace(links=links), View(zone=UTC))
    notes = {
        number: [(note.kind, [other.article_id for other, _ in note.others]) for note in found]
        for number, found in page.notes.items()
    }
    assert notes == {
        1: [("partial", [2])],
        2: [("partial", [1]), ("quotes", [3])],
        3: [("quotes", [2])],
    }
    assert [tree.first.article_id for tree in page.trees] == [3, 2, 1]
    assert page.alone == 1


def decide(
    make, number: int, hours: float, by: str = "person", kind=DecisionKind.MERGE
) -> Decision:
    at = make.now - hours * HOUR
    return Decision(id=number, kind=kind, at=at, after=1, from_id=number, to_id=1, by=by)


def test_decisions_of_one_kind_that_follow_one_another_on_a_day_are_one_line(make) -> None:
    decisions = [
        decide(make, 1, 1.0),
        decide(make, 2, 1.1),
        decide(make, 3, 1.2, by="stories/2"),
        decide(make, 4, 1.3, by="stories/2"),
        decide(make, 5, 1.4, kind=DecisionKind.SPLIT),
        decide(make, 6, 3.0),
        decide(make, 7, 30.0),
    ]
    card = make.card(1, at=make.now - 2 * HOUR)
    page = build_story_page([card], Trace(decisions=decisions), View(zone=UTC))
    lines = [
        [decision.id for decision in line.decisions]
        for day in page.days
        for line in day.happenings
        if line.decisions
    ]
    assert lines == [[1, 2], [3, 4], [5], [6], [7]]
    assert page.counts["decided"] == 7


def test_a_long_timeline_has_pages(make) -> None:
    cards = [make.card(number, origin_id=number) for number in range(1, LINES + 8)]
    shown = []
    for asked in (1, 2, 3, 0):
        page = build_story_page(cards, Trace(), View(zone=UTC, page=asked))
        shown.append([page.page, page.pages, sum(len(day.happenings) for day in page.days)])
    assert shown == [[1, 2, LINES], [2, 2, 7], [2, 2, 7], [1, 2, LINES]]
    assert page.happenings == LINES + 7


def test_of_many_changed_articles_the_latest_are_named_and_the_rest_counted(make) -> None:
    moments = [make.now - number * HOUR for number in range(MOST_CHANGED + 3)]
    cards = [make.card(number, edited_at=at) for number, at in enumerate(moments, start=1)]
    page = build_story_page(cards, Trace(), View(zone=UTC))
    assert [card.article_id for card in page.changed] == list(range(1, MOST_CHANGED + 1))
    assert page.more_changed == 3
