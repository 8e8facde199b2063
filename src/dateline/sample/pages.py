"""The pages of the outlets, each in the template of its house."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources

from jinja2 import DictLoader, Environment
from markupsafe import Markup, escape

from dateline.sample.compose import Page, split_links
from dateline.sample.reports import Outlet
from dateline.sample.words import FURNITURE, SECTIONS

FEED_TYPES = {
    "rss2": "application/rss+xml",
    "rss092": "application/rss+xml",
    "rss10": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
    "sitemap": "application/xml",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around an article: its address, what it links to, what it was made from."""

    home: str  # "http://courier.localhost:1234"
    url: str
    picture: str
    dated: str  # ISO 8601, "" for an undated page
    links: dict[str, str]  # report id -> address
    related: Sequence[tuple[str, str]]  # address, title
    popular: Sequence[tuple[str, str]]
    parent: tuple[str, str] = ("", "")  # name of the agency and address of its report


def draw_page(page: Page, frame: Frame) -> str:
    """Return the HTML of one article."""
    outlet = page.outlet
    language = outlet.language
    words = FURNITURE[language]
    return (
        _templates()
        .get_template(outlet.template + ".html")
        .render(
            page=page,
            outlet=outlet,
            words=words,
            url=frame.url,
            feed_url=frame.home + outlet.feed_path,
            feed_type=FEED_TYPES[outlet.feed],
            sections=_sections(outlet),
            section=SECTIONS[language].get(page.section, page.section),
            byline=", ".join(page.report.byline),
            credit=page.report.credit,
            dated=frame.dated,
            said_date=_say_date(outlet, frame.dated) if frame.dated else "",
            picture=frame.picture,
            shot=page.report.shot,
            parts=[_paragraph(part, frame.links) for part in page.paragraphs],
            related=frame.related,
            popular=frame.popular,
            hostile=Markup(page.report.hostile),  # noqa: S704  (hostile on purpose)
            jsonld=Markup(_jsonld(page, frame)),  # noqa: S704  (escaped in _jsonld)
        )
    )


def draw_home(outlet: Outlet, stories: Sequence[tuple[str, str, str]]) -> str:
    """Return an outlet's home page: address, title and standfirst of each article."""
    return (
        _templates()
        .get_template("home.html")
        .render(
            outlet=outlet,
            stories=stories,
            sections=_sections(outlet),
            feed_type=FEED_TYPES[outlet.feed],
        )
    )


@cache
def _templates() -> Environment:
    folder = resources.files("dateline.sample") / "templates"
    texts = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}
    return Environment(loader=DictLoader(texts), autoescape=True)


def _sections(outlet: Outlet) -> list[str]:
    names = ("World", "Politics", "Business", "Science", "Culture", "Sport")
    return [SECTIONS[outlet.language].get(name, name) for name in names]


def _say_date(outlet: Outlet, dated: str) -> str:
    at = datetime.fromisoformat(dated)
    if outlet.template == "bare":
        return at.strftime("%d %B %Y")
    if outlet.language == "en":
        return at.strftime("%d %b %Y, %H:%M")
    return at.strftime("%d.%m.%Y, %H:%M")


def _paragraph(text: str, links: dict[str, str]) -> Markup:
    if text.startswith("## "):
        return Markup("<h2>{}</h2>").format(text[3:])
    if text.startswith("> "):
        return Markup("<blockquote><p>{}</p></blockquote>").format(text[2:])
    pieces = [
        Markup('<a href="{}">{}</a>').format(links.get(target, target), words)
        if target
        else escape(words)
        for words, target in split_links(text)
    ]
    return Markup("<p>{}</p>").format(Markup("").join(pieces))


def _jsonld(page: Page, frame: Frame) -> str:
    found: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "OpinionNewsArticle" if page.report.kind == "opinion" else "NewsArticle",
        "headline": page.headline,
        "description": page.lede,
        "inLanguage": page.outlet.language,
        "articleSection": page.section,
        "mainEntityOfPage": frame.url,
        "isAccessibleForFree": True,
        "publisher": {"@type": "NewsMediaOrganization", "name": page.outlet.name},
    }
    if frame.dated:
        found["datePublished"] = frame.dated
        found["dateModified"] = page.modified.isoformat() if page.modified else frame.dated
    if page.report.byline:
        found["author"] = [{"@type": "Person", "name": name} for name in page.report.byline]
    if frame.picture and page.report.shot:
        found["image"] = {
            "@type": "ImageObject",
            "url": frame.picture,
            "caption": page.report.shot.caption,
            "creditText": page.report.shot.credit,
        }
    if page.report.keywords:
        found["keywords"] = list(page.report.keywords)
    if frame.parent[1]:
        found["isBasedOn"] = {
            "@type": "NewsArticle",
            "url": frame.parent[1],
            "publisher": {"@type": "NewsMediaOrganization", "name": frame.parent[0]},
        }
    return json.dumps(found, ensure_ascii=False).replace("<", "\\u003c")
