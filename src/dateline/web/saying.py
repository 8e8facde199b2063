"""What pages need to know of who said what: whose words may be shown, entries as listed."""

import html as entities
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dateline.extract.cleaning import clean_html
from dateline.extract.marking import Marked, mark_statements
from dateline.model import Article, ArticleId, Card, LedgerEntry, Rights, SafeHtml
from dateline.publish.ledger_page import Entry, view_entry
from dateline.publish.said import Said, choose_said, list_said
from dateline.publish.shown import Shown
from dateline.publish.version_page import measure_shown
from dateline.store.claims import list_statements, load_claims
from dateline.web.desk import Look


@dataclass(slots=True)
class Allowed:
    """Which statements' words may be shown; what an article allows is read once a page."""

    look: Look
    known: dict[ArticleId, frozenset[int]] = field(default_factory=dict)

    def __call__(self, card: Card, number: int) -> bool:
        """Say whether the words of an article's statement, by its number from 1, may be shown."""
        source = self.look.frame.sources.get(card.source_key)
        if source is None or card.gone or source.rights is Rights.HEADLINE:
            return False
        if source.rights is Rights.FULL:
            return True
        if card.article_id not in self.known:
            said = list_statements(self.look.tx, card.article_id)
            statements = [one.statement for one in said]
            self.known[card.article_id] = choose_said(statements, source)
        return number in self.known[card.article_id]


def show_entries(look: Look, entries: Iterable[LedgerEntry]) -> tuple[Entry, ...]:
    """Return entries as pages list them."""
    allowed = Allowed(look)
    return tuple(view_entry(entry, allowed) for entry in entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What one article's page tells of who said what."""

    said: tuple[Said, ...] = ()
    hidden: int = 0  # statements whose words may not be shown
    html: SafeHtml | None = None  # the text with the statements marked; None where none is in it
    level: str = ""  # see `Claims.level`

    def marks(self, number: int) -> bool:
        """Say whether a statement's words are marked in the text."""
        return self.html is not None and f' id="words-{number}">' in self.html


def hear_article(look: Look, article: Article, shown: Shown) -> Heard:
    """Return the statements of an article's newest version, and its text with them marked."""
    claims = load_claims(look.tx, article.id, article.version.number)
    if claims is None or shown.withdrawn:
        return Heard()
    text = article.version.reading.text
    said = list_said(claims, article.source, shown=measure_shown(shown, text))
    visible = [each for each in said if each.words]
    return Heard(
        said=tuple(visible),
        hidden=len(said) - len(visible),
        html=_mark(shown, text, visible) if visible else None,
        level=claims.level,
    )


def _mark(shown: Shown, text: str, said: Sequence[Said]) -> SafeHtml | None:
    """Return the text as its page shows it with the statements marked, None where none is in it."""
    page = shown.html or _write_paragraphs(shown)
    marked = mark_statements(page, text, [_to_mark(each) for each in said])
    return marked if marked != page else None


def _to_mark(said: Said) -> Marked:
    statement = said.statement
    name = statement.speaker_resolved or statement.speaker
    return Marked(number=said.number, spans=statement.spans, label=f"{said.number}: {name}")


def _write_paragraphs(shown: Shown) -> SafeHtml:
    """Return a plain text as the page shows it, so that marks can stand in it."""
    paragraphs: Sequence[str] = shown.paragraphs
    return clean_html("".join(f"<p>{entities.escape(each)}</p>" for each in paragraphs), base="")
