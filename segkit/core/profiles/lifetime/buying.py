"""Models of buying, each a likelihood and what follows from it, fitted by maximum likelihood."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from segkit.core.profiles.lifetime.histories import WEEK, Histories

Doubles = npt.NDArray[np.float64]

BOUNDS = tuple((float(np.log(0.001)), float(np.log(most))) for most in (50, 1000, 50, 1000))
"""Bounds of the logarithms of the parameters: beyond these customers no longer differ in them."""

MOST = 40_000
"""Different histories that are fitted; of more, so many drawn at random tell the same."""


@dataclass(frozen=True)
class BuyingModel:
    """A model of how often customers order until, unseen, they stop.

    Attributes
    ----------
    name : str
        As the field calls it.
    log_likelihood : callable
        ``(parameters, histories)`` → logarithm of the likelihood of each history, shape (histories,).
    expected : callable
        ``(parameters, histories, weeks)`` → orders to come within so many weeks, shape (histories,).
    alive : callable
        ``(parameters, histories)`` → probability that the customer has not stopped, shape (histories,).
    """

    name: str
    log_likelihood: Callable[[Doubles, Histories], Doubles]
    expected: Callable[[Doubles, Histories, float], Doubles]
    alive: Callable[[Doubles, Histories], Doubles]


@dataclass(frozen=True, eq=False)
class Fitted:
    """A model with its four parameters (weeks) and the log-likelihood of all customers that it was fitted to."""

    model: BuyingModel
    parameters: Doubles
    log_likelihood: float

    def orders(self, of: Histories, days: float) -> Doubles:
        """Return the orders expected of each customer within so many days, shape (customers,)."""
        return of.each(self.model.expected(self.parameters, of, days / WEEK))

    def still_there(self, of: Histories) -> float:
        """Return the share of customers who came back that have not stopped, as far as the model tells; NaN without any.

        Of who bought once nothing is told: BG/NBD would call all of them alive, and the others differ widely.
        """
        back = of.repeats > 0
        if not back.any():
            return float("nan")
        return float(np.average(self.model.alive(self.parameters, of)[back], weights=of.customers[back]))


def fit(model: BuyingModel, to: Histories) -> Fitted:
    """Fit a model to buying histories by maximum likelihood.

    Parameters
    ----------
    model : BuyingModel
        Which model.
    to : Histories
        At least one history.

    Returns
    -------
    Fitted
        The likelihood is that of all customers, also where parameters were found on `MOST` of their histories.
    """
    some = to.at_most(MOST)
    n = float(some.customers.sum())

    def loss(logs: Doubles) -> float:
        return -float(some.customers @ model.log_likelihood(np.exp(logs), some)) / n

    start = np.array([0.0, np.log(max(float(np.average(some.known, weights=some.customers)) / 4, 0.1)), 0.0, 0.7])
    found = minimize(loss, start, method="L-BFGS-B", bounds=BOUNDS, options={"ftol": 1e-11, "gtol": 1e-6, "maxiter": 100})
    parameters = np.exp(found.x)
    return Fitted(model, parameters, float(to.customers @ model.log_likelihood(parameters, to)))
