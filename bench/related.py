"""What is offered beside an article: found among distractors, headlines alike, and how fast.

Run: `python bench/related.py [sets|headlines|speed] [--model NAME] [--home DIR]`; all without.

*sets.* Each public event set goes through the whole pipeline into a store (`import`), as one site
of many outlets; then each article is asked for what its page offers. Right is an article of the
same event, or of a neighbouring one: in ECB+ the look-alike event of the same topic, in Giveme5W1H
an event of the same 31 days with whose name its own shares a word of five letters or more that at
most three events of these days have (Korea, Israel). What a reader would take for the same report
is one: articles of one origin, or with the same words as headline. For every system alike the
report itself is neither right nor wrong, and another report counts once, where it stands first.
Recall@5 is the share of right ones among the first five, of as many as there can be; MRR is that of
the first right one; "right" is the share that is right of the first five listed, however many these
are. ECB+ has no dates: all of it is of one day. "Offered" is what stands on the page, after all
rules; "order alone" is what our candidates are ranked by, without rules. Peers rank all other
articles by TF-IDF cosine, by BM25 (k1 1.2, b .75) or by chance, without rules and always five. The
numbers of `publish` and `stories` behind it were chosen on the even events; the odd ones are held
out. Behind each line stands what share of ours, as offered, its recall and MRR are.

*lone.* An article of each event alone, no two events neighbours, three draws, each through the
pipeline into a store of its own: nothing is related, so whatever is offered is wrong. TF-IDF's top
five are always five; the second line of it lists only what has a cosine as high as so many of its
first five that are right have in the whole set (`KEPT` of them, even events).

*headlines.* Pearson of the similarity that stories and offers use (by meaning, where texts are so
short) with what people said, STS headlines of 2013; TF-IDF over all headlines beside it.

*speed.* Milliseconds for the part of an article's page that is this: reads, choice, cards. A store
made up (`related_store.py`) of `--articles` is written to `--home` unless it is there.
"""

import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from math import log, sqrt
from pathlib import Path

import numpy as np

from dateline.model import ArticleId, Kin
from dateline.publish.nearness import measure_nearness
from dateline.publish.related import KIN
from dateline.store import open_store
from dateline.store.cards import load_cards
from dateline.store.neighbours import list_neighbours, to_neighbour
from dateline.text import list_tokens
from dateline.web.offering import find_names, find_offers
from events import read_rows
from meaning import open_model
from related_sets import Site, open_lone, open_set
from related_store import build

SETS = ("events_giveme5w1h", "events_ecbplus_train")
FIRST = 5
KEPT = 0.9
DRAWS = 3  # of lone articles
MEASURED, WARMED = 600, 60
Score = tuple[float, float, float]  # recall@5, MRR, the share that is right
Rank = Callable[[int], list[int]]  # the places of other articles, the best first


def rank_ours(site: Site) -> Rank:
    """Return what our pages offer."""
    places = {card.article_id: place for place, card in enumerate(site.cards)}

    def rank(place: int) -> list[int]:
        with site.store.read() as tx:
            offers = find_offers(tx, site.cards[place], ("en",))
        return [places[offer.article_id] for offer in offers]

    return rank


def rank_alone(site: Site) -> Rank:
    """Return the order of our candidates, without the rules of a page."""
    places = {card.article_id: place for place, card in enumerate(site.cards)}

    def rank(place: int) -> list[int]:
        page = to_neighbour(site.cards[place])
        with site.store.read() as tx:
            telling = find_names(tx, site.cards[place])
            near = list_neighbours(tx, page, telling)
        strengths = [each.strength for each in measure_nearness(page, near, telling)]
        nearest = sorted(
            (-strength - KIN * (other.kin is not Kin.NONE), other.article_id)
            for other, strength in zip(near, strengths, strict=True)
        )
        return [places[number] for _, number in nearest]

    return rank


def rank_tfidf(site: Site, least: float = -1.0) -> Rank:
    """Return the order by cosine of words, TF-IDF over the whole set, from `least` on."""
    table = weigh_tfidf(site.texts)

    def rank(place: int) -> list[int]:
        cosines = _cosines(table, place)
        return [n for n in _order(cosines) if cosines[n] >= least]

    return rank


def weigh_tfidf(texts: Sequence[str]) -> list[dict[str, float]]:
    """Return the words of each text with weights of length one."""
    counts = [Counter(list_tokens(text)) for text in texts]
    seen = Counter(word for each in counts for word in each)
    table = []
    for each in counts:
        weights = {w: (1 + log(c)) * log((1 + len(texts)) / seen[w]) for w, c in each.items()}
        length = sqrt(sum(v * v for v in weights.values())) or 1.0
        table.append({word: value / length for word, value in weights.items()})
    return table


