"""A newcomer's way through all six notebooks with a file of her own, once by mouse only and once by keyboard only."""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from segkit.samples.catalogue import SAMPLES, sample_folder

sync_api = pytest.importorskip("playwright.sync_api")

CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync".split()

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif("SEGKIT_JOURNEYS" not in os.environ, reason="takes minutes: runs where SEGKIT_JOURNEYS=1 is set"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (on Debian: apt-get install chromium)"),
]

PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"
LONG = 200_000


def orders(path: Path) -> Path:
    """Write the orders of eighty customers over 26 months."""
    chance, rows = random.Random(3), ["Order,Date,Customer,Total"]
    for customer in range(80):
        for _ in range(1 + int(chance.expovariate(0.25))):
            month = chance.randrange(26)
            day = f"{2024 + month // 12}-{1 + month % 12:02d}-{chance.randint(1, 28):02d}"
            rows.append(f"{len(rows)},{day},K{customer:02d},{chance.expovariate(0.02) + 5:.2f}")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


class Mouse:
    """Clicks on what is to be used."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def press(self, what: Any) -> None:
        what.click()

    def type(self, what: Any, text: str) -> None:
        what.click(click_count=3)
        self.page.keyboard.insert_text(text)
        self.page.locator(f"{PANEL} .jp-MarkdownOutput").first.click(position={"x": 2, "y": 2})

    def next_entry(self, what: Any) -> None:
        what.select_option(index=1)  # the list that opens belongs to the system, not to the page

    def tab(self, tabs: Any, place: int) -> None:
        tabs.nth(place).click()


class Keys:
    """Reaches everything by the Tab key, and uses it as the keyboard does."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def reach(self, what: Any) -> None:
        what.wait_for(state="attached")
        for _ in range(600):
            if what.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the Tab key does not reach {what}")

    def press(self, what: Any) -> None:
        self.reach(what)
        kind = what.evaluate("element => element.type || element.tagName")
        self.page.keyboard.press("Space" if kind in ("radio", "checkbox") else "Enter")

    def type(self, what: Any, text: str) -> None:
        self.reach(what)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Tab")

    def next_entry(self, what: Any) -> None:
        self.reach(what)
        self.page.keyboard.press("ArrowDown")

    def tab(self, tabs: Any, place: int) -> None:
        self.reach(tabs.locator("xpath=self::*[@tabindex='0']").first)
        self.page.keyboard.press("ArrowLeft")
        self.page.keyboard.press("Enter")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def workspace(tmp_path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def page(browser, workspace) -> Iterator[Any]:
    command = [sys.executable, "-m", "segkit", "start", "--no-browser", "--workspace", str(workspace)]
    server = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, start_new_session=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    )
    assert server.stdout is not None
    page = browser.new_page(viewport={"width": 1280, "height": 1600})
    try:
        address = next(line.strip() for line in server.stdout if "http://" in line)
        page.set_default_timeout(LONG)
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
        for _ in range(60):  # the server says its address a moment before it answers
            try:
                page.goto(address, wait_until="domcontentloaded")
                break
            except sync_api.Error:
                page.wait_for_timeout(300)
        yield page
    finally:
        page.close()
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)
        server.stdout.close()


def sample_words() -> set[str]:
    """Return what only the worked examples say: names, and the sentences that a person wrote."""
    found = {sample.title for sample in SAMPLES.values()}

    def look(value: Any, field: str = "") -> None:
        if isinstance(value, dict):
            for name, inside in value.items():
                look(inside, name)
        elif isinstance(value, list):
            for inside in value:
                look(inside, field)
        elif isinstance(value, str) and (len(value) > 25 or field == "name") and " " in value.strip():
            found.add(value)

    for name, sample in SAMPLES.items():
        book = json.loads((sample_folder(name) / sample.example_file).read_text(encoding="utf-8"))
        for step in ("goals", "profiles", "targeting", "review"):
            goals = [goal.pop("measure", "") for goal in book[step].get("goals", ())]
            look(book[step])
            found -= set(goals)
        found.add(book["criteria"]["why"])
        found |= {entry["name"] for entry in book["profiles"]["labels"]}
    return found


