"""A look at whether the store is sound: what must hold between its tables."""

from sqlalchemy import TextClause, text

from dateline.store.engine import Store, Tx

_MUST_BE_NONE: dict[str, TextClause] = {
    "articles without the version they point to": text(
        "SELECT count(*) FROM articles AS a WHERE NOT EXISTS (SELECT 1 FROM versions AS v "
        "WHERE v.article_id = a.id AND v.number = a.versions)"
    ),
    "stories whose count of articles or outlets is wrong": text(
        "SELECT count(*) FROM stories AS s WHERE s.articles <> "
        "(SELECT count(*) FROM articles AS a WHERE a.story_id = s.id) OR s.outlets <> "
        "(SELECT count(DISTINCT a.source_id) FROM articles AS a WHERE a.story_id = s.id)"
    ),
    "stories whose count of origins is wrong": text(
        "SELECT count(*) FROM stories AS s WHERE s.origins <> "
        "(SELECT count(DISTINCT a.origin_id) FROM articles AS a WHERE a.story_id = s.id)"
    ),
    "entries that are done without an article": text(
        "SELECT count(*) FROM entries WHERE state = 'done' AND article_id IS NULL"
    ),
    "articles in a story without an origin": text(
        "SELECT count(*) FROM articles WHERE story_id IS NOT NULL AND origin_id IS NULL"
    ),
}


def check_store(store: Store) -> list[str]:
    """Return what is wrong with the store, one sentence each; an empty list where all is well."""
    with store.read() as tx:
        problems = _check_file(tx) if store.dialect == "sqlite" else []
        for what, query in _MUST_BE_NONE.items():
            found = tx.conn.execute(query).scalar_one()
            problems += [f"{found} {what}"] if found else []
        return problems + _check_index(tx)


def _check_file(tx: Tx) -> list[str]:
    told = [str(row[0]) for row in tx.conn.exec_driver_sql("PRAGMA integrity_check(10)")]
    problems = [] if told == ["ok"] else [f"the file is damaged: {one}" for one in told]
    lost = tx.conn.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(10)
    return problems + [
        f"a row of {row[0]} points to a row of {row[2]} that is not there" for row in lost
    ]


def _check_index(tx: Tx) -> list[str]:
    articles = tx.conn.execute(text("SELECT count(*) FROM articles")).scalar_one()
    indexed = tx.conn.execute(text("SELECT count(*) FROM search")).scalar_one()
    if articles == indexed:
        return []
    return [f"{articles} articles, but {indexed} in the index of words"]
