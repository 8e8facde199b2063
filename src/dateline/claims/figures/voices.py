"""Who may be named beside a number: a person, an organisation or a place that speaks, or nobody.

A statement whose source is a paper, a thing or a phrase that was cut wrongly still is a statement;
a table of who gives which number is worse off with it than without.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from dateline.claims.naming.lexicon import is_office, read_titles
from dateline.model import SHOWN_FROM, Statement

_WORD = re.compile(r"[^\W_][\w.’'-]*|[,(]")
_OPENS_SENTENCE = frozenset('.!?…\n“"„«:')
_MOST_WORDS = 8  # of a source in which its head is sought


@dataclass(frozen=True, slots=True)
class Voices:
    """Words of one language for who speaks without a name."""

    voices: frozenset[str]
    before: frozenset[str]  # behind these words no head stands


def may_own(statement: Statement, text: str, language: str) -> bool:
    """Say whether a number in a statement may be shown as its speaker's."""
    if statement.confidence < SHOWN_FROM or not statement.speaker_key:
        return False
    if statement.speaker_kind is not None:
        return True
    voices = read_voices().get(language)
    if voices is None:
        return True  # no list: as its statement was found
    head = _find_head(statement.speaker_resolved, voices)
    return bool(head) and (_speaks(head, language) or _is_name(statement, text, head))


def _find_head(words: str, voices: Voices) -> str:
    """Return the last word of a source before what only tells which one it is."""
    head = ""
    for word in _WORD.findall(words[:200])[:_MOST_WORDS]:
        if head and word.casefold() in voices.before:
            break
        head = word if word not in (",", "(") else head
    return head


@lru_cache(maxsize=5000)
def _speaks(head: str, language: str) -> bool:
    low = head.casefold().removesuffix("’s").removesuffix("'s").strip(".’'")
    voices, titles = read_voices()[language].voices, read_titles(language)
    forms = (low, low.removesuffix("s"), low.rpartition("-")[2])
    if any(form in voices or is_office(form, language) for form in forms):
        return True
    if any(form in titles.occupations for form in forms):
        return True
    is_agent = bool(titles.agents) and forms[1].endswith(titles.agents)
    return is_agent and head[0].islower() and forms[1] not in titles.no_agents


def _is_name(statement: Statement, text: str, head: str) -> bool:
    """Say whether a capital means something: inside a sentence, or two in one word."""
    if any(letter.isupper() for letter in head[1:]) and not head.isupper():
        return True
    span = statement.source_span
    if not head[0].isupper() or span is None or "\n" in statement.speaker_resolved:
        return False
    before = text[max(0, span[0] - 3) : span[0]].rstrip(" ")
    opens = span[0] == 0 or before[-1:] in _OPENS_SENTENCE
    # "Fire Officials" of a line in headline capitals has its first word at the opening as well.
    return not opens or (statement.speaker_resolved[0].islower() and head.istitle())


@cache
def read_voices() -> dict[str, Voices]:
    """Return the lists of `voices.toml` by language."""
    path = resources.files("dateline.claims.figures").joinpath("voices.toml")
    lists = tomllib.loads(path.read_text("utf-8"))
    return {
        language: Voices(frozenset(words["voices"].split()), frozenset(words["before"].split()))
        for language, words in lists.items()
    }
