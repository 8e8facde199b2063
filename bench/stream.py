"""News without end, made up: articles in the order of their arrival, the same for the same seed.

Words follow Zipf's law, each language has its own, names are shared by all. Events come, are told
by many outlets or few, some of them in several languages, and fade within days; a part of their
reports carries another's text. What an article is about stands in its headline and first paragraph
more than further down. None of it is tuned to real articles.

`serve` makes them in a process of its own, so that the memory of the one that asks is its own.
"""

import math
import multiprocessing
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection

import numpy as np
import numpy.typing as npt

from dateline.model import ArticleId, Lead, SourceId

START = datetime(2026, 1, 1, tzinfo=UTC)
OUTLETS = 400
WORDS = 150_000  # of a language
NAMES = 400_000  # of persons and places, in every language
LANGUAGES = {"en": 0.45, "de": 0.15, "es": 0.15, "fr": 0.15, "ru": 0.10}
TITLE, LENGTH = 9, 300  # words
TOPIC, NAMED = 30, 6  # words and names of an event
ALONE = 0.35  # share of articles whose event nobody else tells
CARRIED = 0.15  # share of an event's reports that carry an earlier one's text
ABROAD = 0.25  # share of events that are told in all languages
LASTS = 36.0  # hours that an event lasts, in the mean
_SHARES = [language for language, share in LANGUAGES.items() for _ in range(int(share * 20))]
BATCH = 500
VECTOR = 384  # numbers, as the default model has
_LATIN = ("a e i o u ou ei ie", "b c d f g h k l m n p r s t v w st tr ch sch")
_CYRILLIC = ("а е и о у я ю", "б в г д ж з к л м н п р с т х ч ст пр")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What kind of stream."""

    articles: int
    a_day: int
    seed: int = 1
    vectors: bool = False


@dataclass(slots=True, kw_only=True, eq=False)
class _Event:
    number: int
    born: float  # hours
    ends: float
    weight: float
    language: str
    abroad: bool
    topics: dict[str, npt.NDArray[np.int64]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)  # the newest report by language
    meaning: npt.NDArray[np.float32] | None = None


class Stream:
    """Makes the articles; keeps the events that are still told."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._rng = np.random.default_rng(wanted.seed)
        self._words = {lang: _make_words(self._rng, lang) for lang in LANGUAGES}
        self._names = _make_names(self._rng)
        self._means = self._rng.standard_normal((len(LANGUAGES), VECTOR)).astype(np.float32)
        self._events: list[_Event] = []
        self._chances = np.empty(0)
        self._made = 0

    def __iter__(self) -> Iterator[Lead]:
        for number in range(1, self._wanted.articles + 1):
            hours = number * 24 / self._wanted.a_day
            if number % 500 == 1:
                self._renew(hours)
            yield self._write(number, hours, self._choose(hours))

    def _renew(self, hours: float) -> None:
        """Drop the events that are over; let as many begin as fit the number of articles."""
        self._events = [event for event in self._events if event.ends > hours]
        alive = max(20, int(self._wanted.a_day * (1 - ALONE) * LASTS / 24 / 8))
        while len(self._events) < alive:
            begun = hours if self._made >= alive else hours - self._rng.exponential(LASTS)
            self._events.append(self._begin(begun))
        ages = np.array([(hours - event.born) / LASTS for event in self._events])
        weights = np.array([event.weight for event in self._events]) * np.exp(-ages)
        self._chances = np.cumsum(weights / weights.sum())

    def _begin(self, hours: float) -> _Event:
        self._made += 1
        return _Event(
            number=self._made,
            born=hours,
            ends=hours + self._rng.exponential(LASTS) * 2,
            weight=min(float(self._rng.pareto(1.1)) + 0.2, 200.0),
            language=_SHARES[int(self._rng.integers(len(_SHARES)))],
            abroad=bool(self._rng.random() < ABROAD),
            names=[self._names[n] for n in self._ranks(NAMED, NAMES, least=50)],
        )

    def _choose(self, hours: float) -> _Event:
        if self._rng.random() < ALONE:
            return self._begin(hours)
        at = int(np.searchsorted(self._chances, self._rng.random()))
        return self._events[min(at, len(self._events) - 1)]

    def _ranks(self, count: int, most: int, *, least: int = 1) -> list[int]:
        """Draw ranks by Zipf's law."""
        draw = self._rng.random(count)
        ranks = least * np.exp(draw * math.log(most / least)) - 1
        found: list[int] = ranks.astype(np.int64).tolist()
        return found

    def _write(self, number: int, hours: float, event: _Event) -> Lead:
        language = event.language
        if event.abroad and self._rng.random() < 0.5:
            language = list(LANGUAGES)[int(self._rng.integers(len(LANGUAGES)))]
        topic = self._topic(event, language)
        headline = " ".join(self._draw(TITLE, topic, language, share=0.6))
        text = event.texts.get(language, "")
        if text and self._rng.random() < CARRIED:
            text = _change(text, " ".join(self._draw(40, topic, language, share=0.3)), number)
        else:
            text = self._tell(topic, language)
        event.texts[language] = text
        return Lead(
            article_id=ArticleId(number),
            source_id=SourceId(1 + number * 7919 % OUTLETS),
            url=f"https://outlet-{number * 7919 % OUTLETS}.example/{number}",
            language=language,
            headline=headline,
            text=text,
            at=START + timedelta(hours=hours),
            vector=self._mean(event, language) if self._wanted.vectors else b"",
        )

    def _topic(self, event: _Event, language: str) -> list[str]:
        if language not in event.topics:
            ranks = self._ranks(TOPIC, WORDS, least=150)
            event.topics[language] = np.array(ranks)
        words = self._words[language]
        return [words[rank] for rank in event.topics[language].tolist()] + event.names

    def _draw(self, count: int, topic: list[str], language: str, *, share: float) -> list[str]:
        words = self._words[language]
        drawn = [words[rank] for rank in self._ranks(count, WORDS)]
        about = self._ranks(int(count * share), len(topic))
        places = self._rng.integers(count, size=len(about)).tolist()
        for place, which in zip(places, about, strict=True):
            drawn[place] = topic[len(topic) - 1 - which]  # names most of all
        return drawn

    def _tell(self, topic: list[str], language: str) -> str:
        length = int(LENGTH * np.exp(self._rng.normal(0, 0.4)))
        words = self._draw(60, topic, language, share=0.35)
        words += self._draw(max(length - 60, 20), topic, language, share=0.15)
        parts = [" ".join(words[start : start + 20]) for start in range(0, len(words), 20)]
        return "\n\n".join(". ".join(parts[at : at + 3]) for at in range(0, len(parts), 3))

    def _mean(self, event: _Event, language: str) -> bytes:
        """Return a vector near those of the event, at an angle that the language adds."""
        if event.meaning is None:
            drawn = np.random.default_rng(event.number).standard_normal(VECTOR)
            event.meaning = drawn.astype(np.float32)
        noise = self._rng.standard_normal(VECTOR, dtype=np.float32)
        place = list(LANGUAGES).index(language)
        vector = event.meaning + 0.7 * noise + 0.5 * self._means[place] + 0.5 * self._means[0]
        vector /= np.linalg.norm(vector)
        return np.round(127 * vector).astype(np.int8).tobytes()


