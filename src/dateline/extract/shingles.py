"""Runs of four words as a set: how much of one text stands in another."""

from dateline import text as words

LENGTH = 4  # words
_MOST = 200_000  # characters; a longer text is judged by its beginning


def cut_shingles(text: str) -> frozenset[int]:
    """Return the hashes of every run of four words of `text` (of fewer, where it is shorter).

    Hashes hold inside one process only; they are never stored.
    """
    found = words.list_words(text[:_MOST])
    if len(found) < LENGTH:
        return frozenset({hash(tuple(found))} if found else ())
    return frozenset(hash(tuple(found[at : at + LENGTH])) for at in range(len(found) - LENGTH + 1))


def share_of(part: frozenset[int], whole: frozenset[int]) -> float:
    """Return which share of `part` stands in `whole`, 0..1; 0 where `part` is empty."""
    return len(part & whole) / len(part) if part else 0.0
