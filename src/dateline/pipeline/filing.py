"""Sections made anew: a source's articles are filed again when the table or its own rules change.

New articles are filed as they come (`pages`, `importing`); this step looks at sources that are
marked as not filed by the present table. One transaction a batch; what is right is not written.
"""

from dateline.model import ArticleId, Filing, Source, SourceId
from dateline.pipeline.edges import Edges
from dateline.publish.sections import file_article, read_names
from dateline.store import Store, Tx
from dateline.store import editions as edition_rows
from dateline.store import sections as section_rows
from dateline.store import sources as source_rows
from dateline.store.sections import Filed


def find_unfiled(store: Store, limit: int) -> list[SourceId]:
    """Return sources whose articles are to be filed anew."""
    with store.read() as tx:
        return section_rows.list_unfiled(tx, read_names().made_by, limit)


def file_sources(edges: Edges, ids: list[SourceId]) -> int:
    """File the articles of some sources by the present table; return how many sources."""
    for source_id in ids:
        after = ArticleId(0)
        while (last := _file_batch(edges, source_id, after)) is not None:
            after = last
    return len(ids)


def _file_batch(edges: Edges, source_id: SourceId, after: ArticleId) -> ArticleId | None:
    """File the next articles of a source; return the last of them, None where there are no more."""
    with edges.store.write(edges.clock()) as tx:
        source = source_rows.load_source_by_id(tx, source_id)
        found = section_rows.iterate_filed(tx, source_id, after) if source else []
        if source is None or not found:
            section_rows.mark_filed(tx, source_id, read_names().made_by)
            return None
        _save_changes(tx, source, found)
        return found[-1].article_id


def _save_changes(tx: Tx, source: Source, found: list[Filed]) -> None:
    pairs = [(one, file_article(source, one.filing.own, one.url)) for one in found]
    changed = [(one, filing) for one, filing in pairs if _differs(one.filing, filing)]
    section_rows.save_filings(tx, changed)
    if changed:
        edition_rows.bump_generation(tx)


def _differs(old: Filing, new: Filing) -> bool:
    """Say whether an article is to be written: a new table alone files nothing elsewhere."""
    is_first = not old.made_by and new.section != ""
    return is_first or (old.section, old.own) != (new.section, new.own)
