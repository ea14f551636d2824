"""Hostile text in every form of output: it stands there as text, turns nothing round, and nothing runs it."""

import csv
import io
import json
import re
import unicodedata
from html.parser import HTMLParser

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from nbformat import v4

from segkit.command.cli import tell
from segkit.decisions.profiles import Persona
from segkit.html.notes import choices, note, sentence
from segkit.html.piece import Html, escaped, folded, stacked
from segkit.html.profiles.persona_card import persona_card
from segkit.html.tables import table
from segkit.plots.picture import drawn, picture
from segkit.plots.style import plain, wrap
from segkit.report.page import ReportSummary, render_report
from segkit.widgets import controls
from segkit.words.errors import DataError
from segkit.words.terms import Step
from segkit.writing.tables import csv_bytes, defused, json_bytes
from tests.hostile import BIDI, STRINGS, acts_unseen
from tests.made_up import profiles

CLEAN = [text for text in STRINGS if "\ud800" not in text]
"""What can be in a file at all: half a character pair cannot."""

ROW = profiles().summary.iloc[0]

OURS = {
    "p",
    "div",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "caption",
    "details",
    "summary",
    "span",
    "br",
    "dl",
    "dt",
    "dd",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "figure",
    "figcaption",
    "img",
    "strong",
    "b",
    "em",
    "section",
    "article",
    "header",
}


class Page(HTMLParser):
    """Reads a page as a browser does: which elements it has, what they say, and the texts in which MathJax would look."""

    def __init__(self, body):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.strings = set(), [], [""]
        self.feed(body)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs
        if tag != "br":
            self.strings.append("")

    def handle_endtag(self, tag):
        self.strings.append("")

    def handle_data(self, data):
        self.strings[-1] += data


FORMULA = re.compile(r"\$.*\$|\\\(.*\\\)|\\\[.*\\\]|\\begin\{", re.DOTALL)


def safe(html, allowed=OURS):
    page = Page(html)
    assert page.tags <= allowed, page.tags - allowed
    named = {name for name, _ in page.attributes}
    assert not {name for name in named if name.startswith("on")} and not {"href", "action", "srcdoc", "formaction"} & named
    assert not acts_unseen(html)
    assert not [text for text in page.strings if FORMULA.search(text)]
    return "".join(page.strings)


def test_there_are_more_than_three_hundred_of_them():
    assert len(STRINGS) == len(set(STRINGS)) > 300
    assert (
        sum(text.startswith(("=", "+", "-", "@")) for text in STRINGS) > 30
        and sum(mark in "".join(STRINGS) for mark in BIDI) == 12
    )


@pytest.mark.parametrize("form", ["table", "header", "caption", "note", "choices", "card", "folded", "reason"])
def test_a_page_shows_it_as_text(form):
    for text in CLEAN:
        made = {
            "table": lambda text=text: table(pd.DataFrame({"segment": [text], "share": [0.27]})),
            "header": lambda text=text: table(pd.DataFrame([[1]], columns=[text or "x"])),
            "caption": lambda text=text: table(pd.DataFrame({"a": [1]}), caption=text),
            "note": lambda text=text: note("warning", text),
            "choices": lambda text=text: choices([("Name", text, "yours")], text),
            "card": lambda text=text: persona_card(
                Persona(segmentation="0" * 8, segment_id="s1", name=text[:60].strip(), needs=text), ROW, text
            ),
            "folded": lambda text=text: folded(text, sentence(text)),
            "reason": lambda text=text: note("error", str(DataError(f"The column “{text}” is empty.", f"Leave out “{text}”."))),
        }[form]()
        for html in (made.body, stacked([made, made]).body):
            said = safe(html)
        assert not acts_unseen(made.text)
        if form == "note" and text.isascii() and text.isprintable():
            assert " ".join(text.split()) in " ".join(said.split()), "what can be seen stands there as it was"


def test_a_share_stands_as_it_is_beside_a_name_that_would_turn_it_round():
    for mark in BIDI:
        assert "Hearth 27 % of all" in note("note", f"Hearth {mark}27 % of all").text
    assert note("note", "שלום 27 %").text.endswith("שלום 27 %"), "names that are written from right to left stay"


