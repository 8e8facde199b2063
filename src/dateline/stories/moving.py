"""The middle of a story without some of its articles: after a split, or to ask what others say."""

from collections.abc import Iterator

import numpy as np

from dateline.stories.asking import Piece
from dateline.stories.centres import Bag, Centre
from dateline.stories.meanings import Meanings
from dateline.stories.window import ARTICLE, Window


def read_articles(window: Window, meanings: Meanings, story_id: int) -> Iterator[Centre]:
    """Yield the articles of a story that are in the window, each as a story of its own."""
    mine = window.column("story_ids") == story_id
    for row in np.flatnonzero(mine & (window.column("kinds") == ARTICLE)).tolist():
        yield read_article(window, meanings, row)


def take_out(story: Centre, article: Centre) -> Centre:
    """Return the words of a story without those of one of its articles."""
    left = Centre(first=story.first, last=story.last, articles=story.articles - 1)
    for language, bag in story.bags.items():
        weights = bag.weights
        if language in article.bags:
            gone = article.bags[language]
            _, mine, its = np.intersect1d(
                bag.ids, gone.ids, assume_unique=True, return_indices=True
            )
            weights = weights.copy()
            weights[mine] = np.maximum(weights[mine] - gone.weights[its], 0)
        left.bags[language] = Bag(bag.ids, weights, bag.articles, bag.fullness)
    return left


def read_article(window: Window, meanings: Meanings, row: int) -> Centre:
    """Return one article of the window as a story of its own."""
    number = window.base + row
    return Piece(
        terms=window.read_terms(number),
        length=float(window.column("lengths")[row]),
        language=window.names[int(window.column("languages")[row])],
        hours=float(window.column("hours")[row]),
        meaning=meanings.recall(number),
    ).as_centre(float(window.column("crowding")[row]))
