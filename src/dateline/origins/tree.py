"""Who has a report from whom: a tree, from times, credits, outlets and likeness.

Pure and for one member at a time: what is asked is where a member stands among others that carry
the same report. The order in which they *arrived* here plays no part.

1. Order. A member stands at the moment when it was published. An agency's own report that others
   credit existed before the first of those was published, whatever its own page says.
2. Parent. Whom the member credits, where that one's own report is among the earlier members; else
   the earlier member that is most alike, of another publisher rather than of its own, the earliest
   of equals. Without any earlier member it is the first.
3. Sureness of being first: .7; .95 where others credit it; at most .4 where its source gives no
   date; at most .3 where it credits an agency whose own report is not here.
4. Sureness of having it from the parent: .5 and up to .4 more with likeness; .97 where it credits
   the parent; times .8 where the two were published within a minute, .7 where one of them is
   undated, .6 where it credits an agency that is not the parent (both may have it from there).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.model import Role
from dateline.origins.names import name_agency

NEVER = float("inf")
_EQUAL = 0.03  # of likeness: no difference
_NEAR = 0.1  # so much less alike may a parent of another publisher be
_SAME_MOMENT = 60.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One article that carries the report."""

    article_id: int
    at: float  # seconds since 1970: when it was published, or first seen
    dated: bool = True  # False where it was only seen
    family: str = ""  # outlets of one family are one
    agency: str = ""  # key, where its source is an agency
    credits: tuple[str, ...] = ()  # keys of whom it names
    credited_at: float = NEVER  # when another member that credits this one was published

    @property
    def order(self) -> tuple[float, bool, int]:
        """What orders members by who can have had the report first."""
        return min(self.at, self.credited_at), self.credited_at == NEVER, self.article_id

    def credits_member(self, other: "Member") -> bool:
        """Tell whether this article names the other's source as where it has its report."""
        host = other.family.partition(".")[0]
        names = {other.agency, other.family, host} - {""}
        return other.article_id != self.article_id and not names.isdisjoint(self.credits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """Another member, and the share of the shorter of both texts that stands in both."""

    member: Member
    likeness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """Where a member stands in the tree."""

    role: Role
    parent: Member | None
    likeness: float
    agency: str  # that it credits and that is not its parent
    sureness: float
    why: str


def find_branch(member: Member, kin: Sequence[Kin]) -> Branch:
    """Return where `member` stands among the others."""
    earlier = [one for one in kin if one.member.order < member.order]
    if not earlier:
        return _stand_first(member, kin)
    credited = [one for one in earlier if member.credits_member(one.member)]
    return _carry(member, _choose(member, credited or earlier))


def _choose(member: Member, earlier: Sequence[Kin]) -> Kin:
    best = max(one.likeness for one in earlier)
    others = [k for k in earlier if k.member.family != member.family and k.likeness >= best - _NEAR]
    pool = others or earlier
    top = max(one.likeness for one in pool)
    return min((k for k in pool if k.likeness >= top - _EQUAL), key=lambda k: k.member.order)


def _stand_first(member: Member, kin: Sequence[Kin]) -> Branch:
    is_credited = member.credited_at < NEVER
    agency = "" if is_credited else _find_agency(member, None)
    sureness = 0.95 if is_credited else 0.7
    whys = []
    if agency:
        sureness = min(sureness, 0.3)
        whys.append(f"it credits {name_agency(agency)}, of whom no report in these words is here")
    if not member.dated:
        sureness = min(sureness, 0.4)
        whys.append("its source gives no date: it may be older or younger")
    if is_credited:
        whys.append("others that carry this report credit it")
    if kin:
        whys.append("the earliest of those that carry this report")
    else:
        whys.append("no earlier article carries these passages")
    return Branch(
        role=Role.FIRST,
        parent=None,
        likeness=1.0,
        agency=agency,
        sureness=sureness,
        why="; ".join(whys),
    )


def _carry(member: Member, kin: Kin) -> Branch:
    parent = kin.member
    whys = [f"{kin.likeness:.0%} of the shorter text stands in both".replace("%", " %")]
    sureness = 0.5 + 0.4 * kin.likeness
    agency = _find_agency(member, parent)
    if member.credits_member(parent):
        sureness = 0.97
        whys.append("it credits the other")
    elif agency:
        sureness *= 0.6
        both = agency in parent.credits
        whys.append(f"{'both credit' if both else 'it credits'} {name_agency(agency)}")
    if parent.family and parent.family == member.family:
        whys.append("another feed of the same publisher")
    if not (member.dated and parent.dated):
        sureness *= 0.7
        whys.append("which came first is not sure: one has no date")
    elif abs(member.at - parent.at) < _SAME_MOMENT:
        sureness *= 0.8
        whys.append("published in the same minute")
    return Branch(
        role=Role.CARRIES,
        parent=parent,
        likeness=kin.likeness,
        agency=agency,
        sureness=round(sureness, 3),
        why="; ".join(whys),
    )


def _find_agency(member: Member, parent: Member | None) -> str:
    """Return whom it credits, other than itself, where its parent is not the one it credits."""
    if parent is not None and member.credits_member(parent):
        return ""
    own = {member.agency, member.family, member.family.partition(".")[0]}
    return next((key for key in member.credits if key not in own), "")
