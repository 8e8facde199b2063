"""What outlets and languages are called."""

import pytest

from dateline.model import Source
from dateline.web.called import find_languages, find_outlets

TOLD = [
    ("bbc", "BBC News", "https://www.bbc.co.uk/news"),
    ("bbc-sport", "BBC Sport", "https://www.bbc.co.uk/sport"),
    ("rt-com", "rt.com", "https://www.rt.com"),
    ("edition-cnn-com", "edition.cnn.com", "http://edition.cnn.com"),
    ("fox", "Fox News", "https://www.foxnews.com"),
    ("www-washingtonpost-com", "www.washingtonpost.com", "https://www.washingtonpost.com"),
    ("reuters-agency", "Reuters", ""),
    ("el-pais", "El Pa\u00eds", "https://elpais.com"),
]
SOURCES = {key: Source(key=key, name=name, home=home) for key, name, home in TOLD}


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ("bbc", ["bbc"]),
        ("BBC", ["bbc"]),
        ("bbc news", ["bbc"]),
        ("news", ["bbc", "fox"]),
        ("bbc.co.uk", ["bbc", "bbc-sport"]),
        ("rt", ["rt-com"]),
        ("RT.com", ["rt-com"]),
        ("www.rt.com", ["rt-com"]),
        ("cnn", ["edition-cnn-com"]),
        ("cnn.com", ["edition-cnn-com"]),
        ("Washington Post", ["www-washingtonpost-com"]),
        ("reuters", ["reuters-agency"]),
        ("pais", ["el-pais"]),
        ("com", []),
        ("bb", []),
        ("bbc new", []),
        ("", []),
        (".", []),
        ("-", []),
        ("\x00\ud800", []),
    ],
)
def test_outlets(asked: str, keys: list[str]) -> None:
    assert find_outlets(asked, SOURCES) == keys


@pytest.mark.parametrize(
    ("asked", "tags"),
    [
        ("de", ["de"]),
        ("en", ["en-GB"]),
        ("DE-at", ["de-AT"]),
        ("German", ["de", "de-AT"]),
        ("deutsch", ["de", "de-AT"]),
        ("allemand", ["de", "de-AT"]),
        ("Francais", ["fr"]),
        ("\u0430\u043d\u0433\u043b\u0456\u0439\u0441\u044c\u043a\u0430", ["en-GB"]),
        ("English", ["en-GB"]),
        ("klingon", []),
        ("", []),
    ],
)
def test_languages(asked: str, tags: list[str]) -> None:
    assert find_languages(asked, ("de", "de-AT", "en-GB", "fr")) == tags
