"""Results made up by hand, for tests of pictures, tables and the report; nothing here comes from real people."""

import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from segkit.core.criteria.evidence.lineage import Lines, in_words, lineage
from segkit.core.criteria.evidence.recommendation import HowMany
from segkit.core.criteria.evidence.verdict import Trust
from segkit.core.criteria.found.rule import fit_found
from segkit.core.criteria.found.tree import Tree, grown
from segkit.core.criteria.segmentation import Segmentation
from segkit.core.data.cleaning import Ledger, RuleCount
from segkit.core.data.customers import CustomerData, Join, Reading, Variable
from segkit.core.data.roles.columns import ColumnRole
from segkit.core.disclosure import told
from segkit.core.profiles.profile import ProfileTables
from segkit.core.profiles.spread import Spread, spread
from segkit.core.review.changes import ReviewTables
from segkit.core.targeting.evaluation import Evaluation
from segkit.words.numbers import adding_up
from segkit.words.terms import Base, CleaningRule, FileKind, Grain, Method, Role, Verdict

NASTY = "<script>alert('x')</script> \"><img src=x onerror=alert(1)> & $5 = $10_{x}"
"""A name that breaks careless HTML and careless mathematics."""

NAMES = (
    "Champions", "Loyal regulars who come every month", "Big baskets, seldom", "Recent first-time buyers",
    "Promising", "Drifting away", "Gone quiet after one order", "Lost",
)  # fmt: skip


def customer_data(rows: int = 600, seed: int = 0, **changes: Any) -> CustomerData:
    """Build customers with orders over two years."""
    rng = np.random.default_rng(seed)
    frequency = 1 + rng.negative_binomial(1, 0.25, rows)
    index = pd.Index([f"C{i:05d}" for i in range(rows)], name="customer_id")
    customers = pd.DataFrame(
        {
            "recency_days": np.ceil(rng.exponential(120, rows)),
            "frequency": frequency.astype(float),
            "monetary_total": np.round(frequency * rng.lognormal(3.3, 0.6, rows), 2),
            "age_years": np.where(rng.random(rows) < 0.2, np.nan, rng.integers(18, 80, rows)),
            "region": rng.choice(["North", "South", "West"], rows),
        },
        index=index,
    )
    months = pd.date_range("2024-01-01", periods=24, freq="MS", name="month")
    orders = (200 + 60 * np.sin(np.arange(24) / 2)).round()
    variables = (
        Variable("recency_days", "Days since the last order", Base.BEHAVIOURAL, True, "days", 0, True),
        Variable("frequency", "Orders", Base.BEHAVIOURAL, True, "orders", 0, True),
        Variable("monetary_total", "Money in all", Base.BEHAVIOURAL, True, "EUR", 0, True),
        Variable("age_years", "Age", Base.DEMOGRAPHIC, True, "years", int(customers["age_years"].isna().sum()), True),
        Variable("region", "Region", Base.GEOGRAPHIC, False, "", 0, True),
        Variable(
            "survey_quality", "Quality matters more to me than price", Base.PSYCHOGRAPHIC, False, "", rows - 44, False, "few"
        ),
    )
    data = CustomerData(
        customers=customers,
        variables=variables,
        grain=Grain.ORDER_LINE,
        readings=(Reading(FileKind.ORDERS, "orders.csv", 5000, 9, "orders.csv: 5,000 rows, 9 columns."),),
        roles={
            FileKind.ORDERS: (
                ColumnRole("cust_no", Role.CUSTOMER, None, 0.98, "Named like a customer number; 600 different values."),
                ColumnRole("when", Role.DATE, None, 0.9, "All cells are dates.", by_person=True),
            )
        },
        columns=pd.DataFrame(),
        ledger=ledger(),
        joins=(Join(FileKind.CUSTOMERS, 590, 10, 4),),
        merged_customers=3,
        monthly=pd.DataFrame({"orders": orders, "revenue": orders * 31.5, "customers": orders - 20}, index=months),
        category_money=pd.DataFrame(columns=["variable", "label", "level", "money", "orders"]),
        year_before=pd.DataFrame(columns=["variable", "label", "level", "money", "orders"]),
        as_of=dt.date(2025, 12, 20),
        first_date=dt.date(2024, 1, 2),
        last_date=dt.date(2025, 12, 19),
        orders=int(orders.sum()),
        revenue=float(orders.sum() * 31.5),
        currency="EUR",
    )
    return replace(data, **changes)


