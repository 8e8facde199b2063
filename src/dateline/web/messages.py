"""All messages of the interface, gathered from the modules of words: what a catalogue translates.

Two kinds: constants (names in capitals, also inside tuples and tables), and what functions pass to
the speaker: `say.text("…")`, `say.count("…", "…", n)`, `say.choose("…", "…", n)`.
"""

import ast
import inspect
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from babel.messages.catalog import Catalog

from dateline.publish import coverage_words, letter_words, manner_words
from dateline.web import why_words
from dateline.web.tongue import MODULES

SOURCES: tuple[ModuleType, ...] = (
    *MODULES.values(),
    *(coverage_words, letter_words, manner_words, why_words),
)
_SINGLE, _PLURAL = frozenset(("say.text",)), frozenset(("say.count", "say.choose"))
_HEADER = (
    "# Messages of Dateline's interface. What stands in braces is put in there, and must stay."
)
_NO_WORDS = frozenset(("_PLACES",))  # tables of patterns for reading, not for saying
Message = tuple[str | tuple[str, str], str]  # text or its two forms, and where it stands


def gather_messages() -> Catalog:
    """Return the template of all catalogues: every message once, with the names it has in code."""
    catalog = Catalog(project="Dateline", charset="utf-8", header_comment=_HEADER, fuzzy=False)
    for module in SOURCES:
        for text, name in _list_messages(module):
            catalog.add(text, auto_comments=[name])
    return catalog


def _list_messages(module: ModuleType) -> Iterator[Message]:
    where = module.__name__.rpartition(".")[2]
    for node in ast.parse(inspect.getsource(module)).body:
        found = [(name, _list_texts(vars(module)[name])) for name in _list_constants(node)]
        if isinstance(node, ast.FunctionDef):
            found.append((node.name, _list_calls(node)))
        for name, texts in found:
            yield from ((text, f"{where}.{name}") for text in texts)


def _list_constants(node: ast.stmt) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    names = (each.id for each in targets if isinstance(each, ast.Name))
    return [name for name in names if name.isupper() and name not in _NO_WORDS]


def _list_texts(value: Any) -> Iterator[str | tuple[str, str]]:
    if (isinstance(value, str) and value) or (isinstance(value, tuple) and _is_pair(value)):
        yield value
    elif isinstance(value, tuple | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _list_texts(each)


def _is_pair(value: tuple[Any, ...]) -> bool:
    """Whether a tuple is the two forms of one message: "{} change", "{} changes"."""
    return len(value) == 2 and all(isinstance(each, str) and "{}" in each for each in value)


def _list_calls(function: ast.FunctionDef) -> Iterator[str | tuple[str, str]]:
    """Yield what a function says: constants that it passes to the speaker, directly or by name."""
    known = _read_names(function)
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    for call in calls:
        one, many = ([_read_text(each, known) for each in call.args] + ["", ""])[:2]
        method = ast.unparse(call.func)
        if method in _SINGLE and one:
            yield one
        elif method in _PLURAL and one and many:
            yield one, many


def _read_names(function: ast.FunctionDef) -> dict[str, str]:
    """Return the constants that a function gives a name."""
    assigned = (node for node in ast.walk(function) if isinstance(node, ast.Assign))
    pairs = ((each.targets[0], _read_text(each.value, {})) for each in assigned)
    return {name.id: text for name, text in pairs if isinstance(name, ast.Name) and text}


def _read_text(node: ast.expr, known: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return known.get(node.id, "")
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
