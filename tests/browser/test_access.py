"""Everyone can read every page: axe-core finds nothing, the keyboard reaches all of it."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.browser.conftest import ARTICLE, PAGES, Opener, Visit

_FOCUS = Path(__file__).with_name("focus.js").read_text("utf-8")
_WIDTHS = (360, 1280)
_RUN = """(rules) => axe.run({
  resultTypes: ["violations"], preload: false, ...(rules.length ? { runOnly: rules } : {}),
}).then((found) => found.violations.flatMap(
  ({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} (${node.failureSummary})`),
))"""


def find_violations(page: Page, *rules: str) -> list[str]:
    """Return what axe-core finds by these rules, or by all it has."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found: list[str] = page.evaluate(_RUN, rules)
    return found


def test_every_template_of_a_page_is_looked_at() -> None:
    folder = files("dateline.web").joinpath("templates")
    pages = {f.name for f in folder.iterdir() if 'extends "base.html"' in f.read_text("utf-8")}
    assert pages == set(PAGES)


@pytest.mark.parametrize("template", sorted(PAGES))
def test_axe_finds_no_violation_in_either_theme_at_any_width(visit: Opener, template: str) -> None:
    page = visit(PAGES[template]).page
    for width in _WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="light")
        assert find_violations(page) == []
        page.emulate_media(color_scheme="dark")
        assert find_violations(page, "color-contrast") == []


@pytest.mark.parametrize("path", ["/ar/", f"/ar{ARTICLE}"])
def test_axe_finds_no_violation_from_right_to_left(visit: Opener, path: str) -> None:
    assert find_violations(visit(path, width=360).page) == []


@pytest.mark.parametrize(
    "path", ["/search", "/search?q=ferry+missle+lang:en", "/ar/search?q=said-by:vale"]
)
def test_axe_finds_no_violation_in_what_a_search_may_show(visit: Opener, path: str) -> None:
    for width in _WIDTHS:
        assert find_violations(visit(path, width=width).page) == []


@pytest.mark.parametrize(("path", "box"), [("/about", "#find"), ("/search", "#q")])
def test_names_are_suggested_under_both_boxes(visit: Opener, path: str, box: str) -> None:
    page = visit(path).page
    assert page.get_attribute(box, "aria-expanded") == "false"
    page.fill(box, "ferry ann va")
    option = page.locator(f"{box}-names [role=option]").first
    option.wait_for()
    assert option.inner_text() == "Ann Vale Person"
    assert find_violations(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=ferry+person*")
    assert page.input_value("#q") == "ferry person:=ann-vale"
    assert "Named: Ann Vale" in page.inner_text("[aria-labelledby=chosen]")


def read_focus(page: Page) -> dict[str, object]:
    found: dict[str, object] = page.evaluate(_FOCUS)
    return found


def test_the_first_key_leads_past_the_menus(visit: Opener) -> None:
    page = visit("/").page
    page.keyboard.press("Tab")
    assert read_focus(page) | {"name": ""} == {"name": "", "href": "#main", "line": 3, "seen": True}
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize(("path", "width"), [("/", 1280), ("/", 360), (ARTICLE, 360)])
def test_what_has_the_focus_is_seen(visit: Opener, path: str, width: int) -> None:
    page = visit(path, width=width).page
    for _ in range(25):
        page.keyboard.press("Tab")
        found = read_focus(page)
        assert found["seen"] and found["line"], found


def test_what_is_folded_opens_by_a_key(visit: Opener) -> None:
    page = visit(ARTICLE).page
    page.locator("details.trace summary").focus()
    for is_open in (True, False):
        page.keyboard.press("Enter")
        assert page.evaluate("document.querySelector('details.trace').open") is is_open


def is_marked(visited: Visit) -> bool:
    found = visited.page.locator(".said").first
    return "underline" in found.evaluate("e => getComputedStyle(e).textDecorationLine")


def test_statements_are_marked_on_wide_pages_and_on_phones_when_asked(visit: Opener) -> None:
    wide, phone = visit(ARTICLE), visit(ARTICLE, width=360)
    assert is_marked(wide) and not is_marked(phone)
    for visited, name, marked in ((wide, "wide", False), (phone, "narrow", True)):
        visited.page.locator(f"#marks-{name}").focus()
        visited.page.keyboard.press("Space")
        assert is_marked(visited) is marked


def test_a_mark_is_reached_and_left_by_keyboard(visit: Opener) -> None:
    page = visit(ARTICLE).page
    page.locator("#marks-wide").focus()
    page.keyboard.press("Tab")
    to_list = str(read_focus(page)["href"])
    assert re.fullmatch(r"#said-\d+", to_list)
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == to_list
    page.locator(f"{to_list} a[href^='#words-']").focus()
    page.keyboard.press("Enter")
    back = page.evaluate("location.hash")
    assert page.locator(back).evaluate("e => e.classList.contains('said')")


@pytest.mark.parametrize("template", sorted(PAGES))
def test_no_page_needs_a_script(visit: Opener, template: str) -> None:
    page = visit(PAGES[template], java_script_enabled=False).page
    assert page.locator("h1").count() == 1
    assert len(page.locator("main").inner_text()) > 40
    assert page.locator("main button[type='button']:visible").count() == 0
