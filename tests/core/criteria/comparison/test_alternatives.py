from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.comparison.alternatives import compare, on_base, other_base, other_bases, value_spread
from segkit.core.criteria.segmentation import segment
from segkit.decisions.criteria import Criteria
from segkit.words.terms import Base, Method, Verdict
from tests.core.criteria.comparison.segmentations import made_up
from tests.core.customer_tables import customer_data, shop

BY_HAND = Criteria(method=Method.BY_HAND)
RFM = Criteria(method=Method.RFM)


def trusted(rand):
    """What is compared of a trust."""
    return SimpleNamespace(adjusted_rand=rand, verdict=Verdict.CONSTRUCTED)


@pytest.fixture(scope="module")
def data():
    return customer_data(shop(400), bases={"region": Base.GEOGRAPHIC, "age": Base.DEMOGRAPHIC})


@pytest.fixture(scope="module")
def ways(data):
    return {title: (segment(data, c), trusted(0.9)) for title, c in {"By hand": BY_HAND, "RFM": RFM}.items()}


def test_who_moves_and_what_is_gained(data, ways):
    found = compare(data, ways)
    move = found.moves.iloc[0]
    both = pd.crosstab(ways["By hand"][0].segment_of, ways["RFM"][0].segment_of)
    assert 1 - move["moved"] <= both.max(axis=1).sum() / 400
    assert found.agreement["By hand", "RFM"] == move["adjusted_rand"]
    assert found.table["value_spread"].between(0.2, 1).all()
    assert found.table["segments"].tolist() == [len(ways[title][0].segments) for title in found.table.index]
    assert found.sentence.startswith("“By hand” and “RFM” are the two most alike, and yet different splits: ")


def test_nobody_moves_between_a_way_and_itself(data, ways):
    found = compare(data, {"one": ways["RFM"], "the same": ways["RFM"]})
    assert found.moves.iloc[0][["adjusted_rand", "moved", "stream"]].tolist() == [1.0, 0.0, ""]
    assert found.sentence.startswith("“one” and “the same” are nearly the same split: 0 % of customers would change groups.")


def test_money_between_segments_does_not_depend_on_the_currency(data, ways):
    pounds = customer_data(data.customers.assign(monetary_total=data.customers["monetary_total"] * 0.85))
    assert value_spread(pounds, ways["RFM"][0]) == pytest.approx(value_spread(data, ways["RFM"][0]))
    assert np.isnan(value_spread(customer_data(data.customers[["age"]]), ways["RFM"][0]))


def test_another_base_is_the_best_known_unless_chosen(data):
    taken = ("recency_days", "monetary_total")
    assert other_base(data, RFM, taken) == (Base.GEOGRAPHIC, ("region",))
    assert other_base(data, RFM.revise(other_base="demographic"), taken) == (Base.DEMOGRAPHIC, ("age",))
    assert other_base(data, RFM.revise(other_base="psychographic"), taken) is None
    assert on_base(RFM, ("region",)).variables == ("region",)


def test_a_workbook_of_before_has_no_other_base():
    assert Criteria.model_validate({"method": "rfm"}).other_base is None


TWENTY = customer_data(pd.DataFrame({"monetary_total": [*[10.0] * 10, *[30.0] * 10]}))
HALVES = "a" * 10 + "b" * 10


def ways_of(**ways):
    """Compare segmentations made by hand, each with its stability."""
    trusted = {
        title: (made_up(of), SimpleNamespace(adjusted_rand=rand, verdict=Verdict.CONSTRUCTED))
        for title, (of, rand) in ways.items()
    }
    return compare(TWENTY, trusted)


def test_the_table_of_ways_by_hand():
    found = ways_of(half=(HALVES, 0.75), thirds=("a" * 12 + "b" * 6 + "c" * 2, None))
    assert found.table.index.tolist() == ["half", "thirds"]
    assert found.table.columns.tolist() == ["segments", "smallest", "adjusted_rand", "verdict", "value_spread"]
    assert found.table.loc["half"].tolist() == [2, 0.5, 0.75, Verdict.CONSTRUCTED.label, pytest.approx(1)]
    assert found.table.loc["thirds"].tolist()[:2] == [3, 0.1] and np.isnan(found.table.loc["thirds", "adjusted_rand"])
    # of twelve ten spent little: 5 between all of them, 12 · 1 ⁄ 6 · 5 ⁄ 6 left of 20 · ¼
    assert found.table.loc["thirds", "value_spread"] == pytest.approx(1 - 12 * 5 / 36 / 5)
    assert found.sentence.endswith("“half” separates customers best by spending: it explains 100 % of the differences.")


@pytest.mark.parametrize(
    ("other", "moved", "stream"),
    [
        ("a" * 15 + "b" * 5, 0.25, "5 customers from “Segment b” to “Segment a”"),
        ("a" * 14 + "b" * 6, 0.2, ""),
        ("a" * 3 + "b" * 17, 0.35, ""),  # seven of ten who move tell of the three who do not
        ("b" * 10 + "a" * 10, 0, ""),
        ("a" * 4 + "b" * 6 + "c" * 10, 0.2, ""),
        ("a" * 10 + "b" * 4 + "c" * 6, 0.2, ""),
    ],
)
def test_who_would_be_grouped_with_others(other, moved, stream):
    """Each segment is set against the one that shares most with it, none twice; fewer than five are not told."""
    row = ways_of(one=(HALVES, 0.5), two=(other, 0.5)).moves.iloc[0]
    assert (row["one"], row["other"], row["moved"], row["stream"]) == ("one", "two", pytest.approx(moved), stream)


