"""The fields of a source as the operator writes them: what each may be, in both directions."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from dateline.errors import CatalogError
from dateline.model import Rights, Route, Source, SourceKind
from dateline.text import make_slug, squeeze
from dateline.urls import parse_web_url

LEAST_INTERVAL = timedelta(minutes=1)
MOST_INTERVAL = timedelta(days=7)
MOST_WORDS = 1000
MOST_SECTIONS = 1000
_LONGEST = 2000
_WORDS = 60  # of an excerpt, where no number is given
_UNITS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_INTERVAL = re.compile(r"(\d{1,7})\s*([smhd])")
_RIGHTS = re.compile(r"(headline|full)|excerpt(?:\s+(\d{1,6}))?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)
_COUNTRY = re.compile(r"[A-Za-z]{2}")


class WrongValueError(ValueError):
    """A value is not what its key takes; the text says what is allowed."""


def parse_rights(text: str) -> tuple[Rights, int]:
    """Return the rights class and the number of words of an excerpt, from "excerpt 60".

    CatalogError where it is neither "headline", "full", "excerpt" nor "excerpt" with a number.
    """
    try:
        return read_rights(text)
    except WrongValueError as error:
        raise CatalogError(f"The rights {text!r} are not known; allowed is {error}.") from None


def read_rights(value: object) -> tuple[Rights, int]:
    """Return what `parse_rights` does; WrongValueError says what is allowed."""
    match = _RIGHTS.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    words = int(match[2] or _WORDS) if match else 0
    if match is None or not 1 <= words <= MOST_WORDS:
        raise WrongValueError(
            f'"headline", "full", "excerpt" or "excerpt N" with N from 1 to {MOST_WORDS} words'
        )
    return Rights(match[1] or "excerpt"), words


def write_rights(source: Source) -> str:
    """Return the rights of a source as the catalogue writes them."""
    if source.rights == Rights.EXCERPT:
        return f"{source.rights} {source.excerpt_words}"
    return str(source.rights)


def read_interval(value: object) -> timedelta:
    """Return the time that "90s", "5m", "1h" or "1d" stands for."""
    match = _INTERVAL.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    interval = timedelta(seconds=int(match[1]) * _UNITS[match[2]]) if match else timedelta()
    if not LEAST_INTERVAL <= interval <= MOST_INTERVAL:
        raise WrongValueError('a time from "1m" to "7d", such as "90s", "5m", "1h"')
    return interval


def write_interval(interval: timedelta) -> str:
    """Return an interval as the catalogue writes it, in the largest unit that fits."""
    seconds = round(interval.total_seconds())
    unit = next(unit for unit, size in _UNITS.items() if seconds % size == 0)
    return f"{seconds // _UNITS[unit]}{unit}"


def read_line(value: object) -> str:
    """Return a text of one line."""
    if not isinstance(value, str) or len(value) > _LONGEST or squeeze(value) != value.strip():
        raise WrongValueError("a text of one line, in quotes")
    return value.strip()


def read_name(value: object) -> str:
    """Return a text of one line that is not empty."""
    if not (name := read_line(value)):
        raise WrongValueError("a text that is not empty")
    return name


def read_address(value: object) -> str:
    """Return a web address as it is written."""
    if not isinstance(value, str) or len(value) > _LONGEST or parse_web_url(value) is None:
        raise WrongValueError('a web address, such as "https://news.example.org/feed.xml"')
    return value.strip()


def read_home(value: object) -> str:
    """Return a web address, or "" where the home page is not known."""
    return "" if value == "" else read_address(value)


def read_feeds(value: object) -> tuple[str, ...]:
    """Return the addresses of a list."""
    if not isinstance(value, list):
        raise WrongValueError('a list of web addresses, such as ["https://example.org/feed.xml"]')
    return tuple(read_address(item) for item in value)


def read_key(value: object) -> str:
    """Return a key as it may stand in an address."""
    if not isinstance(value, str) or not value or make_slug(value) != value:
        hint = f", such as {make_slug(value)!r}" if isinstance(value, str) else ""
        raise WrongValueError(
            f"at most 60 small letters and digits, joined by single hyphens{hint}"
        )
    return value


def read_language(value: object) -> str:
    """Return a BCP 47 tag, or "" where it is not known."""
    if value != "" and (not isinstance(value, str) or not _LANGUAGE.fullmatch(value)):
        raise WrongValueError('a language tag, such as "en", "pt-BR" or "zh-Hans"')
    return str(value)


def read_country(value: object) -> str:
    """Return a country code in capitals, or "" where it is not known."""
    if value != "" and (not isinstance(value, str) or not _COUNTRY.fullmatch(value)):
        raise WrongValueError('a country code of two letters, such as "GB" or "JP"')
    return str(value).upper()


def read_flag(value: object) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise WrongValueError("true or false, without quotes")
    return value


def read_kind(value: object) -> SourceKind:
    """Return what a source is."""
    if value not in list(SourceKind):
        raise WrongValueError(" or ".join(f'"{kind}"' for kind in SourceKind))
    return SourceKind(str(value))


def read_route(value: object) -> Route:
    """Return where the text of a source's articles is taken from."""
    if value not in list(Route):
        raise WrongValueError(", ".join(f'"{route}"' for route in Route))
    return Route(str(value))


def read_sections(value: object) -> tuple[tuple[str, str], ...]:
    """Return a table of an outlet's names for sections, and where these belong."""
    if not isinstance(value, dict) or len(value) > MOST_SECTIONS:
        raise WrongValueError(
            'a table of names, such as { "Out and about" = "lifestyle" }, of at most '
            f"{MOST_SECTIONS}"
        )
    return tuple((read_name(name), read_name(section)) for name, section in value.items())


# Every key of a [[source]] block, in the order in which it is written.
FIELDS: dict[str, Callable[[object], Any]] = {
    "key": read_key,
    "name": read_name,
    "home": read_home,
    "feeds": read_feeds,
    "language": read_language,
    "country": read_country,
    "section": read_line,
    "sections": read_sections,
    "publisher": read_line,
    "kind": read_kind,
    "rights": read_rights,
    "route": read_route,
    "interval": read_interval,
    "paused": read_flag,
}
