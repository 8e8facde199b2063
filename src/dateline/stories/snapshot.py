"""The state of the story index as bytes and back, exactly.

Flat arrays in one MessagePack map; small, quick to read, and no code is ever run by reading it.
"""

from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import numpy.typing as npt

from dateline.stories.centres import Bag, Centre
from dateline.stories.frequency import Frequency
from dateline.stories.meanings import Mean, Meanings
from dateline.stories.merging import pack_pairs, unpack_pairs
from dateline.stories.window import COLUMNS, Flat, Window

if TYPE_CHECKING:
    from dateline.stories.placing import State

VERSION = 5


def write(state: "State") -> bytes:
    """Return the state as bytes."""
    used = np.flatnonzero(state.frequency.counts).astype(np.uint32)
    record: dict[str, Any] = {
        "version": VERSION,
        "window": _write_window(state.window),
        "meanings": _write_meanings(state.meanings),
        "used": used.tobytes(),
        "counts": state.frequency.counts[used].tobytes(),
        "articles": state.frequency.articles,
        "centres": [(id, _write_centre(each)) for id, each in state.centres.by_story.items()],
        "binding": state.binding,
        "joins": state.joins,
        "pairs": pack_pairs(state.doubts.pairs),
        "held": pack_pairs(state.doubts.held),
        "bound": sorted(state.doubts.bound),
    }
    return msgspec.msgpack.encode(record)


def read(data: bytes, state: "State") -> "State":
    """Read into a new state what `write` wrote; `ValueError` where it is of another version."""
    record = msgspec.msgpack.decode(data)
    if not isinstance(record, dict) or record.get("version") != VERSION:
        raise ValueError(
            f"this state of the stories is not of version {VERSION}: drop it, and replay the store"
        )
    _read_window(record["window"], state.window)
    _read_meanings(record["meanings"], state.meanings)
    _read_frequency(record, state.frequency)
    state.centres.by_story.update((id, _read_centre(each)) for id, each in record["centres"])
    state.binding, state.joins = record["binding"], record["joins"]
    state.doubts.pairs = unpack_pairs(record["pairs"])
    state.doubts.held = unpack_pairs(record["held"])
    state.doubts.bound = set(record["bound"])
    return state


def _write_window(window: Window) -> dict[str, Any]:
    return {
        "base": window.base,
        "names": window.names,
        "ids": window.ids.filled.tobytes(),
        "counts": window.counts.filled.tobytes(),
        "columns": {name: flat.filled.tobytes() for name, flat in window.columns.items()},
    }


def _read_window(record: dict[str, Any], window: Window) -> None:
    window.base, window.names = record["base"], record["names"]
    window.ids = _read_flat(record["ids"], np.uint32)
    window.counts = _read_flat(record["counts"], np.uint8)
    for name, kind in COLUMNS.items():
        window.columns[name] = _read_flat(record["columns"][name], kind)
    window.rebuild()


def _write_meanings(meanings: Meanings) -> dict[str, Any]:
    used = meanings.numbers.used
    return {
        "numbers": meanings.numbers.filled.tobytes(),
        "size": meanings.vectors.shape[1],
        "vectors": meanings.vectors[:used].tobytes(),
        "means": [(name, m.count, m.total.tobytes()) for name, m in meanings.means.items()],
    }


def _read_meanings(record: dict[str, Any], meanings: Meanings) -> None:
    meanings.numbers = _read_flat(record["numbers"], np.int64)
    if record["size"]:
        vectors = np.frombuffer(record["vectors"], dtype=np.int8).reshape(-1, record["size"])
        meanings.restore(vectors)
    for name, count, total in record["means"]:
        meanings.means[name] = Mean(np.frombuffer(total, dtype=np.float64).copy(), count)


def _read_frequency(record: dict[str, Any], frequency: Frequency) -> None:
    used = np.frombuffer(record["used"], dtype=np.uint32)
    counts = np.frombuffer(record["counts"], dtype=np.uint32)
    frequency.articles.update(record["articles"])
    frequency.counts[used] = counts
    frequency.logs[used] = np.log1p(counts, dtype=np.float32)


def _write_centre(centre: Centre) -> tuple[Any, ...]:
    bags = [
        (language, bag.ids.tobytes(), bag.weights.tobytes(), bag.articles, bag.fullness)
        for language, bag in centre.bags.items()
    ]
    meaning = b"" if centre.meaning is None else centre.meaning.tobytes()
    numbers = (centre.meant, centre.articles, centre.crowding, centre.size)
    joined = (centre.binding, centre.joins)
    return centre.first, centre.last, bags, meaning, *numbers, *joined


def _read_centre(row: list[Any]) -> Centre:
    first, last, bags, meaning, meant, articles, crowding, size, binding, joins = row
    return Centre(
        first=first,
        last=last,
        bags={
            language: Bag(
                np.frombuffer(ids, dtype=np.uint32),
                np.frombuffer(weights, dtype=np.float32),
                count,
                fullness,
            )
            for language, ids, weights, count, fullness in bags
        },
        meaning=np.frombuffer(meaning, dtype=np.float32) if meaning else None,
        meant=meant,
        articles=articles,
        crowding=crowding,
        size=size,
        binding=binding,
        joins=joins,
    )


def _read_flat(data: bytes, kind: npt.DTypeLike) -> Flat:
    values = np.frombuffer(data, dtype=kind).copy()
    return Flat(values, len(values))
