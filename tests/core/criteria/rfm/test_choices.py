"""RFM as a person sets it: nested bins, other money, thresholds and names of one's own; and data that defy it."""

import datetime as dt
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segkit.core.criteria.comparison.one_customer import explain
from segkit.core.criteria.rfm.names import every_cell
from segkit.core.criteria.rfm.rule import fit_rfm
from segkit.core.criteria.rfm.scores import draw, own
from segkit.core.criteria.rfm.table import checked, naming_grid, nested_ranges, score_ranges
from segkit.core.criteria.segmentation import segment
from segkit.decisions.criteria import Criteria, NameRule, Rfm
from segkit.reading.load import load_customers
from segkit.words.errors import CriteriaError, WorkbookError
from segkit.words.terms import FileKind, Method, RfmBins, RfmMoney
from tests.core.criteria.test_rule_linter import NAMES, README
from tests.core.customer_tables import customer_data, shop

NESTED = Rfm(bins=RfmBins.NESTED)
TABLE = tuple(NameRule(name=name, recency=r, frequency=f, monetary=m) for name, (r, f, m) in zip(NAMES, README, strict=True))


def ones_per_cell():
    """Return customers that came back, one for each of the 125 combinations of scores."""
    cells = np.array(every_cell(), dtype=float)
    return pd.DataFrame({"recency_days": 60 - 10 * cells[:, 0], "frequency": 1 + cells[:, 1], "monetary_total": cells[:, 2]})


@pytest.mark.parametrize("chosen", [Rfm(), NESTED], ids=["independent", "nested"])
def test_all_125_cells_are_scored_named_and_counted_once(chosen):
    frame = pd.concat([ones_per_cell()] * 5, ignore_index=True)
    rule = fit_rfm(frame, chosen)
    scored, _ = rule.scores(frame)
    assert {tuple(row) for row in scored.tolist()} == set(product(range(1, 6), repeat=3))
    grid = naming_grid(rule, frame)
    assert set(grid.segment) == set(every_cell()) and set(grid.customers.values()) == {5}
    assert set(grid.segment.values()) <= set(grid.names) and len(grid.names) <= 10
    assert checked(rule, frame).sound


def test_nested_bins_cut_orders_within_recency_and_money_within_both():
    frame = shop(3000, one_time=0.2)
    rule = fit_rfm(frame, NESTED)
    scored, once = rule.scores(frame)
    back = frame[~once].assign(r=scored[~once, 0], f=scored[~once, 1], m=scored[~once, 2])
    for _, mine in back.groupby("r"):
        shares = mine["f"].value_counts(normalize=True)
        assert shares.max() < 0.5  # ties are wide, but no bin swallows the rest
    for _, mine in back.groupby(["r", "f"]):
        if len(mine) >= 50:
            assert mine["m"].value_counts(normalize=True).between(0.12, 0.28).all()
            assert mine.groupby("m")["monetary_total"].max().is_monotonic_increasing
    assert rule.settings()["nested"]["frequency"].keys() == {str(r) for r in set(back["r"])}


@given(st.integers(0, 40), st.sampled_from([Rfm(), NESTED, Rfm(money=RfmMoney.MEAN)]))
@settings(max_examples=5, deadline=None)
def test_equal_customers_score_equally_and_order_and_unit_change_nothing(seed, chosen):
    frame = shop(250, seed=seed)
    twice = pd.concat([frame, frame], ignore_index=True)
    found = fit_rfm(twice, chosen).assign(twice)
    assert (found[:250].to_numpy() == found[250:].to_numpy()).all()
    shuffled = frame.sample(frac=1, random_state=seed)
    shuffled = shuffled.assign(**{v: shuffled[v] * 100 for v in ("monetary_total", "monetary_mean")})
    assert fit_rfm(shuffled, chosen).assign(shuffled).sort_index().equals(fit_rfm(frame, chosen).assign(frame))


