"""Does it pay, and could a test tell? The arithmetic that needs no customers, only a few figures."""

from dataclasses import dataclass

from segkit.decisions.goals import BreakEven
from segkit.words.errors import CriteriaError
from segkit.words.numbers import count, percent, quantity

FEWEST = 20
"""Customers in each group below which no test is worth making."""


@dataclass(frozen=True)
class BreakEvenResult:
    """What the segmentation must bring: ``extra_revenue`` (money a year) and ``share_of_revenue`` (None if unknown)."""

    cost: float
    extra_revenue: float
    share_of_revenue: float | None
    sentence: str


@dataclass(frozen=True)
class TestPlan:
    """Customers needed in each arm to see a lift, and what the segment's size allows."""

    __test__ = False

    per_arm: int
    available: int
    detectable_rate: float | None
    sentence: str


def break_even(decision: BreakEven, currency: str = "") -> BreakEvenResult:
    """Say what the segmentation must bring in a year to pay for itself.

    Raises
    ------
    CriteriaError
        If the margin is zero, so that no revenue would ever pay for it.
    """
    cost = decision.hours * decision.hourly_cost + decision.other_cost
    if decision.margin == 0:
        raise CriteriaError(
            "With a margin of 0 % no revenue pays for the work.", "Enter what is left of each sale after its own costs."
        )
    extra = cost / decision.margin
    share = extra / decision.yearly_revenue if decision.yearly_revenue else None
    money = quantity(extra, "money", currency)
    sentence = (
        f"The work costs {quantity(cost, 'money', currency)}; at a margin of {percent(decision.margin)} "
        f"it pays once it brings {money} more revenue a year"
    )
    sentence += f", {percent(share)} of what you sell now." if share is not None else "."
    return BreakEvenResult(cost, extra, share, sentence)


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
        raise CriteriaError(
            f"A response rate of {rate:g} cannot be tested.", "Enter a share between 0 and 1, such as 0.03 for 3 %."
        )
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
        sentence = f"{need}; the segment has {available:,}, so the test can be done."
    elif least is None:
        sentence = f"{need}; the segment has {available:,}, too few to tell any lift. Test all segments together."
    else:
        sentence = (
            f"{need}; the segment has {available:,}. With these the test tells only a rise to {percent_fine(least)} or more: "
            "test several segments together, or a bolder change."
        )
    return TestPlan(per_arm, available, least, sentence)


def percent_fine(share: float) -> str:
    """Write a response rate with one decimal."""
    return f"{100 * share:.1f}".removesuffix(".0") + " %"


def _detectable(rate: float, per_arm: int) -> float | None:
    """Return the least higher rate that so many customers in each arm can tell from ``rate``."""
    from scipy.optimize import brentq
    from scipy.special import ndtri

    z = float(-ndtri(0.025) - ndtri(0.2))

    def short(other: float) -> float:
        return z**2 * (rate * (1 - rate) + other * (1 - other)) - per_arm * (other - rate) ** 2

    if per_arm < FEWEST or short(1.0) > 0:
        return None
    return float(brentq(short, rate + 1e-12, 1.0))
