"""Progress lines: on a terminal one is rewritten, elsewhere they come at intervals."""

import io
from datetime import UTC, datetime, timedelta

import pytest

from dateline.work.progress import Progress, tell_time

START = datetime(2026, 11, 2, 12, tzinfo=UTC)


class Terminal(io.StringIO):
    def isatty(self):
        return True


def follow(stream, total, steps):
    """Show each (seconds, done) on a new Progress."""
    now = START
    progress = Progress(stream, what="articles", total=total, clock=lambda: now)
    for seconds, done in steps:
        now = START + timedelta(seconds=seconds)
        progress.show(done)
    progress.finish()
    return stream.getvalue()


def test_plain_lines_come_at_intervals_with_rate_and_time_left():
    lines = follow(io.StringIO(), 1000, [(s, s * 10) for s in range(41)]).splitlines()
    assert lines == [
        "0 of 1,000 articles (0 %)",
        "150 of 1,000 articles (15 %), 10/s, 1 min 25 s left",
        "300 of 1,000 articles (30 %), 10/s, 1 min 10 s left",
        "400 of 1,000 articles (40 %), 10/s, took 40 s",
    ]


def test_what_an_earlier_run_did_is_not_this_ones_speed():
    text = follow(io.StringIO(), 1000, [(0, 900), (20, 920)])
    assert "1.0/s, 1 min 20 s left" in text


def test_on_a_terminal_one_line_is_rewritten():
    text = follow(Terminal(), None, [(0, 1), (0.1, 2), (5, 3)])
    assert text.count("\n") == 1 and text.endswith("\n")
    assert text.count("\r") == 3  # the second came too soon, the last is the final line
    assert "2 articles" not in text


def test_a_shorter_line_leaves_nothing_of_a_longer_one(monkeypatch):
    stream = Terminal()
    now = START
    progress = Progress(stream, what="x", total=None, clock=lambda: now)
    progress.show(1, "a long note about where it is")
    now += timedelta(seconds=1)
    progress.show(1)
    first, second = stream.getvalue().split("\r")[1:]
    assert len(second) == len(first)


def test_a_hostile_note_stays_on_its_line_and_inside_the_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    stream = Terminal()
    progress = Progress(stream, what="x", total=None, clock=lambda: START)
    progress.show(1, "\x1b[2J\n\r" + "日本" * 60)
    line = stream.getvalue().removeprefix("\r")
    assert not {"\x1b", "\n", "\r"} & set(line)
    assert sum(2 if letter > "\u2e80" else 1 for letter in line) <= 39


def test_nothing_shown_nothing_finished():
    stream = io.StringIO()
    Progress(stream, what="x", total=0, clock=lambda: START).finish()
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (59.6, "1 min 0 s"), (200, "3 min 20 s"), (7500, "2 h 5 min"), (3e5, "3 days")],
)
def test_time_in_words(seconds, words):
    assert tell_time(seconds) == words
