"""A look at whether the store is sound: what must hold between its tables."""

from sqlalchemy import TextClause, text

from dateline.store.engine import Store, Tx

_MUST_BE_NONE: dict[str, TextClause] = {
    "articles without the version they point to": text(
        "SELECT count(*) FROM articles AS a WHERE NOT EXISTS (SELECT 1 FROM versions AS v "
        "WHERE v.article_id = a.id AND v.number = a.versions)"
    ),
    "stories whose count of articles, outlets or origins is wrong": text(
        "SELECT count(*) FROM stories AS s LEFT JOIN (SELECT story_id, count(*) AS articles "
        "FROM (SELECT story_id FROM articles UNION ALL SELECT story_id FROM story_parts) AS e "
        "GROUP BY story_id) AS n ON n.story_id = s.id "
        # Coverage are wholes that stand; where there are none, parts; then what was withdrawn.
        "LEFT JOIN (SELECT m.story_id, count(DISTINCT m.origin_id) AS origins, "
        "count(DISTINCT CASE WHEN o.family = '' THEN 'source ' || o.key "
        "ELSE 'family ' || o.family END) AS outlets FROM ("
        "SELECT r.*, min(r.standing) OVER (PARTITION BY r.story_id) AS best FROM ("
        "SELECT story_id, source_id, origin_id, CASE WHEN gone_at IS NULL THEN 0 ELSE 2 END "
        "AS standing FROM articles WHERE story_id IS NOT NULL UNION ALL "
        "SELECT p.story_id, a.source_id, a.origin_id, CASE WHEN a.gone_at IS NULL THEN 1 ELSE 3 "
        "END FROM story_parts AS p JOIN articles AS a ON a.id = p.article_id) AS r) AS m "
        "JOIN sources AS o ON o.id = m.source_id WHERE m.standing = m.best "
        "GROUP BY m.story_id) AS c ON c.story_id = s.id "
        "WHERE s.articles <> coalesce(n.articles, 0) OR s.outlets <> coalesce(c.outlets, 0) "
        "OR s.origins <> coalesce(c.origins, 0)"
    ),
    "parts of articles in the very story that has the whole": text(
        "SELECT count(*) FROM story_parts AS p JOIN articles AS a ON a.id = p.article_id "
        "WHERE a.story_id = p.story_id"
    ),
    "stories that were merged and still have articles, or lead nowhere": text(
        "SELECT count(*) FROM stories AS s LEFT JOIN stories AS t ON t.id = s.merged_into "
        "WHERE s.merged_into IS NOT NULL AND (s.articles > 0 OR t.id IS NULL)"
    ),
    "stories that were merged in a circle": text(
        "WITH RECURSIVE whole (id) AS (SELECT id FROM stories WHERE merged_into IS NULL UNION "
        "SELECT s.id FROM stories AS s JOIN whole AS w ON s.merged_into = w.id) "
        "SELECT count(*) FROM stories AS s WHERE s.merged_into IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM whole AS w WHERE w.id = s.id)"
    ),
    "articles whose parent has another origin": text(
        "SELECT count(*) FROM articles AS a JOIN articles AS p ON p.id = a.taken_from "
        "WHERE a.origin_id <> p.origin_id"
    ),
    "entries that are done without an article": text(
        "SELECT count(*) FROM entries WHERE state = 'done' AND article_id IS NULL"
    ),
    "versions of articles without a mark of who has read their claims": text(
        "SELECT count(*) FROM versions AS v WHERE NOT EXISTS (SELECT 1 FROM claim_marks AS m "
        "WHERE m.article_id = v.article_id AND m.version = v.number)"
    ),
    "statements in a ledger entry that was merged into another": text(
        "SELECT count(*) FROM statements AS s JOIN ledger AS l ON l.id = s.ledger_id "
        "WHERE l.merged_into IS NOT NULL"
    ),
    "ledger entries that were merged into a later one, or lead nowhere": text(
        "SELECT count(*) FROM ledger AS l LEFT JOIN ledger AS t ON t.id = l.merged_into "
        "WHERE l.merged_into IS NOT NULL AND (t.id IS NULL OR t.id >= l.id)"
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
