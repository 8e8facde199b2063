"""Does what stands around a name make it the source of a report?

Only the names that were found are looked at, each in a window of some hundred characters, so the
cost does not grow with the number of words that are known.
"""

import re
from collections.abc import Iterable
from functools import cache

from dateline.origins.names import Named, load_cues

_WINDOW = 100
_DATELINE_REACH = 110  # how far from the start of its paragraph an agency's mark may stand
_OPENING_PARAGRAPHS = 600  # code points at the start of a text in which a dateline may stand

# Words that end the reach of a cue: "told the court that Reuters …".
_BREAKS = (
    "that|who|which|whose|of|and|or|but|in|on|at|about|as|after|before|when|while|for|into|over|"
    "dass|ob|und|oder|aber|wegen|über|im|am|qui|que|et|ou|mais|sur|pour|dans|y|e|o|en|por|che|"
    "что|и|в|на|о|що|і|та|у|про|ότι|και|σε|για"
)
_FILLER = rf"(?:(?!(?:{_BREAKS})\b)[\w’'ʼ.-]+\s+){{0,5}}"
_LINK = r"(?:(?:l|d|all|dall|dell|nell|à l|de l)['’])?[\"“„«'‘’(]?"

_PLACE = r"[^\n()\[\]!?|]{0,90}"
_OPENS = re.compile(rf"^\W{{0,3}}(?:{_PLACE}[(\[/|]\s*(?:[\w.-]+\s*[/,;|&-]\s*){{0,3}})?$")
_OPENS_SLAVIC = re.compile(r"^\W{0,3}[^\W\d_a-zа-яёіїєґ]{3,}[\w\s.,-]{0,40}\.\s*$")
_CLOSES = re.compile(
    r"^[^\n()\[\]]{0,40}[)\]/|]\s*(?:[-–—―:.|]|$)|^\s*(?:[-–—―]{1,2}|:)\s|^/[\w.-]+\s*[-–—]\s"
)
# "… that ends here. (AP)": the mark that closes an article of one line is no dateline.
_ENDS_SENTENCE = re.compile(r"[.!?…][\"”»]?\s*[(\[/|]")
_CLOSES_SLAVIC = re.compile(r"^\s*[.–—-]")
_MARK_OPENS = re.compile(r"(?:[(\[][\w\s,;/&.:-]{0,60}|(?:^|[\s\w.!?\"”»])/[\w/-]{0,20})$")
# "(Jane Doe/AP)", "(Doe via AP)": who took the picture above, not who wrote the report.
_PICTURED = re.compile(r"(?:[^\W\d_a-z][\w.'’-]*\s+){1,3}[^\W\d_a-z][\w'’-]*\s*/\s*$|\bvia\s+$")
_MARK_CLOSES = re.compile(r"^[\w\s,;/&.-]{0,60}[)\]/]?\s*\.?\s*$")


def judge_named(text: str, named: Named) -> str:
    """Return how the name at this place is a credit ("dateline", "in text", …), or ""."""
    before, after = _cut_line(text, named)
    if named.start < _OPENING_PARAGRAPHS and _is_dateline(before, after):
        return "dateline"
    if _is_photo_line(before, after):
        return ""
    if len(before) < _WINDOW and _match(("source_line",)).search(before):
        return "source line"
    if _MARK_OPENS.search(before) and _MARK_CLOSES.match(after):
        return "in text"
    return "in text" if _is_cited(before, after, named) else ""


def _cut_line(text: str, named: Named) -> tuple[str, str]:
    """Return what stands before and after the name on its line, at most some 110 code points."""
    start = max(text.rfind("\n", 0, named.start) + 1, named.start - _DATELINE_REACH - 1)
    stop = text.find("\n", named.end, named.end + _WINDOW)
    return text[start : named.start], text[named.end : stop if stop >= 0 else named.end + _WINDOW]


def _is_dateline(before: str, after: str) -> bool:
    if len(before) > _DATELINE_REACH:
        return False
    if _OPENS.match(before) and (closing := _CLOSES.match(after)):
        return bool(after[closing.end() :].strip()) or not _ENDS_SENTENCE.search(before)
    return bool(_OPENS_SLAVIC.match(before) and _CLOSES_SLAVIC.match(after))


def _is_photo_line(before: str, after: str) -> bool:
    if _PICTURED.search(before) and _MARK_CLOSES.match(after):
        return True
    return bool(_match(("photo",)).search(before[-60:] + after[:30]))


def _is_cited(before: str, after: str, named: Named) -> bool:
    sure = not named.weak and not named.agency.is_outlet
    sides = (("before", "plain"), ("after", "plain"))
    if _match(sides[0]).search(before) or _match(sides[1]).match(after):
        return True
    return sure and bool(
        _match(("before", "agency")).search(before) or _match(("after", "agency")).match(after)
    )


@cache
def _match(kind: tuple[str, ...]) -> re.Pattern[str]:
    """Compile one of the word lists for the place where it stands."""
    cues = load_cues()
    if kind == ("photo",):
        return re.compile(_join(cues["words"]["photo"]), re.IGNORECASE)
    if kind == ("source_line",):
        words = _join(cues["words"]["source_line"])
        line = rf"^\W{{0,4}}(?:{words})(?:\s*[:：]|(?<=\w)\s)[^.!?]{{0,60}}$"
        aside = rf"[(]\s*(?:{words})\s[\w\s/,]{{0,30}}$"
        return re.compile(f"{line}|{aside}", re.IGNORECASE)
    side, strength = kind
    words = _join(cues[side][strength])
    if side == "after":
        return re.compile(rf"^[\"”»’')]?,?\s*(?:{words})", re.IGNORECASE)
    filler = _FILLER if strength == "plain" else r"(?:[\w’'.-]+\s+)??"
    return re.compile(rf"(?:^|[^\w])(?:{words})[\s:,]*{filler}{_LINK}$", re.IGNORECASE)


def _join(words: Iterable[str]) -> str:
    """Return the words as one alternation, the longest first; "*" stands for any ending."""
    written = []
    for word in sorted(set(words), key=lambda w: (-len(w), w)):
        plain = re.escape(word.removesuffix("*")).replace(r"\ ", r"\s+")
        written.append(plain + (r"\w*" if word.endswith("*") else _edge(word)))
    return "|".join(written)


def _edge(word: str) -> str:
    # Chinese, Japanese and Korean words are not set off from what follows.
    return r"(?!\w)" if word[-1] < "\u3000" and word[-1].isalnum() else ""
