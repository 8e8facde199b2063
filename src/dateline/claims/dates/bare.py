"""What names a date only where its place says so: holidays, seasons, the day of a month alone.

Each function takes what a rule matched and returns its meaning, or None where it is no date.
"""

from dateline.claims.dates import meanings as mean
from dateline.claims.dates.holidays import holiday
from dateline.claims.dates.meanings import Meaning
from dateline.claims.dates.parts import DAY_LEADS, Parts, ends_phrase

_SEASON_LEADS = ("Q", "BQ", "IQ", "FQ", "TQ", "LQ", "CQ")


def read_holiday(parts: Parts) -> Meaning | None:
    """Read "Christmas Eve", "New Year's Day 2020"."""
    if parts.codes[-1] == "X" and parts.coded.words.span_articles:
        return None
    item = parts.first("t")
    if item is None or (parts.codes == "t" and _is_of_holiday(parts)):
        return None
    which = parts.number("X") if "u" not in parts.codes else None
    return holiday(item.sense.name, parts.year(), which)


def _is_of_holiday(parts: Parts) -> bool:
    """Say whether a holiday's bare name stands for what belongs to it: "Christmas trees"."""
    coded, words = parts.coded, parts.coded.words
    if not words.has("shy_holidays", coded.word(parts.items[0])):
        return False
    lead = coded.codes[max(parts.start - 2, 0) : parts.start]
    if lead.endswith("Q") and not words.span_articles:
        lead = lead[:-1]  # à la Toussaint
    before = coded.word(coded.items[parts.start - 1]) if parts.start else ""
    is_dated = lead[-1:] in tuple("IFTLGXEKaA") or (
        lead[-1:] == "_" and words.has("shy_after", before)
    )
    after = coded.items[parts.end] if parts.end < len(coded.items) else None
    return not is_dated or (after is not None and words.has("things", coded.word(after)))


def read_day_alone(parts: Parts) -> Meaning | None:
    """Read "the 27th", "am 27.", "le 27", "27-го"."""
    coded, words, item = parts.coded, parts.coded.words, parts.items[0]
    ending = coded.word(item).lstrip("0123456789").lstrip("-") or "bare"
    article = coded.word(coded.items[parts.start - 1])
    if not words.has("day_suffixes", ending) or not (
        words.has("day_articles", article) or words.has("day_articles", "*")
    ):
        return None
    if words.span_articles and coded.codes[parts.start - 2 : parts.start - 1] not in DAY_LEADS:
        return None
    return mean.day_alone(item.sense.number) if ends_phrase(parts) else None


def read_season(parts: Parts) -> Meaning | None:
    """Read "last summer"."""
    season = parts.number("s") or 0
    if "Y" in parts.codes or "u" in parts.codes:
        return mean.season(season, parts.year(), None)
    if "1" in parts.codes:
        numeric = parts.items[-1].numeric
        is_turn = numeric is not None and numeric.month == 0
        return mean.season(season, mean.Year(numeric.year), None) if numeric and is_turn else None
    if "X" in parts.codes:
        return mean.season(season, mean.Year(), parts.number("X"))
    if "Z" in parts.codes:  # торік навесні
        is_year = parts.name("Z") == "this year"
        return mean.season(season, mean.Year(None, parts.number("Z")), None) if is_year else None
    return mean.season(season, mean.Year(), None) if _is_season(parts) else None


def _is_season(parts: Parts) -> bool:
    """Say whether a bare season is dated: "in the summer", "im Herbst", "осенью"."""
    coded, words, item = parts.coded, parts.coded.words, parts.items[0]
    following = coded.items[parts.end : parts.end + 1]
    if any(words.has("season_things", coded.word(after)) for after in following):
        return False
    if words.has("season_adverbs", coded.word(item)):
        return parts.before not in ("X", "n")
    lead = coded.codes[max(parts.start - 2, 0) : parts.start]
    if lead[-1:] == "Q" and parts.start > 1 and not coded.is_word(coded.items[parts.start - 2]):
        return not words.span_articles  # Την άνοιξη
    if words.span_articles:
        is_fall = coded.word(item) == "fall"
        if is_fall and parts.after == "O":
            return False  # "in the fall of the government"
        is_bare = not is_fall and lead[-1:] in ("I", "F", "L")
        return lead[-2:] in ("IQ", "LQ", "FQ") or (
            is_bare and (parts.after != "_" or ends_phrase(parts))
        )
    return lead[-1:] in ("I", "F", "T", "L") or lead[-2:] in _SEASON_LEADS
