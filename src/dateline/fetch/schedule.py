"""When to ask a feed again, and why: the next state of a visit.

A feed is asked about twice for every entry that it is expected to bring, never more often than
its source allows, hourly where it has an entry in two days, and at least once a day; failures
double the wait. Every choice is told to the
operator in `Visit.why`. Pure: the caller brings the moment and the chance.
"""

import math
import statistics
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dateline.model import Broken, Busy, Entry, Fetched, Gone, Outcome, Unchanged, Visit

LONGEST = timedelta(hours=24)
# Entries a day, and the longest wait for a feed that has so many.
_LIVELY = ((0.5, timedelta(hours=1)), (0.1, timedelta(hours=6)))
PATIENCE = 3  # failures in a row before a person should look
FIRST_RETRY = timedelta(minutes=15)
LONGEST_FRESH = timedelta(hours=1)  # a cache's lifetime is not believed beyond this
WINDOW = timedelta(days=30)  # dates older than this say nothing about today
SLACK = timedelta(minutes=10)  # clocks of servers run ahead
MOST_A_DAY = 5000.0
JITTER = 0.1
_UNKNOWN_STEP = 1.5  # how fast we try less or more often where a feed's dates tell nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """A body that has to be read as a feed, and what its reply said beside it."""

    body: bytes
    url: str  # the address that answered: links are relative to it
    content_type: str = ""
    body_hash: str = ""
    etag: str = ""
    last_modified: str = ""
    moved_to: str = ""  # the feed's new address, where it has moved for good
    fresh_for: timedelta | None = None  # Cache-Control max-age


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The moment, how often at most, and where in the spread this visit falls."""

    now: datetime
    floor: timedelta  # never ask more often than this
    chance: float = 0.5  # 0..1, drawn by the caller: spreads visits by 10 % either way


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """How long to wait, and why."""

    wait: timedelta
    why: str


def settle(visit: Visit, outcome: Outcome, pace: Pace, seen: Parse | None = None) -> Visit:
    """Return the visit's next state after `outcome`.

    `seen` is what `judge_reply` returned where it asked for a body to be parsed. Validators are
    taken from it only if the body was read as a feed, so that a page of an error is never
    taken for the last good state.
    """
    asked = replace(visit, checked_at=pace.now)
    match outcome:
        case Fetched():
            return _settle_fetched(asked, outcome, pace, seen)
        case Unchanged():
            return _settle_unchanged(asked, pace)
        case Gone():
            return _settle_gone(asked, outcome)
        case Busy():
            return _settle_busy(asked, outcome, pace)
        case Broken():
            return _settle_broken(asked, outcome, pace)


def estimate_rate(entries: tuple[Entry, ...], now: datetime) -> float | None:
    """Return entries a day as the feed's own dates tell, or None where they tell nothing.

    Half of the entries are newer than their median date; that holds while up to half of the
    dates are wrong. Dates in the future do not count; those that are all the same, or all of this
    minute, were made by the server while it wrote the feed.
    """
    dated = [at for e in entries if (at := e.published or e.updated) is not None]
    past = [at for at in dated if at <= now + SLACK]
    if len(past) < 2 or len(set(past)) < 2:
        return None
    recent = sorted(at for at in past if at > now - WINDOW)
    if not recent:
        return 1 / WINDOW.days
    middle = datetime.fromtimestamp(statistics.median(at.timestamp() for at in recent), now.tzinfo)
    if now - middle < timedelta(minutes=1):
        return None
    days = (now - middle) / timedelta(days=1)
    return min(len(recent) / 2 / days, MOST_A_DAY)


def _settle_fetched(visit: Visit, outcome: Fetched, pace: Pace, seen: Parse | None) -> Visit:
    measured = estimate_rate(outcome.entries, pace.now)
    rate = measured
    if measured is not None and visit.entries_a_day is not None:
        rate = (measured + visit.entries_a_day) / 2
    plan = _plan_success(visit, rate, pace, shorter=True)
    if seen and seen.fresh_for:
        plan = _respect_cache(plan, min(seen.fresh_for, LONGEST_FRESH))
    settled = _succeed(replace(visit, entries_a_day=rate), plan, pace)
    if seen is None:
        return settled
    return replace(
        settled,
        url=seen.moved_to or visit.url,
        etag=seen.etag,
        last_modified=seen.last_modified,
        body_hash=seen.body_hash,
    )


def _settle_unchanged(visit: Visit, pace: Pace) -> Visit:
    rate = visit.entries_a_day
    since = visit.succeeded_at
    if rate is not None and since is not None and since < pace.now:
        # Silence is evidence too: a day without news leaves a third of what was expected.
        rate = max(rate * math.exp(-((pace.now - since) / timedelta(days=1))), 1 / WINDOW.days)
    plan = _plan_success(visit, rate, pace, shorter=False)
    return _succeed(replace(visit, entries_a_day=rate), plan, pace)


def _succeed(visit: Visit, plan: _Plan, pace: Pace) -> Visit:
    return replace(
        visit,
        succeeded_at=pace.now,
        failures=0,
        problem="",
        permanent=False,
        interval=plan.wait,
        why=plan.why,
        next_at=pace.now + spread_wait(plan.wait, pace),
    )


def _settle_gone(visit: Visit, outcome: Gone) -> Visit:
    return replace(
        visit,
        gone=True,
        permanent=True,
        failures=visit.failures + 1,
        problem=outcome.reason,
        next_at=None,
        why="gone for good, so it is never asked again",
    )


def _settle_busy(visit: Visit, outcome: Busy, pace: Pace) -> Visit:
    failures = visit.failures + 1
    asked = outcome.retry_at - pace.now
    wait = _bound_wait(max(asked, _back_off(failures, pace)), pace)
    return replace(
        visit,
        failures=failures,
        problem=outcome.reason,
        permanent=False,
        why=f"the server asked for patience, next try in {say_time(wait)}",
        next_at=pace.now + spread_wait(wait, pace, earlier=False),
    )


def _settle_broken(visit: Visit, outcome: Broken, pace: Pace) -> Visit:
    failures = visit.failures + 1
    wait = LONGEST if outcome.permanent else _back_off(failures, pace)
    wait = _bound_wait(wait, pace)
    times = "once" if failures == 1 else f"{failures} times in a row"
    return replace(
        visit,
        failures=failures,
        problem=outcome.reason,
        permanent=outcome.permanent,
        why=f"failed {times}, next try in {say_time(wait)}",
        next_at=pace.now + spread_wait(wait, pace),
    )


def _plan_success(visit: Visit, rate: float | None, pace: Pace, *, shorter: bool) -> _Plan:
    if rate is None:
        step = 1 / _UNKNOWN_STEP if shorter else _UNKNOWN_STEP
        wait = _bound_wait(visit.interval * step, pace)
        return _Plan(wait=wait, why=f"its dates tell no rate, so every {say_time(wait)} for now")
    wanted = timedelta(days=1) / rate / 2
    wait = _bound_wait(min(wanted, _find_longest(rate)), pace)
    why = f"{_say_rate(rate)}, so every {say_time(wait)}"
    if wait > wanted:
        why += ", the most often that is allowed"
    elif wait < wanted:
        why += ", the least often that we ask"
    return _Plan(wait=wait, why=why)


def _find_longest(rate: float) -> timedelta:
    # A correction or a first report must not wait for half a day because an outlet is small.
    return next((longest for least, longest in _LIVELY if rate >= least), LONGEST)


def _respect_cache(plan: _Plan, fresh_for: timedelta) -> _Plan:
    if fresh_for <= plan.wait:
        return plan
    return _Plan(
        wait=fresh_for,
        why=f"its server says that a copy is good for {say_time(fresh_for)}, so every that long",
    )


def _back_off(failures: int, pace: Pace) -> timedelta:
    doublings = min(max(failures, 1) - 1, 16)
    return min(max(pace.floor, FIRST_RETRY) * (1 << doublings), LONGEST)


def _bound_wait(wait: timedelta, pace: Pace) -> timedelta:
    return max(min(wait, LONGEST), pace.floor)


def spread_wait(wait: timedelta, pace: Pace, *, earlier: bool = True) -> timedelta:
    """Return `wait` moved by up to 10 %, never below the floor nor beyond a day.

    At a bound the whole spread goes to the other side, so that feeds at the floor do not
    fall into step. `earlier=False` never shortens: a server named the time.
    """
    longest = max(LONGEST, pace.floor)
    low = wait * (1 - JITTER) if earlier else wait
    high = wait * (1 + JITTER)
    low, high = max(low, pace.floor), min(high, longest)
    if high <= low:
        return low
    return low + (high - low) * min(max(pace.chance, 0.0), 1.0)


def say_time(time: timedelta) -> str:
    """Return a length of time in words for the operator: "18 minutes", "2 hours"."""
    seconds = round(time.total_seconds())
    for size, name in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size * 2 or (seconds >= size and seconds % size == 0):
            count = round(seconds / size)
            return f"{count} {name}{'' if count == 1 else 's'}"
    return f"{seconds} second{'' if seconds == 1 else 's'}"


def _say_rate(rate: float) -> str:
    if rate >= 1.5:
        return f"about {round(rate)} entries a day"
    if rate >= 0.75:
        return "about one entry a day"
    return f"about one entry in {round(1 / rate)} days"
