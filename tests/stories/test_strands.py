"""One page, three stories: the page that Dateline is modelled on beside reports of our own.

Twelve reports in five languages, four of each story of that page; eight of something else, four of
them of the same war; one in a language that the shipped model does not know; a round-up and a live
blog that tell of many things at once. Before them the placer has seen a week of other news (the
sample wire), as it would have in a newsroom.
"""

import random
import tomllib
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from dateline.encoders import Encoder, open_encoder
from dateline.model import ArticleId, Document, Lead, SourceId, Span, StoryId
from dateline.reading import read
from dateline.sample.compose import Week
from dateline.sample.reports import load_library
from dateline.stories.features import describe
from dateline.stories.placing import Placer
from dateline.stories.strands import tells_of_much

FOLDER = Path(__file__).with_name("seed")
PAGE = Path(__file__).resolve().parents[3] / "shared" / "seed" / "article.txt"
PUBLISHED = datetime(2022, 11, 11, 8, tzinfo=UTC)
STRANDS = ("kherson", "japanese", "taiwanese")
# Words of the page that its part in each story must have, and those that it must not have.
TOLD = {
    "kherson": ("recorded the Russian announcement", ("Matsuno", "Taipei")),
    "japanese": ("a Japanese man fighting alongside", ("Stoltenberg", "Taipei")),
    "taiwanese": ("announced that a 25-year-old Taiwanese", ("Stoltenberg", "Matsuno")),
}
MERGES_EVERY = 50  # placings between two looks for stories that are one


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A report, the strand it belongs to, and where it was placed in the end."""

    lead: Lead
    name: str
    strand: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where everything was placed in the end."""

    stories: dict[str, int]  # by name of the report
    parts: dict[str, dict[int, tuple[Span, ...]]]  # by name: story and spans

    def of(self, *names: str) -> set[int]:
        """Return the stories of these reports as wholes."""
        return {self.stories[name] for name in names}


@cache
def read_reports() -> tuple[Told, ...]:
    rows = tomllib.loads((FOLDER / "reports.toml").read_text("utf-8"))["report"]
    found = []
    for number, row in enumerate(sorted(rows, key=lambda row: row["published"]), start=1000):
        headline, _, text = (FOLDER / row["file"]).read_text("utf-8").partition("\n\n")
        lead = Lead(
            article_id=ArticleId(number),
            source_id=SourceId(1 + sum(map(ord, row["outlet"]))),
            url=f"https://example.org/{row['file']}",
            language=row["language"],
            headline=headline,
            text=text,
            at=row["published"],
        )
        found.append(Told(lead=lead, name=row["file"].removesuffix(".txt"), strand=row["strand"]))
    return tuple(found)


@cache
def read_page() -> Told:
    if not PAGE.is_file():
        pytest.skip("../shared/seed/article.txt is not present")
    reading = read(Document(text=PAGE.read_text("utf-8"), published=PUBLISHED))
    lead = Lead(
        article_id=ArticleId(2000),
        source_id=SourceId(7),
        url="https://example.org/page",
        language=reading.language,
        headline=reading.headline,
        text=reading.text,
        at=PUBLISHED,
    )
    return Told(lead=lead, name="page", strand="")


@cache
def read_other_news() -> tuple[Lead, ...]:
    week = Week(library=load_library(), anchor=datetime(2022, 11, 2, tzinfo=UTC), stage=1)
    return tuple(
        Lead(
            article_id=ArticleId(number),
            source_id=SourceId(5000 + number),
            url=f"https://example.org{page.path}",
            language=page.outlet.language,
            headline=page.headline,
            text=page.text,
            at=page.published,
        )
        for number, page in enumerate(reversed(week.pages()), start=1)
    )


@cache
def know_meaning() -> Encoder:
    encoder = open_encoder("e5")
    assert encoder
    return encoder


@cache
def give_vector(lead: Lead) -> Lead:
    (vector,) = know_meaning().encode([describe(lead)])
    return replace(lead, vector=np.round(127 * vector).astype(np.int8).tobytes())


