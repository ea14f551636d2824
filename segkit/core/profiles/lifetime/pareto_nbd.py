"""Pareto/NBD: orders come at random, and at any time a customer may stop for good (Schmittlein, Morrison, Colombo 1987).

The parameters are r, α (rate of orders: gamma) and s, β (rate of stopping: gamma). Formulas: Fader, Hardie 2005, "A note on
deriving the Pareto/NBD model and related expressions".
"""

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln, hyp2f1

from segkit.core.profiles.lifetime.bg_nbd import off_one
from segkit.core.profiles.lifetime.buying import BuyingModel
from segkit.core.profiles.lifetime.histories import Histories

Doubles = npt.NDArray[np.float64]


def _tail(parameters: Doubles, repeats: Doubles, weeks: Doubles) -> Doubles:
    """Return the logarithm of the published 2F1(…) / (α + t)^(r + s + x), after Euler's transformation.

    It leaves 2F1(1, …; …; z) with 0 ≤ z < 1, which neither overflows nor vanishes for frequent buyers.
    """
    r, alpha, s, beta = parameters
    longer = r + s + repeats + 1
    if alpha >= beta:
        z, second = (alpha - beta) / (alpha + weeks), r + repeats
        return np.asarray(
            -(r + repeats) * np.log(alpha + weeks) - s * np.log(beta + weeks) + np.log(hyp2f1(1, second, longer, z))
        )
    z = (beta - alpha) / (beta + weeks)
    power = -(s + 1) * np.log(beta + weeks) - (r + repeats - 1) * np.log(alpha + weeks)
    return np.asarray(power + np.log(hyp2f1(1, s + 1, longer, z)))


def _stopped(parameters: Doubles, of: Histories) -> Doubles:
    """Return the logarithm of the part of the likelihood in which the customer has stopped since the last order."""
    r, _, s, _ = parameters
    since = _tail(parameters, of.repeats, of.last)
    ratio = np.minimum(_tail(parameters, of.repeats, of.known) - since, 0.0)
    some = ratio < 0
    left = np.full(len(since), -np.inf)
    left[some] = since[some] + np.log(-np.expm1(ratio[some]))
    return np.asarray(np.log(s) - np.log(r + s + of.repeats) + left)


def _goes_on(parameters: Doubles, of: Histories) -> Doubles:
    """Return the logarithm of the part of the likelihood in which the customer has not stopped."""
    r, alpha, s, beta = parameters
    return np.asarray(-(r + of.repeats) * np.log(alpha + of.known) - s * np.log(beta + of.known))


def _log_likelihood(parameters: Doubles, of: Histories) -> Doubles:
    r, alpha, s, beta = parameters
    before = gammaln(r + of.repeats) - gammaln(r) + r * np.log(alpha) + s * np.log(beta)
    return np.asarray(before + np.logaddexp(_goes_on(parameters, of), _stopped(parameters, of)))


def _alive(parameters: Doubles, of: Histories) -> Doubles:
    return np.asarray(np.exp(-np.logaddexp(0.0, _stopped(parameters, of) - _goes_on(parameters, of))))


def _expected(parameters: Doubles, of: Histories, weeks: float) -> Doubles:
    r, alpha, s, beta = parameters
    s = off_one(s)
    known = beta + of.known
    stays = -np.expm1((s - 1) * (np.log(known) - np.log(known + weeks))) / (s - 1)
    return np.asarray((r + of.repeats) * known / (alpha + of.known) * stays * _alive(parameters, of))


PARETO_NBD = BuyingModel("Pareto/NBD", _log_likelihood, _expected, _alive)
