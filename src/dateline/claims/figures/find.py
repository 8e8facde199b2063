"""The figures of a page: what its numbers say, in whose words, and as of when."""

from collections.abc import Iterator, Sequence

from dateline.claims.figures.amounts import Amount, read_amounts
from dateline.claims.figures.counted import Counted
from dateline.claims.figures.lexicon import Lexicon, read_lexicon
from dateline.claims.figures.owners import Owners, Times
from dateline.claims.figures.pieces import DASHES, Pieces
from dateline.claims.figures.quantities import Quantity, join_quantities
from dateline.claims.figures.skips import Skips
from dateline.claims.figures.units import PERSON
from dateline.claims.figures.voices import may_own
from dateline.claims.page import Page
from dateline.model import DateMention, Figure, Span, Statement


def find_figures(
    page: Page, statements: Sequence[Statement] = (), dates: Sequence[DateMention] = ()
) -> tuple[Figure, ...]:
    """Return every number with a meaning, in the order of the text.

    Ages are figures of the unit "year of age", parts of a whole of the unit "share" (0..1),
    multiples of the unit "times". Ordinals, dates, clock times, scores, telephone and list numbers
    and numbers in names are none. A figure belongs to the innermost of the `statements` whose
    content holds it. `dates` are left out; without them, days and years are told by cheap rules.
    """
    lexicon = read_lexicon(page.language)
    pieces = Pieces(page)
    amounts = read_amounts(pieces, lexicon)
    if not amounts:
        return ()
    skips = Skips(pieces, lexicon, [date.span for date in dates])
    kept = list(_keep(pieces, amounts, skips, lexicon))
    maker = _Maker(pieces, lexicon, Owners(statements), Times(page, dates, lexicon))
    return tuple(maker.make(quantity) for quantity in join_quantities(pieces, kept, lexicon))


def _keep(
    pieces: Pieces, amounts: Sequence[Amount], skips: Skips, lexicon: Lexicon
) -> Iterator[Amount]:
    """Yield the amounts that are figures; a bare one joined to one that is none is none either."""
    dropped: Amount | None = None
    for amount in amounts:
        is_bare = not amount.unit and amount.number.scale == 1 and amount.number.in_digits
        is_joined = dropped is not None and _are_joined(pieces, dropped, amount, lexicon)
        if skips.is_none(amount) or (is_bare and is_joined):
            dropped = amount
        else:
            dropped = None
            yield amount


def _are_joined(pieces: Pieces, amount: Amount, other: Amount, lexicon: Lexicon) -> bool:
    between = pieces.lows[amount.number.end : other.first]
    if len(between) != 1 or not amount.number.in_digits:
        return False
    to = lexicon.around.to.match(pieces, amount.number.end)
    joiners = lexicon.around.and_ | lexicon.numbers.of | DASHES
    return between[0] in joiners or to is not None


class _Maker:
    """Turns the quantities of a text into figures of the model, in order."""

    def __init__(self, pieces: Pieces, lexicon: Lexicon, owners: Owners, times: Times) -> None:
        self.pieces, self.lexicon = pieces, lexicon
        self.owners, self.times = owners, times
        self.counted = Counted(pieces, lexicon)
        self.language = lexicon.language

    def make(self, quantity: Quantity) -> Figure:
        """Return a quantity as a figure, with what it counts, whose it is and as of when."""
        span = self.pieces.span(quantity.first, quantity.end)
        core = self.pieces.tokens[quantity.core].start
        found = self.counted.find(quantity)
        counted: Span | None = self.pieces.span(*found) if found is not None else None
        unit = quantity.unit
        if not unit and found is not None and self._counts_people(found):
            unit = PERSON
        number, statement = self.owners.find(core)
        owner = (
            statement if statement and may_own(statement, self.pieces.text, self.language) else None
        )
        return Figure(
            span=span,
            text=self.pieces.text[span[0] : span[1]],
            value=quantity.value,
            low=quantity.low,
            high=quantity.high,
            approximate=quantity.approximate,
            unit=unit,
            counts=self.pieces.text[counted[0] : counted[1]] if counted else "",
            counts_span=counted,
            by=owner.speaker_resolved if owner else "",
            by_key=owner.speaker_key if owner else "",
            as_of=self.times.find(span, statement),
            statement=number,
            change=quantity.change,
        )

    def _counts_people(self, found: tuple[int, int]) -> bool:
        people = self.lexicon.units.people
        return any(people.match(self.pieces, at) is not None for at in range(*found))
