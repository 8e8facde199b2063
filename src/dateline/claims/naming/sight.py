"""What one page shows of names: its pieces with what stands beside them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from dateline.claims.naming.lexicon import NOUNS_HIGH, Grammar, Titles, read_grammar, read_titles
from dateline.claims.naming.pieces import Cutter, Piece, Sort
from dateline.claims.naming.runs import ELIDED, ELIDING, Word, find_runs
from dateline.claims.page import Page, Token
from dateline.model import Span

_NICKING = frozenset((' "', " “", " „", " «", " (“", ' ("', " '", " ‘"))
_NICKED = frozenset(('" ', "” ", "“ ", "» ", "”) ", '") ', "' ", "’ "))
_HANDLES = frozenset("@#/._")
_JOINING = ("of", "for", "on")
_MOST_JOINED = 10  # words of an organisation with "of" inside


@dataclass(eq=False)
class Sight:
    """A page with its pieces, by token as well."""

    page: Page
    grammar: Grammar = field(init=False)
    titles: Titles = field(init=False)
    cutter: Cutter = field(init=False)
    pieces: list[Piece] = field(init=False)
    tokens: list[Token] = field(init=False)
    lows: list[str] = field(init=False)  # the tokens without regard to case

    def __post_init__(self) -> None:
        language = self.page.language
        self.tokens = self.page.tokens
        self.lows = [token.low for token in self.tokens]
        self._elides, self._high = language in ELIDING, language in NOUNS_HIGH
        self.grammar, self.titles = read_grammar(language), read_titles(language)
        seen_low = frozenset(_list_low(self.page.tokens))
        self.cutter = Cutter(language, seen_low)
        cut = [
            piece for run in find_runs(self.page, self.grammar) for piece in self.cutter.cut(run)
        ]
        pieces = [self._unmake_bare(piece) for piece in self._join_all(cut)]
        self.nicknames: dict[Span, str] = {}  # by the span of the name that holds one
        self.pieces = self._join_nicknames(pieces)
        if language in NOUNS_HIGH:
            self.pieces = self._join_set_off(self.pieces)

    @cached_property
    def by_token(self) -> dict[int, int]:
        """Return, of each token in a piece, the piece's index."""
        return {word.at: n for n, piece in enumerate(self.pieces) for word in piece.words}

    def token(self, at: int) -> str:
        """Return a token's words, "" outside the text."""
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def low(self, at: int) -> str:
        """Return a token without regard to case, "" outside the text."""
        return self.lows[at] if 0 <= at < len(self.lows) else ""

    def bare(self, at: int) -> str:
        """Return a token as `low` does, without the article elided before it: "l'avocat"."""
        low = self.low(at)
        elided = ELIDED.match(low) if self._elides else None
        return low[elided.end() :] if elided else low

    def is_office(self, at: int) -> bool:
        """Say whether a token is an office, or an occupation that is written small or begins."""
        return at in self._offices

    @cached_property
    def _offices(self) -> frozenset[int]:
        """Return the tokens that are offices or occupations."""
        is_title, occupations = self.cutter.is_title_noun, self.titles.occupations
        known: dict[str, bool | None] = {}
        found = []
        for at, low in enumerate(self.lows):
            if low not in known:
                bare = self.bare(at)
                known[low] = True if is_title(bare) else None if bare in occupations else False
            is_known = known[low]
            if is_known or (is_known is None and self._may_be_small(at)):
                found.append(at)
        return frozenset(found)

    def _may_be_small(self, at: int) -> bool:
        """Say whether a word is written small, begins, or has a capital as all nouns have."""
        piece = self.piece_at(at)
        return piece is None or self._high or (piece.opens and piece.first == at)

    def is_agent(self, at: int) -> bool:
        """Say whether a token is an occupation, or a small word that ends as those do."""
        if self.is_office(at):
            return True
        text, low = self.token(at), self.bare(at)
        is_word = text[:1].islower() and len(text) > 4 and low not in self.titles.no_agents
        return is_word and bool(self.titles.agents) and low.endswith(self.titles.agents)

    def piece_at(self, at: int) -> Piece | None:
        """Return the piece that holds a token."""
        number = self.by_token.get(at)
        return None if number is None else self.pieces[number]

    def before(self, piece: Piece) -> Piece | None:
        """Return the piece that ends directly before another, with nothing but space between."""
        at = piece.first - 1
        if self.token(at) == ".":
            at -= 1
        found = self.piece_at(at)
        return found if found and not found.possessive else None

    def low_courtesy(self, piece: Piece) -> int | None:
        """Return the token of a courtesy in lower case before a name: "κ. Παπαδάκης"."""
        at = piece.first - 1
        if self.token(at) == "." and len(self.token(at - 1)) < 4:
            at -= 1
        is_low = self.token(at)[:1].islower() and self.low(at) in self.titles.courtesy
        return at if is_low else None

    def after(self, piece: Piece) -> Piece | None:
        """Return the piece that begins directly behind another."""
        return None if piece.possessive else self.piece_at(piece.last + 1)

    def is_adjacent(self, first: Piece, second: Piece) -> bool:
        """Say whether nothing but white space stands between two pieces."""
        between = self.page.text[first.span[1] : second.span[0]]
        return between in (" ", "\u00a0", ". ", "-")

    def _join_all(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """Join "Ministry" and "Defence" around "of"."""
        last: Piece | None = None
        for piece in pieces:
            joined = self._join(last, piece) if last else None
            if joined is None and last is not None:
                yield last
            last = joined or piece
        if last is not None:
            yield last

    def _join_nicknames(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Join "Ann", “Nan” and "Vale" to a name of two words that spans the nickname."""
        joined: list[Piece] = []
        for piece in pieces:
            if len(joined) > 1 and self._encloses(joined[-2], joined[-1], piece):
                nickname, first = joined.pop(), joined.pop()
                piece = replace(piece, words=(*first.words, *piece.words), opens=first.opens)
                self.nicknames[piece.span] = nickname.words[0].text
            joined.append(piece)
        return joined

    def _encloses(self, first: Piece, nickname: Piece, last: Piece) -> bool:
        if last.sort is not Sort.NAME or first.sort is not Sort.NAME or len(nickname.words) > 1:
            return False
        if not self.cutter.is_given(first.words[0].text):
            return False
        is_near = first.last + 2 == nickname.first and nickname.last + 2 == last.first
        is_near = is_near and len(first.words) < 3 and len(last.words) < 3
        text = self.page.text
        before = text[first.span[1] : nickname.span[0]]
        behind = text[nickname.span[1] : last.span[0]]
        return is_near and before in _NICKING and behind in _NICKED and not nickname.possessive

    def _join_set_off(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Join two capitals between commas where nouns are high: ", Lorenz Vahl,"."""
        joined: list[Piece] = []
        for piece in pieces:
            if joined and self._is_set_off(joined[-1], piece):
                first = joined.pop()
                piece = replace(piece, words=(*first.words, *piece.words), opens=False)
            joined.append(piece)
        return joined

    def _is_set_off(self, first: Piece, second: Piece) -> bool:
        are_names = first.sort is Sort.NAME and second.sort is Sort.NAME
        if not are_names or len(first.words) > 1 or len(second.words) > 1:
            return False
        is_between = self.low(first.first - 1) == "," and self.low(second.last + 1) in (",", ".")
        return is_between and self.page.text[first.span[1] : second.span[0]] == " "

    def _unmake_bare(self, piece: Piece) -> Piece:
        """Return "Court" alone as a name still to be told: it may be any word."""
        is_bare = piece.sort is Sort.ORGANISATION and len(piece.words) == 1
        if not is_bare or piece.words[0].low not in self.grammar.common:
            return piece
        return replace(piece, sort=Sort.NAME, value="")

    def _join(self, first: Piece, second: Piece) -> Piece | None:
        is_open = first.sort is Sort.ORGANISATION and not first.possessive
        if not is_open or len(first.words) + len(second.words) > _MOST_JOINED:
            return None
        between = self.tokens[first.last + 1 : second.first]
        lows = [token.low for token in between]
        listed = self.cutter.listed
        is_joined = first.words[-1].text in listed.joined and lows in (
            [_JOINING[0]], [_JOINING[1]], [_JOINING[2]], ["of", "the"], ["for", "the"],
        )  # fmt: skip
        # "Department of Health and Human Services": an "and" inside what "of" has opened.
        is_and = lows in (["and"], ["&"]) and any(word.low in _JOINING for word in first.words)
        is_and = is_and and second.words[-1].text in listed.heads
        foreign = lows and self.page.language != "en" and self._is_foreign_joint(first, lows)
        if (
            not (is_joined or is_and or foreign)
            or "\n" in self.page.text[first.span[1] : second.span[0]]
        ):
            return None
        if second.sort not in (Sort.NAME, Sort.PLACE, Sort.ORGANISATION, Sort.PEOPLE, Sort.TITLE):
            return None
        inner = tuple(
            Word(t.text, t.low, t.start, t.end, first.last + 1 + n) for n, t in enumerate(between)
        )
        words = (*first.words, *inner, *second.words)
        value = " ".join(word.text for word in words)
        return Piece(
            *(Sort.ORGANISATION, words, value, first.opens, first.shouted, second.possessive)
        )

    def _is_foreign_joint(self, first: Piece, lows: list[str]) -> bool:
        if self.page.language in NOUNS_HIGH:
            return lows in (["der"], ["des"], ["für"]) and len(first.words) < 3
        is_short = len(lows) <= 2 and all(low in self.grammar.of | self.grammar.the for low in lows)
        return (
            is_short and first.words[-1].text in self.cutter.listed.heads and len(first.words) < 3
        )


def _list_low(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the words that stand in lower case; what is part of an address or a handle is none."""
    before = ""
    for token in tokens:
        if token.text[0].islower() and before not in _HANDLES:
            yield token.text
        before = token.text
