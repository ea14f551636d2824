"""Small customer tables for the tests of what is computed from them."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from segkit.core.data.cleaning import Ledger
from segkit.core.data.customers import CustomerData, Variable
from segkit.words.terms import Base, Grain

UNITS = {
    "recency_days": ("Days since last order", "days"),
    "frequency": ("Orders", "orders"),
    "monetary_total": ("Total spend", "EUR"),
    "monetary_mean": ("Spend per order", "EUR"),
    "tenure_days": ("Days as a customer", "days"),
}


def customer_data(frame: pd.DataFrame, *, bases: dict[str, Base] | None = None, **others: Any) -> CustomerData:
    """Wrap a frame as if it had been read from a file."""
    if not isinstance(frame.index.dtype, pd.StringDtype):
        frame = frame.set_axis([f"c{i:05d}" for i in range(len(frame))])
    frame = frame.rename_axis("customer_id")
    variables = []
    for name in frame.columns:
        values = frame[name]
        label, unit = UNITS.get(name, (name.replace("_", " ").capitalize(), "share" if name.startswith("share_") else ""))
        numeric = pd.api.types.is_numeric_dtype(values)
        base = (bases or {}).get(name, Base.BEHAVIOURAL if numeric else Base.DEMOGRAPHIC)
        varies = values.nunique() > 1
        why_not = "" if varies else "the same for all"
        variables.append(Variable(name, label, base, numeric, unit, int(values.isna().sum()), varies, why_not))
    money = float(frame["monetary_total"].sum()) if "monetary_total" in frame else None
    defaults: dict[str, Any] = {
        "grain": Grain.ORDER,
        "readings": (),
        "roles": {},
        "columns": pd.DataFrame(),
        "ledger": Ledger(len(frame), len(frame), ()),
        "joins": (),
        "merged_customers": 0,
        "monthly": pd.DataFrame(columns=["orders", "revenue", "customers"]),
        "category_money": pd.DataFrame(columns=["variable", "label", "level", "money", "orders"]),
        "year_before": pd.DataFrame(columns=["variable", "label", "level", "money", "orders"]),
        "as_of": dt.date(2026, 1, 1),
        "first_date": dt.date(2024, 1, 1),
        "last_date": dt.date(2025, 12, 31),
        "orders": None,
        "revenue": money,
        "currency": "EUR",
    }
    return CustomerData(customers=frame, variables=tuple(variables), **(defaults | others))


def shop(customers: int = 1500, seed: int = 1, one_time: float = 0.5) -> pd.DataFrame:
    """A usual small shop: many bought once, a few buy often, money is skewed."""
    rng = np.random.default_rng(seed)
    once = rng.random(customers) < one_time
    frequency = np.where(once, 1, 2 + rng.negative_binomial(1, 0.25, customers)).astype(float)
    recency = np.where(rng.random(customers) < 0.6, rng.exponential(60, customers), rng.uniform(100, 700, customers)).round()
    basket = rng.lognormal(3.4, 0.6, customers)
    frame = pd.DataFrame(
        {
            "recency_days": recency,
            "frequency": frequency,
            "monetary_total": (basket * frequency).round(2),
            "share_web_shop": np.clip(rng.beta(0.5, 0.5, customers), 0, 1).round(3),
            "region": rng.choice(["North", "South", "East"], customers, p=[0.5, 0.3, 0.2]),
            "age": np.where(rng.random(customers) < 0.2, np.nan, rng.normal(45, 14, customers).round()),
        }
    )
    frame["monetary_mean"] = frame["monetary_total"] / frame["frequency"]
    return frame


def planted(
    customers: int = 1200, segments: int = 4, apart: float = 6.0, variables: int = 4, seed: int = 0
) -> tuple[pd.DataFrame, np.ndarray]:
    """Normal crowds of equal size whose centres stand ``apart`` standard deviations from each other or more."""
    rng = np.random.default_rng(seed)
    corners = rng.permutation(2**variables)[:segments]
    centres = np.array([[(c >> v) & 1 for v in range(variables)] for c in corners], dtype=float) * apart
    truth = np.arange(customers) % segments
    values = centres[truth] + rng.normal(size=(customers, variables))
    return pd.DataFrame(values, columns=[f"taste_{v + 1}" for v in range(variables)]), truth
