"""Where every row of the main file went."""

import pandas as pd

from segkit.core.data.cleaning import Ledger
from segkit.core.disclosure import withheld
from segkit.html.piece import Html
from segkit.html.tables import Format, table
from segkit.words.numbers import MISSING, count, money, percent


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
    # money of a handful of rows is that of single orders; the ends of the books are everybody's
    inside = [*(frame["done"] == "set aside").to_numpy().nonzero()[0], len(frame) - 1]
    hidden = withheld(frame["rows"], [inside])
    frame.loc[hidden, "money"] = float("nan")
    columns: dict[str, tuple[str, Format | None]] = {"what": ("", None), "rows": ("Rows", count)}
    columns["what"] = ("Rows by rule", None)
    if frame["money"].notna().any():
        columns["money"] = (f"Money ({currency})" if currency else "Money", lambda value: money(value, decimals=2))
    columns |= {"done": ("What was done", None), "examples": ("Rows of the file, for example", None)}
    share = percent(ledger.rows_kept / ledger.rows_read) if ledger.rows_read else MISSING
    caption = f"{count(ledger.rows_kept)} of {count(ledger.rows_read, 'row')} are kept ({share})"
    hides = bool(hidden.any()) and "money" in columns
    return table(frame, columns, caption, {"money": "right"}, rows=len(frame), hides=hides)
