from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segkit.core.criteria.bases import bases
from segkit.core.criteria.by_hand.rule import rule_from
from segkit.core.criteria.by_hand.thresholds import attribute, bands_key, suggest_bands
from segkit.core.criteria.comparison.one_customer import explain
from segkit.core.criteria.found.variables import suggest_variables
from segkit.core.criteria.segmentation import (
    _key,
    _segmentation,
    enough,
    fit,
    in_new_names,
    preparation,
    renamed,
    segment,
    settle,
)
from segkit.decisions.criteria import Band, BlockWeight, Criteria, HandSegment, NameRule, Rfm
from segkit.words.errors import CriteriaError, TooFewCustomersError
from segkit.words.terms import MAX_SEGMENTS, SMALL_GROUP, Banding, Base, Method, Scaling
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


def forty(**columns):
    """Return forty customers of two regions, of whom every other one is in the North."""
    return customer_data(pd.DataFrame({"region": ["North", "South"] * 20} | columns))


BY_REGION = Criteria(method=Method.BY_HAND, by_hand=(Band(variable="region"),))


def test_each_segment_has_its_customers_and_its_share():
    formed = segment(forty(region=["North"] * 10 + ["South"] * 25 + ["East"] * 5), BY_REGION)
    assert formed.segments.to_dict("index") == {
        "a1": {"segment_name": "South", "size": 25, "share": 0.625, "rule": "Region is South."},
        "a2": {"segment_name": "North", "size": 10, "share": 0.25, "rule": "Region is North."},
        "a3": {"segment_name": "East", "size": 5, "share": 0.125, "rule": "Region is East."},
    }
    assert list(formed.segments.columns) == ["segment_name", "size", "share", "rule"]
    assert list(formed.segments.index) == ["a1", "a2", "a3"] and formed.segments.index.name == "segment_id"
    assert formed.segment_of.name == "segment_id"
    assert formed.segment_of.tolist() == ["a2"] * 10 + ["a1"] * 25 + ["a3"] * 5
    assert (formed.method, formed.variables, formed.notes, formed.tree) == (Method.BY_HAND, ("region",), (), None)
    assert formed.settings["levels"] == {"region": ["South", "North", "East"]}


@pytest.mark.parametrize(
    ("spend", "order"),
    [
        ([5.0] * 20 + [50.0] * 20, ["a2", "a1"]),
        ([5.0] * 40, ["a1", "a2"]),
        ([50.0] * 20 + [5.0] * 20, ["a1", "a2"]),
        ([np.nan] * 20 + [1.0] * 20, ["a2", "a1"]),
        ([np.nan] * 40, ["a1", "a2"]),
    ],
)
def test_pots_stand_from_the_most_money_down(spend, order):
    formed = segment(forty(region=["North"] * 20 + ["South"] * 20, monetary_total=spend), BY_REGION)
    assert list(formed.segments.index) == order
    assert formed.segments.loc["a1", "segment_name"] == "North"


def test_a_segment_that_nobody_is_in_is_left_out():
    data = forty()
    rule = rule_from({(0,): 20, (1,): 20, (-1,): 9}, (attribute(data, Band(variable="region")),))
    assert "a0" in rule.segments().index
    assert list(_segmentation(data, BY_REGION, rule).segments.index) == ["a1", "a2"]


@pytest.mark.parametrize(("customers", "refused"), [(1, True), (29, True), (30, False), (31, False)])
def test_thirty_customers_are_enough(customers, refused):
    data = customer_data(pd.DataFrame({"frequency": np.arange(float(customers))}))
    if not refused:
        return enough(data)
    with pytest.raises(TooFewCustomersError, match="1 customer," if customers == 1 else "29 customers,"):
        enough(data)
    with pytest.raises(TooFewCustomersError):
        segment(data, Criteria(method=Method.RFM))


