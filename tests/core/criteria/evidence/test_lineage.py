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
        "Read from left to right. “Few” is nearly the same group of customers at every number from 2 to 3: the most "
        "certain of all."
    )


@settings(max_examples=8, deadline=None)
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


def tied(*solutions, names, k, counts=None):
    """Tie solutions of 1, 2 … segments together, and name those of k as they are numbered."""
    labels = {i + 1: np.array(one) for i, one in enumerate(solutions)}
    found = lineage(labels, np.ones(len(labels[1])) if counts is None else counts, {})
    return in_words(found, k, labels[k], labels[k], names)


ONE, TWO = [0] * 12, [0] * 6 + [1] * 6


def test_a_segment_drawn_from_both_is_mixed_and_nothing_stays_the_same():
    said = sentence(tied(ONE, TWO, [0, 0, 0, 2, 2, 2, 2, 2, 2, 1, 1, 1], names=["A", "B", "C"], k=3))
    assert said == (
        "Read from left to right. Of the 3 segments chosen, 2 come almost entirely from one segment of the 2 before. The "
        "most mixed is “C” (0.00; 1 = whole, 0 = evenly mixed). No segment stays the same at every number of segments: "
        "where the "
        "lines run is a matter of choice."
    )


@pytest.mark.parametrize(
    ("third", "said"),
    [
        ([0] * 5 + [2] + [2] * 4 + [1] * 2, "2 come almost entirely"),
        ([0, 0, 0, 2, 2, 0, 0, 2, 2, 1, 1, 1], "1 comes almost entirely"),
        ([0, 0, 0, 1, 2, 2, 0, 1, 1, 1, 2, 2], "none come almost entirely"),
    ],
)
def test_those_that_come_whole_are_counted(third, said):
    """A fifth of one segment from elsewhere leaves it .28, a quarter .19; all of one parent is 1."""
    assert said in sentence(tied(ONE, TWO, third, names=["A", "B", "C"], k=3))


def test_the_surest_is_the_one_that_changes_least_at_any_number():
    three = [0] * 6 + [1] * 3 + [2] * 3
    four = [0] * 5 + [3] + [1] * 3 + [2] * 3
    lines = tied(ONE, TWO, three, four, names=["A", "B", "C"], k=3)
    # A keeps 5 of 6, B only 3 of 6 on the way to three, C all of its 3
    assert sentence(lines).endswith(
        "“C” is nearly the same group of customers at every number from 3 to 4: the most certain of all."
    )
    again = tied(ONE, TWO, three, [0] * 6 + [1] * 3 + [2, 2, 3], names=["A", "B", "C"], k=3)
    assert "“A” is nearly the same group of customers at every number from 2 to 4" in sentence(again)
    worst = tied(ONE, TWO, [0] * 4 + [2] * 2 + [1] * 6, [0] * 4 + [2] * 2 + [1] * 4 + [3] * 2, names=["A", "B", "C"], k=3)
    assert "“C” is nearly the same group of customers at every number from 3 to 4" in sentence(worst)


@pytest.mark.parametrize(("kept", "sure"), [(4, True), (3, False)])
def test_nearly_the_same_is_four_customers_of_five(kept, sure):
    three = [0] * kept + [2] * (5 - kept) + [1] * 5
    # of the two halves of ten one keeps ``kept`` of five; the other loses two and is never the surest
    four = tied([0] * 10, [0] * 5 + [1] * 5, three, names=["A", "B"], k=2)
    other = tied([0] * 10, [0] * 5 + [1] * 5, [0] * kept + [2] * (5 - kept) + [1] * 3 + [2] * 2, names=["A", "B"], k=2)
    assert "“B” is nearly the same" in sentence(four)
    assert ("“A” is nearly the same" in sentence(other)) is sure


def test_of_two_segments_alone_nothing_is_said_to_stay_the_same():
    assert sentence(tied(ONE, TWO, names=["A", "B"], k=2)) == "Read from left to right."


def test_what_splits_off_a_split_bears_the_name_of_the_chosen_one():
    three = [0] * 3 + [2] * 3 + [1] * 6
    four = [0] * 3 + [2] * 2 + [3] + [1] * 6
    lines = tied(ONE, TWO, three, four, names=["Few", "Many"], k=2)
    assert lines.names == ("Few", "Many", "split off “Few”", "split off “Few” (2)")
    assert lines.places == (0, 1, 2, 3) and lines.order == (0, 2, 3, 1)
    assert lines.k == 2 and lines.chosen["since"].tolist() == [2, 2]
    chosen = tied(ONE, TWO, three, four, names=["A", "B", "C", "D"], k=4).chosen
    assert chosen["name"].tolist() == ["A", "B", "C", "D"] and chosen["since"].tolist() == [2, 2, 3, 4]


def test_the_names_go_with_the_customers_not_with_the_numbers():
    three = np.array([0] * 3 + [2] * 3 + [1] * 6)
    found = lineage({1: np.array(ONE), 2: np.array(TWO), 3: three}, np.ones(12), {})
    shown = in_words(found, 3, three, np.array([2, 0, 1])[three], ["Of one", "Of two", "Of naught"])
    assert shown.names == ("Of naught", "Of one", "Of two")
    assert shown.chosen["name"].tolist() == ["Of one", "Of two", "Of naught"]
    assert shown.chosen["share"].tolist() == [0.5, 0.25, 0.25]
    # a customer or two elsewhere, as after a new draw, changes no name
    moved = np.array([2, 0, 1])[three]
    moved[0] = 0
    assert in_words(found, 3, three, moved, ["Of one", "Of two", "Of naught"]).names == shown.names


def test_how_well_each_is_found_again_is_kept_and_not_known_for_one():
    found = lineage(LABELS, np.ones(100), {2: np.array([0.5, 0.75])}).segments
    assert found.loc[2, "within"].tolist() == [0.5, 0.75]
    assert found.loc[3, "within"].isna().all() and found.loc[1, "across"].isna().all()
    assert found.loc[1, "share"].tolist() == [1] and found.loc[1, "line"].tolist() == [0]


def test_the_new_line_is_the_segment_that_shares_least_with_those_before():
    found = lineage({1: np.array(ONE), 2: np.array(TWO), 3: np.array([2] * 6 + [0] * 2 + [1] * 4)}, np.ones(12), {})
    assert found.segments.loc[3, "line"].tolist() == [2, 1, 0]
    first = lineage({1: np.array(ONE), 2: np.array(TWO), 3: np.array([2] * 6 + [0] * 2 + [1] * 4)},
                    np.array([1.0] * 6 + [9, 9] + [1] * 4), {})  # fmt: skip
    assert first.segments.loc[3, "line"].tolist() == [0, 2, 1], "customers count, not rows"


def test_a_segment_of_nobody_holds_no_share():
    found = lineage({1: np.zeros(4, int), 2: np.array([0, 0, 1, 1]), 3: np.array([0, 0, 1, 1])}, np.ones(4), {})
    assert found.segments.loc[3, "share"].tolist() == [0.5, 0.5, 0] and found.flows[3].shape == (2, 3)
    assert stays_together(np.array([[1.0, 0.0], [1.0, 0.0]])).tolist() == pytest.approx([0, 1])
