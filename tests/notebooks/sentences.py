"""What the notebooks say, as a reader meets it: sentences with a figure or a word for a share, and the tables beside them."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from nbformat import NotebookNode

SHARE_WORDS = re.compile(
    r"\b(most|mostly|half|few|fewer|all|none|nobody|hardly|nearly|every|recent|lately|quiet|long ago|best|largest|smallest|"
    r"highest|lowest|furthest|strongest|most certain)\b",
    re.IGNORECASE,
)
FIGURE = re.compile(r"(?<![\w.,–])−?\d[\d,]*(?:\.\d+)?(?:\s%)?")

SAID, CELLS, HIDDEN = ("p", "figcaption", "li"), ("th", "td"), ("style", "dl", "ol", "nav")
"""Elements that say something, those that stand in a table, and those that people wrote, or that lead elsewhere."""


@dataclass(frozen=True)
class Said:
    """One sentence: the number of the notebook, the piece that says it, and its words."""

    notebook: int
    piece: str
    text: str


@dataclass
class Read:
    """All that notebooks say: sentences, and rows of tables as the texts of their cells, the header first."""

    sentences: list[Said] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)


def figures(text: str) -> list[str]:
    """Return the figures of a text as they stand there: "1,061", "38 %"."""
    return [found.rstrip(",") for found in FIGURE.findall(text)]


def amount(figure: str) -> tuple[float, float]:
    """Return the value of a figure, and how far from it a true value may lie: half of its last place."""
    if figure.startswith("under "):
        most, _ = amount(figure.removeprefix("under "))
        return most / 2, most / 2
    bare = figure.removesuffix("%").strip().replace(",", "").replace("−", "-")
    places = len(bare.partition(".")[2])
    scale = 0.01 if figure.endswith("%") else 1.0
    return float(bare) * scale, 0.5 * 10**-places * scale


class _Page(HTMLParser):
    """Takes paragraphs, captions and lists for what is said, and the rows of tables."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.hidden = 0
        self.words: list[str] | None = None

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        if tag in HIDDEN:
            self.hidden += 1
        elif tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in SAID or tag in CELLS:
            self.words = []

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self.hidden -= 1
        elif self.words is not None and (tag in SAID or tag in CELLS):
            text = " ".join("".join(self.words).split())
            self.words = None
            if tag in CELLS:
                self.tables[-1][-1].append(text)
            elif not self.hidden:
                self.said.append(text)

    def handle_data(self, data: str) -> None:
        if self.words is not None and not self.hidden:
            self.words.append(data)


def read(notebooks: list[NotebookNode], report: str = "") -> Read:
    """Read the outputs of notebooks that have run, and the report made of them.

    What people wrote in cards, and the list of steps, is left out.
    """
    found = Read()
    for number, notebook in enumerate(notebooks, 1):
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                _take(found, number, cell.source.splitlines()[-1], output.data.get("text/html", ""))
    _take(found, 0, "report", report)
    return found


def _take(found: Read, notebook: int, piece: str, html: str) -> None:
    page = _Page()
    page.feed(html)
    found.tables += page.tables
    found.sentences += [
        Said(notebook, piece, sentence)
        for text in page.said
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z“])", text)
        if FIGURE.search(sentence) or SHARE_WORDS.search(sentence)
    ]
