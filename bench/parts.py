"""Parts of articles in other stories: how many true ones are found, how many are there by chance.

    python bench/parts.py [--seeds N]

The articles of the event sets are cut into paragraphs of some thirty words, and two neighbouring
paragraphs of an article that is then left out are put into one of another event, of which at least
two articles came before: its true part. Every seventh article gets one. What else is held to be a
part of a story is false where most of the story's articles tell of another event than the article
as a whole; where they tell of the same, the story is in pieces and it counts as neither. Articles
of two look-alike events (two quakes, two trials) make some false parts that a reader may forgive.
"""

import argparse
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

from dateline.model import ArticleId, Lead, StoryId
from dateline.sentences import split_sentences
from dateline.stories.placing import Placer
from events import EventSet, load_set

SETS = ("events_giveme5w1h", "events_ecbplus_train", "events_vietnamese_a")
SHARE = 0.15  # of the articles that are given a part
LONG = 30  # words from which on a paragraph is full
LEAST, MOST = 18, 200  # words of a part
TRIES = 30  # articles that are looked at for a part
MERGE_EVERY = 100


@dataclass(slots=True)
class Mixed:
    """Leads in order, some with a part of another event: which, by article."""

    leads: list[Lead] = field(default_factory=list)
    events: dict[ArticleId, str] = field(default_factory=dict)
    added: dict[ArticleId, str] = field(default_factory=dict)


def cut(lead: Lead) -> list[str]:
    """Return the text of an article in paragraphs."""
    parts: list[str] = []
    for start, end in split_sentences(lead.text, lead.language):
        sentence = " ".join(lead.text[start:end].split())
        if parts and len(parts[-1].split()) < LONG:
            parts[-1] += f" {sentence}"
        elif sentence:
            parts.append(sentence)
    return parts


def mix(events: EventSet, seed: int) -> Mixed:
    """Return the articles in paragraphs, some of them with a part of another event."""
    rng = random.Random(seed)
    parts = [cut(lead) for lead in events.leads]
    gone: set[int] = set()
    added: dict[int, str] = {}
    for at in range(len(parts)):
        if at in gone or rng.random() > SHARE:
            continue
        tried = [rng.randrange(len(parts)) for _ in range(TRIES)]
        giver = next(
            (g for g in tried if g not in gone | {*added} and fits(events, g, at, gone)), -1
        )
        pair = parts[giver][:2] if len(parts[giver]) < 4 else parts[giver][1:3]
        if giver >= 0 and LEAST <= sum(len(each.split()) for each in pair) <= MOST:
            place = rng.randrange(1, len(parts[at][:12]) + 1)
            parts[at] = [*parts[at][:place], *pair, *parts[at][place:]]
            added[at] = events.events[giver]
            gone.add(giver)
    mixed = Mixed()
    for at, lead in enumerate(events.leads):
        if at not in gone:
            mixed.leads.append(replace(lead, text="\n\n".join(parts[at])))
            mixed.events[lead.article_id] = events.events[at]
            if at in added:
                mixed.added[lead.article_id] = added[at]
    return mixed


def fits(events: EventSet, giver: int, at: int, gone: set[int]) -> bool:
    """Say whether an article may give a part to another: two of its event must have come before."""
    event = events.events[giver]
    before = [n for n in range(at) if events.events[n] == event and n not in gone | {giver}]
    is_alike = events.leads[giver].language == events.leads[at].language
    return is_alike and event != events.events[at] and len(before) >= 2


def measure(mixed: Mixed) -> Counter[str]:
    """Return how many parts were given, found, are false, and how many articles there are."""
    placer, first, became = Placer(), dict[ArticleId, int](), dict[int, int]()
    by_id = {lead.article_id: lead for lead in mixed.leads}
    parts: set[tuple[ArticleId, int]] = set()
    for number, lead in enumerate(mixed.leads, start=1):
        place = placer.place(
            lead, new_id=StoryId(number), recall=lambda ids: [by_id[each] for each in ids]
        )
        first[lead.article_id] = place.story_id
        parts |= {(part.article_id, part.story_id) for part in place.parts}
        if number % MERGE_EVERY == 0 or number == len(mixed.leads):
            became |= {merge.story_id: merge.into for merge in placer.find_merges()}

    def find_last(story: int) -> int:
        return find_last(became[story]) if story in became else story

    told: dict[int, Counter[str]] = defaultdict(Counter)
    for article, story in first.items():
        told[find_last(story)][mixed.events[article]] += 1
    found: Counter[str] = Counter(articles=len(first), given=len(mixed.added))
    for article, story in {(article, find_last(story)) for article, story in parts}:
        event = told[story].most_common(1)[0][0]
        if event == mixed.added.get(article):
            found["found"] += 1
        elif event != mixed.events[article]:
            found["false"] += 1
    return found


def main() -> None:
    """Print a line a set: what was given and found, and what is false."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=3)
    seeds = parser.parse_args().seeds
    print("| set | articles | parts given | found | false |\n|---|---|---|---|---|")
    for name in SETS:
        events = load_set(name)
        total: Counter[str] = Counter()
        for seed in range(1, seeds + 1):
            total += measure(mix(events, seed))
        row = (total[key] for key in ("articles", "given", "found", "false"))
        print(f"| {name} | {' | '.join(map(str, row))} |", flush=True)


if __name__ == "__main__":
    main()
