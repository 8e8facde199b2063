"""Whom a statement is from: the entity that its source means, by name, office or pronoun.

A source that names nobody ("a spokesman", "two officials") stays as written. A pronoun is resolved
where one person stands out: by sex, by who spoke last, by how near and as what they were named.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.claims.names import Names
from dateline.claims.naming.folding import make_slug
from dateline.claims.naming.joining import join_forms
from dateline.claims.naming.lexicon import Grammar, Titles, read_grammar, read_small, read_titles
from dateline.claims.page import LONGEST_TEXT, Page
from dateline.model import Entity, EntityKind, Span, Statement, StatementKind

_ARTICLE = re.compile(
    r"(?:the|a|an|der|die|das|ein|eine|le|la|les|l['’]|un|une|el|los|las|una|ο|η|το|οι)\b\s*",
    re.IGNORECASE,
)
_EDGE = " \t\n\u00a0\"“”„«»‘’'.,;:()[]–—-…"
_BY = read_small("by")
_FIRST = read_small("first")
_JOINING = read_small("both") | read_small("joining")
_ANYBODY = read_small("anybody")
_REACH = 4  # sentences back in which a pronoun's person may stand
_MOST = 60  # mentions among which a pronoun's person is sought
_UNCLEAR = 0.8  # lead below which a pronoun’s person is not clear
_UNCLEAR_CONFIDENCE = 0.75  # below what is shown: the wrong speaker is worse than none
_AND, _OF = ("and", "&"), ("of", "for")  # inside the names of bodies
_LONGEST_ONE = 2  # "A " in front of a word
_LONGEST_GAP = 3  # marks between a name and its "who"


def resolve_speakers(
    page: Page, names: Names, statements: Sequence[Statement]
) -> tuple[Statement, ...]:
    """Return the statements, in order, with who speaks resolved: name, key, kind, role."""
    resolving = _Resolving(page, names, statements)
    resolved = [resolving.resolve(statement) for statement in statements]
    return tuple(join_forms(resolved, page.language))


def name_hearers(
    page: Page, names: Names, statements: Sequence[Statement]
) -> tuple[Statement, ...]:
    """Return the statements with who was told by name, where the words told end in one.

    "the American television network CNN" is CNN; `told_to_span` stays that of all the words, and
    "the press" stays as it is.
    """
    return tuple(_name_hearer(page, names, statement) for statement in statements)


def _name_hearer(page: Page, names: Names, statement: Statement) -> Statement:
    span = statement.told_to_span
    if span is None:
        return statement
    inside = names.within(span)
    if not inside:
        return statement
    start, end = max((lies for lies, _ in inside), key=lambda lies: (lies[1], -lies[0]))
    text = page.text
    before, behind = text[span[0] : start].strip(_EDGE), text[end : span[1]].strip(_EDGE)
    entity = inside[-1][1]
    if behind or not before or entity.kind is EntityKind.PLACE:
        return statement
    words = before.casefold().split()
    # "a committee of the Senate" is not the Senate, "the BBC and CNN" not CNN alone.
    grammar = read_grammar(names.language)
    words = words[1:] if words[0] in grammar.the else words  # „der Zeitung Spiegel“
    if any(word.strip(_EDGE) in grammar.of or word in _JOINING for word in words) or "," in before:
        return statement
    if names.within((span[0], start)) and entity.kind is not EntityKind.PERSON:
        near = names.within((span[0], start))[-1][1]
        if near.kind is not EntityKind.PLACE:
            return statement  # "Fox’s Sunday programme Vale Hour"
    return replace(statement, told_to=text[start:end])


def add_pronouns(names: Names, statements: Sequence[Statement]) -> Names:
    """Return the names with pronouns that are sources of statements as mentions of their person."""
    spans: dict[str, set[Span]] = {}
    for statement in statements:
        if statement.source_span is not None and statement.speaker_kind is EntityKind.PERSON:
            spans.setdefault(statement.speaker_key, set()).add(statement.source_span)
    pronouns = read_grammar(names.language)
    known = pronouns.he | pronouns.she
    entities = []
    for entity in names.entities:
        told = spans.get(entity.key, set()) if entity.kind is EntityKind.PERSON else set()
        more = {span for span in told if names.text[slice(*span)].casefold() in known}
        mentions = tuple(sorted({*entity.mentions, *more}))
        entities.append(replace(entity, mentions=mentions))
    return replace(names, entities=tuple(entities))


@dataclass(frozen=True, slots=True)
class _Found:
    """Who a source is, and how sure that is."""

    name: str
    key: str
    kind: EntityKind | None = None
    role: str = ""
    sure: float = 1.0


class _Resolving:
    def __init__(self, page: Page, names: Names, statements: Sequence[Statement]) -> None:
        self.page, self.names = page, names
        direct = (one for one in statements if one.kind is StatementKind.DIRECT)
        self.quoted = sorted(span for one in direct for span in one.spans)
        self.grammar: Grammar = read_grammar(page.language)
        self.titles: Titles = read_titles(page.language)
        self.small = self.grammar.of | self.grammar.who | _BY | _JOINING
        # What somebody says in many sentences brings nobody farther away.
        starts = (start for start, _ in page.sentences)
        self.starts = [start for start in starts if not self._is_quoted((start, start))]
        self.done: list[Statement] = []
        self.last: Entity | None = None  # the person who spoke last
        self.last_at = 0

    def resolve(self, statement: Statement) -> Statement:
        found = self._find(statement)
        if found is None:
            self.done.append(statement)
            return statement
        resolved = replace(
            statement,
            speaker_resolved=found.name,
            speaker_key=found.key,
            speaker_kind=found.kind,
            role=found.role,
            confidence=statement.confidence * found.sure,
        )
        self.done.append(resolved)
        return resolved

    def _find(self, statement: Statement) -> _Found | None:
        span = statement.source_span
        if span is None or not statement.speaker:
            return None
        low = self._bare(statement.speaker.strip(_EDGE).casefold())
        sure = 1.0
        if low in self.grammar.he or low in self.grammar.she:
            unnamed = self._find_unnamed(statement, span)
            if unnamed is not None:
                return self._again(unnamed)
            entity, sure = self._find_by_pronoun(statement, span, low)
        elif low in self.grammar.who:
            entity = self._find_antecedent(span)
        elif low in _FIRST or low in self.grammar.they:
            return self._find_spoken(statement, low) or self._keep(statement)
        else:
            entity = self.names.at(span) or self._find_author(span)
            if entity is not None and self._is_cut(entity, span):
                return self._keep(statement)
        if entity is None:
            return self._keep(statement)
        if entity.kind is EntityKind.PERSON:
            self.last, self.last_at = entity, span[0]
        return _Found(entity.name, entity.key, entity.kind, entity.role, sure)

    def _bare(self, low: str) -> str:
        """Return a pronoun without the article that Greek puts before it: "ο ίδιος"."""
        first, _, last = low.rpartition(" ")
        is_pronoun = last in self.grammar.he or last in self.grammar.she
        return last if first in self.grammar.the and is_pronoun else low

    def _keep(self, statement: Statement) -> _Found:
        """Return the speaker as written; a sentence's capital is not the article's."""
        words = statement.speaker.strip(" ,;:–—")
        article = _ARTICLE.match(words)
        if article and article.end() > _LONGEST_ONE and article.group().isupper():
            article = None  # "UN officials"
        if article:
            words = words[0].lower() + words[1:]
        bare = words[article.end() :] if article else words
        if self._is_pronoun(words.casefold()):
            return _Found(words, "")  # nobody knows whose words these are: they meet no others
        return _Found(words, make_slug(bare.split()) or make_slug(words.split()))

    def _is_cut(self, entity: Entity, span: Span) -> bool:
        """Say whether a name is a piece of a longer one: "Devon and | Cornwall Police"."""
        lies = next((lies for lies, one in self.names.within(span) if one is entity), None)
        if lies is None or entity.kind is EntityKind.PLACE:
            return False
        text = self.page.text
        before, behind = text[span[0] : lies[0]].split(), text[lies[1] : span[1]].split()
        if before and before[-1] == "to":
            return True  # "a letter to Ann Roe"
        if entity.kind is not EntityKind.ORGANISATION:
            return False
        is_joined = len(before) > 1 and before[-1] in _AND and before[-2][0].isupper()
        is_open = len(behind) > 1 and behind[0] in _OF and any(w[0].isupper() for w in behind[1:3])
        further = self.names.within((lies[1], span[1]))
        is_placed = any(one.kind is EntityKind.PLACE for _, one in further)
        return is_joined or (is_open and not is_placed)  # "the Health Ministry of Gaza"

    def _is_pronoun(self, low: str) -> bool:
        known = (self.grammar.he, self.grammar.she, self.grammar.they, self.grammar.who)
        return low in _FIRST or low in _ANYBODY or any(low in words for words in known)

    def _find_author(self, span: Span) -> Entity | None:
        """Return who "a cable from the Jiji news agency" is from."""
        inside = self.names.within(span)
        tokens = self.page.tokens_in(span)
        for number, token in enumerate(tokens[:8]):
            if token.low in self.grammar.documents:
                return self._find_behind(
                    [one.low for one in tokens[number + 1 : number + 2]], inside, span, token.end
                )
            if token.low in self.grammar.of and number > 1:
                return None
        return None

    def _find_behind(
        self, joined: list[str], inside: Sequence[tuple[Span, Entity]], span: Span, at: int
    ) -> Entity | None:
        behind = next(((lies, one) for lies, one in inside if lies[0] > at), None)
        if not joined or behind is None:
            return None
        if behind[1].kind is EntityKind.PLACE and joined[0] in ("of", "in", "on"):
            return None  # "a poll of South Carolina"
        if behind[0][0] <= at + 2:  # "Meinung Russlands", "nach Angaben Putins"
            return behind[1]
        if joined[0] not in _BY and joined[0] not in self.grammar.of:
            return None
        start = at + 1 + len(joined[0]) + 1
        return self.names.at((min(start, behind[0][0]), span[1]))

    def _find_antecedent(self, span: Span) -> Entity | None:
        """Return whom "who" goes with: the person right before it or its apposition."""
        sentence = self.page.sentence_at(span[0])
        before = self.names.before((sentence[0], span[0]), _MOST)
        if not before:
            return None
        lies, entity = before[-1]
        if entity.kind is EntityKind.PERSON and self._is_gap(lies[1], span[0]):
            return entity
        people = [(at, one) for at, one in before if one.kind is EntityKind.PERSON]
        if not people:
            return None
        lies, entity = people[-1]
        behind = self.page.text[lies[1] : span[0]]
        # "Dmytro Kuleba, the foreign minister of Ukraine, who said": one apposition between.
        is_apposition = behind.startswith(",") and behind.rstrip().endswith(",")
        return entity if is_apposition and behind.count(",") == 2 else None

    def _is_gap(self, start: int, end: int) -> bool:
        gap = self.page.text[start:end]
        return len(gap) <= _LONGEST_GAP and not gap.strip(_EDGE)

    def _find_spoken(self, statement: Statement, low: str) -> _Found | None:
        """Return who says "I" in another's words, or whom "they" takes up."""
        if low in _FIRST:
            outer = self._outer(statement)
            return self._again(outer) if outer is not None else None
        before = next((one for one in reversed(self.done) if one.speaker_resolved), None)
        if before is None or before.source_span is None or statement.source_span is None:
            return None
        is_near = self._distance(before.source_span[0], statement.source_span[0]) <= 2
        is_group = before.speaker_kind is None or before.speaker_kind is EntityKind.ORGANISATION
        return self._again(before) if is_near and is_group else None

    def _find_unnamed(self, statement: Statement, span: Span) -> Statement | None:
        """Return what someone without a name said right before: "The teacher said …. She added"."""
        before = next((one for one in reversed(self.done) if one.inside is None), None)
        if before is None or before.source_span is None or statement.inside is not None:
            return None
        is_one = before.speaker_kind is None and self._is_role(before.speaker, statement.speaker)
        is_near = self._distance(before.source_span[0], span[0]) <= 1
        return before if is_one and is_near else None

    def _is_role(self, speaker: str, pronoun: str) -> bool:
        """Say whether a source is one person by office or trade, whom the pronoun fits."""
        words = [word.strip(_EDGE) for word in speaker.casefold().split()]
        if not words:
            return False
        ends = (at for at, word in enumerate(words) if word in self.small)
        head = words[next(ends, len(words)) - 1]
        is_person = head in self.titles.nouns or head in self.titles.occupations
        sex = "m" if pronoun.strip(_EDGE).casefold() in self.grammar.he else "f"
        return is_person and self.titles.genders.get(head, sex) == sex

    def _outer(self, statement: Statement) -> Statement | None:
        if statement.inside is None or not 0 <= statement.inside < len(self.done):
            return None
        outer = self.done[statement.inside]
        return outer if outer.speaker_resolved else None

    def _again(self, one: Statement) -> _Found:
        return _Found(one.speaker_resolved, one.speaker_key, one.speaker_kind, one.role)

    def _distance(self, first: int, second: int) -> int:
        """Return how many sentences lie between two places."""
        a, b = (bisect_right(self.starts, at) for at in (first, second))
        return b - a

    def _find_by_pronoun(
        self, statement: Statement, span: Span, low: str
    ) -> tuple[Entity | None, float]:
        sex = "m" if low in self.grammar.he else "f"
        reach = (
            self.starts[max(bisect_right(self.starts, span[0]) - 1 - _REACH, 0)]
            if self.starts
            else 0
        )
        scores: dict[str, tuple[float, Entity]] = {}
        for lies, entity in self.names.before((reach, span[0]), _MOST):
            if entity.kind is not EntityKind.PERSON or self._clashes(entity, sex):
                continue
            score = self._score(lies, entity, span, statement)
            if score >= scores.get(entity.key, (-9.0, entity))[0]:
                scores[entity.key] = (score, entity)
        if self.last is not None and not self._clashes(self.last, sex):
            far = self._distance(self.last_at, span[0])
            bonus = 2.0 if far <= 1 else 1.2 if far <= 3 else 0.0
            base = scores.get(self.last.key, (0.0, self.last))[0]
            if bonus:
                scores[self.last.key] = (base + bonus, self.last)
        ranked = sorted(scores.values(), key=lambda pair: -pair[0])
        if not ranked:
            return None, 1.0
        is_clear = len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= _UNCLEAR
        return ranked[0][1], 1.0 if is_clear else _UNCLEAR_CONFIDENCE

    def _clashes(self, entity: Entity, sex: str) -> bool:
        return self.names.sexes.get(entity.key, sex) != sex

    def _score(self, lies: Span, entity: Entity, span: Span, statement: Statement) -> float:
        """Return how likely a mention is what a pronoun takes up: near, a subject, of known sex."""
        far = self._distance(lies[0], span[0])
        score = {0: 2.0, 1: 2.0, 2: 1.2, 3: 0.6}.get(far, 0.2)
        sentence = self.page.sentence_at(lies[0])
        opening = self.page.text[sentence[0] : lies[0]] if lies[0] - sentence[0] < 80 else ",,"
        if opening.count(" ") <= 6 and "," not in opening:
            score += 1.0
        if entity.key in self.names.sexes:
            score += 0.5
        if self.page.text[lies[1] : lies[1] + 2] in ("’s", "'s"):
            score -= 0.8
        if self._is_modifier(lies):
            score -= 1.5
        outer = self._outer(statement)
        if outer is not None and outer.speaker_key == entity.key:
            score += 1.5
        if self._is_quoted(lies):
            score -= 1.5
        elif any(start <= lies[0] < end for start, end in statement.spans):
            score -= 1.0
        return score

    def _is_modifier(self, lies: Span) -> bool:
        """Say whether a name tells which thing is meant: "the Clinton campaign"."""
        before = self.page.text[max(0, lies[0] - 5) : lies[0]].casefold()
        behind = self.page.text[lies[1] : lies[1] + 2]
        return before.endswith(("the ", "a ", "an ")) and behind[:1] == " " and behind[1:].islower()

    def _is_quoted(self, lies: Span) -> bool:
        """Say whether a mention stands in someone's own words: that one is spoken of."""
        number = bisect_right(self.quoted, (lies[0], LONGEST_TEXT)) - 1
        return number >= 0 and self.quoted[number][1] > lies[0]