def test_what_is_left_open_is_suggested_by_the_data_and_what_is_chosen_is_kept():
    data = forty(frequency=np.arange(40.0), age=np.arange(40.0))
    by_hand, found = Criteria(method=Method.BY_HAND), Criteria(method=Method.K_MEANS)
    assert settle(data, by_hand) == by_hand.revise(by_hand=suggest_bands(data))
    assert settle(data, found) == found.revise(variables=suggest_variables(data))
    chosen = by_hand.revise(by_hand=(Band(variable="age"),), variables=("age", "frequency"))
    for method in Method:
        assert settle(data, chosen.revise(method=method)) == chosen.revise(method=method)
    assert settle(data, Criteria(method=Method.RFM)) == Criteria(method=Method.RFM)


def test_data_that_tell_nobody_apart_are_refused_where_columns_are_needed():
    data = forty(region=["North"] * 40)
    for method in (Method.BY_HAND, Method.K_MEANS, Method.LATENT_CLASS, Method.HIERARCHICAL):
        with pytest.raises(CriteriaError, match="No column in these data tells customers apart"):
            settle(data, Criteria(method=method))
    assert settle(data, Criteria(method=Method.RFM)).method is Method.RFM


def test_segments_found_in_the_data_need_their_number():
    data = forty(frequency=np.arange(40.0), age=np.arange(40.0))
    with pytest.raises(CriteriaError, match="No number of segments is given"):
        segment(data, Criteria(method=Method.K_MEANS))
    assert len(segment(data, BY_REGION).segments) == 2


def test_variables_that_only_describe_or_are_not_there_are_refused():
    data = forty(frequency=np.arange(40.0))
    data = replace(data, variables=tuple(replace(v, usable=v.name != "region") for v in data.variables))
    for variables, text in ((("region",), "can only describe segments"), (("x",), "There is no variable “x”")):
        criteria = Criteria(method=Method.K_MEANS, variables=variables, n_segments=2)
        for refused in (preparation, fit):
            with pytest.raises(CriteriaError, match=text):
                refused(data, criteria)


def test_the_preparation_is_that_of_the_variables_and_of_the_choices():
    data = forty(frequency=np.arange(40.0), age=np.arange(40.0) * 2)
    found = preparation(data, Criteria(method=Method.K_MEANS, variables=("age",), scaling=Scaling.RANGE))
    assert [column.variable for column in found.columns] == ["age"]
    assert found.matrix(data.customers).ravel() == pytest.approx(np.linspace(-0.5, 0.5, 40))
    suggested = preparation(data, Criteria(method=Method.K_MEANS))
    assert {column.variable for column in suggested.columns} == set(suggest_variables(data))


def test_segments_of_a_tree_have_one_and_all_found_segments_say_why():
    data = forty(frequency=np.r_[np.arange(20.0), np.arange(80.0, 100.0)], age=np.r_[np.arange(20.0), np.arange(80.0, 100.0)])
    for method, said in (
        (Method.HIERARCHICAL, "most like it"),
        (Method.K_MEANS, "typical"),
        (Method.LATENT_CLASS, "probability"),
    ):
        formed = segment(data, Criteria(method=method, variables=("frequency", "age"), n_segments=2))
        assert (formed.tree is not None) == (method is Method.HIERARCHICAL)
        assert said in formed.why(data.customers.iloc[[0]])
        assert formed.segment_of.nunique() == 2 and formed.segment_of.iloc[:20].nunique() == 1
        assert formed.rule.currency == "EUR"


FULL = Criteria(by_hand=(Band(variable="frequency"),), variables=("frequency", "recency_days"), n_segments=3)
EDITS = {
    "why": {"why": "because"},
    "by_hand": {"by_hand": (Band(variable="frequency", bands=3),)},
    "rfm": {"rfm": Rfm(recency=(30,))},
    "variables": {"variables": ("frequency",)},
    "n_segments": {"n_segments": 4},
    "log_skewed": {"log_skewed": False},
    "seed": {"seed": 1},
    "scaling": {"scaling": Scaling.RANGE},
    "draw_in_outliers": {"draw_in_outliers": False},
    "block_weights": {"block_weights": (BlockWeight(block="frequency", weight=2),)},
    "found_by": {"found_by": Method.HIERARCHICAL},
}
FOUND = {"variables", "n_segments", "log_skewed", "seed"}


