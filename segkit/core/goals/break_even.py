"""Does it pay? The arithmetic that needs no customers, only a few figures."""

from dataclasses import dataclass

from segkit.decisions.goals import BreakEven
from segkit.words.errors import CriteriaError
from segkit.words.numbers import percent, quantity


@dataclass(frozen=True)
class BreakEvenResult:
    """What the segmentation must bring: ``extra_revenue`` (money a year) and ``share_of_revenue`` (None if unknown)."""

    cost: float
    extra_revenue: float
    share_of_revenue: float | None
    sentence: str


NO_WAY, MUCH, LITTLE = 1.0, 0.1, 0.02
"""Shares of a year's sales from which a gain is out of reach, a lot to ask, and up to which a few good orders bring it."""


def _weighed(share: float) -> str:
    """Say what it means to have to sell so much more."""
    if share >= NO_WAY:
        return (
            " That is more than you sell in a whole year: on these figures it does not pay. Check the hours, the costs and "
            "the margin, or do less of it."
        )
    if share >= MUCH:
        return " That is a lot to ask of a segmentation: plan fewer hours, or aim at the segments that bring most."
    return " That is within reach." if share <= LITTLE else " That is possible, but no small thing: measure whether it comes."


def cost(decision: BreakEven) -> float:
    """Return what the segmentation costs in a year."""
    return decision.hours * decision.hourly_cost + decision.other_cost


def break_even(decision: BreakEven, currency: str = "") -> BreakEvenResult:
    """Say what the segmentation must bring in a year to pay for itself.

    Raises
    ------
    CriteriaError
        If the margin is zero, so that no revenue would ever pay for it.
    """
    if decision.margin == 0:
        raise CriteriaError(
            "With a margin of 0 % no revenue pays for the work.", "Enter what is left of each sale after its own costs."
        )
    costs = cost(decision)
    extra = costs / decision.margin
    share = extra / decision.yearly_revenue if decision.yearly_revenue else None
    money = quantity(extra, "money", currency)
    sentence = (
        f"The work costs {quantity(costs, 'money', currency)}; at a margin of {percent(decision.margin)} it pays for itself "
        f"once it brings {money} more revenue per year"
    )
    sentence += f", {percent(share)} of what you sell now.{_weighed(share)}" if share is not None else "."
    return BreakEvenResult(costs, extra, share, sentence)
