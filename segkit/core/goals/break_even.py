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
