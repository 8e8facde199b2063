"""Settings say what is wrong: the key, the value, what is allowed."""

from pathlib import Path

import pytest

from dateline.errors import SettingError
from dateline.settings import (
    FILE_NAME,
    SETTINGS,
    list_proxies,
    make_mail_policy,
    make_net_policy,
    read_settings,
    write_settings,
)


def test_defaults_need_no_file(tmp_path: Path) -> None:
    settings = read_settings(tmp_path, {})
    assert settings.number("port") == 8000
    assert settings.store_address == str(tmp_path / "dateline.db")


def test_file_and_environment_override(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('port = 9000\nsite_name = "Morning"\n')
    settings = read_settings(tmp_path, {"DATELINE_PORT": "9001", "DATELINE_ALLOW_LOOPBACK": "1"})
    assert settings.number("port") == 9001
    assert settings.text("site_name") == "Morning"
    assert settings.flag("allow_loopback") is True


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("port = 70000", "port is 70000; allowed is a whole number from 1 to 65535"),
        ('port = "80"', "port is '80'"),
        ("port = true", "port is True"),
        ('mail_security = "ssl"', "one of none, starttls, tls"),
        ("prot = 1", "Did you mean port?"),
        ("xyzzy = 1", "no setting"),
        ("port = ", "not valid TOML"),
        ('time_zone = "Mars/North"', "IANA"),
        ('time_zone = "../etc/passwd"', "IANA"),
    ],
)
def test_a_bad_setting_names_key_value_and_bounds(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / FILE_NAME).write_text(text)
    with pytest.raises(SettingError, match=said.replace("?", r"\?")):
        read_settings(tmp_path, {})


def test_a_bad_variable_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="port is 'many'"):
        read_settings(tmp_path, {"DATELINE_PORT": "many"})


def test_written_settings_read_back(tmp_path: Path) -> None:
    values = {"site_name": 'The "Morning" \\ Post', "port": 8080, "allow_loopback": True}
    (tmp_path / FILE_NAME).write_text(write_settings(values))
    settings = read_settings(tmp_path, {})
    assert {name: settings.values[name] for name in values} == values


def test_every_setting_has_help_and_a_default_it_would_accept() -> None:
    for setting in SETTINGS:
        assert setting.help.endswith("."), setting.name
        assert setting.check(setting.default) == setting.default


def test_policies_follow_the_settings(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('contact = "a@b.example"\nmail_host = "mx.example"\n')
    settings = read_settings(tmp_path, {})
    assert "a@b.example" in make_net_policy(settings, "1").user_agent
    mail = make_mail_policy(settings)
    assert mail is not None and mail.sender == "a@b.example"
    assert make_mail_policy(read_settings(tmp_path / "none", {})) is None


def test_mail_without_a_sender_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('mail_host = "mx.example"\n')
    with pytest.raises(SettingError, match="mail_sender"):
        make_mail_policy(read_settings(tmp_path, {}))


def test_a_list_is_read_from_the_file_and_from_a_variable(tmp_path: Path) -> None:
    (tmp_path / "dateline.toml").write_text('site_languages = ["de", "ar"]\n')
    assert read_settings(tmp_path, {}).make_site().languages == ("de", "ar")
    given = {"DATELINE_SITE_LANGUAGES": "fr, es"}
    assert read_settings(tmp_path, given).texts("site_languages") == ("fr", "es")
    assert 'site_languages = ["de"]' in write_settings({"site_languages": ("de",)})


def test_a_language_that_the_interface_does_not_speak_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="'xx'; allowed are en, ar"):
        read_settings(tmp_path, {"DATELINE_SITE_LANGUAGES": "de xx"})


def test_proxies_are_addresses_and_networks(tmp_path: Path) -> None:
    given = {"DATELINE_TRUSTED_PROXIES": " 10.0.0.1,2001:db8::/32 , 192.0.2.0/24,"}
    found = list_proxies(read_settings(tmp_path, given))
    assert found == ["10.0.0.1", "2001:db8::/32", "192.0.2.0/24"]
    assert list_proxies(read_settings(tmp_path, {"DATELINE_TRUSTED_PROXIES": ""})) == []
    assert list_proxies(read_settings(tmp_path, {})) == ["127.0.0.1", "::1"]


@pytest.mark.parametrize("proxies", ["*", "0.0.0.0/0", "::/0", "proxy.example", "10.0.0.1/24"])
def test_a_proxy_that_is_anyone_is_refused(tmp_path: Path, proxies: str) -> None:
    settings = read_settings(tmp_path, {"DATELINE_TRUSTED_PROXIES": f"10.0.0.1, {proxies}"})
    with pytest.raises(SettingError, match="trusted_proxies names"):
        list_proxies(settings)


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://news.example.org/", "https://news.example.org"),
        ("https://Zürich.example:443", "https://xn--zrich-kva.example"),
        ("", "http://127.0.0.1:8000"),
    ],
)
def test_the_sites_address_is_one_that_feeds_can_name(tmp_path: Path, given, address) -> None:
    (tmp_path / "dateline.toml").write_text(f'site_address = "{given}"\n', "utf-8")
    assert read_settings(tmp_path, {}).make_site().address == address