@pytest.mark.parametrize("way", [Mouse, Keys])
def test_a_newcomer_comes_from_a_file_of_her_own_to_the_report(page, workspace, tmp_path, way):
    hand = way(page)

    def here(where: str, **how: Any) -> Any:
        return page.locator(f"{PANEL} {where}", **how)

    def control(label: str, kind: str = "text") -> Any:
        used = {"text": "input", "textarea": "textarea", "dropdown": "select"}[kind]
        named = page.locator("label", has_text=re.compile(f"^{re.escape(label)}$"))
        return here(f".widget-{kind}:visible", has=named).locator(used).first

    def button(label: str) -> Any:
        return here("button:visible", has_text=label).first

    def book() -> dict[str, Any]:
        file = workspace / "workbook.json"
        return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}

    def until(holds: Callable[[], Any]) -> None:
        for _ in range(1200):
            if holds():
                return
            page.wait_for_timeout(100)
        raise AssertionError(f"it does not come about: {[*here('.seg-fault, .seg-error').all_inner_texts()]}")

    def ready() -> None:
        page.wait_for_selector(f"{PANEL} .segkit-ready")
        assert not here(".jp-CodeCell .jp-InputArea:visible").count(), "code is in view"
        assert not here("[data-mime-type*='error'], [data-mime-type*='stderr'], .seg-error").all_inner_texts()
        assert not page.locator(".jp-Dialog").count()

    def go_on(name: str) -> None:
        hand.press(here(".seg-banner a", has_text=re.compile(rf"^{name[1]}\s")).first)
        page.wait_for_selector(f".lm-TabBar-tab.lm-mod-current:has-text('{name}')")
        ready()

    ready()
    with page.expect_file_chooser() as asked:
        hand.press(button("Use my own file"))
    asked.value.set_files(orders(tmp_path / "my orders.csv"))
    until(lambda: (book().get("data") or {}).get("files"))
    hand.type(control("Name of your business"), "Blue Door")
    until(lambda: (book()["goals"] or {}).get("business", {}).get("name") == "Blue Door")
    hand.next_entry(control("We segment to", "dropdown"))
    until(lambda: book()["goals"]["goals"])
    hand.press(button("Fill in today"))
    until(lambda: book()["goals"]["goals"][0]["target"])
    go_on("02_data")
    here(".jp-OutputArea-output", has_text="my orders.csv").first.wait_for()
    go_on("03_criteria")
    for place in range(3):
        hand.tab(here(".jupyter-widget-tab .lm-TabBar-tab"), place)
    folded = here(".jupyter-widget-tab .jupyter-widget-Collapse-header:visible").first
    hand.press(folded)
    folded.locator("xpath=parent::*[contains(@class, 'Collapse-open')]").wait_for()
    hand.press(here(".widget-radio-box label", has_text="By hand").locator("input").first)
    until(lambda: (book()["criteria"] or {}).get("method") == "by_hand")
    go_on("04_profiles")
    hand.type(control("Name of the segment"), "Window seats")
    hand.type(control("Name of the persona"), "Ida at the window")
    until(lambda: (book()["profiles"] or {}).get("personas"))
    go_on("05_targeting")
    hand.next_entry(control("Our position (1 to 5)", "dropdown"))
    hand.press(here(".widget-radio-box label", has_text="Yes: we target it").locator("input").first)
    until(lambda: any(one["target"] for one in (book()["targeting"] or {}).get("ratings", ())))
    hand.type(control("Value proposition", "textarea"), "A seat by the window is kept for you.")
    until(lambda: book()["targeting"]["plans"])
    hand.press(button("Write the lists now"))
    until(lambda: (workspace / "exports" / "segments.csv").exists())
    go_on("06_review")
    hand.type(control("Date of the next review"), "30 September 2026")
    until(lambda: (book()["review"] or {}).get("next_review") == "2026-09-30")
    hand.press(button("Write the report now"))
    report = workspace / "exports" / "report.html"
    until(report.exists)
    here(".jp-OutputArea-output", has_text="The report is written").first.wait_for()
    said = report.read_text(encoding="utf-8")
    assert all(word in said for word in ("Blue Door", "Window seats", "Ida at the window", "A seat by the window"))
    assert not [word for word in sample_words() if word in said]
    assert not page.faults
