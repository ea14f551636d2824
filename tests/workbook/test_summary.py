"""The figures of a workbook as plain values: what is there, rounded, and what is not, as nothing."""

import json
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from segkit.core.data.customers import Join
from segkit.core.data.questions import Answer, Doubt, Question
from segkit.words.errors import CriteriaError, TooFewCustomersError
from segkit.words.terms import FileKind, Verdict
from segkit.workbook.summary import summary
from tests import made_up


class Refuses:
    def __init__(self, error):
        self.error = error

    @property
    def segmentation(self):
        raise self.error


def results(data=None, criteria=None, tables=None):
    formed = SimpleNamespace(segmentation=made_up.segmentation(3), trust=made_up.trust())
    return SimpleNamespace(
        data=SimpleNamespace(customer_data=data or made_up.customer_data()),
        criteria=criteria or formed,
        profiles=SimpleNamespace(tables=tables or made_up.profiles(3)),
    )


def test_figures_of_the_data():
    data = made_up.customer_data()
    found = summary(results(data))
    assert (found["rows_read"], found["rows_kept"], found["customers"]) == (5000, 4880, 600)
    assert found["rows_set_aside"] == {"no_customer": 70, "returned": 50}
    assert (found["orders"], found["currency"]) == (data.orders, "EUR") and found["revenue"] == round(data.revenue, 6)
    assert (found["first_date"], found["last_date"], found["as_of"]) == ("2024-01-02", "2025-12-19", "2025-12-20")
    assert found["means"] == {
        name: round(float(data.customers[name].mean()), 6) for name in ("recency_days", "frequency", "monetary_total")
    }
    json.dumps(found, allow_nan=False)


def test_what_there_is_not_is_nothing():
    data = made_up.customer_data()
    bare = replace(
        data, customers=data.customers[["age_years"]].assign(frequency=np.nan), as_of=None, first_date=None, last_date=None,
        revenue=None, orders=None,
    )  # fmt: skip
    found = summary(results(bare))
    assert found["means"] == {"frequency": None}
    assert all(found[name] is None for name in ("as_of", "first_date", "last_date", "revenue", "orders"))


def test_figures_of_the_segments():
    tables = made_up.profiles(3)
    found = summary(results(tables=tables))["segmentation"]
    assert (found["method"], found["variables"], found["key"]) == ("k_means", ["recency_days", "frequency"], "0" * 8)
    assert found["stability"] == {"adjusted_rand": 0.86, "low": 0.81, "high": 0.9}
    assert (found["verdict"], found["reason"]) == ("reproducible", "The same segments come back in most resamples.")
    row = tables.summary.iloc[0]
    assert found["segments"][0] == {
        "segment_id": "s1", "segment_name": row["segment_name"], "size": int(row["size"]), "share": round(row["share"], 6),
        "value": round(row["value"], 6), "value_share": round(row["value_share"], 6),
    }  # fmt: skip
    assert [one["segment_id"] for one in found["segments"]] == ["s1", "s2", "s3"]
    without = replace(tables, summary=tables.summary.drop(columns=["value", "value_share"]))
    first = summary(results(tables=without))["segmentation"]["segments"][0]
    assert (first["value"], first["value_share"]) == (None, None)


@pytest.mark.parametrize(
    ("error", "verdict"),
    [(TooFewCustomersError("Few.", "Wait."), Verdict.TOO_FEW), (CriteriaError("None.", "Choose."), Verdict.NONE)],
)
def test_where_there_are_no_segments_the_reason_stands(error, verdict):
    found = summary(results(criteria=Refuses(error)))["segmentation"]
    assert found == {"verdict": verdict.value, "reason": str(error), "segments": []}


def test_figures_have_six_decimals():
    data = replace(made_up.customer_data(), revenue=1.23456789)
    assert summary(results(data))["revenue"] == 1.234568


def test_what_was_noticed_and_what_nobody_has_confirmed():
    answers = (Answer("by DealerRef", "35 customers", {"roles": ()}, True), Answer("by jane@shop.example", "40 customers"))
    data = replace(
        made_up.customer_data(),
        questions=(Question("orders.customer", "Who is the customer?", "Two columns could be.", answers),),
        notes=("Good to know.", Doubt("One sheet was not read.")),
        joins=(Join(FileKind.SURVEY, 0, 600, 40),),
    )
    found = summary(results(data))
    serious, doubt = found["warnings"]
    assert serious.startswith("Serious: Survey answers: 0 customers are in both files") and doubt == "One sheet was not read."
    assert found["questions"] == [
        {
            "key": "orders.customer",
            "question": "Who is the customer?",
            "why": "Two columns could be.",
            "readings": [
                {"label": "by DealerRef", "gives": "35 customers", "taken": True},
                {"label": "by (hidden: e-mail address)", "gives": "40 customers", "taken": False},
            ],
        }
    ]
    json.dumps(found, allow_nan=False)
    assert (summary(results())["warnings"], summary(results())["questions"]) == ([], [])
