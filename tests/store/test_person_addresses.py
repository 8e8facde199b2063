"""Addresses of people: read as the name is written, each somebody's own, for ever once given."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlalchemy import insert, select
from tests.examples import examples

from dateline.store import Store, Tx, open_store
from dateline.store.engine import open_engine
from dateline.store.migrations import upgrade
from dateline.store.people import NameKey, count_names
from dateline.store.person_addresses import find_key, load_addresses
from dateline.store.tables import addresses, names


def address_of(tx: Tx, key: str) -> str:
    return load_addresses(tx, [key])[key]


@pytest.fixture
def named(store: Store, make):
    def name(*changes: tuple[str, str, str, int]) -> None:
        with store.write(make.now) as tx:
            count_names(tx, {(key, name, kind): n for key, name, kind, n in changes})

    return name


def test_an_address_is_the_name_that_is_used_most(store: Store, named) -> None:
    named(
        ("rihana", "Rihanna", "person", 4),
        ("volodimir-zelensky", "Володимир Зеленський", "person", 9),
        ("volodimir-zelensky", "Wolodymyr Selenskyj", "person", 2),
        ("volodimir-zelensky", "Volodymyr Zelensky", "person", 5),
        ("two-officials", "two officials", "", 3),
    )
    with store.read() as tx:
        assert address_of(tx, "rihana") == "rihanna"
        assert address_of(tx, "volodimir-zelensky") == "volodymyr-zelensky"
        assert address_of(tx, "two-officials") == "two-officials"
        assert find_key(tx, "rihanna") == find_key(tx, "rihana") == "rihana"


def test_an_address_is_for_ever(store: Store, named) -> None:
    named(("ana-kos", "Anna Kos", "person", 1))
    named(("ana-kos", "Ana Koss", "person", 7))
    named(("ana-kos", "Anna Kos", "person", -1), ("ana-kos", "Ana Koss", "person", -7))
    named(("ana-kos", "Ana Koss", "person", 1))
    with store.read() as tx:
        assert address_of(tx, "ana-kos") == "anna-kos"


def test_whom_nobody_names_in_latin_letters_waits_under_the_key(store: Store, named) -> None:
    named(("oleg-lazarev", "Олег Лазарев", "person", 3))
    with store.read() as tx:
        assert address_of(tx, "oleg-lazarev") == "oleg-lazarev"
    named(("oleg-lazarev", "Oleg Lazareff", "person", 1))
    with store.read() as tx:
        assert address_of(tx, "oleg-lazarev") == "oleg-lazareff"
        assert find_key(tx, "oleg-lazarev") == "oleg-lazarev"


def test_two_never_share_an_address(store: Store, named) -> None:
    named(("vale-steel", "Vale Steel", "organisation", 2), ("vale-stel", "Vale Steel", "person", 2))
    named(("ana", "Anna", "person", 1))
    named(("anna", "Anna", "organisation", 1))  # whose key is her address by now
    with store.read() as tx:
        assert address_of(tx, "vale-steel") == "vale-steel"
        assert address_of(tx, "vale-stel") == "vale-steel-2"
        assert (address_of(tx, "ana"), find_key(tx, "anna")) == ("anna", "ana")
        assert (address_of(tx, "anna"), find_key(tx, "anna-2")) == ("anna-2", "anna")


CHANGES = st.dictionaries(
    st.tuples(
        st.sampled_from(["ana", "anna", "ana-2", "kos", "koss"]),
        st.sampled_from(["Anna", "Ana", "Kos", "Кос", "\ud800", "-"]),
        st.sampled_from(["person", "organisation", ""]),
    ),
    st.integers(1, 3),
    max_size=4,
)


@given(st.lists(CHANGES, max_size=4))
@examples(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_key_has_a_page_of_its_own(
    store: Store, make, rounds: list[dict[NameKey, int]]
) -> None:
    with store.write(make.now) as tx:
        for changes in rounds:
            before = load_addresses(tx, ["ana", "anna", "ana-2", "kos", "koss"])
            given_before = dict(tx.conn.execute(select(addresses.c.key, addresses.c.address)).all())
            count_names(tx, changes)
            now = load_addresses(tx, before)
            assert all(now[key] == given_before[key] for key in given_before)
        keys = set(tx.conn.execute(select(names.c.key)).scalars())
        found = load_addresses(tx, keys)
        assert len(set(found.values())) == len(keys)
        assert all(find_key(tx, address) == key for key, address in found.items())


def test_a_store_of_before_is_given_addresses(tmp_path: Path, make) -> None:
    engine = open_engine(str(tmp_path / "old.db"), create=True)
    with engine.connect() as conn, conn.begin():
        upgrade(conn, "0004")
        rows = [
            ("rihana", "Rihanna", "person", 4),
            ("rihanna", "Rihanna", "organisation", 1),
            ("ana-kos", "Ana Kos", "person", 1),
            ("ana-kos", "Anna Kos", "person", 2),
            ("oleg-lazarev", "Олег Лазарев", "person", 3),
        ]
        columns = ("key", "name", "kind", "mentions")
        conn.execute(insert(names), [dict(zip(columns, row, strict=True)) for row in rows])
    engine.dispose()
    with open_store(str(tmp_path / "old.db")) as upgraded, upgraded.read() as tx:
        assert address_of(tx, "rihana") == "rihanna-2"
        assert address_of(tx, "rihanna") == "rihanna"
        assert address_of(tx, "ana-kos") == "anna-kos"
        assert address_of(tx, "oleg-lazarev") == "oleg-lazarev"
