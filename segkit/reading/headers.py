"""Where in a file the table begins: titles and remarks above it, and its names, in one row or several.

What tells is the columns below: a row has names where it has words over a column of numbers or dates.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from segkit.reading.values.cells import is_missing, looks_like

MOST_ABOVE = 30
MOST_HEADER_ROWS = 3
VALUES = ("number", "date")
UNKNOWN = ("n/a", "na", "none", "-", "?", "unknown", "tbd", "n.a.", "k.a.")

_SEEN = 200
_LONG = 60
_DATE_IN_TEXT = re.compile(r"\b(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2}))\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_RUN = 4
"""So many whole numbers, each one more than that before, are names such as those of the months."""

_QUESTION = 4
"""A name of more words than these is a question, and what stands below it an item."""


kind_of = lru_cache(maxsize=1 << 14)(looks_like)
"""`looks_like`, which many rows ask about the same cells."""


def filled_cells(row: Sequence[str]) -> int:
    """Count the cells that hold something."""
    return sum(not is_missing(cell) for cell in row)


def has_cells(row: Sequence[str | None]) -> bool:
    """Tell whether a row is one: separators and blanks alone are none."""
    return any(cell and not cell.isspace() for cell in row)


def rows_above(rows: list[list[str]], width: int, after_blank: list[bool] | None = None) -> int:
    """Return how many rows stand above the table: titles and remarks that fill few cells, or that a blank line sets apart.

    Parameters
    ----------
    rows : list of list of str
        All rows, titles included.
    width : int
        Cells that most rows have.
    after_blank : list of bool, optional
        For each row whether a blank line precedes it.
    """
    if width < 2:
        return 0
    above = 0
    usual = Counter(filled_cells(row) for row in rows[MOST_ABOVE:] or rows).most_common(1)[0][0] if rows else 0
    for position, row in enumerate(rows[:-1][:MOST_ABOVE]):
        filled = filled_cells(row)
        apart = after_blank is not None and after_blank[position + 1]
        remark = row[0].lstrip().startswith(("#", "%", "//"))
        few = filled <= 1 < width - 1 or (len(row) != width and filled <= max(1, width // 3))
        pair = filled <= 2 < usual - 1 and (apart or filled_cells(rows[position + 1]) <= 2)
        if few or pair or (len(row) != width and (apart or remark)):
            above = position + 1
        elif len(row) == width:
            break
    names = _names_over_values(rows)
    return above if names is None else names - _groups_over(rows, names, width, after_blank)


def _names_over_values(rows: list[list[str]]) -> int | None:
    """Return the row with a word over every column of values, the fullest of several; None where values come before it.

    Notes that fill several cells, and titles over a table of two columns, are told from names by that.
    """
    found = None
    notes = [_is_note(row) for row in rows[:MOST_ABOVE]]
    for position in range(min(len(rows) - 1, MOST_ABOVE)):
        row, body = rows[position], rows[position + 1 : position + 1 + _SEEN]
        if notes[position]:
            continue
        typed = [i for i in value_columns(body) if _share_filled(body, i) >= 0.5]
        kinds = [kind_of(row[i]) if i < len(row) else "empty" for i in typed]
        if not typed or sum(kind in VALUES for kind in kinds) > 0.5 * len(kinds):
            if typed and not is_run(row, body):
                break
            kinds = []
        usual = Counter(map(filled_cells, body)).most_common(1)[0][0]
        names = bool(typed) and filled_cells(row) >= max(2, 0.8 * usual) and all(kind == "text" for kind in kinds)
        above = [other for other, note in zip(rows[:position], notes, strict=False) if not note]
        if names and all(filled_cells(row) > filled_cells(other) for other in above):
            found = position
    return found


def _is_note(row: Sequence[str]) -> bool:
    """Tell whether a row says something of the file: “From: …”, “from 2024-01-01”; of names all end in a colon, or none."""
    filled = [cell.strip() for cell in row if not is_missing(cell)]
    ends = [cell.endswith(":") for cell in filled]
    dated = any(_DATE_IN_TEXT.search(cell) and kind_of(cell) == "text" and len(cell) < _LONG for cell in filled)
    return bool(filled) and len(filled) < 3 and ((ends[0] and not all(ends)) or dated)


def _groups_over(rows: list[list[str]], names: int, width: int, after_blank: list[bool] | None) -> int:
    """Return how many rows right above the names have names of groups of columns: three such rows are notes, none names."""
    count = 0
    for at in range(names - 1, -1, -1):
        if (after_blank is not None and after_blank[at + 1]) or filled_cells(rows[at]) < 2:
            break
        row, below = rows[at], [cell for cell in rows[at + 1] if not is_missing(cell)]
        over = [i for i, cell in enumerate(row) if not is_missing(cell)]
        spread = sum(i + 1 < width and (i + 1 >= len(row) or is_missing(row[i + 1])) for i in over)
        if spread <= 0.5 * len(over) and len(set(below)) == len(below) and row != rows[at + 1]:
            break
        count += 1
    return count if count < MOST_HEADER_ROWS else 0


def _share_filled(body: Sequence[Sequence[str]], i: int) -> float:
    return sum(i < len(row) and not is_missing(row[i]) for row in body) / len(body)


def is_run(row: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Tell whether the numbers in a row name columns: years or other numbers in even steps, over numbers that are none."""
    places = [i for i, cell in enumerate(row) if kind_of(cell) == "number"]
    if not _is_even([row[i].strip() for i in places]):
        return False
    if any(_is_even([cells[i].strip() if i < len(cells) else "" for i in places]) for cells in body[:_SEEN]):
        return False
    below = [row[i].strip() for row in body[:_SEEN] for i in places if i < len(row) and not is_missing(row[i])]
    return len(places) >= _RUN or sum(bool(_YEAR.fullmatch(cell)) for cell in below) <= 0.5 * len(below)


