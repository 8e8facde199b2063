"""Settings: one table of name, default, bounds and one line of help.

They are read from `dateline.toml` in the home folder, and each can be overridden by an environment
variable of the same name: `site_name` by `DATELINE_SITE_NAME`. A bad one names the key, the value
and what is allowed. `docs/settings.md` is checked against this table.
"""

import difflib
import ipaddress
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from dateline.errors import SettingError
from dateline.mail import MailPolicy
from dateline.model import Site
from dateline.net import NetPolicy
from dateline.publish.speaking import list_languages
from dateline.urls import encode_web_url

Value = str | int | bool | tuple[str, ...]
FILE_NAME = "dateline.toml"
CATALOG_NAME = "sources.toml"
DATABASE_NAME = "dateline.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One thing that the operator may set."""

    name: str
    default: Value
    help: str
    low: int | None = None
    high: int | None = None
    choices: tuple[str, ...] = ()

    def describe_allowed(self) -> str:
        """Say in words which values are allowed."""
        if self.choices:
            return "one of " + ", ".join(self.choices)
        if isinstance(self.default, bool):
            return "true or false"
        if isinstance(self.default, tuple):
            return "a list of texts"
        if isinstance(self.default, int):
            return f"a whole number from {self.low} to {self.high}"
        return "a text"

    def check(self, value: object) -> Value:
        """Return `value` if it is allowed; SettingError says what would be."""
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            value = tuple(value)
        right_type = type(value) is type(self.default)
        in_bounds = not isinstance(value, int) or isinstance(value, bool) or self._holds(value)
        if not right_type or not in_bounds or (self.choices and value not in self.choices):
            raise SettingError(
                f"The setting {self.name} is {value!r}; allowed is {self.describe_allowed()}."
            )
        return value  # type: ignore[return-value]  # the type was compared with the default's

    def _holds(self, value: int) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


