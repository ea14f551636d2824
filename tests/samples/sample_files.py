"""Reads the files of a sample business with plain pandas, apart from segkit's own reading."""

import json

import pandas as pd

from segkit.samples.catalogue import Sample, sample_folder

NO_SEGMENT = {"no_orders", "test_account", "joined"}


def read(sample: Sample, name: str) -> pd.DataFrame:
    return pd.read_csv(sample_folder(sample.name) / name, dtype=str, keep_default_na=False)


def dirt(sample: Sample, name: str) -> dict[str, int]:
    declared: dict[str, dict[str, int]] = json.loads((sample_folder(sample.name) / sample.dirt_file).read_text("utf-8"))
    return declared[name]


def lines(sample: Sample, name: str) -> pd.DataFrame:
    """Return an order file with dates, numbers and categories read, nothing set aside."""
    rows = read(sample, name)
    date = pd.to_datetime(rows["order_date"], format="%Y-%m-%d", errors="coerce")
    for form in ("%d/%m/%Y", "%d.%m.%Y"):
        date = date.fillna(pd.to_datetime(rows["order_date"], format=form, errors="coerce"))
    rows["date"] = date
    rows["pieces"] = rows["quantity"].astype(int)
    rows["price"] = pd.to_numeric(rows["unit_price"])
    rows["money"] = rows["pieces"] * rows["price"]
    rows["kind"] = rows["category"].str.strip().str.capitalize()
    return rows


def clean(rows: pd.DataFrame) -> pd.DataFrame:
    known = (rows["customer_id"] != "") & rows["date"].notna() & (rows["status"] != "cancelled")
    return rows[known & (rows["pieces"] > 0) & (rows["price"] > 0)].drop_duplicates()


def truth(sample: Sample) -> pd.DataFrame:
    return read(sample, sample.truth_file).set_index("customer_id")
