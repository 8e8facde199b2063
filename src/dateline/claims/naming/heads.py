"""Which of the names inside a phrase the phrase is about."""

import re
from collections.abc import Sequence

from dateline.claims.naming.lexicon import read_grammar, read_titles
from dateline.model import Entity, EntityKind, Span

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*|[,;(–—]")
_OWNING = re.compile(r"[’'ʼ]s\b|s[’'](?=\s)")
_EDGE = " \t\n\u00a0\"“”„«»‘’'.,;:()[]–—-…"
_JOINING = frozenset("who whose which that and or with from to by about against on".split())
Mention = tuple[Span, Entity]


def find_head(text: str, span: Span, inside: Sequence[Mention], language: str) -> Entity | None:
    """Return the entity of the mention that a phrase is about, None where it is about another.

    "spokesman Hirokazu Matsuno" is about the last name, "a spokesman for the Foreign Ministry" about
    none; "the deputy director, Matt Morrison," about who is named behind the comma.
    """
    cut = _find_cut(text, span, inside, language)
    last = [mention for mention in inside if mention[0][0] < cut]
    if last and _ends_at(text, last[-1][0][1], cut):
        return last[-1][1]
    if cut < span[1] and text[cut] in ",–—(":
        behind = [mention for mention in inside if mention[0][0] > cut]
        if behind and behind[0][1].kind is EntityKind.PERSON:
            return behind[0][1] if _opens(text, cut + 1, behind[0][0], language) else None
        return None
    return _find_titled(text, (cut, span[1]), inside)


def _find_cut(text: str, span: Span, inside: Sequence[Mention], language: str) -> int:
    """Return where the first part of a phrase ends: at a comma or a word that opens another part."""
    of = read_grammar(language).of | _JOINING
    covered = iter(inside)
    lies = next(covered, None)
    for match in _WORD.finditer(text, *span):
        while lies is not None and lies[0][1] <= match.start():
            lies = next(covered, None)
        if lies is not None and lies[0][0] <= match.start():
            continue
        if match.group() in ",;(–—" or match.group().casefold() in of:
            if text[span[0] : match.start()].strip(_EDGE):
                return match.start()
    return span[1]


def _ends_at(text: str, end: int, cut: int) -> bool:
    return not text[end:cut].strip(_EDGE) and not _OWNING.match(text, end)


def _opens(text: str, start: int, mention: Span, language: str) -> bool:
    """Say whether a name, with at most its title before it, opens what stands behind a comma."""
    words = text[start : mention[0]].strip(_EDGE).casefold().split()
    titles = read_titles(language)
    return all(word in titles.nouns or word in titles.modifiers for word in words)


def _find_titled(text: str, rest: Span, inside: Sequence[Mention]) -> Entity | None:
    """Read "the president of Ukraine Volodymyr Zelensky": a person right behind what is led."""
    behind = [mention for mention in inside if mention[0][0] >= rest[0]]
    for (lies, entity), (after, person) in zip(behind, behind[1:], strict=False):
        is_near = not text[lies[1] : after[0]].strip() and entity.kind is not EntityKind.PERSON
        if is_near and person.kind is EntityKind.PERSON:
            return person
    return None
