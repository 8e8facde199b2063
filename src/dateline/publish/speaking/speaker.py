"""A speaker: says the interface's messages in one language."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal, format_percent

from dateline.publish.speaking.calendar import Calendar
from dateline.publish.speaking.catalogs import ENGLISH, find_language, load_translations

Text = TypeVar("Text", bound=str)

_LOCALES = {ENGLISH: "en_GB"}  # a day before its month, and a clock of 24 hours
# Where "1234" stands without a mark (CLDR's least grouping of 2, which Babel does not read).
_GROUPED_LATE = frozenset(("es", "it", "pl"))
_KEPT = 20_000  # counts and numbers that are kept
_LARGE = 1e15  # beyond it a number has more digits than are known
_DIGITS = 4  # of a number that is not whole


class Speaker:
    """One language: its catalogue, its plural forms, its lists, its numbers, its calendar.

    Patterns hold places for what is put into them: `{}`, or `{name}` where there are several.
    """

    def __init__(self, tag: str) -> None:
        self.tag = find_language(tag)
        self.locale = _find_locale(tag, self.tag)
        self.direction = self.locale.text_direction
        self.calendar = Calendar(self.locale)
        self._catalog = load_translations(self.tag)
        self._lists = self.locale.list_patterns["standard"]
        self.count: Callable[[str, str, int], str] = lru_cache(_KEPT)(self._count)
        self.number: Callable[[float], str] = lru_cache(_KEPT)(self._number)
        self.share: Callable[[float], str] = lru_cache(_KEPT)(self._share)

    def text(self, message: str) -> str:
        """Return a message in this language, as it is where there is no translation."""
        if self._catalog is None or not message:
            return message
        return str(self._catalog.gettext(message))

    def choose(self, one: str, many: str, number: int) -> str:
        """Return the pattern for a number: "{} outlet", "{} outlets"; {} is the number's place."""
        if self._catalog is None:
            return one if number == 1 else many
        return str(self._catalog.ngettext(one, many, number))

    def _count(self, one: str, many: str, number: int) -> str:
        """Return the pattern for a number with the number in it: "7 outlets"."""
        return self.choose(one, many, number).format(self.number(number))

    def country(self, code: str) -> str:
        """Return the name of a country (ISO 3166), its code where it has none."""
        return str(self.locale.territories.get(code.upper(), code))

    def gap(self, place: int, length: int) -> str:
        """Return what stands behind the part at `place` (from 1) in a list of so many parts."""
        if place >= length:
            return ""
        if length == 2:
            form = "2"
        elif place == 1:
            form = "start"
        else:
            form = "end" if place == length - 1 else "middle"
        return str(self._lists[form]).replace("{0}", "").replace("{1}", "")

    def join(self, parts: Sequence[Text]) -> Text | str:
        """Return whole parts as a list: "A, B and C"; safe markup stays safe markup."""
        said: Text | str = ""
        for place, part in enumerate(parts, start=1):
            said = said + part + self.gap(place, len(parts))
        return said

    def _number(self, value: float) -> str:
        """Return a number with its thousands apart, without a point where it is whole."""
        if abs(value) >= _LARGE:
            return f"{value:.3g}"
        grouped = abs(value) >= 10_000 or self.locale.language not in _GROUPED_LATE
        exact = int(value) if value == int(value) else float(f"{value:.{_DIGITS}g}")
        return format_decimal(
            exact, locale=self.locale, group_separator=grouped, decimal_quantization=False
        )

    def _share(self, share: float) -> str:
        """Return a share of one as a whole per cent: "82%"; 100 only where it is all."""
        whole = min(int(share * 100 + 0.5), 99) if share < 1 else 100
        return format_percent(whole / 100, locale=self.locale)


@lru_cache(maxsize=64)
def speak(tag: str) -> Speaker:
    """Return the speaker of a language: of its tag's catalogue, its base language's, or English."""
    return Speaker(tag)


def _find_locale(wanted: str, tag: str) -> Locale:
    """Return the locale of a wanted form ("en-US") of a language that has a catalogue, or its own.

    A language without a catalogue is written as English is, not in a mixture of both.
    """
    own = _LOCALES.get(tag, tag)
    is_form = wanted.casefold().startswith(f"{tag}-")
    try:
        return Locale.parse((wanted if is_form else own).replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(own.replace("-", "_"))