def order(kind: str, told: Sequence[Told]) -> list[Told]:
    """Return the reports in an order of arrival, the page where `kind` says."""
    page, rest = read_page(), list(told)
    if kind == "shuffled":
        rest.append(page)
        random.Random(11).shuffle(rest)
        return rest
    place = {"first": 0, "middle": len(rest) // 2, "last": len(rest)}[kind]
    return [*rest[:place], page, *rest[place:]]


class Newsroom:
    """A placer, and where all that it placed stands; merges count for what came before."""

    def __init__(self) -> None:
        self.placer = Placer()
        self.leads: dict[ArticleId, Lead] = {}
        self.first: dict[int, int] = {}
        self.became: dict[int, int] = {}
        self.parts: dict[tuple[int, int], tuple[Span, ...]] = {}  # by article, story: as stored

    def take(self, leads: Sequence[Lead], *, meaning: bool) -> None:
        """Place these, and look for merges after every fifty of all, and after the last."""
        self.leads |= {lead.article_id: lead for lead in leads}
        for lead in leads:
            given, number = give_vector(lead) if meaning else lead, len(self.first) + 1
            place = self.placer.place(given, new_id=StoryId(number), recall=self.recall)
            self.first[lead.article_id] = place.story_id
            self.parts |= {(part.article_id, part.story_id): part.spans for part in place.parts}
            if number % MERGES_EVERY == 0:
                self.merge()

    def merge(self) -> None:
        self.became.update({m.story_id: m.into for m in self.placer.find_merges()})

    def recall(self, ids: Sequence[ArticleId]) -> list[Lead]:
        return [self.leads[id] for id in ids]

    def last(self, story: int) -> int:
        return self.last(self.became[story]) if story in self.became else story


@cache
def open_newsroom(*, meaning: bool) -> Newsroom:
    """Return a newsroom that has seen the week of other news; its users take copies."""
    room = Newsroom()
    room.take(read_other_news(), meaning=meaning)
    return room


def place_all(told: Sequence[Told], *, meaning: bool = False) -> Found:
    """Place these reports after a week of other news."""
    room = deepcopy(open_newsroom(meaning=meaning))
    room.take([item.lead for item in told], meaning=meaning)
    room.merge()
    names = {int(item.lead.article_id): item.name for item in told}
    of_parts: dict[str, dict[int, tuple[Span, ...]]] = {name: {} for name in names.values()}
    for (article, story), spans in room.parts.items():
        if article in names:  # two stories that have become one have the parts of both
            of_name = of_parts[names[article]]
            of_name[room.last(story)] = tuple(sorted({*of_name.get(room.last(story), ()), *spans}))
    return Found(
        stories={names[a]: room.last(story) for a, story in room.first.items() if a in names},
        parts=of_parts,
    )


def pick(*strands: str, languages: str = "") -> list[Told]:
    return [
        told
        for told in read_reports()
        if told.strand in strands and (not languages or told.lead.language in languages.split())
    ]


def check_strands(found: Found, told: Sequence[Told]) -> dict[str, int]:
    """Check that each strand is one story of its own, and return which."""
    stories = {
        strand: found.of(*(item.name for item in told if item.strand == strand))
        for strand in STRANDS
    }
    assert all(len(of) == 1 for of in stories.values()), stories
    one = {strand: of.pop() for strand, of in stories.items()}
    assert len(set(one.values())) == len(STRANDS), one
    others = found.of(*(t.name for t in told if not t.strand and t.name != "page"))
    assert not others & set(one.values())
    return one


def check_page(found: Found, stories: dict[str, int]) -> None:
    """Check that the page belongs to each strand, and its parts where they say it."""
    text = read_page().lead.text
    for strand, story in stories.items():
        if found.stories["page"] == story:
            continue  # as a whole; parts found before a merge say nothing more
        spans = found.parts["page"].get(story, ())
        assert spans, f"the page is not in the story of {strand}"
        said = "\n\n".join(text[slice(*span)] for span in spans)
        wanted, unwanted = TOLD[strand]
        assert wanted in said
        assert not [word for word in unwanted if word in said]
    assert set(found.parts["page"]) | {found.stories["page"]} == set(stories.values())


def test_each_strand_has_four_reports_in_words_and_outlets_of_their_own() -> None:
    for strand in STRANDS:
        told = pick(strand)
        assert len(told) == len({item.lead.source_id for item in told}) == 4
        assert len({item.lead.language for item in told}) >= 2
    assert all(110 <= len(told.lead.text.split()) <= 230 for told in read_reports())


@pytest.mark.suite
@pytest.mark.parametrize("when", ["first", "middle", "last", "shuffled"])
def test_the_page_is_in_its_three_stories(when: str) -> None:
    told = order(when, pick(*STRANDS, "", languages="en"))
    found = place_all(told)
    check_page(found, check_strands(found, told))


@pytest.mark.suite
@pytest.mark.parametrize("when", ["first", "middle", "last", "shuffled"])
def test_the_page_is_in_its_three_stories_across_languages(when: str) -> None:
    told = order(when, pick(*STRANDS, ""))
    found = place_all(told, meaning=True)
    check_page(found, check_strands(found, told))


@pytest.mark.heavy
def test_a_report_in_a_language_the_model_does_not_know_is_in_no_wrong_story() -> None:
    told = pick(*STRANDS, "", "kherson-apart")
    found = place_all(told, meaning=True)
    kherson = check_strands(found, [item for item in told if item.strand != "kherson-apart"])
    (alone,) = pick("kherson-apart")
    story = found.stories[alone.name]
    assert story == kherson["kherson"] or list(found.stories.values()).count(story) == 1


@pytest.mark.heavy
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("meaning", [False, True], ids=["words", "meaning"])
def test_what_tells_of_many_things_glues_nothing(seed: int, *, meaning: bool) -> None:
    told = pick(*STRANDS, "", "glue", languages="" if meaning else "en")
    random.Random(seed).shuffle(told)
    found = place_all(told, meaning=meaning)
    others = [item.name for item in told if not item.strand]
    check_strands(found, told)
    assert len(found.of(*others)) == len(others)


@pytest.mark.parametrize(
    ("headline", "much"),
    [
        ("LIVE: the flood", True),
        ("The flood – LİVE", True),
        ("The Flood | CANLI", True),
        ("Überblick", True),
        ("ОНЛАЙН: потоп", True),
        ("The flood at a glance", True),
        ("Olive oil is delivered", False),
        ("The flood", False),
        ("", False),
    ],
)
def test_pages_that_call_themselves_round_ups_are_known(headline: str, *, much: bool) -> None:
    lead = Lead(
        article_id=ArticleId(1),
        source_id=SourceId(1),
        url="",
        language="en",
        headline=headline,
        text="",
        at=PUBLISHED,
    )
    assert tells_of_much(lead) is much


def write(number: int, headline: str, text: str) -> Lead:
    return Lead(
        article_id=ArticleId(number),
        source_id=SourceId(number),
        url=f"https://example.org/{number}",
        language="en",
        headline=headline,
        text=text,
        at=PUBLISHED,
    )


DAM = write(
    3001,
    "Inside the control room on the night the wall gave way",
    "Three people sat in the control room when the alarm came. What they saw on the screens, and "
    "why nobody left, is told here for the first time. The gauges had climbed hour by hour, and "
    "the turbines shook; a watchman telephoned the valley, house by house, until the line broke.",
)
LANDER = """The probe touched down at noon and sank a metre into grains as light as flour.

“We were all inside the control room when the first picture came, and nobody spoke,” she said.

The comet is older than the planets, and its ice has never been melted by the sun."""


def test_a_few_words_in_common_make_no_part() -> None:
    lander = write(3002, "The lander is down, and the comet is soft", LANDER)
    room = deepcopy(open_newsroom(meaning=False))
    room.take([DAM, lander], meaning=False)
    assert room.first[3001] != room.first[3002]
    assert (3002, room.first[3001]) not in room.parts
