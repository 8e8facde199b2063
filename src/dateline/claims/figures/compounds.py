"""Numbers that a language writes as one word: German "zweihundertfünfzigtausend"."""

from dateline.claims.figures.lexicon import Numbers

_LONGEST = 60  # letters
_HUNDRED, _THOUSAND, _AND = "hundert", "tausend", "und"


def parse_compound(word: str, words: Numbers) -> float | None:
    """Return what a compound numeral means, None where the word is none."""
    if len(word) > _LONGEST:
        return None
    if _THOUSAND in word:
        head, _, tail = word.partition(_THOUSAND)
        above = _below_thousand(head, words) if head else 1.0
        below = _below_thousand(_without_and(tail), words) if tail else 0.0
        return None if above is None or below is None else above * 1000 + below
    return _below_thousand(word, words)


def _below_thousand(word: str, words: Numbers) -> float | None:
    if _HUNDRED not in word:
        return _below_hundred(word, words)
    head, _, tail = word.partition(_HUNDRED)
    above = words.small.get(head) if head else 1.0
    below = _below_hundred(_without_and(tail), words) if tail else 0.0
    return None if above is None or below is None else above * 100 + below


def _below_hundred(word: str, words: Numbers) -> float | None:
    known = words.small.get(word)
    if known is not None:
        return known
    head, mark, tail = word.partition(_AND)
    tens = words.small.get(tail) if mark else None
    if tens is None or tens % 10 or not 20 <= tens < 100:
        return None
    ones = 1.0 if head == "ein" else words.small.get(head)
    return tens + ones if ones is not None and 0 < ones < 10 else None


def _without_and(word: str) -> str:
    return word.removeprefix(_AND) if word.startswith(_AND) else word