def test_customers_are_matched_by_their_number_and_segments_by_their_place():
    mixed = made_up("bbbbbaaaaa", ids="ab", index=[f"c{i:05d}" for i in range(9, -1, -1)])
    plain = made_up("aaaaabbbbb", ids="ba")
    found = compare(
        customer_data(pd.DataFrame({"x": np.arange(10.0)})), {"one": (mixed, trusted(1.0)), "two": (plain, trusted(1.0))}
    )
    assert found.moves.iloc[0][["adjusted_rand", "moved"]].tolist() == [1, 0]
    assert found.table["value_spread"].isna().all()
    assert found.sentence == "“one” and “two” are nearly the same split: 0 % of customers would change groups."


def test_every_two_are_compared_and_the_most_alike_are_told():
    found = ways_of(a=(HALVES, 1.0), b=("ab" * 10, 0.5), c=("a" * 9 + "b" * 11, 0.5))
    assert list(found.agreement) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert found.sentence.startswith("“a” and “c” are the two most alike, and yet different splits: 5 % of")
    assert ways_of(alone=(HALVES, 1.0)).sentence == ""


def test_the_spread_of_money_is_of_logarithms_by_the_median():
    data = customer_data(pd.DataFrame({"monetary_total": [0.0, 3.0, 5.0, -5.0, 25.0, np.nan]}))
    compared = np.array([0, np.log(1.6), np.log(2), -np.log(2), np.log(6), 0])
    groups = compared.reshape(3, 2).mean(axis=1)
    expected = 2 * ((groups - compared.mean()) ** 2).sum() / ((compared - compared.mean()) ** 2).sum()
    assert value_spread(data, made_up("aabbcc")) == pytest.approx(expected)
    small = customer_data(data.customers / 1000)
    assert value_spread(small, made_up("aabbcc")) == pytest.approx(expected)
    nothing = customer_data(pd.DataFrame({"monetary_total": [0.0, -1.0, -1.0, 0.0]}))
    assert value_spread(nothing, made_up("abba")) == 1 and value_spread(nothing, made_up("aabb")) == 0


BASES = {"town": Base.GEOGRAPHIC, "land": Base.GEOGRAPHIC, "age": Base.DEMOGRAPHIC, "likes": Base.PSYCHOGRAPHIC}


def known_of(**missing):
    """Make a table whose variables some customers of ten lack."""
    columns = {name: [*"abcde"] * 2 for name in ("town", "land", "likes")} | {"age": list(map(float, range(10)))}
    frame = pd.DataFrame(columns | {"frequency": list(map(float, range(10)))})
    for name, lacking in missing.items():
        frame.loc[: lacking - 1, name] = None
    return customer_data(frame, bases=BASES)


def test_bases_hold_what_is_usable_and_not_taken():
    data = known_of()
    assert other_bases(data, ("land", "age")) == {
        Base.GEOGRAPHIC: ("town",), Base.PSYCHOGRAPHIC: ("likes",), Base.BEHAVIOURAL: ("frequency",)
    }  # fmt: skip
    same = customer_data(pd.DataFrame({"town": ["x"] * 4, "age": [1.0, 2.0, 3.0, 4.0]}), bases=BASES)
    assert other_bases(same, ()) == {Base.DEMOGRAPHIC: ("age",)}


@pytest.mark.parametrize(
    ("missing", "taken", "expected"),
    [
        ({"town": 5, "land": 5}, ("frequency",), (Base.GEOGRAPHIC, ("town", "land"))),
        ({"age": 1}, ("frequency", "land"), (Base.GEOGRAPHIC, ("town",))),
        ({"town": 1, "likes": 1}, ("frequency", "land"), (Base.DEMOGRAPHIC, ("age",))),
        ({"town": 2, "age": 2, "likes": 1}, ("frequency", "land"), (Base.PSYCHOGRAPHIC, ("likes",))),
        ({}, ("frequency", "age", "likes", "town"), None),
        ({}, ("age", "town"), (Base.PSYCHOGRAPHIC, ("likes",))),
    ],
)
def test_the_other_base_has_several_variables_and_is_known_of_most(missing, taken, expected):
    data = known_of(**missing)
    if "land" in taken:
        data, taken = customer_data(data.customers.drop(columns="land"), bases=BASES), taken[:1]
    if expected is None:
        data = customer_data(data.customers, bases=BASES | {"land": Base.BEHAVIOURAL})
    assert other_base(data, RFM, taken) == expected


def test_a_base_that_was_chosen_may_be_the_one_that_forms_the_segments():
    chosen = RFM.revise(other_base="geographic")
    assert other_base(known_of(), chosen, ("town",)) == (Base.GEOGRAPHIC, ("land",))


def test_at_most_eight_variables_of_another_base():
    data = customer_data(pd.DataFrame({f"t{i}": list("abca") for i in range(9)}))
    assert other_base(data, RFM, ()) == (Base.DEMOGRAPHIC, tuple(f"t{i}" for i in range(8)))


def test_segments_of_another_base_are_as_many_as_the_evidence_favours():
    made = on_base(Criteria(method=Method.BY_HAND, n_segments=4, by_hand=({"variable": "age"},), seed=7), ("town", "land"))
    assert (made.method, made.variables, made.n_segments, made.by_hand, made.seed) == (
        Method.K_MEANS,
        ("town", "land"),
        None,
        (),
        7,
    )
