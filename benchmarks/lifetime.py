"""What each way of reckoning the worth of customers expects of the last part of the time, beside what came.

Run: python benchmarks/lifetime.py [--real FOLDER] [--only NAME]
Over both samples, and over CDNOW (whole, and the tenth of its customers that is published as a sample) and the clean orders of
Online Retail where these lie in FOLDER (by default ../shared/real beside the project). For each model: parameters (weeks),
log-likelihood, seconds of CPU for the fit, and expected ÷ came in orders and money; then the same by segment (RFM as suggested,
formed on the first part of the time).
"""

import argparse
import datetime as dt
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from segkit.core.criteria.segmentation import segment
from segkit.core.data.customers import CustomerData
from segkit.core.profiles.lifetime.buying import fit
from segkit.core.profiles.lifetime.enough import days_to_look_back, too_few
from segkit.core.profiles.lifetime.held_out import MODELS, Past
from segkit.core.profiles.lifetime.histories import histories
from segkit.core.profiles.lifetime.models import models_beside
from segkit.core.profiles.lifetime.worth import by_segment
from segkit.decisions.criteria import Criteria
from segkit.reading.load import load_customers
from segkit.words.terms import FileKind, Method

ROOT = Path(__file__).resolve().parents[1]
Read = Callable[[dt.date | None], CustomerData]


def from_orders(orders: pd.DataFrame, template: CustomerData) -> Read:
    """Return what reads a table of one row an order (id, date, money) up to a day."""
    first, last = orders["date"].min().date(), orders["date"].max().date()

    def read(day: dt.date | None) -> CustomerData:
        as_of = pd.Timestamp(day or last)
        by = orders[orders["date"] <= as_of].groupby("id")
        table = pd.DataFrame(
            {
                "recency_days": (as_of - by["date"].max()).dt.days.astype(float),
                "frequency": by.size().astype(float),
                "monetary_total": by["money"].sum(),
                "tenure_days": (as_of - by["date"].min()).dt.days.astype(float),
            }
        ).rename_axis("customer_id")
        variables = tuple(v for v in template.variables if v.name in table)
        return replace(
            template, customers=table, variables=variables, as_of=as_of.date(), first_date=first, last_date=as_of.date()
        )

    return read


def cdnow(file: Path) -> pd.DataFrame:
    rows = [line.split()[-4:] for line in file.read_text().splitlines() if line.split()[-1].replace(".", "").isdigit()]
    frame = pd.DataFrame(rows, columns=["id", "date", "cds", "money"])
    frame["date"], frame["money"] = pd.to_datetime(frame["date"]), frame["money"].astype(float)
    return frame.groupby(["id", "date"], as_index=False)["money"].sum()


def online_retail(file: Path) -> pd.DataFrame:
    lines = pd.read_csv(file, encoding="latin-1", dtype={"InvoiceNo": str, "CustomerID": str})
    keep = lines["CustomerID"].notna() & ~lines["InvoiceNo"].str.startswith("C")
    lines = lines[keep & (lines["Quantity"] > 0) & (lines["UnitPrice"] > 0)]
    money = lines["Quantity"] * lines["UnitPrice"]
    day = pd.to_datetime(lines["InvoiceDate"]).dt.normalize()
    frame = pd.DataFrame({"id": lines["CustomerID"], "order": lines["InvoiceNo"], "date": day, "money": money})
    return frame.groupby(["id", "order"], as_index=False).agg(date=("date", "min"), money=("money", "sum"))


def sample(name: str) -> Read:
    files = {FileKind.ORDERS: [ROOT / "data" / name / "orders.csv"]}
    return lambda day: load_customers(files, as_of=day)


def businesses(real: Path) -> Iterator[tuple[str, Read, tuple[dt.date, dt.date, dt.date | None] | None]]:
    template = sample("coffee_roaster")(None)
    yield "coffee_roaster", sample("coffee_roaster"), None
    yield "packaging_wholesaler", sample("packaging_wholesaler"), None
    published = (dt.date(1997, 5, 15), dt.date(1997, 9, 30), None)
    for name, file, days in (
        ("cdnow sample, to 1997-09-30 as published", "CDNOW_sample.txt", published),
        ("cdnow sample", "CDNOW_sample.txt", None),
        ("cdnow, to 1997-09-30 as published", "CDNOW_master.txt", published),
        ("cdnow", "CDNOW_master.txt", None),
    ):
        if (path := real / "cdnow" / file).exists():
            yield name, from_orders(cdnow(path), template), days
    if (path := real / "online_retail" / "OnlineRetail.csv").exists():
        yield "online_retail", from_orders(online_retail(path), template), None


def table(name: str, read: Read, days: tuple[dt.date, dt.date, dt.date | None] | None) -> None:
    whole = read(days[2] if days else None)
    cut = days or days_to_look_back(whole)
    if isinstance(cut, str):
        print(f"{name}: {cut}\n")
        return
    past = Past(read(cut[0]), read(cut[1]), whole)
    few = too_few(past.earlier, past.first)
    print(f"{name}: {len(past.first.customers):,} customers to {cut[1]}, {past.days:.0f} days of test {few}")
    known = histories(past.first.customers)
    for model in MODELS:
        start = time.process_time()
        found = fit(model, known)
        took, parameters = time.process_time() - start, " ".join(f"{value:.4f}" for value in found.parameters)
        print(f"  {model.name:12} {parameters:40} log-likelihood {found.log_likelihood:14.3f}  {took:5.2f} s")
    beside, came = models_beside(past), past.came()
    print(f"  came: {came.orders.sum():,.0f} orders, {came.money.sum():,.2f} money; expected ÷ came:")
    segments = segment(past.first, Criteria(method=Method.RFM))
    names = segments.segments["segment_name"].tolist()
    rows = {}
    for way, expected in beside.ways.items():
        each = by_segment(past, expected.money, came.money, came.orders, segments)
        mae = np.abs(expected.orders - came.orders).mean()
        rows[way] = [beside.table.loc[way, "orders"], beside.table.loc[way, "money"], mae, *each]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=["orders", "money", "MAE orders", *names])
    print(frame.T.round(3).to_string(na_rep="–"), "\n")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--real", type=Path, default=ROOT.parent / "shared" / "real")
    asked.add_argument("--only", default="")
    given = asked.parse_args()
    for name, read, days in businesses(given.real):
        if given.only in name:
            table(name, read, days)


if __name__ == "__main__":
    main()
