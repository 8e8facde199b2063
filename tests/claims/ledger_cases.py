"""Statements of stories that we wrote, as the ledger takes them; see ledger_cases.toml."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from dateline.claims.likeness import Meaning, Saying
from dateline.claims.terms import count_terms
from dateline.model import StatementKind


@dataclass(frozen=True)
class Case:
    """A statement, and which of its speaker's it is."""

    article: int
    speaker: str
    label: str
    saying: Saying


def load_stories(half: str = "") -> list[list[list[Case]]]:
    """Return the stories of one half, each as articles, each as statements."""
    body = Path(__file__).with_suffix(".toml").read_text("utf-8")
    stories = tomllib.loads(body)["story"]
    return [
        [list(_load(number, article)) for number, article in enumerate(story["article"])]
        for story in stories
        if half in ("", story["half"])
    ]


def _load(number: int, article: dict[str, Any]) -> Iterator[Case]:
    text, language = article["text"], article["language"]
    terms = count_terms(text, [content for *_, content in article["said"]], language)
    for (speaker, label, kind, content), own in zip(article["said"], terms, strict=True):
        assert content in text
        denied = kind == "denied"
        saying = Saying(
            content=content,
            kind=StatementKind("indirect" if denied else kind),
            language=language,
            terms=own,
            denied=denied,
        )
        yield Case(number, speaker, label, saying)


def pair_up(articles: Sequence[Sequence[Case]]) -> Iterator[tuple[Case, Case]]:
    """Yield the statements of one speaker, each with each of other articles."""
    every = [case for article in articles for case in article]
    for one, other in combinations(every, 2):
        if one.speaker == other.speaker and one.article != other.article:
            yield one, other


def with_meanings(articles: Sequence[Sequence[Case]], encode: Any, part: Any) -> list[list[Case]]:
    """Return the articles with what their statements mean."""
    found = []
    for article in articles:
        meanings: list[Meaning] = part(encode([case.saying.content for case in article]))
        found.append(
            [
                Case(
                    case.article,
                    case.speaker,
                    case.label,
                    Saying(
                        content=case.saying.content,
                        kind=case.saying.kind,
                        language=case.saying.language,
                        terms=case.saying.terms,
                        denied=case.saying.denied,
                        meaning=meaning,
                    ),
                )
                for case, meaning in zip(article, meanings, strict=True)
            ]
        )
    return found
