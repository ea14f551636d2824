"""Tables that read well aloud, too: caption, scope, units in the headers, numbers to the right."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Literal

import pandas as pd

from segkit.core.disclosure import WITHHELD, Told
from segkit.html.piece import Html, stacked, words
from segkit.words.numbers import MISSING, count, number
from segkit.words.terms import SEGMENT_ID

Format = Callable[[Any], str]
Align = Literal["left", "right"]

LONGEST = 50
"""Rows shown unless told otherwise."""


def table(
    frame: pd.DataFrame,
    columns: Mapping[str, tuple[str, Format | None]] | None = None,
    caption: str = "",
    align: Mapping[str, Align] | None = None,
    *,
    rows: int = LONGEST,
    hides: bool = False,
) -> Html:
    """Return a frame as a table; every cell and header is escaped.

    Parameters
    ----------
    frame : pandas.DataFrame
        What to show; the index counts as a column where ``columns`` names it.
    columns : Mapping[str, tuple[str, Format or None]], optional
        Column → header (with the unit) and how a value becomes text (None: as it is). Sets choice and order of columns; the
        first one heads its rows. By default all columns under their own names.
    caption : str, optional
        What the table shows, in a few words.
    align : Mapping[str, str], optional
        Column → ``left`` or ``right``; by default numbers stand right, all else left.
    rows : int, optional
        Rows shown at most; a last line says how many more there are.
    hides : bool, optional
        Whether dashes hide figures of a handful of customers: then it is said below.
    """
    if SEGMENT_ID in (frame.index.name, *frame.columns) and not isinstance(frame, Told):
        raise TypeError("Figures of segments are shown that have not been through segkit.core.disclosure.")
    whole = frame.reset_index() if frame.index.name and columns and frame.index.name in columns else frame
    chosen = columns if columns is not None else {str(name): (str(name), None) for name in whole.columns}
    sides = {name: (align or {}).get(name) or _side(whole[name]) for name in chosen}
    shown = whole[list(chosen)].head(rows)
    cells = [
        [_text(value, how) for value, (_, how) in zip(line, chosen.values(), strict=True)]
        for line in shown.itertuples(index=False, name=None)
    ]
    headers = [header for header, _ in chosen.values()]
    more = len(whole) - len(shown)
    shown_as = Html(
        _markup(headers, cells, list(sides.values()), caption, f"… and {count(more)} more" if more else ""),
        _plain(headers, cells, caption, more),
    )
    return stacked([shown_as, Html(f"<p>{words(WITHHELD)}</p>", WITHHELD)]) if hides else shown_as


def ranges(low: pd.Series, high: pd.Series, how: Format) -> list[str | None]:
    """Return ranges as texts for a column of a table: ``3 to 5``; None where an end is not known.

    Parameters
    ----------
    low, high : pandas.Series
        The ends, one pair a row.
    how : callable
        How an end becomes text.
    """
    return [f"{how(a)} to {how(b)}" if pd.notna(a) and pd.notna(b) else None for a, b in zip(low, high, strict=True)]


def _side(column: pd.Series) -> Align:
    return "right" if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column) else "left"


def _text(value: Any, how: Format | None) -> str:
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return MISSING
    if how is not None:
        return how(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if pd.api.types.is_integer(value):
        return count(value)
    return number(value) if pd.api.types.is_float(value) else str(value)


def _markup(headers: list[str], cells: list[list[str]], sides: list[Align], caption: str, more: str) -> str:
    style = [' class="seg-num"' if side == "right" else "" for side in sides]
    head = "".join(f'<th scope="col"{css}>{words(header)}</th>' for header, css in zip(headers, style, strict=True))
    body = []
    for line in cells:
        first = f'<th scope="row"{style[0]}>{words(line[0])}</th>'
        rest = "".join(f"<td{css}>{words(text)}</td>" for text, css in zip(line[1:], style[1:], strict=True))
        body.append(f"<tr>{first}{rest}</tr>")
    title = f"<caption>{words(caption)}</caption>" if caption else ""
    foot = f'<tfoot><tr><td class="seg-more" colspan="{len(headers)}">{more}</td></tr></tfoot>' if more else ""
    # Wide tables scroll by themselves; a region that scrolls must be reachable by keyboard and have a name.
    return (
        f'<div class="seg-scroll" role="region" tabindex="0" aria-label="{escape(caption or "Table")}">'
        f'<table class="seg-table">{title}<thead><tr>{head}</tr></thead><tbody>{"".join(body)}</tbody>{foot}</table></div>'
    )


def _plain(headers: list[str], cells: list[list[str]], caption: str, more: int) -> str:
    lines = [[" ".join(text.split()) for text in line] for line in [headers, *cells]]
    widths = [max(len(line[i]) for line in lines) for i in range(len(headers))]
    texts = ["  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([*filter(None, [caption]), *texts, *([f"… and {count(more)} more"] if more else [])])
