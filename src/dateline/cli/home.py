"""The home folder: what every command opens before it works, and closes after."""

import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from dateline import store as stores
from dateline.cli.outside import make_web
from dateline.cli.terminal import count_cores, now, tell
from dateline.encoders import open_encoder
from dateline.errors import OperatorError
from dateline.pipeline.edges import Edges, Fetcher
from dateline.settings import FILE_NAME, Settings, read_settings
from dateline.sources.catalog import read_catalog
from dateline.store import Store, nudges
from dateline.store import sources as source_rows
from dateline.work.pool import Pool
from dateline.work.steps import is_dead_here, make_holder

HomeOption = Annotated[
    Path,
    typer.Option("--home", help="Home folder of the site, made by `dateline init`."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """An opened home folder."""

    settings: Settings
    store: Store


def count_jobs(settings: Settings) -> int:
    """Return how many processes read pages."""
    return settings.number("jobs") or count_cores()


@contextmanager
def open_house(home: Path, *, create: bool = False) -> Iterator[House]:
    """Open settings and store of a home folder, with the catalogue brought into the store."""
    if not create and not (home / FILE_NAME).is_file():
        raise OperatorError(
            f"{home} is no home folder of Dateline (no {FILE_NAME}). "
            f"Make one with `dateline init {home}`, or name it with --home."
        )
    settings = read_settings(home)
    language = settings.text("site_language")
    with stores.open_store(settings.store_address, create=True, language=language) as store:
        take_catalog(settings, store)
        yield House(settings=settings, store=store)


def take_catalog(settings: Settings, store: Store) -> None:
    """Bring the operator's list of sources into the store, where it differs."""
    if not settings.catalog_path.is_file():
        return
    catalog = read_catalog(settings.catalog_path.read_text("utf-8"))
    with store.read() as tx:
        known = {source.key: source for source in source_rows.list_sources(tx)}
    wanted = {source.key: source for source in catalog.sources}
    same = all(
        key in known and replace(known[key], id=source.id) == source
        for key, source in wanted.items()
    )
    followed = {key for key, source in known.items() if source.feeds and not source.paused}
    if same and followed <= wanted.keys():
        return
    with store.write(now()) as tx:
        source_rows.save_sources(tx, catalog.sources)
        source_rows.retire_sources(tx, wanted.keys())


@contextmanager
def open_edges(house: House, *, web: Fetcher | None = None) -> Iterator[Edges]:
    """Open network and pool for the steps of one worker; `web` stands in for the network."""
    settings = house.settings
    with ExitStack() as stack:
        web = web or stack.enter_context(make_web(settings))
        pool = stack.enter_context(
            Pool(count_jobs(settings), memory_mb=settings.number("worker_memory_mb"))
        )
        holder = make_holder()
        with house.store.write(now()) as tx:
            nudges.free_dead(tx, is_dead_here)
        yield Edges(
            store=house.store,
            web=web,
            pool=pool,
            clock=now,
            chance=random.random,
            holder=holder,
            encoder=open_encoder(settings.text("story_model")),
            page_timeout_s=settings.number("page_timeout_s"),
            keep_raw=settings.number("keep_raw_days") > 0,
            report=tell,
        )
