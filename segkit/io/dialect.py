"""How a text file marks its cells: delimiter, quotes, header. Decided from evidence."""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

from segkit.io.values import looks_like

BLANKS = "blanks"
"""Stands for a delimiter that is any run of blanks."""

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar", BLANKS: "runs of blanks", "": "none"}
SAMPLE_LINES = 400


@dataclass(frozen=True)
class Dialect:
    """The decisions needed to split a text file into cells.

    ``delimiter`` is a key of ``DELIMITERS`` (empty: one column only); ``skip`` counts lines before the header or the first
    row; ``header`` tells whether the first line after them holds names.
    """

    delimiter: str
    quote: str = '"'
    skip: int = 0
    header: bool = True


def detect(text: str) -> Dialect:
    r"""Decide the dialect of a text from its beginning.

    Parameters
    ----------
    text : str
        Beginning of the file, lines ended by ``\n``.
    """
    lines = text.split("\n")[: SAMPLE_LINES + 1]
    if len(lines) > 1 and len(text) > 1:
        lines = lines[:-1] if lines[-1] == "" or len(lines) > SAMPLE_LINES else lines
    sample = "\n".join(lines)
    best = max(DELIMITERS, key=lambda delimiter: _fitness(sample, delimiter))
    rows = split(sample, best)
    return Dialect(best, '"', 0, has_header(rows))


def split(text: str, delimiter: str, quote: str = '"') -> list[list[str]]:
    """Split text into rows of cells by one dialect, leaving out blank lines."""
    if delimiter == BLANKS:
        return [line.split() for line in text.split("\n") if line.strip()]
    if delimiter == "":
        return [[line] for line in text.split("\n") if line.strip()]
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, quotechar=quote)
    try:
        return [row for row in reader if row]
    except csv.Error:
        return []


def _fitness(sample: str, delimiter: str) -> float:
    """Score a delimiter: how many rows agree on their number of cells, and how many cells look like values."""
    rows = split(sample, delimiter)
    if not rows:
        return 0.0
    widths = Counter(len(row) for row in rows)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    if width == 1:
        return 0.05 if delimiter == "" else 0.0
    agree = count / len(rows)
    cells = [cell for row in rows if len(row) == width for cell in row]
    clean = sum(looks_like(cell) != "text" or not re.search(r"[,;\t|]", cell) for cell in cells) / len(cells)
    rarity = 0.5 if delimiter == BLANKS else 1.0  # blanks occur inside ordinary text: only where nothing else fits
    return rarity * agree**2 * clean * (1 - 1 / (width + 1))


def has_header(rows: list[list[str]]) -> bool:
    """Tell whether the first row names the columns.

    It does not where one of its cells is a number or date above a column of the same kind; names are not values.
    """
    if not rows:
        return False
    first, body = rows[0], rows[1:201]
    if not body:
        return not any(looks_like(cell) in ("number", "date") for cell in first)
    for position, cell in enumerate(first):
        kind = looks_like(cell)
        if kind in ("number", "date"):
            below = [looks_like(row[position]) for row in body if position < len(row) and row[position].strip()]
            if below and below.count(kind) / len(below) > 0.5:
                return False
    return True
