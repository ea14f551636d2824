"""The figures of a workbook as plain values, for machines and tests."""

from typing import Any

import pandas as pd

from segkit.core.data.noticed import noticed, plain, weighty
from segkit.words.errors import CriteriaError, TooFewCustomersError
from segkit.words.terms import FREQUENCY, MONETARY_TOTAL, RECENCY_DAYS, SEGMENT_ID, SEGMENT_NAME, Verdict
from segkit.workbook.results.by_step import Results


def summary(results: Results) -> dict[str, Any]:
    """Return the figures of a workbook as plain values (JSON without NaN), for machines and tests."""
    data, customers = results.data.customer_data, results.data.customer_data.customers
    means = {
        column: _figure(customers[column].mean()) for column in (RECENCY_DAYS, FREQUENCY, MONETARY_TOTAL) if column in customers
    }
    return {
        "rows_read": data.ledger.rows_read,
        "rows_kept": data.ledger.rows_kept,
        "rows_set_aside": {rule.value: count for rule, count in data.ledger.rows_set_aside.items()},
        "customers": len(customers),
        "orders": data.orders,
        "revenue": _figure(data.revenue),
        "currency": data.currency,
        "first_date": _day(data.first_date),
        "last_date": _day(data.last_date),
        "as_of": _day(data.as_of),
        "means": means,
        "segmentation": _segmentation_summary(results),
        "warnings": list(weighty(noticed(data, questions=False))),
        "questions": [plain(question) for question in data.questions],
    }


def _segmentation_summary(results: Results) -> dict[str, Any]:
    try:
        segmentation, trust, profiles = results.criteria.segmentation, results.criteria.trust, results.profiles.tables
    except TooFewCustomersError as error:
        return {"verdict": Verdict.TOO_FEW.value, "reason": str(error), "segments": []}
    except CriteriaError as error:
        return {"verdict": Verdict.NONE.value, "reason": str(error), "segments": []}
    segments = [
        {
            SEGMENT_ID: str(segment_id),
            SEGMENT_NAME: row[SEGMENT_NAME],
            "size": int(row["size"]),
            "share": _figure(row["share"]),
            "value": _figure(row.get("value")),
            "value_share": _figure(row.get("value_share")),
        }
        for segment_id, row in profiles.summary.iterrows()
    ]
    return {
        "method": segmentation.method.value,
        "variables": list(segmentation.variables),
        "key": segmentation.key,
        "stability": {
            "adjusted_rand": _figure(trust.adjusted_rand),
            "low": _figure(trust.adjusted_rand_low),
            "high": _figure(trust.adjusted_rand_high),
        },
        "verdict": trust.verdict.value,
        "reason": trust.reason,
        "segments": segments,
    }


def _figure(value: float | None) -> float | None:
    return None if value is None or pd.isna(value) else round(float(value), 6)


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
