import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.comparison import holdout as module
from segkit.core.criteria.comparison.holdout import bought_since, cut_date, holdout
from segkit.core.criteria.evidence.agreement import explained
from segkit.core.criteria.segmentation import segment
from segkit.decisions.criteria import Criteria
from segkit.words.errors import CriteriaError
from segkit.words.numbers import percent
from segkit.words.terms import Method
from tests.core.criteria.comparison.segmentations import made_up
from tests.core.customer_tables import customer_data

BY_HAND = Criteria(method=Method.BY_HAND, by_hand=({"variable": "monetary_total"},))


def periods(customers=400, seed=0, *, told=True):
    """Customers who order at a rate of their own, or whose next orders have nothing to do with the first ones."""
    rng = np.random.default_rng(seed)
    rate = rng.gamma(1.0, 1.0, customers) + 0.05
    before = 1 + rng.poisson(4 * rate)
    after = rng.poisson(2 * (rate if told else rng.permutation(rate)))
    basket = rng.lognormal(3, 0.3, customers)
    index = pd.Index([f"c{i:04d}" for i in range(customers)], dtype="str")
    first = pd.DataFrame({"frequency": before.astype(float), "monetary_total": before * basket}, index=index)
    whole = pd.DataFrame({"frequency": (before + after) * 1.0, "monetary_total": (before + after) * basket}, index=index)
    newcomers = pd.DataFrame({"frequency": 1.0, "monetary_total": 50.0}, index=[f"n{i}" for i in range(30)])
    return customer_data(first), customer_data(pd.concat([whole, newcomers]))


def test_eta_squared_by_hand():
    values, labels = np.array([1.0, 3.0, 6.0, 10.0]), np.array([0, 0, 1, 1])
    # mean 5, total 46; group means 2 and 8: between 2 · 9 + 2 · 9 = 36
    assert explained(values, labels) == pytest.approx(36 / 46)
    assert explained(np.ones(4), labels) == 0


def test_segments_that_look_ahead():
    first, whole = periods()
    found = holdout(first, whole, segment(first, BY_HAND))
    assert found.p == 0.001
    assert found.explained > 0.1 > found.by_chance
    assert (found.table["spent_low"] < found.table["spent"]).all() and (found.table["spent"] < found.table["spent_high"]).all()
    assert found.table["size"].sum() == 400
    assert found.cut == dt.date(2025, 5, 1) and found.until == dt.date(2025, 12, 31)
    best, least = found.table["again"].max(), found.table["again"].min()
    assert found.sentence == (
        f"Segments formed on orders up to 1 May 2025, then followed up to 31 December 2025: of “High spend” {percent(best)} "
        f"bought again, of “Low spend” {percent(least)}. The segments explain {percent(found.explained)} of the differences "
        "between "
        f"customers in what they spent next; groups made at random explain {percent(found.by_chance)} on average (p = 0.001)."
    )


def test_where_the_past_tells_nothing_chance_does_as_well(monkeypatch):
    monkeypatch.setattr(module, "SHUFFLES", 99)
    p = []
    for seed in range(6):
        first, whole = periods(seed=seed, told=False)
        whole.customers["monetary_total"] = first.customers["monetary_total"].reindex(whole.customers.index).fillna(50.0)
        rng = np.random.default_rng(seed)
        whole.customers["monetary_total"] += rng.lognormal(3, 1, len(whole.customers)) * rng.integers(
            2, size=len(whole.customers)
        )
        found = holdout(first, whole, segment(first, BY_HAND), seed=seed)
        p.append(found.p)
    assert np.mean(np.array(p) <= 0.05) <= 0.25
    assert "they do not tell you who will buy how much next" in found.sentence


def test_what_was_bought_since():
    first, whole = periods(60)
    since = bought_since(first, whole)
    assert list(since.index) == list(first.customers.index)
    later = whole.customers["frequency"].reindex(since.index) - first.customers["frequency"]
    assert since["orders"].tolist() == later.tolist()


def test_order_of_customers_changes_nothing():
    first, whole = periods(120)
    found = holdout(first, whole, segment(first, BY_HAND))
    mixed = customer_data(first.customers.sample(frac=1, random_state=1))
    again = holdout(mixed, whole, segment(mixed, BY_HAND))
    assert (again.explained, again.p) == (pytest.approx(found.explained), found.p)
    pd.testing.assert_frame_equal(found.table, again.table)


