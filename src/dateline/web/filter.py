"""A memory of fixed size for what was seen: it forgets nothing, and errs only by knowing too much.

A Bloom filter: a mark that was added is always known; one that was not is taken for known with a
chance that grows with what is in it (four bits a mark: 1 in 6,000 at a million marks in 4 MB, 1 in
40 at four million). Who counts what is new counts too little then, never too much.
"""

from dataclasses import dataclass, field

_BITS = 25
_PROBES = 4


@dataclass(slots=True)
class Filter:
    """Marks of 16 random-looking bytes that were added."""

    bits: int = _BITS  # the memory is 2 to this power, in bits
    _table: bytearray = field(init=False)

    def __post_init__(self) -> None:
        self._table = bytearray(1 << (self.bits - 3))

    def knows(self, mark: bytes) -> bool:
        """Say whether the mark was added (or seems so)."""
        table = self._table
        return all(table[place >> 3] >> (place & 7) & 1 for place in self._list_places(mark))

    def add(self, mark: bytes) -> None:
        """Remember the mark."""
        for place in self._list_places(mark):
            self._table[place >> 3] |= 1 << (place & 7)

    def _list_places(self, mark: bytes) -> list[int]:
        # Two halves of one hash make as many independent places as are wanted.
        first = int.from_bytes(mark[:8], "big")
        step = int.from_bytes(mark[8:16], "big") | 1
        mask = (1 << self.bits) - 1
        return [(first + number * step) & mask for number in range(_PROBES)]
