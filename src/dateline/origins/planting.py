"""A new member comes into an origin: its place in the tree, and whose place that changes.

What is known of likeness is the edges of the tree and what the new member was compared with; only
some members of a large origin are looked at, so a placing costs the same however many there are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dateline.model import ArticleId, OriginId, OriginPlace
from dateline.origins.likeness import Text, measure
from dateline.origins.memory import Memory
from dateline.origins.tree import NEVER, Branch, Kin, Member, find_branch

_OLDEST, _NEWEST = 8, 24  # members of an origin that are looked at
_AGENCIES_AMONG = 256  # and agencies among so many
_MEASURED = 8  # members that are compared beside those that were found


@dataclass(frozen=True, slots=True, kw_only=True)
class Seedling:
    """An article that has just been remembered."""

    position: int
    text: Text
    likenesses: dict[int, float]  # to members of its origin, by position


@dataclass(slots=True, eq=False)
class _Grove:
    """The members of one origin that are looked at."""

    memory: Memory
    members: dict[int, Member]
    edges: dict[tuple[int, int], float]  # likeness by (lower position, higher position)

    def kin_of(self, position: int) -> list[Kin]:
        pairs = [(pair, likeness) for pair, likeness in self.edges.items() if position in pair]
        return [
            Kin(member=self.members[sum(pair) - position], likeness=likeness)
            for pair, likeness in pairs
        ]


def plant(memory: Memory, seedling: Seedling, made_by: str) -> list[OriginPlace]:
    """Give a new article its place in the tree of its origin, and members theirs anew.

    The first place returned is the new article's own.
    """
    position = seedling.position
    if not seedling.likenesses:
        branch = find_branch(read_member(memory, position), ())
        return [write_place(memory, position, branch, made_by)]
    memory.join(
        int(memory.row(position)["origin_id"]), known=min(seedling.likenesses), position=position
    )
    grove = _look_around(memory, seedling)
    moved = _credit(grove, position)
    _compare_more(grove, seedling)
    branch = find_branch(grove.members[position], grove.kin_of(position))
    places = [write_place(memory, position, _hold_to_fixed(grove, position, branch), made_by)]
    if moved or any(m.order > grove.members[position].order for m in grove.members.values()):
        places += _revise(grove, position, moved, made_by)
    return places


def read_member(memory: Memory, position: int) -> Member:
    """Return an article as a member of a tree."""
    row = memory.row(position)
    names = memory.read_names(position)
    return Member(
        article_id=int(row["article_id"]),
        at=float(row["at"]),
        dated=bool(row["dated"]),
        family=names[row["family"]],
        agency=names[row["agency"]],
        credits=tuple(names[place] for place in row["credits"].tolist() if place),
        credited_at=float(row["credited_at"]),
    )


def write_place(memory: Memory, position: int, branch: Branch, made_by: str) -> OriginPlace:
    """Remember where an article stands, and return it."""
    row = memory.row(position)
    parent = branch.parent.article_id if branch.parent else None
    row["parent_id"], row["likeness"] = parent or 0, branch.likeness
    return OriginPlace(
        article_id=ArticleId(int(row["article_id"])),
        origin_id=OriginId(int(row["origin_id"])),
        role=branch.role,
        taken_from=None if parent is None else ArticleId(parent),
        agency=branch.agency,
        likeness=round(branch.likeness, 4),
        sureness=round(branch.sureness, 3),
        why=branch.why,
        made_by=made_by,
    )


def _look_around(memory: Memory, seedling: Seedling) -> _Grove:
    """Gather the members that matter: found ones, the oldest and newest, the agencies."""
    every = memory.list_members(int(memory.row(seedling.position)["origin_id"]))
    near = every[:_OLDEST] + every[-_NEWEST:]
    near += [p for p in every[-_AGENCIES_AMONG:] if memory.row(p)["agency"]]
    wanted = {*seedling.likenesses, *(p for p in near if memory.is_alive(p)), seedling.position}
    members = {position: read_member(memory, position) for position in sorted(wanted)}
    grove = _Grove(memory=memory, members=members, edges={})
    places = {member.article_id: position for position, member in members.items()}
    for position in members:
        row = memory.row(position)
        parent = places.get(int(row["parent_id"]))
        if parent is not None:
            grove.edges[_pair(position, parent)] = float(row["likeness"])
    for position, likeness in seedling.likenesses.items():
        grove.edges[_pair(position, seedling.position)] = likeness
    return grove


def _credit(grove: _Grove, position: int) -> set[int]:
    """Note who of the new article and the others credits whom; return who is credited newly."""
    others = [other for other in grove.members if other != position]
    pairs = [pair for other in others for pair in ((position, other), (other, position))]
    return {whom for who, whom in pairs if _note_credit(grove, who, whom)}


def _note_credit(grove: _Grove, who: int, whom: int) -> bool:
    """Tell whether one member credits the other, earlier than any other did."""
    one, other = grove.members[who], grove.members[whom]
    if not one.credits_member(other) or one.at >= other.credited_at:
        return False
    grove.memory.row(whom)["credited_at"] = one.at
    grove.members[whom] = replace(other, credited_at=one.at)
    return True


def _compare_more(grove: _Grove, seedling: Seedling) -> None:
    """Compare the new article with those that may be its parent or its children as well."""
    new = grove.members[seedling.position]
    known = {seedling.position, *seedling.likenesses}

    def matters(position: int) -> bool:
        member = grove.members[position]
        credit = new.credits_member(member) or member.credits_member(new)
        root = not grove.memory.row(position)["parent_id"]
        return credit or root or member.order > new.order

    wanted = [p for p in grove.members if p not in known and matters(p)]
    for position in sorted(wanted, key=lambda p: grove.members[p].order)[:_MEASURED]:
        likeness = measure(seedling.text, grove.memory.read_words(position)).shorter
        if likeness > 0:
            grove.edges[_pair(position, seedling.position)] = likeness


def _hold_to_fixed(grove: _Grove, position: int, branch: Branch) -> Branch:
    """A tree that hangs in another language's has its first there: no new first beside it."""
    kin = [p for p in grove.members if _pair(p, position) in grove.edges]
    fixed = [p for p in kin if grove.memory.row(p)["fixed"]]
    if branch.parent is not None or not fixed:
        return branch
    new = grove.members[position]
    held = [
        Kin(
            member=replace(grove.members[p], at=new.at - 1, credited_at=NEVER, dated=False),
            likeness=grove.edges[_pair(p, position)],
        )
        for p in fixed
    ]
    return find_branch(replace(new, credited_at=NEVER), held)


def _revise(
    grove: _Grove, position: int, moved: Iterable[int], made_by: str
) -> Sequence[OriginPlace]:
    places = []
    ids = {member.article_id for member in grove.members.values()}
    for other, member in grove.members.items():
        row = grove.memory.row(other)
        parent_id = int(row["parent_id"])
        if other == position or row["fixed"] or (parent_id and parent_id not in ids):
            continue
        branch = find_branch(member, grove.kin_of(other))
        found = branch.parent.article_id if branch.parent else 0
        if found != parent_id or (other in moved and not found):
            places.append(write_place(grove.memory, other, branch, made_by))
    return places


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
