"""What was shown when: a front page, or the order of a section, as a record that can be kept.

The record holds ids and reasons, no words of any source. It does not hold the time of its making,
nor a number that runs with the clock: an unchanged page gives equal bytes, and the store keeps it
once, with its time.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from dateline.model import Pin, PinPlace, StoryId
from dateline.publish.front import FrontPage
from dateline.publish.ranking import Ranking, Reasons

MADE_BY = "front/2"
SECTION_MADE_BY = "section/1"
KEPT = 60  # places of the order that are kept, for steadiness
KEPT_IN_SECTION = 120
TOLD_IN_SECTION = 40  # places whose reasons are kept


class _Record(msgspec.Struct):
    order: list[int] = msgspec.field(default_factory=list)
    pins: dict[int, PinPlace] = msgspec.field(default_factory=dict)
    lifted: list[int] = msgspec.field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionOrder:
    """In which order the stories of a section stand, best first, and what it was held to."""

    stories: tuple[StoryId, ...] = ()
    pins: Mapping[StoryId, PinPlace] = field(default_factory=dict)
    lifted: frozenset[StoryId] = frozenset()  # readers have moved them up


def build_edition(page: FrontPage, ranking: Ranking) -> bytes:
    """Return the front page as JSON: each place with its story, its article and the reasons."""
    record = {
        "made_by": MADE_BY,
        "stories": [
            {
                "place": place,
                "story": story.story_id,
                "article": story.lead.article_id,
                "why": describe_reasons(ranking.reasons[story.story_id]),
            }
            for place, story in page.stories
        ],
        "latest": [card.article_id for card in page.latest],
        "order": [story.story_id for story in ranking.stories[:KEPT]],
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def read_order(edition: bytes) -> tuple[StoryId, ...]:
    """Return the order of stories that an edition kept, the best first; () where it kept none."""
    try:
        return tuple(map(StoryId, msgspec.json.decode(edition, type=_Record).order))
    except msgspec.DecodeError:
        return ()


def order_section(ranking: Ranking, pins: Sequence[Pin]) -> SectionOrder:
    """Return the order of a section that was ranked with these pins."""
    stories = tuple(story.story_id for story in ranking.stories[:KEPT_IN_SECTION])
    lifted = frozenset(key for key in stories if ranking.reasons[key].lifted)
    return SectionOrder(stories=stories, pins=map_pins(pins), lifted=lifted)


def map_pins(pins: Sequence[Pin]) -> dict[StoryId, PinPlace]:
    """Return which stories are held where on one page, by their newest pins."""
    return {pin.story_id: pin.place for pin in sorted(pins, key=lambda pin: pin.at)}


def build_section_edition(order: SectionOrder, ranking: Ranking) -> bytes:
    """Return the order of a section as JSON, the first places with their reasons."""
    record = {
        "made_by": SECTION_MADE_BY,
        "stories": [
            {
                "story": story.story_id,
                "article": story.lead.article_id,
                "why": describe_reasons(ranking.reasons[story.story_id]),
            }
            for story in ranking.stories[:TOLD_IN_SECTION]
        ],
        "order": order.stories,
        "pins": {str(key): place.value for key, place in sorted(order.pins.items())},
        "lifted": sorted(order.lifted),
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def read_section_edition(edition: bytes) -> SectionOrder:
    """Return the order that `build_section_edition` wrote; an empty one where it is unreadable."""
    try:
        found = msgspec.json.decode(edition, type=_Record)
    except msgspec.DecodeError:
        return SectionOrder()
    return SectionOrder(
        stories=tuple(map(StoryId, found.order)),
        pins={StoryId(key): place for key, place in found.pins.items()},
        lifted=frozenset(map(StoryId, found.lifted)),
    )


def describe_reasons(reasons: Reasons) -> dict[str, Any]:
    """Return what a story's place rests on, as data for whoever asks why it led."""
    told: dict[str, Any] = {
        "origins": reasons.origins,
        "outlets": reasons.outlets,
        "languages": reasons.languages,
    }
    told |= {"countries": reasons.countries} if reasons.countries else {}
    if reasons.dated:
        told["newest"] = f"{reasons.newest_at:%Y-%m-%dT%H:%M:%SZ}"
    told |= {"pinned": reasons.pinned.value} if reasons.pinned else {}
    return told | ({"read": True} if reasons.lifted else {})
