"""Reads all that a run gives away as somebody who wants to know of single customers, with totals and percentages in hand."""

import json
import re
from pathlib import Path

from tests.notebooks.sentences import read

FEW = range(1, 5)
ADDS_UP = re.compile(
    r"^(Customers( before| after| then)?|Share of (customers|money)|Total spend.*|Rows|Money.*|Share (before|after))$"
)
PARTS = re.compile(r"^(Bought again|Ordered again|Came back.*|Of the earlier ones, .*)")
"""Columns that tell of a part of each row's customers: the part and the rest are groups, too."""

OF_WHOM = re.compile(r"^(Customers|Bought in the|Quiet for|New in that)")
COUNTED = re.compile(r"(?<![\d.,])(?P<some>\d[\d,]*)(?: of (?:the |all )?(?P<of>\d[\d,]*))? customers?\b")
"""Customers counted in a sentence, alone or of so many."""


def told_by(run: Path) -> list[str]:
    """Return what a report and the summary beside it tell of groups of fewer than five customers."""
    page = (run / "report.html").read_text(encoding="utf-8")
    summary = json.loads((run / "summary.json").read_text(encoding="utf-8"))
    found = few_told(page)
    segments = summary["segmentation"]["segments"]
    found += [f"summary.json: {one['segment_name']}: {one['size']}" for one in segments if one["size"] in FEW]
    for figure in ("value", "value_share"):
        if sum(one[figure] is None for one in segments) == 1:
            found.append(f"summary.json: {figure}: the one that is missing is the rest of the whole")
    return found


def few_told(page: str) -> list[str]:
    """Return what a page tells of groups of fewer than five customers: figures as they stand, and those that follow."""
    seen = read([], page)
    found = [f"{one.piece}: {one.text}" for one in seen.sentences if _counts_few(one.text)]
    for rows in seen.tables:
        head, lines = rows[0], [line for line in rows[1:] if len(line) == len(rows[0])]
        sizes = next((place for place, name in enumerate(head) if OF_WHOM.match(name)), None)
        for place, name in enumerate(head):
            cells = [line[place] for line in lines if "kept, only counted" not in line]  # such rows are no part of the sum
            if OF_WHOM.match(name):
                found += [f"{name}: {cell}" for cell in cells if _whole(cell) in FEW]
            if ADDS_UP.match(name) and len(cells) > 1 and cells.count("–") == 1:
                found.append(f"{name}: the one that is missing is the rest of the whole")
            if PARTS.match(name) and sizes is not None:
                found += [f"{name}: {line[place]} of {line[sizes]}" for line in lines if _few_of(line[place], line[sizes])]
    return found


FAULTS = re.compile(r"counts? as missing|left out|without (a|these) |no order that counts|have a value|too few to")
"""What is counted there are faults and gaps of the files, to the last: nothing is left out without being counted."""


def _counts_few(text: str) -> bool:
    if FAULTS.search(text):
        return False
    for some, of in COUNTED.findall(text.replace("fewer than 5 customers", "")):
        n, whole = _whole(some), _whole(of) if of else None
        if n in FEW or (n is not None and whole is not None and whole - n in FEW):
            return True
    return False


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
