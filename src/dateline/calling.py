"""What an article is called that has no headline, as posts have none: by its own first words.

Layer 0: the store keeps it where it keeps headlines, so that lists, addresses, feeds and letters
call the article the same.
"""

from dateline.model import Reading, Rights, Source
from dateline.sentences import split_sentences
from dateline.text import count_words, excerpt, squeeze

LONGEST_SENTENCE = 18  # words of a first sentence that is taken whole
SHORTEST_SENTENCE = 3  # words; one of fewer ("Breaking.") is taken with what follows
FIRST_WORDS = 12  # of a text whose first sentence is longer
_LOOKED = 1_000  # characters of the text that are looked at


def call_article(reading: Reading, source: Source) -> str:
    """Return the headline of an article, else its first sentence or words; "" for neither.

    No more of the text is taken than the source allows to be shown, cut as `excerpt` cuts it.
    """
    if headline := squeeze(reading.headline):
        return headline
    if source.rights is Rights.HEADLINE:
        return ""
    text = squeeze((reading.lede or reading.text)[:_LOOKED])
    allowed = max(source.excerpt_words, 0) if source.rights is Rights.EXCERPT else LONGEST_SENTENCE
    for _, end in split_sentences(text, reading.language):
        words = count_words(text[:end])
        if words > min(LONGEST_SENTENCE, allowed):
            break
        if words >= SHORTEST_SENTENCE or end == len(text):
            return text[:end]
    return excerpt(text, min(FIRST_WORDS, allowed))
