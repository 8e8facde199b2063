"""How far an attack moves the order of what is read most, beside plainer ways of counting.

    python bench/popular.py [--readers N] [--seed S]

A day of made-up readers: articles come out all day, some are read far more than others (Zipf), and
reading of each fades. Most readers sit in networks of a few, some in crowded ones. Attackers add
readers of their own, in a share of the honest ones, from a number of networks of which they hold
every address, with browsers and languages as they like. They push one article, ten, half of those
that are read least, or every second one, at once or all day long; or quietly, no more from each
network than is not yet a crowd (which is far less than the share then). A number is Kendall's tau
between the order without the attack and with it, by the same way of counting: the worst of the
aims and paces, over all articles; beside it, how many of the first twenty stay there. Tickets are
taken as good: attackers have real browsers.

Before that: what counting costs, with a ticket for each read, and the memory it takes.

Peers: all hits; each address once a day for an article; and the order of Hacker News, which divides
those by the age ((points - 1) / (hours + 2) ** 1.8).
"""

import argparse
import random
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from dateline.model import ArticleId, HourReads
from dateline.publish.jumps import JUDGED, LOOK_BACK, find_jumps
from dateline.publish.popular import rank_popular
from dateline.web.readers import LONGEST, QUIET, Reader, Readers
from dateline.web.views import Views

