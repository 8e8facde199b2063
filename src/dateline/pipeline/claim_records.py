"""Who said what as JSON: statements, figures, dates and names, with where each stands.

The form of `dateline read` and `dateline export`. Keep the names: researchers' programs read them.
Offsets are code points of the text. Selectors are those of the W3C Web Annotation Data Model
(https://www.w3.org/TR/annotation-model/#selectors): a text is found again by its words and what
stands around them, and by its place.
"""

from typing import Any

from dateline.model import (
    Claims,
    DateMention,
    Entity,
    EntityKind,
    Figure,
    SavedStatement,
    Span,
    Statement,
)

AROUND = 32  # code points before and behind a quotation that a selector names
_LISTS = {
    "people": EntityKind.PERSON,
    "organisations": EntityKind.ORGANISATION,
    "places": EntityKind.PLACE,
}


def describe_claims(claims: Claims, text: str) -> dict[str, Any]:
    """Return the claims of a text in the form that `dateline read --json` prints."""
    named = {
        name: [describe_entity(entity, text) for entity in claims.of_kind(kind)]
        for name, kind in _LISTS.items()
    }
    return {
        "statements": [describe_statement(said) for said in claims.statements],
        "figures": [describe_figure(figure) for figure in claims.figures],
        "dates": [describe_date(date) for date in claims.dates],
        **named,
        "claims_level": claims.level,
        "claims_made_by": claims.made_by,
    }


def describe_statement(said: Statement) -> dict[str, Any]:
    """Return a statement; `inside` is the number of the one whose content holds it."""
    return {
        "content": said.content,
        "spans": [list(span) for span in said.spans],
        "kind": said.kind.value,
        "speaker": said.speaker,
        "source_span": _write_span(said.source_span),
        "speaker_resolved": said.speaker_resolved,
        "speaker_key": said.speaker_key,
        "speaker_kind": said.speaker_kind.value if said.speaker_kind else None,
        "role": said.role,
        "cue": said.cue,
        "cue_span": _write_span(said.cue_span),
        "hedge": said.hedge.value,
        "negated": said.negated,
        "told_to": said.told_to,
        "told_to_span": _write_span(said.told_to_span),
        "said_on": str(said.said_on) if said.said_on else None,
        "place": said.place,
        "inside": said.inside,
        "confidence": round(said.confidence, 3),
    }


def describe_figure(figure: Figure) -> dict[str, Any]:
    """Return a figure; `statement` is the number of the statement it stands in."""
    return {
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "approximate": figure.approximate,
        "unit": figure.unit,
        "counts": figure.counts,
        "counts_span": _write_span(figure.counts_span),
        "by": figure.by,
        "by_key": figure.by_key,
        "as_of": str(figure.as_of) if figure.as_of else None,
        "span": list(figure.span),
        "statement": figure.statement,
        "change": figure.change,
    }


def describe_date(date: DateMention) -> dict[str, Any]:
    """Return a date as it is written, and its first and last day; null where it cannot be told."""
    days = date.range
    return {
        "text": date.text,
        "span": list(date.span),
        "from": days.first.isoformat() if days else None,
        "to": days.last.isoformat() if days else None,
    }


def describe_entity(entity: Entity, text: str) -> dict[str, Any]:
    """Return a name with everything it is called in a text; what is empty is left out."""
    more = {
        "role": entity.role,
        "country": entity.country,
        "geoname": entity.geoname,
        "latitude": entity.latitude,
        "longitude": entity.longitude,
    }
    shown: dict[str, Any] = {"name": entity.name, "key": entity.key}
    shown |= {name: part for name, part in more.items() if part not in ("", 0, None)}
    mentions = [{"text": text[start:end], "span": [start, end]} for start, end in entity.mentions]
    return shown | {"mentions": mentions}


def describe_place_in_ledger(saved: SavedStatement) -> dict[str, Any]:
    """Return to which entry of the ledger a statement belongs, and how that was found."""
    return {
        "ledger": saved.ledger_id,
        "ledger_how": saved.how.value if saved.how else None,
        "ledger_likeness": round(saved.likeness, 3) if saved.how else None,
    }


def select_statement(said: Statement, text: str) -> dict[str, Any]:
    """Return the selectors of a statement's content (one pair a span), source and cue."""
    return {
        "content": [select_span(span, text) for span in said.spans],
        "source": _select(said.source_span, text),
        "cue": _select(said.cue_span, text),
    }


def select_figure(figure: Figure, text: str) -> dict[str, Any]:
    """Return the selectors of a figure and of what it counts."""
    return {
        "content": [select_span(figure.span, text)],
        "counts": _select(figure.counts_span, text),
    }


def select_span(span: Span, text: str) -> list[dict[str, Any]]:
    """Return both selectors of a span, as the value of `selector` in an annotation's target."""
    start, end = span
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - AROUND) : start],
            "suffix": text[end : end + AROUND],
        },
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]


def _select(span: Span | None, text: str) -> list[dict[str, Any]] | None:
    return select_span(span, text) if span else None


def _write_span(span: Span | None) -> list[int] | None:
    return list(span) if span else None
