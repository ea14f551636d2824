"""How soon the page answers when a person changes the number of bands or of segments, among 100,000 customers.

Run: python benchmarks/interactive.py [--customers 100000] [--changes 40] [--pause 0.5 2.5] [--seed 0] [--picture FOLDER]
A workspace with made-up orders of so many customers is opened in a real JupyterLab in Chromium (which must be installed, with
the Python package playwright). Notebook 3 is run, which reads the file and gathers all evidence: that takes a minute or more
and is not counted. Then the number of bands (first attribute of "by hand") and the number of segments (under "Choose") are
changed many times, with a pause between them as a person has. Measured in the page is the time from the input event to the
frame that shows the new preview: the pots with their bars, the segments with theirs. Most changes come while the slower pieces
further down are still being drawn anew from the change before; how many is said.

Printed are the median, the 95th percentile and the worst in milliseconds, with and without that; then how long the slower
pieces took after the last change, and whether they show what was chosen. The target is a 95th percentile of at most 200 ms.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from playwright.sync_api import Error, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from segkit.workbook.session import Session

TARGET = 200
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"

# Each change is dated by its input event, before any widget hears of it; each state of the preview by the frame that shows it.
WATCH = """
preview => {
  window.seen = []; window.begun = null;
  const date = event => {
    if (window.begun === null && event.target.closest && event.target.closest('.widget-slider, .widget-dropdown'))
      window.begun = performance.now();
  };
  for (const kind of ['keydown', 'change']) document.addEventListener(kind, date, true);
  window.observer && window.observer.disconnect();
  window.observer = new MutationObserver(() => requestAnimationFrame(() =>
    window.seen.push([performance.now(), preview.textContent])));
  window.observer.observe(preview, {subtree: true, childList: true, characterData: true, attributes: true});
}
"""


def write_orders(path, customers, seed):
    """Write about three orders a customer: a few large buyers, many small ones, most of them quiet lately."""
    rng = np.random.default_rng(seed)
    often = rng.choice([1, 3, 9], customers, p=[0.5, 0.35, 0.15])
    orders = rng.poisson(often - 0.5).clip(1)
    who = np.repeat(np.arange(customers), orders)
    spends = np.exp(rng.normal(3, 0.8, customers) + (often == 9) * 0.6)
    last = rng.integers(0, np.where(often == 9, 120, 700), customers)
    ago = np.minimum(last[who] + np.where(np.diff(who, prepend=-1) > 0, 0, rng.integers(0, 500, len(who))), 729)
    amount = (spends[who] * np.exp(rng.normal(0, 0.4, len(who)))).round(2)
    day = np.datetime64("2025-06-30") - ago
    frame = pd.DataFrame({"order_id": np.arange(len(who)) + 1, "customer_id": who, "date": day, "amount": amount})
    frame["customer_id"] = frame["customer_id"].map("C{:06d}".format)
    frame.to_csv(path, index=False)


class Page:
    """Notebook 3 in a browser."""

    def __init__(self, page):
        self.page = page

    def run_all(self):
        prompts = f"[...document.querySelectorAll('{PANEL} .jp-CodeCell .jp-InputPrompt')].map(e => e.textContent)"
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        self.page.wait_for_function(f"{prompts}.every(text => /\\[\\d+\\]/.test(text))", timeout=1_500_000)

    def stale(self):
        return self.page.locator(f"{PANEL} .seg-stale").count()

    def settle(self):
        """Wait until nothing is stale, and return how long that took."""
        began = time.perf_counter()
        self.page.wait_for_timeout(400)
        self.page.wait_for_function(f"!document.querySelector('{PANEL} .seg-stale')", timeout=600_000)
        return time.perf_counter() - began

    def errors(self):
        return self.page.locator(f"{PANEL} .seg-error, {PANEL} [data-mime-type*='stderr']").all_inner_texts()

    def timed(self, act, shows, pause):
        """Do something, wait as long as a person would, and return milliseconds until the preview showed it."""
        stale = self.stale()
        self.page.evaluate("window.seen = []; window.begun = null;")
        act()
        self.page.wait_for_timeout(1000 * pause)
        self.page.wait_for_function("window.seen.length > 0", timeout=60_000)
        begun, seen = self.page.evaluate("[window.begun, window.seen]")
        right = shows or (lambda text: text == seen[-1][1])
        return next(at for at, text in seen if right(text)) - begun, bool(stale)


def bands(page, changes, pause):
    """Change the number of bands to and fro between 2, 3 and 4 by the arrow keys."""
    handle = page.page.locator(f"{PANEL} .widget-slider", has_text="Number of bands").first.locator(".noUi-handle")
    handle.scroll_into_view_if_needed()
    preview = page.page.locator(f"{PANEL} .widget-html", has_text="of the money").first
    preview.evaluate(WATCH)
    handle.focus()
    keys = ["ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft"]
    return [page.timed(lambda key=keys[n % 4]: page.page.keyboard.press(key), None, pause()) for n in range(changes)]


def segments(page, changes, pause, rng):
    """Change the number of segments to another one each time; return the times and the last number."""
    select = page.page.locator(f"{PANEL} .widget-dropdown", has_text="Number of segments").locator("select")
    select.scroll_into_view_if_needed()
    box = page.page.locator(
        f"{PANEL} .widget-vbox", has=page.page.locator(".widget-dropdown", has_text="Number of segments")
    ).last
    preview = box.locator(".widget-html").last
    preview.evaluate(WATCH)
    took, k = [], 0
    for _ in range(changes):
        k = rng.choice([other for other in range(2, 9) if other != k])
        show = f"{k} segments. How"
        took.append(page.timed(lambda k=k: select.select_option(label=str(k)), lambda text, s=show: s in text, pause()))
    return took, k


def report(name, took):
    for what, chosen in (
        ("all", [ms for ms, _ in took]),
        ("while pieces are being redrawn", [ms for ms, busy in took if busy]),
        ("while nothing else goes on", [ms for ms, busy in took if not busy]),
    ):
        if chosen:
            p95 = float(np.percentile(chosen, 95))
            line = f"median {np.median(chosen):4.0f} ms, 95th percentile {p95:4.0f} ms, worst {max(chosen):4.0f} ms"
            print(f"{name:>9}, {what} ({len(chosen)}): {line}{'' if p95 <= TARGET else '  ABOVE THE TARGET'}")


def start(workspace):
    command = [sys.executable, "-m", "segkit", "start", "--no-browser", "--workspace", str(workspace)]
    root = str(Path(__file__).resolve().parents[1])
    env = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": root}
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True, env=env, cwd=root)
    return server, next(line.strip() for line in server.stdout if "http://" in line)


def measure(browser, address, arguments):
    page = browser.new_page(viewport={"width": 1280, "height": 1600})
    page.set_default_timeout(120_000)
    page.on("dialog", lambda dialog: dialog.accept())
    for attempt in range(60):  # the server says its address a moment before it answers
        try:
            page.goto(address.replace("01_goals.ipynb?", "03_criteria.ipynb?reset&"), wait_until="domcontentloaded")
            break
        except Error:
            if attempt == 59:
                raise
            time.sleep(0.5)
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell")
    page.locator("#jp-bottom-panel, .jp-StatusBar-Widget").get_by_text("| Idle").first.wait_for()
    notebook, rng = Page(page), random.Random(arguments.seed)
    pause = lambda: rng.uniform(*arguments.pause)  # noqa: E731
    began = time.perf_counter()
    notebook.run_all()
    print(f"Notebook 3 run in {time.perf_counter() - began:.0f} s with {arguments.customers:,} customers.", flush=True)
    page.locator(".widget-radio-box label", has_text="From the data").locator("input").click()
    print(f"After a first choice all pieces were drawn anew in {notebook.settle():.1f} s.", flush=True)
    report("bands", bands(notebook, arguments.changes, pause))
    print(f"After the last change of bands all pieces were drawn anew in {notebook.settle():.1f} s.", flush=True)
    took, k = segments(notebook, arguments.changes, pause, rng)
    report("segments", took)
    print(f"After the last change of segments all pieces were drawn anew in {notebook.settle():.1f} s.", flush=True)
    table = page.locator(f"{PANEL} table", has_text="The chosen segments").last
    print(f"The chosen number is {k}; the table of the chosen segments has {table.locator('tbody tr').count()} rows.")
    print(f"Faults shown in the notebook: {notebook.errors() or 'none'}")
    if arguments.picture:
        arguments.picture.mkdir(parents=True, exist_ok=True)
        for name in ("Number of bands", "Number of segments", "The chosen segments"):
            page.locator(f"{PANEL} .jp-OutputArea-output", has_text=name).first.scroll_into_view_if_needed()
            page.screenshot(path=str(arguments.picture / f"{name}.png"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--changes", type=int, default=40, help="of the bands, and as many of the segments")
    parser.add_argument("--pause", type=float, nargs=2, default=(0.5, 2.5), help="shortest and longest, in seconds")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--picture", type=Path, help="a folder for pictures of the page at the end")
    arguments = parser.parse_args()
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("No Chromium on this machine (on Debian: apt-get install chromium).")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        session = Session(Path(folder))
        write_orders(session.workspace.folder / "data" / "orders.csv", arguments.customers, arguments.seed)
        session.use_files([{"kind": "orders", "path": "orders.csv"}])
        server, address = start(session.workspace.folder)
        try:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            measure(browser, address, arguments)
            browser.close()
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(20)


if __name__ == "__main__":
    main()
