import datetime as dt

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.segmentation import segment
from segkit.core.review.changes import review
from segkit.decisions.criteria import Criteria
from segkit.words.errors import CriteriaError
from segkit.words.terms import Method
from tests.core.customer_tables import customer_data, shop
from tests.core.parted import parted


def sales(rye, sourdough):
    return pd.DataFrame(
        {
            "variable": "product",
            "label": "Product",
            "level": ["Rye", "Sourdough", "Cake"],
            "money": [float(rye), float(sourdough), 300.0],
            "orders": [rye // 5, sourdough // 5, 60],
        }
    )


# Reviews small enough to count by hand.


def reviewed(of, later, *, days=90, dated=True, variables=("recency_days",), **others):
    """Review segments named by one letter a customer; ``later`` gives letter and days since the last order, by number."""
    before = customer_data(pd.DataFrame({"recency_days": [1.0] * len(of)}), as_of=dt.date(2026, 1, 1) if dated else None)
    frame = pd.DataFrame({"recency_days": [d for _, d in later.values()]}, index=pd.Index([*later], dtype="str"))
    after = customer_data(frame, as_of=dt.date(2026, 1, 1) + dt.timedelta(days), **others)
    return review(before, after, parted(before, of, variables, later=[letter for letter, _ in later.values()]))


def number(n):
    return f"c{n:05d}"


# twelve in "a" and eight in "b"; later six of "a" are in "b", one of "b" in "a", two of "a" gone and three new in "b"
MOVED = {number(n): (letter, 10.0) for n, letter in enumerate("aaaabbbbbb")}
MOVED |= {number(n): (letter, 100.0) for n, letter in enumerate("abbbbbbb", start=12)} | {
    f"new{n}": ("b", 5.0) for n in range(3)
}


def test_who_moved_joined_and_left_counted_by_hand():
    found = reviewed("a" * 12 + "b" * 8, MOVED)
    assert found.migration_matrix.index.tolist() == ["a", "b", "joined"]
    assert found.migration_matrix.columns.tolist() == ["a", "b", "left"]
    assert found.migration_matrix.to_numpy().tolist() == [[4, 6, 2], [1, 7, 0], [0, 3, 0]]
    assert (found.migration_matrix.index.name, found.migration_matrix.columns.name) == ("before", "after")
    assert found.moved_share == pytest.approx(7 / 18), "of those seen in both periods"
    assert found.sizes["no_order_since"].isna().all(), "two of twelve, and what would tell them"
    assert found.moved.loc["new0"].tolist() == ["joined", "b"] and found.moved.loc[number(10)].tolist() == ["a", "left"]
    psi = found.psi.loc["segments"]
    assert found.sentence == (
        "Of 18 customers seen in both periods 39 % changed segment, the largest group (6) from “A” to “B”. Fewer than "
        "5 customers joined. 10 customers from the earlier period ordered nothing in the later one. The mix of segments shows "
        f"{psi['reading']} "
        f"(stability index {psi['psi']:.2f}; chance alone accounts for up to {psi['threshold']:.2f})."
    )


def test_without_dates_nothing_is_said_of_who_kept_quiet():
    found = reviewed("a" * 12 + "b" * 8, MOVED, dated=False)
    assert "no_order_since" not in found.sizes and "ordered nothing" not in found.sentence
    everybody = reviewed("aaaaa", {number(n): ("a", 3.0) for n in range(5)})
    assert "0 customers from the earlier period ordered nothing in the later one." in everybody.sentence


def test_where_nobody_is_seen_twice_nobody_moved():
    found = reviewed("aaaaa", {f"new{n}": ("a", 3.0) for n in range(5)})
    assert found.moved_share == 0 and found.sentence.startswith("5 customers joined. 5 customers from the earlier period")


def test_where_nobody_joined_nothing_is_said_of_it():
    assert "joined" not in reviewed("aaaaa", {number(n): ("a", 3.0) for n in range(4)}).sentence
    assert "Fewer than 5 customers joined." in reviewed("aaaaa", {number(n): ("a", 3.0) for n in range(6)}).sentence
    assert "5 customers joined." in reviewed("aaaaa", {number(n): ("a", 3.0) for n in range(10)}).sentence


def test_a_segment_that_nobody_is_in_any_more_keeps_its_row_and_column():
    found = reviewed("a" * 5 + "b" * 5, {number(n): ("a", 3.0) for n in range(10)})
    assert found.migration_matrix.to_numpy().tolist() == [[5, 0, 0], [5, 0, 0], [0, 0, 0]]
    assert found.moved_share == 0.5 and "(5) from “B” to “A”" in found.sentence


def test_all_variables_that_are_lacking_are_named():
    before = customer_data(pd.DataFrame({"frequency": [1.0, 2.0], "monetary_total": [3.0, 4.0], "age": [30.0, 40.0]}))
    after = customer_data(before.customers[["age"]])
    with pytest.raises(CriteriaError) as error:
        review(before, after, parted(before, "ab", ("frequency", "age", "monetary_total"), later="ab"))
    assert str(error.value).startswith("The later data lack Orders and Total spend, on which")


def test_what_later_shares_are_compared_with_is_said():
    stayed = {number(n): ("a", 3.0) for n in range(5)}
    plain = reviewed("aaaaa", stayed, category_money=sales(3000, 2700))
    assert plain.trends_since == "the whole earlier period, seasons included" and not len(plain.trends)
    seasons = reviewed("aaaaa", stayed, category_money=sales(3000, 2700), year_before=sales(4000, 200))
    assert seasons.trends_since == "the same months a year before"
    assert "against the same months a year before: Sourdough rose from 4 % to 45 %, and Rye fell" in seasons.sentence
    single = reviewed("aaaaa", stayed, category_money=sales(3000, 2700), year_before=sales(4000, 200).iloc[:1])
    assert single.trends_since == "the same months a year before", "one row of a year before is one"


# A usual shop.


@pytest.fixture(scope="module")
def baseline():
    return customer_data(shop(600), category_money=sales(4000, 200))


@pytest.mark.parametrize("method", list(Method))
def test_nothing_changed_is_said_so(baseline, method):
    formed = segment(baseline, Criteria(method=method, n_segments=4))
    found = review(baseline, baseline, formed)
    assert found.moved_share == 0
    assert (found.sizes["change"] == 0).all()
    assert (found.psi["psi"] == 0).all()
    assert (found.psi["reading"] == "no more change than chance alone would bring").all()
    ids = list(formed.segments.index)
    assert np.diag(found.migration_matrix.loc[ids, ids]).sum() == 600
    assert (found.migration_matrix["left"] == 0).all()


def test_books_of_migration_balance(baseline):
    formed = segment(baseline, Criteria(method=Method.RFM))
    later = baseline.customers.iloc[100:].copy()
    later["recency_days"] += 90
    new = shop(50, seed=9).set_axis([f"n{i:03d}" for i in range(50)])[list(later)]
    everyone = pd.concat([later, new])
    everyone.index = everyone.index.astype("str")
    after = customer_data(everyone)
    found = review(baseline, after, formed)
    matrix = found.migration_matrix
    assert matrix["left"].sum() == 100
    assert matrix.loc["joined"].sum() == 50
    assert matrix.drop("joined").sum(axis=1).tolist() == formed.segments["size"].tolist()
    shown = found.sizes["after"].dropna()
    assert matrix.drop(columns="left").sum()[shown.index].tolist() == shown.tolist() and len(shown) > 1
    assert len(found.moved) == 650
    assert "50 customers joined." in found.sentence
    bought = everyone.index[everyone["recency_days"] <= (after.as_of - baseline.as_of).days]
    quiet = (~baseline.customers.index.isin(bought)).sum()
    assert f"{quiet} customers from the earlier period ordered nothing in the later one." in found.sentence


def test_thresholds_stay_at_the_baseline_so_a_decline_shows(baseline):
    formed = segment(baseline, Criteria(method=Method.RFM))
    later = baseline.customers.assign(recency_days=baseline.customers["recency_days"] + 365)
    found = review(baseline, customer_data(later), formed)
    assert found.sizes.loc["champions", "after"] == 0
    assert found.moved_share > 0.4
    assert found.psi.loc["segments", "psi"] > found.psi.loc["segments", "threshold"]
    assert found.psi.loc["recency_days", "reading"] == "a large change"


def test_a_trend_is_found_and_said(baseline):
    formed = segment(baseline, Criteria(method=Method.RFM))
    later = customer_data(baseline.customers, category_money=sales(3000, 2700))
    found = review(baseline, later, formed)
    top = found.trends.set_index("level").loc["Sourdough"]
    assert top["share_before"] == pytest.approx(200 / 4500)
    assert top["share_after"] == pytest.approx(2700 / 6000)
    assert top["z"] > 3
    assert "against the whole earlier period, seasons included: Sourdough rose from 4 % to 45 %" in found.sentence


def test_seasons_are_compared_with_themselves_where_the_data_reach_back_a_year(baseline):
    formed = segment(baseline, Criteria(method=Method.RFM))
    later = customer_data(baseline.customers, category_money=sales(3000, 2700), year_before=sales(3000, 2700))
    found = review(baseline, later, formed)
    assert found.trends["change"].abs().max() == 0, "no trend against the same months a year before"
    assert "rose" not in found.sentence


def test_later_data_without_the_variable_are_refused(baseline):
    formed = segment(baseline, Criteria(method=Method.RFM))
    with pytest.raises(CriteriaError) as error:
        review(baseline, customer_data(baseline.customers.drop(columns="frequency")), formed)
    assert str(error.value) == (
        "The later data lack Orders, on which the segments were based. Bring a later file with the same columns, mapped "
        "the same way."
    )


def test_later_data_without_customers_are_refused(baseline):
    formed = segment(baseline, Criteria(method=Method.RFM))
    with pytest.raises(CriteriaError) as error:
        review(baseline, customer_data(baseline.customers.iloc[:0]), formed)
    assert str(error.value) == "The later data hold no customers. Bring a file that covers the later period."
