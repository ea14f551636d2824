"""The CDNOW customers as their authors prepared them: days merged, up to a day."""

from pathlib import Path

import pandas as pd


def purchases(file: Path) -> pd.DataFrame:
    """Return one row a customer and day: ``id``, ``date``, ``money``; from the sample's file or the whole one."""
    lines = file.read_text().splitlines()
    rows = [line.split()[-4:] for line in lines if line.split()[-1].replace(".", "").isdigit()]
    frame = pd.DataFrame(rows, columns=["id", "date", "cds", "money"])
    frame["date"], frame["money"] = pd.to_datetime(frame["date"]), frame["money"].astype(float)
    return frame.groupby(["id", "date"], as_index=False)["money"].sum()


def customers(bought: pd.DataFrame, until: str) -> pd.DataFrame:
    """Return the customers as they were on a day."""
    day = pd.Timestamp(until)
    by = bought[bought["date"] <= day].groupby("id")
    return pd.DataFrame(
        {
            "frequency": by.size().astype(float),
            "recency_days": (day - by["date"].max()).dt.days.astype(float),
            "tenure_days": (day - by["date"].min()).dt.days.astype(float),
            "monetary_total": by["money"].sum(),
        }
    ).rename_axis("customer_id")
