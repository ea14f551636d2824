"""The tree of a hierarchical segmentation, cut short so that it can be drawn and read."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.cluster.hierarchy import dendrogram

from segkit.core.criteria.found.rule import FoundRule
from segkit.core.estimators.ward import WardSegments
from segkit.words.numbers import count, readable

Doubles = npt.NDArray[np.float64]

BRANCHES = 30
"""Most branches drawn at the bottom; what is below is one branch with its number of customers."""

CLOSE, CLEAR = 1.1, 1.5
"""Ratio of the heights on both sides of the cut up to which another number would do as well, and from which it is clear."""


@dataclass(frozen=True, eq=False)
class Tree:
    """How groups of customers join, from the bottom up.

    Attributes
    ----------
    across, heights : numpy.ndarray
        Shape (joins, 4): the corners of each join as drawn, left foot, left shoulder, right shoulder, right foot.
    segment : numpy.ndarray
        For each join the place of the segment that it lies in, −1 above the cut.
    branch_segment, branch_size : numpy.ndarray
        Segment and customers of each branch at the bottom, left to right.
    cut : float
        Height at which the tree is cut.
    names : tuple of str
        Names of the segments, in the order shown everywhere.
    grouped : bool
        Whether customers were put into small groups first.
    sentence : str
        Reads it.
    """

    across: Doubles
    heights: Doubles
    segment: npt.NDArray[np.intp]
    branch_segment: npt.NDArray[np.intp]
    branch_size: Doubles
    cut: float
    names: tuple[str, ...]
    grouped: bool
    sentence: str


def grown(rule: FoundRule) -> Tree | None:
    """Return the tree of a fitted rule, or None where it has none."""
    ward = rule.estimator
    if not isinstance(ward, WardSegments) or len(rule.order) < 2:
        return None
    branches = int(min(max(BRANCHES, len(rule.order)), len(ward.leaves_)))
    drawn = dendrogram(ward.tree_, p=branches, truncate_mode="lastp", no_plot=True)
    members = _members(ward.tree_, len(ward.leaves_))
    place = rule.place_of
    below = [members[node] for node in drawn["leaves"]]
    branch_segment = np.array([place[ward.leaf_labels_[leaves[0]]] for leaves in below])
    across, heights = np.array(drawn["icoord"]), np.array(drawn["dcoord"])
    tops = ward.tree_[:, 2]
    k = ward.n_segments
    lower, upper = tops[-k] if len(tops) >= k else 0.0, tops[1 - k]
    cut = float((lower + upper) / 2)
    # scipy sets the branches at 5, 15, 25 …: one of those under a join stands nearest to its left foot
    under = np.round((across[:, 0] - 5) / 10).astype(np.intp)
    segment = np.where(heights[:, 1] < cut, branch_segment[under], -1)
    return Tree(
        across,
        heights,
        segment,
        branch_segment,
        np.array([ward.leaf_sizes_[leaves].sum() for leaves in below]),
        cut,
        rule.names,
        ward.grouped_,
        _read(rule, ward, float(lower), float(upper)),
    )


def _members(tree: Doubles, leaves: int) -> list[list[int]]:
    members = [[i] for i in range(leaves)]
    for low, high in tree[:, :2].astype(int):
        members.append(members[low] + members[high])
    return members


def _read(rule: FoundRule, ward: WardSegments, lower: float, upper: float) -> str:
    fewer = ward.cut(ward.n_segments - 1)
    labels = ward.leaf_labels_
    merged = [sorted({int(j) for j in labels[fewer == group]}) for group in np.unique(fewer)]
    places = sorted(int(rule.place_of[label]) for label in next(pair for pair in merged if len(pair) == 2))
    names = " and ".join(f"“{rule.names[i]}”" for i in places)
    fewer_said = f"; with one fewer, {names} would be one" if places[0] != places[1] else ""  # else they are one already
    text = (
        "Read it from right to left: similar customers join first, and the further left a bridge, the less alike are those it "
        f"joins. The dashed line cuts the tree into {count(len(rule.order), 'segment')}{fewer_said}."
    )
    if lower <= 0:
        return text
    ratio = upper / lower
    gap = "a clear step" if ratio >= CLEAR else "no clear step"
    if ratio <= CLOSE:
        return f"{text} The next bridge to the right is nearly as far left: another number would do as well."
    said = f"{text} The bridge left of the line is {readable(ratio)} times as far out as the next one to its right: {gap}."
    # Ward's bridges grow towards the left in a plain crowd too
    return (
        (f"{said} A tree shows steps even in a plain crowd: the verdict tells you how far to trust them.")
        if ratio >= CLEAR
        else said
    )
