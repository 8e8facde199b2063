import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Source
from dateline.publish.sections import (
    LONGEST,
    file_article,
    find_folder,
    find_section,
    list_topics,
    read_names,
)

LANGUAGES = (
    *("en", "de", "fr", "es", "it", "pt", "nl", "pl", "uk", "ru", "el", "ar"),
    *("sv", "da", "no", "fi", "is", "cs", "sk", "hu", "ro", "bg", "sr", "hr", "sl", "ca"),
    *("et", "lv", "lt", "tr", "ja", "zh", "ko", "vi", "id", "hi", "bn", "he", "fa", "ur"),
    *("sw", "th"),
)


def source(**given: object) -> Source:
    return Source(key="post", name="The Post", home="https://post.example/", **given)  # type: ignore[arg-type]


def test_there_are_the_17_topics_and_four_sections_of_newspapers() -> None:
    assert len(list_topics()) == 17
    assert len(set(list_topics().values())) == 17
    assert set(read_names().sections) - set(list_topics()) == {
        "world",
        "nation",
        "regional",
        "opinion",
    }


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("World", "world"),
        ("AUSLAND", "world"),
        ("Mundo", "world"),
        ("Κόσμος", "world"),
        ("العالم", "world"),
        ("В мире", "world"),
        ("Новини світу", "world"),
        ("Économie", "economy"),
        ("economie", "economy"),
        ("Science & Environment", "science"),
        ("Entertainment and Arts", "culture"),
        ("Politik | Inland", "politics"),
        ("UK Politics", "politics"),
        ("European Football", "sport"),
        ("Business News", "economy"),
        ("human-interest", "human-interest"),
        ("Utrikes", "world"),
        ("Kultur & Nöje", "culture"),
        ("Eat & Drink", "lifestyle"),
        ("Kotimaa", "nation"),
        ("Urheilu | Jääkiekko", "sport"),
        ("Názory a komentáře", "opinion"),
        ("Külföld", "world"),
        ("Sănătate", "health"),
        ("Икономика", "economy"),
        ("Crna hronika", "justice"),
        ("DÜNYA", "world"),
        ("İş Dünyası", "economy"),
        ("スポーツ・サッカー", "sport"),
        ("경제 > 부동산", "economy"),
        ("खेल समाचार", "sport"),
        ("রাজনীতি", "politics"),
        ("חדשות הספורט", ""),
        ("ספורט", "sport"),
        ("بین‌الملل", "world"),
        ("การเมือง", "politics"),
        ("Michezo", "sport"),
        ("Gaya Hidup", "lifestyle"),
        ("Manchester City", ""),
        ("Premier Inn", ""),
        ("News", ""),
        ("", ""),
        ("&&&", ""),
    ],
)
def test_names_of_outlets_are_found(name: str, section: str) -> None:
    assert find_section(name) == section


def test_a_country_is_at_home_or_abroad() -> None:
    assert find_section("Україна", "UA") == "nation"
    assert find_section("Ukraine", "DE") == "world"
    assert find_section("Deutschland", "de") == "nation"
    assert find_section("US & Canada", "GB") == "world"


@pytest.mark.parametrize(
    ("url", "section"),
    [
        ("https://a.example/world/europe/story-1", "world"),
        ("https://a.example/us/politics/2022/11/story", "politics"),
        ("https://a.example/news/kultura/story", "culture"),
        ("https://a.example/%D0%BF%D0%BE%D0%BB%D1%96%D1%82%D0%B8%D0%BA%D0%B0/1", "politics"),
        ("https://a.example/saglik/1", "health"),
        ("https://a.example/oekonomi/1", "economy"),
        ("https://a.example/pilka-nozna/1", "sport"),
        ("https://a.example/it/2022/1", ""),
        ("https://a.example/world/long-war-of-a-small-town-over-football/1", "world"),
        ("https://a.example/video/a-brief-history-of-soda/1", ""),
        ("https://a.example/news-tip/1", ""),
        ("https://a.example/tv/1", "culture"),
        ("https://a.example/us/1", "world"),
        ("https://a.example/story-about-politics", ""),
        ("https://a.example/?section=sport", ""),
        ("not an address", ""),
        ("", ""),
    ],
)
def test_folders_of_an_address_are_found(url: str, section: str) -> None:
    assert find_folder(url) == section


def test_a_name_of_several_meanings_is_read_in_the_language_of_its_outlet() -> None:
    turkish, german, unknown = (
        Source(key="a", name="A", home="", language=language) for language in ("tr", "de-AT", "")
    )
    assert file_article(turkish, "Magazin", "").section == "culture"
    assert file_article(german, "Magazin", "").section == "human-interest"
    assert file_article(unknown, "Magazin", "").section == "culture"
    assert file_article(german, "", "https://a.example/magazin/1").section == "human-interest"
    assert find_section("Welt", language="tr") == "world"


def test_what_is_known_first_counts() -> None:
    url = "https://post.example/sport/1"
    assert file_article(source(), "Ausland", url).section == "world"
    assert file_article(source(), "Kyiv Diary", url).section == "sport"
    assert file_article(source(), "News", "https://post.example/1").section == ""
    assert file_article(source(), "Kyiv Diary", "https://post.example/1").section == "Kyiv Diary"
    ruled = source(sections=(("Ausland", "Opinion"), ("kyiv diary", "Diaries")))
    assert file_article(ruled, "Ausland", url).section == "opinion"
    assert file_article(ruled, "Kyiv Diary", url).section == "Diaries"
    set_once = source(section="Wissen", sections=(("Ausland", "Opinion"),))
    filing = file_article(set_once, "Ausland", url)
    assert (filing.section, filing.own) == ("science", "Ausland")
    assert filing.made_by == read_names().made_by


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_has_names_in_each_language(language: str) -> None:
    import tomllib
    from importlib.resources import files

    table = tomllib.loads(files("dateline.publish").joinpath("sections.toml").read_text("utf-8"))
    missing = [key for key in read_names().sections if not table[key].get(language)]
    assert not missing


def test_a_name_stands_for_one_section_and_what_is_common_elsewhere_for_none() -> None:
    table = read_names()
    assert not {slug for slug in table.names if slug in table.empty}
    for name in (
        "La dolce vita",
        "Val d'Isère",
        "Sao Bernardo",
        "Virtual Reality",
        "Aloe Vera",
    ):
        assert find_section(name) == ""


@given(st.text(max_size=300), st.text(max_size=300))
def test_nothing_makes_it_raise(name: str, url: str) -> None:
    filing = file_article(source(country=name[:2]), name, url)
    assert len(filing.own) <= LONGEST
    assert find_section("-".join([name] * 40)) in ("", *read_names().sections)
    find_folder(f"https://x.example/{url}/{name}/x")
