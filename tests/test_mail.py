"""Letters as mail: nothing hostile gets through, outcomes say what to do, one connection."""

import shutil
import socket
import ssl
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.errors import SettingError
from dateline.mail import (
    MailPolicy,
    NotSent,
    Sent,
    check_address,
    compose_message,
    send_letters,
)
from dateline.model import Letter

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
POLICY = MailPolicy(host="127.0.0.1", sender="news@example.org", sender_name="The Örtlich Times")
LETTER = Letter(
    key="daily/1",
    to="reader@example.net",
    subject="Fähre gerettet (News Beast)",
    text="Hello,\n\nFrom here: ünïcode",
    html="<p>Hello</p>",
    leave_url="https://news.example.org/leave/abc",
)


def read_back(message):
    return message_from_bytes(message.as_bytes(), policy=default)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("A.b+c@Example.ORG", "A.b+c@example.org"),
        (" a@b.de ", "a@b.de"),
        ("x@bücher.example", "x@xn--bcher-kva.example"),
        ("x@пример.рф", "x@xn--e1afmkfd.xn--p1ai"),
        ("a" * 64 + "@b.de", "a" * 64 + "@b.de"),
        ("a" * 65 + "@b.de", None),
        ("a@" + "b." * 130 + "de", None),
        ("a@b", None),
        ("a@1.2.3.4", None),
        ("a@0x7f.1", None),
        ("a@[1.2.3.4]", None),
        ("a@b.com\nBcc: c@d.de", None),
        ("a\r\n@b.de", None),
        ("a@b.de\x00", None),
        ('"a b"@c.de', None),
        ("é@b.de", None),
        (".a@b.de", None),
        ("a..b@c.de", None),
        ("a@b..de", None),
        ("a@-b.de", None),
        ("a@b.de/x", None),
        ("a@b.de:80", None),
        ("a@b%2ede", None),
        ("a,b@c.de", None),
        ("A <a@b.de>", None),
        ("@b.de", None),
        ("a@", None),
        ("", None),
    ],
)
def test_addresses(text, address):
    assert check_address(text) == address


@given(st.text(max_size=300))
@examples(200)
def test_a_checked_address_is_ascii_on_one_line_and_checks_again(text):
    for tried in (text, f"a@{text}.de", f"{text}@b.de"):
        address = check_address(tried)
        if address is not None:
            assert address.isascii() and address.isprintable() and " " not in address
            assert check_address(address) == address


def test_a_letter_is_text_and_html_with_the_lists_headers():
    message = read_back(compose_message(LETTER, POLICY, now=NOW))
    assert message["From"] == "The Örtlich Times <news@example.org>"
    assert message["To"] == "reader@example.net"
    assert message["Subject"] == LETTER.subject
    assert message["Date"].datetime == NOW
    assert message["List-Id"] == "<letters.example.org>"
    assert message["List-Unsubscribe"] == "<https://news.example.org/leave/abc>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    plain, html = message.iter_parts()
    assert plain.get_content().splitlines() == LETTER.text.splitlines()
    assert (html.get_content_type(), html.get_content().strip()) == ("text/html", LETTER.html)


def test_a_confirmation_belongs_to_no_list():
    message = read_back(compose_message(replace(LETTER, leave_url="", html=""), POLICY, now=NOW))
    assert not [name for name in message if name.startswith("List-")]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"


def test_one_click_is_offered_over_https_only():
    letter = replace(LETTER, leave_url="http://127.0.0.1:8000/leave/abc")
    message = compose_message(letter, POLICY, now=NOW)
    assert message["List-Unsubscribe"] and message["List-Unsubscribe-Post"] is None


def test_a_resent_letter_is_recognised():
    first = compose_message(LETTER, POLICY, now=NOW)["Message-ID"]
    later = datetime(2026, 11, 3, tzinfo=UTC)
    assert compose_message(LETTER, POLICY, now=later)["Message-ID"] == first
    assert compose_message(replace(LETTER, key="daily/2"), POLICY, now=NOW)["Message-ID"] != first
    assert compose_message(replace(LETTER, to="b@c.de"), POLICY, now=NOW)["Message-ID"] != first


