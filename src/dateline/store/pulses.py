"""How stories move: what came in of each lately, and who read it; each one query by an index."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, case, func, select

from dateline.model import Pulse, Role, StoryId
from dateline.store.columns import Moment
from dateline.store.engine import Tx
from dateline.store.rows import Row, in_batches
from dateline.store.tables import articles, sources, story_facets, views

WINDOW = timedelta(days=3)  # older reports weigh next to nothing
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
READ_LATELY = timedelta(hours=6)
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)


def list_pulses(tx: Tx, ids: Sequence[StoryId], now: datetime) -> dict[StoryId, Pulse]:
    """Return what came in lately of each story of which something did, or whose outlets' countries
    are known. Undated reports, those of the future and withdrawn ones are not looked at."""
    rows: dict[StoryId, list[Row]] = defaultdict(list)
    countries: dict[StoryId, int] = {}
    for batch in in_batches(ids):
        asked = {"ids": batch, "since": now - WINDOW, "now": now}
        asked |= {"hour": now - HOUR, "day": now - DAY}
        for row in tx.conn.execute(query_pulses(), asked):
            rows[StoryId(row.story_id)].append(row)
        for row in tx.conn.execute(query_countries(), {"ids": batch}):
            countries[StoryId(row.story_id)] = row.countries
    return {
        story_id: _to_pulse(rows.get(story_id, ()), countries.get(story_id, 0))
        for story_id in rows.keys() | countries.keys()
    }


def sum_story_reads(tx: Tx, ids: Iterable[StoryId], now: datetime) -> dict[StoryId, int]:
    """Return in how many networks the articles of each story were read in the last hours.

    Crowded networks weigh less, as in the list of what is read most.
    """
    total = func.sum(views.c.weight).label("hundredths")
    query = select(articles.c.story_id, total).join(articles, articles.c.id == views.c.article_id)
    lately = query.where(views.c.hour >= now - READ_LATELY).group_by(articles.c.story_id)
    wanted = set(ids)
    rows = tx.conn.execute(lately.where(articles.c.story_id.is_not(None)))
    return {
        StoryId(row.story_id): max(int(row.hundredths), 0) // 100
        for row in rows
        if row.story_id in wanted
    }


@cache
def query_pulses() -> Select[Any]:
    """Return the query behind `list_pulses`: one row a story, outlet and kind of report."""
    own = case((articles.c.role == Role.FIRST.value, 1), else_=0).label("own")
    family = func.coalesce(func.nullif(sources.c.family, ""), sources.c.key).label("family")
    since, now = (bindparam(name, type_=Moment) for name in ("since", "now"))
    same = (articles.c.story_id, family, own)
    query = select(*same, func.max(articles.c.at, type_=Moment).label("newest"))
    query = query.add_columns(_count_since("hour"), _count_since("day"))
    return (
        query.join(sources, sources.c.id == articles.c.source_id)
        .where(articles.c.story_id.in_(_IDS), articles.c.at >= since, articles.c.at <= now)
        .where(articles.c.gone_at.is_(None))
        .group_by(*same)
    )


@cache
def query_countries() -> Select[Any]:
    """Return the query for the number of countries of the outlets of each story."""
    mine = story_facets.c.story_id.in_(_IDS) & (story_facets.c.kind == "source")
    query = select(
        story_facets.c.story_id, func.count(sources.c.country.distinct()).label("countries")
    )
    joined = query.join(sources, sources.c.key == story_facets.c.value)
    return joined.where(mine, sources.c.country != "").group_by(story_facets.c.story_id)


def _count_since(name: str) -> Any:
    since = bindparam(name, type_=Moment)
    return func.sum(case((articles.c.at >= since, 1), else_=0)).label(f"since_{name}")


def _to_pulse(rows: Sequence[Row], countries: int) -> Pulse:
    return Pulse(
        voices=tuple(sorted((row.newest for row in rows if row.own), reverse=True)),
        last_hour=sum(int(row.since_hour) for row in rows),
        last_day=sum(int(row.since_day) for row in rows),
        countries=countries,
    )