def test_own_thresholds_hold_and_are_said():
    frame = shop(800)
    rule = fit_rfm(frame, Rfm(recency=(30, 90), monetary=(10, 100, 500)), currency="EUR")
    assert rule.cuts["recency_days"] == (30, 90) and rule.cuts["monetary_total"] == (10, 100, 500)
    scored, _ = rule.scores(frame)
    assert set(scored[frame["recency_days"] < 30, 0]) == {5} and set(scored[frame["recency_days"] >= 90, 0]) == {1}
    ranges = score_ranges(rule)
    assert ranges["recency"].tolist() == ["under 30 days", "nobody", "30 to under 90 days", "nobody", "90 days or more"]
    assert ranges.loc[5, "money"] == "500 EUR or more"


@pytest.mark.parametrize("cuts", [(1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)])
def test_own_scales_run_from_worst_to_best(cuts):
    scores = own(cuts, low_is_good=False).scores
    assert (scores[0], scores[-1]) == (1, 5) and list(scores) == sorted(set(scores))
    assert own(cuts, low_is_good=True).scores == scores[::-1]


def test_thresholds_that_do_not_rise_are_refused_in_words():
    with pytest.raises(WorkbookError, match="the thresholds of recency must rise from the first to the last"):
        Rfm().revise(recency=(90, 30))


def test_money_is_revenue_revenue_an_order_or_margin():
    frame = shop(500).assign(margin_total=lambda f: -f["monetary_total"])
    total, mean, margin = (fit_rfm(frame, Rfm(money=money)) for money in RfmMoney)
    assert (total.money, mean.money, margin.money) == ("monetary_total", "monetary_mean", "margin_total")
    richest = frame["monetary_total"].idxmax()
    assert total.scores(frame)[0][richest, 2] == 5 and margin.scores(frame)[0][richest, 2] == 1
    assert "the spend per order is" in mean.why(frame.iloc[[0]])
    assert "orders and margin" in margin.segments().loc["champions", "rule"]


def test_margin_that_is_not_there_is_said_with_a_remedy():
    with pytest.raises(CriteriaError) as error:
        fit_rfm(shop(100), Rfm(money=RfmMoney.MARGIN))
    assert str(error.value) == (
        "RFM is set to use “Margin: what was earned on it”, but the data hold no margin. Choose a column of margins in "
        "notebook 2, or pick another measure of money."
    )


def test_a_naming_table_of_ones_own_is_total_and_its_faults_are_found():
    frame = shop(2000)
    rule = fit_rfm(frame, Rfm(names=TABLE))
    found = checked(rule, frame)
    assert (found.overlapping, found.unmatched) == (58, 10)
    gap = next(fault for fault in found.faults if fault.kind == "gap")
    assert gap.customer is not None and "For example: recency" in gap.sentence
    segment_of = rule.assign(frame)
    assert set(segment_of) <= set(rule.segments().index)
    assert rule.segments().loc["own_1", "segment_name"] == "Champions"
    assert "rest" in rule.naming.titles and {rule.naming.table[False, cell] for cell in every_cell()} >= {"own_1", "rest"}
    assert set(segment_of[frame["frequency"] == 1]) <= {"new", "one_time"}


def test_thresholds_and_names_of_ones_own_have_a_key_of_their_own_and_plain_rfm_keeps_its_key():
    data = customer_data(shop(300))
    keys = [
        segment(data, Criteria(method=Method.RFM, rfm=rfm)).key for rfm in (Rfm(), NESTED, Rfm(recency=(30,)), Rfm(names=TABLE))
    ]
    assert len(set(keys)) == 4
    assert keys[0] == "52b0e337", "names and personas of an earlier version must be found again"
    assert segment(data, Criteria(method=Method.BY_HAND)).key == "414a2d5b"


def test_says_how_near_the_border_is_in_orders_and_days():
    data = customer_data(shop(600))
    formed = segment(data, Criteria(method=Method.RFM))
    texts = [explain(data, formed, customer) for customer in data.customers.index[:20]]
    assert all("How close to the border:" in text or "No change of a single figure" in text for text in texts)
    assert any("with 1 more order" in text for text in texts)
    assert any("without an order it would be in" in text for text in texts)


def three(**columns):
    return shop(200)[["recency_days", "frequency", "monetary_total"]].assign(**columns)


