"""Each notebook in a real JupyterLab: run, change a choice by mouse, restart the kernel, and find the choice again."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from segkit.samples.catalogue import sample_folder
from segkit.words.terms import FileKind, Method, Step
from segkit.workbook.session import Session

sync_api = pytest.importorskip("playwright.sync_api")

CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
).split()

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (on Debian: apt-get install chromium)"),
]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory) -> Path:
    """Return a workspace with a tenth of the coffee roaster's customers as a file of one's own: the same, and sooner there."""
    folder = tmp_path_factory.mktemp("lab")
    with (sample_folder("coffee_roaster") / "orders.csv").open(encoding="utf-8") as whole:
        header, *lines = whole
    who = header.strip().split(",").index("customer_id")
    orders = folder / "orders.csv"
    orders.write_text(header + "".join(line for line in lines if line.split(",")[who].endswith("7")), encoding="utf-8")
    Session(folder / "workspace").use_files([{"kind": FileKind.ORDERS, "path": str(orders)}])
    return folder / "workspace"


@pytest.fixture(scope="module")
def address(workspace) -> Iterator[str]:
    """Start the workbook as a person would, and return what ``segkit start`` says to type into a browser."""
    command = [sys.executable, "-m", "segkit", "start", "--no-browser", "--workspace", str(workspace)]
    server = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, start_new_session=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    )
    assert server.stdout is not None
    try:
        yield next(line.strip() for line in server.stdout if "http://" in line)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)
        server.stdout.close()


@pytest.fixture(scope="module")
def page(address) -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 1600})
        page.set_default_timeout(60_000)
        page.on("dialog", lambda dialog: dialog.accept())  # "leave this page?": yes, all is saved
        page.outside = set()
        page.on("request", lambda request: page.outside.add(request.url) if "127.0.0.1" not in request.url else None)
        yield page
        browser.close()


READY = ".jp-NotebookPanel:not(.lm-mod-hidden) .segkit-ready"
"""The notebook in front has run itself from top to bottom."""


def open_notebook(page: Any, address: str, name: str) -> None:
    for attempt in range(60):  # the server says its address a moment before it answers
        try:
            # "reset" closes the notebooks that were open before, so that there is one of each thing on the page
            page.goto(address.replace("01_goals.ipynb?", f"{name}?reset&"), wait_until="domcontentloaded")
            break
        except sync_api.Error as error:
            if attempt == 59 or "ERR_CONNECTION_REFUSED" not in str(error):
                raise
            page.wait_for_timeout(500)
    page.wait_for_selector(READY, timeout=200_000)


def restart(page: Any) -> None:
    """Restart the kernel through the menu: the notebook runs itself again."""
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("^Restart Kernel…")).click()
    page.locator(".jp-Dialog").get_by_role("button", name="Confirm Kernel Restart").click()
    page.wait_for_selector(READY, state="detached")
    page.wait_for_selector(READY, timeout=200_000)


def errors(page: Any) -> list[str]:
    kinds = ("vnd.jupyter.stderr", "vnd.jupyter.error")
    found = [page.locator(f".jp-OutputArea-output[data-mime-type='application/{kind}']") for kind in kinds]
    notes = page.locator(".jp-NotebookPanel:visible .seg-error")
    return [*(text for locator in found for text in locator.all_inner_texts()), *notes.all_inner_texts()]


def radio(label: str) -> Callable[[Any], Any]:
    return lambda page: page.locator(".widget-radio-box label", has_text=label).locator("input")


def tick(label: str) -> Callable[[Any], Any]:
    return lambda page: page.locator(".widget-checkbox", has_text=label).locator("input")


FOUND = {method.value for method in Method if method.found}

CASES: dict[str, tuple[Callable[[Any], Any], Callable[[Any], bool]]] = {
    "01_goals": (radio("Not now: treat all customers alike"), lambda book: book["goals"]["segment_at_all"] == "not_now"),
    "02_data": (tick("Exact copy of another row"), lambda book: book["data"]["rules_on"] == ["duplicate_row"]),
    "03_criteria": (radio("From the data: the segments found above"), lambda book: book["criteria"]["method"] in FOUND),
    "05_targeting": (
        radio("Yes: we target it"),
        lambda book: [r["target"] for r in book["targeting"]["ratings"] if r["segment_id"] in ("champions", "s1")][-1],
    ),
    "06_review": (tick("Collect what is missing first"), lambda book: "collect" in book["review"]["adjustments"]),
}


@pytest.mark.parametrize("name", CASES)
def test_a_choice_made_by_mouse_is_there_after_a_restart(page, address, workspace, name):
    control, is_saved = CASES[name]
    open_notebook(page, address, f"{name}.ipynb")
    assert not errors(page)
    if name == "02_data":  # the next notebook shows what was chosen in the one before
        row = page.locator(".jp-NotebookPanel:visible tr", has_text="Segment at all?").first
        assert "not now" in row.text_content() and "yours" in row.text_content()
    if name == "03_criteria":
        put_pots_together(page, workspace)
    assert not control(page).is_checked()
    control(page).click()
    page.locator(".seg-saved").first.wait_for(timeout=120_000)
    until(page, lambda: is_saved(decided(workspace)))
    restart(page)
    assert not errors(page)
    assert control(page).is_checked()
    if name == "03_criteria":
        take_pots_apart(page, workspace)
    assert not page.outside, "the page asked for something outside this machine"


def until(page: Any, holds: Callable[[], bool]) -> None:
    """Wait until something holds, two minutes at most: "Saved." may still stand there from the choice before."""
    for _ in range(1200):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it is not saved after two minutes")


def decided(workspace: Path) -> dict[str, Any]:
    return dict(json.loads((workspace / "workbook.json").read_text(encoding="utf-8")))


def open_pots(page: Any) -> None:
    """Go to the first of the three ways, and open what is folded there."""
    page.locator(".jupyter-widget-tab .lm-TabBar-tab", has_text="By hand").click()
    page.locator(".jupyter-widget-tab .jupyter-widget-Collapse-header:visible").first.click()


def pot(page: Any, name: str) -> Any:
    return page.locator("button.widget-toggle-button", has_text=re.compile(f"^{name}$"))


def put_pots_together(page: Any, workspace: Path) -> None:
    """Put two pots of the desktop exercise together by mouse."""
    open_pots(page)
    assert page.locator("button.widget-toggle-button").count() == 4
    pot(page, "High spend, more recent").click()
    pot(page, "High spend, longer ago").click()
    page.get_by_role("button", name="Put together").click()
    pot(page, "High spend").wait_for()
    assert page.locator("button.widget-toggle-button:visible").count() == 3
    page.locator(".seg-saved").first.wait_for(timeout=120_000)
    until(page, lambda: [entry["pots"] for entry in decided(workspace)["criteria"]["pots"]] == [["a2-b1", "a2-b2"]])


def take_pots_apart(page: Any, workspace: Path) -> None:
    """Take them apart by keyboard."""
    open_pots(page)
    pot(page, "High spend").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Take apart").focus()
    page.keyboard.press("Enter")
    pot(page, "High spend, more recent").wait_for()
    page.locator(".seg-saved").first.wait_for(timeout=120_000)
    until(page, lambda: decided(workspace)["criteria"]["pots"] == [])


def test_words_typed_on_a_persona_card_are_there_after_a_restart(page, address, workspace):
    open_notebook(page, address, "04_profiles.ipynb")
    assert not errors(page)
    card = page.locator(".widget-text", has_text="Name of the persona").locator("input")
    card.fill("The one at the window")
    card.press("Tab")
    page.locator(".seg-card", has_text="The one at the window").first.wait_for()
    assert "The one at the window" in (workspace / "workbook.json").read_text(encoding="utf-8")
    restart(page)
    assert not errors(page)
    assert card.input_value() == "The one at the window"


def test_a_notebook_that_was_saved_with_widgets_opens_readable_the_next_day(page, address, workspace):
    Session(workspace).choose(Step.GOALS, segment_at_all="not_now")
    open_notebook(page, address, "01_goals.ipynb")
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1500)
    assert "widget-view" not in (workspace / "notebooks" / "01_goals.ipynb").read_text(encoding="utf-8")
    assert radio("Not now: treat all customers alike")(page).is_checked(), "the open page stays alive"
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name="Shut Down Kernel").click()
    page.wait_for_timeout(1000)
    page.goto(address.replace("?", "?reset&"))
    page.wait_for_selector(READY)
    shown = page.locator(".jp-NotebookPanel:visible").inner_text()
    assert "Error displaying widget" not in shown
    assert "Not now: treat all customers alike" in shown


def test_what_is_chosen_is_saved_by_itself_so_that_an_export_says_it_in_words(page, address, workspace):
    session, file = Session(workspace), workspace / "notebooks" / "01_goals.ipynb"
    session.choose(Step.GOALS, segment_at_all="yes")
    open_notebook(page, address, "01_goals.ipynb")
    said = "The answer is: not now."
    until(page, lambda: page.locator(".jp-mod-dirty").count() == 0)
    assert said not in file.read_text(encoding="utf-8")
    radio("Not now: treat all customers alike")(page).click()
    panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    name = panel.locator(".widget-text", has_text="Name of your business").locator("input")
    name.fill("<i>Oven</i> & Sons")
    name.press("Tab")
    name.focus()
    page.keyboard.press("End")
    page.keyboard.type(" in Bath")
    until(page, lambda: said in (held := file.read_text(encoding="utf-8")) and "&lt;i&gt;Oven&lt;/i&gt; &amp; Sons" in held)
    page.keyboard.type("!")
    assert name.input_value() == "<i>Oven</i> & Sons in Bath!", "what is being typed is left alone"
    assert not page.locator(".jp-Dialog").count()
    exported = page.request.get(re.sub(r"/lab/tree/(.*)\?", r"/nbconvert/html/\1?", address))
    reader = page.context.browser.new_page()
    try:
        reader.set_content(exported.text(), wait_until="commit")
        shown = reader.locator("body").inner_text()
        assert said in shown and "Not now: treat all customers alike" in shown and "<i>Oven</i> & Sons" in shown
        assert "Yes, we will segment" not in shown and "yours, " in shown and "Error displaying" not in shown
        assert not reader.locator(".jp-CodeCell .jp-InputArea:visible").count(), "code is in view"
    finally:
        reader.close()


def test_a_question_that_the_files_leave_open_is_answered_by_a_click(page, address, workspace):
    session = Session(workspace)
    before = session.data_decision
    mixed = workspace / "data" / "mixed.csv"
    rows = [f"{n},2024-{1 + n % 9:02d}-11,K{n % 20:02d},{'EUR' if n % 4 else 'JPY'},{n * 7}.50" for n in range(1, 81)]
    mixed.write_text("Order,Date,Customer,Currency,Total\n" + "\n".join(rows) + "\n", encoding="utf-8")
    session.use_files([{"kind": FileKind.ORDERS, "path": mixed.name}])
    try:
        open_notebook(page, address, "02_data.ipynb")
        assert not errors(page)
        panel = page.locator(".jp-NotebookPanel:visible")
        assert panel.get_by_text("Which currency counts?").first.is_visible()
        page.get_by_role("button", name="2. only JPY").click()
        until(page, lambda: decided(workspace)["data"]["currency"] == "JPY")
        panel.get_by_text("Nothing to confirm").first.wait_for()
        assert page.get_by_role("button", name="2. only JPY").count() == 0
        # the figures below follow: 7 × (4 + 8 + … + 80) + 20 × .50
        panel.get_by_text("5,890 JPY").first.wait_for()
        assert decided(workspace)["data"]["confirmed"] == ["orders.currency"]
    finally:
        session.change(Step.DATA, lambda _: before)


CONTROLS = {
    "a list": "select",
    "a field": "input[type=text]",
    "a date": "input[type=date]",
    "alternatives": "input[type=radio]",
    "a box": "input[type=checkbox]",
    "a slider": ".noUi-handle",
    "a button": ".widget-button",
    "a folded part": ".jupyter-widget-Collapse-header",
}
LETTERS = [*"abcdefghijklmnopqrstuvwxyz0123456789"]
OTHERS = (
    "Escape d d Delete Backspace ArrowDown ArrowUp Shift+Enter Control+Enter Alt+Enter Enter Shift+M Control+Shift+- Home End"
)
KEYS = [*LETTERS, *OTHERS.split(), "Control+z", "Escape", *"xmab"]


def cells(page: Any) -> list[str]:
    """Return the kind of each cell of the notebook in front."""
    shown = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell"
    found = page.evaluate(f"[...document.querySelectorAll('{shown}')].map(e => e.className)")
    return [str(re.search(r"jp-(Code|Markdown|Raw)Cell", names)[1]) for names in found]


def test_no_key_on_any_control_touches_a_cell_and_a_link_keeps_the_forms_of_other_notebooks(page, address, workspace):
    open_notebook(page, address, "01_goals.ipynb")
    before, panel = cells(page), page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    assert not page.locator(".jp-CodeCell .jp-InputArea:visible").count(), "code is in view"
    for kind, where in CONTROLS.items():
        control = panel.locator(f".jp-OutputArea {where}:visible").first
        control.focus()
        for key in KEYS:
            page.keyboard.press(key)
        assert not page.locator(".jp-Dialog").count(), f"a key on {kind} asked something"
        assert cells(page) == before, f"a key on {kind} changed cells"
    panel.locator(".jp-MarkdownOutput").first.click()  # and with no control in focus
    for key in KEYS:
        page.keyboard.press(key)
    assert cells(page) == before
    name = panel.locator(".widget-text", has_text="Name of your business").locator("input")
    name.fill("Blue Door")
    name.press("Tab")
    until(page, lambda: decided(workspace)["goals"]["business"]["name"] == "Blue Door")
    panel.locator(".seg-banner a", has_text="4\u00a0Profiles").click()
    page.wait_for_selector(".lm-TabBar-tab.lm-mod-current:has-text('04_profiles')")
    page.wait_for_selector(READY, timeout=200_000)
    page.locator(".lm-TabBar-tab", has_text="01_goals").click()
    name.fill("Green Door")
    name.press("Tab")
    until(page, lambda: decided(workspace)["goals"]["business"]["name"] == "Green Door")
    page.locator(".lm-TabBar-tab", has_text="04_profiles").click()
    told = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) tr", has_text="Business").first
    until(page, lambda: "Green Door" in told.text_content())


def test_a_program_that_stops_is_said_and_what_is_shown_afterwards_is_what_is_kept(page, address, workspace):
    open_notebook(page, address, "01_goals.ipynb")
    panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    name = panel.locator(".widget-text", has_text="Name of your business").locator("input")
    name.fill("x" * 300)
    name.press("Tab")
    fault = panel.locator(".seg-fault")
    fault.wait_for()
    assert "Not saved. name is too long: 200 characters fit, this has 300." in fault.inner_text()
    assert re.search("Still saved: “|Nothing is saved", fault.inner_text())
    assert "not saved" in panel.locator(".seg-saved").first.inner_text()
    kept = decided(workspace)["goals"]["business"]["name"]
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name="Shut Down Kernel").click()
    bar = page.locator(".segkit-bar.segkit-stopped")
    bar.wait_for()
    assert "has stopped" in bar.inner_text() and "what you change now is not saved" in bar.inner_text()
    bar.get_by_role("button", name="Start it again").click()
    page.wait_for_selector(READY)
    assert name.input_value() == kept and not bar.count()
    page.reload()
    page.wait_for_selector(READY)
    assert name.input_value() == kept and not errors(page)
