"""Addresses of the pages of who speaks and is named: readable, each one's own, given for ever.

A key joins mentions whatever the alphabet and the spelling, and so does not read as a name is
written ("rihana"). An address is the name that most mentions use when it is given. Only people get
one: what is called in one way alone stands under its key, and so does whoever no source has named
in Latin letters yet. A key leads to the address, so that whatever was linked before works.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import select, union

from dateline.model import EntityKind, Person
from dateline.store.columns import shorten
from dateline.store.engine import Tx
from dateline.store.rows import in_batches, insert_into
from dateline.store.tables import addresses, names
from dateline.text import make_slug

_LATIN = re.compile(r"[0-9a-z\u00df-\u024f\u1e00-\u1eff-]+\Z")


def find_key(tx: Tx, address: str) -> str:
    """Return whose page stands under an address; what is no address is taken for a key."""
    query = select(addresses.c.key).where(addresses.c.address == shorten(address))
    return tx.conn.execute(query).scalar() or address


def load_addresses(tx: Tx, keys: Iterable[str]) -> dict[str, str]:
    """Return under which address each key's page stands; a key that was given none is its own."""
    wanted = {shorten(key): key for key in keys}
    found = {key: key for key in wanted.values()}
    for batch in in_batches(sorted(wanted)):
        query = select(addresses.c.key, addresses.c.address).where(addresses.c.key.in_(batch))
        found |= {wanted[row.key]: row.address for row in tx.conn.execute(query)}
    return found


def give_addresses(tx: Tx, people: Mapping[str, Person]) -> None:
    """Give an address to everybody who is new and named in Latin letters, and to every key that
    somebody's address has taken."""
    known = set[str]()
    for batch in in_batches(sorted(people)):
        mine = select(addresses.c.key).where(addresses.c.key.in_(batch))
        known.update(tx.conn.execute(mine).scalars())
    wanted = dict(_list_wanted(people, known))
    # What is no person needs an address only where its key is a person's address by now.
    wanted |= {key: key for key in _list_taken(tx, people.keys() - known - wanted.keys())}
    insert = insert_into(tx, addresses).on_conflict_do_nothing()
    for key, address in wanted.items():
        tx.conn.execute(insert, [{"address": _find_free(tx, key, address), "key": key}])


def _list_wanted(people: Mapping[str, Person], known: Collection[str]) -> Iterator[tuple[str, str]]:
    for key, person in sorted(people.items()):
        slugs = (make_slug(name) for name in person.names)
        slug = next((slug for slug in slugs if _LATIN.match(slug)), "")
        if slug and key not in known and person.kind is EntityKind.PERSON:
            yield key, slug


def _list_taken(tx: Tx, keys: Iterable[str]) -> list[str]:
    found = list[str]()
    for batch in in_batches(sorted(keys)):
        query = select(addresses.c.address).where(addresses.c.address.in_(batch))
        found += tx.conn.execute(query).scalars()
    return found


def _find_free(tx: Tx, key: str, wanted: str) -> str:
    """Return an address that is neither another's nor another's key."""
    number, address = 1, wanted
    while True:
        given = select(addresses.c.key).where(addresses.c.address == address)
        named = select(names.c.key).where(names.c.key == address, names.c.key != key)
        if tx.conn.execute(union(given, named)).first() is None:
            return address
        number += 1
        address = f"{wanted}-{number}"
