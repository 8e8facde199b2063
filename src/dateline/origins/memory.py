"""The articles of a window, in flat arrays: what the index knows of each, some thousand a block.

A million articles of 400 words take about a gigabyte, the chosen passages of `sketches` a third of
one more. A block is dropped whole when all of its articles are too old; younger blocks are not
touched by that, and nothing is ever moved.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
import numpy as np

from dateline.origins.passages import U16, Words

ROWS = 4096
_FIRST_WORDS = 1 << 14
_MOST_CREDITS = 4  # agencies and outlets of one article that are remembered

# What is known of an article beside its words. Names are places in the block's own list.
ROW = np.dtype(
    [
        ("article_id", np.int64),
        ("origin_id", np.int64),
        ("parent_id", np.int64),  # the article it has the report from; 0 for none
        ("at", np.float64),  # seconds since 1970
        ("credited_at", np.float64),  # when a member first credited it; infinite where none did
        ("likeness", np.float32),  # to the parent
        ("start", np.uint32),  # of its words in the block
        ("own", np.uint16),
        ("quoted", np.uint16),
        ("chosen", np.uint16),  # passages in the sketches
        ("family", np.uint16),
        ("agency", np.uint16),
        ("credits", np.uint16, (_MOST_CREDITS,)),
        ("dated", np.bool_),
        ("fixed", np.bool_),  # a translation: its place was decided elsewhere
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article as it is remembered at first."""

    article_id: int
    origin_id: int
    at: float
    dated: bool
    family: str
    agency: str
    credits: tuple[str, ...]
    words: Words
    chosen: int


class SavedBlock(msgspec.Struct, kw_only=True):
    """A block as it is written; what is read of it lies in what was read, uncopied."""

    number: int
    newest: float
    rows: memoryview
    words: memoryview
    names: list[str]


class SavedMemory(msgspec.Struct, kw_only=True):
    """All blocks as they are written."""

    count: int
    oldest: float
    blocks: list[SavedBlock]


@dataclass(slots=True, eq=False)
class Block:
    """Some thousand articles in the order of arrival."""

    rows: Any = field(default_factory=lambda: np.zeros(ROWS, dtype=ROW))
    count: int = 0
    words: U16 = field(default_factory=lambda: np.zeros(_FIRST_WORDS, dtype=np.uint16))
    filled: int = 0
    newest: float = float("-inf")
    names: list[str] = field(default_factory=lambda: [""])
    places: dict[str, int] = field(default_factory=lambda: {"": 0})
    ats: Any = field(init=False)  # views of the rows, for what is asked most
    spans: Any = field(init=False)

    def __post_init__(self) -> None:
        self.ats, self.spans = self.rows["at"], self.rows[["start", "own", "quoted"]]

    def add(self, entry: Entry) -> None:
        """Append one article."""
        words = np.concatenate([entry.words.own, entry.words.quoted])
        credits_ = [self._name(credit) for credit in entry.credits[:_MOST_CREDITS]]
        self.rows[self.count] = (  # in the order of ROW
            entry.article_id,
            entry.origin_id,
            0,
            entry.at,
            np.inf,
            1.0,
            self.filled,
            len(entry.words.own),
            len(entry.words.quoted),
            entry.chosen,
            self._name(entry.family),
            self._name(entry.agency),
            credits_ + [0] * (_MOST_CREDITS - len(credits_)),
            entry.dated,
            False,
        )
        self._append(words)
        self.newest = max(self.newest, entry.at)
        self.count += 1
        if self.count == ROWS:
            self.words = self.words[: self.filled].copy()

    def read_words(self, number: int) -> Words:
        """Return the words of one article."""
        start, own, quoted = self.spans.item(number)
        middle = start + own
        return Words(self.words[start:middle], self.words[middle : middle + quoted])

    def dump(self, number: int) -> "SavedBlock":
        """Return the state; its bytes are those of the block."""
        nothing = memoryview(b"")
        return SavedBlock(
            number=number,
            newest=self.newest,
            rows=self.rows[: self.count].data.cast("B") if self.count else nothing,
            words=self.words[: self.filled].data.cast("B") if self.filled else nothing,
            names=self.names,
        )

    @classmethod
    def load(cls, saved: "SavedBlock") -> "Block":
        """Return what `dump` wrote."""
        rows = np.frombuffer(saved.rows, dtype=ROW)
        words = np.frombuffer(saved.words, dtype=np.uint16).copy()
        full = np.zeros(ROWS, dtype=ROW)
        full[: len(rows)] = rows
        names = saved.names
        is_open = len(rows) < ROWS  # only there names are still added
        return cls(
            rows=full,
            count=len(rows),
            words=words,
            filled=len(words),
            newest=saved.newest,
            names=names,
            places={name: place for place, name in enumerate(names)} if is_open else {},
        )

    def _append(self, words: U16) -> None:
        needed = self.filled + len(words)
        if needed > len(self.words):
            more = np.zeros(max(_FIRST_WORDS, needed), dtype=np.uint16)
            self.words = np.concatenate([self.words[: self.filled], more])
        self.words[self.filled : self.filled + len(words)] = words
        self.filled += len(words)

    def _name(self, name: str) -> int:
        if name not in self.places:
            if len(self.names) > np.iinfo(np.uint16).max:
                return 0  # only a flood of invented agencies comes so far
            self.places[name] = len(self.names)
            self.names.append(name)
        return self.places[name]


