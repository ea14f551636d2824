"""What the cells of a survey mean: rows that repeat the questions, boxes that are ticked, several answers in one cell."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from segkit.reading.values.cells import is_missing, looks_like

_JSON = re.compile(r'^\{\s*"\w+"\s*:')
_SEPARATORS = (";", "|", "\n", ",")
MOST_PARTS = 30
_LONGEST_PART = 80
_TICKS = ("1", "x", "true", "yes", "checked", "selected", "ja", "oui", "si", "sí", "sim", "y", "✓", "✔", "☑")
_RESPONSE = ("response", "open ended response", "open-ended response")

Cells = Mapping[str, int]
"""Different filled cells of a column, each with its number of rows."""


def rows_of_questions(top: Sequence[Sequence[str | None]], columns: Sequence[Cells]) -> int:
    """Return how many of the first rows repeat questions or hold marks of the form program, and are no answers.

    A row of marks is written as JSON. A row of questions differs from the answers under it in every column: none of its texts
    comes again where answers do, none is a number or a date where these are.

    Parameters
    ----------
    top : sequence of sequence of str
        The first rows.
    columns : sequence of mapping of str to int
        The cells of each column.
    """
    found = 0
    for number, row in enumerate(top, 1):
        cells = [cell or "" for cell in row]
        marks = any(_JSON.match(cell) for cell in cells)
        fits = [fit for cell, column in zip(cells, columns, strict=True) if (fit := _fits(cell, column)) is not None]
        if marks or (len(fits) >= 2 and not any(fits)):
            found = number
    return found


def _fits(cell: str, column: Cells) -> bool | None:
    """Tell whether a cell is like the others of its column; None where these do not tell."""
    others = sum(column.values()) - 1
    if is_missing(cell) or others < 5 or len(column) <= 1:
        return None
    kinds = Counter(looks_like(text) for text, rows in column.items() for _ in range(min(rows, 3)) if text != cell)
    kind, rows = kinds.most_common(1)[0]
    if kind in ("number", "date") and rows >= 0.8 * kinds.total():
        return looks_like(cell) == kind
    return column.get(cell, 0) > 1 if len(column) - 1 <= max(2, 0.5 * others) else None


def names_below(header: Sequence[str], row: Sequence[str | None]) -> list[str]:
    """Return the names of columns whose items stand in a row under their questions.

    A name that had to be made up ("Column 4") belongs to the question on its left; a code ("Q3_1") gives way to the text below.
    """
    names, question = [], ""
    for name, cell in zip(header, row, strict=True):
        item = " ".join((cell or "").split())
        made_up = bool(re.fullmatch(r"Column \d+", name))
        question = question if made_up else name
        if not item or item.lower() in _RESPONSE:
            names.append(name)
        elif re.fullmatch(r"[A-Za-z]{0,4}_?\d+(_\d+|_TEXT)*|\w+", question) and len(item) > len(question):
            names.append(item)
        else:
            names.append(under(question, item) if item != question else item)
    return names


def is_box(header: str, cells: Cells, rows: int) -> bool:
    """Tell whether a column is a box to tick: empty, or always the same text, which two at least have ticked."""
    (text, ticked), *others = [*cells.items(), ("", 0)]
    if others != [("", 0)] or ticked >= rows or len(text) > _LONGEST_PART:
        return False
    return ticked >= 2 or text.lower() in _TICKS or text.lower() in header.lower()


def box_name(header: str, text: str) -> str:
    """Return the name of a box: its question, with what is ticked where the question does not say it."""
    return header if text.lower() in _TICKS or text.lower() in header.lower() else under(header, text)


def under(question: str, item: str) -> str:
    """Return the name of an item under its question.

    >>> under("Where do you buy?", "Online"), under("Channels", "Online")
    ('Where do you buy? Online', 'Channels: Online')
    """
    return f"{question} {item}" if question[-1:] in "?:.)" else f"{question}: {item}"


@dataclass(frozen=True)
class SeveralAnswers:
    """A column of several answers in one cell: ``parts`` maps each answer to the different cells that hold it."""

    parts: dict[str, list[str]]
    cells: int
    """Rows with more than one answer."""


def several_answers(cells: Cells) -> SeveralAnswers | None:
    """Find several answers in one cell, or None: the parts must come again in other company.

    "Shop, Online" beside "Online" and "Shop, Market" are answers; "Paris, France" beside "Berlin, Germany" are places. "1,2"
    are two answers where a cell holds three ("1,2,3") or where the second number is always the larger one.
    """
    for separator in _SEPARATORS:
        if any(separator in cell for cell in cells) and (found := _split(cells, separator)):
            return found
    return None


def _split(cells: Cells, separator: str) -> SeveralAnswers | None:
    lists = {cell: [part for one in cell.split(separator) if (part := " ".join(one.split()))] for cell in cells}
    lists = _rejoined(lists, separator)
    several = {cell: parts for cell, parts in lists.items() if len(parts) > 1}
    if len(several) < 2 or any(looks_like(cell) == "date" for cell in several):
        return None
    if all(re.fullmatch(r"-?\d+", part) for parts in several.values() for part in parts) and not _codes(several, separator):
        return None
    where: dict[str, list[str]] = {}
    for cell, parts in sorted(lists.items()):
        for part in dict.fromkeys(parts):
            where.setdefault(part, []).append(cell)
    rows = sum(cells.values())
    known = {part: found for part, found in where.items() if len(found) > 1}
    single = {part: found for part, found in where.items() if len(found) == 1 and cells[found[0]] >= max(2, 0.03 * rows)}
    rare = sorted({cell for part, found in where.items() if part not in known and part not in single for cell in found})
    company = all(any(part in known for part in parts) for parts in several.values())
    too_rare = sum(cells[cell] for cell in rare) > 0.2 * rows or 2 * len(single) > len(known)
    known |= single
    if not 2 <= len(known) <= MOST_PARTS or not company or too_rare or max(map(len, known)) > _LONGEST_PART:
        return None
    order = sorted(known, key=lambda part: (not part.isdigit(), int(part) if part.isdigit() else 0, part))
    answers = {part: known[part] for part in order} | ({"other answers": rare} if rare else {})
    return SeveralAnswers(answers, sum(cells[cell] for cell in several))


def _codes(several: Mapping[str, Sequence[str]], separator: str) -> bool:
    """Tell numbers of answers from decimals: rising within each cell, and often or more than two."""
    rising = all(int(a) < int(b) <= MOST_PARTS for parts in several.values() for a, b in pairwise(parts))
    sure = separator != "," or any(len(parts) > 2 or ", " in cell for cell, parts in several.items())
    return rising and (sure or len(several) >= 5)


def _rejoined(lists: dict[str, list[str]], separator: str) -> dict[str, list[str]]:
    """Put together again what never stands apart: an answer such as "price, quality" that holds the separator itself."""
    alone: Counter[str] = Counter(part for parts in lists.values() for part in parts)
    pairs = Counter(pair for parts in lists.values() for pair in pairwise(parts))
    joined = {a: b for (a, b), n in sorted(pairs.items()) if n == alone[a] == alone[b] and n > 1}
    if not joined:
        return lists
    found: dict[str, list[str]] = {}
    for cell, parts in lists.items():
        kept: list[str] = []
        last = ""
        for part in parts:
            if last and joined.get(last) == part:
                kept[-1] += f"{separator} {part}"
            else:
                kept.append(part)
            last = part
        found[cell] = kept
    return found
