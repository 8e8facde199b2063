"""Sections of real outlets: how many of their own names our table knows.

Run: `python bench/sections.py [--list]`. Each of 258 pages of 41 countries is read as the site
reads it, and filed by what it calls its section and by its address. What is counted: pages that
name a section (in their markup or address), and of these how many are filed under one of ours. The
table was written without these pages; `--list` prints the names that it does not know.
"""

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator

from dateline.model import Document, Source
from dateline.publish.sections import file_article, read_names
from dateline.reading import read_page
from pages import read_members

CODES = {"UK": "GB", "IND": "IN", "ISL": "IS"}  # how the set names countries, where not by ISO
SET = "fundus_testdata_multilingual"


def load_pages() -> Iterator[tuple[str, str, str]]:
    """Yield the country, the address and the HTML of each page."""
    members = read_members(SET)
    for name in sorted(members):
        if name.endswith(".html.gz"):
            folder, _, file = name.rpartition("/")
            about = json.loads(members[f"{folder}/meta.info"])[file]
            country = folder.rpartition("/")[2].upper()
            html = gzip.decompress(members[name]).decode("utf-8", "replace")
            yield CODES.get(country, country), about["url"], html


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--list", action="store_true", help="Print names that are not known.")
    asked = parser.parse_args()
    filed: Counter[str] = Counter()
    unknown: list[str] = []
    for country, url, html in load_pages():
        source = Source(key="x", name="x", home="", country=country)
        reading = read_page(Document(url=url, html=html))
        section = file_article(source, reading.section, url).section
        kind = "ours" if section in read_names().sections else "its own" if section else "none"
        filed[kind] += 1
        unknown += [f"{country} {section}"] if kind == "its own" else []
    named = filed["ours"] + filed["its own"]
    share = filed["ours"] / max(named, 1)
    print(f"{sum(filed.values())} pages, {named} with a section:", end=" ")
    print(
        f"{filed['ours']} filed under ours ({share:.0%}), {filed['its own']} under their own name"
    )
    if asked.list:
        print("\n".join(sorted(unknown)))


if __name__ == "__main__":
    main()
