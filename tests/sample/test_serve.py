"""The server of the sample wire: real replies, real errors, two stages."""

import gzip
import http.client
import json
import socket
import struct
import time
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from dateline.sample import SampleWire

pytestmark = pytest.mark.flow
ANCHOR = datetime(2031, 3, 5, 14, tzinfo=UTC)


@pytest.fixture
def wire() -> Iterator[SampleWire]:
    with SampleWire(anchor=ANCHOR, delays=False) as wire:
        yield wire


class Got:
    def __init__(self, reply: http.client.HTTPResponse) -> None:
        self.status, self.headers = reply.status, reply.headers
        body = reply.read()
        zipped = reply.headers.get("Content-Encoding") == "gzip"
        self.body = gzip.decompress(body) if zipped else body


def get(wire: SampleWire, url: str, **headers: str) -> Got:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", wire.port, timeout=10)
    try:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", path, headers={"Host": parts.netloc, **names})
        return Got(connection.getresponse())
    finally:
        connection.close()


def sources(wire: SampleWire) -> dict[str, dict[str, object]]:
    return {row["key"]: row for row in tomllib.loads(wire.catalog())["source"]}


def feed(wire: SampleWire, key: str) -> Got:
    return get(wire, sources(wire)[key]["feeds"][0])  # type: ignore[index]


def test_every_address_of_the_truth_is_served_at_its_stage(wire: SampleWire) -> None:
    told = wire.truth()
    for url, fact in told.items():
        assert get(wire, url).status == (200 if fact.stage == 1 else 404), url
    wire.advance()
    for url, fact in told.items():
        assert get(wire, url).status == (410 if fact.withdrawn else 200), url


def test_every_feed_is_of_its_kind(wire: SampleWire) -> None:
    assert feed(wire, "anx").body.startswith(b"<?xml") and b"<rss" in feed(wire, "anx").body
    assert b'version="0.92"' in feed(wire, "diario").body
    assert b"<rdf:RDF" in feed(wire, "phare").body
    assert b"http://www.w3.org/2005/Atom" in feed(wire, "cape-ledger").body
    assert json.loads(feed(wire, "newsline").body)["version"].endswith("version/1.1")
    assert b"sitemap-news/0.9" in feed(wire, "pelagos").body
    assert b"windows-1251" in feed(wire, "visnyk").body
    assert b"<content:encoded>" in feed(wire, "northmere-today").body
    assert b"<content:encoded>" not in feed(wire, "ellery-courier").body
    for key in ("anx", "sirel", "ellery-courier", "diario", "phare", "visnyk", "pelagos", "manara"):
        ET.fromstring(feed(wire, key).body)


def test_the_troubled_feeds_are_in_trouble(wire: SampleWire) -> None:
    assert feed(wire, "sport-telegraf").status == 404
    assert feed(wire, "evening-observer").status == 410
    broken = feed(wire, "quay-gazette")
    assert broken.status == 200
    with pytest.raises(ET.ParseError):
        ET.fromstring(broken.body)
    moved = feed(wire, "seetaler")
    assert moved.status == 301
    assert get(wire, moved.headers["Location"]).status == 200


