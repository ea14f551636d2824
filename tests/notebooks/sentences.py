"""What the notebooks say, as a reader meets it: sentences with a figure or a word for a share, and the tables beside them."""

import re
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from nbformat import NotebookNode

SHARE_WORDS = re.compile(
    r"\b(most|mostly|half|few|fewer|all|none|nobody|hardly|nearly|every|recent|lately|quiet|long ago|best|largest|smallest|"
    r"highest|lowest|furthest|strongest|surest)\b",
    re.IGNORECASE,
)
FIGURE = re.compile(r"(?<![\w.,–])−?\d[\d,]*(?:\.\d+)?(?:\s%)?")

PEOPLE = {"persona_card", "plan_card"}


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
    bare = figure.removesuffix("%").strip().replace(",", "").replace("−", "-")
    places = len(bare.partition(".")[2])
    scale = 0.01 if figure.endswith("%") else 1.0
    return float(bare) * scale, 0.5 * 10**-places * scale


def read(notebooks: list[NotebookNode]) -> Read:
    """Read the outputs of notebooks that have run; what people wrote in cards, and the list of steps, is left out."""
    found = Read()
    for number, notebook in enumerate(notebooks, 1):
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                _take(found, number, cell.source.splitlines()[-1], output.data.get("text/html", ""))
    return found


def _take(found: Read, notebook: int, piece: str, html: str) -> None:
    page = BeautifulSoup(html, "html.parser")
    for away in page(["style", "dl", "nav", "ol"]):
        away.decompose()
    for one in page("table"):
        rows = [[" ".join(cell.get_text(" ").split()) for cell in row(["th", "td"])] for row in one("tr")]
        found.tables.append(rows)
        one.decompose()
    for part in page(["p", "figcaption", "li"]):
        text = " ".join(part.get_text(" ").split())
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z“])", text):
            if FIGURE.search(sentence) or SHARE_WORDS.search(sentence):
                found.sentences.append(Said(notebook, piece, sentence))