def ledger() -> Ledger:
    """Build a ledger of 5,000 rows of which 120 are set aside."""
    return Ledger(
        5000,
        4880,
        (
            RuleCount(CleaningRule.NO_CUSTOMER, 70, 1520.5, True, (48, 102, 333)),
            RuleCount(CleaningRule.RETURNED, 50, -812.25, True, (77,)),
            RuleCount(CleaningRule.DUPLICATE_ROW, 12, None, False, (9, 10)),
            RuleCount(CleaningRule.TEST_ACCOUNT, 0, None, True, ()),
        ),
    )


def segments(k: int = 5, names: tuple[str, ...] = NAMES) -> pd.DataFrame:
    """Build the frame of segments of a segmentation."""
    raw = np.arange(k, 0, -1) * 40 + 11
    return told(
        pd.DataFrame(
            {
                "segment_name": [names[i % len(names)] for i in range(k)],
                "size": raw,
                "share": raw / raw.sum(),
                "rule": [f"recency under {30 * (i + 1)} days" for i in range(k)],
            },
            index=pd.Index([f"s{i + 1}" for i in range(k)], name="segment_id"),
        )
    )


def segmentation(k: int = 5, rows: int = 600, seed: int = 0, method: Method = Method.K_MEANS) -> Segmentation:
    """Build a segmentation of the customers of `customer_data`; equal seeds agree."""
    rng = np.random.default_rng(seed)
    score = np.linspace(0, 1, rows) + rng.normal(0, 0.1 * seed, rows)
    codes = pd.Series(
        np.argsort(np.argsort(score)) * k // rows, index=pd.Index([f"C{i:05d}" for i in range(rows)], name="customer_id")
    )
    of = codes.map(lambda c: f"s{c + 1}").rename("segment_id")
    frame = segments(k)
    frame["size"] = of.value_counts().reindex(frame.index)
    frame["share"] = frame["size"] / rows
    return Segmentation(
        "0" * 8,
        method,
        ("recency_days", "frequency"),
        of,
        frame,
        {},
        (),
        lambda other: of.reindex(other.index),
        lambda one: "Bought lately.",
    )


def spread_of(k: int, names: tuple[str, ...] = NAMES, currency: str = "EUR") -> Spread:
    """Build the spread of money within ``k`` segments, under these names."""
    data, formed = customer_data(currency=currency), segmentation(k)
    renamed_ = formed.segments.assign(segment_name=list(names[:k]))
    return spread(data, replace(formed, segments=renamed_), data.variable("monetary_total"))


def tree(k: int = 5, names: tuple[str, ...] = NAMES) -> Tree:
    """Build the tree of ``k`` crowds, under these names."""
    rng = np.random.default_rng(4)
    frame = pd.DataFrame(rng.normal(scale=5, size=(k, 3))[np.arange(300) % k] + rng.normal(size=(300, 3)), columns=list("abc"))
    grown_ = grown(fit_found(frame, ("a", "b", "c"), k, method=Method.HIERARCHICAL))
    assert grown_ is not None
    return replace(grown_, names=names[:k])


