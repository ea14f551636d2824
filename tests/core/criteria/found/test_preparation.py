"""How each variable enters the comparison: what is decided, at which bound, and what is told of it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from segkit.core.criteria.found.preparation import prepare, skewness
from segkit.words.errors import CriteriaError
from segkit.words.terms import Scaling

NAN = np.nan
TAIL = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0]


def prepared(values, **how):
    """Prepare one variable, or several by name."""
    frame = pd.DataFrame(values if isinstance(values, dict) else {"x_y": values})
    return prepare(frame, tuple(frame), **how)


def column(values, **how):
    (one,) = prepared(values, **how).columns
    return one


def told(made):
    return [str(note) for note in made.notes]


def test_skewness_is_the_third_standardised_moment():
    # yes for one of four: (1 − 2p) / √(p (1 − p))
    assert skewness(np.array([0.0, 0.0, 0.0, 1.0])) == pytest.approx(0.5 / np.sqrt(3 / 16))
    assert skewness(np.array(TAIL)) == pytest.approx(stats.skew(TAIL))
    assert skewness(np.full(4, 7.0)) == 0


def test_a_plain_number_is_centred_and_divided_by_its_standard_deviation():
    one = column([1.0, 2.0, 3.0, 4.0, 5.0, 9.0])
    assert (one.log, one.low, one.high, one.fill, one.few) == (False, 1, 9, 3.5, False)
    assert (one.mean, one.scale) == (pytest.approx(4), pytest.approx(np.sqrt(40 / 6)))


def test_few_different_numbers_may_be_answers():
    assert column([1.0, 2.0, 3.0, 4.0, 5.0, 5.0]).few
    assert not column([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]).few


@pytest.mark.parametrize(
    ("values", "log", "shift"),
    [
        (TAIL, True, 0.0),
        ([0.0, *TAIL], True, 4.0),
        ([-3.0, *TAIL], True, 3.25),
        ([0.0, 0.0, 1.0], False, 0.0),
        ([0.0] * 9 + [1.0], False, 0.0),
        ([1.0] * 5 + [3.0], False, 0.0),
        ([0.0] * 9 + [1.0, 2.0], True, 1.25),
        # skewness .93 and 1.01
        ([1.0, 1.0, 1.0, 1.0, 6.0, 9.0], False, 0.0),
        ([1.0, 1.0, 1.0, 1.0, 5.0, 8.0], True, 0.0),
        # the logarithm would make a longer tail on the other side
        ([1e-9, *[5.0] * 3, 6.0, 7.0, 20.0], False, 0.0),
    ],
)
def test_logarithms_are_taken_of_long_tails_where_they_help(values, log, shift):
    one = column(values, fence=None)
    assert (one.log, one.shift) == (log, pytest.approx(shift))
    assert not column(values, fence=None, log_skewed=False).log


def test_logarithms_are_told_first_and_of_all_variables_at_once():
    made = prepared({"a": [*TAIL, NAN], "town": ["York", None, "Bath", *["Ely"] * 7], "b": [*TAIL[::-1], NAN]}, answers=True)
    assert told(made)[:4] == [
        "Long tails evened out (by logarithms), because a few customers have far more than most: a and b.",
        "a: 1 customer without a value left open: their other values decide.",
        "town: 1 customer without a value left open: their other values decide.",
        "b: 1 customer without a value left open: their other values decide.",
    ]


def test_missing_and_infinite_numbers_are_counted_and_taken_as_the_median():
    made = prepared([1.0, 2.0, 9.0, NAN, np.inf, -np.inf])
    assert told(made) == ["x y: 3 customers without a value (2 of them infinite) taken as the middle value (median)."]
    assert made.columns[0].fill == 2
    assert made.columns[0].mean == pytest.approx((1 + 9 + 4 * 2) / 6)
    assert told(prepared([1.0, 2.0, 9.0, NAN], labels={"x_y": "Visits"})) == [
        "Visits: 1 customer without a value taken as the middle value (median)."
    ]


# of 0 to 100 the hundredths are the numbers themselves: 50 + 10 · (99 − 50) = 540
def evenly(lowest=0.0, highest=100.0):
    return [lowest, *map(float, range(1, 100)), highest]


@pytest.mark.parametrize(
    ("values", "low", "high", "drawn"),
    [
        (evenly(), 0, 100, 0),
        (evenly(highest=540.0), 0, 540, 0),
        (evenly(highest=541.0), 0, 540, 1),
        (evenly(lowest=-440.0), -440, 100, 0),
        (evenly(lowest=-441.0, highest=1e6), -440, 540, 2),
        # where nearly all are alike there is no measure of what is far
        ([5.0] * 100 + [1000.0], 5, 1000, 0),
        ([5.0] * 100 + [-1000.0], -1000, 5, 0),
    ],
)
def test_extreme_values_are_drawn_in_to_ten_times_the_usual_distance(values, low, high, drawn):
    made = prepared(values, log_skewed=False)
    assert (made.columns[0].low, made.columns[0].high) == pytest.approx((low, high))
    assert [note.extreme_values for note in made.notes] == ([drawn] if drawn else [])
    if drawn:
        plural = "" if drawn == 1 else "s"
        assert told(made)[0].startswith(f"x y: {drawn} extreme value{plural} pulled in towards the others")
    left = prepared(values, log_skewed=False, fence=None)
    assert (left.columns[0].low, left.columns[0].high, left.notes) == (min(values), max(values), ())


def test_of_logarithms_four_times_the_usual_distance_counts():
    # logarithms 0, .1 … 10: 5 ± 4 · (9.9 − 5)
    values = np.exp(np.arange(101) / 10)
    values[0], values[-1] = np.exp(-16), np.exp(40)
    made = prepared(values)
    assert made.columns[0].log and [note.extreme_values for note in made.notes] == [0, 2]
    assert (made.columns[0].low, made.columns[0].high) == pytest.approx((np.exp(-14.6), np.exp(24.6)))
    # rounding on the way through the logarithm draws nobody in
    inside = prepared(TAIL)
    assert inside.columns[0].log and len(inside.notes) == 1
    tripled = column([3 * v for v in TAIL])
    assert (tripled.low, tripled.high) == (3, 768)


@pytest.mark.parametrize("scaling", list(Scaling))
def test_scales_of_numbers_and_kinds(scaling):
    made = prepared({"x": [0.0, 2.0, 4.0, 10.0], "pet": list("abca"), "likes": ["no", "yes", "no", "no"]}, scaling=scaling)
    number, *pets, likes = (c.scale for c in made.columns)
    sd = np.sqrt((16 + 4 + 0 + 36) / 4)
    # the columns of one category together weigh as much as one number
    usual = (sd, np.sqrt(0.25 + 2 * 0.1875), np.sqrt(0.1875))
    expected = {Scaling.STANDARD: usual, Scaling.RANGE: (10, np.sqrt(2), 1), Scaling.NONE: (1, np.sqrt(2), 1)}[scaling]
    assert (number, pets[0], likes) == pytest.approx(expected)
    assert pets == [pets[0]] * 3
    said = "Numbers are compared as they are: the one with the largest numbers decides most."
    assert (said in told(made)) is (scaling is Scaling.NONE)


def test_of_answers_no_scale_is_spoken_of():
    assert told(prepared({"x": [0.0, 2.0, 4.0, 10.0]}, scaling=Scaling.NONE, answers=True)) == []
    assert told(prepared({"a": [0.0, 1.0, 1.0, 0.0], "b": list("xyxx")}, answers=True)) == []


def test_where_all_is_yes_or_no_it_is_compared_as_it_is():
    made = prepared({"paid": [0.0, 2.0, 2.0, 0.0, NAN], "likes": ["no", "yes", "yes", "yes", "no"], "pet": list("abcaa")})
    assert [c.scale for c in made.columns] == [2, 1, 1, 1, 1]
    assert told(made)[-1] == "All variables are yes/no or categories: they are compared as they are, without scaling."
    assert column([0.0, 1.0, 1.0, 1.0]).scale == pytest.approx(np.sqrt(3 / 16)), "one variable has none beside it"
    mixed = prepared({"likes": ["no", "yes", "yes", "yes"], "x": [1.0, 2.0, 3.0, 2.0]})
    assert mixed.columns[0].scale == pytest.approx(np.sqrt(3 / 16))
    by_range = prepared({"a": [0.0, 2.0, 2.0, 0.0], "b": list("xyxx")}, scaling=Scaling.RANGE)
    assert told(by_range) == []


def test_a_weight_multiplies_squared_distances():
    made = prepared({"x": [0.0, 3.0, 1.0, 8.0], "pet": list("abca")}, weights={"pet": 9.0})
    plain = prepared({"x": [0.0, 3.0, 1.0, 8.0], "pet": list("abca")})
    assert [a.scale / b.scale for a, b in zip(plain.columns, made.columns, strict=True)] == pytest.approx([1, 3, 3, 3])


def test_of_two_kinds_the_telling_one_gets_a_column():
    assert [c.level for c in prepared(["no", "no", "yes"]).columns] == ["yes"]
    assert [c.level for c in prepared(["No", "No", "Yes"]).columns] == ["Yes"]
    assert [c.level for c in prepared(["no", "yes", "yes"]).columns] == ["yes"]
    assert [c.level for c in prepared(["red", "blue", "red"]).columns] == ["red"]
    assert [c.level for c in prepared(["no", "no", "yes", "perhaps"]).columns] == ["no", "perhaps", "yes"]


def test_kinds_come_commonest_first_and_missing_ones_are_of_average_kind():
    made = prepared(["b", "a", "c", "c", "c", None, "d", "d"])
    assert [(c.level, c.fill) for c in made.columns] == [("c", 3 / 7), ("d", 2 / 7), ("a", 1 / 7), ("b", 1 / 7)]
    assert all(c.mean == c.fill and (c.log, c.low, c.high, c.few) == (False, 0, 1, False) for c in made.columns)
    assert told(made)[0] == "x y: 1 customer without a value treated as an average customer."
    assert made.matrix(pd.DataFrame({"x_y": [None]})).tolist() == [[0, 0, 0, 0]]


def test_eight_kinds_get_a_column_of_their_own():
    eight = prepared(list("abcdefgh"))
    assert len(eight.columns) == 8 and not any("commonest" in note for note in told(eight))
    nine = prepared(list("abcdefghih"))
    assert [c.level for c in nine.columns] == list("habcdefg")
    assert told(nine)[0] == "x y: the 8 most common of 9 kinds count separately; the others are grouped."


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ([NAN, NAN, np.inf], "“Visits” has no values at all."),
        ([None, None], "“Visits” has no values at all."),
        ([3.0, 3.0, NAN], "“Visits” is the same for all customers."),
        (["a", "a", None], "“Visits” is the same for all customers."),
        ([0.0, 1e-101], "“Visits” is the same for all customers."),
        ([0.0, 1.2e100], "“Visits” holds numbers too large to be compared (1e+100)."),
        ([0.0, -1.2e100], "“Visits” holds numbers too large to be compared (1e+100)."),
    ],
)
def test_what_tells_nobody_apart_is_refused(values, what):
    with pytest.raises(CriteriaError) as error:
        prepared(values, labels={"x_y": "Visits"})
    assert error.value.what == what
    assert "variable" in error.value.remedy


@pytest.mark.parametrize("values", [[0.0, 1e-100], [0.0, 1e100], [-1e100, 0.0], [1.0, 2.0]])
def test_whatever_can_be_squared_can_be_compared(values):
    assert prepared(values).matrix(pd.DataFrame({"x_y": values})).ravel() == pytest.approx([-1, 1])


def test_variables_must_be_there_and_be_chosen():
    with pytest.raises(CriteriaError, match="There is no variable “my visits” in these data"):
        prepare(pd.DataFrame({"x": [1.0, 2.0]}), ("my_visits",))
    with pytest.raises(CriteriaError, match="No variable has been chosen"):
        prepare(pd.DataFrame({"x": [1.0, 2.0]}), ())


BASIS = np.linalg.qr(np.column_stack([np.ones(8), np.random.default_rng(0).normal(size=(8, 2))]))[0][:, 1:]


@pytest.mark.parametrize(("correlation", "twice"), [(0.9, False), (0.94, False), (0.96, True), (-0.96, True), (-0.9, False)])
def test_what_says_nearly_the_same_is_told(correlation, twice):
    first, second = BASIS.T
    made = prepared({"a": first, "b": correlation * first + np.sqrt(1 - correlation**2) * second}, labels={"b": "Baskets"},
                    log_skewed=False, fence=None)  # fmt: skip
    expected = ["Nearly the same thing is said twice by a with Baskets: it then counts double; one of each is enough."]
    assert told(made) == (expected if twice else [])


def test_of_many_like_pairs_three_are_named():
    x = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    assert "by a with b, a with c and by b with c: it then" in told(prepared({"a": x, "b": x, "c": x}))[0]
    assert "by a with b, a with c and by a with d and 3 more pairs: it" in told(prepared({"a": x, "b": x, "c": x, "d": x}))[0]


def test_a_fourth_pair_is_counted():
    x, y = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [3.0, 5.0, 1.0, 6.0, 2.0, 4.0]
    assert (
        "by a with b, a with c and by b with c and 1 more pairs:" in told(prepared({"a": x, "b": x, "c": x, "d": y, "e": y}))[0]
    )


def test_the_kinds_of_one_variable_say_nothing_twice():
    assert not any("twice" in note for note in told(prepared(["a"] * 50 + ["b"] * 49 + ["c"])))


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(-20, 200).map(float), min_size=6, max_size=20), st.sampled_from([0.25, 8.0, 1000.0]))
def test_neither_the_unit_nor_the_order_of_customers_matters(values, factor):
    values = [0.0, 7.0, *values]
    made = prepared(values).matrix(pd.DataFrame({"x_y": values}))
    scaled = [factor * v for v in values][::-1]
    assert prepared(scaled).matrix(pd.DataFrame({"x_y": scaled}))[::-1] == pytest.approx(made, abs=1e-9)