def test_not_enough_history():
    first, whole = periods()
    short = customer_data(whole.customers, first_date=dt.date(2025, 11, 1))
    with pytest.raises(CriteriaError) as error:
        cut_date(short)
    assert str(error.value) == (
        "There is not enough history: the orders cover 60 days, and this needs 180. "
        "Come back with half a year of orders or more."
    )
    with pytest.raises(CriteriaError) as error:
        cut_date(customer_data(whole.customers.drop(columns="monetary_total")))
    assert str(error.value) == (
        "Without dated orders and their money there is no later period to look at. Add order lines with dates and amounts."
    )
    with pytest.raises(CriteriaError) as error:
        bought_since(first, first)
    assert str(error.value) == (
        "There is not enough history: 400 customers bought in the first two thirds of the time, and 0 of them again "
        "in the last third. This needs 30, and 20 of them again: come back with orders over a longer period."
    )


def day(number):
    return dt.date(2025, 1, 1) + dt.timedelta(days=number)


@pytest.mark.parametrize(("days", "cut"), [(180, 120), (181, 120), (182, 121), (300, 200)])
def test_the_first_period_is_two_thirds_of_the_days(days, cut):
    data = customer_data(pd.DataFrame({"frequency": [1.0, 2.0], "monetary_total": [1.0, 2.0]}))
    assert cut_date(replace(data, first_date=day(0), last_date=day(days))) == day(cut)


@pytest.mark.parametrize(
    "lacking", [{"last_date": day(179)}, {"first_date": None}, {"last_date": None}, {"columns": ["frequency"]}, {"columns": []}]
)
def test_too_short_or_undated_orders_are_refused(lacking):
    frame = pd.DataFrame({"frequency": [1.0, 2.0], "monetary_total": [1.0, 2.0], "age": [1.0, 2.0]})
    data = customer_data(frame[[*lacking.pop("columns", ["frequency", "monetary_total"]), "age"]])
    with pytest.raises(CriteriaError):
        cut_date(replace(data, **{"first_date": day(0), "last_date": day(300)} | lacking))


def bought(orders, spent, before=1.0, lost=()):
    """Make both readings: each customer had ``before`` orders of 10, and then so many more for so much in all."""
    index = [f"c{i:05d}" for i in range(len(orders))]
    first = pd.DataFrame({"frequency": before, "monetary_total": 10.0 * before}, index=index, dtype=float)
    whole = pd.DataFrame(
        {"frequency": before + np.array(orders), "monetary_total": 10.0 * before + np.array(spent)}, index=index
    )
    tables = [frame.set_axis(pd.Index(frame.index, dtype="str")) for frame in (first, whole.drop(index=list(lost)))]
    return [customer_data(one, first_date=day(0), last_date=day(300)) for one in tables]


@pytest.mark.parametrize(("customers", "back", "enough"), [(30, 20, True), (29, 25, False), (30, 19, False)])
def test_thirty_customers_of_whom_twenty_came_back_are_needed(customers, back, enough):
    tables = bought([1] * back + [0] * (customers - back), [5.0] * back + [0.0] * (customers - back))
    if enough:
        assert bought_since(*tables)["orders"].sum() == back
        return
    with pytest.raises(CriteriaError, match=f"{customers} customers bought in .* and {back} of them again"):
        bought_since(*tables)


def test_what_was_bought_since_is_never_less_than_nothing():
    first, whole = bought([2, -1, *[1] * 30], [8.5, -3.0, *[5.0] * 30], lost=("c00005",))
    since = bought_since(first, whole)
    assert since.columns.tolist() == ["orders", "money"]
    assert since.iloc[0].tolist() == [2, 8.5] and since.iloc[1].tolist() == [0, 0]
    assert since.loc["c00005"].tolist() == [0, 0], "who is no longer in the files bought nothing"
    first.customers.loc["c00003", "monetary_total"] = np.nan
    assert bought_since(first, whole).loc["c00003", "money"] == 15, "money that was not known counts as none"


def looked_ahead(segment_of, orders, spent, **how):
    first, whole = bought(orders, spent)
    return holdout(first, whole, made_up(segment_of, ids=how.pop("ids", None), names=how.pop("names", None)), **how)


TEN = "a" * 20 + "b" * 20
ORDERS = [1] * 20 + [1, 0, 0, 0] * 5
SPENT = [30.0] * 10 + [50.0] * 10 + [10.0, 0.0, 0.0, 0.0] * 5


def test_what_each_segment_bought_next_by_hand(monkeypatch):
    monkeypatch.setattr(module, "SHUFFLES", 39)
    found = looked_ahead(TEN, ORDERS, SPENT, names=["Often", "Seldom"])
    assert found.table.columns.tolist() == [
        "segment_name", "size", "spent", "spent_low", "spent_high", "again", "again_said",
    ]  # fmt: skip
    told = found.table[["segment_name", "size", "again", "again_said", "spent"]]
    assert told.loc["a"].tolist() == ["Often", 20, 1, "100 %", 40]
    assert told.loc["b"].tolist() == ["Seldom", 20, 0.25, "25 %", 2.5]
    assert 30 < found.table.loc["a", "spent_low"] < 40 < found.table.loc["a", "spent_high"] < 50
    # the median of those who bought is 30
    logs = np.log1p(np.array(SPENT) / 30)
    middles = np.repeat([logs[:20].mean(), logs[20:].mean()], 20)
    assert found.explained == pytest.approx(((middles - logs.mean()) ** 2).sum() / ((logs - logs.mean()) ** 2).sum())
    assert found.p == 1 / 40 and 0 < found.by_chance < 0.1
    assert (found.cut, found.until) == (day(200), day(300))
    assert "of “Often” 100 % bought again, of “Seldom” 25 %." in found.sentence and "which is little" not in found.sentence
    assert looked_ahead(TEN, ORDERS, SPENT, names=["Often", "Seldom"]).sentence == found.sentence


