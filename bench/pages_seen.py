"""What readers get of a running site: accessibility, valid HTML, weight, speed on a slow phone.

    python bench/pages_seen.py http://127.0.0.1:8000

Chromium has to be there. Validator and Lighthouse are run where they are found: `VNU_JAR` names the
Nu Html Checker's file, `LIGHTHOUSE` the program (or it is on the path).
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

QUIET = (
    *("--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
SCHEMES, WIDTHS = ("light", "dark"), (360, 1280)
# Lighthouse's slow phone: 1.6 Mbit/s, 150 ms, a processor four times slower.
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 204_800, "uploadThroughput": 96_000}
SLOWER = 4
KINDS = ("story", "article", "section", "outlet", "person", "statement")
FIXED = ("/latest", "/outlets", "/popular", "/search?q=a", "/about", "/subscribe")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
MEASURE = """
window.seen = { lcp: 0, cls: 0 };
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) window.seen.lcp = Math.max(window.seen.lcp, each.startTime);
}).observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) window.seen.cls += each.value;
}).observe({ type: "layout-shift", buffered: true });
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("address", help="where the site is served")
    address = parser.parse_args().address.rstrip("/")
    chromium = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    if chromium is None:
        sys.exit("Chromium is not installed.")
    pages = choose_pages(address)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium, chromium_sandbox=False, args=list(QUIET)
        )
        measure_access(browser, address, pages)
        main_pages = list(pages)[:3]
        for path in main_pages:
            measure_speed(browser, address, path)
        browser.close()
    check_html(address, pages)
    for path in main_pages:
        run_lighthouse(address, path, chromium)


def choose_pages(address: str) -> dict[str, str]:
    """Return paths with their HTML: the front page, the longest story and article, one a kind."""
    front = read(address, "/")
    found = {"/": front}
    linked = dict.fromkeys(re.findall(r'href="(/[^"#]*)"', front))
    for kind in KINDS:
        source = front if kind in ("story", "article", "section") else "".join(found.values())
        paths = dict.fromkeys(re.findall(rf'href="(/{kind}/[^"#?]*)"', source))
        drawn = {path: read(address, path) for path in list(paths)[:12]}
        if drawn:
            longest = max(drawn, key=lambda path: len(drawn[path]))
            found[longest] = drawn[longest]
    more = [path for path in found if path.startswith(("/story/", "/article/"))]
    tails = {"story": ("/statements", "/figures"), "article": ("/versions",)}
    extra = [path + tail for path in more for tail in tails[path.split("/")[1]]]
    others = [path for path in linked if path.endswith("/") and path != "/"]  # other languages
    for path in (*FIXED, *extra, *others):
        if html := read(address, path):
            found[path] = html
    return found


def read(address: str, path: str) -> str:
    """Return a page, "" where it is not there."""
    try:
        with urllib.request.urlopen(address + path) as reply:
            return str(reply.read().decode())
    except urllib.error.HTTPError:
        return ""


def measure_access(browser: Browser, address: str, paths: Iterable[str]) -> None:
    count, kinds = 0, dict[str, str]()
    page = browser.new_page()
    for path in paths:
        page.goto(address + path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                for each in Axe().run(page).response["violations"]:
                    kinds.setdefault(each["id"], f"{path} {each['nodes'][0]['html'][:120]}")
                count += 1
    page.close()
    print(f"axe-core: {len(kinds)} kinds of violation on {count} pages x themes x widths")
    for kind, where in kinds.items():
        print(f"    {kind}: {where}")


def measure_speed(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, device_scale_factor=2, service_workers="block"
    )
    context.add_init_script(MEASURE)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    sizes, kinds = dict[str, float](), dict[str, str]()
    wire.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    wire.on(
        "Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]})
    )
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address + path, wait_until="networkidle")
    seen = settle(page)
    light = sum(size for key, size in sizes.items() if kinds.get(key) != "Image")
    pictures = sum(size for key, size in sizes.items() if kinds.get(key) == "Image")
    print(
        f"{path}: LCP {seen['lcp']:.0f} ms, layout shift {seen['cls']:.3f} on a slow phone; "
        f"{light / 1000:.1f} kB compressed without pictures, {pictures / 1000:.0f} kB of pictures"
    )
    context.close()


def settle(page: Page) -> dict[str, float]:
    page.wait_for_timeout(1_000)
    found: dict[str, float] = page.evaluate("window.seen")
    return found


def check_html(address: str, pages: dict[str, str]) -> None:
    jar = os.environ.get("VNU_JAR")
    program = ["java", "-jar", jar] if jar else list(filter(None, [shutil.which("vnu")]))
    if not program:
        print("Nu Html Checker: not found (set VNU_JAR)")
        return
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (path, html) in enumerate(pages.items()):
            file = Path(folder) / f"{number}.html"
            file.write_text(html, "utf-8")
            names[file.name] = path
        done = subprocess.run(
            [*program, "--format", "json", "--exit-zero-always", folder],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    said: list[dict[str, Any]] = json.loads(done.stderr or done.stdout)["messages"]
    errors = [each for each in said if each["type"] == "error"]
    warnings = [each for each in said if each.get("subType") == "warning"]
    print(f"Nu Html Checker: {len(errors)} errors, {len(warnings)} warnings on {len(pages)} pages")
    told = dict.fromkeys(
        f"    {names[Path(each['url']).name]}: {each['message']} {each.get('extract', '')!r}"
        for each in errors + warnings
    )
    for line in list(told)[:20]:
        print(line)


def run_lighthouse(address: str, path: str, chromium: str) -> None:
    program = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")
    if not program:
        print("Lighthouse: not found (set LIGHTHOUSE)")
        return
    flags = " ".join(("--headless=new", "--no-sandbox", *QUIET))
    options = ("--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}")
    done = subprocess.run(
        [program, address + path, *options, f"--chrome-flags={flags}"],
        capture_output=True, text=True, check=False, env=os.environ | {"CHROME_PATH": chromium},
    )  # fmt: skip
    if done.returncode or not done.stdout:
        print(f"Lighthouse {path}: failed: {done.stderr[-400:]}")
        return
    report = json.loads(done.stdout)
    scores = {name: report["categories"][name]["score"] for name in CATEGORIES}
    said = ", ".join(f"{name} {round(100 * (score or 0))}" for name, score in scores.items())
    lcp = report["audits"]["largest-contentful-paint"]["numericValue"]
    print(f"Lighthouse {path}: {said} (simulated LCP {lcp:.0f} ms)")
    for name in CATEGORIES:
        for ref in report["categories"][name]["auditRefs"]:
            audit = report["audits"][ref["id"]]
            if ref["weight"] and audit["score"] is not None and audit["score"] < 0.99:
                print(f"    {name}: {ref['id']} {audit['score']} {audit.get('displayValue', '')}")


if __name__ == "__main__":
    main()
