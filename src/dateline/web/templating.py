"""The templates and what they are given: words, times, addresses, marks of language."""

import re
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dateline.model import UNDATED_AT, Card, Site
from dateline.publish import addresses
from dateline.publish.story_page import split_headline
from dateline.text import squeeze
from dateline.web import front_words, languages, words

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_QUOTED = re.compile(r'("[^"]*")')


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

    def mark_language(tag: str) -> Markup:
        # On every text of a source, so that it is read and pronounced as what it is.
        if tag == site.language:
            return Markup("")
        pairs = languages.mark_attributes(tag).items()
        return Markup("").join(Markup(' {}="{}"').format(name, value) for name, value in pairs)

    def stamp(at: datetime, form: str = "moment", today: date | None = None) -> Markup:
        if at <= UNDATED_AT:
            return Markup("<span>{}</span>").format(words.UNDATED)
        if form == "clock":
            said = words.say_clock(at, zone)
        elif form == "date":
            said = words.say_date(at.astimezone(zone).date())
        elif form == "short" and today:
            said = words.say_short(at, zone, today)
        elif form == "minute" and today:
            said = words.say_minute(at, zone, today)
        else:
            said = words.say_moment(at, zone)
        exact = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return Markup('<time datetime="{}">{}</time>').format(exact, said)

    def split_title(card: Card) -> tuple[str, str]:
        kicker, title = split_headline(card)
        return kicker, title or words.NO_HEADLINE

    found.globals.update(
        site=site,
        w=words,
        f=front_words,
        links=addresses,
        split_headline=split_title,
        title_of=lambda card: squeeze(card.headline) or words.NO_HEADLINE,
        stamp=stamp,
        mark=mark_language,
        language_name=languages.language_name,
        zone_name=zone.key,
    )
    found.filters["line"] = squeeze
    found.tests["language"] = languages.is_tag
    return found


@cache
def read_static(name: str) -> bytes:
    """Return a file as it is served: as it is, but style sheets without what browsers skip."""
    body = files("dateline.web").joinpath("static", name).read_bytes()
    return squeeze_style(body.decode("utf-8")).encode("utf-8") if name.endswith(".css") else body


def squeeze_style(style: str) -> str:
    """Return a style sheet without comments and without white space that means nothing.

    What stands in quotation marks stays as it is.
    """
    parts = _QUOTED.split(_COMMENT.sub("", style))
    return "".join(part if at % 2 else _squeeze(part) for at, part in enumerate(parts)).strip()


def _squeeze(part: str) -> str:
    plain = re.sub(r"\s+", " ", part)
    return re.sub(r" ?([{};]) ?|([:,]) ", r"\1\2", plain).replace(";}", "}")
