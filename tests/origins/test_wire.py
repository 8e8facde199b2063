"""The sample wire's truth: every copy hangs below the report that it was taken from."""

import random
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from tests.origins.wire import read_truth, read_wire

from dateline.encoders import open_encoder
from dateline.model import OriginId, OriginPlace, Role
from dateline.origins.duplicates import Duplicates
from dateline.origins.translations import Encode, compare

# The pages are read as a reader would, which takes some seconds.
pytestmark = pytest.mark.flow


def place_wire(order: list[str]) -> dict[str, OriginPlace]:
    leads, index, new_id = read_wire(), Duplicates(), 1
    names = {lead.article_id: name for name, lead in leads.items()}
    places = {}
    for name in order:
        place = index.place(leads[name], new_id=OriginId(new_id))
        new_id += place.opened
        places[name] = place
        places.update({names[one.article_id]: one for one in place.revised})
    return places


def true_parents() -> dict[str, str]:
    truth = read_truth()
    by_url = {told.url: name for name, told in truth.items()}
    return {
        name: by_url.get(truth[name].taken_from, "") if truth[name].how == "carries" else ""
        for name in read_wire()
    }


def found_parents(places: dict[str, OriginPlace]) -> dict[str, str]:
    names = {lead.article_id: name for name, lead in read_wire().items()}
    return {name: names.get(place.taken_from or 0, "") for name, place in places.items()}


def test_every_copy_has_its_parent_and_nothing_else_has_one() -> None:
    places = place_wire(list(read_wire()))
    assert found_parents(places) == true_parents()
    carried = [place for place in places.values() if place.role is Role.CARRIES]
    assert len(carried) > 20
    assert not [link for place in places.values() for link in place.links]


def test_the_order_of_arrival_changes_nothing_but_ids() -> None:
    order = list(read_wire())
    random.Random(3).shuffle(order)
    assert found_parents(place_wire(order)) == true_parents()


def test_translations_are_found_and_own_reports_are_not() -> None:
    encoder = open_encoder("use")
    assert encoder is not None
    leads, truth = read_wire(), read_truth()
    wrong, right = [], 0
    for a, b in combinations(leads, 2):
        if truth[a].language == truth[b].language or not set(truth[a].stories) & set(
            truth[b].stories
        ):
            continue
        link = compare(leads[a], leads[b], _remember(encoder.encode))
        same = truth[a].origin == truth[b].origin
        right += same and link is not None
        if same != (link is not None):
            wrong.append((a, b))
    assert not wrong
    assert right > 20


_known: dict[str, np.ndarray] = {}


def _remember(encode: Encode) -> Encode:
    def look_up(texts: Sequence[str]) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if text not in _known]
        _known.update(zip(new, encode(new) if new else (), strict=True))
        return np.array([_known[text] for text in texts], dtype=np.float32)

    return look_up
