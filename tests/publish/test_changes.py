import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.model import Reading
from dateline.publish.changes import Changes, TurnKind, compare_versions
from dateline.publish.steps import Step, StepKind, compare_texts, join_marks, mark_changes
from dateline.publish.wordings import find_figures, find_quotes, is_correction, is_note
from dateline.text import squeeze

WORDS = st.sampled_from(
    ["the", "dam", "broke", "31", "people", "fled", "She", "“it", "fell”", "雨"]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=7).map(lambda words: " ".join(words) + ".")
TEXTS = st.lists(st.lists(SENTENCES, min_size=1, max_size=3).map(" ".join), max_size=5).map(
    "\n\n".join
)

BASE = (
    "The dam above Montejar broke on Tuesday. The death toll rose to 31, with 58 still missing.\n\n"
    "“We had warned them for three years,” said Ana Ruiz, an engineer. Nobody answered her."
)


def reading(text: str, headline: str = "Dam breaks", language: str = "en") -> Reading:
    return Reading(url="u", canonical="u", headline=headline, text=text, language=language)


def compare(old: str, new: str, language: str = "en") -> Changes:
    return compare_versions(reading(old, language=language), reading(new, language=language))


def sides(text: str, steps: list[Step], side: str) -> list[str]:
    spans = [getattr(step, side) for step in steps if getattr(step, side)]
    return [text[start:end] for start, end in spans]


@given(TEXTS, TEXTS)
@examples(50)
def test_old_sides_give_the_old_text_and_new_sides_the_new_one(old: str, new: str) -> None:
    steps = compare_texts(old, new)
    for text, side in ((old, "old"), (new, "new")):
        assert "".join("".join(sides(text, steps, side)).split()) == "".join(text.split())
    for step in steps:
        has = (step.old is not None, step.new is not None)
        wanted = {StepKind.ADDED: (False, True), StepKind.DROPPED: (True, False)}
        assert has == wanted.get(step.kind, (True, True))


@given(TEXTS, TEXTS)
@examples(40)
def test_marks_give_the_words_and_kept_means_equal(old: str, new: str) -> None:
    for step in compare_texts(old, new):
        if step.old:
            assert join_marks(step.old_marks) == squeeze(old[step.old[0] : step.old[1]])
        if step.new:
            assert join_marks(step.new_marks) == squeeze(new[step.new[0] : step.new[1]])
        same = bool(step.old and step.new) and join_marks(step.old_marks) == join_marks(
            step.new_marks
        )
        assert same == (step.kind is StepKind.KEPT)


@given(TEXTS, st.sampled_from(["en", "de", "uk", ""]))
@examples(30)
def test_a_text_does_not_differ_from_itself(text: str, language: str) -> None:
    changes = compare(text, text.replace(" ", "  "), language)
    assert {step.kind for step in changes.steps} <= {StepKind.KEPT}
    assert not changes.turns
    assert changes.headline is None
    assert not changes.note


@given(SENTENCES, SENTENCES)
@examples(40)
def test_what_is_not_marked_is_the_same_on_both_sides(old: str, new: str) -> None:
    left, right = mark_changes(old, new)
    assert join_marks(left) == old
    assert join_marks(right) == new
    plain = [
        "".join("".join(piece for piece, changed in side if not changed).split())
        for side in (left, right)
    ]
    assert plain[0] == plain[1]


def test_a_reworded_sentence_is_marked_by_words() -> None:
    changes = compare(BASE, BASE.replace("broke on Tuesday", "gave way on Monday"))
    (step,) = [step for step in changes.steps if step.kind is not StepKind.KEPT]
    assert step.kind is StepKind.REWORDED
    assert [piece for piece, changed in step.old_marks if changed] == ["broke", "Tuesday"]
    assert [piece for piece, changed in step.new_marks if changed] == ["gave way", "Monday"]
    assert not changes.turns


def test_a_sentence_that_only_moved_is_no_loss() -> None:
    first, rest = BASE.split(". ", 1)
    changes = compare(BASE, f"{rest} {first}.")
    assert all(step.moved for step in changes.steps if step.kind is not StepKind.KEPT)
    assert changes.count(StepKind.DROPPED) == changes.count(StepKind.ADDED) == 0


def test_new_paragraph_ends_change_nothing() -> None:
    changes = compare(BASE, BASE.replace(". The death", ".\n\nThe death"))
    assert {step.kind for step in changes.steps} == {StepKind.KEPT}


