"""The site that readers see: a Starlette application that draws what `publish/` decides.

`make_app` is the door. Handlers are plain functions with one read of the store each; a page cache
keyed by the store's generation stands in front of them, so most readers are served from memory.
"""

from dateline.web.app import make_app
from dateline.web.options import WebOptions

__all__ = ["WebOptions", "make_app"]
