"""Letters out: SMTP by the standard library. The only module that speaks to a mail server.

Addresses and headlines come from strangers: nothing of theirs can end a header, and what a letter
cannot be sent with (a broken address) is refused before the server is asked.
"""

import contextlib
import re
import smtplib
import ssl
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from hashlib import blake2b

from dateline.errors import SettingError
from dateline.model import Letter
from dateline.text import squeeze
from dateline.urls import parse_web_url, read_host

_LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets
_LONGEST_LOCAL = 64
_LONGEST_SUBJECT = 200  # code points
_LONGEST_LINK = 900  # a header line may have 998
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])")
_HOST = re.compile(r"[a-z0-9.-]{1,253}")  # of a sender: a name inside the house will do
_SECURITY = ("none", "starttls", "tls")
_PLAIN = re.compile(
    r"(?:[A-Za-z0-9][A-Za-z0-9 ]{0,60})?"
)  # nothing that means anything in a header
_LONGEST_WORD = 45  # bytes; an encoded word has at most 75 letters
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPolicy:
    """Through which server letters go, and from whom."""

    host: str
    port: int = 25
    security: str = "none"  # "none", "starttls" (refused where the server has none) or "tls"
    user: str = ""
    password: str = ""
    sender: str  # mail address
    sender_name: str = ""  # shown beside it
    timeout_s: float = 30.0  # for each answer of the server
    ca_file: str = ""  # certificates to trust instead of the system's

    def __post_init__(self) -> None:
        """Refuse what no letter could be sent with: that is the operator's to mend."""
        if _read_address(self.sender, _HOST) is None:
            raise SettingError(f"The mail sender is {self.sender!r}; allowed is a mail address.")
        if self.security not in _SECURITY:
            raise SettingError(
                f"The mail security is {self.security!r}; allowed is {', '.join(_SECURITY)}."
            )


@dataclass(frozen=True, slots=True)
class Sent:
    """The server has taken the letter."""


@dataclass(frozen=True, slots=True)
class NotSent:
    """The server has not taken it; `permanent` where trying again cannot help."""

    reason: str
    permanent: bool = False


SendOutcome = Sent | NotSent


def check_address(text: str) -> str | None:
    """Return a mail address as we write it (domain in lower case ASCII), or None if it is none.

    A sane subset: ASCII before the @, no quotes, no comments, no address literals, a domain with
    a dot; international domains become their "xn--" form.
    """
    return _read_address(text, _DOMAIN)


def _read_address(text: str, form: re.Pattern[str]) -> str | None:
    local, at, domain = text.strip().rpartition("@")
    if not at or len(text) > 2 * _LONGEST_ADDRESS or len(local) > _LONGEST_LOCAL:
        return None
    if not _LOCAL.fullmatch(local) or re.search(r"[^\w.\-]", domain):
        return None
    host = read_host(f"http://{domain}/")
    if not form.fullmatch(host) or len(local) + 1 + len(host) > _LONGEST_ADDRESS:
        return None
    return f"{local}@{host}"


def send_letters(
    letters: Iterable[Letter], policy: MailPolicy, *, now: datetime
) -> Iterator[tuple[Letter, SendOutcome]]:
    """Send the letters over one connection and yield each with what came of it, as it goes.

    `now` is the date that the letters carry. A server that cannot be reached, or that refuses our
    login, is tried once; the rest of the letters are then `NotSent` without asking again.
    """
    line = _Line(policy)
    with contextlib.closing(line):
        for letter in letters:
            yield letter, _send_one(letter, line, now)


def _send_one(letter: Letter, line: "_Line", now: datetime) -> SendOutcome:
    address = check_address(letter.to)
    if address is None:
        return NotSent("the address is no mail address", permanent=True)
    try:
        message = compose_message(letter, line.policy, now=now)
    except (ValueError, LookupError) as error:
        return NotSent(f"the letter cannot be written as mail: {squeeze(str(error))}", True)
    return line.send(address, message)


def compose_message(letter: Letter, policy: MailPolicy, *, now: datetime) -> EmailMessage:
    """Return the letter as a mail; the same letter has the same Message-ID whenever it is sent.

    Raises ValueError where the letter's address or its address for leaving is none.
    """
    sender, reader = _read_address(policy.sender, _HOST), check_address(letter.to)
    if sender is None or reader is None:
        raise ValueError("its address is no mail address")
    domain = sender.rpartition("@")[2]
    message = EmailMessage(policy=_POLICY)
    name = _encode_words(_clean_line(policy.sender_name)[:_LONGEST_SUBJECT])
    message["From"] = f"{name} <{sender}>" if name else sender
    message["To"] = reader
    message["Subject"] = _encode_words(_clean_line(letter.subject)[:_LONGEST_SUBJECT] or "…")
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{_name_letter(letter)}@{domain}>"
    _add_list_headers(message, letter, domain)
    # Base64 has neither long lines nor a "From " at a line's start that a server would change.
    message.set_content(_clean_text(letter.text), cte="base64")
    if letter.html:
        message.add_alternative(_clean_text(letter.html), subtype="html", cte="base64")
    return message


