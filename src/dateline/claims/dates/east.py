"""Dates of Chinese, Japanese and Korean, which write no spaces: 2022年2月24日, 2022년 2월 24일."""

import re

from dateline.claims.dates import meanings as mean
from dateline.claims.dates import relations
from dateline.claims.dates.meanings import Meaning
from dateline.model import Span

LANGUAGES = frozenset(("zh", "ja", "ko"))
_DATE = re.compile(
    r"(?<!\d)(?:(?P<year>[12]\d{3})\s?[年년]\s?)?(?P<month>1[0-2]|0?[1-9])\s?[月월]"
    r"(?:\s?(?P<day>[12]\d|3[01]|0?[1-9])\s?[日号號일])?(?![\d間])"
    r"|(?<!\d)(?P<alone>(?:19|20)\d\d)\s?[年년](?![\d間])"
    r"|(?P<near>昨日|昨天|今日|今天|明日|明天|어제|오늘|내일)"
)
_NEAR = {
    "昨日": -1, "昨天": -1, "어제": -1, "今日": 0, "今天": 0, "오늘": 0,
    "明日": 1, "明天": 1, "내일": 1,
}  # fmt: skip


def find_east(text: str) -> list[tuple[Span, str, Meaning]]:
    """Return the dates of a text with their kinds and meanings, in order."""
    return [
        (match.span(), "day" if match["day"] or match["near"] else "month", _mean(match))
        for match in _DATE.finditer(text)
    ]


def _mean(match: re.Match[str]) -> Meaning:
    if match["near"]:
        return relations.relative_day(_NEAR[match["near"]])
    if match["alone"]:
        return mean.year(int(match["alone"]))
    year = mean.Year(int(match["year"]) if match["year"] else None)
    if match["day"]:
        return mean.day_of(year, int(match["month"]), int(match["day"]))
    return mean.month(int(match["month"]), year, None)
