"""Categories whose share of money rose or fell."""

import numpy as np
import pandas as pd

from segkit.words.numbers import percent

MOST_TRENDS = 10


TREND_Z = 3.0
"""Standard errors from which a change in a category's share is worth a sentence: many categories are looked at."""


def trends_of(was: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Compare each category's share of money; z compares its share of orders (two proportions, pooled)."""
    columns = ["variable", "label", "level", "share_before", "share_after", "change", "z"]
    keys = ["variable", "label", "level"]
    both = set(was["variable"]) & set(now["variable"])
    if not both:
        return pd.DataFrame(columns=columns)
    table = was[was["variable"].isin(both)].merge(
        now[now["variable"].isin(both)], on=keys, how="outer", suffixes=("_before", "_after")
    )
    figures = ["money_before", "money_after", "orders_before", "orders_after"]
    table[figures] = table[figures].astype(float).fillna(0.0)
    totals = table.groupby("variable")[figures].transform("sum")
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = table[figures] / totals
        pooled = (table["orders_before"] + table["orders_after"]) / (totals["orders_before"] + totals["orders_after"])
        error = np.sqrt(pooled * (1 - pooled) * (1 / totals["orders_before"] + 1 / totals["orders_after"]))
        z = (shares["orders_after"] - shares["orders_before"]) / error
    table["share_before"], table["share_after"] = shares["money_before"].fillna(0.0), shares["money_after"].fillna(0.0)
    table["change"] = table["share_after"] - table["share_before"]
    table["z"] = z.where(np.isfinite(z), 0.0)
    order = table.assign(size=-table["change"].abs()).sort_values(["size", *keys], kind="stable")
    return order[columns].head(MOST_TRENDS).reset_index(drop=True)


def read_trends(trends: pd.DataFrame, since: str) -> str:
    """Name the category that gained most and the one that lost most, where chance does not explain it."""
    clear = trends[trends["z"].abs() >= TREND_Z]
    said = []
    for one, how in ((clear[clear["change"] > 0].head(1), "rose"), (clear[clear["change"] < 0].head(1), "fell")):
        for _, row in one.iterrows():
            said.append(f"{row['level']} {how} from {percent(row['share_before'])} to {percent(row['share_after'])}")
    return f" Share of money, against {since}: {', and '.join(said)}." if said else ""
