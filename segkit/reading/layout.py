"""Where in a file the table ends: further tables below it, empty rows in it, totals and remarks at its end."""

import re
from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from segkit.reading.headers import UNKNOWN, VALUES, filled_cells, has_cells
from segkit.reading.values.cells import is_missing, looks_like

Row = tuple[int, list[str]]
"""A row of cells with the number of the line where it begins, from 0."""

MOST_LAST_ROWS = 30
"""So many rows at the end may be totals and remarks."""

ENOUGH = 6
"""A table of more columns is not larger for that."""

_COMPARED = 1_000_000
_TOTAL = re.compile(
    r"^\W*(?:grand |sub-?)?(?:totals?|sum|summe|gesamt(?:summe)?|zwischensumme|endsumme|somme|suma|totaal"
    r"|totale|razem|summa|итого|σύνολο)"
    r"\b(?: (?:general|général|général|of .*|amount|sum|eur|usd|gbp))?\W*$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"^\W*\d+ (?:rows?|records?|lines?|entries|zeilen|datensätze|lignes|filas|rijen)\b.*$", re.IGNORECASE)


class Tables:
    """Deals the rows below the first names out to the tables of a file: 0 is the first, and so on.

    A further table begins where a row of names is followed by rows as wide as it is, below a blank line or with another
    width than the table before it. Names that come once more begin a part that belongs to the earlier table of those names,
    unless it only repeats the rows of that table.
    """

    def __init__(self, names: list[str], width: int) -> None:
        self.names: list[list[str]] = [names]
        self.begins: list[int] = [0]
        self.rows: list[int] = [0]
        self.widest: list[int] = [width]
        self.ragged: list[int] = [0]
        self.empty = 0
        self._usual: list[int] = [width]
        self._same_as: list[int] = [0]
        self._marks: list[array[int]] = [array("q")]

    def deal(self, rows: Iterable[Row]) -> Iterator[tuple[int, int, list[str]]]:
        """Return each row with the number of its table and of its line; rows of names below the first are left out."""
        ahead: deque[Row] = deque()
        before: Row | None = None
        heads = {names[0] for names in self.names if names}
        for row in chain(rows, [None, None]):
            if row is not None:
                ahead.append(row)
                if len(ahead) < 3:
                    continue
            if not ahead:
                break
            at, cells = ahead.popleft()
            if not has_cells(cells):  # as good as a blank line
                self.empty += 1
                continue
            apart = before is not None and at > before[0] + 1 and at > before[0] + 1 + sum(c.count("\n") for c in before[1])
            before = (at, cells)
            usual = len(cells) == self._usual[-1] and not apart
            if (not usual or cells[0] in heads) and self._begins_table(at, cells, apart, [other for _, other in ahead]):
                heads.add(cells[0])
                continue
            self._count(cells)
            yield len(self.names) - 1, at, cells

    def _count(self, cells: list[str]) -> None:
        self.rows[-1] += 1
        self.ragged[-1] += len(cells) != self._usual[-1]
        self.widest[-1] = max(self.widest[-1], len(cells))
        if len(self._marks[0]) < _COMPARED:
            self._marks[-1].append(hash(tuple(cells)))

    def _begins_table(self, at: int, cells: list[str], apart: bool, following: list[list[str]]) -> bool:
        again = self.names.index(cells) if cells in self.names and filled_cells(cells) > 1 else None
        if again is None:
            if not (apart or len(cells) != self._usual[-1]) or not self.rows[-1] or len(following) < 2:
                return False
            if any(len(row) != len(cells) for row in following) or not _are_names(cells, following):
                return False
        self.names.append(cells)
        self.begins.append(at)
        self.rows.append(0)
        self.widest.append(len(cells))
        self.ragged.append(0)
        self._usual.append(len(cells))
        self._same_as.append(len(self.names) - 1 if again is None else self._same_as[again])
        self._marks.append(array("q"))
        return True

    def parts_of(self, table: int) -> tuple[list[int], int]:
        """Return the numbers under which a table's rows were dealt, and how often its rows stand there once more."""
        parts, copies, mine = [table], 0, self._marks[table]
        for number in range(table + 1, len(self.names)):
            if self._same_as[number] != table:
                continue
            marks = self._marks[number]
            if marks and marks == mine[: len(marks)] and self.rows[table] <= _COMPARED and len(marks) > 0.5 * len(mine):
                copies += 1
            else:
                parts.append(number)
        return parts, copies

    def different(self) -> list[int]:
        """Return the tables that are no part of an earlier one, each by its number."""
        return [number for number, first in enumerate(self._same_as) if number == first]

    def size(self, table: int) -> int:
        """Weigh a table, its parts included: by its rows, less where it has only a few columns."""
        return sum(self.rows[part] * min(self._usual[part], ENOUGH) for part in self.parts_of(table)[0])

    def largest(self) -> int:
        """Return the largest table, the first of those that are equal."""
        return max(self.different(), key=lambda number: (self.size(number), -number))


def _are_names(cells: list[str], following: list[list[str]]) -> bool:
    """Tell whether a row has words only, each another, where the two rows below it have values."""
    cells = cells[: max((i + 1 for i, cell in enumerate(cells) if cell.strip()), default=0)]
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) < 2 or len(filled) < 0.8 * len(cells) or len(set(filled)) < len(filled):
        return False
    if any(looks_like(cell) != "text" or len(cell) > 60 for cell in filled):
        return False
    return any(all(looks_like(row[i]) in VALUES for row in following) for i in range(len(cells)))


