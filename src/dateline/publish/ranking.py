"""Which stories lead, and why: one number a story, from counts alone.

The number is in units of "twice as much": a story that stands 1 above another could do with half
the coverage. It is a sum:

    log2(heat)                      heat: each independent voice counts 1 when its newest report of
                                    its own is out, and half as much every 6 hours
    - hours since its lead / 4      the headline that is shown grows old
    - hours since the newest voice / 48
    + pace / 5                      pace: log2 of its voices an hour, of the last 3 hours against
                                    its last day, between 0 and 2
    + log2(languages) / 4 + log2(countries) / 4
    + 1                             where its headline is in the site's own language

A voice is an outlet with a report of its own: ten carriers of one report are one, and so are ten
reports of one outlet. What copies add to the heat is together less than one more voice would; they
make nothing new, and no language or country counts without a voice of its own. So no number of
copies lifts a story above one that has one origin more.

Where nothing came in for days, voices are taken to have come evenly between the first report and
the last; ages enter as differences, so that a site made from last year's news has a front page
too. A date in the future counts as now, and stories without any date stand behind all others.

The three lengths of time were chosen on the first half of a month of a real front page; see
`bench/front.py` for how well the second half agrees.

From the numbers to places (`rank_stories`), in this order:

    outlets    each story pays 1 for every story of its lead outlet that stands above it
    readers    a story that is read much rises by at most 3 places
    steadiness what stood above another stays there unless it is beaten by 0.25 (`steady.py`)
    pins       what the editor holds stands where the editor says
    share      of the first n places one outlet has at most 1 + n // 3, while others have some
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from dateline.model import UNDATED_AT, Pin, PinPlace, Pulse, StoryCard, StoryId
from dateline.publish.origin_tree import count_independent
from dateline.publish.places import Placed, charge_outlets, lift_read, limit_share, set_pins
from dateline.publish.steady import keep_steady
from dateline.text import base_language

HEAT_HOURS = 6.0
LEAD_HOURS = 4.0
NEWS_HOURS = 48.0
PACE_HOURS = 3.0
PACE_WEIGHT = 0.2
MOST_PACE = 2.0
BREADTH_WEIGHT = 0.25
HOME_BONUS = 1.0
COPIES = 4.0  # that many outlets with copies count for half a voice
NO_PULSE = Pulse()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Why a story stands where it stands: the very numbers that the ranking used."""

    score: float
    origins: int  # independent ones
    outlets: int
    languages: int
    countries: int
    newest_at: datetime  # its newest report; UNDATED_AT where it has none with a date
    last_hour: int = 0  # reports
    pinned: PinPlace | None = None
    lifted: bool = False  # readers have moved it up

    @property
    def dated(self) -> bool:
        """Whether any of its reports has a date."""
        return self.newest_at > UNDATED_AT

    def age(self, now: datetime) -> timedelta:
        """Return how long ago its newest report came out."""
        return max(now - self.newest_at, timedelta(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the ranking looks at beside the stories; all of it may be missing."""

    pulses: Mapping[StoryId, Pulse] = field(default_factory=dict)
    reads: Mapping[StoryId, int] = field(default_factory=dict)  # lately
    pins: Sequence[Pin] = ()  # of this page
    before: Sequence[StoryId] = ()  # the order that readers have seen last


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Stories, best first, each with its reasons."""

    stories: tuple[StoryCard, ...] = ()
    reasons: Mapping[StoryId, Reasons] = field(default_factory=dict)


def score_story(
    story: StoryCard, now: datetime, *, pulse: Pulse = NO_PULSE, language: str = ""
) -> float:
    """Return a story's number, see above, before other stories are held against it."""
    voices = max(count_independent(story.outlets, story.origins), 1)
    score = _measure_heat(story, pulse, now)
    score -= _hours(now, _lead_at(story)) / LEAD_HOURS
    score -= _hours(now, _newest_voice(story, pulse)) / NEWS_HOURS
    score += PACE_WEIGHT * _measure_pace(pulse, now)
    breadth = (len(story.languages), pulse.countries)
    score += BREADTH_WEIGHT * sum(math.log2(max(min(each, voices), 1)) for each in breadth)
    if language and base_language(story.lead.language) == base_language(language):
        score += HOME_BONUS
    return score


def rank_stories(
    stories: Iterable[StoryCard],
    now: datetime,
    *,
    evidence: Evidence | None = None,
    language: str = "",
) -> Ranking:
    """Return the stories in the order in which they deserve the page, with the reasons.

    The order does not depend on that of `stories`. O(n log n) but for steadiness, which is
    O(n · n) comparisons of two numbers.
    """
    evidence = evidence or Evidence()
    known = {story.story_id: story for story in stories}
    pulses = {key: evidence.pulses.get(key, NO_PULSE) for key in known}
    scores = {
        key: score_story(story, now, pulse=pulses[key], language=language)
        for key, story in known.items()
    }
    charged = charge_outlets(list(known.values()), scores)
    lifted = lift_read(charged, evidence.reads)
    pins = [pin for pin in evidence.pins if pin.holds(now) and pin.story_id in known]
    pinned = {pin.story_id: pin.place for pin in sorted(pins, key=lambda pin: pin.at)}
    steady = set_pins(keep_steady(lifted, evidence.before), pins)
    order = limit_share([known[key] for key in steady], pinned)
    risen = _find_risen(charged, lifted)
    reasons = {
        key: replace(
            state_reasons(story, scores[key], pulses[key]),
            pinned=pinned.get(key),
            lifted=key in risen,
        )
        for key, story in known.items()
    }
    return Ranking(stories=tuple(order), reasons=reasons)


def state_reasons(story: StoryCard, score: float, pulse: Pulse) -> Reasons:
    """Return why a story with this number stands high, but for what editor and readers did."""
    return Reasons(
        score=score,
        origins=count_independent(story.outlets, story.origins),
        outlets=story.outlets,
        languages=len(story.languages),
        countries=pulse.countries,
        newest_at=UNDATED_AT if story.last_sighted else story.last_at,
        last_hour=pulse.last_hour,
    )


def _find_risen(charged: Sequence[Placed], lifted: Sequence[Placed]) -> set[StoryId]:
    places = {key: at for at, (key, _) in enumerate(charged)}
    return {key for at, (key, _) in enumerate(lifted) if at < places[key]}


def _measure_heat(story: StoryCard, pulse: Pulse, now: datetime) -> float:
    """Return log2 of the heat: of the voices known to have come lately, else of all evenly."""
    voices = max(count_independent(story.outlets, story.origins), 1)
    copies = max(story.outlets - voices, 0)
    share = 1 + copies / (copies + COPIES) / voices if copies else 1.0
    if pulse.voices and story.dated:
        ages = [_hours(now, at) for at in pulse.voices[:voices]]
        newest = min(ages)  # taken out of the sum, which would vanish for what is years old
        heat = sum(2 ** ((newest - age) / HEAT_HOURS) for age in ages)
        return math.log2(heat * share) - newest / HEAT_HOURS
    last, first = _hours(now, story.last_at), _hours(now, story.first_at)
    span = max(first - last, 0.0) / HEAT_HOURS * math.log(2)
    even = -math.expm1(-span) / span if span > 0.001 else 1.0
    return math.log2(voices * even * share) - last / HEAT_HOURS


def _measure_pace(pulse: Pulse, now: datetime) -> float:
    """Return by how much voices come faster than usual: 1 is twice as fast as over the day."""
    ages = [_hours(now, at) for at in pulse.voices]
    lately = sum(age < PACE_HOURS for age in ages)
    usual = sum(age < 24 for age in ages) * PACE_HOURS / 24
    return min(max(math.log2((1 + lately) / (1 + usual)), 0.0), MOST_PACE)


def _lead_at(story: StoryCard) -> datetime:
    return story.lead.at if story.lead.dated else story.last_at


def _newest_voice(story: StoryCard, pulse: Pulse) -> datetime:
    return pulse.voices[0] if pulse.voices else story.last_at


def _hours(now: datetime, at: datetime) -> float:
    return max((now - at).total_seconds(), 0.0) / 3600
