"""Why a report is held to come from another, in the page's language.

The evidence is kept as one English line, which the room of origins writes: sentences parted by
semicolons. Each is known here by its pattern; one that is not is shown as it was written.
"""

import re
from functools import lru_cache

from dateline.publish.speaking import Speaker

_SENTENCES = (
    "{share} of the shorter text stands in both",
    "{share} of the shorter text says the same in the same order",
    "{words} words stand in both, {stretch} of them in a row",
    "{words} words of the same quotations stand in both",
    "names and numbers are the same in the same order",
    "it credits {agency}, of whom no report in these words is here",
    "it credits the other",
    "it credits {agency}",
    "both credit {agency}",
    "others that carry this report credit it",
    "the earliest of those that carry this report",
    "no earlier article carries these passages",
    "another feed of the same publisher",
    "its source gives no date: it may be older or younger",
    "which came first is not sure: one has no date",
    "published in the same minute",
)
_BETWEEN = "{first}; {next}"
_PLACES = {
    "share": r"([0-9]{1,3}) ?%",
    "agency": "(.+)",
    "words": "([0-9]+)",
    "stretch": "([0-9]+)",
}
_LONGEST = 1_000  # characters of a line that are read as such sentences


def say_why(say: Speaker, why: str) -> str:
    """Return the evidence in the speaker's language, as far as its sentences are known."""
    if len(why) > _LONGEST:
        return why
    said, *more = (_say_sentence(say, each) for each in why.split("; "))
    for each in more:
        said = say.text(_BETWEEN).format(first=said, next=each)
    return said


def _say_sentence(say: Speaker, sentence: str) -> str:
    for pattern in _SENTENCES:
        names, form = _compile(pattern)
        if found := form.fullmatch(sentence):
            values = zip(names, found.groups(), strict=True)
            return say.text(pattern).format(**{n: _say_value(say, n, v) for n, v in values})
    return sentence


def _say_value(say: Speaker, name: str, written: str) -> str:
    if name == "share":
        return say.share(int(written) / 100)
    return written if name == "agency" else say.number(int(written))


@lru_cache(maxsize=100)
def _compile(pattern: str) -> tuple[list[str], re.Pattern[str]]:
    names = re.findall(r"\{(\w+)\}", pattern)
    form = re.escape(pattern)
    for name in names:
        form = form.replace(rf"\{{{name}\}}", _PLACES[name])
    return names, re.compile(form)
