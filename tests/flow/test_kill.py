"""Killed at any moment, nothing is lost or doubled: fetch and import against SIGKILL."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.flow.kill import kill_group, random_delays, run_and_kill, start
from tests.flow.site import SOME, make_anchor, write_home

import dateline
from dateline.sample.serve import SampleWire

pytestmark = pytest.mark.flow
# DATELINE_TEST_KILLS sets how often each is killed; the default keeps the suite short.
KILLS = int(os.environ.get("DATELINE_TEST_KILLS", "3"))
DATELINE = [sys.executable, "-m", "dateline"]


def export(home: Path, kind: str) -> list[dict[str, object]]:
    with dateline.open(home) as site:
        return list(getattr(site, kind)())


def group_urls(rows: list[dict[str, object]]) -> set[tuple[str, ...]]:
    """Return each group as its members' addresses, so that ids need not be equal."""
    return {tuple(sorted(a["url"] for a in row["articles"])) for row in rows}  # type: ignore[attr-defined]


def group_statements(home: Path) -> tuple[list[tuple[object, ...]], set[frozenset[object]]]:
    """Return what is said in each article, and the entries of the ledger without their ids."""
    rows = export(home, "statements")
    entries: dict[object, set[object]] = {}
    for row in rows:
        entries.setdefault(row["ledger"], set()).add((row["url"], row["content"]))
    said = sorted((str(r["url"]), r["number"], r["content"], r["speaker_key"]) for r in rows)
    return said, {frozenset(group) for ledger, group in entries.items() if ledger is not None}


def strip_times(row: dict[str, object]) -> dict[str, object]:
    """Return an article without what depends on the moment of fetching."""
    return {k: v for k, v in row.items() if k not in {"first_seen", "id", "origin", "story"}}


def assert_same(one: Path, other: Path) -> None:
    articles = [{r["url"]: strip_times(r) for r in export(h, "articles")} for h in (one, other)]
    assert articles[0] and articles[0] == articles[1]
    for kind in ("stories", "origins"):
        assert group_urls(export(one, kind)) == group_urls(export(other, kind)), kind
    assert group_statements(one) == group_statements(other)
    for home in (one, other):
        rows = export(home, "articles")
        assert len({row["url"] for row in rows}) == len(rows), "an article is there twice"


def tell_groups(home: Path, kind: str) -> list[dict[str, object]]:
    """Return stories or origins with all that is said of them, but for when it was decided."""
    rows = export(home, kind)
    for row in rows:
        for decision in row.get("decisions", ()):  # type: ignore[attr-defined]
            del decision["id"], decision["at"]
    return rows


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Two empty databases: one for the run that is killed, one for the run that is not."""
    if request.param == "sqlite":
        return "", ""
    return request.getfixturevalue("empty_postgres"), request.getfixturevalue("postgres_address")


def test_fetch_survives_kill_9(tmp_path: Path, databases: tuple[str, str]) -> None:
    with SampleWire(anchor=make_anchor(), delays=False) as wire:
        calm = write_home(tmp_path / "calm", wire, database=databases[0], follow=SOME)
        killed = write_home(tmp_path / "killed", wire, database=databases[1], follow=SOME)
        fetch = [*DATELINE, "fetch", "--once", "--home"]
        subprocess.run([*fetch, str(calm)], check=True, capture_output=True)
        delays = random_delays(7, least=0.5, most=4.0)
        run_and_kill([*fetch, killed], times=KILLS, after=delays)
        assert_same(calm, killed)


def write_records(path: Path, count: int) -> None:
    """Write records with repeated addresses, copies, several languages and odd lines."""
    wire = SampleWire(anchor=make_anchor())
    texts = [told.headline for told in wire.truth().values()]
    with path.open("w") as out:
        for number in range(count):
            words = " ".join(texts[(number * 7 + step) % len(texts)] for step in range(12))
            record = {
                "url": f"https://outlet-{number % 9}.example/{number % (count - 20)}",
                "title": texts[number % len(texts)],
                "text": f"{words}. Report {number}.",
                "published": f"2022-11-{number % 28 + 1:02}T10:00:00Z",
                "source": f"Outlet {number % 9}",
            }
            out.write(json.dumps(record) + "\n")
        out.write("not a record\n")


def test_import_survives_kill_9(tmp_path: Path, databases: tuple[str, str]) -> None:
    records = tmp_path / "records.jsonl"
    write_records(records, 240)  # more than one batch
    homes = []
    for name, database in zip(("calm", "killed"), databases, strict=True):
        home = tmp_path / name
        init = [*DATELINE, "init", str(home)] + (["--database", database] if database else [])
        subprocess.run(init, check=True, capture_output=True)
        homes.append(home)
    calm, killed = homes
    load = ["sh", "-c", '"$@"; test $? -le 1', "sh", *DATELINE, "import", str(records), "--home"]
    subprocess.run([*load, str(calm)], check=True, capture_output=True)
    run_and_kill([*load, killed], times=KILLS, after=random_delays(11, least=0.5, most=2.5))
    assert_same(calm, killed)
    # Records have one order, so that even the numbers are equal, and each merge and its reason.
    for kind in ("stories", "origins"):
        assert tell_groups(calm, kind) == tell_groups(killed, kind)
    again = subprocess.run(
        [*DATELINE, "import", str(records), "--home", str(killed)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "0 new articles, 0 new versions" in again.stderr


def test_a_person_decides_while_articles_are_placed(tmp_path: Path) -> None:
    records, home = tmp_path / "records.jsonl", tmp_path / "site"
    write_records(records, 300)
    subprocess.run([*DATELINE, "init", str(home)], check=True, capture_output=True)
    worker = start([*DATELINE, "import", str(records), "--home", home])
    try:
        merge = [*DATELINE, "story", "merge", "2", "1", "--why", "one affair", "--home", str(home)]
        until = time.monotonic() + 120
        done = subprocess.run(merge, capture_output=True, text=True, check=False)
        while "There is no story" in done.stderr and time.monotonic() < until:
            done = subprocess.run(merge, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        output, _ = worker.communicate(timeout=180)
    finally:
        kill_group(worker)
    assert worker.returncode == 1, output  # one line is no record
    rows = {row["id"]: row for row in export(home, "stories")}
    assert rows[2]["merged_into"] == 1 and not rows[2]["articles"]
    placed = [a["url"] for row in rows.values() for a in row["articles"] if "spans" not in a]  # type: ignore[attr-defined]
    assert sorted(placed) == sorted(str(row["url"]) for row in export(home, "articles"))
    # The software may have merged others into it before: that was another decision.
    told = [each for each in rows[2]["decisions"] if each["by"] == "person"]  # type: ignore[attr-defined]
    assert [(each["from"], each["to"], each["why"]) for each in told] == [(2, 1, "one affair")]
