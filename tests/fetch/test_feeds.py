"""What is taken from each kind of feed, and what is said of what is none."""

import gzip
from datetime import UTC, datetime

import pytest

from dateline.fetch.feeds import read_feed
from dateline.model import Broken, Entry, Fetched

URL = "https://example.org/news/feed.xml"


def read(text: str | bytes, content_type: str = "") -> Fetched:
    body = text.encode() if isinstance(text, str) else text
    feed = read_feed(body, url=URL, content_type=content_type)
    assert isinstance(feed, Fetched), feed
    return feed


def rss(items: str, head: str = "") -> Fetched:
    spaces = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
        'xmlns:atom="http://www.w3.org/2005/Atom"'
    )
    return read(
        f'<?xml version="1.0"?><rss version="2.0" {spaces}><channel>{head}{items}</channel></rss>'
    )


def item(inner: str, head: str = "") -> Entry:
    (entry,) = rss(f"<item>{inner}</item>", head).entries
    return entry


def atom(inner: str, head: str = "") -> Entry:
    (entry,) = read(
        f'<feed xmlns="http://www.w3.org/2005/Atom">{head}<entry>{inner}</entry></feed>'
    ).entries
    return entry


def test_rss_item_whole() -> None:
    entry = item(
        "<guid isPermaLink='false'>n-1</guid><link>/a?x=1&amp;y=2</link><title>Rain &amp;amp; wind"
        "</title><description>&lt;p&gt;Short&lt;/p&gt;</description>"
        "<content:encoded><![CDATA[<p>Long &nbsp; text</p>]]></content:encoded>"
        "<dc:creator>Ada Byron</dc:creator><pubDate>Thu, 01 Aug 2024 10:00:00 +0200</pubDate>"
        "<category>World</category><category>World</category><category>War</category>"
        "<source url='https://wire.example/feed'>The Wire</source>",
        "<language>en-gb</language>",
    )
    assert entry == Entry(
        guid="n-1",
        url="https://example.org/a?x=1&y=2",
        title="Rain & wind",
        summary="<p>Short</p>",
        content="<p>Long &nbsp; text</p>",
        author="Ada Byron",
        published=datetime(2024, 8, 1, 8, tzinfo=UTC),
        language="en-GB",
        categories=("World", "War"),
        credited="The Wire",
        credited_url="https://wire.example/feed",
    )


def test_channel_says_title_and_language() -> None:
    feed = rss("", "<title>News &lt;b&gt;Beast&lt;/b&gt;</title><language>ja</language>")
    assert (feed.title, feed.language, feed.entries) == ("News Beast", "ja", ())


@pytest.mark.parametrize(
    ("inner", "guid", "url"),
    [
        ("<guid>https://e.org/1</guid>", "https://e.org/1", "https://e.org/1"),
        ("<guid isPermaLink='false'>https://e.org/1</guid><title>t</title>", "https://e.org/1", ""),
        ("<link>https://e.org/2</link>", "https://e.org/2", "https://e.org/2"),
        ("<guid>7</guid><atom:link href='x.html'/>", "7", "https://example.org/news/x.html"),
        ("<guid>8</guid><link>javascript:alert(1)</link>", "8", ""),
        ("<guid>9</guid><link>ftp://e.org/x</link>", "9", ""),
    ],
)
def test_identity_and_address(inner: str, guid: str, url: str) -> None:
    entry = item(inner)
    assert (entry.guid, entry.url) == (guid, url)


def test_an_entry_without_id_and_link_is_known_by_what_it_says() -> None:
    one, two = rss("<item><title>A</title></item><item><title>B</title></item>").entries
    assert one.guid.startswith("hash:") and one.guid != two.guid
    assert rss("<item><title>A</title></item>").entries[0].guid == one.guid


def test_one_id_for_all_entries_is_told_apart_by_address() -> None:
    feed = rss("".join(f"<item><guid>x</guid><link>https://e.org/{n}</link></item>" for n in "123"))
    assert [e.guid for e in feed.entries] == ["x", "https://e.org/2", "https://e.org/3"]
    again = rss("<item><guid>x</guid></item><item><guid>x</guid></item>")
    assert len(again.entries) == 1 and "id was there before" in again.notes[-1]


def test_media_pictures_with_credit_and_size() -> None:
    entry = item(
        "<media:group><media:content url='s.jpg' medium='image' width='100'/>"
        "<media:content url='l.jpg' medium='image' width='900' height='600'>"
        "<media:credit>AFP</media:credit></media:content><media:content url='v.mp4' "
        "type='video/mp4'><media:thumbnail url='still.png'/></media:content>"
        "<media:description>Boats in fog</media:description></media:group>"
        "<enclosure url='e.webp' type='image/webp' length='1'/><enclosure url='a.mp3' "
        "type='audio/mpeg'/><itunes:image href='s.jpg'/>"
    )
    names = [p.url.rpartition("/")[2] for p in entry.pictures]
    assert names == ["l.jpg", "s.jpg", "still.png", "e.webp"]
    assert entry.pictures[0].credit == "AFP"
    assert entry.pictures[0].caption == "Boats in fog"
    assert (entry.pictures[0].width, entry.pictures[0].height) == (900, 600)


def test_rdf() -> None:
    feed = read(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<channel><title>R</title></channel><item rdf:about='https://e.org/1'><title>One</title>"
        "<dc:date>2024-01-02T03:04:05+09:00</dc:date></item></rdf:RDF>"
    )
    (entry,) = feed.entries
    assert (feed.title, entry.guid, entry.url) == ("R", "https://e.org/1", "https://e.org/1")
    assert entry.published == datetime(2024, 1, 1, 18, 4, 5, tzinfo=UTC)


