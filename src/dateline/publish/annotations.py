"""Who said what in one article as W3C Web Annotations (https://www.w3.org/TR/annotation-model/).

Each statement that may be shown is an annotation of the original: a program finds its words again
by what they are and where they stand. What stands around them is given only where the whole text
may be shown.
"""

from collections.abc import Callable, Sequence

from dateline.model import Article, Card, Rights, Site, Span
from dateline.publish.addresses import card_path
from dateline.publish.said import Said

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # code points before and behind the words


FindPage = Callable[[str], str]  # a speaker's key to the path of the page


def describe_annotations(
    site: Site, article: Article, card: Card, said: Sequence[Said], find_page: FindPage
) -> dict[str, object]:
    """Return the statements of an article as an annotation page; `said` as it may be shown."""
    address = f"{site.address}{card_path(card)}"
    return {
        "@context": CONTEXT,
        "id": f"{address}/statements.json",
        "type": "AnnotationPage",
        "items": [
            _describe(article, each, address, site.name)
            | {"body": _describe_body(each, site.address, find_page)}
            for each in said
            if each.words
        ],
    }


def _describe(article: Article, said: Said, address: str, generator: str) -> dict[str, object]:
    return {
        "id": f"{address}#said-{said.number}",
        "type": "Annotation",
        "motivation": "identifying",
        "generator": generator,
        "target": [_describe_target(article, span) for span in said.statement.spans],
    }


def _describe_body(said: Said, site: str, find_page: FindPage) -> dict[str, object]:
    statement = said.statement
    key = statement.speaker_key
    body: dict[str, object] = {
        "type": "Dataset",
        "speaker": statement.speaker_resolved or statement.speaker,
        "speaker_page": f"{site}{find_page(key)}" if key else "",
        "written_as": statement.speaker,
        "role": statement.role,
        "cue": statement.cue,
        "hedge": statement.hedge.value,
        "negated": statement.negated,
        "kind": statement.kind.value,
        "told_to": statement.told_to,
        "said_on": str(statement.said_on) if statement.said_on else "",
        "place": statement.place,
        "confidence": round(statement.confidence, 3),
    }
    return {name: value for name, value in body.items() if value != ""}


def _describe_target(article: Article, span: Span) -> dict[str, object]:
    start, end = span
    text = article.version.reading.text
    quote: dict[str, object] = {"type": "TextQuoteSelector", "exact": text[start:end]}
    if article.source.rights is Rights.FULL:
        quote |= {
            "prefix": text[max(0, start - AROUND) : start],
            "suffix": text[end : end + AROUND],
        }
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"source": article.url, "selector": [quote, position]}
