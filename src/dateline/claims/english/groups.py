"""Verbs of saying as they stand in a line: which form, with which auxiliaries, negated or not."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.claims.english.lexicon import Cue, Form, Frame, word_set
from dateline.claims.english.lines import Line
from dateline.claims.english.phrases import NOUNS, before_time
from dateline.model import Hedge

_BE = word_set("be")
_SMALL = frozenset("XMNR")
_PLURAL_SUBJECTS, _PLURAL_NOUNS = word_set("plural_subjects"), word_set("plural_nouns")
_NAMING, _POSSIBLE = word_set("naming"), word_set("possible")
_NEITHER = frozenset(("neither", "nor"))
_MEANS = word_set("means")
_LONGEST_NAME = 6  # tokens
_NESTED = 4  # quotations that may end behind the one that opened last
_ANY = Cue("", (Frame("quote", Hedge.SAID, 0.8),))
_ENDINGS = {"s": "is", "re": "are", "m": "am"}  # of "he's"; the others are like "will"


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with what belongs to it: tokens `first` up to, not with, `last`."""

    cue: Cue
    at: int  # of the verb itself
    first: int
    subject_end: int  # where a subject before it must end, before its adverbs
    last: int  # behind the particle
    form: str  # "finite", "passive", "to", "ing", "part"
    is_negated: bool
    is_past: bool
    is_possible: bool = False  # "could say", "would claim": nobody has said it yet


def find_groups(line: Line) -> Iterator[Group]:
    """Yield the verbs of saying of a line in order; words that are rather nouns are left out."""
    end_before = line.first
    for at in range(line.first, line.last):
        if at < end_before or line.tags[at] == "Q":
            continue
        group = _group_at(line, at)
        if group is not None:
            yield group
            end_before = group.last


def _group_at(line: Line, at: int) -> Group | None:
    lexicon, word = line.words.lexicon, line.low[at]
    phrasal = _be_forms(line, at) if line.tags[at] == "Y" else lexicon.phrasal.get(word, ())
    forms = (*phrasal, *lexicon.verbs.get(word, ()))
    if not forms and line.tags[at] == "E":
        return _any_verb(line, at)
    return next((group for form in forms if (group := _read(line, at, form)) is not None), None)


def _any_verb(line: Line, at: int) -> Group | None:
    """Take any verb for one of saying that ends or begins the attribution of a quotation."""
    first = at
    while first > line.first and line.tags[first - 1] == "R":
        first -= 1
    after = line.tags[at + 1] if at + 1 < line.last else "."
    if after not in ".,PRTBGKHDS:" or not _is_behind_quote(line, first, is_first=True):
        return None
    return Group(_ANY, at, first, first, at + 1, "finite", False, True)


def _be_forms(line: Line, at: int) -> tuple[Form, ...]:
    ending = "'" + line.low[at].rpartition("'")[2]
    return line.words.lexicon.phrasal.get(ending, ())


def _read(line: Line, at: int, form: Form) -> Group | None:
    last = _match_rest(line, at + 1, form.cue)
    if last is None:
        return None
    first = at
    while first > line.first and _is_small(line, first - 1):
        first -= 1
    if line.tags[at] == "Y":
        return Group(form.cue, at, at + 1, at + 1, last, "finite", False, False)
    before = line.low[first:at]
    is_negated = any(word in ("not", "never") or word.endswith("n't") for word in before)
    is_negated = is_negated or line.low[max(first - 1, line.first)] in _NEITHER
    if first > line.first and line.tags[first - 1] == "Y":
        ending = line.low[first - 1].rpartition("'")[2]
        before = [_ENDINGS.get(ending, "will"), *before]
    subject_end = before_time(line, first)
    while first < at and line.tags[first] == "R":
        first += 1
    kind = _kind(line, at, subject_end, before, form)
    is_past = "past" in form.forms or "had" in before or "was" in before or "were" in before
    if not kind:
        return None
    is_possible = any(word in _POSSIBLE for word in before)
    return Group(form.cue, at, first, subject_end, last, kind, is_negated, is_past, is_possible)


def _is_small(line: Line, at: int) -> bool:
    """Say whether a word before a verb belongs to it: auxiliaries, "not", adverbs, "once"."""
    return (line.tags[at] in _SMALL and line.low[at] != "well") or line.low[at] == "once"


def _match_rest(line: Line, at: int, cue: Cue) -> int | None:
    """Return the end of a cue of several words, None where they do not follow."""
    for number, word in enumerate(cue.rest):
        if number == 0 and at < line.last and line.tags[at] in "RN" and line.low[at] != word:
            at += 1  # "was never sure"
        if at >= line.last or line.low[at] != word:
            return None
        at += 1
    return at


def _kind(line: Line, at: int, first: int, before: list[str], form: Form) -> str:
    """Tell the kind of a verb from its form and what stands before it; "" where it is none."""
    forms = form.forms
    aux = [word for word in before if word not in ("not", "never")]
    has_be = any(word in _BE for word in aux)
    has_other = any(line.tags[place] in "XM" for place in range(first, at)) or aux[:1] == ["will"]
    previous = line.tags[first - 1] if first > line.first else ""
    if "ing" in forms:
        is_noun = previous in ("D", "Z")
        return "finite" if has_be else "" if is_noun else "ing"
    if "part" in forms and has_be:
        return "passive"
    if ("part" in forms or "base" in forms) and has_other:
        return "finite"
    if first > line.first and line.low[first - 1] == "to" and "base" in forms:
        return "to"
    if "past" in forms:
        return _past_kind(line, at, previous, form)
    return _present_kind(line, at, first, form)


