"""What the business does for one target segment."""

from segkit.decisions.targeting import Plan
from segkit.html.cards import card
from segkit.html.piece import Html
from segkit.words.numbers import count, money

_PLAN = (
    ("what_to_sell", "What to sell"),
    ("value_proposition", "Value proposition"),
    ("message", "Message"),
    ("channel", "Channel"),
    ("offer", "Offer"),
    ("relationship", "Relationship"),
    ("budget", "Budget"),
    ("marketing", "Marketing does"),
    ("sales", "Sales does"),
    ("service", "Service does"),
)


def plan_card(plan: Plan, segment_name: str, currency: str = "", customers: int | None = None) -> Html:
    """Return what the business does for one target segment.

    Parameters
    ----------
    plan : Plan
        Written by a person.
    segment_name : str
        Name of the segment.
    currency : str, optional
        Sign or code of the budget.
    customers : int, optional
        Customers in the segment.
    """
    values = {field: getattr(plan, field) for field, _ in _PLAN}
    values["channel"] = plan.channel.label if plan.channel else ""
    values["budget"] = "" if plan.budget is None else money(plan.budget, currency)
    entries = [(label, values[field]) for field, label in _PLAN]
    return card(segment_name, "" if customers is None else count(customers, "customer"), "", entries, "")