@dataclass(slots=True, eq=False)
class Memory:
    """All blocks; a position is the number of an article in the order of arrival."""

    blocks: dict[int, Block] = field(default_factory=dict)
    count: int = 0  # positions that were ever given
    oldest: float = float("-inf")  # the moment before which articles are forgotten
    groups: dict[int, list[int]] = field(default_factory=dict)  # origins of several: positions

    def add(self, entry: Entry) -> int:
        """Append one article; return its position."""
        number, position = self.count // ROWS, self.count
        if number not in self.blocks:
            self.blocks[number] = Block()
        self.blocks[number].add(entry)
        self.count += 1
        return position

    def row(self, position: int) -> Any:
        """Return what is known of an article; writing into it is remembered."""
        return self.blocks[position // ROWS].rows[position % ROWS]

    def read_words(self, position: int) -> Words:
        """Return the words of an article."""
        return self.blocks[position // ROWS].read_words(position % ROWS)

    def read_names(self, position: int) -> list[str]:
        """Return the list in which the names of a row are places."""
        return self.blocks[position // ROWS].names

    def is_alive(self, position: int) -> bool:
        """Tell whether an article is not forgotten."""
        block = self.blocks.get(position // ROWS)
        return block is not None and bool(block.ats.item(position % ROWS) >= self.oldest)

    def find_article(self, article_id: int) -> int | None:
        """Return the position of an article, None where it is not known or forgotten."""
        return next(self._scan("article_id", article_id), None)

    def list_members(self, origin_id: int) -> list[int]:
        """Return the positions of an origin's articles that are remembered, ascending."""
        found = self.groups.get(origin_id)
        return list(found) if found else sorted(self._scan("origin_id", origin_id))

    def join(self, origin_id: int, *, known: int, position: int) -> None:
        """Note that an article has come to an origin of which another one is known."""
        self.groups.setdefault(origin_id, [known]).append(position)

    def move(self, from_id: int, to_id: int) -> list[int]:
        """Make all articles of one origin articles of another; return them."""
        moved = self.list_members(from_id)
        if moved and from_id != to_id:
            stay = self.list_members(to_id)
            for position in moved:
                self.row(position)["origin_id"] = to_id
            self.groups.pop(from_id, None)
            self._group(to_id, sorted(stay + moved))
        return moved

    def drop_before(self, at: float) -> int:
        """Forget what is older; return how many chosen passages have gone with whole blocks."""
        self.oldest = max(self.oldest, at)
        open_block = self.count // ROWS
        gone = [n for n, b in self.blocks.items() if b.newest < self.oldest and n != open_block]
        passages = 0
        for number in gone:
            block = self.blocks.pop(number)
            passages += int(block.rows["chosen"].sum())
            for origin_id in set(block.rows["origin_id"].tolist()) & self.groups.keys():
                kept = [p for p in self.groups[origin_id] if p // ROWS != number]
                self._group(origin_id, kept)
        return passages

    def dump(self) -> "SavedMemory":
        """Return the state; its bytes are those of the blocks, not copies of them."""
        blocks = [block.dump(number) for number, block in self.blocks.items()]
        return SavedMemory(count=self.count, oldest=self.oldest, blocks=blocks)

    @classmethod
    def load(cls, state: "SavedMemory") -> "Memory":
        """Return what `dump` wrote."""
        memory = cls(count=state.count, oldest=state.oldest)
        for saved in state.blocks:
            memory.blocks[saved.number] = Block.load(saved)
        memory._regroup()
        return memory

    def _group(self, origin_id: int, positions: Sequence[int]) -> None:
        if len(positions) > 1:
            self.groups[origin_id] = list(positions)
        else:
            self.groups.pop(origin_id, None)

    def _scan(self, name: str, value: int) -> Iterator[int]:
        for number in reversed(self.blocks):
            block = self.blocks[number]
            for place in np.flatnonzero(block.rows[name][: block.count] == value).tolist():
                yield number * ROWS + place

    def _regroup(self) -> None:
        """Find the origins of several articles again, which are not part of the state."""
        if not self.blocks:
            return
        numbers = np.concatenate([n * ROWS + np.arange(b.count) for n, b in self.blocks.items()])
        ids = np.concatenate([b.rows["origin_id"][: b.count] for b in self.blocks.values()])
        order = np.argsort(ids, kind="stable")
        ids, numbers = ids[order], numbers[order]
        starts = np.flatnonzero(np.diff(ids, prepend=ids[0] - 1))
        ends = np.append(starts[1:], len(ids))
        several = ends - starts > 1
        for start, end in zip(starts[several].tolist(), ends[several].tolist(), strict=True):
            self.groups[int(ids[start])] = numbers[start:end].tolist()
