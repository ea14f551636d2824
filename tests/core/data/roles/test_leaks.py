"""Columns that hold an answer already form no segments."""

import pytest

from segkit.core.data.roles.columns import ColumnSummary
from segkit.core.data.roles.leaks import leak, scores_of_rfm


def column(name, *examples):
    return ColumnSummary(name, 100, 100, 5, 0, 0, None, None, None, None, None, examples)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Churn", "reveals the future"),
        ("P_alive", "reveals the future"),
        ("next purchase", "reveals the future"),
        ("CLV", "holds a value"),
        ("Kundenwert", "holds a value"),
        ("RFM score", "holds a score"),
        ("lead-score", "holds a score"),
        ("CustomerSegment", "holds a segment"),
        ("Cluster 3", "holds a segment"),
        ("Product segment", ""),
        ("market_segment", ""),
        ("Region", ""),
        ("credit score", ""),
    ],
)
def test_by_name(name, said):
    found = leak(column(name))
    assert found.startswith(said) and bool(found) is bool(said)


@pytest.mark.parametrize(
    ("texts", "held"),
    [
        (["Champions", " loyal ", "LOST"], True),
        (["Champions", "Loyal"], False),
        (["Champions", "Loyal", "Lost", "x", "y"], True),
        (["Champions", "Loyal", "Lost", "x", "y", "z"], False),
        (["Champions", "champions", "Champions ", "x"], False),
        (["North", "South", "East"], False),
    ],
)
def test_by_usual_names_of_segments(texts, held):
    assert bool(leak(column("group", *texts))) is held


def test_columns_r_f_and_m_are_scores_where_there_are_all_three():
    assert scores_of_rfm(["R", "age", "f", "M."]) == {"R", "f", "M."}
    assert scores_of_rfm(["R", "F", "age"]) == scores_of_rfm(["rr", "f", "m"]) == scores_of_rfm([]) == set()
