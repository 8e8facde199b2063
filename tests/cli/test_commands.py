"""The commands as a person types them: what they do, say, and return."""

import gzip
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.flow.site import make_anchor, write_home
from tests.pipeline.sayings import read_sayings
from typer.testing import CliRunner, Result

from dateline.cli import build_app
from dateline.errors import InputError, OperatorError
from dateline.pipeline import claiming
from dateline.sample.serve import SampleWire
from dateline.sources.opml import read_opml

APP = build_app()
PAGE = """<html lang="en"><head><title>Bridge: Old span closes</title>
<meta property="og:site_name" content="Harbour Post"></head><body><article>
<h1>Bridge: Old span closes</h1><p>By Ana Lind</p>
<p>The old bridge closed on Monday after engineers found cracks in two of its piers, the city said.
Traffic was sent over the new bridge, which opened in spring.</p>
<p>Repairs will take a year, according to the ANP news agency, and cost nine million crowns.</p>
</article></body></html>"""


def run(*words: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(APP, [str(word) for word in words], input=stdin)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    assert run("init", tmp_path / "site", "--name", "Morning").exit_code == 0
    return tmp_path / "site"


@pytest.fixture
def wire() -> Iterator[SampleWire]:
    with SampleWire(anchor=make_anchor(), delays=False) as wire:
        yield wire


def write_records(path: Path, count: int = 6) -> Path:
    rows = [
        {
            "url": f"https://post.example/{number}",
            "title": f"Council vote number {number}",
            "text": f"The council voted on motion {number} after a long debate in the town hall.",
            "published": f"2022-11-{20 - number:02}",
            "source": "Post",
        }
        for number in range(count)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def export(home: Path, kind: str) -> list[dict[str, object]]:
    result = run("export", kind, "--home", home)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


# --- a site -------------------------------------------------------------------------------------


def test_init_twice_changes_nothing(home: Path) -> None:
    (home / "dateline.toml").write_text('site_name = "Mine"\n')
    assert run("init", home).exit_code == 0
    assert (home / "dateline.toml").read_text() == 'site_name = "Mine"\n'
    assert (home / "dateline.db").exists()


def test_a_folder_that_is_no_home_is_named(tmp_path: Path) -> None:
    result = run("sources", "--home", tmp_path)
    assert isinstance(result.exception, OperatorError)
    assert "dateline init" in str(result.exception)


@pytest.mark.flow
def test_add_finds_the_feed_of_a_site(tmp_path: Path, wire: SampleWire) -> None:
    site = write_home(tmp_path / "site", wire)
    (site / "sources.toml").write_text("# mine\n")
    address = next(iter(wire.truth()))
    origin = "/".join(address.split("/")[:3]) + "/"
    added = run("add", origin, "--home", site, "--section", "World", "--rights", "excerpt 30")
    assert added.exit_code == 0, added.output
    text = (site / "sources.toml").read_text()
    assert text.startswith("# mine\n")
    assert 'section = "World"' in text and "excerpt 30" in text
    again = run("add", origin, "--home", site)
    assert "is followed" in again.output
    assert (site / "sources.toml").read_text() == text


@pytest.mark.flow
def test_add_says_why_it_could_not(tmp_path: Path, wire: SampleWire) -> None:
    site = write_home(tmp_path / "site", wire)
    before = (site / "sources.toml").read_text()
    result = run("add", "http://127.0.0.1:1/", "ftp://x.example/", "--home", site, "--json")
    assert result.exit_code == 1
    rows = [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]
    assert [row["failed"] for row in rows] == [True, True]
    assert all(row["message"] for row in rows)
    assert (site / "sources.toml").read_text() == before


def test_add_takes_a_list_and_sources_gives_it_back(home: Path, tmp_path: Path) -> None:
    opml = tmp_path / "mine.opml"
    opml.write_text(
        '<opml version="2.0"><body><outline text="World">'
        '<outline type="rss" text="One" xmlUrl="https://one.example.org/feed"/>'
        '<outline type="rss" text="Two" xmlUrl="https://two.example.org/feed"/>'
        "</outline></body></opml>"
    )
    assert run("add", opml, "--home", home).exit_code == 0
    rows = [json.loads(x) for x in run("sources", "--home", home, "--json").stdout.splitlines()]
    assert [row["name"] for row in rows] == ["One", "Two"]
    assert all({"level", "health", "advice", "last_success", "failures"} <= set(r) for r in rows)
    back = read_opml(run("sources", "--home", home, "--opml").stdout.encode())
    assert [s.feeds for s in back] == [
        ("https://one.example.org/feed",),
        ("https://two.example.org/feed",),
    ]


def test_a_broken_catalogue_is_refused_with_its_place(home: Path) -> None:
    (home / "sources.toml").write_text('[[source]]\nname = "One"\nfeds = ["https://a.example/"]\n')
    result = run("sources", "--home", home)
    assert isinstance(result.exception, OperatorError)
    assert "feds" in str(result.exception)


def test_doctor_finds_what_is_wrong(home: Path) -> None:
    found = run("doctor", "--home", home)
    assert found.exit_code == 1
    assert "contact: not set" in found.output
    (home / "dateline.toml").write_text('contact = "a@b.example"\n')
    assert run("doctor", "--home", home).exit_code == 0


def test_doctor_names_the_story_model(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "ok   story model: none" in run("doctor", "--home", home).stdout
    monkeypatch.setenv("DATELINE_STORY_MODEL", "use")
    assert "ok   story model: use-multilingual-3/" in run("doctor", "--home", home).stdout

    def fail(name: str) -> None:
        raise OperatorError(f"the files of {name} are not those known")

    monkeypatch.setattr("dateline.cli.checking.open_encoder", fail)
    assert "BAD  story model: the files of use" in run("doctor", "--home", home).stdout


# --- reading ------------------------------------------------------------------------------------


def test_read_a_page(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    shown = json.loads(run("read", path, "--url", "https://post.example/a", "--json").stdout)
    assert shown["headline"] == "Bridge: Old span closes"
    assert "cracks in two of its piers" in shown["text"]
    assert shown["language"] == "en"
    for_people = run("read", path).stdout
    assert "Headline:" in for_people and "Bridge: Old span closes" in for_people


def test_read_text_from_standard_input_unchanged() -> None:
    text = "  The mayor said on Monday that the bridge would close.\n\nShe gave no date.  "
    shown = json.loads(run("read", "-", "--json", stdin=text.encode()).stdout)
    assert shown["text"] == text


def test_read_needs_one_thing() -> None:
    assert isinstance(run("read").exception, InputError)
    assert isinstance(run("read", "no-such-file").exception, InputError)


@pytest.mark.parametrize("jobs", ["1", pytest.param("2", marks=pytest.mark.flow)])
def test_read_many_keeps_the_order_and_names_bad_lines(tmp_path: Path, jobs: str) -> None:
    path = write_records(tmp_path / "in.jsonl", 9)
    lines = path.read_text().splitlines()
    lines.insert(4, "{broken")
    (tmp_path / "in.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    command = [sys.executable, "-m", "dateline", "read", "--jsonl", tmp_path / "in.jsonl.gz"]
    done = subprocess.run([*command, "--jobs", jobs], capture_output=True, check=False)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert "error" in rows[4] and b"record 5" in done.stderr
    urls = [row["url"] for row in rows if "url" in row]
    assert urls == [f"https://post.example/{number}" for number in range(9)]


# --- exchange -----------------------------------------------------------------------------------


def test_import_is_ordered_and_idempotent(home: Path, tmp_path: Path) -> None:
    path = write_records(tmp_path / "in.jsonl")
    assert run("import", path, "--home", home, "--jobs", "1").exit_code == 0
    rows = export(home, "articles")
    assert [row["url"] for row in rows] == [f"https://post.example/{n}" for n in range(5, -1, -1)]
    assert all(row["origin"] and row["story"] for row in rows)
    again = run("import", path, "--home", home, "--jobs", "1")
    assert "0 new articles, 0 new versions" in again.output
    assert export(home, "articles") == rows


def test_the_same_records_in_another_file_are_known(home: Path, tmp_path: Path) -> None:
    run("import", write_records(tmp_path / "a.jsonl"), "--home", home, "--jobs", "1")
    more = write_records(tmp_path / "b.jsonl", 7)
    result = run("import", more, "--home", home, "--jobs", "1")
    assert "1 new articles, 0 new versions, 6 known already" in result.output


def test_a_changed_record_is_a_version(home: Path, tmp_path: Path) -> None:
    path = write_records(tmp_path / "a.jsonl", 2)
    run("import", path, "--home", home, "--jobs", "1")
    path.write_text(path.read_text().replace("long debate", "short debate"))
    result = run("import", path, "--home", home, "--jobs", "1")
    assert "0 new articles, 2 new versions" in result.output
    assert [row["versions"] for row in export(home, "articles")] == [2, 2]


def test_an_address_that_comes_twice_in_one_file_is_a_version(home: Path, tmp_path: Path) -> None:
    path = write_records(tmp_path / "a.jsonl", 1)
    text = path.read_text()
    path.write_text(text + text.replace("long debate", "short debate") + text)
    result = run("import", path, "--home", home, "--jobs", "1")
    assert "1 new articles, 2 new versions, 0 known already" in result.output
    assert [row["versions"] for row in export(home, "articles")] == [3]


def test_exports_have_their_form(home: Path, tmp_path: Path) -> None:
    run("import", write_records(tmp_path / "a.jsonl"), "--home", home, "--jobs", "1")
    for story in export(home, "stories"):
        assert {"id", "url", "headline", "articles"} <= set(story)
    for origin in export(home, "origins"):
        assert {"id", "articles"} <= set(origin)
        for article in origin["articles"]:  # type: ignore[attr-defined]
            assert {"url", "role", "from"} <= set(article)
    assert isinstance(run("export", "pictures", "--home", home).exception, InputError)


def test_who_said_what_is_exported_with_selectors(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claiming, "read_claims", read_sayings)
    path = tmp_path / "a.jsonl"
    said = "Ilse Marten said: “We will rebuild the bridge before the snow”\n"
    texts = [f"Post {number} of 7.\n\n{said}" for number in range(2)]
    rows = [{"url": f"https://p{n}.example/", "text": text} for n, text in enumerate(texts)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert run("import", path, "--home", home, "--jobs", "1").exit_code == 0
    statements, figures = export(home, "statements"), export(home, "figures")
    assert len(statements) == 2 and len({row["ledger"] for row in statements}) == 1
    for row in statements:
        ((quote, place),) = row["selectors"]["content"]  # type: ignore[index]
        text = texts[int(row["article"]) - 1]  # type: ignore[call-overload]
        assert text[place["start"] : place["end"]] == quote["exact"] == row["content"]
        assert text.index(quote["prefix"] + quote["exact"] + quote["suffix"]) >= 0
        assert row["speaker_resolved"] == "Ilse Marten" and row["version"] == 1
    (person,) = export(home, "people")
    assert (person["key"], person["mentions"]) == ("ilse-marten", 2)
    assert person["address"] == "/person/ilse-marten"
    assert sorted(str(row["text"]) for row in figures) == ["0", "1", "7", "7"]


def test_backup_and_restore(home: Path, tmp_path: Path) -> None:
    run("import", write_records(tmp_path / "a.jsonl"), "--home", home, "--jobs", "1")
    file = tmp_path / "site.backup"
    assert run("backup", file, "--home", home).exit_code == 0
    assert isinstance(run("backup", file, "--home", home).exception, InputError)
    assert run("restore", file, "--home", tmp_path / "other").exit_code == 0
    assert export(tmp_path / "other", "articles") == export(home, "articles")
    assert isinstance(run("restore", file, "--home", home).exception, OperatorError)


@pytest.mark.flow
def test_a_taken_port_is_named(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("serve", "--home", home, "--port", str(port))
    assert isinstance(result.exception, OperatorError)
    assert str(port) in str(result.exception)


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    command = [sys.executable, "-m", "dateline", "init", str(tmp_path / "file" / "site")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr and "file" in done.stderr


def test_an_operators_mistake_is_one_sentence(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dateline", "serve", "--home", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("dateline: ") and "Traceback" not in done.stderr