def _is_even(cells: Sequence[str]) -> bool:
    """Tell whether whole numbers follow each other in even steps: two years in a row, or so many that it is no chance."""
    if len(cells) < 2 or any(not re.fullmatch(r"\d{1,4}", cell) for cell in cells):
        return False
    numbers = [int(cell) for cell in cells]
    steps = {later - earlier for earlier, later in pairwise(numbers)}
    if len(steps) > 1 or 0 in steps:
        return False
    if all(_YEAR.fullmatch(cell) for cell in cells):
        return len(cells) > 2 or steps in ({1}, {-1})
    return len(cells) >= _RUN and steps == {1}


def has_header(rows: list[list[str]]) -> bool:
    """Tell whether the first row names the columns.

    It does not where one of its cells is a number or date above a column of the same kind; names are not values, but for years.
    """
    if not rows:
        return False
    first, body = rows[0], rows[1 : 1 + _SEEN]
    if not body:
        return not any(kind_of(cell) in VALUES for cell in first)
    for position, cell in enumerate(first):
        kind = kind_of(cell)
        if kind in VALUES:
            below = [kind_of(row[position]) for row in body if position < len(row) and row[position].strip()]
            if below and below.count(kind) / len(below) > 0.5:
                return is_run(first, body)
    return True


def header_rows(rows: list[list[str]]) -> int:
    """Return in how many rows the names of the columns stand: 0 to 3."""
    if not has_header(rows):
        return 0
    typed = value_columns(rows[MOST_HEADER_ROWS : 1 + _SEEN])
    count = 1
    while count < min(MOST_HEADER_ROWS, len(rows) - 1) and (
        _names_again(rows[0], rows[count], typed) or _names_the_rest(rows[:count], rows[count], rows[count + 1 : count + _SEEN])
    ):
        count += 1
    return count


