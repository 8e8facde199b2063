"""For the whole-way tests: a home folder whose sources are the sample wire, fetched in process."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from dateline.cli.home import House, open_edges, open_house
from dateline.cli.running import fetch, make_all_due
from dateline.sample.serve import SampleWire
from dateline.settings import CATALOG_NAME, FILE_NAME, write_settings
from dateline.sources.catalog import read_catalog, write_source


def make_anchor() -> datetime:
    """Return the end of the sample's week: the present hour, as `dateline demo` has it."""
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0)


# Some of the wire's sources, for tests that fetch more than once: all kinds of feeds, a broken one.
SOME = ("anx", "sirel", "phare", "diario", "visnyk", "science-harbour", "quay-gazette")


def write_home(
    home: Path, wire: SampleWire, *, database: str = "", follow: Collection[str] = ()
) -> Path:
    """Write settings and catalogue of a site that follows the sample wire, or some of it."""
    home.mkdir(parents=True, exist_ok=True)
    values = {"allow_loopback": True, "fetch_gap_ms": 0, "fetch_per_host": 4, "jobs": 2}
    values |= {"database": database, "contact": "editor@dateline.example"}
    (home / FILE_NAME).write_text(write_settings(values), "utf-8")
    catalog = read_catalog(wire.catalog())
    blocks = [write_source(s) for s in catalog.sources if not follow or s.key in follow]
    (home / CATALOG_NAME).write_text("\n".join(blocks), "utf-8")
    return home


@contextmanager
def fetched_site(home: Path, wire: SampleWire) -> Iterator[House]:
    """Fetch both stages of the wire into a site and open it."""
    with open_house(home) as house, open_edges(house) as edges:
        assert not fetch(house, edges, once=True), "a step failed"
        wire.advance()
        make_all_due(house)
        assert not fetch(house, edges, once=True), "a step failed"
        yield house
