import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segkit.core.criteria.evidence.lineage import Glance, glance, in_words, lineage, sentence, stays_together

EVERY_OTHER = np.repeat([0, 1], 50)
LABELS = {
    1: np.zeros(100, dtype=int),
    2: EVERY_OTHER,
    3: np.where(np.arange(100) < 25, 2, EVERY_OTHER),
}


def test_entropy_of_the_parents():
    flow = np.array([[40.0, 10.0, 0.0], [0.0, 10.0, 40.0]])
    assert stays_together(flow) == pytest.approx([1, 0, 1])
    third = np.array([[3.0], [1.0], [0.0]])
    entropy = -(0.75 * np.log(0.75) + 0.25 * np.log(0.25))
    assert stays_together(third) == pytest.approx([1 - entropy / np.log(3)])
    assert stays_together(np.array([[3.0, 5.0]])) == pytest.approx([1, 1])


def test_a_segment_that_falls_apart_keeps_its_line_in_the_larger_part():
    labels = LABELS | {3: np.where(np.arange(100) < 20, 2, EVERY_OTHER)}
    found = lineage(labels, np.ones(100), {})
    assert found.segments.loc[3, "line"].tolist() == [0, 1, 2]
    assert found.segments.loc[3, "share"].tolist() == [0.3, 0.5, 0.2]
    assert found.segments.loc[3, "across"].tolist() == [1, 1, 1]
    assert found.flows[3].tolist() == [[30, 0, 20], [0, 50, 0]]


def test_counts_weigh():
    found = lineage(LABELS, np.arange(100.0), {})
    assert found.segments.loc[2, "share"].sum() == pytest.approx(1)
    assert found.flows[2].sum() == np.arange(100).sum()


def test_names_of_the_chosen_and_of_what_splits_off_them():
    found = lineage(LABELS | {3: np.where(np.arange(100) < 20, 2, EVERY_OTHER)}, np.ones(100), {})
    shown = in_words(found, 2, EVERY_OTHER, 1 - EVERY_OTHER, ["Few", "Many"])
    assert shown.names == ("Many", "Few", "split off “Many”")
    assert shown.places == (1, 0, 2)
    assert shown.order == (0, 2, 1)
    assert shown.chosen["name"].tolist() == ["Few", "Many"]
    assert sentence(shown) == (
        "Read from left to right. “Few” is nearly the same group of customers at every number from 2 to 3: the surest of all."
    )


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_numbers_of_segments_do_not_matter(seed):
    """The same partitions under other numbers give the same shares, the same stability and the same lines of customers."""
    rng = np.random.default_rng(seed)
    labels, other = {1: np.zeros(80, dtype=int)}, {1: np.zeros(80, dtype=int)}
    for k in range(2, 6):
        labels[k] = np.concatenate([np.arange(k), rng.integers(k, size=80 - k)])
        other[k] = rng.permutation(k)[labels[k]]
    weights = rng.integers(1, 5, 80) + rng.random(80)
    first, second = (lineage(one, weights, {}) for one in (labels, other))
    for k in range(2, 6):
        for column in ("share", "across", "line"):
            mine = first.segments.loc[k, column].to_numpy()[labels[k]]
            assert mine == pytest.approx(second.segments.loc[k, column].to_numpy()[other[k]])
    assert sorted(first.segments.loc[5, "line"]) == [0, 1, 2, 3, 4]


def test_a_glance_gives_names_once_there_are_any_and_sizes_before():
    found = lineage(LABELS | {3: np.where(np.arange(100) < 20, 2, EVERY_OTHER)}, np.ones(100), {})
    assert glance(found, 3) == Glance(3, ("Segment 1", "Segment 2", "Segment 3"), (0.5, 0.3, 0.2), named=False)
    lines = in_words(found, 2, EVERY_OTHER, 1 - EVERY_OTHER, ["Few", "Many"])
    assert glance(found, 3, lines) == Glance(3, ("Few", "Many", "split off “Many”"), (0.5, 0.3, 0.2), named=True)
    assert glance(found, 2, lines).names == ("Few", "Many")
    other = lineage(LABELS, np.ones(100), {})
    assert not glance(other, 2, lines).named, "names of other segments say nothing of these"
