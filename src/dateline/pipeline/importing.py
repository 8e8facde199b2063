"""A researcher's file into the store: the same records through the whole pipeline, as if fetched.

The file is read twice: once to learn its order (by date of publication; a record without a date
stays behind the one before it in the file), once to take the records in that order. A batch is one
transaction together with the position in the file, so an interrupted import goes on where it was,
and a second one finds nothing to do.
"""

import hashlib
import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import IO, Self

import msgspec

from dateline.errors import InputError
from dateline.model import ArticleId, Done, Failed, Reading, Source, SourceId
from dateline.pipeline import claiming, ledgering, records, translating
from dateline.pipeline.edges import Edges
from dateline.pipeline.grouping import Grouping, place_origins, place_stories
from dateline.pipeline.headlines import save_edit
from dateline.pipeline.meaning import claim_meanings, encode_meanings
from dateline.publish.sections import file_article
from dateline.reading import read_page
from dateline.sources.families import find_family, find_named_family
from dateline.store import Tx, standing
from dateline.store import articles as article_rows
from dateline.store import editions as edition_rows
from dateline.store import imports as import_rows
from dateline.store import sources as source_rows
from dateline.store.articles import NewArticle, NewVersion
from dateline.store.standing import ArticleMark
from dateline.text import fingerprint, make_slug
from dateline.urls import read_host, read_origin

BATCH = 200
UNKNOWN_SOURCE = "unknown"


class _When(msgspec.Struct, frozen=True):
    """The one field that the order needs."""

    published: str | int | float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """How far an import is; counts are of this run."""

    done: int  # records behind us, those of earlier runs among them
    total: int
    new: int = 0
    versions: int = 0
    known: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """One record that was read."""

    record: records.Record
    reading: Reading


_Result = Done[_Taken | str] | Failed


class OrderedLines:
    """The lines of a file in the order of publication, kept in a temporary file on disk.

    Memory is 28 bytes a line. `key` is a hash of the content: the identity of the import.
    """

    def __init__(self, spool: IO[bytes]) -> None:
        self._spool = spool
        self._starts = array("q")
        self._lengths = array("q")
        self._order: Sequence[int] = ()
        self.key = ""

    @classmethod
    def gather(cls, lines: Iterable[bytes]) -> Self:
        """Copy the lines to a temporary file and find their order."""
        self = cls(tempfile.TemporaryFile())  # noqa: SIM115  # closed by close()
        digest = hashlib.blake2b(digest_size=16)
        decoder = msgspec.json.Decoder(_When)
        moments = array("d")
        last, offset = float("-inf"), 0
        for line in lines:
            last = _read_moment(decoder, line, last)
            moments.append(last)
            self._starts.append(offset)
            self._lengths.append(len(line))
            self._spool.write(line)
            digest.update(line + b"\n")
            offset += len(line)
        self._order = sorted(range(len(moments)), key=moments.__getitem__)
        self.key = digest.hexdigest()
        return self

    def __len__(self) -> int:
        return len(self._starts)

    def iterate(self, start: int) -> Iterator[bytes]:
        """Yield the lines in order, beginning with number `start` of that order."""
        for number in self._order[start:]:
            self._spool.seek(self._starts[number])
            yield self._spool.read(self._lengths[number])

    def close(self) -> None:
        """Remove the temporary file."""
        self._spool.close()


def _read_moment(decoder: "msgspec.json.Decoder[_When]", line: bytes, last: float) -> float:
    try:
        moment = records.parse_moment(decoder.decode(line).published)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return last
    return moment.timestamp() if moment else last


def read_record(line: bytes) -> _Taken | str:
    """Read one record, or say why it cannot be read; runs in the pool."""
    try:
        record = records.parse_record(line)
        if not record.url:
            return "the record has an empty url"
        seen_at = records.parse_moment(record.published)
        reading = read_page(records.make_document(record, seen_at=seen_at))
    except InputError as error:
        return str(error)
    return _Taken(record=record, reading=reading)


def import_lines(
    edges: Edges, lines: OrderedLines, grouping: Grouping, tell: Callable[[Imported], None]
) -> Imported:
    """Take every record that is not in the store yet through the whole pipeline.

    `tell` hears how far the import is: before the first record, and after each batch.
    """
    with edges.store.read() as tx:
        start = import_rows.import_position(tx, lines.key)
    state = Imported(done=start, total=len(lines))
    tell(state)
    results = edges.pool.run(read_record, lines.iterate(start), timeout_s=edges.page_timeout_s)
    for batch in _batches(results, BATCH):
        state = _save_batch(edges, lines.key, batch, state)
        _group(edges, grouping)
        tell(state)
    _group(edges, grouping)
    return state


def _batches(results: Iterator[_Result], size: int) -> Iterator[list[_Result]]:
    batch: list[_Result] = []
    for result in results:
        batch.append(result)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _group(edges: Edges, grouping: Grouping) -> None:
    while place_origins(edges, grouping):
        pass
    while leads := claim_meanings(edges, edges.clock()):
        encode_meanings(edges, leads)
    while place_stories(edges, grouping):
        pass
    while looks := translating.claim_look(edges, edges.clock()):
        translating.join_translations(edges, looks)
    while tasks := claiming.claim_versions(edges, edges.clock()):
        claiming.read_versions(edges, tasks)
    while found := ledgering.claim_look(edges, edges.clock()):
        ledgering.place_statements(edges, found)


