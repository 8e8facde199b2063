"""What the templates of one language are given: its words, its addresses, how it writes times."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial
from inspect import signature
from string import Formatter
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from dateline.model import UNDATED_AT, Card, Site
from dateline.publish.addresses import LanguageLinks, language_prefix
from dateline.publish.coverage_words import say_headline
from dateline.publish.front import find_last_report
from dateline.publish.moments import write_moment
from dateline.publish.speaking import Speaker, speak
from dateline.publish.story_page import split_headline
from dateline.web import (
    article_words,
    front_words,
    languages,
    page_words,
    popular_words,
    related_words,
    said_words,
    search_words,
    story_words,
    words,
)

# The words of the interface, by the name that templates know them by; a new module goes here.
MODULES: Mapping[str, ModuleType] = {
    "w": words,
    "f": front_words,
    "p": popular_words,
    "o": related_words,
    "a": article_words,
    "t": story_words,
    "s": said_words,
    "q": search_words,
    "k": page_words,
}

Stamp = Callable[..., Markup]  # (at, form, today): a moment as an element


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One language that the site can be read in."""

    tag: str
    prefix: str  # of its addresses: "" for the default, else "/de"
    name: str  # in that language


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """One language of the site."""

    say: Speaker
    prefix: str
    values: Mapping[str, object]  # what every template gets


def list_choices(site: Site) -> tuple[Choice, ...]:
    """Return the languages that the site can be read in, its default first."""
    tags = dict.fromkeys((speak(site.language).tag, *site.languages))
    return tuple(
        Choice(tag=tag, prefix=language_prefix(site, tag), name=languages.language_name(tag))
        for tag in tags
    )


def make_tongue(site: Site, zone: ZoneInfo, choice: Choice) -> Tongue:
    """Return one language of the site: the default speaks as the site's own tag says ("en-US")."""
    say = speak(choice.tag if choice.prefix else site.language)
    own = {name: translate_module(module, say) for name, module in MODULES.items()}
    stamp = _make_stamp(say, zone)
    seen = _make_seen(say, stamp)
    return Tongue(
        say=say,
        prefix=choice.prefix,
        values={
            **own,
            "say": say,
            # On every card: what stands before and behind the outlet's name.
            "around_source": _split_pattern(say.text(words.SOURCE_LINE))[0],
            "links": LanguageLinks(choice.prefix),
            "choices": list_choices(site),
            "stamp": stamp,
            # What has no date was only seen at a moment; a bare one would be a date.
            "seen": seen,
            "when": lambda card, *how: seen(card.listed_at, card.sighted, *how),
            "mark": partial(_mark_language, say.tag),
            "split_headline": partial(_split_title, say),
            "find_last_report": find_last_report,
            "title_of": partial(_title_of, say),
        },
    )


def translate_module(module: ModuleType, say: Speaker) -> SimpleNamespace:
    """Return a module of words as templates see it: translated constants, functions that speak."""
    names = vars(module).items()
    return SimpleNamespace(
        **{name: _translate(value, say) for name, value in names if not name.startswith("_")}
    )


def _translate(value: Any, say: Speaker) -> Any:
    if isinstance(value, str):
        return say.text(value)
    if isinstance(value, tuple):
        return tuple(_translate(each, say) for each in value)
    if isinstance(value, dict):
        return {key: _translate(each, say) for key, each in value.items()}
    if isinstance(value, FunctionType) and next(iter(signature(value).parameters), "") == "say":
        return partial(value, say)
    return value


def fill(pattern: str, *places: object, **named: object) -> Markup:
    """Put values into the places of a pattern, `{}` or `{name}`; what is no markup is escaped.

    As `Markup.format` does, which takes ten times as long; a page has fifty of these.
    """
    literals, names = _split_pattern(str(pattern))
    said = literals[0]
    for at, name in enumerate(names):
        value = named[name] if name else places[at]
        # What a macro draws stands between line breaks.
        text = value if isinstance(value, Markup) else escape(value)
        said += text.strip() + literals[at + 1]
    return said


@lru_cache(maxsize=4_000)
def _split_pattern(pattern: str) -> tuple[tuple[Markup, ...], tuple[str, ...]]:
    """Return what stands around the places of a pattern, escaped, and the names of the places."""
    literals, names = [""], list[str]()
    for text, name, _form, _conversion in Formatter().parse(pattern):
        literals[-1] += text
        if name is not None:
            names.append(name)
            literals.append("")
    return tuple(escape(each) for each in literals), tuple(names)


def _make_stamp(say: Speaker, zone: ZoneInfo) -> Stamp:
    undated = Markup("<span>{}</span>").format(say.text(words.UNDATED))

    def stamp(at: datetime, form: str = "moment", today: date | None = None) -> Markup:
        if at <= UNDATED_AT:
            return undated
        if form == "clock":
            said = words.say_clock(say, at, zone)
        elif form == "date":
            said = words.say_date(say, at.astimezone(zone).date())
        elif form == "short" and today:
            said = words.say_short(say, at, zone, today)
        elif form == "minute" and today:
            said = words.say_minute(say, at, zone, today)
        else:
            said = words.say_moment(say, at, zone)
        return Markup('<time datetime="{}">{}</time>').format(write_moment(at), said)

    return stamp


def _make_seen(say: Speaker, stamp: Stamp) -> Callable[..., Markup]:
    pattern = say.text(words.SEEN_AT)

    def seen(
        at: datetime, sighted: bool, form: str = "moment", today: date | None = None
    ) -> Markup:
        said = stamp(at, form, today)
        return fill(pattern, said) if sighted else said

    return seen


@lru_cache(maxsize=4_000)
def _mark_language(spoken: str, tag: str) -> Markup:
    # On every text of a source, so that it is read and pronounced as what it is.
    if tag == spoken:
        return Markup("")
    pairs = languages.mark_attributes(tag).items()
    return Markup("").join(Markup(' {}="{}"').format(name, value) for name, value in pairs)


def _split_title(say: Speaker, card: Card) -> tuple[str, str]:
    kicker, title = split_headline(card)
    return kicker, say_headline(say, title)


def _title_of(say: Speaker, card: Card) -> str:
    return say_headline(say, card.headline)
