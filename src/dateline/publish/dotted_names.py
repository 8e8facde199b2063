"""Foreign names in Chinese and Japanese, whose parts a dot joins: 里希·苏纳克, ジョー・バイデン.

Where such a name begins and ends is not written, for there are no spaces. So a name is what some
report sets apart, in a headline or between marks; others that have the same string mention it.
"""

import re
from collections.abc import Sequence

_LETTERS = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u30a1-\u30fa\u30fc\u3005"
_DOT = re.compile("[·・‧•∙]")
_DOTTED = re.compile(f"[{_LETTERS}]{{1,9}}(?:[·・‧•∙][{_LETTERS}]{{1,9}}){{1,4}}")
_LETTER = re.compile(f"[{_LETTERS}]")


def find_dotted_names(told: Sequence[tuple[int, str]], least: int) -> dict[str, int]:
    """Return names that at least `least` origins mention, with how many do.

    `told` is pairs of an origin and a text of it. Of a name within a name the shorter stands.
    """
    plain = [(origin, _DOT.sub("·", text)) for origin, text in told if _DOT.search(text)]
    written = {_DOT.sub("·", name): name for _, text in told for name in _list_apart(text)}
    counts = {name: len({o for o, text in plain if name in text}) for name in written}
    found = {name: count for name, count in counts.items() if count >= least}
    return {
        written[name]: count
        for name, count in found.items()
        if not any(other != name and other in name for other in found)
    }


def _list_apart(text: str) -> list[str]:
    """Return the dotted runs of a text beside which no further letter stands."""
    return [
        match.group()
        for match in _DOTTED.finditer(text)
        if not _LETTER.match(text, match.end()) and not _ends_in_letter(text, match.start())
    ]


def _ends_in_letter(text: str, at: int) -> bool:
    return at > 0 and _LETTER.match(text, at - 1) is not None
