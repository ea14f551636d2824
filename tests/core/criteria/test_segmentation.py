import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segkit.core.criteria.bases import bases
from segkit.core.criteria.by_hand.thresholds import suggest_bands
from segkit.core.criteria.comparison.one_customer import explain
from segkit.core.criteria.found.variables import suggest_variables
from segkit.core.criteria.segmentation import segment
from segkit.decisions.criteria import Band, Criteria
from segkit.words.errors import CriteriaError, TooFewCustomersError
from segkit.words.terms import MAX_SEGMENTS, SMALL_GROUP, Banding, Base, Method
from tests.core.customer_tables import customer_data, shop

ALL = [
    Criteria(method=Method.RFM),
    Criteria(method=Method.BY_HAND),
    Criteria(method=Method.K_MEANS, n_segments=4),
]


def same(criteria, before, after):
    """Tell whether two tables of the same customers give the same partition."""
    return segment(customer_data(before), criteria).segment_of.equals(
        segment(customer_data(after), criteria).segment_of.sort_index()
    )


@pytest.mark.parametrize("criteria", ALL, ids=lambda c: c.method.value)
def test_partition_is_total_and_no_segment_is_empty(criteria):
    data = customer_data(shop(700))
    formed = segment(data, criteria)
    assert formed.segment_of.index.equals(data.customers.index)
    assert formed.segment_of.notna().all()
    assert formed.segments["size"].sum() == 700
    assert formed.segments["size"].min() > 0
    assert formed.segments["share"].sum() == pytest.approx(1)
    assert set(formed.segment_of) == set(formed.segments.index)
    assert formed.segments["segment_name"].is_unique
    assert formed.segments["segment_name"].str.len().max() <= 45
    assert formed.segments["rule"].str.endswith(".").all()
    assert len(formed.segments) <= MAX_SEGMENTS
    pd.testing.assert_series_equal(formed.assign(data.customers), formed.segment_of, check_names=False)


@pytest.mark.parametrize("criteria", ALL, ids=lambda c: c.method.value)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1000), factor=st.sampled_from([0.01, 7.0, 1000.0]))
def test_order_of_rows_and_units_of_money_change_nothing(criteria, seed, factor):
    frame = customer_data(shop(200, seed=seed)).customers
    shuffled = frame.sample(frac=1, random_state=seed)
    assert same(criteria, frame, shuffled)
    assert same(criteria, frame, frame.assign(monetary_total=frame["monetary_total"] * factor))


def test_names_of_columns_change_nothing():
    frame = customer_data(shop(300)).customers[["recency_days", "frequency", "share_web_shop"]]
    criteria = Criteria(method=Method.K_MEANS, variables=tuple(frame), n_segments=4)
    renamed = frame.set_axis(["share_x", "y", "z"], axis=1)
    before = segment(customer_data(frame), criteria).segment_of
    after = segment(customer_data(renamed), criteria.revise(variables=tuple(renamed))).segment_of
    assert before.equals(after)


def test_key_stands_for_the_settings_and_not_for_the_data():
    first, second = customer_data(shop(200, seed=1)), customer_data(shop(300, seed=2))
    for criteria in ALL:
        assert segment(first, criteria).key == segment(second, criteria).key
        assert segment(first, criteria.revise(why="because")).key == segment(first, criteria).key
    assert len({segment(first, c).key for c in [*ALL, ALL[2].revise(n_segments=3), ALL[2].revise(log_skewed=False)]}) == 5


def test_k_means_segments_are_ordered_by_their_money():
    data = customer_data(shop(600))
    formed = segment(data, ALL[2])
    money = data.customers["monetary_total"].groupby(formed.segment_of).sum()
    assert list(formed.segments.index) == ["s1", "s2", "s3", "s4"]
    assert money.loc[list(formed.segments.index)].is_monotonic_decreasing


def test_by_hand_crosses_up_to_three_attributes_into_at_most_eight_segments():
    data = customer_data(shop(900))
    bands = (Band(variable="monetary_total", bands=4), Band(variable="recency_days", bands=3), Band(variable="region"))
    formed = segment(data, Criteria(method=Method.BY_HAND, by_hand=bands))
    assert len(formed.segments) <= MAX_SEGMENTS
    assert formed.segments["size"].min() >= max(SMALL_GROUP, 9)
    assert formed.settings["merged"]
    assert "stood with the nearest pot" in str(formed.notes[0])
    assert formed.segments["rule"].str.contains("too small to stand alone").any()


def test_by_hand_takes_own_thresholds_and_says_the_rule():
    data = customer_data(shop(400))
    bands = (Band(variable="frequency", banding=Banding.OWN, thresholds=(2,)), Band(variable="region"))
    formed = segment(data, Criteria(method=Method.BY_HAND, by_hand=bands))
    rules = set(formed.segments["rule"])
    assert "Orders 2 or more and Region is North." in rules
    assert "Orders under 2 and Region is East." in rules
    assert formed.segments.loc["a2-b1", "segment_name"] == "Frequent, North"


def test_unknown_levels_and_values_of_new_customers_get_an_existing_segment():
    data = customer_data(shop(400))
    formed = segment(data, Criteria(method=Method.BY_HAND, by_hand=(Band(variable="region"), Band(variable="age", bands=3))))
    new = pd.DataFrame({"region": ["Mars", None, "North"], "age": [np.nan, 30.0, np.inf]})
    assert set(formed.assign(new)) <= set(formed.segments.index)


def test_missing_values_are_said():
    data = customer_data(shop(400))
    formed = segment(data, Criteria(method=Method.K_MEANS, variables=("age", "frequency"), n_segments=3))
    missing = int(data.customers["age"].isna().sum())
    assert f"Age: {missing} customers without a value taken as the median." in map(str, formed.notes)


