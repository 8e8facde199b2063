"""What is gathered from the modules of words: everything that is said, and nothing else."""

import ast
import inspect
from types import FunctionType

import pytest

from dateline.web.messages import SOURCES, gather_messages


def test_constants_tables_and_calls_are_gathered() -> None:
    found = {each.id for each in gather_messages() if each.id}
    assert "Skip to the news" in found  # a constant
    assert "Reworded" in found  # a table
    assert ("{} outlet", "{} outlets") in found  # a call
    assert ("{} change", "{} changes") in found  # a table of forms
    assert "headline only, as the source allows" in found


def test_a_message_says_where_it_stands() -> None:
    message = gather_messages().get("Skip to the news")
    assert message is not None
    assert message.auto_comments == ["words.SKIP"]


@pytest.mark.parametrize("module", SOURCES, ids=lambda module: module.__name__)
def test_a_function_that_speaks_takes_the_speaker_first(module) -> None:
    own = [f for f in vars(module).values() if isinstance(f, FunctionType)]
    public = [f for f in own if f.__module__ == module.__name__ and not f.__name__.startswith("_")]
    silent = [f.__name__ for f in public if next(iter(inspect.signature(f).parameters)) != "say"]
    assert set(silent) <= {"list_whys"}, "give them `say: Speaker` first, and let it say all words"


@pytest.mark.parametrize("module", SOURCES, ids=lambda module: module.__name__)
def test_nothing_is_said_by_putting_pieces_into_a_string(module) -> None:
    # An f-string in such a module is a sentence that no catalogue can turn.
    functions = [f for f in ast.parse(inspect.getsource(module)).body if hasattr(f, "args")]
    speaking = [f for f in functions if "say" in {each.arg for each in f.args.args}]
    gluing = [f.name for f in speaking for node in ast.walk(f) if isinstance(node, ast.JoinedStr)]
    assert not gluing, "say one whole pattern with places in it"
