"""Which of the names inside a phrase the phrase is about."""

import re
from collections.abc import Sequence
from itertools import pairwise

from dateline.claims.naming.lexicon import (
    BARE_GENITIVE,
    NOUNS_HIGH,
    is_office,
    read_grammar,
    read_small,
    read_titles,
)
from dateline.model import Entity, EntityKind, Span

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*|[,;(–—]")
_OWNING = re.compile(r"[’'ʼ]s\b|s[’'](?=\s)")
_BRACKETED = re.compile(r"\([^()]*\)")  # "Ann Vale (CDU)"
_EDGE = " \t\n\u00a0\"“”„«»‘’'.,;:()[]–—-…"
_OPENING = "\"“„«‘'(["
_BOTH = read_small("both")
_JOINING = read_small("joining")
Mention = tuple[Span, Entity]


def find_head(text: str, span: Span, inside: Sequence[Mention], language: str) -> Entity | None:
    """Return the entity of the mention that a phrase is about, None where it is about another.

    "spokesman Ann Vale" is about the last name, "a spokesman for the ministry" about none; "the
    deputy director, Ann Vale," about who is named behind the comma.
    """
    cut = _find_cut(text, span, inside, language)
    last = [mention for mention in inside if mention[0][0] < cut]
    is_bare = language in BARE_GENITIVE or language == "el"
    if last and is_bare and _is_owner(text, span, last[-1], language):
        return None
    if last and _ends_at(text, _skip_kinds(text, last[-1], cut, language), cut):
        if _names_more(text, cut):
            return None
        return last[-1][1]
    is_closed = cut < span[1] and text[cut] == "(" and ")" in text[cut : span[1]]
    if cut < span[1] and text[cut] in ",–—(" and not (is_closed and language in BARE_GENITIVE):
        behind = [mention for mention in inside if mention[0][0] > cut]
        if behind and behind[0][1].kind is EntityKind.PERSON:
            return behind[0][1] if _opens(text, cut + 1, behind[0][0], language) else None
        return None
    return _find_titled(text, (cut, span[1]), inside) or _find_apposed(text, span, inside, language)


def _is_owner(text: str, span: Span, mention: Mention, language: str) -> bool:
    """Say whether words before a name have it as their owner: "глава МИД", "власти Киева".

    Where neither article nor preposition shows a genitive, a name is what a phrase is about only
    behind what it is: a title before a person, "агентство" before an organisation.
    """
    (start, end), entity = mention
    grammar = read_grammar(language)
    before = text[span[0] : start]
    words = [word.strip(_EDGE).casefold() for word in before.split()]
    words = [word for word in words if word not in grammar.the]
    if not words:
        return False
    if entity.kind is EntityKind.PERSON:
        return language in BARE_GENITIVE and text[start:end].islower()  # "помощник президента"
    if not before[-1].isspace() and before[-1] not in _OPENING:
        return True  # "NET" of "ZAXID.NET"
    if entity.kind is EntityKind.PLACE:
        return True
    return not all(word in grammar.kinds for word in words)


def _find_cut(text: str, span: Span, inside: Sequence[Mention], language: str) -> int:
    """Return where the first part of a phrase ends: at a comma or a joining word."""
    of = read_grammar(language).of | _JOINING
    covered = iter(inside)
    lies = next(covered, None)
    for match in _WORD.finditer(text, *span):
        while lies is not None and lies[0][1] <= match.start():
            lies = next(covered, None)
        if lies is not None and lies[0][0] <= match.start():
            continue
        low = match.group().casefold()
        is_and = low in _BOTH and not any(
            span[0] <= at[0] < match.start() for at, _ in inside[:1]
        )  # "chairman and chief executive Richard Smith"
        is_cut = match.group() in ",;(–—" or (low in of and not is_and)
        if is_cut and text[span[0] : match.start()].strip(_EDGE):
            return match.start()
    return span[1]


def _skip_kinds(text: str, mention: Mention, cut: int, language: str) -> int:
    """Step over "news agency" behind the name of one; return where what follows begins."""
    end = mention[0][1]
    if mention[1].kind is not EntityKind.ORGANISATION or end >= cut:
        return end
    words = text[end:cut].strip(_EDGE).casefold().split()
    is_kind = bool(words) and all(word in read_grammar(language).kinds for word in words)
    return cut if is_kind else end


def _names_more(text: str, cut: int) -> bool:
    """Say whether others stand behind "and": such a phrase is about nobody alone."""
    return text[cut : cut + 4].split(" ")[0] in _BOTH


def _ends_at(text: str, end: int, cut: int) -> bool:
    # "Trump's" alone speaks as Trump, "Trump's lawyers" do not.
    behind = _OWNING.sub("", text[end:cut], count=1) if _OWNING.match(text, end) else text[end:cut]
    return not behind.strip(_EDGE)


def _opens(text: str, start: int, mention: Span, language: str) -> bool:
    """Say whether a name, with at most its title before it, opens what stands behind a comma."""
    words = text[start : mention[0]].strip(_EDGE).casefold().split()
    titles = read_titles(language)
    return all(word in titles.nouns or word in titles.modifiers for word in words)


def _find_apposed(text: str, span: Span, inside: Sequence[Mention], language: str) -> Entity | None:
    """Read "the head of the regional police, Ann Vale": the only person, at the end.

    Where a noun needs no comma before a name (German, Russian), the one right before it must be no
    office:
    "der Leiter der Behörde Ann Vale", not "ein Sprecher des Ministers Ann Vale".
    """
    people = [mention for mention in inside if mention[1].kind is EntityKind.PERSON]
    if len(people) != 1:
        return None
    lies, entity = people[0]
    if _BRACKETED.sub("", text[lies[1] : span[1]]).strip(_EDGE):
        return None
    before = text[span[0] : lies[0]].rstrip()
    if before.endswith(","):
        return entity
    is_bare = language in NOUNS_HIGH or language in BARE_GENITIVE
    return entity if is_bare and _is_led(before, language) else None


def _is_led(before: str, language: str) -> bool:
    """Say whether the words before a name begin with an office and end in a noun that is none."""
    words = before.split()
    offices = [n for n, word in enumerate(words) if is_office(word.casefold(), language)]
    is_noun = words[-1][0].isupper() or language in BARE_GENITIVE
    return bool(offices) and offices[-1] < len(words) - 1 and is_noun


def _find_titled(text: str, rest: Span, inside: Sequence[Mention]) -> Entity | None:
    """Read "the president of Ukraine Volodymyr Zelensky": a person right behind what is led."""
    behind = [mention for mention in inside if mention[0][0] >= rest[0]]
    for (lies, entity), (after, person) in pairwise(behind):
        is_near = not text[lies[1] : after[0]].strip() and entity.kind is not EntityKind.PERSON
        if is_near and person.kind is EntityKind.PERSON:
            return person
    return None
