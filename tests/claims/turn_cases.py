"""Pairs of reports that we wrote, read and placed as the pipeline does; see turns.toml."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dateline.claims.ledger import Ledger, Utterance
from dateline.claims.reader import read_claims
from dateline.claims.terms import count_terms
from dateline.claims.turns import make_saying
from dateline.model import SHOWN_FROM, ClaimClues, LedgerLinkKind

START = datetime(2026, 3, 2, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Pair:
    """Two reports of one story, the second a day later."""

    name: str
    link: str  # "denies", "withdraws", "" for nothing
    first: str
    later: str
    language: str = "en"


def load_pairs() -> list[Pair]:
    body = Path(__file__).with_name("turns.toml").read_text("utf-8")
    return [Pair(**one) for one in tomllib.loads(body)["pair"]]


def listen(text: str, day: int, language: str = "en") -> Iterator[Utterance]:
    """Yield the statements of a text as the ledger takes them."""
    at = START + timedelta(days=day)
    claims = read_claims(text, ClaimClues(language=language, published=at))
    terms = count_terms(text, [said.content for said in claims.statements], language)
    for number, (said, own) in enumerate(zip(claims.statements, terms, strict=True)):
        if said.speaker_key:
            yield Utterance(
                id=100 * day + number + 1,  # type: ignore[arg-type]
                article_id=day + 1,  # type: ignore[arg-type]
                speaker_key=said.speaker_key,
                named=said.speaker_kind is not None,
                sure=said.confidence >= SHOWN_FROM,
                at=at,
                stories=frozenset({1}),  # type: ignore[arg-type]
                saying=make_saying(said, language, own),
            )


def find_turns(pair: Pair) -> set[tuple[LedgerLinkKind, bool]]:
    """Return the links between the reports, each with whether it goes from the later one."""
    heard = [*listen(pair.first, 0, pair.language), *listen(pair.later, 1, pair.language)]
    placing = Ledger(next_id=1).place(heard)
    opened = {place.ledger_id: place.statement_id for place in reversed(placing.places)}
    return {(link.kind, opened[link.entry_id] > 100) for link in placing.links}
