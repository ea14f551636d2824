"""Tells what was planted: the segment of every customer, who takes up the trend, and who moves where."""

from collections.abc import Mapping

from segkit.samples.business import Drawn
from segkit.samples.habits import Trade
from segkit.samples.orders import Customer
from segkit.samples.tables import Column, markdown

TRUTH_COLUMNS = (
    Column("customer_id", "The customer's id in the other files.", "text"),
    Column(
        "segment",
        "Planted segment in 2024 and 2025.",
        "a segment's name; `joined`: came only in 2026; `no_orders`; `test_account`",
    ),
    Column(
        "segment_after",
        "Planted segment from January to June 2026.",
        "a segment's name; `left`: buys no more; `no_orders`; `test_account`",
    ),
    Column("took_up_trend", "Whether the customer bought of the new category in 2026.", "yes, no"),
    Column("note", "What is odd about this id, if anything.", "text, mostly empty"),
)


def truth_rows(trade: Trade, drawn: Drawn) -> list[tuple[str, ...]]:
    """Return what was planted for every customer of the order and customer files."""
    keen = {o.customer for o in drawn.later for line in o.lines if line.category.strip().lower() == trade.trend.lower()}
    return [(c.customer_id, c.segment, c.after, "yes" if c in keen else "no", c.note) for c in drawn.customers]


def answers(
    introduction: str, planted: Mapping[str, tuple[str, str]], trend: str, trade: Trade, customers: list[Customer]
) -> str:
    """Return what the dictionary tells about the planted segments, the trend, and who moves where."""
    rows = [(f"`{segment}`", *told) for segment, told in planted.items()]
    table = markdown(("segment", "what they are like", "what becomes of them in 2026"), rows)
    return f"{introduction}\n{table}\n{trend}\n{moves(trade, customers)}"


def moves(trade: Trade, customers: list[Customer]) -> str:
    """Return a table of how many customers move from each planted segment to each."""
    people = [c for c in customers if c.twin_of is None]
    after = [*trade.sizes, "left"]
    rows = [
        [f"`{b}`", *(str(sum(c.segment == b and c.after == a for c in people)) for a in after)]
        for b in [*trade.sizes, "joined"]
    ]
    head = "Customers by planted segment in 2024 and 2025 (rows) and in 2026 (columns), each counted once:"
    return f"{head}\n\n{markdown(['', *(f'`{a}`' for a in after)], rows)}"
