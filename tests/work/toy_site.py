"""A toy site for the queue's tests: numbers to be counted once, claimed under leases.

Run as a program it is one machine's worker: `toy_site.py ADDRESS SCHEMA`, until all is counted.
Each counting is a row of its own, so that what is counted twice is seen.
"""

import sys
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import psycopg

from dateline.errors import LeaseLostError
from dateline.work.queue import run_worker
from dateline.work.steps import Step

LEASE = timedelta(seconds=3)
TABLES = """
CREATE TABLE number (id int PRIMARY KEY, holder text NOT NULL DEFAULT '', lease_until timestamptz,
                     counted boolean NOT NULL DEFAULT false);
CREATE TABLE counting (id int NOT NULL, holder text NOT NULL);
"""
CLAIM = """
UPDATE number SET holder = %s, lease_until = %s WHERE id IN (
  SELECT id FROM number WHERE NOT counted AND (lease_until IS NULL OR lease_until < %s)
  ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED) RETURNING id
"""
FINISH = "UPDATE number SET counted = true, lease_until = NULL WHERE id = %s AND holder = %s"


class ToySite:
    def __init__(self, address: str, schema: str) -> None:
        self.address = address
        self.options = f"-c search_path={schema}"

    def connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(self.address, options=self.options)

    def make_step(self) -> Step[int]:
        return Step(name="count", claim=self.claim, run=self.run, next_due=self.due, batch=5)

    def claim(self, holder: str, now: datetime, limit: int) -> Sequence[int]:
        with self.connect() as connection:
            return [
                row[0]
                for row in connection.execute(CLAIM, (holder, now + LEASE, now, limit)).fetchall()
            ]

    def run(self, numbers: Sequence[int], holder: str) -> int:
        time.sleep(0.05)  # long enough to be killed in
        with self.connect() as connection:
            for number in numbers:
                if connection.execute(FINISH, (number, holder)).rowcount == 0:
                    raise LeaseLostError(f"number {number}")
                connection.execute("INSERT INTO counting VALUES (%s, %s)", (number, holder))
        return len(numbers)

    def due(self) -> datetime | None:
        query = "SELECT min(coalesce(lease_until, now())) FROM number WHERE NOT counted"
        with self.connect() as connection:
            row = connection.execute(query).fetchone()
        return row[0] if row else None

    def left(self) -> int:
        with self.connect() as connection:
            return connection.execute("SELECT count(*) FROM number WHERE NOT counted").fetchone()[0]


def main() -> None:
    address, schema = sys.argv[1:]
    site = ToySite(address, schema)
    stop = threading.Event()

    def watch() -> None:
        while site.left():
            time.sleep(0.2)
        stop.set()

    threading.Thread(target=watch, daemon=True).start()
    run_worker(f"{address}?options=-c%20search_path%3D{schema}", [site.make_step()], stop=stop)
    sys.stdout.write(f"ended at {datetime.now(UTC)}\n")


if __name__ == "__main__":
    main()
