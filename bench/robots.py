"""Time to read and ask real robots.txt files, ours beside protego; one line a system.

.venv/bin/python bench/robots.py
"""

import tarfile
import time
from collections.abc import Callable
from pathlib import Path

from protego import Protego

from dateline.fetch.robots import MOST_BYTES, read_rules
from dateline.model import Reply

SUITE = Path(__file__).parents[2] / "shared" / "suites" / "robots_files.tar.xz"
PAGES = ["https://example.org/news/2026/11/22/a-page.html?ref=1", "https://example.org/a/" * 20]


def ours(body: bytes) -> None:
    reply = Reply(url="https://example.org/robots.txt", status=200, headers={}, body=body)
    rules = read_rules(reply)
    for page in PAGES:
        rules.allows(page, "Dateline")


def protego(body: bytes) -> None:
    rules = Protego.parse(body[:MOST_BYTES].decode("utf-8-sig", "replace"))
    for page in PAGES:
        rules.can_fetch(page, "Dateline")


def measure(system: Callable[[bytes], None], files: list[tuple[str, bytes]]) -> None:
    spent = []
    for name, body in files:
        begun = time.process_time()
        system(body)
        spent.append((time.process_time() - begun, name))
    slowest, name = max(spent)
    total = sum(seconds for seconds, _ in spent)
    print(
        f"{system.__name__:8} {len(files)} files, {total * 1000:6.0f} ms in all, "
        f"slowest {slowest * 1000:5.1f} ms ({name})"
    )


def main() -> None:
    with tarfile.open(SUITE) as archive:
        files = [
            (member.name, taken.read())
            for member in archive
            if (taken := archive.extractfile(member))
        ]
    named = "\n".join(f"User-agent: bot{n}" for n in range(300))
    many = named + "\n" + "\n".join(f"Disallow: /{n}" for n in range(3000))
    for system in (ours, protego):
        measure(system, files)
        measure(system, [("300 crawlers, 3,000 rules", many.encode())])


if __name__ == "__main__":
    main()
