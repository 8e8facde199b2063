"""From three reports to the page: that somebody denied, or took back, what they had said."""

from collections.abc import Callable

import pytest
from lxml import html as page_reader
from tests.pipeline.sayings import keep, make_pooled, settle
from tests.web.conftest import Reader

from dateline.model import LedgerEntry, StoryId
from dateline.pipeline.claiming import read_task
from dateline.store import Store
from dateline.store import ledger as ledger_rows
from dateline.store.editions import bump_generation
from dateline.store.ledger import LedgerPage

SAID = (
    "Deputy Karel Most said that the judge had taken bribes from the builders of the bridge. "
    "Karel Most said that the court would move to Torvik in the autumn.\n"
)
WITHDREW = (
    "Deputy Karel Most withdrew his claim that the judge had taken bribes from the builders of the "
    "bridge.\n"
)
DENIED = "Deputy Karel Most denied that the court would move to Torvik in the autumn.\n"


@pytest.fixture
def told(sqlite_store: Store, open_site: Callable[[Store], Reader]) -> tuple[Store, Reader]:
    keep(sqlite_store, ("a", 1, SAID), ("b", 1, WITHDREW), ("c", 1, DENIED))
    edges = make_pooled(sqlite_store)
    settle(edges, read_task)
    with sqlite_store.write(edges.clock()) as tx:
        bump_generation(tx)
    return sqlite_store, open_site(sqlite_store)


def list_entries(store: Store) -> dict[str, LedgerEntry]:
    with store.read() as tx:
        found = ledger_rows.list_story_entries(tx, StoryId(1), LedgerPage()).entries
    return {f"{e.first.said.statement.hedge} {e.first.said.statement.content}": e for e in found}


def test_what_was_withdrawn_and_denied_is_seen_on_story_and_statement_pages(
    told: tuple[Store, Reader],
) -> None:
    store, reader = told
    entries = list_entries(store)
    bribes = "the judge had taken bribes from the builders of the bridge"
    court = "the court would move to Torvik in the autumn"
    words = {
        f"said {bribes}": ("Later withdrawn by the same speaker", f"withdrawn {bribes}"),
        f"said {court}": ("Later denied by the same speaker", f"denied {court}"),
        f"withdrawn {bribes}": ("Takes back what was reported before", f"said {bribes}"),
        f"denied {court}": ("Denies what was reported before", f"said {court}"),
    }
    answer = reader.get("/story/1")
    story = page_reader.fromstring(reader.get(answer.headers.get("location", "/story/1")).text)
    for name, (title, other) in words.items():
        mine, its = entries[name], entries[other]
        for page in (story, page_reader.fromstring(reader.get(f"/statement/{mine.id}").text)):
            assert title in page.text_content(), name
            assert page.xpath(f'//a[@href="/statement/{its.id}"]'), name
        (entry,) = story.xpath(f'//li[@id="entry-{mine.id}"]')
        turn = entry.xpath('string(.//p[@class="turn"])')
        assert title in turn and not any(words[one][0] in turn for one in words if one != name), (
            "each entry tells its own"
        )
        label = {"said": "", "withdrawn": "Taken back:", "denied": "Denied:"}[name.split()[0]]
        assert entry.xpath('string(.//p[@class="small"][1])').strip() == label
        has_date = bool(entry.xpath('.//p[@class="turn"]//time'))
        assert has_date is title.startswith("Later")
