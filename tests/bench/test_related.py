"""Which events the benchmark of offers takes for neighbours, and its made-up store."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest

from dateline.model import ArticleId
from dateline.store import open_store
from dateline.store.cards import load_cards
from dateline.web.offering import find_offers

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture
def related(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCH))
    return importlib.import_module("related")


def test_neighbours_share_a_telling_word_and_a_month_or_a_topic(related: ModuleType) -> None:
    rows = [
        {"event": "1", "event_name": "oil_for_korea", "date": "2017-12-29T00:00:00"},
        {"event": "2", "event_name": "korea_talks", "date": "2017-12-31T00:00:00"},
        {"event": "3", "event_name": "korea_missile", "date": "2017-09-14T00:00:00"},
        {"event": "4", "topic": "9"},
        {"event": "4plus", "topic": "9"},
    ]
    near = importlib.import_module("related_sets").find_near(rows)
    assert near == {"1": {"2"}, "2": {"1"}, "3": set(), "4": {"4plus"}, "4plus": {"4"}}


@pytest.mark.store
def test_the_made_up_store_offers_something(related: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "made.db"
    related.build(path, 2_000)
    with open_store(str(path)) as store, store.read() as tx:
        (card,) = load_cards(tx, [ArticleId(1_500)])
        assert find_offers(tx, card, ("en",))


def test_lone_articles_are_of_events_that_are_no_neighbours(related: ModuleType) -> None:
    sets = importlib.import_module("related_sets")
    rows = [
        {"id": f"{topic}{event}{number}", "event": f"{topic}{event}", "topic": topic}
        for topic in "abcdef"
        for event in (1, 2)
        for number in range(4)
    ]
    near = sets.find_near(rows)
    draws = [sets.pick_lone(rows, near, draw) for draw in range(3)]
    assert all(sorted(row["topic"] for row in draw) == list("abcdef") for draw in draws)
    assert draws[0] != draws[1]
    assert draws[0] == sets.pick_lone(rows, near, 0)
