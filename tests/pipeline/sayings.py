"""A reader of claims for tests: who speaks stands before a colon, line by line.

"Ilse Marten said: “…”" is direct, "Ilse Marten denied: …" is a denial, numbers are figures.
"""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from tests.pipeline.world import START, make_edges

from dateline.claims.terms import count_terms
from dateline.model import (
    ArticleId,
    ClaimClues,
    Claims,
    Dated,
    Entity,
    EntityKind,
    Figure,
    Hedge,
    OriginPlace,
    Reading,
    Role,
    Source,
    Statement,
    StatementKind,
    StoryId,
    StoryPlace,
)
from dateline.pipeline.claiming import ClaimTask, Heard, Read, claim_versions, read_versions
from dateline.pipeline.edges import Edges, Encoder
from dateline.pipeline.ledgering import claim_look, place_statements
from dateline.store import NewArticle, NewVersion, Store
from dateline.store import articles as article_rows
from dateline.store import origins as origin_rows
from dateline.store import sources as source_rows
from dateline.store import stories as story_rows
from dateline.text import fingerprint, make_slug
from dateline.work.pool import Pool

_LINE = re.compile(
    r"^(?P<who>[^\n:]+?) (?P<cue>said|denied): (?P<open>“?)(?P<what>[^”\n]+)", re.MULTILINE
)


def read_sayings(text: str, clues: ClaimClues) -> Claims:
    """Return what the lines of a text say."""
    del clues
    said, named = [], {}
    for match in _LINE.finditer(text):
        who = match["who"]
        is_named = who[0].isupper()
        said.append(
            Statement(
                spans=(match.span("what"),),
                content=match["what"],
                kind=StatementKind.DIRECT if match["open"] else StatementKind.INDIRECT,
                speaker=who,
                source_span=match.span("who"),
                cue=match["cue"],
                cue_span=match.span("cue"),
                hedge=Hedge.DENIED if match["cue"] == "denied" else Hedge.SAID,
                speaker_resolved=who,
                speaker_key=make_slug(who),
                speaker_kind=EntityKind.PERSON if is_named else None,
            )
        )
        if is_named:
            named.setdefault(who, []).append(match.span("who"))
    return Claims(
        statements=tuple(said),
        figures=tuple(
            Figure(span=match.span(), value=float(match[0])) for match in re.finditer(r"\d+", text)
        ),
        entities=tuple(
            Entity(kind=EntityKind.PERSON, name=who, key=make_slug(who), mentions=tuple(spans))
            for who, spans in named.items()
        ),
        level="full",
        made_by="sayings/1",
    )


def hear(task: ClaimTask) -> Heard:
    """Read one version, as `claiming.read_task` does."""
    claims = read_sayings(task.text, task.clues)
    contents = [said.content for said in claims.statements]
    return Heard(claims=claims, terms=count_terms(task.text, contents, task.clues.language))


def keep(store: Store, *told: tuple[str, int, str], first: int = 0, language: str = "en") -> None:
    """Keep articles, (outlet, story, text) each, an hour apart, each the first of its origin."""
    with store.write(START) as tx:
        new = []
        for number, (outlet, _, text) in enumerate(told, start=first):
            at = START + timedelta(hours=number)
            source = Source(key=outlet, name=outlet.title(), home="", family=f"{outlet}.example")
            url = f"https://{outlet}.example/{number}"
            new.append(
                NewArticle(
                    source_id=source_rows.ensure_source(tx, source),
                    guid=url,
                    url=url,
                    first_seen=at,
                    reading=make_reading(url, text, at, language),
                    fingerprint=fingerprint(text),
                )
            )
        ids = article_rows.save_articles(tx, new)
        stories = [StoryId(story) for _, story, _ in told]
        origin_rows.save_origin_places(
            tx, [OriginPlace(article_id=one, origin_id=one, role=Role.FIRST) for one in ids]
        )
        places = zip(ids, stories, strict=True)
        story_rows.save_story_places(
            tx, [StoryPlace(article_id=one, story_id=story) for one, story in places]
        )


def make_reading(url: str, text: str, at: datetime, language: str = "en") -> Reading:
    """Return a reading of a text."""
    return Reading(
        url=url,
        canonical=url,
        headline=text[:30],
        text=text,
        language=language,
        published=Dated(at=at, evidence="test"),
    )


def edit(store: Store, article_id: int, text: str) -> None:
    """Keep another version of an article."""
    with store.write(START + timedelta(days=1)) as tx:
        known = article_rows.load_article(tx, ArticleId(article_id))
        assert known is not None
        reading = replace(known.version.reading, text=text)
        new = NewVersion(seen_at=tx.now, reading=reading, fingerprint=fingerprint(text))
        article_rows.save_version(tx, ArticleId(article_id), new)


def make_pooled(store: Store, *, encoder: Encoder | None = None, holder: str = "one") -> Edges:
    """Return edges that read in this process."""
    return replace(make_edges(store, holder=holder), pool=Pool(0), encoder=encoder)


def settle(edges: Edges, read: Read = hear) -> None:
    """Read what was not read, and place what was not placed."""
    while tasks := claim_versions(edges, edges.clock(), 7):
        read_versions(edges, tasks, read)
    while looks := claim_look(edges, edges.clock()):
        place_statements(edges, looks)
