"""A story as `dateline story show` tells it to a person at a terminal."""

from collections.abc import Iterator
from typing import Any

from dateline.model import StoryCard
from dateline.publish.origin_tree import Twig, grow_trees


def describe_for_people(shown: dict[str, Any], story: StoryCard) -> str:
    """Return a story in lines: what it is, its articles, who has it from whom, who decided what.

    `shown` is the story as `group_records.describe_story` gives it.
    """
    lines = [*_describe_head(shown), "", "Articles, the earliest first"]
    lines += [_describe_article(article) for article in shown["articles"]]
    lines += ["", "Origins", *_describe_trees(story)]
    if shown["decisions"]:
        lines += ["", "Decisions", *(_describe_decision(one) for one in shown["decisions"])]
    return "\n".join(lines) + "\n"


def _describe_head(shown: dict[str, Any]) -> Iterator[str]:
    yield f"{shown['id']}  {shown['headline']}"
    yield shown["url"]
    counts = {
        "article": len(shown["articles"]),
        "outlet": shown["outlets"],
        "origin": shown["origins"],
    }
    told = ", ".join(f"{count} {name}{'s' * (count != 1)}" for name, count in counts.items())
    yield f"{told}; {', '.join(shown['languages'])}"
    yield f"{_shorten(shown['first'])} to {_shorten(shown['last'])}" if shown["last"] else "undated"
    merged = [
        str(one["from"])
        for one in shown["decisions"]
        if one["kind"] == "merge" and one["from"] != shown["id"]
    ]
    if merged:
        yield f"merged from {', '.join(dict.fromkeys(merged))}"


def _describe_article(article: dict[str, Any]) -> str:
    taken = article["from"] or article["agency"]
    role = f"carries {taken}" if article["role"] == "carries" and taken else article["role"]
    marks = ["in part"] * ("spans" in article) + ["withdrawn"] * ("withdrawn" in article)
    name = f"{article['source']} ({article['language']})"
    about = "; ".join([role, *marks])
    at = _shorten(article["at"]) if article["at"] else "undated"
    return f"{at:17}  {article['id']:>6}  {name}: {about}\n{'':26}{article['url']}"


def _describe_trees(story: StoryCard) -> Iterator[str]:
    for tree in grow_trees(story.members):
        above = f"{tree.agency}, credited by {tree.credited}" if tree.agency else ""
        if above:
            yield f"  {above}"
        for twig in tree.twigs:
            yield from _describe_twig(twig, 2 if above else 1)


def _describe_twig(twig: Twig, depth: int) -> Iterator[str]:
    card = twig.card
    why = f": {card.why}" if card.why else ""
    sure = f", {card.sureness:.0%} sure" if twig.parent else ""
    yield f"{'  ' * depth}{card.article_id} {card.source_name}{sure}{why}"
    for below in twig.twigs:
        yield from _describe_twig(below, depth + 1)


def _describe_decision(decision: dict[str, Any]) -> str:
    moved = ""
    if decision["kind"] == "split":
        moved = f" (articles {', '.join(map(str, decision['articles']))})"
    what = f"{decision['kind']} {decision['from']} -> {decision['to']}{moved}"
    why = f": {decision['why']}" if decision["why"] else ""
    return f"{_shorten(decision['at'])}  {what} by {decision['by']}{why}"


def _shorten(moment: str) -> str:
    return moment[:16].replace("T", " ") + "Z"
