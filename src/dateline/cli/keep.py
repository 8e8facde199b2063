"""`dateline backup`, `restore`: the whole store in one file."""

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.home import HomeOption, open_house
from dateline.cli.terminal import tell
from dateline.errors import InputError
from dateline.settings import FILE_NAME, read_settings, write_settings
from dateline.store.backup import backup_store, restore_store


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("backup")(backup_command)
    app.command("restore")(restore_command)


def backup_command(
    file: Annotated[Path, typer.Argument(help="File to write; it must not exist yet.")],
    home: HomeOption = Path(),
) -> None:
    """Write the whole store to one file while the site goes on running.

    The file fits SQLite and PostgreSQL alike. Keep `dateline.toml` and `sources.toml` beside it.
    """
    if file.exists():
        raise InputError(f"{file} exists; name a new file, a backup never overwrites.")
    with open_house(home) as house:
        backup_store(house.store, file, show)
    tell(f"Backed up to {file}: {file.stat().st_size / 1e6:.1f} MB.")


def show(table: str, done: int, total: int) -> None:
    """Tell how far a backup is, at the end of each table."""
    if done == total:
        tell(f"{table}: {done} rows")


def restore_command(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A backup file.")],
    home: HomeOption = Path(),
) -> None:
    """Fill an empty store from a backup; a store that holds anything is never overwritten."""
    home.mkdir(parents=True, exist_ok=True)
    if not (home / FILE_NAME).exists():
        (home / FILE_NAME).write_text(write_settings({}), "utf-8")
    restore_store(file, read_settings(home).store_address)
    tell(f"Restored {file} into {home}.")