def _add_list_headers(message: EmailMessage, letter: Letter, domain: str) -> None:
    # RFC 3834: no "I am away" shall answer what a program wrote.
    message["Auto-Submitted"] = "auto-generated"
    if not letter.leave_url:
        return
    leave = parse_web_url(letter.leave_url)
    if leave is None or len(leave) > _LONGEST_LINK:
        raise ValueError("its address for leaving is no web address")
    message["List-Id"] = f"<letters.{domain}>"
    message["List-Unsubscribe"] = f"<{leave}>"
    if leave.startswith("https:"):  # RFC 8058 allows one-click for https only
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _name_letter(letter: Letter) -> str:
    # By the address as well: two readers never share a Message-ID, whatever the key says.
    text = f"{letter.key}\n{letter.to}".encode("utf-8", "replace")
    return "dateline." + blake2b(text, digest_size=16).hexdigest()


class _Verbatim(EmailPolicy):
    """Headers go out as they were set.

    The standard library's own folding takes minutes over some subjects that a stranger can write,
    and raises at others.
    """

    def header_store_parse(self, name: str, value: str) -> tuple[str, str]:
        """Keep a header's text; only what continues a folded line may follow a line's end."""
        if re.search(r"\r?\n(?! )|\r(?!\n)", value):
            raise ValueError(f"the header {name} would end before its text does")
        return name, value


_POLICY = _Verbatim(linesep="\r\n", refold_source="none", cte_type="7bit")


def _encode_words(text: str) -> str:
    """Return a line of any text as a header may hold it: plain, or in RFC 2047's encoded words."""
    if _PLAIN.fullmatch(text):
        return text
    words: list[bytes] = []
    word = b""
    for letter in text:
        code = letter.encode("utf-8")
        if len(word) + len(code) > _LONGEST_WORD:
            words, word = [*words, word], b""
        word += code
    encoded = (f"=?utf-8?b?{b64encode(word).decode('ascii')}?=" for word in [*words, word])
    return "\r\n ".join(encoded)


def _clean_line(text: str) -> str:
    return squeeze(_NOT_XML.sub(" ", text))


def _clean_text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


class _Line:
    """One connection to the mail server, opened when first needed."""

    def __init__(self, policy: MailPolicy) -> None:
        self.policy = policy
        self._sender = _read_address(policy.sender, _HOST) or ""  # checked by the policy itself
        self._server: smtplib.SMTP | None = None
        self._given_up: NotSent | None = None

    def send(self, address: str, message: EmailMessage) -> SendOutcome:
        """Hand one message to the server."""
        server = self._open()
        if isinstance(server, NotSent):
            return server
        try:
            server.sendmail(self._sender, [address], message.as_bytes())
        except smtplib.SMTPException as error:
            return self._judge(error)
        except OSError as error:
            self._drop()
            return NotSent(f"the connection to the mail server broke: {error}")
        return Sent()

    def close(self) -> None:
        """Take leave of the server."""
        if self._server is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._server.quit()
        self._drop()

    def _open(self) -> smtplib.SMTP | NotSent:
        if self._given_up is not None:
            return self._given_up
        if self._server is None:
            try:
                self._server = _connect(self.policy)
            except (smtplib.SMTPException, OSError) as error:
                self._given_up = NotSent(self._explain(error))
                return self._given_up
        return self._server

    def _explain(self, error: Exception) -> str:
        place = f"the mail server {self.policy.host}:{self.policy.port}"
        if isinstance(error, smtplib.SMTPAuthenticationError):
            return f"{place} refuses our user name and password: {_quote(error.smtp_error)}"
        return f"{place} cannot be used: {squeeze(str(error))}"

    def _judge(self, error: smtplib.SMTPException) -> NotSent:
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            code, text = next(iter(error.recipients.values()))
            return self._refused(code, text)
        if isinstance(error, smtplib.SMTPSenderRefused):
            # It is our own address that the server does not like: no fault of the letter.
            return NotSent(f"the mail server refuses our sender: {_quote(error.smtp_error)}")
        if isinstance(error, smtplib.SMTPDataError):
            return self._refused(error.smtp_code, error.smtp_error)
        self._drop()
        return NotSent(f"the mail server failed: {squeeze(str(error))}")

    def _refused(self, code: int, text: bytes | str) -> NotSent:
        if code == 421:  # the server is closing
            self._drop()
        return NotSent(f"{code} {_quote(text)}", permanent=500 <= code < 600)

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server = None


def _connect(policy: MailPolicy) -> smtplib.SMTP:
    # Our name in the greeting: asking the resolver for one, as smtplib does, may take long.
    name = read_host(f"http://{policy.sender.rpartition('@')[2]}/")
    context = ssl.create_default_context(cafile=policy.ca_file or None)
    server: smtplib.SMTP
    if policy.security == "tls":
        server = smtplib.SMTP_SSL(
            policy.host, policy.port, name, timeout=policy.timeout_s, context=context
        )
    else:
        server = smtplib.SMTP(policy.host, policy.port, name, timeout=policy.timeout_s)
    try:
        if policy.security == "starttls":
            server.starttls(context=context)
        if policy.user:
            server.login(policy.user, policy.password)
    except BaseException:
        server.close()
        raise
    return server


def _quote(text: bytes | str) -> str:
    plain = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return squeeze(plain)[:300]
