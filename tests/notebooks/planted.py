"""Made-up businesses with planted kinds of customers, each drawn from its number: rhythm, range, money and window differ."""

from pathlib import Path

import numpy as np
import pandas as pd

KINDS = ("bread", "cake", "coffee", "tea", "gift cards", "office supply", "repairs", "spare parts", "workshops", "books")
CHANNELS = ("shop", "web shop", "phone", "market")


def business(number: int) -> pd.DataFrame:
    """Return the order lines of one business: 120 to 400 customers of two to five kinds, or all of one kind.

    The usual gap between orders lies between 4 and 90 days, the window between half a year and two years.
    """
    rng = np.random.default_rng([77, number])
    groups = int(rng.integers(1, 6))
    window = int(rng.integers(180, 730))
    kinds = list(rng.choice(KINDS, int(rng.integers(2, 6)), replace=False))
    shares = rng.dirichlet(np.ones(groups) * 3)
    gap = float(np.exp(rng.uniform(np.log(4), np.log(90))))
    lines = []
    for customer in range(int(rng.integers(120, 400))):
        group = int(rng.choice(groups, p=shares))
        mine = np.random.default_rng([77, number, group])
        taste, pace, basket = mine.dirichlet(np.ones(len(kinds)) * 0.5), gap * np.exp(mine.normal(0, 0.6)), mine.uniform(8, 200)
        once, channel = mine.uniform(0, 0.6), mine.choice(CHANNELS)
        day, stays = float(rng.uniform(0, window)), float(rng.exponential(window))
        end = min(window, day + stays)
        while day <= end:
            for kind in rng.choice(kinds, 1 + int(rng.poisson(0.5)), p=taste):
                where = channel if rng.random() < 0.8 else rng.choice(CHANNELS)
                lines.append((customer, int(day), kind, where, round(float(basket * rng.lognormal(0, 0.4)), 2)))
            if rng.random() < once:
                break
            day += float(rng.exponential(pace))
    table = pd.DataFrame(lines, columns=["customer", "day", "category", "channel", "amount"])
    table["date"] = (pd.Timestamp("2024-01-01") + pd.to_timedelta(table.pop("day"), unit="D")).dt.strftime("%Y-%m-%d")
    table["customer"] = "C" + (10_000 + table["customer"]).astype(str)
    table["order"] = "O" + (100_000 + table.groupby(["customer", "date"]).ngroup()).astype(str)
    return table[["order", "date", "customer", "category", "channel", "amount"]].sort_values(["date", "order"])


def file_of(number: int, folder: Path) -> Path:
    """Write a business's orders to a file and return its path."""
    path = folder / f"business_{number}.csv"
    business(number).to_csv(path, index=False)
    return path