SETTINGS: tuple[Setting, ...] = (
    Setting(name="site_name", default="Dateline", help="Name of the site, on every page."),
    Setting(name="site_tagline", default="", help="One line under the name on the front page."),
    Setting(
        name="site_address",
        default="",
        help="Public address of the site, such as https://news.example.org; empty: as served.",
    ),
    Setting(name="site_language", default="en", help="Language of the interface (BCP 47)."),
    Setting(
        name="site_languages",
        default=(),
        help="Other languages that the site can be read in, each under its tag: /de/, /fr/.",
    ),
    Setting(name="time_zone", default="UTC", help="Time zone in which times are shown (IANA)."),
    Setting(
        name="contact",
        default="",
        help="Mail address that readers and outlets can write to; sent with every request.",
    ),
    Setting(
        name="database",
        default="",
        help="The store: empty for dateline.db in the home folder, or a PostgreSQL address.",
    ),
    Setting(name="host", default="127.0.0.1", help="Address that `serve` and `run` listen on."),
    Setting(name="port", default=8000, low=1, high=65535, help="Port to listen on."),
    Setting(
        name="trusted_proxies",
        default="127.0.0.1, ::1",
        help="Addresses or networks whose X-Forwarded-For tells who reads; commas between.",
    ),
    Setting(
        name="jobs",
        default=0,
        low=0,
        high=256,
        help="Processes that read pages; 0 means one a core.",
    ),
    Setting(
        name="page_timeout_s",
        default=20,
        low=1,
        high=600,
        help="Seconds after which reading one page or feed is given up.",
    ),
    Setting(
        name="worker_memory_mb",
        default=1500,
        low=256,
        high=65536,
        help="Address space of one reading process, in MB.",
    ),
    Setting(
        name="fetch_timeout_s", default=30, low=1, high=600, help="Seconds for one whole request."
    ),
    Setting(
        name="fetch_total", default=64, low=1, high=1000, help="Requests under way at one time."
    ),
    Setting(
        name="fetch_per_host",
        default=2,
        low=1,
        high=100,
        help="Requests under way at one time to one host.",
    ),
    Setting(
        name="fetch_gap_ms",
        default=500,
        low=0,
        high=600_000,
        help="Least time between two requests to one host, in milliseconds.",
    ),
    Setting(
        name="allow_loopback",
        default=False,
        help="Let requests reach this machine itself. For tests and the sample wire only.",
    ),
    Setting(
        name="keep_raw_days",
        default=30,
        low=0,
        high=36500,
        help="Days for which the raw replies behind articles are kept; 0 keeps none.",
    ),
    Setting(
        name="story_model",
        default="e5",
        choices=("e5", "use", "none"),
        help="Compares articles across languages (e5: about 100, use: 16); none: by words alone.",
    ),
    Setting(
        name="offline_pages",
        default=True,
        help="Readers' browsers keep the pages read last, for reading without a connection.",
    ),
    Setting(
        name="letter_hour",
        default=7,
        low=0,
        high=23,
        help="Hour of the day, in the site's time zone, at which the daily letter is sent.",
    ),
    Setting(
        name="indexnow_key",
        default="",
        help="Key of 8 to 128 letters, digits, hyphens for IndexNow; empty: nothing is announced.",
    ),
    Setting(name="mail_host", default="", help="SMTP server; empty: no letters are sent."),
    Setting(name="mail_port", default=25, low=1, high=65535, help="Port of the SMTP server."),
    Setting(
        name="mail_security",
        default="none",
        choices=("none", "starttls", "tls"),
        help="How the connection to the SMTP server is protected.",
    ),
    Setting(name="mail_user", default="", help="User name at the SMTP server, if it asks."),
    Setting(name="mail_password", default="", help="Password at the SMTP server."),
    Setting(name="mail_sender", default="", help="Sender of all letters."),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The home folder and every setting's value; `settings["port"]`."""

    home: Path
    values: Mapping[str, Value]

    def text(self, name: str) -> str:
        """Return the value of a text setting."""
        return str(self.values[name])

    def number(self, name: str) -> int:
        """Return the value of a whole-number setting."""
        return int(self.values[name])  # type: ignore[arg-type]  # a whole-number setting is no list

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the value of a setting that is a list."""
        value = self.values[name]
        return value if isinstance(value, tuple) else ()

    def flag(self, name: str) -> bool:
        """Return the value of a true-or-false setting."""
        return bool(self.values[name])

    @property
    def catalog_path(self) -> Path:
        """Where the operator's list of sources is."""
        return self.home / CATALOG_NAME

    @property
    def store_address(self) -> str:
        """What `store.open_store` takes."""
        return self.text("database") or str(self.home / DATABASE_NAME)

    def make_site(self, *, port: int = 0) -> Site:
        """Return what the pages need to know of the site; `port` is another than the setting's."""
        shown = f"http://{self.text('host')}:{port or self.number('port')}"
        address = self.text("site_address") or shown
        return Site(
            name=self.text("site_name"),
            tagline=self.text("site_tagline"),
            address=(encode_web_url(address) or address).rstrip("/"),
            language=self.text("site_language"),
            languages=self.texts("site_languages"),
            time_zone=self.text("time_zone"),
            contact=self.text("contact"),
        )


def read_settings(home: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of the home folder; SettingError where one is unknown or out of bounds.

    `environment` is the process's own where it is None.
    """
    values: dict[str, Value] = {setting.name: setting.default for setting in SETTINGS}
    path = home / FILE_NAME
    if path.exists():
        values |= parse_settings(path.read_text("utf-8"), str(path))
    values |= read_environment(os.environ if environment is None else environment)
    check_time_zone(str(values["time_zone"]))
    check_languages(values["site_languages"])
    return Settings(home=home, values=values)


def parse_settings(text: str, where: str) -> dict[str, Value]:
    """Return the settings that a TOML text sets, each checked."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingError(f"{where} is not valid TOML: {error}.") from error
    return {name: find_setting(name, where).check(value) for name, value in table.items()}


def find_setting(name: str, where: str) -> Setting:
    """Return the setting of that name; SettingError suggests the nearest one there is."""
    if name in BY_NAME:
        return BY_NAME[name]
    near = difflib.get_close_matches(name, BY_NAME, n=1)
    hint = f" Did you mean {near[0]}?" if near else " `docs/settings.md` lists them all."
    raise SettingError(f"{where} sets {name}, which is no setting.{hint}")


def read_environment(environment: Mapping[str, str]) -> dict[str, Value]:
    """Return the settings that DATELINE_… variables override."""
    found: dict[str, Value] = {}
    for setting in SETTINGS:
        if (text := environment.get("DATELINE_" + setting.name.upper())) is not None:
            found[setting.name] = setting.check(parse_value(setting, text))
    return found


def parse_value(setting: Setting, text: str) -> Value:
    """Return a variable's text as the setting's type, or the text itself where it is not one."""
    if isinstance(setting.default, bool):
        return {"true": True, "1": True, "false": False, "0": False}.get(text.lower(), text)
    if isinstance(setting.default, tuple):
        return tuple(text.replace(",", " ").split())
    if isinstance(setting.default, int) and text.lstrip("-").isdecimal():
        return int(text)
    return text


def list_proxies(settings: Settings) -> list[str]:
    """Return the proxies that are believed, as addresses and networks; a bad one raises.

    Any address at all ("*", a network of length 0) would let every reader choose an address.
    """
    parts = [part.strip() for part in settings.text("trusted_proxies").split(",")]
    for part in filter(None, parts):
        try:
            length = ipaddress.ip_network(part).prefixlen
        except ValueError:
            length = 0
        if not length:
            raise SettingError(
                f"The setting trusted_proxies names {part!r}; allowed are addresses such as "
                "10.0.0.1 and networks such as 10.0.0.0/24."
            )
    return [part for part in parts if part]


def check_time_zone(name: str) -> None:
    """Raise SettingError where the time zone is not one of the IANA database."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise SettingError(
            f"The setting time_zone is {name!r}; allowed is an IANA name such as Europe/Rome."
        ) from error


def check_languages(tags: Value) -> None:
    """Raise SettingError where the interface does not speak one of the languages."""
    known = list_languages()
    wrong = [each for each in tags if each not in known] if isinstance(tags, tuple) else []
    if wrong:
        raise SettingError(
            f"The setting site_languages has {wrong[0]!r}; allowed are {', '.join(known)}."
        )


def make_net_policy(settings: Settings, version: str) -> NetPolicy:
    """Return how requests are made: who we say we are, and what we may reach."""
    contact = settings.text("contact") or settings.text("site_address")
    agent = f"Dateline/{version}" + (f" (+{contact})" if contact else " (no contact set)")
    return NetPolicy(
        user_agent=agent,
        allow_loopback=settings.flag("allow_loopback"),
        per_host=settings.number("fetch_per_host"),
        total=settings.number("fetch_total"),
        total_timeout=settings.number("fetch_timeout_s"),
        min_gap=settings.number("fetch_gap_ms") / 1000,
    )


def make_mail_policy(settings: Settings) -> MailPolicy | None:
    """Return how letters are sent, or None where no SMTP server is set."""
    if not settings.text("mail_host"):
        return None
    sender = settings.text("mail_sender") or settings.text("contact")
    if not sender:
        raise SettingError("mail_host is set but neither mail_sender nor contact is; set one.")
    return MailPolicy(
        host=settings.text("mail_host"),
        port=settings.number("mail_port"),
        security=settings.text("mail_security"),
        user=settings.text("mail_user"),
        password=settings.text("mail_password"),
        sender=sender,
    )


def write_settings(values: Mapping[str, Value]) -> str:
    """Return the text of a `dateline.toml`: what is set, and every other setting as a comment."""
    lines = ["# Settings of this Dateline site. A line without # changes the default.", ""]
    for setting in SETTINGS:
        value = values.get(setting.name, setting.default)
        mark = "" if setting.name in values else "# "
        lines += [f"# {setting.help}", f"{mark}{setting.name} = {_write_value(value)}", ""]
    return "\n".join(lines)


def _write_value(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return f"[{', '.join(_write_value(each) for each in value)}]"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
