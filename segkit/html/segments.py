"""The table of segments."""

import pandas as pd

from segkit.html.notes import sentence
from segkit.html.piece import Html, stacked
from segkit.html.tables import Format, table
from segkit.words.numbers import adding_up, capital, count, money, percent, readable
from segkit.words.terms import SEGMENT_ID, SEGMENT_NAME


def segments_table(segments: pd.DataFrame, currency: str = "", caption: str = "The segments") -> Html:
    """Return segments with size, share and, where known, value, means and rule.

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
        "size": ("Customers", count),
        "share": ("Share of customers", percent),
        "value": (f"Total spend{sign}", lambda v: money(v, decimals=0)),
        "value_share": ("Share of money", percent),
        "value_mean": (
            (f"Average spend per customer, with 95 % confidence range{sign}")
            if interval
            else f"Average spend per customer{sign}",
            None,
        ),
        "recency_days": ("Average days since last order", readable),
        "frequency": ("Average orders", readable),
    }
    shown = segments.assign(**{c: adding_up(segments[c].to_list()) for c in ("share", "value_share") if c in segments})
    frame = shown.copy()
    frame.index.name = SEGMENT_ID
    if "value_mean" in frame:
        frame["value_mean"] = _means(segments)
    columns = {name: how for name, how in known.items() if name in frame and frame[name].notna().any()}
    lead = _said_by_all(frame["rule"]) if "rule" in columns else ""
    if not lead:
        return table(frame, columns, caption, {"value_mean": "right"}, rows=len(frame))
    frame["rule"] = [capital(rule.removeprefix(lead).lstrip(": ")) for rule in frame["rule"]]
    shown_table = table(frame, columns, caption, {"value_mean": "right"}, rows=len(frame))
    return stacked([shown_table, sentence(f"Who belongs to it: {lead[0].lower()}{lead[1:]}.")])


def _said_by_all(rules: "pd.Series[str]") -> str:
    """Return what all rules say before their first colon, to be said once; else an empty text."""
    leads = {str(rule).partition(": ")[0] if ": " in str(rule) else "" for rule in rules}
    return leads.pop() if len(leads) == 1 and len(rules) > 1 else ""


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
