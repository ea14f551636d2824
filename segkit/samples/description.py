"""What describes a sample business, and how its files come out of the description."""

from collections.abc import Mapping
from dataclasses import dataclass

from segkit.samples.business import Drawn, Plan, draw
from segkit.samples.catalogue import Sample
from segkit.samples.contacts import Contacts, contact_rows
from segkit.samples.customer_file import CustomerFile, Row, customer_dirt, customer_rows
from segkit.samples.order_file import order_dirt, order_rows
from segkit.samples.survey import Survey, survey_rows
from segkit.samples.tables import Column, Table
from segkit.samples.truth import TRUTH_COLUMNS, answers, truth_rows
from segkit.samples.writing import Business
from segkit.words.terms import FileKind


@dataclass(frozen=True)
class Words:
    """What the data dictionary tells.

    Attributes
    ----------
    who : str
        What one customer is called.
    customer_id : str
        The form of an id.
    story : str
        Opens the dictionary.
    introduction, trend : str
        Stand before and behind the table of ``planted``.
    planted : Mapping[str, tuple[str, str]]
        Segment → what they are like, and what becomes of them.
    """

    who: str
    customer_id: str
    order_columns: tuple[Column, ...]
    customer_columns: tuple[Column, ...]
    story: str
    introduction: str
    planted: Mapping[str, tuple[str, str]]
    trend: str


@dataclass(frozen=True)
class Description:
    """All that sets one sample business apart from the others."""

    sample: Sample
    plan: Plan
    customer_file: CustomerFile
    contacts: Contacts
    words: Words
    survey: Survey | None = None


def business(described: Description) -> Business:
    """Draw the business that is described."""
    sample, plan, words = described.sample, described.plan, described.words
    drawn = draw(plan)
    customers = customer_rows(plan, described.customer_file, drawn)
    files = _files(described, drawn, customers)
    later = order_rows(plan, drawn.later, earlier=len(drawn.orders))
    dirt = {
        FileKind.ORDERS: {**order_dirt(plan, drawn.orders), "customers_not_in_customer_file": plan.erased},
        FileKind.CUSTOMERS: customer_dirt(plan, described.customer_file, customers),
    }
    if FileKind.SURVEY in files:
        dirt[FileKind.SURVEY] = {"missing_cells": sum(cell == "" for row in files[FileKind.SURVEY].rows for cell in row)}
    planted = truth_rows(plan.trade, drawn)
    return Business(
        name=sample.name,
        title=sample.title,
        story=words.story,
        tables=(
            *(files[kind] for kind in sample.files),
            Table(sample.later_file, "One row an order line, January to June 2026.", words.order_columns, later),
        ),
        truth=Table(sample.truth_file, "One row for each customer id of any file.", TRUTH_COLUMNS, planted),
        answers=answers(words.introduction, words.planted, words.trend, plan.trade, drawn.customers),
        dirt={
            **{sample.files[kind]: faults for kind, faults in dirt.items()},
            sample.later_file: order_dirt(plan, drawn.later),
        },
    )


def _files(described: Description, drawn: Drawn, customers: list[Row]) -> dict[FileKind, Table]:
    """Return the files of the two years."""
    plan, words, contacts, survey = described.plan, described.words, described.contacts, described.survey
    who = (words.who, words.customer_id)
    listed = [tuple(row[column.name] for column in words.customer_columns) for row in customers]
    held = contact_rows(plan, contacts, drawn)
    told = {
        FileKind.ORDERS: ("One row an order line.", words.order_columns, order_rows(plan, drawn.orders, earlier=0)),
        FileKind.CUSTOMERS: (f"One row a {words.who}, as entered by the end of 2025.", words.customer_columns, listed),
        FileKind.CONTACTS: ("One row a contact, 2024 and 2025.", contacts.columns(*who), held),
    }
    if survey is not None:
        what = f"Answers to a survey of October 2025, one row a {words.who} who answered."
        told[FileKind.SURVEY] = (what, survey.columns(*who), survey_rows(plan, survey, drawn))
    return {kind: Table(described.sample.files[kind], *rest) for kind, rest in told.items()}
