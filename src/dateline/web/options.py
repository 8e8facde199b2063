"""What can be set about the web application, beside the site itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def read_clock() -> datetime:
    """Return the moment it is, in UTC; the one clock of the web application."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebOptions:
    """Sizes, times and the clock of the web application."""

    now: Callable[[], datetime] = read_clock
    cache_bytes: int = 64_000_000  # of the page cache, all encodings together; 0: no cache
    page_seconds: int = 30  # how long a page may be shown before it is asked for again
    generation_seconds: float = 1.0  # how often the store is asked whether something changed
    flush_seconds: float = 30.0  # how often reads are written to the store
    count_reads: bool = True
    indexnow_key: str = ""  # served so that search engines believe what is announced; "": none
    own_process: bool = False  # nothing else runs in it: its memory may be settled
    offline_pages: bool = True  # browsers keep the pages read last
    letters_an_hour: int = 5  # confirmation mails that one network may ask for