@pytest.mark.parametrize("criteria", ALL, ids=lambda c: c.method.value)
def test_explains_every_customer_in_words(criteria):
    data = customer_data(shop(150))
    formed = segment(data, criteria)
    for customer in list(data.customers.index)[:20]:
        text = explain(data, formed, customer)
        name = formed.segments.loc[formed.segment_of[customer], "segment_name"]
        assert text.startswith(f"Customer {customer} is in “{name}”. ")
        assert text.endswith(".")
    with pytest.raises(CriteriaError, match="There is no customer “nobody”"):
        explain(data, formed, "nobody")


def test_too_few_customers_is_the_answer():
    with pytest.raises(TooFewCustomersError) as error:
        segment(customer_data(shop(29)), ALL[0])
    assert str(error.value) == (
        "There are 29 customers, too few to segment: below 30 the groups would be chance. "
        "Get to know each customer by name instead, or come back with more customers."
    )


def bad(**columns):
    frame = shop(120)[["recency_days", "frequency", "monetary_total"]]
    return customer_data(frame.assign(**columns))


@pytest.mark.parametrize(
    ("data", "variables", "text"),
    [
        (bad(x=1.0), ("x", "frequency"), "“X” is the same for all customers."),
        (bad(x=np.nan), ("x", "frequency"), "“X” has no values at all."),
        (bad(x="one"), ("x", "frequency"), "“X” is the same for all customers."),
        (bad(x=np.inf), ("x", "frequency"), "“X” has no values at all."),
        (bad(), ("frequenzy",), "There is no variable “frequenzy” in these data. Did you mean “frequency”?"),
        (bad(x=[0.0, 1.0] * 60), ("x",), "There are only 2 different customers by X, too few for 4 segments."),
    ],
)
def test_variables_that_tell_nothing_apart_are_refused(data, variables, text):
    with pytest.raises(CriteriaError) as error:
        segment(data, Criteria(method=Method.K_MEANS, variables=variables, n_segments=4))
    assert str(error.value).startswith(text)
    assert error.value.remedy


@pytest.mark.parametrize(
    "extra",
    [
        {"x": [1e12, *[float(i % 7) for i in range(119)]]},
        {"x": [np.inf, -np.inf, *[float(i % 7) for i in range(118)]]},
        {"x": [float(i % 7) for i in range(120)], "y": [2.0 * (i % 7) for i in range(120)]},
        {"x": [f"level {i}" for i in range(120)]},
        {"x": [0.0] * 119 + [1.0]},
        {"x": [-5.0, 3.0, 1e6] * 40},
    ],
    ids=["giant outlier", "infinite", "collinear", "a level each", "one differs", "negative"],
)
@pytest.mark.parametrize("log_skewed", [True, False])
def test_difficult_values_get_an_honest_answer(extra, log_skewed):
    data = bad(**extra)
    criteria = Criteria(method=Method.K_MEANS, variables=("frequency", *extra), n_segments=3, log_skewed=log_skewed)
    formed = segment(data, criteria)
    assert formed.segments["size"].sum() == 120
    assert formed.segments["size"].min() > 0
    assert formed.notes or "x" in extra


def test_collinear_and_infinite_values_are_said():
    data = bad(x=[float(i % 7) for i in range(120)], y=[2.0 * (i % 7) for i in range(119)] + [np.inf])
    notes = segment(data, Criteria(method=Method.K_MEANS, variables=("x", "y"), n_segments=2)).notes
    notes = list(map(str, notes))
    assert "Y: 1 customer without a value (1 of them infinite) taken as the median." in notes
    assert any(note.startswith("Nearly the same is said twice by X with Y") for note in notes)


def test_identical_customers_cannot_be_told_apart():
    data = customer_data(pd.DataFrame({"recency_days": [5.0] * 50, "frequency": [2.0] * 50, "monetary_total": [9.0] * 50}))
    for criteria in ALL:
        with pytest.raises(CriteriaError):
            segment(data, criteria)


def test_five_hundred_columns_and_five_thousand_levels():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(300, 500)), columns=[f"v{i}" for i in range(500)])
    frame["place"] = [f"place {i}" for i in range(300)]
    data = customer_data(frame)
    formed = segment(data, Criteria(method=Method.K_MEANS, variables=tuple(frame), n_segments=3))
    assert formed.segments["size"].sum() == 300
    by_place = segment(data, Criteria(method=Method.BY_HAND, by_hand=(Band(variable="place"),)))
    assert len(by_place.segments) <= MAX_SEGMENTS


def test_bases_say_what_there_is():
    data = customer_data(shop(400), bases={"region": Base.GEOGRAPHIC, "age": Base.DEMOGRAPHIC})
    overview = bases(data)
    assert list(overview.table.index) == [b.value for b in Base]
    assert list(overview.table["verdict"]) == ["ready", "in part", "missing", "ready", "missing"]
    assert overview.table.loc["demographic", "known"] == pytest.approx(data.customers["age"].notna().mean())
    assert overview.sentence.endswith("There are no usable psychographic or firmographic data.")


def test_suggestions_are_behaviour_and_never_age():
    data = customer_data(shop(400), bases={"age": Base.DEMOGRAPHIC})
    assert suggest_variables(data) == ("recency_days", "frequency", "monetary_total", "share_web_shop")
    assert [band.variable for band in suggest_bands(data)] == ["monetary_total", "recency_days"]


def test_suggestions_without_orders_take_what_there_is():
    frame = shop(400)[["age", "region"]]
    assert suggest_variables(customer_data(frame, bases={"age": Base.DEMOGRAPHIC})) == ("age", "region")
