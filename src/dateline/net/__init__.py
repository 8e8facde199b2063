"""The one door out: nothing else in Dateline opens a socket to the web.

Read `web.py` (what callers use), then `exchange.py` (one request), `targets.py` and `addresses.py`
(where we never go), `guard.py` (the two guards around a connection), `decoding.py` (budgets).

    with Web(NetPolicy(user_agent="Dateline/0.1 (+mailto:you@example.org)")) as web:
        for request, reply in web.fetch(requests): ...
"""

from dateline.net.policy import NetPolicy
from dateline.net.web import Web

__all__ = ["NetPolicy", "Web"]
