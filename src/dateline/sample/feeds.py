"""The feeds of the sample wire, one function a format, written plainly as real sites write them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from dateline.sample.compose import Page, plain
from dateline.sample.reports import Library, Outlet
from dateline.sample.words import SECTIONS

_PRISM = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a feed."""

    page: Page
    url: str
    guid: str
    picture: str  # address, "" where there is none
    source: tuple[str, str]  # name and feed of the agency that is credited, or two ""
    dated: str  # what the outlet says, a moment in ISO 8601, "" where it gives no date

    @property
    def at(self) -> datetime:
        """The moment the outlet claims."""
        return datetime.fromisoformat(self.dated)

    @property
    def body(self) -> str:
        """The article as the HTML of a feed, with whatever the content system let in."""
        marked = "".join(_paragraph(part) for part in self.page.paragraphs)
        return marked + self.page.report.hostile

    @property
    def title(self) -> str:
        """The headline; a broken content system lets tags into it."""
        return self.page.title + ("<script>alert(1)</script>" if self.page.report.hostile else "")

    @property
    def section(self) -> str:
        """The section in the outlet's language."""
        return SECTIONS[self.page.outlet.language].get(self.page.section, self.page.section)

    @property
    def summary(self) -> str:
        """The standfirst."""
        return self.page.lede


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed to be written."""

    outlet: Outlet
    home: str
    library: Library
    now: datetime
    items: Sequence[Item]


def write_feed(channel: Channel) -> tuple[bytes, str]:
    """Return the feed of an outlet in its format, and the content type it is served with."""
    writers = {
        "rss2": (_rss2, "application/rss+xml; charset=utf-8"),
        "rss092": (_rss092, "text/xml"),
        "rss10": (_rss10, "application/rdf+xml"),
        "atom": (_atom, "application/atom+xml; charset=utf-8"),
        "json": (_json, "application/feed+json"),
        "sitemap": (_sitemap, "application/xml"),
    }
    write, content_type = writers[channel.outlet.feed]
    text = write(channel)
    if "cp1251" in channel.outlet.quirks:
        text = text.replace('encoding="utf-8"', 'encoding="windows-1251"')
        body = text.encode("cp1251", "xmlcharrefreplace")
        return body, "application/rss+xml"
    return text.encode(), content_type


def write_broken(outlet: Outlet) -> bytes:
    """Return what a content system prints that falls over while it writes its feed."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        f"<title>{escape(outlet.name)}</title>\n"
        "<br />\n<b>Fatal error</b>: Allowed memory size of 134217728 bytes exhausted "
        "(tried to allocate 20480 bytes) in <b>/srv/quay/lib/feed.php</b> on line <b>212"
    ).encode()


def _paragraph(text: str) -> str:
    if text.startswith("## "):
        return f"<h2>{escape(text[3:])}</h2>"
    return f"<p>{escape(plain(text))}</p>"


def _rss2(channel: Channel) -> str:
    full = channel.outlet.full_text
    rows = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<rss version="2.0" {_PRISM}><channel>',
        f"<title>{escape(channel.outlet.name)}</title><link>{channel.home}/</link>",
        f"<description>{escape(channel.outlet.tagline)}</description>",
        f"<language>{channel.outlet.language}</language><ttl>15</ttl>",
    ]
    for item in channel.items:
        rows += [
            "<item>",
            f"<title>{escape(item.title)}</title>",
            f"<link>{escape(item.url)}</link>",
            f'<guid isPermaLink="false">{escape(item.guid)}</guid>',
            *([f"<pubDate>{format_datetime(item.at)}</pubDate>"] if item.dated else []),
            f"<category>{escape(item.section)}</category>",
            *[f"<dc:creator>{escape(name)}</dc:creator>" for name in item.page.report.byline],
            f"<description>{escape(item.summary)}</description>",
        ]
        if full:
            rows.append(f"<content:encoded><![CDATA[{item.body}]]></content:encoded>")
        if item.picture:
            rows.append(_media(item))
        if item.source[0]:
            rows.append(
                f"<source url={quoteattr(item.source[1])}>{escape(item.source[0])}</source>"
            )
        rows.append("</item>")
    return "\n".join([*rows, "</channel></rss>\n"])


def _media(item: Item) -> str:
    shot = item.page.report.shot
    credit = f"<media:credit>{escape(shot.credit)}</media:credit>" if shot and shot.credit else ""
    text = f"<media:description>{escape(shot.alt)}</media:description>" if shot else ""
    where = quoteattr(item.picture)
    return (
        f'<media:content url={where} medium="image" type="image/jpeg" width="1200" height="675">'
        f"{text}{credit}</media:content>"
    )


