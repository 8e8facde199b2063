"""The sources of the sample wire as `sources.toml`, and where their hosts are found."""

import json
from collections.abc import Iterable

from dateline.sample.reports import Outlet
from dateline.sample.truth import host_address


def write_catalog(outlets: Iterable[Outlet], port: int) -> str:
    """Return the catalogue of all outlets as `sources.catalog.read_catalog` takes it."""
    return "\n".join(_block(outlet, host_address(outlet.slug, port)) for outlet in outlets)


def _block(outlet: Outlet, home: str) -> str:
    feed_path = "/feed.atom" if "moved" in outlet.quirks else outlet.feed_path
    rows = {
        "key": outlet.key,
        "name": outlet.name,
        "home": home + "/",
        "feeds": [home + feed_path],
        "language": outlet.language,
        "country": outlet.country,
        "section": outlet.section,
        "kind": outlet.kind,
        "rights": outlet.rights,
        "route": outlet.route,
    }
    lines = [f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in rows.items() if v]
    return "\n".join(["[[source]]", *lines, 'interval = "1m"', ""])