def _save_batch(edges: Edges, key: str, batch: Sequence[_Result], state: Imported) -> Imported:
    """Keep one batch and the position behind it in one transaction."""
    taken: list[_Taken] = []
    for result in batch:
        value = result.value if isinstance(result, Done) else result.reason
        if isinstance(value, str):
            edges.report(f"a record was left out: {value}")
        else:
            taken.append(value)
    with edges.store.write(edges.clock()) as tx:
        new, versions = _save_taken(tx, taken)
        import_rows.save_import_position(tx, key, state.done + len(batch))
        if new or versions:
            edition_rows.bump_generation(tx)
    return Imported(
        done=state.done + len(batch),
        total=state.total,
        new=state.new + new,
        versions=state.versions + versions,
        known=state.known + len(taken) - new - versions,
        failed=state.failed + len(batch) - len(taken),
    )


def _save_taken(tx: Tx, taken: Sequence[_Taken]) -> tuple[int, int]:
    """Save each record as article, version or nothing; return how many of the first two."""
    sources = _save_sources(tx, taken)
    known = _load_known(tx, [item.record.url for item in taken])
    fresh: dict[str, NewArticle] = {}
    again: list[_Taken] = []  # of an address that is known, or stood earlier in this batch
    for item in taken:
        if item.record.url in known or item.record.url in fresh:
            again.append(item)
        else:
            fresh[item.record.url] = _make_article(tx, item, sources)
    article_rows.save_articles(tx, list(fresh.values()))
    known |= _load_known(tx, list(fresh))
    versions = sum(_save_version(tx, known, item, sources[_name_source(item)]) for item in again)
    return len(fresh), versions


def _load_known(tx: Tx, urls: Sequence[str]) -> dict[str, ArticleMark]:
    ids = article_rows.find_urls(tx, urls)
    marks = standing.load_marks(tx, list(ids.values()))
    return {url: marks[id] for url, id in ids.items()}


def _save_sources(tx: Tx, taken: Sequence[_Taken]) -> dict[str, Source]:
    """Return the source of each outlet name that the records give, made where it is new."""
    found: dict[str, SourceId] = {}
    for item in taken:
        name = _name_source(item)
        if name not in found:
            source = Source(
                key=make_slug(name) or UNKNOWN_SOURCE,
                name=name,
                home=read_origin(item.record.url),
                language="",
            )
            said = item.record.source
            family = find_named_family(said, item.record.url) if said else find_family(source)
            # Before, outlets without a name were called by their host with its "www.".
            before = None if said else source_rows.find_source_id(tx, f"www-{source.key}")
            found[name] = before or source_rows.ensure_source(tx, replace(source, family=family))
    known = source_rows.load_sources(tx, set(found.values()))
    return {name: known[source_id] for name, source_id in found.items()}


def _name_source(item: _Taken) -> str:
    host = read_host(item.record.url).removeprefix("www.")
    return item.record.source or host or UNKNOWN_SOURCE


def _first_seen(tx: Tx, item: _Taken) -> datetime:
    return min(item.reading.published.at or tx.now, tx.now).astimezone(UTC)


def _make_article(tx: Tx, item: _Taken, sources: dict[str, Source]) -> NewArticle:
    source = sources[_name_source(item)]
    return NewArticle(
        source_id=source.id,
        guid=item.record.url,
        url=item.record.url,
        first_seen=_first_seen(tx, item),
        reading=item.reading,
        fingerprint=fingerprint(item.reading.text),
        raw_hash="",
        live=False,
        filed=file_article(source, item.reading.section, item.record.url),
    )


def _save_version(tx: Tx, known: dict[str, ArticleMark], item: _Taken, source: Source) -> int:
    """Save a record whose address is known as a version, where its words differ.

    The record's date is when that version was there; the article was published with its first.
    """
    last = known[item.record.url]
    mark = fingerprint(item.reading.text)
    if last.fingerprint == mark and last.headline == item.reading.headline:
        return 0
    reading = _keep_published(tx, last.article_id, item.reading)
    seen_at = _first_seen(tx, item)
    filed = file_article(source, reading.section, item.record.url)
    version = NewVersion(seen_at=seen_at, reading=reading, fingerprint=mark, filed=filed)
    save_edit(tx, last.article_id, version)
    known[item.record.url] = replace(last, fingerprint=mark, headline=item.reading.headline)
    return 1


def _keep_published(tx: Tx, article_id: ArticleId, reading: Reading) -> Reading:
    """Return the reading with the date at which the article was published first, where known."""
    article = article_rows.load_article(tx, article_id)
    first = article.version.reading.published if article else reading.published
    if first.at is None or (reading.published.at and reading.published.at < first.at):
        return reading
    return replace(reading, published=first)
