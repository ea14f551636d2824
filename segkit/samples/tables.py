"""Writes tables as CSV and describes them: one place decides line ends, encoding and the form of numbers."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

DAY = "YYYY-MM-DD"


@dataclass(frozen=True)
class Column:
    """One column of a file: its name, what it means, and its unit or values."""

    name: str
    meaning: str
    values: str


@dataclass(frozen=True)
class Table:
    """One file, ready to be written: all cells are text."""

    name: str
    what: str
    columns: tuple[Column, ...]
    rows: list[tuple[str, ...]]

    def write(self, folder: Path) -> None:
        """Write the file in UTF-8 with line feeds."""
        with (folder / self.name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([column.name for column in self.columns])
            writer.writerows(self.rows)

    def described(self) -> str:
        """Return the section of the data dictionary on this file."""
        rows = [(f"`{c.name}`", c.meaning, c.values) for c in self.columns]
        columns = markdown(("column", "meaning", "unit or values"), rows)
        return f"## {self.name}\n\n{self.what} Rows: {len(self.rows)}.\n\n{columns}"


def markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def money(cents: int | None) -> str:
    """Return an amount as text with a dot and two decimals; empty where it is not known."""
    if cents is None:
        return ""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"
