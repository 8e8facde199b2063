"""The nouns of Dateline: frozen values that flow from the sources to the edition.

Layer 0: only the standard library; one module a kind, all names are here. Facts flow one way::

    Source, Feed ─► Visit, Entry ─► Reading ─► Article, Version ─► Origin ─► Story ─► Edition

All moments are timezone-aware and in UTC. Offsets into a text are Unicode code points.
An id of 0 means "not stored yet". Values are never changed: use `dataclasses.replace`.
"""

from dateline.model.articles import (
    UNDATABLE,
    Article,
    ArticleKeys,
    Credit,
    Dated,
    Document,
    KnownArticle,
    KnownBy,
    Precision,
    Reading,
    StoredPicture,
    Version,
)
from dateline.model.base import (
    ArticleId,
    Done,
    EntryId,
    Failed,
    FeedId,
    OriginId,
    SafeHtml,
    SourceId,
    Span,
    StoryId,
)
from dateline.model.groups import Lead, OriginPlace, Related, Role, StoryPlace
from dateline.model.network import (
    Broken,
    Busy,
    Entry,
    Fetched,
    Gone,
    NoReply,
    Outcome,
    Picture,
    Reply,
    Request,
    Unchanged,
    Visit,
)
from dateline.model.shown import Card, Letter, Site, StoryCard
from dateline.model.sources import Rights, Route, Source, SourceKind

__all__ = [
    "UNDATABLE",
    "Article",
    "ArticleId",
    "ArticleKeys",
    "Broken",
    "Busy",
    "Card",
    "Credit",
    "Dated",
    "Document",
    "Done",
    "Entry",
    "EntryId",
    "Failed",
    "FeedId",
    "Fetched",
    "Gone",
    "KnownArticle",
    "KnownBy",
    "Lead",
    "Letter",
    "NoReply",
    "OriginId",
    "OriginPlace",
    "Outcome",
    "Picture",
    "Precision",
    "Reading",
    "Related",
    "Reply",
    "Request",
    "Rights",
    "Role",
    "Route",
    "SafeHtml",
    "Site",
    "Source",
    "SourceId",
    "SourceKind",
    "Span",
    "StoredPicture",
    "StoryCard",
    "StoryId",
    "StoryPlace",
    "Unchanged",
    "Version",
    "Visit",
]
