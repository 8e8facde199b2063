"""What was shown when: a front page as a record that can be kept.

The record holds ids and reasons, no words of any source. It does not hold the time of its making,
nor a number that runs with the clock: an unchanged page gives equal bytes, and the store keeps it
once, with its time.
"""

import json
from typing import Any

import msgspec

from dateline.model import StoryId
from dateline.publish.front import FrontPage
from dateline.publish.ranking import Ranking, Reasons

MADE_BY = "front/2"
KEPT = 60  # places of the order that are kept, for steadiness


class _Record(msgspec.Struct):
    order: list[int] = msgspec.field(default_factory=list)


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
