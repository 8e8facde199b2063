"""Stories that we wrote, with the numbers that stand side by side in them; see stories.toml."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from dateline.claims.reader import read_claims
from dateline.claims.rivals import Counted, RivalGroup, group_rivals
from dateline.model import ClaimClues

START = datetime(2024, 5, 3, 8, tzinfo=UTC)

Place = tuple[int, float]  # a report, and a number in it
Pair = frozenset[Place]


@dataclass(frozen=True)
class Story:
    """Short reports of one thing, and the pairs of numbers in them that count the same."""

    about: str
    counted: list[Counted]
    pairs: frozenset[Pair]


def load_stories() -> list[Story]:
    """Read every report of every story."""
    body = Path(__file__).with_name("stories.toml").read_text("utf-8")
    return [_load(story) for story in tomllib.loads(body)["story"]]


def _load(story: dict[str, Any]) -> Story:
    counted = list[Counted]()
    for number, report in enumerate(story["reports"]):
        language = report.get("language", "en")
        at = START + timedelta(days=report["day"], minutes=number)
        claims = read_claims(report["text"], ClaimClues(language=language, published=at))
        counted += [
            Counted(figure=figure, article=number, at=at, language=language)
            for figure in claims.figures
        ]
    groups = ([_place(member) for member in group.split()] for group in story["groups"])
    return Story(story["about"], counted, frozenset(p for group in groups for p in pair(group)))


def _place(member: str) -> Place:
    report, _, number = member.partition(":")
    return int(report), float(number)


def pair(places: Iterable[Place]) -> set[Pair]:
    """Return the pairs of different numbers."""
    return {frozenset(two) for two in combinations(set(places), 2) if two[0][1] != two[1][1]}


def find_pairs(groups: Iterable[RivalGroup]) -> frozenset[Pair]:
    """Return the pairs of different numbers that stand side by side."""
    return frozenset(
        one
        for group in groups
        for one in pair(
            (each.article, _number(each))
            for speaker in group.speakers
            for value in speaker.values
            for each in value.figures
        )
    )


def _number(one: Counted) -> float:
    figure = one.figure
    return next(n for n in (figure.value, figure.low, figure.high, 0.0) if n is not None)


def show_pairs(story: Story) -> tuple[frozenset[Pair], frozenset[Pair]]:
    """Return the pairs that are shown of a story, and those that should be."""
    return find_pairs(group_rivals(story.counted)), story.pairs
