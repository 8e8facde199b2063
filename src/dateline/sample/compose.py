"""From what was written to what a page says at one stage: copies derived, days put in words."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote
from zlib import crc32

from dateline.sample.days import Moment, render
from dateline.sample.reports import Library, Outlet, Report
from dateline.sample.words import SECTIONS
from dateline.text import make_slug

_MARK = re.compile(r"([@=])(\d+) ")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_SENTENCE = re.compile(r"(?<=[.!?…»”\"])\s+(?=[^\W\d_a-z]|[„«»“\"¿¡])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One report as its outlet shows it at one stage."""

    report: Report
    outlet: Outlet
    headline: str
    kicker: str
    lede: str
    paragraphs: tuple[str, ...]  # plain text, "## " begins a subheading
    published: datetime
    modified: datetime | None
    path: str  # of its address, beginning with "/"
    section: str  # canonical English name
    note: str = ""
    withdrawn: bool = False

    @property
    def title(self) -> str:
        """The headline as the house prints it, kicker first."""
        return f"{self.kicker}: {self.headline}" if self.kicker else self.headline

    @property
    def text(self) -> str:
        """The article's words, paragraphs joined by an empty line."""
        return "\n\n".join(plain(part.removeprefix("## ")) for part in self.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The library at one anchor and stage."""

    library: Library
    anchor: datetime
    stage: int

    def moment(self, report: Report) -> Moment:
        """Return what the tokens of `report` are rendered against."""
        published = self.anchor - timedelta(hours=report.hours_before)
        return Moment(anchor=self.anchor, published=published, events=self.library.events)

    def pages(self) -> list[Page]:
        """Return every page that is served at this stage, newest first."""
        shown = [r for r in self.library.reports.values() if r.stage <= self.stage]
        pages = [self.page(report) for report in shown]
        return sorted(pages, key=lambda page: (page.published, page.report.id), reverse=True)

    def page(self, report: Report) -> Page:
        """Return how `report` stands on its outlet's site."""
        outlet = self.library.outlets[report.outlet]
        moment = self.moment(report)
        section = str(self._inherit(report, "section") or outlet.section or "World")
        first, first_parts = self._derive(report)
        headline, parts = first, first_parts
        edit = report.edit if self.stage >= 2 else None
        if edit:
            headline = self._say(edit.headline, report) or first
            swaps = [(self._say(a, report), self._say(b, report)) for a, b in edit.replace]
            parts = [_swap(part, tuple(swaps)) for part in first_parts]
        modified = None
        if edit and edit.hours_before is not None:
            modified = self.anchor - timedelta(hours=edit.hours_before)
        lede = self._say(report.lede, report) or first_sentences(parts[0])
        return Page(
            report=report,
            outlet=outlet,
            headline=headline,
            kicker=report.kicker,
            lede=_swap(lede, edit.replace) if edit else lede,
            paragraphs=tuple(parts),
            published=moment.published,
            modified=modified,
            path=_path(moment, report, outlet, headline=first, section=section),
            section=section,
            note=self._say(edit.note, report) if edit else "",
            withdrawn=bool(edit and edit.withdrawn),
        )

    def stories(self, report: Report) -> tuple[str, ...]:
        """Return the keys of the stories `report` belongs to, its own or those of its parent."""
        return tuple(self._inherit(report, "stories"))

    def _inherit(self, report: Report, name: str) -> Any:
        while not getattr(report, name) and report.parent:
            report = self.library.reports[report.parent]
        return getattr(report, name)

    def _say(self, text: str, report: Report) -> str:
        language = self.library.outlets[report.outlet].language
        return render(text, language, self.moment(report))

    def _derive(self, report: Report) -> tuple[str, list[str]]:
        """Return headline and paragraphs as first published."""
        own = [self._say(part, report) for part in report.paragraphs]
        if not report.carries:
            return self._say(report.headline, report), own
        headline, parts = self._derive(self.library.reports[report.carries])
        house = self.library.outlets[report.outlet].house
        swaps = tuple((self._say(a, report), self._say(b, report)) for a, b in report.replace)
        parts = [_swap(part, (*swaps, *house)) for part in parts[: report.cut or None]]
        headline = self._say(report.headline, report) or _swap(headline, house)
        return headline, _merge(parts, own)


def first_sentences(paragraph: str, longest: int = 260) -> str:
    """Return the first sentences of a paragraph, at most `longest` characters where it can."""
    sentences = _SENTENCE.split(plain(paragraph))
    text = sentences[0]
    for sentence in sentences[1:]:
        if len(text) + len(sentence) > longest:
            break
        text += " " + sentence
    return text


def plain(paragraph: str) -> str:
    """Return a paragraph without the marks of links."""
    return _LINK.sub(r"\1", paragraph)


def split_links(paragraph: str) -> list[tuple[str, str]]:
    """Return the pieces of a paragraph: (words, target), target "" where it is no link."""
    pieces, done = [], 0
    for match in _LINK.finditer(paragraph):
        pieces += [(paragraph[done : match.start()], ""), (match[1], match[2])]
        done = match.end()
    return [*pieces, (paragraph[done:], "")]


def _merge(parts: list[str], own: list[str]) -> list[str]:
    # Insertions count the paragraphs that were kept, so they are collected before they are put in.
    after: dict[int, list[str]] = {}
    for part in own:
        mark = _MARK.match(part)
        where = int(mark[2]) if mark else len(parts)
        words = part[mark.end() :] if mark else part
        if mark and mark[1] == "=":
            parts[where - 1] = words
        else:
            after.setdefault(where, []).append(words)
    merged = list(after.get(0, ()))
    for number, part in enumerate(parts, start=1):
        merged += [part, *after.get(number, ())]
    return merged


def _swap(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def _path(moment: Moment, report: Report, outlet: Outlet, *, headline: str, section: str) -> str:
    published = moment.published
    pattern = "/members/{slug}" if report.members_only else outlet.path
    return pattern.format(
        section=quote(make_slug(SECTIONS[outlet.language].get(section, section))),
        slug=quote(make_slug(headline) or report.id),
        number=10_000 + crc32(report.id.encode()) % 89_999,
        day=published.strftime("%Y/%m/%d"),
    )