@pytest.mark.parametrize(
    ("old", "new", "turned"),
    [
        ("Dam breaks", "Dam gives way", True),
        ("Dam breaks", "DAM BREAKS!", False),
        ("“Never again”", "'Never again'", False),
        ("31 dead", "34 dead", True),
    ],
)
def test_the_headline_turns_by_its_words_alone(old: str, new: str, turned: bool) -> None:
    changes = compare_versions(reading(BASE, old), reading(BASE, new))
    assert changes.summary.headline is turned
    assert changes.headline is not None


@pytest.mark.parametrize(
    ("language", "old", "new", "turns"),
    [
        ("en", "The toll rose to 31 today.", "The toll rose to 34 today.", [("31", "34")]),
        (
            "en",
            "It killed two people at sea.",
            "It killed three people at sea.",
            [("two", "three")],
        ),
        ("en", "It killed two people at sea.", "It killed 2 people at sea.", []),
        ("en", "It costs 4,800 crowns a year.", "It costs 4800 crowns a year.", []),
        (
            "en",
            "An offer of 4.8 billion came.",
            "An offer of 4.8 million came.",
            [("4.8 billion", "4.8 million")],
        ),
        ("en", "An offer of 4.8 billion came.", "An offer of 4,800,000,000 came.", []),
        ("en", "The F16 flew at dawn twice.", "The F17 flew at dawn twice.", []),
        (
            "de",
            "Es starben drei Menschen dort.",
            "Es starben vier Menschen dort.",
            [("drei", "vier")],
        ),
        ("fr", "Il y a 12 000 sinistrés ici.", "Il y a 12\u202f000 sinistrés là.", []),
        ("es", "Murieron dos personas ayer.", "Murieron cinco personas ayer.", [("dos", "cinco")]),
        (
            "uk",
            "Загинули троє людей учора.",
            "Загинули четверо людей учора.",
            [("троє", "четверо")],
        ),
        (
            "el",
            "Σκοτώθηκαν δύο άνθρωποι χθες.",
            "Σκοτώθηκαν τρεις άνθρωποι χθες.",
            [("δύο", "τρεις")],
        ),
        ("ar", "قتل ثلاثة أشخاص أمس هناك.", "قتل أربعة أشخاص أمس هناك.", [("ثلاثة", "أربعة")]),
        ("ar", "قتل ٣١ شخصا أمس هناك.", "قتل 31 شخصا أمس هناك.", []),
        ("zh", "洪水造成31人死亡。", "洪水造成34人死亡。", [("31", "34")]),
        (
            "en",
            "Some 31 died and 58 are missing.",
            "Some 31 died and many are missing.",
            [("58", "")],
        ),
    ],
)
def test_figures(language: str, old: str, new: str, turns: list[tuple[str, str]]) -> None:
    found = [turn for turn in compare(old, new, language).turns if turn.kind is TurnKind.FIGURE]
    assert [(turn.old, turn.new) for turn in found] == turns


@pytest.mark.parametrize(
    ("old", "new", "turns"),
    [
        ("Flood: 31 dead in south", "Flood: in 2 towns 34 dead", [("31", "34")]),
        ("Spurs 0-1 Reds at half time", "Spurs 0-2 Reds at half time", [("1", "2")]),
        ("England chase 169 to win the cup", "Brilliant openers reach 84 off eight overs", []),
    ],
)
def test_figures_of_headlines(old: str, new: str, turns: list[tuple[str, str]]) -> None:
    found = compare_versions(reading(BASE, old), reading(BASE, new)).turns
    assert [(t.old, t.new) for t in found if t.kind is TurnKind.FIGURE] == turns


def test_a_quotation_that_was_cut_short_changed() -> None:
    changes = compare(BASE, BASE.replace("“We had warned them for", "They said “warned them for"))
    (turn,) = changes.turns
    assert (turn.old, turn.new) == (
        "We had warned them for three years,",
        "warned them for three years,",
    )


def test_a_figure_that_went_to_another_sentence_is_not_lost() -> None:
    new = BASE.replace(", with 58 still missing", "") + " In all 58 are still missing."
    assert not compare(BASE, new).turns


