"""`dateline story`: what it shows, what a person may decide, and what it answers to mistakes."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dateline.cli import build_app
from dateline.errors import GroupError, InputError

APP = build_app("story")
SITE = build_app()
BRIDGE = """The old bridge over the river closed on Monday after engineers found cracks in its
piers. Traffic was sent over the new bridge, which opened in spring. Repairs of the piers will take
a year and cost nine million crowns, the harbour office said; lorries must go by the valley."""
VOTE = """Parliament voted for the budget of the coming year on a debate that lasted all night.
Members of the opposition left the chamber before the count. The finance minister promised lower
taxes for bakers and a pension for widows of sailors, which the treasury had opposed."""
# What else is in the news, so that words have their weight.
OTHERS = (
    "A violin thought lost since the flood was found in an attic and played again in concert.",
    "Beekeepers counted fewer hives than ever this spring, blaming mites and a cold April.",
    "The striker scored twice as the island club reached its first final in thirty years.",
    "A comet will be visible to the naked eye above the northern horizon before sunrise.",
    "Researchers taught mice to open a lock for cheese; the mice taught their young.",
    "The ferry company cancelled its winter timetable because diesel has become too dear.",
    "An earthquake shook the mountains at dawn; no houses fell and nobody was hurt.",
    "The museum bought a portrait of a baker by a painter whose name nobody knows.",
)


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(SITE, [str(word) for word in words])


def tell(number: int, text: str) -> dict[str, str]:
    return {
        "url": f"https://outlet-{number}.example/news/{number}",
        "title": text.partition(" on ")[0][:60],
        "text": f"{text} It was reported by correspondent number {number} of the outlet.",
        "published": f"2022-11-20T{10 + number}:00:00Z",
        "source": f"Outlet {number}",
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with story 9 on a bridge (articles 9, 10, 11) and 10 on a vote (12, 13), and eight."""
    folder = tmp_path_factory.mktemp("made")
    rows = [tell(n, text) for n, text in enumerate(OTHERS, start=1)]
    rows += [tell(n, BRIDGE) for n in (9, 10, 11)] + [tell(n, VOTE) for n in (12, 13)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATELINE_STORY_MODEL", "none")
        assert run("init", folder / "site").exit_code == 0
        load(folder / "site", rows)
    return folder / "site"


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """A copy of that site."""
    shutil.copytree(made, tmp_path / "site")
    return tmp_path / "site"


def load(home: Path, rows: list[dict[str, str]]) -> None:
    records = home / "records.jsonl"
    records.write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = run("import", records, "--home", home, "--jobs", "1")
    assert done.exit_code == 0, done.output


def export(home: Path, kind: str = "stories") -> dict[int, dict[str, object]]:
    lines = run("export", kind, "--home", home).stdout.splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


def list_articles(row: dict[str, object]) -> list[int]:
    return [article["id"] for article in row["articles"]]  # type: ignore[attr-defined]


def test_show_tells_counts_members_and_origins(home: Path) -> None:
    shown = run("story", "show", "9", "--home", home)
    assert shown.exit_code == 0, shown.output
    assert "3 articles, 3 outlets, 1 origin; en" in shown.stdout
    assert "Outlet 9 (en): first" in shown.stdout
    assert "carries https://outlet-9.example/news/9" in shown.stdout
    assert "Decisions" not in shown.stdout


def test_what_has_no_date_is_called_undated(home: Path) -> None:
    """Of a story in part, and of one in which nothing has a date."""
    rows = [tell(n, text) for n, text in ((21, BRIDGE), (22, "A whale swam up the canal at noon."))]
    load(home, [{name: row[name] for name in row if name != "published"} for row in rows])
    ids = {article["url"]: id for id, row in export(home).items() for article in row["articles"]}  # type: ignore[attr-defined]
    for row, whole in zip(rows, (False, True), strict=True):
        shown = run("story", "show", str(ids[row["url"]]), "--home", home)
        assert shown.exit_code == 0, shown.output
        lines = shown.stdout.splitlines()
        assert ("undated" in lines) is whole
        (place,) = [n for n, line in enumerate(lines) if line.strip() == row["url"]][-1:]
        assert lines[place - 1].startswith("undated  "), lines


def test_show_gives_programs_what_export_gives(home: Path) -> None:
    shown = json.loads(run("story", "show", "9", "--home", home, "--json").stdout)
    trees = shown.pop("trees")
    assert shown == export(home)[9]
    assert trees == [export(home, "origins")[shown["articles"][0]["origin"]]]
    roles = [article["role"] for article in shown["articles"]]
    assert roles == ["first", "carries", "carries"]
    assert [article["role"] for article in export(home)[1]["articles"]] == ["own"]  # type: ignore[attr-defined]


def test_a_merge_is_kept_with_its_reason_and_the_address_leads_on(home: Path) -> None:
    done = run("story", "merge", "10", "9", "--home", home, "--why", "one affair")
    assert done.exit_code == 0 and "Story 10 is merged into story 9" in done.output
    rows = export(home)
    assert list_articles(rows[9]) == [9, 10, 11, 12, 13]
    assert (list_articles(rows[10]), rows[10]["merged_into"]) == ([], 9)
    (decision,) = rows[9]["decisions"]  # type: ignore[misc]
    assert (decision["by"], decision["why"], decision["from"]) == ("person", "one affair", 10)
    shown = run("story", "show", "10", "--home", home)
    assert "its address leads to story 9" in shown.output
    assert "merged from 10" in shown.stdout and "by person: one affair" in shown.stdout


def test_articles_become_a_story_of_their_own_by_number_or_address(home: Path) -> None:
    done = run("story", "split", "9", "10", "https://outlet-11.example/news/11", "--home", home)
    assert done.exit_code == 0, done.output
    assert "2 articles of story 9 are story 11 now" in done.output
    rows = export(home)
    assert (list_articles(rows[9]), list_articles(rows[11])) == ([9], [10, 11])
    (decision,) = rows[11]["decisions"]  # type: ignore[misc]
    assert (decision["kind"], decision["articles"]) == ("split", [10, 11])


def test_what_a_person_decided_stays_when_more_comes(home: Path) -> None:
    assert run("story", "split", "9", "11", "--home", home).exit_code == 0
    assert run("story", "merge", "10", "1", "--home", home).exit_code == 0
    rows = [tell(n, BRIDGE if n % 2 else VOTE) for n in range(14, 44)]
    load(home, [row | {"published": "2022-11-21"} for row in rows])
    stories = export(home)
    assert 11 not in list_articles(stories[9]) and 11 in list_articles(stories[11])
    assert {1, 12, 13} <= set(list_articles(stories[1]))
    assert len(list_articles(stories[9])) + len(list_articles(stories[11])) == 18


def test_addresses_of_the_site_name_stories(home: Path) -> None:
    url = str(export(home)[9]["url"])
    assert run("story", "show", url, "--home", home).stdout.startswith("9  ")
    assert run("story", "show", "/story/9-any-words", "--home", home).stdout.startswith("9  ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "99"], "no story 99"),
        (["show", "bridge"], "'bridge' is no story"),
        (["show", "https://elsewhere.example/story/9"], "is no story"),
        (["merge", "9", "99"], "no story 99"),
        (["merge", "9", "9"], "one already"),
        (["split", "9", "9", "10", "11"], "at least one must stay"),
        (["split", "9", "12"], "does not have the article 12"),
        (["split", "9", "/story/9"], "'/story/9' is no article"),
        (["split", "99", "9"], "no story 99"),
    ],
)
def test_a_mistake_is_named_and_changes_nothing(home: Path, words: list[str], said: str) -> None:
    before = export(home)
    result = run("story", *words, "--home", home)
    assert isinstance(result.exception, InputError | GroupError), result.output
    assert said in str(result.exception)
    assert export(home) == before


def test_a_story_that_was_merged_says_where_it_went(home: Path) -> None:
    assert run("story", "merge", "10", "9", "--home", home).exit_code == 0
    assert run("story", "split", "9", "11", "--home", home).exit_code == 0
    for words in (["merge", "10", "11"], ["split", "10", "12"]):
        result = run("story", *words, "--home", home)
        assert "merged into story 9" in str(result.exception)


def test_the_group_alone_is_loaded_by_its_name() -> None:
    shown = CliRunner().invoke(APP, ["story", "--help"])
    assert shown.exit_code == 0 and "merge" in shown.stdout
