"""Stories: what belongs together finds together, in one pass, the same in every process."""

import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.model import ArticleId, Lead, SourceId, StoryId, StoryPlace
from dateline.stories.placing import ELSEWHERE, RELATED, Placer

START = datetime(2026, 3, 2, tzinfo=UTC)
COMMON = "the of and to in a is that for it as was with be by on not he his but at are".split()  # noqa: SIM905

# Invented events, each told by three outlets in words of their own: a line a report.
EVENTS = tuple(
    tuple(event.splitlines())
    for event in Path(__file__).with_name("reports.txt").read_text("utf-8").strip().split("\n\n")
)


def lead(number: int, text: str, *, days: float = 0.0, language: str = "en") -> Lead:
    headline, _, body = text.partition(". ")
    return Lead(
        article_id=ArticleId(number),
        source_id=SourceId(1),
        url=f"https://example.org/{number}",
        language=language,
        headline=headline,
        text=body or text,
        at=START + timedelta(days=days),
    )


def place_all(placer: Placer, leads: list[Lead], *, new_id: int = 1) -> list[StoryPlace]:
    places = []
    for item in leads:
        place = placer.place(item, new_id=StoryId(new_id))
        new_id += place.opened
        places.append(place)
    return places


def warm(placer: Placer) -> int:
    """Show the placer some texts of common words, so that it knows which words are common."""
    rng = random.Random(5)
    for number in range(40):
        words = [f"x{rng.randrange(10**6)}" for _ in range(6)] + rng.choices(COMMON, k=60)
        placer.place(lead(1000 + number, " ".join(words)), new_id=StoryId(1000 + number))
    return 40


MUTE = ("Hm.", "https://post.example/picture.jpg", "🚨🚨🚨 #breaking", "Wow", "...", "Yes! Yes!")


def give_one_meaning(item: Lead) -> Lead:
    """Return the article with a vector that all others have as well."""
    return replace(item, vector=bytes([127] + 63 * [1]))


def test_posts_of_next_to_no_words_join_nobody_and_nobody_them() -> None:
    placer = Placer()
    posts = [
        give_one_meaning(replace(lead(number, text), headline="", text=text))
        for number, text in enumerate(MUTE + MUTE, 1)
    ]
    essay = give_one_meaning(lead(99, EVENTS[0][0]))
    places = place_all(placer, [*posts[:6], essay, *posts[6:]])
    assert all(place.opened for place in places)
    assert not any(place.related for place in places)
    assert placer.find_merges() == ()


def test_a_copy_of_a_post_of_no_words_stands_where_the_post_stands() -> None:
    placer = Placer()
    first, second = (replace(lead(number, "Hm."), headline="") for number in (1, 2))
    placer.place(first, new_id=StoryId(1))
    place = placer.place(second, new_id=StoryId(2), report=StoryId(1))
    assert (place.story_id, place.follows) == (1, True)


def test_reports_of_one_event_share_a_story() -> None:
    placer = Placer()
    warm(placer)
    told = [(event, text) for event, texts in enumerate(EVENTS) for text in texts]
    random.Random(3).shuffle(told)
    places = place_all(placer, [lead(n, text) for n, (_, text) in enumerate(told, start=1)])
    stories = {(event, place.story_id) for (event, _), place in zip(told, places, strict=True)}
    assert len(stories) == len(EVENTS)
    assert sum(place.opened for place in places) == len(EVENTS)


def test_related_are_the_nearest_earlier_articles() -> None:
    placer = Placer()
    warm(placer)
    places = place_all(placer, [lead(n, text) for n, text in enumerate(sum(EVENTS, ()), start=1)])
    assert {related.article_id for related in places[2].related[:2]} == {1, 2}
    scores = [related.score for related in places[-1].related]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) <= RELATED + ELSEWHERE


def test_common_words_make_nothing_near() -> None:
    placer = Placer()
    warm(placer)
    rng = random.Random(7)
    texts = [
        f"{text} {' '.join(rng.choices(COMMON, k=200))}" for text in (EVENTS[0][0], EVENTS[1][0])
    ]
    one, other = place_all(placer, [lead(n, text) for n, text in enumerate(texts, start=1)])
    assert one.story_id != other.story_id
    assert all(related.score < 0.2 for related in other.related)
    again = placer.place(lead(3, f"{EVENTS[0][1]} {' '.join(COMMON)}"), new_id=StoryId(3))
    assert again.related[0].article_id == 1
    assert again.related[0].score > 0.4


def test_a_large_story_does_not_crowd_out_what_is_near_in_others() -> None:
    placer = Placer()
    warm(placer)
    first, other = EVENTS[0][0], EVENTS[1][0]
    both = f"{other} {first.partition('. ')[2]}"
    placer.place(lead(1, both), new_id=StoryId(1))
    for number in range(2, 2 + 2 * RELATED):  # of a story that somebody has put together
        placer.replay(lead(number, f"{first} More {number}."), StoryId(2))
    placed = placer.place(lead(90, first), new_id=StoryId(3))
    assert placed.story_id == 2
    near = [related.article_id for related in placed.related]
    assert len(near) > RELATED
    assert 1 in near[RELATED:]
    scores = [related.score for related in placed.related]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1.0001 for score in scores)


