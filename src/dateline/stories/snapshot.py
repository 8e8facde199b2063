"""The state of the story index as bytes and back, exactly.

Flat arrays in one MessagePack map; small, quick to read, and no code is ever run by reading it.
"""

from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from dateline.stories.centres import Centre, Centres
from dateline.stories.features import Terms
from dateline.stories.frequency import Frequency
from dateline.stories.window import Window

VERSION = 1


def write(window: Window, frequency: Frequency, centres: Centres) -> bytes:
    """Return the three parts of the state as bytes."""
    used = np.flatnonzero(frequency.counts).astype(np.uint32)
    stories = centres.by_story
    state: dict[str, Any] = {
        "version": VERSION,
        "article_ids": _pack(window.article_ids, np.int64),
        "story_ids": _pack(window.story_ids, np.int64),
        "hours": _pack(window.hours, np.float64),
        "alive": _pack(window.alive, np.uint8),
        "term_lengths": _pack([len(terms.ids) for terms in window.terms], np.int64),
        "term_ids": _join([terms.ids for terms in window.terms], np.uint32),
        "term_counts": _join([terms.counts for terms in window.terms], np.uint8),
        "used": used.tobytes(),
        "counts": frequency.counts[used].tobytes(),
        "articles": frequency.articles,
        "stories": _pack(list(stories), np.int64),
        "first": _pack([centre.first for centre in stories.values()], np.float64),
        "last": _pack([centre.last for centre in stories.values()], np.float64),
        "sizes": _pack([centre.size for centre in stories.values()], np.int64),
        "centre_lengths": _pack([len(centre.ids) for centre in stories.values()], np.int64),
        "centre_ids": _join([centre.ids for centre in stories.values()], np.uint32),
        "centre_weights": _join([centre.weights for centre in stories.values()], np.float32),
    }
    return msgspec.msgpack.encode(state)


def read(data: bytes) -> tuple[Window, Frequency, Centres]:
    """Read what `write` wrote; `ValueError` where it is of another version or damaged."""
    state = msgspec.msgpack.decode(data)
    if not isinstance(state, dict) or state.get("version") != VERSION:
        raise ValueError(
            f"this state of the stories is not of version {VERSION}: drop it, and replay the store"
        )
    return _read_window(state), _read_frequency(state), _read_centres(state)


def _read_window(state: dict[str, Any]) -> Window:
    lengths = _unpack(state["term_lengths"], np.int64)
    ids = _split(_unpack(state["term_ids"], np.uint32), lengths)
    counts = _split(_unpack(state["term_counts"], np.uint8), lengths)
    alive = [bool(a) for a in _unpack(state["alive"], np.uint8)]
    window = Window(
        article_ids=_unpack(state["article_ids"], np.int64).tolist(),
        story_ids=_unpack(state["story_ids"], np.int64).tolist(),
        hours=_unpack(state["hours"], np.float64).tolist(),
        terms=[Terms(ids=i, counts=c) for i, c in zip(ids, counts, strict=True)],
        alive=alive,
        gone=alive.count(False),
    )
    window.rebuild()
    return window


def _read_frequency(state: dict[str, Any]) -> Frequency:
    frequency = Frequency(articles=dict(state["articles"]))
    used, counts = _unpack(state["used"], np.uint32), _unpack(state["counts"], np.uint32)
    frequency.counts[used] = counts
    frequency.logs[used] = np.log1p(counts, dtype=np.float32)
    return frequency


def _read_centres(state: dict[str, Any]) -> Centres:
    lengths = _unpack(state["centre_lengths"], np.int64)
    rows = zip(
        _unpack(state["stories"], np.int64).tolist(),
        _split(_unpack(state["centre_ids"], np.uint32), lengths),
        _split(_unpack(state["centre_weights"], np.float32), lengths),
        _unpack(state["first"], np.float64).tolist(),
        _unpack(state["last"], np.float64).tolist(),
        _unpack(state["sizes"], np.int64).tolist(),
        strict=True,
    )
    return Centres(
        by_story={
            story: Centre(ids=ids, weights=weights, first=first, last=last, size=size)
            for story, ids, weights, first, last, size in rows
        }
    )


def _pack(values: list[Any], kind: npt.DTypeLike) -> bytes:
    return np.array(values, dtype=kind).tobytes()


def _join(parts: list[npt.NDArray[Any]], kind: npt.DTypeLike) -> bytes:
    return b"".join(np.ascontiguousarray(part, dtype=kind).tobytes() for part in parts)


def _unpack(data: bytes, kind: npt.DTypeLike) -> npt.NDArray[Any]:
    return np.frombuffer(data, dtype=kind).copy()


def _split(values: npt.NDArray[Any], lengths: npt.NDArray[Any]) -> list[npt.NDArray[Any]]:
    return np.split(values, np.cumsum(lengths)[:-1]) if len(lengths) else []
