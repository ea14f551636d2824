"""Writes a sample business into a folder, with its data dictionary and the count of its dirt."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from segkit.samples.habits import Trade
from segkit.samples.orders import Customer
from segkit.samples.tables import Column, Table, markdown

TRUTH_COLUMNS = (
    Column("customer_id", "The customer's id in the other files.", "text"),
    Column(
        "segment",
        "Planted segment in 2024 and 2025.",
        "a segment's name; `joined`: came only in 2026; `no_orders`; `test_account`",
    ),
    Column(
        "segment_after",
        "Planted segment from January to June 2026.",
        "a segment's name; `left`: buys no more; `no_orders`; `test_account`",
    ),
    Column("took_up_trend", "Whether the customer bought of the new category in 2026.", "yes, no"),
    Column("note", "What is odd about this id, if anything.", "text, mostly empty"),
)

FAULTS = {
    "no_customer": "rows without a customer_id (nobody asked at the counter)",
    "test_account": "rows of a test account",
    "date_unreadable": "rows without a date",
    "cancelled": "rows of cancelled orders (status)",
    "returned": "returns: quantity below zero, status `returned`",
    "price_not_positive": "rows given away: a price of zero",
    "amount_unreadable": "rows without a price",
    "duplicate_row": "rows that stand twice, cell for cell (the second ones counted)",
    "dates_in_another_format": "dates not written as YYYY-MM-DD",
    "category_spelt_differently": "categories in capitals, in small letters, or with a space too many",
    "customers_not_in_customer_file": "customers with orders who are missing from customers.csv",
    "customers_without_orders": "customers who never ordered",
    "twice": "people or firms who stand here under a second id, with the same e-mail address",
    "twice_email_in_capitals": "of these, second ids whose e-mail address is written in capitals",
    "test_accounts": "test accounts, recognisable by name and address",
    "impossible_birth_years": "birth years that cannot be right",
    "missing_cells": "empty cells",
    "notes_with_line_breaks": "notes that run over two lines (in quotation marks)",
    "industry_spelt_differently": "industries in capitals, in small letters, or with a space too many",
}


@dataclass(frozen=True, eq=False)
class Business:
    """A sample business ready to be written.

    ``story`` opens the data dictionary; ``truth`` and ``answers`` close it, behind a warning: they tell what a learner is to
    find.
    """

    name: str
    title: str
    story: str
    tables: tuple[Table, ...]
    truth: Table
    answers: str
    dirt: Mapping[str, Mapping[str, int]]

    def dictionary(self) -> str:
        """Return the data dictionary."""
        dirt = [(f"`{file}`", FAULTS[fault], str(n)) for file, faults in self.dirt.items() for fault, n in faults.items() if n]
        parts = [f"# {self.title}: data dictionary\n\n{self.story}"]
        parts += [table.described() for table in self.tables]
        counts = markdown(("file", "what", "count"), dirt)
        parts.append(f"## Dirt planted on purpose\n\nThe same counts for machines: `dirt.json`.\n\n{counts}")
        parts.append(f"## What was planted (read this last: it gives the answers away)\n\n{self.answers}")
        parts.append(self.truth.described().replace("## ", "### ", 1))
        return "\n".join(parts)

    def write(self, folder: Path) -> None:
        """Write all files into ``folder``, which is made if need be."""
        folder.mkdir(parents=True, exist_ok=True)
        for table in (*self.tables, self.truth):
            table.write(folder)
        texts = {"DATA_DICTIONARY.md": self.dictionary(), "dirt.json": json.dumps(self.dirt, indent=2) + "\n"}
        for name, text in texts.items():
            (folder / name).write_bytes(text.encode("utf-8"))


def answers(
    introduction: str, planted: Mapping[str, tuple[str, str]], trend: str, trade: Trade, customers: list[Customer]
) -> str:
    """Return what the dictionary tells about the planted segments, the trend, and who moves where."""
    rows = [(f"`{segment}`", *told) for segment, told in planted.items()]
    table = markdown(("segment", "what they are like", "what becomes of them in 2026"), rows)
    return f"{introduction}\n{table}\n{trend}\n{moves(trade, customers)}"


def moves(trade: Trade, customers: list[Customer]) -> str:
    """Return a table of how many customers move from each planted segment to each."""
    people = [c for c in customers if c.twin_of is None]
    after = [*trade.sizes, "left"]
    rows = [
        [f"`{b}`", *(str(sum(c.segment == b and c.after == a for c in people)) for a in after)]
        for b in [*trade.sizes, "joined"]
    ]
    head = "Customers by planted segment in 2024 and 2025 (rows) and in 2026 (columns), each counted once:"
    return f"{head}\n\n{markdown(['', *(f'`{a}`' for a in after)], rows)}"


def empty_cells(table: Table) -> int:
    """Count the empty cells of a table."""
    return sum(cell == "" for row in table.rows for cell in row)
