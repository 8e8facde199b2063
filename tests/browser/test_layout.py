"""Every page fits: small screens, large type, from right to left, on paper; and nothing jumps."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route
from tests.browser.conftest import ARTICLE, PAGES, STORY, Opener

_OVERLAPS = Path(__file__).with_name("overlaps.js").read_text("utf-8")
_SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) window.shifted += each.value;
}).observe({ type: "layout-shift", buffered: true });
"""


def measure_excess(page: Page) -> int:
    """Return by how many pixels the page is wider than the window."""
    excess: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return excess


@pytest.mark.parametrize("template", sorted(PAGES))
def test_pages_fit_the_smallest_screens_and_large_type(visit: Opener, template: str) -> None:
    page = visit(PAGES[template], width=320).page
    assert measure_excess(page) == 0
    for width in (640, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert measure_excess(page) == 0
        assert page.evaluate(_OVERLAPS) == []


@pytest.mark.parametrize("template", sorted(PAGES))
@pytest.mark.parametrize("tongue", ["", "/uk"])
def test_large_type_fits_a_phone(visit: Opener, template: str, tongue: str) -> None:
    page = visit(f"{tongue}{PAGES[template]}", width=360).page
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert measure_excess(page) == 0
    assert page.evaluate(_OVERLAPS) == []


@pytest.mark.parametrize("width", [700, 2560, 3840])
def test_the_front_page_fits_screens_of_other_widths(visit: Opener, width: int) -> None:
    page = visit("/", width=width).page
    assert measure_excess(page) == 0
    assert page.evaluate(_OVERLAPS) == []


@pytest.mark.parametrize("path", ["/", ARTICLE, "/ar/"])
@pytest.mark.parametrize("width", [320, 360, 600, 1280])
def test_every_page_offers_the_search_in_its_head(visit: Opener, path: str, width: int) -> None:
    page = visit(path, width=width).page
    head = page.locator(".masthead > .wrap")
    offered = head.locator("a[href$='/search'], input[name=q]").locator("visible=true")
    assert offered.count() == 1
    box, name = offered.bounding_box(), head.locator(".name").bounding_box()
    assert box and name and box["height"] >= 24
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    assert box["y"] < name["y"] + name["height"]  # beside the name, not below


@pytest.mark.parametrize("path", ["/ar/", f"/ar{ARTICLE}", f"/ar{STORY}"])
def test_a_page_from_right_to_left_begins_at_the_right(visit: Opener, path: str) -> None:
    page = visit(path, width=320).page
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert measure_excess(page) == 0
    page.set_viewport_size({"width": 1280, "height": 900})
    assert measure_excess(page) == 0
    date, search = (page.locator(each).bounding_box() for each in (".today", ".find"))
    assert date and search and date["x"] > search["x"] + search["width"]


def test_on_paper_a_page_is_text_with_the_address_of_its_original(visit: Opener) -> None:
    page = visit(ARTICLE).page
    page.emulate_media(media="print", color_scheme="dark")
    for gone in (".sections", ".find", ".letter", ".popular", ".button", "footer nav"):
        assert page.locator(gone).locator("visible=true").count() == 0, gone
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    printed = page.locator(".source-line a").first.evaluate(
        "e => getComputedStyle(e, '::after').content"
    )
    assert "https://full.example/1" in printed


@pytest.mark.parametrize("path", ["/", "/latest", STORY, ARTICLE, "/ar/"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_jumps_when_pictures_come_late(visit: Opener, path: str, width: int) -> None:
    page = visit("/about", width=width, script=_SHIFTS).page

    def delay(route: Route) -> None:
        page.wait_for_timeout(150)
        route.continue_()

    page.route("**/picture/*", delay)
    page.goto(page.url.replace("/about", path))
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shifted") == 0


_LONG_COUNTS = """
() => {
  for (const each of document.querySelectorAll(".counts, .one")) {
    each.textContent = "100 وسيلة إعلامية، 100 مصدر أصلي";
  }
  const lines = [...document.querySelectorAll("main .by")];
  return [lines.length, lines.filter((line) => line.scrollWidth > line.clientWidth).length];
}
"""


@pytest.mark.parametrize("width", [320, 360])
def test_counts_do_not_run_over_the_picture_beside_them(visit: Opener, width: int) -> None:
    lines, wide = visit("/ar/", width=width).page.evaluate(_LONG_COUNTS)
    assert lines > 3 and wide == 0


def test_a_caption_from_right_to_left_parts_words_of_either_direction(visit: Opener) -> None:
    caption = visit(f"/ar{STORY}", width=360).page.locator("figcaption").first
    boxes = [part.bounding_box() for part in caption.locator("> *").all()]
    assert len(boxes) == 2
    (first, second) = boxes
    assert first and second
    same_line = abs(first["y"] - second["y"]) < 4
    assert not same_line or first["x"] - (second["x"] + second["width"]) >= 8


def test_the_colours_of_a_chart_can_be_told_apart_where_colours_are_forced(visit: Opener) -> None:
    page = visit(STORY).page
    page.emulate_media(forced_colors="active")
    page.evaluate(
        """document.querySelector("main").insertAdjacentHTML("beforeend", `<p>
        <span class="key"><i class="opened"></i></span><span class="key"><i class="carried"></i>
        </span></p>`)"""
    )
    ground, *swatches = (
        page.evaluate(f"getComputedStyle(document.querySelector('{each}')).backgroundColor")
        for each in ("body", ".key .opened", ".key .carried")
    )
    assert swatches[0] not in (ground, swatches[1])
    border = "getComputedStyle(document.querySelector('.key .carried')).borderTopColor"
    assert page.evaluate(border) != ground
