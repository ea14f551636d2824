"""The tree as it is drawn: of four customers, whose joins are worked out by hand, and of forty."""

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.found.rule import Treatment, fit_found
from segkit.core.criteria.found.tree import grown
from segkit.words.terms import Method, Scaling

AS_IT_IS = Treatment(log_skewed=False, scaling=Scaling.NONE, draw_in_outliers=False)


def tree(x, k, counts=None, value=None):
    frame = pd.DataFrame({"x": np.repeat(np.array(x, dtype=float), 1 if counts is None else counts)})
    return grown(fit_found(frame, ("x",), k, method=Method.HIERARCHICAL, treatment=AS_IT_IS, value=value))


# Ward joins 0 and 1 at height 1, 10 and 12 at 2, and both at √2 · (11 − .5)
FOUR, WHOLE = [0, 1, 10, 12], np.sqrt(2) * 10.5


def test_four_customers_in_two_segments():
    found = tree(FOUR, 2, value=pd.Series([1.0, 1.0, 5.0, 5.0]))
    assert found.across.tolist() == [[5, 5, 15, 15], [25, 25, 35, 35], [10, 10, 30, 30]]
    assert found.heights == pytest.approx(np.array([[0, 1, 1, 0], [0, 2, 2, 0], [1, WHOLE, WHOLE, 2]]))
    assert found.cut == pytest.approx((2 + WHOLE) / 2)
    assert found.segment.tolist() == [1, 0, -1], "those of most money are shown first"
    assert found.branch_segment.tolist() == [1, 1, 0, 0]
    assert found.branch_size.tolist() == [1, 1, 1, 1]
    assert not found.grouped
    assert "cuts the tree into 2 segments; with one fewer, “" in found.sentence
    # √2 · 10.5 ÷ 2
    assert "is 7.4 times as far out as the next one to its right: a clear step. A tree shows steps even" in found.sentence


def test_four_customers_in_three_segments():
    found = tree(FOUR, 3, counts=[1, 2, 1, 1])
    first, second, third = found.names
    assert found.segment.tolist() == [0, -1, -1]
    assert found.branch_segment.tolist() == [0, 0, 1, 2]
    assert found.branch_size.tolist() == [1, 2, 1, 1]
    assert f"with one fewer, “{second}” and “{third}” would be one." in found.sentence
    assert first in found.names


def test_each_customer_a_segment():
    found = tree(FOUR, 4)
    assert found.cut == 0.5 and found.segment.tolist() == [-1, -1, -1]
    assert sorted(found.branch_segment) == [0, 1, 2, 3]
    assert found.sentence.endswith("would be one.")


# Two pairs far from each other, cut into three: the wider pair is torn apart, the other one not.
@pytest.mark.parametrize(
    ("ratio", "ends"),
    [
        (1.1, "another number would do as well."),
        (1.09, "another number would do as well."),
        (1.12, "is 1.1 times as far out as the next one to its right: no clear step."),
        (1.48, "is 1.5 times as far out as the next one to its right: no clear step."),
        (1.5, "the verdict tells you how far to trust them."),
        (1.52, "the verdict tells you how far to trust them."),
        (3.0, "the verdict tells you how far to trust them."),
    ],
)
def test_how_clear_a_step_is(ratio, ends):
    found = tree([0, 10, 1000, 1000 + 10 * ratio], 3)
    assert found.sentence.endswith(ends)
    assert ("a clear step" in found.sentence) is (ratio >= 1.5)
    assert ("nearly as far left" in found.sentence) is (ratio <= 1.1)


def test_of_many_branches_the_lowest_are_drawn_as_one():
    rng = np.random.default_rng(0)
    x = np.sort(np.concatenate([rng.normal(0, 1, 15), rng.normal(20, 1, 15), rng.normal(50, 1, 10)]))
    found = tree(x, 3)
    assert found.across.shape == (29, 4) and len(found.branch_segment) == 30
    assert found.branch_size.sum() == 40 and found.branch_size.max() > 1
    for place, members in enumerate((15, 15, 10)):
        assert found.branch_size[found.branch_segment == place].sum() == members
    assert (found.segment == -1).sum() == 2
    # each join lies in the segment of all branches under it
    for (left, *_, right), place in zip(found.across, found.segment, strict=True):
        under = found.branch_segment[round((left - 5) / 10 + 0.01) : round((right - 5) / 10 + 0.01) + 1]
        if place >= 0:
            assert set(under) == {place}


def test_thirty_customers_are_drawn_one_by_one():
    found = tree(np.arange(30) ** 1.1, 2)
    assert len(found.branch_size) == 30 and found.branch_size.max() == 1


def test_one_segment_and_other_methods_have_no_tree():
    assert tree(FOUR, 1) is None
    frame = pd.DataFrame({"x": [0.0, 1.0, 10.0, 12.0]})
    assert grown(fit_found(frame, ("x",), 2, treatment=AS_IT_IS)) is None
