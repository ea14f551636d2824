"""Segmentations of the same customers against each other, pair by pair."""

from collections.abc import Mapping
from itertools import combinations

import pandas as pd
from matplotlib.figure import Figure

from segkit.core.criteria.segmentation import Segmentation
from segkit.plots.crossing import draw_crossing
from segkit.plots.picture import Picture, kept, picture
from segkit.plots.style import wrap
from segkit.words.numbers import listed, number, percent
from segkit.words.terms import SEGMENT_NAME


@kept
def compare_segmentations(
    segmentations: Mapping[str, Segmentation],
    adjusted_rand: Mapping[tuple[str, str], float] | None = None,
    against: str | None = None,
) -> Picture:
    """Return segmentations of the same customers against each other, pair by pair.

    Parameters
    ----------
    segmentations : Mapping[str, Segmentation]
        Title for people → segmentation.
    adjusted_rand : Mapping[tuple[str, str], float], optional
        Adjusted Rand index of a pair of titles, printed where given.
    against : str, optional
        Title of the one that all others are set against; by default each is set against each.
    """
    if len(segmentations) < 2:
        raise ValueError("it takes two segmentations to compare")
    pairs = [pair for pair in combinations(segmentations, 2) if against is None or against in pair]
    tables = [_counts(segmentations[a], segmentations[b]) for a, b in pairs]
    agreement = dict(adjusted_rand or {})

    def draw(figure: Figure) -> None:
        axes = figure.subplots(len(pairs), 1, squeeze=False, height_ratios=[len(t) + 1.6 for t in tables])[:, 0]
        for ax, (a, b), table in zip(axes, pairs, tables, strict=True):
            draw_crossing(ax, table, _names(segmentations[a]), _names(segmentations[b]))
            ax.set_title(wrap(f"Rows: {a}. Columns: {b}.", 58, lines=2), pad=10)

    sentences = []
    for (a, b), table in zip(pairs, tables, strict=True):
        hit = float(table.max(axis=1).sum() / table.to_numpy().sum())
        rand = agreement.get((a, b), agreement.get((b, a)))
        sentences.append(
            (
                f"Someone who knows a customer's segment in “{a}” can guess the one in “{b}” correctly for {percent(hit)} of "
                "customers"
            )
            + (
                "."
                if rand is None
                else (f" (agreement {number(rand, 2)}, the adjusted Rand index; 1 is the same split, 0 is chance).")
            )
        )
    alt = "Tables of customers by segment in two segmentations: " + listed([f"{a} against {b}" for a, b in pairs]) + "."
    height = sum(95 + 40 * len(table) for table in tables)
    return picture(draw, alt=alt, caption=" ".join(sentences), height=height)


def _names(segmentation: Segmentation) -> list[str]:
    return [str(name) for name in segmentation.segments[SEGMENT_NAME]]


def _counts(a: Segmentation, b: Segmentation) -> pd.DataFrame:
    table = pd.crosstab(a.segment_of, b.segment_of.reindex(a.segment_of.index))
    return table.reindex(index=a.segments.index, columns=b.segments.index, fill_value=0)
