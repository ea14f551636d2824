"""Advice that needs no data: how many goals suit a business, and what to measure for each."""

from segkit.decisions.goals import Business
from segkit.words.terms import BusinessSize, CustomerKind, GoalReason

MEASURES: dict[GoalReason, str] = {
    GoalReason.KEEP: "Share of last year's customers who bought again this year (%)",
    GoalReason.WIN_BACK: "Customers quiet for a year who ordered again (number per quarter)",
    GoalReason.GROW_VALUE: "Average spend per customer per year",
    GoalReason.FIND_NEW: "New customers in a quarter who order again within the next half-year (number)",
    GoalReason.MESSAGE: "Share of those contacted who answer or order (%)",
    GoalReason.CHANNEL: "Cost per order, by channel",
    GoalReason.PRODUCT: "Share of sales from products less than a year old (%)",
    GoalReason.PRICE: "Average margin per order (%)",
    GoalReason.SERVICE: "Complaints per 100 orders",
    GoalReason.BUDGET: "Extra margin earned per unit of money spent on marketing",
    GoalReason.NICHE: "Sales to the chosen niche (per year)",
    GoalReason.FOCUS: "Hours per week spent on customers who bring in no margin",
}
"""Something measurable for each reason: a first suggestion, to be replaced by the business's own."""

FEWER_IS_BETTER = frozenset({GoalReason.CHANNEL, GoalReason.SERVICE, GoalReason.FOCUS})
"""Reasons whose measure is to fall: costs, complaints, hours."""

_GOALS_BY_SIZE = {
    BusinessSize.SOLO: (1, "you are on your own, so one goal that you keep to beats three that you do not"),
    BusinessSize.MICRO: (
        1,
        "with fewer than ten people, one goal at a time gets done; a second can follow at the first review",
    ),
    BusinessSize.SMALL: (2, "with 10 to 49 people, two goals can each have somebody responsible for it"),
    BusinessSize.MEDIUM: (3, "with 50 people or more, marketing, sales and service can each carry one goal"),
    BusinessSize.LARGE: (3, "more than three goals pull a segmentation in too many directions, however large the business"),
}


def how_many_goals(business: Business) -> tuple[int, str]:
    """Return how many goals suit a business, and one sentence that says why."""
    number, reason = _GOALS_BY_SIZE[business.size]
    goals = "1 goal suits" if number == 1 else f"Up to {number} goals suit"
    extra = ""
    if business.kind is CustomerKind.BUSINESS and number == 1:
        extra = " Firms buy rarely and take a long time to decide: choose a goal that shows within a year."
    return number, f"{goals} your business: {reason}.{extra}"
