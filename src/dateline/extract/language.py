"""Which language a text is in: what the letters say, weighed with what page and source say."""

import re
from functools import cache
from typing import Any

from dateline import text as words

UNKNOWN = "und"
_ENOUGH = 20  # letters; below, the letters say nothing
_SAMPLE = 1_200  # characters of the text that are looked at
_TRUST = 30.0  # how many times likelier the declared language is before a letter is read
_TAG = re.compile(r"^([a-zA-Z]{2,3})(?:[-_].*)?$")
# Names of one language: old codes, macro languages, what pages write.
# What pages write for a language's code; and names that the classifier has one code for.
_MEANT = {"iw": "he", "in": "id", "fil": "tl", "ua": "uk", "cz": "cs", "gr": "el", "jp": "ja",
          "cn": "zh", "dk": "da", "se": "sv", "kr": "ko"}  # fmt: skip
_SAME = {"nb": "no", "nn": "no"}
_PLACEHOLDERS = frozenset({"und", "mul", "zxx", "xx", "mis"})


def base_language(tag: str) -> str:
    """Return the bare language of a BCP 47 tag ("en" of "en_GB"), or ""."""
    match = _TAG.match(tag.strip())
    code = match.group(1).lower() if match else ""
    if code in _PLACEHOLDERS:
        return ""
    return _MEANT.get(code, code)


def tell_language(text: str, *priors: str) -> str:
    """Return the language of `text`; the first prior that says one is trusted most.

    "und" where there is too little text to tell and nobody says.
    """
    declared = [code for prior in priors if (code := base_language(prior))]
    sample = text[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < _ENOUGH or not any(words.find_words(sample)):
        return declared[0] if declared else UNKNOWN
    return _weigh(sample, declared)


def _weigh(sample: str, declared: list[str]) -> str:
    trust: dict[str, float] = {}
    for place, code in enumerate(declared):
        trust.setdefault(_SAME.get(code, code), _TRUST if place == 0 else _TRUST / 3)
    ranked = [
        (score * trust.get(_SAME.get(code, code), 1.0), code)
        for code, score in _identifier().rank(sample)
    ]
    best = _SAME.get(max(ranked)[1], max(ranked)[1])
    # Keep the name that was declared where it is the same language (nb for Norwegian).
    return next((code for code in declared if _SAME.get(code, code) == best), best)


@cache
def _identifier() -> Any:
    # Loaded at the first use: it costs 50 ms and some megabytes, which a command that reads
    # nothing should not pay.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
