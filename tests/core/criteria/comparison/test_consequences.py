"""What other decisions would have led to: which are offered, and how the difference is said."""

import pandas as pd
import pytest

from segkit.core.criteria.comparison import consequences as module
from segkit.core.criteria.comparison.consequences import consequences
from segkit.decisions.criteria import Criteria
from segkit.words.errors import CriteriaError
from segkit.words.terms import Base, Method, Scaling
from tests.core.criteria.comparison.segmentations import made_up
from tests.core.customer_tables import customer_data

UP = [float(i) for i in range(20)]
DATA = customer_data(
    pd.DataFrame({"x": UP, "age": UP, "town": list("abcd") * 5}), bases={"age": Base.DEMOGRAPHIC, "town": Base.GEOGRAPHIC}
)
HALVES = "a" * 10 + "b" * 10
NUMBER, TAIL, KIND = {"log": False, "level": None}, {"log": True, "level": None}, {"log": False, "level": "a"}
DRAWN = ({"done": "drawn in", "about": "x", "extreme_values": 2},)
BY_RANGE, NOT_SCALED = "With numbers scaled by their range", "With numbers not scaled at all"
STANDARD = "With numbers scaled by their usual spread"


@pytest.fixture
def found_again(monkeypatch):
    """Let every other decision lead to segments that the test chooses, by the criteria asked for."""
    asked = {}

    def segment(data, criteria):
        answer = asked["answer"](criteria) if callable(asked.get("answer")) else asked.get("answer", HALVES)
        asked.setdefault("criteria", []).append(criteria)
        if isinstance(answer, Exception):
            raise answer
        return made_up(answer)

    monkeypatch.setattr(module, "segment", segment)
    return asked


def offered(columns, variables=("x", "age"), notes=(), **choices):
    criteria = Criteria(method=choices.pop("method", Method.K_MEANS), variables=variables, n_segments=2, **choices)
    formed = made_up(HALVES, variables=variables, settings={"columns": columns}, notes=notes)
    return consequences(DATA, criteria, formed)


@pytest.mark.parametrize(
    ("columns", "how", "decisions"),
    [
        ([NUMBER], {"variables": ("x",)}, []),
        ([TAIL, NUMBER], {"variables": ("x",)}, ["Without evening out long tails (by logarithms)"]),
        ([NUMBER], {"variables": ("x",), "log_skewed": False}, ["With long tails evened out (by logarithms)"]),
        ([NUMBER], {"variables": ("x",), "notes": DRAWN}, ["With extreme values left as they are"]),
        ([NUMBER], {"variables": ("x",), "notes": ({"done": "median"},)}, []),
        ([NUMBER], {"variables": ("x",), "draw_in_outliers": False, "notes": DRAWN}, ["With extreme values reined in"]),
        ([NUMBER, KIND], {"variables": ("age", "town")},
         [BY_RANGE, NOT_SCALED, "With geographic variables counting twice", "With demographic variables counting twice"]),
        ([NUMBER, KIND], {"variables": ("age", "town"), "scaling": "range", "block_weights": [{"block": "age", "weight": 2}]},
         [STANDARD, NOT_SCALED, "With all variables counting equally"]),
        ([KIND, KIND], {"variables": ("town", "age"), "block_weights": [{"block": "age", "weight": 2}]},
         ["With all variables counting equally"]),
        ([KIND], {"variables": ("town",)}, []),
        ([TAIL, NUMBER], {"method": Method.LATENT_CLASS, "notes": DRAWN},
         ["Without evening out long tails (by logarithms)", "With extreme values left as they are"]),
    ],
)  # fmt: skip
def test_only_decisions_that_can_matter_are_offered(found_again, columns, how, decisions):
    assert offered(columns, **how).table["decision"].tolist() == decisions


