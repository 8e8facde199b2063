"""The reports as they lie on disk: TOML between `+++` lines, then paragraphs.

A copy says `carries` and only what differs from what it carries::

    cut = 3                       only the first three paragraphs are kept
    replace = [["a", "b"]]        small edits of the house
    a paragraph "@3 Words"        is put in after the third paragraph that was kept (0: on top)
    a paragraph "=1 Words"        stands in place of the first paragraph

`translation_of` and `rewrites` name the report whose news is told again in other words.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A picture that is drawn for a report: the scene, and what the house says of it."""

    scene: str
    alt: str = ""
    credit: str = ""
    caption: str = ""
    name: str = ""  # of the file; "" for one made from the report


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What is different at the second stage."""

    headline: str = ""
    replace: tuple[tuple[str, str], ...] = ()
    note: str = ""  # the correction, printed below the text
    hours_before: float | None = None  # dateModified; None where it was changed silently
    withdrawn: bool = False  # 410 from then on


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Truth for later rooms: one statement in the report; `words` stand in its text."""

    speaker: str
    words: str
    cue: str = ""
    kind: str = "direct"
    told_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """Truth for later rooms: one figure in the report; `words` stand in its text."""

    value: float
    what: str
    words: str
    whose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report as it was written; texts still hold their tokens of days."""

    id: str
    outlet: str
    hours_before: float
    headline: str = ""
    kicker: str = ""
    section: str = ""  # one of World, Politics, Business, Science, Culture, Sport
    stories: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    credit: str = ""  # the source line of the house, printed below the text
    lede: str = ""  # standfirst and feed summary; "" for the first sentence
    paragraphs: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    carries: str = ""
    cut: int = 0
    replace: tuple[tuple[str, str], ...] = ()
    translation_of: str = ""
    rewrites: str = ""
    feed_source: str = ""  # key of the agency named in RSS <source>
    based_on: bool = False  # JSON-LD isBasedOn names the report it carries
    kind: str = "report"  # brief, opinion, live, roundup
    shot: Shot | None = None
    edit: Edit | None = None
    undated: bool = False
    claimed_date: str = ""  # a wrong date, printed instead of the right one
    members_only: bool = False  # its page lies where robots.txt forbids to go
    hostile: str = ""  # raw HTML that a broken content system let into title and text
    said: tuple[Said, ...] = ()
    numbers: tuple[Number, ...] = ()

    @property
    def parent(self) -> str:
        """The report this one was taken from, "" where it is its own."""
        return self.carries or self.translation_of or self.rewrites

    @property
    def stage(self) -> int:
        """From which stage on it is served: the last hours belong to the second."""
        return 2 if self.hours_before < 3 else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One invented outlet or agency: its house and how its server behaves."""

    key: str
    name: str
    slug: str  # of its host: <slug>.localhost
    language: str
    country: str
    kind: str = "outlet"
    family: str = ""
    publisher: str = ""
    rights: str = "full"
    route: str = "auto"
    section: str = ""
    template: str = "broadsheet"
    colour: str = "#223"
    tagline: str = ""
    feed: str = "rss2"  # rss2, rss10, rss092, atom, json, sitemap
    feed_path: str = "/feed.xml"
    full_text: bool = False  # the feed carries whole articles
    path: str = "/{section}/{slug}-{number}.html"
    based_on: bool = False  # its JSON-LD says isBasedOn for agency copy
    house: tuple[tuple[str, str], ...] = ()  # spelling, applied to copy it carries
    quirks: tuple[str, ...] = ()  # gzip, slow, moved, new-guids, twice, no-validators, cp1251
    trouble: int = 0  # the feed answers so: 404, 410; 500 stands for malformed XML


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """All that was written: reports by id, outlets by key, hours of the events by name."""

    reports: Mapping[str, Report] = field(default_factory=dict)
    outlets: Mapping[str, Outlet] = field(default_factory=dict)
    events: Mapping[str, float] = field(default_factory=dict)


@cache
def load_library() -> Library:
    """Return everything that was written for the sample wire."""
    root = resources.files("dateline.sample")
    outlets = tomllib.loads((root / "outlets.toml").read_text(encoding="utf-8"))["outlet"]
    events = tomllib.loads((root / "events.toml").read_text(encoding="utf-8"))
    files = sorted((root / "reports").iterdir(), key=lambda file: file.name)
    reports = [
        read_report(file.name.removesuffix(".md"), file.read_text(encoding="utf-8"))
        for file in files
        if file.name.endswith(".md")
    ]
    return Library(
        reports={report.id: report for report in reports},
        outlets={row["key"]: _outlet(row) for row in outlets},
        events={name: float(hours) for name, hours in events.items()},
    )


def read_report(id: str, text: str) -> Report:
    """Return the report that a file holds; an unknown key is a TypeError naming it."""
    _, head, body = text.split("+++\n", 2)
    values: dict[str, Any] = tomllib.loads(head)
    for name in ("stories", "byline", "keywords"):
        values[name] = tuple(values.get(name, ()))
    values["replace"] = _pairs(values.get("replace", ()))
    values["said"] = tuple(Said(**row) for row in values.get("said", ()))
    values["numbers"] = tuple(Number(**row) for row in values.get("numbers", ()))
    if "shot" in values:
        values["shot"] = Shot(**values["shot"])
    if "edit" in values:
        edit = dict(values["edit"])
        edit["replace"] = _pairs(edit.get("replace", ()))
        values["edit"] = Edit(**edit)
    paragraphs = (" ".join(part.split()) for part in body.split("\n\n"))
    return Report(id=id, paragraphs=tuple(part for part in paragraphs if part), **values)


def _outlet(row: dict[str, Any]) -> Outlet:
    row = dict(row)
    row["house"] = _pairs(row.get("house", ()))
    row["quirks"] = tuple(row.get("quirks", ()))
    return Outlet(**row)


def _pairs(rows: Any) -> tuple[tuple[str, str], ...]:
    return tuple((str(old), str(new)) for old, new in rows)
