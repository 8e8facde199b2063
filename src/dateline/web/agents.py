"""Which user agents are taken for a person's browser.

A list of bots is never complete, and the names of browsers are few: a user agent is taken for a
browser's where all of it is what browsers write. Whoever pretends is held by the other rule: one
read an hour of one article from one network.
"""

import re

_LONGEST = 400
_SHAPE = re.compile(
    r"Mozilla/5\.0 "
    r"\((?:Windows NT \d|Macintosh;|X11;|Wayland;|Linux|Android|iPhone|iPad|iPod|Mobile)"
    r"[^()]*(?:\([^()]*\)[^()]*)?\) (?P<products>.+)"
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
    if shape is None:
        return True
    products = _ENGINE.sub(" ", shape["products"]).split()
    return not products or not all(_PRODUCT.fullmatch(product) for product in products)
