"""The library: what a program may use of Dateline, typed and kept stable.

import dateline

reading = dateline.read("<html>…", url="https://example.org/a")
reading.headline, [credit.name for credit in reading.credits]

with dateline.open("my-site") as site:
    for story in site.stories():
        story["headline"], len(story["articles"])
"""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from dateline.errors import DatelineError, InputError, OperatorError
from dateline.model import Article, ArticleId, Document, Reading
from dateline.pipeline.exporting import export_rows
from dateline.reading import read as read_document
from dateline.settings import read_settings
from dateline.store import articles as article_rows
from dateline.store import open_store

__all__ = ["DatelineError", "InputError", "OperatorError", "Site", "open", "read"]


def read(
    html_or_text: str | bytes,
    *,
    url: str = "",
    title: str = "",
    published: datetime | None = None,
    source: str = "",
) -> Reading:
    """Return what a careful reader takes from one article; never raises on bad input.

    Bytes, and text that begins with a tag, are read as HTML; any other text is the article's text
    and stands unchanged in `Reading.text`, so that offsets (Unicode code points) refer to it.
    """
    is_html = isinstance(html_or_text, bytes) or html_or_text.lstrip()[:1] == "<"
    text = None if isinstance(html_or_text, bytes) or is_html else html_or_text
    document = Document(
        url=url,
        html=html_or_text if is_html else None,
        text=text,
        title=title,
        published=published,
        source=source,
    )
    return read_document(document)


class Site:
    """The store of one home folder, opened for reading; a context manager."""

    def __init__(self, home: str | Path) -> None:
        self._settings = read_settings(Path(home))
        self._stack = ExitStack()
        self._store = self._stack.enter_context(open_store(self._settings.store_address))

    def __enter__(self) -> Self:
        """Return the site itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Close the store."""
        self._stack.close()

    def article(self, id: int) -> Article | None:
        """Return one article with its newest version, None where there is none."""
        with self._store.read() as tx:
            return article_rows.load_article(tx, ArticleId(id))

    def articles(self) -> Iterator[dict[str, Any]]:
        """Yield every article in the form of `dateline export articles`."""
        return self._export("articles")

    def stories(self) -> Iterator[dict[str, Any]]:
        """Yield every story in the form of `dateline export stories`."""
        return self._export("stories")

    def origins(self) -> Iterator[dict[str, Any]]:
        """Yield every origin in the form of `dateline export origins`."""
        return self._export("origins")

    def statements(self) -> Iterator[dict[str, Any]]:
        """Yield every statement in the form of `dateline export statements`."""
        return self._export("statements")

    def figures(self) -> Iterator[dict[str, Any]]:
        """Yield every figure in the form of `dateline export figures`."""
        return self._export("figures")

    def people(self) -> Iterator[dict[str, Any]]:
        """Yield everybody who is named in the form of `dateline export people`."""
        return self._export("people")

    def _export(self, kind: str) -> Iterator[dict[str, Any]]:
        return export_rows(self._store, kind, address=self._settings.make_site().address)


def open(home: str | Path) -> Site:
    """Open the home folder of a site; StoreError where there is no store in it."""
    return Site(home)