def test_a_dollar_sign_is_money_in_a_notebook_and_in_a_picture():
    two = note("note", "from $27 to $72")
    assert two.text == "Note: from $27 to $72" and "from $27 to $72" in "".join(Page(two.body).strings)
    assert stacked([two]).body == two.body, "said once, however often it is put into another piece"

    def names(figure):
        ax = figure.subplots()
        for place, text in enumerate(CLEAN):
            ax.text(0.5, place / len(CLEAN), wrap(text), fontsize=1)
            ax.text(0, 0, plain(text), fontsize=1)
        ax.set_title(wrap(CLEAN[0]))

    figure = drawn(names)
    FigureCanvasAgg(figure)
    drawn_texts = figure.axes[0].texts
    assert len(drawn_texts) == 2 * len(CLEAN) and not any(text.get_parse_math() for text in drawn_texts)
    assert not acts_unseen("".join(text.get_text() for text in drawn_texts))


def test_a_picture_is_drawn_and_told_with_any_name():
    def draw(text):
        return lambda figure: figure.subplots().set_title(wrap(text))

    for text in CLEAN[::23]:
        made = picture(draw(text), alt=text, caption=text, height=200, width=400)
        safe(made.body)
        safe(Html(made.body, "").styled.partition("</style>")[2])
        assert not acts_unseen(made.alt + made.caption)


def test_the_report_shows_it_as_text():
    cell = v4.new_code_cell(
        "x",
        metadata={"tags": ["report"]},
        outputs=[v4.new_output("display_data", data={"text/html": stacked(note("note", text) for text in CLEAN).styled})],
    )
    books = [v4.new_notebook(cells=[cell]), *(v4.new_notebook(cells=[]) for _ in list(Step)[1:])]
    said = tuple(CLEAN)
    head = ReportSummary("".join(CLEAN[:40]), None, said, tuple((text, text) for text in CLEAN), said, said)
    page = render_report(books, title=CLEAN[0], summary=head)
    body = page.partition("<body")[2]
    assert not acts_unseen(page) and "<script" not in page.lower()
    assert not {name for name, _ in Page(body).attributes if name.startswith("on")}


def live_cells(line, separator):
    """Return the cells of a line that a spreadsheet with this separator would run as a formula."""
    for cell in next(csv.reader([line], delimiter=separator), []):
        text = unicodedata.normalize("NFKC", cell).lstrip(" \u00a0'\"") if cell[:1] != "'" else ""
        if text.startswith("=") or (text[:1] in ("+", "-", "@") and re.search(r"[(|!\[=*^&]|\d[+]\d", text)):
            yield cell


def test_no_spreadsheet_runs_it_wherever_it_splits_the_line():
    for text in CLEAN:
        content = csv_bytes(pd.DataFrame({"customer_id": ["C1", text], text: [text, f"C2;{text}"]})).decode("utf-8-sig")
        for separator in ",;\t|":
            lines = list(csv.reader(io.StringIO(content))) if separator == "," else [[line] for line in content.split("\n")]
            for line in lines:
                joined = line[0] if separator != "," else None
                cells = (
                    list(live_cells(joined, separator))
                    if joined is not None
                    else [cell for cell in line if unicodedata.normalize("NFKC", cell).lstrip(' \n"').startswith("=")]
                )
                assert not cells, (text, separator, cells)
        assert not acts_unseen(content)


@pytest.mark.parametrize(
    "number", ["-A12", "+49 171 2345", "@anna", "-5", "+A-12/3", "00042", "-2,5 %", "Café = good", "O'Neil"]
)
def test_a_number_or_name_that_can_run_nothing_stays_and_matches(number):
    frame = pd.DataFrame({"customer_id": [number]})
    assert pd.read_csv(io.BytesIO(csv_bytes(frame)), dtype=str)["customer_id"].tolist() == [number] == [defused(number)]


def test_a_program_that_reads_the_summary_gets_clean_text():
    held = json.loads(json_bytes({"names": CLEAN, **{text: 1 for text in CLEAN}}))
    assert len(held["names"]) == len(CLEAN) and not acts_unseen("".join(held["names"]) + "".join(held))


def test_a_terminal_gets_no_commands(capsys):
    for text in STRINGS:
        tell(text)
    out = capsys.readouterr().out
    assert "red" in out and not {sign for sign in acts_unseen(out)}


def test_a_control_shows_it_as_text():
    for text in CLEAN:
        listed = controls.choice("Segment", [(text, 1), ("other", 2)], 1, print)
        marked = controls.several("Segments", [(text, "a")], (), print)
        boxes = controls.ticks([(text, "a")], (), print)
        for label in (listed._options_labels[0], marked._options_labels[0], boxes.children[0].description):
            assert not acts_unseen(label)
        assert not FORMULA.search(boxes.children[0].description) or "\\" in text
        assert not acts_unseen(escaped(text))