def profiles(k: int = 5, names: tuple[str, ...] = NAMES) -> ProfileTables:
    """Build profiles of ``k`` segments on numeric and categorical variables, one cell suppressed."""
    rng = np.random.default_rng(1)
    summary = segments(k, names).drop(columns="rule")
    value = summary["size"] * np.linspace(900, 60, k)
    summary["value"] = value
    summary["value_share"] = value / value.sum()
    summary["value_mean"] = np.linspace(900, 60, k)
    summary["value_mean_low"] = summary["value_mean"] * 0.9
    summary["value_mean_high"] = summary["value_mean"] * 1.12
    for column in ("share", "value_share"):
        summary[f"{column}_said"] = adding_up(summary[column].to_list())
    summary["recency_days"] = np.linspace(12, 380, k)
    summary["frequency"] = np.linspace(11, 1, k)
    kinds = [
        ("recency_days", "Days since the last order", "behavioural", "", True, 140.0, True),
        ("frequency", "Orders", "behavioural", "", True, 4.1, True),
        ("monetary_total", "Money in all", "behavioural", "", True, 310.0, False),
        *[("region", "Region", "geographic", level, False, 0.33, False) for level in ("North", "South", "West")],
        *[
            ("channel", "Channel of the first order", "behavioural", level, False, 0.25, False)
            for level in ("Shop", "Web shop", "Telephone")
        ],
        *[
            ("survey", "I like to try new kinds of coffee", "psychographic", level, False, 0.4, False)
            for level in ("yes", "no")
        ],
    ]
    rows = []
    for s in summary.index:
        for variable, label, base, level, numeric, overall, forms in kinds:
            mine = float(overall * rng.lognormal(0, 0.5)) if numeric else float(np.clip(overall * rng.lognormal(0, 0.45), 0, 1))
            few = s == summary.index[-1] and level == "Telephone"
            rows.append(
                {
                    "segment_id": s, "variable": variable, "label": label, "base": base, "level": level, "numeric": numeric,
                    "share": not numeric,
                    "value": np.nan if few else mine, "all": overall, "index_vs_base": np.nan if few else 100 * mine / overall,
                    "z": np.nan if few else rng.normal(), "n": 3 if few else 80, "p": np.nan if forms else 0.03,
                    "suppressed": few, "segmentation_variable": forms,
                }
            )  # fmt: skip
    index = pd.DataFrame(rows)
    far = (
        (index["index_vs_base"] >= 150)
        | (index["index_vs_base"] <= 50)
        | (~index["numeric"] & ((index["value"] - index["all"]).abs() >= 0.25))
    )
    sentences = {
        s: f"{summary.loc[s, 'segment_name']} spend {value:,.0f} EUR each." for s, value in summary["value_mean"].items()
    }
    return ProfileTables(summary, index, index[far].groupby("segment_id").head(5), sentences, sentences)


def how_many(recommended: int = 4) -> HowMany:
    """Build evidence for one to eight segments."""
    rng = np.random.default_rng(2)
    ks = pd.Index(range(1, 9), name="k")
    pairs = pd.DataFrame({k: np.clip(rng.normal(0.98 - 0.04 * k, 0.03, 20), -0.1, 1) for k in range(2, 9)})
    table = pd.DataFrame(
        {
            "inertia": 1000 / np.arange(1, 9), "gap": [0.1, 0.3, 0.45, 0.62, 0.6, 0.61, 0.58, 0.57], "gap_se": 0.03,
            "adjusted_rand": pairs.median().reindex(ks), "adjusted_rand_low": pairs.quantile(0.25).reindex(ks),
            "adjusted_rand_high": pairs.quantile(0.75).reindex(ks), "silhouette": [np.nan, *np.linspace(0.6, 0.3, 7)],
            "smallest_share": [1, 0.4, 0.25, 0.12, 0.08, 0.06, 0.03, 0.02],
        },
        index=ks,
    )  # fmt: skip
    labels = {1: np.zeros(600, dtype=np.intp)}
    for k in range(2, 9):
        # one segment after the other falls apart, and a few customers go astray
        split = labels[k - 1] == (k * 5) % (k - 1)
        labels[k] = np.where(split & (rng.random(600) < 0.45), k - 1, labels[k - 1])
        labels[k] = np.where(rng.random(600) < 0.05, rng.integers(k, size=600), labels[k])
    within = {k: rng.uniform(0.5, 1, k) for k in range(2, 9)}
    tied = lineage(labels, np.ones(600), within)
    return HowMany(table, pairs, labels, tied, recommended, "Four segments are found again in nearly every resample.")


