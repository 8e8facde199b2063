"""`dateline read`: one article, or many as JSON lines, without a store."""

import dataclasses
import gzip
import io
import lzma
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Annotated, Any

import typer
import zstandard

from dateline.cli.terminal import count_cores
from dateline.errors import InputError
from dateline.model import Document, Done, NoReply, Reading, Request, Statement, StatementKind
from dateline.pipeline import records
from dateline.reading import read
from dateline.text import squeeze
from dateline.urls import parse_web_url
from dateline.work.pool import Pool

WORKER_MB = 1500  # address space of a process
LARGEST_FILE = 20_000_000  # bytes of one page or text
HTML_MARKS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<article", b"<p>", b"<div")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("read")(read_command)


def read_command(
    what: Annotated[
        str | None, typer.Argument(metavar="FILE|URL|-", help="A page or a text; - for stdin.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the reading as JSON.")] = False,
    jsonl: Annotated[
        Path | None,
        typer.Option(
            metavar="IN",
            help="Read many: one record a line ({url, html or text, title?, published?, source?, "
            "lang?}; .gz, .xz, .zst or - for stdin), one reading a line out, in the same order.",
        ),
    ] = None,
    jobs: Annotated[
        int, typer.Option(min=0, help="Processes for --jsonl; 0 means one a core.")
    ] = 0,
    timeout: Annotated[float, typer.Option(help="Seconds for one record of --jsonl.")] = 20.0,
    url: Annotated[str, typer.Option(help="Address of the article, where a file is read.")] = "",
    title: Annotated[str, typer.Option(help="Headline, where it is known.")] = "",
    published: Annotated[str, typer.Option(help="Date of publication, ISO 8601.")] = "",
    source: Annotated[str, typer.Option(help="Name of the outlet.")] = "",
    lang: Annotated[str, typer.Option(help="Language that is expected (BCP 47).")] = "",
    loopback: Annotated[
        bool, typer.Option("--allow-loopback", help="Let URL be on this machine (for tests).")
    ] = False,
) -> None:
    """Read one article: headline, byline, dates with evidence, text, agencies, who said what.

    `dateline read article.html --url https://… --json`, or `dateline read - < article.txt`, or
    `dateline read --jsonl articles.jsonl > readings.jsonl`.
    """
    if (what is None) == (jsonl is None):
        raise InputError("`dateline read` takes one of: a FILE, a URL, - or --jsonl IN.")
    if jsonl is not None:
        raise typer.Exit(read_many(jsonl, jobs or count_cores(), timeout))
    assert what is not None  # noqa: S101  # one of the two is given, as checked above
    if (when := records.parse_moment(published)) is None and published:
        raise InputError(f"--published {published!r} is no ISO 8601 date such as 2022-11-11.")
    hints = Document(url=url, title=title, published=when, source=source, language=lang)
    document = load_document(what, hints, allow_loopback=loopback)
    reading = read(document)
    if json:
        sys.stdout.buffer.write(records.write_pretty(records.describe_reading(reading)))
    else:
        sys.stdout.write(describe(reading))


def load_document(what: str, hints: Document, *, allow_loopback: bool = False) -> Document:
    """Return the document behind a file name, a web address or - (standard input)."""
    if what == "-":
        return dataclasses.replace(hints, **sort_body(sys.stdin.buffer.read(LARGEST_FILE), ""))
    if what.startswith(("http://", "https://")):
        return fetch_document(what, hints, allow_loopback=allow_loopback)
    path = Path(what)
    if not path.is_file():
        raise InputError(f"There is no file {what}, and it is no http(s) address.")
    with open_lines(path) as handle:
        body = handle.read(LARGEST_FILE)
    return dataclasses.replace(hints, **sort_body(body, path.name))


def sort_body(body: bytes, name: str) -> dict[str, Any]:
    """Say whether bytes are a page or a text, as the field of `Document` they belong to."""
    start = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    named_html = Path(name.removesuffix(".gz")).suffix in {".html", ".htm", ".xhtml"}
    if named_html or any(mark in start for mark in HTML_MARKS):
        return {"html": body}
    return {"text": body.decode("utf-8-sig", "replace")}


