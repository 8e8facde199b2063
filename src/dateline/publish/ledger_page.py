"""The ledger as pages show it: one statement with all its witnesses, in whose words, denied when.

Everything is decided here from entries of the store and from what rights allow (`said.py`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dateline.model import Card, DateRange, LedgerEntry, LedgerLink, Witness

MOST_WORDINGS = 6
MOST_WITNESSES = 12

Allow = Callable[[Card, int], bool]  # an article and the number, from 1, of a statement of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The statement in one wording, with everyone who carries it so, the first one first."""

    content: str  # "" where no carrier's source allows its words to be shown
    witness: Witness  # whose words these are
    carriers: tuple[Witness, ...]
    more: int = 0  # carriers that are not listed

    @property
    def number(self) -> int:
        """The statement's number in its article, by which its page marks it."""
        return self.witness.said.number + 1

    @property
    def is_translation(self) -> bool:
        """Whether a model linked it to the entry across languages."""
        return all(witness.translation > 0 for witness in self.carriers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One ledger entry on a page."""

    entry: LedgerEntry
    wordings: tuple[Wording, ...]  # the first is the one to show; the others stand folded
    more_wordings: int
    said_on: DateRange | None  # the first day on which it was said
    repeated_on: tuple[DateRange, ...]
    denied_by: tuple[LedgerLink, ...]  # entries in which the speaker later denied it
    denies: tuple[LedgerLink, ...]  # earlier entries that this one denies
    withdrawn_by: tuple[LedgerLink, ...]  # entries in which the speaker later took it back
    withdraws: tuple[LedgerLink, ...]  # earlier entries that this one takes back

    @property
    def shown(self) -> Wording:
        """The wording that stands for the statement."""
        return self.wordings[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """What one speaker says in a story."""

    key: str
    name: str
    role: str
    entries: tuple[Entry, ...]


def view_entry(entry: LedgerEntry, allow: Allow) -> Entry:
    """Return an entry with the words that may be shown, in the order of who had them first."""
    wordings = [_view_wording(carriers, allow) for _, carriers in entry.wordings]
    # What is shown in place of the statement is the first wording whose words may be shown, in the
    # language in which it came out first.
    first = entry.first.said.language
    wordings.sort(key=lambda w: (not w.content, w.is_translation, w.witness.said.language != first))
    return Entry(
        entry=entry,
        wordings=tuple(wordings[:MOST_WORDINGS]),
        more_wordings=max(len(wordings) - MOST_WORDINGS, 0),
        said_on=entry.said_on[0] if entry.said_on else None,
        repeated_on=entry.repeated_on,
        denied_by=entry.denied_by,
        denies=entry.denies,
        withdrawn_by=entry.withdrawn_by,
        withdraws=entry.withdraws,
    )


def group_by_speaker(entries: Iterable[Entry]) -> tuple[Speaker, ...]:
    """Return who says what, in the order in which speakers first appear; nobody's words last."""
    found: dict[str, list[Entry]] = {}
    for each in entries:
        found.setdefault(each.entry.speaker_key, []).append(each)
    speakers = [_to_speaker(key, mine) for key, mine in found.items()]
    return tuple(sorted(speakers, key=lambda speaker: not speaker.key))


def _view_wording(carriers: Sequence[Witness], allow: Allow) -> Wording:
    words = next((w for w in carriers if allow(w.card, w.said.number + 1)), None)
    return Wording(
        content=words.said.statement.content if words else "",
        witness=words or carriers[0],
        carriers=tuple(carriers[:MOST_WITNESSES]),
        more=max(len(carriers) - MOST_WITNESSES, 0),
    )


def _to_speaker(key: str, entries: Sequence[Entry]) -> Speaker:
    first = entries[0].entry
    role = next((each.entry.role for each in entries if each.entry.role), "")
    return Speaker(key=key, name=first.speaker, role=role, entries=tuple(entries))
