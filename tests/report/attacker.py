"""Reads the tables of a page as somebody who wants to know of single customers, with totals and percentages in hand."""

import re

from tests.notebooks.sentences import read

FEW = range(1, 5)
ADDS_UP = re.compile(
    r"^(Customers( before| after| then)?|Share of (customers|money)|Total spend.*|Rows|Money.*|Share (before|after))$"
)
PARTS = re.compile(r"^(Bought again|Came back.*|Of the earlier ones, .*)")
"""Columns that tell of a part of each row's customers: the part and the rest are groups, too."""


def few_told(page: str) -> list[str]:
    """Return what a page tells of groups of fewer than five customers: figures as they stand, and those that follow."""
    found = []
    for rows in read([], page).tables:
        head, lines = rows[0], [line for line in rows[1:] if len(line) == len(rows[0])]
        sizes = next((place for place, name in enumerate(head) if name.startswith("Customers")), None)
        for place, name in enumerate(head):
            cells = [line[place] for line in lines]
            if name.startswith("Customers"):
                found += [f"{name}: {cell}" for cell in cells if _whole(cell) in FEW]
            if ADDS_UP.match(name) and len(cells) > 1 and cells.count("–") == 1:
                found.append(f"{name}: the one that is missing is the rest of the whole")
            if PARTS.match(name) and sizes is not None:
                found += [f"{name}: {line[place]} of {line[sizes]}" for line in lines if _few_of(line[place], line[sizes])]
    return found


def _whole(cell: str) -> int | None:
    bare = cell.replace(",", "").replace("\u00a0", "")
    return int(bare) if bare.isdigit() else None


def _few_of(part: str, whole: str) -> bool:
    """Tell whether a part, counted or in whole percents, is one to four customers, or all but so many."""
    n, counted = _whole(whole), _whole(part)
    if n is None:
        return False
    if counted is not None:
        return counted in FEW or n - counted in FEW
    percent = _whole(part.replace("%", "").strip())
    if percent is None:
        return False
    fitting = [k for k in range(n + 1) if round(100 * k / n) == percent]
    return len(fitting) == 1 and (fitting[0] in FEW or n - fitting[0] in FEW)
