"""Structured data (schema.org) of every page but an article's: lists, stories, people, the site."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from dateline.model import (
    Card,
    EntityKind,
    Hedge,
    Person,
    Site,
    Source,
    StatementKind,
    StoryCard,
)
from dateline.publish.addresses import outlet_path, story_path
from dateline.publish.jsonld import (
    CONTEXT,
    describe_picture,
    drop_empty,
    name_language,
    refer_to,
)
from dateline.publish.ledger_page import Entry
from dateline.publish.moments import write_moment
from dateline.text import squeeze

MOST_PARTS = 40  # of a list that are named
_KINDS = {
    EntityKind.PERSON: "Person",
    EntityKind.ORGANISATION: "Organization",
    EntityKind.PLACE: "Place",
}
Trail = Sequence[tuple[str, str]]  # name and path of each page from the front page down


def join_records(record: dict[str, object], trail: Iterable[object]) -> dict[str, object]:
    """Return a page's record together with the breadcrumbs that lead to it."""
    bare = {name: value for name, value in record.items() if name != "@context"}
    return {"@context": CONTEXT, "@graph": [bare, *trail]}


def describe_trail(site: Site, trail: Trail) -> dict[str, object]:
    """Return the way from the front page to a page; names that are empty are left out."""
    named = [(squeeze(name), path) for name, path in trail if squeeze(name)]
    steps = [
        {"@type": "ListItem", "position": at, "name": name, "item": f"{site.address}{path}"}
        for at, (name, path) in enumerate(named, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def describe_site(site: Site, stories: Iterable[StoryCard]) -> dict[str, object]:
    """Return the front page: the site, how it is searched, its stories in order."""
    target = f"{site.address}/search?q={{search_term_string}}"
    return drop_empty(
        {
            "@context": CONTEXT,
            "@type": "WebSite",
            "name": site.name,
            "url": f"{site.address}/",
            "description": site.tagline,
            "inLanguage": site.language,
            "publisher": _publisher(site),
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": target},
                "query-input": "required name=search_term_string",
            },
            "mainEntity": list_stories(site, stories),
        }
    )


def describe_story(site: Site, story: StoryCard, path: str) -> dict[str, object]:
    """Return a story's page: a collection of reports, none of the words its own."""
    record = {
        "@context": CONTEXT,
        "@type": "CollectionPage",
        "name": squeeze(story.headline),
        "url": f"{site.address}{path}",
        "description": story.lead.lede,
        "inLanguage": [tag for tag in story.languages if name_language(tag)],
        "datePublished": "" if story.first_sighted else _date(story, story.first_at),
        "dateModified": _date(story, story.last_at),
        "publisher": _publisher(site),
        "mainEntity": list_articles(site, story.members),
    }
    if story.lead.picture_hash:
        record["primaryImageOfPage"] = describe_picture(site, story.lead)
    return drop_empty(record)


def describe_list(
    site: Site, name: str, path: str, parts: dict[str, object] | None = None
) -> dict[str, object]:
    """Return the page of a list; `parts` is what `list_articles` and its like return."""
    return _page(site, "CollectionPage", (name, path), mainEntity=parts)


def describe_search(site: Site, name: str, path: str) -> dict[str, object]:
    """Return the page of what a search found."""
    return _page(site, "SearchResultsPage", (name, path))


def describe_about(site: Site, name: str, path: str) -> dict[str, object]:
    """Return the page that tells how the site works."""
    return _page(site, "AboutPage", (name, path))


def describe_page(site: Site, name: str, path: str) -> dict[str, object]:
    """Return any other page."""
    return _page(site, "WebPage", (name, path))


def describe_person(site: Site, person: Person, path: str) -> dict[str, object]:
    """Return the page of someone, or something, that is reported to have said something."""
    kind = _KINDS[person.kind] if person.kind else "Thing"
    # The definition asks for a person or an organisation as what a profile is of.
    page = "ProfilePage" if kind in ("Person", "Organization") else "CollectionPage"
    thing = {
        "@type": kind,
        "name": squeeze(person.name),
        "alternateName": [squeeze(name) for name in person.names[1:7]],
        "url": f"{site.address}{path}",
    }
    return _page(site, page, (person.name, path), mainEntity=drop_empty(thing))


def describe_statement(
    site: Site, entry: Entry, named: tuple[str, str], speaker_path: str = ""
) -> dict[str, object]:
    """Return the page of one statement: its words where they may be shown, and who said them.

    Direct speech is a quotation; what the report says of it in its own words is a claim. What
    someone denies, takes back or did not say is neither.
    `named` is the page's name and path, `speaker_path` that of its speaker, "" for none.
    """
    told = entry.entry
    kind = _KINDS[told.speaker_kind] if told.speaker_kind else "Thing"
    speaker = {"@type": kind, "name": squeeze(told.speaker)}
    if speaker_path:
        speaker["url"] = f"{site.address}{speaker_path}"
    statement = entry.shown.witness.said.statement
    is_quoted = statement.kind is StatementKind.DIRECT
    stands = is_quoted or statement.hedge not in (Hedge.DENIED, Hedge.WITHDRAWN)
    words = {
        "@type": "Quotation" if is_quoted else "Claim",
        "text": squeeze(entry.shown.content),
        "spokenByCharacter" if is_quoted else "author": (
            speaker if kind in ("Person", "Organization") else None
        ),
        "isPartOf" if is_quoted else "appearance": refer_to(site, entry.shown.witness.card),
    }
    is_told = entry.shown.content and stands and not statement.negated
    return _page(site, "WebPage", named, mainEntity=drop_empty(words) if is_told else None)


def list_articles(site: Site, cards: Iterable[Card]) -> dict[str, object]:
    """Return articles as a list, those that were withdrawn left out."""
    return _list(refer_to(site, card) for card in cards if not card.gone)


def list_stories(site: Site, stories: Iterable[StoryCard]) -> dict[str, object]:
    """Return stories as a list of their pages."""
    return _list(
        _name(site, "CollectionPage", story.headline, story_path(story)) for story in stories
    )


def list_outlets(site: Site, sources: Iterable[Source]) -> dict[str, object]:
    """Return outlets as a list of their pages here."""
    kind = "NewsMediaOrganization"
    return _list(_name(site, kind, each.name, outlet_path(each.key)) for each in sources)


def _name(site: Site, kind: str, name: str, path: str) -> dict[str, object]:
    return {"@type": kind, "name": squeeze(name), "url": f"{site.address}{path}"}


def _list(parts: Iterable[dict[str, object]]) -> dict[str, object]:
    named = list(parts)[:MOST_PARTS]
    steps = [
        {"@type": "ListItem", "position": at, "item": part}
        for at, part in enumerate(named, start=1)
    ]
    return {"@type": "ItemList", "numberOfItems": len(steps), "itemListElement": steps}


def _page(site: Site, kind: str, named: tuple[str, str], **more: object) -> dict[str, object]:
    name, path = named
    return drop_empty(
        {
            "@context": CONTEXT,
            "@type": kind,
            "name": squeeze(name),
            "url": f"{site.address}{path}",
            "publisher": _publisher(site),
            **more,
        }
    )


def _publisher(site: Site) -> dict[str, object]:
    return {"@type": "Organization", "name": site.name, "url": f"{site.address}/"}


def _date(story: StoryCard, at: datetime) -> str:
    return write_moment(at) if story.dated else ""
