"""`dateline pin`, `unpin`, `pins`."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.cli.test_story import home, made, run  # noqa: F401

from dateline.cli.pin import read_end
from dateline.errors import InputError
from dateline.model import Site

NOW = datetime(2026, 5, 14, 12, 0, tzinfo=UTC)


def test_an_end_is_a_stretch_a_moment_or_never() -> None:
    site = Site(time_zone="Europe/Kyiv")
    assert read_end("6h", site, NOW) == NOW + timedelta(hours=6)
    assert read_end("2026-05-14T18:00", site, NOW) == datetime(2026, 5, 14, 15, tzinfo=UTC)
    assert read_end("2026-05-14T18:00Z", site, NOW) == datetime(2026, 5, 14, 18, tzinfo=UTC)
    assert read_end("never", site, NOW) is None
    for wrong in ("", "soon", "6 parsecs", "99d"):
        with pytest.raises(InputError, match="no end of a pin"):
            read_end(wrong, site, NOW)


def test_a_story_is_pinned_listed_and_let_go(home: Path) -> None:  # noqa: F811
    here = ("--home", home)
    assert "Nothing is pinned" in run("pins", *here).output
    done = run("pin", "9", "--place", "lead", "--until", "2h", "--why", "our bridge", *here)
    assert done.exit_code == 0 and "Story 9 is pinned: lead of the front page" in done.output
    assert run("pin", "10", "--section", "Politik", "--until", "never", *here).exit_code == 0
    rows = [json.loads(line) for line in run("pins", "--json", *here).stdout.splitlines()]
    assert [(row["story"], row["section"], row["place"]) for row in rows] == [
        (10, "politics", "top"),
        (9, "", "lead"),
    ]
    assert (rows[1]["by"], rows[1]["why"], rows[0]["until"]) == ("person", "our bridge", None)
    assert isinstance(run("unpin", "10", *here).exception, InputError)
    assert run("unpin", "10", "--all", *here).exit_code == 0
    assert run("unpin", "9", *here).exit_code == 0
    assert "Nothing is pinned" in run("pins", *here).output
    assert run("pins", "--all", *here).output.count("ended") == 2


def test_what_cannot_be_pinned_is_said(home: Path) -> None:  # noqa: F811
    done = run("pin", "999", "--home", home)
    assert isinstance(done.exception, InputError)
    assert "no story 999" in str(done.exception)


def test_a_section_that_is_not_there_is_refused(home: Path) -> None:  # noqa: F811
    for wrong in ("nosuch", " "):
        done = run("pin", "9", "--section", wrong, "--home", home)
        assert isinstance(done.exception, InputError)
        assert f"no section {wrong!r}" in str(done.exception)
        assert "politics" in str(done.exception)
    assert "Nothing is pinned" in run("pins", "--home", home).output
