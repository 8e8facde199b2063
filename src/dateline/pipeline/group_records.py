"""Stories and origins as JSON: who had a report first, who carries whom, who decided what.

The form of `dateline export` and `dateline story show --json`. Keep the names: researchers'
programs read them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from dateline.model import UNDATED_AT, Card, Decision, OriginId, Role, StoryCard, StoryId
from dateline.pipeline.records import write_moment
from dateline.store import LinkRow, OriginMember, OriginRow, StoryMember, StoryRow, Tx
from dateline.store import cards as card_rows
from dateline.store import stories as story_rows


def describe_story(
    story: StoryRow, decisions: Iterable[Decision], *, address: str
) -> dict[str, Any]:
    """Return a story with its articles, the earliest first; `address` is the site's own."""
    carriers = Counter(member.origin_id for member in story.members)
    shared = {origin_id for origin_id, count in carriers.items() if count > 1}
    return {
        "id": story.id,
        "url": f"{address}/story/{story.id}-{story.slug}",
        "headline": story.headline,
        "languages": list(story.languages),
        "first": _write_date(story.first_at),
        "last": _write_date(story.last_at),
        "outlets": story.outlets,
        "origins": story.origins,
        "merged_into": story.merged_into,
        "articles": [_describe_story_member(member, shared) for member in story.members],
        "decisions": [describe_decision(decision) for decision in decisions],
    }


def describe_origin(origin: OriginRow) -> dict[str, Any]:
    """Return an origin as a tree: `from` is the address of the article above each."""
    return {
        "id": origin.id,
        "articles": [_describe_origin_member(member) for member in origin.members],
    }


def describe_decision(decision: Decision) -> dict[str, Any]:
    """Return who decided what, when and why; ids are of stories."""
    return {
        "id": decision.id,
        "kind": decision.kind.value,
        "at": write_moment(decision.at),
        "from": decision.from_id,
        "to": decision.to_id,
        "articles": list(decision.article_ids),
        "by": decision.by,
        "score": round(decision.score, 3),
        "why": decision.why,
    }


def load_story_row(tx: Tx, story_id: StoryId) -> StoryRow | None:
    """Return one story in the form in which all are exported."""
    story = story_rows.load_story(tx, story_id)
    if story is None:
        return None
    urls = {card.article_id: card.url for card in story.members}
    missing = {card.taken_from for card in story.members if card.taken_from} - urls.keys()
    urls |= {card.article_id: card.url for card in card_rows.load_cards(tx, sorted(missing))}
    oldest_first = sorted(story.members, key=lambda card: (card.listed_at, card.article_id))
    members = tuple(
        _to_member(card, urls.get(card.taken_from) if card.taken_from else None)
        for card in oldest_first
    )
    return _to_row(story, members)


def name_role(member: StoryMember | OriginMember, *, shared: bool) -> str:
    """Return "own" of a report that nobody else carries, "first", or "carries"."""
    if member.role is Role.CARRIES or member.agency:
        return "carries"
    return "first" if shared else "own"


def _describe_story_member(member: StoryMember, shared: set[OriginId | None]) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": member.article_id,
        "url": member.url,
        "source": member.source,
        "language": member.language,
        "at": _write_date(member.at),
        "role": name_role(member, shared=member.origin_id in shared),
        "from": member.taken_from_url,
        "agency": member.agency or None,
        "sureness": round(member.sureness, 3),
        "why": member.why,
        "origin": member.origin_id,
    }
    shown |= {"spans": [list(span) for span in member.spans]} if member.spans else {}
    return shown | ({"withdrawn": write_moment(member.withdrawn)} if member.withdrawn else {})


def _describe_origin_member(member: OriginMember) -> dict[str, Any]:
    return {
        "id": member.article_id,
        "url": member.url,
        "role": member.role.value,
        "from": member.taken_from_url,
        "agency": member.agency or None,
        "likeness": round(member.likeness, 3),
        "sureness": round(member.sureness, 3),
        "why": member.why,
        "links": [_describe_link(link) for link in member.links],
    }


def _write_date(at: datetime) -> str | None:
    return write_moment(at if at > UNDATED_AT else None)


def _describe_link(link: LinkRow) -> dict[str, Any]:
    return {
        "url": link.other_url,
        "kind": link.kind.value,
        "likeness": round(link.likeness, 3),
        "why": link.why,
    }


def _to_row(story: StoryCard, members: Sequence[StoryMember]) -> StoryRow:
    return StoryRow(
        id=story.story_id,
        slug=story.slug,
        headline=story.headline,
        languages=story.languages,
        first_at=story.first_at,
        last_at=story.last_at,
        outlets=story.outlets,
        origins=story.origins,
        members=tuple(members),
    )


def _to_member(card: Card, taken_from_url: str | None) -> StoryMember:
    return StoryMember(
        article_id=card.article_id,
        url=card.url,
        source=card.source_name,
        language=card.language,
        at=card.listed_at,
        origin_id=card.origin_id,
        role=card.role,
        taken_from_url=taken_from_url,
        agency=card.agency,
        sureness=card.sureness,
        why=card.why,
        spans=card.spans,
        withdrawn=card.gone_at,
    )