def test_of_a_handful_nothing_is_told(monkeypatch):
    monkeypatch.setattr(module, "SHUFFLES", 19)
    found = looked_ahead("a" * 4 + "b" * 5 + "c" * 31, ORDERS, SPENT)
    spent = ["spent", "spent_low", "spent_high"]
    assert found.table.loc["a", spent].isna().all() and found.table.loc["c", spent].notna().all()
    assert found.table.loc["b", spent].isna().all(), "it would tell what those four spent"


def test_where_chance_does_as_well_it_is_said(monkeypatch):
    monkeypatch.setattr(module, "SHUFFLES", 39)
    mixed = looked_ahead("ab" * 20, [1] * 40, [10.0, 10.0, 20.0, 20.0] * 10)
    assert mixed.p == 1 and mixed.explained == pytest.approx(0, abs=1e-12)
    assert "they do not tell you who will buy how much next. They explain 0 % of the differences" in mixed.sentence or (
        "they do not tell you who will buy how much next. They explain under 0.1 %" in mixed.sentence
    )
    assert mixed.sentence.endswith("(p = 1.00). Use them to talk to people, not to plan sales.")


READ = pd.DataFrame({"segment_name": ["A", "B", "C"], "again": [0.5, 0.3, 0.25], "again_said": ["50 %", None, "25 %"]})


@pytest.mark.parametrize(("p", "chance"), [(0.05, False), (0.051, True)])
def test_one_in_twenty_is_the_bound_of_chance(p, chance):
    text = module._read(READ, 0.2, 0.01, p, day(200), day(300))
    assert ("do not tell you who" in text) is chance
    assert ("of “A” 50 % bought again, of “C” 25 %" in text) is not chance
    assert "groups made at random explain 1 % on average" in text


@pytest.mark.parametrize(("share", "little"), [(0.049, True), (0.05, False)])
def test_less_than_a_twentieth_is_little(share, little):
    assert (", which is little;" in module._read(READ, share, 0.01, 0.001, day(200), day(300))) is little


def test_shuffles_are_counted_with_the_segments_as_formed(monkeypatch):
    drawn = []
    monkeypatch.setattr(
        module, "explained", lambda values, labels: drawn.append(labels) or (0.5 if len(drawn) in (1, 3, 4) else 0.1)
    )
    monkeypatch.setattr(module, "SHUFFLES", 9)
    found = looked_ahead(TEN, ORDERS, SPENT)
    assert len(drawn) == 10 and found.p == pytest.approx(3 / 10)
    assert found.by_chance == pytest.approx((2 * 0.5 + 7 * 0.1) / 9)
    monkeypatch.setattr(module, "MANY", 40)
    assert looked_ahead(TEN, ORDERS, SPENT) and len(drawn) == 20
    monkeypatch.setattr(module, "MANY", 39)
    monkeypatch.setattr(module, "SHUFFLES_OF_MANY", 4)
    assert looked_ahead(TEN, ORDERS, SPENT) and len(drawn) == 25


def test_nobody_who_spent_is_no_fault():
    found = module._compared(np.zeros(3))
    assert found.tolist() == [0, 0, 0]
    assert module._compared(np.array([0.0, 0.5, 1.0, 1.5])) == pytest.approx(np.log1p([0, 0.5, 1, 1.5]))


def test_the_seed_is_nought_unless_said_otherwise(monkeypatch):
    monkeypatch.setattr(module, "SHUFFLES", 9)
    plain, nought, one = (looked_ahead(TEN, ORDERS, SPENT, **how) for how in ({}, {"seed": 0}, {"seed": 1}))
    assert plain.table.equals(nought.table) and plain.by_chance == nought.by_chance
    assert not plain.table.equals(one.table) and plain.by_chance != one.by_chance


def test_what_was_reported_under_a_seed_comes_out_again(monkeypatch):
    monkeypatch.setattr(module, "SHUFFLES", 9)
    found = looked_ahead(TEN, ORDERS, SPENT)
    assert found.by_chance == pytest.approx(0.019968042)
    assert found.table.loc["b", ["spent_low", "spent_high"]].tolist() == pytest.approx([1.0, 4.5])
