"""The steps of the way, as runners see them: which work there is, and who does it.

The order is the way of a report: feeds, pages, origins, meaning, stories, translations,
claims, ledger, pictures, headlines, sections, edition, orders, letters.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from dateline.cli.home import House
from dateline.cli.terminal import now
from dateline.errors import SettingError
from dateline.mail import MailPolicy, NotSent, send_letters
from dateline.model import Lead, Letter
from dateline.pipeline import (
    announcing,
    claiming,
    editing,
    filing,
    following,
    grouping,
    headlines,
    ledgering,
    meaning,
    pages,
    picturing,
    posting,
    section_orders,
    translating,
    upkeep,
)
from dateline.pipeline.edges import Edges
from dateline.pipeline.manners import Manners
from dateline.settings import make_mail_policy
from dateline.store import Tx
from dateline.store import entries as entry_rows
from dateline.store import leads as lead_rows
from dateline.store import outbox as outbox_rows
from dateline.store import pictures as picture_rows
from dateline.store import visits as visit_rows
from dateline.work.steps import Step


@dataclass(slots=True, kw_only=True)
class Workshop:
    """What the steps of one worker share."""

    edges: Edges
    house: House
    manners: Manners = field(default_factory=Manners)
    groups: grouping.Grouping = field(default_factory=grouping.Grouping)

    def hold(self, holder: str) -> Edges:
        """Return the edges under the name of the worker that claims."""
        return self.edges if holder == self.edges.holder else replace(self.edges, holder=holder)

    def leads_without_story(self, tx: Tx, limit: int) -> list[Lead]:
        """Return articles that can be placed in stories now."""
        model = grouping.name_model(self.edges)
        return lead_rows.leads_without_story(tx, limit, model=model)

    def ask(self, question: Callable[[Tx], datetime | None]) -> Callable[[], datetime | None]:
        """Return a function that asks the store when a step is due again."""

        def answer() -> datetime | None:
            with self.house.store.read() as tx:
                return question(tx)

        return answer


def make_fetch_steps(shop: Workshop) -> list[Step[Any]]:
    """Return the steps from feeds to stories, who said what, and pictures."""
    return [
        Step(
            name="feeds",
            claim=lambda holder, at, limit: following.claim_feeds(shop.hold(holder), at, limit),
            run=lambda visits, holder: following.follow_feeds(shop.hold(holder), visits),
            next_due=shop.ask(visit_rows.next_visit_at),
            batch=100,
        ),
        Step(
            name="pages",
            claim=lambda holder, at, limit: pages.claim_entries(shop.hold(holder), at, limit),
            run=lambda tasks, holder: pages.read_entries(shop.hold(holder), tasks, shop.manners),
            next_due=shop.ask(entry_rows.next_entry_at),
            batch=200,
        ),
        _make_group_step(shop, "origins", lead_rows.leads_without_origin, grouping.place_origins),
        Step(
            name="meaning",
            claim=lambda holder, at, limit: meaning.claim_meanings(shop.hold(holder), at, limit),
            run=lambda leads, holder: meaning.encode_meanings(shop.hold(holder), leads),
            next_due=never,
            batch=meaning.BATCH,
        ),
        _make_group_step(shop, "stories", shop.leads_without_story, grouping.place_stories),
        Step(
            name="translations",
            claim=lambda holder, at, _: translating.claim_look(shop.hold(holder), at),
            run=lambda looks, holder: translating.join_translations(shop.hold(holder), looks),
            next_due=never,
            batch=1,
        ),
        Step(
            name="claims",
            claim=lambda holder, at, limit: claiming.claim_versions(shop.hold(holder), at, limit),
            run=lambda tasks, holder: claiming.read_versions(shop.hold(holder), tasks),
            next_due=never,
            batch=claiming.BATCH,
        ),
        Step(
            name="ledger",
            claim=lambda holder, at, _: ledgering.claim_look(shop.hold(holder), at),
            run=lambda looks, holder: ledgering.place_statements(shop.hold(holder), looks),
            next_due=never,
            batch=1,
        ),
        Step(
            name="pictures",
            claim=lambda holder, at, limit: picturing.claim_pictures(shop.hold(holder), at, limit),
            run=lambda urls, holder: picturing.copy_pictures(shop.hold(holder), urls),
            next_due=shop.ask(picture_rows.next_picture_at),
            batch=50,
        ),
        *_make_page_steps(shop),
    ]


def _make_page_steps(shop: Workshop) -> list[Step[Any]]:
    """Return the steps that decide what stands where."""
    return [
        Step(
            name=headlines.NAME,
            claim=lambda _, __, ___: headlines.find_unlooked(shop.house.store),
            run=lambda _, __: headlines.mend_leads(shop.edges),
            next_due=never,
            batch=1,
        ),
        Step(
            name="sections",
            claim=lambda _, __, limit: filing.find_unfiled(shop.house.store, limit),
            run=lambda ids, _: filing.file_sources(shop.edges, list(ids)),
            next_due=never,
            batch=20,
        ),
        Step(
            name="edition",
            claim=lambda _, at, __: editing.find_stale(shop.house.store, at),
            run=lambda _, __: editing.publish_edition(shop.edges, shop.house.settings.make_site()),
            next_due=never,
            batch=1,
        ),
        Step(
            name="orders",
            claim=lambda _, at, __: section_orders.find_stale(shop.house.store, at),
            run=lambda _, __: section_orders.publish_orders(
                shop.edges, shop.house.settings.make_site()
            ),
            next_due=never,
            batch=1,
        ),
    ]


def _make_group_step(
    shop: Workshop,
    name: str,
    missing: Callable[[Tx, int], Sequence[object]],
    place: Callable[[Edges, grouping.Grouping], int],
) -> Step[Any]:
    def claim(_: str, __: datetime, ___: int) -> list[str]:
        with shop.house.store.read() as tx:
            return [name] if missing(tx, 1) else []

    return Step(
        name=name,
        claim=claim,
        run=lambda _, holder: place(shop.hold(holder), shop.groups),
        next_due=never,
        batch=1,
    )


def make_letter_steps(shop: Workshop) -> list[Step[Any]]:
    """Return the steps that write and send letters; none where no mail server is set."""
    policy = make_mail_policy(shop.house.settings)
    if policy is None:
        return []
    site = shop.house.settings.make_site()
    hour = shop.house.settings.number("letter_hour")
    return [
        Step(
            name="letters",
            claim=lambda _, at, __: posting.find_readers(shop.house.store, site, hour, at),
            run=lambda readers, _: posting.write_letters(shop.edges, site, readers),
            next_due=never,
            batch=100,
        ),
        Step(
            name="mail",
            claim=lambda holder, at, limit: posting.claim_letters(shop.hold(holder), at, limit),
            run=lambda queued, holder: posting.send_letters(
                shop.hold(holder), queued, make_sender(policy)
            ),
            next_due=shop.ask(outbox_rows.next_letter_at),
            batch=50,
        ),
    ]


def make_upkeep_step(shop: Workshop) -> Step[Any]:
    """Return the step that drops what has been kept long enough."""
    days = shop.house.settings.number("keep_raw_days")
    return Step(
        name="upkeep",
        claim=lambda _, at, __: upkeep.find_due(shop.house.store, at),
        run=lambda _, __: upkeep.drop_old(shop.edges, timedelta(days=days)),
        next_due=never,
        batch=1,
    )


def make_announce_steps(shop: Workshop) -> list[Step[Any]]:
    """Return the step that tells search engines; none where no key and no address are set."""
    settings = shop.house.settings
    key = settings.text("indexnow_key")
    if not key:
        return []
    if not announcing.is_key(key):
        raise SettingError("indexnow_key has 8 to 128 letters, digits and hyphens; set another.")
    if not settings.text("site_address"):
        raise SettingError("indexnow_key is set but site_address is not; set it as well.")
    site = settings.make_site()
    return [
        Step(
            name=announcing.NAME,
            claim=lambda _, at, __: announcing.find_due(shop.house.store, at),
            run=lambda _, holder: announcing.announce(shop.hold(holder), site, key),
            next_due=never,
            batch=1,
        )
    ]


def make_steps(shop: Workshop) -> list[Step[Any]]:
    """Return all steps."""
    return [
        *make_fetch_steps(shop),
        *make_letter_steps(shop),
        *make_announce_steps(shop),
        make_upkeep_step(shop),
    ]


def never() -> datetime | None:
    """Say that a step is due only through another step's work."""
    return None


def make_sender(policy: MailPolicy) -> Callable[[Iterable[Letter]], Iterator[posting.Posted]]:
    """Return the function that sends letters by the operator's mail server."""

    def send(letters: Iterable[Letter]) -> Iterator[posting.Posted]:
        for _, outcome in send_letters(letters, policy, now=now()):
            if isinstance(outcome, NotSent):
                yield posting.Posted(
                    sent=False, problem=outcome.reason, permanent=outcome.permanent
                )
            else:
                yield posting.Posted(sent=True)

    return send
