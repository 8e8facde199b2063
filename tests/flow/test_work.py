"""Many workers on one PostgreSQL: the same steps, and a worker killed with -9 loses nothing."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.flow.kill import kill_group, start
from tests.flow.site import SOME, make_anchor, write_home

from dateline.sample.serve import SampleWire
from dateline.sources.catalog import read_catalog
from dateline.store import articles as article_rows
from dateline.store import open_store
from dateline.store import stories as story_rows

pytestmark = pytest.mark.flow
DATELINE = [sys.executable, "-m", "dateline"]


def list_placed(address: str) -> list[str]:
    """The articles that stand in a story as a whole; parts of them may stand in others as well."""
    with open_store(address) as store, store.read() as tx:
        stories = list(story_rows.iterate_stories(tx))
    return [member.url for story in stories for member in story.members if not member.spans]


def wait_for_stories(address: str, *, least: int, within_s: float) -> None:
    """Wait until `least` articles stand in stories, or until the time is over."""
    until = time.monotonic() + within_s
    while len(list_placed(address)) < least and time.monotonic() < until:
        time.sleep(0.2)


def test_two_workers_and_a_kill_make_the_same_site(tmp_path: Path, empty_postgres: str) -> None:
    with SampleWire(anchor=make_anchor(), delays=False) as wire:
        home = write_home(tmp_path / "site", wire, database=empty_postgres, follow=SOME)
        homes = [s.home for s in read_catalog((home / "sources.toml").read_text()).sources]
        expected = sum(
            told.stage == 1 and url.startswith(tuple(homes)) for url, told in wire.truth().items()
        )
        subprocess.run([*DATELINE, "sources", "--home", str(home)], check=True, capture_output=True)
        work = [*DATELINE, "work", "--home", str(home)]
        workers = [start(work), start(work)]
        wait_for_stories(empty_postgres, least=1, within_s=60)
        os.killpg(workers[0].pid, signal.SIGKILL)
        workers[0].communicate()
        workers.append(start(work))
        try:
            wait_for_stories(empty_postgres, least=expected, within_s=120)
        finally:
            for worker in workers[1:]:
                kill_group(worker)
                worker.communicate()
    with open_store(empty_postgres) as store, store.read() as tx:
        urls = [article.url for article in article_rows.iterate_articles(tx)]
    placed = list_placed(empty_postgres)
    assert len(urls) == len(set(urls)) == expected
    assert sorted(placed) == sorted(urls)


def test_a_worker_ends_by_itself_when_asked(tmp_path: Path, empty_postgres: str) -> None:
    with SampleWire(anchor=make_anchor(), delays=False) as wire:
        home = write_home(tmp_path / "site", wire, database=empty_postgres, follow=SOME)
        subprocess.run([*DATELINE, "sources", "--home", str(home)], check=True, capture_output=True)
        worker = start([*DATELINE, "work", "--home", str(home)])
        try:
            # In the middle of its work: a moment counted in seconds may be before its first line.
            wait_for_stories(empty_postgres, least=1, within_s=60)
            worker.terminate()
            output, _ = worker.communicate(timeout=60)
        finally:
            kill_group(worker)
    assert worker.returncode == 0, output
    exported = subprocess.run(
        [*DATELINE, "export", "articles", "--home", str(home)], check=True, capture_output=True
    )
    rows = [json.loads(line) for line in exported.stdout.splitlines()]
    assert len({row["url"] for row in rows}) == len(rows)