def _present_kind(line: Line, at: int, first: int, form: Form) -> str:
    forms, lexicon = form.forms, line.words.lexicon
    previous = line.tags[first - 1] if first > line.first else ""
    if line.words.tokens[at].is_high and at > line.first and not line.is_headline:
        return ""  # "the United States"
    is_noun_too = form.cue.lemma in lexicon.also_nouns
    if is_noun_too and not (_goes_on(line, at + 1) or _is_behind_quote(line, first)):
        return ""
    if "s" in forms:
        is_plain = not is_noun_too and previous not in ("", "D", "Z")
        return "finite" if is_plain or _is_third(line, first, previous) else ""
    if "base" in forms:
        is_plain = not is_noun_too and previous != "" and previous in "KLHS#)"
        return "finite" if is_plain or _is_plural_verb(line, first, previous) else ""
    return "part" if "part" in forms else ""


def _goes_on(line: Line, at: int) -> bool:
    """Say whether what follows can be what a verb takes: "claims that", not "claims were"."""
    if at >= line.last:
        return line.words.low[at - 1] == "say"
    return line.tags[at] in 'DSOZKB":#HQR,YG' or line.low[at] in ("to", "for", "on", "about", "out")


def _is_behind_quote(line: Line, verb: int, *, is_first: bool = False) -> bool:
    """Say whether a verb ends “…,” Ann Roe notes: a quotation that asks who says so, and a name.

    `is_first`: the quotation has to begin the line and to end with a comma.
    """
    at = verb
    while at > max(line.first, verb - _LONGEST_NAME) and line.tags[at - 1] in "KHSDLAEW.":
        at -= 1
    if at <= line.first or line.tags[at - 1] not in "\"',":
        return False
    words, mark = line.words, at - 1 - (line.tags[at - 1] == ",")
    end = words.tokens[mark].end
    place = bisect_right(words.quotes, end, key=lambda quote: quote.outer[0]) - 1
    near = words.quotes[max(0, place - _NESTED) : place + 1]
    quote = next((quote for quote in near if quote.outer[1] == end), None)
    if quote is None or line.tags[words.at(quote.spans[0][0])] != "Q":
        return False
    has_comma = mark < at - 1 or words.text[quote.spans[-1][1] - 1] == ","
    if is_first:
        return has_comma and words.at(quote.outer[0]) <= line.first + 1
    return has_comma or words.text[quote.spans[-1][1] - 1] in "?!"


def _past_kind(line: Line, at: int, previous: str, form: Form) -> str:
    forms, lemma = form.forms, form.cue.lemma
    if "part" in forms and line.low[at - 1 : at] == ["not"] and at > line.first:
        return "part"  # "a claim not confirmed"
    after = line.tags[at + 1] if at + 1 < line.last else ""
    if "part" in forms:
        if line.low[at + 1 : at + 2] == ["by"] and _MEANS.isdisjoint(line.low[at + 2 : at + 3]):
            return "part"
        if previous in "DZ#P" and previous != "" and ("base" in forms or after == "E"):
            return ""  # "the cast"
        if previous in "DZ#P" and previous != "" and after in NOUNS | {"E"}:
            return ""  # "the proposed law"
    if previous == "L" and after in ("K", '"') and lemma in _NAMING:
        return "part"  # "a firm called Acme"
    return "finite"


def _is_third(line: Line, first: int, previous: str) -> bool:
    """Say whether a word in -s behind this is a verb: "he claims", not "the claims"."""
    if not previous:
        return line.words.tokens[first].is_high and line.last - first > 3 and line.is_headline
    if previous in "DPZ#EGC" or previous == "O":
        return previous == "C" or line.low[first - 1] == "it"
    after = line.tags[first + 1] if first + 1 < line.last else ""
    if line.low[first + 1 : first + 2] == ["to"] and line.tags[first + 2 : first + 3] != ["D"]:
        after = "A"  # "plans to sell"
    if previous == "L":
        is_noun = line.low[first - 1].endswith(line.words.lexicon.adjective_endings)
        if is_noun or (first - 2 >= line.first and line.tags[first - 2] == "P"):
            return False  # "verbal charges", "about crude remarks"
        return after not in "P.,VXM" or line.low[first - 1].endswith(("man", "er", "or", "ist"))
    return True


def _is_plural_verb(line: Line, first: int, previous: str) -> bool:
    """Say whether a bare form is a verb: "they claim", not "the claim"."""
    word = line.low[first - 1] if first > line.first else ""
    if not previous:
        return False  # a request
    if word in _PLURAL_SUBJECTS or previous in "SC":
        return True
    if previous == "L" and word.endswith(line.words.lexicon.adjective_endings):
        return False
    if previous in "KLH" and previous != "":
        return (word.endswith("s") and not word.endswith("ss")) or word in _PLURAL_NOUNS
    return previous == ")"