def fetch_document(url: str, hints: Document, *, allow_loopback: bool) -> Document:
    """Return the page at a web address; InputError says why there is none."""
    # Loaded only here: most readings need neither the network nor the settings.
    from dateline.cli.outside import make_web
    from dateline.settings import read_settings

    address = parse_web_url(url)
    if address is None:
        raise InputError(f"{url} is no web address.")
    settings = read_settings(Path.cwd())
    with make_web(settings, allow_loopback=allow_loopback) as web:
        reply = web.get(Request(url=address))
    if isinstance(reply, NoReply):
        raise InputError(f"{url} could not be fetched: {reply.reason}")
    if reply.status != 200:
        raise InputError(f"{url} answered {reply.status}.")
    kind = reply.headers.get("content-type", "")
    return dataclasses.replace(hints, url=reply.url, html=reply.body, content_type=kind)


def describe(reading: Reading) -> str:
    """Return a reading for a person at a terminal."""
    rows = [
        ("Headline", reading.headline),
        ("Kicker", reading.kicker),
        ("Byline", ", ".join(reading.byline)),
        (
            "Published",
            f"{records.write_moment(reading.published.at)} ({reading.published.evidence})",
        ),
        ("Changed", reading.modified and records.write_moment(reading.modified.at)),
        ("Language", reading.language),
        ("Section", reading.section),
        ("Source", reading.source),
        ("Agencies", ", ".join(dict.fromkeys(credit.name for credit in reading.credits))),
        ("Address", reading.canonical),
        ("Read by", f"{reading.taken_from}, score {reading.score:.2f}"),
    ]
    head = "".join(f"{name + ':':<11} {value}\n" for name, value in rows if value)
    pictures = "".join(
        f"{'Picture:':<11} {picture.url} ({picture.alt or 'no alternative text'})\n"
        for picture in reading.pictures
    )
    notes = "".join(f"{'Note:':<11} {note}\n" for note in reading.notes)
    said = "".join(f"{'Said:':<11} {describe_said(each)}\n" for each in reading.claims.statements)
    return f"{head}{pictures}{notes}\n{reading.text}\n" + (f"\n{said}" if said else "")


def describe_said(said: Statement) -> str:
    """Return who said what as one line: the name, how and when it was said, the words."""
    who = said.speaker_resolved or said.speaker or "(nobody named)"
    role = f", {said.role}," if said.role else ""
    how = f"{'not ' if said.negated else ''}{said.cue or said.hedge.value}"
    when = f" on {said.said_on}" if said.said_on else ""
    marks = ("“", "”") if said.kind is StatementKind.DIRECT else ("", "")
    return f"{who}{role} [{how}{when}] {marks[0]}{squeeze(said.content)}{marks[1]}"


# --- many --------------------------------------------------------------------------------------


def read_line(line: bytes) -> bytes:
    """Return the reading of one record as a line; a bad record gives a line with "error"."""
    try:
        record = records.parse_record(line)
    except InputError as error:
        return records.write_line({"error": str(error)})
    return records.write_line(records.describe_reading(read(records.make_document(record))))


def read_many(path: Path, jobs: int, timeout_s: float) -> int:
    """Write one reading a line for each record of a file; return the exit code."""
    failed = 0
    out = sys.stdout.buffer
    with Pool(jobs if jobs > 1 else 0, memory_mb=WORKER_MB) as pool:
        for number, result in enumerate(
            pool.run(read_line, iterate_lines(path), timeout_s=timeout_s), start=1
        ):
            if isinstance(result, Done):
                line = result.value
            else:
                line = records.write_line({"error": result.reason})
            if line.startswith(b'{"error"'):
                failed += 1
                sys.stderr.write(f"dateline: record {number}: {line.decode('utf-8', 'replace')}")
            out.write(line)
    out.flush()
    if failed:
        sys.stderr.write(f"dateline: {failed} records could not be read.\n")
    return 1 if failed else 0


def open_lines(path: Path) -> IO[bytes]:
    """Open a file for reading, unpacking .gz, .xz and .zst; - is standard input."""
    if str(path) == "-":
        return sys.stdin.buffer
    if not path.is_file():
        raise InputError(f"There is no file {path}.")
    if path.suffix == ".gz":
        return io.BufferedReader(gzip.open(path, "rb"))
    if path.suffix == ".xz":
        return lzma.open(path, "rb")
    if path.suffix == ".zst":
        return io.BufferedReader(zstandard.open(path, "rb"))
    return path.open("rb")


def iterate_lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a file that are not blank; a broken archive is an InputError."""
    try:
        with open_lines(path) as handle:
            while line := handle.readline(records.LONGEST_RECORD + 1):
                if stripped := line.strip():
                    yield stripped
    except (OSError, EOFError, lzma.LZMAError, zstandard.ZstdError) as error:
        raise InputError(f"{path} cannot be read to its end: {error}") from error
