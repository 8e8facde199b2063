"""`dateline sources`: the health of each source, in words and for programs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dateline.fetch.health import describe_health
from dateline.model import Source, Visit
from dateline.pipeline import records
from dateline.store import SourceCounts, Tx, standing
from dateline.store import sources as source_rows
from dateline.store import visits as visit_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """How well the articles of a source were read lately, against before."""

    recent: float
    before: float
    articles: int

    @property
    def alarm(self) -> str:
        """Say what is wrong, "" where nothing is."""
        if self.articles < 10 or self.recent >= 0.5 or self.recent > self.before - 0.2:
            return ""
        return (
            f"articles are read worse than before (score {self.recent:.2f}, was {self.before:.2f}):"
            " the site may have a new design; look at one with `dateline read`"
        )


def list_health(tx: Tx, now: datetime) -> list[dict[str, Any]]:
    """Return one row a feed of each source, and one for a source without feeds."""
    visits: dict[int, list[Visit]] = {}
    for visit in visit_rows.list_visits(tx):
        visits.setdefault(visit.source_id, []).append(visit)
    counts = source_rows.source_counts(tx)
    scores = standing.list_scores(tx)
    rows: list[dict[str, Any]] = []
    for source in source_rows.list_sources(tx):
        recent, before, articles = scores.get(source.id, (1.0, 1.0, 0))
        drift = Drift(recent=recent, before=before, articles=articles)
        count = counts.get(source.id, SourceCounts())
        row = _describe_counts(source, count, drift)
        rows += [
            row | _describe_visit(visit, count, now=now, paused=source.paused)
            for visit in visits.get(source.id, [])
        ]
        if not visits.get(source.id):
            rows.append(row | {"level": "import", "health": "not followed", "advice": ""})
    return rows


def _describe_counts(source: Source, counts: SourceCounts, drift: Drift) -> dict[str, Any]:
    return {
        "key": source.key,
        "name": source.name,
        "home": source.home,
        "language": source.language,
        "rights": source.rights.value,
        "paused": source.paused,
        "entries": counts.entries,
        "articles": counts.articles,
        "failed": counts.failed,
        "newest": records.write_moment(counts.newest),
        "alarm": drift.alarm,
    }


def _describe_visit(
    visit: Visit, counts: SourceCounts, *, now: datetime, paused: bool
) -> dict[str, Any]:
    health = describe_health(visit, counts, now=now, paused=paused)
    return {
        "feed": visit.url,
        "level": health.level,
        "health": health.sentence,
        "advice": health.advice,
        "last_success": records.write_moment(visit.succeeded_at),
        "failures": visit.failures,
        "problem": visit.problem,
        "next": records.write_moment(visit.next_at),
        "why": visit.why,
        "entries_a_day": visit.entries_a_day,
    }


def describe_source(row: dict[str, Any]) -> str:
    """Return one row of `list_health` for a person."""
    lines = [f"{row['level']:<8} {row['name']} ({row['key']}): {row['health']}"]
    if row.get("feed"):
        why = "" if row["why"] in row["health"] else f": {row['why']}"
        lines.append(f"{'':<8} {row['feed']}{why}")
    lines.append(f"{'':<8} {row['articles']} articles of {row['entries']} entries")
    if row["failed"]:
        lines[-1] += f", {row['failed']} could not be read"
    lines += [f"{'':<8} -> {text}" for text in (row["advice"], row["alarm"]) if text]
    return "\n".join(lines) + "\n"
