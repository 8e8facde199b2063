"""What is read of a text before any model sees it."""

import re

LONGEST = 1_000  # code points of a text that are read
_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def clean_text(text: str) -> str:
    """Return the part of a text that is read, without what no encoder knows."""
    return _UNREADABLE.sub(" ", text[:LONGEST])
