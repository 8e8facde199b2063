"""Golden pages: everything that is read of a page, word for word."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from dateline.extract.cleaning import BOUNDS
from dateline.extract.markup import tokenise

HERE = Path(__file__).parent
FOLDERS = sorted((HERE.parent / "data" / "pages").iterdir())


def load_golden() -> ModuleType:
    spec = importlib.util.spec_from_file_location("golden_pages", HERE / "golden_pages.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


golden = load_golden()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_page_reads_as_expected(folder: Path) -> None:
    expected = folder / "expected.json"
    assert expected.is_file(), "run tests/extract/rewrite_pages.py and look at what it wrote"
    assert golden.describe(golden.read_page(folder)) == json.loads(expected.read_text("utf-8"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_html_says_what_the_text_says(folder: Path) -> None:
    reading = golden.read_page(folder)
    said = " ".join(token for token in tokenise(reading.html, BOUNDS) if isinstance(token, str))
    assert said.split() == reading.text.split() or "".join(said.split()) == "".join(
        reading.text.split()
    )