@pytest.mark.parametrize("chosen", [Rfm(), NESTED], ids=["independent", "nested"])
@pytest.mark.parametrize(
    "frame",
    [
        three(recency_days=5.0),
        three(recency_days=np.nan),
        three(frequency=1.0),
        three(monetary_total=np.inf),
        three(monetary_total=[1e12] + [1.0] * 199),
        three(frequency=[1.0] * 160 + [2.0] * 40),
        three(frequency=np.nan, monetary_total=-3.0),
        pd.concat([three().iloc[:3]] * 40, ignore_index=True),
    ],
    ids=["constant", "missing", "all once", "infinite", "giant", "80 % once", "two unknown", "identical"],
)
def test_data_that_defy_scores_still_give_a_total_split(frame, chosen):
    rule = fit_rfm(frame, chosen)
    segment_of = rule.assign(frame)
    assert segment_of.notna().all() and set(segment_of) == set(rule.segments().index)
    assert checked(rule, frame).unmatched == 0
    assert rule.why(frame.iloc[[0]]).endswith(".")


def test_nested_bins_without_customers_fall_back_to_the_scale_of_all():
    values = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    scales = draw(values, values + 1, values, np.ones(5), np.array([True, True, False, False, False]), nested=True)
    assert scales.score(np.array([5.0]), np.array([9.0]), np.array([9.0]), 1).shape == (1, 3)


def test_cdnow_sample_has_946_customers_who_came_back_by_october_1997(real):
    """Fader, Hardie, Lee 2005: 946 of 2,357 customers bought again in the first 39 weeks (days, not lines, counted)."""
    data = load_customers({FileKind.ORDERS: real("cdnow/CDNOW_sample.txt")}, as_of=dt.date(1997, 9, 30))
    customers = data.customers
    assert len(customers) == 2357
    assert int((customers["tenure_days"] > customers["recency_days"]).sum()) == 946


def test_nested_bins_tell_the_thresholds_of_each_score_before():
    frame = shop(3000, seed=4)
    found = nested_ranges(fit_rfm(frame, NESTED, currency="EUR"))
    orders, money = found["frequency"], found["money"]
    assert orders["recency"].tolist() == sorted(orders["recency"], reverse=True) and len(orders) > 1
    assert orders["5"].nunique() > 1, "recent customers order more often, so their best fifth begins higher"
    assert list(money)[:2] == ["recency", "frequency"] and not money[["recency", "frequency"]].duplicated().any()
    assert money["5"].str.endswith("EUR or more").all()
    assert nested_ranges(fit_rfm(frame)) == {}


def test_the_thresholds_shown_are_those_that_score():
    frame = shop(3000, seed=4)
    rule = fit_rfm(frame, NESTED)
    scored, once = rule.scores(frame)
    for row in nested_ranges(rule)["frequency"].itertuples(index=False):
        mine = frame["frequency"][(scored[:, 0] == row[0]) & (scored[:, 1] == 5) & ~once]
        assert len(mine) and row[1] == f"{mine.min():.0f} orders or more"


def test_whole_orders_are_counted_out():
    frame = shop(800)
    orders = score_ranges(fit_rfm(frame, Rfm(frequency=(3, 4, 7))))["frequency"]
    assert [text for text in orders if text != "nobody"] == ["7 orders or more", "4 to 6 orders", "3 orders", "under 3 orders"]


def test_customers_with_returns_alone_are_counted_in_words():
    frame = shop(500)
    returned = frame.index[:3]
    frame.loc[returned, "frequency"] = 0
    frame.loc[returned, "recency_days"] = np.nan
    frame.loc[returned, "monetary_total"] = -20.0
    rule = fit_rfm(frame)
    (said,) = [text for text in map(str, rule.notes) if "no order" in text]
    assert said == ("3 customers have no order that counts; they are placed with “Bought once, longer ago”.")
    assert rule.why(frame.loc[[returned[0]]]) == (
        "This customer has no order that counts: such customers are placed with “Bought once, longer ago”."
    )
    assert not any("no order" in text for text in map(str, fit_rfm(shop(500)).notes))


def test_one_score_alone_is_not_said_as_a_sum():
    rules = fit_rfm(shop(500)[["monetary_total"]]).segments()["rule"]
    assert [rule.rsplit(": ", 1)[1] for rule in rules] == [
        "score for spend is 4 or 5 of 5.",
        "score for spend is 3 of 5.",
        "score for spend is 1 or 2 of 5.",
    ]
