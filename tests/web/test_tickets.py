"""Tickets are good once, for one article and one reader, after five seconds and for two hours."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.web.tickets import LEAST_AGE, LONGEST_AGE, Tickets

NOW = datetime(2026, 5, 14, 12, tzinfo=UTC)
READER = "203.0.113.0/24|firefox|en"


def test_a_ticket_is_good_once(clock) -> None:
    tickets = Tickets()
    ticket = tickets.mint(7, READER, clock.now)
    later = clock.now + LEAST_AGE
    assert tickets.check(ticket, 7, READER, later)
    tickets.use(ticket, later)
    assert not tickets.check(ticket, 7, READER, later)
    assert tickets.mint(7, READER, clock.now) != ticket


@pytest.mark.parametrize(
    ("article", "reader", "age", "good"),
    [
        (7, READER, LEAST_AGE, True),
        (7, READER, LONGEST_AGE, True),
        (8, READER, LEAST_AGE, False),
        (7, "203.0.114.0/24|firefox|en", LEAST_AGE, False),
        (7, "203.0.113.0/24|chrome|en", LEAST_AGE, False),
        (7, READER, LEAST_AGE - timedelta(milliseconds=1), False),
        (7, READER, LONGEST_AGE + timedelta(seconds=1), False),
        (7, READER, -LEAST_AGE, False),
    ],
)
def test_a_ticket_is_good_for_what_it_was_made_for(clock, article, reader, age, good) -> None:
    tickets = Tickets()
    ticket = tickets.mint(7, READER, clock.now)
    assert tickets.check(ticket, article, reader, clock.now + age) is good


def test_a_ticket_is_good_past_midnight_and_used_once_there(clock) -> None:
    tickets = Tickets()
    eve = clock.now.replace(hour=23, minute=59, second=58)
    ticket = tickets.mint(7, READER, eve)
    later = eve + LEAST_AGE
    tickets.mint(8, READER, later)  # the key of the new day
    assert tickets.check(ticket, 7, READER, later)
    tickets.use(ticket, later)
    assert not tickets.check(ticket, 7, READER, later)
    tickets.mint(9, READER, later + timedelta(days=1))
    tickets.mint(9, READER, later + timedelta(days=2))
    tickets.use(ticket, later)  # its day is forgotten, and that is no matter


def test_a_ticket_of_another_process_is_void(clock) -> None:
    ticket = Tickets().mint(7, READER, clock.now)
    other = Tickets()
    other.mint(7, READER, clock.now)
    assert not other.check(ticket, 7, READER, clock.now + LEAST_AGE)


def test_a_ticket_that_was_changed_is_void(clock) -> None:
    tickets = Tickets()
    ticket = tickets.mint(7, READER, clock.now)
    raw = base64.urlsafe_b64decode(ticket + "==")
    for at in range(len(raw)):
        changed = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        forged = base64.urlsafe_b64encode(changed).decode().rstrip("=")
        for article in (6, 7, 7 + 2**56):
            assert not tickets.check(forged, article, READER, clock.now + LEAST_AGE)


_TICKETS = Tickets()


@given(
    st.text(max_size=70)
    | st.binary(min_size=40, max_size=40).map(
        lambda raw: base64.urlsafe_b64encode(raw).decode().rstrip("=")
    )
)
def test_no_text_is_a_ticket(text) -> None:
    _TICKETS.mint(7, READER, NOW)
    assert not _TICKETS.check(text, 7, READER, NOW + LEAST_AGE)
    _TICKETS.use(text, NOW)
