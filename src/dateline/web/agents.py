"""Which user agents are taken for a person's browser.

A list of bots is never complete, and the names of browsers are few: a user agent is taken for a
browser's where all of it is what browsers write. Whoever pretends is held by the other rules: one
reader a day for an article, few from one network.
"""

import re

_LONGEST = 400
_SHAPE = re.compile(
    r"Mozilla/5\.0 "
    r"\((?P<device>"
    r"(?:Windows NT \d|Macintosh;|X11;|Wayland;|Linux|Android|iPhone|iPad|iPod|Mobile)"
    r"[^()]*(?:\([^()]*\)[^()]*)?)\) (?P<products>.+)"
)
_ENGINE = re.compile(r"\(KHTML, like Gecko\)|\[FB\w+/[^\]]*\]")
_PRODUCT = re.compile(
    r"(?:AppleWebKit|Gecko|Goanna|Version|Chrome|Chromium|CriOS|Safari|Mobile|Firefox|FxiOS|Focus|"
    r"Klar|Edge?|EdgA|EdgiOS|OPR|OPT|OPX|OPiOS|SamsungBrowser|YaBrowser|YaApp_\w+|Yowser|Vivaldi|"
    r"Brave|DuckDuckGo|Ddg|UCBrowser|MiuiBrowser|HuaweiBrowser|HeyTapBrowser|VivoBrowser|QQBrowser|"
    r"MQQBrowser|MicroMessenger|Silk|Whale|NAVER|SeaMonkey|PaleMoon|Waterfox|LibreWolf|Epiphany|"
    r"Falkon|QtWebEngine|Konqueror|GSA|Ecosia|AvastSecureBrowser|Avast|AVG|CCleaner|Norton|"
    r"Instagram|Snapchat|Pinterest|TikTok|Ubuntu|Fedora|Debian|XL|PSA)/[\w.+-]*|Mobile"
)
# What stands in brackets on a computer; on phones the maker's name of the device stands there.
_DESKTOP = re.compile(
    r"Windows NT [\d.]+|Win64|WOW64|x64|ARM64|Touch|Tablet PC [\d.]+|Macintosh|X11|Wayland|U|N|"
    r"(?:Intel|PPC|ARM) Mac OS X(?: [\d._]+)?|Linux(?: \w+)?|i686(?: on x86_64)?|CrOS [\w. ]+|"
    r"(?:Free|Open|Net)BSD(?: \w+)?|SunOS \w+|Ubuntu|Fedora|Debian|en|[a-z]{2}-[A-Za-z]{2}|"
    r"rv:[\d.]+|KHTML, like Gecko"
)
_FAMILIES = (
    ("firefox", re.compile(r"Firefox/|FxiOS/|Focus/|Klar/")),
    ("edge", re.compile(r"Edge?/|EdgA/|EdgiOS/")),
    ("opera", re.compile(r"OPR/|OPT/|OPX/|OPiOS/")),
    ("samsung", re.compile(r"SamsungBrowser/")),
    ("yandex", re.compile(r"YaBrowser/|YaApp_")),
    ("chrome", re.compile(r"Chrome/|Chromium/|CriOS/")),
    ("safari", re.compile(r"Safari/|AppleWebKit/")),
)
# Machines that say so inside an otherwise faultless browser's name.
_MACHINE = re.compile(
    r"bot\b|bot[/;_-]|crawl|spider|compatible|google|baidu|bing|yandex\b|https?:|headless|monitor|"
    r"preview|favicon|datanyze|\bagent|scan|fetch|\bcheck|@|\.com\b|iplabel|catchpoint",
    re.IGNORECASE,
)


def is_bot(user_agent: str) -> bool:
    """Say whether a user agent is anything but a person's browser's."""
    if len(user_agent) > _LONGEST or _MACHINE.search(user_agent):
        return True
    shape = _SHAPE.fullmatch(user_agent.strip())
    if shape is None or not _is_device(shape["device"]):
        return True
    products = _ENGINE.sub(" ", shape["products"]).split()
    return not products or not all(_PRODUCT.fullmatch(product) for product in products)


def name_family(user_agent: str) -> str:
    """Return which family of browsers a user agent belongs to, and whether it is a phone's."""
    family = next((name for name, sign in _FAMILIES if sign.search(user_agent)), "other")
    small = "Mobile" in user_agent or "Android" in user_agent
    return f"{family} on a phone" if small else family


def _is_device(text: str) -> bool:
    if not text.startswith(("Windows", "Macintosh", "X11", "Wayland", "Linux")):
        return True
    if "Android" in text:
        return True
    return all(_DESKTOP.fullmatch(part.strip()) for part in text.split(";"))
