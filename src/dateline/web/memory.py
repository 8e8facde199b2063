"""The search for reference cycles, kept from stopping readers.

Python looks at everything that lives, now and then, for what only points at itself: with a site in
memory that takes a tenth of a second, and whoever asks meanwhile waits. What is there when a frame
was made stays; taken out of the search (`gc.freeze`), it is still freed when nothing points at it.
What has come since is young, or waits for the next frame: Python itself searches only the young.
Every so often all of it is searched, so that cycles among it do not gather.
"""

import gc
from dataclasses import dataclass

WHOLE = 240  # times after which everything is searched
_NEVER = 1_000_000_000  # searches of the young before Python would search the old by itself


@dataclass(slots=True)
class Settling:
    """How often memory was settled in this process."""

    _times: int = 0

    def settle(self) -> None:
        """Take what lives by now out of the search for cycles."""
        self._times += 1
        youngest, young, _ = gc.get_threshold()
        gc.set_threshold(youngest, young, _NEVER)
        if self._times % WHOLE == 0:
            gc.unfreeze()
            gc.collect()
        else:
            gc.collect(1)
        gc.freeze()
