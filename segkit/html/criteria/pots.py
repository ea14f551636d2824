"""Pots and segments as light bars, quick enough to follow a slider."""

from collections.abc import Sequence

from segkit.core.disclosure import withheld
from segkit.html.piece import Html, words
from segkit.words.numbers import MISSING, adding_up, count, money, percent

_BAR = (
    '<div style="display:flex;align-items:center;gap:8px;height:15px;line-height:15px">'
    '<div style="flex:0 0 46%"><div style="width:{width:.1f}%;min-width:2px;height:10px;{look}"></div></div>'
    "<span>{text}</span></div>"
)
_CUSTOMERS = "background:#0072B2"
_MONEY = "background:repeating-linear-gradient(135deg,#E69F00 0 3px,#fff3d6 3px 6px);border:1px solid #E69F00"


def pot_bars(
    size: int, share: float, value: float | None, value_share: float | None, widest: float, currency: str = "", action: str = ""
) -> Html:
    """Return one pot: a bar for its share of customers, another for its share of money.

    Parameters
    ----------
    size : int
        Customers.
    share : float
        Share of all customers, 0 to 1.
    value, value_share : float or None
        Money and share of money; None where it is not known.
    widest : float
        Share that fills the whole width.
    currency : str, optional
        Sign or code of the money.
    action : str, optional
        What is done for these customers.
    """

    def bar(part: float, look: str, text: str) -> str:
        return _BAR.format(width=100 * max(part, 0.0) / max(widest, 1e-9), look=look, text=words(text))

    texts = [f"{count(size, 'customer')}, {percent(share)}"]
    bars = [bar(share, _CUSTOMERS, texts[0])]
    if value is not None and value_share is not None:
        texts.append(f"{money(value, currency, 0)}, {percent(value_share)} of the money")
        bars.append(bar(value_share, _MONEY, texts[1]))
    if action:
        texts.append(action)
        bars.append(f'<div style="font-size:12px;line-height:16px">We: {words(action)}</div>')
    return Html(f'<div style="font-size:12px">{"".join(bars)}</div>', "; ".join(texts))


def segment_bars(names: Sequence[str], sizes: Sequence[int]) -> Html:
    """Return segments one below the other: the name, and a bar for the share of customers.

    Parameters
    ----------
    names : sequence of str
        Names of the segments in the order shown.
    sizes : sequence of int
        Customers of each.
    """
    total, widest = max(sum(sizes), 1), max(sizes, default=1)
    shares = adding_up([customers / total for customers in sizes])
    rows = []
    for customers, share, hidden in zip(sizes, shares, withheld(sizes, [range(len(sizes))]), strict=True):
        text = MISSING if hidden else f"{count(customers, 'customer')}, {percent(share)}"
        width = 0.0 if hidden else 100 * customers / widest
        rows.append(Html(_BAR.format(width=width, look=_CUSTOMERS, text=words(text)), text))
    return beside(names, rows)


def beside(names: Sequence[str], bars: Sequence[Html]) -> Html:
    """Put bars one below the other, each beside its name."""
    rows = [f"<div>{words(name)}</div>{one.body}" for name, one in zip(names, bars, strict=True)]
    grid = "display:grid;grid-template-columns:minmax(140px,290px) 1fr;gap:6px 12px;align-items:center;font-size:13px"
    text = "; ".join(f"{name}: {one.text}" for name, one in zip(names, bars, strict=True))
    return Html(f'<div style="{grid};line-height:1.3;margin:4px 0">{"".join(rows)}</div>', text)
