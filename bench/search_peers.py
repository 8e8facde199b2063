"""What else could be asked of the same articles: SQLite's and PostgreSQL's own ranking, tantivy.

Each has its own index, which is built in the folder of the benchmark and kept.
"""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from dateline.store import Store, Tx
from dateline.store.sqlite import driver
from dateline.store.tokens import list_tokens

Ask = Callable[[Tx, str], object]
_PATIENCE = 60  # seconds for one question to PostgreSQL
_TEXTS = text(
    "SELECT a.id, a.headline, v.text FROM articles a JOIN versions v ON v.article_id = a.id "
    "WHERE a.id > :after ORDER BY a.id LIMIT 5000"
)


@dataclass(frozen=True, slots=True)
class Peer:
    """A system that is asked the same."""

    name: str
    ask: Ask
    ranks: bool = True  # it finds the best, not the newest


def list_peers(store: Store, folder: Path) -> Iterator[Peer]:
    """Yield the peers of a database, with tantivy where it is installed."""
    folder.mkdir(exist_ok=True)
    if store.dialect == "postgresql":
        yield Peer("ts_rank over all", ask_ts_rank)
        return
    yield from open_fts5(store, folder / "fts5.db")
    yield Peer("LIKE, newest", ask_like, False)
    yield from open_tantivy(store, folder / "tantivy")


def ask_like(tx: Tx, typed: str) -> object:
    query = "SELECT article_id FROM versions WHERE text LIKE :q ORDER BY article_id DESC LIMIT 21"
    return tx.conn.execute(text(query), {"q": f"%{typed.strip(chr(34))}%"}).all()


def ask_ts_rank(tx: Tx, typed: str) -> object:
    """The best of all that have the words; where a phrase has several, all of them."""
    query = (
        "SELECT search_id FROM search WHERE words @@ plainto_tsquery('simple', :q) "
        "ORDER BY ts_rank(words, plainto_tsquery('simple', :q)) DESC LIMIT 21"
    )
    asked = {"q": typed.strip('"'), "limit": str(_PATIENCE * 1000)}
    tx.conn.execute(text("SELECT set_config('statement_timeout', :limit, true)"), asked)
    try:
        with tx.conn.begin_nested():
            return tx.conn.execute(text(query), asked).all()
    except OperationalError:
        return "it took too long"


def read_texts(store: Store) -> Iterator[tuple[int, str, str]]:
    after = 0
    while True:
        with store.read() as tx:
            rows = tx.conn.execute(_TEXTS, {"after": after}).all()
        if not rows:
            return
        yield from (tuple(row) for row in rows)
        after = rows[-1][0]


def open_fts5(store: Store, path: Path) -> Iterator[Peer]:
    """Yield SQLite's own ranking, of an index that knows where the words stand."""
    is_new = not path.exists()
    conn = driver.connect(str(path), isolation_level=None)
    if is_new:
        began = time.process_time()
        conn.execute("PRAGMA journal_mode = OFF")
        conn.execute(
            "CREATE VIRTUAL TABLE search USING fts5(title, body, content='', tokenize='ascii')"
        )
        conn.execute("BEGIN")
        conn.executemany(
            "INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)",
            (
                (number, " ".join(list_tokens(title)), " ".join(list_tokens(body)))
                for number, title, body in read_texts(store)
            ),
        )
        conn.execute("COMMIT")
        print(f"FTS5: built in {time.process_time() - began:.0f} core-seconds")
    print(f"FTS5: {path.stat().st_size / 1e6:.0f} MB")
    ranked = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY bm25(search, 4, 1) LIMIT 21"
    yield Peer("FTS5 bm25 over all", lambda _tx, typed: conn.execute(ranked, (typed,)).fetchall())


def open_tantivy(store: Store, place: Path) -> Iterator[Peer]:
    """Yield tantivy's best hits and newest hits, where it is installed."""
    try:
        import tantivy
    except ImportError:
        print("tantivy is not installed", file=sys.stderr)
        return
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", stored=True, fast=True, indexed=True)
    for name in ("title", "body"):
        builder.add_text_field(name, stored=False, tokenizer_name="default")
    is_new = not place.exists()
    place.mkdir(exist_ok=True)
    index = tantivy.Index(builder.build(), path=str(place))
    if is_new:
        began = time.process_time()
        _fill_tantivy(store, index, tantivy)
        print(f"tantivy: built in {time.process_time() - began:.0f} core-seconds")
    size = sum(path.stat().st_size for path in place.iterdir())
    print(f"tantivy: {size / 1e6:.0f} MB")
    index.reload()
    searcher = index.searcher()

    def ask(_tx: Tx, typed: str) -> object:
        query = index.parse_query(typed, ["title", "body"], field_boosts={"title": 4.0})
        return searcher.search(query, 21).hits

    def ask_newest(_tx: Tx, typed: str) -> object:
        query = index.parse_query(typed, ["title", "body"])
        return searcher.search(query, 21, order_by_field="id").hits

    yield Peer("tantivy, best of all", ask)
    yield Peer("tantivy, newest", ask_newest, False)


def _fill_tantivy(store: Store, index: object, tantivy: object) -> None:
    writer = index.writer(heap_size=256_000_000, num_threads=1)
    for number, title, body in read_texts(store):
        writer.add_document(tantivy.Document(id=number, title=[title], body=[body]))
    writer.commit()
    writer.wait_merging_threads()
