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


def count_placed(address: str) -> int:
    with open_store(address) as store, store.read() as tx:
        return sum(len(story.article_urls) for story in story_rows.iterate_stories(tx))


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
        time.sleep(4)
        os.killpg(workers[0].pid, signal.SIGKILL)
        workers[0].communicate()
        workers.append(start(work))
        try:
            until = time.monotonic() + 90
            while count_placed(empty_postgres) < expected and time.monotonic() < until:
                time.sleep(1)
        finally:
            for worker in workers[1:]:
                kill_group(worker)
                worker.communicate()
    with open_store(empty_postgres) as store, store.read() as tx:
        urls = [article.url for article in article_rows.iterate_articles(tx)]
        placed = [url for story in story_rows.iterate_stories(tx) for url in story.article_urls]
    assert len(urls) == len(set(urls)) == expected
    assert sorted(placed) == sorted(urls)


def test_a_worker_ends_by_itself_when_asked(tmp_path: Path, empty_postgres: str) -> None:
    with SampleWire(anchor=make_anchor(), delays=False) as wire:
        home = write_home(tmp_path / "site", wire, database=empty_postgres, follow=SOME)
        worker = start([*DATELINE, "work", "--home", str(home)])
        time.sleep(4)
        worker.terminate()
        output, _ = worker.communicate(timeout=60)
    assert worker.returncode == 0, output
    exported = subprocess.run(
        [*DATELINE, "export", "articles", "--home", str(home)], check=True, capture_output=True
    )
    rows = [json.loads(line) for line in exported.stdout.splitlines()]
    assert len({row["url"] for row in rows}) == len(rows)
