"""Results kept: computed once for what they rest on, and looked at without computing."""

from segkit.workbook.kept import Kept


def test_a_result_is_computed_once_for_what_it_rests_on():
    kept, made = Kept(), []

    def compute():
        made.append(len(made))
        return made[-1]

    assert [kept.get("a", 1, compute), kept.get("a", 1, compute)] == [0, 0]
    assert kept.get("a", 2, compute) == 1 and kept.get("a", 1, compute) == 2, "only the last one is kept"
    assert kept.get("b", 1, compute) == 3 and kept.get("a", 1, compute) == 2 and len(made) == 4


def test_looking_computes_nothing():
    kept = Kept()
    assert kept.known("a") is None and kept.fresh("a", 1) is None
    kept.get("a", 1, lambda: "x")
    assert kept.known("a") == "x" and kept.fresh("a", 1) == "x" and kept.fresh("a", 2) is None and kept.fresh("b", 1) is None


def test_nothing_is_a_result_too():
    kept, made = Kept(), []
    for _ in range(2):
        assert kept.get("a", 1, lambda: made.append(1)) is None
    assert made == [1]
