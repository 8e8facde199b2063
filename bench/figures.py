"""Figures on NewsQuant: ours beside quantulum3 and a plain pattern.

Run: `python bench/figures.py [--half even|odd] [--errors]`; its lines go into bench/RESULTS.md.
The set is for measuring only. `quantulum3` is measured where it can be imported.

How it is scored. A sentence's quantities are paired one to one with those found, most agreement
first. *Value*: the number, or both ends of a range, without sign (the set tells it by `change`).
*Unit*: the set names measures in British English ("kilometre"), as we do, with a few names of its
own (`NAMES`); where a thing is counted its unit is that thing's words ("other employee"), which we
give as `counts`: the head noun must agree. Parts of a whole ("% Germans") are our unit "share" with
what it is a part of. *Change*: up, down, >, <, ~ or =. *Concept*: of the quantities whose value
was found, the words of `referred_concepts` that stand among those of `counts` (words of F1).
"""

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.claims.figures import find_figures
from dateline.claims.page import Page
from dateline.model import ClaimClues, Figure
from events import read_rows

NAMES = {  # of the set, or of ours: both are read through this table
    "percentage": "percent",
    "count": "times",
    "people": "person",
    "singaporean dollar": "singapore dollar",
    "pound": "pound-mass",
    "russian ruble": "russian rouble",
    "shekel": "israeli shekel",
    "parts-per-million": "part per million",
    "parts-per-billion": "part per billion",
    "brake horsepower": "horsepower",
    "foot pound-force": "pound-foot",
    "penny": "point",  # the set takes the "p" of pence for the printer's point
}
_NUMBER = re.compile(r"-?\d*\.?\d+(?:e[+-]?\d+)?")
_LEVELS = ("value", "value+unit", "value+unit+change")


@dataclass(frozen=True)
class Quantity:
    """A quantity of the set, or of a system: value (or both ends), unit, thing counted, change."""

    values: tuple[float, ...]
    unit: str
    thing: str
    change: str
    concept: str = ""
    shown: str = ""


System = Callable[[str], list[Quantity]]


def read_gold(row: dict[str, Any]) -> list[Quantity]:
    found = []
    for entry in row["quantities"]:
        numbers = [
            abs(float(n)) for n in re.findall(r"(?:(?<=^)-)?\d*\.?\d+(?:e\+?\d+)?", entry["value"])
        ]
        unit, thing = entry["normalized_unit"].strip(), ""
        if unit.startswith("%"):
            unit, thing = "share", unit[1:].strip(" -")
        elif unit == "-":
            unit = ""
        shown = f"{entry['change']} {entry['value']} [{entry['normalized_unit']}]"
        concept = entry["referred_concepts"]
        found.append(Quantity(tuple(sorted(numbers)), unit, thing, entry["change"], concept, shown))
    return found


def find_ours(text: str) -> list[Quantity]:
    page = Page(text, ClaimClues(language="en"))
    return [show_figure(text, figure) for figure in find_figures(page, (), ())]


def show_figure(text: str, figure: Figure) -> Quantity:
    if figure.value is None:
        values = tuple(sorted(abs(v) for v in (figure.low, figure.high) if v is not None))
    else:
        values = (abs(figure.value),)
    if figure.change:
        change = figure.change
    elif figure.value is not None and figure.low == figure.value:
        change = ">"
    elif figure.value is not None and figure.high == figure.value:
        change = "<"
    else:
        change = "~" if figure.approximate and figure.value is not None else "="
    start, end = figure.span
    number = "-".join(f"{value:g}" for value in values)
    shown = f"{change} {number} [{figure.unit}] {figure.counts!r} {text[start:end]!r}"
    return Quantity(values, figure.unit, figure.counts, change, figure.counts, shown)


def find_quantulum(text: str) -> list[Quantity]:
    from quantulum3 import parser

    found = []
    for quantity in parser.parse(text):
        unit = "" if quantity.unit.name == "dimensionless" else quantity.unit.name
        values = (abs(float(quantity.value)),)
        found.append(Quantity(values, unit, "", "=", "", quantity.surface))
    return found


_PLAIN = re.compile(r"(\$|£|€)?(\d[\d,]*(?:\.\d+)?)\s?(%|percent|million|billion|[a-z]+)?")
_SCALES = {"million": 1e6, "billion": 1e9}
_SIGNS = {"$": "dollar", "£": "pound sterling", "€": "euro", "%": "percent", "percent": "percent"}


def find_plainly(text: str) -> list[Quantity]:
    found = []
    for money, number, behind in _PLAIN.findall(text):
        value = float(number.replace(",", "")) * _SCALES.get(behind, 1)
        unit = _SIGNS.get(money or behind, "")
        thing = "" if behind in _SCALES or unit else behind
        found.append(Quantity((value,), unit, thing, "=", "", number + behind))
    return found


def agree(gold: Quantity, ours: Quantity) -> int:
    """Return on how many levels two quantities agree: 0 to 3."""
    if not same_values(gold.values, ours.values):
        return 0
    if not same_unit(gold, ours):
        return 1
    return 3 if gold.change == ours.change else 2


def same_values(a: Sequence[float], b: Sequence[float]) -> bool:
    return len(a) == len(b) and all(
        abs(x - y) <= 1e-4 * max(x, y, 1e-9) for x, y in zip(a, b, strict=True)
    )


