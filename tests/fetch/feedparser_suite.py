"""feedparser's own cases, and which of their expectations concern what we keep.

Each case carries a Python expression in a comment (`Expect: not bozo and entries[0]['title'] ==
'…'`). It is never evaluated: it is parsed, and those of its comparisons that name a field we keep
become a `Check`. For the test and the benchmark, which loads it by its path.
"""

import ast
import html
import lzma
import re
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import ada_url
from feedparser.sanitizer import _sanitize_html as sanitize_html
from feedparser.urls import resolve_relative_uris

from dateline.model import Entry

SUITE = Path(__file__).parents[3] / "shared" / "suites" / "feedparser_cases.tar.xz"
URL = "http://127.0.0.1:8097/tests/"
_NO_PICTURES = (".mp3", ".mp4", ".mov", ".ogg")  # enclosures that we do not keep
_EXPECT = re.compile(r"Expect:(.*?)(?:-->|$)", re.DOTALL)
_HEADER = re.compile(r"^\s*Header:\s*([\w-]+):\s*(.*?)\s*$", re.MULTILINE)
_ENTRY = re.compile(r"entries\[(\d+)\](.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One comparison: `field` of the entry at `index` (None: of the feed) should be `wanted`."""

    field: str
    index: int | None
    wanted: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One feed with what is expected of it."""

    name: str
    body: bytes
    url: str
    content_type: str
    checks: tuple[Check, ...]


# feedparser's field -> ours. `[0]` and `[1]` stay, as they name one of several.
_FIELDS = {
    "title": "title",
    "title_detail.value": "title",
    "description": "summary",
    "summary": "summary",
    "summary_detail.value": "summary",
    "content[0].value": "content",
    "link": "link",
    "id": "guid",
    "guid": "guid",
    "author": "author",
    "author_detail.name": "author",
    "authors[0].name": "author",
    "authors[1].name": "author",
    "published_parsed": "published",
    "updated_parsed": "updated",
    "tags[0].term": "category",
    "tags[1].term": "category",
    "tags[2].term": "category",
    "tags[0].label": "category",
    "enclosures[0].url": "picture",
    "enclosures[0].href": "picture",
    "media_thumbnail[0].url": "picture",
    "image.href": "picture",
    "source.title": "credited",
    "source.link": "credited_url",
    "source.href": "credited_url",
    "language": "language",
    "content[0].language": "language",
    "title_detail.language": "language",
}
_FEED_FIELDS = {
    "title": "feed title",
    "title_detail.value": "feed title",
    "language": "feed language",
}


def read_cases() -> Iterator[Case]:
    """Yield every case of the suite, in order of its name."""
    with lzma.open(SUITE) as packed, tarfile.open(fileobj=packed) as tar:
        files = {m.name: tar.extractfile(m) for m in tar.getmembers() if m.isfile()}
        bodies = {name: file.read() for name, file in files.items() if file}
    for name in sorted(bodies):
        if name.endswith((".xml", ".json")):
            yield _read_case(name.removeprefix("tests/"), bodies[name])


def _read_case(name: str, body: bytes) -> Case:
    text = _decode_roughly(body)
    headers = {key.lower(): value for key, value in _HEADER.findall(text[:3000])}
    found = _EXPECT.search(text)
    return Case(
        name=name,
        body=body,
        url=headers.get("content-location", URL + name),
        content_type=headers.get("content-type", "application/xml"),
        checks=tuple(_list_checks(found.group(1).strip())) if found else (),
    )


def _decode_roughly(body: bytes) -> str:
    try:
        return body.decode("utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")
    except UnicodeDecodeError:
        return body.decode("latin-1")


def _list_checks(expression: str) -> Iterator[Check]:
    try:
        tree = ast.parse(expression, mode="eval").body
    except SyntaxError:
        return
    parts = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
    for part in parts:
        if isinstance(part, ast.Compare) and isinstance(part.ops[0], ast.Eq):
            yield from _read_check(part)


def _read_check(part: ast.Compare) -> Iterator[Check]:
    path = re.sub(r"\['(\w+)'\]", r".\1", ast.unparse(part.left))
    try:
        wanted = ast.literal_eval(part.comparators[0])
    except ValueError:
        return
    entry = _ENTRY.fullmatch(path)
    if entry and (field := _FIELDS.get(entry.group(2).removeprefix("."))):
        if not (path.endswith(("url", "href")) and str(wanted).endswith(_NO_PICTURES)):
            yield Check(field=field, index=int(entry.group(1)), wanted=wanted)
    elif path.startswith("feed.") and (field := _FEED_FIELDS.get(path.removeprefix("feed."))):
        yield Check(field=field, index=None, wanted=wanted)


def agrees(check: Check, feed: dict[str, Any], entries: list[dict[str, Any]], url: str) -> bool:
    """Tell whether what was read is what is wanted, each field compared as what it is.

    `feed` and `entries` map our field names to values ("category" and "picture" to lists).
    """
    if check.index is None:
        got = feed.get(check.field)
    elif check.index < len(entries):
        got = entries[check.index].get(check.field)
    else:
        return False
    return _COMPARE.get(check.field, _same_text)(got, check.wanted, url)


def _same_text(got: Any, wanted: Any, url: str) -> bool:
    return _squeeze(got or "") in (_squeeze(wanted or ""), _show(wanted or ""))


def _same_address(got: Any, wanted: Any, url: str) -> bool:
    try:  # host names in capitals and the like: the same address for a browser
        return got == wanted or str(ada_url.URL(wanted).href) == got
    except ValueError:
        return False


def _squeeze(value: str) -> str:
    return " ".join(value.split())


def _show(value: str) -> str:
    """Return what a reader sees of HTML."""
    bare = re.sub(r"<(?:\"[^\"]*\"|'[^']*'|[^'\">])*>", "", value)
    return _squeeze(html.unescape(bare))


def _same_html(got: Any, wanted: Any, url: str) -> bool:
    """Compare modulo what feedparser does to HTML: its sanitiser and its resolving of addresses.

    Text that is no HTML is escaped by us and left alone by feedparser.
    """
    got = got or ""
    if wanted in (got, html.unescape(got)) or _show(got) == _show(wanted):
        return True
    resolved = resolve_relative_uris(got, url, "utf-8", "text/html")
    return bool(_tight(sanitize_html(resolved, "utf-8", "text/html")) == _tight(wanted))


def _tight(value: str) -> str:
    return re.sub(r"\s+", " ", value.replace("\r", "")).strip()


def _same_moment(got: Any, wanted: Any, url: str) -> bool:
    return bool(got == datetime(*wanted[:6], tzinfo=UTC)) if wanted else got is None


def _same_tag(got: Any, wanted: Any, url: str) -> bool:
    return bool((got or "").casefold() == (wanted or "").casefold())


def _among(got: Any, wanted: Any, url: str) -> bool:
    return _show(wanted or "") in [_show(value) for value in got or ()]


def _same_author(got: Any, wanted: Any, url: str) -> bool:
    name = re.sub(r"\s*\(\S+@\S+\)$", "", wanted)  # feedparser adds the address in brackets
    return _show(name) in (_show(got or ""), *[_show(n) for n in (got or "").split(",")])


_COMPARE: dict[str, Callable[[Any, Any, str], bool]] = {
    "link": _same_address,
    "credited_url": _same_address,
    "summary": _same_html,
    "content": _same_html,
    "published": _same_moment,
    "updated": _same_moment,
    "language": _same_tag,
    "feed language": _same_tag,
    "category": _among,
    "picture": _among,
    "author": _same_author,
}


def show_entry(entry: Entry) -> dict[str, Any]:
    """Our fields under the names of the suite; feedparser repeats a body as summary and content."""
    return {
        "title": entry.title,
        "summary": entry.summary or entry.content,
        "content": entry.content or entry.summary,
        "link": entry.url,
        "guid": entry.guid,
        "author": entry.author,
        "published": entry.published,
        "updated": entry.updated,
        "category": entry.categories,
        "picture": [picture.url for picture in entry.pictures],
        "credited": entry.credited,
        "credited_url": entry.credited_url,
        "language": entry.language,
    }
