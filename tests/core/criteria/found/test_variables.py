"""Which variables are suggested, and which may form segments: small tables, each with the answer beside it."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from segkit.core.criteria.found.variables import descriptors, may_form, suggest_variables
from segkit.words.errors import CriteriaError
from segkit.words.terms import Base
from tests.core.customer_tables import customer_data

UP = [1.0, 2.0, 3.0, 4.0]
RFM = {"recency_days": UP, "frequency": UP, "monetary_total": UP, "monetary_mean": UP}


def share(spread):
    """Shares whose standard deviation is as given, exactly."""
    return [0.0, spread * np.sqrt(2)]


def suggested(columns, **bases):
    return suggest_variables(customer_data(pd.DataFrame(columns), bases=bases))


def test_recency_frequency_and_total_money_come_first_and_suffice():
    assert suggested({"age": UP, **RFM, "visits": UP}) == ("recency_days", "frequency", "monetary_total")


def test_money_per_order_stands_in_where_the_total_is_not_known():
    assert suggested({"recency_days": UP, "monetary_mean": UP, "age": UP}) == ("recency_days", "monetary_mean")
    assert suggested({**RFM, "monetary_total": [5.0] * 4}) == ("recency_days", "frequency", "monetary_mean")


def test_recency_in_words_is_no_recency():
    assert suggested({**RFM, "recency_days": list("abcd")}) == ("frequency", "monetary_total")


def test_shares_that_differ_between_customers_come_after_in_the_order_of_their_spread():
    columns = {
        "frequency": UP[:2],
        "monetary_total": UP[:2],
        "share_same": share(0.04),
        "share_some": share(0.06),
        "share_much": share(0.3),
        "share_like_it": share(0.3),
        "other_share": share(0.3),
        "share_of_kind": ["a", "b"],
    }
    expected = ("frequency", "monetary_total", "share_like_it", "share_much", "share_some")
    assert suggested(columns) == expected
    data = customer_data(pd.DataFrame(columns))
    known_otherwise = tuple(replace(v, unit="EUR") if v.name == "share_much" else v for v in data.variables)
    assert suggest_variables(replace(data, variables=known_otherwise)) == tuple(v for v in expected if v != "share_much")


def test_a_share_that_deviates_by_a_twentieth_differs_enough():
    columns = {"frequency": UP, "monetary_total": UP, "share_edge": [0.0, 0.0, 0.0, 0.1]}
    assert suggested(columns) == ("frequency", "monetary_total", "share_edge")


def test_at_most_sixteen_shares_are_suggested():
    columns = {f"share_{i:02d}": share(0.1 + i / 100) for i in range(17)}
    found = suggested({"frequency": UP[:2], "monetary_total": UP[:2], **columns})
    assert found == ("frequency", "monetary_total", *(f"share_{i:02d}" for i in range(16, 0, -1)))


BEHAVES = {f"visits_{i}": UP for i in range(10)}
ANSWERS = {f"likes_{i}": list("abca") for i in range(25)}
TASTE = dict.fromkeys(ANSWERS, Base.PSYCHOGRAPHIC)


@pytest.mark.parametrize(
    ("columns", "bases", "expected"),
    [
        ({"age": UP, "frequency": UP, **BEHAVES}, {"age": Base.DEMOGRAPHIC}, ("frequency", *list(BEHAVES)[:7])),
        ({"frequency": UP, "visits": UP, "age": UP}, {"age": Base.DEMOGRAPHIC}, ("frequency", "visits")),
        ({"frequency": UP, "age": UP, **ANSWERS}, {"age": Base.DEMOGRAPHIC, **TASTE}, ("frequency", *list(ANSWERS)[:19])),
        (ANSWERS | {"age": UP}, {"age": Base.DEMOGRAPHIC, **TASTE}, tuple(ANSWERS)[:20]),
        (
            {"town": list("abca"), "age": UP, "rooms": UP},
            {"age": Base.DEMOGRAPHIC, "rooms": Base.DEMOGRAPHIC},
            ("age", "rooms"),
        ),
        ({"town": list("abca"), "age": UP}, {"age": Base.DEMOGRAPHIC}, ("age", "town")),
        ({f"t{i}": list("abca") for i in range(9)}, {}, tuple(f"t{i}" for i in range(8))),
        ({"same": [1.0] * 4, "age": UP}, {}, ("age",)),
        ({"same": [1.0] * 4}, {}, ()),
    ],
    ids=[
        "many behave",
        "two suffice",
        "behaviour and answers",
        "answers",
        "numbers",
        "number and kind",
        "kinds",
        "one",
        "none",
    ],
)
def test_without_them_behaviour_then_answers_then_whatever_there_is(columns, bases, expected):
    assert suggested(columns, **bases) == expected


def test_what_describes_only_may_not_form_segments():
    data = customer_data(pd.DataFrame({"age": UP, "town": list("aabb"), "same": [1.0] * 4}))
    may_form(data, ("age", "town", "same"))  # what does not differ is refused later, in better words
    barred = replace(data, variables=tuple(replace(v, usable=False, why_not="too many") for v in data.variables))
    with pytest.raises(CriteriaError, match="“Town” can only describe segments, not form them: too many"):
        may_form(barred, ("town",))
    may_form(barred, ("same",))
    may_form(barred, ())
    without_reason = replace(data, variables=tuple(replace(v, usable=False, why_not="") for v in data.variables))
    with pytest.raises(CriteriaError, match="“Age” can only describe segments, not form them: it is a descriptor"):
        may_form(without_reason, ("same", "age"))


def test_all_others_describe():
    data = customer_data(pd.DataFrame({"age": UP, "town": list("aabb"), "same": [1.0] * 4}))
    assert descriptors(data, ("town",)) == ("age", "same")
