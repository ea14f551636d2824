"""Plain sentences that describe a segment: who they are, and what sets them apart."""

import numpy as np
import pandas as pd

from segkit.core.data.small_groups import OTHER
from segkit.words.numbers import count, listed, percent, quantity, readable, unit_left
from segkit.words.terms import FREQUENCY, MONETARY_TOTAL, RECENCY_DAYS

_SPENT = {"share_product": "on", "share_category": "on", "share_channel": "via"}
"""How money that goes to a level is said, by the column that the level is of."""


def sentences_of(row: pd.Series, markers: pd.DataFrame, units: dict[str, str], currency: str) -> tuple[str, str]:
    """Describe one segment from its summary and its markers: who they are, and what sets them apart."""
    parts = [f"{count(int(row['size']), 'customer')} ({percent(row['share_said'])} of all)"]
    if np.isfinite(row["value_share"]):
        money = quantity(float(row["value_mean"]), "money", currency)
        parts.append(f"who bring in {percent(row['value_share_said'])} of the money, {money} each on average")
    said = [", ".join(parts)]
    if row["money_hidden"]:
        said.append("What they spend is not shown: it would reveal the spending of a single large customer")
    ordered = []
    if RECENCY_DAYS in row and np.isfinite(row[RECENCY_DAYS]):
        ordered.append(f"last ordered {readable(row[RECENCY_DAYS])} days ago")
    if FREQUENCY in row and np.isfinite(row[FREQUENCY]):
        ordered.append(f"have placed {counted_orders(float(row[FREQUENCY]))}")
    if ordered:
        said.append(f"On average they {listed(ordered)}")
    said_above = markers["variable"].isin({RECENCY_DAYS, FREQUENCY, MONETARY_TOTAL})
    no = markers["level"].str.casefold().isin({"no", "n", "false", "0"})
    told = markers[~said_above & ~no & (markers["level"] != OTHER)].head(3)
    differences = listed([_marker_words(one, units, currency) for _, one in told.iterrows()])
    apart = f"What sets them apart: {differences or 'nothing beyond what formed the segment'}."
    return f"{'. '.join(said)}.", apart


def counted_orders(orders: float) -> str:
    """Write a mean number of orders."""
    return f"{readable(orders)} order{'' if orders == 1 else 's'}"


def _marker_words(row: pd.Series, units: dict[str, str], currency: str) -> str:
    label = row["label"][:1].lower() + row["label"][1:]
    if row["level"]:
        return f"{label} {row['level']} for {percent(row['value'])} (all customers: {percent(row['all'])})"
    unit = unit_left(row["label"], units[row["variable"]])
    mine, everyone = quantity(row["value"], unit, currency), quantity(row["all"], unit, currency)
    if label.startswith("share of money: "):
        of = label.removeprefix("share of money: ")
        way = next((how for start, how in _SPENT.items() if str(row["variable"]).startswith(start)), None)
        said = f"they spend {mine} of their money {way} {of}" if way else f"{of} {mine} of their money"
        return f"{said} (all customers: {everyone})"
    return f"{label} {mine} (all customers: {everyone})"