hostile = st.text(st.characters(), max_size=400) | st.sampled_from(
    ["a\r\nBcc: x@y.de", "=?utf-8?q?=0d=0aBcc:_x?=", "\n.\n", "\x00\x07", "\ud800", "ü" * 300]
)


@given(subject=hostile, text=hostile, html=hostile, key=hostile, name=hostile)
@examples(150)
def test_nothing_in_a_letter_adds_a_header(subject, text, html, key, name):
    letter = replace(LETTER, subject=subject, text=text, html=html, key=key)
    message = compose_message(letter, replace(POLICY, sender_name=name), now=NOW)
    raw = message.as_bytes()
    back = message_from_bytes(raw, policy=default)
    extra = set(back.keys()) - {
        *("From", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe"),
        *("List-Unsubscribe-Post", "Auto-Submitted", "MIME-Version", "Content-Type"),
        "Content-Transfer-Encoding",
    }
    assert not extra
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) < 998
    assert back["To"] == "reader@example.net"
    assert [a.addr_spec for a in back["From"].addresses] == ["news@example.org"]


@pytest.mark.parametrize("leave", ["javascript:alert(1)", "not an address", "https://"])
def test_a_broken_address_for_leaving_is_refused(leave):
    with pytest.raises(ValueError, match="leaving"):
        compose_message(replace(LETTER, leave_url=leave), POLICY, now=NOW)


def test_an_address_for_leaving_cannot_end_its_header():
    letter = replace(LETTER, leave_url="https://a.example/x>\r\nBcc: b@c.de")
    message = read_back(compose_message(letter, POLICY, now=NOW))
    assert message["Bcc"] is None
    assert message["List-Unsubscribe"].count(">") == 1


@pytest.mark.parametrize("wrong", [{"sender": "nobody"}, {"security": "ssl"}])
def test_the_operators_mistake_is_told_at_once(wrong):
    with pytest.raises(SettingError):
        replace(POLICY, **wrong)


def test_a_sender_inside_the_house_will_do():
    assert compose_message(LETTER, replace(POLICY, sender="news@localhost"), now=NOW)


# From here on a server takes part.


class Handler:
    """An SMTP server's mind: refuses by the name before the @, keeps the rest."""

    def __init__(self):
        self.kept = []
        self.sessions = set()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        self.sessions.add(id(session))
        answers = {"full": "452 mailbox full", "none": "550 no such user", "bye": "421 closing"}
        if answer := answers.get(address.partition("@")[0]):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if "spam" in envelope.rcpt_tos[0]:
            return "554 looks like spam"
        if "grey" in envelope.rcpt_tos[0]:
            return "451 come back later"
        if "drop" in envelope.rcpt_tos[0]:
            server.transport.abort()
            return "250 never seen"
        self.kept.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"


@pytest.fixture
def serve():
    """Start SMTP servers; stop them after the test."""
    from aiosmtpd.controller import Controller

    started = []

    def start(handler, **options):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        controller = Controller(handler, hostname="127.0.0.1", port=port, **options)
        controller.start()
        started.append(controller)
        return replace(POLICY, port=port, timeout_s=5)

    yield start
    for controller in started:
        controller.stop()


def send_to(names, policy):
    letters = [replace(LETTER, key=name, to=f"{name}@example.net") for name in names]
    outcomes = list(send_letters(letters, policy, now=NOW))
    assert [letter for letter, _ in outcomes] == letters
    return [outcome for _, outcome in outcomes]


