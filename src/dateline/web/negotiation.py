"""What a request's headers and query ask for: encoding, known marks, the page's address."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request

from dateline.publish.addresses import read_reference

# All that any page understands; the rest of a query changes nothing and is dropped.
PARAMETERS = frozenset(("before", "from", "lang", "page", "q", "since", "sort", "source", "to"))
IDENTITY = "identity"  # the encoding that leaves a body as it is
LONGEST_VALUE = 400  # characters of one value of a query
_LONGEST_QUERY = 4_000
_PAGE = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
_MAX_AGE = re.compile(r"max-age=(\d{1,9})")
_MARK = re.compile(r'(?:W/)?("[^"]*")|(\*)')


def normalise_query(query: bytes) -> str:
    """Return a query with its known parameters alone, each once, in order."""
    if not query:
        return ""
    try:
        pairs = parse_qsl(query[:_LONGEST_QUERY].decode("latin-1"), max_num_fields=40)
    except ValueError:
        return ""
    known = {name: value[:LONGEST_VALUE] for name, value in pairs if name in PARAMETERS}
    return urlencode(sorted(known.items()))


def read_path_reference(request: Request) -> tuple[int, str]:
    """Return number and words of the page asked for; 404 where its address has no number."""
    found = read_reference(request.path_params["reference"])
    if found is None:
        raise HTTPException(404)
    return found


def read_page(request: Request) -> int:
    """Return which page of a list is asked for, from 1."""
    written = request.query_params.get("page", "")
    return int(written) if _PAGE.fullmatch(written) else 1


@lru_cache(maxsize=256)
def choose_encoding(accepted: str) -> str:
    """Return "br", "gzip" or IDENTITY: the smallest that Accept-Encoding allows."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, rest = part.partition(";")
        weights[name.strip()] = _read_weight(rest)
    for encoding in ("br", "gzip"):
        if weights.get(encoding, weights.get("*", 0.0)) > 0:
            return encoding
    return IDENTITY


def _read_weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def read_marks(condition: str) -> set[str]:
    """Return the entity tags of If-None-Match, weak ones as strong, "*" as it is."""
    return {match[1] or match[2] for match in _MARK.finditer(condition[:4_000])}


def read_seconds(cache_control: str) -> int:
    """Return for how many seconds anyone may keep an answer, 0 where nobody but its reader may."""
    match = _MAX_AGE.search(cache_control)
    return int(match[1]) if match and "public" in cache_control else 0
