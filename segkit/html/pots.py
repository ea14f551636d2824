"""Pots of the desktop exercise as light bars, quick enough to follow a slider."""

from segkit.html.piece import Html, words
from segkit.numbers import count, money, percent

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
