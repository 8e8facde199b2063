"""Get the latest: asked on a page, confirmed by mail, written to when there is news, left."""

import re
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler

from dateline.cli.home import House, open_house
from dateline.cli.offline import make_offline_edges
from dateline.cli.steps import make_sender
from dateline.mail import MailPolicy
from dateline.pipeline import posting
from dateline.pipeline.grouping import Grouping
from dateline.pipeline.importing import OrderedLines, import_lines
from dateline.pipeline.records import write_line
from dateline.web import make_app
from dateline.web.options import WebOptions
from dateline.work.pool import Pool

pytestmark = pytest.mark.flow


class Inbox(MessageHandler):
    """A mail server's memory."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.mails.append(message)


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, MailPolicy]]:
    handler = Inbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(handler, hostname="127.0.0.1", port=port)
    server.start()
    yield handler, MailPolicy(host="127.0.0.1", port=port, sender="news@site.example")
    server.stop()


@contextmanager
def served(house: House) -> Iterator[str]:
    app = make_app(house.store, house.settings.make_site(), options=WebOptions())
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


def post(address: str, **form: str) -> int:
    body = urllib.parse.urlencode(form).encode()
    try:
        with urllib.request.urlopen(address, data=body, timeout=10) as reply:
            return int(reply.status)
    except urllib.error.HTTPError as error:
        return error.code


TOLD = {
    1: "Dockers in the harbour refused to load ships for a first day, the union said. Two ferries"
    " turned back, and lorries waited in a queue of nine kilometres along the northern quay.",
    2: "The observatory on the hill opens its new telescope to schools this winter. Pupils may book"
    " a night under the dome, its director said, and look at the rings of Saturn themselves.",
}
HEADLINES = {1: "Harbour strike enters its first day", 2: "Schools may book the new telescope"}


def report(house: House, number: int, at: datetime) -> None:
    """Put one report into the store, as if fetched."""
    record = {
        "url": f"https://post.example/{number}",
        "title": HEADLINES[number],
        "text": TOLD[number],
        "published": at.isoformat(),
        "source": "Harbour Post",
    }
    lines = OrderedLines.gather([write_line(record).strip()])
    with Pool(0) as pool:
        import_lines(make_offline_edges(house, pool), lines, Grouping(), lambda _: None)
    lines.close()


def send_all(house: House, policy: MailPolicy) -> int:
    with Pool(0) as pool:
        edges = make_offline_edges(house, pool)
        queued = posting.claim_letters(edges, edges.clock(), 50)
        return posting.send_letters(edges, queued, make_sender(policy))


def write_due(house: House, at: datetime) -> int:
    site = house.settings.make_site()
    with Pool(0) as pool:
        edges = make_offline_edges(house, pool)
        due = posting.find_readers(house.store, site, 0, at)
        return posting.write_letters(edges, site, due)


def read_text(mail: Message) -> str:
    parts: list[Any] = [p for p in mail.walk() if p.get_content_type() == "text/plain"]
    return str(parts[0].get_payload(decode=True).decode())


def find_link(mail: Message, word: str) -> str:
    text = read_text(mail)
    found = re.search(rf"http\S+/{word}/(\S+)", text)
    assert found, text
    return found.group(1).rstrip(".,)")


def test_a_reader_asks_confirms_gets_what_is_new_and_leaves(
    tmp_path: Path, inbox: tuple[Inbox, MailPolicy]
) -> None:
    mails, policy = inbox[0].mails, inbox[1]
    now = datetime.now(UTC)
    with open_house(tmp_path, create=True) as house, served(house) as address:
        report(house, 1, now - timedelta(hours=30))
        assert post(f"{address}/subscribe", email="not an address") == 422
        assert post(f"{address}/subscribe", email="Ana@Reader.example") == 200
        assert send_all(house, policy) == 1
        assert mails[0]["To"] == "Ana@reader.example"
        assert write_due(house, now + timedelta(days=1)) == 0, "nobody confirmed yet"
        token = find_link(mails[0], "confirm")
        assert post(f"{address}/confirm/{token}") == 200

        report(house, 2, now - timedelta(minutes=1))
        tomorrow = now + timedelta(days=1)
        assert write_due(house, tomorrow) == 1
        assert write_due(house, now) == 0, "a letter was just written"
        assert send_all(house, policy) == 1
        assert HEADLINES[2] in read_text(mails[1])
        assert HEADLINES[1] not in read_text(mails[1]), "that is no news any more"
        assert "Source: Harbour Post" in read_text(mails[1])
        assert send_all(house, policy) == 0

        assert post(f"{address}/leave/{find_link(mails[1], 'leave')}") == 200
        assert write_due(house, tomorrow + timedelta(days=1)) == 0