START = datetime(2026, 5, 14, tzinfo=UTC)
HOURS = 24
ARTICLES = 200
READERS = 10_000
FADES = 6.0  # hours by which the reading of an article has halved
NETWORKS = 20_000  # that readers may come from
FEW = 30  # the larger, the less crowded are the most crowded networks
MOST = 15  # articles that one reader reads
BROWSERS, LANGUAGES = 7, 40
HOSTS = 254
TOP = 20
MANY = 600_000
AIMS = ("one", "ten", "least", "second")
PACES = ("burst", "drip", "quiet")
SHARES = (0.05, 0.2, 0.5, 1.0)
SOURCES = (1, 10, 50, 200, 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One page that somebody opened and left open."""

    hour: float
    network: int
    host: int
    browser: int
    language: int
    article: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """Who pushes what: readers as a share of the honest ones, networks, aim and pace."""

    share: float
    networks: int
    aim: str
    pace: str


@dataclass(slots=True)
class World:
    """The articles of a day and its honest reads, the same for the same seed."""

    seed: int = 1
    readers: int = READERS
    born: list[float] = field(init=False)  # hours
    appeal: list[float] = field(init=False)
    reads: list[Read] = field(init=False)

    def __post_init__(self) -> None:
        rng = random.Random(self.seed)
        self.born = [rng.uniform(-12, HOURS - 3) for _ in range(ARTICLES)]
        self.appeal = [1 / (place + 1) for place in range(ARTICLES)]
        self.reads = list(self._read(rng))

    def _read(self, rng: random.Random) -> Iterable[Read]:
        crowd = [1 / (number + FEW) ** 0.9 for number in range(NETWORKS)]
        for network in rng.choices(range(NETWORKS), weights=crowd, k=self.readers):
            hour = rng.uniform(0, HOURS)
            now = [
                appeal * 0.5 ** ((hour - born) / FADES) if born < hour else 0.0
                for appeal, born in zip(self.appeal, self.born, strict=True)
            ]
            count = min(1 + int(rng.expovariate(0.5)), MOST)
            place = (rng.randrange(HOSTS), rng.randrange(BROWSERS), rng.randrange(LANGUAGES))
            for article in sorted(set(rng.choices(range(ARTICLES), weights=now, k=count))):
                yield _make(hour, network, place, article)

    def attack(self, wanted: Attack, order: Sequence[int]) -> list[Read]:
        """Return the attackers' reads; `order` is the honest one that they want to change."""
        rng = random.Random(self.seed + 1)
        aims = choose_aims(wanted.aim, order)
        mean = len(self.reads) / self.readers
        least = min(wanted.networks * QUIET, int(wanted.share * len(self.reads)))
        count = least if wanted.pace == "quiet" else int(wanted.share * len(self.reads))
        found: list[Read] = []
        while len(found) < count:
            network = NETWORKS + len(found) % wanted.networks
            hour = rng.uniform(12, 13) if wanted.pace == "burst" else rng.uniform(0, HOURS)
            place = (rng.randrange(HOSTS), rng.randrange(BROWSERS), rng.randrange(LANGUAGES))
            width = 1 if wanted.pace == "quiet" else round(mean)
            pushed = sorted(set(rng.choices(aims, k=width)))
            found += [_make(hour, network, place, article) for article in pushed]
        return found


def _make(hour: float, network: int, place: tuple[int, int, int], article: int) -> Read:
    host, browser, language = place
    return Read(
        hour=hour,
        network=network,
        host=host,
        browser=browser,
        language=language,
        article=article,
    )


def choose_aims(aim: str, order: Sequence[int]) -> list[int]:
    """Return the articles that an attack pushes."""
    if aim == "one":
        return [order[3 * len(order) // 4]]
    if aim == "ten":
        return list(order[-10:])
    return list(order[len(order) // 2 :]) if aim == "least" else list(order[1::2])


def rank_ours(reads: Iterable[Read], world: World) -> list[int]:
    """The order of Dateline: networks, crowds weighed down, jumps held, damped and fading."""
    readers = Readers()
    sums: dict[tuple[datetime, int], list[int]] = defaultdict(lambda: [0, 0])
    for each in sorted(reads, key=lambda read: read.hour):
        who = Reader(str(each.network), str(each.browser), str(each.language))
        now = START + timedelta(hours=each.hour)
        for hour, article, count, weight in readers.count(each.article, who, now):
            sums[hour, article][0] += count
            sums[hour, article][1] += weight
    hours = [
        HourReads(article_id=ArticleId(article), hour=hour, reads=count, networks=weight / 100)
        for (hour, article), (count, weight) in sums.items()
    ]
    jumps = []
    for number in range(1, HOURS + 1):
        now = START + timedelta(hours=number, microseconds=-1)
        since = now - LOOK_BACK - JUDGED
        lately = [each for each in hours if since <= each.hour <= now]
        last = now.replace(minute=0, second=0, microsecond=0)
        jumps += [jump for jump in find_jumps(lately, {}, now) if jump.hour == last]
    return _complete(rank_popular(hours, START + timedelta(hours=HOURS), jumps=jumps))


def rank_hits(reads: Iterable[Read], world: World) -> list[int]:
    """Every hit counts."""
    return _sort(_count(reads, lambda read: object()))


def rank_addresses(reads: Iterable[Read], world: World) -> list[int]:
    """Every address counts once a day for an article."""
    return _sort(_count(reads, lambda read: (read.network, read.host)))


def rank_like_hacker_news(reads: Iterable[Read], world: World) -> list[int]:
    """Addresses as points, divided by a power of the article's age."""
    points = _count(reads, lambda read: (read.network, read.host))
    return _sort(
        {
            article: (count - 1) / (HOURS - world.born[article] + 2) ** 1.8
            for article, count in points.items()
        }
    )


def _count(reads: Iterable[Read], name: Callable[[Read], object]) -> dict[int, float]:
    who: dict[int, set[object]] = defaultdict(set)
    for each in reads:
        who[each.article].add(name(each))
    return {article: len(found) for article, found in who.items()}


def _sort(scores: dict[int, float]) -> list[int]:
    return _complete(sorted(scores, key=lambda article: (-scores[article], -article)))


def _complete(order: Sequence[int]) -> list[int]:
    read = set(order)
    return [*order, *(article for article in range(ARTICLES) if article not in read)]


def measure_tau(order: Sequence[int], other: Sequence[int]) -> float:
    """Return Kendall's tau of two orders of the same things."""
    place = {article: number for number, article in enumerate(other)}
    places = [place[article] for article in order]
    swapped = sum(first > second for at, first in enumerate(places) for second in places[at + 1 :])
    return 1 - 4 * swapped / (len(places) * (len(places) - 1))


def find_worst(
    world: World, rank: Callable[..., list[int]], wanted: Iterable[Attack]
) -> tuple[float, int]:
    """Return the least tau that any of these attacks leaves, and the fewest of the first `TOP`."""
    order = rank(world.reads, world)
    moved = [rank([*world.reads, *world.attack(each, order)], world) for each in wanted]
    kept = min(len({*order[:TOP]} & {*other[:TOP]}) for other in moved)
    return min(measure_tau(order, other) for other in moved), kept


def measure_counting() -> tuple[float, float]:
    """Return reads counted in a second of processor time, and megabytes after `MANY` of them."""
    rng = random.Random(1)
    views = Views()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    spent = time.process_time()
    for number in range(MANY):
        opened = START + timedelta(seconds=number / MANY * 80_000)
        who = Reader(f"network {number % LONGEST}", "firefox", "en")
        article = rng.randrange(5_000)
        ticket = views.open(article, who, opened)
        views.count(article, who, ticket, opened + timedelta(seconds=6))
    spent = time.process_time() - spent
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return MANY / spent, (after - before) / 1000


SYSTEMS = {
    "dateline": rank_ours,
    "all hits": rank_hits,
    "one an address": rank_addresses,
    "as Hacker News": rank_like_hacker_news,
}


def main() -> None:
    """Print a table of the worst tau by system, for each size and source of the attack."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--readers", type=int, default=READERS)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rate, size = measure_counting()
    print(f"tickets made, checked and counted: {rate:,.0f} a core-second;", end=" ")
    print(f"{size:.0f} MB after {MANY:,} reads from {LONGEST:,} networks", flush=True)
    world = World(seed=given.seed, readers=given.readers)
    networks = len({read.network for read in world.reads})
    print(f"{given.readers} readers in {networks} networks, {len(world.reads)} reads")
    cases = [(share, 50, PACES[:2]) for share in SHARES]
    cases += [(0.2, source, PACES[:2]) for source in SOURCES if source != 50]
    cases += [(0.2, source, PACES[2:]) for source in SOURCES]
    for name, rank in SYSTEMS.items():
        for share, source, paces in cases:
            wanted = [
                Attack(share=share, networks=source, aim=aim, pace=pace)
                for aim in AIMS
                for pace in paces
            ]
            tau, kept = find_worst(world, rank, wanted)
            kind = "quiet" if paces == PACES[2:] else f"{share:.0%}"
            where = f"{name:<16} {kind:>6} from {source:>5} networks"
            print(f"{where}: worst tau {tau:.3f}, {kept} of the first {TOP} stay", flush=True)


if __name__ == "__main__":
    main()