@pytest.mark.parametrize(
    ("old", "new", "turns"),
    [
        ("for three years,”", "for ten years,”", 1),
        ("“We had warned them for three years,” said", "She said", 1),
        ("“We had warned them for three years,” said", "“We had warned them,” said", 1),
        ("“We had warned them for three years,” said", "“We had warned them", 1),
        (
            "“We had warned them for three years,” said",
            '"We had warned them for three years", said',
            0,
        ),
        (
            "“We had warned them for three years,”",
            "“We had warned,” she said, “them for ten years”",
            1,
        ),
    ],
)
def test_quotations(old: str, new: str, turns: int) -> None:
    found = [t for t in compare(BASE, BASE.replace(old, new)).turns if t.kind is TurnKind.QUOTE]
    assert len(found) == turns
    assert all(turn.old == "We had warned them for three years," for turn in found)


@pytest.mark.parametrize(
    "note",
    [
        "Correction: The toll was 31 at first.",
        "CORRECTION (14:05) The toll was misstated.",
        "Updated at 14:05 with new figures.",
        "Editor’s note: The toll was misstated.",
        "An earlier version of this article misstated the toll.",
        "Korrektur: Es waren 34.",
        "In einer früheren Version hieß es, es seien 31.",
        "Rectificatif : le bilan était faux.",
        "Mise à jour à 14h05.",
        "Corrección: eran 34.",
        "Уточнення: загинули 34.",
        "Διόρθωση: ήταν 34.",
        "تصحيح: كانوا 34.",
        "更正：死者為34人。",
    ],
)
def test_a_note_makes_a_change_open(note: str) -> None:
    assert is_note(note)
    silent = compare(BASE, BASE.replace("31", "34"))
    assert silent.summary.figures == 1
    assert silent.summary.silent
    noted = compare(BASE, BASE.replace("31", "34") + "\n\n" + note)
    assert noted.note == squeeze(note)
    assert not noted.summary.silent


@pytest.mark.parametrize(
    "sentence",
    [
        "Correction officers were hurt in the fire.",
        "Updated rules apply from May.",
        "Update servers failed everywhere.",
        "She asked for a correction of the record.",
        "Die Korrektur der Grenze dauerte.",
        "",
    ],
)
def test_the_word_alone_is_no_note(sentence: str) -> None:
    assert not is_note(sentence)


@pytest.mark.parametrize(
    ("note", "corrects"),
    [
        ("Correction: The toll was 31 at first.", True),
        ("Clarification: The toll is that of the valley alone.", True),
        ("Editor’s note: An earlier version of this article misstated the toll.", True),
        ("Korrektur: Es waren 34.", True),
        ("تصحيح: كانوا 34.", True),
        ("Update: Two more were found alive.", False),
        ("Editor’s note: The names were changed.", False),
        ("Aktualisiert um 14.05 Uhr.", False),
        ("Mise à jour à 14h05.", False),
        ("Оновлено: знайдено ще двох.", False),
        ("The toll was 31.", False),
    ],
)
def test_an_update_is_no_correction(note: str, corrects: bool) -> None:
    assert is_correction(note) is corrects


def test_an_old_note_excuses_no_new_change() -> None:
    noted = BASE + "\n\nCorrection: The dam is above Montejar."
    assert compare(noted, noted.replace("31", "34")).summary.silent


def test_a_note_in_the_headline_counts() -> None:
    old = reading(BASE)
    new = replace(old, text=BASE.replace("31", "34"), headline="CORRECTED: Dam breaks")
    assert not compare_versions(old, new).summary.silent


def test_figures_and_quotations_keep_their_places() -> None:
    text = "In 2031 some 340 of 12 000 fled. “We saw it all,” he said; 5.5 million stayed."
    figures = find_figures(text, "en")
    assert [figure.words for figure in figures] == ["2031", "340", "12 000", "5.5 million"]
    assert all(text[start:end] == f.words for f in figures for start, end in [f.span])
    (quote,) = find_quotes(text)
    assert text[quote.span[0] : quote.span[1]] == "“We saw it all,”"


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 40_000, "b " * 40_000),
        ("a. " * 12_000, "A b. " * 8_000),
        ("Ab c. " * 8_000, "Ab d. " * 8_000),
        ('«„“"' * 40_000, '»”"' * 40_000),
        ("“a b c d e” " * 2_000, "“a b c d f” " * 2_000),
        ("1" * 90_000, "2" * 90_000),
        ("1.2," * 10_000, "1 000 " * 8_000),
        ("update " * 20_000, "an earlier " * 15_000),
        (" " * 90_000, "\n" * 90_000),
    ],
)
def test_hostile_texts_take_little_time(old: str, new: str) -> None:
    began = time.process_time()
    compare(old, new)
    assert time.process_time() - began < 4
