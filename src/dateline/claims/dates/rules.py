"""Which orders of codes are a date: one regular expression over the codes of a text.

A rule is a pattern over the letters of `words.py` and the function that makes a meaning of what it
matches. Patterns are bounded, so that a search stays linear.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from dateline.claims.dates import absolute, bare, relations, relative
from dateline.claims.dates.items import Coded
from dateline.claims.dates.meanings import Meaning
from dateline.claims.dates.parts import Parts

_COUNT = "[DNn]"
_OF_YEAR = "(?:[CO]?[QO]?(?:Yu?|uY|Xu|uX)(?!c))"
Make = Callable[[Parts], Meaning | None]


class Rule(NamedTuple):
    """A pattern of codes, and what makes a meaning of what it finds."""

    kind: str
    pattern: str
    make: Make


RULES = (
    Rule("day", r"(?:[Ww]C?Q?)?1(?:u)?", absolute.read_full),
    Rule(
        "days",
        rf"(?:X|RC?[QI]?)?(?:[Ww]C?)?D[TK][FQ]?(?:[Ww]C?)?D[OQ]?[Mm]{_OF_YEAR}?",
        absolute.read_days_between,
    ),
    Rule("days", rf"[Mm]D[TK]D(?!c){_OF_YEAR}?", absolute.read_days_between),
    Rule(
        "day",
        rf"(?:X|RC?[QI]?)?(?:[Ww]P?C?[QO]?)?(?:D|oO|o(?=M))O?[Mm](?:{_OF_YEAR}|X(?![Uu]))?",
        absolute.read_day_month,
    ),
    Rule(
        "day",
        rf"(?:RC?I?)?(?:X?[Ww]P?C?)?[Mm]Q?D(?![cUud]|TN|C[DN]){_OF_YEAR}?",
        absolute.read_day_month,
    ),
    Rule(
        "edge",
        rf"E[oDr]j|ET?O?[QO]?(?:[Mm]{_OF_YEAR}?|X[Mm]|s{_OF_YEAR}?|X?s|Yu|uY|Yd|eO?Y|i|Y|X?[Uuk]X?)",
        absolute.read_edge,
    ),
    Rule("month", r"[Mm][CO]?[QO]?(?:Yu?|uY|Xu|uX)(?!c)", absolute.read_month),
    Rule("same", r"[Mm]OJu", relative.read_same),
    Rule("month", r"X[Mm](?!Q?D(?![cUud]))|MX", absolute.read_month),
    Rule(
        "unit",
        rf"[oD]U(?:[CO]?[QO]?(?:Yu?|uY|X?[Uu]X?|[Mm]{_OF_YEAR}?))?",
        absolute.read_ordinal_unit,
    ),
    Rule("unit", rf"XUO[QO]?(?:[Mm]{_OF_YEAR}?|u|Y)", absolute.read_ordinal_unit),
    Rule("edge", r"3(?:[CO]?Q?(?:Yu?|XU|Xu))?", absolute.read_edge_of),
    Rule("day", r"DO[XQ]U", absolute.read_day_of_month),
    Rule("day", r"tX(?![Uu])", bare.read_holiday),
    Rule("day", rf"X?t{_OF_YEAR}?", bare.read_holiday),
    Rule("unit", r"4(?:[CO]?Q?Yu?)?", absolute.read_quarter),
    Rule("unit", r"[oDr]j|j[rD]", absolute.read_century),
    Rule("unit", r"YT?d|eO?[YDN]|u[YND](?![UuA])|i|[ND]d", absolute.read_decade),
    Rule("years", r"Y[TK]Q?Yu?", absolute.read_years),
    Rule("week", r"W[CO]?[QO]?(?:XU|UX)", relative.read_weekday),
    Rule("week", r"WU", relative.read_weekday_week),
    Rule("relative", r"RC?Q?[Ww]|E?R(?:I?[QO]?[Pq])?|[Pq]OR|q(?!X)", relative.read_relative),
    Rule(
        "weekday",
        r"(?:E[IQ]{0,2})?(?:XW|WX|W)(?:I?[QO]?[Pq])?|[Pq][OFT]?[QO]?W",
        relative.read_weekday,
    ),
    Rule("relative", r"V", relative.read_between_days),
    Rule("now", r"(?<=G)&(?=K)|(?<=G[QI])&(?=K)", relative.read_now),
    Rule("units", rf"X{_COUNT}[Uu]|{_COUNT}X[Uu]|{_COUNT}[Uu]X", relative.read_last_units),
    Rule("ago", rf"{_COUNT}[Uu]A|a[IQp]{{0,2}}{_COUNT}[Uu]A?|[Uu]A", relative.read_ago),
    Rule("around", rf"{_COUNT}[Uu]L", relative.read_around),
    Rule("later", rf"{_COUNT}[Uu][Ll]|l{_COUNT}?[Uu]L?|[Uu]L", relative.read_later),
    Rule(
        "ahead", rf"fp?{_COUNT}[Uu]|{_COUNT}[Uu]F[R&]|I{_COUNT}[Uu](?![AL])", relative.read_from_now
    ),
    Rule("unit", r"LX[Uuk]|X[Uuk](?!O)|[Uuk]X", relative.read_which_unit),
    Rule("relative", r"X[Pq]|[Pq]X", relative.read_which_part),
    Rule("unit", r"k", relative.read_weekend),
    Rule("season", r"Xs|sX|Zs|sZ|s[CO]?[QO]?(?:Y[TK]Y|1|Yu?|uY|Xu|uX)|s", bare.read_season),
    Rule("later", r"Z|x[UuWk]|[Uuk]x", relative.read_anchored),
    Rule("same", r"J(?:[Uuk](?!A)|[Pqs])", relative.read_same),
    Rule("then", r"z(?!O)", lambda _: relations.then()),
    Rule("vague", r"v", lambda _: relations.never()),
    Rule("year", r"uO?Y|Yu?", absolute.read_year),
    Rule("month", r"[Mm]", absolute.read_month),
    Rule("day", r"(?<=[QITF_])D(?![DNYHUuMmcdjh1])", bare.read_day_alone),
)

# No rule begins with any other code; most words are passed by this alone.
_STARTS = re.compile("[1DNnYMmWworXRPqVaAlLfxUukseEZJzvji4t3&]|I(?=[DNn][Uu])")
_COMPILED = [re.compile(rule.pattern) for rule in RULES]
_ANY = re.compile("|".join(f"(?:{rule.pattern})" for rule in RULES))


class Match(NamedTuple):
    """What a rule found: items from `start` to `end`, and what they mean."""

    kind: str
    start: int
    end: int
    meaning: Meaning


def match_rules(coded: Coded) -> list[Match]:
    """Return all dates among the items, in order, none within another."""
    found: list[Match] = []
    at = 0
    while hit := _STARTS.search(coded.codes, at):
        at = hit.start()
        match = _try(coded, at) if _ANY.match(coded.codes, at) else None
        if match is not None:
            found.append(match)
        at = match.end if match else at + 1
    return found


def _try(coded: Coded, start: int) -> Match | None:
    for rule, pattern in zip(RULES, _COMPILED, strict=True):
        hit = pattern.match(coded.codes, start)
        if hit is None:
            continue
        meaning = rule.make(Parts(coded, start, hit.end()))
        if meaning is not None:
            return Match(rule.kind, start, hit.end(), meaning)
    return None
