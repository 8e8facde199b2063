"""Commands are tested without the model: to load it takes a second, and its own tests load it."""

import pytest


@pytest.fixture(autouse=True)
def _without_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_STORY_MODEL", "none")
