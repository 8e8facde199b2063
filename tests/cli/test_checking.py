"""What `dateline doctor` says of reads that jumped, and of proxies that anyone could be."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.web.conftest import NOW, fill

from dateline.cli.checking import check_home
from dateline.model import Jump
from dateline.settings import read_settings
from dateline.store import open_store
from dateline.store.views import save_jumps

HOUR = NOW.replace(minute=0)
JUMP = Jump(
    article_id=2,
    hour=HOUR,
    networks=300,
    explained=48,
    before=4.0,
    own=4,
    usual=8,
    origins=1,
)


def test_doctor_tells_of_reads_that_jumped(tmp_path: Path) -> None:
    settings = read_settings(tmp_path, {"DATELINE_STORY_MODEL": "none"})
    earlier = replace(JUMP, article_id=3, hour=HOUR - timedelta(hours=5))
    with open_store(settings.store_address, create=True) as store:
        fill(store)
        with store.write(NOW) as tx:
            save_jumps(tx, HOUR, [JUMP])
            save_jumps(tx, earlier.hour, [JUMP, earlier])
    found = [one for one in check_home(settings, NOW) if one.sentence.startswith("reads:")]
    assert [one.ok for one in found] == [True, False]
    assert "article 2 jumped in the hour from 2026-05-14 12:00 UTC" in found[1].sentence
    assert "read in 300 networks, explained 48" in found[1].sentence
    old = check_home(settings, NOW + timedelta(days=3))
    assert not [one for one in old if one.sentence.startswith("reads:")]


def test_doctor_tells_of_a_proxy_that_is_anyone(tmp_path: Path) -> None:
    given = {"DATELINE_STORY_MODEL": "none", "DATELINE_TRUSTED_PROXIES": "*"}
    found = [one for one in check_home(read_settings(tmp_path, given), NOW) if not one.ok]
    assert any("trusted_proxies names '*'" in one.sentence for one in found)