def same_unit(gold: Quantity, ours: Quantity) -> bool:
    if gold.unit == "share" or ours.unit == "share":
        return gold.unit == ours.unit and (not gold.thing or share_head(gold.thing, ours.thing))
    name, own = canonical(gold.unit), canonical(ours.unit)
    if name == own:
        return True
    return ours.unit in ("", "person") and bool(name) and share_head(gold.unit, ours.thing)


def canonical(unit: str) -> str:
    """Return a unit's name as we write it: "percentage per year" is "percent per year"."""
    base, per, rest = unit.casefold().partition(" per ")
    return NAMES.get(base, base) + per + rest


def share_head(gold: str, ours: str) -> bool:
    """Say whether the head of one phrase is the head of the other, or stands in it."""
    a, b = stems(gold), stems(ours)
    return bool(a and b) and (head_of(gold) in b or head_of(ours) in a)


def head_of(phrase: str) -> str:
    found = stems(re.split(r"\b(?:of|in|around|from|on|at|to)\b", phrase)[0]) or stems(phrase)
    return found[-1] if found else ""


def stems(phrase: str) -> list[str]:
    words = re.findall(r"[^\W_]+", phrase.casefold())
    return [re.sub(r"(?<=\w\w\w)(?:ies|y|es|s|e|us|uses)$", "", word) for word in words]


def pair(gold: Sequence[Quantity], ours: Sequence[Quantity]) -> list[tuple[int, int, int]]:
    """Return pairs (of gold, of ours, levels), one to one, most agreement first."""
    pairs = [(-agree(g, o), i, j) for i, g in enumerate(gold) for j, o in enumerate(ours)]
    taken: set[tuple[str, int]] = set()
    chosen = []
    for level, i, j in sorted(pairs):
        if level and ("g", i) not in taken and ("o", j) not in taken:
            taken |= {("g", i), ("o", j)}
            chosen.append((i, j, -level))
    return chosen


@dataclass
class Score:
    """What one system found on the set."""

    gold: int = 0
    ours: int = 0
    right: tuple[int, int, int] = (0, 0, 0)
    words_gold: int = 0
    words_ours: int = 0
    words_both: int = 0

    def add(self, gold: Sequence[Quantity], ours: Sequence[Quantity]) -> list[tuple[int, int, int]]:
        pairs = pair(gold, ours)
        self.gold += len(gold)
        self.ours += len(ours)
        self.right = tuple(  # type: ignore[assignment]
            n + sum(level > at for _, _, level in pairs) for at, n in enumerate(self.right)
        )
        for i, j, _ in pairs:
            a, b = set(stems(gold[i].concept + " " + gold[i].unit)), set(stems(ours[j].concept))
            if gold[i].concept.strip("- "):
                a = set(stems(gold[i].concept))
                self.words_gold += len(a)
                self.words_ours += len(b)
                self.words_both += len(a & b)
        return pairs

    def show(self) -> str:
        levels = [f1(right, self.ours, self.gold) for right in self.right]
        words = f1(self.words_both, self.words_ours, self.words_gold)
        return " | ".join([*levels, words])


def f1(right: int, ours: int, gold: int) -> str:
    precision, recall = right / max(ours, 1), right / max(gold, 1)
    both = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"{precision:.3f} / {recall:.3f} / {both:.3f}"


def run(rows: Iterable[dict[str, Any]], system: System, *, show_errors: bool) -> Score:
    score = Score()
    for row in rows:
        gold, ours = read_gold(row), system(row["text"])
        pairs = score.add(gold, ours)
        if show_errors:
            tell_errors(row["text"], gold, ours, pairs)
    return score


def tell_errors(
    text: str,
    gold: Sequence[Quantity],
    ours: Sequence[Quantity],
    pairs: Sequence[tuple[int, int, int]],
) -> None:
    missed = [g.shown for i, g in enumerate(gold) if i not in {i for i, _, _ in pairs}]
    extra = [o.shown for j, o in enumerate(ours) if j not in {j for _, j, _ in pairs}]
    half = [(gold[i].shown, ours[j].shown) for i, j, level in pairs if level < 2]
    if missed or extra or half:
        print(text)
        for kind, entries in (("missed", missed), ("extra", extra), ("unit", half)):
            for entry in entries:
                print(f"    {kind}: {entry}")


def main() -> None:
    rows = list(read_rows("newsquant_a"))
    if "--half" in sys.argv:
        rest = 1 if sys.argv[sys.argv.index("--half") + 1] == "even" else 0
        rows = [row for number, row in enumerate(rows) if number % 2 == rest]
    systems: list[tuple[str, System]] = [("dateline", find_ours), ("plain pattern", find_plainly)]
    try:
        import quantulum3  # noqa: F401

        systems.insert(1, ("quantulum3", find_quantulum))
    except ImportError:
        print("quantulum3 is not installed: not measured", file=sys.stderr)
    if "--errors" in sys.argv:
        run(rows, find_ours, show_errors=True)
        return
    print(f"## Figures: NewsQuant a, {len(rows)} sentences (precision / recall / F1)\n")
    print(f"| system | {' | '.join(_LEVELS)} | words of the concept |")
    print("|---" * 5 + "|")
    for name, system in systems:
        print(f"| {name} | {run(rows, system, show_errors=False).show()} |", flush=True)


if __name__ == "__main__":
    main()
