"""Whether the data are enough, way by way of forming segments."""

from dataclasses import dataclass

from segkit.core.data.customers import CustomerData
from segkit.words.numbers import count, percent
from segkit.words.terms import FREQUENCY, MIN_CUSTOMERS, MONETARY_TOTAL, RECENCY_DAYS, Method

CUSTOMERS_A_VARIABLE = 70
"""Customers for each segmentation variable, below which segments found in data are seldom found again.

Dolnicar, Grün, Leisch, Schmidt 2014, "Required sample sizes for data-driven market segmentation analyses in tourism".
"""

SEVERAL_ORDERS = 100
"""Customers with several orders, below which scores for how often and how much rest on few."""


@dataclass(frozen=True)
class Sufficiency:
    """Whether the data are enough for one way of forming segments, and why in a sentence."""

    method: Method
    enough: bool
    reason: str


def sufficiency(data: CustomerData, variables: int) -> tuple[Sufficiency, ...]:
    """Judge for each way of forming segments whether there are enough customers and the right figures.

    Parameters
    ----------
    data : CustomerData
        The customers.
    variables : int
        Variables from which segments would be found in the data.

    Returns
    -------
    tuple of Sufficiency
        By hand, RFM, from the data. Below the least number of customers for any segment, only one entry that says so.
    """
    customers = len(data.customers)
    if customers < MIN_CUSTOMERS:
        few = f"{count(customers, 'customer')} are too few to segment; the workbook needs {MIN_CUSTOMERS}."
        return (Sufficiency(Method.BY_HAND, False, few),)
    by_hand = f"By hand: yes, {count(customers, 'customer')} fill up to {min(customers // 15, 7)} segments of 15 or more."
    return (Sufficiency(Method.BY_HAND, True, by_hand), _rfm(data), _from_data(data, variables))


def _rfm(data: CustomerData) -> Sufficiency:
    missing = [
        words
        for column, words in ((RECENCY_DAYS, "dates"), (FREQUENCY, "numbers of orders"), (MONETARY_TOTAL, "amounts"))
        if column not in data.customers
    ]
    if missing:
        return Sufficiency(Method.RFM, False, f"RFM: no, there are no {' and no '.join(missing)}.")
    again = int((data.customers[FREQUENCY] > 1).sum())
    share = f"{count(again, 'customer')} ({percent(again / len(data.customers))}) ordered more than once"
    if again < SEVERAL_ORDERS:
        each = f"each of five scores rests on about {count(again // 5, 'customer')}"
        return Sufficiency(Method.RFM, False, f"RFM: with care, {share}, so {each}.")
    return Sufficiency(Method.RFM, True, f"RFM: yes, {share}.")


def _from_data(data: CustomerData, variables: int) -> Sufficiency:
    if variables < 2:
        return Sufficiency(Method.K_MEANS, False, "From the data: no, fewer than two variables can form segments.")
    needed = CUSTOMERS_A_VARIABLE * variables
    ask = f"{count(variables)} variables ask for about {count(needed, 'customer')} ({CUSTOMERS_A_VARIABLE} each)"
    if len(data.customers) < needed:
        return Sufficiency(Method.K_MEANS, False, f"From the data: with care, {ask}.")
    return Sufficiency(Method.K_MEANS, True, f"From the data: yes, {ask}.")