@pytest.mark.flow
def test_letters_go_over_one_connection(serve):
    handler = Handler()
    assert send_to(["a", "b", "c"], serve(handler)) == [Sent()] * 3
    assert [recipients for recipients, _ in handler.kept] == [
        [f"{name}@example.net"] for name in "abc"
    ]
    assert len(handler.sessions) == 1
    message = message_from_bytes(handler.kept[0][1], policy=default)
    assert message["Subject"] == LETTER.subject


@pytest.mark.flow
def test_refusals_are_permanent_or_not_and_stop_nobody_else(serve):
    handler = Handler()
    names = ["none", "full", "spam", "grey", "a", "drop", "b", "bye", "c"]
    outcomes = send_to(names, serve(handler))
    told = dict(zip(names, outcomes, strict=True))
    assert told["none"] == NotSent("550 no such user", permanent=True)
    assert told["spam"] == NotSent("554 looks like spam", permanent=True)
    assert told["full"] == NotSent("452 mailbox full")
    assert told["grey"] == NotSent("451 come back later")
    assert not told["drop"].permanent and not told["bye"].permanent
    assert [told[name] for name in "abc"] == [Sent()] * 3


@pytest.mark.flow
def test_a_broken_address_never_reaches_the_server(serve):
    handler = Handler()
    letters = [replace(LETTER, to="a@b.de\nBcc: c@d.de"), replace(LETTER, leave_url="x")]
    outcomes = [outcome for _, outcome in send_letters(letters, serve(handler), now=NOW)]
    assert [outcome.permanent for outcome in outcomes] == [True, True]
    assert handler.sessions == set()


@pytest.mark.flow
def test_an_international_domain_is_sent_in_its_ascii_form(serve):
    handler = Handler()
    letter = replace(LETTER, to="leser@bücher.example")
    assert [outcome for _, outcome in send_letters([letter], serve(handler), now=NOW)] == [Sent()]
    assert handler.kept[0][0] == ["leser@xn--bcher-kva.example"]


@pytest.mark.flow
def test_a_server_that_is_away_is_asked_once():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        policy = replace(POLICY, port=free.getsockname()[1])  # bound, but nobody listens
        outcomes = send_to(["a", "b"], policy)
    assert outcomes[0] == outcomes[1]
    assert not outcomes[0].permanent and "cannot be used" in outcomes[0].reason


@pytest.mark.flow
def test_starttls_is_never_done_without(serve):
    [outcome] = send_to(["a"], replace(serve(Handler()), security="starttls"))
    assert isinstance(outcome, NotSent) and not outcome.permanent


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of our own for 127.0.0.1: (certificate, key)."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not present: no certificate can be made for the TLS tests")
    folder = tmp_path_factory.mktemp("certificate")
    files = folder / "cert.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1"]
    command += ["-out", str(files[0]), "-keyout", str(files[1])]
    subprocess.run(command, check=True, capture_output=True)
    return files


@pytest.mark.flow
def test_starttls_checks_the_certificate(serve, certificate):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    handler = Handler()
    policy = replace(serve(handler, tls_context=context), security="starttls")
    [unknown] = send_to(["a"], policy)
    assert "certificate" in unknown.reason and not unknown.permanent
    assert send_to(["a"], replace(policy, ca_file=str(certificate[0]))) == [Sent()]
    assert len(handler.kept) == 1


@pytest.mark.flow
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # there is TLS around
def test_tls_from_the_start_with_a_login(serve, certificate):
    from aiosmtpd.smtp import AuthResult

    def check(server, session, envelope, mechanism, data):
        good = data.login == b"news" and data.password == b"right"
        return AuthResult(success=good, handled=False)

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    options = {"authenticator": check, "auth_required": True, "auth_require_tls": False}
    policy = replace(
        serve(Handler(), ssl_context=context, **options),
        security="tls",
        ca_file=str(certificate[0]),
        user="news",
        password="right",
    )
    assert send_to(["a"], policy) == [Sent()]
    [refused] = send_to(["a"], replace(policy, password="wrong"))
    assert "user name and password" in refused.reason and not refused.permanent
