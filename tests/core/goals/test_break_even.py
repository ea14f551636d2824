import pytest

from segkit.core.goals.break_even import break_even
from segkit.decisions.goals import BreakEven
from segkit.words.errors import CriteriaError


def test_break_even_says_what_it_must_bring():
    result = break_even(BreakEven(hours=40, hourly_cost=30, other_cost=900, yearly_revenue=100_000, margin=0.3), "EUR")
    assert (result.cost, result.extra_revenue, result.share_of_revenue) == (2100, pytest.approx(7000), pytest.approx(0.07))
    assert result.sentence == (
        "The work costs 2,100 EUR; at a margin of 30 % it pays for itself once it brings 7,000 EUR more revenue per year, "
        "7 % of what you sell now. That is possible, but no small thing: measure whether it comes."
    )


@pytest.mark.parametrize(
    ("sales", "said"),
    [
        (50_000, "2 % of what you sell now. That is within reach."),
        (49_999, "2 % of what you sell now. That is possible, but no small thing: measure whether it comes."),
        (10_001, "10 % of what you sell now. That is possible, but no small thing: measure whether it comes."),
        (10_000, "10 % of what you sell now. That is a lot to ask of a segmentation: plan fewer hours, or aim at the segments "
                 "that bring most."),
        (1_001, "99.9 % of what you sell now. That is a lot to ask of a segmentation: plan fewer hours, or aim at the segments "
                "that bring most."),
        (1_000, "100 % of what you sell now. That is more than you sell in a whole year: on these figures it does not pay. "
"Check the hours, the costs and the margin, or do less of it."),
        (100, "1,000 % of what you sell now. That is more than you sell in a whole year: on these figures it does not pay. "
"Check the hours, the costs and the margin, or do less of it."),
    ],
)  # fmt: skip
def test_what_it_must_bring_is_weighed_against_the_sales_of_a_year(sales, said):
    result = break_even(BreakEven(hours=0, hourly_cost=0, other_cost=500, yearly_revenue=sales, margin=0.5), "EUR")
    assert result.extra_revenue == 1000 and result.sentence.endswith(f"1,000 EUR more revenue per year, {said}")


@pytest.mark.parametrize("revenue", [None, 0])
def test_without_revenue_of_today_no_share_of_it_is_said(revenue):
    result = break_even(BreakEven(hours=10, hourly_cost=50, other_cost=0, yearly_revenue=revenue, margin=1), "£")
    assert (result.cost, result.extra_revenue, result.share_of_revenue) == (500, 500, None)
    assert result.sentence.endswith("£500 more revenue per year.")


def test_half_the_margin_asks_for_twice_the_revenue_and_other_cost_is_added():
    hours = {"hours": 3, "hourly_cost": 20}
    at = {margin: break_even(BreakEven(**hours, other_cost=40, margin=margin)) for margin in (0.5, 0.25)}
    assert (at[0.5].cost, at[0.5].extra_revenue, at[0.25].extra_revenue) == (100, 200, 400)
    assert break_even(BreakEven(**hours, other_cost=41)).cost == 101


def test_where_nothing_is_left_of_a_sale_no_revenue_pays():
    with pytest.raises(CriteriaError) as error:
        break_even(BreakEven(margin=0))
    assert str(error.value) == (
        "With a margin of 0 % no revenue pays for the work. Enter what is left of each sale after its own costs."
    )
    assert break_even(BreakEven(hours=1, hourly_cost=1, other_cost=0, margin=0.01)).extra_revenue == pytest.approx(100)