def lines(names: tuple[str, ...] = NAMES, recommended: int = 4) -> Lines:
    """Tie the segments of `how_many` together under these names."""
    evidence = how_many(recommended)
    labels = evidence.labels[recommended]
    return in_words(evidence.lineage, recommended, labels, labels, names[:recommended])


def trust(verdict: Verdict = Verdict.REPRODUCIBLE) -> Trust:
    """Build a verdict on five segments."""
    per = pd.DataFrame({"jaccard": [0.95, 0.9, 0.81, 0.7, 0.44]}, index=segments().index)
    return Trust(verdict, "The same segments come back in most resamples.", 0.86, 0.81, 0.9, per)


def evaluation(k: int = 5, names: tuple[str, ...] = NAMES) -> Evaluation:
    """Build an evaluation in which two segments share a spot and one fails."""
    frame = segments(k, names)
    table = frame[["segment_name", "size"]].assign(
        value=np.linspace(90000, 2000, k),
        attractiveness=[4.4, 3.1, 3.1, 2.0, 1.4, 4.9, 2.6, 1.0][:k],
        position=[4.0, 3.0, 3.0, 2.0, 5.0, 1.0, 4.0, 1.0][:k],
        passes=[True] * (k - 1) + [False],
        fails=[""] * (k - 1) + ["it is large enough to be worth a plan of its own"],
    )
    return Evaluation(table, ("value_score",), (), "Champions come first.")


def review(k: int = 5, names: tuple[str, ...] = NAMES) -> ReviewTables:
    """Build a review in which customers move, join and leave."""
    rng = np.random.default_rng(3)
    ids = [f"s{i + 1}" for i in range(k)]
    matrix = pd.DataFrame(rng.integers(0, 40, (k + 1, k + 1)), index=[*ids, "joined"], columns=[*ids, "left"])
    for s in ids:
        matrix.loc[s, s] += 120
    matrix.loc["joined", "left"] = 0
    matrix.iloc[0, 1] = 3
    sizes = pd.DataFrame(
        {"segment_name": segments(k, names)["segment_name"], "before": matrix.loc[ids].sum(axis=1), "after": matrix[ids].sum()}
    )
    sizes["change"] = sizes["after"] - sizes["before"]
    sizes["share_before"], sizes["share_after"] = sizes["before"] / sizes["before"].sum(), sizes["after"] / sizes["after"].sum()
    levels = ["Sourdough", "Filter coffee", "Espresso", "Gift boxes with a rather long name of their own", "Tea"]
    trends = pd.DataFrame(
        {
            "variable": "category", "label": "Product category", "level": levels, "share_before": [0.02, 0.4, 0.3, 0.2, 0.08],
            "change": [0.11, -0.06, -0.03, -0.015, 0.005], "z": [9.0, -4.0, -2.2, -1.3, 0.5],
        }
    )  # fmt: skip
    trends["share_after"] = trends["share_before"] + trends["change"]
    psi = pd.DataFrame(
        {"label": ["Segments"], "psi": [0.04], "threshold": [0.02], "bins": [k], "reading": ["More change than chance."]},
        index=["segments"],
    )
    moved = pd.DataFrame({"before": ["s1", "s2"], "after": ["s2", "left"]}, index=pd.Index(["C1", "C2"], name="customer_id"))
    return ReviewTables(
        matrix, sizes, psi, trends, "the same months a year before", moved, 0.31, "A third of customers moved. Sourdough grew."
    )
