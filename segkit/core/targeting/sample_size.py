"""Could a test tell? How many customers it needs, and what the size of a segment allows."""

from dataclasses import dataclass

from segkit.words.errors import CriteriaError
from segkit.words.numbers import count, percent

FEWEST = 20
"""Customers in each group below which no test is worth making."""


@dataclass(frozen=True)
class TestPlan:
    """Customers needed in each arm to see a lift, and what the segment's size allows."""

    __test__ = False

    per_arm: int
    available: int
    detectable_rate: float | None
    sentence: str


def arm_size(rate: float, other: float, *, alpha: float = 0.05, power: float = 0.8) -> int:
    """Return the customers needed in each arm to tell two rates apart.

    (zα + zβ)² [p₁q₁ + p₂q₂] / (p₂ − p₁)², two-sided.

    Examples
    --------
    >>> arm_size(0.03, 0.036), arm_size(0.03, 0.033), arm_size(0.10, 0.12)
    (13911, 53208, 3838)
    """
    from scipy.special import ndtri  # late, for the first notebook asks for no test

    z = float(-ndtri(alpha / 2) - ndtri(1 - power))
    return round(z**2 * (rate * (1 - rate) + other * (1 - other)) / (other - rate) ** 2)


def plan_test(rate: float, lift: float, available: int) -> TestPlan:
    """Plan a test of two halves: how many customers it needs, and what the segment allows.

    Parameters
    ----------
    rate : float
        Share that responds today, above 0 and below 1.
    lift : float
        Relative improvement hoped for: 0.2 means from 3 % to 3.6 %.
    available : int
        Customers in the segment.

    Raises
    ------
    CriteriaError
        If rate or lift lie outside what a test can tell.
    """
    if not 0 < rate < 1:
        raise CriteriaError(f"A response rate of {rate:g} cannot be tested.", "Enter a share between 0 and 1, such as 0.03.")
    if lift <= 0 or rate * (1 + lift) >= 1:
        raise CriteriaError(
            f"A lift of {lift:g} on {percent(rate)} cannot be tested.", "Enter a lift above 0 that leaves the rate below 100 %."
        )
    wanted = rate * (1 + lift)
    per_arm = arm_size(rate, wanted)
    half = available // 2
    least = _detectable(rate, half)
    rates = f"{percent_fine(wanted)} from {percent_fine(rate)}"
    need = f"To tell {rates} you need {count(per_arm, 'customer')} in each of two groups"
    if half >= per_arm:
        sentence = f"{need}; the segment has {count(available)}, so the test can be run."
    elif least is None:
        sentence = f"{need}; the segment has {count(available)}, too few to detect any effect. Test all segments together."
    else:
        sentence = (
            f"{need}; the segment has {count(available)}. With these the test can only detect a rise to "
            f"{percent_fine(least)} or "
            "more: test several segments together, or a bolder change."
        )
    return TestPlan(per_arm, available, least, sentence)


def percent_fine(share: float) -> str:
    """Write a response rate with one decimal."""
    return percent(share, 0 if round(100 * share, 1).is_integer() else 1)


def _detectable(rate: float, per_arm: int) -> float | None:
    """Return the least higher rate that so many customers in each arm can tell from ``rate``."""
    from scipy.optimize import brentq
    from scipy.special import ndtri

    z = float(-ndtri(0.025) - ndtri(0.2))

    def short(other: float) -> float:
        return z**2 * (rate * (1 - rate) + other * (1 - other)) - per_arm * (other - rate) ** 2

    if per_arm < FEWEST or short(1.0) > 0:
        return None
    return float(brentq(short, rate, 1.0))
