"""How many examples a law is tried with.

DATELINE_TEST_EXAMPLES is a percentage of what a test asks for: 100 where it is not set; less for a
run after every change, a thousand for a night.
"""

import os
from typing import Any

from hypothesis import settings

PERCENT = int(os.environ.get("DATELINE_TEST_EXAMPLES", "100"))


def examples(count: int = 100, **more: Any) -> settings:
    """Return the settings for `count` examples at 100 percent, none of which has a deadline."""
    return settings(max_examples=max(1, count * PERCENT // 100), deadline=None, **more)
