"""The templates, and style sheets as they are served; what each language gives is in `tongue`."""

import re
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined

from dateline.model import Site
from dateline.text import squeeze
from dateline.web import languages
from dateline.web.tongue import fill

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_QUOTED = re.compile(r'("[^"]*")')
_TWINS = {
    **{f"{box}-block-start": f"{box}-top" for box in ("margin", "padding", "border")},
    **{f"{box}-block-end": f"{box}-bottom" for box in ("margin", "padding", "border")},
    "inset-block-start": "top",
    "inline-size": "width",
    "block-size": "height",
}
# "scroll-margin-block-start" has a twin as well; "container-type: inline-size" has none.
_LOGICAL = re.compile(rf"\b(?:{'|'.join(_TWINS)})(?=[-:])")


@lru_cache(maxsize=8)  # they are compiled once for a site, however many applications show it
def make_templates(site: Site, zone: ZoneInfo) -> Environment:
    """Return the environment that all pages are drawn with; everything is escaped."""
    found = Environment(
        loader=PackageLoader("dateline.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )

    found.globals.update(site=site, language_name=languages.language_name, zone=zone)
    found.filters["line"] = squeeze
    found.filters["fill"] = fill
    found.tests["language"] = languages.is_tag
    return found


@cache
def read_static(name: str) -> bytes:
    """Return a file as it is served: as it is, but style sheets without what browsers skip."""
    body = files("dateline.web").joinpath("static", name).read_bytes()
    return squeeze_style(body.decode("utf-8")).encode("utf-8") if name.endswith(".css") else body


def squeeze_style(style: str) -> str:
    """Return a style sheet without comments and without white space that means nothing.

    Logical properties of the block axis, and sizes, become their short physical twins: all pages
    are written in lines from top to bottom. What stands in quotation marks stays as it is.
    """
    parts = _QUOTED.split(_COMMENT.sub("", style))
    return "".join(part if at % 2 else _squeeze(part) for at, part in enumerate(parts)).strip()


def _squeeze(part: str) -> str:
    plain = re.sub(r"\s+", " ", part)
    short = re.sub(r" ?([{};>]) ?|([:,]) ", r"\1\2", plain).replace(";}", "}")
    return _LOGICAL.sub(lambda match: _TWINS[match[0]], short)
