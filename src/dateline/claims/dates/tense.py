"""Whether the words around a date speak of what is over or of what is to come.

News tells in the past tense what is over, so that the present tense of what can be scheduled ("the
fair opens on Monday") speaks of what is to come, as do "by", "until" and "a session for" a day.
"""

from dateline.claims.dates.words import Tense, fold
from dateline.claims.page import Token

_REACH = 18  # words on either side that are asked
_PRESENT_REACH = 9  # words between a verb in the present tense and its date
_NOUN_REACH = 8  # words between "called" or "a session" and "for Wednesday"
_COMMAND_REACH = 4  # words between "asked" and "to come"
_LOOSE = 3  # a verb farther before the date than this yields to "would" right behind it
_QUOTES = frozenset("“”„«»\"'‘’")
_STOPS = frozenset(".!?;…")


def look_around(
    tokens: list[Token], first: int, last: int, tense: Tense, *, with_article: bool = True
) -> bool | None:
    """Return True for what is to come, False for what is over, None where neither is said.

    The nearest verb before the date decides, and for a date that begins its sentence the first
    behind it. `first` and `last` are the date's own tokens, `last` not among them. `with_article`:
    a date may have its article before it ("by the summer"), which else is a noun's.
    """
    if _is_scheduled_for(tokens, first, last, tense):
        return True
    has_article = first > 0 and fold(tokens[first - 1].text) in tense.articles
    is_bound = (with_article or not has_article) and is_behind(tokens, first, tense.bounds, tense)
    if _opens_clause(tokens, first, tense):
        told = _ask_behind(tokens, last, tense)
        if told is not None:
            return told
    at, told = _ask_before(tokens, first, tense)
    near = _ask_next(tokens, last, tense) if first - at > _LOOSE else None
    if near is True:
        return True
    if told is False and _is_of_event(tokens, first, tense):
        return near
    if told is not None:
        return told or (is_bound and not _is_perfect(tokens, at, tense))
    told = _ask_behind(tokens, last, tense)
    return True if told is None and is_bound else told


def is_behind(tokens: list[Token], first: int, words: frozenset[str], tense: Tense) -> bool:
    """Say whether one of some words, or two of them, stand before a date and its article."""
    before = [fold(token.text) for token in tokens[max(first - 3, 0) : first]]
    for start in (len(before), len(before) - 1):
        if start > 0 and (before[start - 1] in words or " ".join(before[:start][-2:]) in words):
            return True
        if start < 1 or before[start - 1] not in tense.articles:
            return False
    return False


def _opens_clause(tokens: list[Token], first: int, tense: Tense) -> bool:
    """Say whether a clause begins with the date: "decided that on Monday she will leave"."""
    for at in range(first - 1, max(first - 4, -1), -1):
        if tokens[at].low in tense.openers:
            return True
        if tokens[at].low not in tense.on and tokens[at].low not in tense.articles:
            return False
    return False


def _ask_before(tokens: list[Token], first: int, tense: Tense) -> tuple[int, bool | None]:
    """Return what the nearest verb before a date tells, and where it stands."""
    is_clear = True  # no other clause begins between
    for at in range(first - 1, max(first - 1 - _REACH, -1), -1):
        if _ends_sentence(tokens, at):
            break
        word = fold(tokens[at].text)
        told = _tell(tokens, at, word, tense)
        if told is None and is_clear and first - at <= _PRESENT_REACH:
            told = _tell_present(tokens, at, word, first, tense)
            is_clear = at == first - 1 or word not in tense.clauses
        if told is not None:
            return at, told
    return max(first - 1 - _REACH, -1), None


def _ask_behind(tokens: list[Token], last: int, tense: Tense) -> bool | None:
    is_clear, reach = True, 1 if tense.verb_second else _PRESENT_REACH
    for at in range(last, min(last + _REACH, len(tokens))):
        if _ends_sentence(tokens, at) or tokens[at].text in _QUOTES:
            break
        word = fold(tokens[at].text)
        told = _tell(tokens, at, word, tense)
        if told is None and is_clear and at - last < reach:
            told = _tell_present(tokens, at, word, last, tense)
            is_clear = at == last or word not in tense.clauses
        if told is not None:
            return told
    return None


