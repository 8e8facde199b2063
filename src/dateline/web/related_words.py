"""Words of the interface about what is offered beside an article, and why."""

from dateline.publish.related import Offer, Reason
from dateline.publish.speaking import Speaker

ALSO_LIKE = "You may also like"
SAME_STORY = "Same story"
PART_OF_STORY = "In part the same story"
BACKGROUND = "Background"
ALSO_ABOUT = "Also about {}"  # a person, an organisation or a place, as the article names it
ON_SUBJECT = "On a related subject"
READ_NEXT = "Readers went on to this"
_PLAIN = {
    Reason.STORY: SAME_STORY,
    Reason.PART: PART_OF_STORY,
    Reason.BACKGROUND: BACKGROUND,
    Reason.NEAR: ON_SUBJECT,
    Reason.FOLLOWED: READ_NEXT,
}


def say_why(say: Speaker, offer: Offer) -> str:
    """Return in a word why an article is offered."""
    if offer.reason in _PLAIN:
        return say.text(_PLAIN[offer.reason])
    return say.text(ALSO_ABOUT).format(offer.about)
