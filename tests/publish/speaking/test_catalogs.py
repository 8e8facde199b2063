"""The catalogues: each says every message, in its own language, with the same places."""

import re
from gettext import c2py
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural

from dateline.publish.speaking import catalogs, find_language, list_languages
from dateline.publish.speaking.catalogs import read_catalog
from dateline.web.messages import gather_messages

FOLDER = Path(catalogs.__file__).parent / "catalogs"
WHOLE = ("ar", "de", "el", "es", "fr", "ru", "uk")  # beside English: nothing may be missing
OTHERS = tuple(tag for tag in list_languages() if tag not in (*WHOLE, "en"))
PLACE = re.compile(r"\{(\w*)\}")
# The same word in both languages; a pattern that is places and marks alone is the same anyway.
SAME = {
    "de": {"Original", "Feeds", "Version {}", "{} version", "Sport", "Religion"}
    | {"Person", "Organisation"},
    "es": {"Original", "Regional"},
    "fr": {"National", "Sport", "Religion", "Article", "Suggestions"}
    | {"Original", "Sources", "Versions", "Version {}", "Page {page} of {pages}"}
    | {"{} article", "{} version", "Organisation"},
}
MOMENTS = range(1_200)


def forms_of(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def ids_of(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def list_messages(catalog: Catalog) -> list[Message]:
    return [each for each in catalog if each.id]


def list_numbers(tag: str) -> dict[int, list[int]]:
    """Return the numbers that take each plural form."""
    plural = get_plural(tag.replace("-", "_"))
    catalog = Catalog(locale=tag.replace("-", "_"))
    choose = c2py(catalog.plural_expr)
    found: dict[int, list[int]] = {}
    for number in MOMENTS:
        found.setdefault(choose(number), []).append(number)
    assert len(found) == plural.num_plurals
    return found


@pytest.mark.parametrize("tag", WHOLE)
def test_every_message_is_said(tag: str) -> None:
    silent = [each.id for each in list_messages(read_catalog(tag)) if not all(forms_of(each))]
    assert not silent


@pytest.mark.parametrize("tag", [*WHOLE, *OTHERS])
def test_nothing_is_guessed_or_left_over(tag: str) -> None:
    catalog = read_catalog(tag)
    assert not [each.id for each in list_messages(catalog) if each.fuzzy]
    assert not catalog.obsolete


@pytest.mark.parametrize("tag", [*WHOLE, *OTHERS])
def test_the_places_of_a_pattern_are_those_of_the_english(tag: str) -> None:
    for message in list_messages(read_catalog(tag)):
        wanted = set(PLACE.findall(ids_of(message)[-1]))
        for form in filter(None, forms_of(message)):
            found = set(PLACE.findall(form))
            # A form that stands for one number alone ("two reports") need not say it.
            assert found <= wanted if message.pluralizable else found == wanted, form
            assert not re.search(r"[{}]", PLACE.sub("", form)), form


@pytest.mark.parametrize("tag", [*WHOLE, *OTHERS])
def test_a_number_has_as_many_forms_as_the_language_and_none_hides_it(tag: str) -> None:
    numbers = list_numbers(tag)
    for message in list_messages(read_catalog(tag)):
        if not message.pluralizable or not all(forms_of(message)):
            continue
        forms = forms_of(message)
        assert len(forms) == len(numbers), message.id
        place = set(PLACE.findall(ids_of(message)[-1]))
        hiding = [n for n, form in enumerate(forms) if not place <= set(PLACE.findall(form))]
        assert all(len(numbers[n]) == 1 for n in hiding if tag not in _ONE_OR_NONE), message.id


_ONE_OR_NONE = ("fr", "pt")  # their first form is of 0 and 1


@pytest.mark.parametrize("tag", WHOLE)
def test_no_english_is_left(tag: str) -> None:
    same = [
        each.id
        for each in list_messages(read_catalog(tag))
        if set(ids_of(each)) & set(forms_of(each)) and re.search(r"[A-Za-z]{2}", _bare(each))
    ]
    english = [each for each in same if not {each, *each} & SAME.get(tag, set())]
    assert not english


def _bare(message: Message) -> str:
    return PLACE.sub("", ids_of(message)[0])


@pytest.mark.parametrize("tag", OTHERS)
def test_a_language_that_is_not_whole_says_how_far_it_is(tag: str) -> None:
    messages = list_messages(read_catalog(tag))
    said = [each for each in messages if all(forms_of(each))]
    assert len(said) >= len(messages) // 2, f"{tag} says {len(said)} of {len(messages)}"


# What a newspaper of the language would not print: straight quotes, foreign marks.
MARKS = {
    "ar": r"[,;?](?![^(]*\))|[“”\"]",
    "de": r"[“”](?<!“)|\"",
    "el": r"[“”\";]",
    "es": r"[“”\"]",
    "fr": r"[“”\"]| [:;?!»]|« |(?<![\u202fp])[;?!»](?!\w)",
    "ru": r"[“”\"]|(?<!\w)- ",
    "uk": r"[“”\"]|(?<!\w)- ",
}


@pytest.mark.parametrize("tag", sorted(MARKS))
def test_marks_are_those_of_the_language(tag: str) -> None:
    wrong = re.compile(MARKS[tag])
    forms = [form for each in list_messages(read_catalog(tag)) for form in forms_of(each)]
    assert not [form for form in forms if wrong.search(form)]


def test_the_template_is_up_to_date() -> None:
    written = (FOLDER / "dateline.pot").read_text("utf-8")
    wanted = {ids_of(each) for each in list_messages(gather_messages())}
    for tag in (*WHOLE, *OTHERS):
        found = {ids_of(each) for each in list_messages(read_catalog(tag))}
        assert found == wanted, f"python bench/make_words.py brings {tag} up to date"
    assert all(f'msgid "{text}"' in written for (text, *_) in wanted if len(text) < 60)


@pytest.mark.parametrize(
    ("tag", "found"),
    [("de", "de"), ("de-AT", "de"), ("DE", "de"), ("en-US", "en"), ("xx", "en"), ("", "en")],
)
def test_a_language_is_found_by_its_tag_or_its_base(tag: str, found: str) -> None:
    assert find_language(tag) == found
