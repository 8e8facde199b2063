"""What an article is called that has no headline, as posts have none: by its own first words.

Layer 0: the store keeps it where it keeps headlines, so that lists, addresses, feeds and letters
call the article the same.
"""

from dateline.model import Reading, Rights, Source
from dateline.sentences import split_sentences
from dateline.text import CUT, count_words, drop_addresses, excerpt, squeeze

LONGEST_SENTENCE = 18  # words of a first sentence that is taken whole
SHORTEST_SENTENCE = 3  # words; one of fewer ("Breaking.") is taken with what follows
FIRST_WORDS = 12  # of a text whose first sentence is longer
_LOOKED = 1_000  # characters of the text that are looked at


def call_article(reading: Reading, source: Source) -> str:
    """Return the headline of an article, else its first sentence or words; "" for neither.

    No more of the text is taken than the source allows to be shown, cut as `excerpt` cuts it.
    Addresses are left out: a post often ends with one, or is nothing else and called nothing.
    """
    if headline := squeeze(reading.headline):
        return headline
    if source.rights is Rights.HEADLINE:
        return ""
    whole = squeeze((reading.lede or reading.text)[:_LOOKED])
    text = drop_addresses(whole)
    if text != whole and not any(map(str.isalnum, text)):
        return ""
    allowed = _count_allowed(whole, source)
    for _, end in split_sentences(text, reading.language):
        words = count_words(text[:end])
        if words > min(LONGEST_SENTENCE, allowed):
            break
        if words >= SHORTEST_SENTENCE or end == len(text):
            return text[:end]
    return excerpt(text, min(FIRST_WORDS, allowed))


def _count_allowed(whole: str, source: Source) -> int:
    """Return how many words beside addresses stand in what may be shown of a text."""
    if source.rights is not Rights.EXCERPT:
        return LONGEST_SENTENCE
    shown = excerpt(whole, source.excerpt_words)
    return count_words(drop_addresses(shown.removesuffix(CUT)))
