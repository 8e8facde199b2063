"""The documents tell of every setting and command, and of nothing that is not there."""

import re
from pathlib import Path

import pytest
import typer

from dateline.cli import ROOMS, build_app
from dateline.settings import SETTINGS

ROOT = Path(__file__).parents[1]
APP = build_app()
GROUPS = {str(group.name) for group in APP.registered_groups}
COMMANDS = sorted({str(command.name) for command in APP.registered_commands} | GROUPS)


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented_as_it_is(setting) -> None:  # type: ignore[no-untyped-def]
    rows = [row for row in read("docs/settings.md").splitlines() if f"| `{setting.name}` |" in row]
    assert len(rows) == 1, "add it to docs/settings.md"
    assert setting.help in rows[0]
    assert setting.describe_allowed() in rows[0]
    shown = str(setting.default).lower() if isinstance(setting.default, bool) else setting.default
    assert (f"`{shown}`" if setting.default not in ("", ()) else "empty") in rows[0]


def test_no_setting_is_documented_that_is_none() -> None:
    named = set(re.findall(r"^\| `(\w+)` \|", read("docs/settings.md"), re.MULTILINE))
    assert named == {setting.name for setting in SETTINGS}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name: str) -> None:
    assert f"`dateline {name}" in read("docs/commands.md"), "add it to docs/commands.md"


def test_every_command_is_found_by_its_name() -> None:
    assert sorted(ROOMS) == COMMANDS
    for name in ROOMS:
        app = build_app(name)
        assert name in [one.name for one in (*app.registered_commands, *app.registered_groups)]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_teaches(name: str) -> None:
    command = typer.main.get_command(APP).commands[name]  # type: ignore[attr-defined]
    assert command.help and len(command.help) > 40
    for each in (command, *getattr(command, "commands", {}).values()):
        assert each.help and len(each.help) > 40, each.name
        silent = [p.name for p in each.params if getattr(p, "help", "") in (None, "")]
        assert not silent, f"dateline {name} {each.name}: say what {silent} mean"


@pytest.mark.parametrize("name", sorted(GROUPS))
def test_every_command_of_a_group_is_documented(name: str) -> None:
    group = typer.main.get_command(APP).commands[name]  # type: ignore[attr-defined]
    for inner in group.commands:
        assert f"`dateline {name} {inner}" in read("docs/commands.md"), "add it to docs/commands.md"


def test_links_between_documents_lead_somewhere() -> None:
    for path in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_promises_name_tests_that_exist() -> None:
    for row in read("docs/promises.md").splitlines():
        for name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row):
            file = ROOT / name[0]
            assert file.exists(), f"docs/promises.md names {name[0]}"
            assert f"def {name[1]}(" in file.read_text("utf-8"), f"{name[0]} has no {name[1]}"


def test_architecture_names_every_room() -> None:
    text = read("docs/architecture.md")
    for path in (ROOT / "src" / "dateline").iterdir():
        if path.is_dir() and not path.name.startswith("__"):
            assert f"{path.name}/" in text, f"docs/architecture.md does not name {path.name}/"
