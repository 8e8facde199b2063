"""Days in words: the reports are dated relative to an anchor, so their weekdays are tokens.

A token is `{kind:event}`; the event is a number of hours before the anchor or a name from
`events.toml`. Kinds::

    on     "on Thursday", "am Donnerstag", "у четвер"      day   "Thursday"
    by     "by Thursday", "bis Donnerstag"                 since "since Thursday"
    rel    "today", "yesterday", "tomorrow", else `on`     date  "10 November"
    month  "November"    year  "2031"    clock  "14:05"

A capital letter (`{On:…}`, `{Rel:…}`) begins a sentence.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

TOKEN = re.compile(r"\{(\w+):(-?[\w.]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """How one language names days."""

    days: tuple[str, ...]  # Monday first
    months: tuple[str, ...]  # as they stand in a date
    on: tuple[str, ...] | str  # a pattern, or one form a day
    by: tuple[str, ...] | str
    since: tuple[str, ...] | str
    near: tuple[str, str, str]  # yesterday, today, tomorrow
    date: str = "{day} {month}"
    first: str = "1"  # of a month
    month_alone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What a token is rendered against."""

    anchor: datetime
    published: datetime
    events: Mapping[str, float]


def _split(names: str) -> tuple[str, ...]:
    return tuple(names.split())


_UK_GENITIVE = _split("понеділка вівторка середи четверга п’ятниці суботи неділі")

CALENDARS = {
    "en": Calendar(
        days=_split("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
        months=_split(
            "January February March April May June July August September October November December"
        ),
        on="on {}",
        by="by {}",
        since="since {}",
        near=("yesterday", "today", "tomorrow"),
    ),
    "de": Calendar(
        days=_split("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag"),
        months=_split(
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
        ),
        on="am {}",
        by="bis {}",
        since="seit {}",
        near=("gestern", "heute", "morgen"),
        date="{day}. {month}",
    ),
    "fr": Calendar(
        days=_split("lundi mardi mercredi jeudi vendredi samedi dimanche"),
        months=_split(
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
        ),
        on="{}",
        by="d’ici {}",
        since="depuis {}",
        near=("hier", "aujourd’hui", "demain"),
        first="1er",
    ),
    "es": Calendar(
        days=_split("lunes martes miércoles jueves viernes sábado domingo"),
        months=_split(
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
            " diciembre"
        ),
        on="el {}",
        by="antes del {}",
        since="desde el {}",
        near=("ayer", "hoy", "mañana"),
        date="{day} de {month}",
    ),
    "uk": Calendar(
        days=_split("понеділок вівторок середа четвер п’ятниця субота неділя"),
        months=_split(
            "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"
        ),
        month_alone=_split(
            "січень лютий березень квітень травень червень липень серпень вересень жовтень"
            " листопад грудень"
        ),
        on=tuple(
            "у " + day for day in _split("понеділок вівторок середу четвер п’ятницю суботу неділю")
        ),
        by=tuple("до " + day for day in _UK_GENITIVE),
        since=tuple("з " + day for day in _UK_GENITIVE),
        near=("учора", "сьогодні", "завтра"),
    ),
    "el": Calendar(
        days=_split("Δευτέρα Τρίτη Τετάρτη Πέμπτη Παρασκευή Σάββατο Κυριακή"),
        months=_split(
            "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου"
            " Οκτωβρίου Νοεμβρίου Δεκεμβρίου"
        ),
        month_alone=_split(
            "Ιανουάριος Φεβρουάριος Μάρτιος Απρίλιος Μάιος Ιούνιος Ιούλιος Αύγουστος Σεπτέμβριος"
            " Οκτώβριος Νοέμβριος Δεκέμβριος"
        ),
        on=(
            "τη Δευτέρα",
            "την Τρίτη",
            "την Τετάρτη",
            "την Πέμπτη",
            "την Παρασκευή",
            "το Σάββατο",
            "την Κυριακή",
        ),
        by=(
            "έως τη Δευτέρα",
            "έως την Τρίτη",
            "έως την Τετάρτη",
            "έως την Πέμπτη",
            "έως την Παρασκευή",
            "έως το Σάββατο",
            "έως την Κυριακή",
        ),
        since=(
            "από τη Δευτέρα",
            "από την Τρίτη",
            "από την Τετάρτη",
            "από την Πέμπτη",
            "από την Παρασκευή",
            "από το Σάββατο",
            "από την Κυριακή",
        ),
        near=("χθες", "σήμερα", "αύριο"),
    ),
    "ar": Calendar(
        days=_split("الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"),
        months=_split("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
        on="يوم {}",
        by="بحلول {}",
        since="منذ {}",
        near=("أمس", "اليوم", "غدا"),
    ),
}


def render(text: str, language: str, moment: Moment) -> str:
    """Return `text` with its tokens as words of `language`; an unknown token is a KeyError."""
    calendar = CALENDARS[language]

    def put(match: re.Match[str]) -> str:
        kind, event = match.groups()
        words = _word(calendar, kind.lower(), _at(event, moment), moment)
        return words[:1].upper() + words[1:] if kind[0].isupper() else words

    return TOKEN.sub(put, text)


def _at(event: str, moment: Moment) -> datetime:
    try:
        hours = float(event)
    except ValueError:
        hours = moment.events[event]
    return moment.anchor - timedelta(hours=hours)


def _word(calendar: Calendar, kind: str, at: datetime, moment: Moment) -> str:
    if kind == "rel":
        apart = (at.date() - moment.published.date()).days
        if abs(apart) <= 1:
            return calendar.near[apart + 1]
        kind = "on"
    months = calendar.month_alone or calendar.months
    plain = {
        "day": calendar.days[at.weekday()],
        "month": months[at.month - 1],
        "year": str(at.year),
        "clock": at.strftime("%H:%M"),
        "date": calendar.date.format(
            day=calendar.first if at.day == 1 else at.day, month=calendar.months[at.month - 1]
        ),
    }
    if kind in plain:
        return plain[kind]
    forms = {"on": calendar.on, "by": calendar.by, "since": calendar.since}[kind]
    return forms.format(plain["day"]) if isinstance(forms, str) else forms[at.weekday()]
