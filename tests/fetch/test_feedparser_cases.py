"""feedparser's own cases: what we keep agrees, except where a written reason says why not.

`data/feedparser_differences.json` lists the differences by reason. A new difference fails, and so
does one that is listed but gone.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.fetch import feedparser_suite as suite

from dateline.fetch.feeds import read_feed
from dateline.model import Broken, Fetched

HERE = Path(__file__).parent


def find_differences(case: Any) -> list[str]:
    feed = read_feed(case.body, url=case.url, content_type=case.content_type)
    assert isinstance(feed, Fetched | Broken)
    head, entries = {}, []
    if isinstance(feed, Fetched):
        head = {"feed title": feed.title, "feed language": feed.language}
        entries = [suite.show_entry(entry) for entry in feed.entries]
    return [
        f"{case.name} {check.field}"
        for check in case.checks
        if not suite.agrees(check, head, entries, case.url)
    ]


@pytest.mark.suite
def test_what_we_keep_agrees_with_feedparsers_own_expectations() -> None:
    if not suite.SUITE.exists():
        pytest.skip(f"{suite.SUITE.name} is not present in ../shared/suites")
    listed = json.loads((HERE / "data" / "feedparser_differences.json").read_text("utf-8"))
    cases = list(suite.read_cases())
    found = sorted({line for case in cases for line in find_differences(case)})
    known = sorted({line for lines in listed.values() for line in lines})
    assert len(cases) >= 2004
    assert found == known
    assert sum(len(case.checks) for case in cases) > 1200  # the suite is really looked at


@pytest.mark.suite
def test_a_wrong_value_does_not_agree() -> None:
    checks = {
        "title": ("One", "Two"),
        "summary": ("<p>one</p>", "<p>two</p>"),
        "link": ("http://example.org/1", "http://example.org/2"),
        "category": (["a"], "b"),
        "language": ("en", "de"),
    }
    for field, (got, wanted) in checks.items():
        check = suite.Check(field=field, index=0, wanted=wanted)
        assert not suite.agrees(check, {}, [{field: got}], "http://example.org/"), field
