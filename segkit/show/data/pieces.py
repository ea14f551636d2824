"""What notebook 2 shows: how the files were read, which rows count, and what is known of the customers."""

from collections.abc import Sequence

import pandas as pd

from segkit.core.data.customers import CustomerData
from segkit.core.data.noticed import noticed
from segkit.core.data.survey import AGREEMENT, FEW_QUESTIONS, answers_needed, people_to_ask
from segkit.handover.survey import questions
from segkit.html.data.roles import roles_table
from segkit.html.data.rows_set_aside import ledger_table
from segkit.html.notes import Kind, note, sentence
from segkit.html.piece import Html, stacked
from segkit.html.tables import table
from segkit.plots.data.distributions import distributions
from segkit.plots.data.lorenz import money_by_customer
from segkit.plots.data.missing import missing_values
from segkit.plots.data.monthly import orders_by_month
from segkit.show.data.checks import accurate, complete, damaged, enough, up_to_date
from segkit.show.data.survey import who_answered
from segkit.show.piece import drawn, piece
from segkit.words.numbers import count, date, first_few, money, number, percent
from segkit.words.terms import (
    FREQUENCY,
    MONETARY_TOTAL,
    RECENCY_DAYS,
    SMALL_GROUP,
    Base,
    GoalReason,
    Grain,
    Role,
    Severity,
)
from segkit.workbook.session import Session

_CODES = (Role.CATEGORY, Role.ORDER, Role.CUSTOMER, Role.PRODUCT, Role.DATE, Role.CHANNEL, Role.STATUS)
"""Roles whose numbers, if they are numbers, have no mean."""


_KINDS: dict[Severity, Kind] = {Severity.SERIOUS: "warning", Severity.WARNING: "warning", Severity.NOTE: "note"}

ENDS = {
    "mean": "Mean",
    "minimum": f"Lowest (mean of {SMALL_GROUP} customers)",
    "maximum": f"Highest (mean of {SMALL_GROUP} customers)",
    "total": "Sum",
}
"""Figures of a column with numbers; the lowest number alone would be one customer's own."""

_ADD_UP = (Role.QUANTITY, Role.AMOUNT, Role.MARGIN, Role.FREQUENCY, Role.NUMBER)
"""Roles whose numbers have a sum that means something; prices of single pieces have none."""


@piece
def reading(session: Session) -> Html:
    """Show how each file was read, in a sentence, and all that was noticed in them (what is asked stands apart)."""
    data = session.results.data.customer_data
    said = [
        sentence(f"{r.file_name} ({count(r.rows, 'row')}, {count(r.columns, 'column')}). {r.sentence}") for r in data.readings
    ]
    return stacked([*said, *(note(_KINDS[one.severity], one.text) for one in noticed(data, questions=False))])


@piece
def roles(session: Session) -> Html:
    """Show what each column is taken for."""
    return roles_table(session.results.data.customer_data.roles)


@piece
def privacy(session: Session) -> Html:
    """Say which columns hold personal data and are kept out of all that is shown, and how it was noticed."""
    data = session.results.data.customer_data
    kept_out = [
        (kind.label, role.column, role.role.label, role.reason)
        for kind, found in data.roles.items()
        for role in found
        if role.role in (Role.PERSONAL, Role.FREE_TEXT)
    ]
    told_apart = [note("answer", text)] if (text := _told_apart(data, session.data_decision.pseudonyms)) else []
    if not kept_out:
        none = "holds names, addresses, telephone numbers or free text, so none has to be kept out."
        return stacked(told_apart or [note("answer", f"No column {none}")])
    frame = pd.DataFrame(kept_out, columns=["file", "column", "role", "reason"])
    columns = {"file": ("File", None), "column": ("Column", None), "role": ("Read as", None), "reason": ("Why", None)}
    kept = table(frame, columns, "Kept out of every table, picture, list and report", rows=len(frame))
    return stacked([*told_apart, kept])


