from hashlib import blake2b

from hypothesis import given
from hypothesis import strategies as st

from dateline.web.filter import Filter


def mark(number: int) -> bytes:
    return blake2b(str(number).encode(), digest_size=16).digest()


@given(st.sets(st.integers(), max_size=50))
def test_what_was_added_is_known(numbers) -> None:
    found = Filter(12)
    for number in numbers:
        found.add(mark(number))
    assert all(found.knows(mark(number)) for number in numbers)


def test_little_else_is_known_and_the_memory_is_bounded() -> None:
    found = Filter(16)
    for number in range(4_000):
        found.add(mark(number))
    wrong = sum(found.knows(mark(number)) for number in range(10_000, 14_000))
    assert wrong < 40
    for number in range(100_000):
        found.add(mark(number))
    assert found.knows(mark(-1))  # full: everything seems known, so that too little is counted
