"""What our statements are measured against: a plain pattern, and textacy where it is installed."""

import re
from collections.abc import Callable
from typing import Any

from attribution_scoring import Attribution

_VERB = r"(?:said|says|told|added|wrote|asked|announced|claimed|argued)"
_NAME = r"[A-Z][\w.’'-]*(?:\s+(?:[A-Z][\w.’'-]*|of|the|for)){0,5}|[Hh]e|[Ss]he|[Tt]hey"
_QUOTE = r"(?:“([^”]{1,2000})”|\"([^\"]{1,2000})\")"
_BEHIND = re.compile(rf"{_QUOTE}\s*(?:({_NAME})\s+({_VERB})|({_VERB})\s+({_NAME}))")
_BEFORE = re.compile(rf"({_NAME})\s+({_VERB})[,:]?\s+{_QUOTE}")


def find_by_pattern(text: str) -> list[Attribution]:
    """One pattern: '"…," NAME said', '"…," said NAME', 'NAME said, "…"'."""
    found = []
    for match in _BEHIND.finditer(text):
        content, source, cue = _first(match, 1, 2), _first(match, 3, 6), _first(match, 4, 5)
        found.append(Attribution((content,), (source,), (cue,)))
    before = _BEFORE.finditer(text)
    return found + [Attribution((_first(m, 3, 4),), (m.span(1),), (m.span(2),)) for m in before]


def _first(match: re.Match[str], *groups: int) -> tuple[int, int]:
    return next(match.span(group) for group in groups if match.group(group) is not None)


def make_textacy(name: str) -> Callable[[str], list[Attribution]]:
    """textacy's direct quotations over spaCy's small model; ImportError or OSError without."""
    import spacy
    from textacy.extract import direct_quotations

    model = spacy.load(name)

    def find(text: str) -> list[Attribution]:
        document = model(text)
        try:
            quotes = list(direct_quotations(document))
        except ValueError:  # it gives up on a text with an odd number of marks
            return []
        return [Attribution(_span(q.content), _tokens(q.speaker), _tokens(q.cue)) for q in quotes]

    return find


def _span(words: Any) -> tuple[tuple[int, int], ...]:
    return ((words.start_char, words.end_char),)


def _tokens(words: Any) -> tuple[tuple[int, int], ...]:
    return tuple((token.idx, token.idx + len(token)) for token in words)


def make_peers(model: str) -> dict[str, Callable[[str], list[Attribution]]]:
    """Return the peers that can run here, by name; `model` is spaCy's."""
    peers: dict[str, Callable[[str], list[Attribution]]] = {"pattern": find_by_pattern}
    try:
        peers["textacy, spaCy small"] = make_textacy(model)
    except (ImportError, OSError) as missing:
        print(f"textacy does not run here: {missing}")
    return peers
