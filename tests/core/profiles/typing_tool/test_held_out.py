import numpy as np
import pytest

from segkit.core.profiles.typing_tool.held_out import Outcome, decided, folds, held_out, margin


def test_each_fold_has_its_share_of_each_segment():
    segment = np.repeat([0, 1, 2], [200, 93, 7])
    fold = folds(segment, np.random.default_rng(0))
    assert set(np.bincount(fold)) == {30}
    for one in range(3):
        sizes = np.bincount(fold[segment == one], minlength=10)
        assert sizes.max() - sizes.min() <= 1
    assert (fold == folds(segment, np.random.default_rng(0))).all() and (fold != folds(segment, np.random.default_rng(1))).any()


def test_a_segment_is_named_only_with_the_lead_asked_for():
    scores = np.array([[9.0, 6, 1], [9, 7, 1], [9, 9, 1], [0, 0, 3]])
    assert decided(scores, 3).tolist() == [0, -1, -1, 2]
    assert margin(1000) == 693 and margin(0.1) == 1  # ln 2: twice as likely


def test_shares_of_an_outcome():
    outcome = Outcome(np.array([0, 0, 1, 1]), np.array([0, -1, 1, -1]), np.array([0, 0, 0, 1]))
    assert (outcome.guessed_right, outcome.right, outcome.unsure) == (0.75, 0.25, 0.5)


@pytest.mark.parametrize("paper", [False, True])
def test_nobody_is_judged_by_a_tool_that_has_seen_him(paper):
    """Answers that are all different, as a key would be, tell everything in hindsight and nothing of new customers."""
    rng = np.random.default_rng(0)
    segment = np.arange(120) % 3
    key = rng.permutation(120)[:, None]
    outcome = held_out(key, segment, (120,), (0,), folds(segment, rng), paper=paper)
    assert outcome.guessed_right < 0.5
    told = held_out(np.column_stack([key, segment]), segment, (120, 3), (1,), folds(segment, rng), paper=paper)
    assert told.guessed_right == told.right == 1 and told.unsure == 0
