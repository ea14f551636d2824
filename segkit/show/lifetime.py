"""What notebook 4 shows of what customers are worth from today on."""

import pandas as pd

from segkit.core.profiles.lifetime.worth import Kind, Lifetime
from segkit.html.notes import note, sentence
from segkit.html.piece import Html, stacked
from segkit.html.tables import Align, Format, ranges, table
from segkit.show.piece import piece, to_know
from segkit.words.numbers import count, in_100, listed, money, percent, readable
from segkit.words.numbers import date as in_words
from segkit.words.terms import SEGMENT_NAME
from segkit.workbook.session import Session

FAR_OFF = 0.25
"""How far the test on the past may miss before the figures are called rough."""

WHAT: dict[Kind, str] = {"profit": "Profit", "spending": "Spending", "orders": "Orders"}


@piece
def worth(session: Session) -> Html:
    """Show what a customer of each segment is worth from today on, how sure that is, and how the reckoning did on the past."""
    found = session.results.profiles.lifetime
    if isinstance(found, str):
        return note("note", found)
    months = count(session.personas.horizon_months, "month")
    said = [_what_it_is(session, found), _how(session, found), _worth_most(session, found)]
    test = [_tested(found, session.results.data.customer_data.currency)]
    days = (found.until - found.since).days
    if session.personas.horizon_months * 30.4 > 3 * days:
        test.append(
            f"You look {months} ahead and the orders show what came in {count(days, 'day')}: the further ahead, the less sure."
        )
    return stacked([_table(session, found, months), *map(sentence, [*said, " ".join(test)]), _models(session)])


def _written(found: Lifetime) -> Format:
    """Return what writes the worth of a customer, the same in the table and in sentences; pence only where all are small."""
    if found.kind == "orders":
        return readable
    places = 0 if found.table["each"].max() >= 100 else 2
    return lambda value: money(value, decimals=places)


def _table(session: Session, found: Lifetime, months: str) -> Html:
    currency = session.results.data.customer_data.currency
    sign = f" ({currency})" if currency and found.kind != "orders" else ""
    plain = _written(found)
    frame = found.table.assign(between=ranges(found.table["low"], found.table["high"], plain))
    columns: dict[str, tuple[str, Format | None]] = {
        SEGMENT_NAME: ("Segment", None),
        "size": ("Customers", count),
        "each": (f"{WHAT[found.kind]} per customer in the next {months}{sign}", plain),
        "between": ("95 % confidence range", None),
        "total": (f"The whole segment{sign}", readable if found.kind == "orders" else lambda v: money(v, decimals=0)),
        "ratio": ("Test on the past: expected for each 100 that came", in_100),
    }
    tested = bool(frame["ratio"].notna().any())
    if not tested:
        del columns["ratio"]
    hides = bool(frame[["each", "ratio"] if tested else ["each"]].isna().any(axis=None))
    side: dict[str, Align] = {"between": "right"}
    return table(frame, columns, "What customers are worth from today on", side, rows=len(frame), hides=hides)


def _what_it_is(session: Session, found: Lifetime) -> str:
    if found.kind == "orders":
        return "These are orders: the data hold no money, so what they bring is not known."
    if found.kind == "spending":
        return (
            "This is spending, not profit: what is left of it is not known. Once you answer “Margin on what you sell” in "
            "notebook 1, it becomes profit."
        )
    if found.from_orders:
        return "This is profit: it rests on the margin that stands in your orders."
    return f"This is profit at a margin of {percent(session.goals.break_even.margin)}, from notebook 1."


def _how(session: Session, found: Lifetime) -> str:
    less = session.personas.yearly_discount
    later = f" Money that comes a year later counts {percent(1 - 1 / (1 + less))} less." if less else ""
    brings = "" if found.kind == "orders" else ", times what an order of theirs has brought so far"
    return (
        "How it is reckoned: customers go on ordering at their pace so far, but keep up only so much of it as customers who "
        f"had been as quiet kept up from {in_words(found.since)} to {in_words(found.until)}{brings}."
        f"{later if found.kind != 'orders' else ''}"
    )


def _worth_most(session: Session, found: Lifetime) -> str:
    known = found.table.dropna(subset=["each"]).sort_values("each", ascending=False, kind="stable")
    if known.empty or known["each"].iloc[0] <= 0:
        return "Which segment is worth most from today on cannot be told."
    plain = _written(found)
    unit = "orders" if found.kind == "orders" else session.results.data.customer_data.currency

    def said(row: pd.Series) -> str:
        each = f"{plain(row['each'])} {unit}".strip()
        return f"{each} per customer (95 % confidence range {plain(row['low'])} to {plain(row['high'])})"

    best = known.iloc[0]
    alone = found.ratio == found.ratio and best["ratio"] != best["ratio"]
    untested = (
        f" Too few of “{best[SEGMENT_NAME]}” came back to test it by itself: be careful with its figure." if alone else ""
    )
    text = f"From today on, a customer of “{best[SEGMENT_NAME]}” is worth most: {said(best)}"
    if len(known) < 2:
        return f"{text}.{untested}"
    second = known.iloc[1]
    sure = "the ranges overlap, so it may be the other way round" if second["high"] >= best["low"] else "the ranges lie apart"
    return f"{text}; next comes “{second[SEGMENT_NAME]}” with {said(second)}: {sure}.{untested}"


def _tested(found: Lifetime, currency: str) -> str:
    if found.untested or found.ratio != found.ratio:
        return f"This way could not be tested on your past, so take the figures as rough. {found.untested}".strip()
    what = "orders" if found.kind == "orders" else currency or "of money"
    rough = ""
    if abs(found.ratio - 1) > FAR_OFF:
        rough = " That is far off: take the figures as rough, and their order as safer."
    elif len(far := found.table[(found.table["ratio"] - 1).abs() > FAR_OFF]):
        of = listed([f"“{name}” ({in_100(ratio)})" for name, ratio in zip(far[SEGMENT_NAME], far["ratio"], strict=True)])
        rough = f" It was far off for {of}: take {'that figure' if len(far) == 1 else 'those figures'} as rough."
    return (
        f"Tested on your own past: knowing only the orders up to {in_words(found.since)}, it expected "
        f"{in_100(found.ratio)} {what} for each 100 {what} that came by {in_words(found.until)}.{rough} The range holds "
        "what chance may do; where the test misses by more, change has done the rest."
    )


def _models(session: Session) -> Html:
    found = session.results.profiles.lifetime_models
    assert found is not None, "shown where the orders tell what comes next"
    frame = found.table.rename_axis("way").reset_index()
    columns: dict[str, tuple[str, Format | None]] = {
        "way": ("Way of reckoning", None),
        "orders": ("Orders expected for each 100 that came", in_100),
        "money": ("Money expected for each 100 that came", in_100),
        "still": ("Of those who came back, still customers", percent),
    }
    if not frame["money"].notna().any():
        del columns["money"]
    shown = table(frame, columns, "Other ways, in the same test on the past", rows=len(frame))
    best = frame.loc[(frame["orders"] - 1).abs().idxmin(), "way"]
    read = sentence(
        f"“{best}” came nearest to the orders. BG/NBD, MBG/NBD and Pareto/NBD are models of customers who order at random "
        "until they stop unseen; what an order brings is by gamma-gamma. Each was fitted to the first part of the time alone. "
        "Whether somebody who bought once is still a customer is not said: models that fit alike answer it differently."
    )
    return to_know("the models that analysts use", shown, read)
