"""Agencies that are on no list, found by what they are called: "the Foo news agency".

General: a word for "news agency" with a capitalised name beside it.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from dateline.model import Credit, Span
from dateline.origins.cues import judge_named
from dateline.origins.names import Agency, Named, load_cues
from dateline.text import make_slug

# Cheap test whether a text can contain any of the words at all.
_STEMS = (
    "agen",
    "nyh",
    "bureau",
    "newsw",
    "wire",
    "وكال",
    "агент",
    "агенц",
    "πρακτορεί",
    "hãng",
    "kantor",
)
_NAME_AFTER = re.compile(r" [\"“„«‘']?(\w[\w’'.-]*(?: \w[\w’'.-]*){0,2})")
_NAME_BEFORE = re.compile(r"(\w[\w’'-]*(?: \w[\w’'-]*){0,2})[\"”»’']?\s$")
_LONGEST_NAME = 50
_MOST = 60  # words for an agency that are looked at in one text


def find_unlisted(text: str, taken: Sequence[Span]) -> Iterator[Credit]:
    """Yield a credit for each agency that is named by such a word, outside the `taken` spans."""
    lowered = _lower(text)
    if not any(stem in lowered for stem in _STEMS):
        return
    for match in islice(_match_words().finditer(lowered), _MOST):
        span = _find_name(text, match) if _is_whole(text, match) else None
        if span and not any(start < span[1] and span[0] < end for start, end in taken):
            yield from _credit(text, span, bare=match.lastgroup == "bare")


def _lower(text: str) -> str:
    """Return the text in lower case, letter by letter, so that places stay what they were."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _is_whole(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


def _credit(text: str, span: Span, *, bare: bool) -> Iterator[Credit]:
    name = text[span[0] : span[1]]
    key = make_slug(name)
    agency = Agency(key=key, name=name, country="", is_outlet=False)
    named = Named(agency=agency, start=span[0], end=span[1], weak=bare)
    if key and (not bare or judge_named(text, named)):
        yield Credit(name=name, key=key, how="in text", span=span)


def _find_name(text: str, match: re.Match[str]) -> Span | None:
    after = _NAME_AFTER.match(text, match.end(), match.end() + 3 * _LONGEST_NAME)
    if after:
        length = _count_name(after.group(1).split(" "))
        if length:
            start = after.start(1)
            return start, start + len(text[start : start + length].rstrip(".-'’"))
    if match.lastgroup != "both" and match.group() not in _list_words("bare_before"):
        return None
    before = _NAME_BEFORE.search(text, max(0, match.start() - 3 * _LONGEST_NAME), match.start())
    if not before:
        return None
    words = before.group(1).split(" ")
    return _cut_before(words, before.end(1))


def _cut_before(words: list[str], end: int) -> Span | None:
    """Return the span of the capitalised words at the end of `words`, without "The", "Russian"."""
    kept: list[str] = []
    for word in reversed(words):
        if not _is_name(word):
            break
        kept.insert(0, word)
    return (end - len(" ".join(kept)), end) if kept else None


def _count_name(words: list[str]) -> int:
    """Return how many code points of the joined `words` are a name, from the start."""
    kept: list[str] = []
    for word in words:
        if not _is_name(word):
            break
        kept.append(word)
        if word.endswith("."):
            break
    return len(" ".join(kept))


def _is_name(word: str) -> bool:
    if len(word) < 2 or not word[0].isupper():
        return False
    lowered = word.lower().rstrip(".").removesuffix("'s").removesuffix("’s")
    return lowered not in _list_not_names() and not lowered.endswith(("ian", "ese", "ish"))


def _list_not_names() -> frozenset[str]:
    return _list_words("not_a_name")


@cache
def _list_words(kind: str) -> frozenset[str]:
    return frozenset(load_cues()["words"][kind])


@cache
def _match_words() -> re.Pattern[str]:
    words = load_cues()["words"]
    groups = (
        ("both", words["news_before"]),
        ("after", [w for w in words["news_after"] if w not in words["news_before"]]),
        ("bare", words["bare_after"]),
    )
    parts = [
        f"(?P<{name}>{'|'.join(re.escape(w) for w in sorted(listed, key=len, reverse=True))})"
        for name, listed in groups
    ]
    return re.compile("|".join(parts))
