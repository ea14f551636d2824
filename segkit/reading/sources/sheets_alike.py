"""Sheets of the same columns, such as one a month: put under each other, as several files are."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from segkit.core.data.roles.lexicon import squash
from segkit.reading.headers import VALUES, joined_names, kind_of
from segkit.reading.layout import MOST_LAST_ROWS, Row, last_rows
from segkit.reading.values.dates import NUMBER_OF, folded
from segkit.words.numbers import count

SHEET = "Sheet"
"""Name of the column that tells the sheet, where nothing else dates the rows."""

_SHARED = 0.8
_TYPICAL = 200


@dataclass(frozen=True)
class Sheet:
    """One sheet's table: names as written (one row or several), rows with their lines, and what was decided."""

    name: str
    names: list[list[str]]
    rows: list[Row]
    said: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Number of columns that hold anything."""
        lengths = [used(cells) for cells in [*self.names, *(cells for _, cells in self.rows)]]
        return max(lengths, default=0)

    @property
    def weight(self) -> float:
        """How much it looks like a table of data: many rows, several columns, names above them."""
        return len(self.rows) * min(self.width, 12) * (1.0 if self.names else 0.5)


def used(row: list[str]) -> int:
    """Return how many cells a row has up to its last filled one."""
    return max((i + 1 for i, cell in enumerate(row) if cell), default=0)


def alike(sheets: Sequence[Sheet]) -> list[list[Sheet]]:
    """Group sheets by the names of their columns: nearly all are the same, in whatever order."""
    groups: list[list[Sheet]] = []
    for sheet in sheets:
        mine = set(_keys(sheet))
        for group in groups:
            theirs = set(_keys(group[0]))
            if len(mine & theirs) >= max(2, _SHARED * max(len(mine), len(theirs))):
                group.append(sheet)
                break
        else:
            groups.append([sheet])
    return groups


def going_on(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Give a sheet without names those of the sheet before it, whose rows it goes on with: each column is of the same kind.

    So write programs whose export is longer than a sheet, or that name the columns in the first month only.
    """
    found: list[Sheet] = []
    for sheet in sheets:
        before = found[-1] if found else None
        if before and before.names and not sheet.names and sheet.width == before.width > 1 and _of_one_kind(before, sheet):
            said = f"the sheet “{sheet.name}”, which has no names of columns, goes on with “{before.name}”"
            sheet = replace(sheet, names=before.names, said=(*sheet.said, said))
        found.append(sheet)
    return found


def _of_one_kind(one: Sheet, other: Sheet) -> bool:
    """Tell whether two sheets hold numbers and dates in the same columns, and have some."""
    kinds = [[_kind_in(sheet.rows[:_TYPICAL], i) for i in range(one.width)] for sheet in (one, other)]
    return all("" in pair or pair[0] == pair[1] for pair in zip(*kinds, strict=True)) and any(
        kind in VALUES for kind in kinds[1]
    )


def _kind_in(rows: Sequence[Row], i: int) -> str:
    """Return the kind of nearly all filled cells of a column; empty where there is none."""
    kinds = Counter(kind_of(cells[i]) for _, cells in rows if i < len(cells) and cells[i])
    return next((kind for kind, times in kinds.most_common(1) if times >= 0.8 * kinds.total()), "")


def _keys(sheet: Sheet) -> list[str]:
    return [squash(name) or name for name in joined_names(sheet.names, once=True)[: sheet.width] if name.strip()]


