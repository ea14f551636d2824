"""One shop's order file, spoilt in every way that people spoil files, and what a right reading of each gives.

The kinds of spoiling and their frequencies in the wild follow the survey behind the data-loading benchmark *Pollock*
(Vitagliano et al., VLDB 2023, doi:10.14778/3594512.3594518): each is one file in which one thing is wrong. Table, code and
words are our own.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

HEADER = ["DAY", "HOUR", "PIECES", "ARTICLE", "PRICE", "Kind", "Description", "PAGE", "Remarks"]
ROWS = 83
_KINDS = [
    "Men's Garden Gloves",
    "Rake, Small",
    'Hose 3/4"',
    "Kids' Watering Can",
    "Seeds, Mixed, Large",
    'Pot 12" Clay',
    "Twine",
]
_TEXTS = [
    "Light, strong and easy to store: just hang it up.",
    "Our gardener's favourite; made to last for years without rust",
    "Warm, dry hands all day, and they don't slip.",
    "A classic that needs no words",
    'Fits every 7" holder, and yours too.',
    "It's soft, it's green, and it is back in stock.",
    "Grows in sun or shade - sow from March to May, water twice a week.",
]


@dataclass(frozen=True)
class Spoilt:
    """A spoilt file, the rows that a right reading gives (names of the columns first), and how often its kind was met."""

    name: str
    kind: str
    content: bytes
    clean: list[list[str]]
    weight: float


def table() -> list[list[str]]:
    """Return the table that all files are made from, names first."""
    dice = random.Random(7)
    rows = [HEADER]
    for i in range(ROWS):
        article = f"{dice.choice('ABGKRZ')}{dice.choice('CHINY')}-{dice.randint(1000, 9999)}"
        text = "Handle of 8\\'9\" length, folded." if i == 11 else _TEXTS[i % len(_TEXTS)]
        price = f"${dice.randint(90, 9999) / 100:.{dice.choice((1, 2, 2, 2))}f}"
        day = f"{1 + i % 28:02d}/{1 + i // 28:02d}/2023"
        page = f"https://www.example.com/shop/{article.replace('-', '_')}.html"
        rows.append(
            [day, f"{i // 4:02d}:{i % 4 * 15:02d}", str(dice.randint(0, 30)), article, price, _KINDS[i % 7], text, page, ""]
        )
    return rows


def cell(value: str, delimiter: str = ",", quote: str = '"', escape: str = "double", *, forced: bool = False) -> str:
    """Write one cell."""
    if not (forced or (delimiter.strip() and delimiter.strip() in value) or quote in value):
        return value
    inner = {"double": value.replace(quote, quote * 2), "\\": value.replace(quote, "\\" + quote), "": value}[escape]
    return quote + inner + quote


def line(row: list[str], delimiter: str = ",", quote: str = '"', escape: str = "double") -> str:
    """Write one row; the page is always quoted, as some programs do."""
    return delimiter.join(cell(value, delimiter, quote, escape, forced=i == 7) for i, value in enumerate(row))


def text(rows: list[list[str]], end: str = "\r\n", **how: str) -> str:
    """Write rows."""
    return "".join(line(row, **how) + end for row in rows)


def spoilt_files(every: int = 1) -> Iterator[Spoilt]:
    """Return the spoilt files; of those with one bad row only each ``every``-th place."""
    rows = table()
    for name, content, clean, weight in _whole_files(rows):
        yield Spoilt(name, "whole file", content.encode(), clean, weight)
    lines = [line(row) for row in rows]
    for at in range(len(rows)):
        for column in range(len(HEADER)):
            if (at * len(HEADER) + column) % every:
                continue
            for kind, spoil, weight in _ROW_FAULTS:
                if (bad := spoil(rows[at], column)) is not None:
                    clean = [row for row in rows]
                    if kind == "quote too many":
                        clean[at] = [('"' if i == column else "") + value for i, value in enumerate(rows[at])]
                    content = "\r\n".join([*lines[:at], bad, *lines[at + 1 :]]) + "\r\n"
                    yield Spoilt(f"{kind}, row {at}, column {column}", kind, content.encode(), clean, weight)
        if at % every == 0:
            bad = " ".join(cell(value, ",", forced=i == 7) for i, value in enumerate(rows[at]))
            content = "\r\n".join([*lines[:at], bad, *lines[at + 1 :]]) + "\r\n"
            yield Spoilt(f"row parted by blanks, row {at}", "row parted by blanks", content.encode(), rows, 0.25)


def _one_more(row: list[str], column: int) -> str:
    return line([*row[:column], "", *row[column:]]) if column != 8 else line([*row[:8], "", row[8]])


def _one_fewer(row: list[str], column: int) -> str | None:
    parts = [cell(value, forced=i == 7) for i, value in enumerate(row)]
    return ",".join([*parts[: column - 1], parts[column - 1] + parts[column], *parts[column + 1 :]]) if column else None


def _one_quote(row: list[str], column: int) -> str:
    parts = [cell(value, forced=i == 7) for i, value in enumerate(row)]
    bare = parts[column]
    parts[column] = f'""{bare[1:]}' if bare.startswith('"') else f'"{bare}'
    return ",".join(parts)


_ROW_FAULTS = [
    ("separator too many", _one_more, 0.37),
    ("separator too few", _one_fewer, 0.37),
    ("quote too many", _one_quote, 0.0093),
]


def _whole_files(rows: list[list[str]]) -> Iterator[tuple[str, str, list[list[str]], float]]:
    """Return name, text, clean rows and frequency of the files where the whole is written in another way."""
    plain = text(rows)
    joined = [[" ".join([name] * times) for name in HEADER] for times in (2, 3)]
    yield "as it should be", plain, rows, 1
    yield "no line end after the last row", plain.removesuffix("\r\n"), rows, 184
    yield "two line ends after the last row", plain + "\r\n", rows, 5
    yield "no names of columns", text(rows[1:]), rows[1:], 470
    yield "names in two rows", text([HEADER, *rows]), [joined[0], *rows[1:]], 47
    yield "names in three rows", text([HEADER, HEADER, *rows]), [joined[1], *rows[1:]], 47
    yield "a title above", "TITLE" + "," * 8 + "\r\n" + "," * 8 + "\r\n" + plain, rows, 282
    yield "a second table, as wide", plain + text(rows[:-1]), rows, 62.7
    yield "a second table, narrower", plain + text([row[:8] for row in rows[:-1]]), rows, 62.7
    wider = [[*row, "col10" if i == 0 else row[-1]] for i, row in enumerate(rows[:-1])]
    yield "a second table, wider", plain + text(wider), rows, 62.7
    yield "names only", text(rows[:1]), rows[:1], 3
    yield "one row", text(rows[:2]), rows[:2], 4
    yield "lines end with CR", text(rows, "\r"), rows, 7
    yield "lines end with LF", text(rows, "\n"), rows, 1691
    for name, delimiter, weight in (
        ("tabs", "\t", 4),
        ("semicolons", ";", 834),
        ("blanks", " ", 4),
        ("commas and blanks", ", ", 101),
    ):
        yield f"parted by {name}", text(rows, delimiter=delimiter), rows, weight
    yield "apostrophes as quotes", text(rows, quote="'"), rows, 11
    yield "quotes after a backslash", text(rows, escape="\\"), rows, 1
    yield "quotes not marked", text(rows, escape=""), rows, 7


def score(clean: list[list[str]], found: list[list[str]] | None) -> float:
    """Score a reading from 0 to 10: read at all, then precision, recall and F1 of names, records and cells.

    As in the benchmark, a record is its cells' texts one after another, and neither cells nor records need be in order.
    """
    if found is None:
        return 0.0
    pairs = [
        (list(map(_alike, clean[0])), list(map(_alike, found[0] if found else []))),
        (["".join(map(_alike, row)) for row in clean[1:]], ["".join(map(_alike, row)) for row in found[1:]]),
        ([value for row in clean for value in row], [value for row in found for value in row]),
    ]
    return 1.0 + sum(map(_three, pairs))


def _three(pair: tuple[list[str], list[str]]) -> float:
    true, found = pair
    if not true:
        return 3.0
    left: dict[str, int] = {}
    for value in true:
        left[value] = left.get(value, 0) + 1
    both = 0
    for value in found:
        if left.get(value, 0) > 0:
            left[value] -= 1
            both += 1
    if not both:
        return 0.0
    recall, precision = both / len(true), both / len(found)
    return precision + recall + 2 * precision * recall / (precision + recall)


def _alike(value: str) -> str:
    try:
        return str(float(value))
    except ValueError:
        return value.strip().lower()
