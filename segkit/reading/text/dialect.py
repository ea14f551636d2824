"""How a text file marks its cells: delimiter, quotes, header. Decided from evidence."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from segkit.reading.headers import has_cells, header_rows, kind_of, rows_above, value_columns
from segkit.reading.text.parse import BLANKS, Marks, numbered_rows, split_rows

DELIMITERS = {
    ",": "comma",
    ";": "semicolon",
    "\t": "tab",
    "|": "vertical bar",
    " ": "blank",
    BLANKS: "runs of spaces",
    "^": "caret",
    "~": "tilde",
    "§": "section sign",
    "¦": "broken bar",
    ":": "colon",
    "\x01": "start-of-heading sign (Ctrl+A)",
    "\x1f": "unit separator",
    "": "none",
}
_TRUST = {" ": 0.6, BLANKS: 0.6, ":": 0.5}
"""Signs that occur inside ordinary text count for less."""

_SIGNS = re.escape("|~^;:,#@&§¦*+!=\\\t")
_FRAMED = re.compile(r"([$%<>/-])([|~^;,#@§¦*+!])(?:\1|(?<=<.)>)")
_AT_THE_END = re.compile(r"[|~^;,#@&§¦$*+!\\\t]{1,3}$")

SAMPLE_LINES = 300
LATER_LINES = 100


@dataclass(frozen=True)
class Told:
    """What a person decided about the marks of a text file; None lets the file tell."""

    delimiter: str | None = None
    skip: int | None = None
    header: bool | None = None
    quote: str | None = None
    """The sign around texts; empty where quote marks are plain signs."""


@dataclass(frozen=True)
class Dialect:
    """The decisions needed to split a text file into cells.

    ``skip`` counts the lines above the table; ``header`` counts the rows that hold names (0 where there are none); ``width`` is
    the number of cells that most rows have.
    """

    marks: Marks
    skip: int = 0
    header: int = 1
    width: int = 1


def detect(text: str, *, whole: bool = True, later: str = "", told: Told | None = None) -> Dialect:
    r"""Decide the dialect of a text from its beginning, and from lines of its middle and end.

    Parameters
    ----------
    text : str
        Beginning of the file, lines ended by ``\n``.
    whole : bool
        Whether this is all of it; otherwise its last line may be cut off.
    later : str
        Further whole lines.
    told : Told, optional
        What a person decided.
    """
    told = told or Told()
    lines = text.split("\n")
    if len(lines) > 1 and (not whole or lines[-1] == ""):
        lines = lines[:-1]
    lines = lines[told.skip or 0 :][:SAMPLE_LINES]
    further = later.split("\n")[:: max(1, later.count("\n") // LATER_LINES)] if later else []
    sample = [*lines, *further]
    candidates = _candidates("\n".join(sample), told.delimiter, told.quote)
    marks = max(candidates, key=lambda marks: _fitness(sample, marks))
    if told.delimiter is None:
        marks = _of_several_signs(sample, marks)
    width = _width([cells for cells in split_rows(sample, marks)])
    marks = replace(marks, values=tuple(value_columns([row for row in split_rows(sample, marks, width) if len(row) == width])))
    rows = list(numbered_rows(lines, marks, width))
    after_blank = [i > 0 and not has_cells(rows[i - 1][1]) for i in range(len(rows))]
    after_blank = [empty or not lines[line - 1].strip() for empty, (line, _) in zip(after_blank, rows, strict=True)]
    after_blank = [apart for apart, (_, cells) in zip(after_blank, rows, strict=True) if has_cells(cells)]
    rows = [row for row in rows if has_cells(row[1])]
    above = 0
    if told.skip is None:
        above = rows_above([cells for _, cells in rows], width, after_blank)
    skip = (told.skip or 0) + (rows[above][0] if rows else 0)
    body = [cells for _, cells in rows[above:]]
    header = header_rows(body) if told.header is None else (max(header_rows(body), 1) if told.header else 0)
    return Dialect(marks, skip, header, width)


def _candidates(sample: str, told: str | None = None, told_quote: str | None = None) -> list[Marks]:
    """Return the combinations of signs that the sample could be written with, the most usual first."""
    delimiters = [d for d in DELIMITERS if d in ("", BLANKS) or d in sample] if told is None else [told]
    found = []
    for delimiter in delimiters:
        sign = r"\s" if delimiter == BLANKS else re.escape(delimiter) or r"\n"
        for quote in ('"', "'") if told_quote is None else (told_quote,):
            at_border = re.search(rf"(?:^|{sign} ?){quote}|{quote}(?:{sign}|$)", sample, re.MULTILINE)
            if quote == "'" and told_quote is None and not (at_border and delimiter):
                continue
            escaped = re.search(rf"[^\\{quote}](?:\\\\)*\\{quote}(?! *(?:{sign}|$))", sample, re.MULTILINE)
            doubled = re.search(rf"[^\\{quote}{re.escape(delimiter[:1])}\n]{quote}{quote}", sample)
            escape = "\\" if quote and escaped and not doubled else ""
            padded = len(delimiter) == 1 and delimiter != " " and delimiter.strip() != "" and _is_padded(sample, delimiter)
            found.append(Marks(delimiter, quote, escape, padded))
    return found


def _of_several_signs(sample: list[str], marks: Marks) -> Marks:
    """Return marks with a delimiter of two or three signs, and with the signs that end every row, where the lines show them.

    Such a delimiter stands equally often in every line, that of the names included, and the single sign nowhere beside it: the
    delimiters around an empty cell part two names in the first line.
    """
    sign, end = marks.delimiter, ""
    lines = [line.rstrip() if sign != "\t" else line for line in sample if line.strip() and sign in line]
    if len(lines) < 2 or sign in (" ", BLANKS) or marks.padded:
        return marks
    ends = {match[0] if (match := _AT_THE_END.search(line)) else "" for line in lines}
    if len(ends) == 1:
        (end,) = ends
    inner = [line.removesuffix(end) for line in lines]
    runs = re.findall(f"[{_SIGNS}]{{2,}}", inner[0])
    found = {run[at : at + size] for run in runs for size in (3, 2) for at in range(len(run) - size + 1)}
    found |= {match[0] for match in _FRAMED.finditer(inner[0])}
    for signs in sorted(found, key=lambda signs: (-len(signs), -inner[0].count(signs), signs)):
        times = {line.count(signs) for line in inner}
        alone = bool(sign) and any(line.count(sign) != line.count(signs) * signs.count(sign) for line in inner)
        if len(times) == 1 and not alone:
            return replace(marks, delimiter=signs, end=end)
    return replace(marks, end=end) if sign and end.strip(sign) and sign in end else marks


def _is_padded(sample: str, delimiter: str) -> bool:
    """Tell whether a blank follows every delimiter that is not the last sign of its line."""
    inside = [line for line in sample.split("\n") if delimiter in line]
    after = Counter(following for line in inside for following in re.findall(rf"{re.escape(delimiter)}(.)", line))
    return after[" "] > 2 and after[" "] >= 0.98 * after.total()


def _width(rows: list[list[str]]) -> int:
    """Return the number of cells that most rows have, the larger one of two equally common."""
    widths = Counter(len(row) for row in rows)
    return max(widths.items(), key=lambda item: (item[1], item[0]))[0] if widths else 1


def _fitness(lines: list[str], marks: Marks) -> float:
    """Score a dialect: how many rows agree on their number of cells, and how many cells look like values."""
    rows = list(split_rows(lines, marks))
    if not rows:
        return 0.0
    width = _width(rows)
    if width <= 1:  # 0: nothing but blanks, as some control characters count
        return 0.05 if marks.delimiter == "" else 0.0
    agree = sum(len(row) == width for row in rows) / len(rows)
    cells = [cell for row in rows if len(row) == width for cell in row]
    clean = sum(map(_is_clean, cells)) / len(cells)
    usual = _TRUST.get(marks.delimiter, 1.0) * (1.0 if marks.quote == '"' else 0.99)
    return usual * agree**2 * clean**2 * (1 - 1 / (width + 1))


def _is_clean(cell: str) -> bool:
    """Tell whether a cell looks like one value: no sign of another delimiter and no quotes around it left over."""
    cell = cell.strip()
    if kind_of(cell) != "text":
        return True
    left_over = len(cell) > 1 and cell[0] in "\"'" and (cell[0] == cell[-1] or cell[0] not in cell[1:])
    return not left_over and not (re.search(r"[;\t|]|,\S", cell) and len(cell) < 200)
