"""`dateline story show`, `merge`, `split`: what a story is made of, and a person's word on it."""

import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from dateline.cli.home import HomeOption, House, JsonOption, open_house
from dateline.cli.story_words import describe_for_people
from dateline.cli.terminal import now, tell
from dateline.errors import InputError, OperatorError
from dateline.model import ArticleId, Decision, StoryId
from dateline.pipeline import group_records, records
from dateline.pipeline.deciding import Person, merge_by_hand, split_by_hand, take_floor
from dateline.store import Tx
from dateline.store import articles as article_rows
from dateline.store import decisions as decision_rows
from dateline.store import merging as merging_rows
from dateline.store import origins as origin_rows
from dateline.store import stories as story_rows
from dateline.work.steps import make_holder

T = TypeVar("T")
PATIENCE_S = 60.0  # for the batch of articles that is being placed
STORY_HELP = "Number or address of a story."
WhyOption = Annotated[str, typer.Option("--why", help="Reason, kept with the decision.")]
StoryArgument = Annotated[str, typer.Argument(metavar="STORY", help=STORY_HELP)]
_ADDRESS = re.compile(r"/(story|article)/([0-9]{1,18})(?:-[^/?#]*)?/?(?:[?#].*)?", re.DOTALL)


def register(app: typer.Typer) -> None:
    """Add the group of commands to the command line."""
    group = typer.Typer(
        help="Show a story with its decisions; merge two, or split one: a person's word is kept.",
        no_args_is_help=True,
    )
    group.command("show")(show_command)
    group.command("merge")(merge_command)
    group.command("split")(split_command)
    app.add_typer(group, name="story")


def show_command(story: StoryArgument, home: HomeOption = Path(), json: JsonOption = False) -> None:
    """Show a story: counts, members with their roles, trees of origins, who decided what and why.

    The number of a story that was merged shows the one that its address leads to.
    """
    with open_house(home) as house, house.store.read() as tx:
        asked = read_story(house, story)
        story_id = merging_rows.find_successor(tx, asked) or asked
        row = group_records.load_story_row(tx, story_id)
        card = story_rows.load_story(tx, story_id)
        if row is None or card is None:
            raise InputError(f"There is no story {asked}; `dateline export stories` lists them.")
        decisions = decision_rows.list_story_decisions(tx, story_id)
        address = house.settings.make_site().address
        shown = group_records.describe_story(row, decisions, address=address)
        if json:
            found = {card.origin_id for card in card.members if card.origin_id is not None}
            trees = [origin_rows.load_origin(tx, origin_id) for origin_id in sorted(found)]
            shown["trees"] = [group_records.describe_origin(tree) for tree in trees if tree]
            sys.stdout.buffer.write(records.write_line(shown))
            return
    if story_id != asked:
        tell(f"Story {asked} was merged; its address leads to story {story_id}.")
    sys.stdout.write(describe_for_people(shown, card))


def merge_command(
    story: StoryArgument,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The story that takes it over.")],
    home: HomeOption = Path(),
    why: WhyOption = "",
) -> None:
    """Merge STORY into INTO: its address leads there from now on, and no step undoes it."""

    def act(tx: Tx, person: Person) -> Decision:
        return merge_by_hand(tx, person, *stories)

    with open_house(home) as house:
        stories = read_story(house, story), read_story(house, into)
        decision = decide(house, why, act)
    tell(
        f"Story {decision.from_id} is merged into story {decision.to_id}; its address leads there."
    )


def split_command(
    story: StoryArgument,
    articles: Annotated[
        list[str], typer.Argument(metavar="ARTICLE…", help="Numbers or addresses of articles.")
    ],
    home: HomeOption = Path(),
    why: WhyOption = "",
) -> None:
    """Make a story of its own of some articles of STORY; no step joins them again."""

    def act(tx: Tx, person: Person) -> Decision:
        return split_by_hand(tx, person, story_id, find_articles(tx, house, articles))

    with open_house(home) as house:
        story_id = read_story(house, story)
        decision = decide(house, why, act)
    count = len(decision.article_ids)
    tell(f"{count} article{'s' * (count != 1)} of story {story_id} are story {decision.to_id} now.")


def decide(house: House, why: str, act: Callable[[Tx, Person], T]) -> T:
    """Carry a decision out between two batches of placing; the workers may go on working."""
    person = Person(holder=make_holder(), why=why)
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        with house.store.write(now()) as tx:
            if take_floor(tx, person):
                return act(tx, person)
        time.sleep(0.1)
    raise OperatorError("Articles are being placed without a pause; run the command again.")


def read_story(house: House, text: str) -> StoryId:
    """Return the story that a person named by its number or its address on the site."""
    return StoryId(read_number(house, text, "story"))


def find_articles(tx: Tx, house: House, named: Sequence[str]) -> list[ArticleId]:
    """Return articles by number, by address on the site, or by address at their source."""
    known = article_rows.find_urls(tx, named)
    return [known.get(text) or ArticleId(read_number(house, text, "article")) for text in named]


def read_number(house: House, text: str, kind: str) -> int:
    """Return the number that stands alone, or in an address of this site; InputError else."""
    path = text.removeprefix(house.settings.make_site().address)
    match = _ADDRESS.fullmatch(path if path.startswith("/") else f"/{kind}/{path}")
    if match is None or match[1] != kind:
        raise InputError(f"{text!r} is no {kind}: give its number, or its address on this site.")
    return int(match[2])
