"""The naming table of RFM as five small grids: which combination of scores belongs to which segment, and how many are there."""

from collections.abc import Mapping
from string import ascii_uppercase

from segkit.core.criteria.rfm.table import NamingGrid
from segkit.core.disclosure import WITHHELD
from segkit.html.piece import Html, words
from segkit.words.numbers import MISSING, count

_TINTS = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#595959", "#8C6D1F")
_CELL = (
    "border:1px solid #fff;width:40px;height:26px;text-align:center;padding:0;font-size:11px;line-height:12px;color:#1f2328;"
)
_HEAD = "font-size:11px;font-weight:400;padding:1px 3px;border:none;background:transparent;white-space:nowrap;"


def naming_table(grid: NamingGrid) -> Html:
    """Return all 125 cells, those of one-time buyers apart; each cell bears its segment's letter, so that colour is not needed.

    Parameters
    ----------
    grid : NamingGrid
        Segments and customers of each cell. Small cells, and those that would give them away, show a dash.
    """
    letter = dict(zip(grid.names, ascii_uppercase, strict=False))
    tint = {name: _TINTS[i % len(_TINTS)] + "59" for i, name in enumerate(grid.names)}

    def cell(segment: str, customers: int | None) -> str:
        shown = MISSING if customers is None else count(customers) if customers else ""
        title = words(f"{grid.names[segment]}: {'not shown' if customers is None else count(customers, 'customer')}")
        return f'<td style="{_CELL}background:{tint[segment]}" title="{title}"><b>{letter[segment]}</b><br>{shown}</td>'

    parts = [_grid(r, cell, grid.segment, grid.customers) for r in range(5, 0, -1)]
    once = "".join(cell(grid.once_segment[r], grid.once_customers[r]) for r in range(5, 0, -1))
    heads = "".join(f'<th scope="col" style="{_HEAD}">recency {r}</th>' for r in range(5, 0, -1))
    apart = (
        '<table style="border-collapse:collapse;margin:8px 0"><caption style="text-align:left;font-size:12px">'
        f"<b>Bought once</b></caption><tr>{heads}</tr><tr>{once}</tr></table>"
    )
    legend = "".join(
        f'<span style="display:inline-block;margin:0 14px 4px 0"><b style="background:{tint[name]};padding:0 6px">'
        f"{letter[name]}</b> {words(title)}</span>"
        for name, title in grid.names.items()
    )
    text = "; ".join(
        f"{title}: {sum(at == name for at in grid.segment.values())} of 125 combinations" for name, title in grid.names.items()
    )
    return Html(
        '<p style="margin:8px 0 2px"><b>The naming table: each combination of scores and its segment</b></p>'
        f'<p style="margin:2px 0 6px">{legend}</p><div style="display:flex;flex-wrap:wrap;gap:12px 18px">{"".join(parts)}</div>'
        f"{apart if any(n != 0 for n in grid.once_customers.values()) else ''}"
        f'<p style="margin:2px 0 6px;font-size:12px">{WITHHELD}</p>',
        f"The naming table. {text}.",
    )


def _grid(
    recency: int,
    cell: object,
    segment: Mapping[tuple[int, int, int], str],
    customers: Mapping[tuple[int, int, int], int | None],
) -> str:
    assert callable(cell)
    rows = []
    for f in range(5, 0, -1):
        cells = "".join(cell(segment[recency, f, m], customers[recency, f, m]) for m in range(1, 6))
        rows.append(f'<tr><th scope="row" style="{_HEAD}">{"orders " if f == 5 else ""}{f}</th>{cells}</tr>')
    foot = "".join(
        f'<th scope="col" style="{_HEAD}text-align:center">{"money " if m == 1 else ""}{m}</th>' for m in range(1, 6)
    )
    how = {5: " (most recent)", 1: " (longest ago)"}.get(recency, "")
    return (
        '<table style="border-collapse:collapse;margin:0"><caption style="text-align:left;font-size:12px">'
        f"<b>Recency {recency}</b>{how}</caption>{''.join(rows)}<tr><th></th>{foot}</tr></table>"
    )