def last_rows(body: Sequence[Sequence[str | None]], end: Sequence[Sequence[str | None]], apart: int | None = None) -> int:
    """Return how many of the last rows of a table are totals and remarks.

    Parameters
    ----------
    body : sequence of rows
        Rows from all over the table.
    end : sequence of rows
        Its last rows, in order.
    apart : int, optional
        The one of the last rows that empty rows set apart, where nothing else in the table is.
    """
    width = max((len(row) for row in body), default=0)
    typical = [[str(row[i]) for row in body if i < len(row) and row[i]] for i in range(width)]
    always = [i for i in range(width) if len(typical[i]) >= 0.9 * len(body)]
    typed = [i for i in always if _holds_values(typical[i])]
    coded = [i for i in always if sum(_is_code(cell) for cell in typical[i]) >= 0.9 * len(typical[i])]
    count = 0
    if apart is not None and _are_notes(end[apart:], always, typed):
        count = len(end) - apart
    for back, row in enumerate(reversed(end), 1):
        if back > MOST_LAST_ROWS or back >= len(body):
            break
        filled = [(i, str(cell)) for i, cell in enumerate(row) if cell is not None and not is_missing(str(cell))]
        if filled and (
            _is_total(filled, width) or _is_remark(filled, width, typical) or _is_note(filled, always, typed, coded)
        ):
            count = max(count, back)
        elif filled and back > count:
            break
    return count


def _are_notes(rows: Sequence[Sequence[str | None]], always: list[int], typed: list[int]) -> bool:
    """Tell whether rows that stand apart are none of the table: a single text first, and cells lacking in all of them."""
    filled = [{i: str(cell) for i, cell in enumerate(row) if cell is not None and not is_missing(str(cell))} for row in rows]
    lacking = len(always) > 2 and all(any(i not in cells for i in always) for cells in filled)
    return (
        lacking and len(filled[0]) == 1 and not any(looks_like(cells.get(i, "")) in VALUES for cells in filled for i in typed)
    )


def _holds_values(cells: Sequence[str]) -> bool:
    return len(cells) > 1 and sum(looks_like(cell) in VALUES for cell in cells) >= 0.8 * len(cells)


def _is_code(cell: str) -> bool:
    """Tell whether a cell is one word with a digit in it, as numbers of orders and customers are."""
    return " " not in cell.strip() and any(sign.isdigit() for sign in cell)


def _is_note(filled: list[tuple[int, str]], always: list[int], typed: list[int], coded: list[int]) -> bool:
    """Tell whether a row of several texts is none of the table: words where only values stand, and gaps where none are.

    A row with a number of its own where each row has one is a row of the table, however much it lacks.
    """
    cells = dict(filled)
    if any(i in cells and _is_code(cells[i]) for i in coded):
        return False
    kinds = [looks_like(cells[i]) for i in typed if i in cells]
    if len(filled) < 2 or not typed or any(kind in VALUES for kind in kinds) or all(i in cells for i in always):
        return False
    words = any(cells[i].strip().lower() not in UNKNOWN for i in typed if i in cells)
    return words or sum(i not in cells for i in always) > 0.6 * len(always)


def is_sum(row: Sequence[str | None]) -> bool:
    """Tell whether a row sums up others."""
    filled = [(i, str(cell)) for i, cell in enumerate(row) if cell is not None and not is_missing(str(cell))]
    return bool(filled) and _is_total(filled, len(row))


def _is_total(filled: list[tuple[int, str]], width: int) -> bool:
    """Tell whether a row sums up: a word for it comes first, and cells are missing between it and the sums."""
    word = filled[0][1].strip().rstrip(":")
    return (
        bool(_TOTAL.match(word)) and (len(filled) < width or width < 3) and all(looks_like(c) in VALUES for _, c in filled[1:])
    )


def _is_remark(filled: list[tuple[int, str]], width: int, typical: list[list[str]]) -> bool:
    """Tell whether the one text in a row is no cell of its column."""
    if len(filled) > 1 or width < 2:
        return False
    at, text = filled[0][0], filled[0][1].strip()
    if _COUNTED.match(text):
        return True
    usual = typical[at]
    if looks_like(text) != "text" or not usual or (width < 3 and " " not in text):
        return False
    values = _holds_values(usual)
    digits = sum(any(sign.isdigit() for sign in cell) for cell in usual) >= 0.9 * len(usual)
    longer = len(text) > 2 * max(map(len, usual)) and " " in text
    return values or longer or (digits and not any(sign.isdigit() for sign in text))
