"""Dateline: a list of sources in, a news site out, every line traceable.

`dateline.read` reads one article, `dateline.open` opens the store of a site; see `dateline.api`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.api import DatelineError, InputError, OperatorError, Site, open, read

__all__ = ["DatelineError", "InputError", "OperatorError", "Site", "open", "read"]


def __getattr__(name: str) -> Any:
    """Load the library when it is first used, so that `dateline --help` need not."""
    if name in __all__:
        from dateline import api

        return getattr(api, name)
    raise AttributeError(f"module 'dateline' has no attribute {name!r}")
