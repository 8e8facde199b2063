"""The written week: large and varied enough, complete, and true at any anchor."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from dateline.publish.speaking import speak
from dateline.sample.compose import Page, Week, first_sentences
from dateline.sample.days import TOKEN
from dateline.sample.pictures.scenes import SCENES
from dateline.sample.reports import Report, load_library, read_report
from dateline.sample.truth import truth
from dateline.text import list_words

ANCHORS = [datetime(2030, 12, 28, 5, tzinfo=UTC) + timedelta(days=d, hours=3 * d) for d in range(7)]
LIBRARY = load_library()


def week(stage: int = 2, anchor: datetime = ANCHORS[0]) -> Week:
    return Week(library=LIBRARY, anchor=anchor, stage=stage)


def texts(report: Report) -> Iterator[str]:
    yield from (report.headline, report.lede, *report.paragraphs)
    if report.edit:
        yield from (report.edit.headline, report.edit.note)


def shingles(text: str, size: int = 5) -> set[tuple[str, ...]]:
    words = list_words(text)
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def containment(a: str, b: str) -> float:
    one, two = shingles(a), shingles(b)
    return len(one & two) / max(1, min(len(one), len(two)))


def test_the_week_is_large_enough() -> None:
    assert len(LIBRARY.reports) >= 100
    with_reports = {report.outlet for report in LIBRARY.reports.values()}
    kinds = Counter(LIBRARY.outlets[key].kind for key in with_reports)
    assert kinds["outlet"] >= 10 and kinds["agency"] == 2
    languages = Counter(LIBRARY.outlets[r.outlet].language for r in LIBRARY.reports.values())
    assert len(languages) >= 5 and languages.most_common(1)[0][0] == "en"


def test_no_invented_country_has_the_name_of_another() -> None:
    countries = {outlet.country for outlet in LIBRARY.outlets.values()}
    assert len(countries) > 3
    assert all(speak("en").country(each) == each for each in countries)


def test_it_holds_what_news_is_made_of() -> None:
    told = truth(ANCHORS[0]).values()
    assert {t.how for t in told} == {"own", "carries", "translation", "rewrite"}
    assert {"report", "brief", "opinion", "live", "roundup"} == {t.kind for t in told}
    for fact in ("withdrawn", "corrected", "disallowed", "undated", "claimed_date", "said"):
        assert any(getattr(t, fact) for t in told), fact
    assert any(t.versions == 2 and not t.corrected for t in told), "a silent edit"
    assert any(len(t.stories) > 1 and t.kind == "report" for t in told), "one in two stories"
    families = Counter(o.family for o in LIBRARY.outlets.values() if o.family)
    assert families.most_common(1)[0][1] >= 2
    carried = Counter(t.origin for t in told)
    assert carried.most_common(1)[0][1] >= 4


@pytest.mark.parametrize("anchor", ANCHORS, ids=lambda at: at.strftime("%a"))
def test_every_token_is_put_into_words(anchor: datetime) -> None:
    for stage in (1, 2):
        for page in week(stage, anchor).pages():
            shown = " ".join((page.title, page.lede, page.note, page.text))
            assert "{" not in shown and "}" not in shown, page.report.id


def test_no_report_names_the_day_of_what_has_not_yet_happened_as_past() -> None:
    # `rel` and `on` may look forward only to what is announced: events that are named so.
    announced = {"truce", "talks", "recount"}
    for report in LIBRARY.reports.values():
        for part in texts(report):
            for _, event in TOKEN.findall(part):
                hours = LIBRARY.events.get(event)
                if hours is not None and event not in announced:
                    assert hours >= report.hours_before, (report.id, event)


def test_no_weekday_is_named_that_lies_a_week_back() -> None:
    for report in LIBRARY.reports.values():
        for kind, event in TOKEN.findall(" ".join(texts(report))):
            hours = LIBRARY.events[event] if event in LIBRARY.events else float(event)
            if kind.lower() in {"on", "rel", "day", "by", "since"}:
                assert abs(hours - report.hours_before) < 6 * 24, (report.id, event)


def test_every_report_names_what_exists() -> None:
    for report in LIBRARY.reports.values():
        assert report.outlet in LIBRARY.outlets, report.id
        assert not report.parent or report.parent in LIBRARY.reports, report.id
        assert not report.feed_source or report.feed_source in LIBRARY.outlets, report.id
        assert report.shot is None or report.shot.scene in SCENES, report.id
        assert report.hours_before >= 0.3, report.id
        if report.parent:
            assert LIBRARY.reports[report.parent].hours_before > report.hours_before, report.id


def test_small_edits_find_the_words_they_change() -> None:
    for report in LIBRARY.reports.values():
        kept = [part for a in _ancestors(report) for part in (*a.paragraphs, a.headline)]
        changes = (*report.replace, *(report.edit.replace if report.edit else ()))
        for old, _ in changes:
            assert any(old in part for part in kept), (report.id, old)


def _ancestors(report: Report) -> Iterable[Report]:
    while report:
        yield report
        if not report.carries:
            return
        report = LIBRARY.reports[report.carries]


def test_what_is_said_and_counted_stands_in_the_text() -> None:
    for page in week(stage=2).pages():
        for fact in (*page.report.said, *page.report.numbers):
            assert fact.words in page.text + page.title + page.lede, (page.report.id, fact.words)


def test_addresses_are_unique_and_keep_through_the_stages() -> None:
    told = truth(ANCHORS[0])
    assert len(told) == len(LIBRARY.reports)
    early = {p.report.id: p.path for p in week(1).pages()}
    late = {p.report.id: p.path for p in week(2).pages()}
    assert early.items() <= late.items() and len(early) < len(late)


def test_copies_overlap_and_independent_reports_do_not() -> None:
    pages = {page.report.id: page for page in week(stage=1).pages()}
    sets = {id: shingles(page.text) for id, page in pages.items()}
    for one, page in pages.items():
        if page.report.carries in pages:
            assert containment(page.text, pages[page.report.carries].text) > 0.55, one
    for one, two in _pairs(pages):
        shared = len(sets[one] & sets[two]) / max(1, min(len(sets[one]), len(sets[two])))
        assert shared < 0.12, (one, two, shared)


def _pairs(pages: dict[str, Page]) -> Iterator[tuple[str, str]]:
    roots = {id: _root(page.report) for id, page in pages.items()}
    ids = sorted(pages)
    for place, one in enumerate(ids):
        for two in ids[place + 1 :]:
            same_language = pages[one].outlet.language == pages[two].outlet.language
            if same_language and roots[one] != roots[two]:
                yield one, two


def _root(report: Report) -> str:
    while report.parent:
        report = LIBRARY.reports[report.parent]
    return report.id


def test_articles_have_the_length_of_articles() -> None:
    lengths = [len(list_words(page.text)) for page in week().pages()]
    assert sum(length >= 110 for length in lengths) >= 0.75 * len(lengths)
    assert min(lengths) >= 50


def test_edits_show_only_at_the_second_stage() -> None:
    edited = [r for r in LIBRARY.reports.values() if r.edit and not r.edit.withdrawn]
    assert edited
    for report in edited:
        first, second = week(1).page(report), week(2).page(report)
        assert first.text != second.text, report.id
        assert first.path == second.path and not first.note


def test_no_phrase_depends_on_the_hour() -> None:
    hours = re.compile(
        r"\b(last night|this morning|this evening|tonight|this afternoon|heute früh|gestern Abend"
        r"|ce matin|ce soir|esta noche|esta mañana|anoche|сьогодні вранці|вчора ввечері)\b"
    )
    for page in week().pages():
        assert not hours.search(page.text), page.report.id


def test_a_copy_is_derived_by_cut_replacement_insertion_and_new_lede() -> None:
    base = '+++\noutlet = "anx"\nhours_before = 9\nheadline = "H"\n+++\n\nOne.\n\nTwo.\n\nThree.'
    copy = (
        '+++\noutlet = "ellery-courier"\nhours_before = 8\ncarries = "base"\ncut = 2\n'
        'replace = [["Two", "2"]]\n+++\n\n=1 Lede.\n\n@0 Top.\n\n@1 Between.\n\nEnd.'
    )
    reports = {"base": read_report("base", base), "copy": read_report("copy", copy)}
    library = type(LIBRARY)(reports=reports, outlets=LIBRARY.outlets, events={})
    page = Week(library=library, anchor=ANCHORS[0], stage=1).page(reports["copy"])
    assert page.paragraphs == ("Top.", "Lede.", "Between.", "2.", "End.")
    assert page.headline == "H"


def test_the_first_sentences_make_the_standfirst() -> None:
    assert first_sentences("A b c. D e f.", longest=8) == "A b c."
    assert first_sentences("A b c. D e f.", longest=80) == "A b c. D e f."
