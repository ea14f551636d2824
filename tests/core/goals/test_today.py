"""Today's figure of a goal, counted by hand on customers whose orders are known day by day, and the target that it leads to."""

import datetime as dt
import math

import pandas as pd
import pytest

from segkit.core.goals.target import SMALL_STEP, STEP, by_chance, target
from segkit.core.goals.today import NEEDS, NOT_TOLD, Today, entered, today
from segkit.decisions.goals import Business
from segkit.words.terms import BusinessSize, GoalReason, Industry

AS_OF = dt.date(2026, 1, 1)
FIRST = dt.date(2023, 1, 1)


def ago(*days: int) -> list[dt.date]:
    return [AS_OF - dt.timedelta(days=d) for d in days]


def until(orders: dict[str, list[dt.date]], money: float = 10.0):
    """Count what each customer had ordered before a day."""

    def customers(day: dt.date) -> pd.DataFrame:
        held = {who: [d for d in days if d < day] for who, days in orders.items()}
        rows = {
            who: ((day - max(days)).days, len(days), money * len(days), (day - min(days)).days)
            for who, days in held.items()
            if days
        }
        return pd.DataFrame.from_dict(rows, "index", columns=["recency_days", "frequency", "monetary_total", "tenure_days"])

    return customers


def counted(reason, orders, **options):
    customers = until(orders, **options)
    return today(reason, customers(AS_OF), customers, FIRST, AS_OF, "EUR")


def many(kind: str, n: int, *days: int) -> dict[str, list[dt.date]]:
    return {f"{kind}{i}": ago(*days) for i in range(n)}


def test_customers_kept_are_those_of_the_year_before_who_bought_again():
    orders = many("kept", 15, 500, 100) | many("lost", 5, 400) | many("gone before", 9, 900) | many("new", 7, 30)
    found = counted(GoalReason.KEEP, orders)
    assert (found.value, len(found.counted), found.worth) == (0.75, 20, 10.0)
    assert found.said == "Of 20 customers who bought in the year up to 1 January 2025, 75 % bought again in the year after."
    assert found.entered == 75.0


def test_customers_won_back_were_quiet_for_a_year_and_ordered_in_the_last_quarter():
    orders = (
        many("back", 4, 700, 20) | many("quiet", 20, 800) | many("never quiet", 6, 200, 20) | many("back long ago", 3, 800, 120)
    )
    found = counted(GoalReason.WIN_BACK, orders)
    assert (found.value, len(found.counted), found.worth) == (4.0, 24, 40.0)  # 10 EUR in a quarter, 40 EUR a year


def test_money_a_customer_spends_is_that_of_the_last_year_alone():
    orders = many("one", 12, 900, 100) | many("two", 12, 50, 40) | many("gone", 12, 500)
    found = counted(GoalReason.GROW_VALUE, orders)
    assert (found.value, len(found.counted), found.worth) == (15.0, 24, 24.0)


def test_new_customers_count_with_half_a_year_to_come_back():
    orders = many("again", 11, 200, 100) | many("once", 10, 250) | many("too new", 9, 100, 50) | many("old", 8, 400, 10)
    found = counted(GoalReason.FIND_NEW, orders)
    assert (found.value, len(found.counted)) == (11.0, 21)


@pytest.mark.parametrize("reason", list(GoalReason))
def test_every_goal_is_counted_or_says_what_to_count_instead(reason):
    assert (reason in NEEDS) is not (reason in NOT_TOLD)
    found = counted(reason, many("kept", 30, 800, 500, 250, 100))
    assert isinstance(found, Today | str) and (isinstance(found, str) is (reason in NOT_TOLD) or reason is not GoalReason.KEEP)


def test_what_cannot_be_counted_says_why():
    customers = until(many("few", 9, 500, 100))
    said = today(GoalReason.KEEP, customers(AS_OF), customers, FIRST, AS_OF)
    assert said == "Only 9 customers would count: too few to say where you stand."
    said = today(GoalReason.KEEP, customers(AS_OF), customers, dt.date(2025, 1, 1), AS_OF)
    assert said == "This needs orders of 24 months; yours cover 12 months. Count it yourself until then."
    assert "no dated orders" in today(GoalReason.KEEP, pd.DataFrame({"age": [1.0]}), customers, None, None)
    no_money = customers(AS_OF).drop(columns="monetary_total")
    assert "no money" in today(GoalReason.GROW_VALUE, no_money, customers, FIRST, AS_OF)


def suggested(found, *, size=BusinessSize.SMALL, industry=Industry.RETAIL, gap=30.0, margin=0.5, cost=100.0):
    return target(found, Business(size=size, industry=industry), AS_OF, gap=gap, margin=margin, cost=cost, currency="EUR")


def test_a_target_its_money_and_whether_it_pays():
    found = Today(GoalReason.KEEP, "share", pd.Series([1.0] * 600 + [0.0] * 400), 50.0, "")
    aim = suggested(found)
    assert (aim.value, aim.by) == (0.64, dt.date(2027, 1, 1)) and aim.extra == pytest.approx(40 * 50.0)
    assert aim.said[0] == "We suggest 64 % by 1 January 2027: that would be 40 more of 1,000 customers who come back."
    assert (
        "about 2,000 EUR in sales per year, of which 1,000 EUR is left at your margin of 50 %: more than the work"
    ) in aim.said[1]
    assert "does not pay for the work (5,000 EUR a year)" in suggested(found, cost=5_000.0).said[1]


def test_chance_moves_a_share_as_a_binomial_and_a_number_as_a_poisson():
    share = Today(GoalReason.KEEP, "share", pd.Series([1.0] * 50 + [0.0] * 50), None, "")
    assert by_chance(share) == pytest.approx(1.96 * math.sqrt(0.5 * 0.5 * 2 / 100))
    number = Today(GoalReason.WIN_BACK, "count", pd.Series([1.0] * 8 + [0.0] * 50), None, "")
    assert by_chance(number) == pytest.approx(1.96 * 4.0)
    aim = suggested(number)
    assert aim.value == 9.0 and "reaching the target once proves little" in aim.said[-1] and aim.extra is None
    sure = Today(GoalReason.GROW_VALUE, "money", pd.Series([99.0, 101.0] * 500), 1000.0, "")
    assert "goes beyond that" in suggested(sure).said[-1]


@pytest.mark.parametrize(
    ("options", "step"),
    [
        ({}, STEP),
        ({"size": BusinessSize.SOLO}, SMALL_STEP),
        ({"gap": 200.0}, SMALL_STEP),
        ({"gap": None}, STEP),
        ({"gap": None, "industry": Industry.MANUFACTURING}, SMALL_STEP),
        ({"gap": 20.0, "industry": Industry.MANUFACTURING}, STEP),
    ],
)
def test_size_and_rhythm_set_how_far_to_aim(options, step):
    found = Today(GoalReason.GROW_VALUE, "money", pd.Series([90.0, 110.0] * 50), 100.0, "")
    assert suggested(found, **options).value == pytest.approx(100 * (1 + step))


def test_figures_are_entered_as_the_form_holds_them():
    assert (entered(0.7042, "share"), entered(24.0, "count"), entered(210.506, "money")) == (70.4, 24.0, 210.51)