def test_an_old_story_needs_a_better_match_but_can_wake_up() -> None:
    placer = Placer()
    warm(placer)
    first, *_ = place_all(placer, [lead(1, EVENTS[0][0])])
    soon = Placer.from_bytes(placer.to_bytes()).place(lead(2, EVENTS[0][1]), new_id=StoryId(2))
    late = placer.place(lead(2, EVENTS[0][1], days=30), new_id=StoryId(2))
    assert late.story_id == soon.story_id == first.story_id
    assert 0.65 * soon.score < late.score < soon.score


def test_what_is_forgotten_is_not_joined() -> None:
    placer = Placer()
    warm(placer)
    place_all(placer, [lead(1, EVENTS[0][0]), lead(2, EVENTS[1][0], days=5)])
    placer.forget_before(START + timedelta(days=1))
    flood, bank = place_all(
        placer, [lead(3, EVENTS[0][1], days=5), lead(4, EVENTS[1][1], days=5)], new_id=3
    )
    assert (flood.opened, flood.story_id, flood.related) == (True, 3, ())
    assert (bank.opened, bank.story_id) == (False, 2)


@pytest.mark.parametrize("text", ["", "!!! ???", "\x00\ud800", "a", "市", "🎈" * 50])
def test_odd_texts_open_stories_and_never_raise(text: str) -> None:
    placer = Placer()
    assert all(p.opened for p in place_all(placer, [lead(1, text), lead(2, EVENTS[0][0])]))


def test_a_state_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="not of version"):
        Placer.from_bytes(b"\x80")


_TEXTS = [text for texts in EVENTS for text in texts] + ["", "市政府宣布港口将于春季重新开放"]
_LEADS = st.lists(
    st.tuples(st.sampled_from(_TEXTS), st.floats(0, 20), st.sampled_from(["en", "de", "vi"])),
    max_size=30,
).map(
    lambda rows: [
        lead(number, text, days=days, language=language)
        for number, (text, days, language) in enumerate(rows, start=1)
    ]
)


@examples(25)
@given(_LEADS, st.data())
def test_a_round_trip_through_bytes_changes_nothing(leads: list[Lead], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(leads)))
    whole, before = Placer(), Placer()
    assert place_all(before, leads[:cut]) == place_all(whole, leads[:cut])
    for placer in (whole, before):
        placer.forget_before(START + timedelta(days=4))
    after = Placer.from_bytes(before.to_bytes())
    assert place_all(after, leads[cut:], new_id=99) == place_all(whole, leads[cut:], new_id=99)
    for placer in (whole, after):
        placer.forget_before(START + timedelta(days=8))
    assert after.to_bytes() == whole.to_bytes()


@examples(25)
@given(_LEADS)
def test_replay_leaves_the_same_memory(leads: list[Lead]) -> None:
    placed, replayed = Placer(), Placer()
    for item, place in zip(leads, place_all(placed, leads), strict=True):
        replayed.replay(item, place.story_id)
    assert replayed.to_bytes() == placed.to_bytes()


_OTHER_PROCESS = """
import sys
sys.path[:0] = sys.argv[1:]
from test_placing import EVENTS, Placer, lead, place_all
places = place_all(Placer(), [lead(n, t) for n, t in enumerate(sum(EVENTS, ()), start=1)])
print([(p.story_id, p.score, p.related) for p in places])
"""


@pytest.mark.flow
def test_another_process_decides_the_same() -> None:
    here = Path(__file__).parent
    outputs = {
        subprocess.run(
            [sys.executable, "-c", _OTHER_PROCESS, str(here), str(here.parents[1])],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_copies_stand_where_their_report_stands_and_count_for_nothing() -> None:
    """Forty copies of one report would be a crowd that asks too much of everything near."""
    alone, among = Placer(), Placer()
    first, second = EVENTS[0][0], EVENTS[0][1]
    for placer in (alone, among):
        placer.place(lead(1, first), new_id=StoryId(1))
    for number in range(2, 42):
        copy = among.place(lead(number, first), new_id=StoryId(number), report=StoryId(1))
        assert copy.story_id == 1 and copy.follows and not copy.opened
    after, plain = (p.place(lead(50, second), new_id=StoryId(50)) for p in (among, alone))
    assert (after.story_id, after.score) == (plain.story_id, plain.score)
    assert [one.article_id for one in after.related] == [one.article_id for one in plain.related]


def test_a_copy_that_is_replayed_leaves_the_same_memory() -> None:
    placed, replayed = Placer(), Placer()
    for number, text in enumerate((EVENTS[0][0], EVENTS[1][0], EVENTS[0][0]), start=1):
        report = StoryId(1) if number == 3 else None
        place = placed.place(lead(number, text), new_id=StoryId(number), report=report)
        replayed.replay(lead(number, text), place.story_id, follows=place.follows)
    assert replayed.to_bytes() == placed.to_bytes()
