"""Gamma-gamma: what a customer spends on an order, drawn in towards what others spend.

Fader, Hardie, Lee 2005, "RFM and CLV: using iso-value curves for customer base analysis".
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import gammaln

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Spend:
    """The fitted model: an order is gamma with shape ``p``, its rate gamma with shape ``q`` (above 1) and rate ``gamma``."""

    p: float
    q: float
    gamma: float
    log_likelihood: float

    @property
    def mean(self) -> float:
        """What an order brings on average over all customers."""
        return self.p * self.gamma / (self.q - 1)

    def per_order(self, orders: Doubles, mean: Doubles) -> Doubles:
        """Return what each customer's next order is expected to bring; of whom no order is known, the mean of all.

        Parameters
        ----------
        orders, mean : numpy.ndarray of float, shape (customers,)
            Number of orders, and money an order.
        """
        return np.asarray(self.p * (self.gamma + mean * orders) / (self.p * orders + self.q - 1))


def fit_spend(orders: Doubles, mean: Doubles) -> Spend:
    """Fit the model by maximum likelihood to customers with at least one order and money above zero.

    Parameters
    ----------
    orders, mean : numpy.ndarray of float, shape (customers,)
        Number of orders, and money an order.
    """
    scale = float(np.mean(mean))  # in this unit all three parameters are near each other
    m = mean / scale

    def log_likelihood(logs: Doubles) -> float:
        p, q, gamma = np.exp(logs[0]), 1 + np.exp(logs[1]), np.exp(logs[2])
        px = p * orders
        each = gammaln(px + q) - gammaln(px) - gammaln(q) + q * np.log(gamma) + (px - 1) * np.log(m) + px * np.log(orders)
        return float((each - (px + q) * np.log(gamma + m * orders)).sum())

    found = minimize(
        lambda logs: -log_likelihood(logs) / len(m), np.array([1.0, 1.0, 0.0]), method="L-BFGS-B", bounds=[(-7, 9)] * 3,
        options={"ftol": 1e-13, "gtol": 1e-8},
    )  # fmt: skip
    p, q, gamma = float(np.exp(found.x[0])), float(1 + np.exp(found.x[1])), float(np.exp(found.x[2])) * scale
    return Spend(p, q, gamma, -float(found.fun) * len(m) - len(m) * float(np.log(scale)))
