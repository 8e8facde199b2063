"""How a text goes on from sentence to sentence: who spoke last, and what was announced."""

from dataclasses import dataclass, field

from dateline.claims.foreign.clauses import Sentence
from dateline.claims.foreign.drafts import Credit, Draft
from dateline.claims.foreign.lexicon import Lexicon
from dateline.claims.page import Page
from dateline.model import Span, StatementKind

_FAR = 1  # paragraphs over which a speaker goes on
_NEAR = 1  # sentences, beyond a paragraph


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who spoke, and where."""

    source: Span | None
    sentence: int
    paragraph: int
    quoted: bool  # their words stood in marks


@dataclass(slots=True)
class Course:
    """A page's sentences, and what was read in those before the present one."""

    page: Page
    lexicon: Lexicon
    sentences: list[Sentence]
    last: Speaker | None = None
    subject: Speaker | None = None  # of a sentence that tells nothing
    opened: tuple[int, Credit] | None = None  # a cue that ends its sentence: "X sagte:"
    drafts: list[Draft] = field(default_factory=list)

    def is_near(self, number: int) -> bool:
        """Say whether the last speaker may go on in a sentence."""
        last = self.last
        if last is None:
            return False
        paragraphs = self.sentences[number].paragraph - last.paragraph
        return paragraphs == 0 or (paragraphs <= _FAR and number - last.sentence <= _NEAR)

    def goes_on(self, number: int) -> Span | None:
        """Return who goes on in a sentence, if the last speaker is near."""
        return self.last.source if self.last and self.is_near(number) else None

    def note(self, number: int, found: list[Draft], subject: Span | None) -> None:
        """Keep what was read in a sentence; `subject`: of one that tells nothing."""
        self.drafts += found
        paragraph = self.sentences[number].paragraph
        told = [draft for draft in found if draft.credit.source or draft.credit.cue]
        if told:
            quoted = any(draft.kind is StatementKind.DIRECT for draft in told)
            sources = (draft.credit.source for draft in told if draft.credit.source)
            source = next(sources, None) or self.goes_on(number)
            self.last = Speaker(source, number, paragraph, quoted)
        elif subject:
            self.subject = Speaker(subject, number, paragraph, False)

    def teller(self, number: int) -> Span | None:
        """Return whose words a sentence in a form of telling gives.

        The last speaker, unless he spoke in another paragraph and the sentence right before, in the
        same paragraph, has a subject of its own.
        """
        last, subject = self.last, self.subject
        if last is None:
            return subject.source if subject else None
        paragraph = self.sentences[number].paragraph
        is_newer = subject is not None and last.sentence < subject.sentence == number - 1
        if subject and is_newer and last.paragraph != paragraph == subject.paragraph:
            return subject.source
        return last.source
