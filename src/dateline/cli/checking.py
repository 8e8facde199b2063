"""`dateline doctor`: what may be wrong with a site, and what to do about it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dateline import store as stores
from dateline.encoders import open_encoder
from dateline.errors import CatalogError, OperatorError
from dateline.publish.popular import HELD
from dateline.settings import FILE_NAME, Settings, list_proxies, make_mail_policy
from dateline.sources.catalog import read_catalog
from dateline.store import Store
from dateline.store import entries as entry_rows
from dateline.store import visits as visit_rows
from dateline.store.backup import check_store
from dateline.store.views import list_jumps

JUMPS_SHOWN = timedelta(days=1)
LEAST_DISK = 1_000_000_000  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    ok: bool
    sentence: str

    def describe(self) -> dict[str, Any]:
        """Return the finding for programs."""
        return {"ok": self.ok, "message": self.sentence}


def check_home(settings: Settings, now: datetime) -> list[Finding]:
    """Look at settings, catalogue, disk, mail, story model, store and sources."""
    findings = [*_check_files(settings), *_check_mail(settings), _check_model(settings)]
    findings += _check_proxies(settings)
    try:
        with stores.open_store(settings.store_address) as store:
            findings += [*_check_store(store), *_check_work(store, now)]
            findings += _check_reads(store, now)
    except OperatorError as error:
        findings.append(Finding(ok=False, sentence=str(error)))
    return findings


def _check_model(settings: Settings) -> Finding:
    try:
        encoder = open_encoder(settings.text("story_model"))
    except OperatorError as error:
        return Finding(ok=False, sentence=f"story model: {error}")
    if encoder is None:
        return Finding(ok=True, sentence="story model: none; languages are not compared")
    return Finding(ok=True, sentence=f"story model: {encoder.name}")


def _check_files(settings: Settings) -> Iterator[Finding]:
    there = (settings.home / FILE_NAME).is_file()
    yield Finding(ok=there, sentence=f"settings: {settings.home / FILE_NAME}")
    try:
        text = settings.catalog_path.read_text("utf-8") if settings.catalog_path.exists() else ""
        catalog = read_catalog(text)
        yield Finding(ok=True, sentence=f"catalogue: {len(catalog.sources)} sources")
    except CatalogError as error:
        yield Finding(ok=False, sentence=f"catalogue: {error}")
    free = shutil.disk_usage(settings.home).free
    yield Finding(ok=free > LEAST_DISK, sentence=f"disk: {free / 1e9:.1f} GB free")
    if not settings.text("contact"):
        sentence = "contact: not set; outlets cannot write to you, set it in dateline.toml"
        yield Finding(ok=settings.flag("allow_loopback"), sentence=sentence)
    if settings.flag("allow_loopback"):
        yield Finding(ok=False, sentence="allow_loopback is on: for tests and the sample wire only")


def _check_mail(settings: Settings) -> Iterator[Finding]:
    try:
        policy = make_mail_policy(settings)
    except OperatorError as error:
        yield Finding(ok=False, sentence=f"mail: {error}")
        return
    if policy is None:
        yield Finding(ok=True, sentence="mail: no server set, so no letters are offered")
    else:
        yield Finding(ok=True, sentence=f"mail: by {policy.host}:{policy.port}")


def _check_proxies(settings: Settings) -> Iterator[Finding]:
    try:
        list_proxies(settings)
    except OperatorError as error:
        yield Finding(ok=False, sentence=f"proxies: {error}")


def _check_reads(store: Store, now: datetime) -> Iterator[Finding]:
    with store.read() as tx:
        jumps = list_jumps(tx, now - JUMPS_SHOWN)
    for jump in jumps:
        yield Finding(
            ok=jump.lifted or now - jump.hour >= HELD,
            sentence=(
                f"reads: article {jump.article_id} jumped in the hour from "
                f"{jump.hour:%Y-%m-%d %H:%M} UTC: read in {jump.networks} networks, explained "
                f"{jump.explained} (most in an hour before {jump.own}, other articles "
                f"{jump.usual}, independent origins {jump.origins}); "
                + ("explained since" if jump.lifted else "the hour counts as those before it")
            ),
        )


def _check_store(store: Store) -> Iterator[Finding]:
    problems = check_store(store)
    yield Finding(
        ok=not problems,
        sentence=f"store: {store.dialect}, sound"
        if not problems
        else "store: " + "; ".join(problems),
    )


def _check_work(store: Store, now: datetime) -> Iterator[Finding]:
    with store.read() as tx:
        visits = visit_rows.list_visits(tx)
        counts = entry_rows.count_entries(tx)
    late = [v for v in visits if v.next_at and not v.gone and v.next_at < now - timedelta(hours=6)]
    if late:
        sentence = f"feeds: {len(late)} are over six hours late; is `dateline run` running?"
        yield Finding(ok=False, sentence=sentence)
    for visit in visits:
        if visit.permanent or visit.gone:
            yield Finding(ok=False, sentence=f"feed {visit.url}: {visit.problem}")
    for (state, problem), count in sorted(counts.items()):
        if state == "failed":
            yield Finding(ok=True, sentence=f"entries: {count} not read: {problem}")
