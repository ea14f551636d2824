"""The plain way beside the models that analysts use: all fitted to the first part of the time and held against what came."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from segkit.core.estimators.threads import one_thread
from segkit.core.profiles.lifetime.enough import too_few
from segkit.core.profiles.lifetime.held_out import PLAIN, SAME_RATE, Expected, Past, modelled, plain, same_rate
from segkit.core.profiles.lifetime.histories import histories


@dataclass(frozen=True, eq=False)
class ModelsBeside:
    """How each way of reckoning did on the time of the test.

    Attributes
    ----------
    table : pandas.DataFrame
        Index: name of the way; columns ``orders`` and ``money`` (expected ÷ came over all customers; NaN without money), and of
        models ``still`` (share of the customers who came back that have not stopped, as the model sees it; NaN for the others).
    ways : dict of str to Expected
        What each expected of each customer.
    """

    table: pd.DataFrame
    ways: dict[str, Expected]


@one_thread
def models_beside(past: Past) -> ModelsBeside:
    """Hold every way of reckoning against the last part of the time, of which it knew nothing.

    Parameters
    ----------
    past : Past
        The same files on two days of the past and as a whole. The plain way is left out where the earliest holds too few.
    """
    ways = {} if too_few(past.earlier, past.first) else {PLAIN: plain(past)}
    fitted = modelled(past)
    ways |= {name: expected for name, (_, expected) in fitted.items()} | {SAME_RATE: same_rate(past)}
    known, came = histories(past.first.customers), past.came()
    rows = {}
    for name, way in ways.items():
        spent = np.nan if way.money is None or came.money is None else way.money.sum() / max(came.money.sum(), 1e-12)
        still = fitted[name][0].still_there(known) if name in fitted else np.nan
        rows[name] = (way.orders.sum() / max(came.orders.sum(), 1e-12), spent, still)
    return ModelsBeside(pd.DataFrame.from_dict(rows, orient="index", columns=["orders", "money", "still"]), ways)
