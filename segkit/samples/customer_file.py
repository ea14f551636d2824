"""Fills the customer file: who was entered, who was entered twice, and what was typed wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from segkit.samples.business import Drawn, Plan
from segkit.samples.dice import Dice
from segkit.samples.orders import Customer
from segkit.samples.people import Register

Row = Mapping[str, str]
"""Column → cell."""


@dataclass(frozen=True)
class Slip:
    """What was typed wrong in one column, and how often.

    Attributes
    ----------
    fault : str
        Its name where dirt is counted.
    meets : Callable[[Customer], bool]
        Whether it can happen to a customer; it never does to anyone whose id is odd already, nor in an empty cell.
    typed : Callable[[Dice, str], str]
        What stands there instead of the right text.
    """

    fault: str
    column: str
    how_many: int
    meets: Callable[[Customer], bool]
    typed: Callable[[Dice, str], str]


@dataclass(frozen=True)
class CustomerFile:
    """How customers get into the file.

    Attributes
    ----------
    entered : Callable[[Dice, Register, Customer, str], Row]
        Draws the row of a customer who has the traits of a segment.
    entered_again : Callable[[Row, Row], Row]
        The second row of somebody who is entered twice, made of the first row and of the one drawn for it.
    """

    entered: Callable[[Dice, Register, Customer, str], Row]
    entered_again: Callable[[Row, Row], Row]
    slip: Slip


def customer_rows(plan: Plan, file: CustomerFile, drawn: Drawn) -> list[Row]:
    """Return one row for each id that was entered before the end of 2025 and was not erased."""
    dice = Dice(plan.seed, "customer file")
    register = Register(dice)
    customers = [c for c in drawn.customers if c.segment != "joined"]
    rows = {c: file.entered(dice, register, c, plan.like(c)) for c in customers}
    for number, customer in enumerate(c for c in customers if c.twin_of is not None):
        assert customer.twin_of is not None
        first = rows[customer.twin_of]
        # The same e-mail address, every fourth typed in capitals.
        email = first["email"].upper() if number % 4 == 0 else first["email"]
        rows[customer] = {**file.entered_again(first, rows[customer]), "email": email}
    slip = file.slip
    may_slip = [c for c in customers if rows[c][slip.column] and not c.note and slip.meets(c)]
    for customer in dice.sample(may_slip, slip.how_many):
        rows[customer] = {**rows[customer], slip.column: slip.typed(dice, rows[customer][slip.column])}
    return [rows[c] for c in customers if c.listed]


def customer_dirt(plan: Plan, file: CustomerFile, rows: list[Row]) -> dict[str, int]:
    """Count the rows of each fault in the customer file."""
    cells = [cell for row in rows for cell in row.values()]
    broken = sum("\n" in cell for cell in cells)
    return {
        "customers_without_orders": plan.silent,
        "twice": plan.twins,
        "twice_email_in_capitals": -(-plan.twins // 4),
        "test_accounts": 1,
        file.slip.fault: file.slip.how_many,
        **({"notes_with_line_breaks": broken} if broken else {}),
        "missing_cells": cells.count(""),
    }