@pytest.mark.parametrize(
    ("method", "key", "counts"),
    [
        (Method.BY_HAND, "1a83c399", {"by_hand"}),
        (Method.RFM, "52b0e337", {"rfm"}),
        (Method.K_MEANS, "a5f24cdf", FOUND | {"scaling", "draw_in_outliers", "block_weights"}),
        (Method.LATENT_CLASS, "a2cb2991", FOUND | {"draw_in_outliers"}),
        (Method.HIERARCHICAL, "effdb25c", FOUND | {"scaling", "draw_in_outliers", "block_weights"}),
    ],
)
def test_the_key_is_that_of_earlier_versions_and_changes_with_what_the_method_uses(method, key, counts):
    criteria = FULL.revise(method=method)
    rule = rule_from({(0,): 20, (1,): 20}, (attribute(forty(), Band(variable="region")),))
    assert _key(criteria, rule) == key, "names and personas of an earlier version must be found again"
    assert {name for name, edit in EDITS.items() if _key(criteria.revise(**edit), rule) != key} == counts


def test_what_the_person_put_together_has_a_key_of_its_own():
    data = forty(region=["North", "South", "East", "West"] * 10)
    bands = bands_key(BY_REGION.by_hand, [attribute(data, BY_REGION.by_hand[0])])
    joined = BY_REGION.revise(pots=(HandSegment(bands=bands, pots=("a1", "a2")),))
    other = BY_REGION.revise(pots=(HandSegment(bands=bands, pots=("a1", "a3")),))
    formed = [segment(data, criteria) for criteria in (BY_REGION, joined, other)]
    assert len({one.key for one in formed}) == 3
    assert [len(one.segments) for one in formed] == [4, 3, 3]


def test_segments_bear_the_names_that_a_person_gave_wherever_they_are_said():
    data = forty(frequency=[1.0] * 20 + [9.0] * 20)
    formed = segment(data, Criteria(method=Method.BY_HAND, by_hand=(Band(variable="frequency"),)))
    assert formed.segments["segment_name"].to_dict() == {"a2": "Frequent", "a1": "Seldom"}
    swapped = renamed(formed, {"a1": "Frequent", "a2": "Seldom"})
    assert swapped.segments["segment_name"].to_dict() == {"a2": "Seldom", "a1": "Frequent"}
    assert "in “Frequent”" in formed.why(data.customers.iloc[[0]]) and "in “Seldom”" in swapped.why(data.customers.iloc[[0]])
    one = renamed(formed, {"a2": "Best (of all)", "nobody": "x"})
    assert one.segments["segment_name"].to_dict() == {"a2": "Best (of all)", "a1": "Seldom"}
    assert "in “Best (of all)”" in one.why(data.customers.iloc[[0]])
    assert "in “Seldom”" in renamed(one, {"a2": "Top"}).why(data.customers.iloc[[39]])
    assert "in “Top”" in renamed(one, {"a2": "Top"}).why(data.customers.iloc[[0]])
    assert formed.segments["segment_name"].to_dict() == {"a2": "Frequent", "a1": "Seldom"}, "what was formed is left as it was"
    assert (one.key, one.segment_of is formed.segment_of) == (formed.key, True)


def test_a_text_that_quotes_segments_is_put_into_new_names_all_at_once():
    before = pd.DataFrame({"segment_name": ["Seldom", "Frequent (2)", "Frequent"]}, index=["a", "b", "c"])
    after = before.assign(segment_name=["Frequent", "Seldom", "Frequent"])
    said = in_new_names(
        "“Seldom” is near “Frequent (2)” and “Frequent”; Seldom is no quotation, “Other” no segment.", before, after
    )
    assert said == "“Frequent” is near “Seldom” and “Frequent”; Seldom is no quotation, “Other” no segment."