def under_each_other(sheets: Sequence[Sheet], others: str, doubts: tuple[str, ...], errors: Sequence[str]) -> Sheet:
    """Put sheets of the same columns under each other: columns by name, totals at the end of each apart, copies read once."""
    bare = [_without_last_rows(sheet) for sheet in sheets]
    ended = sum(len(sheet.rows) - len(less.rows) for sheet, less in zip(sheets, bare, strict=True))
    header, placed = _matched(bare)
    dated = _is_dated([row for rows in placed for _, row in rows])
    rows, again, begin, seen = [], 0, 0, Counter[tuple[str, ...]]()
    for number, sheet in enumerate(bare):
        mine = Counter[tuple[str, ...]]()
        for at, cells in placed[number]:
            key = tuple(cells)
            mine[key] += 1
            if dated and mine[key] <= seen[key]:
                again += 1
            else:
                rows.append((begin + at, cells if dated else [*cells, sheet.name]))
        seen |= mine
        begin += sheet.rows[-1][0] + 1 if sheet.rows else 0
    names = [f"“{sheet.name}”" for sheet in sheets]
    listed = ", ".join(names) if len(names) <= 4 else f"{names[0]} … {names[-1]}"
    said = [
        f"{count(len(names), 'sheet')} with the same columns put together, one below the other ({listed}){others}, rows "
        "numbered on"
    ]
    if again:
        said.append(f"{count(again, 'row')} that {'appears' if again == 1 else 'appear'} in two sheets read once")
    if ended:
        said.append(f"{count(ended, 'row')} at the end of sheets set apart as not being data")
    if not dated:
        said.append(f"the name of the sheet in the column “{SHEET}”")
    said += [piece for sheet in sheets for piece in sheet.said]
    whole = [*header, *([] if dated else [SHEET])]
    return Sheet(
        sheets[0].name, [whole], rows, (*dict.fromkeys(said), *errors), (*(d for s in sheets for d in s.doubts), *doubts)
    )


def _without_last_rows(sheet: Sheet) -> Sheet:
    """Leave out totals and remarks at the end of one sheet, which would stand in the middle."""
    texts = [[cell or None for cell in cells] for _, cells in sheet.rows]
    least = min(MOST_LAST_ROWS, len(texts) // 2)
    found = last_rows(texts[: len(texts) - least][:_TYPICAL], texts[len(texts) - least :])
    return replace(sheet, rows=sheet.rows[: len(sheet.rows) - found])


def _matched(sheets: Sequence[Sheet]) -> tuple[list[str], list[list[Row]]]:
    """Return the columns of all sheets, and each sheet's rows with their cells in these columns."""
    header: dict[str, str] = {}
    places = []
    for sheet in sheets:
        names = [*joined_names(sheet.names, once=True), *[""] * sheet.width][: sheet.width]
        keys: list[str] = []
        for at, name in enumerate(names):
            key = squash(name) or name or f"column {at}"
            keys.append(key + "'" * sum(other.rstrip("'") == key for other in keys))
            header.setdefault(keys[-1], name)
        places.append({key: at for at, key in enumerate(keys)})
    placed = [
        [(at, [row[place[key]] if key in place and place[key] < len(row) else "" for key in header]) for at, row in sheet.rows]
        for sheet, place in zip(sheets, places, strict=True)
    ]
    return list(header.values()), placed


def uncopied(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Leave out sheets of the same columns whose rows all stand in larger ones, such as the months beside the year.

    Without a date the same row again may be another month's. Then a sheet is a copy, such as “VIP” beside “All”, where the
    larger one has no row twice and the names of the sheets tell no months; or where the others add up to the largest.
    """
    _, placed = _matched(sheets)
    texts = [Counter(tuple(cells) for _, cells in rows) for rows in placed]
    if not _is_dated([row for rows in placed for _, row in rows]):
        ranked = sorted(texts, key=Counter.total)
        added_up = len(texts) > 2 and sum(ranked[:-1], Counter[tuple[str, ...]]()) == ranked[-1]
        single = max(ranked[-1].values(), default=0) == 1 and not any(_tells_when(sheet.name) for sheet in sheets)
        if not (added_up or single):
            return list(sheets)
    read: set[int] = set()
    known: Counter[tuple[str, ...]] = Counter()
    for number in sorted(range(len(placed)), key=lambda number: -len(placed[number])):
        if not read or not texts[number] <= known:
            read.add(number)
            known += texts[number]
    return [sheet for number, sheet in enumerate(sheets) if number in read]


def _tells_when(name: str) -> bool:
    """Tell whether the name of a sheet is a time: a month, a year, a quarter or a week."""
    words = re.findall(r"[^\W\d_]+|\d+", folded(name))
    return any(word in NUMBER_OF or word.isdigit() for word in words)


def _is_dated(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether a column says when: then the same row in two sheets is the same event."""
    some = rows[:: max(1, len(rows) // _TYPICAL)]
    width = max(map(len, some), default=0)
    return any(sum(kind_of(row[i]) == "date" for row in some if i < len(row)) > 0.5 * len(some) for i in range(width))