def _cosines(table: Sequence[dict[str, float]], place: int) -> list[float]:
    mine = table[place]
    return [sum(v * other.get(w, 0.0) for w, v in mine.items()) for other in table]


def rank_bm25(site: Site) -> Rank:
    """Return the order by BM25, the article's words as the question."""
    counts = [Counter(list_tokens(text)) for text in site.texts]
    seen = Counter(word for each in counts for word in each)
    lengths = [each.total() for each in counts]
    mean = statistics.mean(lengths)
    rarity = {w: log(1 + (len(counts) - n + 0.5) / (n + 0.5)) for w, n in seen.items()}

    def rank(place: int) -> list[int]:
        scores = []
        for each, length in zip(counts, lengths, strict=True):
            worn = 1.2 * (0.25 + 0.75 * length / mean)
            found = ((rarity[w], each[w]) for w in counts[place] if w in each)
            scores.append(sum(rare * n * 2.2 / (n + worn) for rare, n in found))
        return _order(scores)

    return rank


def rank_randomly(site: Site) -> Rank:
    """Return an order by chance, the same in every run."""
    chance = random.Random(1)
    return lambda place: chance.sample(range(len(site.cards)), len(site.cards))


def _order(scores: Sequence[float]) -> list[int]:
    return sorted(range(len(scores)), key=lambda n: (-scores[n], n))


def measure_sets(folder: Path) -> None:
    """Print recall@5, MRR and what is right, of each system on both halves of each set."""
    systems = {
        "ours, offered": rank_ours,
        "our order alone": rank_alone,
        "TF-IDF cosine": rank_tfidf,
        "BM25": rank_bm25,
        "random": rank_randomly,
    }
    for name in SETS:
        site = open_set(name, folder)
        count = f"{len(site.cards)} articles, {len(set(site.events))} events"
        print(f"{name}: {count}; recall@5/MRR/right, to ours; tuned (even events) | held out (odd)")
        ours: dict[bool, list[Score]] = {}
        for label, make in systems.items():
            rank = make(site)
            for wide in (False, True):
                halves = list(_measure(site, rank, wide=wide))
                ours.setdefault(wide, halves)
                told = " | ".join(map(_tell, halves, ours[wide]))
                print(f"  {label:16} {_KINDS[wide]:18} {told}", flush=True)
            if label in _SHORT:
                shown = rank if label in _SHORT[:1] else _first(rank)
                told = " | ".join(_tell_shown(site, shown, half) for half in (0, 1))
                print(f"  {label:16} {'per article':18} {told}", flush=True)
        measure_lone(name, site, folder)


def measure_lone(name: str, whole: Site, folder: Path) -> None:
    """Print how much is offered beside articles that nothing in the store is related to."""
    sites = [open_lone(name, folder, draw) for draw in range(DRAWS)]
    print(f"{name}, lone: {DRAWS} draws of {len(sites[0].cards)} articles or about so many")
    least = find_cut(whole)
    systems: dict[str, Callable[[Site], Rank]] = {
        "ours, offered": rank_ours,
        "TF-IDF cosine": lambda site: _first(rank_tfidf(site)),
        f"TF-IDF >= {least:.3f}": lambda site: _first(rank_tfidf(site, least)),
    }
    for label, make in systems.items():
        told = " | ".join(_tell_lone([(site, make(site)) for site in sites], h) for h in (0, 1))
        print(f"  {label:16} {'wrong per article':18} {told}", flush=True)


def find_cut(site: Site) -> float:
    """Return the cosine that `KEPT` of TF-IDF's right first five reach, of even events."""
    table, rank = weigh_tfidf(site.texts), rank_tfidf(site)
    found = []
    for place in _places(site, 0):
        right, cosines = site.find_right(place, wide=True), _cosines(table, place)
        listed = [n for n in rank(place) if site.reports[n] != site.reports[place]][:FIRST]
        found += [cosines[n] for n in listed if site.reports[n] in right]
    return sorted(found)[round((1 - KEPT) * len(found))]


def _first(rank: Rank) -> Rank:
    return lambda place: [n for n in rank(place) if n != place][:FIRST]


def _places(site: Site, half: int) -> list[int]:
    ids = {event: number for number, event in enumerate(sorted(site.near))}
    return [place for place, event in enumerate(site.events) if ids[event] % 2 == half]


