"""What was shown when: a front page as a record that can be kept.

The record holds ids and reasons, no words of any source. It does not hold the time of its making:
an unchanged page gives equal bytes, and the store keeps it once, with its time.
"""

import json

from dateline.model import StoryCard
from dateline.publish.front import FrontPage

MADE_BY = "front/1"


def build_edition(page: FrontPage) -> bytes:
    """Return the front page as JSON: each place with its story, its article and the reason."""
    record = {
        "made_by": MADE_BY,
        "stories": [
            {
                "place": place,
                "story": story.story_id,
                "article": story.lead.article_id,
                "why": explain_place(story),
            }
            for place, story in page.stories
        ],
        "latest": [card.article_id for card in page.latest],
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def explain_place(story: StoryCard) -> str:
    """Return what a story's place rests on, one line for whoever asks why it led."""
    counts = f"{story.origins} origins, {story.outlets} outlets, {story.articles} articles"
    if not story.dated:
        return f"{counts}, undated"
    first, last = (f"{at:%Y-%m-%dT%H:%MZ}" for at in (story.first_at, story.last_at))
    return f"{counts}, first report {first}, last report {last}"
