"""Segmentations made by hand for the tests of what compares them."""

import pandas as pd

from segkit.core.criteria.notes import Note
from segkit.core.criteria.segmentation import Segmentation
from segkit.words.terms import Method


def made_up(segment_of, *, variables=(), method=Method.K_MEANS, ids=None, names=None, settings=None, notes=(), assign=None,
            index=None):  # fmt: skip
    """Make a segmentation from the segment of each customer; segments are shown in the order of ``ids``."""
    of = pd.Series(
        list(segment_of), index=[f"c{i:05d}" for i in range(len(segment_of))] if index is None else index, dtype="str"
    )
    ids = list(dict.fromkeys(sorted(of))) if ids is None else list(ids)
    sizes = [int((of == s).sum()) for s in ids]
    segments = pd.DataFrame(
        {"segment_name": list(names or [f"Segment {s}" for s in ids]), "size": sizes, "share": [n / len(of) for n in sizes]},
        index=pd.Index(ids, name="segment_id"),
    )
    return Segmentation(
        "key", method, tuple(variables), of, segments, settings or {}, tuple(Note(**n) for n in notes),
        assign or (lambda frame: of.reindex(frame.index)), lambda row: f"Because of {row.index[0]}.",
    )  # fmt: skip
