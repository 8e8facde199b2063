"""Model files: only those that are known, and an error that says what to do."""

from pathlib import Path

import pytest

from dateline.encoders import check_files, hash_file
from dateline.errors import OperatorError


def test_another_file_than_the_known_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "odd_model").mkdir()
    (tmp_path / "odd_model" / "__init__.py").write_text("")
    (tmp_path / "odd_model" / "weights").write_text("other weights")
    monkeypatch.syspath_prepend(tmp_path)
    right = hash_file(tmp_path / "odd_model" / "weights")
    assert check_files("odd_model", "odd", {"weights": right}) == tmp_path / "odd_model"
    with pytest.raises(OperatorError, match=r"weights is not the one that is known .*install odd"):
        check_files("odd_model", "odd", {"weights": "0" * 64})
    with pytest.raises(OperatorError, match="is not the one"):
        check_files("odd_model", "odd", {"missing": right})


def test_a_missing_package_says_what_to_do() -> None:
    with pytest.raises(OperatorError, match=r"odd is missing.*story_model = \"none\""):
        check_files("a_module_that_is_not_there", "odd", {})