def _tell_lone(sites: Sequence[tuple[Site, Rank]], half: int) -> str:
    counts = [len(rank(place)) for site, rank in sites for place in _places(site, half)]
    some = statistics.mean(map(bool, counts))
    return f"{statistics.mean(counts):.2f} (beside {some:.2f} of {len(counts)})"


def _tell_shown(site: Site, rank: Rank, half: int) -> str:
    listed, wrong = list[int](), list[int]()
    for place in _places(site, half):
        right = site.find_right(place, wide=True)
        shown = {site.reports[n] for n in rank(place)} - {site.reports[place]}
        listed.append(len(shown))
        wrong.append(len(shown - right))
    return f"{statistics.mean(listed):.2f}, wrong {statistics.mean(wrong):.2f}"


_SHORT = ("ours, offered", "TF-IDF cosine")
_KINDS = ("same event", "same or neighbour")


def _tell(half: Score, ours: Score) -> str:
    values = "/".join(f"{value:.3f}" for value in half)
    return f"{values} x{half[0] / ours[0]:.3f} x{half[1] / ours[1]:.3f}"


def _measure(site: Site, rank: Rank, *, wide: bool) -> Iterator[Score]:
    """Yield recall@5, MRR and the share that is right, of even and of odd events."""
    for half in (0, 1):
        recalls, firsts, shown = list[float](), list[float](), list[bool]()
        for place in _places(site, half):
            right = site.find_right(place, wide=wide)
            if not right:
                continue
            listed = dict.fromkeys(site.reports[n] for n in rank(place))
            found = [report in right for report in listed if report != site.reports[place]]
            recalls.append(sum(found[:FIRST]) / min(FIRST, len(right)))
            firsts.append(1 / (found.index(True) + 1) if True in found else 0.0)
            shown += found[:FIRST]
        yield statistics.mean(recalls), statistics.mean(firsts), statistics.mean(shown)


def measure_headlines() -> None:
    """Print Pearson of our similarity of two headlines with people's, on both halves."""
    rows = read_rows("sts_headlines_2013")
    told = np.array([float(row["score"]) for row in rows])
    texts = [row[side] for side in ("a", "b") for row in rows]
    table = weigh_tfidf(texts)
    half = len(rows)
    words = np.array(
        [sum(v * table[n + half].get(w, 0.0) for w, v in table[n].items()) for n in range(half)]
    )
    found = {"TF-IDF cosine": words}
    encoder = open_model()
    if encoder:
        vectors = np.concatenate(
            [encoder.encode(texts[n : n + 32]) for n in range(0, len(texts), 32)]
        )
        vectors = vectors - vectors.mean(axis=0)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        found[f"ours ({encoder.name})"] = (vectors[:half] * vectors[half:]).sum(axis=1)
    for name, values in found.items():
        each = [np.corrcoef(values[part], told[part])[0, 1] for part in _HALVES]
        print(
            f"headlines  {name:28} Pearson all {each[0]:.3f}, even {each[1]:.3f}, odd {each[2]:.3f}"
        )


_HALVES = (slice(None), slice(0, None, 2), slice(1, None, 2))


def measure_speed(folder: Path, count: int) -> None:
    """Print how long it takes to choose what is offered, cards and all."""
    path = folder / f"related-{count}.db"
    if not path.exists():
        build(path, count)
    chance = random.Random(1)
    wall, used = list[float](), list[float]()
    with open_store(str(path), create=False).read() as tx:
        for _ in range(WARMED + MEASURED):
            (card,) = load_cards(tx, [ArticleId(chance.randrange(1, count))])
            began, processor = time.perf_counter(), time.process_time()
            offers = find_offers(tx, card, ("en",))
            load_cards(tx, [offer.article_id for offer in offers])
            wall.append(1000 * (time.perf_counter() - began))
            used.append(1000 * (time.process_time() - processor))
    for name, values in (("by the clock", wall), ("of processor", used)):
        told = sorted(values[WARMED:])
        each = ", ".join(f"p{q} {told[len(told) * q // 100]:.2f} ms" for q in (50, 95, 99))
        print(f"speed  {count} articles, {name}: {each}")


def read_option(name: str, otherwise: str) -> str:
    """Return the value behind `name` on the command line."""
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv[:-1] else otherwise


def main() -> None:
    """Measure what the command line names."""
    parts = [part for part in sys.argv[1:2] if not part.startswith("-")]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(read_option("--home", made))
        if parts in ([], ["headlines"]):
            measure_headlines()
        if parts in ([], ["sets"]):
            measure_sets(folder)
        if parts in ([], ["speed"]):
            measure_speed(folder, int(read_option("--articles", "1000000")))


if __name__ == "__main__":
    main()