def value_columns(body: list[list[str]]) -> list[int]:
    """Return the columns nearly all of whose filled cells are numbers or dates."""
    found = []
    for i in range(max(map(len, body), default=0)):
        kinds = [kind_of(row[i]) for row in body if i < len(row) and not is_missing(row[i])]
        if len(kinds) >= 2 and sum(kind in VALUES for kind in kinds) >= 0.8 * len(kinds):
            found.append(i)
    return found


def _names_again(first: list[str], row: list[str], typed: list[int]) -> bool:
    """Tell whether a row below names goes on naming: it repeats them, or has words where values belong."""
    if len(row) != len(first):
        return False
    if row == first and filled_cells(row) >= 2:
        return True
    filled = [row[i].strip() for i in typed if i < len(row) and not is_missing(row[i])]
    words = {cell.lower() for cell in filled} - set(UNKNOWN)
    return len(filled) >= 2 and len(words) >= 2 and all(kind_of(cell) == "text" for cell in filled)


def _names_the_rest(above: list[list[str]], row: list[str], body: list[list[str]]) -> bool:
    """Tell whether a row names the columns that have no name yet, and lacks what every row below it has.

    So write survey tools: the question in the first row, its items in the second, nothing below what is no question.
    """
    width = max(map(len, [row, *body]), default=0)
    unnamed = [i for i in range(width) if not any(i < len(names) and names[i].strip() for names in above)]
    used = [i for i in unnamed if any(i < len(cells) and cells[i].strip() for cells in body)]
    if not used or len(unnamed) == width or any(i >= len(row) or kind_of(row[i]) != "text" for i in used):
        return False
    if any(kind_of(cell) in VALUES for cell in row) or len(body) < 2:
        return False
    lacking = [i for i, cell in enumerate(row) if i not in unnamed and not cell.strip()]
    return any(_share_filled(body, i) >= 0.95 for i in lacking)


def joined_names(rows: Sequence[Sequence[str]], *, once: bool = False) -> list[str]:
    """Return one name a column from one or several rows of names.

    ``once`` leaves out what repeats itself in a column and what is written for programs, and sets a colon behind questions.
    """
    width = max(map(len, rows), default=0)
    rows = [*(_carried(row, rows[i + 1 :], width) for i, row in enumerate(rows[:-1])), *rows[-1:]]
    columns = [[row[i] for row in rows if i < len(row) and (row[i].strip() or len(rows) == 1)] for i in range(width)]
    return [_one_name(parts) if once and len(parts) > 1 else " ".join(parts) for parts in columns]


def _carried(row: Sequence[str], below: Sequence[Sequence[str]], width: int) -> Sequence[str]:
    """Let a name above several columns, which stands above the first of them, stand above all that are named below it."""
    named = [any(i < len(names) and names[i].strip() for names in below) for i in range(width)]
    mine = [i < len(row) and bool(row[i].strip()) for i in range(width)]
    holes = any(lower and not upper for lower, upper in zip(named, mine, strict=True))
    partly = any(upper and not lower for lower, upper in zip(named, mine, strict=True))
    if not holes or filled_cells(row) < 2 or (filled_cells(row) >= 0.8 * width and not partly):
        return row
    carried, last = [], ""
    for i in range(width):
        last = row[i] if mine[i] else last
        carried.append(last if named[i] or mine[i] else "")
    return carried


def _one_name(parts: Sequence[str]) -> str:
    """Join the parts of one name: “Customer No”, “How far do you agree?: I buy local”."""
    alike: dict[str, str] = {}
    for part in parts:
        if not re.fullmatch(r"\s*\{.*\}\s*", part, re.DOTALL):  # Qualtrics writes {"ImportId":"QID1"} below its questions
            alike.setdefault(re.sub(r"\W+", "", part).lower() or part, part)
    name = ""
    for part in alike.values() if alike else parts[:1]:
        question = name.rstrip().endswith("?") or len(name.split()) > _QUESTION
        name += (": " if question else " ") * bool(name) + part
    return name