def test_known_replies_are_not_sent_again(wire: SampleWire) -> None:
    url = sources(wire)["ellery-courier"]["feeds"][0]  # type: ignore[index]
    first = get(wire, url)
    again = get(wire, url, If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    since = get(wire, url, If_Modified_Since=first.headers["Last-Modified"])
    assert since.status == 304
    wire.advance()
    assert get(wire, url, If_None_Match=first.headers["ETag"]).status == 200
    assert "ETag" not in feed(wire, "science-harbour").headers


def test_some_are_compressed_when_asked(wire: SampleWire) -> None:
    url = sources(wire)["hohenauer"]["feeds"][0]  # type: ignore[index]
    packed = get(wire, url, Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.body == get(wire, url).body


def test_the_second_stage_changes_what_was_there(wire: SampleWire) -> None:
    told = {fact.id: fact for fact in wire.truth().values()}
    silent, corrected = told["flood-today-toll"].url, told["bid-ledger-offer"].url
    guids = [item["id"] for item in json.loads(feed(wire, "newsline").body)["items"]]
    assert b"among 31 dead" in get(wire, silent).body
    wire.advance()
    assert b"among 34 dead" in get(wire, silent).body
    body = get(wire, corrected).body.decode()
    assert "Correction: An earlier version" in body and "dateModified" in body
    later = [item["id"] for item in json.loads(feed(wire, "newsline").body)["items"]]
    assert not set(guids) & set(later) and len(later) > len(guids)
    assert told["cup-today-withdrawn"].url.encode() not in feed(wire, "northmere-today").body


def test_hostile_and_odd_entries_are_in_the_feeds(wire: SampleWire) -> None:
    tabloid = feed(wire, "northmere-today").body.decode()
    assert "&lt;script&gt;alert(1)" in tabloid and "javascript:alert" in tabloid
    guids = [part.split("<")[0] for part in tabloid.split('isPermaLink="false">')[1:]]
    assert len(guids) == len(set(guids)) + 1
    assert "2099-01-01" in feed(wire, "newsline").body.decode()
    undated = feed(wire, "science-harbour").body.decode()
    assert undated.count("<item>") == undated.count("<pubDate>") + 1


def test_pictures_are_drawn_once_and_alike(wire: SampleWire) -> None:
    body = feed(wire, "anx").body.decode()
    url = body.split('<media:content url="')[1].split('"')[0]
    one = get(wire, url)
    assert one.headers["Content-Type"] == "image/jpeg"
    assert one.body[:3] == b"\xff\xd8\xff" and len(one.body) > 20_000
    assert one.body == get(wire, url).body


def test_robots_forbid_the_members_pages(wire: SampleWire) -> None:
    closed = [fact for fact in wire.truth().values() if fact.disallowed]
    assert closed and all("/members/" in urlsplit(fact.url).path for fact in closed)
    rules = get(wire, f"http://ellery-courier.localhost:{wire.port}/robots.txt").body
    assert b"Disallow: /members/" in rules


def test_requests_are_written_down_and_strangers_refused(wire: SampleWire) -> None:
    assert get(wire, f"http://nobody.localhost:{wire.port}/").status == 404
    home = get(wire, f"http://le-phare.localhost:{wire.port}/")
    assert home.status == 200 and b'rel="alternate"' in home.body
    assert wire.requests == [("nobody.localhost", "/", 404), ("le-phare.localhost", "/", 200)]
    assert wire.stand_ins["le-phare.localhost"] == ("127.0.0.1", wire.port)


def test_agency_copy_says_whence_it_came(wire: SampleWire) -> None:
    told = {fact.id: fact for fact in wire.truth().values()}
    page = get(wire, told["flood-courier-breach"].url).body.decode()
    data = json.loads(page.split('ld+json">')[1].split("</script>")[0])
    assert data["isBasedOn"]["url"] == told["flood-anx-breach"].url
    assert "<source url=" in feed(wire, "ellery-courier").body.decode()


def test_a_client_that_goes_away_makes_no_noise(
    wire: SampleWire, capfd: pytest.CaptureFixture[str]
) -> None:
    body = feed(wire, "anx").body.decode()
    url = urlsplit(body.split('<media:content url="')[1].split('"')[0])
    ask = f"GET {url.path} HTTP/1.1\r\nHost: {url.hostname}\r\n\r\n".encode()
    before = len(wire.requests)
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", wire.port)) as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.sendall(ask * 40)
    until = time.monotonic() + 5
    while len(wire.requests) < before + 1 and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(0.2)
    assert feed(wire, "anx").status == 200
    assert "Traceback" not in capfd.readouterr().err
