"""What is true of the sample wire: known by construction, complete, for tests and measures."""

from dataclasses import dataclass
from datetime import datetime

from dateline.sample.compose import Week
from dateline.sample.reports import Library, Number, Report, Said, load_library


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The truth about one report."""

    id: str
    url: str
    outlet: str
    language: str
    headline: str  # as first published
    published: datetime
    origin: str  # the id of the report it goes back to, its own where it is first
    role: str  # "first" or "carries"
    how: str  # "own", "carries", "translation", "rewrite"
    taken_from: str  # address of the report it was taken from, "" where it is first
    stories: tuple[str, ...]
    kind: str
    translation_of: str = ""  # address
    stage: int = 1  # from which it is served
    versions: int = 1
    corrected: bool = False
    withdrawn: bool = False
    disallowed: bool = False  # by robots.txt
    undated: bool = False
    claimed_date: str = ""
    said: tuple[Said, ...] = ()
    numbers: tuple[Number, ...] = ()


def truth(anchor: datetime, *, port: int = 80) -> dict[str, Told]:
    """Return the truth about every report, by its address; nothing is left out."""
    library = load_library()
    week = Week(library=library, anchor=anchor, stage=1)
    urls = {report.id: address(week, report, port) for report in library.reports.values()}
    return {urls[r.id]: _tell(week, r, urls) for r in library.reports.values()}


def address(week: Week, report: Report, port: int) -> str:
    """Return the address of a report on a server at `port`."""
    page = week.page(report)
    return host_address(page.outlet.slug, port) + page.path


def host_address(slug: str, port: int) -> str:
    """Return scheme, host and port of an outlet."""
    return f"http://{slug}.localhost" + ("" if port == 80 else f":{port}")


def find_origin(library: Library, report: Report) -> Report:
    """Return the report at the root of the tree."""
    while report.parent:
        report = library.reports[report.parent]
    return report


def _tell(week: Week, report: Report, urls: dict[str, str]) -> Told:
    page = week.page(report)
    edit = report.edit
    how = "carries" if report.carries else "translation" if report.translation_of else "rewrite"
    changed = bool(edit and not edit.withdrawn)
    return Told(
        id=report.id,
        url=urls[report.id],
        outlet=report.outlet,
        language=page.outlet.language,
        headline=page.headline,
        published=page.published,
        origin=find_origin(week.library, report).id,
        role="carries" if report.parent else "first",
        how=how if report.parent else "own",
        taken_from=urls.get(report.parent, ""),
        stories=week.stories(report),
        kind=report.kind,
        translation_of=urls.get(report.translation_of, ""),
        stage=report.stage,
        versions=2 if changed else 1,
        corrected=bool(edit and edit.note),
        withdrawn=bool(edit and edit.withdrawn),
        disallowed=report.members_only,
        undated=report.undated,
        claimed_date=report.claimed_date,
        said=report.said,
        numbers=report.numbers,
    )
