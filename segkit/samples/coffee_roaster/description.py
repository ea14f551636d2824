"""The sample business for consumers: Kettle & Crane Coffee."""

from segkit.samples.business import Plan, draw, order_dirt, order_rows, truth_rows
from segkit.samples.coffee_roaster import words
from segkit.samples.coffee_roaster.people import contact_rows, customer_rows, survey_rows
from segkit.samples.coffee_roaster.trade import TRADE
from segkit.samples.dirt import OrderDirt
from segkit.samples.tables import Table
from segkit.samples.writing import TRUTH_COLUMNS, Business, answers, empty_cells

PLAN = Plan(
    seed=20240101,
    trade=TRADE,
    nobody_like="passers_by",
    nobody=210,
    nobody_later=60,
    twins=24,
    silent=45,
    erased=18,
    test_days=(64, 65, 65, 310, 402, 611),
    dirt=OrderDirt(
        cancelled_orders=41,
        returned_lines=130,
        zero_prices=22,
        prices_missing=9,
        undated_orders=5,
        copied_lines=14,
        misspelt_share=0.14,
        misspelt_channel="market",
    ),
    later_dirt=OrderDirt(
        cancelled_orders=9,
        returned_lines=30,
        zero_prices=4,
        prices_missing=0,
        undated_orders=0,
        copied_lines=0,
        misspelt_share=0.1,
        misspelt_channel="market",
    ),
    other_dates=("shop", 63, 152, "%d/%m/%Y"),
    id_form=lambda number: f"{number + 101:06d}",
    order_form=lambda number: f"K{number}",
)


def business() -> Business:
    """Draw the coffee roaster."""
    drawn = draw(PLAN)
    first = 100001
    customers = Table(
        "customers.csv",
        "One row a customer, as entered by the end of 2025.",
        words.CUSTOMER_COLUMNS,
        customer_rows(PLAN.seed, drawn),
    )
    survey = Table(
        "survey.csv",
        "Answers to a survey of October 2025, one row a customer who answered.",
        words.SURVEY_COLUMNS,
        survey_rows(PLAN.seed, drawn),
    )
    tables = (
        Table("orders.csv", "One row an order line.", words.ORDER_COLUMNS, order_rows(PLAN, drawn.orders, first, False)),
        customers,
        survey,
        Table("contacts.csv", "One row a contact, 2024 and 2025.", words.CONTACT_COLUMNS, contact_rows(PLAN.seed, drawn)),
        Table(
            "orders_later.csv",
            "One row an order line, January to June 2026.",
            words.ORDER_COLUMNS,
            order_rows(PLAN, drawn.later, first + len(drawn.orders), False),
        ),
    )
    return Business(
        name="coffee_roaster",
        title="Kettle & Crane Coffee",
        story=words.STORY,
        tables=tables,
        truth=Table("truth.csv", "One row for each customer id of any file.", TRUTH_COLUMNS, truth_rows(PLAN, drawn)),
        answers=answers(words.INTRODUCTION, words.PLANTED, words.TREND_TOLD, PLAN.trade, drawn.customers),
        dirt={
            "orders.csv": {**order_dirt(PLAN, drawn.orders), "customers_not_in_customer_file": PLAN.erased},
            "customers.csv": {
                "customers_without_orders": PLAN.silent,
                "twice": PLAN.twins,
                "twice_email_in_capitals": -(-PLAN.twins // 4),
                "test_accounts": 1,
                "impossible_birth_years": 1,
                "missing_cells": empty_cells(customers),
            },
            "survey.csv": {"missing_cells": empty_cells(survey)},
            "orders_later.csv": order_dirt(PLAN, drawn.later),
        },
    )
