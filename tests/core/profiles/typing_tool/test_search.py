from itertools import pairwise

import numpy as np
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

from segkit.core.profiles.typing_tool.search import Quick, shortlists
from segkit.core.profiles.typing_tool.weights import one_hot


def items(n=800, seed=0, many=6):
    rng = np.random.default_rng(seed)
    segment = np.arange(n) % 4
    told_by = np.column_stack([segment % 2, segment // 2])
    noise = rng.integers(2, size=(n, many - 2))
    answers = np.where(rng.random((n, many)) < 0.05, 1, np.column_stack([noise, told_by]))
    return answers, segment


def test_the_quick_rule_is_a_linear_discriminant():
    answers, segment = items()
    quick = Quick(answers, segment, (2,) * 6, (True,) * 6)
    theirs = LinearDiscriminantAnalysis().fit(one_hot(answers, (2,) * 6)[:, 1::2], segment)
    assert abs(quick.worth(tuple(range(6))) - theirs.score(one_hot(answers, (2,) * 6)[:, 1::2], segment)) < 0.01


def test_all_subsets_of_few_questions_and_the_best_first():
    answers, segment = items()
    quick = Quick(answers, segment, (2,) * 6, (True,) * 6)
    found = list(shortlists(quick, 6, 3))
    assert [len(one) for one in found] == [3, 3, 3, 3, 3, 1]
    assert [len(subset) for one in found for subset in one[:1]] == [1, 2, 3, 4, 5, 6]
    assert found[1][0] == (4, 5) and quick.worth((4, 5)) > 0.9
    worth = [quick.worth(subset) for subset in found[1]]
    assert worth == sorted(worth, reverse=True)


def test_many_questions_are_added_one_by_one():
    answers, segment = items(many=20)
    quick = Quick(answers, segment, (2,) * 20, (True,) * 20)
    found = [one[0] for one in shortlists(quick, 20, 1)]
    assert len(found) == 8 and set(found[1]) == {18, 19}
    assert all(set(fewer) < set(more) for fewer, more in pairwise(found))


def test_what_only_describes_must_be_clearly_better():
    answers, segment = items()
    answers[:, 0] = answers[:, 5]  # the same said by another variable
    forms = (True,) * 5 + (False,)
    assert next(iter(shortlists(Quick(answers, segment, (2,) * 6, forms), 2, 1)), None) is not None
    best = [one[0] for one in shortlists(Quick(answers, segment, (2,) * 6, forms), 6, 1)]
    assert best[1] == (0, 4)
    turned = [one[0] for one in shortlists(Quick(answers, segment, (2,) * 6, (False, *forms[1:5], True)), 6, 1)]
    assert turned[1] == (4, 5)
