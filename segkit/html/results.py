"""Tables of results: the ledger of rows, the roles of columns, and the segments."""

from collections.abc import Mapping, Sequence

import pandas as pd

from segkit.core.data.cleaning import Ledger
from segkit.core.data.roles.guess import ColumnRole
from segkit.html.piece import Html, stacked
from segkit.html.tables import Format, table
from segkit.words.numbers import MISSING, count, money, number, percent
from segkit.words.terms import SEGMENT_ID, SEGMENT_NAME, SMALL_GROUP, FileKind


def ledger_table(ledger: Ledger, currency: str = "", money_kept: float | None = None) -> Html:
    """Return where every row of the main file went: rows read, set aside by each rule, kept.

    Parameters
    ----------
    ledger : Ledger
        The books.
    currency : str, optional
        Sign or code of the money.
    money_kept : float, optional
        Money of the rows kept; with it the money adds up as the rows do.
    """
    aside = sum(c.money or 0.0 for c in ledger.counts if c.applied)
    money_read = None if money_kept is None else money_kept + aside
    rows: list[tuple[str, float, float | None, str, str]] = [("Rows read", ledger.rows_read, money_read, "", "")]
    for c in ledger.counts:
        if c.rows:
            examples = ", ".join(count(row) for row in c.examples)
            rows.append((c.rule.label, c.rows, c.money, "set aside" if c.applied else "kept, only counted", examples))
    rows.append(("Rows kept", ledger.rows_kept, money_kept, "", ""))
    frame = pd.DataFrame(rows, columns=["what", "rows", "money", "done", "examples"])
    columns: dict[str, tuple[str, Format | None]] = {"what": ("", None), "rows": ("Rows", count)}
    columns["what"] = ("Rows by rule", None)
    if frame["money"].notna().any():
        columns["money"] = (f"Money ({currency})" if currency else "Money", lambda value: money(value, decimals=2))
    columns |= {"done": ("What was done", None), "examples": ("Rows of the file, for example", None)}
    share = percent(ledger.rows_kept / ledger.rows_read) if ledger.rows_read else MISSING
    caption = f"{count(ledger.rows_kept)} of {count(ledger.rows_read, 'row')} are kept ({share})"
    return table(frame, columns, caption, {"money": "right"}, rows=len(frame))


def roles_table(roles: Sequence[ColumnRole] | Mapping[FileKind, Sequence[ColumnRole]]) -> Html:
    """Return what each column is taken for, how sure that is, and why.

    Parameters
    ----------
    roles : Sequence of ColumnRole, or Mapping of FileKind to such
        Columns of one file, or of all files (a table each).
    """
    if isinstance(roles, Mapping):
        return stacked(_roles(found, f"{kind.label}: what each column is taken for") for kind, found in roles.items())
    return _roles(roles, "What each column is taken for")


def _roles(roles: Sequence[ColumnRole], caption: str) -> Html:
    frame = pd.DataFrame(
        [
            (
                r.column,
                r.role.label,
                r.base.value if r.base else MISSING,
                r.certainty,
                r.reason,
            )
            for r in roles
        ],
        columns=["column", "role", "base", "sure", "reason"],
        dtype=object,
    )
    headers = {"column": "Column", "role": "Taken for", "base": "Segmentation base", "sure": "How sure", "reason": "Why"}
    return table(frame, {name: (header, None) for name, header in headers.items()}, caption, rows=len(frame))


def segments_table(segments: pd.DataFrame, currency: str = "", caption: str = "The segments") -> Html:
    """Return segments with size, share and, where known, value, medians and rule.

    Parameters
    ----------
    segments : pandas.DataFrame
        ``Segmentation.segments`` or ``ProfileTables.summary`` (or both joined), index ``segment_id``.
    currency : str, optional
        Sign or code of the money.
    caption : str, optional
        Title of the table.
    """
    sign = f" ({currency})" if currency else ""
    interval = {"value_mean_low", "value_mean_high"} <= set(segments)
    known: dict[str, tuple[str, Format | None]] = {
        SEGMENT_NAME: ("Segment", None),
        "rule": ("Who belongs to it", None),
        "action": ("What we do for them", None),
        "size": ("Customers", size),
        "share": ("Share of customers", percent),
        "value": (f"Money in all{sign}", lambda v: money(v, decimals=0)),
        "value_share": ("Share of money", percent),
        "value_mean": (
            f"Money a customer, mean and 95 % interval{sign}" if interval else f"Money a customer, mean{sign}",
            None,
        ),
        "recency_days": ("Last order, median (days ago)", count),
        "frequency": ("Orders, median", lambda v: number(v, 0 if float(v).is_integer() else 1)),
    }
    frame = small_hidden(segments)
    frame.index.name = SEGMENT_ID
    if "value_mean" in frame:
        frame["value_mean"] = _means(segments)
    columns = {name: how for name, how in known.items() if name in frame and frame[name].notna().any()}
    return table(frame, columns, caption, {"value_mean": "right"}, rows=len(frame))


def _means(segments: pd.DataFrame) -> list[str | None]:
    """Write each mean with its interval; pence only where all means are small, so that a column has one number of places."""
    places = 0 if segments["value_mean"].max() >= 100 else 2
    rows = segments.reindex(columns=["value_mean", "value_mean_low", "value_mean_high"])
    texts: list[str | None] = []
    for mean, low, high in rows.itertuples(index=False, name=None):
        between = (
            f" ({money(low, decimals=places)} to {money(high, decimals=places)})" if pd.notna(low) and pd.notna(high) else ""
        )
        texts.append(money(mean, decimals=places) + between if pd.notna(mean) else None)
    return texts


def small_hidden(segments: pd.DataFrame) -> pd.DataFrame:
    """Return the segments with the figures of those below ``SMALL_GROUP`` customers hidden, for the sake of their privacy."""
    frame = segments.copy()
    small = frame["size"] < SMALL_GROUP
    for column in frame.columns:
        if column != "size" and pd.api.types.is_numeric_dtype(frame[column]):
            frame[column] = frame[column].astype(float).mask(small)
    return frame


def size(customers: float) -> str:
    """Return the size of a segment; a very small one only as "fewer than 5"."""
    return f"fewer than {SMALL_GROUP}" if customers < SMALL_GROUP else count(customers)
