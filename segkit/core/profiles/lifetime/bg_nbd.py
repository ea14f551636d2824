"""BG/NBD and MBG/NBD: orders come at random, and after any order a customer may stop for good.

In BG/NBD (Fader, Hardie, Lee 2005, "Counting your customers" the easy way) nobody stops after the first order; in MBG/NBD
(Batislam, Denizel, Filiztekin 2007) one may. The parameters are r, α (rate of orders: gamma) and a, b (chance to stop: beta).
"""

import numpy as np
import numpy.typing as npt
from scipy.special import betaln, gammaln, hyp2f1

from segkit.core.profiles.lifetime.buying import BuyingModel
from segkit.core.profiles.lifetime.histories import Histories

Doubles = npt.NDArray[np.float64]

NEAR_ONE = 1e-6
"""How near to 1 a parameter may come in formulas that divide by its distance from 1; they are smooth there."""


def off_one(value: float) -> float:
    """Return a parameter, moved off 1 where a formula would divide by nothing."""
    return 1 + NEAR_ONE if abs(value - 1) < NEAR_ONE else value


def _odds(parameters: Doubles, of: Histories, first: int) -> Doubles:
    """Return the logarithm of the odds to have stopped after the last order; ``first``: 1 where one may after the first."""
    r, alpha, a, b = parameters
    stops = np.maximum(b + of.repeats - 1 + first, 1e-300)
    odds = np.log(a) - np.log(stops) + (r + of.repeats) * (np.log(alpha + of.known) - np.log(alpha + of.last))
    return odds if first else np.where(of.repeats > 0, odds, -np.inf)


def _log_likelihood(parameters: Doubles, of: Histories, first: int) -> Doubles:
    r, alpha, a, b = parameters
    x = of.repeats
    orders = gammaln(r + x) - gammaln(r) + r * np.log(alpha) - (r + x) * np.log(alpha + of.known)
    stays = betaln(a, b + x + first) - betaln(a, b)
    return np.asarray(orders + stays + np.logaddexp(0.0, _odds(parameters, of, first)))


def _expected(parameters: Doubles, of: Histories, weeks: float, first: int) -> Doubles:
    """Return the orders to come.

    The published (1 − z)^(r + x) · 2F1(r + x, b + x; a + b + x − 1; z) is between 0 and 1, yet for frequent buyers its second
    factor grows beyond all bounds. Euler's transformation makes (1 − z)^(a − 1) · 2F1(a + b − 1 − r, a − 1; …; z) of it, in
    which it stays small; that is taken unless the exponent becomes the larger one.
    """
    r, alpha, a, b = parameters
    a, x = off_one(a), of.repeats
    z, third = weeks / (alpha + of.known + weeks), a + b + x - 1 + first
    often = r + x > a - 1
    power = np.where(often, a - 1, r + x)
    one, other = np.where(often, a + b - 1 + first - r, r + x), np.where(often, a - 1, b + x + first)
    flat = np.abs(one) < 1e-9  # 2F1(0, …) is 1, where the library divides by nothing
    left = (1 - z) ** power * np.where(flat, 1.0, hyp2f1(np.where(flat, 0.5, one), other, third, z))
    return np.asarray(third / (a - 1) * (1 - left) * _alive(parameters, of, first))


def _alive(parameters: Doubles, of: Histories, first: int) -> Doubles:
    return np.asarray(np.exp(-np.logaddexp(0.0, _odds(parameters, of, first))))


def _model(name: str, first: int) -> BuyingModel:
    return BuyingModel(
        name,
        lambda parameters, of: _log_likelihood(parameters, of, first),
        lambda parameters, of, weeks: _expected(parameters, of, weeks, first),
        lambda parameters, of: _alive(parameters, of, first),
    )


BG_NBD = _model("BG/NBD", 0)
MBG_NBD = _model("MBG/NBD", 1)
