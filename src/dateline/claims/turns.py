"""What a statement is to what its speaker has said before: told anew, denied, taken back, withheld.

A cue tells most of it ("denied", "withdrew his claim that"); what it is about stands behind a
noun in some ("denied reports that …"), or inside ("said his claim that … was wrong"). Compared are
the words of what was denied or taken back alone.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dateline.claims.likeness import Meaning, Saying
from dateline.claims.terms import find_terms, list_content
from dateline.model import Hedge, Statement, StatementKind
from dateline.text import base_language

_LONGEST_HEAD = 8  # words: "persistent reports in the local press that"
_LONGEST_START = 100  # code points in which the first words of a content stand
_LONGEST_VERDICT = 3  # words of "had been simply wrong"


@dataclass(frozen=True, slots=True)
class _Words:
    """How a language tells what is denied or taken back."""

    heads: frozenset[str]  # nouns before "that"
    that: frozenset[str]
    owners: frozenset[str]  # "he", "his": the speaker again, inside what they say
    be: frozenset[str]
    wrong: frozenset[str]
    saying: frozenset[str]  # "to say", "when she said"
    regret: frozenset[str]  # "he regretted saying that"
    between: frozenset[str]  # words between "wrong" and these
    knowing: frozenset[str]  # whose denial leaves open what is known


def make_saying(
    said: Statement, language: str, terms: Mapping[str, int], meaning: Meaning | None = None
) -> Saying:
    """Return a statement as it is compared; `terms` are those of its whole content."""
    # Quoted words are those of the denial itself: "denied it: “We were not there”".
    reported = said.kind is not StatementKind.DIRECT
    denied = reported and said.hedge is Hedge.DENIED
    withdrawn = reported and said.hedge is Hedge.WITHDRAWN
    content = said.content
    withheld = reported and (said.negated or (denied and _is_unaware(content, language)))
    if reported and not withheld and not withdrawn:
        corrected = "" if denied else _find_corrected(content, language)
        withdrawn = bool(corrected)
        content = corrected or (_strip_head(content, language) if denied else content)
    if content != said.content:
        kept = set(find_terms(list_content(content), language))
        terms = {term: count for term, count in terms.items() if term in kept}
    return Saying(
        content=content,
        kind=said.kind,
        language=language,
        terms=terms,
        denied=denied,
        withheld=withheld,
        withdrawn=withdrawn,
        meaning=meaning,
    )


def _is_unaware(content: str, language: str) -> bool:
    """Say whether it is knowledge that is denied: "denied knowing that it had rained"."""
    words = _load(base_language(language))
    low = content[:_LONGEST_START].casefold().split()[:_LONGEST_VERDICT]
    return words is not None and not words.knowing.isdisjoint(low)


def _strip_head(content: str, language: str) -> str:
    """Return what is denied behind "reports that", or all of it."""
    words = _load(base_language(language))
    if words is None:
        return content
    parts = content.split()
    low = [part.strip(",;").casefold() for part in parts[:_LONGEST_HEAD]]
    for at, word in enumerate(low):
        if word in words.that:
            is_headed = not words.heads.isdisjoint(low[:at])
            return " ".join(parts[at + 1 :]) if is_headed else content
    return content


def _find_corrected(content: str, language: str) -> str:
    """Return what somebody says they were wrong to say; "" where they say nothing of the kind."""
    words = _load(base_language(language))
    if words is None:
        return ""
    parts = content.split()
    low = [part.strip(",;.“”\"'").casefold() for part in parts]
    if len(low) < 2 * _LONGEST_VERDICT or low[0] not in words.owners:
        return ""
    return _behind_verdict(parts, low, words) or _before_verdict(parts, low, words)


def _behind_verdict(parts: list[str], low: list[str], words: _Words) -> str:
    """Read "she had been wrong to say that it rained"."""
    at = 1
    while at <= _LONGEST_VERDICT and low[at] in words.be:
        at += 1
    if low[1] not in words.regret and (at == 1 or low[at] not in words.wrong):
        return ""
    for place in range(at + 1, min(at + 5, len(low) - 1)):
        if low[place] in words.saying:
            begin = place + 1 + (low[place + 1] in words.that)
            return " ".join(parts[begin:])
        if low[place] not in words.between:
            return ""
    return ""


def _before_verdict(parts: list[str], low: list[str], words: _Words) -> str:
    """Read "her comment that it rained was wrong"."""
    end = len(low) - 1
    if low[end] not in words.wrong:
        return ""
    while end > 0 and (low[end] in words.wrong or low[end] in words.be or low[end] in ("a", "an")):
        end -= 1
    is_verdict = any(word in words.be for word in low[end + 1 :])
    for at in range(1, min(_LONGEST_HEAD, end)):
        if low[at] in words.that:
            is_other = any(mark in part for part in parts[1:at] for mark in "'’")
            is_headed = low[at - 1] in words.heads and not is_other  # "his students' claim"
            return " ".join(parts[at + 1 : end + 1]) if is_verdict and is_headed else ""
    return ""


@cache
def _load(language: str) -> _Words | None:
    body = resources.files("dateline.claims").joinpath("turns.toml").read_text("utf-8")
    table = tomllib.loads(body).get(language)
    if table is None:
        return None
    sets = {name: frozenset(text.split()) for name, text in table.items()}
    return _Words(**{name: sets.get(name, frozenset()) for name in _Words.__dataclass_fields__})
