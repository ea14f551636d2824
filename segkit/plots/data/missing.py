"""What is not known, variable by variable."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from segkit.core.data.customers import CustomerData
from segkit.plots.picture import Picture, kept, picture
from segkit.plots.style import QUIET, light_grid, wrap
from segkit.words.numbers import count, percent

MOST = 15
"""Variables shown at most."""


def draw_missing(ax: Axes, labels: Sequence[str], missing: Sequence[int], customers: int) -> None:
    """Draw a bar for each variable: the share of customers without a value, with their number beside it.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    labels : Sequence of str
        One a variable, from top to bottom.
    missing : Sequence of int
        Customers without a value.
    customers : int
        All customers.
    """
    shares = [m / customers for m in missing]
    ax.barh(range(len(labels)), [1.0] * len(labels), color="#eef1f4", height=0.66)
    ax.barh(range(len(labels)), shares, color=QUIET, edgecolor="#57606a", hatch="///", height=0.66, linewidth=0.8)
    for i, (share, rows) in enumerate(zip(shares, missing, strict=True)):
        ax.text(1.02, i, f"{percent(share)}  ({count(rows)})", va="center", fontsize=8.5)
    ax.set_yticks(range(len(labels)), [wrap(label, 30, lines=2) for label in labels])
    ax.set(xlim=(0, 1.2), ylim=(len(labels) - 0.45, -0.55), xlabel="Share of customers without a value")
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1])
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: percent(v)))
    ax.spines["bottom"].set_bounds(0, 1)
    light_grid(ax, "x")


@kept
def missing_values(data: CustomerData) -> Picture | None:
    """Return missing values by variable as a picture, most first, or None where nothing is missing."""
    gaps = sorted((v for v in data.variables if v.missing), key=lambda v: (-v.missing, v.name))
    if not gaps:
        return None
    shown, total = gaps[:MOST], len(data.customers)
    complete = len(data.variables) - len(gaps)
    caption = (
        f"{gaps[0].label} is missing most often: {percent(gaps[0].missing / total)} of {count(total, 'customer')}; "
        f"{complete} of {count(len(data.variables), 'variable')} {'is' if complete == 1 else 'are'} complete."
    )
    if hidden := len(gaps) - len(shown):
        caption += f" {count(hidden, 'variable')} with fewer gaps {'is' if hidden == 1 else 'are'} not drawn."
    alt = "Bar chart of missing values: " + "; ".join(f"{v.label} {percent(v.missing / total)}" for v in shown) + "."
    return picture(
        lambda figure: draw_missing(figure.subplots(), [v.label for v in shown], [v.missing for v in shown], total),
        alt=alt, caption=caption, height=90 + 28 * len(shown),
    )  # fmt: skip
