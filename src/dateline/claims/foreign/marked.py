"""What kind of words stand in quotation marks: a name, a few words, or what someone said."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.claims.quotes import Quote

if TYPE_CHECKING:
    from dateline.claims.foreign.phrases import Phrases

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_LONGEST_NAME = 12  # words


@dataclass(frozen=True, slots=True)
class Shapes:
    """What the words of a quotation look like."""

    begins_high: bool
    all_high: bool  # all but small words begin with a capital letter
    all_proper: bool  # two words or more, and none that is not written high
    has_verb: bool
    count: int


def word_shapes(text: str, quote: Quote, phrases: "Phrases") -> Shapes:
    """Return what the words of a quotation look like; a long one is taken to have a verb."""
    start, end = quote.spans[0]
    words = _WORD.findall(text, start, min(end, start + 160))
    if not words:
        return Shapes(False, False, False, False, 0)
    if len(words) > _LONGEST_NAME or len(quote.spans) > 1 or text[end - 1] in "!?.":
        return Shapes(words[0][0].isupper(), False, False, True, len(words))
    low = [word for word in words if not word[0].isupper()]
    plain = [word for word in low if not phrases.is_small_word(word)]
    return Shapes(
        begins_high=words[0][0].isupper(),
        all_high=not plain,
        all_proper=not low and len(words) > 1,
        has_verb=any(phrases.is_verb_word(word) for word in low),
        count=len(words),
    )
