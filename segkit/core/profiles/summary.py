"""How large each segment is and how much money it brings, with the interval of its mean."""

import numpy as np
import pandas as pd

from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.customers import CustomerData, value_of
from segkit.core.data.values import finite, level_codes
from segkit.core.disclosure import Told, dominated, told, withheld
from segkit.core.statistics import interval
from segkit.words.numbers import adding_up
from segkit.words.terms import FREQUENCY, RECENCY_DAYS


def summary_of(data: CustomerData, segmentation: Segmentation, seed: int) -> Told:
    """Return size, value and means of each segment; see `segkit.core.profiles.profile.ProfileTables`."""
    segment_of = segmentation.segment_of
    table = segmentation.segments[["segment_name", "size", "share"]].copy()
    value = value_of(data)
    for column in ("value", "value_share", "value_mean", "value_mean_low", "value_mean_high"):
        table[column] = np.nan
    hidden = np.zeros(len(table), dtype=bool)
    if value is not None:
        total = float(value.sum())
        for position, segment in enumerate(table.index):
            own = np.sort(value[segment_of == segment].to_numpy())
            low, high = interval(own, np.random.default_rng([seed, position]))
            share = float(own.sum()) / total if total > 0 else np.nan
            table.loc[segment, ["value", "value_share", "value_mean", "value_mean_low", "value_mean_high"]] = (
                float(own.sum()), share, float(own.mean()), low, high,
            )  # fmt: skip
        one = dominated(value.to_numpy(), level_codes(segment_of, list(table.index)), len(table))
        hidden = withheld(table["size"], [range(len(table))], one)
    table["money_hidden"] = hidden
    table = told(table, (hidden, ["value", "value_share", "value_mean", "value_mean_low", "value_mean_high"]))
    for column in ("share", "value_share"):
        table[f"{column}_said"] = adding_up(table[column].to_list())
    for name in (RECENCY_DAYS, FREQUENCY):
        if name in data.customers:
            known = pd.Series(finite(data.customers[name]), index=segment_of.index)
            table[name] = known.groupby(segment_of).mean().reindex(table.index)
    return table
