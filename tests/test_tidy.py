"""The house stays easy to see: who may import whom, how large things may grow, what is banned."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "dateline"
FILES = sorted(SRC.rglob("*.py"))
LAYER_0 = {"model", "errors", "urls", "text", "sentences", "calling"}
LAYER_1 = {"sources", "fetch", "extract", "origins", "stories", "claims", "publish"}
EDGES = {"net", "mail", "encoders", "store", "work"}
MIDDLE = {"reading", "pipeline"}
WIRING = {"settings", "web", "cli", "sample", "api", "__init__", "__main__"}
FILE_LINES, FUNCTION_LINES, PARAMETERS, DEPTH = 400, 70, 5, 2
# Generated once by the migration tool, and lists one call a table.
LONG_ALLOWED = {"store/migrations/versions"}
NESTING = (ast.If, ast.For, ast.While, ast.Match, ast.AsyncFor)
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Module(NamedTuple):
    """What the laws ask of a module; its tree is not kept, for trees are large."""

    rooms: frozenset[str]  # that it imports at run time
    oversized: tuple[str, ...]
    says_why: bool


@cache
def read_module(path: Path) -> Module:
    tree = ast.parse(path.read_text("utf-8"))
    statements = statements_of(tree)
    functions = [node for node in statements if isinstance(node, Function)]
    is_command = room_of(path) == "cli"
    return Module(
        rooms=frozenset(imported_rooms(statements)),
        oversized=tuple(
            fault for node in functions for fault in check_function(node, is_command=is_command)
        ),
        says_why=bool(ast.get_docstring(tree)),
    )


def statements_of(tree: ast.Module) -> list[ast.AST]:
    """Return the statements of a module at every depth; `ast.walk` visits each name too."""
    found: list[ast.AST] = [tree]
    for node in found:  # grows on the way
        for block in ("body", "orelse", "finalbody", "handlers", "cases"):
            found += getattr(node, block, [])
    return found


def room_of(path: Path) -> str:
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def name_of(path: Path) -> str:
    return path.relative_to(SRC).as_posix()


def imported_rooms(statements: Sequence[ast.AST]) -> Iterator[str]:
    """Yield the rooms that a module imports at run time (imports for type checking are free)."""
    checking = {
        id(inner)
        for node in statements
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }
    for node in statements:
        if id(node) in checking:
            continue
        if isinstance(node, ast.ImportFrom) and node.module == "dateline":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dateline."):
            yield (node.module or "").split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (
                alias.name.split(".")[1]
                for alias in node.names
                if alias.name.startswith("dateline.")
            )


def allowed_rooms(room: str) -> set[str]:
    if room in LAYER_0:
        return LAYER_0
    if room in LAYER_1 or room in EDGES:
        return LAYER_0 | {room}
    if room == "pipeline":  # it calls the store's named functions; other edges are arguments
        return LAYER_0 | LAYER_1 | MIDDLE | {"store"}
    if room in MIDDLE:
        return LAYER_0 | LAYER_1 | MIDDLE
    return LAYER_0 | LAYER_1 | EDGES | MIDDLE | WIRING


# One test a law, not one a file and law: a thousand tests that take no time take seconds.
def test_imports_follow_the_layers() -> None:
    problems = []
    for path in FILES:
        room = room_of(path)
        if room not in LAYER_0 | LAYER_1 | EDGES | MIDDLE | WIRING:
            problems.append(f"{name_of(path)}: {room} has no place in the house")
        elif extra := read_module(path).rooms - allowed_rooms(room):
            problems.append(f"{name_of(path)} must not import {sorted(extra)}")
    assert not problems, tell(problems)


def test_sizes() -> None:
    problems = []
    for path in FILES:
        if any(part in name_of(path) for part in LONG_ALLOWED):
            continue
        found = []
        if (lines := path.read_text("utf-8").count("\n")) > FILE_LINES:
            found.append(f"{lines} lines; split it")
        found += read_module(path).oversized
        problems += [f"{name_of(path)}: {problem}" for problem in found]
    assert not problems, tell(problems)


def tell(problems: list[str]) -> str:
    return "\n".join(["", *problems])


def check_function(node: Function, *, is_command: bool) -> Iterator[str]:
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    if lines > FUNCTION_LINES:
        yield f"{node.name} has {lines} lines"
    arguments = node.args
    names = [a.arg for a in arguments.posonlyargs + arguments.args + arguments.kwonlyargs]
    count = len([name for name in names if name not in {"self", "cls"}])
    if count > PARAMETERS and not (is_command and node.name.endswith("_command")):
        yield f"{node.name} has {count} parameters; group them in a value"
    if (depth := depth_of(node.body)) > DEPTH:
        yield f"{node.name} nests {depth} deep"


def depth_of(body: list[ast.stmt]) -> int:
    """Return how deep control flow nests; `elif` continues its `if`, with and try are free."""
    deepest = 0
    for node in body:
        inner = max((depth_of(block) for block in blocks_of(node)), default=0)
        if isinstance(node, ast.If) and is_elif_chain(node):
            inner = max(depth_of(node.body), depth_of(node.orelse) - 1)
        deepest = max(deepest, inner + isinstance(node, NESTING))
    return deepest


def is_elif_chain(node: ast.If) -> bool:
    return len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If)


def blocks_of(node: ast.stmt) -> Iterator[list[ast.stmt]]:
    if isinstance(node, Function | ast.ClassDef):
        return
    for name in ("body", "orelse", "finalbody"):
        if block := getattr(node, name, None):
            yield block
    for part in [*getattr(node, "handlers", []), *getattr(node, "cases", [])]:
        yield part.body


CLOCK = re.compile(
    r"datetime\.now\(|datetime\.utcnow\(|date\.today\(|\btime\.(time|monotonic|sleep)\("
)
SQL = re.compile(r"^\s*(import|from) (sqlalchemy|pysqlite3|sqlite3)", re.MULTILINE)
SOCKETS = re.compile(r"^\s*(import|from) (aiohttp|requests|httpx|urllib\.request)", re.MULTILINE)
PRINT = re.compile(r"(?<![\w.])print\(")
ENVIRONMENT = re.compile(r"\bos\.(environ|getenv)\b")


def test_bans() -> None:
    problems = [
        f"{name_of(path)} {problem}"
        for path in FILES
        for problem in find_banned(room_of(path), path.read_text("utf-8"))
    ]
    assert not problems, tell(problems)


def find_banned(room: str, source: str) -> Iterator[str]:
    if room in LAYER_0 | LAYER_1 | {"store", "pipeline", "reading"}:
        if CLOCK.search(source):
            yield "reads the clock; take `now`"
        if ENVIRONMENT.search(source):
            yield "reads the environment"
    if room not in {"cli", "__main__"} and PRINT.search(source):
        yield "prints"
    if room != "store" and SQL.search(source):
        yield "speaks SQL; only the store does"
    if room != "net" and room != "sample" and SOCKETS.search(source):
        yield "opens sockets; only net does"


@pytest.mark.parametrize(
    ("room", "source", "problem"),
    [
        ("claims", "now = datetime.now(UTC)", "reads the clock; take `now`"),
        ("store", "os.environ['HOME']", "reads the environment"),
        ("web", "print('x')", "prints"),
        ("pipeline", "    from sqlalchemy import text", "speaks SQL; only the store does"),
        ("mail", "import aiohttp", "opens sockets; only net does"),
    ],
)
def test_what_is_banned_is_found(room: str, source: str, problem: str) -> None:
    assert list(find_banned(room, f"import re\n{source}\n")) == [problem]
    assert not list(find_banned("cli", "print(1)\nos.environ\ndatetime.now(UTC)\n"))


def test_safe_html_is_made_in_one_place() -> None:
    makers = {
        name_of(path)
        for path in FILES
        if re.search(r"(?<!class )\bSafeHtml\((?!\"\"\))(?!str\))", path.read_text("utf-8"))
    }
    rooms = {name for name in makers if not name.startswith("store/")}
    assert rooms <= {"extract/cleaning.py"}, f"SafeHtml made outside extract/cleaning.py: {rooms}"


def test_templates_never_switch_escaping_off() -> None:
    for template in (SRC / "web").rglob("*.html"):
        text = template.read_text("utf-8")
        assert "|safe" not in text.replace(" ", ""), f"{template.name} prints unescaped text"
        assert "autoescape false" not in text, f"{template.name} switches escaping off"


def test_every_module_says_why_it_exists() -> None:
    silent = [name_of(p) for p in FILES if not read_module(p).says_why]
    assert not silent, f"no module docstring: {silent}"
