"""One speaker that is no person whose name stands in several cases: one name, one key.

"Der Generalstab teilte mit" and "nach Darstellung des Generalstabs", "Полиция сообщила" and "по
данным полиции": a source behind a phrase of ascribing stands in another case than a subject, and
takes the name and key of the subject that has the same words.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from dateline.claims.naming.folding import fold_name_word
from dateline.claims.naming.forms import INFLECTED, is_same_word
from dateline.claims.naming.lexicon import read_grammar
from dateline.model import EntityKind, Hedge, Statement

_CASED = (*INFLECTED, "de")
_STEM = 3  # letters of its first word that forms of one name share
_MOST = 40  # subjects of one beginning among which one is sought
_MOST_WORDS = 12


def join_forms(statements: Sequence[Statement], language: str) -> list[Statement]:
    """Return statements, what is ascribed to no person with the subject's name and key."""
    if language not in _CASED:
        return list(statements)
    subjects: dict[str, list[tuple[list[str], Statement]]] = defaultdict(list)
    for one in statements:
        words = _list_words(one, language) if one.hedge is not Hedge.ACCORDING else []
        if words and len(subjects[_stem(words)]) < _MOST:
            subjects[_stem(words)].append((words, one))
    return [_join(one, subjects, language) for one in statements]


def _join(
    one: Statement, subjects: dict[str, list[tuple[list[str], Statement]]], language: str
) -> Statement:
    words = _list_words(one, language)
    if not words or one.hedge is not Hedge.ACCORDING:
        return one
    for written, subject in subjects.get(_stem(words), ()):
        if len(written) == len(words) and all(
            is_same_word(a, b, language) for a, b in zip(written, words, strict=True)
        ):
            return replace(
                one,
                speaker_resolved=subject.speaker_resolved,
                speaker_key=subject.speaker_key,
                speaker_kind=subject.speaker_kind,
            )
    return one


def _list_words(one: Statement, language: str) -> list[str]:
    """Return the words of a speaker that is nobody and no place, without articles, else nothing."""
    if one.speaker_kind not in (None, EntityKind.ORGANISATION) or not one.speaker_key:
        return []
    words = one.speaker.casefold().split()[: _MOST_WORDS + 1]
    kept = [word for word in words if word not in read_grammar(language).the]
    return kept if len(kept) <= _MOST_WORDS else []


def _stem(words: list[str]) -> str:
    return fold_name_word(words[0])[:_STEM]
