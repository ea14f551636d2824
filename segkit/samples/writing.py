"""Writes a sample business into a folder, with its data dictionary and the count of its dirt."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from segkit.samples.tables import Table, markdown

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
