from datetime import timedelta

import pytest

from dateline.web.throttle import NetworkKey, Throttle, read_prefix


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("unix", "unknown"),
    ],
)
def test_a_network_is_the_addresss_prefix(address, prefix) -> None:
    assert read_prefix(address) == prefix


def test_a_network_cannot_be_followed_from_day_to_day(clock) -> None:
    key = NetworkKey()
    today = key.hash_network("203.0.113.7", clock.now)
    assert key.hash_network("203.0.113.9", clock.now) == today
    assert key.hash_network("203.0.113.7", clock.now + timedelta(days=1)) != today


def test_the_throttle_forgets_after_the_hour(clock) -> None:
    throttle = Throttle(1)
    assert throttle.allow("203.0.113.7", clock.now)
    assert not throttle.allow("203.0.113.8", clock.now)
    assert throttle.allow("198.51.100.1", clock.now)
    assert throttle.allow("203.0.113.7", clock.now + timedelta(hours=1))