def _ask_next(tokens: list[Token], last: int, tense: Tense) -> bool | None:
    """Return what the word right behind a date tells: "the rains of July would do"."""
    return _tell(tokens, last, fold(tokens[last].text), tense) if last < len(tokens) else None


def _is_scheduled_for(tokens: list[Token], first: int, last: int, tense: Tense) -> bool:
    """Say whether something is set for a day: "called a session for Wednesday"."""
    if not first or fold(tokens[first - 1].text) not in tense.toward:
        return False
    if "'" in fold(tokens[last - 1].text):
        return False  # "for Wednesday's session"
    for at in range(first - 2, max(first - 2 - _NOUN_REACH, -1), -1):
        if _ends_sentence(tokens, at):
            return False
        if fold(tokens[at].text) in tense.scheduled:
            return True
    return False


def _is_of_event(tokens: list[Token], first: int, tense: Tense) -> bool:
    """Say whether a date stands beside its event: "elections on 20 September"."""
    return first > 1 and (
        fold(tokens[first - 2].text) in tense.events and tokens[first - 1].low in tense.on
    )


def _is_perfect(tokens: list[Token], at: int, tense: Tense) -> bool:
    return any(token.low in tense.perfect for token in tokens[max(at - 1, 0) : at + 1])


def _ends_sentence(tokens: list[Token], at: int) -> bool:
    mark = tokens[at].text
    if mark not in _STOPS:
        return False
    return mark == ";" or at + 1 >= len(tokens) or not tokens[at + 1].text[0].islower()


def _tell_present(tokens: list[Token], at: int, word: str, date: int, tense: Tense) -> bool | None:
    """Return True where a word speaks of what is to come although it names no future."""
    if word in tense.present:
        return True if _is_verb(tokens, at, tense) else None
    if word in tense.copula:
        is_day = date - 2 <= at < date and tokens[date - 1].low in tense.on
        return True if is_day else None
    if word in tense.verb_mark and at + 1 < len(tokens) and tokens[at + 1].text[0].islower():
        before = tokens[at - 1].low if at else ""
        return True if before in tense.due or _is_command(tokens, at, tense) else None
    return None


def _is_verb(tokens: list[Token], at: int, tense: Tense) -> bool:
    """Say whether a word that may also be a noun is a verb by the word before it.

    Where the language has `subjects`, a form without -s has a plural, a name or one of them before.
    """
    if not at:
        return False
    before, word = tokens[at - 1], tokens[at]
    if (word.is_high and before.text not in _STOPS) or before.low in tense.nouns_after:
        return False
    if not tense.subjects:
        return True
    is_plural = before.low.endswith("s") and "'" not in fold(before.text)
    if word.low.endswith("s"):
        return not is_plural or before.is_high
    is_named = before.is_high and before.is_word and "'" not in fold(before.text)
    return is_plural or is_named or before.low in tense.subjects


def _is_command(tokens: list[Token], at: int, tense: Tense) -> bool:
    """Say whether somebody is asked to do something."""
    return any(token.low in tense.commands for token in tokens[max(at - _COMMAND_REACH, 0) : at])


def _tell(tokens: list[Token], at: int, word: str, tense: Tense) -> bool | None:
    if tokens[at].is_high and at and tokens[at - 1].text not in _STOPS:
        return None  # "May", "Will": no verb
    if word in tense.future or ("'" in word and word[word.index("'") :] in tense.future):
        return True
    if word in tense.future_to:
        following = tokens[at + 1 : at + 2]
        if following and following[0].low in tense.infinitive:
            return True
    if word in tense.hearsay:
        around = tokens[max(at - 2, 0) : at + 2 * _REACH]
        return not any(token.low in tense.hearsay_ends for token in around)
    if word in tense.staged and at and tokens[at - 1].low in tense.copula:
        return True
    if word in tense.past:
        return None if at and tokens[at - 1].low in tense.be else False
    if len(word) < 5 or word in tense.neither:
        return None
    if tense.future_endings and word.endswith(tense.future_endings):
        return True
    if tense.past_endings and word.endswith(tense.past_endings):
        return None if at and tokens[at - 1].low in tense.passive else False
    return None
