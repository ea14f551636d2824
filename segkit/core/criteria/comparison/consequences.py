"""What the other decisions on scales, logarithms, outliers and weights would have led to."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from segkit.core.criteria.evidence.agreement import adjusted_rand, cross_table
from segkit.core.criteria.segmentation import Segmentation, segment
from segkit.core.data.customers import CustomerData
from segkit.decisions.criteria import Criteria
from segkit.words.errors import CriteriaError
from segkit.words.numbers import number
from segkit.words.terms import Base, Method, Scaling

SAME = 0.9
"""Agreement from which another decision hardly matters."""


SCALED = {
    Scaling.STANDARD: "With numbers scaled by their usual spread",
    Scaling.RANGE: "With numbers scaled by their range",
    Scaling.NONE: "With numbers not scaled at all",
}


@dataclass(frozen=True, eq=False)
class Consequences:
    """What would change.

    Attributes
    ----------
    table : pandas.DataFrame
        One row for each other decision: ``decision`` (in words), ``agreement`` (adjusted Rand index with the segments as
        decided), ``smallest`` (customers of the smallest segment), ``words`` (what it would mean; the reason where it forms no
        segments, and then NaN in the two others).
    sentence : str
        Reads it.
    """

    table: pd.DataFrame
    sentence: str


def consequences(data: CustomerData, criteria: Criteria, formed: Segmentation) -> Consequences:
    """Form the segments once more under each other decision on how variables are made comparable.

    Parameters
    ----------
    data : CustomerData
        The customers.
    criteria : Criteria
        The criteria by which the segments were formed, the number of segments settled.
    formed : Segmentation
        Segments found in the data.
    """
    labels = formed.segment_of.astype("category").cat.codes.to_numpy()
    rows = []
    for words, other in _others(data, criteria, formed):
        try:
            found = segment(data, other)
        except CriteriaError as error:
            rows.append((words, np.nan, np.nan, str(error)))
            continue
        agreement = adjusted_rand(cross_table(labels, found.segment_of.astype("category").cat.codes.to_numpy()))
        rows.append((words, agreement, float(found.segments["size"].min()), _in_words(agreement)))
    table = pd.DataFrame(rows, columns=["decision", "agreement", "smallest", "words"])
    return Consequences(table, _read(table))


def _others(data: CustomerData, criteria: Criteria, formed: Segmentation) -> Iterator[tuple[str, Criteria]]:
    columns = formed.settings["columns"]
    if not criteria.log_skewed:
        yield "With long tails evened out (by logarithms)", criteria.revise(log_skewed=True)
    elif any(column["log"] for column in columns):
        yield "Without evening out long tails (by logarithms)", criteria.revise(log_skewed=False)
    if not criteria.draw_in_outliers:
        yield "With extreme values reined in", criteria.revise(draw_in_outliers=True)
    elif any(note.extreme_values for note in formed.notes):
        yield "With extreme values left as they are", criteria.revise(draw_in_outliers=False)
    if criteria.method is Method.LATENT_CLASS:
        return
    if any(column["level"] is None for column in columns) and len(formed.variables) > 1:
        for scaling in Scaling:
            if scaling is not criteria.scaling:
                yield SCALED[scaling], criteria.revise(scaling=scaling)
    if criteria.block_weights:
        yield "With all variables counting equally", criteria.revise(block_weights=())
        return
    bases = {v.base for v in data.variables if v.name in formed.variables}
    for base in Base:
        if base in bases and len(bases) > 1:
            weighted = criteria.revise(block_weights=[{"block": base.value, "weight": 2}])
            yield f"With {base.value} variables counting twice", weighted


def _in_words(agreement: float) -> str:
    if agreement >= SAME:
        return "hardly anything changes"
    if agreement >= 0.3:
        return "some customers change segment" if agreement >= 0.6 else "many customers change segment"
    return "different segments come out"


def _read(table: pd.DataFrame) -> str:
    known = table.dropna(subset=["agreement"])
    if not len(known):
        return "There is nothing to decide here: these variables are compared as they are."
    worst = known.loc[known["agreement"].idxmin()]
    if worst["agreement"] >= SAME:
        return "However the variables are made comparable, nearly the same segments come out."
    decision = str(worst["decision"])
    return (
        f"What matters most: {decision[:1].lower()}{decision[1:]}, the agreement with the segments as decided is "
        f"{number(worst['agreement'], 2)} (1 is the same, 0 is chance): {worst['words']}."
    )