def test_two_segments_of_one_name_are_refused():
    formed = segment(forty(), BY_REGION)
    with pytest.raises(CriteriaError) as error:
        renamed(formed, {"a1": "South"})
    assert str(error.value) == "Two segments are called “South”. Give one of them a different name in notebook 4."


def test_thresholds_and_names_of_rfm_are_those_of_the_person():
    data = customer_data(shop(40))
    rfm = Rfm(recency=(30, 90), names=(NameRule(name="Good", recency=(4, 5)), NameRule(name="Rest of them")))
    formed = segment(data, Criteria(method=Method.RFM, rfm=rfm))
    assert formed.settings["thresholds"]["recency_days"] == [30, 90]
    assert {"Good", "Rest of them"} & set(formed.segments["segment_name"])
    assert " EUR" in formed.why(data.customers.iloc[[0]])


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
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
    first, second = customer_data(shop(40, seed=1)), customer_data(shop(50, seed=2))
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
    assert "were merged with the nearest pot" in str(formed.notes[0])
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
    assert f"Age: {missing} customers without a value taken as the middle value (median)." in map(str, formed.notes)


@pytest.mark.parametrize("criteria", ALL, ids=lambda c: c.method.value)
def test_explains_every_customer_in_words(criteria):
    data = customer_data(shop(150))
    formed = segment(data, criteria)
    for customer in list(data.customers.index)[:7]:
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
        "There are 29 customers, too few to segment: below 30 any groups would be down to chance. Get to know each "
        "customer by name instead, or come back with more customers."
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
    assert "Y: 1 customer without a value (1 of them infinite) taken as the middle value (median)." in notes
    assert any(note.startswith("Nearly the same thing is said twice by X with Y") for note in notes)


def test_identical_customers_cannot_be_told_apart():
    data = customer_data(pd.DataFrame({"recency_days": [5.0] * 50, "frequency": [2.0] * 50, "monetary_total": [9.0] * 50}))
    for criteria in ALL:
        with pytest.raises(CriteriaError):
            segment(data, criteria)


def test_more_columns_than_customers_and_a_level_for_each_customer():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(60, 90)), columns=[f"v{i}" for i in range(90)])
    frame["place"] = [f"place {i}" for i in range(60)]
    data = customer_data(frame)
    formed = segment(data, Criteria(method=Method.K_MEANS, variables=tuple(frame), n_segments=3))
    assert formed.segments["size"].sum() == 60
    with pytest.raises(CriteriaError, match="fewer than 5 customers"):
        segment(data, Criteria(method=Method.BY_HAND, by_hand=(Band(variable="place"),)))


def test_bases_say_what_there_is():
    data = customer_data(shop(400), bases={"region": Base.GEOGRAPHIC, "age": Base.DEMOGRAPHIC})
    overview = bases(data)
    assert list(overview.table.index) == [b.value for b in Base]
    assert list(overview.table["verdict"]) == ["ready", "in part", "missing", "ready", "missing"]
    assert overview.table.loc["demographic", "known"] == pytest.approx(data.customers["age"].notna().mean())
    assert overview.sentence.endswith(
        "Nothing usable yet on what they think and value (psychographic) or what kind of firm they are (firmographic)."
    )


def test_suggestions_are_behaviour_and_never_age():
    data = customer_data(shop(400), bases={"age": Base.DEMOGRAPHIC})
    assert suggest_variables(data) == ("recency_days", "frequency", "monetary_total", "share_web_shop")
    assert [band.variable for band in suggest_bands(data)] == ["monetary_total", "recency_days"]


def test_suggestions_without_orders_take_what_there_is():
    frame = shop(400)[["age", "region"]]
    assert suggest_variables(customer_data(frame, bases={"age": Base.DEMOGRAPHIC})) == ("age", "region")