def test_each_decision_changes_what_it_says(found_again):
    offered([TAIL, NUMBER], notes=DRAWN)
    logs, extremes, by_range, plain, behaviour, ages = found_again["criteria"]
    # behaviour stands after demography in the order of the bases
    assert logs.log_skewed is False and extremes.draw_in_outliers is False
    assert (by_range.scaling, plain.scaling) == (Scaling.RANGE, Scaling.NONE)
    assert [(w.block, w.weight) for w in behaviour.block_weights] == [("demographic", 2)]
    assert [(w.block, w.weight) for w in ages.block_weights] == [("behavioural", 2)]
    assert all(one.variables == ("x", "age") and one.n_segments == 2 for one in found_again["criteria"])
    found_again["criteria"].clear()
    offered([NUMBER], log_skewed=False, draw_in_outliers=False, block_weights=[{"block": "age", "weight": 2}])
    assert found_again["criteria"][0].log_skewed and found_again["criteria"][1].draw_in_outliers
    assert found_again["criteria"][-1].block_weights == ()


ONE = {"variables": ("x",), "log_skewed": False}


@pytest.mark.parametrize(
    ("segments", "agreement", "words"),
    [
        ("b" * 10 + "a" * 10, 1.0, "hardly anything changes"),
        ("a" * 9 + "b" * 11, 0.8, "some customers change segment"),
        ("a" * 7 + "b" * 13, 0.46, "many customers change segment"),
        ("ab" * 10, -0.05, "different segments come out"),
        ("a" * 10 + "b" * 6 + "c" * 4, 0.74, "some customers change segment"),
        ("a" * 10 + "b" * 5 + "c" * 5, 0.73, "some customers change segment"),
        ("a" * 9 + "b" * 10 + "c", 0.7, "some customers change segment"),
        ("a" * 3 + "b" * 1 + "c" * 16, 0.1, "different segments come out"),
    ],
)
def test_how_much_changes_is_said(found_again, segments, agreement, words):
    found_again["answer"] = segments
    row = offered([NUMBER], **ONE).table.iloc[0]
    assert row["agreement"] == pytest.approx(agreement, abs=0.07)
    assert row["smallest"] == min(segments.count(letter) for letter in set(segments))
    assert row["words"] == words


@pytest.mark.parametrize(
    ("agreement", "words"),
    [
        (0.9, "hardly anything changes"), (0.89, "some customers change segment"), (0.6, "some customers change segment"),
        (0.59, "many customers change segment"), (0.3, "many customers change segment"), (0.29, "different segments come out"),
    ],
)  # fmt: skip
def test_bounds_of_what_is_said(found_again, monkeypatch, agreement, words):
    monkeypatch.setattr(module, "adjusted_rand", lambda table: agreement)
    found = offered([NUMBER], **ONE)
    assert found.table["words"].tolist() == [words]
    assert found.sentence.startswith(
        "However" if agreement >= 0.9 else "What matters most: with long tails evened out (by logarithms), the"
    )
    assert (f"is {agreement:.2f} (1 is the same, 0 is chance): {words}." in found.sentence) is (agreement < 0.9)


def test_the_decision_that_matters_most_is_told_and_a_refusal_kept(found_again):
    def answer(criteria):
        if not criteria.log_skewed:
            return CriteriaError("Too few.", "Choose fewer.")
        return "ab" * 10 if criteria.scaling is Scaling.NONE else "a" * 8 + "b" * 12

    found_again["answer"] = answer
    found = offered([TAIL, NUMBER])
    first = found.table.iloc[0]
    assert first["words"] == "Too few. Choose fewer." and found.table[["agreement", "smallest"]].isna().sum().tolist() == [1, 1]
    assert len(found.table) == 5
    assert found.sentence.startswith("What matters most: with numbers not scaled at all, the agreement")
    found_again["answer"] = CriteriaError("Too few.", "Choose fewer.")
    assert offered([NUMBER], **ONE).sentence.startswith("There is nothing to decide")
