"""Real feeds: what we take from them beside what fastfeedparser's makers expect."""

import io
import json
import lzma
import tarfile
from datetime import datetime
from pathlib import Path

import pytest

from dateline.fetch.feeds import read_feed
from dateline.model import Fetched

SUITE = Path(__file__).parents[3] / "shared" / "suites" / "real_feeds.tar.xz"


def read_suite() -> dict[str, bytes]:
    if not SUITE.exists():
        pytest.skip(f"{SUITE.name} is not present in ../shared/suites")
    with lzma.open(SUITE) as packed, tarfile.open(fileobj=io.BytesIO(packed.read())) as tar:
        files = ((Path(m.name).name, tar.extractfile(m)) for m in tar if m.isfile())
        return {name: file.read() for name, file in files if file}


@pytest.mark.suite
def test_real_feeds_give_the_expected_entries() -> None:
    files = read_suite()
    seen = 0
    for name in sorted(n for n in files if n.endswith(".xml") and not n.startswith("malformed")):
        feed = read_feed(files[name], url="https://feeds.invalid/", content_type="")
        wanted = json.loads(files[name.replace(".xml", ".json")])["entries"]
        assert isinstance(feed, Fetched), name
        assert len(feed.entries) == len(wanted), name
        for entry, want in zip(feed.entries, wanted, strict=True):
            assert entry.guid == want["id"], name
            assert entry.url.rstrip("/") == want["link"].rstrip("/"), name
            at = entry.published or entry.updated
            assert at == datetime.fromisoformat(want["published"]), name
            assert entry.title or not want.get("title"), name
            seen += 1
    assert seen > 100
