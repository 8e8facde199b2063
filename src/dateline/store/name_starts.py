"""Where a reader may begin to write a name, and who begins so: written with the names."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, delete, func, insert, select

from dateline.store.engine import Tx
from dateline.store.rows import in_batches
from dateline.store.tables import name_starts, names
from dateline.store.tokens import list_tokens, spell_out

_WORDS = 6  # of a name that one may begin with
_LONGEST = 60  # letters of a start that are compared
HEAD = 3
_BY_HEAD, _BY_BACK = 3000, 1000  # rows that are looked at for a mistyped name
_SURE = 5  # letters from which on one of them may be wrong


def refresh_starts(tx: Tx, keys: Iterable[str]) -> None:
    """Write the starts of all names of `keys` anew."""
    for batch in in_batches(sorted(set(keys))):
        tx.conn.execute(delete(name_starts).where(name_starts.c.key.in_(batch)))
        query = select(names.c.key, names.c.name, names.c.mentions)
        starts: dict[str, set[str]] = defaultdict(set)
        mentions = Counter[str]()
        for key, name, count in tx.conn.execute(query.where(names.c.key.in_(batch))):
            starts[key].update(list_starts(name))
            mentions[key] += count
        rows = [
            {
                "key": key,
                "folded": start,
                "head": start[:HEAD],
                "back": start[HEAD : 2 * HEAD],
                "mentions": mentions[key],
            }
            for key, found in starts.items()
            for start in sorted(found)
        ]
        if rows:
            tx.conn.execute(insert(name_starts), rows)


def list_starts(name: str) -> list[str]:
    """Return a name from each of its words on, folded: ["jens stoltenberg", "stoltenberg"].

    "Müller" begins like "mueller" too.
    """
    found: dict[str, None] = {}
    for written in (name[:200], spell_out(name[:200])):
        tokens = list_tokens(written)
        starts = (" ".join(tokens[at:])[:_LONGEST] for at in range(min(len(tokens), _WORDS)))
        found |= dict.fromkeys(starts)
    return list(found)


def _list_wanted(words: str) -> list[str]:
    """Return what is asked for, folded, in each way it may be written."""
    written = (words[:200], spell_out(words[:200]))
    folded = (" ".join(list_tokens(one))[:_LONGEST] for one in written)
    return list(dict.fromkeys(filter(None, folded)))


def find_starts(tx: Tx, words: str, limit: int, *, near: bool = True) -> list[str]:
    """Return the keys of who is called something that begins so, the most mentioned first.

    Of two letters only as a whole word: "Xi", "이란". Where nobody is, and there are five letters
    or more, and `near`: who would be if one letter were another, missing, too many, or in its
    neighbour's place.
    """
    asked = [one for one in _list_wanted(words) if len(one) >= HEAD]
    if not asked:
        is_word = len(" ".join(list_tokens(words[:200]))) == HEAD - 1
        return find_whole(tx, words, limit) if is_word else []
    found: dict[str, None] = {}
    for wanted in asked:
        found |= _find_exact(tx, wanted, limit)
    if near and not found and len(asked[0]) >= _SURE:
        found = dict.fromkeys(_find_near(tx, asked[0]))
    return list(found)[:limit]


def find_whole(tx: Tx, name: str, limit: int) -> list[str]:
    """Return the keys of who is called by these words, whole, the most mentioned first."""
    found: dict[str, None] = {}
    for wanted in _list_wanted(name):
        heads = {wanted[:HEAD], f"{wanted} "[:HEAD]}
        same = func.substr(name_starts.c.folded, 1, len(wanted) + 1).in_([wanted, f"{wanted} "])
        query = select(name_starts.c.key).where(name_starts.c.head.in_(heads), same)
        rows = tx.conn.execute(query.order_by(name_starts.c.mentions.desc()).limit(4 * limit))
        found |= dict.fromkeys(rows.scalars())
    return list(found)[:limit]


def _find_exact(tx: Tx, wanted: str, limit: int) -> dict[str, None]:
    begins = func.substr(name_starts.c.folded, 1, len(wanted)) == wanted
    query = select(name_starts.c.key).where(name_starts.c.head == wanted[:HEAD], begins)
    # A key may have several starts that begin so.
    rows = tx.conn.execute(query.order_by(name_starts.c.mentions.desc()).limit(4 * limit))
    return dict.fromkeys(rows.scalars())


def _find_near(tx: Tx, wanted: str) -> list[str]:
    tries = {wanted[HEAD : 2 * HEAD], wanted[HEAD - 1 : 2 * HEAD - 1], wanted[HEAD + 1 : 7]}
    rows = list(_list_rows(tx, name_starts.c.head == wanted[:HEAD], _BY_HEAD))
    for back in sorted(tries):
        rows += _list_rows(tx, name_starts.c.back == back, _BY_BACK) if len(back) > 1 else ()
    near = {key: -count for key, start, count in rows if begins_nearly(start, wanted)}
    return sorted(near, key=lambda key: (near[key], key))


def _list_rows(tx: Tx, where: ColumnElement[bool], limit: int) -> Iterable[tuple[str, str, int]]:
    query = select(name_starts.c.key, name_starts.c.folded, name_starts.c.mentions).where(where)
    rows = tx.conn.execute(query.order_by(name_starts.c.mentions.desc()).limit(limit))
    return [(row.key, row.folded, row.mentions) for row in rows]


def begins_nearly(text: str, wanted: str) -> bool:
    """Say whether `text` begins with `wanted` but for at most one slip of the pen."""
    at = 0
    while at < len(wanted) and at < len(text) and wanted[at] == text[at]:
        at += 1
    rest, left = wanted[at:], text[at:]
    if not rest or len(rest) == 1:
        return True
    if len(left) > 1 and rest[:2] == left[1::-1] and left[2:].startswith(rest[2:]):
        return True
    return any(
        one.startswith(other)
        for one, other in ((left[1:], rest[1:]), (left, rest[1:]), (left[1:], rest))
    )
