import re
from datetime import timedelta

import pytest

from dateline.store.outbox import claim_letters
from dateline.store.readers import list_readers

ADDRESS = "ann@mail.example"


def take_letters(store, clock):
    with store.write(clock.now) as tx:
        until = clock.now + timedelta(minutes=1)
        return [queued.letter for queued in claim_letters(tx, "test", until, 100)]


def find_readers(store, wanted):
    with store.read() as tx:
        return [(reader.email, reader.confirmed_at) for reader in list_readers(tx, wanted)]


@pytest.mark.parametrize("wanted", ["daily", "story:1"])
def test_double_opt_in_and_leaving(reader, sqlite_site, clock, wanted) -> None:
    asked = reader.post("/subscribe", {"email": f" {ADDRESS} ", "list": wanted})
    assert asked.status == 200
    assert "Check your email" in asked.text
    assert not any(at for _email, at in find_readers(sqlite_site, wanted))
    (letter,) = take_letters(sqlite_site, clock)
    assert letter.to == ADDRESS
    path = re.search(r"https://site\.example(/confirm/\S+)", letter.text)[1]
    # A machine that follows the link changes nothing.
    assert "<button>" in reader.get(path).text
    assert not any(at for _email, at in find_readers(sqlite_site, wanted))
    assert "You are subscribed" in reader.post(path).text
    assert find_readers(sqlite_site, wanted) == [(ADDRESS, clock.now)]
    leave = path.replace("/confirm/", "/leave/")
    assert reader.get(leave).status == 200
    one_click = {"List-Unsubscribe": "One-Click"}
    assert reader.post(leave, one_click).status == 200
    assert reader.post(leave, one_click).status == 200
    assert find_readers(sqlite_site, wanted) == []


def test_an_address_that_is_subscribed_gets_the_same_answer_and_no_letter(
    reader, sqlite_site, clock
) -> None:
    first = reader.post("/subscribe", {"email": ADDRESS})
    (letter,) = take_letters(sqlite_site, clock)
    reader.post(re.search(r"https://site\.example(/confirm/\S+)", letter.text)[1])
    assert reader.post("/subscribe", {"email": ADDRESS}).body == first.body
    assert take_letters(sqlite_site, clock) == []


@pytest.mark.parametrize("email", ["", "x", "a@b", "a b@c.example", "a@c.example\r\nBcc: x@y.z"])
def test_what_is_no_address_is_refused(reader, sqlite_site, clock, email) -> None:
    assert reader.post("/subscribe", {"email": email}).status == 422
    assert take_letters(sqlite_site, clock) == []


@pytest.mark.parametrize("wanted", ["story:99", "story:x", "story:" + "9" * 30, "all", ""])
def test_a_list_that_is_not_there_is_the_daily_one(reader, sqlite_site, wanted) -> None:
    assert reader.post("/subscribe", {"email": ADDRESS, "list": wanted}).status == 200


def test_one_network_cannot_have_many_letters_sent(reader, sqlite_site, clock) -> None:
    statuses = [
        reader.post("/subscribe", {"email": f"ann{number}@mail.example"}).status
        for number in range(8)
    ]
    assert statuses == [200] * 5 + [429] * 3
    assert len(take_letters(sqlite_site, clock)) == 5
    clock.now += timedelta(hours=1)
    assert reader.post("/subscribe", {"email": ADDRESS}).status == 200


def test_an_unknown_token_is_said_kindly(reader) -> None:
    assert reader.post("/confirm/unknown").status == 410
    assert reader.post("/leave/unknown").status == 200


def test_a_form_that_is_no_form_is_refused(reader) -> None:
    assert reader.ask("POST", "/subscribe", b"\xff\x00=&&&=%", {}).status == 422
    assert reader.ask("POST", "/subscribe", b"a=1&" * 500, {}).status == 422
