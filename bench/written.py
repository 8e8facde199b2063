"""The written set: invented news passages with their dates and people, as values.

The set and the rules it was annotated by are described in `bench/data/written/README.md`.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.model import Span

FOLDER = Path(__file__).parent / "data" / "written"


@dataclass(frozen=True, slots=True)
class Person:
    """One person of a passage and where the text speaks of them, each list in its order."""

    name: str
    role: str
    names: tuple[Span, ...]
    titles: tuple[Span, ...]
    pronouns: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """One record: a text, its language and day (ISO 8601, or none) and its people."""

    kind: str
    language: str
    published: str
    text: str
    people: tuple[Person, ...]


def read_set(folder: Path = FOLDER) -> list[Passage]:
    """Return all passages of a folder; a mention that is not in its text raises ValueError."""
    return [
        Passage(
            kind=path.stem,
            language=record["language"],
            published=record.get("published", ""),
            text=record["text"],
            people=tuple(read_person(record["text"], given) for given in record["people"]),
        )
        for path in sorted(folder.glob("*.toml"))
        for record in tomllib.loads(path.read_text("utf-8"))["passage"]
    ]


def read_person(text: str, given: dict[str, Any]) -> Person:
    """Return a person with the places of their mentions, names apart from titles."""
    mentions = list(locate(text, given["mentions"]))
    named = [is_name(text[start:end], given["name"]) for start, end in mentions]
    return Person(
        name=given["name"],
        role=given.get("role", ""),
        names=tuple(span for span, name in zip(mentions, named, strict=True) if name),
        titles=tuple(span for span, name in zip(mentions, named, strict=True) if not name),
        pronouns=tuple(locate(text, given.get("pronouns", ()))),
    )


def locate(text: str, mentions: Sequence[str | dict[str, str]]) -> Iterator[Span]:
    """Yield where mentions stand: each, as whole words, at its first place behind the one before.

    A table `{text, near}` stands at its first place inside the first place of `near`.
    """
    at = 0
    for mention in mentions:
        words, near = (
            (mention, mention) if isinstance(mention, str) else (mention["text"], mention["near"])
        )
        around = find_words(text, near, at)
        start = find_words(text, words, around)
        at = start + len(words)
        yield start, at


def find_words(text: str, words: str, at: int) -> int:
    """Return where words begin as whole words, from a place on; ValueError if nowhere."""
    found = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)").search(text, at)
    if found is None:
        raise ValueError(f"{words!r} is not in {text[at:]!r}")
    return found.start()


def is_name(words: str, name: str) -> bool:
    """Return whether a mention is by name, not by a title.

    It is if a capitalised word is one of the name's or begins as one of them does (names are
    inflected in some languages and often cut short), or if it is one capitalised word (a nickname):
    the titles of this set bring their article.
    """
    parts = [part.casefold() for part in re.findall(r"\w+", name)]
    beginnings = {part[:3] for part in parts}
    capitalised = [word.casefold() for word in re.findall(r"\w+", words) if word[0].isupper()]
    alone = re.fullmatch(r"\w+", words) is not None and bool(capitalised)
    if alone or any(word in parts for word in capitalised):
        return True
    return any(len(word) > 3 and word[:3] in beginnings for word in capitalised)