def _told_apart(data: CustomerData, pseudonyms: bool) -> str:
    """Say what becomes of keys that tell who somebody is; nothing where customers are told apart by plain numbers."""
    mails = any(role.role is Role.EMAIL for roles in data.roles.values() for role in roles)
    keys = data.keys or ("e-mail addresses" if mails else "")
    if not keys:
        return ""
    apart = (
        f"Your customers are identified by {keys}, which are personal data: no report, picture, summary or file name shows one."
    )
    if pseudonyms:
        return f"{apart} The lists hold pseudonyms instead; the key to them is pseudonyms.csv in your workspace."
    return (
        f"{apart} Only the customer lists hold them, for your own use; choosing pseudonyms below takes them out of those, too."
    )


@piece
def headline(session: Session) -> Html:
    """Show the figures to check against the books: customers, orders, money, dates."""
    data = session.results.data.customer_data
    rows: list[tuple[str, str]] = [("Customers", count(len(data.customers)))]
    if data.orders is not None:
        rows.append(("Orders", count(data.orders)))
    if data.revenue is not None:
        rows.append((_money_word(data), money(data.revenue, data.currency, decimals=2)))
    if data.first_date and data.last_date:
        rows.append(("Period", f"{date(data.first_date)} to {date(data.last_date)}"))
    if data.as_of:
        rows.append(("Analysis date", date(data.as_of)))
    for column, label, digits in (
        (RECENCY_DAYS, "Days since the last order, on average", 1),
        (FREQUENCY, "Average orders per customer", 2),
        (MONETARY_TOTAL, "Average spend per customer", 2),
    ):
        if column in data.customers:
            rows.append((label, number(data.customers[column].mean(), digits)))
    if data.merged_customers:
        rows.append(("Customers merged (the same person under two numbers)", count(data.merged_customers)))
    frame = pd.DataFrame(rows, columns=["what", "value"])
    return table(frame, {"what": ("Figure", None), "value": ("Value", None)}, "To compare with your books", {"value": "right"})


def _money_word(data: CustomerData) -> str:
    return "Money spent (all spending columns)" if data.grain is Grain.CUSTOMER else "Revenue"


@piece
def ledger(session: Session) -> Html:
    """Show where every row went."""
    data = session.results.data.customer_data
    return ledger_table(data.ledger, data.currency, None if data.grain is Grain.CUSTOMER else data.revenue)


@piece
def months(session: Session) -> Html:
    """Draw orders and revenue by month."""
    return drawn(
        orders_by_month(session.results.data.customer_data), "There are no order dates, so there is nothing to show by month."
    )


@piece
def concentration(session: Session) -> Html:
    """Draw how the money spreads over customers."""
    return drawn(
        money_by_customer(session.results.data.customer_data),
        "There are no amounts in these data, so there is nothing to show by customer.",
    )


@piece
def spread(session: Session) -> Html:
    """Draw how the main variables spread over the customers."""
    return drawn(distributions(session.results.data.customer_data), "Nothing in these data differs from customer to customer.")


@piece
def missing(session: Session) -> Html:
    """Draw what is missing by variable."""
    return drawn(
        missing_values(session.results.data.customer_data), "Nothing is missing: each customer has a value for each variable."
    )


@piece
def columns(session: Session) -> Html:
    """Show each column: how complete it is, and what stands in it. Personal data are only counted."""
    frame = session.results.data.customer_data.columns
    frame = frame.assign(role=[Role(value).label for value in frame["role"]])
    known = {
        "column": ("Column", None),
        "role": ("Read as", None),
        "filled": ("Filled", percent),
        "distinct": ("Different values", count),
    }
    figures = {name: (header, lambda v: number(v, 2)) for name, header in ENDS.items()}
    codes = frame["role"].isin([role.label for role in _CODES])
    added = frame["role"].isin([role.label for role in _ADD_UP])
    frame["total"] = frame["total"].where(added)
    numeric = frame["mean"].notna() & ~codes
    pieces = [
        table(
            frame[~numeric],
            {**known, "commonest": ("Most common values", None)},
            "Columns with words, codes and dates",
            rows=len(frame),
        )
    ]
    if numeric.any():
        pieces.append(table(frame[numeric], {**known, **figures}, "Columns with numbers", rows=len(frame)))
    return stacked(pieces)


