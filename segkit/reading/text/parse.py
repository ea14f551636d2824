"""Splitting text into rows of cells, also where quotes are stray, unescaped or never closed.

A regular file gives the same cells as Python's ``csv`` module (RFC 4180). Where a row does not have the width of the table,
other readings of its quotes are tried, and the first that has the right width is taken.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from segkit.reading.headers import kind_of

BLANKS = "blanks"
"""Stands for a delimiter that is any run of blanks."""

MOST_LINES = 200
"""A quoted cell never spans more lines than this: beyond, its quote is a stray one."""

MOST_SIGNS, MOST_CELLS = 100_000, 2000
"""A row of several lines never has more signs or cells than this."""

MOST_DEEP, SHALLOW = 1000, 10
"""After so many looks as far ahead as that, the quotes of a file are stray ones, and only so many lines are looked ahead."""

MOST_WORDS = 7
MOST_STRAY = 64
"""In so many of a row's first cells a stray quote is looked for."""

_LENIENT, _EARLY, _LITERAL = "lenient", "early", "literal"
"""Ways to close a quoted cell: pairs of quotes stay in it; a pair before a delimiter closes it; quotes are plain signs."""

_OTHERS = (",", ";", "\t", "|", " ")
_BLANK = " \t\f\v\r"
Peek = Callable[[int], str | None]
"""Looks at a line ahead; 1 is the next."""


@dataclass(frozen=True)
class Marks:
    """The signs that split a text into cells.

    ``delimiter`` is one sign to three, ``BLANKS``, or empty (one column); ``quote`` and ``escape`` may be empty; ``padded``
    tells that blanks follow each delimiter and belong to no cell; ``end`` are signs that end every row before its line ends. In
    the columns ``values`` stand numbers and dates only.
    """

    delimiter: str
    quote: str = '"'
    escape: str = ""
    padded: bool = False
    end: str = ""
    values: tuple[int, ...] = field(default=(), compare=False)


def split_rows(lines: Iterable[str], marks: Marks, width: int = 0) -> Iterator[list[str]]:
    """Split lines into rows of cells; blank lines are left out (see ``numbered_rows``)."""
    return (cells for _, cells in numbered_rows(lines, marks, width))


def numbered_rows(lines: Iterable[str], marks: Marks, width: int = 0) -> Iterator[tuple[int, list[str]]]:
    """Split lines into rows of cells, each with the number of the line where it begins (from 0); blank lines are left out.

    Parameters
    ----------
    lines : iterable of str
        Lines without their ends.
    marks : Marks
        The signs.
    width : int
        Cells that a row should have; 0 where unknown.
    """
    ahead: deque[str] = deque()
    source = (line.removesuffix(marks.end) for line in lines) if marks.end else iter(lines)
    deep = 0

    def peek(number: int) -> str | None:
        nonlocal deep
        deep += number == MOST_LINES
        if number > SHALLOW and deep > MOST_DEEP:
            return None
        while len(ahead) < number:
            following = next(source, None)
            if following is None:
                return None
            ahead.append(following)
        return ahead[number - 1]

    at = 0
    simple = marks.delimiter not in ("", BLANKS) and not marks.padded and width > 1
    while (line := ahead.popleft() if ahead else next(source, None)) is not None:
        begins, at = at, at + 1
        if simple and line.count(marks.delimiter) == width - 1 and (not marks.quote or marks.quote not in line):
            yield begins, line.split(marks.delimiter)
            continue
        if not line.strip(_BLANK if marks.delimiter != "\t" else " "):
            continue
        cells, used = _row(line, peek, marks, width)
        for _ in range(used):
            ahead.popleft()
        at += used
        yield begins, cells


def _row(line: str, peek: Peek, marks: Marks, width: int) -> tuple[list[str], int]:
    """Return the cells of the row that begins with a line, and how many further lines it takes."""
    cells, used = _by_marks(line, peek, marks, width)
    if width < 3 or len(cells) == width or line.lstrip().startswith("#"):
        return cells, used
    for delimiter in _OTHERS:  # one row written with another delimiter than the rest
        if delimiter == " " and width < MOST_WORDS:
            continue  # so many words a title may have
        if delimiter != marks.delimiter and delimiter in line:
            other, lines = _by_marks(line, peek, Marks(delimiter, marks.quote, marks.escape), width)
            if len(other) == width and (len(cells) == 1 or not any(marks.delimiter in cell for cell in other)):
                return other, lines
    return cells, used


def _by_marks(line: str, peek: Peek, marks: Marks, width: int) -> tuple[list[str], int]:
    if marks.delimiter == BLANKS and not (marks.quote and marks.quote in line):
        return line.split(), 0
    if not marks.quote or marks.quote not in line:
        return [cell.strip(" ") if marks.padded else cell for cell in _plain(line, marks)], 0
    opened: list[int] = []
    lenient = _quoted_row(line, peek, marks, _LENIENT, opened=opened)
    swallows = lenient is not None and lenient[1] > 0 and _are_rows([line, *_next(lenient[1], peek)], marks, width)
    if lenient is not None and not swallows and (not width or len(lenient[0]) == width):
        return lenient
    if width and (lenient is None or lenient[1] or any(marks.quote in cell for cell in lenient[0])):
        stray = [number for number in opened if number < min(width, MOST_STRAY)]
        for literal in (-1, *stray):  # one cell that begins with a quote without being quoted
            found = _quoted_row(line, peek, marks, _EARLY if literal < 0 else _LENIENT, literal)
            if found is not None and len(found[0]) == width and not (swallows and found[1]):
                return found
        found = _quoted_row(line, peek, marks, _LITERAL)
        if found is not None and len(found[0]) == width:
            return found
    if lenient is None or swallows or _swallowed(lenient[1], peek, marks, width):
        found = _quoted_row(line, peek, marks, _LITERAL)
        assert found is not None, "a quote that is a plain sign needs no end"
        return found
    return lenient


