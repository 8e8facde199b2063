"""Articles are filed anew when the rules change, and only then."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.pipeline.world import START, make_edges

from dateline.errors import InputError
from dateline.model import (
    ArticleId,
    Dated,
    OriginPlace,
    Reading,
    Role,
    Source,
    StoryId,
    StoryPlace,
)
from dateline.pipeline import filing
from dateline.pipeline.filing import file_sources, find_unfiled
from dateline.pipeline.pinning import Wish, pin_story, unpin_story
from dateline.publish import sections
from dateline.store import NewArticle, Store
from dateline.store.articles import save_articles
from dateline.store.cards import CardFilter, list_cards, list_sections
from dateline.store.editions import read_generation
from dateline.store.origins import save_origin_places
from dateline.store.pins import list_standing
from dateline.store.sections import find_named, iterate_filed, list_unfiled
from dateline.store.sources import save_sources
from dateline.store.stories import StoryFilter, list_stories, save_story_places

NAMES = ("Ausland", "Kyiv Diary", "News")


def post(**given: object) -> Source:
    return Source(key="post", name="Post", home="https://post.example/", **given)  # type: ignore[arg-type]


@pytest.fixture
def filled(store: Store) -> Iterator[Store]:
    """A store of an older program: three articles under the names of their outlet."""
    with store.write(START) as tx:
        ids = save_sources(tx, [post()])
        articles = [
            NewArticle(
                source_id=ids["post"],
                guid=name,
                url=f"https://post.example/{'sport/' if name == 'News' else ''}{number}",
                first_seen=START,
                reading=Reading(
                    url="u",
                    canonical=f"c{number}",
                    headline=name,
                    section=name,
                    published=Dated(at=START + timedelta(minutes=number), evidence="test"),
                ),
                fingerprint=name,
            )
            for number, name in enumerate(NAMES)
        ]
        saved = save_articles(tx, articles)
        save_origin_places(
            tx, [OriginPlace(article_id=a, origin_id=a, role=Role.FIRST) for a in saved]
        )
        save_story_places(
            tx, [StoryPlace(article_id=a, story_id=StoryId(n)) for n, a in enumerate(saved, 1)]
        )
    yield store


def file_all(store: Store) -> int:
    return file_sources(make_edges(store), find_unfiled(store, 10))


def read_sections(store: Store) -> list[tuple[str, str]]:
    with store.read() as tx:
        return [(c.section, c.own_section) for c in reversed(list_cards(tx, CardFilter()))]


def test_articles_of_an_older_program_are_filed_once(filled: Store) -> None:
    assert read_sections(filled) == [(name, name) for name in NAMES]
    assert file_all(filled) == 1
    assert read_sections(filled) == [
        ("world", "Ausland"),
        ("Kyiv Diary", "Kyiv Diary"),
        ("sport", "News"),
    ]
    assert find_unfiled(filled, 10) == []
    with filled.read() as tx:
        assert [story.story_id for story in list_stories(tx, StoryFilter(section="world"))] == [1]
        assert list_stories(tx, StoryFilter(section="Ausland")) == []
        assert {name for name, _ in list_sections(tx)} == {"world", "Kyiv Diary", "sport"}
        assert (find_named(tx, "ausland"), find_named(tx, "nothing")) == ("world", "")


def test_the_operators_rules_file_anew_what_they_concern(filled: Store) -> None:
    file_all(filled)
    with filled.write(START) as tx:
        save_sources(tx, [post()])
    assert find_unfiled(filled, 10) == []
    with filled.write(START) as tx:
        before = read_generation(tx)
        save_sources(tx, [post(sections=(("Kyiv Diary", "Society"),))])
    assert file_all(filled) == 1
    assert read_sections(filled)[1] == ("society", "Kyiv Diary")
    with filled.write(START) as tx:
        assert read_generation(tx) == before + 1
        save_sources(tx, [post(section="Sport")])
    file_all(filled)
    assert {section for section, _ in read_sections(filled)} == {"sport"}
    with filled.write(START) as tx:
        save_sources(tx, [post()])
    file_all(filled)
    assert read_sections(filled)[0] == ("world", "Ausland")


@pytest.fixture
def renamed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Put another table of names in the place of ours."""

    def rename(**given: object) -> None:
        newer = replace(names, **given)  # type: ignore[arg-type]
        for module in (sections, filing):
            monkeypatch.setattr(module, "read_names", lambda: newer)
        sections.find_section.cache_clear()

    names = sections.read_names()
    yield rename
    sections.find_section.cache_clear()


def test_a_new_table_writes_only_what_it_files_elsewhere(
    filled: Store, renamed: Callable[..., None]
) -> None:
    file_all(filled)
    with filled.read() as tx:
        before = read_generation(tx)
    names = {**sections.read_names().names, "kyiv-diary": "society"}
    renamed(names=names, made_by="newer")
    assert file_all(filled) == 1
    with filled.read() as tx:
        assert read_generation(tx) == before + 1
        (source_id,) = list_unfiled(tx, "", 10)
        filed = [one.filing for one in iterate_filed(tx, source_id, ArticleId(0))]
    (written,) = [one for one in filed if one.made_by == "newer"]
    assert (written.section, written.own) == ("society", "Kyiv Diary")
    assert find_unfiled(filled, 10) == []
    renamed(names=names, made_by="newest")
    assert file_all(filled) == 1
    assert find_unfiled(filled, 10) == []
    with filled.read() as tx:
        assert read_generation(tx) == before + 1


def test_the_editors_word_is_recorded(filled: Store) -> None:
    with filled.write(START) as tx:
        pin = pin_story(tx, Wish(story_id=StoryId(2), section="Sports", why="ours"))
        assert (pin.section, pin.by, pin.why) == ("sport", "person", "ours")
        assert [one.section for one in list_standing(tx, START)] == ["sport"]
        with pytest.raises(InputError, match="no story 99"):
            pin_story(tx, Wish(story_id=StoryId(99)))
        with pytest.raises(InputError, match="would end before"):
            pin_story(tx, Wish(story_id=StoryId(2), until=START))
        with pytest.raises(InputError, match="not pinned there"):
            unpin_story(tx, StoryId(2), "")
        assert unpin_story(tx, StoryId(2), "sport") == 1
        assert list_standing(tx, START) == []


def test_a_story_is_pinned_on_the_page_to_which_the_name_leads(filled: Store) -> None:
    file_all(filled)
    with filled.write(START) as tx:
        (own,) = {name for name, _count in list_sections(tx)} - set(sections.read_names().sections)
        for name in (own, own.upper()):
            assert pin_story(tx, Wish(story_id=StoryId(2), section=name)).section == own
        with pytest.raises(InputError, match=f"no section 'Nosuch'.*{own}"):
            pin_story(tx, Wish(story_id=StoryId(2), section="Nosuch"))