@piece
def bases(session: Session) -> Html:
    """Show what is known by segmentation base, and what is missing for the goals."""
    results = session.results
    overview = results.data.bases
    frame = overview.table.assign(
        variables=[first_few(v) or "nothing yet" for v in overview.table["variables"]],
        unusable=[first_few(v) for v in overview.table["unusable"]],
        known=[_known(results.data.customer_data, Base(base)) for base in overview.table.index],
    )
    shown = table(
        frame,
        {
            "label": ("What it tells (segmentation base)", None),
            "variables": ("Can form segments", None),
            "unusable": ("Can only describe them", None),
            "known": ("Known for", percent),
        },
        "What we know, by kind",
    )
    gaps = goal_gaps(results.data.customer_data, [g.reason for g in session.goals.goals])
    return stacked([shown, sentence(overview.sentence), *(note("warning", gap) for gap in gaps)])


def _known(data: CustomerData, base: Base) -> float:
    names = [v.name for v in data.variables if v.base is base]
    return float(data.customers[names].notna().any(axis=1).mean()) if names else 0.0


def goal_gaps(data: CustomerData, reasons: Sequence[GoalReason]) -> list[str]:
    """Return in sentences which data the goals ask for that are not there."""
    have = set(data.customers.columns)
    known = {v.base for v in data.variables if v.usable}
    gaps = []
    for reason in reasons:
        want = f"You want to “{reason.label.lower()}”, but"
        if reason in (GoalReason.KEEP, GoalReason.WIN_BACK) and not {RECENCY_DAYS, FREQUENCY} <= have:
            gaps.append(f"{want} your data hold no repeat orders with dates. Export your orders with their dates.")
        if reason in (GoalReason.GROW_VALUE, GoalReason.BUDGET, GoalReason.PRICE) and MONETARY_TOTAL not in have:
            gaps.append(f"{want} your data hold no amounts. Export your orders with amounts.")
        if reason is GoalReason.CHANNEL and not any("channel" in name for name in have):
            gaps.append(f"{want} no column holds a channel. Add one to your export.")
        if reason in (GoalReason.MESSAGE, GoalReason.PRODUCT) and Base.PSYCHOGRAPHIC not in known:
            gaps.append(f"{want} you do not know what customers think. A survey of five questions would tell you.")
        if reason is GoalReason.FIND_NEW and not known & {Base.DEMOGRAPHIC, Base.GEOGRAPHIC, Base.FIRMOGRAPHIC}:
            gaps.append(f"{want} you do not know who or where they are. Add age, place or industry.")
    return gaps


@piece
def verdict(session: Session) -> Html:
    """Say whether the data are accurate, complete, up to date, and enough."""
    data = session.results.data.customer_data
    return stacked(
        [
            *map(damaged, data.damage),
            accurate(data),
            complete(data),
            up_to_date(data),
            enough(session.results.data.sufficiency),
        ]
    )


@piece
def survey(session: Session) -> Html:
    """Show the questions, how many customers to ask, and what the answers can tell."""
    asked = questions(session)
    if not asked:
        return note("answer", "No question is chosen, so there is nothing to ask.")
    rows = [
        (q.text, "in their own words" if q.free else "; ".join(q.options) if q.options else f"{AGREEMENT[0]} … {AGREEMENT[-1]}",
         q.base.label)
        for q in asked
    ]  # fmt: skip
    shown = table(
        pd.DataFrame(rows, columns=["text", "answers", "base"]),
        {"text": ("Question", None), "answers": ("Answers", None), "base": ("What it tells", None)},
        "What to ask your customers",
        rows=len(rows),
    )
    customers = len(session.results.data.customer_data.customers)
    needed, asking = answers_needed(customers), people_to_ask(customers)
    whom = "all of them" if asking == customers else f"{count(asking)} of them, chosen at random"
    said = (
        f"With {count(needed, 'answer')} from your {count(customers, 'customer')}, a share such as “40 % compare prices” is "
        f"known to within 5 percentage points. Perhaps one in five will answer, so ask {whom}."
    )
    pieces = [shown, sentence(said)]
    if len(asked) > FEW_QUESTIONS:
        pieces.append(note("warning", f"{len(asked)} questions is a lot: beyond {FEW_QUESTIONS}, people stop before the end."))
    return stacked([*pieces, *who_answered(session.results.data.customer_data)])
