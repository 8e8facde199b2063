"""Whether the words around a date speak of what is over or of what is to come."""

from dateline.claims.dates.words import Tense, fold
from dateline.claims.page import Token

_REACH = 18  # words on either side that are asked
_QUOTES = frozenset("“”„«»\"'‘’")
_STOPS = frozenset(".!?;…")


def look_around(tokens: list[Token], first: int, last: int, tense: Tense) -> bool | None:
    """Return True for what is to come, False for what is over, None where neither is said.

    The nearest verb before the date decides, and for a date that begins its sentence the first
    behind it. `first` and `last` are the date's own tokens, `last` not among them.
    """
    is_bound = first > 0 and fold(tokens[first - 1].text) in tense.bounds
    for at in range(first - 1, max(first - 1 - _REACH, -1), -1):
        if _ends_sentence(tokens, at):
            break
        told = _tell(tokens, at, tense)
        if told is not None:
            return told or (is_bound and not _is_perfect(tokens, at, tense))
    for at in range(last, min(last + _REACH, len(tokens))):
        if _ends_sentence(tokens, at) or tokens[at].text in _QUOTES:
            break
        told = _tell(tokens, at, tense)
        if told is not None:
            return told
    return True if is_bound else None


def _is_perfect(tokens: list[Token], at: int, tense: Tense) -> bool:
    return any(token.low in tense.perfect for token in tokens[max(at - 1, 0) : at + 1])


def _ends_sentence(tokens: list[Token], at: int) -> bool:
    mark = tokens[at].text
    if mark not in _STOPS:
        return False
    return mark == ";" or at + 1 >= len(tokens) or not tokens[at + 1].text[0].islower()


def _tell(tokens: list[Token], at: int, tense: Tense) -> bool | None:
    word = fold(tokens[at].text)
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
    if word in tense.past:
        return False
    if len(word) < 5 or word in tense.neither:
        return None
    if tense.future_endings and word.endswith(tense.future_endings):
        return True
    if tense.past_endings and word.endswith(tense.past_endings):
        before = tokens[at - 1].low if at else ""
        return None if before in tense.passive else False
    return None
