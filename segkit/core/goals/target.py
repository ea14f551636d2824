"""A target for a goal whose figure of today is known: how far to aim, what that is worth, and what chance alone does."""

import datetime as dt
import math
from dataclasses import dataclass

from segkit.core.goals.today import YEAR, Today, written
from segkit.decisions.goals import Business
from segkit.words.numbers import count, date, money, percent
from segkit.words.terms import BusinessSize, Industry

STEP = 0.1
"""How far to aim within a year: a tenth more, or a tenth of those who stay away. A rule of thumb of ours, no finding."""

SMALL_STEP = 0.05
"""The same where few people do the work, or where customers order so seldom that few have the chance to within the year."""

FEW_PEOPLE = frozenset({BusinessSize.SOLO, BusinessSize.MICRO})

SELDOM_DAYS = 120
"""Usual days between two orders from which a customer orders seldom: about three times a year."""

SELDOM = frozenset({Industry.MANUFACTURING, Industry.CRAFTS, Industry.PROFESSIONAL, Industry.EDUCATION})
"""Industries whose customers order seldom, as long as the orders do not tell it."""

Z = 1.96
"""Standard errors that hold 95 % of what chance does."""


@dataclass(frozen=True)
class Target:
    """A target that is suggested.

    Attributes
    ----------
    value : float
        In the unit of today's figure.
    by : datetime.date
        A year after the analysis date.
    extra : float or None
        Money a year that reaching it brings; None where no money is known.
    chance : float
        By how much the figure moves from year to year by chance alone (95 %), in its unit.
    said : tuple of str
        The target, its money, and how sure one can be to see it, a sentence or two each.
    """

    value: float
    by: dt.date
    extra: float | None
    chance: float
    said: tuple[str, ...]


def target(
    today: Today, business: Business, as_of: dt.date, *, gap: float | None, margin: float, cost: float, currency: str = ""
) -> Target:
    """Suggest a target for a year from the analysis date.

    Parameters
    ----------
    today : Today
        Today's figure.
    business : Business
        Its size and industry set how far to aim.
    as_of : datetime.date
        Analysis date.
    gap : float or None
        Usual days between two orders of a customer, where the orders tell.
    margin : float
        What is left of sales, 0 to 1.
    cost : float
        What the segmentation costs a year.
    currency : str
        Sign or code of the money.
    """
    step, why = _step(business, gap)
    now, people = today.value, len(today.counted)
    if today.unit == "share":
        value = round(now + step * (1 - now), 2)
        more = (value - now) * people
        aim = f"that would be {count(more)} more of {count(people, 'customer')} who come back"
    elif today.unit == "count":
        value = float(max(math.ceil(now * (1 + step)), now + 1))
        more = value - now
        aim = f"that would be {count(more)} more per quarter"
    else:
        value = float(_round(now * (1 + step)))
        more = value - now
        aim = f"that would be {money(more, currency)} more from each"
    chance = by_chance(today)
    extra = None if today.worth is None else more * today.worth
    said = [f"We suggest {written(value, today.unit, currency)} by {date(as_of + YEAR)}: {aim}."]
    if extra is not None:
        left = extra * margin
        pays = "more than the work costs" if left > cost else "which alone does not pay for the work"
        said.append(
            f"That is worth about {money(_round(extra), currency)} in sales per year, of which "
            f"{money(_round(left), currency)} is left at your margin of {percent(margin)}: {pays} ({money(cost, currency)} "
            "a year)."
        )
    return Target(value, as_of + YEAR, extra, chance, (*said, why, _seen(today, value, chance, currency)))


def by_chance(today: Today) -> float:
    """Return by how much a figure moves between two times by chance alone (95 %), where nothing else has changed.

    Each time is taken for a new sample: a binomial share, a Poisson number, or a mean. Customers who are there both times make
    the figure steadier than that, so it is on the safe side.
    """
    now, people = today.value, len(today.counted)
    if today.unit == "share":
        return Z * math.sqrt(2 * now * (1 - now) / people)
    if today.unit == "count":
        return Z * math.sqrt(2 * now)
    return Z * math.sqrt(2.0) * float(today.counted.std()) / math.sqrt(people)


def difference(value: float, today: Today, currency: str = "") -> str:
    """Write a difference of two figures of a goal with its unit: two shares differ by points."""
    return f"{count(100 * abs(value))} points" if today.unit == "share" else written(abs(value), today.unit, currency)


def _step(business: Business, gap: float | None) -> tuple[float, str]:
    """Return how far to aim, and why."""
    rule = "This is a rule of thumb, not a promise"
    seldom = business.industry in SELDOM if gap is None else gap >= SELDOM_DAYS
    if seldom:
        often = (
            "customers in your line of business order rarely"
            if gap is None
            else f"customers come back every {count(gap, 'day')}"
        )
        return SMALL_STEP, f"{rule}: a small step, because {often}, so few have the chance to change within a year."
    if business.size in FEW_PEOPLE:
        return SMALL_STEP, f"{rule}: a small step, because few people do the work in a business of your size."
    return STEP, f"{rule}: a tenth within a year, which is ambitious."


def _seen(today: Today, value: float, chance: float, currency: str) -> str:
    """Say whether the target could be told from chance."""
    said = f"Chance alone can move the figure by up to {difference(chance, today, currency)} from one period to the next"
    if abs(value - today.value) > chance:
        return f"{said}; a change as large as this goes beyond that."
    return f"{said}, more than the step suggested: reaching the target once proves little, so check whether it lasts."


def _round(value: float) -> float:
    """Return a figure to three digits: more would look surer than it is."""
    return value if value == 0 else round(value, 2 - math.floor(math.log10(abs(value))))