def test_atom_types_base_language_and_source() -> None:
    entry = atom(
        '<id>tag:1</id><title type="html">Fish &amp;amp; &lt;i>chips&lt;/i></title>'
        '<link rel="edit" href="edit/1"/><link rel="alternate" type="text/html" href="one"/>'
        '<summary>1 &lt; 2</summary><content type="xhtml" xml:lang="fr"><div '
        'xmlns="http://www.w3.org/1999/xhtml"><p>Bonjour</p></div></content>'
        "<author><name>Zoé</name></author><author><name>Max</name></author>"
        "<published>2024-05-01T00:00:00Z</published><updated>2024-05-02T00:00:00Z</updated>"
        '<source><title>Agence</title><link href="https://agence.example/"/></source>',
        '<link href="/"/><title>ignored</title>',
    )
    assert entry.title == "Fish & chips"
    assert entry.url == "https://example.org/news/one"
    assert entry.summary == "1 &lt; 2"
    assert entry.content == "<div><p>Bonjour</p></div>"
    assert (entry.author, entry.language) == ("Zoé, Max", "fr")
    assert entry.updated == datetime(2024, 5, 2, tzinfo=UTC)
    assert (entry.credited, entry.credited_url) == ("Agence", "https://agence.example/")


def test_xml_base_is_joined_level_by_level() -> None:
    feed = read(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://cdn.example/a/">'
        '<entry xml:base="b/"><id>1</id><link href="c" xml:base="d/"/></entry></feed>'
    )
    assert feed.entries[0].url == "https://cdn.example/a/b/d/c"


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "windows-1251", "koi8-r"])
def test_charsets_declared(charset: str) -> None:
    declared = f'<?xml version="1.0" encoding="{charset}"?>'
    text = f"{declared}<rss><channel><title>Мир</title></channel></rss>"
    assert read(text.encode(charset)).title == "Мир"


def test_charset_of_the_header_and_a_wrong_one() -> None:
    text = "<rss><channel><title>Löwe</title></channel></rss>"
    assert read(text.encode("latin-1"), "text/xml; charset=ISO-8859-1").title == "Löwe"
    assert read(text.encode(), "text/xml; charset=ISO-8859-1").title == "Löwe"
    broken = read(text.encode("latin-1"), "text/xml; charset=utf-8")
    assert broken.title == "L\ufffdwe" and "not valid" in broken.notes[0]


def test_junk_controls_entities_and_bare_ampersands() -> None:
    feed = read(
        "\ufeff\n  junk <?xml version='1.0'?><rss><channel><title>A\x0b&nbsp;&eacute; R&D "
        "&unknown;</title></channel></rss>"
    )
    assert feed.title == "A\u00a0é R&D &unknown;"
    assert any("before the feed" in n for n in feed.notes)
    assert any("control" in n for n in feed.notes)


def test_truncated_feed_keeps_what_was_seen() -> None:
    feed = read(
        "<rss><channel><item><title>One</title></item><item><title>Two</title><description>and the"
    )
    assert [e.title for e in feed.entries] == ["One", "Two"]
    assert any("damaged" in note for note in feed.notes)


def test_undeclared_prefix_is_read_as_what_it_is_called() -> None:
    feed = read(
        "<rss><channel><item><title>t</title><media:thumbnail url='https://e.org/a.jpg'/></item>"
        "</channel></rss>"
    )
    assert feed.entries[0].pictures[0].url == "https://e.org/a.jpg"


def test_date_that_is_not_understood_is_none_with_a_note() -> None:
    feed = rss("<item><guid>1</guid><pubDate>gestern um acht</pubDate></item>")
    assert feed.entries[0].published is None
    assert feed.notes == ("the date “gestern um acht” is not understood",)


def test_at_most_two_thousand_entries() -> None:
    feed = rss("".join(f"<item><guid>{n}</guid></item>" for n in range(2005)))
    assert len(feed.entries) == 2000
    assert "5 entries were left out" in feed.notes[-1]


def test_gzip_in_the_body_is_unpacked() -> None:
    assert read(gzip.compress(b"<rss><channel><title>z</title></channel></rss>")).title == "z"


def test_cdf_is_read_by_feedparser() -> None:
    feed = read(
        '<channel href="http://e.org/"><title>Old</title><item href="http://e.org/1"><title>One'
        "</title></item></channel>"
    )
    assert (feed.title, feed.entries[0].url) == ("Old", "http://e.org/1")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"<!DOCTYPE html><html></html>", "web page, not a feed; try `dateline add`"),
        (
            b"<?xml version='1.0'?><!-- x --><html xmlns='http://www.w3.org/1999/xhtml'/>",
            "web page",
        ),
        (b"hello", "neither XML nor JSON"),
        (b"<svg/>", "no feed we know"),
        (b'{"a": 1}', "no list of items"),
        (b"\x1f\x8bnot gzip", "damaged gzip"),
        (
            b"<sitemapindex><sitemap><loc>https://e.org/n.xml</loc></sitemap></sitemapindex>",
            "n.xml",
        ),
    ],
)
def test_what_is_no_feed_says_why(body: bytes, reason: str) -> None:
    broken = read_feed(body, url=URL, content_type="text/html")
    assert isinstance(broken, Broken)
    assert reason in broken.reason