def _change(text: str, own: str, number: int) -> str:
    """Return another's text as it is carried: whole, cut, or with a paragraph of one's own."""
    parts = text.split("\n\n")
    if number % 3 == 1:
        parts = parts[: max(2, len(parts) * 2 // 3)]
    elif number % 3 == 2:
        parts = [*parts[:6], own]
    return "\n\n".join(parts)


def _make_words(rng: np.random.Generator, language: str) -> list[str]:
    return _spell(rng, WORDS, _CYRILLIC if language == "ru" else _LATIN)


def _make_names(rng: np.random.Generator) -> list[str]:
    return [name.capitalize() for name in _spell(rng, NAMES, _LATIN)]


def _spell(rng: np.random.Generator, count: int, letters: tuple[str, str]) -> list[str]:
    """Return words of two syllables and more, once each, the short ones first as in languages."""
    vowels, consonants = (kind.split() for kind in letters)
    found: dict[str, None] = {}
    long = 2
    while len(found) < count:
        before = len(found)
        first = rng.integers(len(consonants), size=(10_000, long)).tolist()
        second = rng.integers(len(vowels), size=(10_000, long)).tolist()
        for ones, twos in zip(first, second, strict=True):
            pairs = zip(ones, twos, strict=True)
            found["".join(consonants[a] + vowels[b] for a, b in pairs)] = None
        long += len(found) - before < 7_000  # most of the short ones are there
    return list(found)[:count]


def serve(wanted: Wanted) -> Iterator[list[Lead]]:
    """Yield batches of articles from a process of its own, which works only when it is asked."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_answer, args=(theirs, wanted), daemon=True)
    process.start()
    try:
        while True:
            ours.send(True)
            batch = ours.recv()
            if not batch:
                return
            yield batch
    finally:
        process.kill()
        process.join()


def _answer(asked: Connection, wanted: Wanted) -> None:
    if hasattr(os, "nice"):
        os.nice(5)
    batch: list[Lead] = []
    for lead in Stream(wanted):
        batch.append(lead)
        if len(batch) == BATCH:
            asked.recv()
            asked.send(batch)
            batch = []
    for rest in (batch, []):
        asked.recv()
        asked.send(rest)
        if not rest:
            return