def _next(number: int, peek: Peek) -> list[str]:
    """Return so many of the next lines."""
    return [line for ahead in range(1, number + 1) if (line := peek(ahead)) is not None]


def _are_rows(lines: list[str], marks: Marks, width: int) -> bool:
    """Tell whether lines that quotes hold together are rows of their own: the quotes are plain signs, such as inches.

    Each is as wide as the table with its quotes as plain signs, and has values where the table has them. Where no column tells,
    three lines as wide as the table are rows, since an address of three lines has not the same number of commas in each.
    """
    rows = [_plain(line, marks) for line in lines]
    if width < 2 or any(len(row) != width for row in rows):
        return False
    cells = [row[i].strip(f" {marks.quote}") for row in rows for i in marks.values if i < width]
    return all(kind_of(cell) != "text" for cell in cells) and any(cells) if marks.values else len(rows) > 2


def _swallowed(used: int, peek: Peek, marks: Marks, width: int) -> bool:
    """Tell whether the lines that a never-closed quote took into its cell are rows of their own."""
    rows = _next(used, peek)
    whole = sum(line.count(marks.delimiter) >= max(width, 2) - 1 for line in rows if marks.delimiter)
    return whole > 0.5 * len(rows)


def _plain(line: str, marks: Marks) -> list[str]:
    return line.split(marks.delimiter) if marks.delimiter else [line]


def _quoted_row(
    line: str, peek: Peek, marks: Marks, policy: str, literal: int = -1, opened: list[int] | None = None
) -> tuple[list[str], int] | None:
    """Read a row by one policy of closing quotes; None where a quoted cell is never closed.

    In the cell with the number ``literal`` quotes are plain signs. The numbers of cells that a quote opens go into ``opened``.
    """
    cells: list[str] = []
    at, used, delimiter = 0, 0, {BLANKS: " ", "": "\0"}.get(marks.delimiter, marks.delimiter)
    while True:
        start = at
        while (marks.padded or marks.delimiter == BLANKS) and line[start : start + 1] == " ":
            start += 1
        if policy != _LITERAL and len(cells) != literal and line.startswith(marks.quote, start):
            if opened is not None:
                opened.append(len(cells))
            end = _closing(line, start + 1, marks, policy)
            while end < 0:  # the cell goes on in the next line
                within = used < MOST_LINES and len(line) < MOST_SIGNS and len(cells) < MOST_CELLS
                following = peek(used + 1) if within else None
                if following is None:
                    return None
                used += 1
                seen = len(line)
                line += "\n" + following
                end = _closing(line, seen, marks, policy)
            cells.append(_inside(line[start + 1 : end], marks))
            at = end + 1
            while line[at : at + 1] == " " and delimiter != " ":
                at += 1
        else:
            end = line.find(delimiter, start)
            end = len(line) if end < 0 else end
            cells.append(line[start:end].rstrip(" ") if marks.padded else line[start:end])
            at = end
        if at >= len(line):
            return cells, used
        at += len(delimiter)
        if marks.delimiter == BLANKS:
            while line[at : at + 1] == " ":
                at += 1
            if at >= len(line):
                return cells, used


def _closing(line: str, start: int, marks: Marks, policy: str) -> int:
    """Return where the quote stands that closes a cell, or -1.

    It stands before a delimiter or the end of the line, and is not one of a pair: pairs stand for a quote in the cell.
    """
    for match in _quotes(marks.quote, marks.delimiter).finditer(line, start):
        if match["end"] is None:
            continue  # a stray quote inside the cell
        run = len(match["run"])
        if marks.escape:
            before = line[start : match.start("run")]
            run -= (len(before) - len(before.rstrip(marks.escape))) % 2
        if run % 2 == 1 or (run and policy == _EARLY):
            return match.end("run") - 1
    return -1


@lru_cache(maxsize=64)
def _quotes(quote: str, delimiter: str) -> re.Pattern[str]:
    """Return a pattern of runs of quotes; the group ``end`` is there where a delimiter or the end of the line follows."""
    sign = {BLANKS: " ", "": "(?!)"}.get(delimiter) or re.escape(delimiter)
    blanks = "" if delimiter in (BLANKS, " ") else " *"
    return re.compile(rf"(?P<run>{re.escape(quote)}+)(?P<end>(?={blanks}{sign}| *\Z))?")


def _inside(text: str, marks: Marks) -> str:
    """Return a quoted cell's text with its escapes undone."""
    if marks.escape:
        return re.sub(rf"{re.escape(marks.escape)}([{re.escape(marks.escape)}{re.escape(marks.quote)}])", r"\1", text)
    return text.replace(marks.quote * 2, marks.quote)