def _rss092(channel: Channel) -> str:
    rows = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<rss version="0.92"><channel>',
        f"<title>{escape(channel.outlet.name)}</title><link>{channel.home}/</link>",
        f"<description>{escape(channel.outlet.tagline)}</description>",
        f"<language>{channel.outlet.language}</language>",
    ]
    for item in channel.items:
        rows += [
            "<item>",
            f"<title>{escape(item.title)}</title><link>{escape(item.url)}</link>",
            f"<description>{escape(item.summary)}</description>",
            f"<category>{escape(item.section)}</category>",
        ]
        if item.dated:
            rows.append(f"<pubDate>{format_datetime(item.at)}</pubDate>")
        if item.picture:
            where = quoteattr(item.picture)
            rows.append(f'<enclosure url={where} length="90000" type="image/jpeg"/>')
        if item.source[0]:
            rows.append(
                f"<source url={quoteattr(item.source[1])}>{escape(item.source[0])}</source>"
            )
        rows.append("</item>")
    return "\n".join([*rows, "</channel></rss>\n"])


def _rss10(channel: Channel) -> str:
    listed = "".join(f"<rdf:li rdf:resource={quoteattr(item.url)}/>" for item in channel.items)
    rows = [
        '<?xml version="1.0" encoding="utf-8"?>',
        (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
            ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        ),
        f'<channel rdf:about="{channel.home}/"><title>{escape(channel.outlet.name)}</title>',
        f"<link>{channel.home}/</link><description>{escape(channel.outlet.tagline)}</description>",
        f"<dc:language>{channel.outlet.language}</dc:language>",
        f"<items><rdf:Seq>{listed}</rdf:Seq></items></channel>",
    ]
    for item in channel.items:
        rows += [
            f"<item rdf:about={quoteattr(item.url)}><title>{escape(item.title)}</title>",
            f"<link>{escape(item.url)}</link>",
            f"<description>{escape(item.summary)}</description>",
            f"<dc:subject>{escape(item.section)}</dc:subject>",
            *[f"<dc:creator>{escape(name)}</dc:creator>" for name in item.page.report.byline],
            *([f"<dc:source>{escape(item.source[0])}</dc:source>"] if item.source[0] else []),
            *([f"<dc:date>{item.dated}</dc:date>"] if item.dated else []),
            "</item>",
        ]
    return "\n".join([*rows, "</rdf:RDF>\n"])


def _atom(channel: Channel) -> str:
    rows = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{channel.outlet.language}">',
        f"<title>{escape(channel.outlet.name)}</title>",
        f"<subtitle>{escape(channel.outlet.tagline)}</subtitle>",
        f"<id>{channel.home}/</id><updated>{channel.now.isoformat()}</updated>",
        (
            f'<link href="{channel.home}/"/>'
            f'<link rel="self" href="{channel.home}{channel.outlet.feed_path}"/>'
        ),
    ]
    for item in channel.items:
        changed = item.page.modified.isoformat() if item.page.modified else item.dated
        rows += [
            f"<entry><id>{escape(item.guid)}</id><title>{escape(item.title)}</title>",
            f"<link href={quoteattr(item.url)}/>",
            *([f"<published>{item.dated}</published>"] if item.dated else []),
            f"<updated>{changed or channel.now.isoformat()}</updated>",
            *[f"<author><name>{escape(n)}</name></author>" for n in item.page.report.byline],
            f"<category term={quoteattr(item.section)}/>",
            f'<summary type="text">{escape(item.summary)}</summary>',
        ]
        if item.source[0]:
            name, url = item.source
            rows.append(
                f"<source><id>{escape(url)}</id><title>{escape(name)}</title>"
                f"<link href={quoteattr(url)}/></source>"
            )
        rows.append("</entry>")
    return "\n".join([*rows, "</feed>\n"])


def _json(channel: Channel) -> str:
    items = []
    for item in channel.items:
        row: dict[str, object] = {
            "id": item.guid,
            "url": item.url,
            "title": item.title,
            "summary": item.summary,
            "content_html": item.body,
            "tags": [item.section],
            "authors": [{"name": name} for name in item.page.report.byline],
        }
        if item.dated:
            row["date_published"] = item.dated
        if item.page.modified:
            row["date_modified"] = item.page.modified.isoformat()
        if item.picture:
            row["image"] = item.picture
        items.append(row)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.outlet.name,
        "home_page_url": channel.home + "/",
        "feed_url": channel.home + channel.outlet.feed_path,
        "language": channel.outlet.language,
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


def _sitemap(channel: Channel) -> str:
    outlet = channel.outlet
    rows = [
        '<?xml version="1.0" encoding="utf-8"?>',
        (
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
            ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
            ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
        ),
    ]
    for item in channel.items:
        image = f"<image:image><image:loc>{item.picture}</image:loc></image:image>"
        rows += [
            f"<url><loc>{escape(item.url)}</loc><news:news><news:publication>",
            f"<news:name>{escape(outlet.name)}</news:name>",
            f"<news:language>{outlet.language}</news:language></news:publication>",
            f"<news:publication_date>{item.dated}</news:publication_date>",
            f"<news:title>{escape(item.title)}</news:title></news:news>",
            f"{image if item.picture else ''}</url>",
        ]
    return "\n".join([*rows, "</urlset>\n"])


def say_moment(at: datetime) -> str:
    """Return a moment as feeds and pages write it."""
    return at.astimezone(UTC).isoformat(timespec="seconds")
