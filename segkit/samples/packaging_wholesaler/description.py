"""The sample business for businesses: Tern & Tape Packaging."""

from segkit.samples.business import Plan, draw, order_dirt, order_rows, truth_rows
from segkit.samples.dirt import OrderDirt
from segkit.samples.packaging_wholesaler import words
from segkit.samples.packaging_wholesaler.people import INDUSTRIES, contact_rows, customer_rows, discount
from segkit.samples.packaging_wholesaler.trade import TRADE
from segkit.samples.tables import Table
from segkit.samples.writing import TRUTH_COLUMNS, Business, answers, empty_cells

PLAN = Plan(
    seed=20240102,
    trade=TRADE,
    nobody_like="now_and_then",
    nobody=12,
    nobody_later=3,
    twins=7,
    silent=9,
    erased=3,
    test_days=(120, 121, 500),
    dirt=OrderDirt(
        cancelled_orders=24,
        returned_lines=60,
        zero_prices=12,
        prices_missing=6,
        undated_orders=4,
        copied_lines=8,
        misspelt_share=0.1,
        misspelt_channel="phone",
    ),
    later_dirt=OrderDirt(
        cancelled_orders=6,
        returned_lines=14,
        zero_prices=2,
        prices_missing=0,
        undated_orders=0,
        copied_lines=0,
        misspelt_share=0.05,
        misspelt_channel="phone",
    ),
    other_dates=("phone", 244, 334, "%d.%m.%Y"),
    id_form=lambda number: f"F-{number + 1001}",
    order_form=lambda number: f"T{number}",
    discount=discount,
)


def business() -> Business:
    """Draw the packaging wholesaler."""
    drawn = draw(PLAN)
    first = 200001
    later_first = first + len(drawn.orders)
    customers = Table(
        "customers.csv",
        "One row a firm, as entered by the end of 2025.",
        words.CUSTOMER_COLUMNS,
        customer_rows(PLAN.seed, drawn),
    )
    names = [column.name for column in words.CUSTOMER_COLUMNS]
    industries, notes = ([row[names.index(name)] for row in customers.rows] for name in ("industry", "sales_notes"))
    tables = (
        Table("orders.csv", "One row an order line.", words.ORDER_COLUMNS, order_rows(PLAN, drawn.orders, first, True)),
        customers,
        Table("contacts.csv", "One row a contact, 2024 and 2025.", words.CONTACT_COLUMNS, contact_rows(PLAN.seed, drawn)),
        Table(
            "orders_later.csv",
            "One row an order line, January to June 2026.",
            words.ORDER_COLUMNS,
            order_rows(PLAN, drawn.later, later_first, True),
        ),
    )
    return Business(
        name="packaging_wholesaler",
        title="Tern & Tape Packaging",
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
                "industry_spelt_differently": sum(bool(text) and text not in INDUSTRIES for text in industries),
                "notes_with_line_breaks": sum("\n" in text for text in notes),
                "missing_cells": empty_cells(customers),
            },
            "orders_later.csv": order_dirt(PLAN, drawn.later),
        },
    )
